"""Periods as people type them, and the steps between them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.periods import Kind, from_key, next_period, parse, period_of, previous_period, split

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("今天", "2026-11-22"),
        ("today", "2026-11-22"),
        ("昨天", "2026-11-21"),
        ("本周", "2026-W47"),
        ("上周", "2026-W46"),
        ("本月", "2026-11"),
        ("上月", "2026-10"),
        ("上个月", "2026-10"),
        ("本季", "2026Q4"),
        ("本季度", "2026Q4"),
        ("上季", "2026Q3"),
        ("上个季度", "2026Q3"),
        ("本年", "2026"),
        ("本年度", "2026"),
        ("今年", "2026"),
        ("去年", "2025"),
        ("上年度", "2025"),
        ("2026", "2026"),
        ("2026年", "2026"),
        ("２０２６年", "2026"),
        ("2026Q3", "2026Q3"),
        ("2026q3", "2026Q3"),
        ("2026-Q3", "2026Q3"),
        ("Q3", "2026Q3"),
        ("Q3 2025", "2025Q3"),
        ("三季度", "2026Q3"),
        ("第三季度", "2026Q3"),
        ("2026年第三季度", "2026Q3"),
        ("去年四季度", "2025Q4"),
        ("2026-10", "2026-10"),
        ("2026/10", "2026-10"),
        ("2026.10", "2026-10"),
        ("2026年10月", "2026-10"),
        ("2026年1月份", "2026-01"),
        ("10月", "2026-10"),
        ("十月", "2026-10"),
        ("12月", "2025-12"),
        ("十二月", "2025-12"),
        ("去年3月", "2025-03"),
        ("October", "2026-10"),
        ("oct 2025", "2025-10"),
        ("2026-W46", "2026-W46"),
        ("2026年第46周", "2026-W46"),
        ("2026-11-05", "2026-11-05"),
        ("2026年11月5日", "2026-11-05"),
        ("this week", "2026-W47"),
        ("Last Week", "2026-W46"),
        ("this month", "2026-11"),
        ("last month", "2026-10"),
        ("this  quarter", "2026Q4"),
        ("last quarter", "2026Q3"),
        ("this year", "2026"),
        ("last year", "2025"),
    ],
)
def test_a_period_is_understood_as_it_is_typed(text: str, key: str) -> None:
    period = parse(text, TODAY)
    assert period is not None
    assert period.key == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "综合处",
        "2026-13",
        "2026Q5",
        "13月",
        "2026-02-30",
        "1899",
        "2026-W54",
        "99999",
        "foo 2026",
        "🎄",
        "0月",
    ],
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert parse(text, TODAY) is None


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        (Kind.DAY, date(2026, 11, 22), date(2026, 11, 22)),
        (Kind.WEEK, date(2026, 11, 16), date(2026, 11, 22)),
        (Kind.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        (Kind.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
        (Kind.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(kind: Kind, start: date, end: date) -> None:
    period = period_of(kind, TODAY)
    assert (period.start, period.end) == (start, end)
    assert start in period
    assert end in period
    assert end + timedelta(days=1) not in period


@pytest.mark.parametrize(
    ("text", "key", "rest"),
    [
        ("本月 综合处/办公室", "2026-11", "综合处/办公室"),
        ("综合处 上月", "2026-10", "综合处"),
        ("综合处", None, "综合处"),
        ("", None, ""),
        ("2026Q3", "2026Q3", ""),
        ("last quarter Legal Affairs", "2026Q3", "Legal Affairs"),
        ("Legal Affairs last quarter", "2026Q3", "Legal Affairs"),
        ("本周办公室", "2026-W47", "办公室"),
        ("上个季度办公室", "2026Q3", "办公室"),
        ("2026年10月综合处", "2026-10", "综合处"),
        ("12345热线办", None, "12345热线办"),
        ("2026 综合处", "2026", "综合处"),
        ("  本年   执法 一科 ", "2026", "执法 一科"),
    ],
)
def test_a_report_s_argument_parts_into_period_and_department(text: str, key: str | None, rest: str) -> None:
    period, name = split(text, TODAY)
    assert (period.key if period else None, name) == (key, rest)


def test_the_week_of_new_year_belongs_to_the_year_of_its_thursday() -> None:
    assert period_of(Kind.WEEK, date(2027, 1, 1)).key == "2026-W53"
    assert from_key("2026-W53") == period_of(Kind.WEEK, date(2026, 12, 31))


def test_a_report_counts_with_the_roster_of_the_period_s_end_or_of_now() -> None:
    assert period_of(Kind.YEAR, TODAY).as_of(TODAY) == TODAY
    assert period_of(Kind.YEAR, date(2025, 5, 5)).as_of(TODAY) == date(2025, 12, 31)


@given(st.sampled_from(Kind), st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_periods_of_a_kind_follow_each_other_without_gap_and_their_keys_come_back(kind: Kind, day: date) -> None:
    period = period_of(kind, day)
    assert day in period
    assert next_period(period).start == period.end + timedelta(days=1)
    assert previous_period(next_period(period)) == period
    assert from_key(period.key) == period


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_periods(text: str) -> None:
    parse(text, TODAY)
    from_key(text)
    split(text, TODAY)


@given(st.text(alphabet="0123456789年月季度第周Qqw-/. 本上今去一二三四十个日号", max_size=20))
def test_no_near_miss_breaks_the_reading_of_periods(text: str) -> None:
    period = parse(text, TODAY)
    if period:
        assert period.start <= period.end
