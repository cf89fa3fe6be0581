"""What a report counts: who was there on its date, who took part, and the hours of each department."""

from collections.abc import Sequence
from datetime import date

from storage.engine import Tx


async def list_members(tx: Tx, trail: str, day: date, start: date, end: date) -> Sequence[tuple[int, int, str, int]]:
    """(person, department, status, took part) of everybody who stood in this subtree on `day`.

    Took part: at least one confirmed check-in dated from `start` to `end`, in whichever department it was served.
    The rows are as the database gives them: there are thousands, and the loop has other things to do.
    """
    return await tx.fetch(
        "SELECT o.person_id, o.department_id, o.status, CASE WHEN EXISTS (SELECT 1 FROM checkins c"
        " WHERE c.person_id = o.person_id AND c.state = 'confirmed' AND c.service_date BETWEEN ? AND ?)"
        " THEN 1 ELSE 0 END FROM postings o JOIN departments d ON d.id = o.department_id"
        " WHERE d.trail LIKE ? AND o.from_date ="
        " (SELECT MAX(p.from_date) FROM postings p WHERE p.person_id = o.person_id AND p.from_date <= ?)",
        start.isoformat(),
        end.isoformat(),
        f"{trail}%",
        day.isoformat(),
    )


async def list_hours(tx: Tx, trail: str, start: date, end: date) -> dict[int, tuple[int, int]]:
    """Confirmed minutes and 人次 by the department of the service date, in this subtree."""
    rows = await tx.fetch(
        "SELECT c.department_id, SUM(c.minutes), COUNT(*) FROM checkins c WHERE c.state = 'confirmed'"
        " AND c.department_id IN (SELECT id FROM departments WHERE trail LIKE ?)"
        " AND c.service_date BETWEEN ? AND ? GROUP BY c.department_id",
        f"{trail}%",
        start.isoformat(),
        end.isoformat(),
    )
    return {row[0]: (int(row[1]), row[2]) for row in rows}
