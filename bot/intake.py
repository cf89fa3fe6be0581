"""The way in: every raw update is stored before it is acknowledged, then handled from the store, each chat in order."""

import asyncio
import contextlib
import datetime as dt
import hmac
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any

import orjson
from aiohttp import web

from bot.apology import Apology, Sorry
from bot.brake import Brake, Verdict
from bot.clock import Clock, instant
from bot.dialogs import Dialog, keep
from bot.raw import UNREADABLE, Malformed, chat_of, read, salvage, sound_ones, storable
from bot.telegram import ApiError, Lost, Telegram, Unreached, Unreadable
from storage import inbox
from storage.engine import Database, Unavailable

log = logging.getLogger("intake")

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
POLL_SECONDS = 25
IN_MEMORY = 2_000  # updates waiting in memory; the rest waits in the database (and with Telegram)
AT_ONCE = 64  # chats handled side by side
TRIES = 3
SPOILED = 3  # so often an update may come unreadable before it is set aside
BODY_LIMIT = 4 * 1024 * 1024
KEPT = dt.timedelta(days=6)  # Telegram repeats nothing after a day, and begins new numbers after a quiet week

Handle = Callable[[dict[str, Any], int, bool], Awaitable[Dialog | None]]
Failed = Callable[[dict[str, Any], int, Exception], Awaitable[None]]
TooFast = Callable[[dict[str, Any]], Awaitable[None]]
Conflict = Callable[[], Awaitable[None]]


class Deadly(Exception):
    """Each time this update was handled, the process died."""


class Update:
    __slots__ = ("body", "chat_id", "fresh", "id", "too_fast", "tries")

    def __init__(self, id: int, chat_id: int, body: dict[str, Any], *, fresh: bool, tries: int = 0) -> None:
        self.id, self.chat_id, self.body, self.tries = id, chat_id, body, tries
        self.fresh = fresh  # never handled before, so nothing can have come of it
        self.too_fast = False


class Intake:
    """`handle` answers one update (told whether this is its first try) and gives the dialogue it changed; `failed`
    tells people that one was parked, `too_fast` a person that he is not heard any more, `conflict` the operators that
    somebody else fetches updates, `sorry` a person that he waits for the database."""

    def __init__(
        self,
        db: Database,
        telegram: Telegram,
        clock: Clock,
        handle: Handle,
        failed: Failed,
        too_fast: TooFast,
        conflict: Conflict,
        sorry: Sorry,
    ) -> None:
        self._db, self._telegram, self._clock = db, telegram, clock
        self._handle, self._failed, self._too_fast, self._conflict = handle, failed, too_fast, conflict
        self._brake, self._apology = Brake(), Apology(sorry)
        self.members = self._brake.members  # a flood of strangers does not keep them waiting
        self._tasks: asyncio.TaskGroup | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._chats: dict[int, deque[Update]] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self._last_loaded = 0
        self._more_in_store = False
        self._room = asyncio.Event()
        self._finished: list[int] = []
        self._flush_planned = False
        self._flushing = 0
        self._stopping = False
        self._reloaded: set[int] = set()  # they waited in the store: a try is counted before it is made
        self._counted: set[int] = set()
        self._alone = asyncio.Lock()  # the turn of those of which the process may have died
        self.handled = 0
        self.pause = 1.0  # seconds before an update is tried again
        self.together = 0.02  # seconds for which the handled ones wait to be marked in one commit

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
        """Keep updates in one commit, then let them be handled. Raises Unavailable: nothing is kept then.

        A flood is stored and marked done without being handled: that is decided here, before it can have had an effect.
        """
        now = self._clock.now()
        fresh = []
        async with self._db.write() as tx:
            for raw in bodies:
                body, text = storable(raw)
                chat_id = chat_of(body)
                stored = await inbox.insert(tx, int(body["update_id"]), chat_id, text, instant(now))
                if stored is not None:
                    fresh.append(Update(stored, chat_id, body, fresh=True))
        for update in fresh:
            verdict = self._brake.judge(update.body, now.timestamp())
            if verdict is Verdict.DROP:
                await self._finish(update, None)
                continue
            update.too_fast = verdict is Verdict.TELL
            if self._more_in_store or self._waiting >= IN_MEMORY:
                self._more_in_store = True  # order: what is stored now comes after what waits there
                continue
            self._take(update)

    def _take(self, update: Update) -> None:
        if self._stopping:
            return  # it is stored: the next start takes it up
        self._last_loaded = max(self._last_loaded, update.id)
        self._waiting += 1
        if self._waiting >= IN_MEMORY:
            self._room.clear()
        queue = self._chats.get(update.chat_id)
        if queue is not None:
            queue.append(update)
            return
        self._chats[update.chat_id] = deque([update])
        self._begin(self._serve(update.chat_id))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        assert self._tasks is not None
        task = self._tasks.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _load(self) -> None:
        async with self._db.read() as tx:
            rows = await inbox.list_waiting(tx, self._last_loaded, IN_MEMORY)
        self._more_in_store = len(rows) == IN_MEMORY
        self._reloaded.update(row[0] for row in rows)
        for number, chat_id, body, tries in rows:
            self._take(Update(number, chat_id, json.loads(body), fresh=False, tries=tries))

    # handling

    async def _serve(self, chat_id: int) -> None:
        """One chat in order, until nothing of it waits."""
        queue, since = self._chats[chat_id], asyncio.get_running_loop().time()
        while queue and not self._stopping:
            async with self._alone if queue[0].tries and queue[0].id in self._reloaded else self._slots:
                done = await self._serve_one(queue[0], since)
            if not done:
                await asyncio.sleep(self.pause)
                continue
            queue.popleft()
            self._waiting -= 1
            if self._waiting < IN_MEMORY // 2:
                self._room.set()
                await self._load_more()
        del self._chats[chat_id]

    async def _load_more(self) -> None:
        if not self._more_in_store:
            return
        self._more_in_store = False
        try:
            await self._load()
        except Unavailable as problem:
            self._more_in_store = True  # the next update that is done with asks again
            log.warning("what waits in the store cannot be read: %s", problem)

    async def _serve_one(self, update: Update, since: float) -> bool:
        """True when the update is done with: handled, or parked after its last try."""
        try:
            try:
                dialog = await self._answer(update)
                await self._finish(update, dialog)
                return True
            except Unavailable:
                raise
            except Exception as error:  # noqa: BLE001 - the error boundary: one update must not stop the others
                return await self._count_failure(update, error)
        except Unavailable as problem:
            log.warning("the database is not available, update %s waits: %s", update.id, problem)
            await self._apology.to([update.body], since)
            return False

    async def _answer(self, update: Update) -> Dialog | None:
        if UNREADABLE in update.body:
            raise Malformed("it cannot be read")
        if update.id in self._reloaded:
            await self._count_before(update)
        if update.too_fast:
            await self._too_fast(update.body)
            return None
        fresh, update.fresh = update.fresh, False
        return await self._handle(update.body, update.id, fresh)

    async def _count_before(self, update: Update) -> None:
        """The process may have died of it, and will again: then only what was counted before is known afterwards."""
        if update.tries >= TRIES:
            raise Deadly("each time it was handled the process died")
        self._counted.add(update.id)  # before: who is stopped meanwhile never learns whether it was written down
        try:
            async with self._db.write() as tx:
                await inbox.count_try(tx, update.id)
        except Unavailable:
            self._counted.discard(update.id)
            raise
        update.tries += 1
        self._reloaded.discard(update.id)

    async def _count_failure(self, update: Update, error: Exception) -> bool:
        given_up, counted = isinstance(error, Malformed | Deadly), update.id in self._counted
        self._counted.discard(update.id)
        update.tries = TRIES if given_up else update.tries + (not counted)
        log.error("update %s failed, try %s of %s", update.id, update.tries, TRIES, exc_info=error)
        async with self._db.write() as tx:
            if not counted:
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
        elif update.id in self._counted:
            await self._flush_soon()
        elif not self._flush_planned:
            assert self._tasks is not None
            self._flush_planned = True
            self._tasks.create_task(self._flush_soon())
        self._counted.discard(update.id)

    async def _flush_soon(self) -> None:
        wait = self.together
        while True:
            await asyncio.sleep(wait)
            self._flush_planned = False
            try:
                return await self._flush(None)
            except Unavailable as problem:
                log.warning("handled updates could not be marked, once more in a while: %s", problem)
            if self._stopping:
                return None
            self._flush_planned, wait = True, self.pause

    async def _flush(self, dialog: Dialog | None) -> None:
        finished, self._finished = self._finished, []
        if not finished and dialog is None:
            return
        self._flushing += 1
        try:
            async with self._db.write() as tx:
                await inbox.finish(tx, finished)
                if dialog is not None:
                    await keep(tx, dialog, self._clock.now())
            self._apology.over()
        except BaseException:
            self._finished = finished + self._finished
            raise
        finally:
            self._flushing -= 1

    async def forget(self, now: dt.datetime) -> None:
        """Drop what was handled long ago: an update that comes under an old number is a new one."""
        async with self._db.write() as tx:
            await inbox.purge(tx, instant(now - KEPT))

    async def drain(self, seconds: float) -> None:
        """Stop taking, let what is being handled end; what waits stays stored for the next start."""
        self._stopping = True
        deadline = asyncio.get_running_loop().time() + seconds
        while (self._chats or self._flushing) and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.02)
        for task in list(self._running):
            task.cancel()  # it waits for a Telegram that is away, or a database: handled again at the next start
        with contextlib.suppress(Unavailable):
            await self._flush(None)
            if self._counted:
                async with self._db.write() as tx:
                    await inbox.uncount_tries(tx, self._counted)  # a stop is no death

    # the two doors

    async def poll(self) -> None:
        """Long polling: an offset is sent only for what has been stored."""
        offset, limit = None, 100
        trouble, spoiled = 0, 0
        while not self._stopping:
            await self._room.wait()
            params: dict[str, Any] = {"timeout": POLL_SECONDS, "limit": limit, "allowed_updates": ALLOWED_UPDATES}
            if offset is not None:
                params["offset"] = offset
            try:
                try:
                    updates = await self._telegram.call("getUpdates", params)
                    spoiled = 0
                except Unreadable as answer:
                    # One of them cannot be read: fetched one by one the good ones pass and the bad one shows itself.
                    spoiled = spoiled + 1 if limit == 1 else 0
                    updates, limit = salvage(answer.text) if spoiled >= SPOILED else None, 1
                    if updates is None:
                        raise
                sound = sound_ones(updates)
                async with self._apology.unless_done(sound):
                    await self.store(sound)
            except (ApiError, Unreached, Lost, Unavailable) as problem:
                trouble += 1
                await self._explain(problem, trouble)
                await asyncio.sleep(_patience(problem, trouble))
                continue
            trouble, limit = 0, min(100, limit * 2)
            # Numbers may start again lower after a quiet week, so no offset is kept longer than it takes to confirm.
            # A negative one would throw away what has not been fetched.
            offset = max((update["update_id"] for update in sound), default=-1) + 1
            offset = offset if offset > 0 else None
            for update in sound:
                self._answer_press(update)
            if updates and not sound:
                await asyncio.sleep(self.pause)  # nothing of it can be confirmed: it comes again

    async def _explain(self, problem: Exception, trouble: int) -> None:
        if trouble in (1, 10) or trouble % 60 == 0:
            log.warning("no updates can be fetched (%s times now): %s", trouble, problem)
        if isinstance(problem, ApiError) and problem.code == 409:
            with contextlib.suppress(Unavailable):
                await self._conflict()

    def _answer_press(self, update: dict[str, Any]) -> None:
        query = update.get("callback_query")
        if isinstance(query, dict) and isinstance(query.get("id"), str) and not self._stopping:
            self._begin(self._telegram.answer_callback(query["id"]))

    def webhook(self, secret: str) -> Callable[[web.Request], Awaitable[web.Response]]:
        """The webhook's request handler: secret, commit, then 200 with the answer to a button press in its body."""
        expected = secret.encode()

        async def receive(request: web.Request) -> web.Response:
            given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "").encode("utf-8", "surrogateescape")
            if not hmac.compare_digest(given, expected):
                return web.Response(status=401)
            sound = sound_ones(read(await request.read()))
            try:
                async with self._apology.unless_done(sound):
                    await self.store(sound)
            except Unavailable as problem:
                log.warning("an update could not be stored, Telegram will send it again: %s", problem)
                return web.Response(status=503, headers={"Retry-After": "2"})
            query = sound[0].get("callback_query") if sound else None
            if isinstance(query, dict) and isinstance(query.get("id"), str):
                # Nothing is counted on this call, so it may ride in the reply, where its result is not told.
                answer = {"method": "answerCallbackQuery", "callback_query_id": query["id"]}
                return web.Response(body=orjson.dumps(answer), content_type="application/json")
            return web.Response()

        return receive


def _patience(problem: Exception, trouble: int) -> float:
    if isinstance(problem, ApiError) and problem.code == 429:
        return problem.retry_after
    if isinstance(problem, ApiError) and problem.code in (401, 404):
        return 30.0
    if isinstance(problem, ApiError) and problem.code == 409:
        return 3.0
    return float(min(2 ** min(trouble - 1, 5) * 0.5, 15.0))
