"""The working days under the settings: a year's holidays or the unit's own days are sent, looked at and agreed to."""

import datetime as dt

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.dialogs import Dialog
from bot.domain.access import Action, Actor
from bot.house import House
from bot.i18n import Translator
from bot.services import holidays as service
from bot.services.effects import Cause
from bot.views import holidays as view
from bot.views.callbacks import CalendarPress
from bot.views.parts import Outgoing
from handlers.filters import At, Can

router = Router(name="holidays")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")
ASKED, READ = "holidays:asked", "holidays:read"


@router.callback_query(CalendarPress.filter(F.act.in_({"yes", "no"})), Can(Action.MANAGE_SETTINGS))
async def on_decide(
    query: CallbackQuery,
    callback_data: CalendarPress,
    actor: Actor,
    cause: Cause,
    dialog: Dialog,
    now: dt.datetime,
    t: Translator,
) -> Outgoing:
    if dialog.state != READ or dialog.data["of"] != callback_data.of:
        return view.gone(t)
    source, year, days = (dialog.data[name] for name in ("source", "year", "days"))
    dialog.end()
    if callback_data.act == "no":
        return view.dropped(t).edited()
    return view.outcome(await service.settle(cause, actor, source, year, days, now), 0, t).edited()


@router.callback_query(CalendarPress.filter(), Can(Action.MANAGE_SETTINGS))
async def on_press(
    query: CallbackQuery, callback_data: CalendarPress, house: House, dialog: Dialog, now: dt.datetime, t: Translator
) -> Outgoing:
    dialog.end()
    if callback_data.act in service.SOURCES:
        dialog.at(ASKED, source=callback_data.act)
        return view.ask(callback_data.act, t)
    return view.overview(await service.overview(house.db, now), t).edited()


@router.message(At(ASKED, READ), F.text, Can(Action.MANAGE_SETTINGS))
async def on_days(
    message: Message, house: House, cause: Cause, dialog: Dialog, now: dt.datetime, t: Translator
) -> Outgoing:
    """Also when some were read already: what is sent then takes their place."""
    of, source = cause.inbox_id or 0, dialog.data["source"]
    found = await service.propose(house.db, source, message.text or "", now)
    dialog.end()
    if found.name == "holidays-read":
        dialog.at(READ, of=of, source=source, year=found.facts["year"], days=found.facts["days"])
    else:
        dialog.at(ASKED, source=source)
    return view.outcome(found, of, t)
