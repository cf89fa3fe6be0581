"""The roster: what it holds, a file sent to the bot, the taps that apply it."""

import logging

from aiogram import F, Router
from aiogram.types import Document, Message

from bot.domain.access import Action
from bot.events import Press
from bot.services import audit, roster, undo
from bot.services.effects import Outcome
from bot.telegram import ApiError
from bot.views import errors
from bot.views import roster as view
from bot.views.callbacks import RosterPress, RosterYes
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import Can, Word

log = logging.getLogger("roster")
router = Router(name="roster")
router.message.filter(F.chat.type == "private")

FILE_LIMIT = 20 * 1024 * 1024  # the most a bot may fetch


@router.message(Word("roster"))
async def on_roster(message: Message, desk: Desk) -> Outgoing:
    return view.overview(await roster.overview(desk.db, desk.now), desk.t)


@router.message(F.document, Can(Action.MANAGE_ROSTER))
async def on_file(message: Message, desk: Desk) -> Outgoing:
    assert message.document is not None
    data = await _fetch(message.document, desk)
    if isinstance(data, Outcome):
        return view.outcome(data, desk.t)
    name = message.document.file_name or ""
    return view.outcome(await roster.propose(desk.cause, desk.actor, data, name, desk.now), desk.t)


async def _fetch(document: Document, desk: Desk) -> bytes | Outcome:
    """The file, or what to say of it. A file too big for Telegram's own limit is not even asked for."""
    if (document.file_size or 0) > FILE_LIMIT:
        return Outcome("roster-file", {"kind": "too_big"})
    try:
        data = await desk.house.telegram.download(document.file_id, FILE_LIMIT)
    except ApiError as error:
        log.warning("a roster file could not be fetched: %s", error)
        return Outcome("roster-file", {"kind": "too_big" if "too big" in error.description else "unreachable"})
    return Outcome("roster-file", {"kind": "too_big"}) if data is None else data


@router.callback_query(RosterPress.filter(), Can(Action.MANAGE_ROSTER))
async def on_press(query: Press, callback_data: RosterPress, desk: Desk) -> Outgoing:
    match callback_data.act:
        case "template":
            return await view.template(desk.t)
        case "look":
            return view.overview(await roster.overview(desk.db, desk.now), desk.t).edited()
        case "export":
            return await _export(desk)
        case "changes":
            return await _changes(callback_data.id, desk)
        case "undo":
            return view.undo(await undo.look(desk.db, callback_data.id, desk.now), desk.t)
        case "undo-yes":
            return view.undo(
                await undo.undo(desk.cause, desk.actor, callback_data.id, desk.now, desk.owners), desk.t
            ).edited()
        case "apply" | "leave" as act:  # as an earlier version wrote its buttons
            return await _agreed(RosterYes(act=act, id=callback_data.id, seen=""), desk)
        case "cancel":
            return view.outcome(await roster.cancel(desk.cause, desk.actor, callback_data.id), desk.t).edited()
        case "keep":
            return view.outcome(await roster.keep_missing(desk.cause, desk.actor, callback_data.id), desk.t).edited()
        case _:
            return errors.stale(desk.t)


@router.callback_query(RosterYes.filter(), Can(Action.MANAGE_ROSTER))
async def on_yes(query: Press, callback_data: RosterYes, desk: Desk) -> Outgoing:
    return await _agreed(callback_data, desk)


async def _agreed(to: RosterYes, desk: Desk) -> Outgoing:
    do = {"apply": roster.apply, "leave": roster.end_missing}.get(to.act)
    if do is None:
        return errors.stale(desk.t)
    return view.outcome(await do(desk.cause, desk.actor, to.id, to.seen, desk.now), desk.t).edited()


async def _changes(number: int, desk: Desk) -> Outgoing:
    found = await roster.every_change(desk.db, number)
    if isinstance(found, Outcome):
        return view.outcome(found, desk.t)
    await audit.note_export(desk.cause, desk.actor, "roster changes", f"import:{number}", desk.now)
    return await view.every_change(found, desk.t)


async def _export(desk: Desk) -> Outgoing:
    outcome = await roster.export(desk.db, desk.actor)
    if outcome.name != "roster-exported":
        return view.outcome(outcome, desk.t)
    await audit.note_export(desk.cause, desk.actor, f"roster {outcome.facts['people']}", "unit", desk.now)
    return await view.export(await roster.list_present(desk.db), f"{desk.now:%Y%m%d}", desk.t)
