"""The way in: stored before it is acknowledged, handled once, in order, whatever comes and whatever breaks."""

import asyncio
import datetime as dt
import random
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot import apology
from bot import intake as module
from bot.raw import Malformed, chat_of
from bot.telegram import ApiError, Lost, Unreached, Unreadable
from storage.connect import opened
from storage.engine import Unavailable
from tests.desk import NOW, Closed, Desk, message, press


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with opened(sqlite_url) as db:
        yield Desk(db)


# Once, in order


async def test_an_update_that_comes_five_times_is_handled_once(desk: Desk) -> None:
    dice = random.Random(1)
    coming = [message(number, number % 7 + 1) for number in range(1, 301) for _ in range(dice.randint(1, 5))]
    dice.shuffle(coming)
    async with desk.at_work():
        while coming:
            batch, coming = coming[:50], coming[50:]
            await desk.intake.store(batch)
        await desk.until(300)
    assert Counter(desk.numbers) == Counter(range(1, 301))
    assert await desk.states() == {"done": 300}


async def test_each_chat_is_handled_in_order_and_chats_side_by_side(desk: Desk) -> None:
    running = Counter[int]()
    most, together = Counter[int](), 0

    async def handle(body: dict[str, Any], inbox_id: int, fresh: bool) -> None:
        nonlocal together
        chat = chat_of(body)
        running[chat] += 1
        most[chat] = max(most[chat], running[chat])
        together = max(together, sum(running.values()))
        await asyncio.sleep(0.001)
        running[chat] -= 1
        desk.handled.append(body)

    desk.intake._handle = handle
    async with desk.at_work():
        await desk.intake.store([message(number, number % 5 + 1) for number in range(1, 101)])
        await desk.until(100)
    assert set(most.values()) == {1} and together == 5
    for chat in range(1, 6):
        order = [body["update_id"] for body in desk.handled if chat_of(body) == chat]
        assert order == sorted(order)


async def test_more_than_memory_holds_waits_in_the_store_in_order(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "IN_MEMORY", 20)
    desk.gate.clear()
    async with desk.at_work():
        for first in range(1, 201, 25):
            await desk.intake.store([message(n, n % 3 + 1) for n in range(first, first + 25)])
            assert desk.intake._waiting <= 20
        desk.gate.set()
        await desk.until(100)
        await desk.intake.store([message(n, n % 3 + 1) for n in range(201, 221)])
        await desk.until(220)
    assert len(desk.numbers) == 220
    for rest in range(3):
        order = [n for n in desk.numbers if n % 3 == rest]
        assert order == sorted(order)


async def test_the_next_start_takes_up_what_was_not_handled_and_nothing_else(desk: Desk) -> None:
    async with desk.at_work():
        await desk.intake.store([message(1), message(2)])
        await desk.until(2)
        desk.gate.clear()
        await desk.intake.store([message(3), message(4, 2), message(5)])
    assert desk.numbers == [1, 2]
    desk.gate.set()
    desk.intake = desk.new_intake()
    async with desk.at_work():
        await desk.until(5)
    assert sorted(desk.numbers) == [1, 2, 3, 4, 5]
    assert desk.numbers.index(3) < desk.numbers.index(5)


async def test_what_was_handled_just_before_the_stop_is_not_handled_again(desk: Desk) -> None:
    desk.intake.together = 600
    async with desk.at_work():
        await desk.intake.store([message(n, n) for n in range(1, 20)])
        async with asyncio.timeout(60):
            while desk.intake.handled < 19:
                await asyncio.sleep(0)
        assert await desk.states() == {"pending": 19}
    assert await desk.states() == {"done": 19}


async def test_a_stop_does_not_wait_for_ever_for_an_answer_that_cannot_leave(desk: Desk) -> None:
    desk.gate.clear()
    async with desk.at_work():
        await desk.intake.store([message(1)])
    assert await desk.states() == {"pending": 1}


# What breaks


async def test_a_failing_update_gets_three_tries_is_parked_and_told_once(desk: Desk) -> None:
    desk.break_on[2] = [RuntimeError("one"), RuntimeError("two"), RuntimeError("three"), RuntimeError("four")]
    async with desk.at_work():
        await desk.intake.store([message(1), message(2), message(3), message(4, 9)])
        await desk.until(4)
    assert len(desk.break_on[2]) == 1, "three tries"
    assert [(number, str(error)) for number, error in desk.failures] == [(2, "three")]
    assert sorted(desk.numbers) == [1, 3, 4], "what comes behind it goes on"
    assert await desk.states() == {"done": 3, "parked": 1}


async def test_a_failure_that_passes_is_told_to_nobody(desk: Desk) -> None:
    desk.break_on[1] = [RuntimeError("once"), RuntimeError("twice")]
    async with desk.at_work():
        await desk.intake.store([message(1)])
        await desk.until(1)
    assert desk.numbers == [1] and desk.failures == []


async def test_nobody_who_can_be_told_stops_nothing(desk: Desk) -> None:
    async def failed(body: dict[str, Any], inbox_id: int, error: Exception) -> None:
        raise RuntimeError("the second trouble")

    desk.intake._failed = failed
    desk.break_on[1] = [Malformed("x")]
    async with desk.at_work():
        await desk.intake.store([message(1), message(2)])
        await desk.until(1)
    assert desk.numbers == [2] and await desk.states() == {"done": 1, "parked": 1}


async def test_a_database_that_is_away_costs_no_tries(desk: Desk) -> None:
    desk.break_on[1] = [Unavailable("away")] * 10
    async with desk.at_work():
        await desk.intake.store([message(1)])
        await desk.until(1)
    assert desk.numbers == [1] and desk.failures == []


async def test_a_database_that_goes_away_while_a_failure_is_counted_stops_nothing(desk: Desk) -> None:
    desk.break_on[1] = [RuntimeError("x")] * 10
    async with desk.at_work():
        await desk.intake.store([message(1), message(2)])
        desk.intake._db = Closed(desk.db, 4)
        await desk.until(2)
    assert desk.numbers == [2] and [number for number, _ in desk.failures] == [1]
    assert await desk.states() == {"done": 1, "parked": 1}


@pytest.mark.parametrize("polling", [True, False])
async def test_whoever_waits_long_for_the_database_hears_so_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, polling: bool
) -> None:
    monkeypatch.setattr(apology, "LONG", 0.0)
    monkeypatch.setattr(module, "_patience", lambda problem, trouble: 0.001)
    async with desk.at_work(polling=polling):
        if polling:
            desk.intake._db = Closed(desk.db, 4)
            desk.door.push(message(1), message(2), message(3, 9))
        else:
            desk.break_on[1] = desk.break_on[3] = [Unavailable("away")] * 4
            await desk.intake.store([message(1), message(2), message(3, 9)])
        await desk.until(3)
    assert sorted(chat_of(body) for body in desk.consoled) == [1, 9], "once a chat"
    assert sorted(desk.numbers) == [1, 2, 3] and desk.failures == []


async def test_a_database_that_is_soon_back_is_no_reason_to_apologise(desk: Desk) -> None:
    desk.break_on[1] = [Unavailable("away")] * 4
    async with desk.at_work():
        await desk.intake.store([message(1)])
        await desk.until(1)
    assert desk.consoled == [] and desk.numbers == [1]


async def test_what_was_handled_is_marked_when_the_database_is_back(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    async with desk.at_work():
        await desk.intake.store([message(1), message(2, 2)])
        desk.intake._db = Closed(desk.db, 1)
        await desk.until(2)
    assert desk.numbers == [1, 2] and await desk.states() == {"done": 2}


async def test_nothing_is_acknowledged_that_could_not_be_stored(desk: Desk) -> None:
    desk.intake._db = Closed(desk.db, 1)
    desk.door.push(message(5))
    async with desk.at_work(polling=True):
        await desk.until(1)
    assert desk.numbers == [5]
    assert all("offset" not in asked for asked in desk.door.asked[:2]), "the second time it was asked for again"


# The poller


async def test_a_second_poller_is_told_of_and_doubles_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_patience", lambda problem, trouble: 0.001)
    conflict = ApiError(409, "Conflict: terminated by other getUpdates request")
    desk.door.trouble = [conflict, conflict, Unreached("refused"), Lost("x"), ApiError(502, "x")]
    desk.door.push(message(1))
    async with desk.at_work(polling=True):
        await desk.until(1)
        desk.door.trouble = [conflict]
        desk.door.push(message(2))
        await desk.until(2)
    assert desk.numbers == [1, 2] and desk.conflicts == 3


def test_the_poller_waits_as_long_as_it_is_told() -> None:
    assert module._patience(ApiError(429, "", {"retry_after": 17}), 1) == 17
    assert module._patience(ApiError(409, ""), 1) == 3
    assert module._patience(ApiError(401, ""), 1) == 30
    assert [module._patience(Unreached(""), n) for n in (1, 2, 3, 50)] == [0.5, 1, 2, 15]


async def test_numbers_that_start_again_lower_are_no_old_ones(desk: Desk) -> None:
    desk.door.push(message(900_001), message(900_002))
    async with desk.at_work(polling=True):
        await desk.until(2)
        desk.door.push(message(17))
        await desk.until(3)
        desk.clock.move_to(desk.clock.now() + dt.timedelta(days=8))
        await desk.intake.forget(desk.clock.now())
        desk.door.push(message(900_001, text="new"))
        await desk.until(4)
    assert desk.numbers == [900_001, 900_002, 17, 900_001]


async def test_odd_numbers_neither_stop_the_poller_nor_lose_what_is_behind(desk: Desk) -> None:
    desk.door.push({"update_id": -5, "message": {}}, message(1))
    async with desk.at_work(polling=True):
        await desk.until(2)
        desk.door.queue.clear()
        desk.door.push({"update_id": 2**70}, {"update_id": True}, {"update_id": "7"}, {}, None, 5, "x", [], message(8))
        await desk.until(3)
    assert sorted(desk.numbers) == [-5, 1, 8]


async def test_a_batch_of_nothing_that_has_a_number_is_not_asked_for_without_a_pause(desk: Desk) -> None:
    desk.intake.pause = 3600
    desk.door.push({"no": "number"})
    async with desk.at_work(polling=True):
        for _ in range(1000):  # turns of the loop, in each of which it could ask again
            await asyncio.sleep(0)
    assert len(desk.door.asked) == 1


async def test_one_unreadable_update_is_set_aside_and_the_others_handled(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_patience", lambda problem, trouble: 0.0)
    desk.door.spoiled = {30}
    desk.door.push(*[message(number, number % 5 + 1) for number in range(1, 101)])
    async with desk.at_work(polling=True):
        await desk.until(100)
    assert sorted(desk.numbers) == [n for n in range(1, 101) if n != 30]
    assert [(number, type(error)) for number, error in desk.failures] == [(30, Malformed)]
    assert await desk.states() == {"done": 99, "parked": 1}


async def test_an_answer_that_was_cut_on_its_way_costs_no_update(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_patience", lambda problem, trouble: 0.0)
    cut = Unreadable('{"ok":true,"result":[{"update_id":1,"message":{"text":"张')
    desk.door.trouble = [cut, cut, cut]
    desk.door.push(message(1), message(2))
    async with desk.at_work(polling=True):
        await desk.until(2)
    assert desk.numbers == [1, 2] and desk.failures == []


async def test_a_press_is_answered_as_soon_as_it_is_stored(desk: Desk) -> None:
    desk.gate.clear()
    desk.door.push(press(1), {"update_id": 2, "callback_query": {"id": 5}}, {"update_id": 3, "callback_query": []})
    async with desk.at_work(polling=True):
        async with asyncio.timeout(60):
            while not desk.door.answered:
                await asyncio.sleep(0.001)
        assert desk.handled == []
        desk.gate.set()
        await desk.until(3)
    assert desk.door.answered == ["1"]


# A flood


async def test_a_flood_is_told_once_and_then_let_go_until_it_is_over(desk: Desk) -> None:
    begin = int(NOW.timestamp())
    async with desk.at_work():
        await desk.intake.store([message(n, at=begin + n // 100) for n in range(1, 1001)])
        await desk.intake.store([message(2000, 2, at=begin + 9)])
        async with asyncio.timeout(60):
            while sum((await desk.states()).values()) != (await desk.states()).get("done"):
                await asyncio.sleep(0.005)
        assert Counter(chat_of(body) for body in desk.handled) == {1: 30, 2: 1}
        assert [body["update_id"] for body in desk.braked] == [31]
        desk.clock.move_to(NOW + dt.timedelta(minutes=1))
        await desk.intake.store([message(3000, at=begin + 60)])
        await desk.until(32)
    assert desk.numbers[-1] == 3000, "and then he is heard again"


async def test_a_day_of_messages_that_come_together_after_an_outage_is_no_flood(desk: Desk) -> None:
    begin = int(NOW.timestamp()) - 86_400
    async with desk.at_work():
        await desk.intake.store([message(n, at=begin + n * 60) for n in range(1, 201)])
        await desk.until(200)
    assert len(desk.numbers) == 200 and desk.braked == []


async def test_what_the_same_update_brings_again_does_not_count_as_a_flood(desk: Desk) -> None:
    async with desk.at_work():
        for _ in range(100):
            await desk.intake.store([message(1)])
        await desk.intake.store([message(2)])
        await desk.until(2)
    assert desk.numbers == [1, 2]


async def test_being_blocked_is_heard_in_the_middle_of_a_flood(desk: Desk) -> None:
    blocked = {"update_id": 999, "my_chat_member": {"chat": {"id": 1}, "from": {"id": 1}}}
    async with desk.at_work():
        await desk.intake.store([*[press(n) for n in range(1, 101)], blocked])
        await desk.until(31)
    assert 999 in desk.numbers
