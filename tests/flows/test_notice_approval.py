"""A second person agrees to a notice, or sends it back; never its author, never somebody whom it does not concern."""

import datetime as dt

import pytest

from tests.flows.conftest import NOW, Person, Stage, labels, rows
from tests.flows.test_notice_sending import approved_over, submitted
from tests.flows.test_notices import sent_to, state


async def test_over_the_limit_a_second_person_of_the_office_approves(
    demo: Stage, office: Person, colleague: Person
) -> None:
    await approved_over(demo, 56)
    await submitted(office)
    assert "已提交批准" in office.last.text and await state(demo) == ["waiting"]
    assert await sent_to(demo) == 0
    assert "待批准的通知 1 条" in (await colleague.hears("有事项等您处理")).text
    await colleague.says("/notice")
    assert labels(await colleague.presses("№1"))[:2] == ["批准", "退回"]
    card = await colleague.presses("开始处理")
    assert "请您批准这条通知" in card.text and "周五开会" in card.text
    assert "对象 57 人 ＝ 将发送 51" in card.text
    assert "周五开会" in (await colleague.presses("看原样")).text
    await demo.restart_bot()
    assert "已批准" in (await colleague.presses("批准", card)).text
    assert "已获批准，已开始发送" in (await office.hears("获批准")).text
    assert "周五开会" in (await demo.of("ZF005").hears("📢")).text
    assert await rows(demo, "SELECT approved_by FROM notices") == [(colleague.id,)]
    assert await sent_to(demo) == 51


async def test_up_to_the_limit_nobody_else_is_asked(demo: Stage, office: Person) -> None:
    await approved_over(demo, 57)
    await submitted(office)
    assert await state(demo) == ["sending"]


async def test_the_limit_is_a_setting(demo: Stage, office: Person) -> None:
    await office.says("/settings")
    assert "超过这么多人" in (await office.presses("通知批准人数")).text
    assert "已保存" in (await office.says("10")).text
    await office.says("/notice 周五开会")
    assert "超过 10 人，需要另一位" in (await office.presses("预览并发送")).text


async def test_nobody_approves_his_own(demo: Stage, office: Person) -> None:
    await approved_over(demo, 10)
    await submitted(office)
    assert "请您批准" not in (await office.says("/pending")).text
    assert "不归您管" in (await office.forges("nt:yes:1:2:0")).text
    assert await state(demo) == ["waiting"]


@pytest.mark.parametrize("number", ["RS001", "ZF005", "ZH002"])
async def test_whoever_does_not_cover_it_approves_nothing(demo: Stage, office: Person, number: str) -> None:
    await approved_over(demo, 10)
    await submitted(office)
    other = demo.of(number)
    await other.says("/help")
    for data in ("nt:yes:1:2:0", "nt:no:1:2:0", "nt:no-plain:1:2:0", "nt:view:1:2:0", "nt:drop:1:2:0"):
        demo.world.press_raw(other.id, other.last.id, data)
    await other.says("/help")
    assert not any("周五开会" in text for text in other.heard)
    assert await state(demo) == ["waiting"]


async def test_a_leaders_notice_goes_up_to_the_leader_above(demo: Stage) -> None:
    await approved_over(demo, 5)
    await submitted(demo.of("BG001"))
    assert "待批准的通知 1 条" in (await demo.of("ZH001").hears("有事项等您处理")).text
    assert "周五开会" in (await demo.of("ZH001").presses("开始处理")).text
    await demo.of("ZH001").presses("批准")
    assert await state(demo) == ["sending"]


async def test_fifty_taps_on_approve_are_one_notice(demo: Stage, office: Person, colleague: Person) -> None:
    await approved_over(demo, 10)
    await submitted(office)
    await colleague.hears("有事项等您处理")
    card = await colleague.presses("开始处理")
    owner = demo.owner()
    shown = await owner.says("/start")
    for _ in range(25):
        demo.world.press_raw(colleague.id, card.id, "nt:yes:1:2:0")
        demo.world.press_raw(owner.id, shown.id, "nt:yes:1:2:0")
    await demo.of("ZF005").hears("周五开会")
    await colleague.says("/help")
    assert await sent_to(demo) == 51
    assert await rows(demo, "SELECT round FROM notices") == [(1,)]


HELD = {
    "zh": ("批准", "现在发不了，已退回作者修改：截止日期已过。", "⚠️ 通知 №1“周五开会”没有发出：截止日期已过。"),
    "en": (
        "Approve",
        "is back with its author: the deadline is past.",
        "⚠️ Notice No. 1 “周五开会” did not go: the dead",
    ),
}


@pytest.mark.parametrize("language", HELD)
async def test_what_cannot_go_any_more_when_it_is_approved_is_back_with_its_author(
    demo: Stage, office: Person, colleague: Person, language: str
) -> None:
    """It was meant for now: its author is not told of a timer that he has never set."""
    approve, held, told = HELD[language]
    await approved_over(demo, 10)
    await submitted(office, "nw:1:by:20261015:set")
    await colleague.hears("有事项等您处理")
    for one in (office, colleague):
        await one.says(f"/language {language}")
    await colleague.presses("开始处理")
    demo.move_to(NOW + dt.timedelta(days=2))
    assert held in (await colleague.presses(approve)).text
    assert await state(demo) == ["draft"] and await sent_to(demo) == 0
    heard = await office.hears("没有发出|did not go")
    assert told in heard.text and labels(heard) == ["№1"]


async def test_a_rejected_notice_is_a_draft_again_with_the_reason(
    demo: Stage, office: Person, colleague: Person
) -> None:
    await approved_over(demo, 10)
    await submitted(office)
    await colleague.hears("有事项等您处理")
    await colleague.presses("开始处理")
    assert "退回的原因" in (await colleague.presses("退回")).text
    await demo.restart_bot()
    assert "已退回" in (await colleague.says("时间<b>不对</b>")).text
    told = await office.hears("被退回")
    assert "时间<b>不对</b>" in told.text
    assert await state(demo) == ["draft"]
    assert "草稿" in (await office.presses("№1", told)).text
    assert "已有变化" in (await colleague.forges("nt:yes:1:2:0")).text


async def test_it_may_be_sent_back_without_a_word_and_skipped(demo: Stage, office: Person, colleague: Person) -> None:
    await approved_over(demo, 10)
    await submitted(office)
    await colleague.hears("有事项等您处理")
    await colleague.presses("开始处理")
    assert "请您批准" not in (await colleague.presses("跳过")).text
    await colleague.says("/pending")
    await colleague.presses("退回")
    assert "已退回" in (await colleague.presses("不写原因")).text
    assert await state(demo) == ["draft"]


async def test_what_was_taken_back_cannot_be_approved_as_it_was(demo: Stage, office: Person, colleague: Person) -> None:
    await approved_over(demo, 10)
    await submitted(office)
    await colleague.hears("有事项等您处理")
    card = await colleague.presses("开始处理")
    assert "草稿" in (await office.presses("撤回修改")).text
    await office.presses("收到按钮：无")
    await office.presses("预览并发送")
    await office.presses("提交批准")
    assert "已有变化" in (await colleague.presses("批准", card)).text
    assert await state(demo) == ["waiting"]


async def test_where_nobody_else_may_approve_it_is_said(demo: Stage, office: Person) -> None:
    await approved_over(demo, 10)
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET role = 'staff' WHERE staff_number IN ('BG002', 'BG003')")
    owner = demo.owner()
    await owner.says("/start")
    await submitted(owner)
    assert "现在没有这样的人" in owner.last.text
    assert await state(demo) == ["draft"]


async def test_the_owner_approves_where_the_office_has_nobody_else(demo: Stage, office: Person) -> None:
    await approved_over(demo, 10)
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET role = 'staff' WHERE staff_number = 'BG003'")
    owner = demo.owner()
    await owner.says("/start")
    await submitted(office)
    await owner.hears("有事项等您处理")
    await owner.presses("开始处理")
    await owner.presses("批准")
    assert await state(demo) == ["sending"]
