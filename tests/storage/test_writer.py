"""The writer when a use case is given up at the worst moment: nobody believes in what is not there, and it goes on."""

import asyncio
import random
from typing import Any

import pytest

from storage.engine import Database, Unavailable, Writer

DICE = random.Random(7)
INSERT = "INSERT INTO settings (name, value, changed_at) VALUES (?, ?, 0)"


class Slow:
    """A session whose statements take a turn of the event loop, and which fails like PostgreSQL's."""

    dialect = "slow"

    def __init__(self) -> None:
        self.said: list[str] = []
        self.reached = asyncio.Event()
        self.pause_at = ""
        self.spoilt = False

    async def execute(self, sql: str, *args: Any) -> int:
        if self.spoilt and not sql.startswith("ROLLBACK"):
            raise RuntimeError("current transaction is aborted")
        self.said.append(sql)
        if sql.startswith(self.pause_at) and self.pause_at:
            self.pause_at = ""
            self.reached.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                self.spoilt = True
                raise
        for _ in range(DICE.randrange(1, 4)):
            await asyncio.sleep(0)
        return 0

    async def begin(self) -> None:
        await self.execute("BEGIN")

    async def commit(self) -> None:
        await self.execute("COMMIT")

    async def rollback(self) -> None:
        self.spoilt = False
        await self.execute("ROLLBACK")


@pytest.mark.parametrize("statement", ["SAVEPOINT", "RELEASE"])
async def test_a_use_case_given_up_between_statements_kills_nobody(statement: str) -> None:
    session = Slow()
    writer = Writer(session)

    async def write(words: str) -> str:
        async with writer.write() as tx:
            await tx.execute(words)
        return words

    session.pause_at = statement
    first, second = asyncio.create_task(write("one")), asyncio.create_task(write("two"))
    await session.reached.wait()
    first.cancel()
    results = await asyncio.gather(first, second, return_exceptions=True)
    assert isinstance(results[0], asyncio.CancelledError)
    assert results[1] == "two" or isinstance(results[1], Unavailable)
    async with asyncio.timeout(60):
        assert await write("three") == "three"
        await writer.close()
    assert session.said[-1] == "COMMIT"


async def test_when_no_transaction_is_to_be_had_everybody_in_line_hears_so_at_the_same_time() -> None:
    session = Slow()
    writer = Writer(session)

    async def write() -> None:
        async with writer.write() as tx:
            await tx.execute("never")

    async def locked() -> None:
        session.said.append("BEGIN")
        await asyncio.sleep(0)
        raise Unavailable("another process holds the database file")

    begin, session.begin = session.begin, locked
    tasks = [asyncio.create_task(write()) for _ in range(5)]
    await asyncio.sleep(0)
    tasks[4].cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(result) for result in results] == [Unavailable] * 4 + [asyncio.CancelledError]
    assert session.said.count("BEGIN") == 1, "nobody waits for a lock one after the other"
    session.begin = begin
    await write()
    await writer.close()
    assert session.said[-1] == "COMMIT"


async def test_nobody_comes_in_while_somebody_is_inside() -> None:
    """Newcomers arrive at every moment of the others' way, also between two that wait in line."""
    session = Slow()
    writer, inside, most = Writer(session), 0, 0

    async def write(number: int) -> None:
        nonlocal inside, most
        async with writer.write() as tx:
            inside += 1
            most = max(most, inside)
            await tx.execute(f"{number}")
            inside -= 1

    async def come_again_and_again() -> None:
        for number in range(100):
            await write(number)
            for _ in range(DICE.randrange(80)):
                await asyncio.sleep(0)

    await asyncio.gather(*(come_again_and_again() for _ in range(6)))
    assert most == 1
    assert session.said.count("BEGIN") == session.said.count("COMMIT") == writer.commits
    depth = 0
    for statement in session.said:
        depth += statement.startswith("SAVEPOINT") - statement.startswith("RELEASE")
        assert depth in (0, 1)
    await writer.close()


async def test_whatever_is_given_up_whenever_what_was_acknowledged_is_there(db: Database) -> None:
    """Use cases are cancelled at every point of their way; the others hear the truth."""

    async def write(name: str) -> str:
        async with db.write() as tx:
            await tx.execute(INSERT, name, "1")
            await tx.fetch("SELECT 1")
        return name

    kept = []
    for turn in range(40):
        tasks = [asyncio.create_task(write(f"{turn}-{number}")) for number in range(4)]
        for _ in range(turn):
            await asyncio.sleep(0)
        tasks[turn % 3].cancel()
        tasks[turn % 2].cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        kept += [result for result in results if isinstance(result, str)]
        assert all(isinstance(r, str | asyncio.CancelledError | Unavailable) for r in results), results
    async with db.read() as tx:
        there = {row[0] for row in await tx.fetch("SELECT name FROM settings")}
    assert set(kept) <= there and len(kept) >= 40
    assert await write("last") == "last"


async def test_a_server_that_breaks_off_a_connection_is_a_database_that_is_away(db: Database) -> None:
    if db.dialect != "postgres":
        return
    async with db.read() as tx:
        others = "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
        pids = [row[0] for row in await tx.fetch(others)]
        for pid in pids:
            await tx.fetch("SELECT pg_terminate_backend(CAST(? AS INTEGER))", pid)
    for _ in range(3):
        try:
            async with db.write() as write:
                await write.execute(INSERT, "x", "1")
            break
        except Unavailable:
            continue
    async with db.read() as tx:
        assert await tx.value("SELECT COUNT(*) FROM settings WHERE name = 'x'") == 1


async def test_a_reader_whose_server_goes_away_hears_it(db: Database) -> None:
    if db.dialect != "postgres":
        return
    with pytest.raises(Unavailable):
        async with db.read() as tx:
            await tx.fetch("SELECT pg_terminate_backend(pg_backend_pid())")
            await tx.fetch("SELECT 1")
    async with db.read() as tx:
        assert await tx.value("SELECT 1") == 1
