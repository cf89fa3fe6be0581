"""A message that was edited corrects the draft of the notice that it made, or makes the one that it failed to make."""

from typing import Any

from aiogram import F, Router
from aiogram.types import Message

from bot.domain.access import Action
from bot.services import notices as service
from bot.services.effects import Outcome
from bot.views.parts import Outgoing
from handlers.context import menu_words
from handlers.desk import Desk
from handlers.filters import At, Can
from handlers.notices import CONTENT, TEXT, content_of, drafted, refused, show, source_of

router = Router(name="notice_edits")
router.edited_message.filter(F.chat.type == "private", Can(Action.NOTIFY))


async def made_a_notice(message: Message, desk: Desk) -> bool | dict[str, Any]:
    """It is what a notice was made from."""
    number = await service.made_from(desk.db, desk.actor, source_of(message))
    return {"number": number} if number else False


@router.edited_message(CONTENT, made_a_notice)
async def on_edited(message: Message, number: int, desk: Desk) -> Outgoing:
    content = content_of(message, after_word=begins_with_word(message))
    outcome = await service.rewrite(desk.cause, desk.actor, number, content)
    if outcome.name in ("notices-card", "notices-not-yours"):
        return await show(desk, outcome, number)
    if outcome.name == "notices-stale":
        return await show(desk, Outcome("notices-edit-late", {"id": number}))
    return refused(outcome, desk)


@router.edited_message(At(TEXT), CONTENT)
async def on_mended(message: Message, desk: Desk) -> Outgoing:
    return await drafted(message, desk, after_word=begins_with_word(message))


def begins_with_word(message: Message) -> bool:
    """Whether the content begins with /notice or the word for it."""
    if message.text:
        return menu_words().heard(message.text)[0] == "notice"
    head = ((message.caption or "").split(maxsplit=1) or [""])[0].lower()
    return head.partition("@")[0] == "/notice"
