"""The outbox loop: claim, render, send, settle."""

import asyncio
import datetime as dt
import logging
import uuid
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.clock import Clock, instant
from bot.pace import Lane
from bot.telegram import Fate, Gone, Migrated, Rejected, Retry, Sent, Telegram, Unknown
from bot.views.parts import Outgoing
from storage import outbox
from storage.engine import Database, Unavailable
from storage.outbox import Claimed, End

log = logging.getLogger("sender")
T = TypeVar("T")

IN_FLIGHT = 25
LEASE = dt.timedelta(seconds=60)
TRIES = 8
LONGEST_WAIT = 6  # as a power of two: about a minute

# What to send where, or the reason why this person gets nothing (asked at the last moment: he may have left since).
Render = Callable[[Claimed, dt.datetime], Awaitable[tuple[int, Outgoing] | str]]
LostContact = Callable[[int], Awaitable[object]]
Arrived = Callable[[int, Outgoing], Awaitable[object]]  # what else a message brings along: the command menu


class Sender:
    def __init__(
        self,
        db: Database,
        telegram: Telegram,
        clock: Clock,
        render: Render,
        lost_contact: LostContact,
        arrived: Arrived,
    ) -> None:
        self._db, self._telegram, self._clock = db, telegram, clock
        self._render, self._lost_contact, self._arrived = render, lost_contact, arrived
        self._owner = uuid.uuid4().hex  # fresh at every start: an old name must not make old claims look alive
        self._free = asyncio.Semaphore(IN_FLIGHT)
        self._wanted = asyncio.Event()
        self._stopping = False
        self._flying, self._claiming = 0, False
        self.pause = 1.0  # seconds before the database is asked again

    async def recover(self) -> None:
        """Take over what an earlier process was sending when it died. Only for the one that owns the database."""
        async with self._db.write() as tx:
            await outbox.reclaim(tx, instant(self._clock.now()), self._owner, all_others=True)

    def wake(self) -> None:
        self._wanted.set()

    async def tick(self, now: dt.datetime) -> None:
        """Let go what is too late, take up lapsed leases, look whether something has become due."""
        async with self._db.read() as look:
            neglected = await outbox.is_neglected(look, instant(now), self._owner)
        if not neglected:
            self.wake()
            return
        async with self._db.write() as tx:
            await outbox.skip_late(tx, instant(now))
            await outbox.reclaim(tx, instant(now), self._owner, all_others=False)
        self.wake()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            while not self._stopping:
                await self._wanted.wait()
                self._wanted.clear()
                while not self._stopping and await self._send_some(tasks):
                    pass

    async def _send_some(self, tasks: asyncio.TaskGroup) -> bool:
        """Claim what there is room for and send it off; whether that was anything."""
        self._claiming = True
        try:
            claimed = await self._claim()
            for row in claimed:
                await self._free.acquire()
                self._flying += 1
                tasks.create_task(self._send(row))
            return bool(claimed)
        finally:
            self._claiming = False

    async def _claim(self) -> list[Claimed]:
        if not await self._telegram.welcome():
            return []
        room = IN_FLIGHT - self._flying
        if room <= 0:
            await self._free.acquire()
            self._free.release()
            room = max(1, IN_FLIGHT - self._flying)
        if self._stopping:
            return []
        now = self._clock.now()
        try:
            async with self._db.read() as look:
                if not await outbox.is_due(look, instant(now)):
                    return []  # most looks find nothing, and a look is cheaper than a commit
            async with self._db.write() as tx:
                return list(await outbox.claim(tx, self._owner, instant(now), instant(now + LEASE), room))
        except Unavailable as problem:
            log.warning("nothing can be claimed, the database is not available: %s", problem)
            await asyncio.sleep(self.pause)
            self.wake()
            return []

    async def _send(self, row: Claimed) -> None:
        try:
            end = await self._deliver(row)
            await self._patiently(lambda: self._settle(end), row)
        finally:
            self._flying -= 1
            self._free.release()

    async def _settle(self, end: End) -> None:
        async with self._db.write() as tx:
            await outbox.settle(tx, self._owner, [end], instant(self._clock.now()))

    async def _patiently(self, work: Callable[[], Awaitable[T]], row: Claimed) -> T:
        """Again until the database is there: nobody else takes up what we hold, and its place stays taken."""
        while True:
            try:
                return await work()
            except Unavailable as problem:
                log.warning("message %s waits for the database: %s", row.id, problem)
            await asyncio.sleep(self.pause)

    async def _deliver(self, row: Claimed) -> End:
        now = self._clock.now()
        if row.late_at is not None and row.late_at <= instant(now):
            return End(row.id, "skipped", "late")
        try:
            rendered = await self._patiently(lambda: self._render(row, now), row)
        except Exception as error:
            log.error("message %s of kind %s cannot be rendered", row.id, row.kind, exc_info=error)
            return End(row.id, "failed", "render")
        if isinstance(rendered, str):
            return End(row.id, "skipped", rendered)
        chat_id, message = rendered
        fate = await self._telegram.send(chat_id, message, Lane.UNASKED if row.urgency else Lane.ANSWER)
        if isinstance(fate, Sent):
            await self._arrived(chat_id, message)
        return await self._end(row, chat_id, fate, now)

    async def _end(self, row: Claimed, chat_id: int, fate: Fate, now: dt.datetime) -> End:
        match fate:
            case Sent(message_id):
                return End(row.id, "sent", message_id=message_id)
            case Gone(reason):
                await self._patiently(lambda: self._lost_contact(chat_id), row)
                return End(row.id, "failed", reason)
            case Rejected(description):
                log.error("message %s of kind %s was rejected: %s", row.id, row.kind, description)
                return End(row.id, "failed", "rejected")
            case Unknown(reason) if row.once:
                return End(row.id, "unknown", reason)
            case Unknown() | Migrated() | Retry():
                if row.tries >= TRIES and not isinstance(fate, Retry):
                    return End(row.id, "unknown", "tries")
                wait = max(fate.after if isinstance(fate, Retry) else 0.0, 2.0 ** min(row.tries, LONGEST_WAIT))
                return End(row.id, "pending", not_before=instant(now + dt.timedelta(seconds=wait)))

    async def drain(self, seconds: float) -> None:
        """Claim nothing more; what is in flight ends, what has not left yet waits for the next start."""
        self._stopping = True
        self._telegram.pace.close()
        self.wake()
        deadline = asyncio.get_running_loop().time() + seconds
        while (self._flying or self._claiming) and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.02)
