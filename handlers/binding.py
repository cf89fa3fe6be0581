"""/bind in private: a code that a group showed binds it to a department; the list of bound groups, the way back."""

from aiogram import F, Router
from aiogram.types import Message

from bot.domain.access import Action
from bot.events import Press
from bot.services import groups as service
from bot.views import groups as view
from bot.views.callbacks import GroupPress
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import Can, Word

router = Router(name="binding")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private", Can(Action.BIND_GROUP))


@router.message(Word("bind"))
async def on_bind(message: Message, args: str, desk: Desk) -> Outgoing:
    if args:
        return view.choose(await service.look(desk.db, desk.actor, args, desk.now), desk.t)
    return view.overview(await service.overview(desk.db, desk.actor), desk.house.username, desk.t)


@router.callback_query(GroupPress.filter(F.act == "bind"))
async def on_chosen(query: Press, callback_data: GroupPress, desk: Desk) -> Outgoing:
    found = await service.bind(desk.cause, desk.actor, callback_data.code, callback_data.id, desk.now)
    return view.outcome(found, desk.t).edited()


@router.callback_query(GroupPress.filter(F.act == "ask"))
async def on_ask(query: Press, callback_data: GroupPress, desk: Desk) -> Outgoing:
    return view.sure(callback_data.id, desk.t).edited()


@router.callback_query(GroupPress.filter(F.act == "unbind"))
async def on_unbind(query: Press, callback_data: GroupPress, desk: Desk) -> Outgoing:
    return view.outcome(await service.unbind(desk.cause, desk.actor, callback_data.id, desk.now), desk.t).edited()


@router.callback_query(GroupPress.filter(F.act == "list"))
async def on_list(query: Press, desk: Desk) -> Outgoing:
    return view.overview(await service.overview(desk.db, desk.actor), desk.house.username, desk.t).edited()
