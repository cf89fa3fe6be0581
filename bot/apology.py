"""Whoever waits long because the database is away hears of it once, and that nothing of his is lost."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import Any

from bot.raw import chat_of
from storage.engine import Unavailable

LONG = 30.0  # seconds somebody waits before he is told
AGAIN = 600.0  # and before he is told once more
FORGET_OVER = 10_000  # chats remembered

Sorry = Callable[[dict[str, Any]], Awaitable[None]]


class Apology:
    def __init__(self, sorry: Sorry) -> None:
        self._sorry = sorry
        self._since: float | None = None
        self._told: dict[int, float] = {}

    @contextlib.asynccontextmanager
    async def unless_done(self, bodies: Iterable[dict[str, Any]]) -> AsyncIterator[None]:
        """While something is tried for the sake of these."""
        since = asyncio.get_running_loop().time()
        try:
            yield
        except Unavailable:
            await self.to(bodies, since)
            raise

    async def to(self, bodies: Iterable[dict[str, Any]], since: float) -> None:
        """These wait: since that moment of the loop's time, or since the trouble began."""
        now = asyncio.get_running_loop().time()
        self._since = since if self._since is None else self._since
        if now - self._since < LONG:
            return
        if len(self._told) > FORGET_OVER:
            self._told = {chat: at for chat, at in self._told.items() if at > now - AGAIN}
        for body in bodies:
            chat = chat_of(body)
            if chat not in self._told or now - self._told[chat] > AGAIN:
                self._told[chat] = now
                await self._sorry(body)

    def over(self) -> None:
        """The database is there again."""
        self._since = None
