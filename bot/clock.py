"""The only source of `now` (movable in the demo) and the few ticks that call a service with it."""

import asyncio
import contextlib
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from zoneinfo import ZoneInfo

from storage.engine import Unavailable

log = logging.getLogger("clock")

LATE = 30.0  # seconds by which a tick may be behind before somebody should look


class Clock:
    """Wall time of the unit. Only the demo moves it, and only forward."""

    def __init__(self, zone: ZoneInfo, start: dt.datetime | None = None) -> None:
        self.zone = zone
        self._offset = start - dt.datetime.now(dt.UTC) if start else dt.timedelta()

    def now(self) -> dt.datetime:
        """This moment, aware, in the unit's zone."""
        return (dt.datetime.now(dt.UTC) + self._offset).astimezone(self.zone)

    def move_to(self, moment: dt.datetime) -> None:
        self._offset = max(self._offset, moment - dt.datetime.now(dt.UTC))


def instant(moment: dt.datetime) -> int:
    """UTC milliseconds, as the database keeps instants."""
    return int(moment.timestamp() * 1000)


def time_of(at: int, zone: dt.tzinfo | None) -> dt.datetime:
    """The other way round: an instant as the clocks of this zone show it."""
    return dt.datetime.fromtimestamp(at / 1000, zone)


def minute_of(moment: dt.datetime) -> int:
    """The minute of the day, as working hours and stretches of service are kept."""
    return moment.hour * 60 + moment.minute


class Ticks:
    """Calls that come again and again, by the time that nobody can set: what is due stands in the database."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._calls: list[Callable[[], Coroutine[Any, Any, None]]] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = asyncio.Event()
        self._due: dict[str, float] = {}  # by when each should have gone well once more
        self._failures: dict[str, int] = {}

    def every(self, seconds: float, call: Callable[[dt.datetime], Awaitable[object]], name: str) -> None:
        now = asyncio.get_running_loop().time

        async def keep() -> None:
            self._due[name] = now() + seconds
            while not await self._over_in(seconds):
                if await self._tick(call, name):
                    self._due[name] = now() + seconds

        self._calls.append(keep)

    def start(self, tasks: asyncio.TaskGroup) -> None:
        self._tasks = [tasks.create_task(keep()) for keep in self._calls]

    async def stop(self, seconds: float) -> None:
        """No tick begins any more; those that run have so long to end."""
        self._stopping.set()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()

    def late(self) -> list[str]:
        """Those that fail, or hang, and have done so for too long."""
        now = asyncio.get_running_loop().time()
        return [name for name, due in self._due.items() if now - due > LATE]

    async def _over_in(self, seconds: float) -> bool:
        """Wait so long, and no longer than until the end."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
        return self._stopping.is_set()

    async def _tick(self, call: Callable[[dt.datetime], Awaitable[object]], name: str) -> bool:
        """Whether it went well."""
        try:
            await call(self._clock.now())
        except Exception as problem:
            self._failures[name] = times = self._failures.get(name, 0) + 1
            if times in (1, 10) or times % 60 == 0:
                trace = None if isinstance(problem, Unavailable) else problem
                log.error("the tick %s failed (%s times now): %s", name, times, problem, exc_info=trace)
            return False
        self._failures[name] = 0
        return True
