"""Roles beside the roster's column, and scopes of several departments, on both databases."""

import datetime as dt

import pytest

from bot.domain.access import Action, Actor, can, led_by, roles_of, scope, within
from storage import accounts, departments, grants, people, registrations
from storage.departments import COVERED
from storage.engine import Database
from storage.records import Person, PersonStatus, Role

TODAY = dt.date(2026, 10, 14)
TREE = ("甲", "甲/一", "乙", "丙", "丙/一")


async def unit(db: Database) -> dict[str, str]:
    """Five departments with one bound person each (numbered as they are); their trails by path."""
    async with db.write() as tx:
        trails = {path: (await departments.insert(tx, path)).trail for path in TREE}
        ids = {d.path: d.id for d in await departments.list_all(tx)}
        roster = [
            Person(0, f"P{n}", f"人{n}", "", ids[path], Role.LEADER if n == 1 else Role.STAFF, PersonStatus.ACTIVE)
            for n, path in enumerate(TREE, 1)
        ]
        await people.insert_many(tx, roster, TODAY)
        for person in await people.list_all(tx):
            user = 100 + int(person.staff_number[1:])
            await accounts.see(tx, user, user, 1)
            await accounts.consent(tx, user, 1, 1)
            await accounts.bind(tx, user, person.id, 1)
    return trails


async def actor(db: Database, number: int, today: dt.date = TODAY) -> Actor:
    async with db.read() as tx:
        account, person, standing = await accounts.find(tx, 100 + number)
    roles = roles_of(person, standing, today, owner=False)
    return Actor(100 + number, 0, account, person, led_by(person, standing, today), roles)


async def give(db: Database, number: int, role: Role, path: str | None = None, until: dt.date | None = None) -> bool:
    async with db.write() as tx:
        person = await people.find_by_number(tx, f"P{number}")
        department = await departments.find_by_path(tx, path) if path else None
        assert person is not None
        return await grants.insert(tx, person.id, role, department.id if department else None, until, 900, 5)


async def test_a_leader_of_two_departments_has_a_scope_of_two(db: Database) -> None:
    trails = await unit(db)
    assert await give(db, 1, Role.LEADER, "丙")
    assert await give(db, 1, Role.LEADER, "甲/一")  # inside of what he leads by the roster
    leader = await actor(db, 1)
    reach = scope(leader, Action.DECIDE)
    assert reach == f"{trails['甲']}|{trails['丙']}"
    seen = {path for path in TREE if can(leader, Action.DECIDE, trails[path])}
    assert seen == {"甲", "甲/一", "丙", "丙/一"}
    async with db.read() as tx:
        rows, total = await people.list_members(tx, reach, "", "all", 8, 0)
        assert (sorted(row[1] for row in rows), total) == (sorted(seen), 4)
        assert {d.path for d in await departments.list_below(tx, reach)} == seen
        for number, path in enumerate(TREE, 1):
            assert (await registrations.count_waiting(tx, reach, None)) == 0
            rows, _ = await people.list_members(tx, trails[path], f"P{number}", "all", 8, 0)
            assert [row[0].staff_number for row in rows] == [f"P{number}"]
        rows, total = await people.list_members(tx, "", "", "all", 8, 0)
        assert total == 5


@pytest.mark.parametrize(
    ("inner", "outer", "inside"),
    [
        ("/1/", "", True),
        ("", "", True),
        ("", "/1/", False),
        ("/1/2/", "/1/", True),
        ("/12/", "/1/", False),
        ("/1/|/3/", "/1/", False),
        ("/1/|/3/", "/3/|/1/", True),
        ("/1/2/|/3/", "/3/|/1/", True),
        ("/1/", None, False),
    ],
)
async def test_a_scope_lies_in_another_or_not_in_the_code_as_in_the_database(
    inner: str, outer: str | None, inside: bool, db: Database
) -> None:
    assert within(inner, outer) is inside
    async with db.write() as tx:
        for path in ("a", "b", "c"):
            await departments.insert(tx, path)  # /1/, /2/, /3/
        found = await tx.fetch(f"SELECT 1 FROM (SELECT CAST(? AS TEXT) AS reach) n WHERE {COVERED}", inner, outer)
    in_any_order = "|" in inner and inner != outer  # a list leaves these out: rather too little than too much
    assert bool(found) is (inside and not in_any_order)


async def test_a_deputys_day_ends_at_its_end_without_any_tick(db: Database) -> None:
    trails = await unit(db)
    last = TODAY + dt.timedelta(days=3)
    assert await give(db, 3, Role.LEADER, "甲", last)
    department = int(trails["甲"].strip("/"))
    for days, holds in ((0, True), (3, True), (4, False), (400, False)):
        today = TODAY + dt.timedelta(days=days)
        deputy = await actor(db, 3, today)
        assert can(deputy, Action.DECIDE, trails["甲/一"]) is holds
        assert (Role.LEADER in deputy.roles) is holds
        async with db.read() as tx:
            called = await accounts.list_by_role(tx, "leader", department, None, today)
            assert called == ([101, 103] if holds else [101])
            assert (103 in [100 + h.person_id for h in await grants.list_leaders(tx, today)]) is holds
            assert await accounts.list_by_role(tx, "leader", department, None) == [101]


async def test_a_role_is_held_once_and_ends_with_the_person(db: Database) -> None:
    await unit(db)
    assert await give(db, 2, Role.OFFICE)
    assert not await give(db, 2, Role.OFFICE)
    async with db.write() as tx:
        assert await accounts.list_by_role(tx, "office", None, None) == [102]
        assert await people.list_names(tx, Role.OFFICE) == ["人2"]
        person = await people.find_by_number(tx, "P2")
        assert person is not None
        gone = Person(person.id, "P2", "人2", "", person.department_id, Role.STAFF, PersonStatus.LEFT)
        await people.update_many(tx, [gone], TODAY)
        back = Person(person.id, "P2", "人2", "", person.department_id, Role.STAFF, PersonStatus.ACTIVE)
        await people.update_many(tx, [back], TODAY)
        assert await accounts.list_by_role(tx, "office", None, None) == []
    assert (await actor(db, 2)).roles == {Role.STAFF}
    assert await give(db, 2, Role.OFFICE)


async def test_the_list_holds_the_rosters_roles_and_the_granted_ones(db: Database) -> None:
    await unit(db)
    await give(db, 2, Role.VIEWER)
    await give(db, 3, Role.LEADER, "丙", TODAY - dt.timedelta(days=1))
    async with db.read() as tx:
        found, total = await grants.list_holders(tx, TODAY, 8, 0)
        assert [(h.staff_number, h.role, h.path, h.id == 0) for h in found] == [
            ("P2", Role.VIEWER, "", False),
            ("P1", Role.LEADER, "甲", True),
        ]
        assert total == 2
        assert [h.role for h in await grants.list_of(tx, found[1].person_id, TODAY)] == [Role.LEADER]
