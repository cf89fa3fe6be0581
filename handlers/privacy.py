"""The rights of who takes part: /privacy, /leave, /mydata."""

import asyncio
import datetime as dt

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.dialogs import Dialog
from bot.domain.access import Actor
from bot.house import House
from bot.i18n import Translator
from bot.services import accounts, audit
from bot.services import privacy as service
from bot.services.effects import Cause
from bot.views import privacy as view
from bot.views.callbacks import Erase, Leave
from bot.views.parts import Outgoing
from handlers.filters import Word

router = Router(name="privacy")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")


@router.message(Word("privacy"))
async def on_privacy(message: Message, actor: Actor, house: House, now: dt.datetime, t: Translator) -> Outgoing:
    org = await service.unit_name(house.db, house.settings.org_name)
    return view.text(org, await service.notice(house.db, actor, now), t)


@router.message(Word("leave"))
async def on_leave(message: Message, actor: Actor, house: House, t: Translator) -> Outgoing:
    return view.ask_leave(await service.consent_given(house.db, actor), t)


@router.callback_query(Leave.filter())
async def on_leave_press(
    query: CallbackQuery,
    callback_data: Leave,
    actor: Actor,
    dialog: Dialog,
    cause: Cause,
    house: House,
    now: dt.datetime,
    t: Translator,
) -> Outgoing:
    if not callback_data.yes:
        return view.stayed(t)
    found = await service.leave(cause, actor, callback_data.given, now)
    dialog.end()
    after = await accounts.recognise(house.db, actor.user_id, None, house.settings.owner_ids, now)
    return view.left(found, after, t)


@router.callback_query(Erase.filter())
async def on_erase_press(
    query: CallbackQuery,
    callback_data: Erase,
    actor: Actor,
    dialog: Dialog,
    cause: Cause,
    house: House,
    now: dt.datetime,
    t: Translator,
) -> Outgoing:
    if not callback_data.yes:
        return view.ask_erase(callback_data.given, t)
    found = await service.erase(cause, actor, callback_data.given, house.place.journals, now)
    dialog.end()
    after = await accounts.recognise(house.db, actor.user_id, None, house.settings.owner_ids, now)
    return view.left(found, after, t)


@router.message(Word("mydata"))
async def on_my_data(
    message: Message, actor: Actor, house: House, cause: Cause, now: dt.datetime, t: Translator
) -> tuple[Outgoing, ...]:
    await audit.note_export(cause, actor, "mydata", f"person:{actor.person_id}", now)
    found = await service.export(house.db, actor, now)
    return await asyncio.to_thread(view.files, found, f"{now:%Y%m%d}", t)
