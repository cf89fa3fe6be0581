"""Reports: which one was asked for, what it counts, and how much of it its reader may see."""

import asyncio
import datetime as dt
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.domain import periods
from bot.domain.access import Action, Actor, scope, within
from bot.domain.campaign import Campaign
from bot.domain.hours import Rounding
from bot.domain.participation import Member, Report, hide_small, summarise
from bot.domain.periods import Period
from bot.services import campaign as campaigns
from bot.services.effects import Outcome
from storage import departments, reports
from storage.engine import Database, Tx
from storage.records import SEVERAL, Department, PersonStatus

WHOLE = 0  # in place of a department's id: the whole unit
EVERYTHING = frozenset({"全部", "全单位", "全体", "所有", "所有部门", "all", "everything", "whole unit"})


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, from where and when."""

    actor: Actor
    org: str  # the unit's name, unless the campaign has one
    now: dt.datetime
    group: bool = False  # asked in a group: everybody there reads the answer

    @property
    def today(self) -> dt.date:
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Summary:
    """One report as its reader may see it, and where one can go from there."""

    report: Report
    department_id: int
    above: int | None  # the next department up that the reader may see; None at the top of what he may see
    has_parts: bool
    rounding: Rounding
    today: dt.date


@dataclass(frozen=True, slots=True)
class Parts:
    """The departments directly below one, to choose from."""

    department_id: int
    name: str
    above: int | None
    period: Period
    parts: Sequence[Department]


async def ask(db: Database, asker: Asker, text: str) -> Summary | Outcome:
    """The report a person asked for in his own words: a period, a department, both or neither."""
    async with db.read(long=True) as tx:
        unit = await _open(tx, asker)
        typed = " ".join(unicodedata.normalize("NFKC", text).split())
        period, rest = (None, "") if unit.named(typed) else periods.split(typed, asker.today)
        found = unit.named(typed) or (unit.find(rest) if rest else [unit.home])
        period = period or unit.campaign.counted_period(asker.today)
        if len(found) != 1:
            return unit.unclear(rest or typed, period, found)
        counted = await _count(tx, unit, found[0], period)
    return await _summed_up(counted)


async def show(db: Database, asker: Asker, period_text: str, department_id: int) -> Summary | Outcome:
    """The report a button names."""
    async with db.read(long=True) as tx:
        unit = await _open(tx, asker)
        period = periods.parse(period_text, asker.today)
        if period is None or not unit.may_see(department_id):
            return unit.unclear("", period or unit.campaign.counted_period(asker.today), [])
        counted = await _count(tx, unit, department_id, period)
    return await _summed_up(counted)


async def choose(db: Database, asker: Asker, period_text: str, department_id: int) -> Parts | Outcome:
    """The departments below this one."""
    async with db.read() as tx:
        unit = await _open(tx, asker)
    period = periods.parse(period_text, asker.today) or unit.campaign.counted_period(asker.today)
    if not unit.may_see(department_id):
        return unit.unclear("", period, [])
    name, parts = unit.name(department_id), unit.parts(department_id)
    return Parts(department_id, name, unit.above(department_id), period, parts)


async def _open(tx: Tx, asker: Asker) -> "_Unit":
    reach = scope(asker.actor, Action.VIEW_REPORT)
    if reach is None:
        raise PermissionError("a report without the right to one")
    tree = {department.id: department for department in await departments.list_all(tx, closed=True)}
    return _Unit(asker, reach, await campaigns.load(tx), tree)


@dataclass(frozen=True, slots=True)
class _Unit:
    """The unit as far as one reader sees it."""

    asker: Asker
    reach: str  # what he may see, a scope; "" for everything
    campaign: Campaign
    tree: Mapping[int, Department]  # all of it, parents first

    @property
    def home(self) -> int:
        """The widest scope: a leader's own department (or the first that he leads), or the whole unit."""
        return self.tops[0] if self.reach else WHOLE

    @property
    def tops(self) -> list[int]:
        """The departments at the top of what he may see; none where that is the whole unit."""
        return [_ids(trail)[-1] for trail in self.reach.split(SEVERAL) if trail]

    @property
    def org(self) -> str:
        return self.campaign.name or self.asker.org

    def may_see(self, department_id: int) -> bool:
        if department_id == WHOLE:
            return self.reach == ""
        department = self.tree.get(department_id)
        return department is not None and within(department.trail, self.reach)

    def name(self, department_id: int) -> str:
        return self.tree[department_id].path if department_id else self.org

    def above(self, department_id: int) -> int | None:
        if department_id == WHOLE:
            return None
        parent = self.tree[department_id].parent_id or WHOLE
        return parent if self.may_see(parent) else None

    def parts(self, department_id: int) -> list[Department]:
        """Those directly below, in the roster's order; beside the first of several that he leads, the others too."""
        others = self.tops[1:] if department_id in self.tops[:1] else []
        below = (d for d in self.tree.values() if (d.parent_id or WHOLE) == department_id or d.id in others)
        return sorted(below, key=lambda d: d.id)

    def named(self, text: str) -> list[int]:
        """What is called exactly so, by its path or its own name; nothing beyond the reader's scope is ever found."""
        wanted = _folded(text)
        if self.reach == "" and wanted in {*EVERYTHING, _folded(self.org)}:
            return [WHOLE]
        return self._fitting(lambda d: _folded(d.path) == wanted) or self._fitting(lambda d: _folded(d.name) == wanted)

    def find(self, text: str) -> list[int]:
        """The same, or what has the text in its path as far as the reader sees it."""
        return self.named(text) or self._fitting(lambda d: _folded(text) in _folded("/".join(self._seen(d))))

    def _seen(self, department: Department) -> list[str]:
        """The names of its path, from the top of what the reader may see."""
        ids = _ids(department.trail)
        return [self.tree[one].name for one in ids if within(self.tree[one].trail, self.reach)]

    def _above(self, text: str) -> bool:
        """Whether it names a department above his own: of that he knows."""
        above = {one for top in self.tops for one in _ids(self.tree[top].trail)[:-1]}
        return any(_folded(text) in _folded(self.tree[one].path) for one in above)

    def _fitting(self, fits: Callable[[Department], bool]) -> list[int]:
        return [d.id for d in self.tree.values() if within(d.trail, self.reach) and fits(d)]

    def unclear(self, text: str, period: Period, candidates: Sequence[int]) -> Outcome:
        """Nothing, or more than one thing, is called so: what there is to choose from."""
        offered = candidates or [self.home, *(d.id for d in self.parts(self.home))]
        missing = (
            "reports-beyond" if self._above(text) else "reports-unclear-reach" if self.reach else "reports-unclear"
        )
        name = "reports-ambiguous" if candidates else missing if text else "reports-stale"
        choices = [[number, self.name(number)] for number in offered]
        return Outcome(name, {"text": text, "period": period.key, "choices": choices})


@dataclass(frozen=True, slots=True)
class _Counted:
    """What the database said of one department and period."""

    unit: _Unit
    department_id: int
    period: Period
    members: Sequence[tuple[int, int, str, int]]
    hours: Mapping[int, tuple[int, int]]

    def summary(self) -> Summary | Outcome:
        unit, group = self.unit, self.unit.asker.group
        if group and self._covered():
            return Outcome("reports-covered", {"name": unit.name(self.department_id)})
        return Summary(
            report=self._report(self.department_id),
            department_id=self.department_id,
            above=unit.above(self.department_id),
            has_parts=bool(unit.parts(self.department_id)),
            rounding=Rounding(unit.campaign.rounding),
            today=unit.asker.today,
        )

    def _covered(self) -> bool:
        """Whether the department, or one above it, stands hidden beside its neighbours: its own total would tell
        what was hidden there."""
        if self.department_id == WHOLE:
            return False
        chain = [WHOLE, *_ids(self.unit.tree[self.department_id].trail)]
        return any(
            line.hidden
            for above, below in pairwise(chain)
            for line in self._report(above).lines
            if line.department_id == below and not line.own
        )

    def _report(self, department_id: int) -> Report:
        unit, campaign, today = self.unit, self.unit.campaign, self.unit.asker.today
        report = summarise(
            list(unit.tree.values()),
            [Member(person, department, PersonStatus(status)) for person, department, status, _ in self.members],
            {person for person, _, _, took_part in self.members if took_part},
            self.hours,
            department_id or None,
            org=unit.org,
            period=self.period,
            target=campaign.target,
            as_of=self.period.as_of(today),
            small=campaign.small_department,
        )
        alone = not unit.asker.group
        led = {d.id for d in unit.tree.values() if within(d.trail, unit.reach)} if alone else set()
        return hide_small(report, campaign.small_department, alone and unit.reach == "", led)


async def _count(tx: Tx, unit: _Unit, department_id: int, period: Period) -> _Counted | Outcome:
    today = unit.asker.today
    if period.start > today:
        return Outcome("reports-future", {"period": period.key, "department": department_id})
    # In a group a department is shown only as it stands beside its neighbours, so they are counted with it.
    trail = "" if unit.asker.group or department_id == WHOLE else unit.tree[department_id].trail
    members = await reports.list_members(tx, trail, period.as_of(today), period.start, period.end)
    hours = await reports.list_hours(tx, trail, period.start, period.end)
    campaign = await campaigns.as_of(tx, unit.campaign, period.as_of(today))
    return _Counted(replace(unit, campaign=campaign), department_id, period, members, hours)


async def _summed_up(counted: _Counted | Outcome) -> Summary | Outcome:
    """Thousands of people are summed up beside the loop, with the transaction closed."""
    return counted if isinstance(counted, Outcome) else await asyncio.to_thread(counted.summary)


def _ids(trail: str) -> list[int]:
    return [int(part) for part in trail.split("/") if part]


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
