"""Keeping to Telegram's limits instead of discovering them: one deadline pacer, two lanes, a rhythm per chat."""

import asyncio
import heapq
import itertools
import math
from collections import deque
from enum import IntEnum

CHAT_BURST = 3  # messages to one chat before it is held to one a second
GROUP_MINUTE = 20
BORROWED = 2  # turns by which an answer may be ahead: it never waits for one message, and two more are no burst
MINUTE = 61.0  # a little more: what leaves in time may arrive a little later
FORGET_OVER = 20_000  # chats remembered; the quiet ones are forgotten beyond that
GRAIN = 0.001  # an event loop keeps time no finer than that


class Lane(IntEnum):
    """Answers to people go before everything else."""

    ANSWER = 0
    UNASKED = 1
    GRANTED = 2  # has waited for its turn already


Waiting = tuple[Lane, int, int, asyncio.Future[bool]]  # lane, number, chat, the turn


class Pace:
    """`await slot(chat, lane)` returns when that call may leave, or False: it was unasked, and the bot is stopping.

    Overall: call k is due 1/rate after call k-1, whatever the load, so no burst ever reaches a limit; an answer may
    take its turn a little ahead, and the others give it back. A chat may have three at once and then one a second; a
    group at most 20 a minute besides. What a chat may have is counted when a call leaves, so neither a long queue nor
    a 429 that came meanwhile lets it have more.
    """

    def __init__(self, rate: float) -> None:
        self._interval = 1 / rate
        self._next = 0.0  # when the next unasked call is due
        self._blocked = 0.0  # until then nothing leaves at all
        self._waiting: list[Waiting] = []  # for their turn
        self._resting: list[tuple[float, Waiting]] = []  # for their chat's rhythm
        self._closing = False
        self._number = itertools.count()
        self._timer: asyncio.TimerHandle | None = None
        self._chats: dict[int, float] = {}
        self._groups: dict[int, deque[float]] = {}
        self._held: dict[int, float] = {}

    async def slot(self, chat_id: int, lane: Lane) -> bool:
        if lane is Lane.GRANTED:
            return True
        loop = asyncio.get_running_loop()
        if lane is Lane.UNASKED and self._closing:
            return False
        now = loop.time()
        nobody_before = not (self._waiting and self._waiting[0][0] <= lane)
        nobody_before = nobody_before and not (self._resting and self._resting[0][0] <= now)
        if nobody_before and now >= self._turn(lane) and self._ready(chat_id) <= now:
            self._leave(chat_id, now)
            self._next = max(self._next, now) + self._interval
            return True
        granted: asyncio.Future[bool] = loop.create_future()
        heapq.heappush(self._waiting, (lane, next(self._number), chat_id, granted))
        self._arm(loop)
        return await granted

    def close(self) -> None:
        """Nothing unasked leaves any more: whoever waits here with it has not sent it and need not wonder."""
        self._closing = True
        for lane, _, _, granted in (*self._waiting, *(waiting for _, waiting in self._resting)):
            if lane is Lane.UNASKED and not granted.done():
                granted.set_result(False)

    def hold(self, seconds: float, chat_id: int | None = None) -> None:
        """Nothing leaves for this chat (or at all) before so many seconds have passed: what a 429 asks for."""
        until = asyncio.get_running_loop().time() + seconds
        if chat_id is None:
            self._blocked = max(self._blocked, until)
        else:
            self._held[chat_id] = max(self._held.get(chat_id, 0.0), until)

    def held(self) -> float:
        """For how many seconds nothing at all leaves: Telegram has asked for it."""
        return max(0.0, self._blocked - asyncio.get_running_loop().time())

    def rest(self, chat_id: int) -> float:
        """For how many seconds this chat may have nothing, for reasons of its own."""
        return max(0.0, self._ready(chat_id) - asyncio.get_running_loop().time())

    def _turn(self, lane: Lane) -> float:
        """When the next call of this lane is due."""
        ahead = BORROWED * self._interval if lane is Lane.ANSWER else 0.0
        return max(self._next - ahead, self._blocked)

    def _ready(self, chat_id: int) -> float:
        """The moment from which on this chat may have its next message."""
        ready = max(self._held.get(chat_id, 0.0), self._chats.get(chat_id, 0.0) - (CHAT_BURST - 1))
        sent = self._groups.get(chat_id)
        return max(ready, sent[0] + MINUTE) if sent is not None and len(sent) == GROUP_MINUTE else ready

    def _leave(self, chat_id: int, now: float) -> None:
        self._chats[chat_id] = max(now, self._chats.get(chat_id, 0.0)) + 1.0
        if chat_id < 0:
            self._groups.setdefault(chat_id, deque(maxlen=GROUP_MINUTE)).append(now)
        if len(self._chats) > FORGET_OVER:
            self._chats = {chat: at for chat, at in self._chats.items() if at > now}
            self._groups = {chat: sent for chat, sent in self._groups.items() if sent[-1] + MINUTE > now}
            self._held = {chat: until for chat, until in self._held.items() if until > now}

    def _arm(self, loop: asyncio.AbstractEventLoop) -> None:
        """Wake up for whoever may be next, and not later because somebody else was to be woken later."""
        due = self._turn(self._waiting[0][0]) if self._waiting else math.inf
        if self._resting:
            due = min(due, max(self._turn(self._resting[0][1][0]), self._resting[0][0]))
        if due == math.inf:
            return
        if self._timer is not None:
            if self._timer.when() <= due:
                return
            self._timer.cancel()
        self._timer = loop.call_at(due, self._grant, loop)

    def _grant(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = None
        now = loop.time()
        while True:
            while self._resting and self._resting[0][0] <= now + GRAIN:
                heapq.heappush(self._waiting, heapq.heappop(self._resting)[1])
            if not self._waiting or self._turn(self._waiting[0][0]) > now + GRAIN:
                break
            waiting = heapq.heappop(self._waiting)
            chat_id, granted = waiting[2:]
            if granted.done():
                continue
            if (ready := self._ready(chat_id)) > now + GRAIN:
                heapq.heappush(self._resting, (ready, waiting))
                continue
            granted.set_result(True)
            self._leave(chat_id, now)
            # From the deadline, not from now: a late wake-up costs no rate. From now after a pause: no burst.
            self._next = max(max(self._next, self._blocked) + self._interval, now)
        self._arm(loop)


class InHand:
    """What has been claimed and not yet written down as ended. Whoever stops or pauses an occurrence waits here before
    he says so: then nothing of it leaves after his word, and what he counts is final."""

    def __init__(self) -> None:
        self.messages: dict[int, asyncio.Future[None]] = {}
        self._of: dict[int, set[int]] = {}

    def take(self, message: int, occurrence: int | None) -> None:
        self.messages[message] = asyncio.get_running_loop().create_future()
        if occurrence is not None:
            self._of.setdefault(occurrence, set()).add(message)

    def drop(self, message: int, occurrence: int | None) -> None:
        self.messages.pop(message).set_result(None)
        if occurrence is not None:
            self._of[occurrence].discard(message)
            if not self._of[occurrence]:
                del self._of[occurrence]

    async def over(self, occurrence: int, seconds: float = 5.0) -> bool:
        """Until what is in hand of it at this moment has come to its end; False when that takes longer than this."""
        if held := [self.messages[message] for message in self._of.get(occurrence, ())]:
            _, late = await asyncio.wait(held, timeout=seconds)
            return not late
        return True
