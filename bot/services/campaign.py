"""The campaign settings and the calendar as the database has them."""

import datetime as dt
import functools
import json
from dataclasses import fields, replace
from typing import Any

from bot import content
from bot.clock import instant
from bot.domain.access import Action, Actor, can
from bot.domain.calendar import Calendar
from bot.domain.campaign import BadValue, Campaign, changed
from bot.domain.restraint import forbidden
from bot.services.effects import Outcome, effect
from storage import audit, calendar, settings
from storage.engine import Database, Tx

NAMES = frozenset(field.name for field in fields(Campaign))


async def load(tx: Tx) -> Campaign:
    return _campaign(frozenset((await settings.list_all(tx)).items()))


@functools.lru_cache(maxsize=4)
def _campaign(stored: frozenset[tuple[str, str]]) -> Campaign:
    """One campaign as long as nobody changes a setting."""
    return Campaign(**{name: _read(value) for name, value in stored if name in NAMES})


async def as_of(tx: Tx, campaign: Campaign, day: dt.date) -> Campaign:
    """The same with the target of that day: what is over is not judged by a later one."""
    former = await settings.find_target(tx, day)
    return campaign if former is None else replace(campaign, target=former)


def _read(value: str) -> Any:
    """JSON knows no tuples."""
    found = json.loads(value)
    return tuple(found) if isinstance(found, list) else found


async def current(db: Database) -> Campaign:
    async with db.read() as tx:
        return await load(tx)


async def load_calendar(tx: Tx) -> Calendar:
    unit, year = await calendar.list_days(tx, "unit"), await calendar.list_days(tx, "year")
    return _calendar(frozenset(unit.items()), frozenset(year.items()))


@functools.lru_cache(maxsize=4)
def _calendar(unit: frozenset[tuple[dt.date, bool]], year: frozenset[tuple[dt.date, bool]]) -> Calendar:
    """One calendar as long as nobody changes its days: it remembers what it has looked up."""
    return content.load().calendar(dict(unit), dict(year))


@effect
async def change(tx: Tx, actor: Actor, name: str, text: str, now: dt.datetime) -> Outcome:
    """Set one campaign setting from a person's text."""
    if not can(actor, Action.MANAGE_SETTINGS):
        return Outcome("error-stale")
    if wrong := forbidden(text):
        return Outcome("restraint-refused", {"what": wrong, "name": name})
    before = await load(tx)
    if name not in NAMES:
        return Outcome("settings-unknown", {"name": name})
    try:
        after = changed(before, name, text, now.date())
    except BadValue as expected:
        return Outcome("settings-bad", {"name": name, "expected": str(expected)})
    old, new = json.dumps(getattr(before, name)), json.dumps(getattr(after, name))
    if old != new:
        if name == "target":
            await settings.keep_target(tx, now.date() - dt.timedelta(days=1), before.target)
        await settings.put(tx, name, new, instant(now))
        await audit.append(tx, instant(now), actor.user_id, "setting", name, old, new)
    return Outcome("settings-changed", {"name": name})
