"""A person's record: a year's sums and a month's list, for oneself and for whoever leads one."""

import datetime as dt

from bot.domain.access import Action, Actor, can
from bot.domain.hours import Rounding, decimal_hours
from bot.domain.pages import page_of
from bot.domain.periods import Kind, Period, from_key, next_period, period_of, previous_period
from bot.services import campaign as campaigns
from bot.services.cards import draft_of, packed
from bot.services.effects import Outcome
from storage import checkins, departments, people
from storage.engine import Database, Tx
from storage.records import CheckinState, Person

MONTHS_BACK = 36


async def month(db: Database, actor: Actor, person_id: int, key: str, page: int, today: dt.date) -> Outcome:
    """The month of this key (empty: this one); person 0 is oneself."""
    async with db.read() as tx:
        person = actor.person if person_id == 0 else await _led(tx, actor, person_id)
        if person is None:
            return Outcome("me-gone")
        current = period_of(Kind.MONTH, today)
        shown = _within(from_key(key), current)
        year = period_of(Kind.YEAR, shown.start)
        sums = await checkins.sum_by_state(tx, person.id, year.start, year.end)
        ever = await checkins.sum_by_state(tx, person.id, dt.date.min, dt.date.max)  # what waits knows no new year
        found = await checkins.list_between(tx, person.id, shown.start, shown.end)
        campaign = await campaigns.load(tx)
    here, page, pages = page_of(found, page)
    times, minutes = sums.get(CheckinState.CONFIRMED, (0, 0))
    open_ones = ever.get(CheckinState.SUBMITTED, (0, 0))[0] + ever.get(CheckinState.MORE_INFO, (0, 0))[0]
    earlier = previous_period(shown)
    return Outcome(
        "me-month",
        {
            "person": person_id,
            "name": person.staff_number if campaign.codes_instead_of_names else person.name,
            "month": shown.key,
            "page": page,
            "hours": decimal_hours(minutes, Rounding(campaign.rounding)),
            "times": times,
            "waiting": open_ones,
            "returned": ever.get(CheckinState.RETURNED, (0, 0))[0],
            "count": len(found),
            "records": [packed(draft_of(r)) | {"id": r.id, "state": r.state.value} for r in here],
            "pages": pages,
            "before": earlier.key if _within(earlier, current) == earlier else "",
            "after": next_period(shown).key if shown.end < current.start else "",
        },
    )


def _within(asked: Period | None, current: Period) -> Period:
    """A month that a button may turn to: this one, or one of the three years before it."""
    if asked is None or asked.kind is not Kind.MONTH or asked.start > current.start:
        return current
    months = (current.start.year - asked.start.year) * 12 + current.start.month - asked.start.month
    return asked if months <= MONTHS_BACK else current


async def _led(tx: Tx, actor: Actor, person_id: int) -> Person | None:
    person = await people.get(tx, person_id)
    department = await departments.get(tx, person.department_id) if person else None
    return person if department and can(actor, Action.VIEW_MEMBERS, department.trail) else None
