"""An intake with somebody behind it who writes down what he is given, and a Telegram without a network before it."""

import asyncio
import contextlib
import datetime as dt
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.dialogs import Dialog
from bot.intake import Intake
from bot.telegram import Telegram, Unreadable
from bot.views.parts import File
from storage import inbox
from storage.engine import Database, Tx, Unavailable

ZONE = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 10, 14, 10, 0, tzinfo=ZONE)


def message(number: int, chat: int = 1, text: str = "hello", at: int | None = None) -> dict[str, Any]:
    """One a minute, unless it is said when."""
    at = abs(number) * 60 if at is None else at
    person = {"id": chat, "is_bot": False, "first_name": "张"}
    content = {"message_id": number, "date": at, "chat": {"id": chat, "type": "private"}, "from": person, "text": text}
    return {"update_id": number, "message": content}


def press(number: int, chat: int = 1) -> dict[str, Any]:
    return {"update_id": number, "callback_query": {"id": str(number), "from": {"id": chat}, "data": "x"}}


class Door(Telegram):
    """getUpdates as Telegram does it, without a network. `trouble` is raised first, `spoiled` ones are unreadable."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:1", "1:x", 1_000_000)
        self.queue: list[Any] = []
        self.trouble: list[Exception] = []
        self.spoiled: set[int] = set()
        self.answered: list[str] = []
        self.asked: list[dict[str, Any]] = []
        self.news = asyncio.Event()

    def push(self, *updates: Any) -> None:
        self.queue += updates
        self.news.set()

    async def call(self, method: str, params: dict[str, Any], files: dict[str, File] | None = None) -> Any:
        if method == "answerCallbackQuery":
            self.answered.append(params["callback_query_id"])
            return True
        self.asked.append(params)
        await asyncio.sleep(0)
        if self.trouble:
            raise self.trouble.pop(0)
        offset = params.get("offset", 0)
        assert offset >= 0, "a negative offset throws away what nobody has seen"
        if offset:
            confirmed = [
                at for at, u in enumerate(self.queue) if isinstance(u, dict) and u.get("update_id") == offset - 1
            ]
            if confirmed:
                self.queue = self.queue[confirmed[0] + 1 :]
        batch = self.queue[: params["limit"]]
        if self.spoiled & {u.get("update_id") for u in batch if isinstance(u, dict)}:
            raise Unreadable('{"ok":true,"result":' + json.dumps(batch, ensure_ascii=False) + "[" * 2000)
        if not batch:
            self.news.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.news.wait(), 0.05)
        return batch


class Desk:
    """An intake with somebody behind it who writes down what he is given."""

    def __init__(self, db: Database) -> None:
        self.db, self.door, self.clock = db, Door(), Clock(ZONE, NOW)
        self.handled: list[dict[str, Any]] = []
        self.failures: list[tuple[int, Exception]] = []
        self.consoled: list[dict[str, Any]] = []
        self.braked: list[dict[str, Any]] = []
        self.conflicts = 0
        self.break_on: dict[int, list[Exception]] = defaultdict(list)  # update_id: what its next handlings raise
        self.gate = asyncio.Event()
        self.gate.set()
        self.intake = self.new_intake()

    def new_intake(self) -> Intake:
        intake = Intake(
            self.db, self.door, self.clock, self._handle, self._failed, self._too_fast, self._conflict, self._sorry
        )
        intake.pause = 0.001
        return intake

    async def _handle(self, body: dict[str, Any], inbox_id: int, fresh: bool) -> Dialog | None:
        await self.gate.wait()
        if planned := self.break_on[body["update_id"]]:
            raise planned.pop(0)
        self.handled.append(body)
        return None

    async def _failed(self, body: dict[str, Any], inbox_id: int, error: Exception) -> None:
        self.failures.append((body["update_id"], error))

    async def _too_fast(self, body: dict[str, Any]) -> None:
        self.braked.append(body)

    async def _sorry(self, body: dict[str, Any]) -> None:
        self.consoled.append(body)

    async def _conflict(self) -> None:
        self.conflicts += 1

    @property
    def numbers(self) -> list[int]:
        return [body["update_id"] for body in self.handled]

    async def until(self, count: int, seconds: float = 60) -> None:
        """Until so many have been handled, braked or parked, and all of it is written."""
        async with asyncio.timeout(seconds):
            while len(self.handled) + len(self.failures) < count or "pending" in await self.states():
                await asyncio.sleep(0.001)

    async def states(self) -> dict[str, int]:
        async with self.db.read() as tx:
            return await inbox.count_by_state(tx)

    @contextlib.asynccontextmanager
    async def at_work(self, *, polling: bool = False, drain: float = 1) -> AsyncIterator[None]:
        try:
            async with asyncio.TaskGroup() as tasks:
                await self.intake.start(tasks)
                poll = tasks.create_task(self.intake.poll()) if polling else None
                try:
                    yield
                finally:
                    if poll is not None:
                        poll.cancel()
                    await self.intake.drain(drain)
                raise Drained
        except* Drained:
            pass


class Drained(Exception):
    """Ends what the app ends too when all has been done for a stop."""


class Closed:
    """A database that takes nothing for a while."""

    def __init__(self, db: Database, times: int) -> None:
        self.db, self.times = db, times
        self.dialect, self.writer, self.read = db.dialect, db.writer, db.read

    def write(self) -> Any:
        if self.times > 0:
            self.times -= 1
            raise Unavailable("away")
        return self.db.write()


class Late:
    """A database whose commits are heard of long after."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.dialect, self.writer, self.read = db.dialect, db.writer, db.read

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        async with self.db.write() as tx:
            yield tx
        await asyncio.sleep(0.2)
