"""The planner: what has become due is sent, once per plan and local date; what was missed is said."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.clock import instant, time_of
from bot.domain.plans import Kind
from bot.services.firings import fire
from bot.services.plan_days import Unit, open_unit
from bot.services.work import tell_office
from storage import occurrences, plans
from storage.engine import Database, Tx
from storage.plans import Plan

ONE_DAY = dt.timedelta(days=1)


@dataclass(slots=True)
class Look:
    """What the planner has to do at this moment."""

    due: list[tuple[Plan, dt.date]] = field(default_factory=list)
    missed: list[tuple[Plan, list[dt.date]]] = field(default_factory=list)
    over: Sequence[plans.Over] = ()
    moved: list[Plan] = field(default_factory=list)  # those whose `since` is to be written

    def __bool__(self) -> bool:
        return bool(self.due or self.missed or self.over or self.moved)


async def plan_due(db: Database, now: dt.datetime, owners: Iterable[int] = ()) -> bool:
    """Send what has become due by now, all of it or nothing; whether there is something new to send."""
    async with db.read() as tx:
        if not await _look(tx, await open_unit(tx, now)):
            return False
    async with db.write() as tx:
        unit = await open_unit(tx, now)
        look = await _look(tx, unit)
        for plan, day in look.due:
            await fire(tx, unit, plan, day, owners)
        for plan, days in look.missed:
            await _record_missed(tx, unit, plan, days, owners)
        for over in look.over:
            await _close(tx, over, owners, now)
        for plan in look.moved:
            await plans.looked_at(tx, plan.id, instant(now))
    return bool(look.due or look.missed or look.over)


async def _look(tx: Tx, unit: Unit) -> Look:
    found = Look(over=await plans.list_over(tx, instant(unit.now)))
    for plan in await plans.list_all(tx):
        if plan.state != "active" or plan.kind == Kind.MORNING:
            continue
        since = time_of(plan.since, unit.now.tzinfo)
        if not plan.since or since > unit.now + ONE_DAY:
            # The first look of all, or the clock was once far ahead: what went by without us was nobody's miss.
            found.moved.append(plan)
            continue
        await _look_at(tx, unit, plan, since, found)
    return found


async def _look_at(tx: Tx, unit: Unit, plan: Plan, since: dt.datetime, found: Look) -> None:
    """What this plan has to do since it was looked at."""
    came = [day for day in unit.days(plan, since.date(), unit.now.date()) if since < unit.due(plan, day) <= unit.now]
    if came:
        taken = {occurrence.date for occurrence in await occurrences.list_since(tx, plan.key, came[0])}
        found.due += [(plan, day) for day in came if day not in taken and unit.now < unit.late(plan, day)]
        late = [day for day in came if day not in taken and unit.now >= unit.late(plan, day)]
        found.missed += [(plan, late)] if late else []
    if came or since.date() < unit.now.date():
        found.moved.append(plan)


async def _record_missed(tx: Tx, unit: Unit, plan: Plan, days: Sequence[dt.date], owners: Iterable[int]) -> None:
    """Nobody was there to send, and now it is too late: the office hears of it once."""
    times = [(day, instant(unit.due(plan, day)), instant(unit.late(plan, day))) for day in days]
    await occurrences.insert_missed(tx, plan.key, times)
    facts = {**plan.naming, "count": len(days), "first": days[0].isoformat(), "last": days[-1].isoformat()}
    await tell_office(tx, f"plan_missed:{plan.id}:{days[-1]}", "plan_missed", facts, owners, unit.now)


async def _close(tx: Tx, over: plans.Over, owners: Iterable[int], now: dt.datetime) -> None:
    """Everything of an occasion has come to its end: say so if somebody did not get it in time."""
    skipped = (await occurrences.reasons(tx, over.occurrence_id)).get("skipped", {})
    if await occurrences.close(tx, over.occurrence_id) and (late := skipped.get("late")):
        facts = {**over.plan.naming, "count": late, "date": over.date.isoformat()}
        await tell_office(tx, f"plan_late:{over.occurrence_id}", "plan_late", facts, owners, now)


async def next_firing(db: Database, now: dt.datetime) -> tuple[dt.datetime, str] | None:
    """The moment and the kind of what the plans will send next."""
    async with db.read() as tx:
        unit = await open_unit(tx, now)
        active = [plan for plan in await plans.list_all(tx) if plan.state == "active" and plan.kind != Kind.MORNING]
    coming = [(at, plan.kind) for plan in active for at in unit.upcoming(plan, 1)]
    return min(coming) if coming else None
