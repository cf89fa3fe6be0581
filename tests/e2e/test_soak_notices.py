"""Notices to thousands under kills, storms, losses and outages. What was measured is printed; nothing is timed out.

Sizes: SOAK_PEOPLE (5000), SOAK_KILLS (100), SOAK_FREEZE (600 seconds), SOAK_LOCK (30 seconds).
"""

import asyncio
import datetime as dt
import os
import random
import resource
import signal
from collections import Counter
from collections.abc import AsyncIterator

import apsw
import pytest

from bot.sandbox import Fault, Limits
from bot.sandbox.faults import Call
from storage.occurrences import Tally
from tests.conftest import Say
from tests.e2e import crowd as people
from tests.e2e.conftest import Bot, Rig
from tests.e2e.test_messages import IN_FLIGHT
from tests.e2e.test_updates import STAFF

pytestmark = pytest.mark.soak
PEOPLE = int(os.environ.get("SOAK_PEOPLE", "5000"))
KILLS = int(os.environ.get("SOAK_KILLS", "100"))
FREEZE = float(os.environ.get("SOAK_FREEZE", "600"))
LOCK = float(os.environ.get("SOAK_LOCK", "30"))
HOURS = 4 * 3600.0


@pytest.fixture
async def crowded(night: Rig) -> AsyncIterator[Rig]:
    await people.gather(night, PEOPLE)
    yield night


def crowd() -> range:
    return range(people.FIRST, people.FIRST + PEOPLE)


def seconds() -> float:
    return asyncio.get_running_loop().time()


async def done(rig: Rig, *numbers: int, within: float = HOURS) -> list[Tally]:
    """Until nothing of these is on the way any more."""
    async with asyncio.timeout(within):
        while any([(await people.tally(rig, number)).on_the_way for number in numbers]):
            await asyncio.sleep(0.2)
    return [await people.tally(rig, number) for number in numbers]


def told(rig: Rig) -> list[Call]:
    """What the server was asked to tell the crowd."""
    return [call for call in rig.sandbox.calls("sendMessage") if call.chat_id in crowd()]


def check(rig: Rig, number: int, found: Tally, doubles: int = 0) -> Counter[int]:
    """Nobody is left out unseen, and no more came twice than may."""
    arrived = people.copies(rig, number)
    assert found.planned == found.sent + found.failed + found.skipped + found.unknown == PEOPLE
    assert len(arrived) >= found.sent
    assert len(set(crowd()) - set(arrived)) <= found.unknown + found.failed + found.skipped
    assert sum(arrived.values()) - len(arrived) <= doubles
    assert max(arrived.values()) <= 3
    rig.sound()
    return arrived


# Kills


@pytest.mark.parametrize("once", [False, True])
async def test_a_hundred_kills(crowded: Rig, say: Say, once: bool) -> None:
    chance, kills, doubles, unknown, rounds = random.Random(20261014), 0, 0, 0, 0
    start, began = crowded.now, seconds()
    while kills < KILLS:
        rounds, died = rounds + 1, 0
        number = await people.plan(crowded, f"notice:{rounds}", crowd(), once=once)
        while (await people.tally(crowded, number)).on_the_way:
            crowded.now = start + dt.timedelta(seconds=seconds() - began)
            bot = crowded.spawn()
            try:
                async with asyncio.timeout(chance.uniform(0.5, 4.0) if kills + died < KILLS else HOURS):
                    await done(crowded, number)
            except TimeoutError:
                died += 1
            await bot.kill()
        kills += died
        found = await people.tally(crowded, number)
        arrived = check(crowded, number, found, 0 if once else died * IN_FLIGHT)
        assert found.unknown <= died * IN_FLIGHT
        doubles, unknown = doubles + sum(arrived.values()) - len(arrived), unknown + found.unknown
    say(
        people=PEOPLE,
        rounds=rounds,
        kills=kills,
        lost=0,
        doubles=doubles,
        doubles_a_kill=doubles / kills,
        unknown=unknown,
    )


async def test_at_thirty_a_second_a_kill_repeats_hardly_anything(crowded: Rig, say: Say) -> None:
    chance, doubles = random.Random(20261014), list[int]()
    crowded.sandbox.faults.add(Fault("delay", method="sendMessage", delay=0.06, times=None))
    number = await people.plan(crowded, "notice:1", crowd())
    for _ in range(10):
        bot = await crowded.start(RATE_PER_SECOND="30")
        before = len(told(crowded))
        enough = min(before + chance.randrange(5, 25), PEOPLE)
        await crowded.until(lambda n=enough: len(told(crowded)) >= n)  # type: ignore[misc]
        await bot.kill()
        await crowded.until(lambda: all(c.delivered for c in told(crowded)))
        doubles.append(sum(people.copies(crowded, number).values()) - len(people.copies(crowded, number)))
    await crowded.start()
    (found,) = await done(crowded, number)
    check(crowded, number, found, 30)
    arrived = people.copies(crowded, number)
    steps = [
        after - before
        for before, after in zip(doubles, [*doubles[1:], sum(arrived.values()) - len(arrived)], strict=True)
    ]
    say(kills=10, doubles_of_each=steps)
    assert max(steps) <= 3


# Trouble of Telegram's


async def test_storms_of_429(crowded: Rig, say: Say) -> None:
    bot = await crowded.start()
    storm = Fault("429", method="sendMessage", times=None, probability=0.01, retry_after=1, seed=1)
    crowded.sandbox.faults.add(storm)
    began = seconds()
    number = await people.plan(crowded, "notice:1", crowd())
    (found,) = await done(crowded, number)
    check(crowded, number, found)
    calls = told(crowded)
    refused = [c for c in calls if c.status == 429]
    early = sum(
        1
        for r in refused
        for c in calls
        if r.answered_at and r.answered_at + 0.1 < c.accepted_at < r.answered_at + 0.95
    )
    say(refused=len(refused), early=early, seconds=seconds() - began, sent=found.sent)
    assert early == 0
    assert bot.process.exitcode is None


async def test_a_fifth_of_the_calls_meets_a_server_in_trouble(crowded: Rig, say: Say) -> None:
    await crowded.start()
    took = []
    for number, probability in enumerate((0.0, 0.2), 1):
        crowded.sandbox.faults.add(Fault("5xx", method="sendMessage", times=None, probability=probability, seed=2))
        began = seconds()
        planned = await people.plan(crowded, f"notice:{number}", crowd())
        (found,) = await done(crowded, planned)
        took.append(seconds() - began)
        check(crowded, planned, found)
        assert found.sent == PEOPLE
        crowded.sandbox.faults.clear()
    say(clean=took[0], troubled=took[1], times=took[1] / took[0])


async def test_answers_that_are_lost_after_the_delivery(crowded: Rig, say: Say) -> None:
    await crowded.start()
    lost = crowded.sandbox.faults.add(Fault("lost", method="sendMessage", times=None, probability=0.01, seed=3))
    number = await people.plan(crowded, "notice:1", crowd())
    (found,) = await done(crowded, number)
    arrived = check(crowded, number, found, lost.used)
    assert set(arrived) == set(crowd())
    say(lost_answers=lost.used, doubles=sum(arrived.values()) - len(arrived), unknown=found.unknown)


# Trouble at home


async def test_a_disk_that_is_full_for_a_while(crowded: Rig, say: Say) -> None:
    bot = await crowded.start(RATE_PER_SECOND="100")
    number = await people.plan(crowded, "notice:1", crowd())
    await crowded.until(lambda: len(told(crowded)) > 30)
    size = crowded.database.stat().st_size
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (min(size, 65_536), resource.RLIM_INFINITY))
    await asyncio.sleep(2)
    stuck = len(told(crowded))
    await asyncio.sleep(5)
    assert len(told(crowded)) - stuck == 0, "what cannot be written down is not sent"
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    began = seconds()
    await crowded.until(lambda: len(told(crowded)) > stuck, 60)
    back = seconds() - began
    (found,) = await done(crowded, number)
    arrived = check(crowded, number, found)
    say(sent=found.sent, doubles=sum(arrived.values()) - len(arrived), back_after=back)


async def test_a_database_that_somebody_else_holds(crowded: Rig, say: Say) -> None:
    await crowded.start(RATE_PER_SECOND="100")
    number = await people.plan(crowded, "notice:1", crowd())
    await crowded.until(lambda: len(told(crowded)) > 30)
    other = apsw.Connection(str(crowded.database))
    other.set_busy_timeout(5000)
    other.execute("BEGIN IMMEDIATE")
    await asyncio.sleep(1)
    stuck = len(told(crowded))
    await asyncio.sleep(LOCK)
    assert len(told(crowded)) - stuck <= IN_FLIGHT
    other.execute("ROLLBACK")
    other.close()
    (found,) = await done(crowded, number)
    arrived = check(crowded, number, found)
    assert found.sent == PEOPLE
    say(locked=LOCK, sent=found.sent, doubles=sum(arrived.values()) - len(arrived))


async def test_a_process_that_was_frozen(crowded: Rig, say: Say) -> None:
    bot = await crowded.start(RATE_PER_SECOND="100")
    number = await people.plan(crowded, "notice:1", crowd())
    await crowded.until(lambda: len(told(crowded)) > 30)
    os.kill(bot.pid, signal.SIGSTOP)
    await asyncio.sleep(FREEZE)
    os.kill(bot.pid, signal.SIGCONT)
    began, before = seconds(), len(told(crowded))
    await crowded.until(lambda: len(told(crowded)) > before + 5, 60)
    going = seconds() - began
    (found,) = await done(crowded, number)
    arrived = check(crowded, number, found, IN_FLIGHT)
    say(frozen=FREEZE, going_after=going, sent=found.sent, doubles=sum(arrived.values()) - len(arrived))


# The pace


async def paced(rig: Rig, say: Say, limits: Limits, notices: int) -> Bot:
    """So many notices at once at 28 a second, against a server that enforces its limits."""
    rig.world.pace.limits = limits
    bot = await rig.start(RATE_PER_SECOND="28")
    began = seconds()
    size = PEOPLE // notices
    numbers = [await people.plan(rig, f"notice:{n}", crowd()[:size]) for n in range(notices)]
    tallies = await done(rig, *numbers)
    took, calls = seconds() - began, told(rig)
    busiest = max(sum(1 for c in calls if at <= c.accepted_at < at + 1) for at in (c.accepted_at for c in calls[::28]))
    refused = sum(c.status == 429 for c in calls)
    say(sent=sum(t.sent for t in tallies), seconds=took, at_28=PEOPLE / 28, refused=refused, busiest_second=busiest)
    assert all(tally == Tally(sent=size) for tally in tallies)
    assert refused == 0
    return bot


@pytest.mark.parametrize("penalty", [0, 3])
@pytest.mark.parametrize("notices", [1, 2])
async def test_at_the_pace_nothing_is_ever_refused(crowded: Rig, say: Say, penalty: int, notices: int) -> None:
    await paced(crowded, say, Limits(overall=30, burst=5, penalty=penalty), notices)


async def test_a_tap_is_answered_while_thousands_are_told(crowded: Rig, say: Say) -> None:
    """A quiet bot first, then the same taps beside a notice; a call takes 60 ms."""
    crowded.sandbox.faults.add(Fault("delay", method="sendMessage", delay=0.06, times=None))
    await crowded.start(RATE_PER_SECOND="28")
    await taps(crowded)  # what a process does for the first time is no measure
    quiet = await taps(crowded)
    number = await people.plan(crowded, "notice:1", crowd())
    await crowded.until(lambda: len(told(crowded)) > 30)
    busy = await taps(crowded)
    still = (await people.tally(crowded, number)).on_the_way
    worst = [sorted(each)[int(0.99 * len(each))] * 1000 for each in (quiet, busy)]
    say(quiet_p99_ms=worst[0], busy_p99_ms=worst[1], times=worst[1] / worst[0], still_on_the_way=still)


async def taps(rig: Rig) -> list[float]:
    """How long each of a hundred answers takes, one after the other."""
    took = []
    for turn in range(100):
        user = STAFF[turn % len(STAFF)]
        heard = len(rig.answers(user))
        began = seconds()
        rig.world.say(user, "/phrase")
        while len(rig.answers(user)) == heard:
            await asyncio.sleep(0.001)
        took.append(seconds() - began)
        await asyncio.sleep(0.05)
    return took
