"""Erasing among millions of rows: beside the event loop, complete, whatever is written meanwhile; both databases."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.services import accounts, privacy
from bot.services.effects import Cause
from storage import accounts as account_rows
from storage import audit, backup, erasure, outbox, registrations
from storage.beside import Journals
from storage.connect import opened
from storage.engine import Database, Row, Tx, Unavailable
from storage.erasure import Traces
from storage.outbox import Intent
from tests.storage.test_keeping import FRESH, opened_place
from tests.storage.test_my_data import ME, NOW, OTHER, THIRD

NAME, NUMBER = "沈志强", "14"  # a number that also stands in every date
GROW = {"outbox", "checkins", "checkin_events", "checkin_photos", "inbox", "audit", "notice_people", "taps"}


async def settled_in(db: Database, folder: Path) -> None:
    """One person with an account; there is somebody else, too."""
    await opened_place(db, folder)
    async with db.write() as tx:
        for person, user, name, number in ((1, ME, NAME, NUMBER), (2, OTHER, "王芳", "ZF2")):
            await tx.execute("INSERT INTO people (id, staff_number, name, department_id) VALUES (?, ?, ?, 1)",
                             person, number, name)  # fmt: skip
            await account_rows.see(tx, user, user, FRESH)
            await tx.execute("UPDATE accounts SET person_id = ?, consent_at = 5, consent_version = 1 WHERE user_id = ?",
                             person, user)  # fmt: skip


async def lives(tx: Tx, mark: str) -> None:
    """Something of this person's in each table that grows, and something of another's that names him."""
    number = await tx.value(
        "INSERT INTO checkins (person_id, department_id, service_date, minutes, text, state, created_at)"
        " VALUES (1, 1, '2026-10-14', 60, ?, 'confirmed', 1) RETURNING id", mark)  # fmt: skip
    await tx.execute("INSERT INTO checkin_events (checkin_id, at, actor_user, act, to_state, version, note)"
                     " VALUES (?, 1, ?, 'submit', 'submitted', 1, ?)", number, ME, mark)  # fmt: skip
    await tx.execute("INSERT INTO inbox (update_id, chat_id, body, received_at, state) VALUES (?, ?, ?, 1, 'done')",
                     number, ME, mark)  # fmt: skip
    await audit.append(tx, FRESH, ME, "setting", "target", "1", "2")
    facts = {"said": [f"请{NAME}同志", NUMBER], "date": "2026-10-14", "count": 14}
    told = [Intent(f"p{mark}", "memo", {"text": mark}, person_id=1), Intent(f"u{mark}", "memo", {}, user_id=ME)]
    told += [Intent(f"{state}{mark}", "memo", facts, person_id=2) for state in ("waits", "sent")]
    await outbox.insert(tx, told)
    await tx.execute("UPDATE outbox SET state = 'sent' WHERE key = ?", f"sent{mark}")


async def traced(db: Database) -> Traces | None:
    async with db.read(long=True) as look:
        return await erasure.trace(look, 1, [ME])


async def left(db: Database) -> Sequence[Row]:
    async with db.read() as tx:
        assert (await audit.verify(tx, {})).broken == 0
        return await tx.fetch(
            "SELECT 'checkin', id FROM checkins WHERE text <> '' UNION ALL"
            " SELECT 'event', id FROM checkin_events WHERE actor_user <> 0 OR note <> '' UNION ALL"
            " SELECT 'inbox', id FROM inbox WHERE chat_id <> 0 OR body <> '' UNION ALL"
            " SELECT 'audit', id FROM audit WHERE actor_user = ? UNION ALL"
            " SELECT 'outbox', id FROM outbox WHERE person_id = 1 AND (facts <> '{}' OR state = 'pending') UNION ALL"
            " SELECT 'outbox', id FROM outbox WHERE user_id = ? OR facts LIKE '%沈志强%' UNION ALL"
            " SELECT 'account', user_id FROM accounts WHERE user_id = ?",
            ME, ME, ME)  # fmt: skip


async def test_what_waits_for_others_goes_out_without_the_name(db: Database, tmp_path: Path) -> None:
    await settled_in(db, tmp_path)
    async with db.write() as tx:
        await lives(tx, "a")
        await erasure.erase(tx, FRESH, 1, [ME])
        rows = dict(await tx.fetch("SELECT key, facts FROM outbox WHERE person_id = 2"))
    assert json.loads(rows["waitsa"]) == {"said": ["请—同志", "—"], "date": "2026-10-14", "count": 14}
    assert rows["senta"] == "{}"
    assert await left(db) == []


async def test_a_number_that_is_one_goes_from_the_middle_of_a_waiting_text(db: Database, tmp_path: Path) -> None:
    await settled_in(db, tmp_path)
    async with db.write() as tx:
        await tx.execute("UPDATE people SET staff_number = 'ZF0051' WHERE id = 1")
        await outbox.insert(tx, [Intent("w", "memo", {"title": "关于ZF0051的通知", "n": "ZF0051"}, person_id=2)])
        await erasure.erase(tx, FRESH, 1, [ME])
        assert json.loads(await tx.value("SELECT facts FROM outbox WHERE key = 'w'")) == {
            "title": "关于—的通知",
            "n": "—",
        }


ALIKE = {
    "another's longer name": ("李明", "请李明、李明华转告李明，王李明、李明", "请—、李明华转告—，王李明、—"),
    "one that nobody bears": ("李明", "李明辉和小李明", "—辉和小—"),
    "a latin word": ("Ann", "Ann, Anna, Joann and\nAnn (Ann2): Ann和他", "—, Anna, Joann and\n— (Ann2): —和他"),
    "a longer number": ("李明", "ZF005、ZF0051和1ZF005，号ZF005号", "—、ZF0051和1ZF005，号—号"),
}


@pytest.mark.parametrize("alike", ALIKE)
async def test_what_only_looks_like_the_name_is_left_alone(db: Database, tmp_path: Path, alike: str) -> None:
    await settled_in(db, tmp_path)
    name, text, left = ALIKE[alike]
    other = next((word for word in ("李明华", "Anna", "ZF0051") if word in text), "")
    async with db.write() as tx:
        await tx.execute("UPDATE people SET name = ?, staff_number = 'ZF005' WHERE id = 1", name)
        await outbox.insert(tx, [Intent(f"{state}:{said}", "memo", {"text": said}, person_id=2)
                                 for state in ("waits", "sent") for said in (text, other)])  # fmt: skip
        await tx.execute("UPDATE outbox SET state = 'sent' WHERE key LIKE 'sent:%'")
        for key, said in (("7:7", text), ("8:8", other)):
            await tx.execute(
                "INSERT INTO dialogs VALUES (?, 's', ?, 1)", key, json.dumps({"text": said}, ensure_ascii=False)
            )
    found = await traced(db)
    async with db.write() as tx:  # whose names these are is looked up when it is done
        for number, longer in ((3, "李明华"), (4, "王李明")):
            await tx.execute("INSERT INTO people (id, staff_number, name, department_id) VALUES (?, ?, ?, 1)",
                             number, f"X{number}", longer)  # fmt: skip
    async with db.write() as tx:
        await erasure.erase(tx, FRESH, 1, [ME], found)
        said = {key: json.loads(facts) for key, facts in await tx.fetch("SELECT key, facts FROM outbox")}
        dialogs = await tx.fetch("SELECT key FROM dialogs")
    assert said == {
        f"waits:{text}": {"text": left},
        f"waits:{other}": {"text": other},
        f"sent:{text}": {},
        f"sent:{other}": {"text": other},
    }
    assert dialogs == [("8:8",)]


async def test_what_is_written_while_the_traces_are_looked_for_goes_too(db: Database, tmp_path: Path) -> None:
    await settled_in(db, tmp_path)
    async with db.write() as tx:
        await lives(tx, "before")
    found = await traced(db)
    async with db.write() as tx:
        await lives(tx, "meanwhile")
        await tx.execute("UPDATE outbox SET state = 'sent' WHERE key = 'waitsbefore'")
    async with db.write() as tx:
        assert await erasure.erase(tx, FRESH, 1, [ME], found)
        assert not await erasure.erase(tx, FRESH, 1, [ME], found)
    assert await left(db) == []


async def test_an_account_that_was_bound_while_the_traces_were_looked_for_goes_too(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await settled_in(db, tmp_path)
    place = Journals(tmp_path / "wenming.db")
    async with db.write() as tx:
        await lives(tx, "a")
        await outbox.insert(tx, [Intent("new", "memo", {"text": "x"}, user_id=THIRD)])
        invite = await tx.value("INSERT INTO invites (code_hash, department_id, created_at, expires_at, uses_left)"
                                " VALUES ('h', 1, 1, 1, 1) RETURNING id")  # fmt: skip
    look = erasure.trace

    async def slow(tx: Tx, person_id: int, users: list[int]) -> Traces | None:
        found = await look(tx, person_id, users)
        monkeypatch.setattr(erasure, "trace", look)
        async with db.write() as other:
            await registrations.insert(other, THIRD, 1, invite, NAME, "approved", None, FRESH)
        return found

    monkeypatch.setattr(erasure, "trace", slow)
    me = await accounts.recognise(db, ME, frozenset(), NOW)
    assert (await privacy.erase(Cause(db, None, {}), me, 5, place, NOW)).name == "leave-erased"
    assert await left(db) == []
    async with db.read() as tx:
        assert await tx.value("SELECT COUNT(*) FROM outbox WHERE user_id = ?", THIRD) == 0


async def test_who_is_called_by_a_short_number_takes_nothing_of_others_along(db: Database, tmp_path: Path) -> None:
    await settled_in(db, tmp_path)
    async with db.write() as tx:
        await outbox.insert(tx, [Intent("o", "memo", {"date": "2026-10-14", "id": 14}, person_id=2)])
        await tx.execute("UPDATE outbox SET state = 'sent'")
        await tx.execute("INSERT INTO dialogs VALUES ('7:7', 's', '{\"day\": \"2026-10-14\"}', 1)")
        await tx.execute("INSERT INTO dialogs VALUES ('8:8', 's', '{\"number\": \"14\"}', 1)")
        await erasure.erase(tx, FRESH, 1, [ME])
        assert await tx.value("SELECT facts FROM outbox") == '{"date":"2026-10-14","id":14}'
        assert await tx.fetch("SELECT key FROM dialogs") == [("7:7",)]


async def test_a_number_of_the_program_is_nobody_s_however_long_somebody_s_is(db: Database, tmp_path: Path) -> None:
    await settled_in(db, tmp_path)
    facts = {"id": 10042, "ids": [10042, 7], "name": "王芳", "text": "工号10042的同志"}
    async with db.write() as tx:
        await tx.execute("UPDATE people SET staff_number = '10042', name = 'name' WHERE id = 1")
        await outbox.insert(tx, [Intent("waits", "memo", facts, person_id=2), Intent("other", "memo", {"id": 10042})])
        await tx.execute("INSERT INTO dialogs VALUES ('7:7', 's', '{\"name\":\"王芳\",\"of\":10042}', 1)")
        await tx.execute("INSERT INTO dialogs VALUES ('8:8', 's', '{\"text\":\"10042\"}', 1)")
        await erasure.erase(tx, FRESH, 1, [ME])
        kept = {key: json.loads(text) for key, text in await tx.fetch("SELECT key, facts FROM outbox")}
        assert kept == {"waits": facts | {"text": "工号—的同志"}, "other": {"id": 10042}}
        assert await tx.fetch("SELECT key FROM dialogs") == [("7:7",)]


class Listening:
    """A transaction whose statements are written down."""

    def __init__(self, tx: Tx) -> None:
        self.tx, self.said, self.dialect = tx, set[str](), tx.dialect

    def __getattr__(self, name: str) -> Any:
        def run(sql: str, *args: Any) -> Any:
            self.said.add(sql)
            return getattr(self.tx, name)(sql, *args)

        return run


async def test_no_statement_that_others_wait_for_walks_through_a_table_that_grows(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with opened(sqlite_url) as db:
        await settled_in(db, tmp_path)
        async with db.write() as tx:
            await lives(tx, "a")
        found = await traced(db)
        async with db.write() as tx:
            ear = Listening(tx)
            await erasure.erase(ear, FRESH, 1, [ME], found)
        async with db.read() as tx:
            plans = {sql: [row[3] for row in await tx.fetch(f"EXPLAIN QUERY PLAN {sql}", *[1] * sql.count("?"))]
                     for sql in ear.said}  # fmt: skip
    walked = {
        sql
        for sql, plan in plans.items()
        for step in plan
        if step.startswith("SCAN") and step.split()[1] in GROW and "LIMIT 1" not in sql
    }
    assert len(plans) > 30 and walked == set()


async def test_the_log_is_not_called_clean_while_somebody_still_reads_it(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "wenming.db"
    log = path.with_name("wenming.db-wal")
    async with opened(sqlite_url) as db:
        async with db.write() as tx:
            await tx.execute("INSERT INTO settings VALUES ('a', ?, 1)", NAME)
        async with db.read() as look:
            await look.fetch("SELECT * FROM settings")
            async with db.write() as tx:
                await tx.execute("DELETE FROM settings")
            monkeypatch.setattr(backup, "LOCK_PATIENCE", 0.2)
            with pytest.raises(Unavailable):
                await asyncio.to_thread(backup.scrub, path)
            monkeypatch.undo()
            waiting = asyncio.create_task(asyncio.to_thread(backup.scrub, path))
        await waiting
        assert log.stat().st_size == 0 and NAME.encode() not in path.read_bytes()
