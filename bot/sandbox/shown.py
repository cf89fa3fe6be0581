"""What the web chat shows of the world: people, chats, messages and events as JSON."""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import quote

from bot.sandbox.objects import Chat, Json, Person, SentMessage
from bot.sandbox.state import Event
from bot.sandbox.world import World

PLAIN_KINDS = ("contact", "location", "poll")


class Shown:
    """The world as one page sees it, its times in the unit's own zone."""

    def __init__(self, world: World, people: Iterable[Person], zone: tzinfo | None) -> None:
        self.world, self.people, self.zone = world, {person.id: person for person in people}, zone

    # People and chats

    def everybody(self) -> list[Json]:
        return [
            {
                "id": p.id,
                "name": p.name,
                "role": p.role,
                "note": p.note,
                "group": p.group,
                "unread": self.unread(p.id),
            }
            for p in self.people.values()
        ]

    def unread(self, user_id: int) -> int:
        """All a person has not seen yet."""
        return sum(self.world.unread.get((user_id, chat.id), 0) for chat in self.world.chats_of(user_id))

    def bot(self, language: str) -> Json:
        profile = self.world.profile
        about = profile.get(("description", language)) or profile.get(("description", ""), "")
        return {"name": self.world.bot.name, "username": self.world.bot.username, "description": about}

    def chats(self, user_id: int) -> list[Json]:
        """A person's chats: the one with the bot, then groups, the liveliest first."""
        own, *groups = [self._chat(user_id, chat) for chat in self.world.chats_of(user_id)]
        groups.sort(key=lambda chat: chat["last"]["date"] if chat["last"] else "", reverse=True)
        return [own, *groups]

    def _chat(self, user_id: int, chat: Chat) -> Json:
        last = next((m for m in reversed(chat.messages.values()) if not m.deleted), None)
        return {
            "chat_id": chat.id,
            "kind": "private" if chat.kind == "private" else "group",
            "title": self.world.bot.name if chat.kind == "private" else chat.title,
            "unread": self.world.unread.get((user_id, chat.id), 0),
            "last": self.preview(last) if last else None,
        }

    def preview(self, message: SentMessage) -> Json:
        return {
            "id": message.id,
            "text": message.said[:120],
            "kind": _kind(message),
            "date": self.time(message.date),
            "from_bot": message.from_bot,
            "from": self._name(message),
        }

    # Messages

    def time(self, date: datetime) -> str:
        return date.astimezone(self.zone).isoformat(timespec="seconds")

    def _name(self, message: SentMessage) -> str:
        person = self.people.get(message.sender.id)
        return person.name if person else message.sender.name

    def message(self, message: SentMessage) -> Json:
        return {
            "id": message.id,
            "from": {"id": message.sender.id, "name": self._name(message), "bot": message.from_bot},
            "date": self.time(message.date),
            "text": message.said,
            "html": self.world.html_of(message),
            "caption": message.file is not None,
            "kind": _kind(message),
            "detail": _detail(message),
            "photo": _address(message) if message.photo is not None else None,
            "document": self._document(message),
            "buttons": [[button._asdict() for button in row] for row in message.buttons],
            "reply_to": self._answered(message),
            "forwarded": message.forward is not None,
            "editable": not message.from_bot and message.forward is None and bool(message.said),
            "edited": message.edit_date is not None,
        }

    def _document(self, message: SentMessage) -> Json | None:
        if message.document is None:
            return None
        return {"name": message.document.name, "size": len(message.document.data), "url": _address(message)}

    def _answered(self, message: SentMessage) -> Json | None:
        original = self.world.chats[message.chat_id].messages.get(message.reply_to or 0)
        if original is None or original.deleted:
            return None
        return {
            "id": original.id,
            "from": self._name(original),
            "text": original.said[:200],
            "kind": _kind(original),
        }

    def bot_is_here(self, chat: Chat) -> bool:
        """Whether the bot may be talked with here: not stopped, not outside the group."""
        if chat.kind == "private":
            return not self.world.users[chat.id].blocked
        return chat.bot_status not in ("left", "kicked")

    def keyboard(self, chat: Chat) -> Json:
        return {"rows": chat.reply_keyboard or [], "placeholder": chat.placeholder or ""}

    # Events

    def event(self, user_id: int, event: Event) -> list[Json]:
        """What of an event this person's page is to hear."""
        chat = self.world.chats.get(event.chat_id)
        told: list[Json] = []
        if event.type in ("message", "read"):
            told = [{"type": "unread", "user_id": p, "unread": self.unread(p)} for p in self._concerned(event, chat)]
        if event.user_id is not None and event.user_id != user_id:
            return told
        if chat is not None and user_id != chat.id and user_id not in chat.members:
            return told
        shape: dict[str, Any] = {"type": event.type, "chat_id": event.chat_id}
        if event.message is not None and chat is not None:
            shape |= self._about(event.type, event.message, chat)
        elif event.type == "answer":
            shape |= {
                "text": event.text,
                "alert": event.alert,
                "query_id": self.world.callback_answers[-1][0],
            }
        return [shape, *told]

    def _about(self, kind: str, message: SentMessage, chat: Chat) -> Json:
        if kind == "delete":
            return {"message_id": message.id}
        shape: Json = {"message": self.message(message), "last": self.preview(message)}
        if kind == "message" and message.had_keyboard:
            shape["keyboard"] = self.keyboard(chat)
        return shape

    def _concerned(self, event: Event, chat: Chat | None) -> list[int]:
        """The demo people whose unread marks an event may change."""
        if event.user_id is not None:
            return [event.user_id] if event.user_id in self.people else []
        if chat is None:
            return []
        return [person for person in ([chat.id] if chat.kind == "private" else chat.members) if person in self.people]


def _kind(message: SentMessage) -> str:
    """text, photo, document, sticker, voice, contact, location, poll, or service."""
    if message.file is not None:
        return message.file.kind
    if message.text is not None:
        return "text"
    return next((kind for kind in PLAIN_KINDS if kind in message.other), "service")


def _detail(message: SentMessage) -> str:
    """The one line that says what a message without text carries."""
    other = message.other
    if "contact" in other:
        return f"{other['contact']['first_name']} {other['contact']['phone_number']}"
    if "location" in other:
        return f"{other['location']['latitude']:.4f}, {other['location']['longitude']:.4f}"
    if "poll" in other:
        return str(other["poll"]["question"])
    if "new_chat_members" in other:
        return ", ".join(member["first_name"] for member in other["new_chat_members"])
    return message.file.name if message.file is not None and message.file.kind == "sticker" else ""


def _address(message: SentMessage) -> str:
    assert message.file is not None
    return f"/page/file/{quote(message.file.path)}"
