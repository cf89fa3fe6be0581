"""One occasion of a plan: whom it is for and what they are sent."""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.clock import instant
from bot.domain.access import led_by, roles_of, within
from bot.domain.campaign import Campaign
from bot.domain.participation import Line
from bot.domain.plans import Kind, parse_rule
from bot.services import campaign as campaigns
from bot.services import matters, plan_audience, remind, restraint
from bot.services.outbox import UNASKED
from bot.services.plan_days import Unit
from bot.services.work import tell_office
from storage import audiences, departments, duties, occurrences, plans, reports
from storage import restraint as store
from storage.engine import Tx
from storage.outbox import Intent
from storage.plans import Plan
from storage.records import SEVERAL, Role
from storage.restraint import Deadline

DIGEST_LOOKS_BACK = dt.timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Firing:
    """One occasion of one plan."""

    unit: Unit
    plan: Plan
    day: dt.date
    name: str
    occurrence: int
    late_at: int
    owners: tuple[int, ...]
    by_hand: bool

    def intent(self, kind: str, facts: Mapping[str, Any], person_id: int | None, user_id: int | None = None) -> Intent:
        return Intent(
            f"{self.name}:{'p' if person_id else 'u'}{person_id or user_id}",
            kind,
            facts,
            person_id=person_id,
            user_id=user_id,
            not_before=instant(self.unit.leaves()),
            late_at=self.late_at,
            occurrence_id=self.occurrence,
            urgency=UNASKED,
            free=kind == "digest",  # it is what the budget's rest goes into
        )

    async def send(self, tx: Tx, intents: Sequence[Intent]) -> None:
        await restraint.enqueue(tx, intents, self.unit.leaves(), self.unit.now)

    async def remind(self, tx: Tx, matter: str, reach: str = "") -> None:
        unit = self.unit
        run = remind.Run(self.name, "plan", unit.leaves(), self.late_at, unit.now, self.owners, self.occurrence)
        await remind.send(tx, matter, reach, run)


async def _nudge(tx: Tx, firing: Firing) -> None:
    await firing.remind(tx, matters.of_quarter(firing.day), await plan_audience.reach_of(tx, firing.plan))


async def _deadline(tx: Tx, firing: Firing) -> None:
    for notice in _answered_by(firing.unit, firing.plan, firing.day, any_day=firing.by_hand):
        await firing.remind(tx, f"notice:{notice.notice_id}")


def _answered_by(unit: Unit, plan: Plan, day: dt.date, *, any_day: bool = False) -> list[Deadline]:
    """The notices this day reminds of; by hand all that are still open."""
    steps = [dt.timedelta(days=step) for step in parse_rule(plan.rule).args]
    days = {source + step for source in unit.sources(plan, day) for step in steps}
    return [one for one in unit.deadlines if one.date and (any_day or (one.date in days and one.date >= day))]


async def _memo(tx: Tx, firing: Firing) -> None:
    plan = firing.plan
    facts = {"template": plan.template, "text": plan.text, "date": firing.day.isoformat()}
    today = firing.unit.now.date()
    people = await plans.list_audience(tx, plan.audience, today, await plan_audience.reach_of(tx, plan))
    if plan.places and not people:
        await tell_office(tx, f"plan_nobody:{firing.name}", "plan_nobody", plan.naming, firing.owners, firing.unit.now)
    await firing.send(tx, [firing.intent("memo", facts, person) for person in people])


async def _festival(tx: Tx, firing: Firing) -> None:
    found = _festivals(firing.unit, firing.plan, firing.day, any_day=firing.by_hand)
    if not found:
        return
    facts = {"festivals": [[festival, day.isoformat()] for day, festival in found]}
    office = await plans.list_audience(tx, "office", firing.unit.now.date())
    intents = [firing.intent("festival", facts, person) for person in office]
    await firing.send(tx, intents or [firing.intent("festival", facts, None, owner) for owner in firing.owners])


def _festivals(unit: Unit, plan: Plan, day: dt.date, *, any_day: bool = False) -> list[tuple[dt.date, str]]:
    """(date, festival) of those this day prepares; by hand the ones of the days ahead."""
    (ahead,) = parse_rule(plan.rule).args
    dates = [source + dt.timedelta(days=ahead) for source in unit.sources(plan, day)]
    if any_day:
        dates = [day + dt.timedelta(days=step) for step in range(ahead + 1)]
    return sorted({(date, festival.id) for date in dates for festival in unit.calendar.festivals_on(date)})


async def _digest(tx: Tx, firing: Firing) -> None:
    held = await store.list_held(tx, instant(firing.unit.now - DIGEST_LOOKS_BACK))
    await firing.send(tx, [firing.intent("digest", {"items": items}, person) for person, items in held.items()])


Figures = Callable[[str], dict[str, Any]]


async def figures(tx: Tx, campaign: Campaign, today: dt.date) -> Figures:
    """The figures of the counted period up to now, for any scope."""
    period = campaign.counted_period(today)
    campaign = await campaigns.as_of(tx, campaign, period.as_of(today))
    counted = await plans.list_participation(tx, period.start, period.end)
    hours = await reports.list_hours(tx, "", period.start, period.end)
    tree = {department.id: department for department in await departments.list_all(tx)}

    def of(reach: str) -> dict[str, Any]:
        tops = [department for department in tree.values() if department.trail in reach.split(SEVERAL)]
        mine = [row for row in counted if within(row[0], reach)]
        times = [cell for number, cell in hours.items() if number in tree and within(tree[number].trail, reach)]
        people, came = sum(row[1] for row in mine), sum(row[2] for row in mine)
        total = Line(None, "", people, came, sum(cell[0] for cell in times), sum(cell[1] for cell in times))
        return {
            "period": period.key,
            "department": tops[0].id if tops else 0,
            "path": " / ".join(department.path for department in tops),
            "people": total.people,
            "came": total.participants,
            "percent": total.percent,
            "target": campaign.target,
            "missing": total.missing(campaign.target),
            "minutes": total.minutes,
            "times": total.times,
            "rounding": campaign.rounding,
        }

    return of


async def _weekly(tx: Tx, firing: Firing) -> None:
    """To each reader the figures of his own part of the unit."""
    today = firing.unit.now.date()
    of = await figures(tx, firing.unit.campaign, today)
    intents = []
    for reader in await plans.list_readers(tx, today):
        roles = roles_of(reader.person, reader.standing, today, owner=False)
        reach = "" if Role.VIEWER in roles else led_by(reader.person, reader.standing, today)
        intents.append(firing.intent("weekly", of(reach), reader.person.id))
    await firing.send(tx, intents)


SENDERS: Mapping[Kind, Callable[[Tx, Firing], Awaitable[None]]] = {
    Kind.NUDGE: _nudge,
    Kind.DEADLINE: _deadline,
    Kind.MEMO: _memo,
    Kind.FESTIVAL: _festival,
    Kind.DIGEST: _digest,
    Kind.WEEKLY: _weekly,
}


async def fire(
    tx: Tx, unit: Unit, plan: Plan, day: dt.date, owners: Iterable[int], *, by_hand: bool = False
) -> int | None:
    """Write the messages of one occasion; None when it was there already."""
    key = plan.by_hand if by_hand else plan.key
    due = unit.now if by_hand else unit.due(plan, day)
    late = max(unit.late(plan, day), unit.late(plan, unit.leaves().date()))
    occurrence = await occurrences.take(tx, key, day, instant(due), instant(late), canary=occurrences.CANARY)
    if occurrence is None:
        return None
    firing = Firing(unit, plan, day, f"{key}:{day}", occurrence, instant(late), tuple(owners), by_hand)
    await SENDERS[Kind(plan.kind)](tx, firing)
    return occurrence


# How many it would reach, as things are now


async def heads(tx: Tx, unit: Unit, plan: Plan, day: dt.date, *, by_hand: bool = False) -> int:
    """How many people this plan is for on that day, before restraint."""
    match Kind(plan.kind):
        case Kind.MORNING:
            return await duties.count_audience(tx)
        case Kind.NUDGE:
            return await _unfinished(tx, [matters.of_quarter(day)], await plan_audience.reach_of(tx, plan))
        case Kind.DEADLINE:
            notices = _answered_by(unit, plan, day, any_day=by_hand)
            return await _unfinished(tx, [f"notice:{notice.notice_id}" for notice in notices])
        case Kind.DIGEST:
            return len(await store.list_held(tx, instant(unit.now - DIGEST_LOOKS_BACK)))
        case Kind.FESTIVAL:
            return await plans.count_audience(tx, "office", unit.now.date())
        case Kind.WEEKLY:
            return await plans.count_audience(tx, "readers", unit.now.date())
        case Kind.MEMO:
            reach = await plan_audience.reach_of(tx, plan)
            return await plans.count_audience(tx, plan.audience, unit.now.date(), reach)


async def _unfinished(tx: Tx, about: Iterable[str], reach: str = "") -> int:
    people = [await audiences.list_fates(tx, reach, matters.who(matter)) for matter in about]
    return len({person for fates in people for person, fate in fates if fate == "send"})


def names_of(unit: Unit, plan: Plan, day: dt.date) -> list[str]:
    """The festivals that a day prepares."""
    return [name for _, name in _festivals(unit, plan, day)] if plan.kind == Kind.FESTIVAL else []
