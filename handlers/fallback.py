"""The last word: an answer to everything in a private chat, silence in a group."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.domain import sensitive
from bot.domain.access import COMMANDS, Actor
from bot.i18n import Translator
from bot.services import accounts
from bot.services.effects import Cause
from bot.views import errors, privacy
from bot.views.parts import Outgoing

router = Router(name="fallback")


@router.message(F.chat.type == "private")
async def on_anything(message: Message, actor: Actor, word: str | None, t: Translator) -> Outgoing:
    if message.contact or message.location:
        return errors.not_kept(message.content_type, t)
    if kind := sensitive.find(message.text or message.caption or ""):
        return privacy.not_kept(kind, t)
    if word in COMMANDS:
        return errors.not_for_strangers(t) if actor.stranger else errors.not_allowed(t)
    if message.text:
        return errors.not_for_strangers(t) if actor.stranger else errors.unknown(t)
    return errors.not_understood(message.content_type, t)


@router.callback_query()
async def on_any_press(query: CallbackQuery, t: Translator) -> Outgoing:
    return errors.stale(t)


@router.my_chat_member(F.chat.type == "private")
async def on_blocked(event: ChatMemberUpdated, actor: Actor, cause: Cause) -> None:
    if event.new_chat_member.status == "kicked":
        await accounts.lost_contact(cause, actor.user_id)
