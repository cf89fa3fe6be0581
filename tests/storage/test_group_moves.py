"""Where the number of a group stands, and that it changes once; on both databases."""

import json

import pytest

from storage import accounts, departments, groups, inbox
from storage.engine import Database

OLD, NEW, NEWER = -55, -100055, -100099


async def numbers(db: Database, query: str) -> list[int]:
    async with db.read() as tx:
        return [row[0] for row in await tx.fetch(query)]


@pytest.fixture
async def held(db: Database) -> Database:
    async with db.write() as tx:
        place = await departments.insert(tx, "执法处")
        await groups.put_code(tx, OLD, "hash", "群", 7, 10)
        await groups.bind(tx, OLD, place.id, "群", 7, 1)
        await groups.bind(tx, OLD, place.id, "群", 7, 2)  # the first one has ended: its past stays as it was
        await accounts.see(tx, 7, OLD, 1)
        for update, chat in ((1, OLD), (2, OLD), (3, 9)):
            await inbox.insert(tx, update, chat, json.dumps({"update_id": update}), 1)
        await tx.execute("UPDATE inbox SET state = 'done' WHERE update_id = 1")
    return db


async def test_it_changes_in_the_open_binding_the_code_the_address_and_the_updates_that_wait(held: Database) -> None:
    async with held.write() as tx:
        assert await groups.move(tx, OLD, NEW, 5)
    assert await numbers(held, "SELECT chat_id FROM group_bindings ORDER BY id") == [OLD, NEW]
    assert await numbers(held, "SELECT chat_id FROM group_codes") == [NEW]
    assert await numbers(held, "SELECT chat_id FROM accounts") == [NEW]
    assert await numbers(held, "SELECT chat_id FROM inbox ORDER BY update_id") == [OLD, NEW, 9]
    async with held.read() as tx:
        assert [await groups.current(tx, chat) for chat in (OLD, NEW, 9)] == [NEW, NEW, 9]


async def test_a_second_time_changes_nothing_and_a_second_move_is_followed(held: Database) -> None:
    async with held.write() as tx:
        assert await groups.move(tx, OLD, NEW, 5)
        assert not await groups.move(tx, OLD, NEW, 6)
        assert not await groups.move(tx, NEW, NEW, 6)
        assert await groups.move(tx, NEW, NEWER, 7)
        assert [await groups.current(tx, chat) for chat in (OLD, NEW, NEWER)] == [NEWER] * 3
    assert await numbers(held, "SELECT COUNT(*) FROM group_bindings WHERE ended_at IS NULL") == [1]
    assert await numbers(held, "SELECT chat_id FROM group_bindings WHERE ended_at IS NULL") == [NEWER]


async def test_half_of_it_never_stands(held: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with held.write() as tx:
            await groups.move(tx, OLD, NEW, 5)
            raise ZeroDivisionError
    assert await numbers(held, "SELECT chat_id FROM group_bindings ORDER BY id") == [OLD, OLD]
    assert await numbers(held, "SELECT COUNT(*) FROM group_moves") == [0]
