"""Departments: the tree, and what becomes of one; the past is never rewritten, people get a posting from a day on."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.clock import instant
from bot.domain.access import Action, Actor, can
from bot.domain.pages import PAGE, page_of
from bot.domain.roster import DEEPEST, Column, judge
from bot.services import grants
from bot.services.effects import Outcome, effect
from bot.services.people import meant
from storage import audit, departments, invites, people, postings
from storage.engine import Database, Tx
from storage.records import Department, Person, Role

TOP = "/"  # above every department: nobody's name can be so
Facts = dict[str, Any]
ACTS = ("rename", "merge", "move", "split", "close")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to become of a department: `text` is the new name or path, `chosen` are those whom a split takes along,
    `day` is an ISO date, today where it is empty."""

    act: str
    department: int
    text: str = ""
    chosen: Sequence[int] = ()
    day: str = ""


async def tree(db: Database, page: int) -> Outcome:
    """A page of the open departments, each with how many stand in it and how many below it."""
    async with db.read() as tx:
        found = await departments.list_all(tx)
        heads = await people.count_by_department(tx)
    here, page, pages = page_of(found, page)
    lines = [
        {"id": one.id, "name": one.name, "depth": one.path.count("/"), "people": heads.get(one.id, 0)} for one in here
    ]
    return Outcome("departments-list", {"lines": lines, "page": page, "pages": pages, "total": len(found)})


async def card(db: Database, actor: Actor, department_id: int) -> Outcome:
    async with db.read() as tx:
        found = await departments.get(tx, department_id)
        if found is None or found.closed_on or not can(actor, Action.MANAGE_ROSTER):
            return Outcome("departments-gone")
        below = await departments.list_below(tx, found.trail)
        heads = await people.count_by_department(tx)
        staff = await people.shown(tx, await people.list_in(tx, [found.id]))
        leaders = [one.name for one in staff if one.role is Role.LEADER]
    return Outcome(
        "departments-card",
        {
            "id": found.id,
            "path": found.path,
            "people": heads.get(found.id, 0),
            "all": sum(heads.get(one.id, 0) for one in below),
            "below": [one.name for one in below if one.parent_id == found.id],
            "leaders": leaders,
        },
    )


async def staff(db: Database, department_id: int, page: int) -> tuple[Sequence[Person], int]:
    """A page of the people of this very department, and how many there are."""
    async with db.read() as tx:
        found = await people.shown(tx, await people.list_in(tx, [department_id]))
    return found[page * PAGE : (page + 1) * PAGE], len(found)


async def preview(db: Database, actor: Actor, asked: Asked, today: dt.date) -> Outcome:
    """What would become of a department, to be agreed to; or what is wrong with it."""
    async with db.read() as tx:
        found = await _wish(tx, actor, asked, today)
    return found if isinstance(found, Outcome) else Outcome("departments-sure", found.facts)


@effect
async def change(
    tx: Tx, actor: Actor, asked: Asked, shown: Sequence[Any], now: dt.datetime, owners: Collection[int]
) -> Outcome:
    """Do it, if the department is still what was shown."""
    wish = await _wish(tx, actor, asked, now.date())
    if isinstance(wish, Outcome):
        return wish
    if list(shown) != [wish.facts["path"], wish.facts["heads"]]:
        return Outcome("departments-moved-on", {"id": asked.department})
    match asked.act:
        case "rename":
            await _rename(tx, wish)
        case "close":
            await departments.close_if_empty(tx, asked.department, now.date())
            await end(tx, wish.top, actor, now, owners)
        case _:
            await _bring(tx, wish, actor, now, owners)
    after = json.dumps({name: wish.facts[name] for name in ("after", "heads", "day")}, ensure_ascii=False)
    subject = f"department:{asked.department}"
    await audit.append(tx, instant(now), actor.user_id, f"department-{asked.act}", subject, wish.facts["path"], after)
    return Outcome("departments-done", wish.facts)


class _Wish:
    """What may be done: the department with all below it, whom it takes along, and where to."""

    def __init__(
        self, below: Sequence[Department], moves: Mapping[int, str], staff: Sequence[Person], day: dt.date, facts: Facts
    ) -> None:
        self.below, self.moves, self.staff, self.day, self.facts = below, moves, staff, day, facts

    @property
    def top(self) -> Department:
        return next(one for one in self.below if one.id == self.facts["id"])


async def _wish(tx: Tx, actor: Actor, asked: Asked, today: dt.date) -> _Wish | Outcome:
    act, top = asked.act, await departments.get(tx, asked.department)
    if top is None or top.closed_on or act not in ACTS or not can(actor, Action.MANAGE_ROSTER):
        return Outcome("departments-gone")
    below = await departments.list_below(tx, top.trail)
    target = await _target(tx, act, top, below, asked.text)
    if isinstance(target, Outcome):
        return target
    staff = await people.list_in(tx, [top.id] if act == "split" else [one.id for one in below])
    staff = [one for one in staff if one.id in asked.chosen] if act == "split" else staff
    if wrong := _refused(act, below, staff):
        return Outcome(wrong, {"id": top.id})
    moves = {top.id: target} if act == "split" else {one.id: target + one.path[len(top.path) :] for one in below}
    if any(path.count("/") >= DEEPEST for path in moves.values()):
        return Outcome("people-wrong", {"kind": "too_deep", "field": "department"})
    dated = dt.date.fromisoformat(asked.day) if asked.day else today
    if act in ("merge", "move", "split"):
        last = await postings.latest(tx, [one.id for one in staff])
        if dated > today or (last and dated < last):
            kind = "future" if dated > today else "before_last"
            return Outcome("people-bad-day", {"kind": kind, "since": last.isoformat() if last else ""})
    known = await departments.find_by_path(tx, target) if target else None
    facts = {
        "id": top.id,
        "act": act,
        "path": top.path,
        "after": target,
        "heads": len(staff),
        "below": len(below) - 1,
        "leaders": sum(one.role is Role.LEADER for one in staff) if act in ("merge", "split") else 0,
        "day": dated.isoformat() if act in ("merge", "move", "split") else "",
        "new_department": act == "split" and (known is None or known.closed_on is not None),
        "chosen": [one.id for one in staff] if act == "split" else [],
    }
    return _Wish(below, moves, staff, dated, facts)


def _refused(act: str, below: Sequence[Department], staff: Sequence[Person]) -> str:
    if act == "close" and (staff or len(below) > 1):
        return "departments-not-empty"
    return "departments-nobody" if act == "split" and not staff else ""


async def _target(tx: Tx, act: str, top: Department, below: Sequence[Department], text: str) -> str | Outcome:
    """The path that it, or what is taken out of it, will have."""
    if act == "close":
        return ""
    if act == "move" and text == TOP:
        path = top.name
    else:
        typed, fault = judge(Column.DEPARTMENT, text)
        if fault or (act == "rename" and "/" in typed):
            return Outcome("people-wrong", {"kind": fault.kind.value if fault else "bad_path", "field": "department"})
        found = await _path(tx, act, top, typed)
        if isinstance(found, Outcome):
            return found
        path = found
    known = await departments.find_by_path(tx, path)
    there = known is not None and known.closed_on is None
    if path == top.path:
        return Outcome("departments-same", {"id": top.id})
    if act in ("merge", "move") and path.startswith(f"{top.path}/"):
        return Outcome("departments-inside", {"id": top.id})
    if act == "merge" and not there:
        return Outcome("departments-unknown", {"path": path})
    if act in ("move", "rename") and there:
        return Outcome("departments-taken", {"path": path})
    return path


async def _path(tx: Tx, act: str, top: Department, typed: str) -> str | Outcome:
    above = top.path.rpartition("/")[0]
    if act == "rename":
        return f"{above}/{typed}" if above else typed
    found = await meant(tx, typed)
    if isinstance(found, Outcome) or act != "move":
        return found
    known = await departments.find_by_path(tx, found)
    if known is None or known.closed_on:
        return Outcome("departments-unknown", {"path": found})
    return f"{found}/{top.name}"


async def _rename(tx: Tx, wish: _Wish) -> None:
    """A closed department that was called so gives the name away and keeps its day beside its own."""
    path = wish.facts["after"]
    old = await departments.find_by_path(tx, path)
    if old is not None:
        await departments.rename(tx, old, f"{old.path} ({old.closed_on} {old.id})")
    await departments.rename(tx, wish.top, path)


async def _bring(tx: Tx, wish: _Wish, actor: Actor, now: dt.datetime, owners: Collection[int]) -> None:
    """People go where they shall be from that day on; what is left empty is closed, with its past."""
    places = {old: await departments.insert(tx, path) for old, path in wish.moves.items()}
    await _put(tx, wish.staff, {old: place.id for old, place in places.items()}, wish.day, actor, now)
    if wish.facts["act"] == "split":
        return
    for old in reversed(wish.below):
        await departments.close(tx, old.id, wish.day, places[old.id].id)
        if wish.facts["act"] == "move":
            await departments.hand_over(tx, old.id, places[old.id].id)
        await end(tx, old, actor, now, owners)


async def end(tx: Tx, old: Department, actor: Actor, now: dt.datetime, owners: Collection[int]) -> None:
    """Nobody leads, shows or enters a department that is closed, also if one of its name is opened again."""
    at = instant(now)
    given, bound = await departments.end_rights(tx, old.id, actor.user_id, at)
    ended = [
        audit.Entry("grant-taken", f"person:{person}", f"{role} department:{old.id} until:{until}")
        for person, role, until in given
    ]
    ended += [audit.Entry("group-unbound", f"department:{old.id}", f"chat:{chat}") for chat in bound]
    await audit.append_many(tx, at, actor.user_id, ended)
    await grants.tell_of_department(tx, old, given, owners, now)
    for number in await invites.list_of(tx, old.id):
        await invites.revoke(tx, number, at)


async def _put(
    tx: Tx, staff: Iterable[Person], places: Mapping[int, int], day: dt.date, actor: Actor, now: dt.datetime
) -> None:
    staff = list(staff)
    await people.update_many(tx, [replace(one, department_id=places[one.department_id]) for one in staff], day)
    await postings.rebook(tx, [one.id for one in staff], day)
    for one in staff:
        before, after = (
            json.dumps({"field": "department", "department": number, "role": one.role, "status": one.status})
            for number in (one.department_id, places[one.department_id])
        )
        await audit.append(tx, instant(now), actor.user_id, "roster-changed", f"person:{one.id}", before, after)
