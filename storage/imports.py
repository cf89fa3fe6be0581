"""Roster files that were read and are waiting for a tap, or have had it."""

from storage.engine import Tx


async def insert(tx: Tx, digest: str, file_name: str, entries: str, created_by: int | None, at: int) -> int:
    found: int = await tx.value(
        "INSERT INTO imports (digest, file_name, entries, created_by, created_at) VALUES (?, ?, ?, ?, ?) RETURNING id",
        digest,
        file_name,
        entries,
        created_by,
        at,
    )
    return found


async def get(tx: Tx, import_id: int) -> tuple[str, str, str] | None:
    """State, state of its missing people, entries."""
    row = await tx.row("SELECT state, missing_state, entries FROM imports WHERE id = ?", import_id)
    return (row[0], row[1], row[2]) if row else None


async def move(tx: Tx, import_id: int, before: str, after: str) -> bool:
    """Change the state; False when somebody was faster."""
    return bool(await tx.execute("UPDATE imports SET state = ? WHERE id = ? AND state = ?", after, import_id, before))


async def move_missing(tx: Tx, import_id: int, before: str, after: str) -> bool:
    return bool(
        await tx.execute(
            "UPDATE imports SET missing_state = ? WHERE id = ? AND missing_state = ?", after, import_id, before
        )
    )


async def forget_entries(tx: Tx, import_id: int) -> None:
    """The names in a file are not needed once it is settled."""
    await tx.execute("UPDATE imports SET entries = '[]' WHERE id = ?", import_id)
