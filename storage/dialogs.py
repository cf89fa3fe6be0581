"""Where each person stands in a dialogue."""

from typing import Any

import orjson

from storage.engine import Tx


async def get(tx: Tx, key: str, not_before: int) -> tuple[str | None, dict[str, Any]]:
    """State and data; nothing when there is none or it was left lying since before `not_before`."""
    row = await tx.row("SELECT state, data FROM dialogs WHERE key = ? AND changed_at >= ?", key, not_before)
    return (row[0], orjson.loads(row[1])) if row else (None, {})


async def put(tx: Tx, key: str, state: str | None, data: dict[str, Any], at: int) -> None:
    if state is None:
        await tx.execute("DELETE FROM dialogs WHERE key = ?", key)
        return
    await tx.execute(
        "INSERT INTO dialogs (key, state, data, changed_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE"
        " SET state = excluded.state, data = excluded.data, changed_at = excluded.changed_at",
        key,
        state,
        orjson.dumps(data).decode(),
        at,
    )
