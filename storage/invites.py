"""Invite codes, kept as hashes only."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.engine import Tx

OPEN = "revoked_at IS NULL AND uses_left > 0 AND expires_at > ?"


@dataclass(frozen=True, slots=True)
class Invite:
    id: int
    department_id: int
    department: str  # its path
    trail: str
    expires_at: int
    uses_left: int


COLUMNS = "i.id, i.department_id, d.path, d.trail, i.expires_at, i.uses_left"


async def insert(
    tx: Tx, code_hash: str, department_id: int, created_by: int | None, at: int, expires_at: int, uses: int
) -> int:
    number: int = await tx.value(
        "INSERT INTO invites (code_hash, department_id, created_by, created_at, expires_at, uses_left)"
        " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        code_hash,
        department_id,
        created_by,
        at,
        expires_at,
        uses,
    )
    return number


async def find_open(tx: Tx, code_hash: str, now: int) -> Invite | None:
    """The invite of this code while it can be used."""
    row = await tx.row(
        f"SELECT {COLUMNS} FROM invites i JOIN departments d ON d.id = i.department_id"
        f" WHERE i.code_hash = ? AND {OPEN}",
        code_hash,
        now,
    )
    return Invite(*row) if row else None


async def get_open(tx: Tx, invite_id: int, now: int) -> Invite | None:
    row = await tx.row(
        f"SELECT {COLUMNS} FROM invites i JOIN departments d ON d.id = i.department_id WHERE i.id = ? AND {OPEN}",
        invite_id,
        now,
    )
    return Invite(*row) if row else None


async def list_open(tx: Tx, trail: str, now: int) -> Sequence[Invite]:
    """What can still be used in this subtree, by department; "" is the whole unit."""
    rows = await tx.fetch(
        f"SELECT {COLUMNS} FROM invites i JOIN departments d ON d.id = i.department_id"
        f" WHERE {OPEN} AND d.trail LIKE CAST(? AS TEXT) || '%' ORDER BY d.trail, i.id",
        now,
        trail,
    )
    return [Invite(*row) for row in rows]


async def list_of(tx: Tx, department_id: int) -> Sequence[int]:
    """The codes for this very department that have not been revoked."""
    rows = await tx.fetch("SELECT id FROM invites WHERE department_id = ? AND revoked_at IS NULL", department_id)
    return [row[0] for row in rows]


async def take_use(tx: Tx, invite_id: int, now: int) -> bool:
    """Use it once; False when it cannot be used any more."""
    return bool(
        await tx.execute(f"UPDATE invites SET uses_left = uses_left - 1 WHERE id = ? AND {OPEN}", invite_id, now)
    )


async def revoke(tx: Tx, invite_id: int, at: int) -> bool:
    return bool(
        await tx.execute("UPDATE invites SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", at, invite_id)
    )


async def count_people(tx: Tx, trail: str) -> int:
    """How many of this subtree's roster could come."""
    found: int = await tx.value(
        "SELECT COUNT(*) FROM people p JOIN departments d ON d.id = p.department_id"
        " WHERE d.trail LIKE CAST(? AS TEXT) || '%' AND p.status NOT IN ('left', 'retired')",
        trail,
    )
    return found
