"""The bot as a process of its own, which dies and comes back; the built-in server and the oracle stay in the test."""

import asyncio
import contextlib
import datetime as dt
import io
import multiprocessing
import os
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import apsw
import pytest
import xlsxwriter

from bot.clock import instant
from bot.demo import OWNER, demo_people, seed
from bot.sandbox import Limits, Sandbox
from bot.sandbox.state import Event
from storage.connect import connect, opened
from storage.engine import Database, Tx
from tests.conftest import filled
from tests.e2e import victim

TOKEN = "424242:TEST-TOKEN-OF-THE-BUILT-IN-SERVER"
ZONE = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 10, 14, 8, 31, tzinfo=ZONE)  # an ordinary Wednesday: the morning message is due
AT_NIGHT = NOW.replace(hour=5)  # nothing leaves unasked
PATIENCE = 60.0  # seconds until a test that waits is given up: no measure of anything


def user_of(staff_number: str) -> int:
    """The account of a demo person."""
    return next(p.user_id for p in demo_people() if p.staff_number == staff_number)


def roster_file(more: Sequence[tuple[str, ...]] = (), leave_out: int = 0) -> bytes:
    """The demo unit's own roster as a file (but for its last people), and further lines."""
    roles = {"staff": "", "leader": "科室负责人", "office": "创建办", "viewer": "领导小组"}
    statuses = {"active": "", "on_leave": "请假", "away": "离岗", "left": "离职", "retired": "退休"}
    rows = [(p.staff_number, p.name, p.department, p.title, roles[p.role], statuses[p.status]) for p in demo_people()]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(
            [("工号", "姓名", "部门", "职务", "角色", "状态"), *rows[: len(rows) - leave_out], *more]
        ):
            sheet.write_row(number, 0, row)
    return out.getvalue()


@pytest.fixture(scope="session")
def cradle() -> ForkServerContext:
    """Imports the program once; every bot is forked from there, which saves it seconds."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.e2e.victim"])
    with contextlib.chdir(Path(__file__).parents[2]):  # it looks for modules from where it starts, wherever a test is
        forkserver.ensure_running()
    return context


class Bot:
    """One process."""

    def __init__(self, process: ForkServerProcess, log: Path) -> None:
        self.process, self._log = process, log

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8") if self._log.exists() else ""

    async def ended(self, within: float = PATIENCE) -> int:
        """Its exit code; a negative one is the signal that killed it."""
        loop, gone = asyncio.get_running_loop(), asyncio.Event()
        if self.process.exitcode is None:
            # In no thread: every start of a process looks after all the others, and an exit code is told only once.
            loop.add_reader(self.process.sentinel, gone.set)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(gone.wait(), within)
            loop.remove_reader(self.process.sentinel)
        assert self.process.exitcode is not None, f"still running after {within} s:\n{self.log}"
        return self.process.exitcode

    async def killed(self) -> None:
        """Until it has met its end at the point it was given."""
        assert await self.ended() == -9, self.log

    async def kill(self) -> None:
        self.process.kill()
        await self.ended()


class Rig:
    """The built-in server, a database, and one bot process after the other."""

    def __init__(self, cradle: ForkServerContext, folder: Path, url: str, now: dt.datetime) -> None:
        self.folder, self.url, self.now = folder, url, now
        self.sandbox = Sandbox(token=TOKEN, clock=lambda: now, limits=Limits.off())
        self.world = self.sandbox.world
        self._cradle, self._bots = cradle, list[Bot]()

    @property
    def database(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    def spawn(
        self,
        *arguments: str,
        point: str | None = None,
        n: int = 1,
        user: int | None = None,
        **settings: str,
    ) -> Bot:
        """A process of the command line; without arguments the bot."""
        environment = {
            "PATH": os.environ["PATH"],
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": self.sandbox.url if self.sandbox.port else "http://127.0.0.1:9",
            "DATABASE_URL": self.url,
            "OWNER_IDS": str(OWNER),
            "LISTEN": "127.0.0.1:0",
            "RATE_PER_SECOND": "400",  # the highest at which no more than 25 are in flight
        }
        log = self.folder / f"process-{len(self._bots)}.log"
        process = self._cradle.Process(
            target=victim.play,
            args=(arguments or ("run",), environment | settings, str(self.folder), str(log), point, n, self.now, user),
        )
        process.start()
        self._bots.append(Bot(process, log))
        return self._bots[-1]

    async def start(self, point: str | None = None, n: int = 1, **settings: str) -> Bot:
        """A bot that has told the server that it is there."""
        asked = len(self.sandbox.calls("getUpdates"))
        bot = self.spawn(point=point, n=n, **settings)
        await self.until(lambda: len(self.sandbox.calls("getUpdates")) > asked or bot.process.exitcode is not None)
        assert point or bot.process.exitcode is None, bot.log
        return bot

    async def until(self, condition: Callable[[], object], within: float = PATIENCE) -> None:
        try:
            async with asyncio.timeout(within):
                while not condition():
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(f"waited in vain for {within} s\n{self.logs}") from None

    async def settled(self) -> None:
        """Until every stored update is done with and the outbox has nothing that is due."""
        try:
            async with asyncio.timeout(PATIENCE):
                while await self._busy():
                    await asyncio.sleep(0.02)
        except TimeoutError:
            inbox = await self.counts("SELECT state, COUNT(*) FROM inbox GROUP BY state")
            outbox = await self.counts("SELECT state, COUNT(*) FROM outbox GROUP BY state")
            raise AssertionError(f"not settled: inbox {inbox}, outbox {outbox}\n{self.logs}") from None

    async def settled_before_its_death(self, bot: Bot) -> bool:
        """Whether this bot has come to the end of its work; False when it has come to its own."""
        async with asyncio.timeout(PATIENCE):
            while bot.process.exitcode is None:
                if not await self._busy():
                    return True
                await asyncio.sleep(0.02)
        return False

    async def _busy(self) -> bool:
        coming = bool(self.world.updates.waiting)  # looked at first: what is confirmed by now is stored
        async with self.reading() as tx:
            waiting = await tx.value("SELECT COUNT(*) FROM inbox WHERE state = 'pending'")
            unsent = await tx.value(
                "SELECT COUNT(*) FROM outbox WHERE state = 'sending' OR (state = 'pending' AND not_before <= ?)",
                instant(self.now) + 60_000,
            )
        return bool(coming or waiting or unsent)

    @property
    def logs(self) -> str:
        return "\n".join(f"--- {bot.pid}\n{bot.log}" for bot in self._bots)

    def kill_when_delivered(self, bot: Bot, n: int) -> None:
        """SIGKILL in the moment in which the bot's nth message arrives: it never hears of that."""
        heard = iter(range(1, n + 1))

        def listen(event: Event) -> None:
            message = event.message
            if event.type == "message" and message is not None and message.from_bot and next(heard, 0) == n:
                bot.process.kill()

        self.world.subscribe(listen)

    def jump(self, bot: Bot, hours: float) -> None:
        """Somebody sets the clock of the machine: that of a bot at the point `jumps` shows so many hours more."""
        (self.folder / "clock").write_text(str(hours), "ascii")
        os.kill(bot.pid, signal.SIGUSR1)

    def press(self, user_id: int, label: str) -> None:
        """Press the last button that is called so."""
        for message in reversed(self.world.messages(user_id)):
            for button in (b for row in message.buttons for b in row if label in b.text):
                self.world.press(user_id, message.id, button.text)
                return
        raise AssertionError(f"no button {label}: {self.answers(user_id)}\n{self.logs}")

    def answers(self, chat_id: int) -> list[str]:
        return [m.text or m.caption or "" for m in self.world.messages(chat_id) if m.from_bot]

    @contextlib.asynccontextmanager
    async def writing(self) -> AsyncIterator[Tx]:
        async with opened(self.url) as db, db.write() as tx:
            yield tx

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        db: Database = await connect(self.url).open()
        try:
            async with db.read() as tx:
                yield tx
        finally:
            await db.close()

    async def rows(self, sql: str, *args: Any) -> Sequence[tuple[Any, ...]]:
        async with self.reading() as tx:
            return await tx.fetch(sql, *args)

    async def counts(self, sql: str) -> Counter[str]:
        return Counter(dict(await self.rows(sql)))

    def sound(self) -> None:
        """The file is whole and every row points to one that is there."""
        if not self.url.startswith("sqlite"):
            return
        db = apsw.Connection(str(self.database))
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        db.close()

    async def close(self) -> None:
        for bot in self._bots:
            if bot.process.exitcode is None:
                await bot.kill()
            bot.process.close()
        await self.sandbox.stop()


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo unit in a file, made once, as it is at this hour."""
    return filled(tmp_path_factory.mktemp("seeded") / "wenming.db", lambda database: seed(database, NOW))


async def make_rig(cradle: ForkServerContext, folder: Path, url: str, now: dt.datetime = NOW) -> Rig:
    """The demo unit, whose bound people have spoken to the bot before, is already in the database."""
    rig = Rig(cradle, folder, url, now)
    await rig.sandbox.start()
    for person in demo_people():
        rig.world.add_user(person.user_id, first_name=person.name, language_code="zh-hans", started=person.bound)
    rig.world.add_user(OWNER, first_name="管理员", language_code="zh-hans", started=True)
    return rig


@pytest.fixture
async def rig(cradle: ForkServerContext, tmp_path: Path, seeded: Path) -> AsyncIterator[Rig]:
    shutil.copyfile(seeded, tmp_path / "wenming.db")
    rig = await make_rig(cradle, tmp_path, f"sqlite:///{tmp_path}/wenming.db")
    yield rig
    await rig.close()


@pytest.fixture
async def night(rig: Rig) -> AsyncIterator[Rig]:
    """The same at five in the morning: nothing leaves unasked."""
    rig.now = AT_NIGHT
    yield rig


@pytest.fixture
async def open_rig(cradle: ForkServerContext, seeded: Path) -> AsyncIterator[Rig]:
    """In a folder that every user may enter, which pytest's own are not."""
    with tempfile.TemporaryDirectory(prefix="wenming-e2e-") as folder:
        os.chmod(folder, 0o777)
        shutil.copyfile(seeded, f"{folder}/wenming.db")
        os.chmod(f"{folder}/wenming.db", 0o666)
        rig = await make_rig(cradle, Path(folder), f"sqlite:///{folder}/wenming.db")
        yield rig
        await rig.close()
        os.chmod(folder, 0o777)


@pytest.fixture
async def empty(cradle: ForkServerContext, tmp_path: Path) -> AsyncIterator[Rig]:
    """No database yet."""
    rig = Rig(cradle, tmp_path, f"sqlite:///{tmp_path}/wenming.db", NOW)
    await rig.sandbox.start()
    yield rig
    await rig.close()
