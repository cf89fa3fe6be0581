"""What comes again and again: kept up by no clock that anybody can set, and told when it fails."""

import asyncio
import contextlib
import datetime as dt
import types
from collections.abc import AsyncIterator
from zoneinfo import ZoneInfo

import pytest

import bot.clock
from bot.clock import LATE, Clock, Ticks
from storage.engine import Unavailable
from tests.test_pace import played

ZONE = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 10, 14, 10, 0, tzinfo=ZONE)


async def nothing(now: dt.datetime) -> None: ...


@contextlib.asynccontextmanager
async def started(ticks: Ticks, seconds: float = 1) -> AsyncIterator[None]:
    """At work for the length of a `with`; then they have so long to end."""
    async with asyncio.TaskGroup() as tasks:
        ticks.start(tasks)
        yield
        await ticks.stop(seconds)


def test_a_tick_that_fails_is_told_now_and_then_and_comes_again(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        ticks, calls = Ticks(Clock(ZONE, NOW)), 0

        async def fail(now: dt.datetime) -> None:
            nonlocal calls
            calls += 1
            if calls <= 11:
                raise Unavailable("away")

        ticks.every(1, fail, "test")
        async with started(ticks):
            await asyncio.sleep(10.5 + LATE)
            assert calls == 40, "and then it goes on"

    played(scene)
    told = [record.getMessage() for record in caplog.records if record.name == "clock"]
    assert told == ["the tick test failed (1 times now): away", "the tick test failed (10 times now): away"]


@pytest.mark.parametrize("hours", [-365 * 24, -24, -1, 1, 24, 365 * 24])
def test_whoever_sets_the_clock_of_the_machine_stops_no_tick_and_is_made_up_for_by_none(
    monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    async def scene() -> list[dt.datetime]:
        ticks, seen = Ticks(Clock(ZONE, NOW)), list[dt.datetime]()

        async def look(now: dt.datetime) -> None:
            seen.append(now)

        ticks.every(1, look, "test")

        class Set(dt.datetime):
            @classmethod
            def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
                return dt.datetime.now(tz) + dt.timedelta(hours=hours)

        async with started(ticks):
            await asyncio.sleep(3.5)
            monkeypatch.setattr(bot.clock, "dt", types.SimpleNamespace(**(vars(dt) | {"datetime": Set})))
            await asyncio.sleep(4)
            monkeypatch.undo()
        return seen

    seen = played(scene)
    assert len(seen) == 7
    assert abs(seen[-1] - seen[0] - dt.timedelta(hours=hours)) < dt.timedelta(minutes=30)


def test_only_a_tick_that_fails_or_hangs_is_late() -> None:
    async def scene() -> None:
        ticks = Ticks(Clock(ZONE, NOW))

        async def fail(now: dt.datetime) -> None:
            raise Unavailable("away")

        async def hang(now: dt.datetime) -> None:
            await asyncio.sleep(3600)

        for seconds, call, name in ((1, nothing, "fast"), (60, nothing, "slow"), (1, fail, "bad"), (1, hang, "hung")):
            ticks.every(seconds, call, name)
        async with started(ticks):
            for _ in range(10):
                assert ticks.late() == []
                await asyncio.sleep(LATE / 10)
            for _ in range(100):
                await asyncio.sleep(2)
                assert ticks.late() == ["bad", "hung"]

    played(scene)


def test_what_runs_has_its_time_to_end_and_nothing_begins_after_that() -> None:
    async def scene() -> None:
        ticks, ended = Ticks(Clock(ZONE, NOW)), list[str]()

        async def take(now: dt.datetime) -> None:
            await asyncio.sleep(5)
            ended.append("whole")

        async def hang(now: dt.datetime) -> None:
            await asyncio.sleep(3600)
            ended.append("never")

        ticks.every(1, take, "whole")
        ticks.every(1, hang, "hung")
        async with started(ticks, 9):
            await asyncio.sleep(2)
            began = asyncio.get_running_loop().time()
        assert asyncio.get_running_loop().time() - began == pytest.approx(9, abs=0.1)
        await asyncio.sleep(100)
        assert ended == ["whole"]

    played(scene)
