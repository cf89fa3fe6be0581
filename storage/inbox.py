"""What Telegram sent and what became of it."""

from collections.abc import Iterable, Sequence

from storage.engine import Tx

Waiting = tuple[int, int, str, int]  # id, chat_id, body, tries


async def insert(tx: Tx, update_id: int, chat_id: int, body: str, at: int) -> int | None:
    """Keep one update; its id, or None when it is here already."""
    row = await tx.row(
        "INSERT INTO inbox (update_id, chat_id, body, received_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (update_id) DO NOTHING RETURNING id",
        update_id,
        chat_id,
        body,
        at,
    )
    return row[0] if row else None


async def list_waiting(tx: Tx, after: int, limit: int) -> Sequence[Waiting]:
    rows = await tx.fetch(
        "SELECT id, chat_id, body, tries FROM inbox WHERE state = 'pending' AND id > ? ORDER BY id LIMIT ?",
        after,
        limit,
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


async def finish(tx: Tx, ids: Iterable[int]) -> None:
    """Handled, the reply tried: body and outcome are not needed any more and may hold what nobody should keep (names,
    an invite code)."""
    await tx.executemany(
        "UPDATE inbox SET state = 'done', body = '', outcome = NULL WHERE id = ?",
        [(i,) for i in ids],
    )


async def count_try(tx: Tx, inbox_id: int) -> None:
    await tx.execute("UPDATE inbox SET tries = tries + 1 WHERE id = ?", inbox_id)


async def uncount_tries(tx: Tx, ids: Iterable[int]) -> None:
    """A try that was counted before it was made was broken off by ourselves."""
    await tx.executemany(
        "UPDATE inbox SET tries = tries - 1 WHERE id = ? AND state = 'pending' AND tries > 0", [(i,) for i in ids]
    )


async def park(tx: Tx, inbox_id: int) -> None:
    """Set aside for the operator; the body stays, it is the evidence."""
    await tx.execute("UPDATE inbox SET state = 'parked' WHERE id = ?", inbox_id)


async def get_outcome(tx: Tx, inbox_id: int) -> str | None:
    found: str | None = await tx.value("SELECT outcome FROM inbox WHERE id = ?", inbox_id)
    return found


async def set_outcome(tx: Tx, inbox_id: int, outcome: str) -> None:
    await tx.execute("UPDATE inbox SET outcome = ? WHERE id = ?", outcome, inbox_id)


async def count_by_state(tx: Tx) -> dict[str, int]:
    return dict(await tx.fetch("SELECT state, COUNT(*) FROM inbox GROUP BY state"))


async def purge(tx: Tx, before: int) -> int:
    """Forget handled updates: Telegram may use their numbers again after a quiet week."""
    return await tx.execute("DELETE FROM inbox WHERE state = 'done' AND received_at < ?", before)
