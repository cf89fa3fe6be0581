"""The week's budget of unasked messages, on both databases."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.clock import instant
from bot.services.restraint import over_budget, week_of
from storage import accounts, departments, outbox, people, sending, settings
from storage.engine import Database
from storage.outbox import Intent
from storage.records import Person, PersonStatus, Role
from storage.sending import End

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEDNESDAY = dt.datetime(2026, 10, 14, 10, 0, tzinfo=SHANGHAI)
DAY = dt.timedelta(days=1)


async def staff(db: Database, count: int) -> None:
    async with db.write() as tx:
        await departments.insert(tx, "综合处")
        everybody = [Person(0, f"N{n}", "某人", "", 1, Role.STAFF, PersonStatus.ACTIVE) for n in range(1, count + 1)]
        await people.insert_many(tx, everybody, WEDNESDAY.date())
        for n in range(1, count + 1):
            await accounts.see(tx, n, n, 0)
            await accounts.consent(tx, n, 1, 0)
            await accounts.bind(tx, n, n, 0)


async def get(
    db: Database, person: int, count: int, at: dt.datetime, *, state: str = "sent", kind: str = "notice", **changes: int
) -> None:
    """So many messages for somebody, which came to this state at that moment."""
    async with db.write() as tx:
        given = {"urgency": 2, **changes}
        before = await tx.value("SELECT COUNT(*) FROM outbox")
        intents = [
            Intent(f"k{before + n}", kind, {}, person_id=person, not_before=instant(at), **given) for n in range(count)
        ]
        await outbox.insert(tx, intents)
        if state != "pending":
            rows = await sending.claim(tx, "me", instant(at), instant(at) + 60_000, 100)
            if state != "sending":
                await sending.settle(tx, "me", [End(row.id, state) for row in rows], instant(at))


async def over(db: Database, now: dt.datetime = WEDNESDAY) -> set[int]:
    async with db.read() as tx:
        return await over_budget(tx, range(1, 100), now)


async def test_after_five_unasked_messages_a_week_somebody_has_had_enough(db: Database) -> None:
    await staff(db, 2)
    await get(db, 1, 5, WEDNESDAY - DAY)
    await get(db, 2, 4, WEDNESDAY - DAY)
    assert await over(db) == {1}


@pytest.mark.parametrize("state", ["sent", "unknown", "pending", "sending"])
async def test_what_is_on_the_way_or_may_have_come_counts(db: Database, state: str) -> None:
    await staff(db, 1)
    await get(db, 1, 5, WEDNESDAY, state=state)
    assert await over(db) == {1}


@pytest.mark.parametrize("state", ["failed", "skipped"])
async def test_what_never_came_does_not_count(db: Database, state: str) -> None:
    await staff(db, 1)
    await get(db, 1, 9, WEDNESDAY, state=state)
    assert await over(db) == set()


@pytest.mark.parametrize(
    "changes", [{"kind": "morning"}, {"kind": "digest"}, {"free": 1}, {"urgency": 0}, {"urgency": 1}], ids=str
)
@pytest.mark.parametrize("state", ["sent", "pending"])
async def test_mornings_digests_important_ones_answers_and_work_do_not_count(
    db: Database, changes: dict[str, int], state: str
) -> None:
    await staff(db, 1)
    await get(db, 1, 9, WEDNESDAY, state=state, **changes)
    assert await over(db) == set()


async def test_the_week_begins_on_monday_midnight_in_the_unit_s_own_zone(db: Database) -> None:
    await staff(db, 2)
    monday = dt.datetime(2026, 10, 12, 0, 0, tzinfo=SHANGHAI)
    await get(db, 1, 5, monday - dt.timedelta(milliseconds=1))
    await get(db, 2, 5, monday)
    assert await over(db) == {2}
    assert await over(db, monday - DAY) == {1}
    assert await over(db, monday + 7 * DAY) == set()
    assert week_of(WEDNESDAY) == (instant(monday), instant(monday + 7 * DAY))


async def test_a_week_in_which_the_clocks_change_ends_when_the_next_one_begins() -> None:
    helsinki = ZoneInfo("Europe/Helsinki")
    changing = dt.datetime(2026, 10, 25, 12, 0, tzinfo=helsinki)
    start, end = week_of(changing)
    assert end - start == (7 * 24 + 1) * 3_600_000
    assert week_of(changing + DAY)[0] == end


async def test_what_is_planned_for_next_week_counts_next_week(db: Database) -> None:
    await staff(db, 1)
    await get(db, 1, 5, WEDNESDAY + 7 * DAY, state="pending")
    assert await over(db) == set()
    assert await over(db, WEDNESDAY + 8 * DAY) == {1}


async def test_the_budget_is_a_setting_and_nought_means_nobody(db: Database) -> None:
    await staff(db, 2)
    await get(db, 1, 1, WEDNESDAY)
    for budget, expected in ((1, {1}), (2, set()), (0, {1, 2})):
        async with db.write() as tx:
            await settings.put(tx, "budget", str(budget), 0)
        async with db.read() as tx:
            assert await over_budget(tx, [1, 2], WEDNESDAY) == expected


async def test_only_those_who_were_asked_about_are_told_of(db: Database) -> None:
    await staff(db, 2)
    await get(db, 1, 5, WEDNESDAY)
    await get(db, 2, 5, WEDNESDAY)
    async with db.read() as tx:
        assert await over_budget(tx, [2], WEDNESDAY) == {2}
        assert await over_budget(tx, [], WEDNESDAY) == set()
