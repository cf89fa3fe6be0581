"""What was claimed and not settled, and a clock that is put back meanwhile."""

import datetime as dt

import pytest

from storage import occurrences, outbox, sending
from storage.engine import Database
from storage.outbox import Intent
from storage.sending import End
from tests.storage.test_occurrences import AT, DAY, LATE, MINUTE, NOTHING, NOW, OWNER, desk_of, ended, plan, take


async def test_when_the_clock_is_put_back_nobody_waits_for_it_to_come_round_again(db: Database) -> None:
    await plan(db, "p", 1)
    desk = desk_of(db)
    (row,) = await take(desk, 1)
    await take(desk, 0, [End(row.id, "pending", not_before=AT + 5_000)])
    back = dt.timedelta(days=1)
    async with db.write() as tx:
        await tx.execute("UPDATE occurrences SET due_at = 0")
    assert not await take(desk, 1, now=NOW - back + MINUTE)
    await desk.tidy(NOW - back, back, ())
    assert len(await take(desk, 1, now=NOW - back + MINUTE)) == 1


@pytest.mark.parametrize(("name", "author"), [("notice:1", OWNER), ("plan:4:hand", None)])
async def test_what_somebody_has_sent_goes_on_when_the_clock_is_put_back_and_what_has_its_hour_waits_for_it(
    db: Database, name: str, author: int | None
) -> None:
    """A notice is on its way; whoever sets the clock right does not stop it for a day. A morning is not begun twice."""
    sent, morning, later = (
        await plan(db, name, 3, author=author),
        await plan(db, "morning", 3),
        DAY.replace(day=15),
    )
    async with db.write() as tx:
        await tx.execute("UPDATE outbox SET not_before = ?", AT - 1)
        reminder = await occurrences.take(tx, "notice:1/2", later, AT + 7_200_000, LATE * 2, author=OWNER)
        await outbox.insert(
            tx, [Intent("r", "parked", {}, user_id=1, occurrence_id=reminder, not_before=AT + 7_200_000)]
        )
    desk, back = desk_of(db), dt.timedelta(days=1)
    assert not await take(desk, 9, now=NOW - back)
    await desk.tidy(NOW - back, back, ())
    rows = await take(desk, 9, now=NOW - back)
    assert [row.occurrence_id for row in rows] == [sent] * 3
    await take(desk, 0, ended(rows), now=NOW - back)
    assert [row.occurrence_id for row in await take(desk, 9)] == [morning] * 3
    assert [row.occurrence_id for row in await take(desk, 9, now=NOW + dt.timedelta(hours=2))] == [reminder]


async def test_a_claim_whose_commit_was_not_heard_of_is_let_go_when_its_lease_lapses(db: Database) -> None:
    await plan(db, "p", 2)
    desk = desk_of(db)
    heard, unheard = await take(desk, 2)
    await desk.tidy(NOW + 2 * MINUTE, NOTHING, {heard.id})
    async with db.read() as tx:
        assert await tx.fetch("SELECT id, state, tries FROM outbox ORDER BY id") == [
            (heard.id, "sending", 1),
            (unheard.id, "pending", 0),
        ]


async def test_nobody_gets_more_than_three_copies_of_what_may_have_arrived(db: Database) -> None:
    await plan(db, "p", 1)
    desk = desk_of(db)
    crashes = []
    for _ in range(3):
        (row,) = await take(desk, 1)
        crashes.append(row.crashes)
        await take(desk, 0, [End(row.id, "pending", "timeout", not_before=AT, doubtful=True)])
    assert crashes == [0, 1, sending.CRASHES]
