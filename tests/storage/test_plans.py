"""What the planner sends when, to whom, how often, and what it says of what it missed; on both databases."""

import asyncio
import datetime as dt
import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.clock import instant
from bot.domain.access import Actor, roles_of
from bot.services import outbox as recipients
from bot.services import plans as planner
from bot.services import schedule
from bot.services.effects import Cause
from storage import accounts, checkins, departments, people, plans, sending
from storage.engine import Database
from storage.plans import Plan
from storage.records import Checkin, CheckinState, Person, PersonStatus, Role, Standing

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = dt.datetime(2026, 10, 19, 9, 0, tzinfo=SHANGHAI)
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)
OWNER = 900
# The seed of the migration, by kind.
SEEDED = {"morning": 1, "weekly": 2, "nudge": 3, "deadline": 4, "festival": 5, "digest": 6}


async def staff(
    db: Database, *roles: Role, path: str = "综合处", status: PersonStatus = PersonStatus.ACTIVE
) -> list[int]:
    """One bound person for each role, account number = person number."""
    async with db.write() as tx:
        department = await departments.insert(tx, path)
        first = await people.count(tx) + 1
        numbers = list(range(first, first + len(roles)))
        await people.insert_many(
            tx,
            [
                Person(0, f"N{n}", f"某人{n}", "", department.id, role, status)
                for n, role in zip(numbers, roles, strict=True)
            ],
            MONDAY.date() - 400 * DAY,
        )
        for n in numbers:
            await accounts.see(tx, n, n, 0)
            await accounts.consent(tx, n, 1, 0)
            await accounts.bind(tx, n, n, 0)
    return numbers


async def look(db: Database, moment: dt.datetime) -> bool:
    return await planner.plan_due(db, moment, [OWNER])


async def rows(db: Database, sql: str, *args: Any) -> list[tuple[Any, ...]]:
    async with db.read() as tx:
        return await tx.fetch(sql, *args)


async def change(db: Database, sql: str, *args: Any) -> None:
    async with db.write() as tx:
        await tx.execute(sql, *args)


async def only(db: Database, *kinds: str) -> None:
    """Pause all other plans."""
    for kind in set(SEEDED) - set(kinds):
        await change(db, "UPDATE plans SET state = 'paused' WHERE kind = ?", kind)


async def sent_to(db: Database, kind: str) -> list[int]:
    found = await rows(db, "SELECT person_id FROM outbox WHERE kind = ? AND state <> 'skipped' ORDER BY id", kind)
    return [row[0] for row in found]


async def memo(db: Database, rule: str, minute: int = 540, shift: str = "none", **more: Any) -> Plan:
    async with db.write() as tx:
        return await plans.insert(tx, Plan(0, "memo", rule, minute, shift, "all", "", "请留意", **more))


async def deliver(db: Database, at: dt.datetime) -> None:
    """Everything that may leave at this moment has arrived."""
    async with db.write() as tx:
        while found := await sending.claim(tx, "me", instant(at), instant(at) + 60_000, 100):
            await sending.settle(tx, "me", [sending.End(row.id, "sent") for row in found], instant(at))


def actor(role: Role, number: int = 0, trail: str = "") -> Actor:
    person = Person(number, "", "", "", 1, role, PersonStatus.ACTIVE) if role is not Role.OWNER else None
    owner = role is Role.OWNER
    return Actor(number or OWNER, 0, None, person, trail, roles_of(person, Standing(trail), dt.date.max, owner=owner))


# When


async def test_what_was_due_before_the_first_look_was_nobody_s_miss(db: Database) -> None:
    await staff(db, Role.LEADER, Role.OFFICE)
    await look(db, MONDAY + 5 * MINUTE)
    assert not await look(db, MONDAY + 6 * MINUTE)
    assert await rows(db, "SELECT * FROM outbox") == []


async def test_a_plan_fires_once_at_its_time_however_often_the_clock_ticks(db: Database) -> None:
    await staff(db, Role.LEADER)
    await look(db, MONDAY - DAY)
    assert not await look(db, MONDAY - dt.timedelta(milliseconds=1))
    for step in range(4):
        assert await look(db, MONDAY + step * MINUTE) is (step == 0)
    assert await sent_to(db, "weekly") == [1]
    assert await rows(db, "SELECT plan, local_date, state FROM occurrences") == [("plan:2", "2026-10-19", "planned")]


async def test_several_that_look_at_once_send_once(db: Database) -> None:
    await staff(db, Role.LEADER)
    await look(db, MONDAY - DAY)
    await asyncio.gather(*(look(db, MONDAY) for _ in range(8)))
    assert await sent_to(db, "weekly") == [1]


@pytest.mark.parametrize(
    ("minutes_late", "sent", "missed"),
    [(0, 1, 0), (5, 1, 0), (180, 1, 0), (24 * 60 + 8 * 60 + 59, 1, 0), (24 * 60 + 9 * 60, 0, 1), (3 * 24 * 60, 0, 1)],
)
async def test_what_came_due_while_nobody_looked_is_sent_late_or_reported(
    db: Database, minutes_late: int, sent: int, missed: int
) -> None:
    """The leaders' digest may come until the end of Tuesday's working hours."""
    await staff(db, Role.LEADER, Role.OFFICE)
    await only(db, "weekly")
    await look(db, MONDAY - DAY)
    await look(db, MONDAY + minutes_late * MINUTE)
    await look(db, MONDAY + minutes_late * MINUTE + MINUTE)
    assert len(await sent_to(db, "weekly")) == sent
    told = await rows(db, "SELECT user_id FROM outbox WHERE kind = 'plan_missed' ORDER BY user_id")
    assert told == [(2,), (OWNER,)] * missed
    state = "planned" if sent else "skipped"
    assert await rows(db, "SELECT state FROM occurrences") == [(state,)]


async def test_a_clock_that_jumps_a_year_ahead_and_back_fires_nothing_twice_and_goes_on(db: Database) -> None:
    await staff(db, Role.LEADER)
    await only(db, "weekly")
    await look(db, MONDAY - DAY)
    await look(db, MONDAY)
    await look(db, MONDAY + 365 * DAY)
    await look(db, MONDAY + MINUTE)
    await look(db, MONDAY + 7 * DAY)
    found = await rows(db, "SELECT COUNT(*), COUNT(DISTINCT local_date) FROM occurrences")
    assert found[0][0] == found[0][1]
    assert len(await sent_to(db, "weekly")) == len(set(await rows(db, "SELECT key FROM outbox WHERE kind = 'weekly'")))
    (told,) = await rows(db, "SELECT facts FROM outbox WHERE kind = 'plan_missed'")
    assert '"count":51' in told[0]  # all Mondays of the year, each said to be missed


async def test_a_clock_put_back_a_day_fires_nothing_twice(db: Database) -> None:
    await staff(db, Role.LEADER)
    await look(db, MONDAY - DAY)
    await look(db, MONDAY)
    await look(db, MONDAY - DAY)
    await look(db, MONDAY + MINUTE)
    assert await sent_to(db, "weekly") == [1]


@pytest.mark.parametrize(
    ("zone", "minute"),
    [("Europe/Helsinki", 210), ("America/New_York", 90), ("America/New_York", 150), ("Australia/Lord_Howe", 135)],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_each_local_date_fires_once_when_the_clocks_change(db: Database, zone: str, minute: int) -> None:
    await staff(db, Role.STAFF)
    await only(db)
    place = ZoneInfo(zone)
    changes = [d for d in range(1, 365) if _offset(d, place) != _offset(d + 1, place)]
    for change_day in changes:
        day = dt.date(2026, 1, 1) + change_day * DAY
        begin = dt.datetime.combine(day - DAY, dt.time(), place)
        plan = await memo(db, f"year:{day.month}:{day.day}", minute, since=instant(begin))
        for step in range(3 * 24 * 2):
            await look(db, (begin.astimezone(dt.UTC) + step * 30 * MINUTE).astimezone(place))
        found = await rows(db, "SELECT local_date, due_at FROM occurrences WHERE plan = ?", plan.key)
        assert [row[0] for row in found] == [day.isoformat()]


def _offset(number: int, place: ZoneInfo) -> dt.timedelta | None:
    day = dt.date(2026, 1, 1) + number * DAY
    return dt.datetime.combine(day, dt.time(), place).utcoffset()


async def test_nothing_leaves_outside_working_hours(db: Database) -> None:
    await staff(db, Role.STAFF)
    await only(db)
    saturday = dt.datetime(2026, 10, 24, 9, 0, tzinfo=SHANGHAI)
    await memo(db, "weekly:6", 540, since=instant(saturday - DAY))
    await look(db, saturday)
    monday_morning = instant(dt.datetime(2026, 10, 26, 8, 0, tzinfo=SHANGHAI))
    ((not_before, late_at),) = await rows(db, "SELECT not_before, late_at FROM outbox")
    assert not_before == monday_morning < late_at


async def test_those_who_did_not_get_it_in_time_are_counted_for_the_office_once(db: Database) -> None:
    await staff(db, Role.LEADER, Role.LEADER)
    await only(db, "weekly")
    await look(db, MONDAY - DAY)
    await look(db, MONDAY)
    evening = (MONDAY + DAY).replace(hour=18)
    async with db.write() as tx:
        (row,) = await sending.claim(tx, "a", instant(MONDAY), instant(evening), 1)
        await sending.settle(tx, "a", [sending.End(row.id, "sent")], instant(MONDAY))
        await sending.skip_late(tx, instant(evening))
    await look(db, evening)
    await look(db, evening + MINUTE)
    told = await rows(db, "SELECT user_id, facts FROM outbox WHERE kind = 'plan_late'")
    assert [row[0] for row in told] == [OWNER]
    assert '"count":1' in told[0][1]
    assert await rows(db, "SELECT state FROM occurrences") == [("closed",)]


# Changing it in the moment it fires


async def test_a_time_that_is_changed_fires_at_the_old_or_at_the_new_one_never_at_both(db: Database) -> None:
    await staff(db, Role.STAFF, Role.OFFICE)
    await only(db)
    for number in range(20):
        start = MONDAY + number * DAY - MINUTE
        plan = await memo(db, f"year:{start.month}:{start.day}", 540, since=instant(start))
        if number % 2:
            await look(db, start + MINUTE)
        outcome = await schedule.set_when(
            Cause(db), actor(Role.OFFICE, 2), plan.id, "15:00" if number % 4 < 2 else "08:30", start + MINUTE
        )
        assert outcome.name == "schedule-changed"
        for hour in (9, 12, 15, 16):
            await look(db, start.replace(hour=hour, minute=1))
        fired = await rows(db, "SELECT COUNT(*) FROM occurrences WHERE plan = ?", plan.key)
        assert fired[0][0] == (1 if number % 2 or number % 4 < 2 else 0), number


async def test_a_paused_plan_is_silent_and_what_it_had_on_the_way_is_not_sent(db: Database) -> None:
    await staff(db, Role.LEADER, Role.OFFICE)
    await only(db, "weekly")
    await look(db, MONDAY - DAY)
    await look(db, MONDAY)
    outcome = await schedule.pause(Cause(db), actor(Role.OFFICE, 2), SEEDED["weekly"], MONDAY)
    assert outcome.facts["count"] == 1
    assert await rows(db, "SELECT state, reason FROM outbox") == [("skipped", "stopped")]
    await look(db, MONDAY + 7 * DAY)
    await schedule.resume(Cause(db), actor(Role.OFFICE, 2), SEEDED["weekly"], MONDAY + 8 * DAY)
    await look(db, MONDAY + 8 * DAY + MINUTE)
    assert await sent_to(db, "weekly") == []
    await look(db, MONDAY + 14 * DAY)
    assert await sent_to(db, "weekly") == [1]
    assert [row[0] for row in await rows(db, "SELECT action FROM audit ORDER BY id")] == ["plan-paused", "plan-resumed"]


async def test_two_who_change_a_plan_at_once_do_not_overwrite_each_other(db: Database) -> None:
    async with db.write() as tx:
        plan = await plans.get(tx, SEEDED["weekly"])
        assert plan is not None
        assert await plans.change(tx, plan, plan)
        assert not await plans.change(tx, plan, plan)


async def test_only_the_office_and_the_owner_may_change_a_plan(db: Database) -> None:
    for role in (Role.STAFF, Role.LEADER, Role.VIEWER):
        somebody = actor(role, 5)
        for outcome in (
            await schedule.pause(Cause(db), somebody, 2, MONDAY),
            await schedule.resume(Cause(db), somebody, 2, MONDAY),
            await schedule.set_when(Cause(db), somebody, 2, "10:00", MONDAY),
            await schedule.add(Cause(db), somebody, "inspect", "", MONDAY),
            await schedule.run(Cause(db), somebody, 2, MONDAY, []),
        ):
            assert outcome.name == "error-stale"
    assert await rows(db, "SELECT * FROM audit") == []


# For whom


async def test_the_leaders_digest_shows_each_his_own_part(db: Database) -> None:
    await staff(db, Role.LEADER, Role.STAFF, path="综合处")
    await staff(db, Role.STAFF, Role.STAFF, path="综合处/办公室")
    await staff(db, Role.LEADER, Role.VIEWER, path="执法处")
    await confirmed(db, 3, MONDAY.date())
    await only(db, "weekly")
    await look(db, MONDAY - DAY)
    await look(db, MONDAY)
    found = {
        row[0]: json.loads(row[1])
        for row in await rows(db, "SELECT person_id, facts FROM outbox WHERE kind = 'weekly'")
    }
    assert {person: (f["path"], f["came"], f["people"], f["missing"]) for person, f in found.items()} == {
        1: ("综合处", 1, 4, 1),
        5: ("执法处", 0, 2, 1),
        6: ("", 1, 6, 1),
    }


async def confirmed(db: Database, person: int, day: dt.date, state: CheckinState = CheckinState.CONFIRMED) -> None:
    async with db.write() as tx:
        department = await people.department_on(tx, person, day)
        assert department is not None
        new = Checkin(0, person, department, day, 120, None, None, "清扫", state, "", 1, 0)
        assert await checkins.insert(tx, new)


async def test_the_quarter_s_nudge_goes_to_those_without_a_check_in_and_to_nobody_on_leave(db: Database) -> None:
    await staff(db, *[Role.STAFF] * 5)
    await staff(db, Role.STAFF, status=PersonStatus.ON_LEAVE)
    await staff(db, Role.STAFF, status=PersonStatus.AWAY)
    december = dt.datetime(2026, 12, 1, 10, 0, tzinfo=SHANGHAI)
    await confirmed(db, 2, dt.date(2026, 10, 1))
    await confirmed(db, 3, dt.date(2026, 11, 1), CheckinState.SUBMITTED)
    await confirmed(db, 4, dt.date(2026, 9, 30))  # the quarter before
    await confirmed(db, 5, dt.date(2026, 11, 1), CheckinState.WITHDRAWN)
    await only(db, "nudge")
    await look(db, december - DAY)
    await look(db, december)
    assert await sent_to(db, "reminder") == [1, 4, 5]


async def test_who_has_done_it_meanwhile_is_not_reminded_when_it_leaves(db: Database) -> None:
    await staff(db, Role.STAFF)
    december = dt.datetime(2026, 12, 1, 10, 0, tzinfo=SHANGHAI)
    await only(db, "nudge")
    await look(db, december - DAY)
    await look(db, december)
    desk = recipients.Desk(db, frozenset())
    (row,) = await desk.exchange([], 1, december)
    found = (await desk.look([row]))[row.id]
    assert not isinstance(found, str)
    assert found.facts["quarter"] == "2026Q4"
    await confirmed(db, 1, december.date(), CheckinState.SUBMITTED)
    assert await desk.look([row]) == {row.id: "done"}


async def test_festivals_are_prepared_a_week_ahead_by_the_office_or_else_by_the_owner(db: Database) -> None:
    for expected in ([(None, OWNER)], [(1, None)]):
        await only(db, "festival")
        before = dt.datetime(2026, 10, 9, 9, 30, tzinfo=SHANGHAI)  # a week before 16 October
        await change(db, "UPDATE plans SET since = ? WHERE kind = 'festival'", instant(before - DAY))
        await look(db, before)
        assert await rows(db, "SELECT person_id, user_id FROM outbox WHERE kind = 'festival'") == expected
        await change(db, "DELETE FROM outbox")
        await change(db, "DELETE FROM occurrences")
        await staff(db, Role.OFFICE)
