"""What a message about a notice says at the moment it leaves, or why it does not any more."""

import datetime as dt
import functools
from collections.abc import Mapping
from typing import Any

from bot.domain.access import Action, Actor, can
from bot.services.deliveries import Limits, Sight, page
from storage import corrections, deliveries, notices
from storage.deliveries import Said
from storage.engine import Tx

Facts = Mapping[str, Any]


async def message(tx: Tx, actor: Actor, facts: Facts) -> Facts | str:
    """The notice itself; nobody is reminded of what he has answered."""
    said, reminder = await deliveries.get_said(tx, facts["notice"], actor.person_id or 0), bool(facts.get("reminder"))
    if said is None or said.recalled:
        return "recalled"
    return "answered" if said.answered and reminder else _same(said, reminder)


@functools.lru_cache(maxsize=32)
def _same(said: Said, reminder: bool) -> Facts:
    """The same object for all who are told the same: it is put into words once."""
    return _facts(said) | {"reminder": reminder}


def _facts(said: Said) -> dict[str, Any]:
    return {
        "notice": said.notice_id,
        "text": said.text,
        "file_kind": said.file_kind,
        "file_id": said.file_id,
        "answer": bool(said.answer),
        "deadline": said.deadline,
        "important": bool(said.important),
        "from": said.sender,
        "answered": bool(said.answered),
        "recalled": bool(said.recalled),
        "corrected": said.corrected,
    }


async def change(tx: Tx, actor: Actor, facts: Facts) -> Facts | str:
    """What stands in the place of a message that was sent."""
    over = await corrections.get_original(tx, facts["of"])
    said = await deliveries.get_said(tx, facts["notice"], actor.person_id or 0)
    return "moved" if over is None or said is None else _facts(said) | {"over": over}


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
