"""codes_instead_of_names at the queries that name people, on both databases: the number stands, the name is kept."""

from collections.abc import Mapping
from datetime import date

from storage import accounts, audit, deliveries, departments, grants, people, registrations, restraint, tellings
from storage.engine import Database, Tx
from storage.records import Person, PersonStatus, Role

TODAY = date(2026, 10, 14)
NAME, NUMBER = "丁一卯", "ZF001"


async def one_person(db: Database) -> None:
    """Who leads, belongs to the office by a grant, waits to be let in, has told himself a notice."""
    async with db.write() as tx:
        place = await departments.insert(tx, "执法处")
        one = Person(0, NUMBER, NAME, "", place.id, Role.LEADER, PersonStatus.ACTIVE)
        await people.insert_many(tx, [one], TODAY)
        number = (await people.list_all(tx))[0].id
        await accounts.see(tx, 7, 7, 1)
        await accounts.bind(tx, 7, number, 1)
        await grants.insert(tx, number, Role.OFFICE, None, None, 9, 1)
        await tx.execute(
            "INSERT INTO registrations (user_id, person_id, account_name, created_at) VALUES (8, ?, 'x', 1)", number
        )
        await tx.execute(
            "INSERT INTO notices (id, author_user, authority, state, created_at) VALUES (1, 7, 7, 'done', 1)"
        )
        await tx.execute(
            "INSERT INTO notice_people (notice_id, person_id, department_id, fate, told_at, told_by, telling)"
            " VALUES (1, ?, ?, 'not_bound', 1, 7, 1)",
            *(number, place.id),
        )


async def named(tx: Tx) -> Mapping[str, list[str]]:
    """How every query that pages are made of calls him."""
    number = (await people.list_all(tx))[0].id
    members, _ = await people.list_members(tx, "", "", "all", 9, 0)
    holders, _ = await grants.list_holders(tx, TODAY, 9, 0)
    told, _ = await deliveries.list_people(tx, 1, "", "all")
    one = await deliveries.get_person(tx, 1, number)
    waiting = await registrations.get(tx, 1)
    assert one is not None and waiting is not None and waiting.person.name == NAME
    return {
        "people.shown": [p.name for p in await people.shown(tx, await people.list_all(tx))],
        "people.search": [p.name for p, _ in await people.search(tx, "丁", 9)],
        "people.list_names": list(await people.list_names(tx, Role.LEADER)),
        "people.list_members": [p.name for p, _, _ in members],
        "grants.list_holders": [h.name for h in holders],
        "grants.list_leaders": [h.name for h in await grants.list_leaders(tx, TODAY)],
        "grants.list_of": [h.name for h in await grants.list_of(tx, number, TODAY)],
        "audit.names": [name for _, name in (await audit.names(tx, [number])).values()],
        "registrations.get": [waiting.shown],
        "registrations.list_waiting": [one.shown for one in await registrations.list_waiting(tx, "", None)],
        "deliveries.list_people": [p.name for p in told],
        "deliveries.get_person": [one.name],
        "tellings.list_tellers": list((await tellings.list_tellers(tx, 1)).values()),
        "restraint.list_homes": [home.name for home in await restraint.list_homes(tx, "")],
    }


async def test_every_query_of_a_page_calls_people_as_the_unit_wants(db: Database) -> None:
    await one_person(db)
    for setting, expected in ((None, NAME), ("false", NAME), ("true", NUMBER)):
        async with db.write() as tx:
            await tx.execute("DELETE FROM settings")
            if setting:
                await tx.execute("INSERT INTO settings VALUES ('codes_instead_of_names', ?, 1)", setting)
            found = await named(tx)
            assert {query: set(names) for query, names in found.items()} == {query: {expected} for query in found}
            assert [person.name for person, _ in await people.list_present(tx)] == [NAME]  # the unit's own file
            assert [person.name for person in await people.list_all(tx)] == [NAME]
