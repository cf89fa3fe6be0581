"""An update as handlers read it: checked, in aiogram's types but for a press."""

from collections.abc import Mapping
from typing import Any

from aiogram.types import ChatMemberUpdated, Message
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.raw import Malformed

STRICT = ConfigDict(strict=True)


class Place(BaseModel):
    model_config = STRICT

    id: int
    type: str
    title: str | None = None


class Presser(BaseModel):
    model_config = STRICT

    id: int
    is_bot: bool
    language_code: str | None = None


class Photo(BaseModel):
    model_config = STRICT

    file_id: str


class Pressed(BaseModel):
    """Of a message that was pressed only where it is and its picture: its words and buttons are our own."""

    model_config = STRICT

    message_id: int
    chat: Place
    photo: list[Photo] | None = None


class Press(BaseModel):
    """A button was pressed. aiogram's CallbackQuery knows more of it, none of which we ask for, and to check that takes
    longer than most of what comes of a press."""

    model_config = STRICT

    id: str
    from_user: Presser = Field(alias="from")
    message: Pressed | None = None
    data: str | None = None


Event = Message | Press | ChatMemberUpdated

# The model of each kind of update, by the name under which it comes.
EVENTS: Mapping[str, type[Event]] = {
    "message": Message,
    "edited_message": Message,
    "callback_query": Press,
    "my_chat_member": ChatMemberUpdated,
}

# The parts of a message without which it would be another one, or somebody else's.
WHOSE = frozenset(("message_id", "date", "edit_date", "chat", "from", "sender_chat"))
MEANING = WHOSE | {"text", "entities", "caption", "caption_entities"}


def event_of(body: Mapping[str, Any]) -> tuple[str, Event] | None:
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
