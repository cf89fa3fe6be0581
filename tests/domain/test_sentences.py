"""What people write about their volunteering, as a table: what it is read as, and what is asked back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hours import Draft
from bot.domain.sentences import Problem, ProblemKind, looks_like_checkin, parse, read_date, read_hours, without_hours
from bot.domain.spoken_dates import plain

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
        ("昨晚社区巡逻2小时", "2026-11-21", 120, "社区巡逻"),
        ("昨夜巡逻2小时", "2026-11-21", 120, "巡逻"),
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
    "days",
    [
        "11月10日-12日",
        "11月10日至12日",
        "十一月十日到十二日",
        "11月10日～11月12日",
        "2026-11-10至2026-11-12",
        "11/10-11/12",
    ],
)
def test_days_on_end_are_not_taken_for_the_first_of_them_or_for_today(days: str) -> None:
    assert parse(f"{days} 每天2小时 植树", TODAY) == Problem(ProblemKind.SEVERAL, days)
    said = parse(f"植树2小时，{days}", TODAY)
    assert isinstance(said, Problem) and said.kind is ProblemKind.SEVERAL


@pytest.mark.parametrize("about", ["到3号楼打扫", "到12号院清扫", "到10路车站劝导", "到5-6班讲解"])
def test_a_place_behind_a_day_is_a_place(about: str) -> None:
    assert parse(f"11月10日{about} 2小时", TODAY) == Draft(date(2026, 11, 10), 120, text=about)


@pytest.mark.parametrize(
    ("text", "day", "starts", "ends", "about"),
    [
        ("昨晚 7点到9点 社区巡逻", 21, 19, 21, "社区巡逻"),
        ("周六晚 10点到12点 巡逻", 21, 22, 0, "巡逻"),
        ("前晚8点至10点巡逻", 20, 20, 22, "巡逻"),
        ("昨夜11点到1点巡逻", 21, 23, 1, "巡逻"),
        ("昨夜里11点到1点巡逻", 21, 23, 1, "巡逻"),
        ("11.20晚7点-9点巡逻", 20, 19, 21, "巡逻"),
        ("11/20上午9点-11点 植树", 20, 9, 11, "植树"),
        ("昨晚在社区守夜 20:00-22:00", 21, 20, 22, "社区守夜"),
        ("节前晚8点到10点布置会场", 22, 20, 22, "节前 布置会场"),
    ],
)
def test_the_evening_of_a_day_is_its_evening_with_or_without_a_blank(
    text: str, day: int, starts: int, ends: int, about: str
) -> None:
    assert parse(text, TODAY) == Draft(date(2026, 11, day), 120, starts * 60, ends * 60, about)


def test_hours_said_beside_a_stretch_count_if_they_fit_in() -> None:
    found = parse("14:00-17:00 植树 2小时半", TODAY)
    assert found == Draft(TODAY, 150, 14 * 60, 17 * 60, "植树")
    assert minutes("14:00-15:00 植树 2小时半") is K.SEVERAL


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("", K.NO_HOURS, ""),
        ("一百百分钟 植树", K.NO_HOURS, ""),
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
        ("0:00 植树", K.BAD_HOURS, "0:00"),
        ("1e9", K.BAD_HOURS, "1e9"),
        ("1e9小时 植树", K.BAD_HOURS, "1e9小时"),
        ("NaN", K.BAD_HOURS, "NaN"),
        ("nan 植树", K.BAD_HOURS, "nan"),
        ("-inf 植树", K.BAD_HOURS, "-inf"),
        ("1001 植树", K.BAD_HOURS, "1001"),
        ("99999999999999999999 植树", K.BAD_HOURS, "99999999999999999999"),
        ("16:30-14:00 植树", K.BAD_HOURS, "16:30-14:00"),
        ("9:00-9:00 植树", K.BAD_HOURS, "9:00-9:00"),
        ("12:00-12:00 植树", K.BAD_HOURS, "12:00-12:00"),
        ("18:00-18:00 植树", K.BAD_HOURS, "18:00-18:00"),
        ("0:00-0:00 植树", K.BAD_HOURS, "0:00-0:00"),
        ("11月10日8点到8点植树", K.BAD_HOURS, "8点到8点"),
        ("下午2点到2点 植树", K.BAD_HOURS, "下午2点到2点"),
        ("2.5.1 植树", K.BAD_HOURS, "2.5.1"),
        ("25点到26点 植树", K.BAD_HOURS, "25点到26点"),
        ("2月30日 3 植树", K.BAD_DATE, "2月30日"),
        ("2月29日 3 植树", K.BAD_DATE, "2月29日"),
        ("2026-02-30 3 植树", K.BAD_DATE, "2026-02-30"),
        ("13月1日 3 植树", K.BAD_DATE, "13月1日"),
        ("2.30 2小时 植树", K.BAD_DATE, "2.30"),
        ("2/30 3 植树", K.BAD_DATE, "2/30"),
        ("上周末 3 植树", K.UNREAD_DATE, "上周末"),
        ("上周 3小时 植树", K.UNREAD_DATE, "上周"),
        ("10月 3小时 植树", K.UNREAD_DATE, "10月"),
        ("last week 3h park", K.UNREAD_DATE, "last week"),
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
        ("11:30-10:30 植树", "11:30-10:30", 660),
        ("11:00-9:00 植树", "11:00-9:00", 600),
        ("8:00-5:00 植树", "8:00-5:00", 540),
        ("14:00-4:30 植树", "14:00-4:30", 150),
        ("19:00-8:00 植树", "19:00-8:00", 60),
        ("上午11:30-10:30 植树", "上午11:30-10:30", 660),
        ("11点半到10点半 植树", "11点半到10点半", 660),
        ("11:30-10:30 植树 2小时", "2小时", 120),
        ("2.5 3 植树", "2.5", 150),  # 5 February, or two and a half hours?
    ],
)
def test_a_doubtful_number_comes_back_with_a_guess(text: str, piece: str, length: int) -> None:
    found = parse(text, TODAY)
    assert isinstance(found, Problem)
    assert (found.kind, found.piece) == (K.AMBIGUOUS_NUMBER, piece)
    assert found.guess is not None
    assert found.guess.minutes == length


def test_a_guess_keeps_from_when_to_when() -> None:
    found = parse("昨天 11:30-10:30 植树", TODAY)
    assert isinstance(found, Problem)
    assert found.guess == Draft(date(2026, 11, 21), 660, 690, 1350, "植树")
    asked = read_hours("11:30-10:30")
    assert isinstance(asked, Problem)
    assert asked.guess is not None
    assert (asked.guess.minutes, asked.guess.starts_at, asked.guess.ends_at) == (660, 690, 1350)


def test_a_date_taken_out_after_a_comma_leaves_no_gap() -> None:
    assert parse("路口执勤，今天上午打扫两个小时", TODAY) == Draft(TODAY, 120, text="路口执勤，上午打扫")


@pytest.mark.parametrize("text", ["晚上的", "的", "下午", "了", "的，", "晚上 的"])
def test_what_only_ties_words_together_is_no_content(text: str) -> None:
    assert parse(f"20:00-22:00 {text}", TODAY) == Draft(TODAY, 120, 1200, 1320)


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
        "90分钟 交通疏导",
        "护学两小时",
        # What cannot be is told so.
        "明天下午植树两小时",
        "昨天植树0小时",
        "昨天植树一百个小时",
        "11月10日8点到8点植树",
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
        "明天有两小时的空",
        "昨天堵了0小时",
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
    "text",
    [
        "周六社区清扫",
        "昨天下午去敬老院慰问",
        "11月3日植树20棵",
        "上周日献血了",
        "昨天和同事一起打扫卫生",
        "yesterday litter picking",
    ],
)
def test_a_day_and_a_deed_lack_only_the_hours(text: str) -> None:
    found = without_hours(text, TODAY)
    assert found is not None and found.minutes == 0 and found.text and found.service_date <= TODAY


@pytest.mark.parametrize(
    "text",
    [
        *("", "周六见", "今天下雨了", "两小时", "社区清扫", "今天服务器坏了", "今天的服务真好", "昨天宣传部来电话"),
        *(
            "明天植树",
            "下周六社区清扫",
            "今天植树节",
            "周六植树8点集合",
            "昨天谁打扫的",
            "今天请大家打扫卫生",
            "我们周六要去献血",
        ),
        *(
            "周六的志愿活动取消了",
            "周六有志愿活动",
            "今天他去献血",
            "昨天植树2小时",
            "昨天 3 植树",
            "2月30日植树",
            "上周植树",
        ),
        *(
            "/checkin 昨天植树",
            "today we will plant trees",
            "昨天献血车来了",
            "今天没去植树",
            "今天慰问信收到了",
            "周日志愿活动见",
            "昨天植树" * 20,
            "3号植树",
        ),
    ],
)
def test_whatever_else_is_said_of_a_day_or_of_a_deed_does_not(text: str) -> None:
    assert without_hours(text, TODAY) is None


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
def test_a_million_characters_are_read_before_anybody_loses_patience(seed: str) -> None:
    text = (seed * 1_000_000)[:1_000_000]
    parse(text, TODAY)
    parse(f"{text}小时", TODAY)
    looks_like_checkin(text)
    without_hours(text, TODAY)
    read_date(text, TODAY)
    read_hours(text)


WRITTEN = st.text(
    alphabet="0123456789.,:-/ 一二两三十百半零个小时钟头分刻点年月日号周星期上下午晚昨前今天到从至hmnape负多",
    max_size=60,
)


@given(st.one_of(st.text(max_size=300), WRITTEN))
def test_no_text_breaks_the_reading_and_what_is_read_makes_sense(text: str) -> None:
    assert len(plain(text)) == len(text)
    looks_like_checkin(text)
    without_hours(text, TODAY)
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
