"""The outbox from pending to its end, on both databases."""

import asyncio
from typing import Any

from storage import outbox, sending
from storage.engine import Database
from storage.outbox import Intent
from storage.sending import Claimed, End

NOW, LATER = 1_000_000, 1_060_000


async def put(db: Database, *intents: Intent) -> None:
    async with db.write() as tx:
        await outbox.insert(tx, intents)


async def claim(db: Database, owner: str = "a", limit: int = 25, now: int = NOW) -> list[Claimed]:
    async with db.write() as tx:
        return list(await sending.claim(tx, owner, now, now + 60_000, limit))


async def settle(db: Database, owner: str, *ends: End) -> None:
    async with db.write() as tx:
        await sending.settle(tx, owner, ends, NOW)


async def states(db: Database) -> dict[str, tuple[str, str]]:
    async with db.read() as tx:
        return {row[0]: (row[1], row[2]) for row in await tx.fetch("SELECT key, state, reason FROM outbox")}


def intent(key: str, **changes: Any) -> Intent:
    return Intent(**({"key": key, "kind": "morning", "facts": {"n": key}, "user_id": 1} | changes))


async def test_a_message_written_twice_is_there_once_and_keeps_its_first_facts(db: Database) -> None:
    await put(db, intent("k", facts={"text": "早上好"}), intent("k", facts={"text": "晚上好"}))
    await put(db, intent("k", facts={}))
    (row,) = await claim(db)
    assert row.facts == {"text": "早上好"}
    assert row.tries == 1


async def test_the_most_urgent_goes_first_and_nothing_goes_before_its_time(db: Database) -> None:
    await put(db, intent("unasked", urgency=2), intent("future", not_before=NOW + 1), intent("asked", urgency=0))
    assert [row.facts["n"] for row in await claim(db, limit=1)] == ["asked"]
    assert [row.facts["n"] for row in await claim(db)] == ["unasked"]
    assert [row.facts["n"] for row in await claim(db, now=NOW + 1)] == ["future"]


async def test_two_who_claim_at_once_never_get_the_same_message(db: Database) -> None:
    await put(db, *(intent(f"k{n}") for n in range(40)))
    taken = await asyncio.gather(*(claim(db, f"owner{n}", limit=7) for n in range(8)))
    ids = [row.id for rows in taken for row in rows]
    assert len(ids) == len(set(ids)) == 40


async def test_an_end_is_written_only_by_whoever_holds_the_lease(db: Database) -> None:
    await put(db, intent("k"))
    (row,) = await claim(db, "a")
    await settle(db, "b", End(row.id, "failed", "blocked"))
    assert await states(db) == {"k": ("sending", "")}
    await settle(db, "a", End(row.id, "sent", message_id=7))
    await settle(db, "a", End(row.id, "failed", "blocked"))
    assert await states(db) == {"k": ("sent", "")}


async def test_another_try_waits_for_its_time(db: Database) -> None:
    await put(db, intent("k"))
    (row,) = await claim(db)
    await settle(db, "a", End(row.id, "pending", not_before=NOW + 5))
    assert not await claim(db)
    (again,) = await claim(db, now=NOW + 5)
    assert again.tries == 2


async def test_after_a_crash_what_goes_at_most_once_is_unknown_and_the_rest_is_sent_again(db: Database) -> None:
    await put(db, intent("once", once=True), intent("again"), intent("waiting", not_before=NOW + 1, once=True))
    await claim(db, "the dead one")
    async with db.write() as tx:
        assert await sending.reclaim(tx, NOW, "a", all_others=True) == 1
    assert await states(db) == {
        "once": ("unknown", "crash"),
        "again": ("pending", "crash"),
        "waiting": ("pending", ""),
    }
    assert [row.facts["n"] for row in await claim(db)] == ["again"]


async def test_a_lease_is_taken_over_only_when_it_has_lapsed_and_never_ones_own(db: Database) -> None:
    await put(db, intent("k"), intent("mine", not_before=NOW))
    await claim(db, "b", limit=1)
    await claim(db, "a", limit=1)
    async with db.write() as tx:
        assert await sending.reclaim(tx, LATER, "a", all_others=False) == 0  # to the millisecond it still holds
        assert await sending.reclaim(tx, LATER + 1, "a", all_others=False) == 1
    assert await states(db) == {"k": ("pending", "crash"), "mine": ("sending", "")}


async def test_one_who_was_given_up_for_dead_writes_no_end_any_more(db: Database) -> None:
    await put(db, intent("k"))
    (row,) = await claim(db, "zombie")
    async with db.write() as tx:
        await sending.reclaim(tx, NOW, "a", all_others=True)
    await settle(db, "zombie", End(row.id, "sent", message_id=1))
    assert await states(db) == {"k": ("pending", "crash")}
    await claim(db, "a")
    await settle(db, "zombie", End(row.id, "failed", "blocked"))
    assert await states(db) == {"k": ("sending", "crash")}


async def test_what_is_too_late_is_skipped_but_not_what_is_on_its_way_or_has_no_end_of_time(db: Database) -> None:
    await put(db, intent("sending", late_at=NOW))
    await claim(db)
    await put(db, intent("late", late_at=NOW), intent("in time", late_at=NOW + 1), intent("always"))
    async with db.write() as tx:
        assert await sending.skip_late(tx, NOW) == 1
        assert await sending.skip_late(tx, NOW) == 0
    assert await states(db) == {
        "sending": ("sending", ""),
        "late": ("skipped", "late"),
        "in time": ("pending", ""),
        "always": ("pending", ""),
    }


async def test_the_next_due_one_is_the_first_still_to_come(db: Database) -> None:
    async with db.read() as tx:
        assert await outbox.next_due(tx, NOW) is None
    await put(
        db, intent("due", not_before=NOW), intent("next", not_before=NOW + 9), intent("last", not_before=NOW + 99)
    )
    async with db.read() as tx:
        assert await outbox.next_due(tx, NOW) == (NOW + 9, "morning")
        assert await outbox.oldest_due(tx, NOW + 5) == 5


async def test_states_are_counted_for_all_and_for_one_occurrence(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute("INSERT INTO occurrences (plan, local_date, due_at, late_at) VALUES ('p', '2026-10-14', 0, 0)")
    await put(db, intent("a", occurrence_id=1), intent("b", occurrence_id=1), intent("c"))
    row = (await claim(db, limit=2))[1]
    await settle(db, "a", End(row.id, "sent"))
    async with db.read() as tx:
        assert await outbox.count_by_state(tx) == {"sent": 1, "sending": 1, "pending": 1}


async def test_a_work_card_that_is_just_leaving_counts_as_the_last_one(db: Database) -> None:
    await put(db, intent("card", kind="work", user_id=7, not_before=NOW - 5))

    async def last() -> tuple[bool, int]:
        async with db.read() as tx:
            return await outbox.last_work(tx, 7)

    assert await last() == (True, 0)
    (card,) = await claim(db)
    assert await last() == (False, NOW - 5), "between its claim and its end a second card would find no first one"
    await settle(db, "a", End(card.id, "sent"))
    assert await last() == (False, NOW)
