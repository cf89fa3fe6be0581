"""The only source of `now` (movable in the demo) and the few ticks that call a service with it."""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from storage.engine import Unavailable

log = logging.getLogger("clock")


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


class Ticks:
    """APScheduler as a clock only: no store, nothing to lose. What is due stands in the database."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._scheduler = AsyncIOScheduler(timezone=dt.UTC)
        self.last: dict[str, dt.datetime] = {}
        self._failures: dict[str, int] = {}
        self._running = 0

    def every(self, seconds: float, call: Callable[[dt.datetime], Awaitable[object]], name: str) -> None:
        async def tick() -> None:
            self._running += 1
            try:
                await call(self._clock.now())
                self._failures[name] = 0
                self.last[name] = dt.datetime.now(dt.UTC)
            except Exception as problem:
                self._failures[name] = times = self._failures.get(name, 0) + 1
                if times in (1, 10) or times % 60 == 0:
                    trace = None if isinstance(problem, Unavailable) else problem
                    log.error("the tick %s failed (%s times now): %s", name, times, problem, exc_info=trace)
            finally:
                self._running -= 1

        self._scheduler.add_job(
            tick, "interval", seconds=seconds, name=name, coalesce=True, max_instances=1, misfire_grace_time=None
        )

    def start(self) -> None:
        self._scheduler.start()

    async def stop(self, seconds: float) -> None:
        """No tick begins any more; those that run have so long to end, for APScheduler itself breaks them off."""
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        deadline = asyncio.get_running_loop().time() + seconds
        while self._running and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.01)
        self._scheduler.shutdown(wait=False)
