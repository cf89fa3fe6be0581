"""Roles given in chat and taken away again; whoever holds one by the roster's column stands beside them in the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storage.engine import Row, Tx
from storage.people import SHOWN_NAME
from storage.records import Role

# The roster's own column (no id), then what was given in chat and has not ended.
HOLDERS = (
    " FROM (SELECT 0 AS id, p.id AS person_id, p.role AS role,"
    " CASE WHEN p.role = 'leader' THEN p.department_id END AS department_id, NULL AS until_date,"
    " NULL AS granted_at FROM people p WHERE p.role <> 'staff'"
    " UNION ALL SELECT g.id, g.person_id, g.role, g.department_id, g.until_date, g.granted_at FROM grants g"
    " WHERE g.revoked_at IS NULL AND (g.until_date IS NULL OR g.until_date >= ?)) h"
    " JOIN people p ON p.id = h.person_id LEFT JOIN departments d ON d.id = h.department_id"
    " WHERE p.status NOT IN ('left', 'retired')"
)

HOLDER = (
    "SELECT h.id, h.person_id, h.role, h.department_id, h.until_date, h.granted_at,"
    f" {SHOWN_NAME}, p.staff_number,"
    " COALESCE(d.path, '')"
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds which role, since when and until when; `id` 0: by the roster."""

    id: int
    person_id: int
    role: Role
    department_id: int | None
    until: str | None
    at: int | None
    name: str
    staff_number: str
    path: str


async def list_holders(tx: Tx, today: date, limit: int, offset: int) -> tuple[Sequence[Holder], int]:
    """A page of everybody who holds a role beside 职工, the office first; and how many there are."""
    total: int = await tx.value(f"SELECT COUNT(*){HOLDERS}", today.isoformat())
    rows = await tx.fetch(
        f"{HOLDER}{HOLDERS} ORDER BY CASE h.role WHEN 'office' THEN 0 WHEN 'viewer' THEN 1 ELSE 2 END,"
        " COALESCE(d.trail, ''), p.staff_number, h.id LIMIT ? OFFSET ?",
        today.isoformat(),
        limit,
        offset,
    )
    return [_holder(row) for row in rows], total


async def list_leaders(tx: Tx, today: date) -> Sequence[Holder]:
    """Those in post who lead a department, by the roster or by a grant."""
    rows = await tx.fetch(
        f"{HOLDER}{HOLDERS} AND h.role = 'leader' AND p.status IN ('active', 'on_leave') ORDER BY p.staff_number, h.id",
        today.isoformat(),
    )
    return [_holder(row) for row in rows]


async def list_of(tx: Tx, person_id: int, today: date) -> Sequence[Holder]:
    """What one person holds today."""
    rows = await tx.fetch(
        f"{HOLDER}{HOLDERS} AND p.id = ? ORDER BY h.id",
        today.isoformat(),
        person_id,
    )
    return [_holder(row) for row in rows]


def _holder(row: Row) -> Holder:
    number, person_id, role, *rest = row
    return Holder(number, person_id, Role(role), *rest)


async def insert(
    tx: Tx, person_id: int, role: Role, department_id: int | None, until: date | None, by: int, at: int
) -> bool:
    """False when the person holds it already by a grant that has not been taken away."""
    return bool(
        await tx.execute(
            "INSERT INTO grants (person_id, role, department_id, until_date, granted_by, granted_at)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            person_id,
            role.value,
            department_id,
            until.isoformat() if until else None,
            by,
            at,
        )
    )


async def revoke(tx: Tx, person_id: int, role: Role, department_id: int | None, by: int, at: int) -> bool:
    """Take it away, whether its day has come or not; False when there is nothing to take."""
    return bool(
        await tx.execute(
            "UPDATE grants SET revoked_by = ?, revoked_at = ? WHERE person_id = ? AND role = ?"
            " AND COALESCE(department_id, 0) = ? AND revoked_at IS NULL",
            by,
            at,
            person_id,
            role.value,
            department_id or 0,
        )
    )


async def clear_column(tx: Tx, person_id: int, role: Role) -> bool:
    """The roster's own role becomes 职工; False when it is not (any more) this one."""
    return bool(await tx.execute("UPDATE people SET role = 'staff' WHERE id = ? AND role = ?", person_id, role.value))
