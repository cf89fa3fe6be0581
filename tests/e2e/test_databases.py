"""Databases in trouble: half a migration, a newer schema, a lock that somebody else holds."""

import asyncio
from pathlib import Path

import apsw
import pytest

from storage.connect import opened
from storage.migrate import said_to, steps
from tests.e2e.conftest import Rig
from tests.e2e.test_updates import STAFF, check_ins

DONE, FAILED = 0, 1


def tables_of(version: int) -> set[str]:
    """What a database of this version has."""
    statements = [statement for number, statements in steps() if number <= version for statement in statements]
    return {statement.split()[2] for statement in statements if statement.startswith("CREATE TABLE")}


def version_of(path: Path) -> int:
    db = apsw.Connection(str(path))
    begun = db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'schema_version'").fetchall()
    found = db.execute("SELECT COALESCE(MAX(number), 0) FROM schema_version").fetchall()[0][0] if begun else 0
    db.close()
    return int(found)


def tables(path: Path) -> set[str]:
    db = apsw.Connection(str(path))
    found = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'").fetchall()
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    db.close()
    return {str(row[0]) for row in found} - {"schema_version"}


async def test_a_migration_killed_at_any_statement_has_done_nothing_and_is_done_again(empty: Rig) -> None:
    """Every statement that it writes, each in a process and a file of its own."""

    async def killed_at(n: int) -> int:
        path = empty.folder / f"{n}.db"
        url = f"sqlite:///{path}"
        code = await empty.spawn("migrate", point="at_statement_sqlite", n=n, DATABASE_URL=url).ended()
        if code == DONE:
            return 0
        assert code == -9
        assert tables(path) == tables_of(version_of(path)), "a step is done as a whole or not at all"
        async with opened(url):
            assert tables(path) == tables_of(steps()[-1][0])
        return 1

    # Every sixth in the suite, the last one found by going past it; the others are like them.
    killed, width, stride = 0, 4, 6
    while sum(done := await asyncio.gather(*(killed_at((killed + n) * stride + 1) for n in range(width)))) == width:
        killed += width
    killed += sum(done)
    assert killed * stride >= sum(bool(said_to("sqlite", s)) for _, statements in steps() for s in statements)


@pytest.mark.parametrize("command", [("run",), ("migrate",), ("import-roster", "r.xlsx")])
async def test_a_database_of_a_newer_program_is_refused(night: Rig, command: tuple[str, ...]) -> None:
    (night.folder / "r.xlsx").write_bytes(b"not even looked at")
    async with night.writing() as tx:
        await tx.execute("INSERT INTO schema_version (number) VALUES (?)", steps()[-1][0] + 1)
    process = night.spawn(*command)
    assert await process.ended() == FAILED
    assert "更新版本" in process.log


async def test_what_is_no_database_is_refused_with_its_name(empty: Rig) -> None:
    empty.database.write_bytes(b"this is no database" * 500)
    for command in ("run", "migrate"):
        process = empty.spawn(command)
        assert await process.ended() == FAILED
        assert str(empty.database) in process.log
        assert "Traceback" not in process.log


async def test_while_another_program_holds_the_file_people_wait_and_nothing_is_lost(night: Rig) -> None:
    bot = await night.start()
    other = apsw.Connection(str(night.database))
    other.set_busy_timeout(5000)
    other.execute("BEGIN EXCLUSIVE")
    for user in STAFF[:6]:
        night.world.say(user, "/checkin 昨天 1.5 护河")
    await asyncio.sleep(1.5)  # the length of the trouble, not a wait for anything
    assert not any(night.answers(user) for user in STAFF[:6])
    other.execute("COMMIT")
    other.close()
    await night.settled()
    assert await check_ins(night) == dict.fromkeys(STAFF[:6], 1)
    for user in STAFF[:6]:
        assert len(night.answers(user)) == 1
        assert "已记录" in night.answers(user)[0]
    assert "Traceback" not in bot.log
    night.sound()


async def test_while_it_is_held_for_very_long_people_hear_once_that_nothing_is_lost(night: Rig) -> None:
    bot = await night.start(point="impatient")
    other = apsw.Connection(str(night.database))
    other.set_busy_timeout(5000)
    other.execute("BEGIN EXCLUSIVE")
    for user in STAFF[:6]:
        night.world.say(user, "/checkin 昨天 1.5 护河")
    await night.until(lambda: all(night.answers(user) for user in STAFF[:6]))
    await night.until(lambda: len(night.sandbox.calls("getUpdates")) > 3)  # it has tried again meanwhile
    other.execute("COMMIT")
    other.close()
    await night.settled()
    assert await check_ins(night) == dict.fromkeys(STAFF[:6], 1)
    for user in STAFF[:6]:
        waited, recorded = night.answers(user)
        assert "不用重发" in waited
        assert "已记录" in recorded
    assert "Traceback" not in bot.log
    night.sound()
