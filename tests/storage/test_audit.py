"""The audit's chain: whatever is done to it is found, on both databases."""

import random

import pytest

from storage import accounts, audit, migrate
from storage.audit import Entry
from storage.engine import Database, Tx
from tests.conftest import Say

AT = 1_790_000_000_000
ROWS = 12


async def fill(db: Database, rows: int = ROWS) -> dict[int, str]:
    """Some acts; what is kept elsewhere of the last of them."""
    async with db.write() as tx:
        for n in range(rows):
            await audit.append(tx, AT + n, 100 + n % 3, "setting", f"name:{n}", "1", str(n))
        number, seal = await audit.head(tx)
    return {number: seal}


async def disarm(tx: Tx) -> None:
    """Whoever holds the file can drop the triggers."""
    for trigger in ("audit_kept", "audit_stays"):
        await tx.execute(f"DROP TRIGGER {trigger}" + ("" if tx.dialect == "sqlite" else " ON audit"))


async def chain(db: Database, heads: dict[int, str]) -> audit.Chain:
    async with db.read() as tx:
        return await audit.verify(tx, heads)


async def test_a_chain_that_nobody_touched_holds(db: Database) -> None:
    heads = await fill(db)
    found = await chain(db, heads)
    assert (found.rows, found.broken, found.reason) == (ROWS, 0, "")
    assert {found.head: found.hash} == heads


async def test_an_empty_audit_holds(db: Database) -> None:
    found = await chain(db, {})
    assert (found.rows, found.broken) == (0, 0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET after = 'other' WHERE id = 3",
        "UPDATE audit SET actor_user = 7 WHERE id = 3",
        "UPDATE audit SET hash = '' WHERE id = 3",
        "UPDATE audit SET before = '' WHERE id = 3",
        "DELETE FROM audit WHERE id = 3",
    ],
)
async def test_the_database_itself_refuses_a_change(db: Database, statement: str) -> None:
    await fill(db)
    with pytest.raises(Exception, match="append-only"):
        async with db.write() as tx:
            await tx.execute(statement)
    assert (await chain(db, {})).broken == 0


async def test_who_acted_is_kept_as_a_person_where_there_is_one(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute("INSERT INTO departments (id, name, path, trail) VALUES (1, 'A', 'A', '/1/')")
        await tx.execute("INSERT INTO people (id, staff_number, name, department_id) VALUES (5, 'A5', '张伟', 1)")
        await accounts.see(tx, 77, 77, AT)
        await tx.execute("UPDATE accounts SET person_id = 5 WHERE user_id = 77")
        await audit.append(tx, AT, 77, "setting", "target", "30", "40")
        rows, total = await audit.search(tx, 5, "", 0, AT + 1, 10, 0)
    assert total == 1 and rows[0].actor_person == 5


async def test_one_page_of_what_is_looked_for(db: Database) -> None:
    await fill(db)
    async with db.write() as tx:
        await audit.append_many(tx, AT + 100, None, [Entry("review-return", "person:9"), Entry("review_ask")])
        found, total = await audit.search(tx, 0, "", 0, AT + 1000, 5, 0)
        assert total == ROWS + 2 and [row.id for row in found] == [14, 13, 12, 11, 10]
        found, total = await audit.search(tx, 9, "", 0, AT + 1000, 5, 0)
        assert [row.action for row in found] == ["review-return"]
        found, total = await audit.search(tx, 0, "review", 0, AT + 1000, 5, 0)
        assert total == 2
        assert (await audit.search(tx, 0, "", AT + 2, AT + 4, 5, 0))[1] == 2


async def test_what_was_written_before_there_was_a_chain_is_sealed_by_the_migration(db: Database) -> None:
    async with db.write() as tx:
        await tx.executemany(
            "INSERT INTO audit (at, actor_user, action, subject) VALUES (?, ?, ?, ?)",
            [(AT + n, n, "setting", "target") for n in range(audit.CHUNK + 3)],
        )
        await audit.seal_all(tx)
        await audit.append(tx, AT + 9999, 1, "setting")
    found = await chain(db, {})
    assert (found.rows, found.broken) == (audit.CHUNK + 4, 0)


async def test_details_are_forgotten_in_time_and_the_chain_holds(db: Database) -> None:
    heads = await fill(db)
    async with db.write() as tx:
        assert await audit.blank_details(tx, AT + 5, AT + 500) == 5
        assert await audit.blank_details(tx, AT + 5, AT + 501) == 0
        assert await tx.value("SELECT COUNT(*) FROM audit WHERE after <> '' AND action = 'setting'") == ROWS - 5
    assert (await chain(db, heads)).broken == 0


async def test_details_that_were_blanked_by_nobody_s_order_are_found(db: Database) -> None:
    await fill(db)
    async with db.write() as tx:
        await tx.execute("UPDATE audit SET before = '', after = '' WHERE id = 4")
    found = await chain(db, {})
    assert (found.broken, found.reason) == (4, "row")


async def test_an_erased_account_is_gone_and_the_chain_holds(db: Database) -> None:
    heads = await fill(db)
    async with db.write() as tx:
        await tx.executemany(audit.UNSIGN, await tx.fetch("SELECT id FROM audit WHERE actor_user = 101"))
        await audit.note_erasure(tx, AT + 600, "person:5", [101])
        assert await tx.value("SELECT COUNT(*) FROM audit WHERE actor_user = 101") == 0
    assert (await chain(db, heads)).broken == 0


async def test_an_account_that_vanished_without_an_erasure_is_found(db: Database) -> None:
    await fill(db)
    async with db.write() as tx:
        await tx.execute("UPDATE audit SET actor_user = NULL WHERE id = 6")
    assert (await chain(db, {})).broken == 6


async def tamper(tx: Tx, kind: str, at: int, dice: random.Random) -> None:
    if kind == "delete":
        await tx.execute("DELETE FROM audit WHERE id = ?", at)
    elif kind == "cut":
        await tx.execute("DELETE FROM audit WHERE id >= ?", at)
    elif kind == "insert":
        await tx.execute(
            "INSERT INTO audit (id, at, actor_user, action, subject, before, after, actor_digest, details_digest, hash)"
            " SELECT 1000 + id, at, actor_user, action, subject, before, after, actor_digest, details_digest, hash"
            " FROM audit WHERE id = ?",
            at,
        )
    elif kind == "swap":
        other = at % ROWS + 1
        for old, new in ((at, -1), (other, at), (-1, other)):
            await tx.execute("UPDATE audit SET id = ? WHERE id = ?", new, old)
    else:
        column, value = dice.choice(
            [
                ("at", AT - 1),
                ("actor_user", 9),
                ("actor_person", 9),
                ("action", "export"),
                ("subject", "x"),
                ("before", "x"),
                ("after", "x"),
                ("actor_digest", "x"),
                ("details_digest", "x"),
                ("hash", "x"),
            ]
        )
        await tx.execute(f"UPDATE audit SET {column} = ? WHERE id = ?", value, at)


async def all_found(db: Database, times: int, seed: int) -> None:
    heads, dice = await fill(db), random.Random(seed)
    async with db.write() as tx:
        await disarm(tx)
    for n in range(times):
        kind = ("flip", "delete", "insert", "swap", "cut")[n % 5]
        at = dice.randrange(1, ROWS + 1)
        with pytest.raises(_Enough):
            async with db.write() as tx:
                await tamper(tx, kind, at, dice)
                found = await audit.verify(tx, heads)
                assert found.broken, (kind, at)
                if kind in ("flip", "delete") and at < ROWS:
                    assert found.broken == (at if kind == "flip" else at + 1), (kind, at)
                raise _Enough
    assert (await chain(db, heads)).broken == 0


class _Enough(Exception):
    """The tampered rows are put back."""


async def test_fifty_ways_of_tampering_are_all_found(db: Database) -> None:
    await all_found(db, 50, 1)


@pytest.mark.soak
async def test_a_thousand_ways_of_tampering_are_all_found(db: Database, say: Say) -> None:
    await all_found(db, 1_000, 2)
    say(tampered=1_000, found=1_000)


async def test_a_cut_tail_is_named_by_the_head_that_was_kept_elsewhere(db: Database) -> None:
    heads = await fill(db)
    async with db.write() as tx:
        await disarm(tx)
        await tx.execute("DELETE FROM audit WHERE id > 7")
    assert (await chain(db, {})).broken == 0
    found = await chain(db, heads)
    assert (found.broken, found.reason) == (ROWS, "cut")


def test_every_statement_of_a_migration_is_for_one_database_or_for_both() -> None:
    for _, statements in migrate.steps():
        for statement in statements:
            own = [migrate.said_to(dialect, statement) for dialect in ("sqlite", "postgres")]
            assert any(own) and not any("$" in one for one in own)
