"""How the bot is running, as those who run it see it."""

import datetime as dt

import pytest

from bot.sandbox.faults import Fault
from tests.flows.conftest import NOW, ZONE, Stage
from tests.flows.sending import at_rest, number
from tests.flows.test_duties import plan
from tests.flows.test_plan_canary import Broken

DAY = dt.timedelta(days=1)


async def test_the_parts_of_todays_message_add_up_to_what_was_planned(demo: Stage) -> None:
    person = demo.of("ZF005")
    demo.sandbox.faults.add(Fault("lost", "sendMessage", person.id))
    demo.world.users[demo.of("ZF001").id].blocked = True
    await plan(demo)
    await at_rest(demo)
    text = (await demo.owner().says("/status")).text
    assert "计划 51 ＝ 送达 49 ＋ 失败 1 ＋ 跳过 0 ＋ 不确定 1 ＋ 待发 0 ＋ 发送中 0" in text
    assert "失败（已停用机器人）：1" in text
    assert "下一次早间消息：10月15日（周四）08:30" in text
    assert "已绑定 53，未绑定 4" in text
    assert "已停用机器人 1" in text
    assert "启动时间：10月14日（周三）10:00" in text


async def test_what_was_paused_before_it_left_and_what_the_night_forgot_are_said_in_words(
    demo: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    Broken(monkeypatch, "morning")
    office = demo.of("BG003")
    await plan(demo)
    await at_rest(demo)
    await office.says("/schedule")
    await office.presses("早间消息")
    await office.presses("暂停")
    text = (await office.says("/status")).text
    failed = number(
        r"失败（程序生成消息时出错）：(\d+)", text
    )  # how many of the first few are tried before one of them stops all
    assert 1 <= failed <= 3 and f"跳过（已停止或暂停）：{51 - failed}" in text
    await demo.app.keep(NOW)  # a new installation begins with its first whole night
    await demo.app.keep(NOW + DAY)
    text = (await demo.owner().says("/status")).text
    assert "到期清理：10月15日（周四）10:00，" in text
    await office.says("/language en")
    text = (await office.says("/status")).text
    assert (
        f"skipped (stopped or paused): {51 - failed}" in text
        and "Past their term and forgotten: Thu 15 October 10:00" in text
    )


async def test_an_empty_bot_has_a_status_too(stage: Stage) -> None:
    text = (await stage.owner().says("运行状态")).text
    assert "还没有到发送时间" in text
    assert "已绑定 0，未绑定 0" in text


async def test_a_year_whose_holidays_are_not_known_is_named(demo: Stage) -> None:
    text = (await demo.owner().says("/status")).text
    assert "2026 年工作日：按国务院办公厅公布的安排" in text
    assert "2027 年工作日：放假安排尚未录入" in text


async def test_days_on_which_nothing_was_sent_are_shown(demo: Stage) -> None:
    await plan(demo)
    await plan(demo, dt.datetime(2026, 10, 16, 20, 0, tzinfo=ZONE))
    text = (await demo.owner().says("/status")).text
    assert "没有发出，程序当时没有在运行" in text
    assert "有 2 个工作日没有发出" in text
    assert "10月15日（周四）" in text
    assert "10月16日（周五）" in text
    demo.move_to(dt.datetime(2026, 10, 17, 9, 0, tzinfo=ZONE))
    assert "今天不是工作日" in (await demo.owner().says("/status")).text


async def test_updates_that_were_set_aside_are_shown(demo: Stage) -> None:
    demo.world.push_raw({"update_id": demo.world.updates.next_id, "message": {"message_id": "nonsense"}})
    await demo.settled()
    assert "已搁置 1 条" in (await demo.owner().says("/status")).text


async def test_the_status_speaks_english_too(demo: Stage) -> None:
    owner = demo.owner()
    await owner.says("/language en")
    await plan(demo, NOW + 3 * DAY)
    text = (await owner.says("/status")).text
    assert "today is a day off" in text
    assert "Next morning message: Mon 19 October 08:30" in text


async def test_neither_staff_nor_a_leader_sees_it(demo: Stage) -> None:
    for who in ("ZF005", "ZF001"):
        assert "不在您的权限范围" in (await demo.of(who).says("/status")).text
