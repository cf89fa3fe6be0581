"""When the morning message is planned, for whom and how often, on both databases."""

import asyncio
import datetime as dt
import os
import signal
import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest

from bot import content
from bot.domain.access import Actor
from bot.services import duties as service
from bot.services import outbox as recipients
from bot.services.effects import Cause
from storage import accounts, calendar, departments, duties, people, settings
from storage.connect import opened
from storage.engine import Database
from storage.records import Person, PersonStatus, Role

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEDNESDAY = dt.datetime(2026, 10, 14, 8, 30, tzinfo=SHANGHAI)
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)
OWNER = 900


async def staff(db: Database, count: int, first: int = 1, **changes: object) -> None:
    """Bound people, account number = person number."""
    async with db.write() as tx:
        await departments.insert(tx, "综合处")
        numbers = range(first, first + count)
        given = {"role": Role.STAFF, "status": PersonStatus.ACTIVE} | changes
        await people.insert_many(
            tx,
            [Person(0, f"N{n}", "某人", "", 1, given["role"], given["status"]) for n in numbers],
            WEDNESDAY.date(),
        )
        for n in numbers:
            await accounts.see(tx, n, n, 0)
            await accounts.consent(tx, n, 1, 0)
            await accounts.bind(tx, n, n, 0)


async def change(db: Database, sql: str, *args: object) -> None:
    async with db.write() as tx:
        await tx.execute(sql, *args)


async def rows(db: Database, sql: str) -> list[tuple[object, ...]]:
    async with db.read() as tx:
        return await tx.fetch(sql)


async def dates(db: Database, state: str = "planned") -> list[str]:
    found = await rows(db, "SELECT local_date, state FROM occurrences WHERE plan = 'morning' ORDER BY local_date")
    return [str(day) for day, of in found if of == state or (state == "planned" and of == "closed")]


async def planned(db: Database) -> list[str]:
    return [str(key) for (key,) in await rows(db, "SELECT key FROM outbox WHERE kind = 'morning' ORDER BY key")]


# For whom


async def test_the_message_is_for_those_bound_consenting_reachable_at_work_and_not_muted(db: Database) -> None:
    await staff(db, 9)
    for sql in (
        "UPDATE accounts SET person_id = NULL WHERE user_id = 2",
        "UPDATE accounts SET consent_version = NULL WHERE user_id = 3",
        "UPDATE accounts SET reachable = 0 WHERE user_id = 4",
        "UPDATE accounts SET muted = 1 WHERE user_id = 5",
        "UPDATE people SET status = 'on_leave' WHERE id = 6",
        "UPDATE people SET status = 'away' WHERE id = 7",
        "UPDATE people SET status = 'left' WHERE id = 8",
        "UPDATE people SET status = 'retired' WHERE id = 9",
    ):
        await change(db, sql)
    assert await service.plan_due(db, WEDNESDAY)
    assert await planned(db) == ["morning:2026-10-14:1"]


async def test_each_row_says_when_it_is_due_until_when_and_that_it_goes_at_most_once(db: Database) -> None:
    await staff(db, 1)
    await service.plan_due(db, WEDNESDAY + 20 * MINUTE)
    due, late = WEDNESDAY, WEDNESDAY.replace(hour=18, minute=0)
    assert await rows(db, "SELECT not_before, late_at, once, urgency, occurrence_id FROM outbox") == [
        (int(due.timestamp() * 1000), int(late.timestamp() * 1000), 1, 2, 1)
    ]


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("UPDATE accounts SET muted = 1", "muted"),
        ("UPDATE people SET status = 'on_leave'", "on_leave"),
        ("UPDATE people SET status = 'away'", "left"),
        ("UPDATE people SET status = 'retired'", "left"),
        ("UPDATE accounts SET person_id = NULL, consent_version = NULL", "not_bound"),
        ("UPDATE accounts SET consent_version = NULL", "not_bound"),
        ("UPDATE accounts SET reachable = 0", "unreachable"),
    ],
)
async def test_what_has_changed_since_the_planning_counts_when_it_is_sent(db: Database, sql: str, reason: str) -> None:
    await staff(db, 1)
    await service.plan_due(db, WEDNESDAY)
    desk = recipients.Desk(db, frozenset())
    (row,) = await desk.exchange([], 5, WEDNESDAY)
    found = (await desk.look([row]))[row.id]
    assert not isinstance(found, str)
    assert found.chat_id == 1
    await change(db, sql)
    assert await desk.look([row]) == {row.id: reason}


async def test_muting_and_leave_stop_no_answer_to_ones_own_act(db: Database) -> None:
    await staff(db, 1)
    await change(db, "UPDATE accounts SET muted = 1")
    await change(db, "UPDATE people SET status = 'on_leave'")
    async with db.write() as tx:
        await recipients.tell(tx, "k", "approved", 1, {})
    desk = recipients.Desk(db, frozenset())
    (row,) = await desk.exchange([], 5, WEDNESDAY)
    assert not isinstance((await desk.look([row]))[row.id], str)


# How often


async def test_ticks_at_the_same_time_plan_a_date_once(db: Database) -> None:
    await staff(db, 30)
    await asyncio.gather(*(service.plan_due(db, WEDNESDAY) for _ in range(12)))
    assert await dates(db) == ["2026-10-14"]
    assert len(await planned(db)) == 30
    assert not await service.plan_due(db, WEDNESDAY + 5 * MINUTE)


async def test_nothing_is_planned_before_its_time(db: Database) -> None:
    await staff(db, 1)
    assert not await service.plan_due(db, WEDNESDAY - dt.timedelta(microseconds=1))
    assert not await planned(db)
    assert await service.plan_due(db, WEDNESDAY)


async def test_nothing_goes_out_on_days_off_but_it_does_on_a_working_saturday(db: Database) -> None:
    await staff(db, 1)
    day = dt.datetime(2026, 9, 28, 9, 0, tzinfo=SHANGHAI)
    for step in range(20):
        await service.plan_due(db, day + step * DAY)
    weekdays = ["2026-09-28", "2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10"]
    assert (await dates(db))[:7] == [*weekdays, "2026-10-12"]
    assert await dates(db, "skipped") == []


async def test_the_units_own_word_makes_a_day_off_or_a_working_day(db: Database) -> None:
    async with db.write() as tx:
        days = [(dt.date(2026, 10, 14), True, "停电"), (dt.date(2026, 10, 17), False, "加班")]
        await calendar.put_days(tx, "unit", days)
    for step in range(5):
        await service.plan_due(db, WEDNESDAY + step * DAY)
    assert await dates(db) == ["2026-10-15", "2026-10-16", "2026-10-17"]


async def test_one_bound_after_the_planning_waits_for_the_next_day(db: Database) -> None:
    await staff(db, 1)
    await service.plan_due(db, WEDNESDAY)
    await staff(db, 1, first=2)
    await service.plan_due(db, WEDNESDAY + 5 * MINUTE)
    assert await planned(db) == ["morning:2026-10-14:1"]
    await service.plan_due(db, WEDNESDAY + DAY)
    assert (await planned(db))[1:] == ["morning:2026-10-15:1", "morning:2026-10-15:2"]


async def test_a_new_time_of_day_brings_no_second_message_that_day(db: Database) -> None:
    await staff(db, 1)
    await service.plan_due(db, WEDNESDAY)
    await set_minutes(db, morning_at=15 * 60)
    assert not await service.plan_due(db, WEDNESDAY.replace(hour=15))
    assert not await service.plan_due(db, (WEDNESDAY + DAY).replace(hour=14))
    assert await service.plan_due(db, (WEDNESDAY + DAY).replace(hour=15))
    await set_minutes(db, morning_at=8 * 60)
    assert not await service.plan_due(db, (WEDNESDAY + DAY).replace(hour=16))
    assert await dates(db) == ["2026-10-14", "2026-10-15"]


async def set_minutes(db: Database, **values: int | list[int]) -> None:
    async with db.write() as tx:
        for name, value in values.items():
            await settings.put(tx, name, str(value), 0)


# All or nothing


async def test_a_planning_that_fails_leaves_nothing_and_is_made_up_for(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await staff(db, 300)
    whole = duties.enqueue

    async def half(*args: object) -> int:
        await whole(*args)
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(duties, "enqueue", half)
    with pytest.raises(RuntimeError):
        await service.plan_due(db, WEDNESDAY)
    assert await rows(db, "SELECT COUNT(*) FROM outbox") == [(0,)]
    assert await rows(db, "SELECT * FROM occurrences") == []
    assert await rows(db, "SELECT * FROM day_contents") == []
    monkeypatch.undo()
    await service.plan_due(db, WEDNESDAY)
    assert len(await planned(db)) == 300


KILLED = """
import asyncio, datetime, os, signal, sys
from zoneinfo import ZoneInfo
from bot.services import duties as service
from storage import duties
from storage.connect import connect

async def main():
    whole = duties.enqueue
    async def killed(*args):
        await whole(*args)
        os.kill(os.getpid(), signal.SIGKILL)
    duties.enqueue = killed
    now = datetime.datetime.fromisoformat(sys.argv[2]).astimezone(ZoneInfo("Asia/Shanghai"))
    await service.plan_due(await connect(sys.argv[1]).open(), now)

asyncio.run(main())
"""


async def test_a_process_killed_while_planning_leaves_no_half_plan(database_url: str) -> None:
    async with opened(database_url) as db:
        await staff(db, 500)
    command = [sys.executable, "-c", KILLED, database_url, WEDNESDAY.isoformat()]
    process = await asyncio.create_subprocess_exec(*command, env=dict(os.environ), stderr=subprocess.DEVNULL)
    assert await process.wait() == -signal.SIGKILL
    async with opened(database_url) as db:
        assert await rows(db, "SELECT COUNT(*) FROM outbox") == [(0,)]
        assert await rows(db, "SELECT * FROM occurrences") == []
        assert await service.plan_due(db, WEDNESDAY)
        assert len(await planned(db)) == 500


# What it says


async def test_what_a_day_says_is_chosen_once(db: Database) -> None:
    cause = Cause(db)
    asked = await service.show_day(cause, WEDNESDAY - 60 * MINUTE)
    await staff(db, 1)
    await service.plan_due(db, WEDNESDAY)
    again = await service.show_day(cause, WEDNESDAY + 60 * MINUTE)
    assert asked == again
    (facts,) = await rows(db, "SELECT facts FROM outbox")
    assert str(asked.facts["phrase"]) in str(facts[0])


async def test_looking_at_tomorrows_message_settles_nothing_and_shows_what_will_come(db: Database) -> None:
    await service.plan_due(db, WEDNESDAY)
    seen = await service.preview(Cause(db), WEDNESDAY)
    assert len(await rows(db, "SELECT * FROM day_contents")) == 1
    await service.plan_due(db, WEDNESDAY + DAY)
    came = await service.show_day(Cause(db), WEDNESDAY + DAY)
    assert {name: came.facts[name] for name in ("date", "phrase", "duty")} | {"at": seen.facts["at"]} == seen.facts
    assert seen.facts["at"] == "2026-10-15T08:30:00+08:00"


async def test_before_its_time_the_message_looked_at_is_todays(db: Database) -> None:
    seen = await service.preview(Cause(db), WEDNESDAY - MINUTE)
    assert seen.facts["at"] == WEDNESDAY.isoformat()


async def test_from_day_to_day_no_phrase_comes_back_and_the_duties_take_turns(db: Database) -> None:
    for step in range(33):
        await service.plan_due(db, WEDNESDAY + step * DAY)
    said = await rows(db, "SELECT phrase_id, duty_id FROM day_contents ORDER BY local_date")
    phrases, turns = [phrase for phrase, _ in said], [duty for _, duty in said]
    assert len(phrases) == len(set(phrases)) == 23
    assert len(set(turns[:11])) == 11
    assert turns[11:22] == turns[:11]


async def test_a_festival_is_greeted_on_its_send_day(db: Database) -> None:
    before_the_holiday = dt.datetime(2026, 9, 30, 9, 0, tzinfo=SHANGHAI)
    await service.plan_due(db, before_the_holiday)
    ((phrase,),) = await rows(db, "SELECT phrase_id FROM day_contents")
    assert next(p for p in content.load().phrases if p.id == phrase).festival == "national"


async def test_a_tap_is_kept_once_and_only_for_a_day_that_said_something(db: Database) -> None:
    await staff(db, 1)
    await service.plan_due(db, WEDNESDAY)
    async with db.read() as tx:
        account, person, standing = await accounts.find(tx, 1)
    actor = Actor(1, 1, account, person, standing.trail, frozenset({Role.STAFF}))
    for date, kind in (("2026-10-13", "read"), ("2026-10-14", "love"), ("", "read"), ("20261014x", "read")):
        assert (await service.tap(Cause(db), actor, date, kind, WEDNESDAY)).name == "duties-stale"
    taps = await asyncio.gather(*(service.tap(Cause(db), actor, "2026-10-14", "read", WEDNESDAY) for _ in range(20)))
    assert {tap.name for tap in taps} == {"duties-tapped"}
    await service.tap(Cause(db), actor, "2026-10-14", "done", WEDNESDAY + DAY)
    assert await rows(db, "SELECT local_date, person_id, kind FROM taps ORDER BY kind DESC") == [
        ("2026-10-14", 1, "read"),
        ("2026-10-14", 1, "done"),
    ]
