"""What a message about a notice says at the moment it leaves, or why it does not any more."""

import datetime as dt
from typing import Any

from bot.domain.access import Action, Actor, can
from bot.services.deliveries import Facts, Limits, Sight, page
from bot.services.notice_text import said
from storage import corrections, deliveries, notices
from storage.engine import Tx
from storage.notices import Notice
from storage.outbox import Claimed

KINDS = ("notice", "notice-change", "notice-progress", "notice-finished")


async def facts(tx: Tx, row: Claimed, actor: Actor, now: dt.datetime, limits: Limits) -> Facts | str:
    notice = await notices.get(tx, row.facts["notice"])
    if notice is None:
        return "gone"
    if row.kind == "notice":
        return await _message(tx, row, notice)
    if row.kind == "notice-change":
        return await _change(tx, row, notice)
    if not can(actor, Action.NOTIFY, notice.reach):
        return "not_allowed"
    return await _progress(tx, row, notice, now, limits)


async def _message(tx: Tx, row: Claimed, notice: Notice) -> Facts | str:
    if await corrections.is_recalled(tx, notice.id):
        return "recalled"
    _, answered = await deliveries.get_answered(tx, notice.id, row.person_id or 0)
    reminder = bool(row.facts.get("reminder"))
    if answered is not None and reminder:
        return "answered"
    return await said(tx, notice) | {"answered": answered is not None, "reminder": reminder}


async def _change(tx: Tx, row: Claimed, notice: Notice) -> Facts | str:
    over = await corrections.get_original(tx, row.facts["of"])
    if over is None:
        return "moved"
    recalled = await corrections.is_recalled(tx, notice.id)
    _, answered = await deliveries.get_answered(tx, notice.id, row.person_id or 0)
    texts: dict[str, Any] = {"answered": answered is not None, "over": over, "recalled": recalled}
    return await said(tx, notice) | texts


async def _progress(tx: Tx, row: Claimed, notice: Notice, now: dt.datetime, limits: Limits) -> Facts:
    told = deliveries.progress_key(notice.id, row.facts["round"])
    over = await deliveries.find_message(tx, told) if row.kind == "notice-finished" else None
    return await page(tx, Sight(notice, notice.reach, manages=True), now, limits) | {"over": over or 0}
