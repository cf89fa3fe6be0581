"""Personal codes: one person, one use, an end; made for everybody of a department who is not bound yet."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.clock import instant
from bot.domain.access import Action, Actor, can
from bot.domain.pages import page_of
from bot.services import campaign as campaigns
from bot.services import invites as codes
from bot.services.effects import Outcome, effect
from storage import audit, departments, invites
from storage.engine import Database, Tx
from storage.records import Department

MOST = 300  # on one sheet
VALID = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed: the code and whom it is for, without his name."""

    code: str
    staff_number: str
    department: str


@dataclass(frozen=True, slots=True)
class Made:
    slips: Sequence[Slip]
    org: str
    until: dt.date
    left: int  # people who did not get onto this sheet


async def overview(db: Database, actor: Actor, page: int, now: dt.datetime) -> Outcome:
    """The departments in which somebody is not bound yet, a page of them."""
    async with db.read() as tx:
        if not can(actor, Action.MANAGE_ROSTER):
            return Outcome("slips-gone")
        waiting = await invites.count_unbound(tx)
        tree = await departments.list_all(tx)
        still_open = await invites.count_personal(tx, instant(now))
    lines = [
        {"id": one.id, "path": one.path, "people": sum(n for trail, n in waiting if trail.startswith(one.trail))}
        for one in tree
    ]
    lines = [line for line in lines if line["people"]]
    shown, page, pages = page_of(lines, page)
    return Outcome("slips-list", {"lines": shown, "page": page, "pages": pages, "open": still_open})


async def preview(db: Database, actor: Actor, department_id: int) -> Outcome:
    """What a tap would make, and the last code (`seen`) that it would make void."""
    async with db.read() as tx:
        found = await _place(tx, actor, department_id)
        if found is None:
            return Outcome("slips-gone")
        count = len(await invites.list_unbound(tx, found.trail))
        seen = await invites.last_personal(tx, found.trail)
    if not count:
        return Outcome("slips-nobody")
    facts = {"id": found.id, "department": found.path, "count": min(count, MOST), "days": VALID.days, "seen": seen}
    return Outcome("slips-sure", facts)


async def _place(tx: Tx, actor: Actor, department_id: int) -> Department | None:
    found = await departments.get(tx, department_id)
    if found is None or found.closed_on or not can(actor, Action.MANAGE_ROSTER, found.trail):
        return None
    return found


async def make(db: Database, actor: Actor, department_id: int, seen: int, org: str, now: dt.datetime) -> Made | Outcome:
    """New codes, those before them revoked. No effect: its outcome would be kept, and codes are kept nowhere.

    Where codes were made after those that were `seen` (a second press, a replay) they may be on paper by now: asked.
    """
    async with db.write() as tx:
        found = await _place(tx, actor, department_id)
        if found is None:
            return Outcome("slips-gone")
        last = await invites.last_personal(tx, found.trail)
        if last != seen:
            return Outcome("slips-again", {"id": found.id, "department": found.path, "seen": last})
        waiting = await invites.list_unbound(tx, found.trail)
        people = waiting[:MOST]
        if not people:
            return Outcome("slips-nobody")
        slips, rows = [], []
        for person_id, number, place, path in people:
            code = codes.new()
            slips.append(Slip(code, number, path))
            rows.append((codes.hashed(code), place, person_id))
        at = instant(now)
        await invites.revoke_personal(tx, [person_id for person_id, *_ in people], at)
        await invites.insert_personal(tx, rows, actor.user_id, at, instant(now + VALID))
        after = json.dumps({"people": len(people)})
        await audit.append(tx, at, actor.user_id, "invite-sheet", f"department:{department_id}", after=after)
        campaign = await campaigns.load(tx)
    return Made(slips, campaign.name or org, (now + VALID).date(), len(waiting) - len(people))


@effect
async def revoke(tx: Tx, actor: Actor, now: dt.datetime) -> Outcome:
    """Every personal code that still works ends at this moment."""
    if not can(actor, Action.MANAGE_ROSTER):
        return Outcome("slips-gone")
    count = await invites.revoke_all_personal(tx, instant(now))
    if count:
        after = json.dumps({"codes": count})
        await audit.append(tx, instant(now), actor.user_id, "invite-sheets-revoked", after=after)
    return Outcome("slips-revoked", {"count": count})
