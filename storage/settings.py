"""Campaign settings as they were changed in chat; what was never changed has its default."""

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
