"""A moment to come as people write it: 明天 9:00, 12月3日下午2点半, 2026-12-03 14:30, tomorrow at 9am."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.spoken_dates import Found, Piece, find_dates, plain
from bot.domain.spoken_hours import find_clocks

LONGEST = 60
LAST_YEAR = 2099  # what the calendar to tap ends with
LEAP_YEARS = 8  # so many years ahead there is a 29 February


@dataclass(frozen=True, slots=True)
class Spoken:
    """A day, a time of day (minutes), or both; `NOW` is neither."""

    day: date | None = None
    minute: int | None = None


NOW = Spoken()
_NOW = re.compile(r"(?:请 ?)?(?:现在|立即|马上|立刻|now|at once|right now|immediately)(?: ?就?发送?| send)?")
_PAST = re.compile(r"[昨前上去]|last|yesterday|ago|[0-9]{4}")  # it says itself which one it means
_FILLER = re.compile(r"(?:定时?[在于到]|安排在|改[到在]|[请在于的发]|发[送出]|\b(?:at|on|send|the)\b|[ ,，。.、-])*")


def parse(text: str, today: date) -> Spoken | None:
    """None when anything is left that is neither a date nor a time of day, and for what is no such day."""
    if len(text) > LONGEST:
        return None
    line = " ".join(plain(text).split())
    if _NOW.fullmatch(line):
        return NOW
    line = re.sub(r"(?<!\S)([0-9]{1,2})\.([0-9]{1,2})(?!\S)", r"\1-\2", line)
    line = re.sub(r"(?<=[0-9])t(?=[0-9])", " ", line).replace("明年", f"{today.year + 1}年")
    line = re.sub(r"\b明早", "明天早上", line)
    dates = find_dates(line, today)
    rest = _without(line, dates)
    clocks = find_clocks(rest)
    if not _FILLER.fullmatch(_without(rest, clocks)) or len(dates) > 1 or len(clocks) > 1 or not (dates or clocks):
        return None
    minute = clocks[0].minute if clocks else None
    if clocks and minute is None:
        return None
    if not dates:
        return Spoken(None, minute)
    day = _ahead(dates[0], line[dates[0].start : dates[0].end], today)
    return Spoken(day, minute) if day and 2000 <= day.year <= LAST_YEAR else None


def _without(line: str, pieces: Sequence[Piece]) -> str:
    for piece in pieces:
        line = line[: piece.start] + " " * (piece.end - piece.start) + line[piece.end :]
    return line


def _ahead(found: Found, words: str, today: date) -> date | None:
    """Who plans means the next one: the reader of dates, made for what was done, means the last one."""
    day = found.day
    if day is None:
        return _leap_day(words, today)
    if day >= today or _PAST.search(words):
        return day
    if found.relative:
        return day + timedelta(days=7)
    if found.weak:
        return _next_month_with(day.day, today)
    return day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else _leap_day("2月29日", today)


def _next_month_with(number: int, today: date) -> date:
    """3号 is the next third."""
    first = today.replace(day=1)
    while True:
        if number <= monthrange(first.year, first.month)[1] and first.replace(day=number) >= today:
            return first.replace(day=number)
        first = (first + timedelta(days=31)).replace(day=1)


def _leap_day(words: str, today: date) -> date | None:
    """29 February without a year; None for a day that no year has."""
    if not re.fullmatch(r"0?2(?:月|[/-])29[日号]?", words):
        return None
    years = (year for year in range(today.year, today.year + LEAP_YEARS + 1) if monthrange(year, 2)[1] == 29)
    return next((day for year in years if (day := date(year, 2, 29)) >= today), None)
