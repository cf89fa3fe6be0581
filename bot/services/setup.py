"""The first hour: what is settled, what is still to do, and an invite link for a department."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from bot.domain.access import Action, Actor, can
from bot.services import campaign, duties, invites
from bot.services.effects import Outcome, effect
from storage import departments, grants, marks, occurrences, people, settings
from storage.engine import Database, Tx
from storage.records import Department


async def overview(db: Database, actor: Actor, now: dt.datetime) -> dict[str, Any]:
    """The five steps of the set-up list, each with what there is, and whether it is done."""
    async with db.read() as tx:
        present, bound = await people.count_present(tx), await people.count_bound(tx)
        led = {leader.department_id for leader in await grants.list_leaders(tx, now.date())}
        found = await departments.list_all(tx)
        links = len({invite.department_id for invite in await invites.list_open(tx, actor, now)})
        ticked = {
            # Whoever has brought the roster in is content with what the unit's settings are without him.
            "unit": present > 0 or bool(campaign.NAMES & (await settings.list_all(tx)).keys()),
            "roster": present > 0,
            "leaders": bool(found) and _all_led(found, led),
            "invites": links > 0 or bound > 0,
            "morning": bool(await marks.get(tx, duties.PREVIEWED)) or await occurrences.has_sent(tx, duties.MORNING),
        }
        return {
            "ticked": ticked,
            "campaign": await campaign.load(tx),
            "people": present,
            "departments": len(found),
            "led": sum(department.id in led for department in found),
            "invites": links,
            "bound": bound,
        }


def _all_led(found: Sequence[Department], led: Collection[int | None]) -> bool:
    """Each by somebody of its own or of a department above it."""
    trails = tuple(department.trail for department in found if department.id in led)
    return all(department.trail.startswith(trails) for department in found)


async def leaders(db: Database, today: dt.date) -> list[tuple[str, list[str]]]:
    """Each department's path and the names of its leaders, deputies included."""
    async with db.read() as tx:
        names: dict[int | None, list[str]] = {}
        for leader in await grants.list_leaders(tx, today):
            names.setdefault(leader.department_id, []).append(leader.name)
        return [(department.path, names.get(department.id, [])) for department in await departments.list_all(tx)]


async def invitable(db: Database, actor: Actor, now: dt.datetime) -> list[tuple[int, str, bool]]:
    """The departments, and whether there is a link that works for each."""
    async with db.read() as tx:
        open_ones = {invite.department_id for invite in await invites.list_open(tx, actor, now)}
        return [(found.id, found.path, found.id in open_ones) for found in await departments.list_all(tx)]


@effect
async def invite(tx: Tx, actor: Actor, department_id: int, now: dt.datetime) -> Outcome:
    """A new link for a department. Its code stands in the answer and, hashed, in the database: nowhere else."""
    department = await departments.get(tx, department_id)
    if department is None or not can(actor, Action.MANAGE_ROSTER, department.trail):
        return Outcome("setup-no-department")
    code = await invites.create(tx, actor, department_id, now)
    days = invites.VALID.days
    return Outcome("setup-invited", {"code": code, "department": department.path, "days": days})


@effect
async def revoke_invites(tx: Tx, actor: Actor, now: dt.datetime) -> Outcome:
    """End every link that still works, from this moment: one of them may be in the wrong hands."""
    found = await invites.list_open(tx, actor, now)
    for one in found:
        await invites.revoke(tx, actor, one.id, now)
    return Outcome("setup-revoked", {"count": len(found)})
