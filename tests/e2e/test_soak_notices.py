"""Notices to thousands under kills, storms, losses and outages. What was measured is printed; nothing is timed out.

SOAK_AWAY (120): for how many seconds Telegram is away of the hour that the clock shows; 3600 is the whole of it.
"""

import asyncio
import datetime as dt
import os
import random
from itertools import pairwise

import pytest

from bot.sandbox import Fault
from storage import occurrences
from tests.conftest import Say
from tests.e2e import crowd as people
from tests.e2e.conftest import NOW, Rig
from tests.e2e.crowd import KILLS, PEOPLE, check, done, one_life_after_the_other, seconds, told
from tests.e2e.test_messages import IN_FLIGHT

pytestmark = pytest.mark.soak
AWAY = float(os.environ.get("SOAK_AWAY", "120"))


# Kills


async def test_a_hundred_kills_in_notices(night: Rig, say: Say) -> None:
    chance, kills, doubles, unknown, rounds, slowest = random.Random(20261014), 0, 0, 0, 0, 0.0
    crowd = await people.employ(night)
    while kills < KILLS:
        rounds += 1
        planned = await people.notify(night, f"第{rounds}号通知")

        async def find(planned: int = planned) -> int:
            return planned

        number, killed, slow = await one_life_after_the_other(night, find, chance, KILLS - kills)
        found, twice = await check(night, number, f"第{rounds}号通知", crowd, killed * IN_FLIGHT)
        assert found.planned == PEOPLE
        assert found.unknown <= killed * IN_FLIGHT
        kills, doubles, unknown, slowest = kills + killed, doubles + twice, unknown + found.unknown, max(slowest, slow)
    say(people=PEOPLE, rounds=rounds, kills=kills, lost=0, doubles=doubles, doubles_a_kill=doubles / kills,
        unknown=unknown, slowest_start=slowest)  # fmt: skip


async def test_a_hundred_kills_in_morning_messages(night: Rig, say: Say) -> None:
    """One working day after the other, as the planner plans them; whoever was being told at a kill is unknown."""
    chance, kills, doubles, unknown, rounds, slowest = random.Random(20261014), 0, 0, 0, 0, 0.0
    crowd = await people.employ(night)
    day = NOW
    while kills < KILLS:
        rounds += 1
        night.now = day = day + dt.timedelta(days=3 if day.weekday() == 4 else 1)
        night.sandbox.ledger.clear()

        async def find() -> int:
            while True:
                async with night.reading() as tx:
                    if found := await occurrences.find(tx, "morning", day.date()):  # noqa: B023
                        return found.id
                await asyncio.sleep(0.05)

        number, killed, slow = await one_life_after_the_other(night, find, chance, KILLS - kills)
        found, twice = await check(night, number, f"tap:{day.date()}:", crowd)
        assert found.planned >= PEOPLE
        assert found.unknown <= killed * IN_FLIGHT
        kills, doubles, unknown, slowest = kills + killed, doubles + twice, unknown + found.unknown, max(slowest, slow)
    say(people=PEOPLE, rounds=rounds, kills=kills, lost=0, doubles=doubles, unknown=unknown,
        unknown_a_kill=unknown / kills, slowest_start=slowest)  # fmt: skip


async def test_at_thirty_a_second_a_kill_repeats_hardly_anything(night: Rig, say: Say) -> None:
    chance, doubles = random.Random(20261014), [0]
    crowd = await people.employ(night)
    night.sandbox.faults.add(Fault("delay", method="sendMessage", delay=0.06, times=None))
    number = await people.notify(night, "第1号通知")
    for _ in range(10):
        bot = await night.start(RATE_PER_SECOND="30")
        enough = len(told(night, crowd)) + chance.randrange(5, 25)
        await night.until(lambda n=enough: len(told(night, crowd)) >= n)
        await bot.kill()
        await night.until(lambda: all(c.delivered for c in told(night, crowd)))
        doubles.append(len(told(night, crowd)) - len(people.arrived(night, "第1号通知")))
    await night.start()
    await done(night, number)
    _, twice = await check(night, number, "第1号通知", crowd, 30)
    steps = [after - before for before, after in pairwise([*doubles[1:], twice])]
    say(kills=10, doubles_of_each=steps)
    assert max(steps) <= 3


# Trouble of Telegram's


async def test_storms_of_429(night: Rig, say: Say) -> None:
    crowd = await people.employ(night)
    bot = await night.start()
    for wait in (1, 2, 5):
        storm = Fault("429", method="sendMessage", times=None, probability=0.003, retry_after=wait, seed=wait)
        night.sandbox.faults.add(storm)
    began = seconds()
    number = await people.notify(night, "第1号通知")
    await done(night, number)
    found, _ = await check(night, number, "第1号通知", crowd)
    calls = told(night, crowd)
    refused = [
        (c.answered_at, int(c.error.split()[-1])) for c in calls if c.status == 429 and c.answered_at and c.error
    ]
    # What was on its way when the answer came has left before it.
    early = sum(at + 0.1 < c.accepted_at < at + wait - 0.05 for at, wait in refused for c in calls)
    say(refused=len(refused), early=early, seconds=seconds() - began, sent=found.sent)
    assert early == 0
    assert found.sent == PEOPLE
    assert bot.process.exitcode is None


async def test_a_fifth_of_the_calls_meets_a_server_in_trouble(night: Rig, say: Say) -> None:
    crowd = await people.employ(night)
    await night.start(RATE_PER_SECOND="100")  # slow enough for the processor not to be what is measured
    took = []
    for number, probability in enumerate((0.0, 0.2), 1):
        night.sandbox.faults.add(Fault("5xx", method="sendMessage", times=None, probability=probability, seed=2))
        began = seconds()
        planned = await people.notify(night, f"第{number}号通知")
        await done(night, planned)
        took.append(seconds() - began)
        found, _ = await check(night, planned, f"第{number}号通知", crowd)
        assert found.sent == PEOPLE
        night.sandbox.faults.clear()
    say(clean=took[0], troubled=took[1], times=took[1] / took[0])


async def test_answers_that_are_lost_after_the_delivery(night: Rig, say: Say) -> None:
    crowd = await people.employ(night)
    await night.start()
    lost = night.sandbox.faults.add(Fault("lost", method="sendMessage", times=None, probability=0.01, seed=3))
    number = await people.notify(night, "第1号通知")
    await done(night, number)
    found, twice = await check(night, number, "第1号通知", crowd, lost.used)
    assert set(crowd) <= set(people.arrived(night, "第1号通知"))
    say(lost_answers=lost.used, doubles=twice, unknown=found.unknown)


@pytest.mark.parametrize("how", ["refused", "cut"])
async def test_a_telegram_that_is_away_for_an_hour(night: Rig, say: Say, how: str) -> None:
    """Nobody listens, or something in between takes every request and hangs up. The clock shows an hour."""
    crowd = await people.employ(night)
    bot = await night.start(point="jumps", RATE_PER_SECOND="100")
    number = await people.notify(night, "第1号通知")
    await night.until(lambda: len(told(night, crowd)) > 500)
    fault = Fault("drop", times=None)
    if how == "refused":
        await night.sandbox.stop()
    else:
        night.sandbox.faults.add(fault)
    used, said, asked = people.cpu_of(bot), bot.log.count("\n"), len(told(night, crowd))
    await asyncio.sleep(AWAY / 2)
    night.jump(bot, max(0.0, 1 - AWAY / 3600))
    await asyncio.sleep(AWAY / 2)
    cpu, lines = (people.cpu_of(bot) - used) / AWAY, bot.log.count("\n") - said
    tries = len(told(night, crowd)) - asked
    if how == "refused":
        await night.sandbox.start()
    night.sandbox.faults.clear()
    began, before = seconds(), len(told(night, crowd))
    await night.until(lambda: len(told(night, crowd)) > before + 5, 120)
    back = seconds() - began
    await done(night, number)
    found, twice = await check(night, number, "第1号通知", crowd, IN_FLIGHT)
    say(away=AWAY, cpu_percent=cpu * 100, log_lines=lines, tries_meanwhile=tries, back_after=back, sent=found.sent,
        unknown=found.unknown, doubles=twice)  # fmt: skip
    assert found.sent + found.unknown == PEOPLE
    assert found.unknown <= (0 if how == "refused" else AWAY / 10)
