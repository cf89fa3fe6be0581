"""What a report counts, on both databases: heads of the period's end, hours of the service date."""

import datetime as dt
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.access import Actor
from bot.services.reports import Asker, Summary, ask
from storage import checkins, departments, people, reports
from storage.engine import Database, Tx
from storage.records import Checkin, CheckinState, Department, Person, PersonStatus, Role

NEW_YEAR, END = date(2026, 1, 1), date(2026, 12, 31)
AFTER = dt.datetime(2027, 1, 5, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
OFFICE = Actor(1, 1, None, None, "", frozenset({Role.OFFICE}))


async def hire(tx: Tx, department: Department, count: int, since: date = NEW_YEAR) -> list[Person]:
    """New people, numbered on."""
    first = await people.count(tx) + 1
    fresh = [
        Person(0, f"N{n:05}", f"人{n}", "", department.id, Role.STAFF, PersonStatus.ACTIVE)
        for n in range(first, first + count)
    ]
    await people.insert_many(tx, fresh, since)
    return list(await people.list_all(tx))[-count:]


async def become(
    tx: Tx, person: Person, day: date, department: Department, status: PersonStatus = PersonStatus.ACTIVE
) -> None:
    changed = Person(person.id, person.staff_number, person.name, "", department.id, person.role, status)
    await people.update_many(tx, [changed], day)


async def serve(
    tx: Tx, person: Person, day: date, minutes: int, state: CheckinState = CheckinState.CONFIRMED, **more: Any
) -> Checkin:
    place = await people.department_on(tx, person.id, day)
    assert place is not None
    given = {"starts_at": None, "ends_at": None, "text": "清扫", "late_reason": "", "created_at": 0} | more
    new = Checkin(0, person.id, place, day, minutes, state=state, version=1, **given)
    made = await checkins.insert(tx, new)
    assert made is not None
    return made


async def report_of(db: Database, text: str, actor: Actor = OFFICE) -> Summary:
    found = await ask(db, Asker(actor, "示例单位", AFTER), text)
    assert isinstance(found, Summary), found
    return found


async def test_heads_move_and_hours_stay_as_in_the_worked_example(db: Database) -> None:
    async with db.write() as tx:
        general, enforcement = await departments.insert(tx, "综合处"), await departments.insert(tx, "执法处")
        staff = await hire(tx, general, 10)
        (mover,) = await hire(tx, enforcement, 1)
        await serve(tx, mover, date(2026, 3, 7), 180)
        await become(tx, mover, date(2026, 7, 1), general)
        await serve(tx, staff[0], date(2026, 4, 1), 90)
        await serve(tx, staff[1], date(2026, 5, 1), 90)
        await serve(tx, staff[9], date(2026, 2, 1), 60)
        await become(tx, staff[9], date(2026, 5, 20), general, PersonStatus.RETIRED)
    found = (await report_of(db, "2026")).report
    here, there = found.lines
    assert (here.participants, here.people, here.minutes, here.times) == (3, 10, 240, 3)
    assert (there.participants, there.people, there.minutes, there.times) == (0, 0, 180, 1)
    assert (found.total.participants, found.total.people, found.total.minutes) == (3, 10, 420)
    assert here.percent == "30.0" and here.met(30) and here.missing(30) == 0
    assert there.percent is None


async def test_a_past_period_is_counted_with_the_people_of_its_end(db: Database) -> None:
    async with db.write() as tx:
        general, enforcement = await departments.insert(tx, "综合处"), await departments.insert(tx, "执法处")
        staff = await hire(tx, general, 4)
        await serve(tx, staff[0], date(2026, 3, 31), 60)
        await become(tx, staff[0], date(2026, 4, 1), enforcement)
        await become(tx, staff[1], date(2026, 4, 2), general, PersonStatus.LEFT)
        await become(tx, staff[2], date(2026, 4, 2), general, PersonStatus.ON_LEAVE)
        await become(tx, staff[3], date(2026, 4, 2), general, PersonStatus.AWAY)
        await hire(tx, general, 1, since=date(2026, 4, 3))
    march, april = (await report_of(db, "2026-03")).report, (await report_of(db, "2026-04")).report
    assert [(line.participants, line.people) for line in march.lines] == [(1, 4), (0, 0)]
    assert [(line.participants, line.people) for line in april.lines] == [(0, 2), (0, 1)]


async def test_only_confirmed_check_ins_dated_in_the_period_count(db: Database) -> None:
    async with db.write() as tx:
        general = await departments.insert(tx, "综合处")
        staff = await hire(tx, general, 9, since=date(2025, 1, 1))
        others = [state for state in CheckinState if state is not CheckinState.CONFIRMED]
        for person, state in zip(staff, others, strict=False):
            await serve(tx, person, date(2026, 6, 1), 60, state)
        await serve(tx, staff[6], date(2025, 12, 31), 60)
        await serve(tx, staff[7], date(2026, 1, 1), 60)
        await serve(tx, staff[8], date(2026, 12, 31), 60)
        await serve(tx, staff[8], date(2027, 1, 1), 60)
    total = (await report_of(db, "2026")).report.total
    assert (total.participants, total.times, total.minutes) == (2, 2, 120)


async def test_a_subtree_is_counted_by_ids_and_never_by_the_beginning_of_a_number(db: Database) -> None:
    async with db.write() as tx:
        tops = [await departments.insert(tx, f"部门{n}") for n in range(12)]
        for top in tops:
            (person,) = await hire(tx, top, 1)
            await serve(tx, person, date(2026, 6, 1), 60)
    first = tops[0]
    async with db.read(long=True) as tx:
        members = await reports.list_members(tx, first.trail, END, NEW_YEAR, END)
        hours = await reports.list_hours(tx, first.trail, NEW_YEAR, END)
    assert [(department, took_part) for _, department, _, took_part in members] == [(first.id, 1)]
    assert hours == {first.id: (60, 1)}


async def test_sub_departments_count_with_their_department_and_a_person_once(db: Database) -> None:
    async with db.write() as tx:
        general, office = await departments.insert(tx, "综合处"), await departments.insert(tx, "综合处/办公室")
        await hire(tx, general, 2)
        (person, *_) = await hire(tx, office, 3)
        for day in (1, 2, 3):
            await serve(tx, person, date(2026, 6, day), 50)
    whole, drilled = (await report_of(db, "")).report, (await report_of(db, "2026 综合处")).report
    assert whole.period.key == "2027"
    assert [(line.name, line.own, line.people) for line in drilled.lines] == [("综合处", True, 2), ("办公室", False, 3)]
    assert (drilled.total.participants, drilled.total.people, drilled.total.minutes, drilled.total.times) == (
        1,
        5,
        150,
        3,
    )


async def test_a_leader_finds_nothing_outside_of_his_own_subtree(db: Database) -> None:
    async with db.write() as tx:
        mine, other = await departments.insert(tx, "综合处"), await departments.insert(tx, "执法处")
        (chief,) = await hire(tx, mine, 1)
        await hire(tx, other, 8)
    leader = Actor(2, 2, None, chief, mine.trail, frozenset({Role.STAFF, Role.LEADER}))
    own = await report_of(db, "", leader)
    assert (own.report.scope, own.report.total.people, own.above) == ("综合处", 1, None)
    foreign = await ask(db, Asker(leader, "示例单位", AFTER), "执法处")
    nowhere = await ask(db, Asker(leader, "示例单位", AFTER), "火星处")
    assert not isinstance(foreign, Summary) and not isinstance(nowhere, Summary)
    assert foreign.name == nowhere.name == "reports-unclear-reach"
    assert foreign.facts["choices"] == nowhere.facts["choices"] == [[mine.id, "综合处"]]
