"""What a handler may ask for: the desk, and what filters look at."""

import datetime as dt
import functools
from typing import Any

from aiogram.types import Message

from bot.domain.access import COMMANDS
from bot.events import Event
from bot.house import House
from bot.i18n import LANGUAGES, negotiate, translator
from bot.services import accounts, groups
from bot.services.effects import Cause
from handlers.desk import Desk


async def context(house: House, event: Event, cause: Cause) -> dict[str, Any] | None:
    """The arguments that handlers name; None for an update that no real user sent (a channel, an anonymous admin)."""
    user = getattr(event, "from_user", None)
    message = getattr(event, "message", event)
    chat = getattr(message, "chat", None)
    if user is None or user.is_bot or chat is None or getattr(event, "sender_chat", None) is not None:
        await note_move(event, cause, house.clock.now())
        return None
    now = house.clock.now()
    private = chat.type == "private"
    actor, dialog = await accounts.meet(house.db, user.id, chat.id, house.settings.owner_ids, now, private=private)
    chosen = actor.account.language if actor.account else None
    default = house.settings.language if private else None
    language = negotiate(chosen or (user.language_code if private else None), default or house.settings.language)
    word, args = spoken(event, house.username, private=private)
    return {
        "desk": Desk(actor, dialog, cause, now, translator(language, now.year), house),
        "actor": actor,
        "dialog": dialog,
        "word": word,
        "args": args,
        "private": private,
    }


async def note_move(event: Any, cause: Cause, now: dt.datetime) -> None:
    """A group says that it has become another one; often it is an anonymous administrator who has made it so."""
    if not isinstance(event, Message) or event.chat.type == "private":
        return
    if event.migrate_to_chat_id is not None:
        await groups.moved(cause, event.chat.id, event.migrate_to_chat_id, now)
    elif event.migrate_from_chat_id is not None:
        await groups.moved(cause, event.migrate_from_chat_id, event.chat.id, now)


def spoken(event: Any, username: str, *, private: bool) -> tuple[str | None, str]:
    """The command in a message and what follows it. In a group only what is addressed to us by name counts."""
    text = (event.text or "").strip() if isinstance(event, Message) and not event.edit_date else ""
    if not text:
        return None, ""
    head, *tail = text.split(maxsplit=1)
    rest = tail[0].strip() if tail else ""
    if head.startswith("/"):
        command, _, mention = head[1:].partition("@")
        addressed = mention.lower() == username.lower() if mention else private
        return (command.lower() if addressed else None), rest if addressed else ""
    if not private:
        return None, ""
    whole = menu_words().get(text.lower())
    if whole is not None:
        return whole, ""
    found = menu_words().get(head.lower())
    return (found, rest) if found else (None, "")


@functools.cache
def menu_words() -> dict[str, str]:
    """The words of the menu in every language, and the command each stands for."""
    return {translator(language).plain(f"menu-{word}").lower(): word for language in LANGUAGES for word in COMMANDS}
