"""The campaign settings: a list, one of them, its new value."""

import datetime as dt

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.dialogs import Dialog
from bot.domain.access import Action, Actor
from bot.domain.restraint import forbidden
from bot.house import House
from bot.i18n import Translator
from bot.services import campaign as service
from bot.services.effects import Cause
from bot.views import settings as view
from bot.views.callbacks import SettingPress
from bot.views.parts import Outgoing
from handlers.filters import At, Can, Word

router = Router(name="settings")
router.message.filter(F.chat.type == "private")
VALUE = "settings:value"


@router.message(Word("settings"))
async def on_settings(message: Message, args: str, house: House, t: Translator) -> Outgoing:
    if wrong := forbidden(args):
        return view.refused(wrong, t)
    return view.overview(await service.current(house.db), house.settings.org_name, t)


@router.callback_query(SettingPress.filter(), Can(Action.MANAGE_SETTINGS))
async def on_press(
    query: CallbackQuery,
    callback_data: SettingPress,
    house: House,
    actor: Actor,
    cause: Cause,
    dialog: Dialog,
    now: dt.datetime,
    t: Translator,
) -> Outgoing:
    org, name = house.settings.org_name, callback_data.name
    if name in view.CHOICES and callback_data.value:
        outcome = await service.change(cause, actor, name, callback_data.value, now)
        dialog.end()
        return view.changed(outcome, await service.current(house.db), org, t).edited()
    campaign = await service.current(house.db)
    if name not in view.NAMES:
        dialog.end()
        return view.overview(campaign, org, t).edited()
    dialog.at(VALUE, name=name)
    return view.ask(campaign, name, org, t).edited()


@router.message(At(VALUE), F.text, Can(Action.MANAGE_SETTINGS))
async def on_value(
    message: Message, house: House, actor: Actor, cause: Cause, dialog: Dialog, now: dt.datetime, t: Translator
) -> Outgoing:
    outcome = await service.change(cause, actor, dialog.data["name"], message.text or "", now)
    if outcome.name not in ("settings-bad", "restraint-refused"):
        dialog.end()
    return view.changed(outcome, await service.current(house.db), house.settings.org_name, t)
