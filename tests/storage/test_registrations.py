"""Registrations, invites and a person's own data, on both databases."""

import asyncio
import datetime as dt

from storage import accounts, departments, invites, people, privacy, registrations
from storage.engine import Database
from storage.records import Person, PersonStatus, Role

TODAY = dt.date(2026, 10, 14)
HOUR = 3_600_000


async def unit(db: Database) -> tuple[int, int]:
    """综合处 with 办公室 below and two people; ids of the departments."""
    async with db.write() as tx:
        below = await departments.insert(tx, "综合处/办公室")
        above = await departments.find_by_path(tx, "综合处")
        assert above is not None
        roster = [
            Person(0, "BG001", "王芳", "", below.id, Role.STAFF, PersonStatus.ACTIVE),
            Person(0, "zh002", "李雷", "", above.id, Role.STAFF, PersonStatus.LEFT),
        ]
        await people.insert_many(tx, roster, TODAY)
        return above.id, below.id


async def test_an_invite_is_open_until_it_ends_is_used_up_or_revoked(db: Database) -> None:
    above, below = await unit(db)
    async with db.write() as tx:
        number = await invites.insert(tx, "hash", above, 900, 0, HOUR, 2)
        found = await invites.find_open(tx, "hash", 0)
        assert found is not None
        assert (found.id, found.department_id) == (number, above)
        assert await invites.find_open(tx, "other", 0) is None
        assert await invites.find_open(tx, "hash", HOUR) is None
        assert [i.id for i in await invites.list_open(tx, found.trail, 0)] == [number]
        assert await invites.list_open(tx, f"/{above}/{below}/", 0) == []
        assert await invites.take_use(tx, number, 0)
        assert await invites.take_use(tx, number, 0)
        assert not await invites.take_use(tx, number, 0)
        assert await invites.get_open(tx, number, 0) is None
        second = await invites.insert(tx, "second", below, None, 0, HOUR, 9)
        assert await invites.revoke(tx, second, 5)
        assert not await invites.revoke(tx, second, 6)
        assert not await invites.take_use(tx, second, 7)
        assert await invites.count_people(tx, f"/{above}/") == 1


async def test_who_has_no_code_that_works_comes_before_those_whose_code_is_the_oldest(db: Database) -> None:
    above, below = await unit(db)
    async with db.write() as tx:
        staff = [Person(0, n, "甲", "", below, Role.STAFF, PersonStatus.ACTIVE) for n in ("C1", "C2", "C3")]
        await people.insert_many(tx, staff, TODAY)
        ids = {person.staff_number: person.id for person in await people.list_all(tx)}
        for number, made, until in (("C1", 5, 99), ("BG001", 4, 99), ("C3", 1, 9)):
            await invites.insert_personal(tx, [(number, below, ids[number])], 900, made, until)
        found = [(one.staff_number, one.path, one.made_at) for one in await invites.list_unbound(tx, f"/{above}/", 10)]
    path = "综合处/办公室"
    assert found == [("C2", path, 0), ("C3", path, 0), ("BG001", path, 4), ("C1", path, 5)], "who has left needs none"


async def test_overlooked_is_who_has_waited_since_before(db: Database) -> None:
    above, _ = await unit(db)
    async with db.write() as tx:
        invite = await invites.insert(tx, "hash", above, 900, 0, HOUR, 9)
        first, second = [one.id for one in await people.list_all(tx)]
        for user, person, state, at in (
            (7, first, "pending", 5),
            (8, second, "pending", 9),
            (9, second, "rejected", 5),
        ):
            assert await registrations.insert(tx, user, person, invite, "", state, None, at)
        assert [one.user_id for one in await registrations.list_overlooked(tx, 6, 10)] == [7]
        assert [one.user_id for one in await registrations.list_overlooked(tx, 10, 10)] == [7, 8]


async def test_the_last_personal_code_of_a_subtree_is_the_newest_whatever_has_become_of_it(db: Database) -> None:
    place, _below = await unit(db)
    async with db.write() as tx:
        person = (await people.list_all(tx))[0].id
        other = await departments.insert(tx, "别处")
        found = await departments.get(tx, place)
        assert found is not None
        assert await invites.last_personal(tx, found.trail) == 0
        await invites.insert_personal(tx, [("a", place, person)], 9, 1, 9)
        first = await invites.last_personal(tx, found.trail)
        await invites.insert_personal(tx, [("b", place, person)], 9, 1, 9)
        await invites.revoke_personal(tx, [person], 2)
        assert await invites.last_personal(tx, found.trail) > first > 0
        assert await invites.last_personal(tx, other.trail) == 0


async def test_an_invite_with_ten_uses_is_used_ten_times_by_a_hundred_at_once(db: Database) -> None:
    above, _ = await unit(db)
    async with db.write() as tx:
        number = await invites.insert(tx, "hash", above, 900, 0, HOUR, 10)

    async def use() -> bool:
        async with db.write() as tx:
            return await invites.take_use(tx, number, 1)

    assert sum(await asyncio.gather(*(use() for _ in range(100)))) == 10


async def test_a_registration_waits_once_for_an_account_and_is_settled_once(db: Database) -> None:
    above, _ = await unit(db)
    async with db.write() as tx:
        invite = await invites.insert(tx, "hash", above, 900, 0, HOUR, 9)
        [(person, trail)] = await registrations.list_claimed(tx, "BG001")
        number = await registrations.insert(tx, 7, person.id, invite, "芳 王", "pending", None, 1)
        assert number is not None
        assert await registrations.insert(tx, 7, person.id, invite, "芳 王", "pending", None, 1) is None
        found = await registrations.find_waiting(tx, 7)
        assert found is not None
        assert (found.id, found.person.name, found.department, found.trail) == (number, "王芳", "综合处/办公室", trail)
        assert await registrations.trail_of(tx, person.id) == trail
        assert await registrations.settle(tx, number, "approved", 900, 2)
        assert not await registrations.settle(tx, number, "rejected", 901, 3)
        kept = await registrations.get(tx, number)
        assert kept is not None
        assert (kept.state, kept.account_name) == ("approved", "")
        assert await registrations.insert(tx, 7, person.id, invite, "芳 王", "pending", None, 4) is not None


async def test_what_waits_is_listed_by_subtree_without_the_deciders_own(db: Database) -> None:
    above, below = await unit(db)
    async with db.write() as tx:
        invite = await invites.insert(tx, "hash", above, 900, 0, HOUR, 9)
        [(inner, _)] = await registrations.list_claimed(tx, "BG001")
        [(outer, _)] = await registrations.list_claimed(tx, "ZH002")
        await registrations.insert(tx, 7, inner.id, invite, "甲", "pending", None, 1)
        await registrations.insert(tx, 8, outer.id, invite, "乙", "pending", 5, 2)

        async def users(trail: str, but_person: int | None = None, but_user: int | None = None) -> list[int]:
            rows = await registrations.list_waiting(tx, trail, but_person, but_user)
            assert await registrations.count_waiting(tx, trail, but_person, but_user) == len(rows)
            return [row.user_id for row in rows]

        assert await users("") == [7, 8]
        assert await users(f"/{above}/{below}/") == [7]
        assert await users(f"/{above}/", inner.id) == [8]
        assert await users("", None, 8) == [7]


async def test_wrong_tries_are_counted_and_forgotten(db: Database) -> None:
    async with db.write() as tx:
        for at in (10, 20, 30):
            await registrations.record_attempt(tx, 7, "claim", at, 0)
        await registrations.record_attempt(tx, 8, "code", 40, 15)
        assert await registrations.list_attempts(tx, 7, 5) == [30, 20]
        assert await registrations.count_attempts(tx, "claim", 20) == 1
        assert await registrations.count_attempts(tx, "code", 0) == 1


async def test_a_binding_ends_with_its_dialogues_and_its_messages(db: Database) -> None:
    await unit(db)
    async with db.write() as tx:
        [(person, _)] = await registrations.list_claimed(tx, "BG001")
        for user in (7, 77):
            await accounts.see(tx, user, user, 1)
            for chat in (user, -100):
                await tx.execute("INSERT INTO dialogs (key, state, data, changed_at) VALUES (?, 's', '{}', 1)",
                                 f"{chat}:{user}")  # fmt: skip
        await accounts.bind(tx, 7, person.id, 3)
        await registrations.end_dialogs(tx, 7)
        assert [row[0] for row in await tx.fetch("SELECT key FROM dialogs ORDER BY key")] == ["-100:77", "77:77"]
        await tx.execute("INSERT INTO outbox (key, user_id, kind, urgency, not_before) VALUES ('a', 7, 'work', 1, 0)")
        await tx.execute("INSERT INTO outbox (key, user_id, kind, urgency, not_before) VALUES ('b', 77, 'work', 1, 0)")
        await registrations.drop_messages(tx, 7, 9)
        assert await tx.fetch("SELECT key, state FROM outbox ORDER BY key") == [("a", "skipped"), ("b", "pending")]


async def test_every_table_that_knows_people_is_in_the_data_of_a_person(db: Database) -> None:
    """A new table with a person in it must be handed out too, or be named here with the reason why not."""
    elsewhere = {
        "imports": "an act of the office, its who and when stand in the audit",
        "invites": "an act of the office, its who and when stand in the audit",
    }
    columns = ("person_id", "user_id", "chat_id", "actor_user", "actor_person", "checkin_id", "created_by")
    known = " ".join(query for _, query in privacy.SECTIONS.values())
    if db.__class__.__name__.startswith("Sqlite"):
        listing = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
    else:
        listing = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
    async with db.read() as tx:
        tables = {row[0] for row in await tx.fetch(listing) if row[1] in columns}
    assert "checkins" in tables
    assert [table for table in sorted(tables) if f" {table} " not in f"{known} " and table not in elsewhere] == []


async def test_a_persons_data_is_collected_without_anybody_elses(db: Database) -> None:
    above, _ = await unit(db)
    async with db.write() as tx:
        [(person, _)] = await registrations.list_claimed(tx, "BG001")
        await accounts.see(tx, 7, 7, 1)
        await accounts.consent(tx, 7, 1, 2)
        await accounts.bind(tx, 7, person.id, 3)
        invite = await invites.insert(tx, "hash", above, 900, 0, HOUR, 9)
        await registrations.insert(tx, 8, person.id, invite, "冒充者", "pending", 7, 1)
        found = await privacy.collect(tx, 7, person.id)
        assert await privacy.find_consent(tx, 7) == (1, 2)
        assert await privacy.find_consent(tx, 8) is None
    assert set(found) == set(privacy.SECTIONS)
    assert found["roster"][0]["name"] == "王芳"
    assert found["account"][0]["consent_at"] == 2
    assert found["postings"][0]["department"] == "综合处/办公室"
    assert "冒充者" not in str(found)
    assert "900" not in str(found)
