"""When plans fire: rules in local wall time, shifted to working days. Pure; the calendar and the dates come in."""

import calendar as months
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.calendar import ONE_DAY, Calendar, Reason, local_instant


class Kind(StrEnum):
    """What a plan sends."""

    MORNING = "morning"  # the morning message; planned by itself, shown, paused and moved here
    NUDGE = "nudge"  # to those without a check-in this quarter
    WEEKLY = "weekly"  # the week's figures, to the leaders
    FESTIVAL = "festival"  # what to prepare, to the office
    DEADLINE = "deadline"  # to those who have not answered a notice
    DIGEST = "digest"  # what the week's budget has held back, in one message
    MEMO = "memo"  # a text, to an audience


class Shift(StrEnum):
    """Where a date goes that is no working day."""

    NONE = "none"
    NEXT = "next"
    PREVIOUS = "previous"


class When(StrEnum):
    WORKING = "working"  # every working day
    WEEKLY = "weekly"  # 1 Monday ... 7 Sunday
    XUN = "xun"  # 旬: the 1st, 11th and 21st
    MONTH = "month"  # a day of the month; a shorter month has it on its last
    MONTH_FIRST = "month_first"  # its first working day
    MONTH_LAST = "month_last"
    QUARTER = "quarter"  # which month of it, which day
    QUARTER_FIRST = "quarter_first"
    QUARTER_LAST = "quarter_last"
    YEAR = "year"  # month, day
    BEFORE_HOLIDAY = "before_holiday"  # the last working day before one
    FESTIVAL = "festival"  # so many days before one
    DEADLINE = "deadline"  # so many days before one, several numbers


@dataclass(frozen=True, slots=True)
class Rule:
    when: When
    args: tuple[int, ...] = ()

    def __str__(self) -> str:
        return ":".join([self.when.value, *map(str, self.args)])


class BadRule(ValueError):
    """A rule that nobody can keep."""


# The numbers a rule takes, each with its bounds; a deadline takes any number of its one.
BOUNDS: dict[When, tuple[tuple[int, int], ...]] = {
    When.WEEKLY: ((1, 7),),
    When.MONTH: ((1, 31),),
    When.QUARTER: ((1, 3), (1, 31)),
    When.YEAR: ((1, 12), (1, 31)),
    When.FESTIVAL: ((1, 30),),
    When.DEADLINE: ((1, 30),),
}
LONGEST_BREAK = timedelta(days=31)  # no run of days off is longer, so no date is shifted further
HORIZON = timedelta(days=366 * 12)  # over ten firings of a plan that fires once a year


def parse_rule(text: str) -> Rule:
    """The rule that str() has written; BadRule for anything else."""
    head, *numbers = text.split(":")
    try:
        rule = Rule(When(head), tuple(map(int, numbers)))
    except ValueError:
        raise BadRule(text) from None
    bounds = BOUNDS.get(rule.when, ())
    if rule.when is When.DEADLINE:
        bounds *= max(1, len(rule.args))
    if len(bounds) != len(rule.args):
        raise BadRule(text)
    if any(not low <= number <= high for number, (low, high) in zip(rule.args, bounds, strict=True)):
        raise BadRule(text)
    if rule.when is When.YEAR and rule.args[1] > months.monthrange(2024, rule.args[0])[1]:
        raise BadRule(text)
    return rule


def firing_days(
    rule: Rule, shift: Shift, calendar: Calendar, start: date, end: date, deadlines: Collection[date] = ()
) -> Iterator[date]:
    """The dates from start to end, both included, on which the plan fires; each once, in order."""
    day = start
    while day <= end:
        if any(True for _ in sources(rule, shift, calendar, day, deadlines)):
            yield day
        day += ONE_DAY


def sources(
    rule: Rule, shift: Shift, calendar: Calendar, day: date, deadlines: Collection[date] = ()
) -> Iterator[date]:
    """The dates of the rule itself that are kept on this day: itself, and those that were shifted to it."""
    if shift is Shift.NONE or calendar.day(day).working:
        if fits(rule, calendar, day, deadlines):
            yield day
        if shift is not Shift.NONE:
            step = -ONE_DAY if shift is Shift.NEXT else ONE_DAY
            other = day + step
            while not calendar.day(other).working and abs(other - day) <= LONGEST_BREAK:
                if fits(rule, calendar, other, deadlines):
                    yield other
                other += step


def fits(rule: Rule, calendar: Calendar, day: date, deadlines: Collection[date] = ()) -> bool:
    """Whether the rule names this very date, before any shift."""
    match rule.when, rule.args:
        case When.WEEKLY, (weekday,):
            return day.isoweekday() == weekday
        case When.XUN, ():
            return day.day in (1, 11, 21)
        case When.MONTH, (number,):
            return _is_the(number, day)
        case When.QUARTER, (month, number):
            return (day.month - 1) % 3 + 1 == month and _is_the(number, day)
        case When.YEAR, (month, number):
            return day.month == month and _is_the(number, day)
        case When.FESTIVAL, (ahead,):
            return bool(calendar.festivals_on(day + timedelta(days=ahead)))
        case When.DEADLINE, steps:
            return any(day + timedelta(days=step) in deadlines for step in steps)
    return calendar.day(day).working and _fits_working_day(rule.when, calendar, day)


def _is_the(number: int, day: date) -> bool:
    """Whether the day is the number-th of its month, or the last one of a month that is too short."""
    return day.day == min(number, months.monthrange(day.year, day.month)[1])


def _fits_working_day(when: When, calendar: Calendar, day: date) -> bool:
    match when:
        case When.MONTH_FIRST:
            return _month(calendar.previous_working(day)) != _month(day)
        case When.MONTH_LAST:
            return _month(calendar.next_working(day)) != _month(day)
        case When.QUARTER_FIRST:
            return _quarter(calendar.previous_working(day)) != _quarter(day)
        case When.QUARTER_LAST:
            return _quarter(calendar.next_working(day)) != _quarter(day)
        case When.BEFORE_HOLIDAY:
            return _before_holiday(calendar, day)
    return when is When.WORKING


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3


def _before_holiday(calendar: Calendar, day: date) -> bool:
    """Days off follow, among them one that is no mere weekend."""
    span = (calendar.next_working(day) - day).days
    following = [calendar.day(day + timedelta(days=step)) for step in range(1, span)]
    return any(off.date.weekday() < 5 or off.reason is Reason.STATUTORY for off in following)


def upcoming(
    rule: Rule, shift: Shift, calendar: Calendar, start: date, count: int, deadlines: Collection[date] = ()
) -> list[date]:
    """The next so many dates from start on; fewer where the rule names no more."""
    if rule.when is When.DEADLINE and not deadlines:
        return []
    last = max(deadlines) + LONGEST_BREAK if rule.when is When.DEADLINE else start + HORIZON
    found: list[date] = []
    for day in firing_days(rule, shift, calendar, start, last, deadlines):
        found.append(day)
        if len(found) == count:
            break
    return found


def due(day: date, minute: int, zone: str) -> datetime:
    """The instant of a local time of day: of two the first, in a gap the first valid minute after it."""
    return local_instant(day, time(minute // 60, minute % 60), zone)


# So many working days after its own date something is still worth sending; then it is skipped(late).
LATE_DAYS: dict[Kind, int] = {
    Kind.MORNING: 0,
    Kind.NUDGE: 5,
    Kind.WEEKLY: 1,
    Kind.FESTIVAL: 3,
    Kind.DEADLINE: 0,
    Kind.DIGEST: 1,
    Kind.MEMO: 1,
}


def last_day(kind: Kind, day: date, calendar: Calendar) -> date:
    """The date at the end of whose working hours a firing of this day is too late."""
    first = day if calendar.day(day).working else calendar.next_working(day)
    return calendar.add_working_days(first, LATE_DAYS[kind])
