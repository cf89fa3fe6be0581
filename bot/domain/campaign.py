"""The campaign settings: their kinds, defaults and bounds."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

from bot.domain.hours import HourRules, Rounding
from bot.domain.periods import Kind, Period, from_key, period_of
from bot.domain.tidy import half_width


@dataclass(frozen=True, slots=True)
class Campaign:
    """What the office may change in chat. Hours are minutes, times of day are minutes since midnight."""

    name: str = ""  # shown for the unit in place of ORG_NAME
    target: int = 30  # percent
    period: str = ""  # a period key; empty: this calendar year
    morning_at: int = 8 * 60 + 30
    work_hours: tuple[int, int] = (8 * 60, 18 * 60)
    join: str = "approval"  # or roster: a match with the roster is enough
    rounding: str = Rounding.HALF_HOUR_FLOOR.value
    cap_day: int = 8 * 60
    max_day: int = 24 * 60
    late_days: int = 10
    budget: int = 5
    approve_notice_over: int = 200
    small_department: int = 5
    codes_instead_of_names: bool = False
    backup_days: int = 30
    message_days: int = 180  # what was sent unasked: its facts
    photo_days: int = 365
    parked_days: int = 30  # updates that could not be handled
    draft_days: int = 7  # drafts, open dialogues, imports that nobody applied, strangers
    audit_days: int = 1095  # before and after; who did what when stays

    @property
    def work_from(self) -> int:
        return self.work_hours[0]

    @property
    def work_until(self) -> int:
        return self.work_hours[1]

    def counted_period(self, today: dt.date) -> Period:
        return (from_key(self.period) if self.period else None) or period_of(Kind.YEAR, today)

    def hour_rules(self, today: dt.date) -> HourRules:
        return HourRules(self.cap_day, self.max_day, self.late_days, self.counted_period(today).start)


NOT_BEGUN = "not-begun"  # every report would be empty, every date refused


class BadValue(ValueError):
    """A value that a setting cannot have; the name of what was expected is its message."""


def _number(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        digits = re.fullmatch(r"\s*(\d{1,6})\s*[%％]?\s*", text)
        if not digits or not low <= int(digits[1]) <= high:
            raise BadValue(f"{low}-{high}")
        return int(digits[1])

    return read


def _hours(text: str) -> int:
    number = re.fullmatch(r"\s*(\d{1,2})(?:\.(5|0))?\s*(?:h|小时)?\s*", text)
    minutes = int(number[1]) * 60 + (30 if number[2] == "5" else 0) if number else 0
    if not 0 < minutes <= 24 * 60:
        raise BadValue("0.5-24")
    return minutes


def _time(text: str) -> int:
    clock = re.fullmatch(r"\s*([01]?\d|2[0-3])[:：]([0-5]\d)\s*", text)
    if not clock:
        raise BadValue("08:30")
    return int(clock[1]) * 60 + int(clock[2])


def _stretch(text: str) -> tuple[int, int]:
    begin, _, end = re.sub("[－—–~～至到]+", "-", text).partition("-")
    return _time(begin), _time(end)


def _choice(*values: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.strip() not in values:
            raise BadValue(" | ".join(values))
        return text.strip()

    return read


# Each calendar year anew, as long as nobody sets anything else.
THIS_YEAR = frozenset({"", "本年", "本年度", "本自然年", "今年", "默认", "自动", "this year", "default", "auto"})


def _period(text: str) -> str:
    typed = " ".join(half_width(text).lower().split())
    if typed in THIS_YEAR:
        return ""
    found = from_key(typed.upper())
    if found is None:
        raise BadValue("2026, 2026Q3, 2026-10")
    return found.key


def _name(text: str) -> str:
    cleaned = " ".join(text.split())
    if not 1 <= len(cleaned) <= 60 or not cleaned.isprintable():
        raise BadValue("1-60")
    return cleaned


def _yes(text: str) -> bool:
    return _choice("on", "off")(text) == "on"


# How a person's text becomes a setting's value; BadValue names what is expected.
READERS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "name": _name,
        "target": _number(1, 100),
        "period": _period,
        "morning_at": _time,
        "work_hours": _stretch,
        "join": _choice("approval", "roster"),
        "rounding": _choice(*(r.value for r in Rounding)),
        "cap_day": _hours,
        "max_day": _hours,
        "late_days": _number(1, 60),
        "budget": _number(0, 20),
        "approve_notice_over": _number(1, 100_000),
        "small_department": _number(0, 50),
        "codes_instead_of_names": _yes,
        "backup_days": _number(1, 30),
        "message_days": _number(30, 3650),
        "photo_days": _number(30, 3650),
        "parked_days": _number(1, 365),
        "draft_days": _number(1, 90),
        "audit_days": _number(365, 3650),
    }
)


def changed(campaign: Campaign, name: str, text: str, today: dt.date) -> Campaign:
    """The campaign with one setting read from a person's text; KeyError: unknown name, BadValue: bad text."""
    values = {field.name: getattr(campaign, field.name) for field in fields(campaign)} | {name: READERS[name](text)}
    new = Campaign(**values)
    if name == "period" and new.counted_period(today).start > today:
        raise BadValue(NOT_BEGUN)
    if new.work_from >= new.work_until:
        raise BadValue("08:00-18:00")
    if not new.work_from <= new.morning_at < new.work_until:
        raise BadValue("work_from <= morning_at < work_until")
    if new.cap_day > new.max_day:
        raise BadValue("cap_day <= max_day")
    return new
