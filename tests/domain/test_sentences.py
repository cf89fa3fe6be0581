"""What people write about their volunteering, as a table: what it is read as, and what is asked back."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hours import Draft
from bot.domain.sentences import Problem, ProblemKind, looks_like_checkin, parse, read_date, read_hours
from bot.domain.spoken_dates import numeral, plain

TODAY = date(2026, 11, 22)  # a Sunday
K = ProblemKind


def minutes(text: str) -> int | ProblemKind:
    found = parse(text, TODAY)
    return found.minutes if isinstance(found, Draft) else found.kind


@pytest.mark.parametrize(
    ("text", "day", "length", "about"),
    [
        ("2.5 社区清扫", "2026-11-22", 150, "社区清扫"),
        ("昨天 3 植树", "2026-11-21", 180, "植树"),
        ("上周六 1小时30分 敬老院", "2026-11-14", 90, "敬老院"),
        ("昨天下午在社区清扫两个半小时", "2026-11-21", 150, "社区清扫"),
        ("yesterday 3 park cleanup", "2026-11-21", 180, "park cleanup"),
        ("last saturday 1h30 library", "2026-11-21", 90, "library"),
        ("I cleaned the park for 2 hours yesterday", "2026-11-21", 120, "cleaned the park"),
        ("11月3号去图书馆整理图书3.5小时", "2026-11-03", 210, "去图书馆整理图书"),
        ("上午帮社区打扫卫生，3个小时。", "2026-11-22", 180, "帮社区打扫卫生"),
        ("昨天志愿服务2小时，扫雪", "2026-11-21", 120, "志愿服务，扫雪"),
        ("我今天做了3小时志愿服务", "2026-11-22", 180, "志愿服务"),
        ("植树 3 昨天", "2026-11-21", 180, "植树"),
        ("昨天 在3号楼清扫 1小时", "2026-11-21", 60, "3号楼清扫"),
        ("昨天在线答疑2小时", "2026-11-21", 120, "在线答疑"),
        ("植树20棵3小时", "2026-11-22", 180, "植树20棵"),
        ("3 hours 20 trees", "2026-11-22", 180, "20 trees"),
        ("🎄 2小时", "2026-11-22", 120, "🎄"),
        ("2小时后勤保障", "2026-11-22", 120, "后勤保障"),
        ("昨天下午 3 植树", "2026-11-21", 180, "植树"),
        ("昨晚 3 巡逻", "2026-11-21", 180, "巡逻"),
        ("3 nov 2 cleanup", "2026-11-03", 120, "cleanup"),
        ("nov 3 2 cleanup", "2026-11-03", 120, "cleanup"),
        ("nov 3 helping 2h", "2026-11-03", 120, "helping"),
        ("周三两小时图书馆", "2026-11-18", 120, "图书馆"),
        ("电话预约 2小时", "2026-11-22", 120, "电话预约"),
        ("植树大约2小时", "2026-11-22", 120, "植树"),
        ("3", "2026-11-22", 180, ""),
    ],
)
def test_a_check_in_is_read_from_what_is_written(text: str, day: str, length: int, about: str) -> None:
    assert parse(text, TODAY) == Draft(date.fromisoformat(day), length, text=about)


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
        ("two hours", 120),
        ("an hour", 60),
        ("an hour and a half", 90),
        ("one and a half hours", 90),
        ("half an hour", 30),
        ("90 min", 90),
        ("24小时", 1440),
        ("25", 1500),  # a day over its most is for the rules of hours to refuse
    ],
)
def test_hours_are_understood_as_people_write_them(written: str, length: int) -> None:
    assert minutes(f"{written} 植树") == length
    assert minutes(f"昨天 {written} 植树") == length
    amount = read_hours(written)
    assert not isinstance(amount, Problem)
    assert amount.minutes == length


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
        ("2-4pm", 14 * 60, 16 * 60, 120),
        ("from 2 to 4 pm", 14 * 60, 16 * 60, 120),
        ("9am to 1pm", 9 * 60, 13 * 60, 240),
        ("11am-1:30pm", 11 * 60, 13 * 60 + 30, 150),
    ],
)
def test_from_when_to_when_gives_start_and_end(written: str, starts: int, ends: int, length: int) -> None:
    expected = Draft(date(2026, 11, 21), length, starts, ends, "植树")
    assert parse(f"昨天 {written} 植树", TODAY) == expected


def test_hours_said_beside_a_stretch_count_if_they_fit_in() -> None:
    found = parse("14:00-17:00 植树 2小时半", TODAY)
    assert found == Draft(TODAY, 150, 14 * 60, 17 * 60, "植树")
    assert minutes("14:00-15:00 植树 2小时半") is K.SEVERAL


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
    ("text", "kind", "piece"),
    [
        ("", K.NO_HOURS, ""),
        ("一百百分钟 植树", K.NO_HOURS, ""),
        ("三百二十小时 植树", K.NO_HOURS, ""),
        ("植树", K.NO_HOURS, ""),
        ("昨天植树20棵", K.NO_HOURS, ""),
        ("两小时后回复", K.NO_HOURS, ""),
        ("-3", K.BAD_HOURS, "-3"),
        ("-3 植树", K.BAD_HOURS, "-3"),
        ("−3小时 植树", K.BAD_HOURS, "−3小时"),
        ("负3小时 植树", K.BAD_HOURS, "负3小时"),
        ("0", K.BAD_HOURS, "0"),
        ("0小时 植树", K.BAD_HOURS, "0小时"),
        ("零小时 植树", K.BAD_HOURS, "零小时"),
        ("1e9", K.BAD_HOURS, "1e9"),
        ("1e9小时 植树", K.BAD_HOURS, "1e9小时"),
        ("NaN", K.BAD_HOURS, "NaN"),
        ("nan 植树", K.BAD_HOURS, "nan"),
        ("-inf 植树", K.BAD_HOURS, "-inf"),
        ("1001 植树", K.BAD_HOURS, "1001"),
        ("99999999999999999999 植树", K.BAD_HOURS, "99999999999999999999"),
        ("16:30-14:00 植树", K.BAD_HOURS, "16:30-14:00"),
        ("25点到26点 植树", K.BAD_HOURS, "25点到26点"),
        ("2月30日 3 植树", K.BAD_DATE, "2月30日"),
        ("2月29日 3 植树", K.BAD_DATE, "2月29日"),
        ("2026-02-30 3 植树", K.BAD_DATE, "2026-02-30"),
        ("13月1日 3 植树", K.BAD_DATE, "13月1日"),
        ("2.30 2小时 植树", K.BAD_DATE, "2.30"),
        ("2/30 3 植树", K.BAD_DATE, "2/30"),
        ("上周末 3 植树", K.BAD_DATE, "上周末"),
        ("上周 3小时 植树", K.BAD_DATE, "上周"),
        ("10月 3小时 植树", K.BAD_DATE, "10月"),
        ("last week 3h park", K.BAD_DATE, "last week"),
        ("昨天3小时 今天2小时", K.SEVERAL, "昨天 / 今天"),
        ("昨天和今天各2小时", K.SEVERAL, "昨天 / 今天"),
        ("周一到周五 2小时", K.SEVERAL, "周一 / 周五"),
        ("植树2小时 扫雪1小时", K.SEVERAL, "2小时 / 1小时"),
        ("今天8:30-10:00、14:00-15:30 社区", K.SEVERAL, "8:30-10:00 / 14:00-15:30"),
    ],
)
def test_what_cannot_be_read_is_asked_about_with_its_words(text: str, kind: ProblemKind, piece: str) -> None:
    assert parse(text, TODAY) == Problem(kind, piece)


@pytest.mark.parametrize(
    ("text", "piece", "length"),
    [
        ("2,5", "2,5", 150),
        ("2,5 植树", "2,5", 150),
        ("2，5小时 植树", "2，5小时", 150),
        ("1:30 植树", "1:30", 90),
        ("两三个小时 植树", "两三个小时", 120),
        ("2-3小时 植树", "2-3小时", 120),
        ("2到3个小时 植树", "2到3个小时", 120),
        ("两个多小时 植树", "两个多小时", 120),
        ("2.5 3 植树", "2.5", 150),  # 5 February, or two and a half hours?
    ],
)
def test_a_doubtful_number_comes_back_with_a_guess(text: str, piece: str, length: int) -> None:
    found = parse(text, TODAY)
    assert isinstance(found, Problem)
    assert (found.kind, found.piece) == (K.AMBIGUOUS_NUMBER, piece)
    assert found.guess is not None
    assert found.guess.minutes == length


def test_11_3_alone_may_be_a_date_or_hours_and_is_not_guessed() -> None:
    assert parse("11.3 植树", TODAY) == Problem(K.AMBIGUOUS_NUMBER, "11.3")


@pytest.mark.parametrize(
    "text",
    [
        "昨天下午在社区清扫两个半小时",
        "上周六去敬老院慰问，3小时",
        "植树2小时",
        "今天14:00-16:30 在路口文明劝导",
        "yesterday I helped at the library for 2 hours",
        "我今天做了3小时志愿服务",
        "昨天3小时 今天2小时",  # one at a time, says the answer
    ],
)
def test_a_sentence_about_volunteering_opens_a_card(text: str) -> None:
    assert looks_like_checkin(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "你好",
        "2.5",
        "昨天 3 植树",
        "昨天植树",
        "昨天的会开了3小时吗？",
        "昨天加班3小时",
        "我明天请假2小时",
        "两小时后去植树",
        "报表 本月",
        "/checkin 2小时 植树",
        "how many hours did I volunteer: 3 hours?",
        "13800138000",
        "-3小时 植树",
        "植树2小时" * 100,
    ],
)
def test_other_talk_does_not(text: str) -> None:
    assert not looks_like_checkin(text)


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


SEEDS = [
    "一",
    "1",
    "1小时",
    "半",
    "个 ",
    "1.",
    "1,",
    "1:",
    "1点",
    "一点",
    "1到",
    "1月1",
    "1号",
    "2026-",
    "-",
    " ",
    "周一",
]
SEEDS += [
    "1h",
    "an hour ",
    "a",
    "nov 1 ",
    "下午1点到",
    "1小时1",
    "\u200b",
    "🎄",
    "²",
    "百",
    "十",
    "e9",
    "点1",
    "多",
    "1-1 ",
]


@pytest.mark.parametrize("seed", SEEDS)
def test_ten_thousand_characters_are_read_in_no_time(seed: str) -> None:
    text = (seed * 10_000)[:10_000]
    began = time.process_time()
    for _ in range(3):
        parse(text, TODAY)
        parse(f"{text}小时", TODAY)
        looks_like_checkin(text)
        read_date(text, TODAY)
        read_hours(text)
    assert time.process_time() - began < 1.5


WRITTEN = st.text(
    alphabet="0123456789.,:-/ 一二两三十百半零个小时钟头分刻点年月日号周星期上下午晚昨前今天到从至hmnape负多",
    max_size=60,
)


@given(st.one_of(st.text(max_size=300), WRITTEN))
def test_no_text_breaks_the_reading_and_what_is_read_makes_sense(text: str) -> None:
    assert len(plain(text)) == len(text)
    looks_like_checkin(text)
    read_hours(text)
    read_date(text, TODAY)
    found = parse(text, TODAY)
    draft = found.guess if isinstance(found, Problem) else found
    if draft:
        assert 0 < draft.minutes <= 60_000
        assert (draft.starts_at is None) == (draft.ends_at is None)
        assert all(at is None or 0 <= at < 1440 for at in (draft.starts_at, draft.ends_at))
    if isinstance(found, Problem):
        assert found.piece == "" or found.kind is K.SEVERAL or found.piece in text


@given(st.integers(1, 200), st.sampled_from(["", "植树", "park cleanup"]))
def test_quarters_of_an_hour_come_back_as_they_were_written(quarters: int, about: str) -> None:
    found = parse(f"{quarters / 4:g}小时 {about}", TODAY)
    assert found == Draft(TODAY, quarters * 15, text=about)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(0, 300))
def test_any_written_day_of_the_last_months_is_that_day(today: date, back: int) -> None:
    day = today - timedelta(days=back)
    assert read_date(day.isoformat(), today) == day
    assert read_date(f"{day.year}年{day.month}月{day.day}日", today) == day
    if back < 150:
        assert read_date(f"{day.month}月{day.day}日", today) == day
