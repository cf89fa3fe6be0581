"""Check-ins in the store, on both databases."""

import datetime as dt
from dataclasses import replace

import pytest

from storage import accounts, checkins, departments, people
from storage.checkins import Reviewer
from storage.engine import Database, Tx
from storage.records import Checkin, CheckinState, Person, PersonStatus, Role

DAY = dt.date(2026, 10, 14)


async def seeded(tx: Tx) -> tuple[Person, Person]:
    """One person in 甲处/一科 with an account, one in 乙处 without."""
    one, two = await departments.insert(tx, "甲处/一科"), await departments.insert(tx, "乙处")
    roster = [
        Person(0, "A1", "张三", "", one.id, Role.STAFF, PersonStatus.ACTIVE),
        Person(0, "B1", "李四", "", two.id, Role.STAFF, PersonStatus.ACTIVE),
    ]
    await people.insert_many(tx, roster, dt.date(2025, 1, 1))
    first, second = await people.find_by_number(tx, "A1"), await people.find_by_number(tx, "B1")
    assert first is not None
    assert second is not None
    await accounts.see(tx, 7, 7, 1)
    await accounts.bind(tx, 7, first.id, 1)
    return first, second


def of(person: Person, day: dt.date = DAY, minutes: int = 120, state: CheckinState = CheckinState.SUBMITTED) -> Checkin:
    return Checkin(0, person.id, person.department_id, day, minutes, None, None, "植树", state, "", 1, 1_000)


async def put(tx: Tx, record: Checkin, source: str | None = None) -> Checkin:
    made = await checkins.insert(tx, record, source)
    assert made is not None
    return made


async def test_one_source_message_makes_one_record(db: Database) -> None:
    async with db.write() as tx:
        person, _ = await seeded(tx)
        made = await put(tx, of(person), "7/1")
        assert await checkins.insert(tx, of(person, minutes=60), "7/1") is None
        assert await checkins.find_by_source(tx, "7/1") == made
        assert await put(tx, of(person)) != await put(tx, of(person))


async def test_a_change_needs_the_version_and_the_state_that_were_read(db: Database) -> None:
    async with db.write() as tx:
        person, _ = await seeded(tx)
        made = await put(tx, of(person))
        assert await checkins.change(tx, made, replace(made, minutes=60))
        assert not await checkins.change(tx, made, replace(made, minutes=90))
        kept = await checkins.get(tx, made.id)
        assert kept == replace(made, minutes=60, version=2)


async def test_what_waits_is_in_reach_not_ones_own_and_not_voted_for(db: Database) -> None:
    async with db.write() as tx:
        person, other = await seeded(tx)
        mine, theirs = await put(tx, of(person)), await put(tx, of(other))
        trail = (await checkins.get_seen(tx, mine.id)).trail
        everything, below, other_person = (
            Reviewer("", None, 900),
            Reviewer(trail, None, 900),
            Reviewer("", other.id, 900),
        )
        assert await checkins.count_waiting(tx, everything) == 2
        assert [s.checkin.id for s in await checkins.list_waiting(tx, below, 10**6, 10)] == [mine.id]
        assert [s.checkin.id for s in await checkins.list_waiting(tx, other_person, 10**6, 10)] == [mine.id]
        await checkins.record_event(tx, mine.id, 1, 900, "confirm", mine.state, mine.state, 1)
        assert [s.checkin.id for s in await checkins.list_waiting(tx, everything, 10**6, 10)] == [theirs.id]
        assert await checkins.change(tx, mine, replace(mine, minutes=60))
        assert await checkins.count_waiting(tx, everything) == 2


async def test_the_next_that_waits_is_the_one_after_and_then_the_first_again(db: Database) -> None:
    async with db.write() as tx:
        person, other = await seeded(tx)
        first, second = await put(tx, of(person)), await put(tx, of(other))
        everything = Reviewer("", None, 900)
        found = [await checkins.next_waiting(tx, everything, after) for after in (0, first.id, second.id)]
        assert [s.checkin.id for s in found if s] == [first.id, second.id, first.id]
        assert [s.among for s in found if s] == [2, 2, 2]
        assert [(s.name, s.path, s.user_id) for s in found[:2] if s] == [
            ("张三", "甲处/一科", 7),
            ("李四", "乙处", None),
        ]
        assert await checkins.next_waiting(tx, Reviewer("/999/", None, 900), 0) is None


async def test_overlooked_is_what_waits_and_nothing_has_happened_to_since(db: Database) -> None:
    async with db.write() as tx:
        person, other = await seeded(tx)
        old, voted, new, returned = [await put(tx, of(one)) for one in (person, person, other, other)]
        for record, at in ((old, 5), (voted, 5), (voted, 8), (new, 7), (returned, 5)):
            await checkins.record_event(tx, record.id, at, 900, "submit", None, record.state, 1)
        assert await checkins.change(tx, returned, replace(returned, state=CheckinState.RETURNED))
        assert [s.checkin.id for s in await checkins.list_overlooked(tx, 6, 10)] == [old.id]
        assert [s.checkin.id for s in await checkins.list_overlooked(tx, 9, 10)] == [old.id, voted.id, new.id]
        assert [s.checkin.id for s in await checkins.list_overlooked(tx, 9, 1)] == [old.id]


async def test_what_lies_beside_the_waiting_is_found_whatever_its_state(db: Database) -> None:
    async with db.write() as tx:
        person, _ = await seeded(tx)
        waiting = await put(tx, of(person))
        confirmed = await put(tx, of(person, state=CheckinState.CONFIRMED))
        await put(tx, of(person, DAY - dt.timedelta(days=1), state=CheckinState.CONFIRMED))
        beside = await checkins.list_beside(tx, Reviewer("", None, 900), 10**6)
        assert {r.id for r in beside} == {waiting.id, confirmed.id}


async def test_beside_it_lies_too_what_goes_past_midnight(db: Database) -> None:
    async with db.write() as tx:
        person, other = await seeded(tx)
        before, after = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)
        morning = await put(tx, replace(of(person), starts_at=60, ends_at=180))
        night = await put(tx, replace(of(person, before, state=CheckinState.CONFIRMED), starts_at=1320, ends_at=120))
        await put(tx, replace(of(person, before, state=CheckinState.CONFIRMED), starts_at=60, ends_at=120))
        late = await put(tx, replace(of(other), starts_at=1320, ends_at=120))
        next_one = await put(tx, replace(of(other, after, state=CheckinState.CONFIRMED), starts_at=60, ends_at=120))
        await put(tx, of(other, after, state=CheckinState.CONFIRMED))
        beside = await checkins.list_beside(tx, Reviewer("", None, 900), 10**6)
        assert sorted(r.id for r in beside) == [morning.id, night.id, late.id, next_one.id]


async def test_around_a_day_are_its_neighbours(db: Database) -> None:
    async with db.write() as tx:
        person, other = await seeded(tx)
        found = [await put(tx, of(person, DAY + dt.timedelta(days=days))) for days in (-2, -1, 0, 1, 2)]
        await put(tx, of(other))
        assert await checkins.list_around(tx, person.id, DAY) == found[1:4]


async def test_many_are_confirmed_each_with_its_event(db: Database) -> None:
    async with db.write() as tx:
        person, other = await seeded(tx)
        found = [await put(tx, of(who)) for who in (person, other)]
        await checkins.confirm_many(tx, found, 900, 5_000)
        for record in found:
            kept = await checkins.get(tx, record.id)
            assert kept == replace(record, state=CheckinState.CONFIRMED, version=2)
            assert await checkins.confirmed_at(tx, record.id) == 5_000


async def test_what_one_press_confirmed_is_found_again_while_nothing_has_happened_to_it(db: Database) -> None:
    async with db.write() as tx:
        person, other = await seeded(tx)
        one, two, three = [await put(tx, of(who)) for who in (person, other, other)]
        await checkins.confirm_many(tx, [one, two], 900, 5_000)
        await checkins.confirm_many(tx, [three], 900, 6_000)
        among = (one.id, three.id, 900)
        assert [s.checkin.id for s in await checkins.list_confirmed_at(tx, *among, 5_000)] == [one.id, two.id]
        assert await checkins.list_confirmed_at(tx, one.id, three.id, 901, 5_000) == []
        kept = await checkins.get(tx, one.id)
        assert kept is not None and await checkins.change(tx, kept, replace(kept, state=CheckinState.VOIDED))
        assert [s.checkin.id for s in await checkins.list_confirmed_at(tx, *among, 5_000)] == [two.id]


async def test_a_photo_is_kept_once_and_its_use_elsewhere_is_seen(db: Database) -> None:
    async with db.write() as tx:
        person, _ = await seeded(tx)
        one, two = await put(tx, of(person)), await put(tx, of(person))
        assert await checkins.add_photo(tx, one.id, "u1", "file-1", 1)
        assert not await checkins.add_photo(tx, one.id, "u1", "file-1b", 2)
        assert await checkins.add_photo(tx, one.id, "u2", "file-2", 3)
        assert await checkins.count_photos(tx, one.id) == (2, 0)
        await checkins.add_photo(tx, two.id, "u1", "file-1", 4)
        assert await checkins.count_photos(tx, one.id) == (2, 1)
        assert await checkins.list_photos(tx, one.id) == ["file-1", "file-2"]
        assert await checkins.change(tx, two, replace(two, state=CheckinState.WITHDRAWN))
        assert await checkins.count_photos(tx, one.id) == (2, 0)
        assert await checkins.count_photos(tx, 999) == (0, 0)


async def test_events_name_the_person_behind_the_account_and_nobody_for_the_program(db: Database) -> None:
    async with db.write() as tx:
        person, _ = await seeded(tx)
        made = await put(tx, of(person))
        for number in range(4):
            await checkins.record_event(
                tx, made.id, number, 7 if number % 2 else 900, "change", None, made.state, 1, f"{number}"
            )
        events = await checkins.list_events(tx, made.id, 3)
        assert [(e.note, e.name) for e in events] == [("1", "张三"), ("2", None), ("3", "张三")]


async def test_sums_by_state_look_at_the_service_date_and_at_one_person(db: Database) -> None:
    async with db.write() as tx:
        person, other = await seeded(tx)
        for day, minutes, state in (
            (DAY, 90, CheckinState.CONFIRMED),
            (DAY.replace(month=1, day=1), 45, CheckinState.CONFIRMED),
            (DAY.replace(year=2025), 500, CheckinState.CONFIRMED),
            (DAY, 30, CheckinState.WITHDRAWN),
        ):
            await put(tx, of(person, day, minutes, state))
        await put(tx, of(other, state=CheckinState.CONFIRMED))
        first, last = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
        sums = await checkins.sum_by_state(tx, person.id, first, last)
        assert sums == {CheckinState.CONFIRMED: (2, 135), CheckinState.WITHDRAWN: (1, 30)}
        listed = await checkins.list_between(tx, person.id, first, last)
        assert [r.minutes for r in listed] == [30, 90, 45]


@pytest.mark.parametrize("state", list(CheckinState))
async def test_a_record_is_corrected_by_one_that_stands(db: Database, state: CheckinState) -> None:
    async with db.write() as tx:
        person, _ = await seeded(tx)
        voided = await put(tx, of(person, state=CheckinState.VOIDED))
        made = await checkins.insert(tx, of(person, state=state), None, voided.id)
        stands = state not in (CheckinState.WITHDRAWN, CheckinState.VOIDED)
        assert await checkins.find_successor(tx, voided.id) == (made if stands else None)
