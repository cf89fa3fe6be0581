"""The web chat: static files and the JSON its script asks for, on loopback only."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.asked import (
    HEADERS,
    TEXT_MOST,
    Refusal,
    body_of,
    guarded,
    integer,
    json_answer,
    pieces,
    text_of,
)
from bot.sandbox.objects import Cast, Chat, Json, image_size
from bot.sandbox.shown import Shown
from bot.sandbox.state import Event
from bot.sandbox.text import utf16
from bot.sandbox.world import World

FOLDER = Path(__file__).with_name("page")
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
SCREENFUL = 100  # messages of a chat at a time
MINUTES_MOST = 31 * 24 * 60
BACKLOG = 2000  # events a page may lag behind before it has to begin anew
PULSE = 15.0
PICTURES = {b"\x89P": "image/png", b"GI": "image/gif", b"RI": "image/webp", b"\xff\xd8": "image/jpeg"}


def mount(app: web.Application, world: World, cast: Cast) -> None:
    """Add the page's routes."""
    page = Page(world, cast)
    app.router.add_get("/", guarded(page.index))
    app.router.add_get("/page/static/{name}", guarded(page.static))
    app.router.add_get("/page/file/{path:.+}", guarded(page.file))
    app.router.add_get("/page/events", guarded(page.events))
    for name in ("people", "chats", "chat", "clock", "texts"):
        app.router.add_get(f"/page/{name}", guarded(json_answer(getattr(page, f"get_{name}"))))
    for name in ("say", "press", "edit", "read", "odd", "member", "clock", "upload"):
        app.router.add_post(f"/page/{name}", guarded(json_answer(getattr(page, f"post_{name}"))))
    app.on_shutdown.append(page.close)


class Page:
    def __init__(self, world: World, cast: Cast) -> None:
        self.world, self.cast = world, cast
        self.streams: set[asyncio.Queue[Json | None]] = set()
        self.moving = asyncio.Lock()

    async def close(self, app: web.Application) -> None:
        for stream in self.streams:
            stream.put_nowait(None)

    def now(self) -> datetime:
        return self.cast.hooks.now() if self.cast.hooks else self.world.clock()

    def shown(self) -> Shown:
        return Shown(self.world, self.cast.people, self.now().tzinfo)

    # Files

    async def index(self, request: web.Request) -> web.StreamResponse:
        return _static("index.html")

    async def static(self, request: web.Request) -> web.StreamResponse:
        return _static(request.match_info["name"])

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A picture to look at; everything else only to save, never to run here."""
        file = self.world.paths.get(request.match_info["path"])
        if file is None:
            return web.Response(status=404, text="no such file")
        if file.kind == "photo" and (kind := PICTURES.get(file.data[:2])):
            return web.Response(body=file.data, content_type=kind)
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"}
        return web.Response(body=file.data, content_type="application/octet-stream", headers=headers)

    # What there is

    async def get_people(self, request: web.Request) -> Json:
        if self.cast.hooks:
            await self.cast.hooks.recast()
        shown = self.shown()
        bot = shown.bot(request.query.get("lang", ""))
        return {"org": self.cast.org, "bot": bot, "people": shown.everybody()}

    async def get_texts(self, request: web.Request) -> Json:
        return dict(self.cast.texts.get(request.query.get("lang", ""), {}))

    async def get_chats(self, request: web.Request) -> list[Json]:
        return self.shown().chats(self._person(request.query))

    async def get_chat(self, request: web.Request) -> Json:
        """The end of a chat, or what stands before a message; looking at the end marks it read."""
        person, chat = self._place(request.query)
        before = integer(request.query, "before", 0)
        shown = self.shown()
        there = [m for m in chat.messages.values() if not m.deleted and (not before or m.id < before)]
        if not before:
            self.world.read(person, chat.id)
        return {
            "messages": [shown.message(message) for message in there[-SCREENFUL:]],
            "more": len(there) > SCREENFUL,
            "keyboard": shown.keyboard(chat),
            "commands": self.world.commands_for(person, chat.id),
            "bot_here": shown.bot_is_here(chat),
        }

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events, one stream a page; a page that lags too far behind has to begin anew."""
        try:
            person = self._person(request.query)
        except Refusal as refusal:
            return web.Response(status=refusal.status, text=refusal.code)
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        stream: asyncio.Queue[Json | None] = asyncio.Queue()
        stop = self.world.subscribe(lambda event: self._tell(stream, person, event))
        self.streams.add(stream)
        try:
            with suppress(ConnectionResetError):
                await _pour(response, stream)
        finally:
            self.streams.discard(stream)
            stop()
        return response

    def _tell(self, stream: asyncio.Queue[Json | None], person: int, event: Event) -> None:
        for shape in self.shown().event(person, event):
            stream.put_nowait(shape if stream.qsize() < BACKLOG else None)

    # What a person does

    async def post_say(self, request: web.Request) -> Json:
        body = await body_of(request)
        person, chat = self._place(body)
        parts = pieces(text_of(body))
        answer_to = integer(body, "reply_to", 0) or None
        for part in parts:
            message = self.world.say(person, part, chat.id, reply_to=answer_to)
        return {"id": message.id}

    async def post_edit(self, request: web.Request) -> Json:
        body = await body_of(request)
        person, chat = self._place(body)
        text, number = text_of(body), integer(body, "message_id")
        if utf16(text) > TEXT_MOST:
            raise Refusal("too-long")
        if chat.messages[number].deleted:
            raise Refusal("gone", 409)
        if text != chat.messages[number].said:
            self.world.edit(person, number, text, chat.id)
        return {"id": number}

    async def post_press(self, request: web.Request) -> Json:
        body = await body_of(request)
        person, chat = self._place(body)
        number, row, column = (integer(body, name) for name in ("message_id", "row", "col"))
        message = chat.messages[number]
        if message.deleted or min(row, column) < 0:
            raise Refusal("gone", 409)
        button = message.buttons[row][column]
        if button.data is None:
            raise Refusal("bad-request")
        update = self.world.press_raw(person, number, button.data, chat.id)
        return {"query_id": update["callback_query"]["id"]}

    async def post_read(self, request: web.Request) -> Json:
        person, chat = self._place(await body_of(request))
        self.world.read(person, chat.id)
        return {}

    async def post_upload(self, request: web.Request) -> Json:
        if request.content_type != "multipart/form-data":
            raise Refusal("bad-request")
        person, chat = self._place(request.query)
        caption = request.query.get("caption") or None
        if caption and utf16(caption) > 1024:
            raise Refusal("too-long")
        form = await request.post()
        field = form.get("file")
        if not isinstance(field, web.FileField):
            raise Refusal("bad-request")
        with field.file as source:
            data = source.read()
        if not data:
            raise Refusal("empty-file")
        if request.query.get("kind") == "photo":
            if image_size(data) is None:
                raise Refusal("not-a-picture")
            return {"id": self.world.send_photo(person, data, caption, chat.id).id}
        name = Path(field.filename.replace("\\", "/")).name or "file"
        return {"id": self.world.send_document(person, name, data, None, caption, chat.id).id}

    async def post_odd(self, request: web.Request) -> Json:
        """A sample of what people also send: the bot has to have an answer."""
        body = await body_of(request)
        person, chat = self._place(body)
        world = self.world
        samples: dict[str, Callable[[], Any]] = {
            "sticker": lambda: world.send_sticker(person, chat_id=chat.id),
            "voice": lambda: world.send_voice(person, chat_id=chat.id),
            "contact": lambda: world.send_contact(person, "+8613800000000", person, chat_id=chat.id),
            "location": lambda: world.send_location(person, 39.9042, 116.4074, chat_id=chat.id),
        }
        send = samples.get(str(body.get("kind")))
        if send is None:
            raise Refusal("bad-request")
        return {"id": send().id}

    async def post_member(self, request: web.Request) -> Json:
        """Take the bot into a group or out of it; in the private chat, stop it or let it write again."""
        body = await body_of(request)
        person, chat = self._place(body)
        here = body.get("here") is True
        if here != self.shown().bot_is_here(chat):
            if chat.kind == "private":
                (self.world.unblock if here else self.world.block)(person)
            else:
                (self.world.add_bot_to_group if here else self.world.remove_bot_from_group)(chat.id, person)
        return {"bot_here": here}

    # The demo's clock

    async def get_clock(self, request: web.Request) -> Json:
        hooks = self.cast.hooks
        coming = await hooks.next_event() if hooks else None
        following = {"at": self.shown().time(coming[0]), "title": coming[1]} if coming else None
        now = self.shown().time(self.now())
        return {"now": now, "next": following, "speed": 1, "movable": hooks is not None}

    async def post_clock(self, request: web.Request) -> Json:
        body, hooks = await body_of(request), self.cast.hooks
        if hooks is None:
            raise Refusal("clock-fixed", 409)
        async with self.moving:
            if body.get("to") == "next":
                coming = await hooks.next_event()
                if coming is None:
                    raise Refusal("nothing-scheduled", 409)
                target = coming[0]
            else:
                minutes = integer(body, "minutes")
                if not 1 <= minutes <= MINUTES_MOST:
                    raise Refusal("bad-request")
                target = hooks.now() + timedelta(minutes=minutes)
            await hooks.move_to(target)
        self.world.happened("clock", 0)
        return await self.get_clock(request)

    # Who and where

    def _person(self, given: Any) -> int:
        number = integer(given, "as")
        if all(person.id != number for person in self.cast.people) or number not in self.world.users:
            raise Refusal("no-such-person", 404)
        return number

    def _place(self, given: Any) -> tuple[int, Chat]:
        person, number = self._person(given), integer(given, "chat")
        for chat in self.world.chats_of(person):
            if chat.id == number:
                return person, chat
        raise Refusal("no-such-chat", 404)


def _static(name: str) -> web.StreamResponse:
    path = FOLDER / name
    if path.suffix not in TYPES or path.parent != FOLDER or not path.is_file():
        return web.Response(status=404, text="no such file")
    return web.Response(body=path.read_bytes(), content_type=TYPES[path.suffix], charset="utf-8")


async def _pour(response: web.StreamResponse, stream: asyncio.Queue[Json | None]) -> None:
    await response.write(b"retry: 1000\n\n")
    while True:
        try:
            shape = await asyncio.wait_for(stream.get(), PULSE)
        except TimeoutError:
            await response.write(b": still here\n\n")
            continue
        if shape is None:
            return
        await response.write(f"data: {json.dumps(shape, ensure_ascii=True)}\n\n".encode())
