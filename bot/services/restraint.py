"""Restraint: how much may be sent unasked to whom in a week."""

import datetime as dt
from collections.abc import Iterable, Sequence

from bot.clock import instant
from bot.services import campaign as campaigns
from storage import outbox, restraint
from storage.engine import Tx
from storage.outbox import Intent

ONE_WEEK = dt.timedelta(days=7)


def week_of(now: dt.datetime) -> tuple[int, int]:
    """This week as instants, from Monday's midnight to the next one; weeks are those of the unit's own calendar."""
    monday = now.date() - dt.timedelta(days=now.weekday())
    first = dt.datetime.combine(monday, dt.time(), now.tzinfo)
    return instant(first), instant(dt.datetime.combine(monday + ONE_WEEK, dt.time(), now.tzinfo))


async def over_budget(tx: Tx, people: Iterable[int], now: dt.datetime) -> set[int]:
    """Who of these has had the week's unasked messages already (sent, unknown or on the way): the morning message, the
    digest and what is marked important do not count. `now` is the moment of sending, which may lie ahead."""
    asked = set(people)
    budget = (await campaigns.load(tx)).budget
    if not asked or budget == 0:
        return asked
    return asked & set(await restraint.list_reached(tx, *week_of(now), budget))


async def enqueue(tx: Tx, intents: Sequence[Intent], at: dt.datetime, now: dt.datetime) -> int:
    """Unasked messages that leave at this moment; those for people over budget are kept back, skipped(budget), for
    the digest. How many were."""
    over = await over_budget(tx, [i.person_id for i in intents if i.person_id is not None and not i.free], at)
    await outbox.insert(tx, intents)
    held = [i.key for i in intents if i.person_id in over and not i.free]
    await restraint.hold(tx, held, instant(now))
    return len(held)
