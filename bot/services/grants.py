"""Roles given and taken in chat: by whom, to whom, over which department, until when. Nobody does it for himself."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from bot.clock import instant
from bot.domain import tidy
from bot.domain.access import Actor, grantable
from bot.domain.pages import PAGE, page_of, pages_of
from bot.services import outbox, work
from bot.services.accounts import actor_of
from bot.services.effects import Outcome, effect
from storage import accounts, audit, departments, grants, people, registrations
from storage import outbox as outbox_rows
from storage.engine import Database, Tx
from storage.grants import Holder
from storage.records import Department, Person, Role

LONGEST = dt.timedelta(days=366)  # of a deputy
CHANGED = "grants-changed"


async def overview(db: Database, actor: Actor, page: int, today: dt.date) -> Outcome:
    """Who holds what, page by page; with each whether this actor may take it away."""
    async with db.read() as tx:
        found, total = await grants.list_holders(tx, today, PAGE, page * PAGE)
        if page and not found:
            page, (found, total) = 0, await grants.list_holders(tx, today, PAGE, 0)
    lines = [_line(holder) | {"mine": _may_take(actor, holder)} for holder in found]
    return Outcome("grants-list", {"lines": lines, "total": total, "page": page, "pages": pages_of(total)})


def _line(holder: Holder) -> dict[str, Any]:
    return {
        "person": holder.person_id,
        "name": holder.name,
        "number": holder.staff_number,
        "role": holder.role.value,
        "department": holder.department_id or 0,
        "path": holder.path,
        "until": holder.until or "",
        "roster": holder.id == 0,
    }


def _may_take(actor: Actor, holder: Holder) -> bool:
    return holder.role in grantable(actor) and holder.person_id != actor.person_id


async def search(db: Database, text: str) -> list[tuple[int, str, str, str]]:
    """(person, number, name, department) of those on the roster who are meant; one more than a page: too many."""
    async with db.read() as tx:
        rows, _ = await people.list_members(tx, "", tidy.name(text), "all", PAGE + 1, 0)
    return [(person.id, person.staff_number, person.name, path) for person, path, _ in rows]


async def card(db: Database, actor: Actor, person_id: int, today: dt.date) -> Outcome:
    """One person: what he holds, and what this actor may give him."""
    async with db.read() as tx:
        person = await _receiver(tx, actor, person_id)
        if isinstance(person, Outcome):
            return person
        held = [_line(holder) for holder in await grants.list_of(tx, person_id, today)]
        own = await departments.get(tx, person.department_id)
        facts = await _named(tx, person)
    roles = [role.value for role in Role if role in grantable(actor)]
    return Outcome("grants-person", {**facts, "path": own.path if own else "", "held": held, "roles": roles})


async def choices(db: Database, page: int) -> tuple[Sequence[Department], int, int]:
    """A page of the departments, which page it is, and how many there are."""
    async with db.read() as tx:
        tree = await departments.list_all(tx)
    return page_of(tree, page)


async def preview(
    db: Database, actor: Actor, person_id: int, role: str, department_id: int, until: str, today: dt.date
) -> Outcome:
    """What is about to be given, to be agreed to."""
    async with db.read() as tx:
        found = await _wish(tx, actor, person_id, role, department_id, until, today)
    return found if isinstance(found, Outcome) else Outcome("grants-sure", found.facts)


@effect
async def give(
    tx: Tx,
    actor: Actor,
    person_id: int,
    role: str,
    department_id: int,
    until: str,
    now: dt.datetime,
    owners: Collection[int],
) -> Outcome:
    """Give a role, once; the person hears of it."""
    wish = await _wish(tx, actor, person_id, role, department_id, until, now.date())
    if isinstance(wish, Outcome):
        return wish
    # A deputy whose day is over still has his row.
    await grants.revoke(tx, person_id, wish.role, wish.department_id, actor.user_id, instant(now))
    await grants.insert(tx, person_id, wish.role, wish.department_id, wish.until, actor.user_id, instant(now))
    await _record(tx, actor, "grant", wish.facts, now)
    await _tell(tx, "grants-given", wish.facts, owners, now)
    return Outcome("grants-given", wish.facts)


async def look_at(db: Database, actor: Actor, person_id: int, role: str, department_id: int, today: dt.date) -> Outcome:
    """What is about to be taken away, to be agreed to."""
    async with db.read() as tx:
        found = await _held(tx, actor, person_id, role, department_id, today)
    return found if isinstance(found, Outcome) else Outcome("grants-take-sure", _line(found))


@effect
async def take(
    tx: Tx,
    actor: Actor,
    person_id: int,
    role: str,
    department_id: int,
    now: dt.datetime,
    owners: Collection[int],
) -> Outcome:
    """Take a role away, be it given in chat or by the roster; it ends at this moment, with all that was begun in it."""
    found = await _held(tx, actor, person_id, role, department_id, now.date())
    if isinstance(found, Outcome):
        return found
    facts = _line(found)
    await grants.revoke(tx, person_id, found.role, found.department_id, actor.user_id, instant(now))
    if found.id == 0:
        await grants.clear_column(tx, person_id, found.role)
    await _record(tx, actor, "grant-taken", facts, now)
    await _say_taken(tx, facts, owners, now)
    return Outcome("grants-taken", facts)


class _Wish:
    """A role that may be given: everything is there and fits together."""

    def __init__(self, named: dict[str, Any], role: Role, department: Department | None, until: dt.date | None) -> None:
        self.role, self.until = role, until
        self.department_id = department.id if department else None
        self.facts: dict[str, Any] = {
            **named,
            "role": role.value,
            "department": self.department_id or 0,
            "path": department.path if department else "",
            "until": until.isoformat() if until else "",
            "roster": False,
        }


async def _wish(
    tx: Tx, actor: Actor, person_id: int, role: str, department_id: int, until: str, today: dt.date
) -> _Wish | Outcome:
    person = await _receiver(tx, actor, person_id)
    if isinstance(person, Outcome):
        return person
    if role not in {one.value for one in grantable(actor)}:
        return Outcome("grants-not-yours")
    wanted = Role(role)
    department = await departments.get(tx, department_id) if wanted is Role.LEADER else None
    if wanted is Role.LEADER and department is None:
        return Outcome("grants-gone")
    last = last_day(until, today) if wanted is Role.LEADER and until else None
    if until and last is None:
        return Outcome("grants-bad-day", {"days": LONGEST.days})
    number = department.id if department else None
    held = [h for h in await grants.list_of(tx, person_id, today) if (h.role, h.department_id) == (wanted, number)]
    if any(h.until is None or h.until == (last.isoformat() if last else None) for h in held):
        return Outcome("grants-held", _line(held[0]))
    return _Wish(await _named(tx, person), wanted, department, last)


def last_day(text: str, today: dt.date) -> dt.date | None:
    """A deputy's last day, from today on and within a year."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if today <= day <= today + LONGEST else None


async def _receiver(tx: Tx, actor: Actor, person_id: int) -> Person | Outcome:
    person = await people.get(tx, person_id)
    if person is None or person.status.gone:
        return Outcome("grants-gone")
    return Outcome("grants-own") if person.id == actor.person_id else person


async def _held(
    tx: Tx, actor: Actor, person_id: int, role: str, department_id: int, today: dt.date
) -> Holder | Outcome:
    """By the roster rather than by a grant, where it is both: taking it away ends both."""
    for holder in await grants.list_of(tx, person_id, today):
        if (holder.role.value, holder.department_id or 0) == (role, department_id):
            return holder if _may_take(actor, holder) else Outcome("grants-not-yours")
    return Outcome("grants-gone")


async def _record(tx: Tx, actor: Actor, action: str, facts: dict[str, Any], now: dt.datetime) -> None:
    what = f"{facts['role']} department:{facts['department']} until:{facts['until']}"
    before, after = (what, "") if action == "grant-taken" else ("", what)
    await audit.append(tx, instant(now), actor.user_id, action, f"person:{facts['person']}", before, after)


async def _tell(tx: Tx, kind: str, facts: dict[str, Any], owners: Collection[int], now: dt.datetime) -> None:
    """The person hears of it at once, with the menu as it is from now on."""
    account = await accounts.find_by_person(tx, facts["person"])
    if account is None:
        return
    _, person, standing = await accounts.find(tx, account.user_id)
    after = actor_of(account.user_id, account, person, standing, frozenset(owners), now.date())
    said = {name: facts[name] for name in ("role", "path", "until")}
    key = f"{kind}:{facts['person']}:{facts['role']}:{facts['department']}:{instant(now)}"
    await outbox.tell(tx, key, kind, account.user_id, said | {"roles": sorted(after.roles), "user": account.user_id})


async def _say_taken(tx: Tx, facts: dict[str, Any], owners: Collection[int], now: dt.datetime) -> None:
    account = await accounts.find_by_person(tx, facts["person"])
    if account is not None:
        await registrations.end_dialogs(tx, account.user_id)
    await _tell(tx, "grants-taken", facts, owners, now)


async def tell_of_department(
    tx: Tx, gone: Department, given: Iterable[tuple[int, str, str]], owners: Collection[int], now: dt.datetime
) -> None:
    """Of a department that is no more: who led it by a grant, (person, role, last day); not whose day was over."""
    for person, role, until in given:
        if not until or until >= now.date().isoformat():
            facts = {"person": person, "role": role, "department": gone.id, "path": gone.path, "until": until}
            await _say_taken(tx, facts, owners, now)


async def tell_of_column(tx: Tx, old: Person, new: Person, owners: Collection[int], now: dt.datetime) -> None:
    """The roster's own role has changed by hand: the person hears what has ended and what begins."""
    for kind, person in (("grants-taken", old), ("grants-given", new)):
        if person.role is Role.STAFF:
            continue
        place = await departments.get(tx, person.department_id) if person.role is Role.LEADER else None
        facts = {
            "person": person.id,
            "role": person.role.value,
            "department": place.id if place else 0,
            "path": place.path if place else "",
            "until": "",
        }
        await _tell(tx, kind, facts, owners, now)


async def tell_of_file(tx: Tx, changed: Iterable[tuple[Person, Person]], now: dt.datetime) -> None:
    """The roster's own role has changed by a file: everybody bound hears once, in working hours, what he is by then."""
    users: dict[int, list[str]] = {}
    for old, new in changed:
        if new.role is old.role or new.status.gone:
            continue
        account = await accounts.find_by_person(tx, new.id)
        if account is None or await outbox_rows.waits(tx, account.user_id, CHANGED):
            continue
        _, _, standing = await accounts.find(tx, account.user_id)
        before = actor_of(account.user_id, account, old, standing, frozenset(), now.date())
        users[account.user_id] = sorted(before.roles)
    if not users:
        return
    at = instant(await work.proper_moment(tx, now))
    for user, roles in users.items():
        await work.inform(tx, f"{CHANGED}:{instant(now)}", CHANGED, [user], {"before": roles}, at)


async def _named(tx: Tx, person: Person) -> dict[str, Any]:
    (shown,) = await people.shown(tx, [person])
    return {"person": person.id, "name": shown.name, "number": person.staff_number}
