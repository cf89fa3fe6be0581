"""What everybody may ask for: help, language, cancel, mute."""

from aiogram import F, Router
from aiogram.types import Message

from bot.events import Press
from bot.i18n import LANGUAGES, translator
from bot.services import accounts, registration
from bot.views import menu as view
from bot.views.callbacks import Language
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import Word

router = Router(name="menu")


@router.message(Word("help"))
async def on_help(message: Message, desk: Desk) -> Outgoing:
    if desk.actor.stranger:
        return view.help(desk.actor, (), desk.t, waiting=await registration.waiting_of(desk.db, desk.actor))
    return view.help(desk.actor, await accounts.office_names(desk.db), desk.t)


@router.message(Word("cancel"))
async def on_cancel(message: Message, desk: Desk) -> Outgoing:
    # Of an album only more pictures are awaited: nobody shall think that its record is taken back.
    had = desk.dialog.state is not None and not desk.dialog.state.endswith(":album")
    desk.dialog.end()
    return view.cancelled(had, desk.actor, desk.t)


@router.message(Word("language"), F.chat.type == "private")
async def on_language(message: Message, args: str, desk: Desk) -> Outgoing:
    asked = args.strip().lower()
    return await _choose(asked, desk) if asked in LANGUAGES else view.languages(desk.t)


@router.callback_query(Language.filter())
async def on_language_press(query: Press, callback_data: Language, desk: Desk) -> Outgoing:
    if callback_data.code not in LANGUAGES:
        return view.languages(desk.t)
    return await _choose(callback_data.code, desk)


async def _choose(code: str, desk: Desk) -> Outgoing:
    await accounts.choose_language(desk.cause, desk.actor, code)
    return view.language_chosen(desk.actor, translator(code))


@router.message(Word("mute"))
async def on_mute(message: Message, desk: Desk) -> Outgoing:
    return Outgoing(desk.t((await accounts.mute(desk.cause, desk.actor)).name))
