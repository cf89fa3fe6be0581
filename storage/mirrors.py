"""What is also posted to the unit's own group robots."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.engine import Tx

# To everybody, by the office: what was meant for some is no business of a group.
OPEN_NOTICES = (
    "SELECT 'notice:' || CAST(id AS TEXT), text FROM notices WHERE planned_at >= ? AND audience = '{}'"
    " AND reach = '' AND state IN ('sending', 'done') AND NOT EXISTS (SELECT 1 FROM notice_changes c"
    " WHERE c.notice_id = notices.id AND c.act = 'recall')"
)
# What was changed of a notice that stands in a group, or is about to: the last word of each.
CHANGES = (
    "SELECT c.id, c.notice_id, c.act, n.text, n.planned_at, c.at FROM notice_changes c"
    " JOIN notices n ON n.id = c.notice_id"
    " WHERE c.at >= ?"
    " AND EXISTS (SELECT 1 FROM mirrors m WHERE m.key = 'notice:' || CAST(c.notice_id AS TEXT))"
    " AND NOT EXISTS (SELECT 1 FROM notice_changes l WHERE l.notice_id = c.notice_id AND l.id > c.id) ORDER BY c.id"
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
    return [(key, text) for key, text in await tx.fetch(f"{OPEN_NOTICES} ORDER BY id", since)]


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed last of a notice: its text now, or that it was taken back."""

    id: int
    notice_id: int
    act: str  # correct, recall
    text: str
    sent_at: int
    at: int  # when it was changed

    @property
    def key(self) -> str:
        return f"notice:{self.notice_id}:{self.act}:{self.id}"


async def list_changes(tx: Tx, since: int) -> Sequence[Change]:
    return [Change(*row) for row in await tx.fetch(CHANGES, since)]


@dataclass(frozen=True, slots=True)
class Posted:
    """The last that a robot was given of a notice."""

    robot: int
    text: str | None  # none: that it was taken back
    begun: bool  # it stands in the group, or may


async def list_posted(tx: Tx, notice_id: int) -> Sequence[Posted]:
    """For each robot; begun, if anything of the notice may stand in its group."""
    rows = await tx.fetch(
        "SELECT m.robot, m.facts, (SELECT MAX(o.tries) FROM mirrors o WHERE o.robot = m.robot"
        " AND (o.key = ? OR o.key LIKE ?)) FROM mirrors m WHERE m.state <> 'dropped' AND (m.key = ? OR m.key LIKE ?)"
        " AND NOT EXISTS (SELECT 1 FROM mirrors l WHERE l.robot = m.robot AND l.state <> 'dropped' AND l.id > m.id"
        " AND (l.key = ? OR l.key LIKE ?))"
        " ORDER BY m.robot",
        *(f"notice:{notice_id}", f"notice:{notice_id}:%") * 3,
    )
    return [Posted(row[0], json.loads(row[1]).get("text"), bool(row[2])) for row in rows]


async def drop(tx: Tx, notice_id: int) -> None:
    """What has not been posted of a notice says what does not hold any more."""
    await tx.execute(
        "UPDATE mirrors SET state = CASE WHEN tries = 0 THEN 'dropped' ELSE 'failed' END"
        " WHERE state = 'pending' AND (key = ? OR key LIKE ?)",
        f"notice:{notice_id}",
        f"notice:{notice_id}:%",
    )


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


async def insert(tx: Tx, key: str, robots: Iterable[int], kind: str, facts: Mapping[str, Any], at: int) -> None:
    await tx.executemany(
        "INSERT INTO mirrors (key, robot, kind, facts, not_before) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (key, robot) DO NOTHING",
        [(key, robot, kind, json.dumps(facts, ensure_ascii=False), at) for robot in robots],
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
