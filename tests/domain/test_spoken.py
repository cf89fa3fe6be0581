"""Dates and amounts of time as people write them, one by one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hours import Draft
from bot.domain.sentences import Problem, parse, read_date, read_hours
from bot.domain.spoken_dates import numeral

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("2.5", 150),
        ("１.５", 90),
        ("２．５", 150),
        (".5", 30),
        ("+3", 180),
        ("三", 180),
        ("半", 30),
        ("2小时", 120),
        ("2个小时", 120),
        ("2 小时", 120),
        ("2.5小时", 150),
        ("2小时半", 150),
        ("两个半小时", 150),
        ("兩個半小時", 150),
        ("2个半小时", 150),
        ("一个半钟头", 90),
        ("半小时", 30),
        ("半个小时", 30),
        ("半个钟头", 30),
        ("三小时", 180),
        ("十小时", 600),
        ("十二个小时", 720),
        ("一点五小时", 90),
        ("2点5小时", 150),
        ("90分钟", 90),
        ("90分", 90),
        ("九十分钟", 90),
        ("一百二十分钟", 120),
        ("一刻钟", 15),
        ("三刻钟", 45),
        ("1小时30分", 90),
        ("1小时30分钟", 90),
        ("1小时30", 90),
        ("1个小时零5分钟", 65),
        ("一小时二十分钟", 80),
        ("两小时一刻", 135),
        ("2h", 120),
        ("2.5h", 150),
        ("1h30", 90),
        ("1h30m", 90),
        ("1h 30min", 90),
        ("2 hours", 120),
        ("2 hrs", 120),
        ("1 hour 20 minutes", 80),
        ("1 hour 30", 90),
        ("1 hr 30", 90),
        ("2 hours 15", 135),
        ("2 h 45", 165),
        ("two hours 15", 135),
        ("two hours", 120),
        ("an hour", 60),
        ("an hour and a half", 90),
        ("one and a half hours", 90),
        ("half an hour", 30),
        ("90 min", 90),
        ("一百小时", 6000),
        ("一百二十个小时", 7200),
        ("三百二十小时", 19200),
        ("24小时", 1440),
        ("25", 1500),  # a day over its most is for the rules of hours to refuse
    ],
)
def test_hours_are_understood_as_people_write_them(written: str, length: int) -> None:
    assert parse(f"{written} 植树", TODAY) == Draft(TODAY, length, text="植树")
    assert parse(f"昨天 {written} 植树", TODAY) == Draft(date(2026, 11, 21), length, text="植树")
    amount = read_hours(written)
    assert not isinstance(amount, Problem)
    assert amount.minutes == length


@pytest.mark.parametrize(
    ("written", "length", "about"),
    [
        ("1 hour 30 cleanup", 90, "cleanup"),
        ("cleanup 2 hours 10", 130, "cleanup"),
        ("2 hours 30 trees", 120, "30 trees"),
        ("2 hours 30 people served", 120, "30 people served"),
        ("2 hours 30棵树", 120, "30棵树"),
    ],
)
def test_a_number_behind_the_hours_is_minutes_or_counts_something(written: str, length: int, about: str) -> None:
    assert parse(written, TODAY) == Draft(TODAY, length, text=about)
    assert parse("2 hours 15 nov trees", TODAY) == Draft(date(2026, 11, 15), 120, text="trees")


@pytest.mark.parametrize(
    ("written", "starts", "ends", "length"),
    [
        ("从2点到4点半", 14 * 60, 16 * 60 + 30, 150),
        ("14:00-16:30", 14 * 60, 16 * 60 + 30, 150),
        ("14：00—16：30", 14 * 60, 16 * 60 + 30, 150),
        ("14 点 到 16 点半", 14 * 60, 16 * 60 + 30, 150),
        ("14:00~16:30", 14 * 60, 16 * 60 + 30, 150),
        ("14点至16点30分", 14 * 60, 16 * 60 + 30, 150),
        ("14时到16时", 14 * 60, 16 * 60, 120),
        ("下午2点到4点半", 14 * 60, 16 * 60 + 30, 150),
        ("下午两点到四点半", 14 * 60, 16 * 60 + 30, 150),
        ("下午2-4点", 14 * 60, 16 * 60, 120),
        ("上午9点到下午1点", 9 * 60, 13 * 60, 240),
        ("9点到11点一刻", 9 * 60, 11 * 60 + 15, 135),
        ("9点到1点", 9 * 60, 13 * 60, 240),
        ("早上6点到8点", 6 * 60, 8 * 60, 120),
        ("02:00-04:00", 2 * 60, 4 * 60, 120),
        ("中午12点到1点", 12 * 60, 13 * 60, 60),
        ("晚上7点到9点", 19 * 60, 21 * 60, 120),
        ("晚上10点到12点", 22 * 60, 0, 120),
        ("晚上10点到凌晨1点", 22 * 60, 60, 180),
        ("22:00-01:00", 22 * 60, 60, 180),
        ("12:00-1:00", 12 * 60, 13 * 60, 60),
        ("中午12:00-1:00", 12 * 60, 13 * 60, 60),
        ("下午2:00-4:30", 14 * 60, 16 * 60 + 30, 150),
        ("1:30-3:30", 13 * 60 + 30, 15 * 60 + 30, 120),
        ("8点到5点", 8 * 60, 17 * 60, 540),
        ("18:00-06:00", 18 * 60, 6 * 60, 720),
        ("0:00-24:00", 0, 0, 1440),
        ("2-4pm", 14 * 60, 16 * 60, 120),
        ("from 2 to 4 pm", 14 * 60, 16 * 60, 120),
        ("9am to 1pm", 9 * 60, 13 * 60, 240),
        ("11am-1:30pm", 11 * 60, 13 * 60 + 30, 150),
    ],
)
def test_from_when_to_when_gives_start_and_end(written: str, starts: int, ends: int, length: int) -> None:
    expected = Draft(date(2026, 11, 21), length, starts, ends, "植树")
    assert parse(f"昨天 {written} 植树", TODAY) == expected


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("今天", "2026-11-22"),
        ("昨天", "2026-11-21"),
        ("昨晚", "2026-11-21"),
        ("今早", "2026-11-22"),
        ("前天", "2026-11-20"),
        ("大前天", "2026-11-19"),
        ("三天前", "2026-11-19"),
        ("一周前", "2026-11-15"),
        ("明天", "2026-11-23"),  # for the rules of hours to refuse
        ("周三", "2026-11-18"),
        ("星期三", "2026-11-18"),
        ("礼拜三", "2026-11-18"),
        ("星期天", "2026-11-22"),
        ("周日", "2026-11-22"),
        ("周一", "2026-11-16"),
        ("本周一", "2026-11-16"),
        ("上周六", "2026-11-14"),
        ("上个星期六", "2026-11-14"),
        ("上上周日", "2026-11-08"),
        ("下周一", "2026-11-23"),
        ("11月3日", "2026-11-03"),
        ("11月3号", "2026-11-03"),
        ("十一月三日", "2026-11-03"),
        ("十一月二十一日", "2026-11-21"),
        ("3号", "2026-11-03"),
        ("25号", "2026-10-25"),
        ("上个月28号", "2026-10-28"),
        ("去年12月30日", "2025-12-30"),
        ("2026-11-03", "2026-11-03"),
        ("2026/11/3", "2026-11-03"),
        ("2026.11.3", "2026-11-03"),
        ("2026年11月3日", "2026-11-03"),
        ("20261103", "2026-11-03"),
        ("11/3", "2026-11-03"),
        ("11-3", "2026-11-03"),
        ("11.3", "2026-11-03"),
        ("today", "2026-11-22"),
        ("Yesterday", "2026-11-21"),
        ("the day before yesterday", "2026-11-20"),
        ("3 days ago", "2026-11-19"),
        ("last saturday", "2026-11-21"),
        ("last sunday", "2026-11-15"),
        ("on wednesday", "2026-11-18"),
        ("last wed", "2026-11-18"),
        ("Nov 3", "2026-11-03"),
        ("3rd of November", "2026-11-03"),
        ("November 3, 2025", "2025-11-03"),
    ],
)
def test_dates_are_understood_as_people_write_them(written: str, day: str) -> None:
    expected = date.fromisoformat(day)
    assert parse(f"{written} 2 植树", TODAY) == Draft(expected, 120, text="植树")
    assert parse(f"植树 2小时 {written}", TODAY) == Draft(expected, 120, text="植树") or written == "11.3"
    assert read_date(written, TODAY) == expected


@pytest.mark.parametrize(
    ("today", "written", "day"),
    [
        (date(2027, 1, 5), "12月30日", date(2026, 12, 30)),
        (date(2026, 11, 2), "11月3日", date(2026, 11, 3)),  # tomorrow: a slip, not a year ago
        (date(2026, 3, 5), "30号", date(2026, 1, 30)),  # February has none
        (date(2028, 3, 1), "2月29日", date(2028, 2, 29)),
        (date(2026, 11, 18), "周三", date(2026, 11, 18)),
        (date(2026, 11, 16), "上周日", date(2026, 11, 15)),
        (date(2027, 1, 1), "昨天", date(2026, 12, 31)),
        (date(2027, 1, 1), "上周四", date(2026, 12, 24)),
    ],
)
def test_a_date_without_its_year_or_month_is_the_nearest(today: date, written: str, day: date) -> None:
    assert parse(f"{written} 2 植树", today) == Draft(day, 120, text="植树")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十一", 21),
        ("九十九", 99),
        ("45", 45),
    ],
)
def test_chinese_numerals(written: str, number: int) -> None:
    assert numeral(written) == number


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(0, 300))
def test_any_written_day_of_the_last_months_is_that_day(today: date, back: int) -> None:
    day = today - timedelta(days=back)
    assert read_date(day.isoformat(), today) == day
    assert read_date(f"{day.year}年{day.month}月{day.day}日", today) == day
    if back < 150:
        assert read_date(f"{day.month}月{day.day}日", today) == day


@pytest.mark.parametrize(
    ("line", "now", "starts", "ends"),
    [
        ("5:00-7:00 巡逻", 7 * 60 + 30, 5 * 60, 7 * 60),
        ("今天 4:30-8:00 扫雪", 9 * 60, 4 * 60 + 30, 8 * 60),
        ("4:30-12:00 扫雪", 13 * 60, 4 * 60 + 30, 12 * 60),
        ("4:30-6:00 护学", 19 * 60, 16 * 60 + 30, 18 * 60),  # it may have been either: as before
        ("1:30-3:30 植树", 10 * 60, 13 * 60 + 30, 15 * 60 + 30),  # nobody plants at night: still to come
        ("5:00-13:00 防汛", 18 * 60, 5 * 60, 13 * 60),
    ],
)
def test_five_o_clock_with_its_minutes_is_the_morning_where_the_afternoon_is_still_to_come(
    line: str, now: int, starts: int, ends: int
) -> None:
    found = parse(line, TODAY, now)
    assert isinstance(found, Draft)
    assert (found.service_date, found.starts_at, found.ends_at) == (TODAY, starts, ends)


def test_five_o_clock_of_another_day_may_be_the_morning_and_is_asked_about() -> None:
    found = parse("昨天 5:00-8:00 扫雪", TODAY, 600)
    assert isinstance(found, Problem) and found.piece == "5:00-8:00"
    assert found.guess == Draft(date(2026, 11, 21), 180, 17 * 60, 20 * 60, "扫雪")
    assert isinstance(parse("昨天 05:00-08:00 扫雪", TODAY, 600), Draft)
    assert isinstance(parse("昨天 下午5:00-8:00 扫雪", TODAY, 600), Draft)
