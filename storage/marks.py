"""What the installation remembers of itself: the audit's salt, the last kept night, whether sending is held."""

from storage.engine import Tx


async def get(tx: Tx, name: str) -> str:
    """Empty when there is none."""
    found: str | None = await tx.value("SELECT value FROM marks WHERE name = ?", name)
    return found or ""


async def put(tx: Tx, name: str, value: str) -> None:
    await tx.execute(
        "INSERT INTO marks (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name,
        value,
    )


async def take(tx: Tx, name: str, value: str) -> bool:
    """Whether this call changed the mark: of two who come to the same night or the same button one wins."""
    changed = await tx.execute(
        "INSERT INTO marks (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        " WHERE marks.value <> excluded.value",
        name,
        value,
    )
    return bool(changed)


async def drop(tx: Tx, name: str, value: str | None = None) -> bool:
    """Whether there was one; with a value only that very one goes, not what was put in its place meanwhile."""
    if value is None:
        return bool(await tx.execute("DELETE FROM marks WHERE name = ?", name))
    return bool(await tx.execute("DELETE FROM marks WHERE name = ? AND value = ?", name, value))
