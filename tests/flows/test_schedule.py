"""The plans in chat, as the office has them in front of it."""

import datetime as dt
from typing import Any

import pytest

from storage import settings
from tests.flows.conftest import NOW, ZONE, Stage, rows
from tests.flows.sending import at_rest

DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)


async def change(stage: Stage, sql: str, *args: Any) -> None:
    async with stage.app.db.write() as tx:
        await tx.execute(sql, *args)


async def tick(stage: Stage, moment: dt.datetime) -> None:
    """What the clock's tick does, at a moment of our choosing; then nothing is on the way any more."""
    stage.move_to(moment)
    await stage.app._plan(moment)
    await at_rest(stage)


async def test_the_office_sees_every_plan_with_its_next_time_and_how_many_it_is_for(demo: Stage) -> None:
    office = demo.of("BG003")
    text = (await office.says("/schedule")).text
    for name in ("早间消息", "负责人周报", "季度提醒", "通知截止提醒", "节日准备", "每周补阅"):
        assert name in text
    assert "10月15日（周四）08:30" in text
    assert "10月19日（周一）09:00" in text
    assert "12月1日（周二）10:00" in text
    assert text == (await office.says("计划")).text


async def test_a_plan_shows_its_next_ten_times_in_local_wall_time_shifted_to_working_days(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/schedule")
    card = (await office.presses("负责人周报")).text
    firings = [line for line in card.split("\n") if line.startswith("·")]
    assert len(firings) == 10
    assert firings[0].startswith("· 10月19日（周一）09:00")
    assert all(line.endswith(" 人") for line in firings)
    assert "2027年1月4日" not in card  # ten Mondays end before
    morning = (await office.presses("早间消息", (await office.says("/schedule")))).text
    assert "10月17日" not in morning  # a Saturday
    assert morning.count("08:30") == 11


async def test_a_plan_is_paused_and_started_again_and_both_are_kept(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/schedule")
    await office.presses("负责人周报")
    assert "已暂停" in (await office.presses("暂停")).text
    assert "已暂停" in (await office.says("/schedule")).text
    await demo.restart_bot()
    await office.presses("负责人周报")
    assert "已启用" in (await office.presses("启用")).text
    assert [row[0] for row in await rows(demo, "SELECT action FROM audit ORDER BY id")] == [
        "plan-paused",
        "plan-resumed",
    ]


async def test_a_paused_morning_message_is_not_sent_and_not_missed(demo: Stage) -> None:
    office = demo.of("BG003")
    await tick(demo, NOW)
    await office.says("/schedule")
    await office.presses("早间消息")
    await office.presses("暂停")
    await tick(demo, NOW + DAY)
    assert "已暂停，可在 /schedule 里启用" in (await office.says("/status")).text
    await tick(demo, NOW + DAY + dt.timedelta(hours=10))
    demo.move_to(NOW + 2 * DAY)
    await office.presses("启用")
    await tick(demo, NOW + 2 * DAY + MINUTE)
    assert await rows(demo, "SELECT local_date, state FROM occurrences WHERE plan = 'morning' ORDER BY id") == [
        ("2026-10-14", "stopped"),
        ("2026-10-16", "closed"),
    ]
    assert not await rows(demo, "SELECT 1 FROM outbox WHERE kind = 'morning_missed'")


async def test_a_time_is_changed_in_words(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/schedule")
    await office.presses("季度提醒")
    await office.presses("改时间")
    assert "没有看懂" in (await office.says("有空的时候")).text
    assert "只在工作时间" in (await office.says("22:00")).text
    assert "每日要求打卡" in (await office.says("每天 09:00")).text
    answer = await office.says("每季度第2个月15日 下午3点")
    assert "已保存" in answer.text
    assert "每季度第 2 个月 15 日 15:00" in answer.text
    assert "11月16日（周一）15:00" in answer.text  # the 15th is a Sunday
    await office.presses("遇休息日")
    assert "11月13日（周五）15:00" in (await office.presses("提前到上一个工作日")).text


async def test_the_morning_message_moves_only_in_its_time_of_day(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/schedule")
    await office.presses("早间消息")
    await office.presses("改时间")
    assert "不能改" in office.last.text
    assert "只能改几点" in (await office.says("每周一 09:00")).text
    assert "09:10" in (await office.says("09:10")).text
    assert "早间消息时间：09:10" in (await office.says("/settings")).text


async def test_running_one_now_takes_a_second_tap_and_happens_once_a_day(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/schedule")
    await office.presses("负责人周报")
    asked = await office.presses("现在发一次")
    assert "立即发送" in asked.text
    assert not await rows(demo, "SELECT 1 FROM outbox WHERE kind = 'weekly'")
    assert "已安排" in (await office.presses("确认发送")).text
    leader = await demo.of("ZF001").hears("负责人周报")
    assert "执法处" in leader.text
    assert "全单位" not in leader.text
    assert "已经发过" in (await office.forges("pl:run:2:")).text
    viewer = await demo.of("ZH002").hears("负责人周报")
    assert "全单位" in viewer.text


async def test_a_plan_is_added_from_a_template_looked_at_and_started(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/schedule")
    await office.presses("新增计划")
    card = await office.presses("每旬督查")
    assert "已暂停" in card.text
    assert "10月21日（周三）09:30" in card.text
    assert "科室负责人" in card.text
    await office.presses("改对象")
    assert "发给：创建办" in (await office.presses("创建办")).text
    assert "从下一次起" in (await office.presses("启用")).text
    await tick(demo, dt.datetime(2026, 10, 21, 9, 30, tzinfo=ZONE))
    assert "本旬督查" in (await office.hears("每旬督查")).text
    assert not any("本旬督查" in text for text in demo.of("ZF001").heard)
    await office.presses("每旬督查", (await office.says("/schedule")))
    await office.presses("删除")
    assert "已删除" in (await office.presses("确认删除")).text
    assert "每旬督查" not in (await office.says("/schedule")).text


async def test_an_own_text_is_checked_before_it_becomes_a_plan(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/schedule")
    await office.presses("新增计划")
    assert "涉密" in (await office.presses("自拟内容")).text
    assert "个人排名" in (await office.says("每月公布个人时长排名")).text
    assert "电话号码" in (await office.says("请联系 13800000000")).text
    assert "1 到 1000 字" in (await office.says("长" * 1001)).text
    card = await office.says("请检查 <消防> 器材 & 通道")
    assert "请检查 <消防> 器材 & 通道" in card.text
    await office.presses("启用")
    await tick(demo, dt.datetime(2026, 11, 2, 9, 30, tzinfo=ZONE))  # the 1st is a Sunday
    assert "请检查 <消防> 器材 & 通道" in (await demo.of("ZF001").hears("工作提醒")).text


async def test_a_command_in_the_middle_leaves_the_dialogue(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/schedule")
    await office.presses("负责人周报")
    await office.presses("改时间")
    await office.says("/schedule")
    assert "没有听懂" in (await office.says("10:30")).text


@pytest.mark.parametrize("number", ["ZF005", "ZF001", "ZH002"])
async def test_others_neither_see_nor_press_the_plans(demo: Stage, number: str) -> None:
    person = demo.of(number)
    assert "不在您的权限" in (await person.says("/schedule")).text
    for data in ("pl:pause:2:", "pl:run:3:", "pl:card:1:", "pl:new:0:inspect"):
        assert "失效" in (await person.forges(data)).text
    assert not await rows(demo, "SELECT 1 FROM plans WHERE state <> 'active'")


async def test_a_stale_or_forged_press_is_answered_and_changes_nothing(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/schedule")
    for data in ("pl:card:99:", "pl:run:1:", "pl:set-shift:2:sideways", "pl:set-audience:2:all", "pl:new:0:nonsense",
                 "pl:end:2:", "pl:when:99:", "pl:ask:99:", "pl:pause:99:"):  # fmt: skip
        await office.says("/schedule")
        assert "失效" in (await office.forges(data)).text, data
    assert not await rows(demo, "SELECT 1 FROM audit")


async def test_a_second_press_on_pause_changes_nothing_more(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/schedule")
    card = await office.presses("负责人周报")
    await office.presses("暂停", card)
    await office.says("/schedule")
    await office.forges("pl:pause:2:")
    assert len(await rows(demo, "SELECT 1 FROM audit")) == 1


async def test_what_was_missed_is_shown_to_the_office(demo: Stage) -> None:
    office = demo.of("BG003")
    await tick(demo, NOW)
    await tick(demo, NOW + 8 * DAY)  # the Monday and the Tuesday in between went by
    told = await office.hears("负责人周报")
    assert "没有在运行" in told.text
    await office.says("/schedule")
    assert "没有发出" in (await office.presses("负责人周报")).text


async def test_it_speaks_english(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/language en")
    text = (await office.says("/schedule")).text
    assert "Leaders' weekly report" in text
    await office.presses("Leaders' weekly report")
    await office.presses("Time")
    assert "every Friday" not in office.last.text
    assert "every Fri" in (await office.says("every Friday 16:00")).text
    await office.presses("Send one now")
    await office.presses("Yes, send")
    assert await rows(demo, "SELECT 1 FROM outbox WHERE kind = 'weekly'")


async def test_the_week_s_digest_lists_what_was_held_back_and_opens_it(demo: Stage) -> None:
    office = demo.of("BG003")
    await tick(demo, NOW)
    async with demo.app.db.write() as tx:
        await settings.put(tx, "budget", "0", 0)
    await office.says("/schedule")
    await office.presses("负责人周报")
    await office.presses("现在发一次")
    assert "并入每周补阅" in (await office.presses("确认发送")).text
    leader = demo.of("ZF001")
    assert not any("负责人周报" in text for text in leader.heard)
    await tick(demo, dt.datetime(2026, 10, 16, 16, 0, tzinfo=ZONE))
    assert "负责人周报" in (await leader.hears("每周补阅")).text
    assert "负责人周报" in (await leader.presses("看第 1 条")).text
    (held,) = await rows(demo, "SELECT MIN(id) FROM outbox WHERE reason = 'budget'")
    assert "失效" in (await demo.of("ZF005").forges(f"held:{held[0]}")).text


@pytest.mark.parametrize(
    ("language", "missing", "show", "asks"),
    [
        ("zh", "1. 2026年第四季度还没有您的志愿服务记录", "看第 1 条", "志愿服务完全自愿"),
        ("en", "this one was kept", "Show 1", "no record of your volunteering in Q4 2026"),
    ],
)
async def test_a_reminder_that_was_held_back_stands_in_the_digest_while_it_matters(
    demo: Stage, language: str, missing: str, show: str, asks: str
) -> None:
    office = demo.of("BG003")
    await tick(demo, NOW)
    async with demo.app.db.write() as tx:
        await settings.put(tx, "budget", "0", 0)
    await office.says("/schedule")
    await office.presses("季度提醒")
    await office.presses("现在发一次")
    await office.presses("确认发送")
    held = "SELECT user_id FROM outbox o JOIN accounts a USING (person_id) WHERE o.kind = 'reminder' ORDER BY o.id"
    reader, late = (demo.person(user) for (user,) in (await rows(demo, held.replace("user_id", "a.user_id")))[:2])
    await reader.says(f"/language {language}")
    await late.says("/checkin 2 植树")
    await tick(demo, dt.datetime(2026, 10, 16, 16, 0, tzinfo=ZONE))
    digest = await reader.hears("📬")
    assert missing in digest.text
    assert asks in (await reader.presses(show, digest)).text
    assert not any("📬" in text for text in late.heard)
