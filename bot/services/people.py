"""One person of the roster: looked at, changed and added by hand, judged by the rules of the import."""

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from bot.clock import instant
from bot.domain import postings as rules
from bot.domain import tidy
from bot.domain.access import Action, Actor, can, grantable
from bot.domain.roster import NOTHING, Column, judge
from bot.services import grants
from bot.services.effects import Outcome, effect
from storage import accounts, audit, departments, invites, people, postings, registrations
from storage import grants as held
from storage.engine import Database, Tx
from storage.records import Department, Person, PersonStatus, Posting, Role

FIELDS: Mapping[str, Column] = {
    "name": Column.NAME,
    "title": Column.TITLE,
    "department": Column.DEPARTMENT,
    "role": Column.ROLE,
    "status": Column.STATUS,
}
COLUMNS_OF_NEW = (Column.NUMBER, Column.NAME, Column.DEPARTMENT, Column.TITLE)
DATED = ("department", "status")
FOUND, HISTORY = 10, 6


async def find(db: Database, text: str) -> list[tuple[Person, str]]:
    """Whoever has this in his name or at the head of his number, also if he has left; one more than are shown."""
    async with db.read() as tx:
        return list(await people.search(tx, tidy.name(text), FOUND + 1))


async def card(db: Database, actor: Actor, person_id: int) -> Outcome:
    """A person as the roster has him, with his postings."""
    async with db.read() as tx:
        person = await people.get(tx, person_id)
        if person is None or not can(actor, Action.MANAGE_ROSTER):
            return Outcome("people-gone")
        history = await postings.list_of(tx, person_id)
        account = await accounts.find_by_person(tx, person_id)
        department = await _department(tx, person)
        (shown,) = await people.shown(tx, [person])
    return Outcome(
        "people-card",
        {
            "id": person.id,
            "number": person.staff_number,
            "name": shown.name,
            "title": person.title,
            "department": department.path,
            "role": person.role.value,
            "status": person.status.value,
            "bound": account is not None,
            "reachable": account is not None and account.reachable,
            "history": [[one.from_date.isoformat(), one.department, one.status.value] for one in history[-HISTORY:]],
        },
    )


async def preview(
    db: Database, actor: Actor, person_id: int, field: str, text: str, day: str, today: dt.date
) -> Outcome:
    """What a change would come to, to be agreed to; or what is wrong with it."""
    async with db.read() as tx:
        found = await _wish(tx, actor, person_id, field, text, day, today)
    return found if isinstance(found, Outcome) else Outcome("people-sure", found.facts)


@effect
async def change(
    tx: Tx,
    actor: Actor,
    person_id: int,
    field: str,
    value: str,
    seen: str,
    day: str,
    now: dt.datetime,
    owners: Collection[int] = (),
) -> Outcome:
    """Change one column of one person, if it is still what was shown; a move or a new status from that day on."""
    wish = await _wish(tx, actor, person_id, field, value, day, now.date())
    if isinstance(wish, Outcome):
        return wish
    if wish.facts["seen"] != seen:
        return Outcome("people-moved-on", {"id": person_id})
    old, new = wish.old, wish.new
    if field == "department":
        new = replace(new, department_id=(await departments.insert(tx, wish.facts["after"])).id)
    await people.update_many(tx, [new], wish.day)
    if field in DATED:
        await postings.put(tx, new.id, wish.day, new.department_id, new.status)
        await postings.rebook(tx, [new.id], wish.day)
    await end_what_was_begun(tx, old, new, now)
    if new.role is not old.role and not new.status.gone:
        await grants.tell_of_column(tx, old, new, owners, now)
    words = (_state(field, old, wish.since), _state(field, new, wish.day))
    await audit.append(tx, instant(now), actor.user_id, "roster-changed", f"person:{new.id}", *words)
    return Outcome("people-changed", wish.facts)


async def end_what_was_begun(tx: Tx, old: Person, new: Person, now: dt.datetime) -> None:
    """A role that is lost ends with all that was begun in it; who leaves gets nothing any more, and no way in."""
    leaves = new.status.gone and not old.status.gone
    if leaves:
        await invites.revoke_personal(tx, [new.id], instant(now))
    account = await accounts.find_by_person(tx, new.id) if leaves or new.role is not old.role else None
    if account is None:
        return
    await registrations.end_dialogs(tx, account.user_id)
    if leaves:
        await registrations.drop_messages(tx, account.user_id, instant(now))


class _Wish:
    """A change that may be made."""

    def __init__(self, old: Person, new: Person, day: dt.date, since: dt.date | None, facts: dict[str, Any]) -> None:
        self.old, self.new, self.day, self.since, self.facts = old, new, day, since, facts


async def _wish(
    tx: Tx, actor: Actor, person_id: int, field: str, text: str, day: str, today: dt.date
) -> _Wish | Outcome:
    old = await people.get(tx, person_id)
    if old is None or field not in FIELDS or not can(actor, Action.MANAGE_ROSTER):
        return Outcome("people-gone")
    value, fault = judge(FIELDS[field], "" if field == "title" and text.strip().lower() in NOTHING else text)
    if fault:
        return Outcome("people-wrong", {"kind": fault.kind.value, "field": field})
    if field == "department":
        known = await meant(tx, value)
        if isinstance(known, Outcome):
            return known
        value = known
    department = await _department(tx, old)
    before = department.path if field == "department" else str(getattr(old, field))
    (shown,) = await people.shown(tx, [old])
    facts: dict[str, Any] = {
        "id": old.id,
        "name": shown.name,
        "number": old.staff_number,
        "field": field,
        "before": before,
    }
    facts["seen"] = hashlib.sha256(before.encode()).hexdigest()[:16]  # for the dialogue: it keeps nobody's name
    facts["hidden"] = field == "name" and shown.name != old.name
    if value == before:
        return Outcome("people-same", facts | {"value": value})
    target = await departments.find_by_path(tx, value) if field == "department" else department
    new = _changed(old, field, value, target)
    if refused := _refused(actor, old, new, field, department):
        return Outcome(refused, facts)
    history = await postings.list_of(tx, old.id)
    since = history[-1].from_date if history else None
    dated = dt.date.fromisoformat(day) if day and field in DATED else today
    replaced = None
    if field in DATED:
        wrong, replaced = rules.judge(dated, today, history, new.department_id, new.status)
        if wrong:
            return Outcome("people-bad-day", facts | {"kind": wrong.value, "since": _iso(replaced)})
    return _Wish(
        old,
        new,
        dated,
        since,
        facts
        | {
            "after": value,
            "day": dated.isoformat() if field in DATED else "",
            "new_department": field == "department" and (target is None or target.closed_on is not None),
            "replaces": _iso(replaced) if replaced and replaced.from_date > dated else "",
            "leads": field == "department" and old.role is Role.LEADER,
            "loses_role": new.status.gone and bool(await held.list_of(tx, old.id, today)),
        },
    )


def _changed(old: Person, field: str, value: str, target: Department | None) -> Person:
    match field:
        case "department":
            return replace(old, department_id=target.id if target else 0)  # 0: one that is made when it is agreed to
        case "role":
            return replace(old, role=Role(value))
        case "status":
            status = PersonStatus(value)
            return replace(old, status=status, role=Role.STAFF if status.gone else old.role)
        case "name":
            return replace(old, name=value)
        case _:
            return replace(old, title=value)


def _refused(actor: Actor, old: Person, new: Person, field: str, department: Department) -> str:
    """Nobody decides over himself; roles are given and taken as by /grant."""
    if field in ("role", "status") and old.id == actor.person_id:
        return "people-own"
    if new.role is not old.role and not {old.role, new.role} - {Role.STAFF} <= grantable(actor):
        return "people-office"
    if field == "role" and old.status.gone:
        return "people-role-of-gone"
    if field == "status" and not new.status.gone and department.closed_on:
        return "people-closed"
    return ""


async def meant(tx: Tx, path: str) -> str | Outcome:
    """A department may be named by its own name where only one is called so; any other path is that of a new one."""
    tree = await departments.list_all(tx)
    if "/" in path or any(one.path == path for one in tree):
        return path
    called = [one.path for one in tree if one.name == path]
    if len(called) > 1:
        return Outcome("people-ambiguous", {"paths": called[:FOUND]})
    return called[0] if called else path


async def preview_new(db: Database, actor: Actor, text: str, day: str, today: dt.date) -> Outcome:
    """Somebody to be added, as one line or four: number, name, department, title."""
    async with db.read() as tx:
        return await _newcomer(tx, actor, text, day, today)


@effect
async def add(tx: Tx, actor: Actor, text: str, day: str, now: dt.datetime) -> Outcome:
    """Add one person, in post from that day on."""
    found = await _newcomer(tx, actor, text, day, now.date())
    if found.name != "people-add-sure":
        return found
    facts = found.facts
    department = await departments.insert(tx, facts["department"])
    one = Person(0, facts["number"], facts["name"], facts["title"], department.id, Role.STAFF, PersonStatus.ACTIVE)
    since = dt.date.fromisoformat(facts["day"])
    await people.insert_many(tx, [one], since)
    kept = await people.find_by_number(tx, one.staff_number)
    assert kept is not None
    await audit.append(
        tx, instant(now), actor.user_id, "roster-added", f"person:{kept.id}", after=_state("added", kept, since)
    )
    (shown,) = await people.shown(tx, [kept])
    return Outcome("people-added", {**facts, "id": kept.id, "name": shown.name})


async def _newcomer(tx: Tx, actor: Actor, text: str, day: str, today: dt.date) -> Outcome:
    if not can(actor, Action.MANAGE_ROSTER):
        return Outcome("people-gone")
    cells = tidy.cells(text)
    if not 3 <= len(cells) <= 4:
        return Outcome("people-add-unread")
    kept: dict[str, str] = {"title": ""}
    columns = zip(("number", "name", "department", "title"), COLUMNS_OF_NEW, strict=True)
    for (field, column), cell in zip(columns, cells, strict=False):
        kept[field], fault = judge(column, cell)
        if fault:
            return Outcome("people-wrong", {"kind": fault.kind.value, "field": field})
    path = await meant(tx, kept["department"])
    if isinstance(path, Outcome):
        return path
    taken = await people.find_by_number(tx, kept["number"])
    if taken is not None:
        (shown,) = await people.shown(tx, [taken])
        facts = {"id": taken.id, "number": taken.staff_number, "name": shown.name}
        gone = taken.status.gone
        return Outcome("people-taken-gone" if gone else "people-taken", facts)
    since = dt.date.fromisoformat(day) if day else today
    wrong, _ = rules.judge(since, today, (), 0, PersonStatus.ACTIVE)
    if wrong:
        return Outcome("people-bad-day", {"kind": wrong.value, "since": ""})
    found = await departments.find_by_path(tx, path)
    fresh = found is None or found.closed_on is not None
    return Outcome(
        "people-add-sure", {**kept, "department": path, "day": since.isoformat(), "new_department": fresh, "text": text}
    )


async def _department(tx: Tx, person: Person) -> Department:
    found = await departments.get(tx, person.department_id)
    assert found is not None
    return found


def _iso(posting: Posting | None) -> str:
    return posting.from_date.isoformat() if posting else ""


def _state(field: str, person: Person, since: dt.date | None) -> str:
    """For the audit: no names, but what was changed."""
    return json.dumps(
        {
            "field": field,
            "department": person.department_id,
            "role": person.role,
            "status": person.status,
            "from": since.isoformat() if since else "",
        }
    )
