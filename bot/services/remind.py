"""Reminders, planned and by hand together: at most two of a matter, one a week; then the contact, then the leader."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.clock import instant
from bot.domain.access import Action, Actor, can, scope
from bot.services import matters, restraint
from bot.services.effects import Outcome, effect
from bot.services.outbox import UNASKED, WORK
from bot.services.work import deciders, proper_moment
from storage import audiences, audit, departments, outbox
from storage import restraint as store
from storage.engine import Database, Tx
from storage.outbox import Intent
from storage.records import SEVERAL, Department, Role

LATE_AFTER = dt.timedelta(days=7)  # a reminder by hand that could not leave in this time is let go


@dataclass(slots=True)
class Sorted:
    """Everybody who has not done it, by what becomes of him now. The sum of all is `open`."""

    send: list[int] = field(default_factory=list)
    budget: list[int] = field(default_factory=list)  # the week's messages are used up: the digest tells them
    week: int = 0  # reminded this week already
    twice: int = 0  # reminded twice already: the contact is told
    on_leave: int = 0
    not_bound: int = 0
    unreachable: int = 0

    def facts(self) -> dict[str, int]:
        counts = {name: getattr(self, name) for name in ("week", "twice", "on_leave", "not_bound", "unreachable")}
        counts |= {"send": len(self.send), "budget": len(self.budget)}
        return counts | {"open": sum(counts.values())}


async def sort(tx: Tx, matter: str, reach: str, at: dt.datetime) -> Sorted:
    """Who would be reminded at this moment, and who would not, and why."""
    found, ready = Sorted(), []
    reminded = await store.list_reminded(tx, matter)
    this_week = await store.list_reminded_between(tx, *restraint.week_of(at))
    for person, fate in await audiences.list_fates(tx, reach, matters.who(matter)):
        if fate == "on_leave":
            found.on_leave += 1
        elif fate == "unreachable":
            found.unreachable += 1
        elif fate != "send":  # withdrawn is told apart from never bound only where that matters
            found.not_bound += 1
        elif reminded.get(person, 0) >= matters.TWICE:
            found.twice += 1
        elif person in this_week:
            found.week += 1
        else:
            ready.append(person)
    over = await restraint.over_budget(tx, ready, at)
    found.send = [person for person in ready if person not in over]
    found.budget = [person for person in ready if person in over]
    return found


@dataclass(frozen=True, slots=True)
class Run:
    """One occasion on which people are reminded."""

    name: str  # of its messages: plan:3:2026-12-01, hand:77
    by: str  # plan, or the role of the person
    at: dt.datetime  # when they leave
    late_at: int
    now: dt.datetime
    owners: Iterable[int] = ()
    occurrence: int | None = None


async def send(tx: Tx, matter: str, reach: str, run: Run) -> Sorted:
    """Remind those who may be reminded, and tell the contacts of those who were reminded twice."""
    found = await sort(tx, matter, reach, run.at)
    kind, facts = matters.message(matter, run.by)
    intents = [
        Intent(
            f"reminder:{run.name}:{matter}:{person}",
            kind,
            facts,
            person_id=person,
            not_before=instant(run.at),
            late_at=run.late_at,
            occurrence_id=run.occurrence,
            urgency=UNASKED,
            matter=matter,
        )
        for person in (*found.send, *found.budget)
    ]
    await restraint.enqueue(tx, intents, run.at, run.now)
    if found.twice:
        await _tell(tx, matter, reach, run)
    return found


async def _tell(tx: Tx, matter: str, reach: str, run: Run) -> None:
    """Those who were reminded twice: their department's contact is given the names, and if that helped nothing either,
    the leader above him the number. Each once, in different weeks."""
    week = restraint.week_of(run.at)[0]
    tree = {department.id: department for department in await departments.list_all(tx)}
    concerned = dict.fromkeys(_department(home, tree) for home in await matters.overdue(tx, matter, reach))
    for department in concerned:
        contact = await store.last_told(tx, matter, "remind-contact", department.id)
        if contact is None:
            await _tell_one(tx, "remind-contact", matter, department, department.trail, run)
        elif contact < week and await store.last_told(tx, matter, "remind-leader", department.id) is None:
            await _tell_one(tx, "remind-leader", matter, department, _above(department, tree), run)


def _department(home: store.Home, tree: dict[int, Department]) -> Department:
    """Whose contact is told: the person's own department's, for its leader the one above."""
    own = tree[home.department_id]
    return tree[own.parent_id] if home.role == Role.LEADER and own.parent_id else own


def _above(department: Department, tree: dict[int, Department]) -> str:
    return tree[department.parent_id].trail if department.parent_id else ""


async def _tell_one(tx: Tx, kind: str, matter: str, department: Department, trail: str, run: Run) -> None:
    facts = {"matter": matter, "department": department.id, "named": kind == "remind-contact"}
    users = await deciders(tx, trail, None, run.owners, run.now.date())
    await outbox.insert(
        tx,
        [
            Intent(
                f"{kind}:{matter}:{department.id}:{user}",
                kind,
                facts,
                user_id=user,
                not_before=instant(run.at),
                urgency=WORK,
                matter=matter,
            )
            for user in users
        ],
    )


# Asked for in chat


def may(actor: Actor, department: Department | None) -> bool:
    """Whether the actor may remind this department (none: the whole unit)."""
    return can(actor, Action.REMIND, department.trail if department else "")


async def find(db: Database, actor: Actor, text: str) -> Sequence[Department]:
    """The departments in the actor's reach that are called so, or have the text in their path."""
    reach, wanted = scope(actor, Action.REMIND), "".join(text.split()).casefold()
    async with db.read() as tx:
        tree = await departments.list_below(tx, reach) if reach is not None else []
    exact = [d for d in tree if wanted in (d.path.casefold(), d.name.casefold())]
    return exact or [d for d in tree if wanted and wanted in d.path.casefold()]


async def home(db: Database, actor: Actor) -> int:
    """The widest department the actor may remind (of several the first); 0: the whole unit."""
    reach = (scope(actor, Action.REMIND) or "").partition(SEVERAL)[0]
    return int(reach.rstrip("/").rpartition("/")[2]) if reach else 0


@dataclass(frozen=True, slots=True)
class Choice:
    """What there is to choose from besides what is shown."""

    departments: Sequence[tuple[int, str]]
    notices: Sequence[tuple[int, str]]


async def choose(db: Database, actor: Actor) -> Choice:
    reach = scope(actor, Action.REMIND)
    if reach is None:
        return Choice((), ())
    async with db.read() as tx:
        below = [(d.id, d.path) for d in await departments.list_below(tx, reach)]
        awaited = [(n.notice_id, n.text) for n in await store.list_awaited(tx, reach, 8)]
    return Choice(below if reach else [(0, ""), *below], awaited)


async def preview(db: Database, actor: Actor, department_id: int, matter: str, now: dt.datetime) -> Outcome:
    """The sum: how many have not done it, whom a reminder would reach and whom not, and when it would leave."""
    async with db.read(long=True) as tx:
        target = await _target(tx, actor, department_id, matter, now)
        if isinstance(target, Outcome):
            return target
        at = await proper_moment(tx, now)
        found = await sort(tx, target.matter, target.trail, at)
        return Outcome("remind-preview", {**await target.facts(tx), **found.facts(), "at": at.isoformat()})


@effect
async def remind(
    tx: Tx, actor: Actor, department_id: int, matter: str, now: dt.datetime, *, run: int, owners: Iterable[int]
) -> Outcome:
    """Remind a department now; what was shown before is counted anew."""
    target = await _target(tx, actor, department_id, matter, now)
    if isinstance(target, Outcome):
        return target
    at = await proper_moment(tx, now)
    by = "leader" if not can(actor, Action.MANAGE_SCHEDULE) else "office"
    occasion = Run(f"hand:{run}", by, at, instant(at + LATE_AFTER), now, owners)
    found = await send(tx, target.matter, target.trail, occasion)
    counts = found.facts()
    subject = f"department:{department_id}" if department_id else "unit"
    await audit.append(tx, instant(now), actor.user_id, "remind", subject, target.matter, str(counts["send"]))
    return Outcome("remind-done", {**await target.facts(tx), **counts, "at": at.isoformat(), "now": at == now})


@dataclass(frozen=True, slots=True)
class _Target:
    department: Department | None
    matter: str

    @property
    def trail(self) -> str:
        return self.department.trail if self.department else ""

    async def facts(self, tx: Tx) -> dict[str, Any]:
        said = await matters.words(tx, self.matter)
        path = self.department.path if self.department else ""  # the whole unit: its name is the view's
        return {**said, "department": self.department.id if self.department else 0, "path": path}


async def _target(tx: Tx, actor: Actor, department_id: int, matter: str, now: dt.datetime) -> _Target | Outcome:
    matter = matter or matters.of_quarter(now.date())
    department = await departments.get(tx, department_id) if department_id else None
    if (department_id and department is None) or not may(actor, department):
        return Outcome("error-stale")
    if not await matters.exists(tx, matter, now.date()):
        return Outcome("remind-over")
    return _Target(department, matter)
