"""The plans in chat: seen, paused, changed, run at once, added; every change is kept in the audit."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.clock import instant
from bot.domain import restraint as limits
from bot.domain import sensitive, spoken_plans
from bot.domain.access import Action, Actor, can, scope
from bot.domain.pages import page_of
from bot.domain.plans import Kind, Shift
from bot.services import audiences, duties, firings
from bot.services import campaign as campaigns
from bot.services.effects import Outcome, effect
from bot.services.outbox import OUR_FAULT
from bot.services.plan_audience import PLACED, Place, named
from bot.services.plan_changes import keep, mine
from bot.services.plan_days import open_unit
from storage import audit, occurrences, plans, settings
from storage.engine import Database, Tx
from storage.occurrences import Tally
from storage.plans import Plan

TEXT_LIMIT = 1000
NEXT = 10
# What one may begin with: the rule, the shift and the audience can be changed afterwards.
TEMPLATES: dict[str, Plan] = {
    "inspect": Plan(0, Kind.MEMO, "xun", 570, Shift.NEXT, "leaders", "inspect"),
    "month": Plan(0, Kind.MEMO, "month_last", 570, Shift.NONE, "leaders", "month"),
    "quarter": Plan(0, Kind.MEMO, "quarter_last", 570, Shift.NONE, "leaders", "quarter"),
    "meeting": Plan(0, Kind.MEMO, "month_first", 570, Shift.NONE, "office", "meeting"),
    "holiday": Plan(0, Kind.MEMO, "before_holiday", 930, Shift.NONE, "all", "holiday"),
    "nudge": Plan(0, Kind.NUDGE, "quarter:2:15", 600, Shift.NEXT),
    "own": Plan(0, Kind.MEMO, "month:1", 570, Shift.NEXT, "leaders"),
}
MOST = 50  # plans; more nobody oversees
LISTED = 20  # plans a page: two lines each, they fit into a message
# Whose dates come from elsewhere: only the time of day can be changed.
FIXED_DATES = frozenset({Kind.MORNING, Kind.FESTIVAL, Kind.DEADLINE})


@dataclass(frozen=True, slots=True)
class Listed:
    plan: Plan
    minute: int
    following: dt.datetime | None
    heads: int


@dataclass(frozen=True, slots=True)
class Card:
    """One plan, as the office sees it."""

    plan: Plan
    minute: int
    firings: Sequence[tuple[dt.datetime, int, Sequence[str]]]  # when, for how many, which festivals
    last: plans.Last | None
    tally: Tally  # of that occasion
    places: Sequence[Place]

    @property
    def halted(self) -> plans.Last | None:
        """The first few messages of this occasion could not be sent: the rest waits for the office."""
        return self.last if self.last and self.last.state == "paused" and self.last.reason else None


@dataclass(frozen=True, slots=True)
class Overview:
    """A page of the plans."""

    shown: Sequence[Listed]
    page: int
    pages: int


async def overview(db: Database, page: int, now: dt.datetime) -> Overview:
    async with db.read(long=True) as tx:
        unit = await open_unit(tx, now)
        found = []
        here, page, pages = page_of(await plans.list_all(tx), page, LISTED)
        for plan in here:
            coming = unit.upcoming(plan, 1) if plan.state == "active" else []
            heads = await firings.heads(tx, unit, plan, coming[0].date()) if coming else 0
            found.append(Listed(plan, unit.minute(plan), coming[0] if coming else None, heads))
        return Overview(found, page, pages)


async def card(db: Database, plan_id: int, now: dt.datetime) -> Card | None:
    async with db.read(long=True) as tx:
        plan = await plans.get(tx, plan_id)
        if plan is None:
            return None
        unit = await open_unit(tx, now)
        coming = unit.upcoming(plan, NEXT)
        shown = [
            (at, await firings.heads(tx, unit, plan, at.date()), firings.names_of(unit, plan, at.date()))
            for at in coming
        ]
        last = await plans.last_occurrence(tx, plan)
        tally = await occurrences.tally(tx, last.id) if last else Tally()
        return Card(plan, unit.minute(plan), shown, last, tally, await named(tx, plan))


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom a plan is for, for how many that is now, and the departments directly below one (0: the top) to choose."""

    plan: Plan
    places: Sequence[Place]
    heads: int
    offered: dict[str, Any]


async def choose(db: Database, actor: Actor, plan_id: int, under: int, now: dt.datetime) -> Choice | None:
    """What there is to choose from, within what the actor may send to."""
    reach = scope(actor, Action.MANAGE_SCHEDULE)
    async with db.read(long=True) as tx:
        plan = await plans.get(tx, plan_id)
        if plan is None or reach is None or plan.kind not in PLACED:
            return None
        heads = await firings.heads(tx, await open_unit(tx, now), plan, now.date(), by_hand=True)
        return Choice(plan, await named(tx, plan), heads, await audiences.offered(tx, reach, under))


# Changes


async def _keep(tx: Tx, actor: Actor, old: Plan, new: Plan, what: str, now: dt.datetime) -> bool:
    return await keep(tx, actor, old, new, what, (_said(old), _said(new)), now)


def _said(plan: Plan) -> str:
    return " ".join([plan.kind, plan.rule, f"{plan.minute // 60:02}:{plan.minute % 60:02}", plan.shift, plan.state])


@effect
async def pause(tx: Tx, actor: Actor, plan_id: int, now: dt.datetime) -> Outcome:
    """Nothing more of it leaves, also of what is on its way already."""
    plan = await mine(tx, actor, plan_id)
    if plan is None:
        return Outcome("error-stale")
    dropped = 0
    if plan.state == "active" and await _keep(tx, actor, plan, replace(plan, state="paused"), "paused", now):
        dropped = await plans.stop(tx, (plan.key, plan.by_hand), instant(now))
    return Outcome("schedule-paused", {"plan": plan_id, "count": dropped})


@effect
async def resume(tx: Tx, actor: Actor, plan_id: int, now: dt.datetime) -> Outcome:
    """It fires again from the next time on; what went by meanwhile is not made up for."""
    plan = await mine(tx, actor, plan_id)
    if plan is None:
        return Outcome("error-stale")
    if plan.state == "paused":
        await _keep(tx, actor, plan, replace(plan, state="active"), "resumed", now)
        if plan.kind == Kind.MORNING:
            await duties.pass_over(tx, now)
    return Outcome("schedule-resumed", {"plan": plan_id})


@effect
async def end(tx: Tx, actor: Actor, plan_id: int, now: dt.datetime) -> Outcome:
    """Take away a plan that was added here; what belongs to the product is only paused."""
    plan = await mine(tx, actor, plan_id)
    if plan is None or not removable(plan):
        return Outcome("error-stale")
    if await _keep(tx, actor, plan, replace(plan, state="ended"), "ended", now):
        await plans.stop(tx, (plan.key, plan.by_hand), instant(now))
    return Outcome("schedule-ended", plan.naming)


def removable(plan: Plan) -> bool:
    return plan.kind == Kind.MEMO or plan.template != ""


@effect
async def set_when(tx: Tx, actor: Actor, plan_id: int, text: str, now: dt.datetime) -> Outcome:
    """A new rule, a new time of day, or both, from a person's text."""
    plan = await mine(tx, actor, plan_id)
    if plan is None:
        return Outcome("error-stale")
    if (wrong := limits.forbidden(text)) or spoken_plans.is_daily(text):
        return Outcome("restraint-refused", {"what": wrong or limits.Forbidden.DAILY})
    found = spoken_plans.parse(text)
    if found is None:
        return Outcome("schedule-bad-when", {"plan": plan_id})
    rule, minute = found
    campaign = await campaigns.load(tx)
    if rule is not None and plan.kind in FIXED_DATES:
        return Outcome("schedule-fixed-dates", {"plan": plan_id})
    if minute is not None and not campaign.work_from <= minute < campaign.work_until:
        return Outcome("schedule-outside-hours", {"from": campaign.work_from, "until": campaign.work_until})
    new = replace(plan, rule=str(rule or plan.rule), minute=plan.minute if minute is None else minute)
    if plan.kind == Kind.MORNING and minute is not None:
        await settings.put(tx, "morning_at", str(minute), instant(now))
        new = replace(new, minute=minute)
    kept = await _keep(tx, actor, plan, new, "changed", now)
    return Outcome("schedule-changed" if kept else "error-stale", {"plan": plan_id})


@effect
async def set_shift(tx: Tx, actor: Actor, plan_id: int, shift: str, now: dt.datetime) -> Outcome:
    plan = await mine(tx, actor, plan_id)
    if plan is None or plan.kind == Kind.MORNING or shift not in set(Shift):
        return Outcome("error-stale")
    if shift != plan.shift and not await _keep(tx, actor, plan, replace(plan, shift=shift), "changed", now):
        return Outcome("error-stale")
    return Outcome("schedule-changed", {"plan": plan_id})


@effect
async def add(tx: Tx, actor: Actor, template: str, text: str, now: dt.datetime) -> Outcome:
    """A plan from a template, paused: it is looked at before it is let loose."""
    if not can(actor, Action.MANAGE_SCHEDULE) or template not in TEMPLATES:
        return Outcome("error-stale")
    if len(await plans.list_all(tx)) >= MOST:
        return Outcome("schedule-too-many", {"most": MOST})
    begin = TEMPLATES[template]
    if template == "own":
        text = text.strip()
        if not 1 <= len(text) <= TEXT_LIMIT:
            return Outcome("schedule-bad-text", {"limit": TEXT_LIMIT})
        if found := sensitive.find(text):
            return Outcome("schedule-sensitive", {"kind": found})
        if wrong := limits.forbidden(text):
            return Outcome("restraint-refused", {"what": wrong})
        begin = replace(begin, text=text)
    else:
        begin = replace(begin, template=template)
    made = await plans.insert(tx, replace(begin, state="paused", since=instant(now)))
    await audit.append(tx, instant(now), actor.user_id, "plan-added", f"plan:{made.id}", "", _said(made))
    return Outcome("schedule-added", {"plan": made.id})


# One that has stopped at its first few messages


async def _halted(tx: Tx, actor: Actor, plan_id: int, occurrence_id: int) -> Plan | None:
    plan, found = await mine(tx, actor, plan_id), await occurrences.get(tx, occurrence_id)
    if plan is None or found is None or found.plan not in (plan.key, plan.by_hand):
        return None
    return plan if found.state == "paused" and found.reason else None


@effect
async def go_on(tx: Tx, actor: Actor, plan_id: int, occurrence_id: int, now: dt.datetime) -> Outcome:
    """It is tried again on a few, beginning with those who were refused: theirs has surely not arrived."""
    plan = await _halted(tx, actor, plan_id, occurrence_id)
    if plan is None:
        return Outcome("error-stale")
    await occurrences.retry(tx, occurrence_id, OUR_FAULT)
    await occurrences.resume(tx, occurrence_id)
    await audit.append(tx, instant(now), actor.user_id, "plan-went-on", f"plan:{plan.id}")
    return Outcome("schedule-went-on", {"plan": plan_id})


@effect
async def drop(tx: Tx, actor: Actor, plan_id: int, occurrence_id: int, now: dt.datetime) -> Outcome:
    """Nothing more of this occasion leaves; the next one comes at its time."""
    plan = await _halted(tx, actor, plan_id, occurrence_id)
    if plan is None:
        return Outcome("error-stale")
    await occurrences.stop(tx, occurrence_id, instant(now))
    await audit.append(tx, instant(now), actor.user_id, "plan-dropped", f"plan:{plan.id}")
    return Outcome("schedule-dropped", {"plan": plan_id})


# Running one now


async def before_running(db: Database, plan_id: int, now: dt.datetime) -> Outcome:
    """What a second tap would do."""
    async with db.read(long=True) as tx:
        plan = await plans.get(tx, plan_id)
        if plan is None or plan.kind == Kind.MORNING:
            return Outcome("error-stale")
        unit = await open_unit(tx, now)
        if await _ran(tx, plan, now):
            return Outcome("schedule-ran-today", {"plan": plan_id})
        heads = await firings.heads(tx, unit, plan, now.date(), by_hand=True)
        at = unit.leaves()
        facts = {"plan": plan_id, **plan.naming}
        return Outcome("schedule-run-ask", {**facts, "count": heads, "at": at.isoformat(), "now": at == now})


async def _ran(tx: Tx, plan: Plan, now: dt.datetime) -> bool:
    """Once a day is enough, planned or by hand."""
    for key in (plan.key, plan.by_hand):
        if await occurrences.find(tx, key, now.date()):
            return True
    return False


@effect
async def run(tx: Tx, actor: Actor, plan_id: int, now: dt.datetime, owners: Iterable[int]) -> Outcome:
    """Send it today besides its own days; restraint holds as for any other."""
    plan = await mine(tx, actor, plan_id)
    if plan is None or plan.kind == Kind.MORNING:
        return Outcome("error-stale")
    if await _ran(tx, plan, now):
        return Outcome("schedule-ran-today", {"plan": plan_id})
    unit = await open_unit(tx, now)
    occurrence = await firings.fire(tx, unit, plan, now.date(), owners, by_hand=True)
    assert occurrence is not None  # nobody else writes at the same time
    tally = await occurrences.tally(tx, occurrence)
    await audit.append(tx, instant(now), actor.user_id, "plan-run", f"plan:{plan.id}", "", str(tally.pending))
    facts = {"sent": tally.pending, "budget": tally.skipped, "plan": plan_id}
    at = unit.leaves()
    return Outcome("schedule-running", {**facts, "at": at.isoformat(), "now": at == now})
