"""The last import taken back: whoever it touched is as before, unless something has happened to him since."""

import datetime as dt
import json
from collections.abc import Collection, Sequence
from typing import Any

from bot.clock import instant
from bot.domain.access import Action, Actor, can
from bot.services import grants
from bot.services.departments import end as end_department
from bot.services.effects import Outcome, effect
from bot.services.people import end_what_was_begun
from storage import audit, departments, imports, people, postings
from storage.engine import Database, Tx
from storage.imports import Applied, Made
from storage.records import Person, PersonStatus, Role

KEPT = dt.timedelta(days=7)
NAMES_SHOWN = 10


async def begin(
    tx: Tx, import_id: int, made: list[int], changed: Sequence[tuple[Person, Person]], now: dt.datetime
) -> None:
    """Before an import touches anybody: what it will change, and the departments it has made."""
    await imports.begin_changes(tx, import_id, instant(now), json.dumps(made))
    rows = [(old.id, _packed(old), _packed(new)) for old, new in changed]
    await imports.record_changed(tx, import_id, "changed", now.date().isoformat(), rows)


async def record_added(tx: Tx, import_id: int, added: Sequence[Person], now: dt.datetime) -> None:
    await imports.record_added(
        tx, import_id, now.date().isoformat(), [(_packed(person), person.staff_number) for person in added]
    )


async def record_left(tx: Tx, import_id: int, gone: Sequence[Person], now: dt.datetime) -> None:
    """Before people who were missing from the file are marked as having left."""
    last = await find(tx, now)
    if last is None or last.id != import_id:  # another import came in between: this one cannot be undone any more
        return
    before = {person.id: person for person in await people.list_all(tx)}
    rows = [(person.id, _packed(before[person.id]), _packed(person)) for person in gone]
    await imports.record_changed(tx, import_id, "left", now.date().isoformat(), rows)


async def find(tx: Tx, now: dt.datetime) -> Applied | None:
    """The import that can be undone now."""
    return await imports.find_applied(tx, instant(now - KEPT))


async def look(db: Database, import_id: int, now: dt.datetime) -> Outcome:
    """What undoing the last import would do, or why it cannot be done."""
    async with db.read(long=True) as tx:
        found = await _judge(tx, import_id, now)
    return found if isinstance(found, Outcome) else Outcome("roster-undo-ask", found[2])


@effect
async def undo(tx: Tx, actor: Actor, import_id: int, now: dt.datetime, owners: Collection[int]) -> Outcome:
    """Take the last import back, if nothing of it has been built upon."""
    if not can(actor, Action.MANAGE_ROSTER):
        return Outcome("roster-gone")
    found = await _judge(tx, import_id, now)
    if isinstance(found, Outcome):
        return found
    last, made, facts = found
    if not await imports.move(tx, import_id, "applied", "undone"):
        return Outcome("roster-settled", {"state": "undone"})
    await imports.move_missing(tx, import_id, "proposed", "kept")
    await imports.forget_entries(tx, import_id)
    await _take_back(tx, made, actor.user_id, now)
    await imports.begin_changes(tx, 0, 0, "[]")
    for department_id in reversed(json.loads(last.departments)):
        department = await departments.get(tx, department_id)
        if await departments.close_if_empty(tx, department_id, now.date()) and department is not None:
            await end_department(tx, department, actor, now, owners)
    await audit.append(tx, instant(now), actor.user_id, "roster-undone", f"import:{import_id}", after=json.dumps(facts))
    return Outcome("roster-undone", facts)


async def _take_back(tx: Tx, made: Sequence[Made], actor_user: int, now: dt.datetime) -> None:
    added = [one.person.id for one in made if one.act == "added"]
    changed = [one for one in made if one.act != "added"]
    await imports.take_out(tx, added)
    before = [_unpacked(one.person.id, one.before) for one in changed]
    await people.rewrite_many(tx, before)
    await postings.restore(tx, [(one.person.id, one.from_date, *_posting(one.posting)) for one in changed])
    for day in {one.from_date for one in changed}:
        ids = [one.person.id for one in changed if one.from_date == day]
        await postings.rebook(tx, ids, dt.date.fromisoformat(day))
    await people.end_grants(tx, [person.id for person in before], now.date())
    await people.give_back_grants(tx, [(one.person.id, dt.date.fromisoformat(one.from_date)) for one in changed])
    for one, person in zip(changed, before, strict=True):
        await end_what_was_begun(tx, one.person, person, now)
        words = (_state(one.person), _state(person))
        await audit.append(tx, instant(now), actor_user, "roster-changed", f"person:{person.id}", *words)
    await grants.tell_of_file(tx, [(one.person, old) for one, old in zip(changed, before, strict=True)], now)


async def _judge(tx: Tx, import_id: int, now: dt.datetime) -> Outcome | tuple[Applied, Sequence[Made], dict[str, Any]]:
    last = await find(tx, now)
    if last is None or last.id != import_id:
        return Outcome("roster-undo-none")
    made = await imports.list_changes(tx, import_id)
    used = await imports.list_used(tx, import_id)
    closed = {one.id for one in await departments.list_all(tx, closed=True) if one.closed_on}
    used_ones = await people.shown(tx, [one.person for one in made if one.person.id in used])
    later = await people.shown(
        tx, [one.person for one in made if one.person.id not in used and _touched_since(one, closed)]
    )
    facts = {
        "file": last.file_name,
        "at": last.at,
        "import": import_id,
        "counts": {act: sum(one.act == act for one in made) for act in ("added", "changed", "left")},
        "used": [person.name for person in used_ones[:NAMES_SHOWN]],
        "used_count": len(used_ones),
        "later": [person.name for person in later[:NAMES_SHOWN]],
        "later_count": len(later),
    }
    return Outcome("roster-undo-blocked", facts) if used_ones or later else (last, made, facts)


def _touched_since(one: Made, closed: set[int]) -> bool:
    """Somebody has changed him after the import, or the department he would go back to is closed."""
    if _packed(one.person) != one.after:
        return True
    return one.act != "added" and _unpacked(one.person.id, one.before).department_id in closed


def _packed(person: Person) -> str:
    columns = [person.staff_number, person.name, person.title, person.department_id, person.role, person.status]
    return json.dumps(columns, ensure_ascii=False)


def _unpacked(person_id: int, packed: str) -> Person:
    staff_number, name, title, department_id, role, status = json.loads(packed)
    return Person(person_id, staff_number, name, title, department_id, Role(role), PersonStatus(status))


def _posting(kept: str) -> tuple[int | None, str]:
    department, _, status = kept.partition(" ")
    return (int(department), status) if kept else (None, "")


def _state(person: Person) -> str:
    return json.dumps([person.department_id, person.role, person.status])


async def tidy(db: Database, now: dt.datetime) -> None:
    """Names of an import that can no longer be undone are not kept."""
    async with db.write() as tx:
        await imports.forget_changes(tx, instant(now - KEPT))
