"""How much somebody has got unasked: what the week's budget looks at."""

from collections.abc import Sequence

from storage.engine import Tx

# Besides the morning message and the digest; `free` is what the sender has marked important.
COUNTED = "urgency = 2 AND free = 0 AND kind <> 'morning' AND kind <> 'digest'"


async def list_reached(tx: Tx, start: int, end: int, count: int) -> Sequence[int]:
    """Who has got, or is about to get, at least so many unasked messages from `start` up to `end`."""
    rows = await tx.fetch(
        "SELECT person_id FROM ("
        f" SELECT person_id FROM outbox WHERE {COUNTED} AND state <> 'pending' AND state IN ('sent', 'unknown')"
        " AND settled_at >= ? AND settled_at < ?"
        f" UNION ALL SELECT person_id FROM outbox WHERE {COUNTED} AND state = 'pending'"
        " AND not_before >= ? AND not_before < ?"
        f" UNION ALL SELECT person_id FROM outbox WHERE {COUNTED} AND state = 'sending' AND lease_until > 0"
        ") counted WHERE person_id IS NOT NULL GROUP BY person_id HAVING COUNT(*) >= CAST(? AS BIGINT)",
        start,
        end,
        start,
        end,
        count,
    )
    return [row[0] for row in rows]
