"""Plans, and whom they are for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from storage import occurrences
from storage.accounts import HELD, PERSON, person, standing
from storage.departments import UNDER
from storage.engine import Tx
from storage.records import Person, Standing

COLUMNS = "id, kind, rule, minute, shift, audience, template, text, state, since, version, places"


@dataclass(frozen=True, slots=True)
class Plan:
    id: int
    kind: str
    rule: str
    minute: int
    shift: str
    audience: str = ""
    template: str = ""
    text: str = ""
    state: str = "active"
    since: int = 0
    version: int = 1
    places: str = ""  # departments, all below them included: 3,7; empty: the whole unit

    @property
    def key(self) -> str:
        """Its name among the occurrences."""
        return self.kind if self.kind == "morning" else f"plan:{self.id}"

    @property
    def naming(self) -> dict[str, str]:
        """What a view needs to say which plan it is."""
        return {"kind": self.kind, "template": self.template, "text": self.text}

    @property
    def by_hand(self) -> str:
        """The name of what somebody has set off himself."""
        return f"{self.key}:hand"


async def list_all(tx: Tx) -> Sequence[Plan]:
    """Every plan that has not ended."""
    return [Plan(*row) for row in await tx.fetch(f"SELECT {COLUMNS} FROM plans WHERE state <> 'ended' ORDER BY id")]


async def get(tx: Tx, plan_id: int) -> Plan | None:
    row = await tx.row(f"SELECT {COLUMNS} FROM plans WHERE id = ? AND state <> 'ended'", plan_id)
    return Plan(*row) if row else None


async def find_of_occurrence(tx: Tx, name: str) -> Plan | None:
    """The plan, even one that has ended, under whose name an occurrence stands; None where it is no plan's."""
    kind, _, rest = name.partition(":")
    if kind == "plan":
        row = await tx.row(f"SELECT {COLUMNS} FROM plans WHERE id = ?", int(rest.partition(":")[0]))
    elif kind == "morning":
        row = await tx.row(f"SELECT {COLUMNS} FROM plans WHERE kind = 'morning'")
    else:
        return None
    return Plan(*row) if row else None


async def is_active(tx: Tx, kind: str) -> bool:
    return bool(await tx.fetch("SELECT 1 FROM plans WHERE kind = ? AND state = 'active' LIMIT 1", kind))


async def insert(tx: Tx, new: Plan) -> Plan:
    number: int = await tx.value(
        "INSERT INTO plans (kind, rule, minute, shift, audience, template, text, state, since, places)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        new.kind,
        new.rule,
        new.minute,
        new.shift,
        new.audience,
        new.template,
        new.text,
        new.state,
        new.since,
        new.places,
    )
    return replace(new, id=number, version=1)


async def change(tx: Tx, old: Plan, new: Plan) -> bool:
    """Put the new one in place of the old; False when somebody else has changed it since."""
    return bool(
        await tx.execute(
            "UPDATE plans SET rule = ?, minute = ?, shift = ?, audience = ?, text = ?, state = ?, since = ?,"
            " places = ?, version = version + 1 WHERE id = ? AND version = ?",
            new.rule,
            new.minute,
            new.shift,
            new.audience,
            new.text,
            new.state,
            new.since,
            new.places,
            old.id,
            old.version,
        )
    )


async def looked_at(tx: Tx, plan_id: int, since: int) -> None:
    await tx.execute("UPDATE plans SET since = ? WHERE id = ?", since, plan_id)


async def stop(tx: Tx, keys: Sequence[str], at: int) -> int:
    """Let nothing more of these leave; how many messages were still waiting."""
    waiting = 0
    for running in await occurrences.list_running(tx):
        if running.plan in keys:
            waiting += (await occurrences.tally(tx, running.id)).pending
            await occurrences.stop(tx, running.id, at)
    return waiting


@dataclass(frozen=True, slots=True)
class Last:
    """The latest occasion of a plan."""

    id: int
    date: date
    state: str
    reason: str  # why it is paused


async def last_occurrence(tx: Tx, plan: Plan) -> Last | None:
    row = await tx.row(
        "SELECT id, local_date, state, reason FROM occurrences WHERE plan IN (?, ?)"
        " ORDER BY due_at DESC, id DESC LIMIT 1",
        plan.key,
        plan.by_hand,
    )
    return Last(row[0], date.fromisoformat(row[1]), row[2], row[3]) if row else None


@dataclass(frozen=True, slots=True)
class Over:
    """An occasion of a plan of which nothing is on the way any more."""

    occurrence_id: int
    date: date
    plan: Plan


async def list_over(tx: Tx, now: int) -> Sequence[Over]:
    rows = await tx.fetch(
        "SELECT id, local_date, plan FROM occurrences WHERE state IN ('planned', 'paused')"
        f" AND plan LIKE 'plan:%' AND late_at <= ? AND {occurrences.NOTHING_LEFT} ORDER BY id",
        now,
    )
    found = []
    for number, day, key in rows:
        plan = await find_of_occurrence(tx, key)
        if plan:
            found.append(Over(number, date.fromisoformat(day), plan))
    return found


# Whom they are for: bound, consenting, reachable, at work

PEOPLE = (
    " FROM people p JOIN accounts a ON a.person_id = p.id JOIN departments d ON d.id = p.department_id"
    " WHERE p.status = 'active' AND a.consent_version IS NOT NULL AND a.reachable = 1"
)
AUDIENCES = {
    "all": ("staff", "leader", "office", "viewer"),
    "leaders": ("leader",),
    "office": ("office",),
    "viewers": ("viewer",),
    "readers": ("leader", "viewer"),
}
# One of these roles, by the roster or given in chat and not over by this day, and in this scope.
WITH_ROLE = (
    " AND (CAST(? AS TEXT) LIKE '%,' || p.role || ',%' OR EXISTS (SELECT 1 FROM grants g WHERE g.person_id = p.id"
    " AND g.revoked_at IS NULL AND (g.until_date IS NULL OR g.until_date >= ?)"
    f" AND CAST(? AS TEXT) LIKE '%,' || g.role || ',%')) AND {UNDER}"
)
# A leader is one where he leads, wherever he himself belongs.
LEADING = (
    f" AND ((p.role = 'leader' AND {UNDER}) OR EXISTS (SELECT 1 FROM grants g JOIN departments d ON"
    " d.id = g.department_id WHERE g.person_id = p.id AND g.role = 'leader' AND g.revoked_at IS NULL"
    f" AND (g.until_date IS NULL OR g.until_date >= ?) AND {UNDER}))"
)
MEANT = {True: f"SELECT p.id{PEOPLE}{LEADING} ORDER BY p.id", False: f"SELECT p.id{PEOPLE}{WITH_ROLE} ORDER BY p.id"}


def _roles(audience: str, today: date) -> tuple[str, str, str]:
    roles = f",{','.join(AUDIENCES[audience])},"
    return roles, today.isoformat(), roles


async def list_audience(tx: Tx, audience: str, today: date, reach: str = "") -> Sequence[int]:
    leaders = audience == "leaders"
    args = (reach, today.isoformat(), reach) if leaders else (*_roles(audience, today), reach)
    return [row[0] for row in await tx.fetch(MEANT[leaders], *args)]


async def count_audience(tx: Tx, audience: str, today: date, reach: str = "") -> int:
    return len(await list_audience(tx, audience, today, reach))


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who gets the weekly figures."""

    person: Person
    standing: Standing


async def list_readers(tx: Tx, today: date) -> Sequence[Reader]:
    rows = await tx.fetch(
        f"SELECT {PERSON}, d.trail, {HELD}{PEOPLE}{WITH_ROLE} ORDER BY p.id", *_roles("readers", today), ""
    )
    return [Reader(person(row[:7]), standing(row[7], row[8])) for row in rows]


async def list_participation(tx: Tx, start: date, end: date) -> Sequence[tuple[str, int, int]]:
    """(trail, people in post, those of them with a confirmed check-in in these days) of each department."""
    rows = await tx.fetch(
        "SELECT d.trail, COUNT(*), SUM(CASE WHEN EXISTS (SELECT 1 FROM checkins c WHERE c.person_id = p.id"
        " AND c.state = 'confirmed' AND c.service_date BETWEEN ? AND ?) THEN 1 ELSE 0 END)"
        " FROM people p JOIN departments d ON d.id = p.department_id WHERE p.status IN ('active', 'on_leave')"
        " GROUP BY d.id, d.trail ORDER BY d.trail",
        start.isoformat(),
        end.isoformat(),
    )
    return [(row[0], row[1], int(row[2])) for row in rows]
