"""Groups of messages that belong together (a morning, a notice, a digest): taken once, paused, stopped, counted."""

import asyncio
import functools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from storage.engine import Tx

CANARY = 3  # of whatever goes to many: so many have to be sent before the rest goes
AT_A_TIME = 500  # rows changed in one statement: the event loop breathes between two of them


@dataclass(frozen=True, slots=True)
class Occurrence:
    """`state` is planned (its messages leave when they are due), paused, stopped, closed (nothing is on the way any
    more) or skipped (missed)."""

    id: int
    plan: str
    date: date
    state: str
    due_at: int
    late_at: int
    canary: int = 0  # so many have to be sent before the rest goes; 0 once they are
    reason: str = ""  # why it is paused
    author: int | None = None  # the account that hears of it when it pauses by itself


@dataclass(frozen=True, slots=True)
class Tally:
    """What has become of the messages of an occurrence."""

    pending: int = 0
    sending: int = 0
    sent: int = 0
    failed: int = 0
    skipped: int = 0
    unknown: int = 0

    @property
    def planned(self) -> int:
        return self.pending + self.sending + self.sent + self.failed + self.skipped + self.unknown

    @property
    def on_the_way(self) -> int:
        return self.pending + self.sending


OCCURRENCE = "id, plan, local_date, state, due_at, late_at, canary, reason, author"


def _occurrence(row: tuple[Any, ...]) -> Occurrence:
    number, plan, day, *rest = row
    return Occurrence(number, plan, date.fromisoformat(day), *rest)


async def take(
    tx: Tx,
    plan: str,
    day: date,
    due_at: int,
    late_at: int,
    state: str = "planned",
    *,
    canary: int = 0,
    author: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> int | None:
    """Make the occurrence of this plan and date one's own; None when somebody has it.

    `facts` are what all of its messages say, kept once: those of a message are put on top of them when it is sent.
    """
    row = await tx.row(
        "INSERT INTO occurrences (plan, local_date, due_at, late_at, state, canary, author, facts)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (plan, local_date) DO NOTHING RETURNING id",
        plan,
        day.isoformat(),
        due_at,
        late_at,
        state,
        canary,
        author,
        json.dumps(facts or {}, ensure_ascii=False),
    )
    return row[0] if row else None


async def insert_missed(tx: Tx, plan: str, missed: Iterable[tuple[date, int, int]]) -> None:
    """Dates that went by while nobody was there to send: (date, due, late)."""
    await tx.executemany(
        "INSERT INTO occurrences (plan, local_date, due_at, late_at, state) VALUES (?, ?, ?, ?, 'skipped')"
        " ON CONFLICT (plan, local_date) DO NOTHING",
        [(plan, day.isoformat(), due, late) for day, due, late in missed],
    )


async def get(tx: Tx, occurrence_id: int) -> Occurrence | None:
    row = await tx.row(f"SELECT {OCCURRENCE} FROM occurrences WHERE id = ?", occurrence_id)
    return _occurrence(row) if row else None


async def has_sent(tx: Tx, plan: str) -> bool:
    """Whether anything of this plan has ever arrived anywhere."""
    return bool(
        await tx.fetch(
            "SELECT 1 FROM occurrences c JOIN outbox o ON o.occurrence_id = c.id"
            " WHERE c.plan = ? AND o.state = 'sent' LIMIT 1",
            plan,
        )
    )


async def get_facts(tx: Tx, occurrence_id: int) -> Mapping[str, Any]:
    """What all of its messages say. The same text is the same object: look at it, never change it."""
    return read(await tx.value("SELECT facts FROM occurrences WHERE id = ?", occurrence_id) or "{}")


@functools.lru_cache(maxsize=256)
def read(facts: str) -> Mapping[str, Any]:
    """Facts as they are kept; thousands of messages say the same."""
    found: dict[str, Any] = json.loads(facts)
    return found


async def find(tx: Tx, plan: str, day: date) -> Occurrence | None:
    row = await tx.row(f"SELECT {OCCURRENCE} FROM occurrences WHERE plan = ? AND local_date = ?", plan, day.isoformat())
    return _occurrence(row) if row else None


async def list_since(tx: Tx, plan: str, day: date) -> Sequence[Occurrence]:
    rows = await tx.fetch(
        f"SELECT {OCCURRENCE} FROM occurrences WHERE plan = ? AND local_date >= ? ORDER BY local_date",
        plan,
        day.isoformat(),
    )
    return [_occurrence(row) for row in rows]


async def list_running(tx: Tx) -> Sequence[Occurrence]:
    """Planned or paused: those of which something may still be on the way."""
    rows = await tx.fetch(f"SELECT {OCCURRENCE} FROM occurrences WHERE state IN ('planned', 'paused') ORDER BY id")
    return [_occurrence(row) for row in rows]


NOTHING_LEFT = (
    "NOT EXISTS (SELECT 1 FROM outbox WHERE occurrence_id = occurrences.id AND state = 'pending')"
    " AND NOT EXISTS (SELECT 1 FROM outbox WHERE occurrence_id = occurrences.id AND state = 'sending')"
)


async def list_over(tx: Tx, plan: str, now: int) -> Sequence[Occurrence]:
    """Occurrences whose time is over and of which nothing is on the way any more, but which are not closed yet."""
    rows = await tx.fetch(
        f"SELECT {OCCURRENCE} FROM occurrences WHERE plan = ? AND state IN ('planned', 'paused') AND late_at <= ?"
        f" AND {NOTHING_LEFT} ORDER BY local_date",
        plan,
        now,
    )
    return [_occurrence(row) for row in rows]


# Its states: every one of these says whether it was this call that changed it.


async def close(tx: Tx, occurrence_id: int) -> bool:
    return bool(
        await tx.execute(
            "UPDATE occurrences SET state = 'closed' WHERE id = ? AND state IN ('planned', 'paused')", occurrence_id
        )
    )


async def pause(tx: Tx, occurrence_id: int, reason: str = "") -> bool:
    """After the commit nothing more of it leaves until it is resumed."""
    return bool(
        await tx.execute(
            "UPDATE occurrences SET state = 'paused', reason = ? WHERE id = ? AND state = 'planned'",
            reason,
            occurrence_id,
        )
    )


async def pause_canary(tx: Tx, occurrence_id: int, reason: str) -> bool:
    """The same, but only as long as the first few have not all been sent."""
    return bool(
        await tx.execute(
            "UPDATE occurrences SET state = 'paused', reason = ? WHERE id = ? AND state = 'planned' AND canary > 0",
            reason,
            occurrence_id,
        )
    )


async def retry(tx: Tx, occurrence_id: int, reasons: Iterable[str]) -> None:
    """Those that failed for one of these reasons, and so have surely not arrived, wait once more."""
    for reason in reasons:
        await tx.execute(
            "UPDATE outbox SET state = 'pending', reason = '', settled_at = NULL WHERE occurrence_id = ?"
            " AND state = 'failed' AND reason = ?",
            occurrence_id,
            reason,
        )


async def resume(tx: Tx, occurrence_id: int) -> bool:
    return bool(
        await tx.execute(
            "UPDATE occurrences SET state = 'planned', reason = '' WHERE id = ? AND state = 'paused'", occurrence_id
        )
    )


async def stop(tx: Tx, occurrence_id: int, now: int) -> bool:
    """After the commit nothing more of it leaves, ever. What waits is skipped(stopped); of what was tried and may have
    arrived nobody can tell."""
    stopped = await tx.execute(
        "UPDATE occurrences SET state = 'stopped', reason = '' WHERE id = ? AND state IN ('planned', 'paused')",
        occurrence_id,
    )
    if stopped:
        await end_pending(tx, occurrence_id, "stopped", now)
    return bool(stopped)


async def end_pending(tx: Tx, occurrence_id: int, reason: str, now: int) -> int:
    """Skip what has not left yet, for this reason; a try whose fate is unknown makes it unknown."""
    ended = 0
    while changed := await tx.execute(
        "UPDATE outbox SET state = CASE WHEN reason = '' THEN 'skipped' ELSE 'unknown' END,"
        " reason = CASE WHEN reason = '' THEN CAST(? AS TEXT) ELSE reason END, settled_at = ? WHERE id IN (SELECT id"
        f" FROM outbox WHERE occurrence_id = ? AND state = 'pending' ORDER BY not_before, id LIMIT {AT_A_TIME})",
        reason,
        now,
        occurrence_id,
    ):
        ended += changed
        await asyncio.sleep(0)
    return ended


# What has become of its messages


async def tally(tx: Tx, occurrence_id: int) -> Tally:
    rows = await tx.fetch("SELECT state, COUNT(*) FROM outbox WHERE occurrence_id = ? GROUP BY state", occurrence_id)
    return Tally(**{row[0]: row[1] for row in rows})


async def reasons(tx: Tx, occurrence_id: int) -> dict[str, dict[str, int]]:
    """state -> reason -> how many, of what did not simply arrive: failed, skipped and unknown."""
    rows = await tx.fetch(
        "SELECT state, reason, COUNT(*) FROM outbox WHERE occurrence_id = ?"
        " AND state IN ('failed', 'skipped', 'unknown') GROUP BY state, reason ORDER BY state, reason",
        occurrence_id,
    )
    found: dict[str, dict[str, int]] = {}
    for state, reason, count in rows:
        found.setdefault(state, {})[reason] = count
    return found


async def count_ahead(tx: Tx, occurrence_id: int) -> int:
    """How many messages leave until the last of this one has, those of the others that take turns with it included:
    divided by the rate that is an honest time."""
    rows = await tx.fetch(
        "SELECT c.id, (SELECT COUNT(*) FROM outbox WHERE occurrence_id = c.id AND state = 'pending')"
        " FROM occurrences c WHERE c.state = 'planned' OR c.id = ?",
        occurrence_id,
    )
    waiting: dict[int, int] = {row[0]: row[1] for row in rows}
    mine = waiting.get(occurrence_id, 0)
    return sum(min(mine, others) for others in waiting.values())
