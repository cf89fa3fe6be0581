"""Departments as a tree: a subtree is the prefix of its trail."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from storage.engine import Tx
from storage.records import SEVERAL, Department

# Departments (as `d`) of a scope: one argument, the trails of its tops joined by SEVERAL; "" is the whole unit.
UNDER = (
    "d.id IN (SELECT b.id FROM (SELECT '|' || CAST(? AS TEXT) || '|' AS tops) s"
    " JOIN departments t ON (s.tops = '||' AND t.parent_id IS NULL) OR s.tops LIKE '%|' || t.trail || '|%'"
    " JOIN departments b ON b.trail LIKE t.trail || '%')"
)
# Whether what was addressed to a scope (`reach`) lies in the asker's scope; one argument, none for nothing.
COVERED = (
    "EXISTS (SELECT 1 FROM (SELECT CAST(? AS TEXT) AS tops) s"
    " LEFT JOIN departments t ON '|' || s.tops || '|' LIKE '%|' || t.trail || '|%'"
    " WHERE s.tops = '' OR reach = s.tops"
    " OR (reach NOT LIKE '%|%' AND (reach LIKE s.tops || '%' OR reach LIKE t.trail || '%')))"
)
COLUMNS = "id, parent_id, name, path, trail, closed_on"


async def list_all(tx: Tx, *, closed: bool = False) -> Sequence[Department]:
    """Every department, parents before their children; those that are closed only where their past is looked at."""
    rows = await tx.fetch(f"SELECT {COLUMNS} FROM departments ORDER BY trail")
    return [Department(*row) for row in rows if closed or row[5] is None]


async def list_below(tx: Tx, scope: str) -> Sequence[Department]:
    """The departments of a scope, its tops included; "" is the whole unit."""
    tops = tuple(scope.split(SEVERAL))
    return [department for department in await list_all(tx) if department.trail.startswith(tops)]


async def get(tx: Tx, department_id: int) -> Department | None:
    row = await tx.row(f"SELECT {COLUMNS} FROM departments WHERE id = ?", department_id)
    return Department(*row) if row else None


async def find_by_path(tx: Tx, path: str) -> Department | None:
    row = await tx.row(f"SELECT {COLUMNS} FROM departments WHERE path = ?", path)
    return Department(*row) if row else None


async def insert(tx: Tx, path: str) -> Department:
    """The department of this path (综合处/办公室), made together with the parents it lacks."""
    present = await find_by_path(tx, path)
    if present is not None:
        return await reopen(tx, present)
    above, _, name = path.rpartition("/")
    parent = await insert(tx, above) if above else None
    number = await tx.value(
        "INSERT INTO departments (parent_id, name, path) VALUES (?, ?, ?) RETURNING id",
        parent.id if parent else None,
        name,
        path,
    )
    trail = f"{parent.trail if parent else '/'}{number}/"
    await tx.execute("UPDATE departments SET trail = ? WHERE id = ?", trail, number)
    return Department(number, parent.id if parent else None, name, path, trail)


async def reopen(tx: Tx, department: Department) -> Department:
    """A department into which somebody is put again is not closed; nor is anything above it."""
    if department.closed_on is None:
        return department
    above = await get(tx, department.parent_id) if department.parent_id else None
    if above is not None:
        await reopen(tx, above)
    await tx.execute("UPDATE departments SET closed_on = NULL, merged_into = NULL WHERE id = ?", department.id)
    return replace(department, closed_on=None)


async def close_if_empty(tx: Tx, department_id: int, day: date) -> bool:
    """Close it, unless somebody who has not left or an open department is in it."""
    return bool(
        await tx.execute(
            "UPDATE departments SET closed_on = ? WHERE id = ? AND closed_on IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM people WHERE department_id = ? AND status NOT IN ('left', 'retired'))"
            " AND NOT EXISTS (SELECT 1 FROM departments c WHERE c.parent_id = ? AND c.closed_on IS NULL)",
            day.isoformat(),
            department_id,
            department_id,
            department_id,
        )
    )


async def close(tx: Tx, department_id: int, day: date, merged_into: int) -> None:
    """Nobody is put into it any more; where its people went stands beside it."""
    await tx.execute(
        "UPDATE departments SET closed_on = ?, merged_into = ? WHERE id = ?",
        day.isoformat(),
        merged_into,
        department_id,
    )


async def hand_over(tx: Tx, old: int, new: int) -> None:
    """It is the same department at another place: whoever leads it by a grant, and its group, go along."""
    await tx.execute(
        "UPDATE grants SET department_id = ? WHERE department_id = ? AND revoked_at IS NULL AND NOT EXISTS (SELECT 1"
        " FROM grants o WHERE o.person_id = grants.person_id AND o.role = grants.role AND o.department_id = ?"
        " AND o.revoked_at IS NULL)",
        new,
        old,
        new,
    )
    await tx.execute(
        "UPDATE group_bindings SET department_id = ? WHERE department_id = ? AND ended_at IS NULL", new, old
    )


async def end_rights(
    tx: Tx, department_id: int, by: int, at: int
) -> tuple[Sequence[tuple[int, str, str]], Sequence[int]]:
    """What was given over a department that is no more: nobody gets another one by it. (person, role, last day) of
    each, and the groups that were bound to it."""
    given = await tx.fetch(
        "UPDATE grants SET revoked_by = ?, revoked_at = ? WHERE department_id = ? AND revoked_at IS NULL"
        " RETURNING person_id, role, COALESCE(until_date, '')",
        by,
        at,
        department_id,
    )
    bound = await tx.fetch(
        "UPDATE group_bindings SET ended_by = ?, ended_at = ? WHERE department_id = ? AND ended_at IS NULL"
        " RETURNING chat_id",
        by,
        at,
        department_id,
    )
    return [(row[0], row[1], row[2]) for row in given], [row[0] for row in bound]


async def rename(tx: Tx, department: Department, path: str) -> None:
    """Another path for it, and so for everything below it, closed or not."""
    await tx.execute("UPDATE departments SET name = ? WHERE id = ?", path.rpartition("/")[2], department.id)
    below = [one for one in await list_all(tx, closed=True) if one.trail.startswith(department.trail)]
    await tx.executemany(
        "UPDATE departments SET path = ? WHERE id = ?",
        [(path + one.path[len(department.path) :], one.id) for one in below],
    )
