"""An update as handlers read it: aiogram's types, checked."""

from collections.abc import Mapping
from typing import Any

from aiogram import types
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, PhotoSize
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.raw import Malformed


class Place(BaseModel):
    model_config = ConfigDict(strict=True)

    id: int
    type: str
    title: str | None = None


class Pressed(BaseModel):
    """Of a message that was pressed only where it is and its picture: its words and buttons are our own, and to check
    them costs more than all the rest."""

    model_config = ConfigDict(strict=True)

    message_id: int
    chat: Place
    photo: list[PhotoSize] | None = None


class Press(CallbackQuery):
    message: Pressed | None = None  # type: ignore[assignment]  # as aiogram's, with less of it


# Its validator needs aiogram's own types by name, which are not in this module.
Press.model_rebuild(_types_namespace={name: getattr(types, name) for name in types.__all__})

# The model of each kind of update, by the name under which it comes.
EVENTS: Mapping[str, type[Message | CallbackQuery | ChatMemberUpdated]] = {
    "message": Message,
    "edited_message": Message,
    "callback_query": Press,
    "my_chat_member": ChatMemberUpdated,
}

# The parts of a message without which it would be another one, or somebody else's.
WHOSE = frozenset(("message_id", "date", "edit_date", "chat", "from", "sender_chat"))
MEANING = WHOSE | {"text", "entities", "caption", "caption_entities"}


def event_of(body: Mapping[str, Any]) -> tuple[str, Message | CallbackQuery | ChatMemberUpdated] | None:
    """The event in an update and its kind; None for a kind that we have not asked for. Raises Malformed."""
    kind = next((kind for kind in EVENTS if kind in body), None)
    if kind is None:
        if any(isinstance(part, dict) for part in body.values()):
            return None
        raise Malformed("an update of no kind at all")
    try:
        return kind, EVENTS[kind].model_validate(body[kind])
    except ValidationError as error:
        wrong = {problem["loc"][0] for problem in error.errors(include_input=False) if problem["loc"]}
        if (known := _without(body[kind], wrong)) is None:
            raise Malformed(f"{error.error_count()} fields are wrong") from None
    return kind, Message.model_validate(known)


def _without(content: Any, wrong: set[int | str]) -> Mapping[str, Any] | None:
    """A message but for the parts of a shape that we do not know (of a newer Telegram, of an older server of one's
    own): nobody is left without an answer for them. None when too much of it is wrong."""
    if not isinstance(content, dict) or not {"message_id", "chat", "from"} <= content.keys() or wrong & MEANING:
        return None
    return {name: part for name, part in content.items() if name not in wrong}
