"""The morning message against clocks: late, missed, jumped over, changed twice a year."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from bot import content
from bot.services import duties as service
from storage import calendar, sending
from storage.engine import Database
from storage.records import Role
from tests.storage.test_duties import DAY, MINUTE, OWNER, SHANGHAI, WEDNESDAY, dates, planned, rows, set_minutes, staff

# Late, or never


async def test_it_is_sent_late_until_the_end_of_working_hours(db: Database) -> None:
    await staff(db, 1)
    assert await service.plan_due(db, WEDNESDAY.replace(hour=17, minute=59, second=59))
    assert await dates(db) == ["2026-10-14"]


async def test_after_working_hours_a_missed_date_is_kept_as_skipped_and_told_once_the_next_morning(
    db: Database,
) -> None:
    await staff(db, 1)
    await staff(db, 1, first=2, role=Role.OFFICE)
    await service.plan_due(db, WEDNESDAY - DAY, [OWNER])
    await service.plan_due(db, WEDNESDAY.replace(hour=18, minute=0), [OWNER])
    await service.plan_due(db, WEDNESDAY.replace(hour=19), [OWNER])
    assert await dates(db, "skipped") == ["2026-10-14"]
    thursday = int((WEDNESDAY + DAY).replace(hour=8, minute=0).timestamp() * 1000)
    assert await rows(
        db, "SELECT user_id, kind, not_before FROM outbox WHERE kind = 'morning_missed' ORDER BY user_id"
    ) == [
        (2, "morning_missed", thursday),
        (OWNER, "morning_missed", thursday),
    ]


async def test_a_clock_that_jumps_over_days_plans_the_last_and_skips_the_others(db: Database) -> None:
    await staff(db, 3)
    await service.plan_due(db, WEDNESDAY)
    await service.plan_due(db, WEDNESDAY + 7 * DAY, [OWNER])
    assert await dates(db) == ["2026-10-14", "2026-10-21"]
    assert await dates(db, "skipped") == ["2026-10-15", "2026-10-16", "2026-10-19", "2026-10-20"]
    told = await rows(db, "SELECT facts FROM outbox WHERE kind = 'morning_missed'")
    assert told == [('{"count":4,"first":"2026-10-15","last":"2026-10-20"}',)]


async def test_a_jump_over_a_whole_year_leaves_one_occurrence_per_working_day(db: Database) -> None:
    await service.plan_due(db, WEDNESDAY)
    await service.plan_due(db, WEDNESDAY + 365 * DAY)
    found = await rows(db, "SELECT COUNT(*), COUNT(DISTINCT local_date) FROM occurrences WHERE plan = 'morning'")
    async with db.read() as tx:
        unit = await service._timetable(tx, WEDNESDAY)
    working = unit.calendar.working_days_between(WEDNESDAY.date() - DAY, WEDNESDAY.date() + 365 * DAY)
    assert found == [(working, working)]


async def test_the_days_before_the_first_start_were_nobodys_miss(db: Database) -> None:
    await staff(db, 1)
    await service.plan_due(db, WEDNESDAY.replace(hour=20))
    assert await dates(db, "skipped") == []
    await service.plan_due(db, WEDNESDAY + DAY)
    assert await dates(db) == ["2026-10-15"]


async def test_a_clock_that_was_once_far_ahead_and_is_put_right_stops_nothing(db: Database) -> None:
    await staff(db, 1)
    await service.plan_due(db, WEDNESDAY.replace(year=2030))
    await service.plan_due(db, WEDNESDAY)
    await service.plan_due(db, WEDNESDAY - DAY)
    await service.plan_due(db, WEDNESDAY + DAY)
    assert (await dates(db))[:2] == ["2026-10-14", "2026-10-15"]
    assert await planned(db) == ["morning:2026-10-14:1", "morning:2026-10-15:1", "morning:2030-10-14:1"]


async def test_those_who_did_not_get_it_in_time_are_counted_for_the_owner_once(db: Database) -> None:
    await staff(db, 3)
    await service.plan_due(db, WEDNESDAY, [OWNER])
    evening = WEDNESDAY.replace(hour=18)
    async with db.write() as tx:
        (row,) = await sending.claim(tx, "a", int(WEDNESDAY.timestamp() * 1000), 0, 1)
        await sending.skip_late(tx, int(evening.timestamp() * 1000))
    await service.plan_due(db, evening, [OWNER])
    assert await rows(db, "SELECT state FROM occurrences") == [("planned",)]  # one is still on its way
    async with db.write() as tx:
        await sending.settle(tx, "a", [sending.End(row.id, "sent")], 0)
    await service.plan_due(db, evening, [OWNER])
    assert not await service.plan_due(db, evening + MINUTE, [OWNER])
    assert await rows(db, "SELECT state FROM occurrences") == [("closed",)]
    told = await rows(db, "SELECT user_id, facts FROM outbox WHERE kind = 'morning_late'")
    assert told == [(OWNER, '{"count":2,"date":"2026-10-14"}')]


# Awkward clocks


@pytest.mark.parametrize(
    ("zone", "minute"),
    [
        ("Europe/Helsinki", 210),  # 03:30 is left out in March and comes twice in October
        ("America/New_York", 90),  # 01:30 comes twice in November
        ("America/New_York", 150),  # 02:30 is left out in March
        ("Australia/Lord_Howe", 135),  # half an hour: 02:15 is left out in October
        ("Australia/Lord_Howe", 105),  # 01:45 comes twice in April
        ("America/Santiago", 0),  # there is a day that begins at 01:00
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_each_local_date_gets_exactly_one_when_the_clocks_change(db: Database, zone: str, minute: int) -> None:
    await set_minutes(db, work_hours=[0, 18 * 60], morning_at=minute)
    place = ZoneInfo(zone)
    changes = [day for day in year_of(2026) if offset(day, place) != offset(day + DAY, place)]
    assert len(changes) == 2
    async with db.write() as tx:
        around = [change_day + step * DAY for change_day in changes for step in (-1, 0, 1)]
        await calendar.put_days(tx, "unit", [(day.date(), False, "") for day in around])
    expected: list[str] = []
    for change_day in changes:
        begin = (change_day - DAY).replace(tzinfo=place).astimezone(dt.UTC)
        for step in range(3 * 24 * 2):
            await service.plan_due(db, (begin + step * 30 * MINUTE).astimezone(place))
        expected += [(change_day + step * DAY).date().isoformat() for step in (-1, 0, 1)]
    found = await dates(db)
    assert [day for day in found if day in expected] == expected
    assert len(found) == len(set(found))


def year_of(year: int) -> Iterator[dt.datetime]:
    first = dt.datetime(year, 1, 1)  # noqa: DTZ001 - the wall, not an instant
    return (first + step * DAY for step in range(365))


def offset(day: dt.datetime, place: ZoneInfo) -> dt.timedelta | None:
    return day.replace(tzinfo=place).utcoffset()


@pytest.mark.parametrize(
    ("first", "days"),
    [
        (dt.date(2028, 2, 27), 4),  # over 29 February
        (dt.date(2026, 8, 30), 4),  # over a 31st
        (dt.date(2026, 12, 30), 6),  # over the end of the year and its holiday
        (dt.date(2024, 12, 28), 8),  # ISO week 1 begins in December
    ],
)
async def test_no_date_is_left_out_at_the_seams_of_the_calendar(db: Database, first: dt.date, days: int) -> None:
    begin = dt.datetime.combine(first, dt.time(), SHANGHAI)
    for hour in range(24 * days):
        await service.plan_due(db, begin + hour * 60 * MINUTE)
    working = content.load().calendar()
    expected = [first + n * DAY for n in range(days) if working.day(first + n * DAY).working]
    assert await dates(db) == [day.isoformat() for day in expected]
    assert await dates(db, "skipped") == []


async def test_around_midnight_the_date_is_that_of_the_unit(db: Database) -> None:
    await set_minutes(db, work_hours=[0, 18 * 60], morning_at=0)
    midnight = WEDNESDAY.replace(hour=0, minute=0)
    await service.plan_due(db, midnight - dt.timedelta(milliseconds=100))
    assert await dates(db) == []
    await service.plan_due(db, midnight + dt.timedelta(milliseconds=100))
    assert await dates(db) == ["2026-10-14"]


# The year that is not published


async def told_of_the_year(db: Database) -> list[tuple[object, ...]]:
    return await rows(
        db, "SELECT key, facts FROM outbox WHERE kind = 'calendar_unpublished' ORDER BY not_before, user_id"
    )


async def test_the_office_and_the_owner_hear_of_an_unknown_year_each_monday_from_november(db: Database) -> None:
    await staff(db, 1, role=Role.OFFICE)
    day = dt.datetime(2026, 10, 26, 8, 0, tzinfo=SHANGHAI)
    for step in range(4 * 14 - 1):  # to Sun 8 November
        await service.plan_due(db, day + step * dt.timedelta(hours=6), [OWNER])
    facts = '{"year":2027}'
    assert await told_of_the_year(db) == [
        ("calendar:2026-11-02:1", facts),
        ("calendar:2026-11-02:900", facts),
    ]
    await service.plan_due(db, dt.datetime(2026, 11, 10, 11, 0, tzinfo=SHANGHAI), [OWNER])  # down on the Monday
    assert len(await told_of_the_year(db)) == 4
    async with db.write() as tx:
        await calendar.put_days(tx, "year", [(dt.date(2027, 1, 1), True, "元旦")])
    await service.plan_due(db, dt.datetime(2026, 11, 16, 11, 0, tzinfo=SHANGHAI), [OWNER])
    assert len(await told_of_the_year(db)) == 4


async def test_a_year_that_is_still_unknown_when_it_has_begun_is_told_on(db: Database) -> None:
    await service.plan_due(db, dt.datetime(2027, 3, 1, 9, 0, tzinfo=SHANGHAI), [OWNER])
    assert await told_of_the_year(db) == [("calendar:2027-03-01:900", '{"year":2027}')]


# What comes next


async def test_the_next_message_is_that_of_the_next_working_day_still_to_come(db: Database) -> None:
    assert await service.next_occurrence(db, WEDNESDAY - MINUTE) == WEDNESDAY
    assert await service.next_occurrence(db, WEDNESDAY) == WEDNESDAY + DAY
    friday = WEDNESDAY + 2 * DAY
    assert await service.next_occurrence(db, friday) == friday + 3 * DAY
    await service.plan_due(db, WEDNESDAY)
    await set_minutes(db, morning_at=15 * 60)
    assert await service.next_occurrence(db, WEDNESDAY) == (WEDNESDAY + DAY).replace(hour=15, minute=0)


async def test_going_from_one_next_message_to_the_next_finds_each_working_day_once(db: Database) -> None:
    now = dt.datetime(2026, 9, 28, 0, 0, tzinfo=SHANGHAI)
    for _ in range(8):
        now = await service.next_occurrence(db, now)
        await service.plan_due(db, now)
    assert await dates(db, "skipped") == []
    assert len(await dates(db)) == 8
