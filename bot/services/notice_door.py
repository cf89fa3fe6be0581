"""What a message about a notice says at the moment it leaves, or why it does not any more."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.domain.access import Action, Actor, can
from bot.services.deliveries import Limits, Sight, page
from bot.services.notice_text import said
from storage import corrections, deliveries, notices
from storage.engine import Tx

Facts = Mapping[str, Any]
KEPT = 32  # notices whose words are kept: what is the same for all is looked up and put into words once

_kept: dict[tuple[int, int, bool, bool], Facts] = {}


async def message(tx: Tx, actor: Actor, facts: Facts) -> Facts | str:
    """The notice itself; nobody is reminded of what he has answered."""
    number, reminder = facts["notice"], bool(facts.get("reminder"))
    state = await deliveries.get_state(tx, number, actor.person_id or 0)
    if state is None or state.recalled:
        return "recalled"
    if state.answered and reminder:
        return "answered"
    key = (number, state.version, state.answered, reminder)
    if key not in _kept:
        notice = await notices.get(tx, number)
        assert notice is not None, number
        if len(_kept) >= KEPT:
            _kept.clear()
        _kept[key] = await said(tx, notice) | {"answered": state.answered, "reminder": reminder}
    return _kept[key]


async def change(tx: Tx, actor: Actor, facts: Facts) -> Facts | str:
    """What stands in the place of a message that was sent."""
    over = await corrections.get_original(tx, facts["of"])
    notice = await notices.get(tx, facts["notice"])
    state = await deliveries.get_state(tx, facts["notice"], actor.person_id or 0)
    if over is None or notice is None or state is None:
        return "moved"
    return await said(tx, notice) | {"answered": state.answered, "over": over, "recalled": state.recalled}


async def progress(tx: Tx, actor: Actor, facts: Facts) -> Facts | str:
    """The live message, and its end in the place of it, for whoever may still see it."""
    notice = await notices.get(tx, facts["notice"])
    if notice is None or not can(actor, Action.NOTIFY, notice.reach):
        return "not_allowed"
    now = dt.datetime.fromisoformat(facts["now"])
    over = await deliveries.find_message(tx, facts["over"]) if "over" in facts else None
    shown = await page(tx, Sight(notice, notice.reach, manages=True), now, Limits(facts["rate"]))
    return shown | {"over": over or 0}


DOORS = {"notice": message, "notice-change": change, "notice-progress": progress, "notice-finished": progress}
