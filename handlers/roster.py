"""The roster: what it holds, a file sent to the bot, the taps that apply it."""

import logging

from aiogram import F, Router
from aiogram.types import CallbackQuery, Document, Message

from bot.domain.access import Action, Actor
from bot.house import House
from bot.i18n import Translator
from bot.services import audit, roster, undo
from bot.services.effects import Cause, Outcome
from bot.telegram import ApiError
from bot.views import errors
from bot.views import roster as view
from bot.views.callbacks import RosterPress
from bot.views.parts import Outgoing
from handlers.filters import Can, Word

log = logging.getLogger("roster")
router = Router(name="roster")
router.message.filter(F.chat.type == "private")

FILE_LIMIT = 20 * 1024 * 1024  # the most a bot may fetch


@router.message(Word("roster"))
async def on_roster(message: Message, house: House, t: Translator) -> Outgoing:
    return view.overview(await roster.overview(house.db, house.clock.now()), t)


@router.message(F.document, Can(Action.MANAGE_ROSTER))
async def on_file(message: Message, house: House, actor: Actor, cause: Cause, t: Translator) -> Outgoing:
    assert message.document is not None
    data = await _fetch(message.document, house)
    if isinstance(data, Outcome):
        return view.outcome(data, t)
    name = message.document.file_name or ""
    return view.outcome(await roster.propose(cause, actor, data, name, house.clock.now()), t)


async def _fetch(document: Document, house: House) -> bytes | Outcome:
    """The file, or what to say of it. A file too big for Telegram's own limit is not even asked for."""
    if (document.file_size or 0) > FILE_LIMIT:
        return Outcome("roster-file", {"kind": "too_big"})
    try:
        data = await house.telegram.download(document.file_id, FILE_LIMIT)
    except ApiError as error:
        log.warning("a roster file could not be fetched: %s", error)
        return Outcome("roster-file", {"kind": "too_big" if "too big" in error.description else "unreachable"})
    return Outcome("roster-file", {"kind": "too_big"}) if data is None else data


@router.callback_query(RosterPress.filter(), Can(Action.MANAGE_ROSTER))
async def on_press(
    query: CallbackQuery, callback_data: RosterPress, house: House, actor: Actor, cause: Cause, t: Translator
) -> Outgoing:
    now = house.clock.now()
    match callback_data.act:
        case "template":
            return await view.template(t)
        case "look":
            return view.overview(await roster.overview(house.db, now), t).edited()
        case "export":
            return await _export(cause, actor, house, t)
        case "changes":
            return await _changes(callback_data.id, cause, actor, house, t)
        case "undo":
            return view.undo(await undo.look(house.db, callback_data.id, now), t)
        case "undo-yes":
            return view.undo(await undo.undo(cause, actor, callback_data.id, now), t).edited()
        case "apply":
            return view.outcome(await roster.apply(cause, actor, callback_data.id, now), t).edited()
        case "cancel":
            return view.outcome(await roster.cancel(cause, callback_data.id), t).edited()
        case "leave" | "keep" as act:
            leave = act == "leave"
            return view.outcome(await roster.settle_missing(cause, actor, callback_data.id, leave, now), t).edited()
        case _:
            return errors.stale(t)


async def _changes(number: int, cause: Cause, actor: Actor, house: House, t: Translator) -> Outgoing:
    found = await roster.every_change(house.db, number)
    if isinstance(found, Outcome):
        return view.outcome(found, t)
    await audit.note_export(cause, actor, "roster changes", f"import:{number}", house.clock.now())
    return await view.every_change(found, t)


async def _export(cause: Cause, actor: Actor, house: House, t: Translator) -> Outgoing:
    outcome = await roster.export(house.db, actor)
    if outcome.name != "roster-exported":
        return view.outcome(outcome, t)
    await audit.note_export(cause, actor, f"roster {outcome.facts['people']}", "unit", house.clock.now())
    return await view.export(await roster.list_present(house.db), t)
