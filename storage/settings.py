"""Campaign settings as they were changed in chat; what was never changed has its default."""

from datetime import date

from storage.engine import Tx


async def list_all(tx: Tx) -> dict[str, str]:
    return {row[0]: row[1] for row in await tx.fetch("SELECT name, value FROM settings")}


async def put(tx: Tx, name: str, value: str, at: int) -> None:
    await tx.execute(
        "INSERT INTO settings (name, value, changed_at) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at",
        name,
        value,
        at,
    )


async def keep_target(tx: Tx, until: date, percent: int) -> None:
    """This target stood until the end of that day; of several changes in a day the first one tells."""
    await tx.execute(
        "INSERT INTO former_targets (until, percent) VALUES (?, ?) ON CONFLICT (until) DO NOTHING",
        until.isoformat(),
        percent,
    )


async def find_target(tx: Tx, day: date) -> int | None:
    """The target at the end of a day; None where it is today's."""
    found: int | None = await tx.value(
        "SELECT percent FROM former_targets WHERE until >= ? ORDER BY until LIMIT 1", day.isoformat()
    )
    return found
