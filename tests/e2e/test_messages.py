"""kill -9 while messages are sent that nobody asked for: none is lost, a morning message never comes twice."""

import datetime as dt
from collections import Counter

import pytest

from bot.demo import demo_people
from bot.sandbox import Fault
from storage import outbox
from storage.outbox import Intent
from tests.e2e.conftest import Bot, Rig

IN_FLIGHT = 25
AUDIENCE = {p.user_id for p in demo_people() if p.bound and p.status == "active"}
POINTS = (
    "after_claim_commit",
    "request_written",
    "delivered",
    "after_reply",
    "before_result_commit",
    "inside_result_commit",
)


def delivered(rig: Rig) -> Counter[int]:
    """What the server has put into each person's chat: the ledger's word, not the bot's."""
    return Counter(c.chat_id for c in rig.sandbox.ledger if c.method == "sendMessage" and c.delivered and c.chat_id)


async def dead_at(rig: Rig, point: str, n: int) -> Bot:
    """A bot that has died while sending its nth message (or one of those beside it)."""
    if point == "request_written":
        rig.sandbox.faults.add(Fault("delay", method="sendMessage", delay=0.3, times=None))
        bot = rig.spawn()
        await rig.until(lambda: len(rig.sandbox.calls("sendMessage")) >= n)
        await bot.kill()
        rig.sandbox.faults.clear()
        await rig.until(lambda: len(rig.sandbox.calls("sendMessage")) == sum(delivered(rig).values()))
    elif point == "delivered":
        bot = rig.spawn()
        rig.kill_when_delivered(bot, n)
    else:
        bot = rig.spawn(point=point, n=n // 6 if "result" in point else n)  # many ends share one commit
    await bot.killed()
    return bot


async def states(rig: Rig) -> Counter[str]:
    return await rig.counts("SELECT state, COUNT(*) FROM outbox GROUP BY state")


async def of_state(rig: Rig, state: str) -> set[int]:
    """The accounts of the people whose message ended so."""
    rows = await rig.rows(
        "SELECT a.user_id FROM outbox o JOIN accounts a ON a.person_id = o.person_id OR a.user_id = o.user_id"
        " WHERE o.state = ?",
        state,
    )
    return {row[0] for row in rows}


@pytest.mark.parametrize("point", POINTS)
async def test_a_morning_message_never_comes_twice_and_what_is_uncertain_is_shown(rig: Rig, point: str) -> None:
    await dead_at(rig, point, 12)
    await rig.start()
    await rig.settled()
    arrived, sent, unknown = delivered(rig), await of_state(rig, "sent"), await of_state(rig, "unknown")
    assert set(arrived.values()) == {1}
    assert sent <= set(arrived) <= sent | unknown
    assert sent | unknown == AUDIENCE
    assert 0 < len(unknown) <= IN_FLIGHT
    assert await states(rig) == {"sent": len(sent), "unknown": len(unknown)}
    rig.sound()


async def test_a_broadcast_is_planned_whole_or_not_at_all(rig: Rig) -> None:
    await (rig.spawn(point="during_planning")).killed()
    assert await rig.rows("SELECT COUNT(*) FROM outbox") == [(0,)]
    assert await rig.rows("SELECT COUNT(*) FROM occurrences") == [(0,)]
    await rig.start()
    await rig.until(lambda: len(delivered(rig)) == len(AUDIENCE))
    await rig.settled()
    assert set(delivered(rig).values()) == {1}
    assert await states(rig) == {"sent": len(AUDIENCE)}
    rig.sound()


async def enqueue(rig: Rig) -> None:
    """A message at least once for everybody."""
    intents = [Intent(f"test:{user}", "parked", {"number": user}, user_id=user) for user in sorted(AUDIENCE)]
    async with rig.writing() as tx:
        await outbox.insert(tx, intents)


@pytest.mark.parametrize("point", POINTS)
async def test_other_messages_all_arrive_and_at_most_those_in_flight_twice(night: Rig, point: str) -> None:
    await enqueue(night)
    await dead_at(night, point, 12)
    await night.start()
    await night.settled()
    arrived = delivered(night)
    assert set(arrived) == AUDIENCE
    assert sum(arrived.values()) - len(AUDIENCE) <= (0 if point == "after_claim_commit" else IN_FLIGHT)
    assert max(arrived.values()) <= 2
    assert await states(night) == {"sent": len(AUDIENCE)}
    night.sound()


async def test_a_crash_loop_ends_and_nobody_gets_more_than_three_copies(night: Rig) -> None:
    await enqueue(night)
    lives = 1
    while not await night.settled_before_its_death(night.spawn(point="before_result_commit")):
        lives += 1
        assert lives <= 3 * -(-len(AUDIENCE) // IN_FLIGHT) + 1
    arrived, sent, unknown = delivered(night), await of_state(night, "sent"), await of_state(night, "unknown")
    assert sent | unknown == AUDIENCE
    assert sent <= set(arrived)
    assert max(arrived.values()) <= 3
    night.sound()


async def test_a_token_revoked_in_a_broadcast_ends_the_calls_and_a_new_one_goes_on(night: Rig) -> None:
    await enqueue(night)
    night.world.subscribe(lambda event: event.sequence == 10 and night.sandbox.faults.add(Fault("401", times=None)))
    bot = await night.start()
    await night.until(lambda: night.sandbox.faults.waiting and "refuse" in bot.log)
    refused = [c for c in night.sandbox.calls("sendMessage") if c.status == 401]
    assert len(refused) <= IN_FLIGHT
    bot.process.terminate()
    assert await bot.ended() == 0
    assert len([c for c in night.sandbox.ledger if c.status == 401 and c.method != "getUpdates"]) <= IN_FLIGHT + 1
    night.sandbox.faults.clear()
    night.now += dt.timedelta(minutes=2)
    await night.start()
    await night.settled()
    assert set(delivered(night).values()) == {1}
    assert await states(night) == {"sent": len(AUDIENCE)}
