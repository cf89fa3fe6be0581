"""The dates and moments of plans: months that are short, years that end, holidays, clocks that change."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot import content
from bot.domain.calendar import Calendar
from bot.domain.plans import (
    BadRule,
    Kind,
    Rule,
    Shift,
    When,
    due,
    firing_days,
    fits,
    last_day,
    parse_rule,
    sources,
    upcoming,
)

CALENDAR = content.load().calendar()
DAY = dt.timedelta(days=1)


def days(rule: str, start: str, end: str, shift: str = "none", *deadlines: str) -> list[str]:
    first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    dates = [dt.date.fromisoformat(day) for day in deadlines]
    return [day.isoformat() for day in firing_days(parse_rule(rule), Shift(shift), CALENDAR, first, last, dates)]


@pytest.mark.parametrize(
    ("rule", "start", "end", "shift", "expected"),
    [
        ("weekly:1", "2026-09-21", "2026-10-19", "none", "09-21 09-28 10-05 10-12 10-19"),
        ("weekly:1", "2026-09-21", "2026-10-19", "next", "09-21 09-28 10-08 10-12 10-19"),
        ("weekly:1", "2026-09-21", "2026-10-19", "previous", "09-21 09-28 09-30 10-12 10-19"),
        ("weekly:7", "2026-12-20", "2027-01-10", "none", "12-20 12-27 01-03 01-10"),  # over week 53
        ("xun", "2026-09-21", "2026-10-31", "none", "09-21 10-01 10-11 10-21"),
        ("xun", "2026-09-21", "2026-10-31", "next", "09-21 10-08 10-12 10-21"),
        ("xun", "2026-09-21", "2026-10-31", "previous", "09-21 09-30 10-10 10-21 10-30"),
        ("month:31", "2027-01-01", "2027-06-30", "none", "01-31 02-28 03-31 04-30 05-31 06-30"),
        ("month:31", "2028-02-01", "2028-03-31", "none", "02-29 03-31"),
        ("month:30", "2026-02-01", "2026-03-31", "none", "02-28 03-30"),
        ("month:1", "2026-12-15", "2027-01-15", "none", "01-01"),
        ("month:1", "2026-12-15", "2027-01-15", "previous", "12-31"),  # shifted into the year before
        ("month_first", "2026-01-01", "2026-03-31", "none", "01-04 02-02 03-02"),  # 4 January is a 调休 Sunday
        ("month_last", "2026-01-01", "2026-03-31", "none", "01-30 02-28 03-31"),  # 28 February is a 调休 Saturday
        ("quarter:3:1", "2026-01-01", "2026-12-31", "next", "03-02 06-01 09-01 12-01"),
        ("quarter:2:31", "2026-01-01", "2026-12-31", "none", "02-28 05-31 08-31 11-30"),
        ("quarter_first", "2026-01-01", "2026-12-31", "none", "01-04 04-01 07-01 10-08"),
        ("quarter_last", "2026-01-01", "2026-12-31", "none", "03-31 06-30 09-30 12-31"),
        ("before_holiday", "2026-01-01", "2026-10-31", "none", "02-14 04-03 04-30 06-18 09-24 09-30"),
        ("working", "2026-10-01", "2026-10-12", "none", "10-08 10-09 10-10 10-12"),
        ("festival:7", "2026-09-15", "2026-10-12", "none", "09-18 09-23 09-24 10-09 10-10 10-11"),
        ("festival:7", "2026-10-08", "2026-10-13", "previous", "10-09 10-10"),
    ],
)
def test_a_rule_names_its_dates(rule: str, start: str, end: str, shift: str, expected: str) -> None:
    assert [day[5:] for day in days(rule, start, end, shift)] == expected.split()


def test_the_29th_of_february_is_kept_on_the_28th_in_other_years() -> None:
    found = upcoming(parse_rule("year:2:29"), Shift.NONE, CALENDAR, dt.date(2026, 3, 1), 10)
    assert [str(day) for day in found[:3]] == ["2027-02-28", "2028-02-29", "2029-02-28"]
    assert len(found) == 10


@pytest.mark.parametrize("year", range(2024, 2037))
def test_monthly_on_the_31st_fires_twelve_times_a_year_on_the_last_day(year: int) -> None:
    found = days("month:31", f"{year}-01-01", f"{year}-12-31")
    assert len(found) == 12
    assert all((dt.date.fromisoformat(day) + DAY).day == 1 for day in found)


@pytest.mark.parametrize("year", range(2024, 2037))
@pytest.mark.parametrize("shift", Shift)
def test_every_rule_is_kept_on_working_days_once_it_is_shifted(year: int, shift: Shift) -> None:
    for text in ("weekly:3", "xun", "month:15", "quarter:1:1", "year:10:1", "month_first", "quarter_last"):
        rule, start, end = parse_rule(text), dt.date(year, 1, 1), dt.date(year, 12, 31)
        found = list(firing_days(rule, shift, CALENDAR, start, end))
        assert found == sorted(set(found))
        assert shift is Shift.NONE or all(CALENDAR.day(day).working for day in found)


@pytest.mark.parametrize("shift", [Shift.NEXT, Shift.PREVIOUS])
def test_no_date_of_a_rule_is_lost_when_it_is_shifted(shift: Shift) -> None:
    start, end = dt.date(2026, 1, 1), dt.date(2027, 12, 31)
    for text in ("weekly:6", "xun", "month:1", "festival:7"):
        rule = parse_rule(text)
        named = {day for day in _each(start + 40 * DAY, end - 40 * DAY) if fits(rule, CALENDAR, day)}
        kept = [source for day in _each(start, end) for source in sources(rule, shift, CALENDAR, day)]
        assert named <= set(kept)
        assert len(kept) == len(set(kept))


def _each(start: dt.date, end: dt.date) -> list[dt.date]:
    return [start + step * DAY for step in range((end - start).days + 1)]


def test_deadlines_are_reminded_of_seven_three_and_one_days_before() -> None:
    assert days("deadline:7:3:1", "2026-10-12", "2026-11-30", "none", "2026-10-22") == [
        *("2026-10-15", "2026-10-19", "2026-10-21"),
    ]
    # three days before a Tuesday is a Saturday: on the Friday
    found = days("deadline:7:3:1", "2026-11-09", "2026-11-30", "previous", "2026-11-24")
    assert found == ["2026-11-17", "2026-11-20", "2026-11-23"]
    assert upcoming(parse_rule("deadline:7"), Shift.NONE, CALENDAR, dt.date(2026, 10, 1), 10) == []


def test_a_holiday_that_the_unit_has_given_itself_is_one_too() -> None:
    given = content.load().calendar({dt.date(2026, 10, 16): True})
    assert fits(Rule(When.BEFORE_HOLIDAY), given, dt.date(2026, 10, 15))
    assert not fits(Rule(When.BEFORE_HOLIDAY), CALENDAR, dt.date(2026, 10, 16))  # a mere weekend follows


def test_in_a_year_without_a_notice_the_days_by_law_count() -> None:
    assert fits(Rule(When.BEFORE_HOLIDAY), Calendar(), dt.date(2033, 4, 29))  # 1 May 2033 is a Sunday
    assert not fits(Rule(When.BEFORE_HOLIDAY), Calendar(), dt.date(2033, 4, 22))


@pytest.mark.parametrize(
    "text",
    ["", "weekly", "weekly:0", "weekly:8", "weekly:1:2", "month:32", "month:0", "month:x", "quarter:4:1", "quarter:1",
     "year:2:30", "year:13:1", "xun:1", "festival", "deadline", "deadline:0", "sometimes", "month:-1", "weekly:1:"],
)  # fmt: skip
def test_a_rule_that_nobody_can_keep_is_refused(text: str) -> None:
    with pytest.raises(BadRule):
        parse_rule(text)


@pytest.mark.parametrize("text", ["weekly:7", "month:31", "quarter:3:31", "year:2:29", "deadline:7:3:1", "xun"])
def test_a_rule_is_written_as_it_is_read(text: str) -> None:
    assert str(parse_rule(text)) == text


@pytest.mark.parametrize(
    ("day", "at", "zone", "expected"),
    [
        ("2026-10-14", "09:00", "Asia/Shanghai", "2026-10-14T01:00+00:00"),
        ("2026-03-29", "03:30", "Europe/Helsinki", "2026-03-29T01:00+00:00"),  # left out: the first minute after
        ("2026-10-25", "03:30", "Europe/Helsinki", "2026-10-25T00:30+00:00"),  # twice: the first
        ("2026-03-08", "02:30", "America/New_York", "2026-03-08T07:00+00:00"),
        ("2026-11-01", "01:30", "America/New_York", "2026-11-01T05:30+00:00"),
        ("2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-03T15:30+00:00"),  # half an hour
        ("2026-04-05", "01:45", "Australia/Lord_Howe", "2026-04-04T14:45+00:00"),
    ],
)
def test_a_local_time_is_one_moment_also_when_the_clocks_change(day: str, at: str, zone: str, expected: str) -> None:
    hours, minutes = map(int, at.split(":"))
    found = due(dt.date.fromisoformat(day), hours * 60 + minutes, zone)
    assert found.isoformat(timespec="minutes") == expected
    assert found.astimezone(ZoneInfo(zone)).date().isoformat() == day


@pytest.mark.parametrize(
    ("kind", "day", "expected"),
    [
        (Kind.MORNING, "2026-10-14", "2026-10-14"),
        (Kind.WEEKLY, "2026-10-12", "2026-10-13"),
        (Kind.WEEKLY, "2026-09-30", "2026-10-08"),
        (Kind.MEMO, "2026-10-01", "2026-10-09"),  # a day off: counted from the next working day
        (Kind.NUDGE, "2026-12-01", "2026-12-08"),
        (Kind.DEADLINE, "2026-10-16", "2026-10-16"),
    ],
)
def test_each_kind_is_worth_sending_for_some_working_days(kind: Kind, day: str, expected: str) -> None:
    assert last_day(kind, dt.date.fromisoformat(day), CALENDAR).isoformat() == expected
