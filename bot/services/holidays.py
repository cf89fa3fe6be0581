"""The working days that the office settles: a year as the State Council published it, and the unit's own days."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.clock import instant
from bot.domain.access import Action, Actor, can
from bot.domain.holidays import Fault, Unread, check_year, forgotten, read_days, year_in
from bot.services import campaign as campaigns
from bot.services.effects import Outcome, effect
from storage import audit, calendar
from storage.engine import Database, Tx

SOURCES = ("year", "unit")
AHEAD = 2  # years from this one on for which days are taken
AT_ONCE = 120
SHOWN = 20

Days = dict[dt.date, bool]


async def overview(db: Database, now: dt.datetime) -> Mapping[str, Any]:
    """This year and the next, where their days come from, and what of the unit's own is still to come."""
    async with db.read() as tx:
        found = await campaigns.load_calendar(tx)
        imported = {day.year for day in await calendar.list_days(tx, "year")}
        own = await calendar.list_days(tx, "unit")
    states = {}
    for year in (now.year, now.year + 1):
        known = "imported" if year in imported else "published"
        states[str(year)] = known if found.year_published(year) else "provisional"
    coming = {day: off for day, off in own.items() if day >= now.date()}
    return {"years": states, "own": _packed(coming)[:SHOWN], "more": max(0, len(coming) - SHOWN)}


async def propose(db: Database, source: str, text: str, now: dt.datetime) -> Outcome:
    """Read what was sent and say what it would settle; nothing is changed yet."""
    async with db.read() as tx:
        found = await campaigns.load_calendar(tx)
        known = await calendar.list_days(tx, source)
    if source == "year":
        open_years = [year for year in (now.year, now.year + 1) if not found.year_published(year)]
        year = year_in(text) or next(iter(open_years), now.year + 1)
    else:
        year = year_in(text) or now.year
    days = read_days(text, year)
    wrong = days if isinstance(days, Unread) else _wrong(days, source, year, now.date())
    if wrong is not None:
        return Outcome("holidays-unread", {"fault": wrong.fault.value, "piece": wrong.piece, "source": source})
    assert not isinstance(days, Unread)
    replaced = sum(day.year == year for day in known) if source == "year" else 0
    missing = [day.isoformat() for day in forgotten(days, year, found)] if source == "year" else []
    facts = {"source": source, "year": year, "days": _packed(days), "replaced": replaced, "missing": missing}
    return Outcome("holidays-read", facts)


def _wrong(days: Days, source: str, year: int, today: dt.date) -> Unread | None:
    years = {year} if source == "year" else {day.year for day in days}
    for other in sorted(years):
        if not today.year <= other <= today.year + AHEAD:
            return Unread(Fault.OTHER_YEAR, str(other))
    if len(days) > AT_ONCE:
        return Unread(Fault.BAD_STRETCH, str(len(days)))
    return check_year(days, year) if source == "year" else None


@effect
async def settle(
    tx: Tx, actor: Actor, source: str, year: int, days: Sequence[tuple[str, bool]], now: dt.datetime
) -> Outcome:
    """Put the days that were shown in force; a year that was imported before is replaced as a whole."""
    if not can(actor, Action.MANAGE_SETTINGS) or source not in SOURCES:
        return Outcome("holidays-gone")
    before = await calendar.list_days(tx, source)
    new = {dt.date.fromisoformat(day): bool(off) for day, off in days}
    if source == "year":
        await calendar.forget_year(tx, source, year)
    await calendar.put_days(tx, source, [(day, off, "") for day, off in new.items()])
    old = {day: off for day, off in before.items() if day in new or (source == "year" and day.year == year)}
    at, what = instant(now), f"{source}:{year}"
    await audit.append(tx, at, actor.user_id, "calendar", what, json.dumps(_packed(old)), json.dumps(_packed(new)))
    return Outcome("holidays-settled", {"source": source, "year": year, "count": len(new)})


def _packed(days: Mapping[dt.date, bool]) -> list[tuple[str, bool]]:
    return [(day.isoformat(), days[day]) for day in sorted(days)]
