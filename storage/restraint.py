"""How much somebody has got unasked: what the week's budget and the limits of reminders look at."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from storage.departments import UNDER
from storage.engine import Tx
from storage.people import SHOWN_NAME

# Besides the morning message and the digest; `free` is what the sender has marked important.
COUNTED = "urgency = 2 AND free = 0 AND kind <> 'morning' AND kind <> 'digest'"
# Sent from one instant up to another, or on the way to be; each arm walks an index.
WEEK = (
    f"SELECT person_id FROM outbox WHERE {COUNTED} AND state <> 'pending' AND state IN ('sent', 'unknown')"
    " AND settled_at >= ? AND settled_at < ?"
    f" UNION ALL SELECT person_id FROM outbox WHERE {COUNTED} AND state = 'pending' AND occurrence_id IS NULL"
    " AND not_before >= ? AND not_before < ?"
    f" UNION ALL SELECT o.person_id FROM occurrences c JOIN outbox o ON o.occurrence_id = c.id"
    " AND o.state = 'pending' WHERE c.state IN ('planned', 'paused') AND c.plan <> 'morning'"
    " AND o.urgency = 2 AND o.free = 0 AND o.kind <> 'digest' AND o.not_before >= ? AND o.not_before < ?"
    f" UNION ALL SELECT person_id FROM outbox WHERE {COUNTED} AND state = 'sending' AND lease_until > 0"
)
DELIVERED = "state IN ('pending', 'sending', 'sent', 'unknown')"


async def list_reached(tx: Tx, start: int, end: int, count: int) -> Sequence[int]:
    """Who has got, or is about to get, at least so many unasked messages from `start` up to `end`."""
    rows = await tx.fetch(
        f"SELECT person_id FROM ({WEEK}) counted WHERE person_id IS NOT NULL"
        " GROUP BY person_id HAVING COUNT(*) >= CAST(? AS BIGINT)",
        *(start, end) * 3,
        count,
    )
    return [row[0] for row in rows]


async def list_reminded_between(tx: Tx, start: int, end: int) -> set[int]:
    """Who was reminded of anything in this time, or is about to be."""
    rows = await tx.fetch(
        # Greater than nothing: SQLite walks the index of reminders only when it is told a range.
        f"SELECT DISTINCT person_id FROM outbox WHERE matter <> '' AND matter > '' AND person_id IS NOT NULL"
        f" AND {DELIVERED} AND CASE WHEN state IN ('sent', 'unknown') THEN settled_at ELSE not_before END >= ?"
        " AND CASE WHEN state IN ('sent', 'unknown') THEN settled_at ELSE not_before END < ?",
        start,
        end,
    )
    return {row[0] for row in rows}


async def hold(tx: Tx, keys: Iterable[str], at: int) -> None:
    """Keep these back: the week's budget is used up, the digest will tell of them."""
    await tx.executemany(
        "UPDATE outbox SET state = 'skipped', reason = 'budget', settled_at = ? WHERE key = ? AND state = 'pending'"
        " AND tries = 0",
        [(at, key) for key in keys],
    )


# Reminders


async def list_reminded(tx: Tx, matter: str) -> dict[int, int]:
    """How often each was reminded of a matter."""
    rows = await tx.fetch(
        f"SELECT person_id, COUNT(*) FROM outbox WHERE matter = ? AND matter <> '' AND person_id IS NOT NULL"
        f" AND {DELIVERED} GROUP BY person_id",
        matter,
    )
    return {row[0]: row[1] for row in rows}


async def last_told(tx: Tx, matter: str, kind: str, department_id: int) -> int | None:
    """When somebody was told what has become of a matter in a department; None: nobody was."""
    found: int | None = await tx.value(
        "SELECT MAX(CASE WHEN state IN ('sent', 'unknown') THEN settled_at ELSE not_before END) FROM outbox"
        f" WHERE matter = ? AND matter <> '' AND kind = ? AND key LIKE ? AND {DELIVERED}",
        matter,
        kind,
        f"{kind}:{matter}:{department_id}:%",
    )
    return found


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody belongs, as far as it matters who is told about him."""

    person_id: int
    name: str
    role: str
    department_id: int


async def list_homes(tx: Tx, reach: str) -> Sequence[Home]:
    """Everybody at work in this subtree."""
    rows = await tx.fetch(
        f"SELECT p.id, {SHOWN_NAME}, p.role, d.id FROM people p JOIN departments d ON d.id = p.department_id"
        f" WHERE p.status = 'active' AND {UNDER} ORDER BY d.trail, p.staff_number",
        reach,
    )
    return [Home(*row) for row in rows]


async def has_taken_part(tx: Tx, person_id: int, start: date, end: date) -> bool:
    """Whether there is a check-in that counts, or may yet."""
    return bool(
        await tx.fetch(
            "SELECT 1 FROM checkins WHERE person_id = ? AND state IN ('submitted', 'more_info', 'confirmed')"
            " AND service_date BETWEEN ? AND ? LIMIT 1",
            person_id,
            start.isoformat(),
            end.isoformat(),
        )
    )


async def has_answered(tx: Tx, person_id: int, notice_id: int) -> bool:
    return not await tx.fetch(
        "SELECT 1 FROM notice_people WHERE notice_id = ? AND person_id = ? AND answered_at IS NULL",
        notice_id,
        person_id,
    )


@dataclass(frozen=True, slots=True)
class Deadline:
    """A notice that wants an answer."""

    notice_id: int
    date: date | None
    reach: str
    text: str  # HTML


AWAITED = (
    "answer = 1 AND state IN ('sending', 'paused', 'done') AND NOT EXISTS"
    " (SELECT 1 FROM notice_changes c WHERE c.notice_id = notices.id AND c.act = 'recall')"
)


async def list_deadlines(tx: Tx, since: date) -> Sequence[Deadline]:
    """Notices with a day, from this one on, by which they are to be answered."""
    rows = await tx.fetch(
        f"SELECT id, deadline, reach, text FROM notices WHERE {AWAITED} AND deadline >= ? ORDER BY deadline, id",
        since.isoformat(),
    )
    return [Deadline(row[0], date.fromisoformat(row[1]), row[2], row[3]) for row in rows]


async def get_awaited(tx: Tx, notice_id: int) -> Deadline | None:
    row = await tx.row(f"SELECT id, deadline, reach, text FROM notices WHERE {AWAITED} AND id = ?", notice_id)
    return Deadline(row[0], date.fromisoformat(row[1]) if row[1] else None, row[2], row[3]) if row else None


async def list_awaited(tx: Tx, reach: str, limit: int) -> Sequence[Deadline]:
    """The latest notices that somebody in this subtree has not answered."""
    rows = await tx.fetch(
        f"SELECT id, deadline, reach, text FROM notices WHERE {AWAITED} AND EXISTS (SELECT 1 FROM notice_people n"
        " JOIN people p ON p.id = n.person_id JOIN departments d ON d.id = p.department_id"
        f" WHERE n.notice_id = notices.id AND n.answered_at IS NULL AND {UNDER}) ORDER BY id DESC LIMIT ?",
        reach,
        limit,
    )
    return [Deadline(row[0], date.fromisoformat(row[1]) if row[1] else None, row[2], row[3]) for row in rows]


# The digest


@dataclass(frozen=True, slots=True)
class Held:
    """A message that was kept back."""

    id: int
    person_id: int
    kind: str
    facts: dict[str, Any]


HELD = "state = 'skipped' AND reason = 'budget'"


async def list_held(tx: Tx, since: int) -> dict[int, list[int]]:
    """What was kept back since then and stands in no digest yet: person -> messages."""
    rows = await tx.fetch(
        f"SELECT h.person_id, h.id FROM outbox h WHERE {COUNTED} AND state <> 'pending' AND {HELD} AND settled_at >= ?"
        " AND person_id IS NOT NULL AND h.id > COALESCE((SELECT MAX(d.id) FROM outbox d WHERE d.person_id = h.person_id"
        " AND d.kind = 'digest' AND d.state IN ('pending', 'sending', 'sent', 'unknown')), 0) ORDER BY h.id",
        since,
    )
    found: dict[int, list[int]] = {}
    for person, message in rows:
        found.setdefault(person, []).append(message)
    return found


async def list_messages(tx: Tx, person_id: int, ids: Iterable[int]) -> Sequence[Held]:
    """Those of these messages that were kept back from this person."""
    found = []
    for number in ids:
        row = await tx.row(
            "SELECT o.id, o.person_id, o.kind, COALESCE(c.facts, '{}'), o.facts FROM outbox o"
            " LEFT JOIN occurrences c ON c.id = o.occurrence_id"
            " WHERE o.id = ? AND o.person_id = ? AND o.state = 'skipped' AND o.reason = 'budget'",
            number,
            person_id,
        )
        if row:
            found.append(Held(row[0], row[1], row[2], json.loads(row[3]) | json.loads(row[4])))
    return found
