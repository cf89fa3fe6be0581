"""Kills at random moments, many of them (SOAK_KILLS, 100): what the named points may have missed."""

import asyncio
import os
import random
from collections import Counter

import pytest

from bot.clock import instant
from storage import accounts, outbox
from storage.outbox import Intent
from tests.e2e.conftest import Rig
from tests.e2e.test_messages import IN_FLIGHT, delivered, states
from tests.e2e.test_updates import STAFF

pytestmark = pytest.mark.soak
KILLS = int(os.environ.get("SOAK_KILLS", "100"))
CROWD = range(100_000, 100_500)


async def until_done(rig: Rig, chance: random.Random) -> int:
    """One short life after the other until nothing is left to do; how many of them were taken by force."""
    killed = 0
    while True:
        bot = rig.spawn(RATE_PER_SECOND="1000")
        try:
            async with asyncio.timeout(chance.uniform(0.1, 1.0) * (1 + killed / 20)):
                if await rig.settled_before_its_death(bot):
                    await bot.kill()
                    return killed
        except TimeoutError:
            await bot.kill()
            killed += 1


async def gather_a_crowd(rig: Rig) -> None:
    async with rig.writing() as tx:
        for user in CROWD:
            await accounts.see(tx, user, user, instant(rig.now))
    for user in CROWD:
        rig.world.add_user(user, first_name="甲", started=True)


@pytest.mark.parametrize("once", [True, False])
async def test_no_message_is_lost_and_only_what_was_in_flight_comes_twice(night: Rig, once: bool) -> None:
    chance = random.Random(20261014)
    await gather_a_crowd(night)
    kills = rounds = 0
    while kills < KILLS:
        rounds += 1
        night.sandbox.ledger.clear()
        async with night.writing() as tx:
            await tx.execute("DELETE FROM outbox")
            await outbox.insert(
                tx,
                [Intent(f"{rounds}:{u}", "parked", {"number": u}, user_id=u, once=once, urgency=2) for u in CROWD],
            )
        died = await until_done(night, chance)
        arrived, found = delivered(night), await states(night)
        assert sum(found.values()) == found["sent"] + found["unknown"] == len(CROWD)
        assert len(arrived) >= found["sent"]
        assert len(set(CROWD) - set(arrived)) <= found["unknown"]
        assert found["unknown"] <= died * IN_FLIGHT
        assert sum(arrived.values()) - len(arrived) <= (0 if once else died * IN_FLIGHT)
        assert max(arrived.values()) <= (1 if once else 3)
        night.sound()
        kills += died


async def test_everybody_is_answered_and_everything_is_done_once(night: Rig) -> None:
    chance = random.Random(20261014)
    kills = rounds = 0
    while kills < KILLS:
        rounds += 1
        before = {user: len(night.answers(user)) for user in STAFF}
        for user in STAFF:
            night.world.say(user, f"/checkin {1 + rounds % 9}月{1 + rounds % 28}日 0.5 护河{rounds}")
            night.world.say(user, "/mute")
        kills += await until_done(night, chance)
        made = Counter(
            row[0] for row in await night.rows("SELECT person_id FROM checkins WHERE text = ?", f"护河{rounds}")
        )
        assert set(made.values()) == {1}
        assert len(made) == len(STAFF)
        muted = await night.rows("SELECT COUNT(*) FROM accounts WHERE muted = 1")
        assert muted == [(len(STAFF) * (rounds % 2),)]
        assert all(len(night.answers(user)) >= before[user] + 2 for user in STAFF)
        assert set(await night.counts("SELECT state, COUNT(*) FROM inbox GROUP BY state")) == {"done"}
        night.sound()
