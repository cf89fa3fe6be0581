"""The promises of the seam, on both databases."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from storage import inbox
from storage.connect import opened
from storage.engine import Database, Unavailable
from storage.migrate import NewerSchema, migrate

INSERT = "INSERT INTO settings (name, value, changed_at) VALUES (?, ?, 0)"


async def names(db: Database) -> list[str]:
    async with db.read() as tx:
        return [row[0] for row in await tx.fetch("SELECT name FROM settings ORDER BY name")]


async def test_what_a_use_case_wrote_is_there_when_its_block_has_ended(db: Database) -> None:
    async with db.write() as tx:
        assert await tx.execute(INSERT, "a", "1") == 1
    assert await names(db) == ["a"]


@pytest.mark.parametrize("size", [20, 900, 9000])
async def test_what_is_blanked_is_not_in_the_file_any_more(tmp_path: Path, size: int) -> None:
    """A phone number that somebody sends is not kept: nor as bytes that no row has."""
    path = tmp_path / "wenming.db"
    async with opened(f"sqlite:///{path}") as database:
        for number in range(1, 6):
            async with database.write() as tx:
                assert await inbox.insert(tx, number, 900, "13912345678".ljust(size, "."), 0) == number
        async with database.write() as tx:
            await inbox.finish(tx, [1, 2, 3])
            await inbox.finish(tx, [4, 5])
    assert b"13912345678" not in path.read_bytes()


async def test_a_use_case_that_raises_leaves_nothing_and_its_neighbours_stay(db: Database) -> None:
    async def write(name: str, *, fail: bool) -> None:
        async with db.write() as tx:
            await tx.execute(INSERT, name, "1")
            if fail:
                raise RuntimeError("no")

    results = await asyncio.gather(*(write(f"n{i}", fail=i % 3 == 0) for i in range(9)), return_exceptions=True)
    assert [isinstance(r, RuntimeError) for r in results] == [i % 3 == 0 for i in range(9)]
    assert await names(db) == [f"n{i}" for i in range(9) if i % 3]


async def test_a_failing_statement_spoils_only_its_own_use_case(db: Database) -> None:
    async def write(name: str) -> None:
        async with db.write() as tx:
            await tx.execute(INSERT, name, "1")

    results = await asyncio.gather(*(write(n) for n in ("a", "a", "b")), return_exceptions=True)
    assert sum(isinstance(r, Exception) for r in results) == 1
    assert await names(db) == ["a", "b"]


async def test_use_cases_that_wait_together_share_a_commit(db: Database) -> None:
    before = db.writer.commits

    async def write(number: int) -> None:
        async with db.write() as tx:
            await tx.execute(INSERT, f"n{number:03}", "1")

    await asyncio.gather(*(write(i) for i in range(100)))
    assert len(await names(db)) == 100
    assert db.writer.commits - before <= 3


async def test_a_hundred_read_then_write_at_once_lose_no_update(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(INSERT, "counter", "0")

    async def increment() -> None:
        async with db.write() as tx:
            value = await tx.value("SELECT value FROM settings WHERE name = ?", "counter")
            await tx.execute("UPDATE settings SET value = ? WHERE name = ?", str(int(value) + 1), "counter")

    await asyncio.gather(*(increment() for _ in range(100)))
    async with db.read() as tx:
        assert await tx.value("SELECT value FROM settings WHERE name = ?", "counter") == "100"


async def test_a_cancelled_use_case_is_undone_and_the_queue_goes_on(db: Database) -> None:
    inside = asyncio.Event()

    async def hang() -> None:
        async with db.write() as tx:
            await tx.execute(INSERT, "half", "1")
            inside.set()
            await asyncio.Event().wait()

    hanging = asyncio.create_task(hang())
    await inside.wait()
    waiting = asyncio.create_task(asyncio.wait_for(_write(db, "given up"), 10))
    after = asyncio.create_task(_write(db, "after"))
    await asyncio.sleep(0)
    waiting.cancel()
    hanging.cancel()
    await asyncio.gather(hanging, waiting, return_exceptions=True)
    await after
    assert await names(db) == ["after"]


async def _write(db: Database, name: str) -> None:
    async with db.write() as tx:
        await tx.execute(INSERT, name, "1")


async def test_a_commit_that_fails_is_heard_by_everybody_in_it(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    session = db.writer.session

    async def full() -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(session, "commit", full)
        results = await asyncio.gather(*(_write(db, f"n{i}") for i in range(3)), return_exceptions=True)
    assert all(isinstance(r, Unavailable) for r in results)
    await _write(db, "later")
    assert await names(db) == ["later"]


async def test_a_reader_sees_one_moment_whatever_is_written_meanwhile(db: Database) -> None:
    await _write(db, "a")
    async with db.read() as tx:
        first = await tx.value("SELECT COUNT(*) FROM settings")
        await _write(db, "b")
        assert await tx.value("SELECT COUNT(*) FROM settings") == first


async def test_many_rows_at_once_and_long_reading(db: Database) -> None:
    async with db.write() as tx:
        await tx.executemany(INSERT, [(f"n{i}", "1") for i in range(5000)])
    async with db.read(long=True) as tx:
        assert await tx.value("SELECT COUNT(*) FROM settings") == 5000


async def test_a_second_owner_is_refused_until_the_first_has_gone(database_url: str) -> None:
    async with opened(database_url) as first:
        assert await first.claim_ownership()
        async with opened(database_url) as second:
            assert not await second.claim_ownership()
    async with opened(database_url) as third:
        assert await third.claim_ownership()


async def test_two_processes_write_in_turn(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as two:
        await asyncio.gather(*(_write(db, f"{n}{i}") for i in range(20) for n, db in (("a", one), ("b", two))))
        assert len(await names(one)) == 40


async def test_migrating_twice_changes_nothing(db: Database) -> None:
    assert await migrate(db) == 0


async def test_a_database_of_a_newer_program_is_refused(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute("INSERT INTO schema_version (number) VALUES (9999)")
    with pytest.raises(NewerSchema, match="9999"):
        await migrate(db)


async def test_a_migration_that_fails_midway_leaves_the_old_schema(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken: list[Any] = [(1, []), (99, ["CREATE TABLE half (x TEXT)", "CREATE TABLE half (x TEXT)"])]
    monkeypatch.setattr("storage.migrate.steps", lambda: broken)
    with pytest.raises(Exception, match="half"):
        await migrate(db)
    monkeypatch.setattr("storage.migrate.steps", lambda: [(1, []), (99, ["CREATE TABLE half (x TEXT)"])])
    assert await migrate(db) == 1


@pytest.mark.parametrize("copied", [False, True])
async def test_nobody_else_may_read_the_database_or_its_log(tmp_path: Path, *, copied: bool) -> None:
    """The log holds what was written last, and has the mode that the database had when it was opened: that of a file
    copied back by hand is whatever the shell gave it."""
    path = tmp_path / "new.db"
    if copied:
        async with opened(f"sqlite:///{path}"):
            pass
        path.chmod(0o644)
    async with opened(f"sqlite:///{path}") as db, db.write() as tx:
        await tx.execute("CREATE TABLE t (name TEXT)")
        modes = {one.name: one.stat().st_mode & 0o777 for one in os.scandir(tmp_path)}
    assert modes.keys() >= {"new.db", "new.db-wal"} and set(modes.values()) == {0o600}


async def test_a_folder_in_the_place_of_the_database_is_left_as_it_is(tmp_path: Path) -> None:
    os.chmod(tmp_path, 0o755)
    with pytest.raises(Unavailable):
        async with opened(f"sqlite:///{tmp_path}"):
            pass
    assert os.stat(tmp_path).st_mode & 0o777 == 0o755
