"""/audit: what was changed by whom, for the owner."""

from aiogram import F, Router
from aiogram.types import Message

from bot.domain.access import Action
from bot.events import Press
from bot.services import audit as service
from bot.services.audit import Sought
from bot.views import audit as view
from bot.views.callbacks import AuditPress
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import At, Can, Word

router = Router(name="audit")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")
FIND = "audit:find"


@router.message(Word("audit"))
async def on_audit(message: Message, args: str, desk: Desk) -> Outgoing:
    return await _look_for(args, desk)


@router.callback_query(AuditPress.filter(), Can(Action.VIEW_AUDIT))
async def on_press(query: Press, callback_data: AuditPress, desk: Desk) -> Outgoing:
    if callback_data.act == "find":
        desk.dialog.at(FIND)
        return view.ask(desk.t)
    sought = Sought(callback_data.person, callback_data.action, callback_data.day)
    return (await _page(sought, callback_data.page, desk)).edited()


@router.message(At(FIND), F.text, Can(Action.VIEW_AUDIT))
async def on_find(message: Message, desk: Desk) -> Outgoing:
    desk.dialog.end()
    return await _look_for(message.text or "", desk)


async def _look_for(text: str, desk: Desk) -> Outgoing:
    sought = await service.understand(desk.db, text, view.action_words(desk.t))
    if not isinstance(sought, Sought):
        return view.not_understood(sought, desk.t)
    return await _page(sought, 0, desk)


async def _page(sought: Sought, number: int, desk: Desk) -> Outgoing:
    found = await service.page(desk.db, desk.actor, sought, number, desk.now)
    return view.page(found, desk.house.settings.org_name, desk.t)
