"""Telegram accounts and whom they are bound to."""

from collections.abc import Sequence
from datetime import date

from storage import invites
from storage.engine import Row, Tx
from storage.records import Account, Held, Person, PersonStatus, Role, Standing

NO_DEPUTIES = date.max
ACCOUNT = "a.user_id, a.chat_id, a.person_id, a.language, a.muted, a.reachable, a.consent_version"
HELD = (
    "(SELECT STRING_AGG(g.role || ' ' || COALESCE(t.trail, '') || ' ' || COALESCE(g.until_date, ''), '|') FROM grants g"
    " LEFT JOIN departments t ON t.id = g.department_id WHERE g.person_id = p.id AND g.revoked_at IS NULL)"
)
# Whoever has this role by the roster, or by a grant that has not ended by this day.
HAS_ROLE = (
    "p.id IN (SELECT q.id FROM people q WHERE q.role = ? AND (CAST(? AS BIGINT) IS NULL OR q.department_id = ?)"
    " UNION SELECT g.person_id FROM grants g WHERE g.role = ? AND (CAST(? AS BIGINT) IS NULL OR g.department_id = ?)"
    " AND g.revoked_at IS NULL AND (g.until_date IS NULL OR g.until_date >= ?))"
)
PERSON = "p.id, p.staff_number, p.name, p.title, p.department_id, p.role, p.status"


def account(row: Row) -> Account:
    user_id, chat_id, person_id, language, muted, reachable, consent = row
    return Account(user_id, chat_id, person_id, language, bool(muted), bool(reachable), consent)


def person(row: Row) -> Person:
    number, staff_number, name, title, department_id, role, status = row
    return Person(number, staff_number, name, title, department_id, Role(role), PersonStatus(status))


def standing(trail: str | None, held: str | None) -> Standing:
    parts = (one.split(" ") for one in (held or "").split("|") if one)
    return Standing(trail or "", tuple(Held(Role(role), below, until or None) for role, below, until in parts))


async def find(tx: Tx, user_id: int) -> tuple[Account | None, Person | None, Standing]:
    """The account, the person it is bound to, where that person stands."""
    row = await tx.row(
        f"SELECT {ACCOUNT}, {PERSON}, d.trail, {HELD} FROM accounts a LEFT JOIN people p ON p.id = a.person_id"
        " LEFT JOIN departments d ON d.id = p.department_id WHERE a.user_id = ?",
        user_id,
    )
    if row is None:
        return None, None, Standing()
    return account(row[:7]), person(row[7:14]) if row[7] is not None else None, standing(row[14], row[15])


async def list_bound(tx: Tx) -> Sequence[int]:
    return [row[0] for row in await tx.fetch("SELECT user_id FROM accounts WHERE person_id IS NOT NULL")]


async def see(tx: Tx, user_id: int, chat_id: int, at: int) -> None:
    """The account has spoken: it is here, and reachable (again)."""
    await tx.execute(
        "INSERT INTO accounts (user_id, chat_id, seen_at) VALUES (?, ?, ?)"
        " ON CONFLICT (user_id) DO UPDATE SET chat_id = excluded.chat_id, seen_at = excluded.seen_at, reachable = 1",
        user_id,
        chat_id,
        at,
    )


async def set_language(tx: Tx, user_id: int, language: str) -> None:
    await tx.execute("UPDATE accounts SET language = ? WHERE user_id = ?", language, user_id)


async def set_muted(tx: Tx, user_id: int, muted: bool) -> None:
    await tx.execute("UPDATE accounts SET muted = ? WHERE user_id = ?", int(muted), user_id)


async def set_reachable(tx: Tx, user_id: int, reachable: bool) -> None:
    await tx.execute("UPDATE accounts SET reachable = ? WHERE user_id = ?", int(reachable), user_id)


async def consent(tx: Tx, user_id: int, version: int, at: int) -> None:
    await tx.execute("UPDATE accounts SET consent_version = ?, consent_at = ? WHERE user_id = ?", version, at, user_id)


async def bind(tx: Tx, user_id: int, person_id: int, at: int) -> None:
    """Bind the account to the person; whatever the account was bound to before is let go."""
    await tx.execute("UPDATE accounts SET person_id = ?, bound_at = ? WHERE user_id = ?", person_id, at, user_id)
    await invites.revoke_personal(tx, [person_id], at)  # whoever is in needs no way in


async def unbind(tx: Tx, user_id: int) -> None:
    await tx.execute(
        "UPDATE accounts SET person_id = NULL, bound_at = NULL, consent_version = NULL, consent_at = NULL, muted = 0"
        " WHERE user_id = ?",
        user_id,
    )


async def find_by_person(tx: Tx, person_id: int) -> Account | None:
    row = await tx.row(f"SELECT {ACCOUNT} FROM accounts a WHERE a.person_id = ?", person_id)
    return account(row) if row else None


async def list_by_role(
    tx: Tx, role: str, department_id: int | None, but_person: int | None, today: date = NO_DEPUTIES
) -> list[int]:
    """Reachable accounts of people at work with this role (of this very department), one person left out. Without a
    day deputies do not count."""
    rows = await tx.fetch(
        "SELECT a.user_id FROM accounts a JOIN people p ON p.id = a.person_id WHERE a.reachable = 1"
        f" AND p.status = 'active' AND p.id <> COALESCE(CAST(? AS BIGINT), -1) AND {HAS_ROLE} ORDER BY a.user_id",
        but_person,
        *(role, department_id, department_id),
        *(role, department_id, department_id, today.isoformat()),
    )
    return [row[0] for row in rows]
