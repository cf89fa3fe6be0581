"""Which day a line is of: one, several that are asked to be said apart, or none that can be told."""

from datetime import date

import pytest

from bot.domain.hours import Draft
from bot.domain.sentences import Problem, ProblemKind, parse, read_date

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("days", "piece"),
    [
        ("12日、13日各", "12日 / 13日"),
        ("3号4号各", "3号 / 4号"),
        ("10日11日各", "10日 / 11日"),
        ("周六周日各", "周六 / 周日"),
        ("周六日各", "周六 / 日"),
        ("周三、五各", "周三 / 五"),
        ("10月10日、10月11日 ", "10月10日 / 10月11日"),
        ("10月10日和11日 ", "10月10日 / 11日"),
        ("10月10、11日 ", "10月10 / 11日"),
        ("11月10日、11日、12日 ", "11月10日 / 11日"),
        ("十月十日、十一日各", "十月十日 / 十一日"),
        ("10/10、10/11 ", "10/10 / 10/11"),
        ("2026-10-10, 2026-10-11 ", "2026-10-10 / 2026-10-11"),
        ("10月10日 10月11日 ", "10月10日 / 10月11日"),
        ("昨天和11月10日各", "昨天 / 11月10日"),
        ("oct 10 and oct 11 ", "oct 10 / oct 11"),
    ],
)
def test_two_days_in_one_line_are_not_taken_for_the_first_of_them(days: str, piece: str) -> None:
    assert parse(f"{days}2小时 植树", TODAY) == Problem(ProblemKind.SEVERAL, piece)
    assert parse(f"植树 2小时 {days}".strip("各 "), TODAY) == Problem(ProblemKind.SEVERAL, piece)
    assert read_date(days.strip("各 "), TODAY) == Problem(ProblemKind.SEVERAL, piece)


@pytest.mark.parametrize(
    ("line", "day", "about"),
    [
        ("十月十日辛亥革命纪念馆讲解2小时", "2026-10-10", "辛亥革命纪念馆讲解"),
        ("10月10日 纪念十月一日活动 2小时", "2026-10-10", "纪念十月一日活动"),
        ("10月10日周六 2小时 植树", "2026-10-10", "周六 植树"),
        ("11月10日，3号线劝导2小时", "2026-11-10", "3号线劝导"),
        ("11月10日 5号公园清扫2小时", "2026-11-10", "5号公园清扫"),
        ("11月10日、3日游导览 2小时", "2026-11-10", "3日游导览"),
        ("11月10日，10月1日升旗照片整理 2小时", "2026-11-10", "10月1日升旗照片整理"),
        ("昨天 周六社区清扫 2小时", "2026-11-21", "周六社区清扫"),
        ("昨天（11月21日）2小时 植树", "2026-11-21", None),
        ("周六日常清扫 2小时", "2026-11-21", "日常清扫"),
        ("周三 五 植树", "2026-11-18", None),
    ],
)
def test_a_day_inside_of_the_deed_is_part_of_the_deed(line: str, day: str, about: str | None) -> None:
    found = parse(line, TODAY)
    assert isinstance(found, Draft), found
    assert found.service_date == date.fromisoformat(day)
    assert about in (found.text, None)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("11月20日 22:00-次日1:00 值守", Draft(date(2026, 11, 20), 180, 1320, 60, "值守")),
        ("11月20日晚上10点到第二天凌晨1点值守", Draft(date(2026, 11, 20), 180, 1320, 60, "值守")),
        ("补报 11月3日 2 植树", Draft(date(2026, 11, 3), 120, text="植树")),
        ("补报11月3日2小时植树", Draft(date(2026, 11, 3), 120, text="植树")),
        ("补报：昨天 2 植树", Draft(date(2026, 11, 21), 120, text="植树")),
        ("昨夜 2 巡逻", Draft(date(2026, 11, 21), 120, text="巡逻")),
        ("昨天夜 2 巡逻", Draft(date(2026, 11, 21), 120, text="巡逻")),
    ],
)
def test_small_words_beside_the_day_are_understood(line: str, found: Draft) -> None:
    assert parse(line, TODAY) == found


@pytest.mark.parametrize("line", ["22:00-次日7:00 值守", "22:00-第二天7:00 值守"])
def test_a_night_to_the_next_day_that_ends_after_six_is_still_two_records(line: str) -> None:
    found = parse(line, TODAY)
    assert isinstance(found, Problem) and found.kind is ProblemKind.TOO_LATE


FESTIVALS = "元旦 跨年夜 除夕 春节 元宵 元宵节 清明 清明节 五一 劳动节 端午 端午节 中秋 中秋节 国庆 国庆节 重阳节 十一"


@pytest.mark.parametrize("name", FESTIVALS.split())
def test_a_festival_in_front_is_no_day_that_can_be_told(name: str) -> None:
    asked = Problem(ProblemKind.UNREAD_DATE, name)
    assert parse(f"{name} 2小时 值守", TODAY) == asked
    assert parse(f"{name}在社区值守3小时", TODAY) == asked
    assert parse(f"{name}当天值守 2小时", TODAY) == asked
    assert read_date(name, TODAY) == asked


@pytest.mark.parametrize(
    ("line", "day", "about"),
    [
        ("社区清扫迎国庆 2小时", "2026-11-22", "社区清扫迎国庆"),
        ("国庆 10月1日 2小时 值守", "2026-10-01", "国庆 值守"),
        ("10月1日 国庆节值守2小时", "2026-10-01", "国庆节值守"),
        ("国庆节文艺汇演引导2小时", "2026-11-22", "国庆节文艺汇演引导"),
        ("十一小时 植树", "2026-11-22", "植树"),
        ("清明祭扫服务 昨天 2小时", "2026-11-21", "清明祭扫服务"),
        ("五一广场清扫2小时", "2026-11-22", "五一广场清扫"),
        ("十一中学助考2小时", "2026-11-22", "十一中学助考"),
    ],
)
def test_a_festival_in_the_deed_is_part_of_the_deed(line: str, day: str, about: str) -> None:
    found = parse(line, TODAY)
    assert isinstance(found, Draft), found
    assert (found.service_date, found.text) == (date.fromisoformat(day), about)
