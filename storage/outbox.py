"""Messages that nobody asked for, one row each, from pending to their end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from storage.engine import Tx

ASKED, WORK, UNASKED = 0, 1, 2  # urgency: an answer to one's own act, a card for who decides, everything else


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


async def insert(tx: Tx, intents: Iterable[Intent]) -> None:
    await tx.executemany(
        "INSERT INTO outbox (key, kind, facts, person_id, user_id, not_before, late_at, occurrence_id, once, urgency,"
        " free, matter) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
        [
            (
                i.key,
                i.kind,
                orjson.dumps(i.facts).decode(),
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


async def is_due(tx: Tx, now: int) -> bool:
    """Whether a claim would find something (or something that is tried on a few first, and waits for them)."""
    return bool(
        await tx.fetch(
            "SELECT 1 FROM outbox WHERE occurrence_id IS NULL AND state = 'pending' AND urgency IN (0, 1, 2)"
            " AND not_before <= ? UNION ALL SELECT 1 FROM occurrences c WHERE c.state = 'planned' AND c.due_at <= ? AND"
            " EXISTS (SELECT 1 FROM outbox WHERE occurrence_id = c.id AND state = 'pending' AND not_before <= ?)"
            " LIMIT 1",
            now,
            now,
            now,
        )
    )


async def is_leaving(tx: Tx) -> bool:
    """Whether anything is on its way."""
    return bool(await tx.fetch("SELECT 1 FROM outbox WHERE state = 'sending' LIMIT 1"))


async def next_due(tx: Tx, after: int) -> tuple[int, str] | None:
    """The moment and the kind of the next message that waits for its time."""
    row = await tx.row(
        "SELECT not_before, kind FROM outbox WHERE occurrence_id IS NULL AND state = 'pending' AND not_before > ?"
        " UNION ALL SELECT o.not_before, o.kind FROM occurrences c JOIN outbox o ON o.occurrence_id = c.id"
        " AND o.state = 'pending' AND o.not_before > ? WHERE c.state = 'planned' ORDER BY 1 LIMIT 1",
        after,
        after,
    )
    return (row[0], row[1]) if row else None


async def last_work(tx: Tx, user_id: int) -> tuple[bool, int]:
    """Whether a work card for this account is waiting already, and when the last one went (0: never); one that is on
    its way goes now, and may have been written without what has just come."""
    row = await tx.row(
        "SELECT COALESCE(SUM(CASE WHEN state = 'pending' THEN 1 ELSE 0 END), 0),"
        " COALESCE(MAX(CASE state WHEN 'sent' THEN settled_at WHEN 'sending' THEN not_before END), 0)"
        " FROM outbox WHERE user_id = ? AND kind = 'work'",
        user_id,
    )
    return (bool(row[0]), int(row[1])) if row else (False, 0)


async def waits(tx: Tx, user_id: int, kind: str) -> bool:
    """Whether a message of this kind for this account is still to leave."""
    found = await tx.row("SELECT 1 FROM outbox WHERE user_id = ? AND kind = ? AND state = 'pending'", user_id, kind)
    return found is not None


async def count_by_state(tx: Tx) -> dict[str, int]:
    """Of all there is; of one occurrence see `occurrences.tally`."""
    return dict(await tx.fetch("SELECT state, COUNT(*) FROM outbox GROUP BY state"))


async def oldest_due(tx: Tx, now: int) -> int:
    """For how many milliseconds the oldest message that may leave has been waiting."""
    first: int | None = await tx.value(
        "SELECT MIN(at) FROM (SELECT MIN(not_before) AS at FROM outbox WHERE occurrence_id IS NULL"
        " AND state = 'pending' AND not_before <= ? UNION ALL SELECT (SELECT MIN(not_before) FROM outbox"
        " WHERE occurrence_id = c.id AND state = 'pending' AND not_before <= ?) FROM occurrences c"
        " WHERE c.state = 'planned' AND c.due_at <= ?) AS firsts",
        now,
        now,
        now,
    )
    return now - first if first is not None else 0


HOLD = 10_000_000_000_000  # milliseconds, three hundred years: what is held keeps its own time and is past no other


async def hold_all(tx: Tx) -> int:
    """Nothing of what waits goes out until `release_all`."""
    return await tx.execute(
        f"UPDATE outbox SET not_before = not_before + {HOLD} WHERE state IN ('pending', 'sending')"
        f" AND not_before < {HOLD}"
    )


async def release_all(tx: Tx) -> int:
    return await tx.execute(
        f"UPDATE outbox SET not_before = not_before - {HOLD} WHERE state IN ('pending', 'sending')"
        f" AND not_before >= {HOLD}"
    )
