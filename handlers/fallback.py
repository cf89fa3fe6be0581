"""The last word: an answer to everything in a private chat, silence in a group."""

import datetime as dt

from aiogram import F, Router
from aiogram.types import ChatMemberUpdated, Message

from bot.domain import sensitive
from bot.domain.access import COMMANDS
from bot.events import Press
from bot.services import accounts, checkins, registration
from bot.views import errors, privacy
from bot.views import registration as registration_view
from bot.views.parts import Outgoing
from handlers.desk import Desk

router = Router(name="fallback")


@router.message(F.chat.type == "private")
async def on_anything(message: Message, desk: Desk, word: str | None) -> Outgoing:
    if message.contact or message.location:
        return errors.not_kept(message.content_type, desk.t)
    if kind := sensitive.find(message.text or message.caption or ""):
        return privacy.not_kept(kind, desk.t)
    if desk.actor.stranger and message.text:
        found = await registration.arrive(desk.cause, desk.actor, "", desk.owners, desk.now)
        on_the_way = found.name in ("registration-waiting", "registration-not-open", "registration-former")
        zone = desk.now.tzinfo or dt.UTC
        return (
            registration_view.outcome(found, desk.actor, zone, desk.t)
            if on_the_way
            else errors.not_for_strangers(message.text, desk.t)
        )
    if word in COMMANDS:
        return errors.not_allowed(desk.t)
    if message.text:
        asked = await checkins.find_asked(desk.db, desk.actor)
        return errors.unknown(message.text, desk.t, on_roster=desk.actor.person is not None, asked=asked)
    return errors.not_understood(message.content_type, desk.t)


@router.callback_query()
async def on_any_press(query: Press, desk: Desk) -> Outgoing:
    return errors.stale(desk.t)


@router.my_chat_member(F.chat.type == "private")
async def on_blocked(event: ChatMemberUpdated, desk: Desk) -> None:
    if event.new_chat_member.status == "kicked":
        await accounts.lost_contact(desk.cause, desk.actor.user_id)
