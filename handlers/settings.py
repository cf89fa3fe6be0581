"""The campaign settings: a list, one of them, its new value."""

from aiogram import F, Router
from aiogram.types import Message

from bot.domain.access import Action
from bot.domain.restraint import forbidden
from bot.events import Press
from bot.services import campaign as service
from bot.views import settings as view
from bot.views.callbacks import SettingPress
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import At, Can, Word

router = Router(name="settings")
router.message.filter(F.chat.type == "private")
VALUE = "settings:value"


@router.message(Word("settings"))
async def on_settings(message: Message, args: str, desk: Desk) -> Outgoing:
    if wrong := forbidden(args):
        return view.refused(wrong, desk.t)
    return view.overview(await service.current(desk.db), desk.house.settings.org_name, desk.t)


@router.callback_query(SettingPress.filter(), Can(Action.MANAGE_SETTINGS))
async def on_press(query: Press, callback_data: SettingPress, desk: Desk) -> Outgoing:
    org, name = desk.house.settings.org_name, callback_data.name
    if name in view.CHOICES and callback_data.value:
        outcome = await service.change(desk.cause, desk.actor, name, callback_data.value, desk.now)
        desk.dialog.end()
        return view.changed(outcome, await service.current(desk.db), org, desk.t).edited()
    campaign = await service.current(desk.db)
    if name not in view.NAMES:
        desk.dialog.end()
        return view.overview(campaign, org, desk.t).edited()
    desk.dialog.at(VALUE, name=name)
    return view.ask(campaign, name, org, desk.t).edited()


@router.message(At(VALUE), F.text, Can(Action.MANAGE_SETTINGS))
async def on_value(message: Message, desk: Desk) -> Outgoing:
    outcome = await service.change(desk.cause, desk.actor, desk.dialog.data["name"], message.text or "", desk.now)
    if outcome.name not in ("settings-bad", "restraint-refused"):
        desk.dialog.end()
    return view.changed(outcome, await service.current(desk.db), desk.house.settings.org_name, desk.t)
