"""The roster: people, and who was where in which status from which day on."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from storage.accounts import HAS_ROLE, NO_DEPUTIES, PERSON, person
from storage.departments import UNDER
from storage.engine import Tx
from storage.records import Person, Role

# What stands for a person on pages of others: his name, or his number where the unit wants codes.
SHOWN_NAME = (
    "CASE WHEN EXISTS (SELECT 1 FROM settings WHERE name = 'codes_instead_of_names' AND value = 'true')"
    " THEN p.staff_number ELSE p.name END"
)
LITERAL = str.maketrans({"!": "!!", "%": "!%", "_": "!_"})  # what is looked for by LIKE ... ESCAPE '!' as it stands
MEMBERS = (
    " FROM people p JOIN departments d ON d.id = p.department_id LEFT JOIN accounts a ON a.person_id = p.id"
    f" WHERE {UNDER} AND p.status NOT IN ('left', 'retired')"
    " AND (p.name LIKE ? ESCAPE '!' OR p.staff_number LIKE ? ESCAPE '!')"
    " AND (CAST(? AS TEXT) = 'all' OR (? = 'unbound' AND a.user_id IS NULL)"
    " OR (? = 'unreachable' AND a.reachable = 0))"
)


async def get(tx: Tx, person_id: int) -> Person | None:
    row = await tx.row(f"SELECT {PERSON} FROM people p WHERE p.id = ?", person_id)
    return person(row) if row else None


async def find_by_number(tx: Tx, staff_number: str) -> Person | None:
    row = await tx.row(f"SELECT {PERSON} FROM people p WHERE p.staff_number = ?", staff_number)
    return person(row) if row else None


async def list_all(tx: Tx) -> Sequence[Person]:
    return [person(row) for row in await tx.fetch(f"SELECT {PERSON} FROM people p ORDER BY p.staff_number")]


async def shown(tx: Tx, people: Iterable[Person]) -> Sequence[Person]:
    """The same people as others see them. For pages only: what is written back must have its name."""
    codes = await tx.value("SELECT 1 FROM settings WHERE name = 'codes_instead_of_names' AND value = 'true'")
    return [replace(one, name=one.staff_number) if codes else one for one in people]


async def search(tx: Tx, text: str, limit: int) -> Sequence[tuple[Person, str]]:
    """A part of a name or the head of a number, those who have left at the end; with the path of the department. As
    others see them."""
    pattern = text.translate(LITERAL)
    rows = await tx.fetch(
        f"SELECT {PERSON}, d.path FROM people p JOIN departments d ON d.id = p.department_id"
        " WHERE p.name LIKE ? ESCAPE '!' OR p.staff_number LIKE ? ESCAPE '!'"
        " ORDER BY CASE WHEN p.status IN ('left', 'retired') THEN 1 ELSE 0 END, d.trail, p.staff_number LIMIT ?",
        f"%{pattern}%",
        f"{''.join(pattern.split()).upper()}%",
        limit,
    )
    found = await shown(tx, [person(row[:7]) for row in rows])
    return [(one, row[7]) for one, row in zip(found, rows, strict=True)]


async def list_present(tx: Tx) -> Sequence[tuple[Person, str]]:
    """Everybody who has not left, by name, with the path of his department, in the tree's order."""
    rows = await tx.fetch(
        f"SELECT {PERSON}, d.path FROM people p JOIN departments d ON d.id = p.department_id"
        " WHERE p.status NOT IN ('left', 'retired') ORDER BY d.trail, p.staff_number"
    )
    return [(person(row[:7]), row[7]) for row in rows]


async def list_in(tx: Tx, departments: Sequence[int]) -> Sequence[Person]:
    """Everybody who stands in these very departments and has not left."""
    found: list[Person] = []
    for one in departments:
        rows = await tx.fetch(
            f"SELECT {PERSON} FROM people p WHERE p.department_id = ? AND p.status NOT IN ('left', 'retired')"
            " ORDER BY p.staff_number",
            one,
        )
        found += [person(row) for row in rows]
    return found


async def count_by_department(tx: Tx) -> dict[int, int]:
    """How many who have not left stand in each department itself."""
    rows = await tx.fetch(
        "SELECT department_id, COUNT(*) FROM people WHERE status NOT IN ('left', 'retired') GROUP BY department_id"
    )
    return {row[0]: row[1] for row in rows}


async def count_present(tx: Tx) -> int:
    found: int = await tx.value("SELECT COUNT(*) FROM people WHERE status NOT IN ('left', 'retired')")
    return found


async def list_names(tx: Tx, role: Role) -> Sequence[str]:
    """Those at work who have this role as others see them, deputies aside."""
    rows = await tx.fetch(
        f"SELECT {SHOWN_NAME} FROM people p WHERE p.status = 'active' AND {HAS_ROLE} ORDER BY p.staff_number",
        *(role.value, None, None),
        *(role.value, None, None, NO_DEPUTIES.isoformat()),
    )
    return [row[0] for row in rows]


async def count(tx: Tx) -> int:
    found: int = await tx.value("SELECT COUNT(*) FROM people")
    return found


async def insert_many(tx: Tx, people: Iterable[Person], today: date) -> None:
    """New people (their `id` is not looked at) with the posting they begin with."""
    people = list(people)
    await tx.executemany(
        "INSERT INTO people (staff_number, name, title, department_id, role, status) VALUES (?, ?, ?, ?, ?, ?)",
        [(p.staff_number, p.name, p.title, p.department_id, p.role.value, p.status.value) for p in people],
    )
    await tx.executemany(
        "INSERT INTO postings (person_id, from_date, department_id, status)"
        " SELECT id, ?, department_id, status FROM people WHERE staff_number = ?",
        [(today.isoformat(), p.staff_number) for p in people],
    )


REWRITE = (
    "UPDATE people SET staff_number = ?, name = ?, title = ?, department_id = ?, role = ?, status = ? WHERE id = ?"
)


async def rewrite_many(tx: Tx, people: Iterable[Person]) -> None:
    """Change people by id, and leave their postings to whoever does so."""
    await tx.executemany(
        REWRITE,
        [(p.staff_number, p.name, p.title, p.department_id, p.role.value, p.status.value, p.id) for p in people],
    )


async def update_many(tx: Tx, people: Iterable[Person], today: date) -> None:
    """Change people by id; a posting begins today where department or status is another one now."""
    people = list(people)
    await rewrite_many(tx, people)
    await tx.executemany(
        "INSERT INTO postings (person_id, from_date, department_id, status)"
        " SELECT p.id, CAST(? AS TEXT), p.department_id, p.status FROM people p WHERE p.id = ?"
        " AND NOT EXISTS (SELECT 1 FROM postings l WHERE l.person_id = p.id AND l.department_id = p.department_id"
        " AND l.status = p.status AND l.from_date = (SELECT MAX(from_date) FROM postings WHERE person_id = p.id))"
        " ON CONFLICT (person_id, from_date) DO UPDATE"
        " SET department_id = excluded.department_id, status = excluded.status",
        [(today.isoformat(), p.id) for p in people],
    )
    await end_grants(tx, [p.id for p in people], today)


def _left_at(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)


async def end_grants(tx: Tx, people: Iterable[int], today: date) -> None:
    """Whoever leaves holds nothing any more, also if he comes back one day."""
    await tx.executemany(
        "UPDATE grants SET revoked_at = ? WHERE person_id = ? AND revoked_at IS NULL"
        " AND EXISTS (SELECT 1 FROM people p WHERE p.id = grants.person_id AND p.status IN ('left', 'retired'))",
        [(_left_at(today), one) for one in people],
    )


async def give_back_grants(tx: Tx, people: Iterable[tuple[int, date]]) -> None:
    """What ended on that day because somebody had left, who has not left at all."""
    await tx.executemany(
        "UPDATE grants SET revoked_at = NULL WHERE person_id = ? AND revoked_by IS NULL AND revoked_at = ?"
        " AND EXISTS (SELECT 1 FROM people p WHERE p.id = grants.person_id AND p.status NOT IN ('left', 'retired'))",
        [(one, _left_at(day)) for one, day in people],
    )


async def department_on(tx: Tx, person_id: int, day: date) -> int | None:
    """The department a person was in on a day; before his first posting, the first one."""
    found: int | None = await tx.value(
        "SELECT department_id FROM postings WHERE person_id = ?"
        " ORDER BY CASE WHEN from_date <= ? THEN 0 ELSE 1 END,"
        " CASE WHEN from_date <= ? THEN from_date END DESC, from_date LIMIT 1",
        person_id,
        day.isoformat(),
        day.isoformat(),
    )
    return found


async def count_in_post(tx: Tx) -> int:
    found: int = await tx.value("SELECT COUNT(*) FROM people WHERE status IN ('active', 'on_leave')")
    return found


async def count_bound(tx: Tx) -> int:
    found: int = await tx.value("SELECT COUNT(*) FROM accounts WHERE person_id IS NOT NULL")
    return found


async def list_members(
    tx: Tx, scope: str, search: str, kind: str, limit: int, offset: int
) -> tuple[Sequence[tuple[Person, str, bool | None]], int]:
    """A page of a scope's people who have not left, with department path and reachability (None: not bound), and how
    many there are. `kind` is all, unbound or unreachable; `search` a part of a name or the head of a number."""
    pattern = search.translate(LITERAL)
    args = (scope, f"%{pattern}%", f"{''.join(pattern.split()).upper()}%", kind, kind, kind)
    total: int = await tx.value(f"SELECT COUNT(*){MEMBERS}", *args)
    rows = await tx.fetch(
        f"SELECT {PERSON}, d.path, a.reachable, {SHOWN_NAME}{MEMBERS}"
        " ORDER BY d.trail, p.staff_number LIMIT ? OFFSET ?",
        *args,
        limit,
        offset,
    )
    shown = [(replace(person(row[:7]), name=row[9]), row[7], row[8]) for row in rows]
    return [(one, path, None if reachable is None else bool(reachable)) for one, path, reachable in shown], total
