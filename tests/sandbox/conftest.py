"""A sandbox per test, spoken to over plain HTTP."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Limits, Sandbox


class Clock:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self.seconds = 1000.0

    def __call__(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.seconds

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.seconds += seconds


class Client:
    """A bot that knows nothing but HTTP."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.sandbox, self.session = sandbox, session

    async def answer(self, method: str, **params: Any) -> dict[str, Any]:
        """The whole answer, refused or not."""
        url = f"{self.sandbox.url}/bot{self.sandbox.token}/{method}"
        async with self.session.post(url, json=params) as response:
            answer = json.loads(await response.read())
        assert answer.get("error_code", 200) == response.status
        return dict(answer)

    async def __call__(self, method: str, **params: Any) -> Any:
        answer = await self.answer(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **params: Any) -> str:
        answer = await self.answer(method, **params)
        assert not answer["ok"], answer
        return str(answer["description"])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limits() -> Limits:
    return Limits.off()


@pytest.fixture
async def sandbox(clock: Clock, limits: Limits) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(clock=clock, monotonic=clock.monotonic, limits=limits, webhook_second=0.001)
    await sandbox.start()
    for user_id, name in ((1, "张伟"), (2, "李娜"), (3, "王芳")):
        sandbox.world.add_user(user_id, name, started=True)
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(sandbox, session)


@pytest.fixture
def png() -> bytes:
    return bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f0001050101"
        "27181a1a0000000049454e44ae426082"
    )
