"""Rates, heads and hours by department, with the worked example, and what a small department hides."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.participation import Line, Member, Report, hide_small, summarise
from bot.domain.periods import Kind, period_of
from storage.records import Department, PersonStatus

YEAR = period_of(Kind.YEAR, date(2026, 12, 31))
GENERAL = Department(1, None, "综合处", "综合处", "/1/")
OFFICE = Department(2, 1, "办公室", "综合处/办公室", "/1/2/")
ARCHIVE = Department(3, 2, "档案室", "综合处/办公室/档案室", "/1/2/3/")
ENFORCEMENT = Department(10, None, "执法处", "执法处", "/10/")
LATER = Department(11, 1, "后设科", "综合处/后设科", "/1/11/")
A, OUT = PersonStatus.ACTIVE, PersonStatus.RETIRED


def people(department: Department, *ids: int, status: PersonStatus = A) -> list[Member]:
    return [Member(number, department.id, status) for number in ids]


def report(departments, persons, came, sums, scope=None, target=30, small=5) -> Report:
    return summarise(
        departments,
        persons,
        came,
        sums,
        scope,
        org="示例单位",
        period=YEAR,
        target=target,
        as_of=YEAR.end,
        small=small,
    )


def line(people: int, participants: int = 0, name: str = "", department: int = 1) -> Line:
    return Line(department, name, people, participants, participants * 60, participants)


def test_the_worked_example_of_the_mover_and_the_leaver() -> None:
    """综合处: ten in post, three volunteered, one of them came in July; a fourth retired in May."""
    departments = [GENERAL, ENFORCEMENT]
    mover, retired = 3, 11
    persons = [
        *people(GENERAL, *range(1, 11)),
        *people(GENERAL, retired, status=OUT),
        *people(ENFORCEMENT, 20),
    ]
    sums = {
        GENERAL.id: (120 + 60 + 90 + 180, 4),  # two of its own, the mover in September, the leaver in April
        ENFORCEMENT.id: (240, 1),  # the mover in March
    }
    result = report(departments, persons, {1, 2, mover, retired}, sums)
    general, enforcement = result.lines
    assert (general.participants, general.people, general.percent) == (3, 10, "30.0")
    assert (general.needed(30), general.missing(30), general.met(30)) == (3, 0, True)
    assert (general.minutes, general.times) == (450, 4)
    assert (enforcement.participants, enforcement.people) == (0, 1)
    assert enforcement.minutes == 240
    assert (result.total.participants, result.total.people, result.total.minutes) == (3, 11, 690)


@pytest.mark.parametrize(
    ("title", "status", "counted"),
    [
        ("at work", PersonStatus.ACTIVE, 1),
        ("on leave", PersonStatus.ON_LEAVE, 1),
        ("away from his post", PersonStatus.AWAY, 0),
        ("gone", PersonStatus.LEFT, 0),
        ("retired", PersonStatus.RETIRED, 0),
    ],
)
def test_in_post_are_those_at_work_and_those_on_leave(title: str, status: PersonStatus, counted: int) -> None:
    result = report([GENERAL], people(GENERAL, 1, status=status), {1}, {})
    assert (result.total.people, result.total.participants) == (counted, counted), title


@pytest.mark.parametrize(
    ("n", "of", "percent"),
    [
        (3, 10, "30.0"),
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (0, 7, "0.0"),
        (7, 7, "100.0"),
        (1, 16, "6.3"),
        (0, 0, None),
    ],
)
def test_the_rate_has_one_decimal(n: int, of: int, percent: str | None) -> None:
    assert line(of, n).percent == percent


@pytest.mark.parametrize(
    ("n", "of", "target", "needed", "missing", "met"),
    [
        (13, 45, 30, 14, 1, False),  # 13.5 heads are fourteen
        (14, 45, 30, 14, 0, True),
        (3, 10, 30, 3, 0, True),
        (9, 10, 30, 3, 0, True),
        (0, 10, 0, 0, 0, True),
        (99, 100, 100, 100, 1, False),
        (749, 2500, 30, 750, 1, False),  # shown as 30.0 %, but not met
        (0, 0, 30, 0, 0, None),
    ],
)
def test_heads_needed_and_missing(n: int, of: int, target: int, needed: int, missing: int, met: bool | None) -> None:
    one = line(of, n)
    assert (one.needed(target), one.missing(target), one.met(target)) == (needed, missing, met)


@given(st.integers(0, 5000), st.integers(0, 100), st.data())
def test_the_rate_never_passes_100_and_missing_none_means_met(of: int, target: int, data: st.DataObject) -> None:
    one = line(of, data.draw(st.integers(0, of)))
    if of == 0:
        assert (one.percent, one.met(target)) == (None, None)
        return
    assert one.percent is not None
    assert 0 <= float(one.percent) <= 100
    assert (one.missing(target) == 0) == one.met(target)
    assert one.needed(target) <= of


def test_sub_departments_count_in_those_above_them_and_each_person_once() -> None:
    departments = [ENFORCEMENT, ARCHIVE, LATER, OFFICE, GENERAL]
    persons = [*people(GENERAL, 1), *people(OFFICE, 2, 3), *people(ARCHIVE, 4), *people(ENFORCEMENT, 5)]
    result = report(departments, persons, [1, 4, 4, 5], {1: (10, 1), 2: (20, 2), 3: (40, 3), 10: (80, 4)})
    assert [(one.name, one.people, one.participants, one.minutes, one.times) for one in result.lines] == [
        ("综合处", 4, 2, 70, 6),
        ("执法处", 1, 1, 80, 4),
    ]
    assert (result.total.people, result.total.participants, result.total.minutes) == (5, 3, 150)
    assert (result.scope, result.total.name, result.total.department_id) == ("示例单位", "示例单位", None)


def test_a_department_s_report_shows_its_own_people_and_the_departments_directly_below() -> None:
    departments = [ENFORCEMENT, ARCHIVE, LATER, OFFICE, GENERAL]
    persons = [*people(GENERAL, 1), *people(OFFICE, 2, 3), *people(ARCHIVE, 4), *people(ENFORCEMENT, 5)]
    result = report(departments, persons, {1, 4}, {}, scope=GENERAL.id)
    assert [(one.name, one.own, one.people) for one in result.lines] == [
        ("综合处", True, 1),
        ("办公室", False, 3),
        ("后设科", False, 0),
    ]
    assert (result.total.people, result.total.participants) == (4, 2)
    assert sum(one.people for one in result.lines) == result.total.people


def test_a_department_without_sub_departments_has_only_its_total() -> None:
    result = report([GENERAL, OFFICE, ARCHIVE], people(ARCHIVE, 1, 2), {1}, {}, scope=ARCHIVE.id)
    assert result.lines == ()
    assert (result.scope, result.total.people) == ("综合处/办公室/档案室", 2)


def test_a_department_that_is_not_there_is_an_error_and_not_the_whole_unit() -> None:
    with pytest.raises(KeyError):
        report([GENERAL], [], set(), {}, scope=99)


def test_ten_thousand_people_in_two_hundred_departments_add_up() -> None:
    departments = [Department(n, None, f"{n}", f"{n}", f"/{n}/") for n in range(1, 201)]
    persons = [Member(n, n % 200 + 1, A) for n in range(10_000)]
    result = report(departments, persons, set(range(0, 10_000, 3)), {})
    assert result.total.people == sum(one.people for one in result.lines) == 10_000
    assert result.total.participants == sum(one.participants for one in result.lines) == 3334


def lines(*counts: int) -> Report:
    members = tuple(line(count, min(count, 1), department=at) for at, count in enumerate(counts, 1))
    total = Line(None, "示例单位", sum(counts), len(counts), 0, 0)
    return Report("示例单位", "示例单位", YEAR, 30, total, members, YEAR.end, 5)


@pytest.mark.parametrize(
    ("title", "counts", "led", "hidden"),
    [
        ("nothing is hidden where all are large", (5, 9, 20), set(), set()),
        ("two small ones hide each other", (4, 3, 20), set(), {1, 2}),
        ("one small one takes the next smallest along", (4, 20, 9), set(), {1, 3}),
        ("of two next smallest the first", (9, 4, 9), set(), {1, 2}),
        ("what the reader leads is shown to him", (4, 20, 9), {1}, set()),
        ("and cannot cover for another", (4, 6, 9), {2}, {1, 3}),
        ("an empty one covers nobody", (4, 0, 20, 9), set(), {1, 2, 4}),
        ("an empty one alone gives nothing away", (0, 20, 9), set(), {1}),
        ("all are small", (1, 2, 3), set(), {1, 2, 3}),
    ],
)
def test_small_departments_are_hidden(title: str, counts: tuple[int, ...], led: set[int], hidden: set[int]) -> None:
    seen = hide_small(lines(*counts), 5, may_see_small=False, led=led)
    assert {at for at, one in enumerate(seen.lines, 1) if one.hidden} == hidden, title
    assert not seen.total.hidden


def test_those_who_may_see_small_departments_see_all() -> None:
    whole = lines(1, 20)
    assert hide_small(whole, 5, may_see_small=True, led=set()) == whole


def test_a_hidden_line_keeps_no_figure() -> None:
    seen = hide_small(lines(4, 20, 9), 5, may_see_small=False, led=set()).lines[0]
    assert (seen.people, seen.participants, seen.minutes, seen.times) == (0, 0, 0, 0)
    assert (seen.percent, seen.met(30)) == (None, None)


def test_where_nothing_can_cover_the_one_hidden_line_the_total_is_hidden() -> None:
    seen = hide_small(lines(4), 5, may_see_small=False, led=set())
    assert seen.lines[0].hidden
    assert seen.total.hidden


def test_a_small_empty_department_with_a_leaver_s_hours_is_covered_too() -> None:
    whole = lines(0, 20, 9)
    left = replace(whole, lines=(replace(whole.lines[0], minutes=60, times=1), *whole.lines[1:]))
    seen = hide_small(left, 5, may_see_small=False, led=set())
    assert [one.hidden for one in seen.lines] == [True, False, True]


def test_a_small_department_s_own_report_is_hidden_from_those_who_do_not_lead_it() -> None:
    own = report([GENERAL], people(GENERAL, 1, 2, 3), {1}, {}, scope=GENERAL.id)
    assert hide_small(own, 5, may_see_small=False, led=set()).total.hidden
    assert not hide_small(own, 5, may_see_small=False, led={GENERAL.id}).total.hidden


@given(st.lists(st.integers(0, 12), max_size=8), st.integers(1, 8))
def test_no_single_hidden_department_follows_from_the_total(counts: list[int], small: int) -> None:
    whole = lines(*counts)
    seen = hide_small(whole, small, may_see_small=False, led=set())
    covered = [at for at, one in enumerate(seen.lines) if one.hidden and counts[at] > 0]
    assert seen.total.hidden or len(covered) != 1
    assert all(one.hidden for one in seen.lines if one.people < small)
