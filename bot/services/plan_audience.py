"""Whom a plan is for: people of some departments and all below them, those of one role, or both."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.access import Action, Actor, can
from bot.domain.plans import Kind
from bot.services import plan_changes
from bot.services.effects import Outcome, effect
from storage import departments
from storage.engine import Tx
from storage.plans import Plan
from storage.records import SEVERAL, Department

AUDIENCES = ("all", "leaders", "office", "viewers")
PLACED = frozenset({Kind.MEMO, Kind.NUDGE})  # those that may be for some departments only
MOST = 20  # departments
NOWHERE = "/0/"  # a scope in which nobody is


def places_of(plan: Plan) -> list[int]:
    return [int(number) for number in plan.places.split(",") if number]


async def reach_of(tx: Tx, plan: Plan) -> str:
    """The scope that it is for. Departments that are not there any more are nobody, never everybody."""
    if not plan.places:
        return ""
    tops = [await departments.get(tx, number) for number in places_of(plan)]
    return SEVERAL.join(top.trail for top in tops if top) or NOWHERE


@dataclass(frozen=True, slots=True)
class Place:
    """A chosen department as it is now: open, closed, gone."""

    path: str
    state: str


async def named(tx: Tx, plan: Plan) -> Sequence[Place]:
    found = [await departments.get(tx, number) for number in places_of(plan)]
    return [Place(top.path, "closed" if top.closed_on else "open") if top else Place("", "gone") for top in found]


async def said(tx: Tx, plan: Plan) -> str:
    """For the audit."""
    return " ".join([plan.audience, *(place.path or place.state for place in await named(tx, plan))]).strip()


@effect
async def set_role(tx: Tx, actor: Actor, plan_id: int, role: str, now: dt.datetime) -> Outcome:
    plan = await _mine(tx, actor, plan_id)
    if plan is None or plan.kind != Kind.MEMO or role not in AUDIENCES:
        return Outcome("error-stale")
    return await _keep(tx, actor, plan, replace(plan, audience=role), now)


@effect
async def set_place(tx: Tx, actor: Actor, plan_id: int, side: str, number: int, now: dt.datetime) -> Outcome:
    """A department with all below it, in or out: pressed twice it stays so. Of one in another the last word counts."""
    plan, top = await _mine(tx, actor, plan_id), await departments.get(tx, number)
    if plan is None or top is None or side not in ("in", "out") or not can(actor, Action.MANAGE_SCHEDULE, top.trail):
        return Outcome("error-stale")
    if side == "in" and top.closed_on:
        return Outcome("error-stale")
    kept = [other for other in places_of(plan) if other != number]
    if side == "in":
        tree = {department.id: department for department in await departments.list_all(tx, closed=True)}
        kept = [other for other in kept if other in tree and not _nested(tree[other], top)] + [number]
    if len(kept) > MOST:
        return Outcome("schedule-too-many-places", {"plan": plan_id, "most": MOST})
    return await _keep(tx, actor, plan, replace(plan, places=",".join(map(str, kept))), now)


def _nested(one: Department, other: Department) -> bool:
    return one.trail.startswith(other.trail) or other.trail.startswith(one.trail)


@effect
async def set_whole(tx: Tx, actor: Actor, plan_id: int, now: dt.datetime) -> Outcome:
    """No department in particular."""
    plan = await _mine(tx, actor, plan_id)
    return await _keep(tx, actor, plan, replace(plan, places=""), now) if plan else Outcome("error-stale")


async def _mine(tx: Tx, actor: Actor, plan_id: int) -> Plan | None:
    plan = await plan_changes.mine(tx, actor, plan_id)
    return plan if plan and plan.kind in PLACED else None


async def _keep(tx: Tx, actor: Actor, old: Plan, new: Plan, now: dt.datetime) -> Outcome:
    words = (await said(tx, old), await said(tx, new))
    kept = old == new or await plan_changes.keep(tx, actor, old, new, "changed", words, now)
    return Outcome("schedule-changed", {"plan": old.id}) if kept else Outcome("error-stale")
