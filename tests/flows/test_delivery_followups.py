"""After a notice was sent: once more, reminders, corrections, recalls, telling in person."""

import datetime as dt

import pytest

from bot.sandbox import Fault
from bot.sandbox.state import SentMessage
from tests.flows.conftest import NOW, Person, Stage, data_of, labels, rows
from tests.flows.sending import TEXT, at_rest, done, ended, followed, got, sums, without_mornings

WEEK = dt.timedelta(days=7)


@pytest.fixture
async def office(demo: Stage) -> Person:
    await without_mornings(demo)
    return demo.of("BG002")


def texts(person: Person, words: str) -> list[str]:
    """What stands in this chat now with these words in it."""
    shown = [m for m in person.stage.world.messages(person.id) if m.from_bot and not m.deleted]
    return [m.text or m.caption or "" for m in shown if words in (m.text or m.caption or "")]


async def missed_one(demo: Stage, office: Person, person: Person) -> None:
    """A notice that has not reached this person, who can be reached again."""
    demo.sandbox.faults.add(Fault("blocked", "sendMessage", person.id))
    await done(demo, office, "收到按钮")
    await person.says("/start")


# once more


async def test_whom_it_missed_gets_it_once_more_and_nobody_else(demo: Stage, office: Person, person: Person) -> None:
    await missed_one(demo, office, person)
    page = await office.presses("№1", await office.says("/notice"))
    ask = await office.presses("补发（1 人）", page)
    assert "现在又能收到的 1 人" in ask.text
    assert "已开始" in (await office.presses("确定，发给 1 人")).text
    await ended(demo)
    page = await office.hears("(?s)已发完.*补发　10月14日")
    assert sums(page.text) == [
        {"计划": 51, "送达": 50, "失败": 1, "跳过": 0, "不确定": 0},
        {"计划": 1, "送达": 1, "失败": 0, "跳过": 0, "不确定": 0},
    ]
    assert got(demo).total() == 51 and got(demo)[person.id] == 1
    assert "补发" not in "".join(labels(page))


async def test_pressed_twice_it_goes_once(demo: Stage, office: Person, person: Person) -> None:
    await missed_one(demo, office, person)
    said = await office.says("/help")
    for _ in range(5):
        demo.world.press_raw(office.id, said.id, "dl:missed-yes:1:1")
    await office.hears("情况已有变化|没有可以发送的人")
    await ended(demo)
    assert got(demo)[person.id] == 1
    assert await rows(demo, "SELECT round FROM notices") == [(2,)]


async def test_a_number_that_has_changed_meanwhile_is_shown_again(demo: Stage, office: Person, person: Person) -> None:
    await missed_one(demo, office, person)
    said = await office.says("/help")
    answer = await office.forges("dl:missed-yes:1:7", said)
    assert "人数刚才有变化" in answer.text and "确定，发给 1 人" in "".join(labels(answer))
    assert await rows(demo, "SELECT round FROM notices") == [(1,)]


async def test_reminders_go_to_those_who_have_not_answered_twice_at_most_and_once_a_week(
    demo: Stage, office: Person, person: Person
) -> None:
    page = await done(demo, office, "收到按钮")
    await person.presses("收到", await person.hears(TEXT))
    page = await office.presses("刷新", page) if "刷新" in "".join(labels(page)) else page
    await office.forges("dl:remind:1:0", page)
    assert "提醒还没有点“收到”的 50 人" in office.last.text
    await office.presses("确定，发给 50 人")
    await ended(demo)
    assert "🔔" not in "".join(texts(person, TEXT)) and len(texts(person, TEXT)) == 1
    other = demo.of("RS003")
    assert any(text.startswith("🔔 提醒") for text in texts(other, TEXT))
    assert "本周已提醒过 50 人" in (await office.forges("dl:remind:1:0", office.last)).text
    assert "本周已提醒过 50 人" in (await office.forges("dl:remind-yes:1:50", await office.says("/help"))).text
    demo.move_to(NOW + WEEK + dt.timedelta(minutes=1))
    await office.forges("dl:remind:1:0", await office.says("/help"))
    await office.presses("确定，发给 50 人")
    await ended(demo)
    demo.move_to(NOW + 2 * WEEK + dt.timedelta(days=1))
    assert "已提醒过两次 50 人" in (await office.forges("dl:remind:1:0", await office.says("/help"))).text
    assert "已提醒过两次 50 人" in (await office.forges("dl:remind-sure:1:50", await office.says("/help"))).text
    assert got(demo)[other.id] == 3 and got(demo)[person.id] == 1


async def test_who_answers_while_the_reminder_waits_gets_none(demo: Stage, office: Person, person: Person) -> None:
    await done(demo, office, "收到按钮")
    demo.move_to(NOW.replace(hour=20))
    await office.forges("dl:remind:1:0", await office.says("/help"))
    assert "不在工作时间，建议改到 10月15日（周四）08:00" in office.last.text
    later = await office.presses("10月15日（周四）08:00 发")
    assert "将于 10月15日（周四）08:00 开始发送" in later.text
    await person.presses("收到", await person.hears(TEXT))
    demo.move_to((NOW + dt.timedelta(days=1)).replace(hour=8, minute=1))
    await demo.app.sender.tick(demo.clock.now())
    await ended(demo)
    page = await office.hears("(?s)已发完.*提醒　10月15日")
    assert sums(page.text)[1] == {"计划": 51, "送达": 50, "失败": 0, "跳过": 1, "不确定": 0}
    assert "已点“收到” 1" in page.text and len(texts(person, TEXT)) == 1


async def test_outside_of_working_hours_only_after_a_second_tap(demo: Stage, office: Person, person: Person) -> None:
    await missed_one(demo, office, person)
    demo.move_to(NOW.replace(hour=20))
    await office.forges("dl:missed:1:0", await office.says("/help"))
    sure = await office.presses("现在就发")
    assert "请再点一次" in sure.text and got(demo)[person.id] == 0
    await office.presses("仍然现在发")
    await ended(demo)
    assert got(demo)[person.id] == 1


# put right, taken back


async def test_a_correction_changes_what_has_arrived_and_says_so_when_it_is_done(
    demo: Stage, office: Person, person: Person
) -> None:
    page = await done(demo, office, "收到按钮")
    await person.presses("收到", await person.hears(TEXT))
    prompt = await office.presses("更正", page)
    assert "不得发送涉密内容" in prompt.text and "已送达的 51 条" in prompt.text
    question = await office.says("改到周六下午")
    assert "改成这样，好吗" in question.text and any("改到周六下午" in text for text in office.heard)
    await demo.restart_bot()
    assert "正在更正 51 条" in (await office.presses("确定更正", question)).text
    await ended(demo)
    told = await office.hears("更正完毕")
    assert "改好 51 条。" in told.text
    assert not texts(person, TEXT) and len(texts(person, "改到周六下午")) == 1
    assert labels(await person.hears("改到周六下午")) == ["✓ 已收到"]
    edits = [c for c in demo.sandbox.calls("editMessageText") if "改到周六下午" in str(c.params["text"])]
    assert len([c for c in edits if c.delivered and "📢" in str(c.params["text"])]) == 51
    assert "更正过 1 次" in (await office.presses("查看通知", told)).text


async def corrected(demo: Stage, office: Person, page: SentMessage, text: str) -> None:
    await office.presses("更正", page)
    await office.says(text)
    await office.presses("确定更正")
    await ended(demo)


async def test_a_corrected_message_says_since_when_wherever_it_is_seen(
    demo: Stage, office: Person, person: Person
) -> None:
    head = "📢 通知（已更正，10月14日 10:20）　创建办\n\n改到周六下午"
    demo.sandbox.faults.add(Fault("blocked", "sendMessage", demo.of("RS003").id))
    page = await done(demo, office, "收到按钮")
    demo.move_to(NOW + dt.timedelta(minutes=20))
    await corrected(demo, office, page, "改到周六下午")
    assert any(text == head for text in office.heard), "the preview"
    assert texts(person, "改到周六下午") == [head]
    demo.move_to(NOW + dt.timedelta(minutes=40))
    pressed = await person.presses("收到", await person.hears("改到周六下午"))
    assert pressed.text == head, "edited again it says the same"
    await demo.of("RS003").says("/start")
    page = await office.presses("查看通知", await office.hears("更正完毕"))
    await office.presses("确定，发给 1 人", await office.presses("补发（1 人）", page))
    await ended(demo)
    assert texts(demo.of("RS003"), "改到周六下午") == [head], "and so it does sent anew"
    page = await office.hears("(?s)已发完.*补发　10月14日")
    telling = await office.presses("线下转达", page)
    assert "✏️ 已更正，10月14日 10:20：请按更正后的内容转告" in telling.text
    page = await office.presses("返回", telling)
    demo.move_to(NOW + dt.timedelta(minutes=60))
    await corrected(demo, office, page, "改到周日下午")
    assert texts(person, "改到周日下午") == ["📢 通知（已更正，10月14日 11:00）　创建办\n\n改到周日下午"]


async def test_a_correction_has_room_to_say_that_it_is_one(demo: Stage, office: Person, person: Person) -> None:
    page = await done(demo, office, text="字" * 4096)
    await office.presses("更正", page)
    assert "一条通知最多 4016 个（要注明“已更正”）" in (await office.says("改" * 4017)).text
    await office.says("改" * 4016)
    await office.presses("确定更正")
    await ended(demo)
    assert len(texts(person, "改" * 4016)) == 1
    assert texts(person, "改" * 4016)[0].startswith("📢 通知（已更正，10月14日 10:00）")


async def test_a_correction_pressed_twice_or_too_late_is_one(demo: Stage, office: Person) -> None:
    page = await done(demo, office)
    await office.presses("更正", page)
    question = await office.says("改到周六下午")
    for _ in range(5):
        demo.world.press(office.id, question.id, "确定更正")
    await office.hears("情况已有变化")
    await ended(demo)
    assert await rows(demo, "SELECT act FROM notice_changes") == [("correct",)]


async def test_a_text_that_cannot_be_passed_on_is_asked_for_again(demo: Stage, office: Person) -> None:
    page = await done(demo, office)
    await office.presses("更正", page)
    assert "没有成对" in (await office.says("<b>半个")).text
    assert "和原来一样" in (await office.says(TEXT)).text
    assert "附件不能换" in (await office.sends("b.pdf", b"%PDF", caption="新的")).text
    assert "改成这样" in (await office.says("新的文字")).text
    await office.says("/cancel")
    assert "情况已有变化" in (await office.presses("确定更正")).text
    assert await rows(demo, "SELECT COUNT(*) FROM notice_changes") == [(0,)]


async def test_a_caption_is_corrected_with_its_photo_kept(demo: Stage, office: Person, person: Person) -> None:
    await office.says("/notice")
    await office.does(lambda: demo.world.send_photo(office.id, b"\xff\xd8picture", caption="海报"))
    await office.presses("预览并发送")
    await office.presses("发送（")
    await ended(demo)
    await office.presses("更正", await office.hears("已发完"))
    await office.says("新海报")
    await office.presses("确定更正")
    await ended(demo)
    assert "改好 51 条" in (await office.hears("更正完毕")).text
    (message,) = [m for m in demo.world.messages(person.id) if m.file is not None]
    assert (
        message.caption == "📢 通知（已更正，10月14日 10:00）　创建办\n\n新海报" and message.photo == b"\xff\xd8picture"
    )


async def test_a_recall_takes_everything_away_and_the_button_says_so(
    demo: Stage, office: Person, person: Person
) -> None:
    page = await done(demo, office, "收到按钮")
    data = data_of(await person.hears(TEXT), "收到")
    ask = await office.presses("撤回", page)
    assert "51" in ask.text and "48 小时" in ask.text
    await office.presses("确定撤回", ask)
    await ended(demo)
    told = await office.hears("撤回完毕")
    assert "收回 51 条。" in told.text
    assert not texts(person, TEXT) and not texts(person, "撤回")
    deleted = {c.chat_id for c in demo.sandbox.calls("deleteMessage") if c.delivered}
    assert len(deleted) == 51
    page = await office.presses("查看通知", told)
    assert "已撤回" in page.text and not {"✏️ 更正", "↩️ 撤回", "🗣 线下转达"} & set(labels(page))
    assert "已经撤回" in (await person.forges(data, await person.says("/help"))).text
    for act in ("recall-yes", "missed-yes", "remind-yes"):
        assert "情况已有变化" in (await office.forges(f"dl:{act}:1:51", page)).text
        page = await office.presses("刷新", page) if "刷新" in "".join(labels(page)) else await office.says("/help")
    assert "№1 已撤回 · 周五下午三点开会" in (await office.says("/notice")).text
    offered = await office.says("/remind")
    if "换一件事" in "".join(labels(offered)):
        offered = await office.presses("换一件事", offered)
    assert "开会" not in "".join(labels(offered))
    assert "已经结束" in (await office.forges("rm:show:0:1:0", offered)).text


async def test_what_is_too_old_to_be_deleted_says_that_it_is_recalled(
    demo: Stage, office: Person, person: Person
) -> None:
    page = await done(demo, office)
    demo.move_to(NOW + dt.timedelta(days=3))
    await office.presses("确定撤回", await office.presses("撤回", page))
    await ended(demo)
    assert "收回 51 条。" in (await office.hears("撤回完毕")).text
    assert not texts(person, TEXT)
    assert texts(person, "这条通知已撤回") == ["↩️ 这条通知已撤回，请不要按原内容办理。"]


async def test_the_message_number_of_another_account_is_never_touched(
    demo: Stage, office: Person, person: Person
) -> None:
    page = await done(demo, office)
    async with demo.app.db.write() as tx:  # he has come to a new phone since
        at = int((NOW + dt.timedelta(minutes=1)).timestamp() * 1000)
        await tx.execute("UPDATE accounts SET bound_at = ? WHERE user_id = ?", at, person.id)
    await office.presses("确定撤回", await office.presses("撤回", page))
    await ended(demo)
    told = await office.hears("撤回完毕")
    assert "收回 50 条，1 条没有办成：已换账号 1" in told.text
    assert len(texts(person, TEXT)) == 1
    assert person.id not in {c.chat_id for c in demo.sandbox.calls("deleteMessage")}


async def test_a_message_that_its_reader_has_deleted_is_not_sent_again(
    demo: Stage, office: Person, person: Person
) -> None:
    page = await done(demo, office)
    (message,) = [m for m in demo.world.messages(person.id) if TEXT in (m.text or "")]
    message.deleted = True
    await office.presses("更正", page)
    await office.says("改到周六下午")
    await office.presses("确定更正")
    await ended(demo)
    assert "改好 50 条，1 条没有办成：消息已被删除 1" in (await office.hears("更正完毕")).text
    assert not texts(person, "改到周六下午")


# told in person


async def test_the_contact_of_each_department_is_called_and_ticks_off_whom_he_has_told(
    demo: Stage, office: Person
) -> None:
    await done(demo, office)
    leader = demo.of("ZF001")
    card = await leader.hears("需要线下转达 2 人次")
    listed = await leader.presses("线下转达", card)
    assert "1 条通知需要线下转达" in listed.text
    people = await leader.presses("№1", listed)
    assert "线下转达" in people.text and people.text.count("☐") == 2
    names = [label for label in labels(people) if label.startswith("☐")]
    ticked = await leader.presses(names[0], people)
    assert ticked.id == people.id and "冯承志 10月14日（周三）10:00 已转达" in ticked.text
    told = await rows(demo, "SELECT told_at, told_by FROM notice_people WHERE told_at IS NOT NULL")
    assert [by for _, by in told] == [leader.id]
    back = await leader.presses("☑", ticked)
    assert back.text.count("☐") == 2
    assert await rows(demo, "SELECT COUNT(*) FROM notice_people WHERE told_at IS NOT NULL") == [(0,)]
    acts = await rows(demo, "SELECT action FROM audit WHERE action LIKE 'notice-%told' ORDER BY id")
    assert acts == [("notice-told",), ("notice-untold",)]


async def test_the_office_sees_all_departments_and_a_leader_only_his_own(demo: Stage, office: Person) -> None:
    page = await done(demo, office)
    everywhere = await office.presses("线下转达", page)
    places = [label for label in labels(everywhere) if "/" in label]
    assert len(places) >= 2 and sum(int(place.rpartition("/")[2].rstrip("）")) for place in places) == 6
    ((outside,),) = await rows(
        demo,
        "SELECT MIN(n.person_id) FROM notice_people n JOIN people p ON p.id = n.person_id WHERE n.telling = 1"
        " AND p.staff_number NOT LIKE 'ZF%'",
    )
    leader = demo.of("ZF001")
    said = await leader.says("/help")
    assert "失效" in (await leader.forges(f"tell:told:1:{outside}:0", said)).text
    assert (
        "失效" in (await demo.of("ZF005").forges(f"tell:told:1:{outside}:0", await demo.of("ZF005").says("/help"))).text
    )
    assert await rows(demo, "SELECT COUNT(*) FROM notice_people WHERE told_at IS NOT NULL") == [(0,)]


async def test_nobody_ticks_off_himself(demo: Stage, office: Person) -> None:
    leader = demo.of("ZF001")
    demo.sandbox.faults.add(Fault("blocked", "sendMessage", leader.id))
    await done(demo, office)
    said = await leader.says("/start")
    ((own,),) = await rows(demo, "SELECT id FROM people WHERE staff_number = 'ZF001'")
    answer = await leader.forges(f"tell:told:1:{own}:0", said)
    assert "不能替自己" in answer.text
    assert await rows(demo, "SELECT COUNT(*) FROM notice_people WHERE told_at IS NOT NULL") == [(0,)]


async def test_forged_and_stale_ticks_are_answered(demo: Stage, office: Person) -> None:
    page = await done(demo, office)
    for data in ("tell:told:1:0:0", "tell:told:1:99999:0", "tell:told:7:1:0", "tell:list:7:0:0", "tell:nonsense:1:1:1"):
        assert "失效" in (await office.forges(data, page)).text
        page = await office.says("/help")
    await at_rest(demo)
    await followed(demo)
