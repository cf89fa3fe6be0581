"""Working days from four sources, festivals and their send days, and local times on DST days."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import load
from bot.domain.calendar import Calendar, Reason, local_instant

CALENDAR = load().calendar()
NEW_YEAR_2027 = {
    date(2027, 1, 1): True,
    date(2027, 1, 2): True,
    date(2027, 1, 3): True,
    date(2027, 1, 9): False,
}


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def festival_day(name: str, year: int) -> date | None:
    """Its first day in the solar year."""
    return next((day for day in days_of(year) if name in {one.id for one in CALENDAR.festivals_on(day)}), None)


@pytest.mark.parametrize(
    ("day", "working", "reason"),
    [
        (date(2026, 11, 20), True, Reason.WEEKDAY),
        (date(2026, 11, 21), False, Reason.WEEKEND),
        (date(2026, 10, 1), False, Reason.PUBLISHED_OFF),
        (date(2026, 10, 7), False, Reason.PUBLISHED_OFF),
        (date(2026, 10, 3), False, Reason.WEEKEND),  # a Saturday inside the holiday
        (date(2026, 10, 10), True, Reason.PUBLISHED_WORK),
        (date(2026, 1, 4), True, Reason.PUBLISHED_WORK),
        (date(2026, 2, 14), True, Reason.PUBLISHED_WORK),
        (date(2026, 2, 28), True, Reason.PUBLISHED_WORK),
        (date(2026, 5, 9), True, Reason.PUBLISHED_WORK),
        (date(2026, 9, 20), True, Reason.PUBLISHED_WORK),
    ],
)
def test_a_published_year_follows_the_notice(day: date, working: bool, reason: Reason) -> None:
    found = CALENDAR.day(day)
    assert (found.working, found.provisional, found.reason) == (working, False, reason)


def test_2026_has_248_working_days_six_of_them_at_a_weekend() -> None:
    working = [day for day in days_of(2026) if CALENDAR.day(day).working]
    assert len(working) == 248
    assert sum(day.weekday() >= 5 for day in working) == 6


@pytest.mark.parametrize(
    ("day", "working", "reason"),
    [
        (date(2027, 1, 1), False, Reason.STATUTORY),
        (date(2027, 2, 5), False, Reason.STATUTORY),  # 除夕, a Friday
        (date(2027, 2, 8), False, Reason.STATUTORY),  # 初三, a Monday
        (date(2027, 2, 9), True, Reason.WEEKDAY),
        (date(2027, 4, 5), False, Reason.STATUTORY),
        (date(2027, 5, 1), False, Reason.STATUTORY),
        (date(2027, 5, 3), True, Reason.WEEKDAY),
        (date(2027, 6, 9), False, Reason.STATUTORY),
        (date(2027, 9, 15), False, Reason.STATUTORY),
        (date(2027, 10, 1), False, Reason.STATUTORY),
        (date(2027, 10, 4), True, Reason.WEEKDAY),
        (date(2027, 10, 9), False, Reason.WEEKEND),
    ],
)
def test_a_year_without_its_notice_goes_by_weekday_and_law_and_says_so(
    day: date, working: bool, reason: Reason
) -> None:
    found = CALENDAR.day(day)
    assert (found.working, found.provisional, found.reason) == (working, True, reason)


@pytest.mark.parametrize("year", range(2027, 2051))
def test_a_provisional_year_has_thirteen_statutory_days(year: int) -> None:
    statutory = [day for day in days_of(year) if CALENDAR.day(day).reason is Reason.STATUTORY]
    moon = festival_day("mid_autumn", year)
    assert moon is not None
    in_national_days = moon.month == 10 and moon.day <= 3  # then one day is two holidays
    assert len(statutory) == 13 - in_national_days


def test_a_year_file_makes_a_year_known_and_what_it_does_not_name_ordinary() -> None:
    calendar = load().calendar(year_files=NEW_YEAR_2027)
    assert calendar.year_published(2027)
    assert not CALENDAR.year_published(2027)
    assert calendar.day(date(2027, 1, 9)).reason is Reason.PUBLISHED_WORK
    assert calendar.day(date(2027, 1, 1)).reason is Reason.PUBLISHED_OFF
    ordinary = calendar.day(date(2027, 4, 5))
    assert (ordinary.working, ordinary.provisional) == (True, False)


def test_a_year_file_may_move_days_of_the_december_before_without_making_that_year_known() -> None:
    calendar = load().calendar(year_files={date(2027, 12, 31): True})
    assert not calendar.day(date(2027, 12, 31)).working
    assert not calendar.year_published(2027)
    assert calendar.day(date(2027, 12, 30)).provisional


def test_the_unit_s_own_word_comes_first() -> None:
    own = {date(2026, 10, 10): True, date(2026, 10, 1): False, date(2027, 1, 1): False}
    calendar = load().calendar(own, NEW_YEAR_2027)
    for day, off in own.items():
        found = calendar.day(day)
        assert (found.working, found.provisional, found.reason) == (not off, False, Reason.OVERRIDE)


def test_no_date_whatever_raises() -> None:
    for day in (date(1, 1, 2), date(1999, 5, 1), date(2051, 2, 11), date(9999, 12, 30)):
        assert CALENDAR.day(day).provisional
        assert CALENDAR.festivals_on(day) is not None
    assert Calendar().day(date(2030, 2, 3)).working is False


@pytest.mark.parametrize(
    ("after", "until", "count"),
    [
        (date(2026, 9, 30), date(2026, 10, 8), 1),
        (date(2026, 9, 30), date(2026, 10, 12), 4),
        (date(2026, 11, 20), date(2026, 11, 20), 0),
        (date(2026, 11, 20), date(2026, 11, 22), 0),
        (date(2026, 11, 22), date(2026, 11, 20), 0),
        (date(2025, 12, 31), date(2026, 12, 31), 248),
    ],
)
def test_working_days_are_counted_after_the_first_day_up_to_the_last(after: date, until: date, count: int) -> None:
    assert CALENDAR.working_days_between(after, until) == count


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 10, 9), 1, date(2026, 10, 10)),
        (date(2026, 10, 8), -1, date(2026, 9, 30)),
        (date(2026, 11, 6), 10, date(2026, 11, 20)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
    ],
)
def test_working_days_are_added_over_holidays(day: date, count: int, expected: date) -> None:
    assert CALENDAR.add_working_days(day, count) == expected


@given(st.dates(date(2024, 1, 1), date(2037, 1, 1)), st.integers(1, 40))
def test_adding_working_days_and_counting_them_agree(day: date, count: int) -> None:
    later = CALENDAR.add_working_days(day, count)
    assert CALENDAR.day(later).working
    assert CALENDAR.working_days_between(day, later) == count
    assert CALENDAR.previous_working(CALENDAR.next_working(later)) == later


@pytest.mark.parametrize(
    ("name", "year", "day", "sent"),
    [
        ("spring_festival", 2026, date(2026, 2, 17), date(2026, 2, 14)),  # a worked Saturday
        ("lantern", 2026, date(2026, 3, 3), date(2026, 3, 3)),
        ("women", 2026, date(2026, 3, 8), date(2026, 3, 6)),
        ("qingming", 2026, date(2026, 4, 5), date(2026, 4, 3)),
        ("qingming", 2028, date(2028, 4, 4), date(2028, 4, 3)),
        ("labour", 2026, date(2026, 5, 1), date(2026, 4, 30)),
        ("duanwu", 2026, date(2026, 6, 19), date(2026, 6, 18)),
        ("qixi", 2026, date(2026, 8, 19), date(2026, 8, 19)),
        ("mid_autumn", 2026, date(2026, 9, 25), date(2026, 9, 24)),
        ("national", 2026, date(2026, 10, 1), date(2026, 9, 30)),
        ("chongyang", 2026, date(2026, 10, 18), date(2026, 10, 16)),
        ("volunteer", 2026, date(2026, 12, 5), date(2026, 12, 4)),
        ("new_year", 2027, date(2027, 1, 1), date(2026, 12, 31)),
        ("chuxi", 2029, date(2029, 2, 12), date(2029, 2, 9)),
        ("chuxi", 2030, date(2030, 2, 2), date(2030, 2, 1)),
    ],
)
def test_a_festival_is_greeted_on_its_day_or_the_last_working_day_before(
    name: str, year: int, day: date, sent: date
) -> None:
    around = (sent + timedelta(days=n) for n in range(-20, 21))
    assert festival_day(name, year) == day
    assert [one for one in around if name in {each.id for each in CALENDAR.festivals_sent_on(one)}] == [sent]


def test_beyond_the_lunar_table_there_is_no_guess() -> None:
    assert festival_day("duanwu", 2051) is None
    assert festival_day("national", 2051) == date(2051, 10, 1)


def test_laba_may_come_twice_in_a_year_or_not_at_all() -> None:
    on = [day for day in days_of(2022) if "laba" in [festival.id for festival in CALENDAR.festivals_on(day)]]
    assert on == [date(2022, 1, 10), date(2022, 12, 30)]
    assert festival_day("laba", 2023) is None


def test_nothing_is_sent_on_a_day_off() -> None:
    assert CALENDAR.festivals_sent_on(date(2026, 10, 1)) == ()


@pytest.mark.parametrize(
    ("title", "zone", "day", "at", "utc"),
    [
        ("an ordinary morning", "Asia/Shanghai", (2026, 11, 23), (8, 30), "2026-11-23T00:30"),
        ("Shanghai had summer time until 1991", "Asia/Shanghai", (1991, 8, 1), (8, 30), "1991-07-31T23:30"),
        ("Helsinki in winter", "Europe/Helsinki", (2026, 1, 15), (8, 30), "2026-01-15T06:30"),
        ("Helsinki in summer", "Europe/Helsinki", (2026, 7, 15), (8, 30), "2026-07-15T05:30"),
        ("Helsinki skips 3:30, so 4:00", "Europe/Helsinki", (2026, 3, 29), (3, 30), "2026-03-29T01:00"),
        (
            "Helsinki has 3:30 twice, so the first",
            "Europe/Helsinki",
            (2026, 10, 25),
            (3, 30),
            "2026-10-25T00:30",
        ),
        ("New York skips 2:15, so 3:00", "America/New_York", (2026, 3, 8), (2, 15), "2026-03-08T07:00"),
        (
            "New York has 1:30 twice, so the first",
            "America/New_York",
            (2026, 11, 1),
            (1, 30),
            "2026-11-01T05:30",
        ),
        ("Lord Howe skips half an hour", "Australia/Lord_Howe", (2026, 10, 4), (2, 10), "2026-10-03T15:30"),
        (
            "Lord Howe has 1:45 twice, so the first",
            "Australia/Lord_Howe",
            (2026, 4, 5),
            (1, 45),
            "2026-04-04T14:45",
        ),
        ("Apia left out a whole day", "Pacific/Apia", (2011, 12, 30), (8, 30), "2011-12-30T10:00"),
    ],
)
def test_a_local_time_is_one_instant(
    title: str, zone: str, day: tuple[int, int, int], at: tuple[int, int], utc: str
) -> None:
    found = local_instant(date(*day), time(*at), zone)
    assert found == datetime.fromisoformat(utc).replace(tzinfo=UTC), title


MINUTES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
ZONES = ["Europe/Helsinki", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai"]


@given(st.sampled_from(ZONES), st.dates(date(2020, 1, 1), date(2037, 12, 31)), MINUTES)
def test_an_instant_is_on_its_day_and_never_before_its_time(zone: str, day: date, at: time) -> None:
    local = local_instant(day, at, zone).astimezone(ZoneInfo(zone))
    assert local.date() == day
    assert at <= local.time()
    assert (local.time().hour * 60 + local.time().minute) - (at.hour * 60 + at.minute) <= 60


@given(st.sampled_from(ZONES), st.dates(date(2020, 1, 1), date(2037, 12, 31)))
def test_mornings_follow_each_other_by_a_day_give_or_take_an_hour(zone: str, day: date) -> None:
    gap = local_instant(day + timedelta(days=1), time(8, 30), zone) - local_instant(day, time(8, 30), zone)
    assert timedelta(hours=23) <= gap <= timedelta(hours=25)
