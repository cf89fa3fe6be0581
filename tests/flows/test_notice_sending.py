"""A notice on its way: planned when its time has come, or not and why."""

import datetime as dt
from typing import Any

import pytest

from bot.services import notice_sending
from storage import notices
from tests.flows.conftest import NOW, ZONE, Person, Stage, labels, rows
from tests.flows.test_departments import opened
from tests.flows.test_notices import delivered, sent_to, state

AT_ELEVEN = "nw:1:at:202610141100:set"


async def approved_over(demo: Stage, count: int) -> None:
    async with demo.app.db.write() as tx:
        await tx.execute(
            "INSERT INTO settings (name, value, changed_at) VALUES ('approve_notice_over', ?, 1)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            str(count),
        )


async def submitted(person: Person, *before: str) -> None:
    """Write a notice, press what has to be pressed, look and send."""
    await person.says("/notice 周五开会")
    for data in before:
        await person.forges(data)
    await person.presses("预览并发送", person.last)
    label = "提交批准" if "提交批准" in "".join(labels(person.last)) else "定于" if before else "发送（"
    await person.presses(label)


async def tick(demo: Stage, moment: dt.datetime) -> None:
    demo.move_to(moment)
    await demo.app.catch_up()


# At its time


async def test_a_scheduled_notice_goes_at_its_time_to_whoever_is_there_then(demo: Stage, office: Person) -> None:
    await submitted(office, AT_ELEVEN)
    assert "已定时" in office.last.text and await state(demo) == ["scheduled"]
    await demo.restart_bot()
    await tick(demo, NOW + dt.timedelta(minutes=59))
    assert await state(demo) == ["scheduled"]
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET status = 'on_leave' WHERE staff_number = 'ZF006'")
    at_eleven = dt.datetime(2026, 10, 14, 11, 0, tzinfo=ZONE)
    assert await notice_sending.next_time(demo.app.db, demo.clock.now()) == at_eleven
    await tick(demo, NOW + dt.timedelta(hours=1))
    await demo.of("ZF005").hears("周五开会")
    assert await sent_to(demo) == 50
    await tick(demo, NOW + dt.timedelta(hours=2))
    assert await sent_to(demo) == 50


async def test_an_approved_one_waits_for_its_time(demo: Stage, office: Person, colleague: Person) -> None:
    await approved_over(demo, 10)
    await submitted(office, AT_ELEVEN)
    await colleague.hears("有事项等您处理")
    await colleague.presses("开始处理")
    await colleague.presses("批准")
    assert "到时间就会发送" in (await office.hears("获批准")).text
    assert await state(demo) == ["scheduled"]
    await tick(demo, NOW + dt.timedelta(hours=1))
    assert await state(demo) == ["sending"]


async def test_approved_after_working_hours_it_goes_in_the_morning(
    demo: Stage, office: Person, colleague: Person
) -> None:
    await approved_over(demo, 10)
    await submitted(office)
    await colleague.hears("有事项等您处理")
    card = await colleague.presses("开始处理")
    demo.move_to(NOW.replace(hour=20))
    await colleague.presses("批准", card)
    assert await state(demo) == ["scheduled"]
    assert await rows(demo, "SELECT send_at FROM notices") == [
        (int(dt.datetime(2026, 10, 15, 8, 0, tzinfo=ZONE).timestamp() * 1000),)
    ]


async def test_a_composer_who_has_lost_the_role_sends_nothing_and_another_may(
    demo: Stage, office: Person, colleague: Person
) -> None:
    await submitted(office, AT_ELEVEN)
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET role = 'staff' WHERE staff_number = 'BG002'")
    await tick(demo, NOW + dt.timedelta(hours=1))
    assert await state(demo) == ["waiting"] and await sent_to(demo) == 0
    assert "没有发出，等另一位" in (await office.hears("没有发送这条通知的权限")).text
    assert "作者已没有发送权限" in (await colleague.hears("作者已没有发送权限")).text
    await colleague.says("/pending")
    await colleague.presses("批准")
    await demo.of("ZF005").hears("周五开会")
    assert await rows(demo, "SELECT authority FROM notices") == [(colleague.id,)]


async def test_a_leader_who_was_moved_sends_nothing_to_his_old_department(demo: Stage) -> None:
    await submitted(demo.of("ZF001"), AT_ELEVEN)
    async with demo.app.db.write() as tx:
        await tx.execute(
            "UPDATE people SET department_id = (SELECT id FROM departments WHERE path = '财务处')"
            " WHERE staff_number = 'ZF001'"
        )
    await tick(demo, NOW + dt.timedelta(hours=1))
    assert await state(demo) == ["waiting"]


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ("DELETE FROM departments WHERE path = '临时组'", "所选部门已不存在"),
        ("UPDATE people SET status = 'left' WHERE department_id = 3", "一个人也没有"),
    ],
)
async def test_what_became_impossible_meanwhile_is_a_draft_again(
    demo: Stage, office: Person, change: str, answer: str
) -> None:
    async with demo.app.db.write() as tx:
        number = await tx.value("INSERT INTO departments (name, path) VALUES ('临时组', '临时组') RETURNING id")
        await tx.execute("UPDATE departments SET trail = ? WHERE id = ?", f"/{number}/", number)
    await submitted(office, f"na:1:in:s{number}:in", "na:1:in:s3:in", AT_ELEVEN)
    assert await state(demo) == ["scheduled"]
    async with demo.app.db.write() as tx:
        await tx.execute(change)
    await tick(demo, NOW + dt.timedelta(hours=1))
    assert answer in (await office.hears("没有发出")).text
    assert await rows(demo, "SELECT state, send_at FROM notices") == [("draft", None)]
    assert await sent_to(demo) == 0


async def test_an_audience_that_has_grown_over_the_limit_is_approved_first(
    demo: Stage, office: Person, colleague: Person
) -> None:
    await submitted(office, AT_ELEVEN)
    await approved_over(demo, 10)
    await tick(demo, NOW + dt.timedelta(hours=1))
    assert await state(demo) == ["waiting"]
    assert "现在有 57 人" in (await office.hears("现在有")).text
    await colleague.hears("有事项等您处理")
    await colleague.presses("开始处理")
    await colleague.presses("批准")
    assert await state(demo) == ["sending"]


async def test_away_at_its_time_it_goes_in_the_next_working_hours(demo: Stage, office: Person) -> None:
    await submitted(office, "nw:1:at:202610141700:set")
    await tick(demo, NOW.replace(hour=19))
    assert await state(demo) == ["scheduled"] and await sent_to(demo) == 0
    await tick(demo, NOW.replace(day=15, hour=8))
    assert await state(demo) == ["sending"]


async def test_away_for_more_than_a_day_it_does_not_go_by_itself(demo: Stage, office: Person) -> None:
    await submitted(office, AT_ELEVEN)
    await tick(demo, NOW + dt.timedelta(days=2))
    assert "预定时间已过去一天以上" in (await office.hears("没有发出")).text
    assert await state(demo) == ["draft"] and await sent_to(demo) == 0


async def test_a_scheduled_one_is_given_up_by_the_office_too(demo: Stage, office: Person) -> None:
    leader = demo.of("ZF001")
    await submitted(leader, AT_ELEVEN)
    await office.says("/notice")
    await office.presses("№1 周五开会")
    assert "撤回修改" not in labels(office.last)
    assert "已放弃" in (await office.presses("放弃")).text
    assert "没有发送" in (await leader.hears("撤销")).text
    await tick(demo, NOW + dt.timedelta(hours=1))
    assert await state(demo) == ["cancelled"] and await sent_to(demo) == 0


async def test_a_draft_goes_to_those_whom_its_author_leads_now(demo: Stage) -> None:
    leader = demo.of("ZF001")
    card = await leader.says("/notice 周五开会")
    assert "对象 13 人" in card.text
    async with demo.app.db.write() as tx:
        await tx.execute(
            "UPDATE people SET department_id = (SELECT id FROM departments WHERE path = '财务处')"
            " WHERE staff_number = 'ZF001'"
        )
    assert "对象 8 人" in (await leader.presses("预览并发送")).text
    await leader.presses("发送（8")
    await demo.of("CW002").hears("周五开会")
    assert await sent_to(demo) == 8


# All of it or nothing


async def test_a_planning_that_breaks_half_way_leaves_a_draft_and_no_messages(
    demo: Stage, office: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    enqueue = notices.enqueue

    async def broken(*args: Any, **kwargs: Any) -> None:
        await enqueue(*args, **kwargs)
        raise RuntimeError("half-way")

    await office.says("/notice 周五开会")
    check = await office.presses("预览并发送")
    with monkeypatch.context() as patch:
        patch.setattr(notices, "enqueue", broken)
        demo.world.press(office.id, check.id, "📢 发送（51 人能收到）")
        await office.hears("处理时出了问题")
    assert await state(demo) == ["draft"] and await sent_to(demo) == 0
    assert await rows(demo, "SELECT COUNT(*) FROM notice_people") == [(0,)]
    await office.presses("发送（", check)
    await delivered(demo)
    assert await sent_to(demo) == 51


# The week's budget


async def test_whoever_has_had_enough_this_week_gets_it_in_the_digest_unless_it_is_important(
    demo: Stage, office: Person
) -> None:
    async with demo.app.db.write() as tx:
        await tx.execute("INSERT INTO settings (name, value, changed_at) VALUES ('budget', '1', 1)")
    await submitted(office)
    await delivered(demo)
    await office.says("/notice 第二次")
    check = await office.presses("预览并发送")
    assert "将发送 0" in check.text and "超出本周次数 51" in check.text
    await office.presses("重要：否")
    assert "将发送 51" in (await office.presses("预览并发送")).text
    await office.presses("发送（51")
    await delivered(demo)
    assert await rows(demo, "SELECT COUNT(*) FROM outbox WHERE reason = 'budget'") == [(0,)]
    await office.says("/notice 第三次")
    await office.presses("预览并发送")
    await office.presses("发送（0")
    assert await rows(demo, "SELECT state, reason, COUNT(*) FROM outbox WHERE key LIKE 'notice:3:%' GROUP BY 1, 2") == [
        ("skipped", "budget", 51)
    ]


async def test_a_notice_whose_department_is_merged_while_it_waits_goes_back_to_its_author(
    demo: Stage, office: Person, leader: Person
) -> None:
    """It waited for an approval before that nobody could give: there was no one left in its audience."""
    await submitted(leader, AT_ELEVEN)
    await opened(office, "执法处")
    await office.presses("并入")
    await office.says("财务处")
    done = await office.presses("✅ 确认")
    assert "邀请链接已作废" in done.text and "已解除绑定" in done.text
    await tick(demo, NOW + dt.timedelta(hours=1))
    told = await leader.hears("没有发出")
    assert "一个人也没有" in told.text and "并入" in told.text and "回到草稿" in told.text
    assert await state(demo) == ["draft"]
    assert "通知" not in (await office.says("/pending")).text
    shown = await leader.says("/notice")
    await leader.presses("№1", shown)
    assert "对象 0 人" not in leader.last.text, "it is now for whom he leads by now"
