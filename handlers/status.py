"""How the bot is running."""

import datetime as dt

from aiogram import F, Router
from aiogram.types import Message

from bot.house import House
from bot.i18n import Translator
from bot.services import status
from bot.views import status as view
from bot.views.parts import Outgoing
from handlers.filters import Word

router = Router(name="status")
router.message.filter(F.chat.type == "private")


@router.message(Word("status"))
async def on_status(message: Message, house: House, now: dt.datetime, t: Translator) -> Outgoing:
    return view.shown(await status.show(house.db, house.ready_since, now), t)
