"""How the bot is running."""

from aiogram import F, Router
from aiogram.types import Message

from bot.services import status
from bot.views import status as view
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import Word

router = Router(name="status")
router.message.filter(F.chat.type == "private")


@router.message(Word("status"))
async def on_status(message: Message, desk: Desk) -> Outgoing:
    return view.shown(await status.show(desk.db, desk.house.ready_since, desk.now), desk.t)
