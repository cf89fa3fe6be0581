"""kill -9 in a notice to three hundred: nobody is left out, at most those in flight hear it twice, the sum holds."""

import random

import pytest

from bot.clock import instant
from storage import occurrences
from storage.occurrences import Tally
from tests.e2e import crowd as people
from tests.e2e.conftest import Rig
from tests.e2e.test_messages import IN_FLIGHT, POINTS, dead_at

SIZE = 300


@pytest.mark.parametrize("once", [False, True])
async def test_five_kills_at_any_moment(night: Rig, once: bool) -> None:
    chance = random.Random(20261014)
    crowd = await people.gather(night, SIZE)
    number = await people.plan(night, "notice:1", crowd, once=once)
    for _ in range(5):
        bot = await night.start()
        enough = len(night.sandbox.calls("sendMessage")) + chance.randrange(1, 50)
        await night.until(lambda n=enough: len(night.sandbox.calls("sendMessage")) >= n)
        await bot.kill()
    await night.start()
    await night.settled()
    arrived, found = people.copies(night, number), await people.tally(night, number)
    assert found.planned == found.sent + found.unknown == SIZE
    assert len(set(crowd) - set(arrived)) <= found.unknown <= 5 * IN_FLIGHT
    assert sum(arrived.values()) - len(arrived) <= (0 if once else 5 * IN_FLIGHT)
    assert max(arrived.values()) <= (1 if once else 3)
    night.sound()


@pytest.mark.parametrize("point", POINTS)
async def test_a_kill_among_the_first_few_lets_nobody_pass_before_they_are_sent(night: Rig, point: str) -> None:
    crowd = await people.gather(night, 40)
    number = await people.plan(night, "notice:1", crowd)
    await dead_at(night, point, 1 if "result" not in point else 6)
    assert sum(people.copies(night, number).values()) <= 3
    await night.start()
    await night.settled()
    assert set(people.copies(night, number)) == set(crowd)
    assert await people.tally(night, number) == Tally(sent=40)


async def test_what_was_stopped_stays_so_after_a_kill(night: Rig) -> None:
    crowd = await people.gather(night, SIZE)
    number = await people.plan(night, "notice:1", crowd)
    bot = await night.start(RATE_PER_SECOND="100")
    await night.until(lambda: len(night.sandbox.calls("sendMessage")) >= 30)
    await bot.kill()
    async with night.writing() as tx:
        assert await occurrences.stop(tx, number, instant(night.now))
    await night.start()
    await night.settled()
    found, ledger = await people.tally(night, number), night.sandbox.ledger
    began = max(at for at, call in enumerate(ledger) if call.method == "getMe")  # the second process; the first's last
    assert not [call for call in ledger[began:] if call.chat_id in crowd]  # calls may have come after its death
    before = sum(people.copies(night, number).values())
    assert found.planned == found.sent + found.skipped + found.unknown == SIZE
    assert found.sent <= before <= found.sent + found.unknown
    assert found.unknown <= IN_FLIGHT
