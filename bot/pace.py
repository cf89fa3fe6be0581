"""Keeping to Telegram's limits instead of discovering them: one deadline pacer, two lanes, a rhythm per chat."""

import asyncio
import contextlib
import heapq
import itertools
from collections import deque
from enum import IntEnum

CHAT_BURST = 3  # messages to one chat before it is held to one a second
GROUP_MINUTE = 20
FORGET_OVER = 20_000  # chats remembered; the quiet ones are forgotten beyond that


class Lane(IntEnum):
    """Answers to people go before everything else."""

    ANSWER = 0
    UNASKED = 1


class Pace:
    """`await slot(chat, lane)` returns when that call may leave, or False: it was unasked, and the bot is stopping.

    Overall: call k is due 1/rate after call k-1, whatever the load, so no burst ever reaches a limit. A private
    chat may have three at once and then one a second; a group has at most 20 in any 60 seconds.
    """

    def __init__(self, rate: float) -> None:
        self._interval = 1 / rate
        self._next = 0.0
        self._waiting: list[tuple[int, int, asyncio.Future[bool]]] = []
        self._closing = asyncio.Event()
        self._number = itertools.count()
        self._timer: asyncio.TimerHandle | None = None
        self._chats: dict[int, float] = {}
        self._groups: dict[int, deque[float]] = {}

    async def slot(self, chat_id: int, lane: Lane) -> bool:
        loop = asyncio.get_running_loop()
        wait = self._reserve(chat_id, loop.time()) - loop.time()
        if wait > 0 and lane is Lane.ANSWER:
            await asyncio.sleep(wait)
        elif wait > 0:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), wait)
        if lane is Lane.UNASKED and self._closing.is_set():
            return False
        now = loop.time()
        if not self._waiting and now >= self._next:
            self._next = now + self._interval
            return True
        granted: asyncio.Future[bool] = loop.create_future()
        heapq.heappush(self._waiting, (lane, next(self._number), granted))
        self._arm(loop)
        return await granted

    def close(self) -> None:
        """Nothing unasked leaves any more: whoever waits here with it has not sent it and need not wonder."""
        self._closing.set()
        for lane, _, granted in self._waiting:
            if lane is Lane.UNASKED and not granted.done():
                granted.set_result(False)

    def hold(self, seconds: float, chat_id: int | None = None) -> None:
        """Nothing leaves for this chat (or at all) before so many seconds have passed: what a 429 asks for."""
        until = asyncio.get_running_loop().time() + seconds
        if chat_id is None:
            self._next = max(self._next, until)
        elif chat_id < 0:
            # A full window whose oldest call lies 60 seconds before the moment at which the next may leave.
            self._groups[chat_id] = deque([until - 60] * GROUP_MINUTE, maxlen=GROUP_MINUTE)
        else:
            self._chats[chat_id] = max(self._chats.get(chat_id, 0), until + CHAT_BURST - 1)

    def _reserve(self, chat_id: int, now: float) -> float:
        """The moment at which this chat may have its next message, taken at once so that the order is kept."""
        if chat_id < 0:
            sent = self._groups.setdefault(chat_id, deque(maxlen=GROUP_MINUTE))
            ready = max(now, sent[0] + 60.0) if len(sent) == GROUP_MINUTE else now
            sent.append(ready)
            return ready
        ready_in_theory = max(now, self._chats.get(chat_id, 0.0))
        self._chats[chat_id] = ready_in_theory + 1.0
        if len(self._chats) > FORGET_OVER:
            self._chats = {chat: at for chat, at in self._chats.items() if at > now}
        return max(now, ready_in_theory - (CHAT_BURST - 1))

    def _arm(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._timer is None and self._waiting:
            self._timer = loop.call_at(max(self._next, loop.time()), self._grant, loop)

    def _grant(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = None
        now = loop.time()
        while self._waiting and now >= self._next:
            granted = heapq.heappop(self._waiting)[2]
            if not granted.done():
                granted.set_result(True)
                # From the deadline, not from now: a late wake-up costs no rate. From now after a pause: no burst.
                self._next = max(self._next + self._interval, now)
        self._arm(loop)
