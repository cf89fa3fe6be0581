"""Numbers of the whole unit that only the status page asks for."""

from storage.engine import Tx


async def count_bound(tx: Tx) -> tuple[int, int]:
    """How many people in post are bound and have consented, and how many are not."""
    row = await tx.row(
        "SELECT COUNT(a.user_id), COUNT(*) FROM people p"
        " LEFT JOIN accounts a ON a.person_id = p.id AND a.consent_version IS NOT NULL"
        " WHERE p.status IN ('active', 'on_leave')"
    )
    return (row[0], row[1] - row[0]) if row else (0, 0)


async def count_silent(tx: Tx) -> tuple[int, int]:
    """How many bound people have turned the morning message off, and how many cannot be reached."""
    row = await tx.row(
        "SELECT COALESCE(SUM(muted), 0), COALESCE(SUM(1 - reachable), 0) FROM accounts WHERE person_id IS NOT NULL"
    )
    return (int(row[0]), int(row[1])) if row else (0, 0)
