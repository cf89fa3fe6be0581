"""A change of a plan: by whoever may, against the version he saw, written down; only what is still to come heeds it."""

import datetime as dt
from dataclasses import replace

from bot.clock import instant
from bot.domain.access import Action, Actor, can
from storage import audit, plans
from storage.engine import Tx
from storage.plans import Plan


async def mine(tx: Tx, actor: Actor, plan_id: int) -> Plan | None:
    """The plan, if the actor may change it."""
    return await plans.get(tx, plan_id) if can(actor, Action.MANAGE_SCHEDULE) else None


async def keep(tx: Tx, actor: Actor, old: Plan, new: Plan, what: str, said: tuple[str, str], now: dt.datetime) -> bool:
    """False when somebody else was quicker; `said` stands in the audit, before and after."""
    if not await plans.change(tx, old, replace(new, since=instant(now))):
        return False
    await audit.append(tx, instant(now), actor.user_id, f"plan-{what}", f"plan:{old.id}", *said)
    return True
