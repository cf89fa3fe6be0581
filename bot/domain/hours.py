"""Volunteer hours: what is refused or flagged, which state follows which act, how minutes are shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from storage.records import Checkin, CheckinState

DAY = 24 * 60
UNDO_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Draft:
    """A check-in as the person gave it; starts_at and ends_at are minutes of the day, both or neither."""

    service_date: date
    minutes: int
    starts_at: int | None = None
    ends_at: int | None = None  # not after starts_at: it ended on the following day
    text: str = ""


class Refusal(StrEnum):
    NOT_POSITIVE = "not_positive"
    FUTURE = "future"
    NOT_BEGUN = "not_begun"  # a stretch of today that is still to come
    TOO_EARLY = "too_early"
    OVER_MAX = "over_max"


class Flag(StrEnum):
    OVER_CAP = "over_cap"
    LATE = "late"
    OVERLAP = "overlap"


@dataclass(frozen=True, slots=True)
class HourRules:
    cap_day_minutes: int
    max_day_minutes: int
    late_days: int
    period_start: date


@dataclass(frozen=True, slots=True)
class Verdict:
    refusal: Refusal | None = None
    flags: frozenset[Flag] = frozenset()


class WorkingDays(Protocol):
    def working_days_between(self, after: date, until: date) -> int: ...


def around(day: date) -> tuple[date, date, date]:
    """The days on which something may overlap with what was done on this one: both may go past midnight."""
    return day - timedelta(days=1), day, day + timedelta(days=1)


def judge(
    draft: Draft,
    others: Iterable[Checkin],
    rules: HourRules,
    today: date,
    calendar: WorkingDays,
    minute: int = DAY,
) -> Verdict:
    """Others: what that person has on the days around, the record itself left out; minute: how far today has come."""
    counted = [other for other in others if other.state.counts_towards_day]
    total = draft.minutes + sum(other.minutes for other in counted if other.service_date == draft.service_date)
    refusal = _refusal(draft, total, rules, today, minute)
    if refusal:
        return Verdict(refusal)
    flags = set()
    if total > rules.cap_day_minutes:
        flags.add(Flag.OVER_CAP)
    if calendar.working_days_between(draft.service_date, today) > rules.late_days:
        flags.add(Flag.LATE)
    if any(_overlap(draft, other) for other in counted):
        flags.add(Flag.OVERLAP)
    return Verdict(flags=frozenset(flags))


def earliest(period_start: date) -> date:
    """The first service date that is still taken: the period's start minus a year."""
    year = max(period_start.year - 1, 1)
    if (period_start.month, period_start.day) == (2, 29):
        return date(year, 2, 28)
    return period_start.replace(year=year)


def _refusal(draft: Draft, total: int, rules: HourRules, today: date, minute: int) -> Refusal | None:
    if draft.minutes <= 0:
        return Refusal.NOT_POSITIVE
    if draft.service_date > today:
        return Refusal.FUTURE
    if draft.service_date == today and draft.starts_at is not None and draft.starts_at > minute:
        return Refusal.NOT_BEGUN
    if draft.service_date < earliest(rules.period_start):
        return Refusal.TOO_EARLY
    return Refusal.OVER_MAX if total > rules.max_day_minutes else None


def _overlap(draft: Draft, other: Checkin) -> bool:
    if draft.starts_at is None or draft.ends_at is None or other.starts_at is None or other.ends_at is None:
        return False
    other_starts = other.starts_at + (other.service_date - draft.service_date).days * DAY
    mine_end = draft.starts_at + _length(draft.starts_at, draft.ends_at)
    other_end = other_starts + _length(other.starts_at, other.ends_at)
    return draft.starts_at < other_end and other_starts < mine_end


def _length(starts_at: int, ends_at: int) -> int:
    return ends_at - starts_at if ends_at > starts_at else ends_at + DAY - starts_at


class Act(StrEnum):
    CHANGE = "change"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"
    RETURN = "return"
    ASK = "ask"
    RESUBMIT = "resubmit"
    UNDO = "undo"
    VOID = "void"


class Who(StrEnum):
    SELF = "self"
    REVIEWER = "reviewer"
    OFFICE = "office"


WHO_MAY: Mapping[Act, Who] = MappingProxyType(
    {
        Act.CHANGE: Who.SELF,
        Act.WITHDRAW: Who.SELF,
        Act.RESUBMIT: Who.SELF,
        Act.CONFIRM: Who.REVIEWER,
        Act.RETURN: Who.REVIEWER,
        Act.ASK: Who.REVIEWER,
        Act.UNDO: Who.REVIEWER,
        Act.VOID: Who.OFFICE,
    }
)
NEEDS_REASON = frozenset({Act.RETURN, Act.ASK, Act.VOID})

_S = CheckinState
# A change of what was asked about or returned goes back to the reviewer by itself: one tap less.
TRANSITIONS: Mapping[tuple[CheckinState, Act], CheckinState] = MappingProxyType(
    {
        (_S.SUBMITTED, Act.CHANGE): _S.SUBMITTED,
        (_S.MORE_INFO, Act.CHANGE): _S.SUBMITTED,
        (_S.RETURNED, Act.CHANGE): _S.SUBMITTED,
        (_S.MORE_INFO, Act.RESUBMIT): _S.SUBMITTED,
        (_S.RETURNED, Act.RESUBMIT): _S.SUBMITTED,
        (_S.SUBMITTED, Act.WITHDRAW): _S.WITHDRAWN,
        (_S.MORE_INFO, Act.WITHDRAW): _S.WITHDRAWN,
        (_S.SUBMITTED, Act.CONFIRM): _S.CONFIRMED,
        (_S.SUBMITTED, Act.RETURN): _S.RETURNED,
        (_S.SUBMITTED, Act.ASK): _S.MORE_INFO,
        (_S.CONFIRMED, Act.UNDO): _S.SUBMITTED,
        (_S.CONFIRMED, Act.VOID): _S.VOIDED,
    }
)


def next_state(
    state: CheckinState, act: Act, *, since_confirmed: timedelta | None = None, votes_missing: int = 0
) -> CheckinState | None:
    """The state after the act, or None where it is not allowed.

    votes_missing: reviewers who must still agree after this vote (see votes_needed): it stays submitted.
    """
    if act is Act.UNDO and (since_confirmed is None or since_confirmed > UNDO_WITHIN):
        return None
    if act is Act.CONFIRM and votes_missing > 0 and state is CheckinState.SUBMITTED:
        return CheckinState.SUBMITTED
    return TRANSITIONS.get((state, act))


def acts_of(state: CheckinState, who: Who) -> tuple[Act, ...]:
    """What buttons a record in this state has for this one (undo only while its ten minutes last)."""
    return tuple(act for act in Act if WHO_MAY[act] is who and (state, act) in TRANSITIONS)


def votes_needed(flags: Iterable[Flag]) -> int:
    """How many different reviewers must confirm."""
    return 2 if Flag.OVER_CAP in flags else 1


class Rounding(StrEnum):
    HALF_HOUR_FLOOR = "half_hour_floor"
    EXACT = "exact"


def shown(minutes: int, rounding: Rounding) -> int:
    """The minutes to show: a sum is rounded once, here, never its parts."""
    return minutes // 30 * 30 if rounding is Rounding.HALF_HOUR_FLOOR else minutes


def decimal_hours(minutes: int, rounding: Rounding) -> str:
    """Hours with at most two decimals: 2.5, 3, 1.67."""
    hundredths = (shown(minutes, rounding) * 100 + 30) // 60
    whole, part = divmod(hundredths, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".")
