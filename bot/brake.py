"""Floods: of one person the first is answered and the rest let go until he slows down; of a crowd of strangers as many
are heard as can be answered. Nobody else waits for either."""

import logging
from collections import deque
from enum import Enum, auto
from typing import Any

from bot.raw import chat_of, sender

log = logging.getLogger("intake")

SECONDS = 10.0
AT_MOST = 30  # in that time: more than anybody types or taps
STRANGERS = 20  # a second, all together: two thirds of what Telegram lets us say
RUSH = 1_000  # of them at once: a hall full of people who scan the same sheet
LONG_AGO, WARN_EVERY = 60.0, 600.0
FORGET_OVER = 20_000  # people remembered


class Verdict(Enum):
    PASS = auto()
    TELL = auto()  # the first of a flood: he is told
    DROP = auto()


class Brake:
    def __init__(self) -> None:
        self._heard: dict[int, deque[float]] = {}
        self._told: set[int] = set()
        self.members: set[int] = set()  # those of the roster and those who run the bot; kept by whoever recognises them
        self._latest = 0.0  # of a stranger's messages
        self._strangers_until = 0.0  # then the last of them has had his turn
        self._warned = 0.0

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
            return Verdict.PASS if who in self.members or chat_of(body) <= 0 else self._among_strangers(at)
        if who in self._told:
            return Verdict.DROP
        self._told.add(who)
        return Verdict.TELL

    def _among_strangers(self, at: float) -> Verdict:
        if self._latest - at > LONG_AGO:
            return Verdict.PASS  # an outage has kept it, or the clock was put back
        self._latest = at = max(at, self._latest)
        turn = max(self._strangers_until, at) + 1 / STRANGERS
        if turn - at <= RUSH / STRANGERS:
            self._strangers_until = turn
            return Verdict.PASS
        if abs(at - self._warned) >= WARN_EVERY:
            self._warned = at
            log.warning("more strangers write than can be answered: some are not heard")
        return Verdict.DROP

    def _forget(self, now: float) -> None:
        if len(self._heard) > FORGET_OVER:
            self._heard = {who: heard for who, heard in self._heard.items() if heard[-1] > now - SECONDS}
            self._told &= self._heard.keys()
