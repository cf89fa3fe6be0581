"""线下转达: whoever a notice cannot reach is told in person, and ticked off by whoever has told him."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.clock import instant
from bot.domain.access import Action, Actor, can, scope
from bot.domain.pages import page_of
from bot.services import work
from bot.services.deliveries import OVER, Sight, sight
from bot.services.effects import Outcome, effect
from bot.services.notices import title_of
from storage import audit, corrections, deliveries, tellings
from storage.deliveries import Somebody
from storage.engine import Database, Tx
from storage.notices import Notice


@dataclass(frozen=True, slots=True)
class Telling:
    """Those who are to be told, within what somebody may see: a page of one department, or the departments."""

    notice: Notice
    department_id: int  # 0: the departments are shown
    department: str
    people: Sequence[Somebody]
    tellers: dict[int, str]  # account -> name
    places: Sequence[tuple[int, str, int, int]]  # department, its path, how many, told of them
    number: int
    pages: int
    corrected: str | None  # when the notice was


async def open_list(db: Database, actor: Actor, notice_id: int, department_id: int, number: int) -> Telling | None:
    async with db.read(long=True) as tx:
        seen = await _ready(tx, actor, notice_id)
        if seen is None:
            return None
        found, _ = await deliveries.list_people(tx, notice_id, seen.trail, "telling")
        tellers = await tellings.list_tellers(tx, notice_id)
        corrected = await corrections.get_corrected(tx, notice_id)
    paths = {person.department_id: person.department for person in found}
    counts = Counter(person.department_id for person in found)
    told = Counter(person.department_id for person in found if person.told_at)
    places = [(place, path, counts[place], told[place]) for place, path in paths.items()]
    chosen = places[0][0] if len(places) == 1 else department_id if department_id in paths else 0
    here = [person for person in found if person.department_id == chosen] if chosen else []
    shown, number, pages = page_of(here, number) if here else ((), *page_of(places, number)[1:])
    return Telling(seen.notice, chosen, paths.get(chosen, ""), shown, tellers, places, number, pages, corrected)


async def _ready(tx: Tx, actor: Actor, notice_id: int) -> Sight | None:
    """While it is being sent nobody knows yet whom it will not reach; what was taken back is not passed on."""
    seen = await sight(tx, actor, notice_id)
    if seen is None or seen.notice.state not in OVER or await corrections.is_recalled(tx, notice_id):
        return None
    return seen


@effect
async def tick(tx: Tx, actor: Actor, notice_id: int, person_id: int, told: bool, now: dt.datetime) -> Outcome:
    """已转达, or not after all; by the contact of his department or the office, never by himself."""
    seen = await _ready(tx, actor, notice_id)
    person = await deliveries.get_person(tx, notice_id, person_id) if seen else None
    if person is None or not can(actor, Action.VIEW_MEMBERS, person.trail):
        return Outcome("error-stale")
    facts = {"department": person.department_id}
    if person_id == actor.person_id:
        return Outcome("tellings-own", facts)
    if told:
        changed = await tellings.tell(tx, notice_id, person_id, actor.user_id, instant(now))
    else:
        changed = await tellings.untell(tx, notice_id, person_id)
    if changed:
        action = "notice-told" if told else "notice-untold"
        await audit.append(tx, instant(now), actor.user_id, action, f"person:{person_id}", "", f"notice:{notice_id}")
    return Outcome("tellings-ticked", facts)


# Whoever has to do it is called


async def call(tx: Tx, notice_id: int, owners: Collection[int], now: dt.datetime) -> None:
    """A round is over: the contacts of the departments in which it has not reached somebody get a work card."""
    for department_id in await tellings.mark(tx, notice_id):
        await work.call_for(tx, department_id, None, owners, now)


async def list_waiting(db: Database, actor: Actor) -> list[tuple[int, str, int]]:
    """(notice, title, how many) of what somebody within his reach has to be told."""
    trail = scope(actor, Action.VIEW_MEMBERS)
    if trail is None:
        return []
    async with db.read() as tx:
        return [(notice.id, title_of(notice), left) for notice, left in await tellings.list_waiting(tx, trail)]
