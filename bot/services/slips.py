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
from storage.invites import Unbound
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
    left: int  # people who have no code yet, for they did not get onto this sheet


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


async def preview(db: Database, actor: Actor, department_id: int, now: dt.datetime) -> Outcome:
    """What a tap would make, and the last code (`seen`) that it would make void."""
    async with db.read() as tx:
        found = await _place(tx, actor, department_id)
        if found is None:
            return Outcome("slips-gone")
        count = len(_fitting(await invites.list_unbound(tx, found.trail, instant(now))))
        seen = await invites.last_personal(tx, found.trail)
    if not count:
        return Outcome("slips-nobody")
    facts = {"id": found.id, "department": found.path, "count": count, "days": VALID.days, "seen": seen}
    return Outcome("slips-sure", facts)


def _fitting(waiting: Sequence[Unbound]) -> Sequence[Unbound]:
    """Those of one sheet: everybody, or of too many the first of those who have no code, or the oldest ones. So the
    next sheet goes on where this one ends, and makes no code void that was just printed."""
    if len(waiting) <= MOST:
        return waiting
    return [one for one in waiting if one.made_at == waiting[0].made_at][:MOST]


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
        at = instant(now)
        waiting = await invites.list_unbound(tx, found.trail, at)
        people = _fitting(waiting)
        if not people:
            return Outcome("slips-nobody")
        slips, rows = [], []
        for one in people:
            code = codes.new()
            slips.append(Slip(code, one.staff_number, one.path))
            rows.append((codes.hashed(code), one.department_id, one.person_id))
        await invites.revoke_personal(tx, [one.person_id for one in people], at)
        await invites.insert_personal(tx, rows, actor.user_id, at, instant(now + VALID))
        after = json.dumps({"people": len(people)})
        await audit.append(tx, at, actor.user_id, "invite-sheet", f"department:{department_id}", after=after)
        campaign = await campaigns.load(tx)
    left = sum(not one.made_at for one in waiting) - sum(not one.made_at for one in people)
    return Made(slips, campaign.name or org, (now + VALID).date(), left)


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
