"""The time of a notice, typed instead of tapped."""

import datetime as dt

import pytest

from tests.flows.conftest import NOW, ZONE, Person, Stage, labels, rows


@pytest.fixture
async def office(demo: Stage) -> Person:
    """Asked when a notice is to go."""
    person = demo.of("BG002")
    await person.says("/notice 周五下午三点开会")
    assert "直接输入时间" in (await person.presses("🕘 时间")).text
    return person


async def kept(stage: Stage) -> str | None:
    """The time that the draft has now."""
    ((at,),) = await rows(stage, "SELECT send_at FROM notices")
    return None if at is None else f"{dt.datetime.fromtimestamp(at / 1000, ZONE):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("明天 9:00", "2026-10-15 09:00"),
        ("12月3日 14:30", "2026-12-03 14:30"),
        ("2026-12-03 14:30", "2026-12-03 14:30"),
        ("tomorrow 9:00", "2026-10-15 09:00"),
        ("15:30", "2026-10-14 15:30"),
        ("下周一下午三点", "2026-10-19 15:00"),
    ],
)
async def test_it_is_understood_and_the_draft_shows_it(demo: Stage, office: Person, text: str, meant: str) -> None:
    card = await office.says(text)
    assert await kept(demo) == meant
    assert "通知 №1" in card.text and meant[-5:] in card.text
    # afterwards a text is a text again
    assert "没有听懂" in (await office.says("16:30")).text
    assert await kept(demo) == meant


async def test_it_goes_at_the_time_that_was_typed(demo: Stage, office: Person) -> None:
    await office.says("明天 9:00")
    await office.presses("预览并发送")
    assert "将于" in (await office.presses("定于", office.last)).text
    demo.move_to(NOW + dt.timedelta(days=1))
    await demo.app._plan(demo.clock.now())
    assert "周五下午三点开会" in (await demo.of("ZF005").hears("周五下午三点开会")).text


async def test_a_time_that_is_past_gets_its_sentence_and_another_may_be_typed(demo: Stage, office: Person) -> None:
    for past in ("今天 9:00", "9:00", "昨天 9:00", "2026-01-05 9:00", "昨天"):
        answer = await office.says(past)
        assert "这个时间已经过了" in answer.text, past
        assert "立即发送" in labels(answer)
        assert await kept(demo) is None
    await office.says("明天 9:00")
    assert await kept(demo) == "2026-10-15 09:00"


@pytest.mark.parametrize(
    ("odd", "meant"),
    [("明天 22:30", "2026-10-15 22:30"), ("周六 10:00", "2026-10-17 10:00"), ("今晚7点", "2026-10-14 19:00")],
)
async def test_odd_hours_take_a_second_tap(demo: Stage, office: Person, odd: str, meant: str) -> None:
    assert "不在工作时间" in (await office.says(odd)).text
    assert await kept(demo) is None
    assert "不在工作时间，已确认" in (await office.presses("仍定在这个时间")).text
    assert await kept(demo) == meant


async def test_another_time_may_be_typed_when_the_first_was_at_odd_hours(demo: Stage, office: Person) -> None:
    assert "不在工作时间" in (await office.says("周六 10:00")).text
    card = await office.says("明天 9:00")
    assert "通知 №1" in card.text
    assert await kept(demo) == "2026-10-15 09:00"


async def test_the_better_time_is_one_tap_away(demo: Stage, office: Person) -> None:
    await office.says("周六 10:00")
    await office.presses("改到")
    assert await kept(demo) == "2026-10-19 08:00"


@pytest.mark.parametrize(
    "nonsense", ["有空的时候", "25:00", "明天 9:75", "2月30日 9:00", "明天后天 9:00", "9" * 4000, "<b>"]
)
async def test_nonsense_gets_its_sentence_and_nothing_changes(demo: Stage, office: Person, nonsense: str) -> None:
    answer = await office.says(nonsense)
    assert "没有看懂这个时间" in answer.text and "明天 9:00" in answer.text
    assert await kept(demo) is None
    await office.says("明天 9:00")
    assert await kept(demo) == "2026-10-15 09:00"


async def test_a_day_alone_opens_its_clock(demo: Stage, office: Person) -> None:
    answer = await office.says("12月3日")
    assert "12月3日" in answer.text and "14:00" in labels(answer)
    await office.presses("14:00")
    await office.presses("14:30")
    assert await kept(demo) == "2026-12-03 14:30"


async def test_now_takes_the_time_away_again(demo: Stage, office: Person) -> None:
    await office.says("明天 9:00")
    await office.presses("🕘 时间")
    assert "立即发送" in (await office.says("现在")).text
    assert await kept(demo) is None


async def test_after_a_tap_or_a_command_a_text_is_no_time_any_more(demo: Stage, office: Person) -> None:
    await office.presses("立即发送")
    assert "没有听懂" in (await office.says("明天 9:00")).text
    await office.presses("🕘 时间")
    await office.says("/cancel")
    assert await kept(demo) is None
    await office.says("明天 9:00")
    assert await kept(demo) is None


async def test_it_goes_on_after_a_restart_and_speaks_english(demo: Stage, office: Person) -> None:
    await office.says("/language en")
    await office.says("/notice Meeting")
    await office.presses("Time")
    await demo.restart_bot()
    assert "no time that can be understood" in (await office.says("whenever")).text
    assert "is past" in (await office.says("yesterday 9:00")).text
    assert "tomorrow" in office.last.text
    card = await office.says("tomorrow at 9am")
    assert "09:00" in card.text


async def test_who_has_lost_the_right_meanwhile_sets_no_time(demo: Stage, office: Person) -> None:
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET role = 'staff' WHERE staff_number = 'BG002'")
    await office.says("明天 9:00")
    assert await kept(demo) is None


async def test_a_draft_that_was_given_up_meanwhile_says_so(demo: Stage, office: Person) -> None:
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE notices SET state = 'cancelled'")
    for text in ("明天 9:00", "什么时候"):
        answer = await office.says(text)
        assert "已有变化" in answer.text or "没有听懂" in answer.text
    assert await kept(demo) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [("周五", "2026-10-16"), ("11月24日", "2026-11-24"), ("tomorrow", "2026-10-15"), ("11月24日 9:00", "2026-11-24")],
)
async def test_a_deadline_may_be_typed_as_well(demo: Stage, office: Person, text: str, meant: str) -> None:
    card = await office.presses("返回")
    asked = await office.presses("截止", card)
    assert "或直接输入" in asked.text
    assert "没有看懂这是哪一天" in (await office.says("下午三点")).text
    assert "截止日期早于" in (await office.says("昨天")).text
    answer = await office.says(text)
    assert await rows(demo, "SELECT deadline FROM notices") == [(meant,)]
    assert "通知 №1" in answer.text
    assert "没有听懂" in (await office.says("周五")).text


@pytest.mark.parametrize("text", ["下午三点", "周五"])
async def test_a_deadline_of_a_draft_that_is_gone_is_told_so(demo: Stage, office: Person, text: str) -> None:
    await office.presses("截止", await office.presses("返回"))
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE notices SET state = 'cancelled'")
    assert "已放弃" in (await office.says(text)).text
    assert "没有听懂" in (await office.says("周五")).text
    assert await rows(demo, "SELECT deadline FROM notices") == [(None,)]
