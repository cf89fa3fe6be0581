"""/audit: what was changed by whom, for the owner."""

import datetime as dt

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.dialogs import Dialog
from bot.domain.access import Action, Actor
from bot.house import House
from bot.i18n import Translator
from bot.services import audit as service
from bot.services.audit import Sought
from bot.views import audit as view
from bot.views.callbacks import AuditPress
from bot.views.parts import PAGE, Outgoing
from handlers.filters import At, Can, Word

router = Router(name="audit")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")
FIND = "audit:find"


@router.message(Word("audit"))
async def on_audit(
    message: Message, args: str, house: House, actor: Actor, now: dt.datetime, t: Translator
) -> Outgoing:
    return await _look_for(args, house, actor, now, t)


@router.callback_query(AuditPress.filter(), Can(Action.VIEW_AUDIT))
async def on_press(
    query: CallbackQuery,
    callback_data: AuditPress,
    house: House,
    actor: Actor,
    dialog: Dialog,
    now: dt.datetime,
    t: Translator,
) -> Outgoing:
    if callback_data.act == "find":
        dialog.at(FIND)
        return view.ask(t)
    sought = Sought(callback_data.person, callback_data.action, callback_data.day)
    return view.page(await service.page(house.db, actor, sought, callback_data.page, PAGE, now), t).edited()


@router.message(At(FIND), F.text, Can(Action.VIEW_AUDIT))
async def on_find(
    message: Message, house: House, actor: Actor, dialog: Dialog, now: dt.datetime, t: Translator
) -> Outgoing:
    dialog.end()
    return await _look_for(message.text or "", house, actor, now, t)


async def _look_for(text: str, house: House, actor: Actor, now: dt.datetime, t: Translator) -> Outgoing:
    sought = await service.understand(house.db, text, view.action_words(t))
    if not isinstance(sought, Sought):
        return view.not_understood(sought, t)
    return view.page(await service.page(house.db, actor, sought, 0, PAGE, now), t)
