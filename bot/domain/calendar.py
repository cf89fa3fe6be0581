"""Working days, festivals and the one instant a local time of day means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import accumulate
from zoneinfo import ZoneInfo

import chinese_calendar


class Reason(StrEnum):
    """Why a day is a working day, or is none."""

    OVERRIDE = "override"  # the unit's own word
    PUBLISHED_OFF = "published_off"  # a holiday of the State Council's notice
    PUBLISHED_WORK = "published_work"  # 调休: a Saturday or Sunday on which one works
    STATUTORY = "statutory"  # a holiday by law, in a year whose notice is not known
    WEEKDAY = "weekday"
    WEEKEND = "weekend"


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    working: bool
    provisional: bool  # the notice for this year is not known: it may turn out otherwise
    reason: Reason


@dataclass(frozen=True, slots=True)
class Festival:
    id: str
    name: str
    calendar: str  # solar | lunar | solar_term
    month: int
    day: int
    idea: str = ""  # what a unit can do on it


ONE_DAY = timedelta(days=1)
# 放假办法 2024 article 2: 元旦 1, 春节 4 with 除夕, 清明 1, 劳动 2, 端午 1, 中秋 1, 国庆 3.
_STATUTORY_SOLAR = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
_STATUTORY_MOVING = {"spring_festival": (-1, 0, 1, 2), "qingming": (0,), "duanwu": (0,), "mid_autumn": (0,)}


class Calendar:
    """The unit's overrides, then imported year files, then the published table, then the rule by law.

    overrides and year_files: whether a date is off. lunar: (date, festival id) of the moving festivals.
    """

    def __init__(
        self,
        overrides: Mapping[date, bool] | None = None,
        year_files: Mapping[date, bool] | None = None,
        festivals: Iterable[Festival] = (),
        lunar: Iterable[tuple[date, str]] = (),
    ) -> None:
        self._overrides = dict(overrides or {})
        self._year_files = dict(year_files or {})
        self._imported = {day.year for day in self._year_files if day.month <= 2}
        self._festivals = {festival.id: festival for festival in festivals}
        self._moving: dict[date, list[str]] = {}
        for day, name in lunar:
            self._moving.setdefault(day, []).append(name)
        self._statutory = {
            day + timedelta(days=shift)
            for day, names in self._moving.items()
            for name in names
            for shift in _STATUTORY_MOVING.get(name, ())
        }
        self._days: dict[date, Day] = {}
        self._years: dict[int, list[int]] = {}

    def day(self, day: date) -> Day:
        known = self._days.get(day)
        if known is None:
            known = self._days[day] = self._look_up(day)
        return known

    def year_published(self, year: int) -> bool:
        """Whether the State Council's notice for this year is known (every notice begins with 元旦 and 春节)."""
        return year in self._imported or _published(date(year, 1, 1)) is not None

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days there are after the first date, up to the second, itself included."""
        if until <= after:
            return 0
        whole = sum(self._year(year)[-1] for year in range(after.year, until.year))
        return whole + self._in_year(until) - self._in_year(after)

    def _in_year(self, day: date) -> int:
        return self._year(day.year)[day.timetuple().tm_yday - 1]

    def _year(self, year: int) -> list[int]:
        """For each day of the year the working days up to it."""
        counts = self._years.get(year)
        if counts is None:
            first = date(year, 1, 1).toordinal()
            span = date(year, 12, 31).toordinal() - first + 1
            working = (self.day(date.fromordinal(first + n)).working for n in range(span))
            counts = self._years[year] = list(accumulate(working))
        return counts

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after the day; before it, if the count is negative."""
        step = ONE_DAY if count > 0 else -ONE_DAY
        while count:
            day += step
            count -= (1 if count > 0 else -1) * self.day(day).working
        return day

    def next_working(self, day: date) -> date:
        return self.add_working_days(day, 1)

    def previous_working(self, day: date) -> date:
        return self.add_working_days(day, -1)

    def festivals_on(self, day: date) -> tuple[Festival, ...]:
        moving = self._moving.get(day, ())
        return tuple(
            festival
            for festival in self._festivals.values()
            if festival.id in moving
            or (festival.calendar == "solar" and (festival.month, festival.day) == (day.month, day.day))
        )

    def festivals_sent_on(self, day: date) -> tuple[Festival, ...]:
        """The festivals whose greeting goes out on this day: its own, then those of the days off after it."""
        if not self.day(day).working:
            return ()
        span = (self.next_working(day) - day).days
        return tuple(f for step in range(span) for f in self.festivals_on(day + timedelta(days=step)))

    def _look_up(self, day: date) -> Day:
        weekend = day.weekday() >= 5
        if day in self._overrides:
            return Day(day, not self._overrides[day], False, Reason.OVERRIDE)
        off = self._year_files[day] if day in self._year_files else _published(day)
        if off is not None and off != weekend:
            return Day(day, not off, False, Reason.PUBLISHED_OFF if off else Reason.PUBLISHED_WORK)
        provisional = off is None and not self.year_published(day.year)
        if provisional and self._is_statutory(day):
            return Day(day, False, True, Reason.STATUTORY)
        return Day(day, not weekend, provisional, Reason.WEEKEND if weekend else Reason.WEEKDAY)

    def _is_statutory(self, day: date) -> bool:
        return (day.month, day.day) in _STATUTORY_SOLAR or day in self._statutory


def _published(day: date) -> bool | None:
    """Whether the published table has the day off; None where the table has not got that far."""
    try:
        return not chinese_calendar.is_workday(day)
    except NotImplementedError:
        return None


def local_instant(day: date, at: time, zone: str) -> datetime:
    """The instant (UTC) of a local time: of two the first; in a gap, the first valid minute after it."""
    place = ZoneInfo(zone)
    wall = datetime.combine(day, at.replace(fold=0, tzinfo=None))
    for _ in range(2 * 24 * 60):
        instant = wall.replace(tzinfo=place).astimezone(UTC)
        if instant.astimezone(place).replace(tzinfo=None) == wall:
            return instant
        wall = wall.replace(second=0, microsecond=0) + timedelta(minutes=1)
    raise ValueError(f"{zone} has no such day")
