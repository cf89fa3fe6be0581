"""Five thousand people, three years: backups under load, the restore drill, one person handed out and erased.

Sizes: SOAK_PEOPLE (5000), SOAK_YEARS (3), SOAK_BACKUPS (40).
"""

import asyncio
import contextlib
import datetime as dt
import itertools
import json
import os
import time
from collections.abc import AsyncIterator, Awaitable, Sequence
from pathlib import Path
from typing import TypeVar

import apsw
import pytest

from bot import commands
from bot.clock import instant
from bot.demo import demo_people
from bot.services import audit as audits
from bot.services import keeping
from storage import outbox
from storage.outbox import Intent
from storage.records import Role
from tests.conftest import Say
from tests.flows.conftest import NOW, Stage, value
from tests.flows.registering import quiet
from tests.flows.test_backup import night
from tests.flows.test_erasure import CANARY, NAME, NUMBER, erase, left_in, lived, totals
from tests.flows.test_privacy import files_of
from tests.flows.years import FIRST_ACCOUNT, Size, grow
from tests.hall import readable

pytestmark = pytest.mark.soak
PEOPLE, YEARS = int(os.environ.get("SOAK_PEOPLE", "5000")), int(os.environ.get("SOAK_YEARS", "3"))
BACKUPS = int(os.environ.get("SOAK_BACKUPS", "40"))
ALONE = 200  # answers without anything beside them, to compare with
BROADCAST, SAID = 7_000_000, "7000000"
T = TypeVar("T")


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large file takes its time; what was measured is printed, nothing is timed out."""
    monkeypatch.setattr("tests.flows.conftest.PATIENCE", 600)


@contextlib.asynccontextmanager
async def opened(folder: Path, size: Size) -> AsyncIterator[Stage]:
    await grow(folder, size)
    stage = Stage(folder)
    stage.cast()
    await stage.open()
    await stage.owner().says("/help")
    try:
        yield stage
    finally:
        await stage.close()


class Load:
    """Staff who check in one after the other, how long each waited, and what they were told is recorded."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.waited, self.recorded = stage, list[float](), list[str]()
        staff = [p for p in demo_people() if p.bound and p.role is Role.STAFF and p.status.in_post]
        self._staff = [p.user_id for p in staff if p.staff_number != NUMBER]
        self._turns = itertools.count()

    async def turn(self) -> None:
        number, world = next(self._turns), self.stage.world
        user, text = self._staff[number % len(self._staff)], f"护河{number}"
        day = NOW.date() - dt.timedelta(days=number // len(self._staff) % 3)
        after, began = world.sequence, time.perf_counter()
        world.say(user, f"/checkin {day.month}月{day.day}日 0.5 {text}")
        said = await world.wait_for(user, lambda m: m.from_bot and m.sequence > after, 600, after)
        self.waited.append(time.perf_counter() - began)
        if "已记录" in (said.text or ""):
            self.recorded.append(text)

    async def beside(self, work: Awaitable[T]) -> tuple[T, float, float]:
        """Until this is done: what it came to, its seconds, the longest that anybody waited meanwhile."""
        began, since = time.perf_counter(), len(self.waited)
        task = asyncio.ensure_future(work)
        while not task.done():
            await self.turn()
            await asyncio.sleep(0.01)  # a moment of rest, in which whoever waits for that (Person.says) sees it
        return await task, time.perf_counter() - began, max(self.waited[since:])

    def p95(self, since: int = 0, until: int | None = None) -> float:
        found = sorted(self.waited[since:until])
        return found[int(len(found) * 0.95)]


def sound(path: Path, recorded: Sequence[str]) -> int:
    """Not the bot's word: the file as a stranger finds it. How many check-ins are in it."""
    db = apsw.Connection(f"file:{path}?immutable=1", flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    assert db.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    kept = {row[0] for row in db.execute("SELECT text FROM checkins WHERE text LIKE '护河%'").fetchall()}
    assert set(recorded) <= kept, "an answered check-in is missing"
    half = "SELECT COUNT(*) FROM checkins c WHERE NOT EXISTS (SELECT 1 FROM checkin_events e WHERE e.checkin_id = c.id)"
    assert db.execute(half).fetchall() == [(0,)], "half a use case"
    ((count,),) = db.execute("SELECT COUNT(*) FROM checkins").fetchall()
    db.close()
    return int(str(count))


async def broadcast(stage: Stage) -> None:
    """Something for everybody, in five hours."""
    due = instant(stage.clock.now() + dt.timedelta(hours=5))
    async with stage.app.db.write() as tx:
        users = [row[0] for row in await tx.fetch("SELECT user_id FROM accounts WHERE user_id < ?", FIRST_ACCOUNT)]
        intents = [Intent(f"old:{u}", "parked", {"number": BROADCAST}, None, u, due, urgency=2) for u in users]
        await outbox.insert(tx, intents)


def broadcast_heard(stage: Stage) -> int:
    return sum(call.method == "sendMessage" and SAID in str(call.params.get("text")) for call in stage.sandbox.ledger)


async def test_backups_under_load_and_the_restore_drill(tmp_path: Path, say: Say) -> None:
    """Check-ins, reviews and the audit of three years; without the mornings, which are two thirds of such a file."""
    async with opened(tmp_path / "first", Size(PEOPLE, YEARS, mornings=False)) as stage:
        newest, before, load = await backups(stage, say)
        await drill(stage, newest, before, tmp_path / "second", load, say)


async def backups(stage: Stage, say: Say) -> tuple[Path, Sequence[str], Load]:
    """The newest one, and what was recorded before it was begun."""
    place, load, seconds = stage.app.house.place, Load(stage), list[float]()
    await broadcast(stage)
    for _ in range(ALONE):
        await load.turn()
    for number in range(BACKUPS):
        before, name = list(load.recorded), f"wenming-2026-10-14-{number:06}.db"
        facts, took, _ = await load.beside(keeping.back_up(stage.app.db, place, name))
        assert facts["state"] == "done"
        seconds.append(took)
        count = await asyncio.to_thread(sound, place.folder / name, before)
        if number < BACKUPS - 1:
            (place.folder / name).unlink()
    megabytes, answers = place.database.stat().st_size / 1e6, len(load.waited)
    say(people=PEOPLE, backups=BACKUPS, sound=BACKUPS, megabytes=megabytes, checkins=count, seconds=max(seconds))
    say(answers=answers, p95_alone=load.p95(0, ALONE), p95_beside=load.p95(ALONE), longest=max(load.waited))
    return place.folder / name, before, load


async def drill(stage: Stage, newest: Path, before: Sequence[str], box: Path, load: Load, say: Say) -> None:
    """The machine is lost, and what was sent and recorded since the backup with it; an empty one takes over."""
    stage.move_to(stage.clock.now() + dt.timedelta(hours=6))
    await stage.app.catch_up()
    await quiet(stage)
    sent = broadcast_heard(stage)
    assert sent > 50
    await stage.stop_bot()
    began = time.perf_counter()
    settings = stage.app.settings.model_copy(update={"database_url": f"sqlite:///{box}/wenming.db"})
    assert await commands.restore(settings, str(newest)) == 0
    restored = time.perf_counter() - began
    stage.folder = box
    await stage.start_bot()
    assert "小时" in (await stage.of(NUMBER).says("/me")).text
    serving = time.perf_counter() - began
    await stage.owner().hears("已由备份恢复")
    await stage.app.catch_up()
    await stage.settled()
    assert broadcast_heard(stage) == sent, "an old broadcast was repeated"
    kept = await value(stage, "SELECT COUNT(*) FROM checkins WHERE text LIKE '护河%'")
    await stage.stop_bot()
    sound(box / "wenming.db", before)
    lost = len(load.recorded) - int(kept)
    say(restored=restored, serving=serving, kept=int(kept), lost_since_the_backup=lost, repeated=0)


async def test_one_person_among_all_is_handed_out_and_erased(tmp_path: Path, say: Say) -> None:
    async with opened(tmp_path, Size(PEOPLE, YEARS)) as stage:
        load = Load(stage)
        await stage.app.keep(stage.clock.now())  # a new installation begins with its first whole night
        await lived(stage)
        for _ in range(ALONE):
            await load.turn()
        await handed_out(stage, load, say)
        await erased(stage, load, say)
        await the_exports_of_others(stage)
        assert left_in(tmp_path, [CANARY, NAME, NUMBER]) == []


async def handed_out(stage: Stage, load: Load, say: Say) -> None:
    """/mydata while others check in: all of his, nothing of anybody else."""
    (raw, _), took, waited = await load.beside(files_of(stage.of(NUMBER)))
    whole = json.dumps(raw, ensure_ascii=False)
    mine = await value(stage, "SELECT COUNT(*) FROM checkins c JOIN people p ON p.id = c.person_id"
                       " WHERE p.staff_number = ?", NUMBER)  # fmt: skip
    assert len(raw["checkins"]) == mine > YEARS * 52
    assert CANARY in whole and NAME in whole
    assert [p.name for p in demo_people() if p.name != NAME and p.name in whole] == []
    say(megabytes=(stage.folder / "wenming.db").stat().st_size / 1e6, export_checkins=mine, export=took, waited=waited)


async def erased(stage: Stage, load: Load, say: Say) -> None:
    """/leave, and the night after it, while others check in; every figure is as it was."""
    before = await totals(stage)
    load.recorded.clear()
    said, took, waited = await load.beside(erase(stage))
    assert "已经删除" in said
    say(erasure=took, waited=waited)
    await stage.settled()
    _, took, waited = await load.beside(night(stage, days=0 if stage.clock.now().hour < 2 else 1))
    say(night=took, waited=waited)
    await stage.settled()
    assert await figures(stage, load) == [tuple(row) for row in before]
    chain = await audits.examine(stage.app.db, stage.app.house.place.journals)
    assert chain.broken == 0
    say(canaries=0, audit_rows=chain.rows, audit_broken=0, totals_changed=0)


async def figures(stage: Stage, load: Load) -> list[object]:
    """The totals without what the load has added meanwhile."""
    async with stage.app.db.write() as tx:
        marks = ",".join("?" * len(load.recorded))
        where = f"(SELECT id FROM checkins WHERE text IN ({marks}))"
        await tx.execute(f"DELETE FROM checkin_events WHERE checkin_id IN {where}", *load.recorded)
        await tx.execute(f"DELETE FROM checkins WHERE text IN ({marks})", *load.recorded)
    return [tuple(row) for row in await totals(stage)]


async def the_exports_of_others(stage: Stage) -> None:
    """The roster, as a file, and what a colleague takes along."""
    office = stage.of("BG003")
    await office.says("/roster")
    document = (await office.presses("导出花名册")).document
    assert document is not None and "N000001" in readable(document.data)
    raw, _ = await files_of(stage.of("ZF001"))
    for shown in (readable(document.data), json.dumps(raw, ensure_ascii=False)):
        assert [word for word in (CANARY, NAME, NUMBER) if word in shown] == []
