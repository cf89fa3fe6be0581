"""Invite codes, kept as hashes only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.engine import Tx

OPEN = "revoked_at IS NULL AND uses_left > 0 AND expires_at > ?"


@dataclass(frozen=True, slots=True)
class Invite:
    id: int
    department_id: int
    trail: str  # of that department
    person_id: int | None = None  # the only one whom it lets in


INVITE = (
    "SELECT i.id, i.department_id, d.trail, i.person_id FROM invites i JOIN departments d ON d.id = i.department_id"
)


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
    row = await tx.row(f"{INVITE} WHERE i.code_hash = ? AND {OPEN}", code_hash, now)
    return Invite(*row) if row else None


async def get_open(tx: Tx, invite_id: int, now: int) -> Invite | None:
    row = await tx.row(f"{INVITE} WHERE i.id = ? AND {OPEN}", invite_id, now)
    return Invite(*row) if row else None


async def list_open(tx: Tx, trail: str, now: int) -> Sequence[Invite]:
    """The links of this subtree that can still be used, by department; "" is the whole unit."""
    rows = await tx.fetch(
        f"{INVITE} WHERE {OPEN} AND i.person_id IS NULL AND d.trail LIKE CAST(? AS TEXT) || '%' ORDER BY d.trail, i.id",
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


# Codes for one person

UNBOUND = (
    " FROM people p JOIN departments d ON d.id = p.department_id"
    " WHERE p.status NOT IN ('left', 'retired') AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = p.id)"
)


async def count_unbound(tx: Tx) -> Sequence[tuple[str, int]]:
    """(trail, how many) of those who are on the roster and have not come in."""
    rows = await tx.fetch(f"SELECT d.trail, COUNT(*){UNBOUND} GROUP BY d.trail")
    return [(row[0], row[1]) for row in rows]


@dataclass(frozen=True, slots=True)
class Unbound:
    """Somebody who could come in with a code of his own."""

    person_id: int
    staff_number: str
    department_id: int
    path: str
    made_at: int  # when the code that he has was made; 0: he has none that works


async def list_unbound(tx: Tx, trail: str, now: int) -> Sequence[Unbound]:
    """In this subtree; whoever has no code comes first, then those whose codes are the oldest."""
    rows = await tx.fetch(
        "SELECT p.id, p.staff_number, p.department_id, d.path,"
        f" COALESCE((SELECT MAX(i.created_at) FROM invites i WHERE i.person_id = p.id AND {OPEN}), 0) AS made_at"
        f"{UNBOUND} AND d.trail LIKE CAST(? AS TEXT) || '%' ORDER BY made_at, d.trail, p.staff_number",
        now,
        trail,
    )
    return [Unbound(*row) for row in rows]


async def insert_personal(
    tx: Tx, rows: Iterable[tuple[str, int, int]], created_by: int, at: int, expires_at: int
) -> None:
    """(hash, department, person): good for one use."""
    await tx.executemany(
        "INSERT INTO invites (code_hash, department_id, person_id, created_by, created_at, expires_at, uses_left)"
        " VALUES (?, ?, ?, ?, ?, ?, 1)",
        [(code_hash, place, person, created_by, at, expires_at) for code_hash, place, person in rows],
    )


async def revoke_personal(tx: Tx, people: Iterable[int], at: int) -> None:
    """Whatever these people could come in with ends."""
    await tx.executemany(
        "UPDATE invites SET revoked_at = ? WHERE person_id = ? AND revoked_at IS NULL", [(at, one) for one in people]
    )


async def last_personal(tx: Tx, trail: str) -> int:
    """The newest code that was made for one person of this subtree, whatever has become of it; 0: there was none."""
    found: int = await tx.value(
        "SELECT COALESCE(MAX(i.id), 0) FROM invites i JOIN people p ON p.id = i.person_id"
        " JOIN departments d ON d.id = p.department_id WHERE d.trail LIKE CAST(? AS TEXT) || '%'",
        trail,
    )
    return found


async def count_personal(tx: Tx, now: int) -> int:
    found: int = await tx.value(f"SELECT COUNT(*) FROM invites WHERE person_id IS NOT NULL AND {OPEN}", now)
    return found


async def revoke_all_personal(tx: Tx, now: int) -> int:
    """How many could still be used until now."""
    return await tx.execute(f"UPDATE invites SET revoked_at = ? WHERE person_id IS NOT NULL AND {OPEN}", now, now)


async def find_number(tx: Tx, invite_id: int) -> str:
    """The staff number of whom a code is for; empty: it is no personal one."""
    found: str | None = await tx.value(
        "SELECT p.staff_number FROM invites i JOIN people p ON p.id = i.person_id WHERE i.id = ?", invite_id
    )
    return found or ""
