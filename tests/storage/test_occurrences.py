"""Groups of messages, on both databases: fair turns, the first few, pausing, stopping, counting."""

import asyncio
import datetime as dt
import json
from collections import Counter
from typing import Any

import pytest

from bot.services.outbox import Desk, Recipient
from storage import accounts, occurrences, outbox, sending
from storage.engine import Database
from storage.occurrences import Tally
from storage.outbox import Intent
from storage.records import Role
from storage.sending import Claimed, End
from tests.storage.test_plans import staff

DAY = dt.date(2026, 10, 14)
NOW = dt.datetime(2026, 10, 14, 10, 0, tzinfo=dt.UTC)
AT = int(NOW.timestamp() * 1000)
LATE = AT + 3_600_000
MINUTE = dt.timedelta(minutes=1)
NOTHING = dt.timedelta()
OWNER = 900


async def plan(db: Database, name: str, count: int, **given: Any) -> int:
    """An occurrence with so many messages, to the accounts 1, 2, 3 ..."""
    async with db.write() as tx:
        number = await occurrences.take(tx, name, DAY, AT - 1, LATE, **given)
        assert number is not None
        for user in range(1, count + 1):
            await accounts.see(tx, user, user, AT)
        await outbox.insert(
            tx,
            [
                Intent(f"{name}:{n}", "parked", {}, user_id=n, urgency=2, occurrence_id=number, late_at=LATE)
                for n in range(1, count + 1)
            ],
        )
    return number


def desk_of(db: Database, *owners: int) -> Desk:
    return Desk(db, frozenset(owners))


def ended(rows: list[Claimed], state: str = "sent", reason: str = "") -> list[End]:
    return [End(row.id, state, reason, occurrence_id=row.occurrence_id) for row in rows]


async def take(desk: Desk, room: int, ends: list[End] | None = None, now: dt.datetime = NOW) -> list[Claimed]:
    return list(await desk.exchange(ends or [], room, now))


async def tally(db: Database, number: int) -> Tally:
    async with db.read() as tx:
        return await occurrences.tally(tx, number)


async def state(db: Database, number: int) -> str:
    async with db.read() as tx:
        found = await occurrences.get(tx, number)
    assert found is not None
    return found.state


async def put(db: Database, what: Any, number: int, *args: Any) -> Any:
    async with db.write() as tx:
        return await what(tx, number, *args)


# Turns


async def test_several_occurrences_take_turns_one_message_each(db: Database) -> None:
    numbers = [await plan(db, f"p{n}", 10) for n in range(3)]
    desk = desk_of(db)
    one_by_one = [(await take(desk, 1))[0].occurrence_id for _ in range(9)]
    assert one_by_one == numbers * 3
    together = [row.occurrence_id for row in await take(desk, 7)]
    assert together == [*numbers, *numbers, numbers[0]]
    assert (await take(desk, 1))[0].occurrence_id == numbers[1]


async def test_a_newcomer_has_its_turns_at_once_and_the_others_the_rest(db: Database) -> None:
    old = await plan(db, "old", 40)
    desk = desk_of(db)
    await take(desk, 10)
    new = await plan(db, "new", 5)
    assert Counter(row.occurrence_id for row in await take(desk, 10)) == {old: 5, new: 5}
    assert Counter(row.occurrence_id for row in await take(desk, 10)) == {old: 10}


async def test_among_many_more_than_fit_into_one_claim_nobody_is_left_out(db: Database) -> None:
    numbers = [await plan(db, f"p{n}", 2) for n in range(20)]
    desk = desk_of(db)
    first = [row.occurrence_id for _ in range(4) for row in await take(desk, 5)]
    assert sorted(filter(None, first)) == numbers
    rest = [row.occurrence_id for _ in range(4) for row in await take(desk, 5)]
    assert sorted(filter(None, rest)) == numbers


async def test_answers_and_work_go_before_what_nobody_asked_for(db: Database) -> None:
    number = await plan(db, "p", 5)
    async with db.write() as tx:
        await outbox.insert(tx, [Intent("work", "work", {}, user_id=1, urgency=1)])
        await outbox.insert(tx, [Intent("asked", "parked", {}, user_id=1, urgency=0)])
    rows = await take(desk_of(db), 4)
    assert [(row.urgency, row.occurrence_id) for row in rows] == [(0, None), (1, None), (2, number), (2, number)]


async def test_a_plan_has_sent_something_once_a_message_of_it_has_arrived(db: Database) -> None:
    await plan(db, "morning", 1)
    desk = desk_of(db)
    async with db.read() as tx:
        assert not await occurrences.has_sent(tx, "morning")
    taken = await take(desk, 5)
    async with db.read() as tx:
        assert not await occurrences.has_sent(tx, "morning")
    await take(desk, 5, ended(taken))
    async with db.read() as tx:
        assert await occurrences.has_sent(tx, "morning") and not await occurrences.has_sent(tx, "plan:1")


async def test_nothing_of_an_occurrence_goes_before_it_is_due(db: Database) -> None:
    async with db.write() as tx:
        number = await occurrences.take(tx, "p", DAY, AT + 1, LATE)
        await outbox.insert(tx, [Intent("k", "parked", {}, user_id=1, occurrence_id=number)])
    desk = desk_of(db)
    assert not await desk.is_due(NOW)
    assert not await take(desk, 5)
    assert await desk.is_due(NOW + MINUTE)
    assert len(await take(desk, 5, now=NOW + MINUTE)) == 1


async def test_how_many_leave_until_ones_last_counts_the_turns_of_the_others(db: Database) -> None:
    small, big = await plan(db, "small", 3), await plan(db, "big", 10)
    async with db.read() as tx:
        assert await occurrences.count_ahead(tx, small) == 6
        assert await occurrences.count_ahead(tx, big) == 13


# The first few


async def test_only_three_leave_until_three_are_sent_and_then_all(db: Database) -> None:
    number = await plan(db, "p", 20, canary=3)
    desk = desk_of(db)
    tried = await take(desk, 10)
    assert len(tried) == 3
    assert not await take(desk, 10)
    assert not await take(desk, 10, ended(tried[:2]))
    assert len(await take(desk, 10, ended(tried[2:]))) == 10
    async with db.read() as tx:
        found = await occurrences.get(tx, number)
    assert found is not None and found.canary == 0


async def test_somebody_who_has_blocked_us_proves_nothing_and_the_next_takes_his_place(db: Database) -> None:
    number = await plan(db, "p", 20, canary=3)
    desk = desk_of(db)
    one, two, three = await take(desk, 10)
    four, five = await take(desk, 10, [*ended([one]), *ended([two, three], "failed", "blocked")])
    assert await state(db, number) == "planned"
    assert len(await take(desk, 10, ended([four, five]))) == 10


@pytest.mark.parametrize("reason", ["rejected", "render"])
async def test_a_fault_of_ours_at_one_of_the_first_stops_the_rest_and_is_told_once(db: Database, reason: str) -> None:
    number = await plan(db, "notice:12", 20, canary=3, author=5)
    desk = desk_of(db, OWNER)
    tried = await take(desk, 10)
    told = await take(desk, 10, ended(tried, "failed", reason))
    assert [(row.kind, row.user_id, row.urgency) for row in told] == [
        ("notice_stopped", 5, 0),
        ("notice_stopped", OWNER, 0),
    ]
    assert told[0].facts == {"occurrence": number, "plan": "notice:12", "date": "2026-10-14", "reason": reason}
    assert await tally(db, number) == Tally(pending=17, failed=3)
    async with db.read() as tx:
        found = await occurrences.get(tx, number)
    assert found is not None and (found.state, found.reason) == ("paused", reason)
    assert await put(db, occurrences.resume, number)
    assert len(await take(desk, 10)) == 3, "the next three are tried again"


async def test_later_on_one_refused_message_is_that_ones_own_trouble(db: Database) -> None:
    number = await plan(db, "p", 20, canary=3)
    desk = desk_of(db)
    rest = await take(desk, 5, ended(await take(desk, 5)))
    await take(desk, 5, ended(rest, "failed", "rejected"))
    assert await state(db, number) == "planned"


async def test_fewer_than_the_first_few_all_go(db: Database) -> None:
    await plan(db, "p", 2, canary=3)
    assert len(await take(desk_of(db), 10)) == 2


# Pausing and stopping


async def test_paused_it_waits_and_resumed_it_goes_on(db: Database) -> None:
    number = await plan(db, "p", 4)
    desk = desk_of(db)
    await take(desk, 1)
    assert await put(db, occurrences.pause, number, "by hand")
    assert not await put(db, occurrences.pause, number)
    assert not await desk.is_due(NOW)
    assert not await take(desk, 5)
    assert await put(db, occurrences.resume, number)
    assert not await put(db, occurrences.resume, number)
    assert len(await take(desk, 5)) == 3


async def test_stopped_its_messages_are_skipped_and_whoever_stops_it_again_hears_so(db: Database) -> None:
    number = await plan(db, "p", 1203)
    desk = desk_of(db)
    flying = await take(desk, 2)
    await take(desk, 0, ended(flying[:1]))
    assert await put(db, occurrences.stop, number, AT)
    assert not await put(db, occurrences.stop, number, AT)
    assert not await put(db, occurrences.resume, number)
    assert not await put(db, occurrences.close, number)
    assert await tally(db, number) == Tally(sending=1, sent=1, skipped=1201)
    assert not await take(desk, 5, ended(flying[1:]))
    found = await tally(db, number)
    assert found == Tally(sent=2, skipped=1201)
    assert found.planned == 1203
    async with db.read() as tx:
        assert await occurrences.reasons(tx, number) == {"skipped": {"stopped": 1201}}


async def test_what_may_have_arrived_is_not_called_skipped_by_a_stop(db: Database) -> None:
    number = await plan(db, "p", 3)
    desk = desk_of(db)
    first, second, _ = await take(desk, 3)
    await take(desk, 0, [End(first.id, "pending", "timeout", not_before=AT, doubtful=True)])
    await put(db, occurrences.stop, number, AT)
    await take(desk, 0, [End(second.id, "pending", not_before=AT, untried=True)])
    assert await tally(db, number) == Tally(sending=1, skipped=1, unknown=1)
    await desk_of(db).recover(NOW)
    assert await tally(db, number) == Tally(skipped=1, unknown=2)


async def test_fifty_who_press_stop_pause_and_resume_at_once_leave_one_state_and_a_sum_that_holds(db: Database) -> None:
    number = await plan(db, "p", 50)
    desk = desk_of(db)
    acts = [occurrences.pause, occurrences.resume] * 24
    results = await asyncio.gather(
        *(put(db, act, number) for act in acts), put(db, occurrences.stop, number, AT), take(desk, 10)
    )
    assert results[-2] is True
    assert await state(db, number) == "stopped"
    found = await tally(db, number)
    assert found.planned == 50
    assert found.pending == 0
    assert found.sending == len(results[-1])


async def test_what_waits_is_late_even_while_it_is_paused(db: Database) -> None:
    number = await plan(db, "p", 3)
    await put(db, occurrences.pause, number)
    desk = desk_of(db)
    await desk.tidy(NOW, NOTHING, ())
    assert (await tally(db, number)).pending == 3
    await desk.tidy(NOW + 61 * MINUTE, NOTHING, ())
    assert await tally(db, number) == Tally(skipped=3)
    async with db.read() as tx:
        assert [o.id for o in await occurrences.list_over(tx, "p", LATE)] == [number]
        assert [o.id for o in await occurrences.list_running(tx)] == [number]
    assert await put(db, occurrences.close, number)
    async with db.read() as tx:
        assert not await occurrences.list_running(tx)


async def test_a_plan_and_date_are_taken_once(db: Database) -> None:
    async with db.write() as tx:
        first = await occurrences.take(tx, "p", DAY, AT, LATE, facts={"text": "您好"})
        assert first is not None
        assert await occurrences.take(tx, "p", DAY, AT, LATE) is None
        assert (await occurrences.get_facts(tx, first)) == {"text": "您好"}
        found = await occurrences.find(tx, "p", DAY)
        assert found is not None and found.id == first


# Who gets it, and what


async def test_what_all_say_stands_once_and_ones_own_facts_come_on_top(db: Database) -> None:
    number = await plan(db, "p", 2, facts={"text": "您好", "number": 0})
    async with db.write() as tx:
        await tx.execute("UPDATE outbox SET facts = ? WHERE user_id = 2", json.dumps({"number": 7}))
    desk = desk_of(db)
    one, two = await take(desk, 5)
    found = await desk.look([one, two])
    first, second = found[one.id], found[two.id]
    assert isinstance(first, Recipient) and isinstance(second, Recipient)
    assert first.facts == {"text": "您好", "number": 0}
    assert second.facts == {"text": "您好", "number": 7}
    again = (await desk.look([one, two]))[two.id]
    assert isinstance(again, Recipient)
    assert again.facts is second.facts, "the same thing is the same object: it is put into words once"
    await put(db, occurrences.pause, number)
    assert await desk.look([one]) == {one.id: "paused"}
    await put(db, occurrences.stop, number, AT)
    assert await desk.look([one]) == {one.id: "stopped"}


async def test_a_message_that_is_not_ours_any_more_goes_nowhere(db: Database) -> None:
    await plan(db, "p", 1)
    slow, quick = desk_of(db), desk_of(db)
    rows = await take(slow, 1)
    await quick.recover(NOW)
    assert await slow.look(rows) == {rows[0].id: "not_ours"}


@pytest.mark.parametrize("name", ["morning", "plan:2", "plan:2:hand"])
async def test_a_plan_that_stops_at_its_first_few_is_told_to_the_office_by_its_name(db: Database, name: str) -> None:
    await staff(db, Role.OFFICE, Role.STAFF)
    number = await plan(db, name, 20, canary=3)
    desk = desk_of(db, OWNER)
    told = await take(desk, 10, ended(await take(desk, 10), "failed", "render"))
    assert [row.kind for row in told] == ["plan_stopped"] * 2, "one of the office, one owner"
    assert {row.user_id for row in told} > {OWNER}
    assert told[0].facts["kind"] == ("morning" if name == "morning" else "weekly")
    await put(db, occurrences.retry, number, ("rejected", "render"))
    assert await put(db, occurrences.resume, number)
    assert await tally(db, number) == Tally(pending=20), "also those who were refused"
    again = await take(desk, 10)
    assert len(again) == 3
    assert len(await take(desk, 25, ended(again))) == 17


async def test_only_what_has_surely_not_arrived_is_tried_once_more(db: Database) -> None:
    number = await plan(db, "p", 5)
    one, two, three, four, five = await take(desk_of(db), 5)
    reasons = ["rejected", "blocked", "render"]
    ends = [
        *ended([one], "failed", reasons[0]),
        *ended([two], "failed", reasons[1]),
        *ended([three], "failed", reasons[2]),
        *ended([four], "unknown", "lost"),
        *ended([five]),
    ]
    async with db.write() as tx:
        await tx.execute("UPDATE outbox SET owner = 'x'")
        await sending.settle(tx, "x", ends, AT)
    await put(db, occurrences.retry, number, ("rejected", "render"))
    assert await tally(db, number) == Tally(pending=2, failed=1, unknown=1, sent=1)
