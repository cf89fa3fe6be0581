"""Writing a notice: one message, a card, a look, a tap."""

import asyncio

import pytest

from bot.sandbox.faults import Fault
from tests.flows.conftest import PATIENCE, Person, Stage, labels, rows


async def state(stage: Stage) -> list[object]:
    """Of every notice; one that has arrived meanwhile counts as being sent."""
    states = await rows(stage, "SELECT state FROM notices ORDER BY id")
    return ["sending" if state == "done" else state for (state,) in states]


async def sent_to(stage: Stage) -> int:
    (row,) = await rows(stage, "SELECT COUNT(*) FROM outbox WHERE kind = 'notice'")
    return int(str(row[0]))


async def delivered(stage: Stage) -> None:
    """Until nothing of any notice is on the way."""
    async with asyncio.timeout(PATIENCE):
        while await rows(stage, "SELECT 1 FROM outbox WHERE kind = 'notice' AND state IN ('pending', 'sending')"):
            await asyncio.sleep(0.005)


# from a message to a notice


async def test_a_notice_in_four_taps_reaches_everybody_and_the_sum_adds_up(demo: Stage, office: Person) -> None:
    card = await office.says("/notice 周五下午三点开会")
    assert "通知 №1" in card.text and "草稿" in card.text
    assert "周五下午三点开会" in card.text
    assert "对象：全部在岗人员" in card.text
    assert "对象 57 人，能收到 51 人" in card.text
    look = await office.presses("预览并发送")
    assert "对象 57 人 ＝ 将发送 51 ＋ 未绑定 4 ＋ 已退出 0 ＋ 请假 2 ＋ 超出本周次数 0" in look.text
    assert any(text.startswith("📢 通知") and "周五下午三点开会" in text for text in office.heard)
    done = await office.presses("发送（51 人能收到）")
    assert "已开始发送：51 人（对象 57 人）。进度见下一条。" in done.text
    assert "发送中" not in done.text, "how it stands is said by the next message"
    for number in ("ZF005", "ZH002", "BG002"):
        assert "周五下午三点开会" in (await demo.of(number).hears("📢 通知　创建办")).text
    assert await sent_to(demo) == 51
    assert await rows(demo, "SELECT fate, COUNT(*) FROM notice_people GROUP BY fate ORDER BY fate") == [
        ("not_bound", 4),
        ("on_leave", 2),
        ("send", 51),
    ]


async def test_the_chinese_word_and_the_guided_way_do_the_same(demo: Stage, office: Person) -> None:
    asked = await office.says("通知")
    assert "不得发送涉密内容" in asked.text
    assert "周六植树" in (await office.says("周六植树")).text
    assert "周日扫雪" in (await office.says("通知 周日扫雪")).text
    assert await state(demo) == ["draft", "draft"]


async def test_formatting_is_kept_and_nothing_else_becomes_markup(demo: Stage, office: Person) -> None:
    entities = [{"type": "bot_command", "offset": 0, "length": 7}, {"type": "bold", "offset": 8, "length": 2}]
    await office.does(lambda: demo.world.say(office.id, "/notice 重要 <3 & שלום 😀\n第二行", entities=entities))
    await office.presses("预览并发送")
    await office.presses("发送（")
    got = await demo.of("ZF005").hears("第二行")
    assert got.text == "📢 通知　创建办\n\n重要 <3 & שלום 😀\n第二行"
    wide = got.text.encode("utf-16-le")
    parts = {wide[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le") for e in got.entities}
    assert parts == {"通知", "重要"}


async def test_a_photo_is_sent_on_by_its_file_id(demo: Stage, office: Person) -> None:
    await office.says("/notice")
    card = await office.does(lambda: demo.world.send_photo(office.id, b"\xff\xd8picture", caption="海报"))
    assert "📎 图片" in card.text
    await office.presses("预览并发送")
    assert any(m.caption and "海报" in m.caption for m in demo.world.messages(office.id) if m.from_bot)
    await office.presses("发送（")
    got = await demo.of("ZF005").hears("海报")
    sent = demo.sandbox.calls("sendPhoto")
    assert got.file is not None and len({c.params["photo"] for c in sent}) == 1


async def test_a_document_with_the_command_as_its_caption(demo: Stage, office: Person) -> None:
    card = await office.sends("方案.pdf", b"%PDF", caption="/notice 请看附件")
    assert "文件：方案.pdf" in card.text and "请看附件" in card.text and "/notice" not in card.text
    assert "周五" in (await office.presses("改内容") and await office.says("周五前看完")).text
    assert "文件：方案.pdf" in office.last.text
    assert "📎" not in (await office.presses("去掉附件")).text


@pytest.mark.parametrize("name", ["花名册-20261014.xlsx", "名单.XLS", "名单.csv"])
async def test_a_table_is_pointed_out_before_everybody_gets_it(demo: Stage, office: Person, name: str) -> None:
    await office.says("/notice")
    card = await office.sends(name, b"PK")  # meant for the roster, and sent into the wrong conversation
    assert "原样发给每个人" in card.text and "更新花名册" in card.text
    assert "\n\n\n" not in card.text
    check = await office.presses("预览并发送")
    assert name in check.text and "原样发给每个人" in check.text
    await office.presses("发送（", check)
    assert "原样发给每个人" not in (await office.hears("已开始发送")).text


async def test_everything_about_a_draft_can_be_changed(demo: Stage, office: Person) -> None:
    await office.says("/notice 开会")
    assert "收到按钮：有" in (await office.presses("收到按钮：无")).text
    assert "标为重要" in (await office.presses("重要：否")).text
    await office.presses("截止：无")
    assert "截止：10月20日" in (await office.presses("20")).text
    await office.presses("改内容")
    assert "散会" in (await office.says("散会")).text
    await office.presses("预览并发送")
    await office.presses("发送（")
    got = await demo.of("ZF005").hears("散会")
    assert "重要通知" in got.text and "⏰ 截止：10月20日" in got.text
    assert labels(got) == ["✅ 收到"]


async def test_a_draft_survives_a_restart_and_stands_in_the_list(demo: Stage, office: Person) -> None:
    await office.says("/notice 开会")
    await demo.restart_bot()
    assert "收到按钮：有" in (await office.presses("收到按钮：无")).text
    await office.says("/notice")
    await demo.restart_bot()
    assert "扫雪" in (await office.says("扫雪")).text
    listed = await office.says("/notice")
    assert "№2 草稿 · 扫雪" in listed.text and "№1 草稿 · 开会" in listed.text
    assert "开会" in (await office.presses("№1 开会")).text


async def test_an_edited_message_corrects_its_draft_and_nothing_that_has_left(demo: Stage, office: Person) -> None:
    await office.says("/notice 昨天植树 3 小时的同志请补报")
    said = next(m for m in demo.world.messages(office.id) if not m.from_bot)
    assert "周五前补报" in (await office.edits(said, "/notice 昨天植树 3 小时的同志请周五前补报")).text
    assert await rows(demo, "SELECT id, text FROM notices") == [(1, "昨天植树 3 小时的同志请周五前补报")]
    assert "格式没有成对" in (await office.edits(said, "/notice <b>植树")).text
    await office.presses("预览并发送")
    await office.presses("发送（")
    assert "已不是草稿" in (await office.edits(said, "/notice 别的")).text
    assert await rows(demo, "SELECT text FROM notices") == [("昨天植树 3 小时的同志请周五前补报",)]
    assert await rows(demo, "SELECT COUNT(*) FROM checkins WHERE source IS NOT NULL") == [(0,)]


async def test_an_edited_message_makes_the_notice_that_it_failed_to_make(demo: Stage, office: Person) -> None:
    await office.says("/notice <b>开会")
    said = next(m for m in demo.world.messages(office.id) if not m.from_bot)
    assert "草稿" in (await office.edits(said, "/notice <b>开会</b>")).text
    assert await rows(demo, "SELECT text FROM notices") == [("<b>开会</b>",)]


async def test_of_an_album_the_first_picture_is_taken_and_the_rest_named_once(demo: Stage, office: Person) -> None:
    await office.says("/notice")
    await office.does(lambda: demo.world.send_photo(office.id, b"\xff\xd8"))
    sent = [m for m in demo.world.messages(office.id) if not m.from_bot][-1]
    await office.presses("放弃")
    await office.says("/notice")
    for number in range(1, 4):
        picture = {**demo.world.message_json(sent), "message_id": 900 + number, "media_group_id": "77"}
        demo.world.push_raw({"message": picture})
    await office.says("/help")
    assert len([text for text in office.heard if "一个附件" in text]) == 1
    assert await state(demo) == ["cancelled", "draft"]
    assert "点“确认”后才会记录" in (await office.says("昨天下午社区清扫两个半小时")).text


async def test_a_draft_is_given_up(demo: Stage, office: Person) -> None:
    await office.says("/notice 开会")
    assert "已放弃" in (await office.presses("放弃")).text
    assert await rows(demo, "SELECT state, text FROM notices") == [("cancelled", "")]
    assert "开会" not in (await office.says("/notice")).text


async def test_cancel_leaves_the_dialogue_and_keeps_the_draft(demo: Stage, office: Person) -> None:
    await office.says("/notice")
    assert "已取消" in (await office.says("/cancel")).text
    assert "没有听懂" in (await office.says("开会")).text
    await office.says("/notice 开会")
    await office.presses("改内容")
    await office.says("/cancel")
    assert await rows(demo, "SELECT state, text FROM notices") == [("draft", "开会")]


async def test_the_list_has_pages(demo: Stage, office: Person) -> None:
    for number in range(1, 9):
        await office.says(f"/notice 第{number}号")
    assert "第 1/2 页" in (await office.says("/notice")).text
    older = await office.presses("更早")
    assert "第1号" in older.text and "第8号" not in older.text
    assert "第8号" in (await office.presses("较新")).text


# what cannot be passed on


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        ("<b>没有结尾", "格式没有成对：<b>"),
        ("字" * 4097, "4097 个字符，一条通知最多 4096 个"),
        ("😀" * 2049, "4098 个字符"),
        ("联系人 13800138000", "手机号"),
        ("\u200b\u0007", "不能没有内容"),
    ],
)
async def test_bad_content_is_refused_with_a_sentence_and_may_be_sent_again(
    demo: Stage, office: Person, content: str, answer: str
) -> None:
    await office.says("/notice")
    assert answer in (await office.says(content)).text
    assert await state(demo) == []
    assert "开会" in (await office.says("开会")).text


async def test_a_text_of_4096_characters_goes_as_it_is(demo: Stage, office: Person) -> None:
    await office.says("/notice")
    await office.says("字" * 4096)
    await office.presses("预览并发送")
    await office.presses("发送（")
    assert (await demo.of("ZF005").hears("字" * 4096)).text == "字" * 4096


async def test_a_caption_may_have_1024_characters(demo: Stage, office: Person) -> None:
    await office.says("/notice")
    answer = await office.does(lambda: demo.world.send_photo(office.id, b"\xff\xd8", caption="字" * 1025))
    assert "带附件时最多 1024 个" in answer.text
    await office.does(lambda: demo.world.send_photo(office.id, b"\xff\xd8", caption="字" * 1024))
    await office.presses("预览并发送")
    await office.presses("发送（")
    assert (await demo.of("ZF005").hears("字" * 1024)).caption == "字" * 1024


async def test_a_deadline_needs_room_too(demo: Stage, office: Person) -> None:
    await office.says("/notice " + "字" * 4080)
    await office.presses("截止：无")
    assert "已为截止日期留出位置" in (await office.presses("20")).text


async def test_a_voice_is_no_notice_and_a_location_is_not_kept(demo: Stage, office: Person) -> None:
    await office.says("/notice")
    assert "只能是文字、图片或文件" in (await office.does(lambda: demo.world.send_voice(office.id))).text
    assert "不收集位置" in (await office.does(lambda: demo.world.send_location(office.id, 1.0, 2.0))).text
    assert "开会" in (await office.says("开会")).text


async def test_a_file_that_telegram_refuses_is_found_at_the_preview(demo: Stage, office: Person) -> None:
    await office.says("/notice")
    await office.does(lambda: demo.world.send_photo(office.id, b"\xff\xd8", caption="海报"))
    demo.sandbox.faults.add(Fault("400:Bad Request: wrong file identifier/HTTP URL specified", "sendPhoto"))
    assert "Telegram 不接受这个附件" in (await office.presses("预览并发送")).text
    assert await state(demo) == ["draft"]
    await office.presses("去掉附件")
    await office.presses("预览并发送")
    assert "已开始发送" in (await office.presses("发送（")).text


# pressed twice, pressed late


async def test_fifty_taps_on_send_are_one_notice(demo: Stage, office: Person) -> None:
    await office.says("/notice 开会")
    check = await office.presses("预览并发送")
    data = next(b.data for row in check.buttons for b in row if b.text.startswith("📢"))
    for _ in range(50):
        demo.world.press_raw(office.id, check.id, data)
    await demo.of("ZF005").hears("开会")
    await office.says("/help")
    assert await sent_to(demo) == 51
    assert await rows(demo, "SELECT round FROM notices") == [(1,)]
    assert len([text for text in demo.of("ZF005").heard if "开会" in text]) == 1


async def test_what_was_changed_after_the_look_is_looked_at_again(demo: Stage, office: Person) -> None:
    await office.says("/notice 开会")
    check = await office.presses("预览并发送")
    await office.presses("收到按钮：无")
    answer = await office.presses("发送（", check)
    assert "刚才有变化" in answer.text and "将发送 51" in answer.text
    assert await state(demo) == ["draft"]
    assert "已开始发送" in (await office.presses("发送（", answer)).text


async def test_somebody_more_on_the_roster_is_looked_at_again(demo: Stage, office: Person) -> None:
    await office.says("/notice 开会")
    await office.presses("预览并发送")
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET status = 'active' WHERE staff_number = 'ZF012'")
    assert "对象 58 人" in (await office.presses("发送（")).text
    assert await state(demo) == ["draft"]


async def test_an_old_card_of_a_sent_notice_changes_nothing(demo: Stage, office: Person) -> None:
    card = await office.says("/notice 开会")
    await office.presses("预览并发送")
    await office.presses("发送（")
    for data in [b.data for row in card.buttons for b in row if b.data.startswith(("nt:", "nw:", "na:"))]:
        if data != "nt:list:0:0:0":
            demo.world.press_raw(office.id, card.id, data)
    for data in ("nw:1:by:20261020:set", "nw:1:at:202610201000:set", "na:1:in:s1:in", "nt:drop:1:2:0"):
        demo.world.press_raw(office.id, card.id, data)
    await office.says("/help")
    assert all("已有变化" in m.text for m in demo.world.messages(office.id) if m.id == card.id)
    assert await state(demo) in (["sending"], ["done"])


@pytest.mark.parametrize("number", ["RS001", "ZF005", "ZH002"])
async def test_nobody_else_sees_or_changes_a_draft(demo: Stage, office: Person, number: str) -> None:
    """Another leader, staff, somebody who only reads."""
    card = await office.says("/notice 秘密的草稿")
    other = demo.of(number)
    await other.says("/help")
    acts = [b.data for row in card.buttons for b in row]
    acts += ["nt:1:send:1:57", "nt:send:1:1:57", "nt:yes:1:1:0", "nt:edit:1:1:0", "na:1:in:s1:", "nw:1:at::set"]
    for data in acts:
        demo.world.press_raw(other.id, other.last.id, data)
    await other.says("/help")
    assert not any("秘密" in text for text in other.heard)
    assert await rows(demo, "SELECT state, version, text FROM notices") == [("draft", 1, "秘密的草稿")]


@pytest.mark.parametrize("number", ["ZF005", "ZH002"])
async def test_staff_and_viewers_write_no_notices(demo: Stage, number: str) -> None:
    assert "不在您的权限范围内" in (await demo.of(number).says("/notice 开会")).text
    assert await state(demo) == []


async def test_forged_buttons_are_stale(demo: Stage, office: Person) -> None:
    await office.says("/notice 开会")
    for data in ("nw:1:at:20261399:set", "nw:1:at:99:set", "nw:1:at:²:day", "nt:look:99999:1:0", "nw:1:x:20261020:set"):
        answer = await office.forges(data)
        assert "失效" in answer.text or "没有这条通知" in answer.text, data
    await office.forges("na:1:in:x9:in")
    await office.forges("na:1:unanswered:²:asked")
    assert await rows(demo, "SELECT state, version FROM notices") == [("draft", 1)]


async def test_in_a_group_nothing_is_written(demo: Stage, office: Person) -> None:
    demo.world.add_group(-100500, "科室群", [office.id])
    demo.world.say(office.id, f"/notice@{demo.app.house.username} 开会", chat_id=-100500)
    told = await demo.world.wait_for(-100500, lambda m: m.from_bot)
    assert "私聊" in told.text
    assert await state(demo) == []


async def test_leaving_takes_the_drafts_along(demo: Stage, leader: Person) -> None:
    await leader.says("/notice 秘密")
    await leader.says("/leave")
    await leader.presses("退出")
    assert await rows(demo, "SELECT state, text FROM notices") == [("cancelled", "")]


async def test_the_same_in_english(demo: Stage, office: Person) -> None:
    await office.says("/language en")
    assert "Nothing classified" in (await office.says("/notice")).text
    card = await office.says("Meeting on Friday")
    assert "To: everybody in post" in card.text
    check = await office.presses("Preview and send")
    assert "Audience 57 = to be sent 51 + not bound 4 + withdrawn 0 + on leave 2 + over budget 0" in check.text
    assert "is on its way to 51 people (audience: 57)" in (await office.presses("Send (51")).text
