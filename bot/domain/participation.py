"""Participation: rates, heads still missing, department lines, and what small departments hide."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.periods import Period
from storage.records import Department, PersonStatus


@dataclass(frozen=True, slots=True)
class Line:
    """What one department (its sub-departments included) or a total comes to."""

    department_id: int | None
    name: str
    people: int  # N
    participants: int  # n
    minutes: int
    times: int  # 人次
    hidden: bool = False
    own: bool = False  # the scope's own people, those in none of its sub-departments

    @property
    def percent(self) -> str | None:
        """n/N with one decimal, half up; None where there is nobody (暂无数据)."""
        if self.hidden or self.people == 0:
            return None
        whole, tenth = divmod((self.participants * 2000 + self.people) // (2 * self.people), 10)
        return f"{whole}.{tenth}"

    def needed(self, target: int) -> int:
        """Heads that make the target: ceil(target x N)."""
        return -(-target * self.people // 100)

    def missing(self, target: int) -> int:
        return max(0, self.needed(target) - self.participants)

    def met(self, target: int) -> bool | None:
        if self.hidden or self.people == 0:
            return None
        return self.participants * 100 >= target * self.people


@dataclass(frozen=True, slots=True)
class Report:
    org: str
    scope: str  # the department's path, or the unit's name
    period: Period
    target: int  # percent
    total: Line
    lines: tuple[Line, ...]
    as_of: date
    small: int


@dataclass(frozen=True, slots=True)
class Member:
    """A person as he was on the report's date."""

    id: int
    department_id: int
    status: PersonStatus


def summarise(
    departments: Sequence[Department],
    people: Iterable[Member],
    participants: Collection[int],
    sums: Mapping[int, tuple[int, int]],
    scope_department_id: int | None = None,
    *,
    org: str,
    period: Period,
    target: int,
    as_of: date,
    small: int,
) -> Report:
    """The scope's total and the departments directly below it.

    people: everybody as of the report's date, in post or not. participants: ids of those with a confirmed
    check-in in the period. sums: minutes and 人次 of confirmed check-ins by department of the service date.
    """
    own = _own_cells(departments, people, participants, sums)
    scope = next((d for d in departments if d.id == scope_department_id), None)
    if scope is None and scope_department_id is not None:
        raise KeyError(scope_department_id)
    inside = [d for d in departments if scope is None or d.trail.startswith(scope.trail)]
    ordered = sorted(inside, key=_tree_order)
    below = [(d, _total(own, _subtree(ordered, d))) for d in ordered if d.parent_id == scope_department_id]
    # A closed department stands where it has a past, and nowhere else.
    lines = [_line(d, cell) for d, cell in below if d.closed_on is None or cell != _Cell()]
    if scope and lines and own[scope.id] != _Cell():
        lines.insert(0, replace(_line(scope, own[scope.id]), own=True))
    total = _total(own, inside)
    name = scope.name if scope else org
    return Report(
        org=org,
        scope=scope.path if scope else org,
        period=period,
        target=target,
        total=Line(scope_department_id, name, total.people, total.participants, total.minutes, total.times),
        lines=tuple(lines),
        as_of=as_of,
        small=small,
    )


def every_line(
    departments: Sequence[Department],
    people: Iterable[Member],
    participants: Collection[int],
    sums: Mapping[int, tuple[int, int]],
) -> tuple[tuple[Department, Line], ...]:
    """Each department with all below it, in the tree's order: what a report of each would have as its total."""
    own = _own_cells(departments, people, participants, sums)
    totals = dict.fromkeys((department.id for department in departments), _Cell())
    for department in departments:
        for above in _tree_order(department):
            totals[above] = totals[above].plus(own[department.id])
    ordered = sorted(departments, key=_tree_order)
    # A closed department stands where it has a past, and nowhere else.
    return tuple((d, _line(d, totals[d.id])) for d in ordered if d.closed_on is None or totals[d.id] != _Cell())


def _own_cells(
    departments: Iterable[Department],
    people: Iterable[Member],
    participants: Collection[int],
    sums: Mapping[int, tuple[int, int]],
) -> dict[int, "_Cell"]:
    """What each department comes to by itself."""
    members: dict[int, list[int]] = {}
    for person in people:
        if person.status.in_post:
            members.setdefault(person.department_id, []).append(person.id)
    came = participants if isinstance(participants, AbstractSet) else frozenset(participants)
    return {
        department.id: _Cell.of(members.get(department.id, ()), came, sums.get(department.id, (0, 0)))
        for department in departments
    }


def hide_small(report: Report, small: int, may_see_small: bool, led: AbstractSet[int]) -> Report:
    """The report as this reader may see it; hidden lines lose their figures, so nothing can leak from them.

    led: the departments the reader leads, sub-departments included.
    """
    if may_see_small:
        return report
    lines = report.lines
    open_to = [line.people >= small or line.department_id in led for line in lines]
    hidden = {at for at, may_see in enumerate(open_to) if not may_see}
    # The total less all that is shown would give a single hidden line away; an empty one covers none.
    alone = sum(lines[at].people > 0 or lines[at].times > 0 for at in hidden) == 1
    if alone:
        cover = [at for at, line in enumerate(lines) if _may_cover(line, led) and at not in hidden]
        hidden |= set(sorted(cover, key=lambda at: lines[at].people)[:1])
        alone = not cover
    total = report.total
    is_small = total.department_id is not None and total.people < small and total.department_id not in led
    return replace(
        report,
        total=_blank(total) if alone or is_small else total,
        lines=tuple(_blank(line) if at in hidden else line for at, line in enumerate(lines)),
    )


def _may_cover(line: Line, led: AbstractSet[int]) -> bool:
    return line.people > 0 and line.department_id not in led


def _blank(line: Line) -> Line:
    return replace(line, people=0, participants=0, minutes=0, times=0, hidden=True)


@dataclass(frozen=True, slots=True)
class _Cell:
    people: int = 0
    participants: int = 0
    minutes: int = 0
    times: int = 0

    @classmethod
    def of(cls, ids: Collection[int], came: AbstractSet[int], hours: tuple[int, int]) -> "_Cell":
        return cls(len(ids), sum(person in came for person in ids), *hours)

    def plus(self, other: "_Cell") -> "_Cell":
        return _Cell(
            self.people + other.people,
            self.participants + other.participants,
            self.minutes + other.minutes,
            self.times + other.times,
        )


def _total(own: Mapping[int, _Cell], departments: Iterable[Department]) -> _Cell:
    cells = [own[department.id] for department in departments]
    return _Cell(
        sum(cell.people for cell in cells),
        sum(cell.participants for cell in cells),
        sum(cell.minutes for cell in cells),
        sum(cell.times for cell in cells),
    )


def _subtree(departments: Iterable[Department], top: Department) -> list[Department]:
    return [department for department in departments if department.trail.startswith(top.trail)]


def _tree_order(department: Department) -> tuple[int, ...]:
    return tuple(int(part) for part in department.trail.split("/") if part)


def _line(department: Department, cell: _Cell) -> Line:
    return Line(department.id, department.name, cell.people, cell.participants, cell.minutes, cell.times)
