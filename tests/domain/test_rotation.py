"""Duties in turn, phrases without repeats, festivals on their days: over twelve years."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import load
from bot.domain.calendar import Calendar
from bot.domain.rotation import ONLY_IN, duty_of, phrase_of
from storage.records import Phrase
from tests.domain.test_calendar import festival_day

CONTENT = load()
CALENDAR = CONTENT.calendar()
FIRST, LAST = date(2026, 1, 1), date(2037, 12, 31)


def working_days(calendar: Calendar, first: date, last: date) -> Iterator[date]:
    day = first - timedelta(days=1)
    while (day := calendar.next_working(day)) <= last:
        yield day


@cache
def sent_until(last: date, unit: str = "") -> tuple[tuple[date, Phrase], ...]:
    used: dict[str, date] = {}
    sent = []
    for day in working_days(CALENDAR, FIRST, last):
        phrase = phrase_of(day, CONTENT.phrases, used, CALENDAR, unit)
        assert phrase is not None
        used[phrase.id] = day
        sent.append((day, phrase))
    return tuple(sent)


def twelve_years() -> tuple[tuple[date, Phrase], ...]:
    return sent_until(LAST)


@pytest.mark.parametrize("year", range(2024, 2038))
def test_every_duty_has_its_turn_equally_often_in_a_year(year: int) -> None:
    days = working_days(CALENDAR, date(year, 1, 1), date(year, 12, 31))
    turns = Counter(duty_of(day, CONTENT.duties, CALENDAR) for day in days)
    assert len(turns) == 11
    assert max(turns.values()) - min(turns.values()) <= 1


def test_no_duty_comes_twice_running_in_twelve_years() -> None:
    duties = [duty_of(day, CONTENT.duties, CALENDAR) for day in working_days(CALENDAR, FIRST, LAST)]
    assert all(one != other for one, other in pairwise(duties))


def test_every_weekday_meets_every_duty() -> None:
    met = {(day.weekday(), duty_of(day, CONTENT.duties, CALENDAR)) for day in working_days(CALENDAR, FIRST, LAST)}
    assert len([one for one in met if one[0] < 5]) == 5 * 11


def test_a_calendar_changed_overnight_does_not_repeat_the_duty_of_yesterday() -> None:
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
    sent = duty_of(monday, CONTENT.duties, CALENDAR)
    changed = CONTENT.calendar({date(2026, 11, 2): True})
    assert sent is not None
    assert duty_of(tuesday, CONTENT.duties, changed) == sent
    assert duty_of(tuesday, CONTENT.duties, changed, last_used={sent.id: monday}) != sent


def test_the_days_before_the_count_begins_have_duties_too() -> None:
    assert duty_of(date(2023, 3, 1), CONTENT.duties, CALENDAR) in CONTENT.duties


def test_without_duties_or_phrases_there_are_none() -> None:
    assert duty_of(FIRST, (), CALENDAR) is None
    assert phrase_of(FIRST, (), {}, CALENDAR) is None


def test_no_ordinary_phrase_comes_twice_within_365_days() -> None:
    last: dict[str, date] = {}
    for day, phrase in twelve_years():
        if not phrase.festival:
            assert day - last.get(phrase.id, date.min) > timedelta(days=365), (day, phrase)
            last[phrase.id] = day


def test_no_phrase_at_all_comes_twice_in_a_calendar_year() -> None:
    assert max(Counter((day.year, phrase.id) for day, phrase in twelve_years()).values()) == 1


def send_days(year: int) -> dict[str, date]:
    days = {p.festival: festival_day(p.festival, year) for p in CONTENT.phrases if p.festival}
    sent = {name: d if CALENDAR.day(d).working else CALENDAR.previous_working(d) for name, d in days.items() if d}
    return {name: day for name, day in sent.items() if FIRST <= day <= LAST}


@pytest.mark.parametrize("year", range(2026, 2038))
def test_each_festival_is_greeted_on_its_send_day(year: int) -> None:
    expected = send_days(year)
    sent = {phrase.festival: day for day, phrase in twelve_years() if day in expected.values()}
    for name, day in expected.items():
        if list(expected.values()).count(day) == 1:
            assert sent[name] == day
        else:  # two on one day: one of them the working day before
            days = {one: phrase.festival for one, phrase in twelve_years()}
            assert name in (days[day], days[CALENDAR.previous_working(day)])


def test_no_festival_is_greeted_on_any_other_day() -> None:
    for day, phrase in twelve_years():
        if phrase.festival:
            due = [*CALENDAR.festivals_sent_on(day), *CALENDAR.festivals_sent_on(CALENDAR.next_working(day))]
            assert phrase.festival in [festival.id for festival in due]


def test_two_festivals_with_one_send_day_are_both_greeted() -> None:
    days = {day: phrase.festival for day, phrase in twelve_years()}
    assert days[date(2028, 9, 29)] == "national"  # 中秋 falls on 3 October
    assert days[date(2028, 9, 28)] == "mid_autumn"
    assert days[date(2034, 3, 3)] == "lantern"  # a Friday; both fall on Sunday the 5th


def test_phrases_of_the_weather_keep_to_their_season_and_do_come() -> None:
    came = {phrase.id for _, phrase in twelve_years()}
    assert set(ONLY_IN) <= came
    for day, phrase in twelve_years():
        assert day.month in ONLY_IN.get(phrase.id, (day.month,)), (day, phrase)


def test_over_three_years_every_phrase_has_come() -> None:
    came = {phrase.id for day, phrase in twelve_years() if day < date(2029, 1, 1)}
    assert {phrase.id for phrase in CONTENT.phrases} - came == set()


def test_the_same_day_has_the_same_phrase_and_another_unit_another_order() -> None:
    day = date(2026, 11, 23)
    used = {"P001": date(2026, 11, 20), "P002": date(2026, 11, 23), "P003": date(2026, 12, 1)}
    assert phrase_of(day, CONTENT.phrases, used, CALENDAR) == phrase_of(day, CONTENT.phrases, used, CALENDAR)
    orders = [[phrase.id for _, phrase in sent_until(date(2026, 1, 31), unit)] for unit in ("甲", "乙")]
    assert orders[0] != orders[1]


@given(
    st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    st.dictionaries(st.sampled_from([p.id for p in CONTENT.phrases]), st.integers(0, 400)),
)
def test_what_was_used_on_the_day_or_later_does_not_matter(day: date, later: dict[str, int]) -> None:
    used = {name: day + timedelta(days=days) for name, days in later.items()}
    assert phrase_of(day, CONTENT.phrases, used, CALENDAR) == phrase_of(day, CONTENT.phrases, {}, CALENDAR)


def test_a_unit_with_few_phrases_repeats_the_one_unused_for_longest() -> None:
    few = [phrase for phrase in CONTENT.phrases if not phrase.festival][:3]
    day = date(2026, 11, 23)
    used = {few[0].id: date(2026, 11, 19), few[1].id: date(2026, 11, 18), few[2].id: date(2026, 11, 20)}
    assert phrase_of(day, few, used, CALENDAR) == few[1]
