"""Thousands at Telegram's pace, against servers that enforce it: nothing is refused, and who asks is answered."""

import asyncio

import pytest

from bot.sandbox import Fault, Limits
from tests.conftest import Say
from tests.e2e import crowd as people
from tests.e2e.conftest import Rig
from tests.e2e.crowd import PEOPLE, done, seconds, told
from tests.e2e.test_updates import STAFF

pytestmark = pytest.mark.soak
GROUPS = (-1001000000001, -1001000000002)
ASKED = 45  # commands in each group, all at once


def most_within(moments: list[float], span: float) -> int:
    """The largest number of moments in any stretch of that length."""
    moments, first, most = sorted(moments), 0, 0
    for last, at in enumerate(moments):
        while at - moments[first] >= span:
            first += 1
        most = max(most, last - first + 1)
    return most


def enforced(penalty: int) -> Limits:
    return Limits(overall=30, burst=5, penalty=penalty)


@pytest.mark.parametrize("penalty", [0, 3])
@pytest.mark.parametrize("notices", [1, 2])
async def test_at_the_pace_nothing_is_ever_refused(night: Rig, say: Say, penalty: int, notices: int) -> None:
    """So many notices at once at 28 a second."""
    night.world.pace.limits = enforced(penalty)
    crowd = await people.employ(night, PEOPLE // notices)
    await night.start(RATE_PER_SECOND="28")
    began = seconds()
    numbers = [await people.notify(night, f"第{n}号通知") for n in range(notices)]
    tallies = await done(night, *numbers)
    took, calls = seconds() - began, told(night, crowd)
    sends = [c.accepted_at for c in night.sandbox.ledger if c.method.startswith(("send", "edit"))]
    refused = sum(c.status == 429 for c in night.sandbox.ledger)
    say(sent=sum(t.sent for t in tallies), seconds=took, at_28=PEOPLE / 28, refused=refused,
        busiest_second=most_within(sends, 1.0))  # fmt: skip
    assert all(tally.sent == tally.planned == len(crowd) for tally in tallies)
    assert len(calls) == len(crowd) * notices
    assert refused == 0


@pytest.mark.parametrize("penalty", [0, 3])
async def test_groups_that_ask_much_beside_a_notice(night: Rig, say: Say, penalty: int) -> None:
    """Each asks for more than twice of what a group may have in a minute."""
    night.world.pace.limits = enforced(penalty)
    crowd = await people.employ(night)
    for group in GROUPS:
        night.world.add_group(group, "工作群", [*STAFF])
    await night.start(RATE_PER_SECOND="28")
    began = seconds()
    number = await people.notify(night, "第1号通知")
    await night.until(lambda: len(told(night, crowd)) > 30)
    for group in GROUPS:
        for turn in range(ASKED):
            night.world.say(STAFF[turn % len(STAFF)], "/phrase@wenming_demo_bot", group)
    (found,) = await done(night, number)
    took = seconds() - began
    await night.until(lambda: all(len(night.answers(group)) == ASKED for group in GROUPS), 120)
    calls = [c for c in night.sandbox.ledger if c.method.startswith(("send", "edit"))]
    refused = sum(c.status == 429 for c in calls)
    minutes = [most_within([c.accepted_at for c in calls if c.chat_id == group], 60.0) for group in GROUPS]
    second = most_within([c.accepted_at for c in calls], 1.0)
    say(sent=found.sent, seconds=took, refused=refused, to_groups=len(GROUPS) * ASKED,
        busiest_minute_of_a_group=max(minutes), busiest_second=second)  # fmt: skip
    assert found.sent == PEOPLE
    assert refused == 0
    assert max(minutes) <= 20


async def test_a_tap_is_answered_while_thousands_are_told(night: Rig, say: Say) -> None:
    """A quiet bot first, then the same taps beside a notice at 28 a second; a call takes 60 ms."""
    crowd = await people.employ(night)
    night.world.pace.limits = enforced(3)
    night.sandbox.faults.add(Fault("delay", method="sendMessage", delay=0.06, times=None))
    await night.start(RATE_PER_SECOND="28")
    await taps(night, 50)  # what a process does for the first time is no measure
    quiet = await taps(night)
    number = await people.notify(night, "第1号通知")
    await night.until(lambda: len(told(night, crowd)) > 30)
    busy = await taps(night)
    left = (await people.tally(night, number)).on_the_way
    figures = {
        f"{name}_p{percent}_ms": sorted(each)[len(each) * percent // 100] * 1000
        for name, each in (("quiet", quiet), ("busy", busy))
        for percent in (50, 99)
    }
    refused = sum(c.status == 429 for c in night.sandbox.ledger)
    say(**figures, times=figures["busy_p99_ms"] / figures["quiet_p99_ms"], refused=refused, still_on_the_way=left)
    assert refused == 0
    assert left > 0


async def taps(rig: Rig, times: int = 500) -> list[float]:
    """How long each of so many answers takes, one after the other."""
    took = []
    for turn in range(times):
        user = STAFF[turn % len(STAFF)]
        heard = len(rig.answers(user))
        began = seconds()
        rig.world.say(user, "/phrase")
        while len(rig.answers(user)) == heard:
            await asyncio.sleep(0.001)
        took.append(seconds() - began)
        await asyncio.sleep(0.05)
    return took
