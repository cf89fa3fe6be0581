"""What is also posted to the unit's own group robots."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.engine import Tx

# To everybody, by the office: what was meant for some is no business of a group.
OPEN_NOTICES = (
    "SELECT 'notice:' || CAST(id AS TEXT), id, text FROM notices WHERE planned_at >= ? AND audience = '{}'"
    " AND reach = '' AND state IN ('sending', 'done')"
)


@dataclass(frozen=True, slots=True)
class Mirror:
    id: int
    robot: int
    kind: str
    facts: Mapping[str, Any]
    tries: int


async def list_notices(tx: Tx, since: int) -> Sequence[tuple[str, str]]:
    """(key, text) of the notices to everybody that were sent since then."""
    return [(row[0], row[2]) for row in await tx.fetch(f"{OPEN_NOTICES} ORDER BY id", since)]


async def list_weeklies(tx: Tx, since: int) -> Sequence[str]:
    """The occasions since then on which the leaders got their figures."""
    rows = await tx.fetch(
        "SELECT c.plan, c.local_date FROM occurrences c JOIN plans p ON p.kind = 'weekly'"
        " AND c.plan IN ('plan:' || CAST(p.id AS TEXT), 'plan:' || CAST(p.id AS TEXT) || ':hand')"
        " WHERE c.due_at >= ? AND c.state IN ('planned', 'closed') ORDER BY c.id",
        since,
    )
    return [f"{plan}:{day}" for plan, day in rows]


async def list_known(tx: Tx, keys: Iterable[str]) -> set[str]:
    return {key for key in keys if await tx.fetch("SELECT 1 FROM mirrors WHERE key = ? LIMIT 1", key)}


async def insert(tx: Tx, key: str, robots: int, kind: str, facts: Mapping[str, Any], at: int) -> None:
    await tx.executemany(
        "INSERT INTO mirrors (key, robot, kind, facts, not_before) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (key, robot) DO NOTHING",
        [(key, robot, kind, json.dumps(facts, ensure_ascii=False), at) for robot in range(robots)],
    )


async def claim(tx: Tx, now: int, again_at: int, robots: int) -> Sequence[Mirror]:
    """Those whose turn it is; if we die in the middle they are tried once more at `again_at`."""
    rows = await tx.fetch(
        "UPDATE mirrors SET tries = tries + 1, not_before = ? WHERE state = 'pending' AND not_before <= ? AND robot < ?"
        " RETURNING id, robot, kind, facts, tries",
        again_at,
        now,
        robots,
    )
    return [Mirror(row[0], row[1], row[2], json.loads(row[3]), row[4]) for row in sorted(rows)]


async def is_due(tx: Tx, now: int) -> bool:
    return bool(await tx.fetch("SELECT 1 FROM mirrors WHERE state = 'pending' AND not_before <= ? LIMIT 1", now))


async def end(tx: Tx, mirror_id: int, state: str) -> None:
    await tx.execute("UPDATE mirrors SET state = ? WHERE id = ? AND state = 'pending'", state, mirror_id)
