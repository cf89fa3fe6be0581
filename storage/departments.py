"""Departments as a tree: a subtree is the prefix of its trail."""

from collections.abc import Sequence

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
COLUMNS = "id, parent_id, name, path, trail"


async def list_all(tx: Tx) -> Sequence[Department]:
    """Every department, parents before their children."""
    return [Department(*row) for row in await tx.fetch(f"SELECT {COLUMNS} FROM departments ORDER BY trail")]


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
        return present
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
