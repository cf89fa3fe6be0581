"""Backups while running, and the quiet after a restore."""

import asyncio
import datetime as dt
import os
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot import commands, doctor
from bot.clock import instant
from bot.services import accounts, keeping, people
from bot.services import audit as audits
from bot.services.effects import Cause
from bot.services.outbox import UNASKED
from storage import audit, marks, outbox
from storage import backup as keeper
from storage.outbox import Intent
from tests.flows.conftest import NOW, Stage

DAY = dt.timedelta(days=1)


async def night(stage: Stage, days: int = 1) -> None:
    """The clock comes to the next night, and what belongs to a night is done."""
    stage.move_to((stage.clock.now() + days * DAY).replace(hour=3))
    await stage.app.keep(stage.clock.now())


async def test_the_owner_makes_a_backup_and_hears_its_name_only(demo: Stage) -> None:
    answer = await demo.owner().says("/backup")
    assert "检查完整" in answer.text and "没有加密" in answer.text and answer.document is None
    ((_, path),) = keeping.list_backups(demo.app.house.place.folder)
    assert path.name in answer.text
    assert keeper.check(path) > 0
    assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700


async def test_nobody_else_makes_one(demo: Stage) -> None:
    for number in ("ZF005", "ZF001"):
        assert "检查完整" not in (await demo.of(number).says("/backup")).text
        await demo.of(number).forges("resume:1")
    assert keeping.list_backups(demo.app.house.place.folder) == []


async def test_each_night_there_is_one_and_the_owner_hears_of_it_in_the_morning(demo: Stage) -> None:
    await demo.owner().says("/help")
    await demo.app.keep(demo.clock.now())
    assert keeping.list_backups(demo.app.house.place.folder) == []  # not on the first day
    await night(demo)
    await demo.app.keep(demo.clock.now())
    ((day, _),) = keeping.list_backups(demo.app.house.place.folder)
    assert day == demo.clock.now().date()
    await night(demo)  # the audit has an entry by now: that of the first backup
    demo.move_to(demo.clock.now().replace(hour=8, minute=30))
    await demo.app.sender.tick(demo.clock.now())
    said = await demo.owner().hears("末条校验码")
    assert "链条完整" in said.text and "检查完整" in said.text
    async with demo.app.db.read() as tx:
        kept = demo.app.house.place.journals.heads()
        assert (await audit.verify(tx, kept)).broken == 0 and kept


async def test_a_night_that_finds_the_audit_changed_says_so_at_once(demo: Stage) -> None:
    await demo.owner().says("/backup")
    await demo.app.keep(demo.clock.now())
    async with demo.app.db.write() as tx:
        await tx.execute("DROP TRIGGER audit_kept")
        await tx.execute("UPDATE audit SET after = 'forged' WHERE id = 1")
    await night(demo)
    await demo.app.sender.tick(demo.clock.now())
    assert "第 1 条" in (await demo.owner().hears("被改动过")).text


async def test_a_night_that_finds_the_audits_end_cut_off_says_so_and_what_was_past_its_term(demo: Stage) -> None:
    owner = demo.owner()
    await owner.says("/backup")
    await demo.app.keep(demo.clock.now())
    await night(demo)
    async with demo.app.db.write() as tx:
        await tx.execute("INSERT INTO attempts (user_id, kind, at) VALUES (1, 'code', 1), (1, 'claim', 1)")
        await tx.execute("DROP TRIGGER audit_stays")
        await tx.execute("DELETE FROM audit")
    await night(demo)
    await demo.app.sender.tick(demo.clock.now())
    said = (await owner.hears("末尾被截断")).text
    assert re.search(r"第 \d+ 条曾经存在", said) and "到期清理：2 项" in said


def test_old_backups_go_by_a_schedule() -> None:
    today = dt.date(2026, 10, 14)
    kept = [n for n in range(60) if not keeping.outlived(today - n * DAY, today, 30)]
    assert kept == [0, 1, 2, 3, 4, 5, 6, 7, 9, 16, 23, 30]
    assert [n for n in range(60) if not keeping.outlived(today - n * DAY, today, 3)] == [0, 1, 2, 3]


async def test_backups_past_their_term_are_deleted_at_night(demo: Stage) -> None:
    place = demo.app.house.place
    place.folder.mkdir()
    old, other = place.folder / "wenming-2026-01-05.db", place.folder / "notes.txt"
    old.write_text("x")
    other.write_text("x")
    await demo.app.keep(demo.clock.now())
    await night(demo)
    assert not old.exists() and other.exists()


KILLED = "import os; from pathlib import Path; from storage import backup; backup._seal = lambda _: os._exit(9);"


@pytest.mark.parametrize("key", ["", "a key"])
async def test_a_backup_that_was_killed_is_none_and_what_it_left_goes_with_its_term(demo: Stage, key: str) -> None:
    """A night's backup that has its name already counts as written: half a file must never have it."""
    place = replace(demo.app.house.place, key=key)
    name = f"wenming-{demo.clock.now():%Y-%m-%d}.db"
    place.folder.mkdir(mode=0o700)
    begun = f"{KILLED} backup.backup(Path({str(place.database)!r}), Path({str(place.folder / name)!r}), {key!r})"
    killed = await asyncio.create_subprocess_exec(sys.executable, "-c", begun)
    assert await killed.wait() == 9
    left = keeper.leftovers(place.database, place.folder)
    assert left and {path.stat().st_mode & 0o777 for path in left} == {0o600}
    assert keeping.list_backups(place.folder) == []
    assert (await keeping.back_up(demo.app.db, place, name))["state"] == "done"
    with keeper.readable(place.folder / name, key, place.database) as plain:
        assert keeper.check(plain) > 0
    for path in keeper.leftovers(place.database, place.folder):
        os.utime(path, (0, 0))
    await demo.app.keep(demo.clock.now())
    await night(demo)
    assert keeper.leftovers(place.database, place.folder) == []


async def restored(stage: Stage, backup: Path) -> None:
    """The bot is stopped, the backup put back, the bot started."""
    await stage.stop_bot()
    assert await commands.restore(stage.app.settings, str(backup)) == 0
    await stage.start_bot()


async def test_after_a_restore_nothing_goes_out_until_an_owner_has_looked(demo: Stage) -> None:
    """B16: an old backup with a message in it that was due long ago, and mornings that were missed."""
    async with demo.app.db.write() as tx:
        staff = await tx.value("SELECT user_id FROM accounts WHERE person_id IS NOT NULL ORDER BY user_id LIMIT 1")
        due = int((NOW + DAY).timestamp() * 1000)
        await outbox.insert(tx, [Intent("old", "parked", {"number": 7}, None, staff, due, urgency=UNASKED)])
    await demo.owner().says("/backup")
    ((_, backup),) = keeping.list_backups(demo.app.house.place.folder)
    demo.move_to(NOW.replace(hour=9) + 7 * DAY)
    await restored(demo, backup)
    notice = await demo.owner().hears("已由备份恢复")
    await demo.app.catch_up()
    await demo.settled()
    async with demo.app.db.read() as tx:
        rows = await tx.fetch("SELECT kind, state FROM outbox WHERE kind <> 'restored'")
    assert rows == [("parked", "pending")]
    owner = demo.owner()
    assert "不再发送" in (await owner.presses("恢复发送", notice)).text
    assert "已恢复发送" in (await owner.presses("已核对")).text
    assert "没有被暂停" in (await owner.forges("resume:1")).text
    await demo.app.catch_up()
    assert not await keeping.held(demo.app.db)
    await demo.person(staff).hears("7")


async def test_the_database_that_a_restore_replaced_comes_back_without_a_false_alarm(demo: Stage) -> None:
    """The wrong backup was taken, a night has passed, the right one is put back: nothing was tampered with."""
    journals, owner = demo.app.house.place.journals, demo.owner()
    await owner.says("/backup")
    ((_, wrong),) = keeping.list_backups(demo.app.house.place.folder)
    for name in ("甲", "乙", "丙"):
        await add(demo, name)
    await restored(demo, wrong)
    await owner.presses("恢复发送", await owner.hears("已由备份恢复"))
    await owner.presses("已核对")
    await demo.app.keep(demo.clock.now())
    await night(demo)
    assert journals.heads()
    await restored(demo, demo.folder / "wenming.db.before-restore")
    assert (await audits.examine(demo.app.db, journals)).broken == 0
    async with demo.app.db.write() as tx:  # what is tampered with later is seen all the same
        await tx.execute("DROP TRIGGER audit_stays")
        await tx.execute("DELETE FROM audit WHERE id = 2")
    assert (await audits.examine(demo.app.db, journals)).broken


async def add(demo: Stage, name: str) -> int:
    """Somebody new on the roster; under which id."""
    office = await accounts.recognise(demo.app.db, demo.of("BG003").id, frozenset(), demo.clock.now())
    cause = Cause(demo.app.db)
    done = await people.add(cause, office, f"新{ord(name)}，{name}，财务处", "", demo.clock.now())
    return int(done.facts["id"])


async def test_whoever_has_the_id_of_an_erased_person_since_a_restore_is_not_erased_in_his_place(demo: Stage) -> None:
    """The backup is older than the person who left: the next one on the roster gets the same id."""
    place = demo.app.house.place
    await demo.owner().says("/backup")
    ((_, first),) = keeping.list_backups(place.folder)
    left = await add(demo, "甲")
    place.journals.keep_erasure(instant(demo.clock.now()), left, [777_000])
    await restored(demo, first)
    demo.move_to(demo.clock.now() + dt.timedelta(minutes=5))
    assert await add(demo, "乙") == left
    await demo.owner().says("/backup")
    await restored(demo, keeping.list_backups(place.folder)[-1][1])
    async with demo.app.db.read() as tx:
        assert await tx.value("SELECT name FROM people WHERE id = ?", left) == "乙"


async def test_a_restart_does_not_end_the_quiet(demo: Stage) -> None:
    await demo.owner().says("/backup")
    ((_, backup),) = keeping.list_backups(demo.app.house.place.folder)
    await restored(demo, backup)
    await demo.restart_bot()
    assert await keeping.held(demo.app.db)
    assert (await audits.examine(demo.app.db, demo.app.house.place.journals)).broken == 0
    async with demo.app.db.read() as tx:
        assert await tx.value("SELECT COUNT(*) FROM audit WHERE action = 'restore'") == 1


async def test_a_database_that_was_copied_back_by_hand_is_noticed_too(demo: Stage) -> None:
    journals = demo.app.house.place.journals
    await demo.owner().says("/help")
    journals.keep_head(1, 99, "of a row that is gone")
    await demo.restart_bot()
    assert "要旧" in (await demo.owner().hears("要旧")).text
    assert await keeping.held(demo.app.db)
    shown = (await demo.owner().says("/audit")).text
    assert re.search(r"程序\n　　恢复备份：至第 \d+ 条 → 来源不明的数据库", shown), shown


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_cut_audit_is_reported_until_an_owner_has_pressed_that_he_has_looked(
    demo: Stage, language: str
) -> None:
    """A restart after the cut looks like a database that was copied back: nothing but a person can tell which."""
    journals, owner = demo.app.house.place.journals, demo.owner()
    await owner.says(f"/language {language}")
    for _ in range(3):
        await owner.says("/backup")
        demo.move_to(demo.clock.now() + dt.timedelta(minutes=5))
    async with demo.app.db.write() as tx:
        number, seal = await audit.head(tx)
        journals.keep_head(1, number, seal)
        await tx.execute("DROP TRIGGER audit_stays")
        await tx.execute("DELETE FROM audit WHERE id >= ?", number - 1)
    for _ in range(4):  # the rows that are written from now on must not hide it either
        await demo.restart_bot()
        assert {one.name: one for one in await doctor.examine(demo.app.settings)}["audit-cut"].ok is False
        await owner.says("/backup")
        demo.move_to(demo.clock.now() + dt.timedelta(minutes=5))
    async with demo.app.db.read() as tx:
        assert await tx.value("SELECT COUNT(*) FROM audit WHERE action = 'restore'") == 1
    notice = await owner.hears("wenming doctor")
    await owner.presses({"zh": "恢复发送", "en": "Resume sending"}[language], notice)
    assert (await audits.examine(demo.app.db, journals)).reason == "cut"  # not before the second press
    await owner.presses({"zh": "已核对", "en": "I have looked"}[language])
    assert (await audits.examine(demo.app.db, journals)).broken == 0
    await demo.restart_bot()
    assert not await keeping.held(demo.app.db)


async def test_nights_are_kept_while_all_is_held_and_told_from_the_release_on(demo: Stage) -> None:
    await demo.owner().says("/backup")
    ((_, backup),) = keeping.list_backups(demo.app.house.place.folder)
    await demo.app.keep(demo.clock.now())
    await restored(demo, backup)
    await demo.app.keep(demo.clock.now())
    async with demo.app.db.write() as tx:
        await tx.execute("INSERT INTO attempts (user_id, kind, at) VALUES (1, 'code', 1)")
        await tx.execute(
            "INSERT INTO inbox (update_id, chat_id, body, received_at, state) VALUES (-1, 1, '', 1, 'done')"
        )
    await night(demo)
    await demo.app._plan(demo.clock.now())
    today = demo.clock.now().date()
    assert today in [day for day, _ in keeping.list_backups(demo.app.house.place.folder)]
    nights = "SELECT COUNT(*) FROM outbox WHERE kind = 'night'"
    async with demo.app.db.read() as tx:
        assert await tx.value("SELECT COUNT(*) FROM attempts") == 0
        assert await tx.value("SELECT COUNT(*) FROM inbox WHERE update_id = -1") == 0
        assert await tx.value(nights) == 0
    await demo.owner().presses("恢复发送", await demo.owner().hears("已由备份恢复"))
    await demo.owner().presses("已核对")
    await night(demo)
    async with demo.app.db.read() as tx:
        assert await tx.value(nights) == 1


async def test_only_an_owner_lets_messages_go_again(demo: Stage) -> None:
    await demo.of("ZF001").says("/help")
    async with demo.app.db.write() as tx:
        await marks.put(tx, keeping.HELD, "x")
    await demo.of("ZF001").forges("resume:1")
    assert await keeping.held(demo.app.db)
    async with demo.app.db.read() as tx:
        assert await tx.value("SELECT COUNT(*) FROM audit WHERE action = 'resume'") == 0


@pytest.mark.parametrize("key", ["", "another key"])
async def test_a_backup_under_another_key_is_refused_and_nothing_changes(tmp_path: Path, key: str) -> None:
    stage = Stage(tmp_path, backup_key="the right key")
    await stage.open()
    try:
        answer = await stage.owner().says("/backup")
        assert "已加密" in answer.text
        ((_, backup),) = keeping.list_backups(stage.app.house.place.folder)
        await stage.stop_bot()
        wrong = stage.app.settings.model_copy(update={"backup_key": type(stage.app.settings.backup_key)(key)})
        assert await commands.restore(wrong, str(backup)) == 1
        assert stage.app.house.place.journals.restored() == ""
        await stage.start_bot()
        assert not await keeping.held(stage.app.db)
    finally:
        await stage.close()


async def test_what_is_past_its_term_is_forgotten_at_night_and_counts_stay(demo: Stage) -> None:
    db = demo.app.db
    await demo.of("ZF005").says("/checkin")  # a dialogue that nobody ends
    async with db.write() as tx:
        await outbox.insert(tx, [Intent("k", "parked", {"number": 7}, user_id=1)])
        await tx.execute("UPDATE outbox SET state = 'sent', settled_at = 1 WHERE key = 'k'")
        await tx.execute(
            "INSERT INTO inbox (update_id, chat_id, body, received_at, state) VALUES (-1, 1, 'x', 1, 'parked')"
        )
        before = await outbox.count_by_state(tx)
    done = await keeping.keep_terms(db, demo.app.house.place.owners, NOW + 400 * DAY)
    assert done["messages"] == done["parked"] == 1 and done["drafts"] >= 1
    async with db.read() as tx:
        assert await outbox.count_by_state(tx) == before
        assert await tx.value("SELECT facts FROM outbox WHERE key = 'k'") == "{}"
        assert await tx.value("SELECT body FROM inbox WHERE state = 'parked'") == ""
    assert (await keeping.keep_terms(db, demo.app.house.place.owners, NOW + 400 * DAY))["messages"] == 0
