"""/backup, and the word with which an owner lets messages go again after a restore."""

from aiogram import F, Router
from aiogram.types import Message

from bot.domain.access import Action
from bot.events import Press
from bot.services import keeping
from bot.views import backup as view
from bot.views.callbacks import Resume
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import Can, Word

router = Router(name="backup")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")


@router.message(Word("backup"))
async def on_backup(message: Message, desk: Desk) -> Outgoing:
    return view.outcome(await keeping.back_up_now(desk.db, desk.actor, desk.house.place, desk.now), desk.t)


@router.callback_query(Resume.filter(), Can(Action.BACK_UP))
async def on_resume(query: Press, callback_data: Resume, desk: Desk) -> Outgoing:
    if not callback_data.yes:
        return view.ask_resume(desk.t)
    journals = desk.house.place.journals
    return view.outcome(await keeping.resume(desk.cause, desk.actor, journals, desk.now), desk.t).edited()
