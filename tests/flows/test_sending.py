"""From the queue to the chats with a whole bot: the first few, stopping in the middle, faults of Telegram's."""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.clock import instant
from bot.demo import OWNER
from bot.i18n import Translator
from bot.sandbox import Fault
from bot.sender import FAILING
from bot.views import pushes
from bot.views.parts import Outgoing
from storage import accounts, occurrences, outbox
from storage.occurrences import Tally
from storage.outbox import Intent
from tests.flows.conftest import NOW, PATIENCE, Stage

CROWD = range(100_000, 100_060)
DAY = NOW.date()


@pytest.fixture
async def quick(tmp_path: Path) -> AsyncIterator[Stage]:
    """A bot at the highest rate at which no more than 25 are in flight, and sixty who have spoken to it."""
    stage = Stage(tmp_path, rate_per_second=400)
    await stage.open()
    for user in CROWD:
        stage.world.add_user(user, first_name="甲", started=True)
    stage.world.add_user(OWNER, first_name="管理员", started=True)
    async with stage.app.db.write() as tx:
        for user in (*CROWD, OWNER):
            await accounts.see(tx, user, user, instant(NOW))
    yield stage
    await stage.close()


async def plan(stage: Stage, name: str, kind: str = "parked", **given: Any) -> int:
    at = instant(stage.clock.now())
    async with stage.app.db.write() as tx:
        number = await occurrences.take(tx, name, DAY, at, at + 7 * 86_400_000, **given)
        assert number is not None
        await outbox.insert(
            tx,
            [
                Intent(f"{name}:{user}", kind, {"number": number}, user_id=user, urgency=2, occurrence_id=number)
                for user in CROWD
            ],
        )
    stage.app.sender.wake()
    return number


async def tally(stage: Stage, number: int) -> Tally:
    async with stage.app.db.read() as tx:
        return await occurrences.tally(tx, number)


async def over(stage: Stage, number: int, *, hurry: bool = False) -> Tally:
    """Until nothing of it is on the way any more. `hurry`: what waits for another try does not wait long."""
    async with asyncio.timeout(PATIENCE):
        while (found := await tally(stage, number)).on_the_way:
            await asyncio.sleep(0.02)
            if hurry:
                stage.move_to(stage.clock.now() + dt.timedelta(seconds=1))
                stage.app.sender.wake()
    return found


def sent(stage: Stage, number: int) -> list[int]:
    """Whom the server was asked to tell it, in that order."""
    calls = stage.sandbox.calls("sendMessage")
    return [c.chat_id or 0 for c in calls if f" {number} " in f" {c.params['text'].replace('#', ' ')} "]


@pytest.fixture(autouse=True)
def plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said tells which occurrence it belongs to."""

    def parked(facts: pushes.Facts, t: Translator) -> Outgoing:
        return Outgoing(f"no {facts['number']} ")

    def stopped(facts: pushes.Facts, t: Translator) -> Outgoing:
        return Outgoing(f"stopped {facts['plan']} {facts['reason']}")

    views = dict(pushes.VIEWS) | {"parked": parked, "notice_stopped": stopped}
    monkeypatch.setattr(pushes, "VIEWS", views)


# The first few


async def test_what_telegram_refuses_stops_at_the_first_three_and_is_told(quick: Stage) -> None:
    for user in CROWD:
        quick.sandbox.faults.add(Fault("400:can't parse entities: unclosed tag", method="sendMessage", chat_id=user))
    number = await plan(quick, "notice:1", canary=3)
    told = await quick.world.wait_for(OWNER, lambda m: m.from_bot and "stopped notice:1 rejected" in m.text)
    assert told.from_bot
    await quick.app.house.in_hand.over(number)
    tried = len(sent(quick, number))
    assert 1 <= tried <= 3
    assert await tally(quick, number) == Tally(pending=len(CROWD) - tried, failed=tried)


async def test_what_cannot_be_put_into_words_reaches_nobody(quick: Stage) -> None:
    number = await plan(quick, "notice:1", kind="nonsense", canary=3)
    await quick.world.wait_for(OWNER, lambda m: m.from_bot and "stopped notice:1 render" in m.text)
    await quick.app.house.in_hand.over(number)
    assert not [c for c in quick.sandbox.calls("sendMessage") if c.chat_id != OWNER]
    found = await tally(quick, number)
    assert found.pending == len(CROWD) - found.failed
    assert found.failed <= 3


async def test_people_who_have_blocked_us_are_passed_over_and_the_rest_gets_it(quick: Stage) -> None:
    for user in CROWD[:20]:
        quick.sandbox.faults.add(Fault("blocked", method="sendMessage", chat_id=user))
    number = await plan(quick, "notice:1", canary=3)
    assert await over(quick, number) == Tally(sent=len(CROWD) - 20, failed=20)
    assert Counter(sent(quick, number)) == Counter(CROWD), "one try each"
    again = await plan(quick, "notice:2")
    assert await over(quick, again) == Tally(sent=len(CROWD) - 20, skipped=20)
    async with quick.app.db.read() as tx:
        assert await occurrences.reasons(tx, number) == {"failed": {"blocked": 20}}
        assert await occurrences.reasons(tx, again) == {"skipped": {"unreachable": 20}}


# In the middle


async def some(stage: Stage, number: int, count: int) -> None:
    """Until so many of it have been asked for: there is a middle to do something in."""
    async with asyncio.timeout(PATIENCE):
        while len(sent(stage, number)) < count:
            await asyncio.sleep(0.001)


async def another_left(stage: Stage, name: str) -> None:
    """Until something that was written after it has arrived: whatever else may leave has had its turn."""
    async with stage.app.db.write() as tx:
        await outbox.insert(tx, [Intent(name, "parked", {"number": name}, user_id=OWNER, urgency=2)])
    stage.app.sender.wake()
    await stage.world.wait_for(OWNER, lambda m: name in m.text)


async def test_nothing_leaves_after_the_answer_to_stop(quick: Stage) -> None:
    for race in range(12):
        number = await plan(quick, f"race:{race}")
        await some(quick, number, 4 * race)
        async with quick.app.db.write() as tx:
            assert await occurrences.stop(tx, number, instant(quick.clock.now()))
        assert await quick.app.house.in_hand.over(number)
        before, found = len(sent(quick, number)), await tally(quick, number)
        assert found == Tally(sent=before, skipped=len(CROWD) - before)
        await another_left(quick, f"after:{race}")
        assert len(sent(quick, number)) == before


async def test_paused_in_the_middle_it_goes_on_where_it_was(quick: Stage) -> None:
    number = await plan(quick, "notice:1")
    await some(quick, number, 20)
    async with quick.app.db.write() as tx:
        assert await occurrences.pause(tx, number)
    assert await quick.app.house.in_hand.over(number)
    before, found = len(sent(quick, number)), await tally(quick, number)
    assert found == Tally(sent=before, pending=len(CROWD) - before)
    await another_left(quick, "after")
    assert len(sent(quick, number)) == before
    async with quick.app.db.write() as tx:
        assert await occurrences.resume(tx, number)
    quick.app.sender.wake()
    assert await over(quick, number) == Tally(sent=len(CROWD))
    assert Counter(sent(quick, number)) == Counter(CROWD)


async def test_two_notices_take_turns_from_the_first_message_on(quick: Stage) -> None:
    first = await plan(quick, "notice:1")
    await some(quick, first, 10)
    second = await plan(quick, "notice:2")
    assert await over(quick, first) == await over(quick, second) == Tally(sent=len(CROWD))
    order = [c.params["text"].split()[1] for c in quick.sandbox.calls("sendMessage")]
    both = order[order.index(str(second)) : len(order) - order[::-1].index(str(first))]
    count = Counter(both)
    assert abs(count[str(first)] - count[str(second)]) <= 0.2 * len(both) + 25


async def test_an_answer_overtakes_the_whole_queue(quick: Stage) -> None:
    number = await plan(quick, "notice:1")
    async with quick.app.db.write() as tx:
        await outbox.insert(tx, [Intent("asked", "parked", {"number": 77}, user_id=OWNER, urgency=0)])
    await quick.world.wait_for(OWNER, lambda m: "77" in m.text)
    assert len(sent(quick, number)) <= 30
    await over(quick, number)


async def test_whoever_has_gone_in_the_middle_gets_nothing_any_more(quick: Stage) -> None:
    number = await plan(quick, "notice:1")
    await some(quick, number, 5)
    async with quick.app.db.write() as tx:
        for user in CROWD[30:]:
            await accounts.set_reachable(tx, user, False)
    gone_at = len(sent(quick, number))
    found = await over(quick, number)
    assert found.skipped >= 1
    assert found.sent + found.skipped == len(CROWD)
    late = [user for user in sent(quick, number)[gone_at:] if user in CROWD[30:]]
    assert len(late) <= 25, "what was on the wire already"


# Telegram's faults


async def test_after_a_429_nothing_leaves_before_it_is_over_and_nobody_is_left_out(quick: Stage) -> None:
    quick.world.subscribe(
        lambda event: (
            event.sequence == 20 and bool(quick.sandbox.faults.add(Fault("429", method="sendMessage", retry_after=1)))
        )
    )
    number = await plan(quick, "notice:1")
    assert await over(quick, number) == Tally(sent=len(CROWD))
    calls = quick.sandbox.calls("sendMessage")
    (refused,) = [c for c in calls if c.status == 429]
    assert refused.answered_at is not None
    early = [c for c in calls if refused.accepted_at < c.accepted_at < refused.answered_at + 0.95]
    assert len(early) <= 25, "no more than were on their way already"
    assert not [c for c in early if c.accepted_at > refused.answered_at + 0.5]


async def test_a_server_in_trouble_loses_nothing_and_doubles_nothing(quick: Stage) -> None:
    quick.sandbox.faults.add(Fault("5xx", method="sendMessage", times=12, probability=0.2, seed=7))
    number = await plan(quick, "notice:1")
    assert await over(quick, number, hurry=True) == Tally(sent=len(CROWD))
    arrived = Counter(c.chat_id for c in quick.sandbox.calls("sendMessage") if c.delivered)
    assert set(arrived.values()) == {1}


async def test_answers_that_get_lost_are_doubts_and_end_after_three_copies(quick: Stage) -> None:
    chatty = CROWD[:3]
    for user in chatty:
        quick.sandbox.faults.add(Fault("lost", method="sendMessage", chat_id=user, times=None))
    number = await plan(quick, "notice:1")
    assert await over(quick, number, hurry=True) == Tally(sent=len(CROWD) - 3, unknown=3)
    arrived = Counter(c.chat_id for c in quick.sandbox.calls("sendMessage") if c.delivered)
    assert {arrived[user] for user in chatty} == {3}
    assert {arrived[user] for user in CROWD[3:]} == {1}


async def test_a_telegram_that_is_away_is_asked_seldom_and_then_gets_it_all(quick: Stage) -> None:
    fault = quick.sandbox.faults.add(Fault("5xx", method="sendMessage", times=None))
    number = await plan(quick, "notice:1")
    async with asyncio.timeout(PATIENCE):
        while fault.used < FAILING:
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
    assert fault.used <= 25 + FAILING
    quick.sandbox.faults.clear()
    assert await over(quick, number, hurry=True) == Tally(sent=len(CROWD))


async def test_a_chat_that_has_to_rest_holds_up_nobody_else(quick: Stage) -> None:
    quick.app.telegram.pace.hold(600.0, CROWD[0])
    number = await plan(quick, "notice:1")
    async with asyncio.timeout(PATIENCE):
        while (await tally(quick, number)).sent < len(CROWD) - 1:
            await asyncio.sleep(0.01)
    async with quick.app.db.read() as tx:
        ((at, tries),) = await tx.fetch("SELECT not_before, tries FROM outbox WHERE user_id = ?", CROWD[0])
    assert at > instant(NOW + dt.timedelta(seconds=590))
    assert tries == 0
