"""The things of a chat - people, chats, messages, files - and their Bot API shape."""

import struct
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

Json = dict[str, Any]


@dataclass(slots=True)
class User:
    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    started: bool = False  # has ever written to the bot: only then may the bot write
    met: bool = False  # shares a group with the bot
    blocked: bool = False
    deactivated: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name

    def json(self) -> Json:
        shape: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for key in ("last_name", "username", "language_code"):
            value = getattr(self, key)
            if value:
                shape[key] = value
        return shape


@dataclass(slots=True)
class StoredFile:
    id: str
    unique_id: str
    data: bytes
    name: str
    mime: str
    kind: str  # photo, document, sticker, voice
    path: str
    size: tuple[int, int] = (0, 0)

    def json(self) -> Json:
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


@dataclass(slots=True)
class Person:
    """Somebody the page lets one be."""

    id: int
    name: str
    role: str = ""
    note: str = ""
    group: str = ""


@dataclass(slots=True)
class Hooks:
    """What the page may ask of whoever runs the sandbox: the time, what comes next, to move there, and to bring roles
    and notes of its people up to date."""

    now: Callable[[], datetime]
    next_event: Callable[[], Awaitable[tuple[datetime, str] | None]]
    move_to: Callable[[datetime], Awaitable[None]]
    recast: Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Cast:
    """What the page shows beside the chats: the unit, who may be played, its own words by language; its clock."""

    org: str
    people: Sequence[Person]
    texts: Mapping[str, Mapping[str, str]]
    hooks: Hooks | None


class Button(NamedTuple):
    text: str
    data: str | None
    url: str | None


class Document(NamedTuple):
    name: str
    data: bytes


@dataclass(slots=True)
class SentMessage:
    """One message of a chat, by whomever, as it stands now."""

    id: int
    chat_id: int
    sender: User
    date: datetime
    text: str | None = None
    caption: str | None = None
    html: str = ""  # text or caption as the bot sent it
    entities: list[Json] = field(default_factory=list)
    markup: Json | None = None  # inline keyboard only
    had_keyboard: bool = False  # sent with a reply keyboard: Telegram lets nobody edit such a message
    reply_keyboard: list[list[str]] | None = None
    file: StoredFile | None = None
    other: Json = field(default_factory=dict)  # content of other kinds, and service messages
    reply_to: int | None = None
    forward: Json | None = None
    group: str | None = None  # album
    edited: int = 0
    edit_date: datetime | None = None
    deleted: bool = False
    sequence: int = 0

    @property
    def from_bot(self) -> bool:
        return self.sender.is_bot

    @property
    def buttons(self) -> list[list[Button]]:
        rows = self.markup["inline_keyboard"] if self.markup else []
        return [[Button(b["text"], b.get("callback_data"), b.get("url")) for b in row] for row in rows]

    @property
    def photo(self) -> bytes | None:
        return self.file.data if self.file and self.file.kind == "photo" else None

    @property
    def document(self) -> Document | None:
        return Document(self.file.name, self.file.data) if self.file and self.file.kind == "document" else None

    @property
    def said(self) -> str:
        """Text or caption, whichever there is."""
        return self.text if self.text is not None else self.caption or ""

    def contents(self) -> Json:
        """What a copy of it is made of."""
        return {
            "text": self.text,
            "caption": self.caption,
            "html": self.html,
            "entities": self.entities,
            "file": self.file,
            "other": dict(self.other),
        }

    def origin(self) -> Json:
        """Where a forward of it says it comes from."""
        if self.forward is not None:
            return self.forward
        return {"type": "user", "sender_user": self.sender.json(), "date": int(self.date.timestamp())}

    def content(self) -> Json:
        """The part of the Bot API shape that says what the message is."""
        shape: Json = dict(self.other)
        if self.text is not None:
            shape["text"] = self.text
        if self.caption is not None:
            shape["caption"] = self.caption
        if self.entities:
            shape["entities" if self.text is not None else "caption_entities"] = self.entities
        if self.file is not None:
            shape[self.file.kind] = file_json(self.file)
        return shape


@dataclass(slots=True)
class Chat:
    id: int
    kind: str  # private, group, supergroup
    title: str = ""
    members: dict[int, str] = field(default_factory=dict)  # user id -> status
    messages: dict[int, SentMessage] = field(default_factory=dict)
    bot_status: str = "member"
    migrated_to: int | None = None
    pinned: list[int] = field(default_factory=list)
    reply_keyboard: list[list[str]] | None = None
    placeholder: str | None = None
    numbers: Iterator[int] | None = None  # a supergroup counts its messages by itself


def chat_json(chat: Chat, person: User | None) -> Json:
    if chat.kind != "private":
        return {"id": chat.id, "type": chat.kind, "title": chat.title}
    shape: Json = {"id": chat.id, "type": "private"}
    if person is not None:
        shape["first_name"] = person.first_name
        for key in ("last_name", "username"):
            if getattr(person, key):
                shape[key] = getattr(person, key)
    return shape


def file_json(file: StoredFile) -> Json | list[Json]:
    if file.kind == "photo":
        width, height = file.size
        small = {**file.json(), "width": max(1, width // 4), "height": max(1, height // 4)}
        return [small, {**file.json(), "width": width, "height": height}]
    shape = file.json()
    if file.kind == "document":
        shape |= {"file_name": file.name, "mime_type": file.mime}
    elif file.kind == "voice":
        shape |= {"duration": 3, "mime_type": file.mime}
    elif file.kind == "sticker":
        shape |= {
            "type": "regular",
            "width": 512,
            "height": 512,
            "emoji": file.name,
            "is_animated": False,
            "is_video": False,
        }
    return shape


def image_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF, WebP or JPEG, or None for what is no picture."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return struct.unpack(">II", data[16:24])
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        return struct.unpack("<HH", data[6:10])
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return 512, 512
    if data[:2] == b"\xff\xd8":
        return _jpeg_size(data)
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
