"""Who is meant: an audience as one query over the roster, and the groups that people have saved."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from storage.departments import UNDER
from storage.engine import Tx
from storage.notices import AT_ONCE

# The roster as a notice sees it, and what becomes of each.
FATE = (
    "CASE WHEN p.status = 'on_leave' THEN 'on_leave'"
    " WHEN a.consent_version IS NULL THEN CASE WHEN EXISTS (SELECT 1 FROM audit l WHERE l.action = 'leave'"
    " AND l.subject = 'person:' || CAST(p.id AS TEXT)) THEN 'withdrawn' ELSE 'not_bound' END"
    " WHEN a.reachable = 0 THEN 'unreachable' ELSE 'send' END"
)
ROSTER = (
    " FROM people p JOIN departments d ON d.id = p.department_id LEFT JOIN accounts a ON a.person_id = p.id"
    f" WHERE p.status IN ('active', 'on_leave') AND {UNDER} AND p.id BETWEEN ? AND ? AND "
)
LISTED = "CAST(? AS TEXT) LIKE '%,' || "  # a list in one argument, ",3,5,": any number of ids, always the same query
PARTS = MappingProxyType(
    {
        "all": "(1 = 1",
        "departments": f" AND p.department_id IN (SELECT id FROM departments WHERE {LISTED} id || ',%')",
        "roles": f" AND ({LISTED} p.role || ',%' OR EXISTS (SELECT 1 FROM grants g WHERE g.person_id = p.id"
        " AND g.revoked_at IS NULL AND (g.until_date IS NULL OR g.until_date >= ?)"
        f" AND {LISTED} g.role || ',%'))",
        "idle": " AND NOT EXISTS (SELECT 1 FROM checkins c WHERE c.person_id = p.id"
        " AND c.state IN ('submitted', 'more_info', 'confirmed') AND c.service_date BETWEEN ? AND ?)",
        "unanswered": " AND EXISTS (SELECT 1 FROM notice_people u WHERE u.notice_id = ? AND u.person_id = p.id"
        " AND u.answered_at IS NULL)",
        "and": " AND (",
        "not": " AND NOT (",
        "or": " OR ",
        "end": ")",
    }
)
ALL_IDS = (0, 2**62)


@dataclass(frozen=True, slots=True)
class Who:
    """Everybody for whom all of this holds."""

    departments: Sequence[int] | None = None  # in one of these
    roles: Sequence[str] = ()  # one of these; none: any
    today: str = "9999"  # roles as they are given on this day; without one deputies do not count
    idle: tuple[str, str] | None = None  # no check-in that counts, from one date to another
    unanswered: int | None = None  # has not answered this notice
    any_of: Sequence["Who"] = ()  # in one of these; none: no matter
    none_of: Sequence["Who"] = ()

    def query(self) -> tuple[list[str], list[Any]]:
        """Names of PARTS and their arguments."""
        parts, args = ["all"], list[Any]()
        if self.departments is not None:
            parts.append("departments")
            args.append(_listed(self.departments))
        if self.roles:
            parts.append("roles")
            args += [_listed(self.roles), self.today, _listed(self.roles)]
        if self.idle is not None:
            parts.append("idle")
            args += self.idle
        if self.unanswered is not None:
            parts.append("unanswered")
            args.append(self.unanswered)
        for word, others in (("and", self.any_of), ("not", self.none_of)):
            for number, other in enumerate(others):
                inner, more = other.query()
                parts += ["or" if number else word, *inner]
                args += more
            parts += ["end"] if others else []
        return [*parts, "end"], args


def _listed(values: Sequence[int] | Sequence[str]) -> str:
    return f",{','.join(str(value) for value in values)},"


async def list_fates(tx: Tx, reach: str, who: Who) -> Sequence[tuple[int, str]]:
    """(person, fate) of everybody who is meant, within this scope."""
    parts, args = who.query()
    query = f"SELECT p.id, {FATE}{ROSTER}"
    for part in parts:
        query += PARTS[part]
    return await tx.fetch(query, reach, *ALL_IDS, *args)


async def snapshot(tx: Tx, notice_id: int, reach: str, who: Who) -> None:
    """Keep who is meant by a notice at this moment, and what becomes of each."""
    parts, args = who.query()
    query = (
        "INSERT INTO notice_people (notice_id, person_id, department_id, fate)"
        f" SELECT CAST(? AS BIGINT), p.id, p.department_id, {FATE}{ROSTER}"
    )
    for part in parts:
        query += PARTS[part]
    query += " ON CONFLICT (notice_id, person_id) DO NOTHING"
    last: int = await tx.value("SELECT COALESCE(MAX(id), 0) FROM people")
    step = AT_ONCE[tx.dialect]
    for start in range(1, last + 1, step):
        await tx.execute(query, notice_id, reach, start, start + step - 1, *args)
        await asyncio.sleep(0)


# Saved groups


@dataclass(frozen=True, slots=True)
class Group:
    id: int
    name: str
    facts: Mapping[str, Any]


async def list_groups(tx: Tx, owner_user: int) -> Sequence[Group]:
    rows = await tx.fetch("SELECT id, name, facts FROM audiences WHERE owner_user = ? ORDER BY id DESC", owner_user)
    return [Group(row[0], row[1], json.loads(row[2])) for row in rows]


async def get_group(tx: Tx, group_id: int) -> Group | None:
    row = await tx.row("SELECT id, name, facts FROM audiences WHERE id = ?", group_id)
    return Group(row[0], row[1], json.loads(row[2])) if row else None


async def insert_group(tx: Tx, name: str, owner_user: int, facts: Mapping[str, Any], at: int) -> int | None:
    """The group's id; None when its owner has one of that name."""
    found: int | None = await tx.value(
        "INSERT INTO audiences (name, owner_user, facts, created_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (owner_user, name) DO NOTHING RETURNING id",
        name,
        owner_user,
        json.dumps(facts, ensure_ascii=False),
        at,
    )
    return found


async def delete_group(tx: Tx, group_id: int, owner_user: int) -> bool:
    return bool(await tx.execute("DELETE FROM audiences WHERE id = ? AND owner_user = ?", group_id, owner_user))
