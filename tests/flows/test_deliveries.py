"""A notice that was sent: what its people and its sender see, and that the sums are those of the server's ledger."""

import asyncio
import datetime as dt

import pytest

from bot.sandbox import Fault
from bot.sandbox.state import SentMessage
from tests.flows.conftest import NOW, Person, Stage, data_of, labels, rows
from tests.flows.sending import TEXT, begun, done, ended, followed, got, number, sums, without_mornings


@pytest.fixture
async def office(demo: Stage) -> Person:
    await without_mornings(demo)
    return demo.of("BG002")


# 收到


async def test_who_taps_received_sees_it_ticked_off_and_is_counted_once(
    demo: Stage, office: Person, person: Person
) -> None:
    await done(demo, office, "收到按钮")
    message = await person.hears(TEXT)
    assert labels(message) == ["✅ 收到"]
    answer = await person.presses("收到", message)
    assert answer.id == message.id and labels(answer) == ["✓ 已收到"] and TEXT in (answer.text or "")
    assert await rows(demo, "SELECT COUNT(*) FROM notice_people WHERE answered_at IS NOT NULL") == [(1,)]
    (at,) = await rows(demo, "SELECT answered_at FROM notice_people WHERE answered_at IS NOT NULL")
    demo.move_to(NOW + dt.timedelta(minutes=5))
    demo.world.press(person.id, message.id, "✓ 已收到")
    await demo.settled()
    assert labels(demo.world.messages(person.id)[-1]) == ["✓ 已收到"]
    assert await rows(demo, "SELECT answered_at FROM notice_people WHERE answered_at IS NOT NULL") == [at]


async def test_received_under_a_photo_and_under_a_file(demo: Stage, office: Person, person: Person) -> None:
    await office.says("/notice")
    await office.does(lambda: demo.world.send_photo(office.id, b"\xff\xd8picture", caption="海报"))
    await office.presses("收到按钮")
    await office.presses("预览并发送")
    await office.presses("发送（")
    photo = await person.hears("海报")
    await office.sends("方案.pdf", b"%PDF", caption="/notice 请看附件")
    await office.presses("收到按钮", office.last)
    await office.presses("预览并发送", office.last)
    await office.presses("发送（", office.last)
    file = await person.hears("请看附件")
    for message in (photo, file):
        answer = await person.presses("收到", message)
        assert answer.id == message.id and labels(answer) == ["✓ 已收到"]
        assert answer.file is not None and message.file is not None and answer.file.data == message.file.data
    assert await rows(demo, "SELECT COUNT(*) FROM notice_people WHERE answered_at IS NOT NULL") == [(2,)]


async def test_a_press_on_received_by_somebody_else_counts_for_nobody(
    demo: Stage, office: Person, person: Person
) -> None:
    await done(demo, demo.of("RS001"), "收到按钮")  # to 人事科 only
    data = data_of(await demo.of("RS003").hears(TEXT), "收到")
    said = await person.says("/help")
    assert "失效" in (await person.forges(data, said)).text
    stranger = demo.person(1)
    said = await stranger.says("/help")
    assert "失效" in (await stranger.forges(data, said)).text
    for forged in ("got:999", "got:0", "got:x", "got:-1"):
        assert "失效" in (await person.forges(forged, said)).text if said.chat_id == person.id else True
    assert await rows(demo, "SELECT COUNT(*) FROM notice_people WHERE answered_at IS NOT NULL") == [(0,)]


# The live message and the page


async def test_the_live_message_ends_as_the_page_and_everything_adds_up(demo: Stage, office: Person) -> None:
    page = await done(demo, office, "收到按钮")
    assert number(r"对象 (\d+) 人", page.text) == 57
    assert "计划 51 ＋ 未绑定 4 ＋ 已退出 0 ＋ 请假 2" in page.text
    assert sums(page.text) == [{"计划": 51, "送达": 51, "失败": 0, "跳过": 0, "不确定": 0}]
    assert got(demo).total() == 51 and set(got(demo).values()) == {1}
    live = [m for m in demo.world.messages(office.id) if m.from_bot and "通知 №1" in (m.text or "") and "📮" in m.text]
    assert [m.id for m in live] == [page.id], "one message, edited"
    assert "51 人没点" in page.text


async def test_every_end_is_counted_by_its_reason_and_the_ledger_says_the_same(demo: Stage, office: Person) -> None:
    blocked, gone, lost = demo.of("ZF005"), demo.of("RS003"), demo.of("ZF002")
    demo.world.block(blocked.id)
    await demo.settled()
    demo.world.deactivate(gone.id)
    for _ in range(4):
        demo.sandbox.faults.add(Fault("lost", "sendMessage", lost.id))
    await begun(office)
    await ended(demo)
    async with asyncio.timeout(60):
        while await rows(demo, "SELECT 1 FROM outbox WHERE state IN ('pending', 'sending')"):
            demo.move_to(demo.clock.now() + dt.timedelta(minutes=2))
            await demo.app.sender.tick(demo.clock.now())
            await ended(demo)
    page = await office.hears("已发完")
    (counts,) = sums(page.text)
    assert counts == {"计划": 51, "送达": 48, "失败": 1, "跳过": 1, "不确定": 1}
    assert "失败：账号已注销 1" in page.text and "跳过：已停用机器人 1" in page.text
    assert len(got(demo)) == 49, "48 and the one of which nobody can tell"
    assert got(demo)[lost.id] >= 1 and gone.id not in got(demo) and blocked.id not in got(demo)
    assert "另有 1 条不确定是否送达，改不到。" in (await office.presses("更正", page)).text
    assert "另有 1 条不确定是否送达，收不回。" in (await office.presses("撤回", page)).text
    await office.presses("线下转达", await office.presses("返回", page))
    in_person = (await office.presses("执法处")).text
    assert "不确定是否送达" in in_person and "发送时已停用机器人" in in_person


async def test_nobody_but_its_sender_and_the_office_steers_a_notice(demo: Stage, office: Person) -> None:
    page = await done(demo, office)
    await demo.of("ZF001").says("/help")
    for act in ("stop", "pause", "recall", "recall-yes", "correct", "missed", "missed-yes", "remind-sure"):
        for other in (demo.of("ZF001"), demo.of("ZF005"), demo.person(1)):
            said = await other.says("/help")
            answer = await other.forges(f"dl:{act}:1:51", said)
            assert "失效" in (answer.text or ""), (act, other.id)
    assert await rows(demo, "SELECT COUNT(*) FROM notice_changes") == [(0,)]
    assert page.text == demo.world.chats[office.id].messages[page.id].text


async def test_a_leader_sees_of_the_offices_notice_only_his_own_people(demo: Stage, office: Person) -> None:
    await done(demo, office, "收到按钮")
    leader = demo.of("ZF001")
    await demo.of("ZF005").presses("收到", await demo.of("ZF005").hears(TEXT))
    await demo.of("RS003").presses("收到", await demo.of("RS003").hears(TEXT))
    said = await leader.says("/help")
    page = await leader.forges("dl:open:1:0", said)
    assert "您管理范围内的 13 人：送达 11" in page.text and "对象" not in page.text
    assert "1 人已点" in page.text
    await leader.presses("名单", page)
    listed = await leader.presses("已点“收到”")
    assert "沈志强（ZF005）" in listed.text and "RS003" not in listed.text
    assert not {"✏️ 更正", "↩️ 撤回"} & set(labels(page))


async def test_lists_have_pages_and_an_old_page_is_the_last_one(demo: Stage, office: Person) -> None:
    page = await done(demo, office, "收到按钮")
    await office.presses("名单", page)
    first = await office.presses("没点“收到” 51")
    assert "第 1/7 页" in first.text
    second = await office.presses("›")
    assert "第 2/7 页" in second.text and second.id == first.id
    assert "第 7/7 页" in (await office.forges("dl:names-unanswered:1:99", second)).text
    assert "失效" in (await office.forges("dl:names-nonsense:1:0", second)).text


async def test_the_page_is_found_again_in_the_list_and_after_a_restart(demo: Stage, office: Person) -> None:
    await done(demo, office)
    await demo.restart_bot()
    await office.says("/notice")
    page = await office.presses("№1", office.last)
    assert "已发完" in page.text and "送达 51" in page.text


async def test_the_page_in_english(demo: Stage, office: Person, person: Person) -> None:
    await person.says("/language en")
    await office.says("/language en")
    await office.says("/notice meeting on Friday")
    await office.presses("Got-it button", office.last)
    await office.presses("Preview")
    await office.presses("Send (", office.last)
    await ended(demo)
    page = await office.hears("Planned 51 = sent 51 \\+ failed 0")
    assert "Audience 57 = planned 51 + not bound 4 + withdrawn 0 + on leave 2" in page.text
    answer = await person.presses("Got it", await person.hears("meeting on Friday"))
    assert labels(answer) == ["✓ Got it"]


async def test_the_table_has_everybody_within_sight(demo: Stage, office: Person) -> None:
    page = await done(demo, office, "收到按钮")
    await demo.of("ZF005").presses("收到", await demo.of("ZF005").hears(TEXT))
    people = await sheet(await office.presses("表格", page))
    assert len(people) == 58 and people[0][:4] == ["工号", "姓名", "部门", "结果"]
    (zf005,) = [row for row in people if row[0] == "ZF005"]
    assert zf005[3] == "送达" and zf005[6].startswith("2026-10-14")
    assert {row[3] for row in people[1:]} == {"送达", "跳过"}
    leader = demo.of("ZF001")
    said = await leader.says("/help")
    theirs = await sheet(await leader.forges("dl:sheet:1:0", said))
    assert len(theirs) == 14 and all(row[0].startswith("ZF") for row in theirs[1:])


async def sheet(message: SentMessage) -> list[list[str]]:
    """The second sheet of a workbook that the bot has sent."""
    import io

    from python_calamine import CalamineWorkbook

    assert message.document is not None
    book = CalamineWorkbook.from_filelike(io.BytesIO(message.document[1]))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(1).to_python()]


# Who cannot be reached


async def test_whoever_blocked_the_bot_is_skipped_until_he_returns(demo: Stage, office: Person, person: Person) -> None:
    demo.sandbox.faults.add(Fault("blocked", "sendMessage", person.id))
    page = await done(demo, office)
    assert sums(page.text)[0]["失败"] == 1
    assert await rows(demo, "SELECT reachable FROM accounts WHERE user_id = ?", person.id) == [(0,)]
    await begun(office, text="第二条")
    await ended(demo)
    assert person.id not in got(demo, "第二条"), "not even tried"
    await person.says("/start")
    await begun(office, text="第三条")
    await ended(demo)
    assert got(demo, "第三条")[person.id] == 1


async def test_who_leaves_in_the_middle_gets_nothing_more(demo: Stage, office: Person, person: Person) -> None:
    await begun(office)
    await person.says("/leave")
    await person.presses("退出")
    before = got(demo)[person.id]
    await ended(demo)
    assert got(demo)[person.id] == before
    page = await office.hears("已发完")
    assert sums(page.text)[0]["计划"] == 51
    await followed(demo)
