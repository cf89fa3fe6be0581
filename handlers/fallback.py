"""The last word: an answer to everything in a private chat, silence in a group."""

import datetime as dt

from aiogram import F, Router
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.domain import sensitive
from bot.domain.access import COMMANDS, Actor
from bot.house import House
from bot.i18n import Translator
from bot.services import accounts, registration
from bot.services.effects import Cause
from bot.views import errors, privacy
from bot.views import registration as registration_view
from bot.views.parts import Outgoing

router = Router(name="fallback")


@router.message(F.chat.type == "private")
async def on_anything(
    message: Message, actor: Actor, word: str | None, cause: Cause, house: House, now: dt.datetime, t: Translator
) -> Outgoing:
    if message.contact or message.location:
        return errors.not_kept(message.content_type, t)
    if kind := sensitive.find(message.text or message.caption or ""):
        return privacy.not_kept(kind, t)
    if actor.stranger and message.text:
        found = await registration.arrive(cause, actor, "", house.settings.owner_ids, now)
        on_the_way = found.name in ("registration-waiting", "registration-not-open")
        zone = now.tzinfo or dt.UTC
        return registration_view.outcome(found, actor, zone, t) if on_the_way else errors.not_for_strangers(t)
    if word in COMMANDS:
        return errors.not_allowed(t)
    if message.text:
        return errors.unknown(message.text, t, on_roster=actor.person is not None)
    return errors.not_understood(message.content_type, t)


@router.callback_query()
async def on_any_press(query: CallbackQuery, t: Translator) -> Outgoing:
    return errors.stale(t)


@router.my_chat_member(F.chat.type == "private")
async def on_blocked(event: ChatMemberUpdated, actor: Actor, cause: Cause) -> None:
    if event.new_chat_member.status == "kicked":
        await accounts.lost_contact(cause, actor.user_id)
