"""How the bot is running, for those who run it."""

import datetime as dt
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from bot.clock import instant, time_of
from bot.services import campaign as campaigns
from bot.services import duties as mornings
from bot.services.effects import Outcome
from bot.services.keeping import HELD, TERMS
from storage import inbox, marks, occurrences, outbox, plans, status
from storage.engine import Database, Tx
from storage.records import DeliveryState

LOOK_BACK = dt.timedelta(days=30)  # for so long a missed morning message is shown


async def show(db: Database, ready_since: dt.datetime, now: dt.datetime) -> Outcome:
    """Everything at one glance; counts only, nobody's name."""
    following = await mornings.next_occurrence(db, now)
    async with db.read(long=True) as tx:
        facts = {
            "version": version("wenming"),
            "database": db.dialect,
            "ready_since": ready_since.isoformat(),
            "updates": await inbox.count_by_state(tx),
            "outbox": dict.fromkeys(map(str, DeliveryState), 0) | await outbox.count_by_state(tx),
            "oldest_minutes": await outbox.oldest_due(tx, instant(now)) // 60_000,
            "bound": await status.count_bound(tx),
            "silent": await status.count_silent(tx),
            "morning": await _morning(tx, now),
            "missed": await _missed(tx, now),
            "next": following.isoformat(),
            "years": await _years(tx, now),
            "held": bool(await marks.get(tx, HELD)),
            "terms": await _terms(tx, now),
        }
    return Outcome("status-shown", facts)


async def _morning(tx: Tx, now: dt.datetime) -> dict[str, Any]:
    """Today's message: off, coming, late or what became of each planned one."""
    occurrence = await occurrences.find(tx, mornings.MORNING, now.date())
    if occurrence is None:
        if not await plans.is_active(tx, mornings.MORNING):
            return {"state": "paused"}
        working = (await campaigns.load_calendar(tx)).day(now.date()).working
        return {"state": "coming" if working else "off"}
    if occurrence.state == "skipped":
        return {"state": "missed"}
    tally, found = await occurrences.tally(tx, occurrence.id), await occurrences.reasons(tx, occurrence.id)
    reasons = [(state, why, count) for state, counts in found.items() for why, count in counts.items() if why]
    return {"state": "planned", "planned": tally.planned, "counts": asdict(tally), "reasons": reasons}


async def _missed(tx: Tx, now: dt.datetime) -> list[str]:
    recent = await occurrences.list_since(tx, mornings.MORNING, (now - LOOK_BACK).date())
    return [o.date.isoformat() for o in recent if o.state == "skipped"]


async def _terms(tx: Tx, now: dt.datetime) -> list[Any]:
    """When what is past its term was last blanked, and how much of it; empty before the first night."""
    at, _, count = (await marks.get(tx, TERMS)).partition(":")
    return [time_of(int(at), now.tzinfo).isoformat(), int(count)] if at else []


async def _years(tx: Tx, now: dt.datetime) -> list[tuple[int, bool]]:
    """This year and the next, and whether their holidays are known."""
    calendar = await campaigns.load_calendar(tx)
    return [(year, calendar.year_published(year)) for year in (now.year, now.year + 1)]
