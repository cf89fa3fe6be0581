"""/bind in private: a code that a group showed binds it to a department; the list of bound groups, the way back."""

import datetime as dt

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.domain.access import Action, Actor
from bot.house import House
from bot.i18n import Translator
from bot.services import groups as service
from bot.services.effects import Cause
from bot.views import groups as view
from bot.views.callbacks import GroupPress
from bot.views.parts import Outgoing
from handlers.filters import Can, Word

router = Router(name="binding")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private", Can(Action.BIND_GROUP))


@router.message(Word("bind"))
async def on_bind(message: Message, args: str, house: House, actor: Actor, now: dt.datetime, t: Translator) -> Outgoing:
    if args:
        return view.choose(await service.look(house.db, actor, args, now), t)
    return view.overview(await service.overview(house.db, actor), house.username, t)


@router.callback_query(GroupPress.filter(F.act == "bind"))
async def on_chosen(
    query: CallbackQuery, callback_data: GroupPress, actor: Actor, cause: Cause, now: dt.datetime, t: Translator
) -> Outgoing:
    found = await service.bind(cause, actor, callback_data.code, callback_data.id, now)
    return view.outcome(found, t).edited()


@router.callback_query(GroupPress.filter(F.act == "ask"))
async def on_ask(query: CallbackQuery, callback_data: GroupPress, t: Translator) -> Outgoing:
    return view.sure(callback_data.id, t).edited()


@router.callback_query(GroupPress.filter(F.act == "unbind"))
async def on_unbind(
    query: CallbackQuery, callback_data: GroupPress, actor: Actor, cause: Cause, now: dt.datetime, t: Translator
) -> Outgoing:
    return view.outcome(await service.unbind(cause, actor, callback_data.id, now), t).edited()


@router.callback_query(GroupPress.filter(F.act == "list"))
async def on_list(query: CallbackQuery, house: House, actor: Actor, t: Translator) -> Outgoing:
    return view.overview(await service.overview(house.db, actor), house.username, t).edited()
