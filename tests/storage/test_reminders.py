"""Reminders by plan and by hand together, the digest, and a plan run by hand; on both databases."""

import datetime as dt

import pytest

from bot.clock import instant
from bot.services import outbox as recipients
from bot.services import remind, schedule
from bot.services.effects import Cause
from bot.services.restraint import week_of
from storage import occurrences, sending, settings
from storage.engine import Database
from storage.records import Role
from tests.storage.test_plans import (
    DAY,
    MINUTE,
    MONDAY,
    OWNER,
    SEEDED,
    SHANGHAI,
    actor,
    change,
    confirmed,
    deliver,
    look,
    memo,
    only,
    rows,
    sent_to,
    staff,
)


async def test_over_the_week_s_budget_a_plan_s_message_is_held_back_and_the_digest_tells_of_it(db: Database) -> None:
    await staff(db, Role.STAFF, Role.STAFF)
    await only(db, "digest")
    async with db.write() as tx:
        await settings.put(tx, "budget", "2", 0)
    for hour in (9, 10, 11, 14):
        plan = await memo(db, "weekly:2", hour * 60, since=instant(MONDAY))
        await look(db, (MONDAY + DAY).replace(hour=hour))
        assert plan.id
        await deliver(db, (MONDAY + DAY).replace(hour=hour, minute=1))
    assert await rows(db, "SELECT state, reason, COUNT(*) FROM outbox GROUP BY state, reason ORDER BY state DESC") == [
        ("skipped", "budget", 4),
        ("sent", "", 4),
    ]
    friday = dt.datetime(2026, 10, 23, 16, 0, tzinfo=SHANGHAI)
    await look(db, friday - MINUTE)
    await look(db, friday)
    desk = recipients.Desk(db, frozenset())
    found = await desk.exchange([], 10, friday)
    assert [(row.kind, row.person_id, len(row.facts["items"])) for row in found] == [("digest", 1, 2), ("digest", 2, 2)]
    said = (await desk.look(found))[found[0].id]
    assert not isinstance(said, str)
    assert [item["kind"] for item in said.facts["items"]] == ["memo", "memo"]
    await desk.exchange([sending.End(row.id, "sent") for row in found], 0, friday)
    await look(db, friday + 7 * DAY - MINUTE)
    await look(db, friday + 7 * DAY)
    assert await rows(db, "SELECT COUNT(*) FROM outbox WHERE kind = 'digest'") == [(2,)]  # told once


async def test_nobody_is_reminded_more_than_twice_of_a_matter_or_twice_in_a_week(db: Database) -> None:
    """Planned and by hand together; then the contact hears of it, then the leader above, each once."""
    await staff(db, Role.LEADER, path="综合处")
    await staff(db, Role.LEADER, Role.STAFF, path="综合处/办公室")
    await confirmed(db, 1, MONDAY.date())
    await confirmed(db, 2, MONDAY.date())
    office = actor(Role.OWNER)
    story = []
    for number, days in enumerate((0, 1, 7, 14, 15, 21, 28)):
        now = MONDAY + days * DAY
        outcome = await remind.remind(Cause(db), office, 0, "", now, run=number + 1, owners=[OWNER])
        story.append(tuple(outcome.facts[name] for name in ("send", "week", "twice")))
        await deliver(db, now + MINUTE)
    assert story == [(1, 0, 0), (0, 1, 0), (1, 0, 0), (0, 0, 1), (0, 0, 1), (0, 0, 1), (0, 0, 1)]
    told = await rows(db, "SELECT kind, user_id, settled_at FROM outbox WHERE kind LIKE 'remind-%' ORDER BY id")
    assert [row[:2] for row in told] == [("remind-contact", 2), ("remind-leader", 1)]
    assert week_of(MONDAY + 14 * DAY)[0] <= told[0][2] < week_of(MONDAY + 14 * DAY)[1]
    assert week_of(MONDAY + 21 * DAY)[0] <= told[1][2] < week_of(MONDAY + 21 * DAY)[1]


async def test_one_reminder_a_week_whatever_it_is_about(db: Database) -> None:
    await staff(db, Role.STAFF, Role.OFFICE)
    await awaiting(db, 7, MONDAY.date() + 20 * DAY, [1])
    owner = actor(Role.OWNER)
    first = await remind.remind(Cause(db), owner, 0, "notice:7", MONDAY, run=1, owners=[])
    second = await remind.remind(Cause(db), owner, 0, "", MONDAY, run=2, owners=[])
    assert (first.facts["send"], second.facts["send"], second.facts["week"]) == (1, 1, 1)  # the other is the office


async def awaiting(db: Database, notice: int, deadline: dt.date, persons: list[int]) -> None:
    """A notice that these have not answered."""
    await change(
        db,
        "INSERT INTO notices (id, author_user, authority, state, text, answer, deadline, created_at)"
        " VALUES (?, 900, 900, 'done', '请<b>报名</b>', 1, ?, 0)",
        notice,
        deadline.isoformat(),
    )
    for person in persons:
        await change(
            db,
            "INSERT INTO notice_people (notice_id, person_id, department_id, fate) VALUES (?, ?, 1, 'send')",
            notice,
            person,
        )


async def test_a_deadline_reminds_those_who_have_not_answered_at_most_once_a_week(db: Database) -> None:
    await staff(db, Role.STAFF, Role.STAFF, Role.STAFF)
    await only(db, "deadline")
    deadline = dt.date(2026, 10, 30)  # a Friday
    await awaiting(db, 7, deadline, [1, 2])
    start = dt.datetime(2026, 10, 22, 9, 0, tzinfo=SHANGHAI)
    await look(db, start)
    sent = {}
    for step in range(10):
        now = (start + step * DAY).replace(hour=10)
        await look(db, now)
        await deliver(db, now + MINUTE)
        sent[now.date().isoformat()] = await sent_to(db, "notice")
        if now.date() == dt.date(2026, 10, 26):
            await change(db, "UPDATE notice_people SET answered_at = 1 WHERE person_id = 2")
    assert sent["2026-10-22"] == []
    assert sent["2026-10-23"] == [1, 2]
    assert sent["2026-10-27"] == [1, 2, 1]
    assert sent["2026-10-31"] == [1, 2, 1]


async def test_a_reminder_that_never_came_counts_for_nothing(db: Database) -> None:
    await staff(db, Role.STAFF)
    owner = actor(Role.OWNER)
    await remind.remind(Cause(db), owner, 0, "", MONDAY, run=1, owners=[])
    await change(db, "UPDATE outbox SET state = 'failed', reason = 'blocked'")
    outcome = await remind.remind(Cause(db), owner, 0, "", MONDAY + MINUTE, run=2, owners=[])
    assert outcome.facts["send"] == 1


@pytest.mark.parametrize("role", [Role.STAFF, Role.VIEWER])
async def test_who_may_not_remind_reminds_nobody(db: Database, role: Role) -> None:
    await staff(db, role)
    outcome = await remind.remind(Cause(db), actor(role, 1, "/1/"), 1, "", MONDAY, run=1, owners=[])
    assert outcome.name == "error-stale"
    assert await rows(db, "SELECT * FROM outbox") == []


async def test_a_leader_reminds_only_his_own_subtree(db: Database) -> None:
    await staff(db, Role.LEADER, Role.STAFF, path="综合处")
    await staff(db, Role.STAFF, path="综合处/办公室")
    await staff(db, Role.STAFF, path="执法处")
    leader = actor(Role.LEADER, 1, "/1/")
    for department in (0, 3, 99):
        outcome = await remind.remind(Cause(db), leader, department, "", MONDAY, run=1, owners=[])
        assert outcome.name == "error-stale"
    await remind.remind(Cause(db), leader, 1, "", MONDAY, run=2, owners=[])
    assert await sent_to(db, "reminder") == [1, 2, 3]


# By hand


async def test_a_plan_is_run_by_hand_once_a_day_and_counts_against_restraint(db: Database) -> None:
    await staff(db, Role.STAFF, Role.OFFICE)
    await only(db)
    office = actor(Role.OFFICE, 2)
    outcome = await schedule.run(Cause(db), office, SEEDED["nudge"], MONDAY, [OWNER])
    assert (outcome.name, outcome.facts["sent"]) == ("schedule-running", 2)
    again = await schedule.run(Cause(db), office, SEEDED["nudge"], MONDAY + MINUTE, [OWNER])
    assert again.name == "schedule-ran-today"
    tomorrow = await schedule.run(Cause(db), office, SEEDED["nudge"], MONDAY + DAY, [OWNER])
    assert tomorrow.facts["sent"] == 0  # reminded this week already
    async with db.read() as tx:
        assert await occurrences.find(tx, "plan:3:hand", MONDAY.date())


async def test_outside_working_hours_a_run_by_hand_waits_for_them(db: Database) -> None:
    await staff(db, Role.STAFF, Role.OFFICE)
    night = MONDAY.replace(hour=21)
    outcome = await schedule.run(Cause(db), actor(Role.OFFICE, 2), SEEDED["nudge"], night, [OWNER])
    assert outcome.facts["now"] is False
    morning = instant((MONDAY + DAY).replace(hour=8))
    assert set(await rows(db, "SELECT not_before FROM outbox WHERE kind = 'reminder'")) == {(morning,)}
    async with db.write() as tx:
        assert not await sending.claim(tx, "a", instant(night), 0, 5)
        assert len(await sending.claim(tx, "a", morning, 0, 5)) == 2
