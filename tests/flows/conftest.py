"""A dialogue: a person says or presses, the bot (a whole one, over HTTP) answers, the person sees."""

import asyncio
import contextlib
import datetime as dt
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.clock import Clock
from bot.demo import OWNER, demo_people
from bot.pace import Lane
from bot.sandbox import Limits, Sandbox
from bot.sandbox.state import SentMessage
from bot.settings import Settings
from bot.telegram import Fate, Sent
from bot.views.parts import Outgoing
from tests.conftest import NOW, PATIENCE, ZONE
from tests.hall import Hall, furnished
from tests.scenery import lived_in

TOKEN = "424242:TEST-TOKEN-OF-THE-BUILT-IN-SERVER"


class Person:
    """Somebody in front of the chat."""

    def __init__(self, stage: "Stage", user_id: int) -> None:
        self.stage, self.id = stage, user_id
        self._seen = 0

    async def says(self, text: str) -> SentMessage:
        """Say something and read the answer."""
        return await self._answer(lambda: self.stage.world.say(self.id, text))

    async def presses(self, label: str, message: SentMessage | None = None) -> SentMessage:
        """Press a button of the last message that has it."""
        shown = message or self._with_button(label)
        return await self._answer(lambda: self.stage.world.press(self.id, shown.id, self._label(shown, label)))

    async def forges(self, data: str, message: SentMessage | None = None) -> SentMessage:
        """Press with data that no button has."""
        shown = message or self.last
        return await self._answer(lambda: self.stage.world.press_raw(self.id, shown.id, data))

    async def edits(self, message: SentMessage, text: str) -> SentMessage:
        return await self._answer(lambda: self.stage.world.edit(self.id, message.id, text))

    async def sends(self, name: str, data: bytes, caption: str | None = None) -> SentMessage:
        return await self._answer(lambda: self.stage.world.send_document(self.id, name, data, caption=caption))

    async def does(self, act: Callable[[], object]) -> SentMessage:
        """Anything else that a person can do in the chat, then the answer."""
        return await self._answer(act)

    async def hears(self, pattern: str) -> SentMessage:
        """Wait for a message that nobody asked for; as long as it is not there, the bot's clock ticks."""

        def fits(message: SentMessage) -> bool:
            return message.from_bot and re.search(pattern, message.text or message.caption or "") is not None

        async with asyncio.timeout(PATIENCE):
            while True:
                with contextlib.suppress(TimeoutError):
                    return await self.stage.world.wait_for(self.id, fits, 0.1)
                await self.stage.app.catch_up()

    @property
    def last(self) -> SentMessage:
        """The last answer; for who has not spoken yet, the last that he was sent."""
        said = [m for m in self.stage.world.messages(self.id) if m.from_bot]
        assert said, "the bot has said nothing yet"
        return ([m for m in said if (self.id, m.id) in self.stage.answers] or said)[-1]

    @property
    def heard(self) -> list[str]:
        """All that the bot has said in this chat."""
        return [m.text or m.caption or "" for m in self.stage.world.messages(self.id) if m.from_bot]

    async def _answer(self, act: Callable[[], object]) -> SentMessage:
        """The last of what the bot answers; what it sends to the same chat meanwhile is `hears`'s."""
        after, answered = self.stage.world.sequence, len(self.stage.answers)
        act()
        await self.stage.settled()
        answers = {message_id for chat_id, message_id in self.stage.answers[answered:] if chat_id == self.id}
        said = [m for m in self.stage.world.messages(self.id) if m.id in answers and m.sequence > after]
        assert said, f"no answer; before that: {self.heard[-3:]}"
        return max(said, key=lambda m: m.sequence)

    def _with_button(self, label: str) -> SentMessage:
        for message in reversed(self.stage.world.messages(self.id)):
            if message.from_bot and any(label in b.text for row in message.buttons for b in row):
                return message
        raise AssertionError(f"no button {label!r}; the last message was: {self.last.text} {self.last.buttons}")

    @staticmethod
    def _label(message: SentMessage, label: str) -> str:
        texts = [b.text for row in message.buttons for b in row]
        return next(text for text in texts if label in text) if label not in texts else label


class Stage:
    """The built-in server, the bot and its people."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.clock = Clock(ZONE, NOW)
        self.sandbox = Sandbox(token=TOKEN, clock=self.clock.now, limits=Limits.off())
        self.world = self.sandbox.world
        self.folder, self._settings = folder, settings
        self.answers: list[tuple[int, int]] = []  # chat and message: what was said because somebody had spoken
        self._running = AsyncExitStack()

    async def open(self) -> None:
        await self.sandbox.start()
        await self.start_bot()

    async def start_bot(self) -> None:
        values: dict[str, object] = {
            "bot_token": TOKEN,
            "bot_api_url": self.sandbox.url,
            "database_url": f"sqlite:///{self.folder}/wenming.db",
            "owner_ids": str(OWNER),
            "listen": "127.0.0.1:0",
            "rate_per_second": 100_000,
            **self._settings,
        }
        self.app = App(Settings(_env_file=None, **values), self.clock)
        self.app.intake.pause = self.app.sender.pause = 0.001
        self.app.telegram.send = self._noting(self.app.telegram.send)
        await self._running.enter_async_context(self.app.running())

    def _noting(self, send: Callable[..., Awaitable[Fate]]) -> Callable[..., Awaitable[Fate]]:
        async def noted(chat_id: int, message: Outgoing, lane: Lane, over: int | None = None) -> Fate:
            fate = await send(chat_id, message, lane, over)
            if lane is Lane.ANSWER and isinstance(fate, Sent):
                self.answers.append((chat_id, fate.message_id))
            return fate

        return noted

    async def stop_bot(self) -> None:
        await self._running.aclose()

    async def restart_bot(self) -> None:
        await self.stop_bot()
        await self.start_bot()

    async def close(self) -> None:
        await self.stop_bot()
        await self.sandbox.stop()

    async def settled(self) -> None:
        """Until the bot has taken in and handled everything that was said."""
        async with asyncio.timeout(PATIENCE):
            while self.world.updates.waiting or not self.app.intake.idle:
                await asyncio.sleep(0.002)

    def of(self, staff_number: str) -> Person:
        """The demo person with this staff number, at his own account."""
        found = next(p for p in demo_people() if p.staff_number == staff_number)
        return self.person(found.user_id, found.name[1:], found.name[:1])

    def cast(self) -> None:
        """Everybody of the demo unit; bound people have spoken to the bot before."""
        for person in demo_people():
            self.of(person.staff_number)
            if person.bound:
                self.world.users[person.user_id].started = True

    def owner(self) -> Person:
        return self.person(OWNER, "管理员", "")

    def move_to(self, moment: dt.datetime) -> None:
        self.clock.move_to(moment)

    def person(self, user_id: int, first_name: str = "张", last_name: str = "伟", language: str = "zh-hans") -> Person:
        if user_id not in self.world.users:
            self.world.add_user(user_id, first_name=first_name, last_name=last_name, language_code=language)
        return Person(self, user_id)


async def rows(stage: Stage, query: str, *args: Any) -> list[tuple[Any, ...]]:
    async with stage.app.db.read() as tx:
        return await tx.fetch(query, *args)


async def value(stage: Stage, query: str, *args: Any) -> Any:
    async with stage.app.db.read() as tx:
        return await tx.value(query, *args)


def labels(message: SentMessage) -> list[str]:
    return [button.text for row in message.buttons for button in row]


def data_of(message: SentMessage, label: str) -> str:
    """What the first button carries whose label has this in it."""
    return next(str(b.data) for row in message.buttons for b in row if label in b.text)


@pytest.fixture
def office(demo: Stage) -> Person:
    return demo.of("BG002")


@pytest.fixture
def colleague(demo: Stage) -> Person:
    """The other one of the office."""
    return demo.of("BG003")


@pytest.fixture
def leader(demo: Stage) -> Person:
    """Of 执法处: ten in post and bound, two of them on leave."""
    return demo.of("ZF001")


@pytest.fixture
def person(demo: Stage) -> Person:
    """One of his staff."""
    return demo.of("ZF005")


@pytest.fixture
async def hall(tmp_path: Path, seeded: Path) -> AsyncIterator[Hall]:
    """The routers alone, on the demo unit with something of everything in it."""
    async with furnished(tmp_path, seeded) as opened:
        await lived_in(opened)
        yield opened


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test speaks faster than the one message a second that Telegram allows in a chat; and the bot's clock ticks when
    the test says so, else on a busy machine a message that nobody expects comes before the answer."""
    monkeypatch.setattr("bot.pace.CHAT_BURST", 1_000_000)
    monkeypatch.setattr("bot.app.Ticks.start", lambda ticks, tasks: None)


@pytest.fixture
async def stage(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Stage]:
    opened = Stage(tmp_path)
    await opened.open()
    yield opened
    await opened.close()


@contextlib.asynccontextmanager
async def playing(folder: Path, seeded: Path, **settings: object) -> AsyncIterator[Stage]:
    """The same with the demo unit in it."""
    shutil.copyfile(seeded, folder / "wenming.db")
    opened = Stage(folder, **settings)
    opened.cast()
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def demo(tmp_path: Path, seeded: Path) -> AsyncIterator[Stage]:
    async with playing(tmp_path, seeded) as opened:
        yield opened
