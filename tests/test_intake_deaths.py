"""What kills the process each time it is handled comes to an end, and nobody beside it is blamed."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.dialogs import Dialog
from storage.connect import opened
from storage.engine import Database
from tests.desk import Closed, Desk, Late, message


class Killed(Exception):
    """kill -9 in the middle of an update."""


class Mortal(Desk):
    """Some updates are the death of the process that handles them: nothing of it moves any more."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self.deadly = Counter[int]()  # update_id: how often
        self.dead = asyncio.Event()

    async def _handle(self, body: dict[str, Any], inbox_id: int, fresh: bool) -> Dialog | None:
        if self.deadly[body["update_id"]]:
            self.deadly[body["update_id"]] -= 1
            self.dead.set()
            await asyncio.Event().wait()
        return await super()._handle(body, inbox_id, fresh)

    async def dies(self, *coming: dict[str, Any]) -> None:
        """A start, and its end without a stop."""
        self.intake = self.new_intake()
        self.dead.clear()
        with pytest.raises(ExceptionGroup) as raised:
            async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
                await self.intake.start(tasks)
                await self.intake.store(coming)
                await self.dead.wait()
                raise Killed
        assert raised.group_contains(Killed)
        self.intake = self.new_intake()


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Mortal]:
    async with opened(sqlite_url) as db:
        yield Mortal(db)


async def tries(desk: Mortal) -> dict[int, int]:
    async with desk.db.read() as tx:
        return dict(await tx.fetch("SELECT update_id, tries FROM inbox WHERE tries > 0"))


async def test_what_kills_the_process_each_time_is_parked_after_three_more_and_told(desk: Mortal) -> None:
    desk.deadly[2] = 4
    await desk.dies(message(1), message(2), message(3), message(4, 9))
    assert await tries(desk) == {}, "what comes in pays nothing"
    for _ in range(3):
        await desk.dies()
    async with desk.at_work():
        await desk.until(4)
    assert desk.failures[0][0] == 2 and len(desk.failures) == 1
    assert desk.numbers[-1] == 3 and await desk.states() == {"done": 3, "parked": 1}


async def test_those_who_are_handled_beside_a_deadly_one_are_not_suspected_for_ever(desk: Mortal) -> None:
    """Whoever was under way when the process died is handled alone after that, and its end is written at once."""
    desk.deadly[20] = 4
    await desk.dies(*(message(n, n) for n in range(1, 41)))
    for _ in range(3):
        await desk.dies()
    async with desk.at_work():
        await desk.until(40)
    assert [number for number, _ in desk.failures] == [20]
    assert await desk.states() == {"done": 39, "parked": 1}


async def test_a_deadly_one_is_not_handled_once_more_because_the_database_is_away(desk: Mortal) -> None:
    desk.deadly[1] = 4
    await desk.dies(message(1))
    for _ in range(3):
        await desk.dies()
    desk.intake._db = Closed(desk.db, 3)
    async with desk.at_work():
        await desk.until(1)
    assert desk.numbers == [] and [number for number, _ in desk.failures] == [1]


async def test_a_stop_is_no_death(desk: Mortal) -> None:
    desk.gate.clear()
    async with desk.at_work(drain=0.01):
        await desk.intake.store([message(1)])
    for _ in range(4):
        desk.intake = desk.new_intake()
        async with desk.at_work(drain=0.01):
            async with asyncio.timeout(60):
                while await tries(desk) != {1: 1}:
                    await asyncio.sleep(0.001)
        assert await tries(desk) == {}
    desk.gate.set()
    desk.intake = desk.new_intake()
    async with desk.at_work():
        await desk.until(1)
    assert desk.numbers == [1] and desk.failures == []


async def test_a_stop_while_a_try_is_being_counted_is_no_death_either(desk: Mortal) -> None:
    desk.gate.clear()
    async with desk.at_work(drain=0.01):
        await desk.intake.store([message(1)])
    desk.intake = desk.new_intake()
    desk.intake._db = Late(desk.db)
    async with desk.at_work(drain=0.01), asyncio.timeout(60):
        while await tries(desk) != {1: 1}:
            await asyncio.sleep(0.001)
    assert await tries(desk) == {}


async def test_a_try_that_was_counted_before_it_was_made_is_not_counted_again_when_it_fails(desk: Mortal) -> None:
    desk.deadly[1] = 1
    desk.break_on[1] = [RuntimeError("one"), RuntimeError("two"), RuntimeError("three"), RuntimeError("four")]
    await desk.dies(message(1))
    async with desk.at_work():
        await desk.until(1)
    assert [str(error) for _, error in desk.failures] == ["three"]
