"""Who decides, and the card that gathers what waits for him: at most one in half an hour, in working hours."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from bot.clock import instant, minute_of, time_of
from bot.domain.calendar import Calendar
from bot.domain.campaign import Campaign
from bot.services import campaign as campaigns
from storage import accounts, checkins, departments, outbox, registrations
from storage.engine import Tx
from storage.outbox import WORK, Intent
from storage.records import SEVERAL

GATHER = dt.timedelta(minutes=30)
OVERLOOKED = dt.timedelta(days=7)
AT_ONCE = 500


async def deciders(
    tx: Tx,
    trail: str,
    subject_person: int | None,
    owners: Iterable[int],
    today: dt.date,
    voted: Collection[int] = (),
) -> Sequence[int]:
    """The accounts who decide over something of this department: its leaders and their deputies, else those of the
    next department up, else the office, else the owners. Never the person it is about, never somebody who cannot be
    reached, and nobody who has voted already. Over what several departments have in common the office decides."""
    parts = [] if SEVERAL in trail else trail.split("/")
    steps = [("leader", int(part)) for part in reversed(parts) if part]
    for role, department_id in [*steps, ("office", None)]:
        found = await accounts.list_by_role(tx, role, department_id, subject_person, today)
        if left := [user_id for user_id in found if user_id not in voted]:
            return left
    return [user_id for user_id in owners if user_id not in voted]


async def call_for(
    tx: Tx,
    department_id: int,
    subject_person: int | None,
    owners: Iterable[int],
    now: dt.datetime,
    voted: Collection[int] = (),
) -> None:
    """Something waits in this department: see that whoever decides (and has not done so) hears of it."""
    department = await departments.get(tx, department_id)
    trail = department.trail if department else ""
    await call(tx, await deciders(tx, trail, subject_person, owners, now.date(), voted), now)


async def call(tx: Tx, users: Iterable[int], now: dt.datetime) -> None:
    """Something waits for these accounts."""
    for user_id in users:
        waiting, last = await outbox.last_work(tx, user_id)
        if not waiting:
            await _card(tx, user_id, max(now, time_of(last, now.tzinfo) + GATHER))


async def call_again(tx: Tx, owners: Iterable[int], now: dt.datetime) -> None:
    """What nobody has touched for a week calls whoever decides by now and has not been called within it: who was called
    then may have left, be on leave, or have forgotten."""
    before, today = instant(now - OVERLOOKED), now.date()
    deciding: set[int] = set()
    for seen in await checkins.list_overlooked(tx, before, AT_ONCE):
        record = seen.checkin
        voted = {user for one in await checkins.list_voters(tx, record.id, record.version) for user in one}
        deciding.update(await deciders(tx, seen.trail, record.person_id, owners, today, voted))
    for asking in await registrations.list_overlooked(tx, before, AT_ONCE):
        deciding.update(await deciders(tx, asking.trail, asking.person.id, owners, today))
    await call(tx, [user_id for user_id in sorted(deciding) if (await outbox.last_work(tx, user_id))[1] < before], now)


async def _card(tx: Tx, user_id: int, earliest: dt.datetime) -> None:
    at = instant(await proper_moment(tx, earliest))
    await outbox.insert(tx, [Intent(f"work:{user_id}:{at}", "work", {}, user_id=user_id, not_before=at, urgency=WORK)])


async def inform(tx: Tx, key: str, kind: str, users: Iterable[int], facts: Mapping[str, Any], not_before: int) -> None:
    """Something that these accounts should know, once for each key."""
    told = [Intent(f"{key}:{u}", kind, facts, user_id=u, not_before=not_before, urgency=WORK) for u in sorted(users)]
    await outbox.insert(tx, told)


async def tell_office(
    tx: Tx, key: str, kind: str, facts: Mapping[str, Any], owners: Iterable[int], now: dt.datetime
) -> None:
    """Something for the office and the owners, in working hours; once for each key."""
    at = instant(await proper_moment(tx, now))
    users = {*owners, *await accounts.list_by_role(tx, "office", None, None)}
    await inform(tx, key, kind, users, facts, at)


async def proper_moment(tx: Tx, moment: dt.datetime) -> dt.datetime:
    """This moment or the next one in working hours."""
    return working_moment(moment, await campaigns.load(tx), await campaigns.load_calendar(tx))


def working_moment(moment: dt.datetime, campaign: Campaign, calendar: Calendar) -> dt.datetime:
    """This moment, or the beginning of the next working hours after it."""
    day = moment.date()
    minute = minute_of(moment)
    if calendar.day(day).working and minute < campaign.work_until:
        if minute >= campaign.work_from:
            return moment
    else:
        day = calendar.next_working(day)
    return dt.datetime.combine(day, dt.time(campaign.work_from // 60, campaign.work_from % 60), moment.tzinfo)
