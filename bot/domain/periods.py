"""Periods of a report, from a day to a year: how they are named, typed and stepped through."""

import functools
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Kind(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    kind: Kind
    start: date
    end: date  # inclusive
    key: str  # 2026, 2026Q3, 2026-10, 2026-W47, 2026-11-22

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def as_of(self, today: date) -> date:
        """The date of the roster a report counts with: the period's end, or now if it has not ended."""
        return min(self.end, today)


@functools.lru_cache(maxsize=256)
def period_of(kind: Kind, day: date) -> Period:
    """The period of this kind that holds the day."""
    if kind is Kind.DAY:
        return Period(kind, day, day, day.isoformat())
    if kind is Kind.WEEK:
        monday = day - timedelta(days=day.weekday())
        year, week, _ = day.isocalendar()
        return Period(kind, monday, monday + timedelta(days=6), f"{year:04d}-W{week:02d}")
    if kind is Kind.MONTH:
        return _months(kind, day.year, day.month, 1, f"{day.year:04d}-{day.month:02d}")
    if kind is Kind.QUARTER:
        quarter = (day.month + 2) // 3
        return _months(kind, day.year, quarter * 3 - 2, 3, f"{day.year:04d}Q{quarter}")
    return _months(kind, day.year, 1, 12, f"{day.year:04d}")


def previous_period(period: Period) -> Period:
    return period_of(period.kind, period.start - timedelta(days=1))


def next_period(period: Period) -> Period:
    return period_of(period.kind, period.end + timedelta(days=1))


def _months(kind: Kind, year: int, month: int, count: int, key: str) -> Period:
    last = month + count - 1
    first_after = date(year + 1, 1, 1) if last == 12 else date(year, last + 1, 1)
    return Period(kind, date(year, month, 1), first_after - timedelta(days=1), key)


_TRADITIONAL = str.maketrans("個這週當號", "个这周当号")
# Words to parse, in the order of the kinds; a trailing 度 of 季度, 年度 is taken off before the look-up.
_THIS: dict[Kind, tuple[str, ...]] = {
    Kind.DAY: ("今天", "今日", "本日", "当天", "today"),
    Kind.WEEK: ("本周", "这周", "这一周", "本星期", "这星期", "这个星期", "this week", "week"),
    Kind.MONTH: ("本月", "这个月", "这月", "当月", "this month", "month"),
    Kind.QUARTER: ("本季", "这季", "这个季", "当季", "this quarter", "quarter"),
    Kind.YEAR: ("本年", "今年", "这一年", "当年", "全年", "this year", "year"),
}
_LAST: dict[Kind, tuple[str, ...]] = {
    Kind.DAY: ("昨天", "昨日", "yesterday"),
    Kind.WEEK: ("上周", "上一周", "上星期", "上个星期", "last week", "previous week"),
    Kind.MONTH: ("上月", "上个月", "上一月", "last month", "previous month"),
    Kind.QUARTER: ("上季", "上个季", "上一季", "last quarter", "previous quarter"),
    Kind.YEAR: ("去年", "上年", "上一年", "last year", "previous year"),
}
_WORDS: dict[str, tuple[Kind, int]] = {
    **{word: (kind, 0) for kind, words in _THIS.items() for word in words},
    **{word: (kind, -1) for kind, words in _LAST.items() for word in words},
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_YEAR = r"(?P<year>(?:19|20|21)[0-9]{2}|今年|去年)"
_FORMS: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (rf"{_YEAR}年?度?", Kind.YEAR),
        (rf"(?:{_YEAR} ?年? ?[-/.]?)?第?(?P<quarter>[1-4一二三四]) ?个?季度?", Kind.QUARTER),
        (rf"(?:{_YEAR} ?年? ?[-/.]? ?)?q(?P<quarter>[1-4])", Kind.QUARTER),
        (rf"q(?P<quarter>[1-4]) ?[-/.]? ?{_YEAR}", Kind.QUARTER),
        (rf"{_YEAR} ?[-/.] ?(?P<month>[0-9]{{1,2}})", Kind.MONTH),
        (rf"{_YEAR} ?年? ?(?P<month>[0-9]{{1,2}}|十[一二]?|[一二三四五六七八九]) ?月份?", Kind.MONTH),
        (r"(?P<month>[0-9]{1,2}|十[一二]?|[一二三四五六七八九]) ?月份?", Kind.MONTH),
        (rf"(?P<name>[a-z]{{3,9}}\.?)(?:,? {_YEAR})?", Kind.MONTH),
        (rf"{_YEAR}-?w(?P<week>[0-9]{{1,2}})", Kind.WEEK),
        (rf"{_YEAR} ?年?第(?P<week>[0-9]{{1,2}})周", Kind.WEEK),
        (rf"{_YEAR}[-/.年](?P<month>[0-9]{{1,2}})[-/.月](?P<day>[0-9]{{1,2}})[日号]?", Kind.DAY),
    )
)
_FULL_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def parse(text: str, today: date) -> Period | None:
    """The period a person typed, in Chinese or English, or None."""
    plain = " ".join(unicodedata.normalize("NFKC", text[:60]).translate(_TRADITIONAL).casefold().split())
    word = plain.removesuffix("度") if plain.endswith(("季度", "年度")) else plain
    if word in _WORDS:
        kind, step = _WORDS[word]
        current = period_of(kind, today)
        return previous_period(current) if step else current
    for pattern, kind in _FORMS:
        match = pattern.fullmatch(plain)
        if match:
            found = _build(kind, {k: v for k, v in match.groupdict().items() if v}, today)
            if found:
                return found
    return None


def from_key(key: str) -> Period | None:
    """The period a button names; the reverse of Period.key."""
    found = parse(key, date.min) if key[:1].isdigit() else None
    return found if found and found.key == key else None


def split(text: str, today: date) -> tuple[Period | None, str]:
    """Parts "上月 综合处/办公室" (in either order, or written together) into a period and the rest."""
    words = text.split()
    for count in range(min(3, len(words)), 0, -1):
        if period := parse(" ".join(words[:count]), today):
            return period, " ".join(words[count:])
        if period := parse(" ".join(words[-count:]), today):
            return period, " ".join(words[:-count])
    whole = " ".join(words)
    for end in range(min(12, len(whole)), 1, -1):
        # Written together only after a Chinese word: a department may well begin with digits.
        if not whole[end - 1].isascii() and (period := parse(whole[:end], today)):
            return period, whole[end:].strip()
    return None, whole


def _build(kind: Kind, part: dict[str, str], today: date) -> Period | None:
    guessed = "year" not in part
    try:
        typed = part.get("year", "今年")
        year = today.year - (typed == "去年") if typed in ("今年", "去年") else int(typed)
        day = _DAY_IN[kind](year, part)
        # A month or quarter named without its year is the last one that has begun.
        return period_of(kind, day.replace(year=year - 1) if guessed and day > today else day)
    except (ValueError, KeyError, OverflowError):
        return None


def _month(part: dict[str, str]) -> int:
    if "name" in part:
        name = part["name"].rstrip(".")
        return (_FULL_MONTHS if name in _FULL_MONTHS else _MONTHS).index(name) + 1
    return _number(part["month"])


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMERALS.index(text) + 1


_DAY_IN: dict[Kind, Callable[[int, dict[str, str]], date]] = {
    Kind.DAY: lambda year, part: date(year, _month(part), int(part["day"])),
    Kind.WEEK: lambda year, part: date.fromisocalendar(year, int(part["week"]), 1),
    Kind.MONTH: lambda year, part: date(year, _month(part), 1),
    Kind.QUARTER: lambda year, part: date(year, 3 * _number(part["quarter"]) - 2, 1),
    Kind.YEAR: lambda year, part: date(year, 1, 1),
}
