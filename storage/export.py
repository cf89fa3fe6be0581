"""What the ledger of a period is made of: its check-ins, who decided over them, its people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storage.checkins import COLUMNS, checkin
from storage.engine import Tx
from storage.people import SHOWN_NAME
from storage.records import Checkin

PIECE = 100  # records asked for at once: a few milliseconds of the loop


@dataclass(frozen=True, slots=True)
class Recorded:
    """A check-in with the department of its date and its person, by number and by the name that may be shown."""

    checkin: Checkin
    path: str
    staff_number: str
    name: str


@dataclass(frozen=True, slots=True)
class Decided:
    """One change of a check-in; the name is none for somebody who was on no roster (an owner)."""

    checkin_id: int
    at: int
    act: str
    version: int
    user_id: int
    name: str | None


@dataclass(frozen=True, slots=True)
class Served:
    """A person of the period: where he was at its end, and his confirmed minutes and 人次 in it."""

    path: str
    staff_number: str
    name: str
    status: str  # empty: not there yet
    minutes: int
    times: int


async def count_checkins(tx: Tx, start: date, end: date) -> int:
    found: int = await tx.value(
        "SELECT COUNT(*) FROM checkins WHERE service_date BETWEEN ? AND ?", start.isoformat(), end.isoformat()
    )
    return found


async def list_ids(tx: Tx, start: date, end: date) -> Sequence[int]:
    """The check-ins of a period by date and staff number: those of one person on one date stand together."""
    rows = await tx.fetch(
        "SELECT c.id FROM checkins c JOIN people p ON p.id = c.person_id WHERE c.service_date BETWEEN ? AND ?"
        " ORDER BY c.service_date, p.staff_number, c.id",
        start.isoformat(),
        end.isoformat(),
    )
    return [row[0] for row in rows]


async def list_recorded(tx: Tx, ids: Sequence[int]) -> Sequence[Recorded]:
    """These check-ins, in this order."""
    marks = ", ".join(["CAST(? AS BIGINT)"] * len(ids))
    rows = await tx.fetch(
        f"SELECT {COLUMNS}, d.path, p.staff_number, {SHOWN_NAME} FROM checkins c JOIN people p ON p.id = c.person_id"
        f" JOIN departments d ON d.id = c.department_id WHERE c.id IN ({marks})",
        *ids,
    )
    found = {row[0]: Recorded(checkin(row[:12]), *row[12:]) for row in rows}
    return [found[one] for one in ids]


async def list_decided(tx: Tx, ids: Sequence[int]) -> Sequence[Decided]:
    """Every change of these check-ins, the latest first."""
    marks = ", ".join(["CAST(? AS BIGINT)"] * len(ids))
    rows = await tx.fetch(
        f"SELECT e.checkin_id, e.at, e.act, e.version, e.actor_user, {SHOWN_NAME} FROM checkin_events e"
        " LEFT JOIN people p ON p.id = e.actor_person"
        f" WHERE e.checkin_id IN ({marks}) ORDER BY e.id DESC",
        *ids,
    )
    return [Decided(*row) for row in rows]


async def list_served(tx: Tx, day: date, start: date, end: date) -> Sequence[Served]:
    """Who was in post on `day`, or has a confirmed check-in of the period; by department and staff number."""
    rows = await tx.fetch(
        f"SELECT d.path, p.staff_number, {SHOWN_NAME}, CASE WHEN o.from_date <= ? THEN o.status ELSE '' END,"
        " COALESCE(s.minutes, 0), COALESCE(s.times, 0)"
        " FROM people p JOIN postings o ON o.person_id = p.id AND o.from_date = COALESCE("
        "(SELECT MAX(q.from_date) FROM postings q WHERE q.person_id = p.id AND q.from_date <= ?),"
        " (SELECT MIN(q.from_date) FROM postings q WHERE q.person_id = p.id))"
        " JOIN departments d ON d.id = o.department_id"
        " LEFT JOIN (SELECT c.person_id, SUM(c.minutes) AS minutes, COUNT(*) AS times FROM checkins c"
        " WHERE c.state = 'confirmed' AND c.service_date BETWEEN ? AND ? GROUP BY c.person_id) s"
        " ON s.person_id = p.id"
        " WHERE s.times IS NOT NULL OR (o.status IN ('active', 'on_leave') AND o.from_date <= ?)"
        " ORDER BY d.trail, p.staff_number",
        day.isoformat(),
        day.isoformat(),
        start.isoformat(),
        end.isoformat(),
        day.isoformat(),
    )
    return [
        Served(path, number, name, status, int(minutes), times) for path, number, name, status, minutes, times in rows
    ]
