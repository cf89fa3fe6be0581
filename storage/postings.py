"""Who was where in which status from which day on; a check-in stands in the department of its service date."""

from collections.abc import Iterable, Sequence
from datetime import date

from storage.engine import Tx
from storage.records import PersonStatus, Posting

# The department of a check-in's service date; before the first posting, the first one.
THEN = (
    "COALESCE((SELECT o.department_id FROM postings o WHERE o.person_id = checkins.person_id"
    " AND o.from_date <= checkins.service_date ORDER BY o.from_date DESC LIMIT 1),"
    " (SELECT o.department_id FROM postings o WHERE o.person_id = checkins.person_id ORDER BY o.from_date LIMIT 1))"
)


async def list_of(tx: Tx, person_id: int) -> Sequence[Posting]:
    """A person's postings, the first one first."""
    rows = await tx.fetch(
        "SELECT o.from_date, o.department_id, d.path, o.status FROM postings o"
        " JOIN departments d ON d.id = o.department_id WHERE o.person_id = ? ORDER BY o.from_date",
        person_id,
    )
    return [Posting(date.fromisoformat(row[0]), row[1], row[2], PersonStatus(row[3])) for row in rows]


async def latest(tx: Tx, people: Iterable[int]) -> date | None:
    """The day of the last change of any of them."""
    days = [
        await tx.value("SELECT MAX(from_date) FROM postings WHERE person_id = ?", person_id) for person_id in people
    ]
    last = max((day for day in days if day), default=None)
    return date.fromisoformat(last) if last else None


async def put(tx: Tx, person_id: int, day: date, department_id: int, status: PersonStatus) -> None:
    """From this day on he is there in this status; what was written for later days falls away."""
    await tx.execute("DELETE FROM postings WHERE person_id = ? AND from_date >= ?", person_id, day.isoformat())
    await tx.execute(
        "INSERT INTO postings (person_id, from_date, department_id, status) VALUES (?, ?, ?, ?)",
        person_id,
        day.isoformat(),
        department_id,
        status.value,
    )


async def restore(tx: Tx, rows: Iterable[tuple[int, str, int | None, str]]) -> None:
    """(person, day, department, status) as they were before that day was written; no department: there was nothing."""
    rows = list(rows)
    await tx.executemany(
        "DELETE FROM postings WHERE person_id = ? AND from_date = ?", [(person, day) for person, day, _, _ in rows]
    )
    await tx.executemany(
        "INSERT INTO postings (person_id, from_date, department_id, status) VALUES (?, ?, ?, ?)",
        [(person, day, department, status) for person, day, department, status in rows if department is not None],
    )


async def rebook(tx: Tx, people: Iterable[int], since: date) -> None:
    """After the past was put right: the check-ins since then go to the department in which they were served."""
    await tx.executemany(
        f"UPDATE checkins SET department_id = {THEN} WHERE person_id = ? AND service_date >= ?"
        f" AND department_id <> {THEN}",
        [(person, since.isoformat()) for person in people],
    )
