"""The rights of who takes part: /privacy, /leave, /mydata."""

from aiogram import F, Router
from aiogram.types import Message

from bot.events import Press
from bot.services import accounts, audit
from bot.services import privacy as service
from bot.views import privacy as view
from bot.views.callbacks import Erase, Leave
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import Word

router = Router(name="privacy")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")


@router.message(Word("privacy"))
async def on_privacy(message: Message, desk: Desk) -> Outgoing:
    org = await service.unit_name(desk.db, desk.house.settings.org_name)
    return view.text(org, await service.notice(desk.db, desk.actor, desk.now), desk.t)


@router.message(Word("leave"))
async def on_leave(message: Message, desk: Desk) -> Outgoing:
    return view.ask_leave(await service.consent_given(desk.db, desk.actor), desk.t)


@router.callback_query(Leave.filter())
async def on_leave_press(query: Press, callback_data: Leave, desk: Desk) -> Outgoing:
    if not callback_data.yes:
        return view.stayed(desk.t)
    found = await service.leave(desk.cause, desk.actor, callback_data.given, desk.now)
    desk.dialog.end()
    after = await accounts.recognise(desk.db, desk.actor.user_id, desk.owners, desk.now)
    return view.left(found, after, desk.t)


@router.callback_query(Erase.filter())
async def on_erase_press(query: Press, callback_data: Erase, desk: Desk) -> Outgoing:
    if not callback_data.yes and await service.stands(desk.db, desk.actor, callback_data.given):
        return view.ask_erase(callback_data.given, desk.t)
    found = await service.erase(desk.cause, desk.actor, callback_data.given, desk.house.place.journals, desk.now)
    desk.dialog.end()
    after = await accounts.recognise(desk.db, desk.actor.user_id, desk.owners, desk.now)
    return view.left(found, after, desk.t)


@router.message(Word("mydata"))
async def on_my_data(message: Message, desk: Desk) -> tuple[Outgoing, ...]:
    await audit.note_export(desk.cause, desk.actor, "mydata", f"person:{desk.actor.person_id}", desk.now)
    found = await service.export(desk.db, desk.actor, desk.now)
    return await view.files(found, f"{desk.now:%Y%m%d}", desk.t)
