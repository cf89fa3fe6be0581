"""The morning message, the duties, the phrases, as people meet them."""

import datetime as dt

import pytest

from bot.clock import instant
from bot.demo import demo_people
from bot.sandbox.faults import Fault
from bot.services import duties
from storage import sending
from storage.records import PersonStatus
from tests.flows.conftest import NOW, ZONE, Person, Stage, labels, rows
from tests.flows.sending import at_rest

DAY = dt.timedelta(days=1)
SATURDAY = dt.datetime(2026, 10, 17, 9, 0, tzinfo=ZONE)


async def plan(stage: Stage, moment: dt.datetime = NOW) -> None:
    """What the clock's tick does, at a moment of our choosing."""
    stage.move_to(moment)
    await stage.app._plan(moment)


async def presses_in_vain(person: Person, label: str) -> None:
    """Press a button whose answer changes nothing that could be seen."""
    shown = person._with_button(label)
    person.stage.world.press(person.id, shown.id, person._label(shown, label))
    await person.stage.settled()


def mornings(person: Person) -> list[str]:
    return [text for text in person.heard if "今日文明用语" in text and "今日职责" in text]


async def test_the_morning_message_says_phrase_and_duty_of_the_day(demo: Stage) -> None:
    await plan(demo)
    message = await demo.of("ZF005").hears("今日文明用语")
    assert "10月14日（周三）" in message.text
    assert "今日职责" in message.text
    assert "想一想" in message.text
    assert labels(demo.of("ZF005").last) == ["已读", "今天做到了"]


async def test_what_was_pressed_is_ticked_off_and_pressing_again_changes_nothing(demo: Stage) -> None:
    await plan(demo)
    person = demo.of("ZF005")
    text = (await person.hears("今日文明用语")).text
    await person.presses("已读")
    assert labels(person.last) == ["✓ 已读", "今天做到了"]
    await person.presses("今天做到了")
    assert labels(person.last) == ["✓ 已读", "✓ 今天做到了"]
    await presses_in_vain(person, "已读")
    assert labels(person.last) == ["✓ 已读", "✓ 今天做到了"]
    assert person.last.text == text
    assert len(await rows(demo, "SELECT * FROM taps")) == 2


async def test_the_button_of_a_day_gone_by_still_answers(demo: Stage) -> None:
    await plan(demo)
    person = demo.of("ZF005")
    first = await person.hears("10月14日")
    await plan(demo, NOW + DAY)
    await person.hears("10月15日")
    await demo.restart_bot()
    answer = await person.presses("已读", first)
    assert answer.id == first.id
    assert [b.text for row in answer.buttons for b in row] == ["✓ 已读", "今天做到了"]
    assert (await rows(demo, "SELECT local_date, kind FROM taps")) == [("2026-10-14", "read")]


async def test_a_forged_press_is_answered_and_leaves_nothing(demo: Stage) -> None:
    await plan(demo)
    bound = [person for person in demo_people() if person.bound and person.status is PersonStatus.ACTIVE]
    forged = ("tap:2026-10-13:read", "tap:2026-02-30:read", "tap:nonsense:read", "tap:2026-10-14:love")
    for person, data in zip(bound, (*forged, "duty:NO", "phrase:NO"), strict=False):
        at = demo.of(person.staff_number)
        await at.hears("今日文明用语")
        assert "失效" in (await at.forges(data)).text, data
    assert not await rows(demo, "SELECT * FROM taps")


async def test_a_stranger_presses_in_vain_and_is_told_so(demo: Stage) -> None:
    await plan(demo)
    stranger = demo.person(1)
    said = await stranger.says("/duties")
    assert "登记" in said.text
    assert "失效" in (await stranger.forges("tap:2026-10-14:read", said)).text
    assert "失效" in (await stranger.forges("phrase:P001", said)).text
    assert not await rows(demo, "SELECT * FROM taps")


async def test_whoever_reads_english_has_an_english_frame_around_the_chinese_phrase(demo: Stage) -> None:
    person = demo.of("ZF005")
    await person.says("/language en")
    await plan(demo)
    message = await person.hears("Civilized phrase of the day")
    assert "Wed 14 October" in message.text
    assert any(f"{kind} · " in message.text for kind in ("Five Dos", "Six Don'ts"))
    assert any("一" <= char <= "鿿" for char in message.text)
    await person.presses("Done today")
    assert labels(person.last) == ["Read", "✓ Done today"]


async def test_who_has_muted_it_gets_none_until_he_asks_for_it_again(demo: Stage) -> None:
    person, other = demo.of("ZF005"), demo.of("ZF001")
    assert "已关闭" in (await person.says("/mute")).text
    await plan(demo)
    await other.hears("今日文明用语")
    await at_rest(demo)
    assert not mornings(person)
    assert "已恢复" in (await person.says("免打扰")).text
    await plan(demo, NOW + DAY)
    await person.hears("10月15日")


async def test_on_a_day_off_nobody_is_disturbed(demo: Stage) -> None:
    await plan(demo, SATURDAY)
    assert not await rows(demo, "SELECT * FROM outbox")


async def test_all_eleven_duties_are_shown_with_the_one_of_today_marked(demo: Stage) -> None:
    person = demo.of("ZF005")
    answer = await person.says("职责")
    assert answer.text.count("（今日）") == 1
    assert len(labels(person.last)) == 11
    assert "不让本机关的形象在我这里受到影响" in answer.text
    assert "政法委" not in answer.text
    card = await person.presses("不损机关形象")
    assert card.id == answer.id
    assert "本单位失望" in card.text
    assert "（今日）" in (await person.presses("全部职责")).text


async def test_the_marked_duty_is_the_one_of_the_morning_message(demo: Stage) -> None:
    person = demo.of("ZF005")
    answer = await person.says("/duties")
    marked = next(line for line in answer.text.split("\n") if "今日" in line)
    duty = marked.split(". ")[1].removesuffix("（今日）")
    await plan(demo)
    assert duty in (await person.hears("今日职责")).text


async def test_the_phrase_of_today_is_that_of_the_morning_message_and_one_may_leaf_on(demo: Stage) -> None:
    person = demo.of("ZF005")
    today = await person.says("/phrase")
    quoted = today.text.split("“")[1].split("”")[0]
    other = await person.presses("换一条")
    assert other.id == today.id
    leafed = other.text
    assert quoted not in leafed
    assert (await person.presses("换一条")).text != leafed
    assert quoted in (await person.presses("今天的用语")).text
    await plan(demo)
    assert quoted in (await person.hears("今日职责")).text


async def test_on_a_day_off_the_phrase_is_the_last_one_and_no_duty_is_todays(demo: Stage) -> None:
    person = demo.of("ZF005")
    demo.move_to(SATURDAY)
    answer = await person.says("用语")
    assert "最近一个工作日10月16日（周五）的" in answer.text
    assert "（今日）" not in (await person.says("/duties")).text


async def test_a_message_whose_answer_is_lost_is_unknown_and_never_sent_twice(demo: Stage) -> None:
    person = demo.of("ZF005")
    demo.sandbox.faults.add(Fault("lost", "sendMessage", person.id))
    await plan(demo)
    await person.hears("今日文明用语")
    await at_rest(demo)
    await demo.restart_bot()
    await plan(demo, NOW + dt.timedelta(minutes=10))
    await at_rest(demo)
    assert len(mornings(person)) == 1
    states = dict(await rows(demo, "SELECT state, COUNT(*) FROM outbox GROUP BY state"))
    assert states["unknown"] == 1


@pytest.mark.parametrize("canary", [0, 3])
async def test_what_was_being_sent_when_the_process_died_is_unknown_and_the_rest_goes_on(
    demo: Stage, canary: int
) -> None:
    tomorrow, flying = NOW + DAY, canary or 25
    await duties.plan_due(demo.app.db, tomorrow)
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE occurrences SET canary = ?", canary)  # 0: the first few have arrived
        dying = await sending.claim(tx, "the dead one", instant(tomorrow), instant(tomorrow), 25)
    await demo.stop_bot()
    demo.move_to(tomorrow)
    await demo.start_bot()
    demo.app.sender.wake()
    await at_rest(demo)
    ends = await rows(demo, "SELECT state, reason, COUNT(*) FROM outbox GROUP BY state, reason ORDER BY state")
    assert ends == [("sent", "", 51 - flying), ("unknown", "crash", flying)]
    accounts = dict(await rows(demo, "SELECT person_id, user_id FROM accounts WHERE person_id IS NOT NULL"))
    assert not any(mornings(demo.person(accounts[row.person_id])) for row in dying)


async def test_the_demos_clock_goes_to_the_next_morning_message(demo: Stage) -> None:
    event = await demo.app.next_event(NOW)
    assert event == (dt.datetime(2026, 10, 15, 8, 30, tzinfo=ZONE), "morning")
    demo.move_to(event[0])
    await demo.app.catch_up()
    await demo.of("ZF005").hears("10月15日")


async def test_what_telegram_surely_did_not_take_is_tried_again(demo: Stage) -> None:
    person = demo.of("ZF005")
    demo.sandbox.faults.add(Fault("5xx", "sendMessage", person.id))
    await plan(demo)
    await demo.of("ZF001").hears("今日文明用语")
    demo.move_to(NOW + dt.timedelta(minutes=5))
    demo.app.sender.wake()
    await person.hears("今日文明用语")
    await at_rest(demo)
    assert len(mornings(person)) == 1


async def test_one_who_has_blocked_the_bot_is_counted_and_the_others_get_theirs(demo: Stage) -> None:
    person = demo.of("ZF005")
    demo.world.users[person.id].blocked = True
    await plan(demo)
    await demo.of("ZF001").hears("今日文明用语")
    await at_rest(demo)
    assert await rows(demo, "SELECT state, reason FROM outbox WHERE state <> 'sent'") == [("failed", "blocked")]
    demo.world.users[person.id].blocked = False
    await plan(demo, NOW + DAY)
    await at_rest(demo)
    assert not mornings(person)  # until he speaks to the bot again
    await person.says("/help")
    await plan(demo, NOW + 2 * DAY)
    await person.hears("10月16日")


async def test_every_bound_person_at_work_gets_exactly_one(demo: Stage) -> None:
    await plan(demo)
    await plan(demo, NOW + dt.timedelta(minutes=1))
    await at_rest(demo)
    planned = await rows(
        demo,
        "SELECT a.user_id FROM accounts a JOIN people p ON p.id = a.person_id WHERE p.status = 'active'",
    )
    for (user_id,) in planned:
        assert len(mornings(demo.person(user_id))) == 1
    assert len(await rows(demo, "SELECT * FROM outbox WHERE state = 'sent'")) == len(planned)


async def test_a_missed_day_is_told_to_the_office_and_the_owner_in_working_hours(demo: Stage) -> None:
    owner = demo.owner()
    await owner.says("/help")
    await plan(demo)
    await at_rest(demo)
    evening = NOW.replace(hour=20) + 2 * DAY  # the bot was away on Thursday and on Friday
    await plan(demo, evening)
    assert not any("没有发出" in text for text in owner.heard)
    await plan(demo, dt.datetime(2026, 10, 19, 8, 0, tzinfo=ZONE))
    assert "有 2 个工作日的早间消息没有发出" in (await owner.hears("没有发出")).text
    office = await rows(
        demo, "SELECT a.user_id FROM accounts a JOIN people p ON p.id = a.person_id WHERE p.role = 'office'"
    )
    for (user_id,) in office:
        await demo.person(user_id).hears("没有发出")


async def test_a_single_missed_day_is_named(demo: Stage) -> None:
    owner = demo.owner()
    await owner.says("/language en")
    await plan(demo)
    await plan(demo, NOW.replace(hour=20) + DAY)
    await plan(demo, NOW.replace(hour=8, minute=0) + 2 * DAY)
    assert "Thu 15 October was not sent" in (await owner.hears("was not sent")).text
