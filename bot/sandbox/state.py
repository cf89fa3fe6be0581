"""What is true in the sandbox: people, chats, messages, files, who may be written to, who hears of it."""

import asyncio
import itertools
import mimetypes
import zlib
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from bot.sandbox.objects import Chat, Json, SentMessage, StoredFile, User, chat_json, image_size
from bot.sandbox.rules import Pace, bad, forbidden
from bot.sandbox.text import to_html
from bot.sandbox.updates import Updates
from bot.sandbox.webhook import Webhook

Predicate = Callable[[SentMessage], bool]


class Event(NamedTuple):
    """Something a person could see happen."""

    sequence: int
    type: str  # message, edit, delete, answer, commands, read, pin, clock
    chat_id: int
    message: SentMessage | None = None
    user_id: int | None = None  # only this person sees it
    text: str = ""
    alert: bool = False


class Query(NamedTuple):
    """A press that waits for its answer."""

    user_id: int
    chat_id: int
    message_id: int
    at: datetime


class State:
    def __init__(
        self, bot: User, clock: Callable[[], datetime], updates: Updates, pace: Pace, privacy: bool = True
    ) -> None:
        self.bot, self.clock, self.updates, self.pace, self.privacy = bot, clock, updates, pace, privacy
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.paths: dict[str, StoredFile] = {}
        self.queries: dict[str, Query] = {}
        self.callback_answers: list[tuple[str, int, str, bool]] = []
        self.webhook: Webhook
        self.logged_out = False
        self.notes: list[str] = []
        self.commands: dict[tuple[str, str], list[Json]] = {}  # (scope, language)
        self.profile: dict[tuple[str, str], str] = {}  # (name or description, language)
        self.menu_buttons: dict[int, Json] = {}
        self.unread: dict[tuple[int, int], int] = {}  # (person, chat) -> messages not seen yet
        self.answer_seconds = 15.0
        self.sequence = 0
        self._numbers = itertools.count(1)
        self.ids = itertools.count(1)
        self._waiters: dict[int, list[tuple[Predicate, asyncio.Future[SentMessage]]]] = {}
        self._subscribers: list[Callable[[Event], None]] = []

    def note(self, text: str) -> None:
        """Remember once what a caller should know but the real server would not refuse."""
        if text not in self.notes:
            self.notes.append(text)

    # Chats and who may be written to

    def find_chat(self, chat_id: int) -> Chat:
        """A chat to read from or write to."""
        chat = self.chats.get(chat_id)
        if chat is None:
            user = self.users.get(chat_id)
            if user is None:
                raise bad("chat not found")
            if user.is_bot:
                raise forbidden("bot can't send messages to bots")
            chat = self.chats[chat_id] = Chat(chat_id, "private")
        return chat

    def check_write(self, chat: Chat) -> None:
        """Refuse as Telegram refuses when the bot may not write here (any more)."""
        if chat.kind == "private":
            user = self.users[chat.id]
            if user.deactivated:
                raise forbidden("user is deactivated")
            if user.blocked:
                raise forbidden("bot was blocked by the user")
            if not user.started:
                raise (forbidden("bot can't initiate conversation with a user") if user.met else bad("chat not found"))
            return
        if chat.migrated_to is not None:
            raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
        where = "supergroup chat" if chat.kind == "supergroup" else "group chat"
        if chat.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {where}")
        if chat.bot_status == "left":
            raise forbidden(f"bot is not a member of the {where}")

    # Messages

    def place(self, chat: Chat, sender: User, **content: Any) -> SentMessage:
        """A new message in a chat."""
        number = next(chat.numbers or self._numbers)
        message = SentMessage(number, chat.id, sender, self.clock(), **content)
        chat.messages[number] = message
        if chat.kind == "private":
            if sender.is_bot:
                key = (chat.id, chat.id)
                self.unread[key] = self.unread.get(key, 0) + 1
        else:
            for member in chat.members:
                if member not in (sender.id, self.bot.id):
                    self.unread[(member, chat.id)] = self.unread.get((member, chat.id), 0) + 1
        self.changed("message", message)
        return message

    def find_message(self, chat: Chat, number: int, what: str) -> SentMessage:
        message = chat.messages.get(number)
        if message is None or message.deleted:
            raise bad(f"{what} not found")
        return message

    def message_json(self, message: SentMessage, nested: bool = False) -> Json:
        """The Bot API shape of a message."""
        chat = self.chats[message.chat_id]
        shape: Json = {
            "message_id": message.id,
            "from": message.sender.json(),
            "chat": chat_json(chat, self.users.get(chat.id)),
            "date": int(message.date.timestamp()),
        }
        if message.edit_date is not None:
            shape["edit_date"] = int(message.edit_date.timestamp())
        if message.forward is not None:
            shape["forward_origin"] = message.forward
        if message.group is not None:
            shape["media_group_id"] = message.group
        if message.reply_to is not None and not nested:
            original = chat.messages.get(message.reply_to)
            if original is not None and not original.deleted:
                shape["reply_to_message"] = self.message_json(original, nested=True)
        shape |= message.content()
        if message.markup is not None:
            shape["reply_markup"] = message.markup
        return shape

    def html_of(self, message: SentMessage) -> str:
        """Safe HTML of a message's text or caption, for display."""
        return to_html(message.said, message.entities)

    # Files

    def store(self, data: bytes, name: str, mime: str | None, kind: str) -> StoredFile:
        """Keep a file under a new file_id."""
        number = next(self.ids)
        size = (image_size(data) or (0, 0)) if kind == "photo" else (0, 0)
        mime = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        folder = {"photo": "photos", "document": "documents", "voice": "voice", "sticker": "stickers"}[kind]
        ending = name.rpartition(".")[2] if "." in name else {"photo": "jpg"}.get(kind, "bin")
        file = StoredFile(
            id=f"{kind}-{number}-{zlib.crc32(data):08x}",
            unique_id=f"u{number}",
            data=data,
            name=name,
            mime=mime,
            kind=kind,
            path=f"{folder}/file_{number}.{ending}",
            size=size,
        )
        self.files[file.id] = self.paths[file.path] = file
        return file

    # Who hears of it

    def changed(self, kind: str, message: SentMessage) -> None:
        self.sequence += 1
        message.sequence = self.sequence
        if self._subscribers:
            self._tell(Event(self.sequence, kind, message.chat_id, message))
        if message.sender.is_bot and kind != "delete" and (waiters := self._waiters.get(message.chat_id)):
            for predicate, future in list(waiters):
                if not future.done() and predicate(message):
                    future.set_result(message)

    def happened(self, kind: str, chat_id: int, **more: Any) -> None:
        self.sequence += 1
        if self._subscribers:
            self._tell(Event(self.sequence, kind, chat_id, **more))

    def _tell(self, event: Event) -> None:
        for subscriber in list(self._subscribers):
            subscriber(event)

    def subscribe(self, subscriber: Callable[[Event], None]) -> Callable[[], None]:
        """Hear of every event from now on; what comes back ends it."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    async def wait_for(self, chat_id: int, predicate: Predicate, timeout: float = 60, after: int = 0) -> SentMessage:
        """The bot's first message, new or edited after that sequence number, that fits."""
        for message in self._of_bot(chat_id):
            if message.sequence > after and not message.deleted and predicate(message):
                return message
        future: asyncio.Future[SentMessage] = asyncio.get_running_loop().create_future()
        entry = (predicate, future)
        self._waiters.setdefault(chat_id, []).append(entry)
        try:
            return await asyncio.wait_for(future, timeout)
        except TimeoutError:
            raise TimeoutError(f"nothing fitting in chat {chat_id} after {timeout} s; {self._tail(chat_id)}") from None
        finally:
            self._waiters[chat_id].remove(entry)

    def _of_bot(self, chat_id: int) -> list[SentMessage]:
        chat = self.chats.get(chat_id)
        return [message for message in chat.messages.values() if message.from_bot] if chat else []

    def _tail(self, chat_id: int) -> str:
        chat = self.chats.get(chat_id)
        last = list(chat.messages.values())[-5:] if chat else []
        lines = [f"  {m.id} {m.sender.name}: {m.said!r} {[[b.text for b in row] for row in m.buttons]}" for m in last]
        return "the chat's tail:\n" + "\n".join(lines or ["  (empty)"])
