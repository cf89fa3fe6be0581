"""Notices to thousands while the machine itself is in trouble: disk, database, clock, processor, memory.

SOAK_FREEZE (600 seconds), SOAK_LOCK (30 seconds), SOAK_MANY (100,000 people).
"""

import asyncio
import os
import resource
import signal
from itertools import pairwise

import apsw
import pytest

from bot.demo import OWNER
from bot.sandbox import Fault
from storage import occurrences
from tests.conftest import Say
from tests.e2e import crowd as people
from tests.e2e.conftest import NOW, Rig
from tests.e2e.crowd import PEOPLE, check, done, seconds, told
from tests.e2e.test_messages import IN_FLIGHT

pytestmark = pytest.mark.soak
FREEZE = float(os.environ.get("SOAK_FREEZE", "600"))
LOCK = float(os.environ.get("SOAK_LOCK", "30"))
MANY = int(os.environ.get("SOAK_MANY", "100000"))


async def test_a_disk_that_is_full_for_a_while(night: Rig, say: Say) -> None:
    crowd = await people.employ(night)
    bot = await night.start(RATE_PER_SECOND="100")
    number = await people.notify(night, "第1号通知")
    await night.until(lambda: len(told(night, crowd)) > 30)
    size = night.database.stat().st_size
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (min(size, 65_536), resource.RLIM_INFINITY))
    await asyncio.sleep(2)
    stuck = len(told(night, crowd))
    await asyncio.sleep(30)
    assert len(told(night, crowd)) - stuck == 0, "what cannot be written down is not sent"
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    began = seconds()
    await night.until(lambda: len(told(night, crowd)) > stuck, 60)
    back = seconds() - began
    await done(night, number)
    found, twice = await check(night, number, "第1号通知", crowd)
    say(full=32, sent=found.sent, doubles=twice, back_after=back)
    assert found.sent == PEOPLE


async def test_a_database_that_somebody_else_holds(night: Rig, say: Say) -> None:
    crowd = await people.employ(night)
    await night.start(RATE_PER_SECOND="100")
    number = await people.notify(night, "第1号通知")
    await night.until(lambda: len(told(night, crowd)) > 30)
    other = apsw.Connection(str(night.database))
    other.set_busy_timeout(5000)
    other.execute("BEGIN IMMEDIATE")
    await asyncio.sleep(1)
    stuck = len(told(night, crowd))
    await asyncio.sleep(LOCK)
    assert len(told(night, crowd)) - stuck <= IN_FLIGHT
    other.execute("ROLLBACK")
    other.close()
    began = seconds()
    await night.until(lambda: len(told(night, crowd)) > stuck + IN_FLIGHT, 60)
    back = seconds() - began
    await done(night, number)
    found, twice = await check(night, number, "第1号通知", crowd)
    say(locked=LOCK, sent=found.sent, doubles=twice, back_after=back)
    assert found.sent == PEOPLE


async def test_a_process_that_was_frozen(night: Rig, say: Say) -> None:
    crowd = await people.employ(night)
    bot = await night.start(RATE_PER_SECOND="100")
    number = await people.notify(night, "第1号通知")
    await night.until(lambda: len(told(night, crowd)) > 30)
    os.kill(bot.pid, signal.SIGSTOP)
    await asyncio.sleep(FREEZE)
    os.kill(bot.pid, signal.SIGCONT)
    began, before = seconds(), len(told(night, crowd))
    await night.until(lambda: len(told(night, crowd)) > before + 5, 60)
    going = seconds() - began
    await done(night, number)
    found, twice = await check(night, number, "第1号通知", crowd, IN_FLIGHT)
    say(frozen=FREEZE, going_after=going, sent=found.sent, doubles=twice, unknown=found.unknown)
    assert found.sent == PEOPLE


async def test_a_clock_that_jumps_while_a_notice_is_sent(night: Rig, say: Say) -> None:
    """An hour ahead, an hour back, a day back, and right again; one call in ten has to be tried again meanwhile.
    What the clock's ticks keep going (the composer's live message) goes on at once."""
    crowd = await people.employ(night)
    night.sandbox.faults.add(Fault("5xx", method="sendMessage", times=None, probability=0.1, seed=4))
    bot = await night.start(point="jumps", RATE_PER_SECOND="100")
    number = await people.notify(night, "第1号通知")
    pauses = []
    for turn, hours in enumerate((1.0, 0.0, -24.0, 0.0), 1):
        await night.until(lambda n=turn * PEOPLE // 6: len(told(night, crowd)) > n)
        night.jump(bot, hours)
        edits, began = len(night.sandbox.calls("editMessageText", OWNER)), seconds()
        await night.until(lambda n=edits: len(night.sandbox.calls("editMessageText", OWNER)) > n)
        pauses.append(seconds() - began)
    await done(night, number)
    found, twice = await check(night, number, "第1号通知", crowd)
    calls = [c.accepted_at for c in told(night, crowd)]
    longest = max(after - before for before, after in pairwise(calls))
    say(sent=found.sent, doubles=twice, longest_pause=longest, until_the_next_edit=max(pauses))
    assert found.sent == PEOPLE
    assert longest < 60


async def test_a_clock_that_jumps_to_the_morning_and_back(night: Rig, say: Say) -> None:
    """Its moment comes twice, its message once."""
    crowd = await people.employ(night)
    bot = await night.start(point="jumps", RATE_PER_SECOND="400")
    mark, half = f"tap:{NOW.date()}:", PEOPLE // 2
    night.jump(bot, 3.6)  # it was five
    await night.until(lambda: len(told(night, crowd)) > half)
    night.jump(bot, 2.6)
    stopped = len(told(night, crowd)) + IN_FLIGHT
    async with night.reading() as tx:
        planned = await occurrences.find(tx, "morning", NOW.date())
    assert planned is not None
    await asyncio.sleep(10)
    assert len(told(night, crowd)) <= stopped, "what is not due does not leave"
    night.jump(bot, 3.6)
    await done(night, planned.id)
    found, twice = await check(night, planned.id, mark, crowd)
    night.jump(bot, 2.6)
    await asyncio.sleep(5)
    night.jump(bot, 3.7)
    await asyncio.sleep(5)
    assert await night.rows("SELECT COUNT(*) FROM occurrences WHERE plan = 'morning'") == [(1,)]
    assert people.arrived(night, mark).total() == found.planned
    say(sent=found.sent, doubles=twice)


async def test_a_year_that_passes_at_once(night: Rig, say: Say) -> None:
    """What is too late is let go and counted; the bot does not choke on the seconds that nobody lived through."""
    crowd = await people.employ(night)
    bot = await night.start(point="jumps", RATE_PER_SECOND="100")
    number = await people.notify(night, "第1号通知")
    await night.until(lambda: len(told(night, crowd)) > PEOPLE // 2)
    used, began, before = people.cpu_of(bot), seconds(), people.rss_of(bot)
    night.jump(bot, 365 * 24)
    await done(night, number)
    found, twice = await check(night, number, "第1号通知", crowd)
    night.world.say(people.FIRST, "/phrase")
    await night.until(lambda: len(night.answers(people.FIRST)) > 1)
    say(sent=found.sent, skipped=found.skipped, doubles=twice, seconds=seconds() - began,
        cpu_seconds=people.cpu_of(bot) - used, mib_more=people.rss_of(bot) - before)  # fmt: skip
    assert found.sent + found.skipped == PEOPLE


async def test_memory_while_a_hundred_thousand_are_told(night: Rig, say: Say) -> None:
    crowd = await people.employ(night, MANY)
    bot = await night.start(RATE_PER_SECOND="1000")
    number = await people.notify(night, "第1号通知")
    began, sizes = seconds(), {}
    for percent in (1, 10, 50, 90):
        while (await people.tally(night, number)).sent < MANY * percent // 100:
            await asyncio.sleep(1)
        sizes[f"mib_at_{percent}"] = people.rss_of(bot)
    await done(night, number, every=1)
    took = seconds() - began
    found, twice = await check(night, number, "第1号通知", crowd)
    say(sent=found.sent, doubles=twice, a_second=MANY / took, **sizes)
    assert found.sent == MANY
    assert sizes["mib_at_90"] - sizes["mib_at_10"] <= 0.1 * sizes["mib_at_10"]
