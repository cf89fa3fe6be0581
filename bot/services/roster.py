"""The roster: a file is read, its difference to today shown, then applied by a tap."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot import files
from bot.clock import instant
from bot.domain import tidy
from bot.domain.access import Action, Actor, can
from bot.domain.pages import PAGE
from bot.domain.roster import HIDDEN, Change, Column, Difference, Entry, Roster, RowError, Wrong, difference
from bot.services import campaign as campaigns
from bot.services import grants, undo
from bot.services.effects import Cause, Outcome, effect
from bot.services.people import end_what_was_begun
from storage import audit, departments, imports, people
from storage.engine import Database, Tx
from storage.records import Person, PersonStatus, Role

ERRORS_SHOWN = 15
IGNORED_SHOWN = 20
NAMES_SHOWN = 10


async def read(source: Path | bytes) -> Roster | Outcome:
    """The roster in a file, or the outcome that says what is wrong with the file as such."""
    try:
        return await files.read_roster(source)
    except files.FileProblem as problem:
        return Outcome("roster-file", {"kind": problem.kind.value})


async def propose(cause: Cause, actor: Actor, source: bytes, file_name: str, now: dt.datetime) -> Outcome:
    """Read a file that the office sent and show what it would change; nothing of the roster changes yet."""
    found = await read(source)
    if isinstance(found, Outcome):
        return found
    digest = hashlib.sha256(source).hexdigest()
    return await keep_proposal(cause, actor, found, digest, file_name[:80], now)


@effect
async def keep_proposal(tx: Tx, actor: Actor, roster: Roster, digest: str, file_name: str, now: dt.datetime) -> Outcome:
    changes = await _difference(tx, roster)
    facts = await _facts(tx, roster, changes)
    if facts["errors"]:
        return Outcome("roster-errors", facts)
    if changes.nothing:
        return Outcome("roster-same", facts)
    entries = json.dumps([_packed(entry) for entry in roster.entries], ensure_ascii=False)
    number = await imports.insert(tx, digest, file_name, entries, actor.user_id, instant(now))
    return Outcome("roster-checked", facts | {"import": number})


@effect
async def apply(tx: Tx, actor: Actor, import_id: int, seen: str, now: dt.datetime) -> Outcome:
    """Apply a proposed file, if it still does what was shown; else show what it would do now."""
    stored = await imports.get(tx, import_id)
    if stored is None or not can(actor, Action.MANAGE_ROSTER):
        return Outcome("roster-gone")
    if stored[0] != "proposed":
        return Outcome("roster-settled", {"state": stored[0]})
    roster = _stored(stored[2])
    changes = await _difference(tx, roster)
    facts = await _facts(tx, roster, changes) | {"import": import_id}
    if facts["errors"]:
        return Outcome("roster-errors", facts)
    if not changes.nothing and facts["seen"] != seen:
        return Outcome("roster-checked-again", facts)
    await imports.move(tx, import_id, "proposed", "cancelled" if changes.nothing else "applied")
    if not changes.nothing:
        await _apply(tx, import_id, changes, actor.user_id, now)
    if changes.missing:
        await imports.move_missing(tx, import_id, "none", "proposed")
    else:
        await imports.forget_entries(tx, import_id)
    return Outcome("roster-same" if changes.nothing else "roster-applied", facts)


@effect
async def cancel(tx: Tx, actor: Actor, import_id: int) -> Outcome:
    if not can(actor, Action.MANAGE_ROSTER):
        return Outcome("roster-gone")
    if not await imports.move(tx, import_id, "proposed", "cancelled"):
        stored = await imports.get(tx, import_id)
        return Outcome("roster-settled", {"state": stored[0]}) if stored else Outcome("roster-gone")
    await imports.forget_entries(tx, import_id)
    return Outcome("roster-cancelled")


@effect
async def keep_missing(tx: Tx, actor: Actor, import_id: int) -> Outcome:
    """People who were missing from an applied file stay as they are."""
    if not can(actor, Action.MANAGE_ROSTER):
        return Outcome("roster-gone")
    return await _keep(tx, import_id)


async def _keep(tx: Tx, import_id: int) -> Outcome:
    if not await imports.move_missing(tx, import_id, "proposed", "kept"):
        stored = await imports.get(tx, import_id)
        return Outcome("roster-settled", {"state": stored[1]}) if stored else Outcome("roster-gone")
    await imports.forget_entries(tx, import_id)
    return Outcome("roster-kept")


@effect
async def end_missing(tx: Tx, actor: Actor, import_id: int, seen: str, now: dt.datetime) -> Outcome:
    """People who were missing from an applied file leave, if they are those who were shown. Only the tap decides."""
    stored = await imports.get(tx, import_id)
    if stored is None or not can(actor, Action.MANAGE_ROSTER):
        return Outcome("roster-gone")
    if stored[1] != "proposed":
        return Outcome("roster-settled", {"state": stored[1]})
    present = (await _difference(tx, _stored(stored[2]))).missing
    if not present:
        return await _keep(tx, import_id)
    if actor.person_id in {person.id for person in present}:  # nobody decides over himself
        return Outcome("roster-missing-own", {"import": import_id})
    if _seal(present) != seen:
        shown = [[p.name, p.staff_number] for p in await people.shown(tx, present[:NAMES_SHOWN])]
        facts = {"counts": {"missing": len(present)}, "missing": shown, "missing_seen": _seal(present)}
        return Outcome("roster-missing-again", facts | {"import": import_id})
    await imports.move_missing(tx, import_id, "proposed", "applied")
    await imports.forget_entries(tx, import_id)
    gone = [replace(person, status=PersonStatus.LEFT, role=Role.STAFF) for person in present]
    await undo.record_left(tx, import_id, gone, now)
    await people.update_many(tx, gone, now.date())
    for old, new in zip(present, gone, strict=True):
        await end_what_was_begun(tx, old, new, now)
    salt = await audit.salt(tx)
    left = [
        audit.Entry("roster-left", f"person:{old.id}", _state(salt, old), _state(salt, new))
        for old, new in zip(present, gone, strict=True)
    ]
    await audit.append_many(tx, instant(now), actor.user_id, left)
    return Outcome("roster-left", {"people": len(gone)})


async def export(db: Database, actor: Actor) -> Outcome:
    """Whether there is anybody to be taken along as a file."""
    if not can(actor, Action.MANAGE_ROSTER):
        return Outcome("roster-gone")
    async with db.read() as tx:
        count = await people.count_present(tx)
    return Outcome("roster-exported" if count else "roster-nobody", {"people": count})


async def list_present(db: Database) -> Sequence[tuple[Person, str]]:
    """Everybody who has not left, with the path of his department: a file of them changes nothing when it is sent."""
    async with db.read(long=True) as tx:
        return await people.list_present(tx)


async def import_file(db: Database, path: Path, now: dt.datetime, *, dry_run: bool) -> Outcome:
    """The command line's way: check, and unless it is a dry run apply what a tap would apply."""
    found = await read(path)
    if isinstance(found, Outcome):
        return found
    async with db.write() as tx:
        changes = await _difference(tx, found)
        facts = await _facts(tx, found, changes)
        if facts["errors"]:
            return Outcome("roster-errors", facts)
        if changes.nothing:
            return Outcome("roster-same", facts)
        if dry_run:
            return Outcome("roster-checked", facts)
        number = await imports.insert(tx, "", path.name[:80], "[]", None, instant(now))
        await imports.move(tx, number, "proposed", "applied")
        await _apply(tx, number, changes, None, now)
    return Outcome("roster-applied", facts)


async def overview(db: Database, now: dt.datetime) -> dict[str, Any]:
    """What /roster shows: how many are on it, in which status, how many departments and bound accounts."""
    async with db.read() as tx:
        last = await undo.find(tx, now)
        return {
            "undo": last.id if last else 0,
            "people": await people.count(tx),
            "present": await people.count_present(tx),
            "in_post": await people.count_in_post(tx),
            "departments": len(await departments.list_all(tx)),
            "bound": await people.count_bound(tx),
        }


async def members(
    db: Database, trail: str, search: str, kind: str, page: int
) -> tuple[list[tuple[Person, str, bool | None]], int]:
    """A page of a subtree's people, and how many there are in all."""
    async with db.read() as tx:
        rows, total = await people.list_members(tx, trail, tidy.name(search), kind, PAGE, page * PAGE)
    return list(rows), total


async def _difference(tx: Tx, roster: Roster) -> Difference:
    known = {person.staff_number: person for person in await people.list_all(tx)}
    return difference(roster, known, await departments.list_all(tx, closed=True))


async def _apply(tx: Tx, import_id: int, changes: Difference, actor_user: int | None, now: dt.datetime) -> None:
    """Everything but the missing, who wait for a tap of their own."""
    made = [(await departments.insert(tx, path)).id for path in changes.new_departments]
    ids = {department.path: department.id for department in await departments.list_all(tx)}
    added, touched = [_person(0, entry, ids) for entry in changes.added], changes.touched
    after = [_person(c.person.id, c.entry, ids) for c in touched]
    await undo.begin(tx, import_id, made, [(c.person, new) for c, new in zip(touched, after, strict=True)], now)
    await people.insert_many(tx, added, now.date())
    await undo.record_added(tx, import_id, added, now)
    await people.update_many(tx, after, now.date())
    for change, new_state in zip(touched, after, strict=True):
        await end_what_was_begun(tx, change.person, new_state, now)
    await grants.tell_of_file(tx, [(c.person, new) for c, new in zip(touched, after, strict=True)], now)
    at = instant(now)
    salt, numbers = await audit.salt(tx), {entry.staff_number for entry in changes.added}
    new = [person for person in await people.list_all(tx) if person.staff_number in numbers]
    written = [audit.Entry("roster-added", f"person:{person.id}", "", _state(salt, person)) for person in new]
    for change in touched:
        words = (_state(salt, change.person), _state(salt, _person(change.person.id, change.entry, ids)))
        written.append(audit.Entry("roster-changed", f"person:{change.person.id}", *words))
    await audit.append_many(
        tx, at, actor_user, [*written, audit.Entry("roster-imported", after=json.dumps(_counts(changes)))]
    )


def _state(salt: str, person: Person) -> str:
    """A person as the audit keeps him: no name, no number, no title, but whether they have changed."""
    name = audit.digest(salt, person.staff_number, person.name, person.title)[:16]
    state = {"department": person.department_id, "role": person.role, "status": person.status, "name": name}
    return json.dumps(state)


def _person(person_id: int, entry: Entry, ids: dict[str, int]) -> Person:
    return Person(
        person_id, entry.staff_number, entry.name, entry.title, ids[entry.department_path], entry.role, entry.status
    )


def _counts(changes: Difference) -> dict[str, int]:
    return {
        "added": len(changes.added),
        "moved": len(changes.moved),
        "changed": len(changes.changed),
        "returned": len(changes.returned),
        "left": len(changes.left),
        "missing": len(changes.missing),
        "unchanged": changes.unchanged,
        "new_departments": len(changes.new_departments),
    }


async def _facts(tx: Tx, roster: Roster, changes: Difference) -> dict[str, Any]:
    """Counts and the beginning of each list, as JSON."""
    seals = {"seen": _seal(changes.missing, changes), "missing_seen": _seal(changes.missing)}
    errors = sorted((*roster.errors, *_reused(changes)), key=lambda error: error.row)
    changes = await _shown(tx, changes)
    renamed = _renamed(changes)
    return seals | {
        "counts": _counts(changes),
        "entries": len(roster.entries),
        "errors": [[e.row, e.kind.value, e.value, e.other] for e in errors[:ERRORS_SHOWN]],
        "error_count": len(errors),
        "ignored": [heading[:40] for heading in roster.ignored[:IGNORED_SHOWN]],
        "departments": list(changes.new_departments[:NAMES_SHOWN]),
        "added": [[e.name, e.staff_number, e.department_path] for e in changes.added[:NAMES_SHOWN]],
        "moved": [
            [c.entry.name, c.entry.staff_number, c.old_path, c.entry.department_path]
            for c in changes.moved[:NAMES_SHOWN]
        ],
        "returned": [_told(c) for c in changes.returned[:NAMES_SHOWN]],
        "left": [_told(c) for c in changes.left[:NAMES_SHOWN]],
        "changed": [_told(c) for c in changes.changed[:NAMES_SHOWN]],
        "renamed": [[c.entry.staff_number, c.person.name, c.entry.name] for c in renamed[:NAMES_SHOWN]],
        "renamed_count": len(renamed),
        "missing": [[p.name, p.staff_number] for p in changes.missing[:NAMES_SHOWN]],
        "leaders": sum(entry.role is Role.LEADER for entry in roster.entries),
    }


def _renamed(changes: Difference) -> list[Change]:
    """Another name under the same number."""
    return [change for change in changes.touched if Column.NAME in change.columns]


def _reused(changes: Difference) -> list[RowError]:
    """A newcomer under the number of somebody who has gone would get his account and his hours."""
    back = [c for c in _renamed(changes) if c.person.status.gone and not c.entry.status.gone]
    return [RowError(c.entry.row, Wrong.GONE_NUMBER, c.entry.staff_number) for c in back]


def _seal(missing: Sequence[Person], changes: Difference | None = None) -> str:
    """Of what somebody has seen and agrees to: another difference has another one, also after a restart."""
    parts: list[Any] = [sorted(person.id for person in missing)]
    if changes is not None:  # what the file says is the same each time
        parts += [changes.new_departments, [entry.staff_number for entry in changes.added]]
        kinds = (changes.returned, changes.left, changes.moved, changes.changed)
        parts += [[(change.person, change.old_path) for change in kind] for kind in kinds]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


async def _shown(tx: Tx, changes: Difference) -> Difference:
    """The difference as others see it: a number for each name where the unit wants codes."""
    if not (await campaigns.load(tx)).codes_instead_of_names:
        return changes

    def known(change: Change) -> Change:
        number = change.entry.staff_number
        return replace(change, entry=replace(change.entry, name=number), person=replace(change.person, name=number))

    return replace(
        changes,
        added=tuple(replace(entry, name=entry.staff_number) for entry in changes.added),
        missing=tuple(replace(person, name=person.staff_number) for person in changes.missing),
        returned=tuple(map(known, changes.returned)),
        left=tuple(map(known, changes.left)),
        moved=tuple(map(known, changes.moved)),
        changed=tuple(map(known, changes.changed)),
    )


def _told(change: Change) -> list[Any]:
    """Whom it is about, and each column that differs: what it is and what it becomes."""
    return [change.entry.name, change.entry.staff_number, [list(one) for one in _columns(change)]]


def _columns(change: Change) -> list[tuple[str, str, str]]:
    entry, person = change.entry, change.person
    names = (person.name, entry.name)
    pairs = {
        Column.NAME: names if person.name != entry.name else (HIDDEN, HIDDEN),  # in codes: only that it changes
        Column.DEPARTMENT: (change.old_path, entry.department_path),
        Column.TITLE: (person.title, entry.title),
        Column.ROLE: (person.role.value, entry.role.value),
        Column.STATUS: (person.status.value, entry.status.value),
    }
    return [(column.name.lower(), *pair) for column, pair in pairs.items() if column in change.columns]


async def every_change(db: Database, import_id: int) -> list[tuple[str, str, str, str, str, str]] | Outcome:
    """All that a proposed file would change: kind, number, name, column, before, after."""
    async with db.read(long=True) as tx:
        stored = await imports.get(tx, import_id)
        if stored is None:
            return Outcome("roster-gone")
        if stored[0] != "proposed":
            return Outcome("roster-settled", {"state": stored[0]})
        changes = await _shown(tx, await _difference(tx, _stored(stored[2])))
        paths = {one.id: one.path for one in await departments.list_all(tx, closed=True)}
    rows = [("department", "", "", "department", "", path) for path in changes.new_departments]
    rows += [("added", e.staff_number, e.name, "department", "", e.department_path) for e in changes.added]
    for kind in ("returned", "left", "moved", "changed"):
        for change in getattr(changes, kind):
            known = (kind, change.entry.staff_number, change.entry.name)
            rows += [(*known, *one) for one in _columns(change)]
    return rows + [
        ("missing", p.staff_number, p.name, "department", paths[p.department_id], "") for p in changes.missing
    ]


def _stored(entries: str) -> Roster:
    roster = Roster(tuple(_unpacked(row) for row in json.loads(entries)), ())
    return replace(roster, seen=frozenset(entry.staff_number for entry in roster.entries))


def _packed(entry: Entry) -> list[Any]:
    return [
        entry.row,
        entry.staff_number,
        entry.name,
        entry.department_path,
        entry.title,
        entry.role.value,
        entry.status.value,
    ]


def _unpacked(row: list[Any]) -> Entry:
    row_number, staff_number, name, path, title, role, status = row
    return Entry(row_number, staff_number, name, path, title, Role(role), PersonStatus(status))
