"""/backup, and the word with which an owner lets messages go again after a restore."""

import datetime as dt

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.domain.access import Action, Actor
from bot.house import House
from bot.i18n import Translator
from bot.services import keeping
from bot.services.effects import Cause
from bot.views import backup as view
from bot.views.callbacks import Resume
from bot.views.parts import Outgoing
from handlers.filters import Can, Word

router = Router(name="backup")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")


@router.message(Word("backup"))
async def on_backup(message: Message, house: House, actor: Actor, now: dt.datetime, t: Translator) -> Outgoing:
    return view.outcome(await keeping.back_up_now(house.db, actor, house.place, now), t)


@router.callback_query(Resume.filter(), Can(Action.BACK_UP))
async def on_resume(
    query: CallbackQuery, callback_data: Resume, actor: Actor, cause: Cause, now: dt.datetime, t: Translator
) -> Outgoing:
    if not callback_data.yes:
        return view.ask_resume(t)
    return view.outcome(await keeping.resume(cause, actor, now), t).edited()
