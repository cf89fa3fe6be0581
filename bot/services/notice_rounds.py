"""Once more: a notice for those whom it missed, or a reminder for those who have not answered."""

import datetime as dt
from dataclasses import replace

from bot.clock import instant
from bot.domain.access import Actor
from bot.services import remind
from bot.services.deliveries import OVER, Facts, Sight, sight
from bot.services.effects import Outcome, effect
from bot.services.restraint import over_budget
from bot.services.work import proper_moment
from storage import audit, corrections, deliveries, notices, occurrences
from storage.engine import Database, Tx
from storage.records import NoticeState

REASONS = {"missed": "missed", "remind": "unanswered"}
OVER_AFTER = dt.timedelta(days=7)


async def ask(db: Database, actor: Actor, notice_id: int, act: str, now: dt.datetime) -> Outcome:
    """How many it would be, and when it would leave; nothing is sent yet."""
    async with db.read(long=True) as tx:
        seen = await _ready(tx, actor, notice_id)
        if isinstance(seen, Outcome):
            return seen
        whom, facts = await _whom(tx, seen, act, now)
    return _refusal(whom, facts) or Outcome("deliveries-again", facts)


@effect
async def send(
    tx: Tx, actor: Actor, notice_id: int, act: str, count: int, now: dt.datetime, *, anyway: bool = False
) -> Outcome:
    """Send it once more, to so many as were shown; outside of the working hours only `anyway`."""
    seen = await _ready(tx, actor, notice_id)
    if isinstance(seen, Outcome):
        return seen
    whom, facts = await _whom(tx, seen, act, now)
    if refusal := _refusal(whom, facts):
        return refusal
    if len(whom) != count:
        return Outcome("deliveries-changed", facts)
    proper = now if anyway else await proper_moment(tx, now)
    notice, number = seen.notice, seen.notice.round + 1
    if not await notices.change(tx, notice, replace(notice, state=NoticeState.SENDING, round=number)):
        return Outcome("deliveries-as-it-is")
    await deliveries.insert_round(tx, notice.id, number, REASONS[act], actor.user_id, instant(now))
    plan = deliveries.plan_of(notice.id, number)
    late = instant(proper + OVER_AFTER)
    occurrence = await occurrences.take(
        tx, plan, now.date(), instant(proper), late, canary=min(occurrences.CANARY, len(whom)), author=actor.user_id
    )
    assert occurrence is not None, plan
    reminder = act == "remind"
    await deliveries.enqueue(tx, notice.id, number, occurrence, whom, instant(proper), reminder=reminder)
    await audit.append(tx, instant(now), actor.user_id, f"notice-{act}", f"notice:{notice.id}", "", str(len(whom)))
    return Outcome("deliveries-again-sending", facts | {"later": proper.isoformat() if proper > now else None})


async def _ready(tx: Tx, actor: Actor, notice_id: int) -> Sight | Outcome:
    seen = await sight(tx, actor, notice_id)
    if seen is None or not seen.manages:
        return Outcome("error-stale")
    if seen.notice.state not in OVER or await corrections.is_recalled(tx, notice_id):
        return Outcome("deliveries-as-it-is")
    return seen


async def _whom(tx: Tx, seen: Sight, act: str, now: dt.datetime) -> tuple[list[int], Facts]:
    """Who would get it, and what there is to say about it. Reminders by hand and planned ones count together."""
    number, proper = seen.notice.id, await proper_moment(tx, now)
    limits = {"week": 0, "twice": 0}
    if act == "missed":
        meant = await deliveries.list_missed(tx, number)
    else:
        found = await remind.sort(tx, f"notice:{number}", seen.notice.reach, proper)
        limits, ready = {"week": found.week, "twice": found.twice}, {*found.send, *found.budget}
        asked = await deliveries.list_unanswered(tx, number) if seen.notice.answer else []
        meant = [person for person in asked if person in ready]
    over = set() if seen.notice.important else await over_budget(tx, meant, proper)
    return [person for person in meant if person not in over], limits | {
        "notice": number,
        "act": act,
        "count": len(meant) - len(over),
        "over": len(over),
        "outside": proper != now,
        "proper": proper.isoformat(),
    }


def _refusal(whom: list[int], facts: Facts) -> Outcome | None:
    if whom:
        return None
    limited = facts["act"] == "remind" and (facts["week"] or facts["twice"])
    return Outcome("deliveries-reminded" if limited else "deliveries-nobody-left", facts)
