"""The way in: every raw update is stored before it is acknowledged, then handled from the store, each chat in order."""

import asyncio
import hmac
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from aiohttp import web

from bot.clock import Clock, instant
from bot.dialogs import Dialog, keep
from bot.telegram import ApiError, Lost, Telegram, Unreached
from storage import inbox
from storage.engine import Database, Unavailable

log = logging.getLogger("intake")

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
POLL_SECONDS = 25
IN_MEMORY = 2_000  # updates waiting in memory; the rest waits in the database (and with Telegram)
AT_ONCE = 64  # chats handled side by side
TRIES = 3
BODY_LIMIT = 4 * 1024 * 1024

Handle = Callable[[dict[str, Any], int], Awaitable[Dialog | None]]
Failed = Callable[[dict[str, Any], int, Exception], Awaitable[None]]


class Malformed(Exception):
    """An update that does not have the shape of one: it is parked at once, trying again would change nothing."""


class Update:
    __slots__ = ("body", "chat_id", "id", "tries")

    def __init__(self, id: int, chat_id: int, body: dict[str, Any], tries: int = 0) -> None:
        self.id, self.chat_id, self.body, self.tries = id, chat_id, body, tries


class Intake:
    """`handle` answers one update and gives the dialogue it changed; `failed` tells people that one was parked."""

    def __init__(self, db: Database, telegram: Telegram, clock: Clock, handle: Handle, failed: Failed) -> None:
        self._db, self._telegram, self._clock = db, telegram, clock
        self._handle, self._failed = handle, failed
        self._tasks: asyncio.TaskGroup | None = None
        self._chats: dict[int, deque[Update]] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self._last_loaded = 0
        self._more_in_store = False
        self._room = asyncio.Event()
        self._finished: list[int] = []
        self._stopping = False
        self.handled = 0

    async def start(self, tasks: asyncio.TaskGroup) -> None:
        """Take up what an earlier run left."""
        self._tasks = tasks
        self._room.set()
        await self._load()

    @property
    def idle(self) -> bool:
        """Nothing that was taken in waits to be handled."""
        return not self._chats

    # storing

    async def store(self, bodies: Iterable[dict[str, Any]]) -> None:
        """Keep updates in one commit, then let them be handled. Raises Unavailable: nothing is kept then."""
        at = instant(self._clock.now())
        fresh = []
        async with self._db.write() as tx:
            for raw in bodies:
                body = raw
                text = json.dumps(body)
                if "\\u0000" in text or "\\ud" in text:
                    body = clean(body)
                    text = json.dumps(body)
                chat_id = chat_of(body)
                stored = await inbox.insert(tx, int(body["update_id"]), chat_id, text, at)
                if stored is not None:
                    fresh.append(Update(stored, chat_id, body))
        for update in fresh:
            if self._more_in_store or self._waiting >= IN_MEMORY:
                self._more_in_store = True  # order: what is stored now comes after what waits there
                continue
            self._take(update)

    def _take(self, update: Update) -> None:
        self._last_loaded = max(self._last_loaded, update.id)
        self._waiting += 1
        if self._waiting >= IN_MEMORY:
            self._room.clear()
        queue = self._chats.get(update.chat_id)
        if queue is not None:
            queue.append(update)
            return
        self._chats[update.chat_id] = deque([update])
        assert self._tasks is not None
        self._tasks.create_task(self._serve(update.chat_id))

    async def _load(self) -> None:
        async with self._db.read() as tx:
            rows = await inbox.list_waiting(tx, self._last_loaded, IN_MEMORY)
        self._more_in_store = len(rows) == IN_MEMORY
        for number, chat_id, body, tries in rows:
            self._take(Update(number, chat_id, json.loads(body), tries))

    # handling

    async def _serve(self, chat_id: int) -> None:
        """One chat in order, until nothing of it waits."""
        queue = self._chats[chat_id]
        while queue and not self._stopping:
            async with self._slots:
                done = await self._serve_one(queue[0])
            if not done:
                continue
            queue.popleft()
            self._waiting -= 1
            if self._waiting < IN_MEMORY // 2:
                self._room.set()
                if self._more_in_store:
                    self._more_in_store = False
                    await self._load()
        del self._chats[chat_id]

    async def _serve_one(self, update: Update) -> bool:
        """True when the update is done with: handled, or parked after its last try."""
        try:
            dialog = await self._handle(update.body, update.id)
            await self._finish(update, dialog)
            return True
        except Unavailable as problem:
            log.warning("the database is not available, update %s waits: %s", update.id, problem)
            await asyncio.sleep(1)
            return False
        except Exception as error:  # noqa: BLE001 - the error boundary: one update must not stop the others
            return await self._count_failure(update, error)

    async def _count_failure(self, update: Update, error: Exception) -> bool:
        update.tries = TRIES if isinstance(error, Malformed) else update.tries + 1
        log.error("update %s failed, try %s of %s", update.id, update.tries, TRIES, exc_info=error)
        async with self._db.write() as tx:
            await inbox.count_try(tx, update.id)
            if update.tries >= TRIES:
                await inbox.park(tx, update.id)
        if update.tries < TRIES:
            return False
        try:
            await self._failed(update.body, update.id, error)
        except Exception as second:
            log.error("nobody could be told that update %s is parked", update.id, exc_info=second)
        return True

    async def _finish(self, update: Update, dialog: Dialog | None) -> None:
        """Mark it done. With a changed dialogue at once and in one commit; else together with the next ones."""
        self.handled += 1
        self._finished.append(update.id)
        if dialog is not None and dialog.changed:
            await self._flush(dialog)
        elif len(self._finished) == 1:
            assert self._tasks is not None
            self._tasks.create_task(self._flush_soon())

    async def _flush_soon(self) -> None:
        await asyncio.sleep(0.02)
        await self._flush_or_not()

    async def _flush_or_not(self) -> None:
        try:
            await self._flush(None)
        except Unavailable as problem:
            log.warning("handled updates could not be marked, they will be handled again: %s", problem)

    async def _flush(self, dialog: Dialog | None) -> None:
        finished, self._finished = self._finished, []
        if not finished and dialog is None:
            return
        async with self._db.write() as tx:
            await inbox.finish(tx, finished)
            if dialog is not None:
                await keep(tx, dialog, self._clock.now())

    async def drain(self, seconds: float) -> None:
        """Stop taking, let what is being handled end; what waits stays stored for the next start."""
        self._stopping = True
        deadline = asyncio.get_running_loop().time() + seconds
        while self._chats and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.02)
        await self._flush_or_not()

    # the two doors

    async def poll(self) -> None:
        """Long polling: an offset is sent only for what has been stored."""
        offset: int | None = None
        trouble = 0
        while not self._stopping:
            await self._room.wait()
            params: dict[str, Any] = {"timeout": POLL_SECONDS, "limit": 100, "allowed_updates": ALLOWED_UPDATES}
            if offset is not None:
                params["offset"] = offset
            try:
                updates = await self._telegram.call("getUpdates", params)
                await self.store(_sound(updates))
                trouble = 0
            except (ApiError, Unreached, Lost, Unavailable) as problem:
                trouble += 1
                if trouble in (1, 10) or trouble % 60 == 0:
                    log.warning("no updates can be fetched (%s times now): %s", trouble, problem)
                await asyncio.sleep(_patience(problem, trouble))
                continue
            # Numbers may start again lower after a quiet week, so no offset is kept longer than it takes to confirm.
            offset = max((int(u["update_id"]) for u in updates if _numbered(u)), default=-1) + 1 or None
            for update in updates:
                self._answer_press(update)

    def _answer_press(self, update: dict[str, Any]) -> None:
        query = update.get("callback_query") if isinstance(update, dict) else None
        if isinstance(query, dict) and isinstance(query.get("id"), str):
            assert self._tasks is not None
            self._tasks.create_task(self._telegram.answer_callback(query["id"]))

    def webhook(self, secret: str) -> Callable[[web.Request], Awaitable[web.Response]]:
        """The webhook's request handler: secret, commit, then 200 with the answer to a button press in its body."""
        expected = secret.encode()

        async def receive(request: web.Request) -> web.Response:
            given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "").encode("utf-8", "surrogateescape")
            if not hmac.compare_digest(given, expected):
                return web.Response(status=401)
            try:
                body = json.loads(await request.read())
            except (ValueError, RecursionError):
                log.error("the webhook got something that is no JSON; it cannot be kept as an update")
                return web.Response()
            try:
                await self.store(_sound([body]))
            except Unavailable as problem:
                log.warning("an update could not be stored, Telegram will send it again: %s", problem)
                return web.Response(status=503, headers={"Retry-After": "2"})
            query = body.get("callback_query") if isinstance(body, dict) else None
            if isinstance(query, dict) and isinstance(query.get("id"), str):
                # Nothing is counted on this call, so it may ride in the reply, where its result is not told.
                answer = {"method": "answerCallbackQuery", "callback_query_id": query["id"]}
                return web.Response(body=json.dumps(answer).encode(), content_type="application/json")
            return web.Response()

        return receive


def _numbered(body: Any) -> bool:
    return isinstance(body, dict) and _is_id(body.get("update_id"))


def _is_id(value: object) -> bool:
    """A number that a column can hold."""
    return isinstance(value, int) and -(2**63) <= value < 2**63


def clean(value: Any) -> Any:
    """Without NUL and lone surrogates, which neither database takes."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): clean(item) for key, item in value.items()}
    return value


def _sound(bodies: Iterable[Any]) -> list[dict[str, Any]]:
    """Those that can be stored at all: an object with a number. Anything else is no update and is only logged."""
    sound = []
    for body in bodies:
        if _numbered(body):
            sound.append(body)
        else:
            log.error("an update without a number was dropped: %s", type(body).__name__)
    return sound


def _patience(problem: Exception, trouble: int) -> float:
    if isinstance(problem, ApiError) and problem.code == 429:
        return float(problem.parameters.get("retry_after", 5))
    if isinstance(problem, ApiError) and problem.code in (401, 404):
        return 30.0
    if isinstance(problem, ApiError) and problem.code == 409:
        return 3.0
    return float(min(2 ** min(trouble - 1, 5) * 0.5, 15.0))


def chat_of(body: dict[str, Any]) -> int:
    """The chat whose order an update belongs to; 0 for a shape we do not know."""
    for kind in ("message", "edited_message", "my_chat_member"):
        chat = body.get(kind, {}).get("chat") if isinstance(body.get(kind), dict) else None
        if isinstance(chat, dict) and _is_id(chat.get("id")):
            return int(chat["id"])
    query = body.get("callback_query")
    if isinstance(query, dict):
        message = query.get("message")
        source = message.get("chat") if isinstance(message, dict) else query.get("from")
        if isinstance(source, dict) and _is_id(source.get("id")):
            return int(source["id"])
    return 0
