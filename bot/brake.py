"""One person's flood: the first of it is answered, the rest is let go until he slows down; nobody else waits for it."""

from collections import deque
from enum import Enum, auto
from typing import Any

from bot.raw import sender

SECONDS = 10.0
AT_MOST = 30  # in that time: more than anybody types or taps
FORGET_OVER = 20_000  # people remembered


class Verdict(Enum):
    PASS = auto()
    TELL = auto()  # the first of a flood: he is told
    DROP = auto()


class Brake:
    def __init__(self) -> None:
        self._heard: dict[int, deque[float]] = {}
        self._told: set[int] = set()

    def judge(self, body: dict[str, Any], now: float) -> Verdict:
        """Messages count at the moment when they were sent: what an outage has piled up is no flood."""
        who, at = sender(body, now)
        if who is None:
            return Verdict.PASS
        heard = self._heard.setdefault(who, deque(maxlen=AT_MOST))
        over = len(heard) == AT_MOST and all(abs(at - before) < SECONDS for before in heard)
        heard.append(at)
        if not over:
            self._told.discard(who)
            self._forget(now)
            return Verdict.PASS
        if who in self._told:
            return Verdict.DROP
        self._told.add(who)
        return Verdict.TELL

    def _forget(self, now: float) -> None:
        if len(self._heard) > FORGET_OVER:
            self._heard = {who: heard for who, heard in self._heard.items() if heard[-1] > now - SECONDS}
            self._told &= self._heard.keys()
