"""What the unit has made of phrases and duties: rows of its own, and rows about shipped ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from storage.engine import Tx

COLUMNS = "id, kind, shipped, text, tip, avoid, active, version"


@dataclass(frozen=True, slots=True)
class Kept:
    """One row; without `shipped` the unit's own, else its word about a shipped one."""

    id: int
    kind: str  # phrase, duty
    shipped: str | None
    text: str = ""
    tip: str = ""
    avoid: str = ""
    active: bool = True
    version: int = 0  # 0: not written yet


async def list_all(tx: Tx) -> Sequence[Kept]:
    rows = await tx.fetch(f"SELECT {COLUMNS} FROM contents ORDER BY id")
    return [
        Kept(number, kind, shipped, text, tip, avoid, bool(active), version)
        for number, kind, shipped, text, tip, avoid, active, version in rows
    ]


async def insert(tx: Tx, new: Kept, at: int) -> Kept | None:
    """Keep a new row; None when there is one about this shipped item already."""
    number: int | None = await tx.value(
        "INSERT INTO contents (kind, shipped, text, tip, avoid, active, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (shipped) DO NOTHING RETURNING id",
        new.kind,
        new.shipped,
        new.text,
        new.tip,
        new.avoid,
        int(new.active),
        at,
    )
    return replace(new, id=number, version=1) if number is not None else None


async def change(tx: Tx, old: Kept, new: Kept, at: int) -> bool:
    """Put the new one in place of the old; False when somebody else has changed it since."""
    if old.version == 0:
        return await insert(tx, new, at) is not None
    return bool(
        await tx.execute(
            "UPDATE contents SET text = ?, tip = ?, avoid = ?, active = ?, changed_at = ?, version = version + 1"
            " WHERE id = ? AND version = ?",
            new.text,
            new.tip,
            new.avoid,
            int(new.active),
            at,
            old.id,
            old.version,
        )
    )
