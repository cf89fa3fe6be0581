"""What everybody may ask for: help, language, cancel, mute."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.dialogs import Dialog
from bot.domain.access import Actor
from bot.house import House
from bot.i18n import LANGUAGES, Translator, translator
from bot.services import accounts
from bot.services.effects import Cause
from bot.views import menu as view
from bot.views.callbacks import Language
from bot.views.parts import Outgoing
from handlers.filters import Word

router = Router(name="menu")


@router.message(Word("help"))
async def on_help(message: Message, house: House, actor: Actor, t: Translator, private: bool) -> Outgoing:
    office = await accounts.office_names(house.db) if private and not actor.stranger else ()
    return view.help(actor, office, t, private=private)


@router.message(Word("cancel"))
async def on_cancel(message: Message, dialog: Dialog, actor: Actor, t: Translator) -> Outgoing:
    had = dialog.state is not None
    dialog.end()
    return view.cancelled(had, actor, t)


@router.message(Word("language"), F.chat.type == "private")
async def on_language(message: Message, args: str, actor: Actor, cause: Cause, t: Translator) -> Outgoing:
    asked = args.strip().lower()
    return await _choose(asked, actor, cause) if asked in LANGUAGES else view.languages(t)


@router.callback_query(Language.filter())
async def on_language_press(
    query: CallbackQuery, callback_data: Language, actor: Actor, cause: Cause, t: Translator
) -> Outgoing:
    if callback_data.code not in LANGUAGES:
        return view.languages(t)
    return await _choose(callback_data.code, actor, cause)


async def _choose(code: str, actor: Actor, cause: Cause) -> Outgoing:
    await accounts.choose_language(cause, actor, code)
    return view.language_chosen(actor, translator(code))


@router.message(Word("mute"))
async def on_mute(message: Message, actor: Actor, cause: Cause, t: Translator) -> Outgoing:
    return Outgoing(t((await accounts.mute(cause, actor)).name))
