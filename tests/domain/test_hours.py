"""Hours as tables: every refusal, every flag, every state and act, and what is shown."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import load
from bot.domain.hours import (
    NEEDS_REASON,
    WHO_MAY,
    Act,
    Draft,
    Flag,
    HourRules,
    Refusal,
    Rounding,
    Who,
    acts_of,
    decimal_hours,
    earliest,
    judge,
    next_state,
    shown,
    votes_needed,
)
from storage.records import Checkin, CheckinState

S = CheckinState
TODAY = date(2026, 11, 20)  # a Friday
RULES = HourRules(cap_day_minutes=480, max_day_minutes=1440, late_days=10, period_start=date(2026, 1, 1))
CALENDAR = load().calendar()


def record(minutes: int = 60, state: S = S.SUBMITTED, at: tuple[int, int] | None = None, days: int = 0) -> Checkin:
    starts, ends = at or (None, None)
    return Checkin(1, 1, 1, TODAY + timedelta(days=days), minutes, starts, ends, "", state, "", 1, 0)


NIGHT = record(240, at=(22 * 60, 2 * 60), days=-1)  # of yesterday, until two today
MORNING = record(120, at=(60, 180), days=1)  # of tomorrow, from one


def verdict(draft: Draft, *others: Checkin, rules: HourRules = RULES):
    return judge(draft, others, rules, TODAY, CALENDAR)


@pytest.mark.parametrize(
    ("title", "draft", "others", "refusal"),
    [
        ("today is taken", Draft(TODAY, 60), (), None),
        ("tomorrow is refused", Draft(TODAY + timedelta(days=1), 60), (), Refusal.FUTURE),
        ("no hours at all are refused", Draft(TODAY, 0), (), Refusal.NOT_POSITIVE),
        ("less than none are refused", Draft(TODAY, -180), (), Refusal.NOT_POSITIVE),
        ("a whole day of 24 hours is taken", Draft(TODAY, 1440), (), None),
        ("a minute more than 24 hours is refused", Draft(TODAY, 1441), (), Refusal.OVER_MAX),
        ("a day is summed over its records", Draft(TODAY, 841), (record(600),), Refusal.OVER_MAX),
        ("what waits for an answer counts", Draft(TODAY, 841), (record(600, S.MORE_INFO),), Refusal.OVER_MAX),
        ("what is confirmed counts", Draft(TODAY, 841), (record(600, S.CONFIRMED),), Refusal.OVER_MAX),
        ("what was returned does not count", Draft(TODAY, 841), (record(600, S.RETURNED),), None),
        ("what was withdrawn does not count", Draft(TODAY, 841), (record(600, S.WITHDRAWN),), None),
        ("what was voided does not count", Draft(TODAY, 841), (record(600, S.VOIDED),), None),
        ("the day before is another day", Draft(TODAY, 841), (record(600, days=-1),), None),
        ("the day after too", Draft(TODAY, 841), (record(600, days=1),), None),
        ("a year before the period's start is taken", Draft(date(2025, 1, 1), 60), (), None),
        ("a day before that is refused", Draft(date(2024, 12, 31), 60), (), Refusal.TOO_EARLY),
    ],
)
def test_a_check_in_is_refused_when_it_cannot_be(
    title: str, draft: Draft, others: tuple[Checkin, ...], refusal: Refusal | None
) -> None:
    result = verdict(draft, *others)
    assert result.refusal is refusal, title
    assert refusal is None or result.flags == frozenset()


@pytest.mark.parametrize(
    ("title", "draft", "others", "flags"),
    [
        ("eight hours are ordinary", Draft(TODAY, 480), (), set()),
        ("a minute more is for two reviewers", Draft(TODAY, 481), (), {Flag.OVER_CAP}),
        ("the day's sum is what is capped", Draft(TODAY, 241), (record(240),), {Flag.OVER_CAP}),
        ("returned hours are not in that sum", Draft(TODAY, 241), (record(240, S.RETURNED),), set()),
        # From Monday 9 to Friday 20 November there are ten working days.
        ("ten working days ago is in time", Draft(date(2026, 11, 6), 60), (), set()),
        ("eleven working days ago is late", Draft(date(2026, 11, 5), 60), (), {Flag.LATE}),
        ("touching is no overlap", Draft(TODAY, 60, 600, 660), (record(60, at=(660, 720)),), set()),
        ("sharing a minute is", Draft(TODAY, 61, 600, 661), (record(60, at=(660, 720)),), {Flag.OVERLAP}),
        ("inside one another is", Draft(TODAY, 60, 600, 660), (record(300, at=(540, 840)),), {Flag.OVERLAP}),
        ("without a start on one side nothing is", Draft(TODAY, 60), (record(60, at=(0, 1439)),), set()),
        ("without a start on the other neither", Draft(TODAY, 60, 600, 660), (record(60),), set()),
        (
            "with a withdrawn record neither",
            Draft(TODAY, 60, 1, 61),
            (record(60, S.WITHDRAWN, (1, 61)),),
            set(),
        ),
        ("past midnight is", Draft(TODAY, 180, 1320, 60), (record(30, at=(1400, 1430)),), {Flag.OVERLAP}),
        (
            "a past-midnight end is no early one",
            Draft(TODAY, 180, 1320, 60),
            (record(30, at=(0, 30)),),
            set(),
        ),
        ("what the night before reaches into is", Draft(TODAY, 120, 60, 180), (NIGHT,), {Flag.OVERLAP}),
        ("where the night before ends it may begin", Draft(TODAY, 60, 120, 180), (NIGHT,), set()),
        (
            "the day before without its night is not",
            Draft(TODAY, 60, 60, 120),
            (record(60, at=(60, 120), days=-1),),
            set(),
        ),
        ("a night that reaches into the next day is", Draft(TODAY, 240, 1320, 120), (MORNING,), {Flag.OVERLAP}),
        ("one that ends before is not", Draft(TODAY, 180, 1320, 60), (MORNING,), set()),
        ("a night that was withdrawn is not", Draft(TODAY, 120, 60, 180), (replace(NIGHT, state=S.WITHDRAWN),), set()),
        ("hours of the day before are not in the sum", Draft(TODAY, 241), (record(240, days=-1),), set()),
    ],
)
def test_a_check_in_is_flagged_for_the_reviewer(
    title: str, draft: Draft, others: tuple[Checkin, ...], flags: set[Flag]
) -> None:
    result = verdict(draft, *others)
    assert (result.refusal, result.flags) == (None, flags), title


@pytest.mark.parametrize(
    ("title", "draft", "minute", "refusal"),
    [
        ("what begins after now is refused", Draft(TODAY, 150, 840, 990), 839, Refusal.NOT_BEGUN),
        ("a night of today in the morning too", Draft(TODAY, 120, 1380, 60), 545, Refusal.NOT_BEGUN),
        ("what begins now is taken", Draft(TODAY, 150, 840, 990), 840, None),
        ("yesterday's evening is taken", Draft(TODAY - timedelta(days=1), 120, 1380, 60), 545, None),
        ("without a beginning nobody can tell", Draft(TODAY, 480), 60, None),
    ],
)
def test_what_is_still_to_come_today_is_refused(title: str, draft: Draft, minute: int, refusal: Refusal | None) -> None:
    assert judge(draft, (), RULES, TODAY, CALENDAR, minute).refusal is refusal, title


def test_late_days_skip_a_long_holiday() -> None:
    # The 2026 National Day holiday is 1 to 7 October; Saturday the 10th is worked.
    result = judge(Draft(date(2026, 9, 25), 60), (), RULES, date(2026, 10, 15), CALENDAR)
    assert result.flags == frozenset()
    result = judge(Draft(date(2026, 9, 25), 60), (), RULES, date(2026, 10, 16), CALENDAR)
    assert result.flags == {Flag.LATE}


def test_a_period_that_starts_on_29_february_reaches_back_to_28() -> None:
    assert earliest(date(2028, 2, 29)) == date(2027, 2, 28)


ALLOWED = {
    (S.SUBMITTED, Act.CHANGE): S.SUBMITTED,
    (S.SUBMITTED, Act.WITHDRAW): S.WITHDRAWN,
    (S.SUBMITTED, Act.CONFIRM): S.CONFIRMED,
    (S.SUBMITTED, Act.RETURN): S.RETURNED,
    (S.SUBMITTED, Act.ASK): S.MORE_INFO,
    (S.MORE_INFO, Act.CHANGE): S.SUBMITTED,
    (S.MORE_INFO, Act.WITHDRAW): S.WITHDRAWN,
    (S.MORE_INFO, Act.RESUBMIT): S.SUBMITTED,
    (S.RETURNED, Act.CHANGE): S.SUBMITTED,
    (S.RETURNED, Act.RESUBMIT): S.SUBMITTED,
    (S.CONFIRMED, Act.UNDO): S.SUBMITTED,
    (S.CONFIRMED, Act.VOID): S.VOIDED,
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("act", Act)
def test_only_the_acts_of_the_table_lead_anywhere(state: S, act: Act) -> None:
    assert next_state(state, act, since_confirmed=timedelta(minutes=1)) == ALLOWED.get((state, act))


@pytest.mark.parametrize(
    ("since", "state"),
    [
        (timedelta(0), S.SUBMITTED),
        (timedelta(minutes=10), S.SUBMITTED),
        (timedelta(minutes=10, microseconds=1), None),
        (None, None),
    ],
)
def test_a_slip_is_undone_within_ten_minutes(since: timedelta | None, state: S | None) -> None:
    assert next_state(S.CONFIRMED, Act.UNDO, since_confirmed=since) is state


def test_over_the_cap_the_first_of_two_votes_leaves_it_submitted() -> None:
    assert votes_needed({Flag.LATE}) == 1
    assert votes_needed({Flag.OVER_CAP}) == 2
    assert next_state(S.SUBMITTED, Act.CONFIRM, votes_missing=1) is S.SUBMITTED
    assert next_state(S.SUBMITTED, Act.CONFIRM, votes_missing=0) is S.CONFIRMED
    assert next_state(S.MORE_INFO, Act.CONFIRM, votes_missing=1) is None


@pytest.mark.parametrize(
    ("state", "who", "acts"),
    [
        (S.SUBMITTED, Who.SELF, {Act.CHANGE, Act.WITHDRAW}),
        (S.MORE_INFO, Who.SELF, {Act.CHANGE, Act.WITHDRAW, Act.RESUBMIT}),
        (S.RETURNED, Who.SELF, {Act.CHANGE, Act.RESUBMIT}),
        (S.CONFIRMED, Who.SELF, set()),
        (S.SUBMITTED, Who.REVIEWER, {Act.CONFIRM, Act.RETURN, Act.ASK}),
        (S.CONFIRMED, Who.REVIEWER, {Act.UNDO}),
        (S.CONFIRMED, Who.OFFICE, {Act.VOID}),
        (S.SUBMITTED, Who.OFFICE, set()),
        (S.WITHDRAWN, Who.SELF, set()),
        (S.VOIDED, Who.OFFICE, set()),
    ],
)
def test_each_one_has_the_acts_that_are_his(state: S, who: Who, acts: set[Act]) -> None:
    assert set(acts_of(state, who)) == acts


def test_every_act_has_someone_who_may_and_the_harsh_ones_need_a_reason() -> None:
    assert set(WHO_MAY) == set(Act)
    assert {Act.RETURN, Act.ASK, Act.VOID} == NEEDS_REASON


@pytest.mark.parametrize(
    ("minutes", "rounding", "text"),
    [
        (150, Rounding.HALF_HOUR_FLOOR, "2.5"),
        (179, Rounding.HALF_HOUR_FLOOR, "2.5"),
        (180, Rounding.HALF_HOUR_FLOOR, "3"),
        (29, Rounding.HALF_HOUR_FLOOR, "0"),
        (0, Rounding.EXACT, "0"),
        (600, Rounding.EXACT, "10"),
        (100, Rounding.EXACT, "1.67"),
        (90, Rounding.EXACT, "1.5"),
        (1, Rounding.EXACT, "0.02"),
    ],
)
def test_hours_are_shown_as_decimals(minutes: int, rounding: Rounding, text: str) -> None:
    assert decimal_hours(minutes, rounding) == text


def test_a_sum_is_rounded_once_and_not_its_parts() -> None:
    parts = [20, 20, 20]
    assert shown(sum(parts), Rounding.HALF_HOUR_FLOOR) == 60
    assert sum(shown(part, Rounding.HALF_HOUR_FLOOR) for part in parts) == 0


@given(st.integers(0, 10**9))
def test_what_is_shown_is_never_more_than_was_served_and_less_than_half_an_hour_below(minutes: int) -> None:
    floor = shown(minutes, Rounding.HALF_HOUR_FLOOR)
    assert floor % 30 == 0
    assert 0 <= minutes - floor < 30
    assert shown(minutes, Rounding.EXACT) == minutes
    assert abs(float(decimal_hours(minutes, Rounding.EXACT)) * 60 - minutes) <= 0.31


@given(st.lists(st.integers(1, 900), max_size=5), st.integers(-100, 2000))
def test_a_day_is_refused_exactly_when_its_sum_is_over_the_most(others: list[int], minutes: int) -> None:
    result = verdict(Draft(TODAY, minutes), *(record(other) for other in others))
    total = sum(others) + minutes
    expected = Refusal.NOT_POSITIVE if minutes <= 0 else Refusal.OVER_MAX if total > 1440 else None
    assert result.refusal is expected
    assert (Flag.OVER_CAP in result.flags) == (expected is None and total > 480)
