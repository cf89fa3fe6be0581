"""Messages that nobody asked for, one row each, from pending to their end."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.engine import Tx

CRASHES = 2  # so often a message is sent again after a crash in the middle of it: three copies at the most


@dataclass(frozen=True, slots=True)
class Intent:
    """One message to one recipient: a kind and its facts, never words. `key` makes it one: written twice, sent once."""

    key: str
    kind: str
    facts: Mapping[str, Any]
    person_id: int | None = None
    user_id: int | None = None
    not_before: int = 0
    late_at: int | None = None
    occurrence_id: int | None = None
    once: bool = False  # at most once: an uncertain sending becomes unknown
    urgency: int = 1  # 0 asked, 1 work, 2 unasked
    free: bool = False  # unasked, yet not counted in the week's budget: marked important
    matter: str = ""  # what a reminder is about: it is counted by it


@dataclass(frozen=True, slots=True)
class Claimed:
    id: int
    person_id: int | None
    user_id: int | None
    kind: str
    facts: Mapping[str, Any]
    once: bool
    tries: int
    late_at: int | None
    urgency: int


async def insert(tx: Tx, intents: Iterable[Intent]) -> None:
    await tx.executemany(
        "INSERT INTO outbox (key, kind, facts, person_id, user_id, not_before, late_at, occurrence_id, once, urgency,"
        " free, matter) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
        [
            (
                i.key,
                i.kind,
                json.dumps(i.facts, ensure_ascii=False),
                i.person_id,
                i.user_id,
                i.not_before,
                i.late_at,
                i.occurrence_id,
                int(i.once),
                i.urgency,
                int(i.free),
                i.matter,
            )
            for i in intents
        ],
    )


async def claim(tx: Tx, owner: str, now: int, lease_until: int, limit: int) -> Sequence[Claimed]:
    """Take the most urgent that are due; whoever changed the row has it."""
    rows = await tx.fetch(
        "UPDATE outbox SET state = 'sending', owner = ?, lease_until = ?, tries = tries + 1 WHERE id IN ("
        " SELECT id FROM outbox WHERE state = 'pending' AND not_before <= ? ORDER BY urgency, not_before, id LIMIT ?)"
        " RETURNING id, person_id, user_id, kind, facts, once, tries, late_at, urgency",
        owner,
        lease_until,
        now,
        limit,
    )
    return [Claimed(r[0], r[1], r[2], r[3], json.loads(r[4]), bool(r[5]), r[6], r[7], r[8]) for r in sorted(rows)]


@dataclass(frozen=True, slots=True)
class End:
    """How one sending ended. `state` pending with a later `not_before` is another try."""

    id: int
    state: str
    reason: str = ""
    message_id: int | None = None
    not_before: int = 0


async def settle(tx: Tx, owner: str, ends: Iterable[End], now: int) -> None:
    """Write the ends of sendings whose lease is still ours; another's rows are left alone."""
    await tx.executemany(
        "UPDATE outbox SET state = ?, reason = ?, message_id = ?, not_before = ?, settled_at = ?, lease_until = NULL"
        " WHERE id = ? AND state = 'sending' AND owner = ?",
        [(e.state, e.reason, e.message_id, e.not_before, now, e.id, owner) for e in ends],
    )


async def reclaim(tx: Tx, now: int, owner: str, *, all_others: bool) -> int:
    """Rows whose sender has gone: at-most-once ones are unknown, the others are sent again (not for ever)."""
    gone = "state = 'sending' AND owner <> ?" if all_others else "state = 'sending' AND owner <> ? AND lease_until < ?"
    args = (owner,) if all_others else (owner, now)
    await tx.execute(
        f"UPDATE outbox SET state = 'unknown', reason = 'crash', settled_at = ?"
        f" WHERE (once = 1 OR crashes >= {CRASHES}) AND {gone}",
        now,
        *args,
    )
    return await tx.execute(f"UPDATE outbox SET state = 'pending', crashes = crashes + 1 WHERE {gone}", *args)


async def skip_late(tx: Tx, now: int) -> int:
    return await tx.execute(
        "UPDATE outbox SET state = 'skipped', reason = 'late', settled_at = ?"
        " WHERE state = 'pending' AND late_at IS NOT NULL AND late_at <= ?",
        now,
        now,
    )


async def is_due(tx: Tx, now: int) -> bool:
    return bool(await tx.fetch("SELECT 1 FROM outbox WHERE state = 'pending' AND not_before <= ? LIMIT 1", now))


async def is_neglected(tx: Tx, now: int, owner: str) -> bool:
    """Whether something is too late by now, or its sender has gone."""
    return bool(
        await tx.fetch(
            "SELECT 1 FROM outbox WHERE (state = 'pending' AND late_at <= ?)"
            " OR (state = 'sending' AND owner <> ? AND lease_until < ?) LIMIT 1",
            now,
            owner,
            now,
        )
    )


async def next_due(tx: Tx, after: int) -> tuple[int, str] | None:
    """The moment and the kind of the next message that waits for its time."""
    row = await tx.row(
        "SELECT not_before, kind FROM outbox WHERE state = 'pending' AND not_before > ? ORDER BY not_before LIMIT 1",
        after,
    )
    return (row[0], row[1]) if row else None


async def last_work(tx: Tx, user_id: int) -> tuple[bool, int]:
    """Whether a work card for this account is waiting already, and when the last one went (0: never)."""
    row = await tx.row(
        "SELECT COALESCE(SUM(CASE WHEN state = 'pending' THEN 1 ELSE 0 END), 0),"
        " COALESCE(MAX(CASE WHEN state = 'sent' THEN settled_at END), 0)"
        " FROM outbox WHERE user_id = ? AND kind = 'work'",
        user_id,
    )
    return (bool(row[0]), int(row[1])) if row else (False, 0)


async def count_by_state(tx: Tx, occurrence_id: int | None = None) -> dict[str, int]:
    rows = await tx.fetch(
        "SELECT state, COUNT(*) FROM outbox WHERE CAST(? AS BIGINT) IS NULL OR occurrence_id = ? GROUP BY state",
        occurrence_id,
        occurrence_id,
    )
    return {row[0]: row[1] for row in rows}


async def oldest_due(tx: Tx, now: int) -> int:
    """For how many milliseconds the oldest message that may leave has been waiting."""
    first: int | None = await tx.value(
        "SELECT MIN(not_before) FROM outbox WHERE state = 'pending' AND not_before <= ?", now
    )
    return now - first if first is not None else 0
