"""SIGTERM: what is being done ends, what waits is stored, and the process leaves in time whatever Telegram does."""

from collections import Counter

import pytest

import bot.app
from bot.sandbox import Fault
from bot.sandbox.state import Event
from tests.e2e.conftest import Bot, Rig
from tests.e2e.test_messages import AUDIENCE, delivered, enqueue
from tests.e2e.test_updates import STAFF, check_ins


def stop_when_delivered(rig: Rig, bot: Bot, n: int) -> None:
    heard: Counter[str] = Counter()

    def listen(event: Event) -> None:
        heard[event.type] += event.message is not None and event.message.from_bot
        if heard["message"] == n:
            bot.process.terminate()

    rig.world.subscribe(listen)


async def stopped(bot: Bot) -> None:
    """It hears the signal and ends; with the point `patient` nothing but its own work could hold it for an hour."""
    bot.process.terminate()
    assert await bot.ended() == 0, bot.log


def test_what_does_not_end_by_itself_is_broken_off_within_ten_seconds() -> None:
    assert bot.app.DRAIN_SECONDS < bot.app.EXIT_SECONDS < 10


@pytest.mark.parametrize("plight", [None, "marks_slowly"])
async def test_in_a_rush_nobody_is_forgotten_and_nobody_hears_twice(night: Rig, plight: str | None) -> None:
    for user in STAFF:
        night.world.say(user, "/checkin 昨天 1.5 护河")
        night.world.say(user, "/mute")
    bot = night.spawn(point=plight)
    stop_when_delivered(night, bot, 7)
    assert await bot.ended() == 0, bot.log
    await night.start()
    await night.settled()
    assert await check_ins(night) == dict.fromkeys(STAFF, 1)
    assert {user: len(night.answers(user)) for user in STAFF} == dict.fromkeys(STAFF, 2)
    night.sound()


@pytest.mark.parametrize("plight", [None, "claims_slowly", "settles_late"])
@pytest.mark.parametrize("kind", ["morning", "other"])
async def test_in_a_broadcast_everybody_gets_exactly_one(rig: Rig, kind: str, plight: str | None) -> None:
    if kind == "other":
        rig.now = rig.now.replace(hour=5)
        await enqueue(rig)
    bot = rig.spawn(point=plight)
    stop_when_delivered(rig, bot, 7)
    assert await bot.ended() == 0, bot.log
    assert set(await rig.counts("SELECT state, COUNT(*) FROM outbox GROUP BY state")) <= {"sent", "pending"}
    await rig.start()
    await rig.until(lambda: len(delivered(rig)) == len(AUDIENCE))
    await rig.settled()
    assert delivered(rig) == dict.fromkeys(AUDIENCE, 1)
    rig.sound()


async def test_a_broadcast_that_telegram_holds_up_is_kept_for_the_next_start(rig: Rig) -> None:
    rig.world.subscribe(
        lambda event: event.sequence == 5 and rig.sandbox.faults.add(Fault("429", "sendMessage", retry_after=400))
    )
    bot = await rig.start(point="patient")
    await rig.until(lambda: any(c.status == 429 for c in rig.sandbox.ledger))
    await stopped(bot)
    assert set(await rig.counts("SELECT state, COUNT(*) FROM outbox GROUP BY state")) == {"sent", "pending"}
    rig.now = rig.now.replace(minute=45)
    await rig.start()
    await rig.until(lambda: len(delivered(rig)) == len(AUDIENCE))
    await rig.settled()
    assert delivered(rig) == dict.fromkeys(AUDIENCE, 1)


async def test_it_leaves_in_time_while_telegram_is_slow_in_trouble_or_flooded_and_answers_later(night: Rig) -> None:
    slow, trouble, flooded, quick = STAFF[:4]
    night.sandbox.faults.add(Fault("delay", method="sendMessage", chat_id=slow, delay=600, times=None))
    night.sandbox.faults.add(Fault("5xx", method="sendMessage", chat_id=trouble, times=None))
    night.sandbox.faults.add(Fault("429", method="sendMessage", chat_id=flooded, retry_after=300, times=None))
    bot = await night.start(point="hurried")
    for user in (slow, trouble, quick, flooded):
        night.world.say(user, "/checkin 昨天 1.5 护河")
        await night.until(lambda user=user: night.sandbox.calls("sendMessage", user))
    await stopped(bot)
    night.sandbox.faults.clear()
    await night.start()
    await night.settled()
    assert await check_ins(night) == dict.fromkeys((slow, trouble, flooded, quick), 1)
    for user in (slow, trouble, flooded, quick):
        assert "已记录" in night.answers(user)[0]


async def test_it_leaves_at_once_while_it_waits_for_a_telegram_that_is_away(night: Rig) -> None:
    await night.sandbox.stop()
    bot = night.spawn(point="patient")
    await night.until(lambda: "does not answer yet" in bot.log)
    await stopped(bot)


async def test_an_idle_bot_leaves_at_once(night: Rig) -> None:
    bot = await night.start(point="patient")
    await night.until(lambda: "ready" in bot.log)
    await stopped(bot)


async def test_a_thread_that_hangs_keeps_no_process_alive(night: Rig) -> None:
    bot = await night.start(point="hangs")
    night.world.say(STAFF[0], "/help")
    await night.until(lambda: night.answers(STAFF[0]))
    await stopped(bot)
