"""Check-ins and every change of them. Nothing is deleted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import orjson

from storage.departments import UNDER
from storage.engine import Row, Tx
from storage.records import Checkin, CheckinState

COLUMNS = (
    "c.id, c.person_id, c.department_id, c.service_date, c.minutes, c.starts_at, c.ends_at, c.text, c.state,"
    " c.late_reason, c.version, c.created_at"
)
OTHERS = COLUMNS.replace("c.", "o.")
_NEAR = "FROM checkins b WHERE b.person_id = c.person_id AND b.service_date"
DAY_BEFORE = f"(SELECT MAX(b.service_date) {_NEAR} < c.service_date)"
DAY_AFTER = f"(SELECT MIN(b.service_date) {_NEAR} > c.service_date)"


# Whose it is, and the department that person is in now: whoever leads it decides.
SEEN = (
    f"SELECT {COLUMNS}, p.name, p.staff_number, d.id, d.path, d.trail, a.user_id, COUNT(*) OVER ()"
    " FROM checkins c JOIN people p ON p.id = c.person_id JOIN departments d ON d.id = p.department_id"
    " LEFT JOIN accounts a ON a.person_id = p.id"
)
# What one reviewer may still decide: in his reach, not his own, not voted for by him as it stands.
WAITING = (
    f"c.state = 'submitted' AND {UNDER} AND c.person_id <> COALESCE(CAST(? AS BIGINT), -1)"
    " AND NOT EXISTS (SELECT 1 FROM checkin_events e WHERE e.checkin_id = c.id AND e.version = c.version"
    " AND e.act = 'confirm' AND (e.actor_user = ? OR e.actor_person = ?))"
)
ADD_EVENT = (
    "INSERT INTO checkin_events (checkin_id, at, actor_user, actor_person, act, from_state, to_state, version, note)"
    " VALUES (?, ?, ?, (SELECT a.person_id FROM accounts a WHERE a.user_id = CAST(? AS BIGINT)), ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A record as its reviewer needs it."""

    checkin: Checkin
    name: str
    staff_number: str
    department_id: int
    path: str
    trail: str
    user_id: int | None  # the person's account
    among: int  # how many the query found


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who looks: how far his reach goes, which records are his own, which votes are his."""

    reach: str  # a scope
    person_id: int | None
    user_id: int


@dataclass(frozen=True, slots=True)
class Event:
    """One change: who, when, why. No person: somebody who was on no roster (an owner)."""

    at: int
    act: str
    note: str
    person_id: int | None
    name: str | None
    staff_number: str | None


def checkin(row: Row) -> Checkin:
    values = list(row)
    values[3], values[8] = date.fromisoformat(row[3]), CheckinState(row[8])
    return Checkin(*values)


def seen(row: Row) -> Seen:
    return Seen(checkin(row[:12]), *row[12:])


async def insert(tx: Tx, new: Checkin, source: str | None = None, supersedes: int | None = None) -> Checkin | None:
    """Keep a new record (its `id` is not looked at); None when this source message has one already."""
    row = await tx.row(
        "INSERT INTO checkins AS c (person_id, department_id, service_date, minutes, starts_at, ends_at, text, state,"
        " late_reason, version, created_at, source, supersedes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        f" ON CONFLICT (source) DO NOTHING RETURNING {COLUMNS.replace('c.', '')}",
        new.person_id,
        new.department_id,
        new.service_date.isoformat(),
        new.minutes,
        new.starts_at,
        new.ends_at,
        new.text,
        new.state.value,
        new.late_reason,
        new.version,
        new.created_at,
        source,
        supersedes,
    )
    return checkin(row) if row else None


async def insert_draft(tx: Tx, user_id: int, facts: Mapping[str, Any], at: int, forget_before: int) -> int:
    """Keep a draft and forget the old ones of everybody."""
    await tx.execute("DELETE FROM checkin_drafts WHERE at < ?", forget_before)
    found: int = await tx.value(
        "INSERT INTO checkin_drafts (user_id, facts, at) VALUES (?, ?, ?) RETURNING id",
        user_id,
        orjson.dumps(facts).decode(),
        at,
    )
    return found


async def find_draft(tx: Tx, draft_id: int, user_id: int) -> Mapping[str, Any] | None:
    row = await tx.row("SELECT facts FROM checkin_drafts WHERE id = ? AND user_id = ?", draft_id, user_id)
    found: Mapping[str, Any] | None = orjson.loads(row[0]) if row else None
    return found


async def get(tx: Tx, checkin_id: int) -> Checkin | None:
    row = await tx.row(f"SELECT {COLUMNS} FROM checkins c WHERE c.id = ?", checkin_id)
    return checkin(row) if row else None


async def find_by_source(tx: Tx, source: str) -> Checkin | None:
    row = await tx.row(f"SELECT {COLUMNS} FROM checkins c WHERE c.source = ?", source)
    return checkin(row) if row else None


async def list_around(tx: Tx, person_id: int, day: date) -> Sequence[Checkin]:
    """Of that day and of its neighbours, which what goes past midnight may touch."""
    rows = await tx.fetch(
        f"SELECT {COLUMNS} FROM checkins c WHERE c.person_id = ? AND c.service_date BETWEEN ? AND ? ORDER BY c.id",
        person_id,
        (day - timedelta(days=1)).isoformat(),
        (day + timedelta(days=1)).isoformat(),
    )
    return [checkin(row) for row in rows]


async def change(tx: Tx, old: Checkin, new: Checkin) -> bool:
    """Replace a record if nobody has changed it since `old` was read; its version grows by one."""
    return bool(
        await tx.execute(
            "UPDATE checkins SET department_id = ?, service_date = ?, minutes = ?, starts_at = ?, ends_at = ?,"
            " text = ?, state = ?, late_reason = ?, version = version + 1 WHERE id = ? AND version = ? AND state = ?",
            new.department_id,
            new.service_date.isoformat(),
            new.minutes,
            new.starts_at,
            new.ends_at,
            new.text,
            new.state.value,
            new.late_reason,
            old.id,
            old.version,
            old.state.value,
        )
    )


async def record_event(
    tx: Tx,
    checkin_id: int,
    at: int,
    actor_user: int,
    act: str,
    from_state: CheckinState | None,
    to_state: CheckinState,
    version: int,
    note: str = "",
) -> None:
    await tx.execute(
        ADD_EVENT,
        checkin_id,
        at,
        actor_user,
        actor_user,
        act,
        from_state.value if from_state else None,
        to_state.value,
        version,
        note,
    )


async def list_events(tx: Tx, checkin_id: int, limit: int) -> Sequence[Event]:
    """The latest changes, oldest first."""
    rows = await tx.fetch(
        "SELECT e.at, e.act, e.note, p.id, p.name, p.staff_number FROM checkin_events e"
        " LEFT JOIN people p ON p.id = e.actor_person WHERE e.checkin_id = ? ORDER BY e.id DESC LIMIT ?",
        checkin_id,
        limit,
    )
    return [Event(*row) for row in reversed(rows)]


async def list_voters(tx: Tx, checkin_id: int, version: int) -> Sequence[Collection[int]]:
    """Of each who has agreed to the record as it stands: the account he did it with, and the one he has now."""
    rows = await tx.fetch(
        "SELECT e.actor_user, COALESCE(a.user_id, e.actor_user) FROM checkin_events e"
        " LEFT JOIN accounts a ON a.person_id = e.actor_person"
        " WHERE e.checkin_id = ? AND e.version = ? AND e.act = 'confirm' ORDER BY e.id",
        checkin_id,
        version,
    )
    return [frozenset(row) for row in rows]


async def confirmed_at(tx: Tx, checkin_id: int) -> int | None:
    found: int | None = await tx.value(
        "SELECT MAX(at) FROM checkin_events WHERE checkin_id = ? AND to_state = 'confirmed'", checkin_id
    )
    return found


async def find_successor(tx: Tx, checkin_id: int) -> Checkin | None:
    """The record that corrects this one and still stands."""
    row = await tx.row(
        f"SELECT {COLUMNS} FROM checkins c WHERE c.supersedes = ? AND c.state NOT IN ('withdrawn', 'voided')",
        checkin_id,
    )
    return checkin(row) if row else None


async def get_seen(tx: Tx, checkin_id: int) -> Seen | None:
    row = await tx.row(f"{SEEN} WHERE c.id = ?", checkin_id)
    return seen(row) if row else None


async def next_waiting(tx: Tx, who: Reviewer, after: int) -> Seen | None:
    """The oldest that waits after this id, else the oldest of all; `among` is how many wait."""
    row = await tx.row(
        f"{SEEN} WHERE {WAITING} ORDER BY CASE WHEN c.id > ? THEN 0 ELSE 1 END, c.id LIMIT 1",
        who.reach,
        who.person_id,
        who.user_id,
        who.person_id,
        after,
    )
    return seen(row) if row else None


async def count_waiting(tx: Tx, who: Reviewer) -> int:
    found: int = await tx.value(
        "SELECT COUNT(*) FROM checkins c JOIN people p ON p.id = c.person_id"
        f" JOIN departments d ON d.id = p.department_id WHERE {WAITING}",
        who.reach,
        who.person_id,
        who.user_id,
        who.person_id,
    )
    return found


async def list_waiting(tx: Tx, who: Reviewer, up_to: int, limit: int) -> Sequence[Seen]:
    rows = await tx.fetch(
        f"{SEEN} WHERE {WAITING} AND c.id <= ? ORDER BY c.id LIMIT ?",
        who.reach,
        who.person_id,
        who.user_id,
        who.person_id,
        up_to,
        limit,
    )
    return [seen(row) for row in rows]


async def list_overlooked(tx: Tx, before: int, limit: int) -> Sequence[Seen]:
    """What waits and nothing has happened to since that moment, the oldest first."""
    rows = await tx.fetch(
        f"{SEEN} WHERE c.state = 'submitted' AND NOT EXISTS"
        " (SELECT 1 FROM checkin_events e WHERE e.checkin_id = c.id AND e.at >= ?) ORDER BY c.id LIMIT ?",
        before,
        limit,
    )
    return [seen(row) for row in rows]


async def list_beside(tx: Tx, who: Reviewer, up_to: int) -> Sequence[Checkin]:
    """What the people of the waiting records have on the same days, those records included, and where either goes past
    midnight on the nearest day before and after that has any."""
    rows = await tx.fetch(
        f"SELECT DISTINCT {OTHERS} FROM checkins c JOIN people p ON p.id = c.person_id"
        " JOIN departments d ON d.id = p.department_id JOIN checkins o ON o.person_id = c.person_id"
        f" AND o.service_date BETWEEN COALESCE({DAY_BEFORE}, c.service_date) AND COALESCE({DAY_AFTER}, c.service_date)"
        f" WHERE {WAITING} AND c.id <= ? AND (o.service_date = c.service_date"
        " OR (o.starts_at IS NOT NULL AND (c.ends_at <= c.starts_at OR o.ends_at <= o.starts_at)))",
        who.reach,
        who.person_id,
        who.user_id,
        who.person_id,
        up_to,
    )
    return [checkin(row) for row in rows]


async def confirm_many(tx: Tx, records: Iterable[Checkin], actor_user: int, at: int) -> None:
    """Confirm records that this very transaction has read as submitted."""
    records = list(records)
    await tx.executemany(
        "UPDATE checkins SET state = 'confirmed', version = version + 1 WHERE id = ? AND version = ?"
        " AND state = 'submitted'",
        [(r.id, r.version) for r in records],
    )
    await tx.executemany(
        ADD_EVENT,
        [(r.id, at, actor_user, actor_user, "confirm", "submitted", "confirmed", r.version + 1, "") for r in records],
    )


async def list_confirmed_at(tx: Tx, first: int, last: int, actor_user: int, at: int) -> Sequence[Seen]:
    """What this account has confirmed between these ids at this moment, if nothing has happened to it since."""
    rows = await tx.fetch(
        f"{SEEN} JOIN checkin_events e ON e.checkin_id = c.id AND e.version = c.version AND e.act = 'confirm'"
        " WHERE c.id BETWEEN ? AND ? AND c.state = 'confirmed' AND e.actor_user = ? AND e.at = ? ORDER BY c.id",
        first,
        last,
        actor_user,
        at,
    )
    return [seen(row) for row in rows]


async def add_photo(tx: Tx, checkin_id: int, unique_id: str, file_id: str, at: int) -> bool:
    """False when the record has this photo already."""
    return bool(
        await tx.execute(
            "INSERT INTO checkin_photos (checkin_id, unique_id, file_id, at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (checkin_id, unique_id) DO NOTHING",
            checkin_id,
            unique_id,
            file_id,
            at,
        )
    )


async def find_asked(tx: Tx, person_id: int) -> int | None:
    """The latest of this person's records of which a reviewer waits for an answer."""
    query = "SELECT MAX(id) FROM checkins WHERE person_id = ? AND state = 'more_info'"
    found: int | None = await tx.value(query, person_id)
    return found


async def has_photo(tx: Tx, checkin_id: int, unique_id: str) -> bool:
    found = "SELECT 1 FROM checkin_photos WHERE checkin_id = ? AND unique_id = ?"
    return bool(await tx.value(found, checkin_id, unique_id))


async def list_photos(tx: Tx, checkin_id: int) -> Sequence[str]:
    rows = await tx.fetch("SELECT file_id FROM checkin_photos WHERE checkin_id = ? ORDER BY at, unique_id", checkin_id)
    return [row[0] for row in rows]


async def count_photos(tx: Tx, checkin_id: int) -> tuple[int, int]:
    """How many photos, and how many of them belong to another record that stands as well."""
    row = await tx.row(
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM checkin_photos o"
        " JOIN checkins c ON c.id = o.checkin_id WHERE o.unique_id = p.unique_id AND o.checkin_id <> p.checkin_id"
        " AND c.state NOT IN ('withdrawn', 'voided')) THEN 1 ELSE 0 END), 0)"
        " FROM checkin_photos p WHERE p.checkin_id = ?",
        checkin_id,
    )
    return (int(row[0]), int(row[1])) if row else (0, 0)


async def sum_by_state(tx: Tx, person_id: int, first: date, last: date) -> Mapping[CheckinState, tuple[int, int]]:
    """How many records and minutes a person has in each state, by service date."""
    rows = await tx.fetch(
        "SELECT state, COUNT(*), SUM(minutes) FROM checkins WHERE person_id = ? AND service_date BETWEEN ? AND ?"
        " GROUP BY state",
        person_id,
        first.isoformat(),
        last.isoformat(),
    )
    return {CheckinState(row[0]): (int(row[1]), int(row[2])) for row in rows}


async def list_between(tx: Tx, person_id: int, first: date, last: date) -> Sequence[Checkin]:
    """A person's records, the latest first."""
    rows = await tx.fetch(
        f"SELECT {COLUMNS} FROM checkins c WHERE c.person_id = ? AND c.service_date BETWEEN ? AND ?"
        " ORDER BY c.service_date DESC, c.id DESC",
        person_id,
        first.isoformat(),
        last.isoformat(),
    )
    return [checkin(row) for row in rows]
