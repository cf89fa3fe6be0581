"""Who asks to be bound to which roster entry, wrong tries, and what ends with a binding."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.accounts import PERSON, person
from storage.departments import UNDER
from storage.engine import Row, Tx
from storage.people import SHOWN_NAME
from storage.records import Person

TABLES = "registrations r JOIN people p ON p.id = r.person_id JOIN departments d ON d.id = p.department_id"
COLUMNS = f"r.id, r.user_id, r.account_name, r.state, r.replaces, r.created_at, d.path, d.trail, {SHOWN_NAME}, {PERSON}"
WAITING = (
    f"r.state = 'pending' AND {UNDER}"
    " AND r.person_id <> COALESCE(CAST(? AS BIGINT), -1) AND r.user_id <> COALESCE(CAST(? AS BIGINT), -1)"
)


@dataclass(frozen=True, slots=True)
class Registration:
    """An account that asks to be bound to `person`."""

    id: int
    user_id: int
    account_name: str  # as Telegram shows it; empty once decided
    state: str  # pending, approved, rejected, withdrawn
    replaces: int | None  # the account that the person was bound to when this one asked
    created_at: int
    department: str  # path of the person's department
    trail: str
    shown: str  # the person's name as others see it
    person: Person


def registration(row: Row) -> Registration:
    number, user_id, account_name, state, replaces, created_at, path, trail, shown = row[:9]
    return Registration(number, user_id, account_name, state, replaces, created_at, path, trail, shown, person(row[9:]))


async def get(tx: Tx, registration_id: int) -> Registration | None:
    row = await tx.row(f"SELECT {COLUMNS} FROM {TABLES} WHERE r.id = ?", registration_id)
    return registration(row) if row else None


async def find_waiting(tx: Tx, user_id: int) -> Registration | None:
    """What this account waits for; there is one at most."""
    row = await tx.row(f"SELECT {COLUMNS} FROM {TABLES} WHERE r.user_id = ? AND r.state = 'pending'", user_id)
    return registration(row) if row else None


async def list_waiting(
    tx: Tx, scope: str, but_person: int | None, but_user: int | None = None, limit: int = 200
) -> Sequence[Registration]:
    """What waits in this scope, the oldest first; never the decider's own, by his person or by his account."""
    rows = await tx.fetch(
        f"SELECT {COLUMNS} FROM {TABLES} WHERE {WAITING} ORDER BY r.id LIMIT ?", scope, but_person, but_user, limit
    )
    return [registration(row) for row in rows]


async def list_overlooked(tx: Tx, before: int, limit: int) -> Sequence[Registration]:
    """What has waited since before that moment, the oldest first."""
    rows = await tx.fetch(
        f"SELECT {COLUMNS} FROM {TABLES} WHERE r.state = 'pending' AND r.created_at < ? ORDER BY r.id LIMIT ?",
        before,
        limit,
    )
    return [registration(row) for row in rows]


async def count_waiting(tx: Tx, scope: str, but_person: int | None, but_user: int | None = None) -> int:
    found: int = await tx.value(f"SELECT COUNT(*) FROM {TABLES} WHERE {WAITING}", scope, but_person, but_user)
    return found


async def insert(
    tx: Tx, user_id: int, person_id: int, invite_id: int, account_name: str, state: str, replaces: int | None, at: int
) -> int | None:
    """The new registration's id, or None when this account waits already."""
    found: int | None = await tx.value(
        "INSERT INTO registrations (user_id, person_id, invite_id, account_name, state, replaces, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
        user_id,
        person_id,
        invite_id,
        account_name,
        state,
        replaces,
        at,
    )
    return found


async def settle(tx: Tx, registration_id: int, state: str, decided_by: int, at: int) -> bool:
    """From pending to its end, once; the account's name is not needed any more."""
    return bool(
        await tx.execute(
            "UPDATE registrations SET state = ?, decided_by = ?, decided_at = ?, account_name = ''"
            " WHERE id = ? AND state = 'pending'",
            state,
            decided_by,
            at,
            registration_id,
        )
    )


async def set_replaces(tx: Tx, registration_id: int, user_id: int) -> None:
    """The account that the person is bound to by now."""
    await tx.execute("UPDATE registrations SET replaces = ? WHERE id = ?", user_id, registration_id)


async def list_claimed(tx: Tx, staff_number: str) -> Sequence[tuple[Person, str]]:
    """The people whose staff number is this one in upper case, each with the trail of the department."""
    rows = await tx.fetch(
        f"SELECT {PERSON}, d.trail FROM people p JOIN departments d ON d.id = p.department_id"
        " WHERE UPPER(p.staff_number) = ? ORDER BY p.id",
        staff_number,
    )
    return [(person(row[:7]), row[7]) for row in rows]


async def trail_of(tx: Tx, person_id: int) -> str:
    found: str = await tx.value(
        "SELECT d.trail FROM people p JOIN departments d ON d.id = p.department_id WHERE p.id = ?", person_id
    )
    return found


async def end_dialogs(tx: Tx, user_id: int) -> None:
    """Wherever this account stands in a dialogue, in whatever chat."""
    await tx.execute("DELETE FROM dialogs WHERE key LIKE ?", f"%:{user_id}")


async def drop_messages(tx: Tx, user_id: int, at: int) -> None:
    """What was still to be said to this account as somebody it is no more."""
    await tx.execute(
        "UPDATE outbox SET state = 'skipped', reason = 'left', settled_at = ? WHERE user_id = ? AND state = 'pending'",
        at,
        user_id,
    )


# Wrong tries


async def record_attempt(tx: Tx, user_id: int, kind: str, at: int, forget_before: int) -> None:
    await tx.execute("DELETE FROM attempts WHERE at < ?", forget_before)
    await tx.execute("INSERT INTO attempts (user_id, kind, at) VALUES (?, ?, ?)", user_id, kind, at)


async def list_attempts(tx: Tx, user_id: int, limit: int) -> Sequence[int]:
    """When this account last tried and was wrong, the latest first."""
    rows = await tx.fetch("SELECT at FROM attempts WHERE user_id = ? ORDER BY at DESC, id DESC LIMIT ?", user_id, limit)
    return [row[0] for row in rows]


async def count_attempts(tx: Tx, kind: str, since: int) -> int:
    found: int = await tx.value("SELECT COUNT(*) FROM attempts WHERE kind = ? AND at > ?", kind, since)
    return found
