"""What a handler may ask for: the desk, and what filters look at."""

import datetime as dt
import functools
from typing import Any

from aiogram.types import Message

from bot.domain.access import COMMANDS
from bot.domain.hours import Draft
from bot.domain.sentences import parse
from bot.domain.spoken_words import ANY_DAY, SLASHES, Words
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
    if own_words(event, dialog.state, word, args):
        word, args = None, ""
    return {
        "desk": Desk(actor, dialog, cause, now, translator(language, now.year), house),
        "actor": actor,
        "dialog": dialog,
        "word": word,
        "args": args,
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
    addressed = private
    if text.startswith(SLASHES) and (mention := text.split(maxsplit=1)[0].partition("@")[2]):
        addressed = mention.lower() == username.lower()
    return menu_words().heard(text) if addressed else (None, "")


# Where somebody is asked for words of his own, and what stands for a command all the same.
STEPS = {
    "checkins": ("text", "late", "answer"),
    "review": ("return", "ask", "void"),
    "notices": ("text", "edit", "reason"),
    "deliveries": ("text", "confirm"),
    "schedule": ("text",),
    "content": ("text", "tip", "avoid", "edit"),
}
OWN_WORDS = frozenset(f"{name}:{step}" for name, steps in STEPS.items() for step in steps)


def own_words(event: Event, state: str | None, word: str | None, rest: str) -> bool:
    """Whether what is asked for begins with a word of the menu: 帮助 老人过马路. A whole check-in is none, nor what a
    notice begins with that has been asked for."""
    text = event.text or "" if isinstance(event, Message) else ""
    if not rest or state not in OWN_WORDS or text.lstrip().startswith(SLASHES):
        return False
    commands = {"cancel", "notice"} if state == "notices:text" else {"cancel"}
    return word not in commands and not (word == "checkin" and isinstance(parse(rest, ANY_DAY), Draft))


@functools.cache
def menu_words() -> Words:
    """The words of the menu and their other forms, in every language."""
    speakers = [translator(language) for language in LANGUAGES]
    words = {t.plain(f"menu-{word}").lower(): word for t in speakers for word in COMMANDS}
    others = dict(pair.split("=") for t in speakers for pair in t.plain("menu-also").split())
    return Words(others | words)
