"""Days off and days on as a person sends them: the State Council's notice as it stands, or 休 and 班 with dates."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from bot.domain.calendar import ONE_DAY, Calendar, Reason

TEXT_LIMIT = 4096
LONGEST = 31  # days in one stretch


class Fault(StrEnum):
    EMPTY = "empty"  # no day at all
    NO_MARK = "no_mark"  # dates, and neither 休 nor 班 beside them
    NO_DATE = "no_date"  # 休 or 班, and no date beside it
    BAD_DATE = "bad_date"
    BAD_STRETCH = "bad_stretch"  # ends before it begins, or is over a month
    BOTH = "both"  # a day both off and on
    OTHER_YEAR = "other_year"
    NO_NEW_YEAR = "no_new_year"  # a year's table without 1 January off is not whole
    WORK_ON_WEEKDAY = "work_on_weekday"  # 班 on a day on which one works anyway


@dataclass(frozen=True, slots=True)
class Unread:
    """What is wrong, and the piece of the text it is about."""

    fault: Fault
    piece: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row that are all off, or all worked on."""

    first: dt.date
    last: dt.date
    off: bool

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


_OFF, _ON = re.compile(r"放假|休|\boff\b|\bholidays?\b", re.I), re.compile(r"上班|班|\bwork(?:ing)?\b|\bon\b", re.I)
_DATE = r"(?:(?:(\d{4})\s*[年./-]\s*)?(\d{1,2})\s*[月./-]\s*)?(\d{1,2})\s*[日号]?"
_TO = r"\s*(?:至|到|—+|–|~|\bto\b|-{1,2})\s*"
_SPAN = re.compile(rf"(?<![\d第]){_DATE}(?:{_TO}{_DATE})?(?![\d天个])")
_ASIDE = re.compile(r"\([^)]*\)|不?调休|共\s*\d+\s*天|(?:星期|周)[一二三四五六日天]")
_BULLET = re.compile(r"^\s*(?:[一二三四五六七八九十]+|\d{1,2})\s*[、.)]\s*(?=\D)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年?(?=[\s:,、]|$|元旦|部分|放假)")


def year_in(text: str) -> int | None:
    """The year that a text speaks of."""
    plain = unicodedata.normalize("NFKC", text[:TEXT_LIMIT])
    found = re.findall(r"(?<!\d)(20\d\d)\s*(?:年|[-./]\s*\d)", plain)
    return max(map(int, found), default=None)  # a notice is signed in the year before


def read_days(text: str, year: int) -> dict[dt.date, bool] | Unread:
    """Each day that the text names and whether it is off; dates without a year are of this one."""
    plain = _ASIDE.sub("", unicodedata.normalize("NFKC", text[:TEXT_LIMIT]))
    found: dict[dt.date, bool] = {}
    for clause in re.split(r"[。;\n]|(?<=班)[,,]|(?<=假)[,,]", plain):
        clause = _YEAR.sub(" ", _BULLET.sub("", clause)).strip()
        days = _clause(clause, year)
        if isinstance(days, Unread):
            return days
        for day, off in days.items():
            if found.setdefault(day, off) != off:
                return Unread(Fault.BOTH, f"{day:%Y-%m-%d}")
    return found or Unread(Fault.EMPTY)


def _clause(clause: str, year: int) -> dict[dt.date, bool] | Unread:
    """The days of one sentence; a sentence without dates and marks is talk and says nothing."""
    marks = [(mark.start(), off) for off, pattern in ((True, _OFF), (False, _ON)) for mark in pattern.finditer(clause)]
    spans = list(_SPAN.finditer(clause))
    if not spans:
        mere = re.fullmatch(r"(?:休|班|上班|放假|off|work|on)\s*:?", clause, re.I)
        return Unread(Fault.NO_DATE, clause) if mere else {}
    if not marks:
        signed = all(span[1] and int(span[1]) < year for span in spans)  # the date of the notice itself
        return Unread(Fault.NO_MARK, clause) if any(span[2] for span in spans) and not signed else {}
    if len({off for _at, off in marks}) > 1:
        return _mixed(clause, min(marks)[0] < spans[0].start(), year)
    return _spans(spans, marks[0][1], year)


def _mixed(clause: str, mark_first: bool, year: int) -> dict[dt.date, bool] | Unread:
    """休 and 班 in one sentence: cut before each mark where they stand in front, behind each where they follow."""
    mark = r"(?:放假|休|上班|班|off|work)"
    pieces = re.split(rf"(?={mark})" if mark_first else r"(?<=班)|(?<=假)|(?<=休)", clause)
    found: dict[dt.date, bool] = {}
    for piece in pieces:
        spans = list(_SPAN.finditer(piece))
        if not spans:
            continue
        if bool(_OFF.search(piece)) == bool(_ON.search(piece)):
            return Unread(Fault.NO_MARK, piece.strip())
        days = _spans(spans, bool(_OFF.search(piece)), year)
        if isinstance(days, Unread):
            return days
        if twice := [day for day, off in days.items() if found.get(day, off) != off]:
            return Unread(Fault.BOTH, f"{twice[0]:%Y-%m-%d}")
        found |= days
    return found


def _spans(spans: Iterable[re.Match[str]], off: bool, year: int) -> dict[dt.date, bool] | Unread:
    found: dict[dt.date, bool] = {}
    month = 0
    for span in spans:
        first = _date(span[1], span[2], span[3], year, month)
        last = _date(span[4], span[5], span[6], first.year, first.month) if first and span[6] else first
        if first is None or last is None:
            return Unread(Fault.BAD_DATE, span[0].strip())
        if last < first or (last - first).days >= LONGEST:
            return Unread(Fault.BAD_STRETCH, span[0].strip())
        month = last.month
        found |= {first + n * ONE_DAY: off for n in range((last - first).days + 1)}
    return found


def _date(year: str | None, month: str | None, day: str, default_year: int, default_month: int) -> dt.date | None:
    try:
        return dt.date(int(year or default_year), int(month or default_month), int(day))
    except ValueError:
        return None


def check_year(days: Mapping[dt.date, bool], year: int) -> Unread | None:
    """Whether these can be the holidays that the State Council has published for a year."""
    for day, off in sorted(days.items()):
        if abs(day.year - year) > 1 or (day.year != year and abs((day - dt.date(year, 1, 1)).days) > 400):
            return Unread(Fault.OTHER_YEAR, f"{day:%Y-%m-%d}")
        if not off and day.weekday() < 5:
            return Unread(Fault.WORK_ON_WEEKDAY, f"{day:%Y-%m-%d}")
    return None if days.get(dt.date(year, 1, 1)) else Unread(Fault.NO_NEW_YEAR, str(year))


def forgotten(days: Mapping[dt.date, bool], year: int, calendar: Calendar) -> list[dt.date]:
    """The holidays by law that are not among the days off."""
    first = dt.date(year, 1, 1)
    all_days = (first + n * ONE_DAY for n in range((dt.date(year + 1, 1, 1) - first).days))
    return [day for day in all_days if calendar.day(day).reason is Reason.STATUTORY and not days.get(day)]


def stretches(days: Mapping[dt.date, bool]) -> list[Stretch]:
    """The days in order, those in a row of one kind together."""
    order = sorted(days)
    breaks = [b for a, b in pairwise(order) if b - a != ONE_DAY or days[a] != days[b]]
    starts = [*order[:1], *breaks]
    ends = [order[order.index(start) - 1] for start in breaks] + order[-1:]
    return [Stretch(a, b, days[a]) for a, b in zip(starts, ends, strict=True)]
