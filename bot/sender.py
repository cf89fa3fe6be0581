"""The outbox loop: claim, render, send, settle. Workers never wait for the disk: ends and claims share commits."""

import asyncio
import datetime as dt
import logging
import math
from collections.abc import Awaitable, Callable, Container, Sequence
from typing import Protocol

from bot.clock import Clock, instant
from bot.i18n import translator
from bot.pace import InHand, Lane
from bot.services.outbox import NOT_OURS, PAUSED, Recipient
from bot.telegram import SHORTLY, Fate, Gone, Migrated, Rejected, Retry, Sent, Telegram, Unknown
from bot.views import pushes
from bot.views.parts import Outgoing
from storage.engine import Unavailable
from storage.sending import CRASHES, Claimed, End

log = logging.getLogger("sender")

IN_FLIGHT = 25  # claimed and not yet written down as ended: what a kill may repeat
SLOW = 0.1  # seconds that a call may take at higher rates before it holds up the others
CONNECTIONS = 100
AHEAD = 0.1  # seconds by which a message is claimed before it may leave
RESTING = 0.1  # a chat that rests longer does not keep its message's place
TRIES = 8
LOST = "lost"  # no answer came: delivered or not, nobody can tell
FAILING = 8  # so many failures one after another are a Telegram that is away
LONGEST_WAIT = 15.0
EASY_TRIES = 6  # so often a message comes again shortly: one failure in five is bad luck, six of six are trouble
LONGEST_REST = 64.0
CLOCK_JUMP = dt.timedelta(seconds=30)
RENDERED = 256  # messages kept in words

LostContact = Callable[[int], Awaitable[object]]
Arrived = Callable[[int, Outgoing], Awaitable[object]]  # what else a message brings along: the command menu


def most_in_hand(rate: float) -> int:
    """How many messages may be claimed and not yet written down at this rate."""
    return IN_FLIGHT if rate * SLOW <= 40 else most_flying(rate) * 3 // 2  # the next ones wait for no commit


def most_flying(rate: float) -> int:
    """How many calls may be on their way at once."""
    return IN_FLIGHT if rate * SLOW <= 40 else min(CONNECTIONS, math.ceil(rate * SLOW))


def rest_after(tries: int) -> float:
    """For how long a message rests that Telegram could not take. Whether Telegram is away is not found out by this."""
    return min(LONGEST_REST, SHORTLY * 2.0 ** min(max(0, tries - EASY_TRIES), 20))


class Source(Protocol):
    """Where messages come from (bot.services.outbox.Desk)."""

    @property
    def moment(self) -> int: ...
    async def recover(self, now: dt.datetime) -> None: ...
    async def tidy(self, now: dt.datetime, put_back: dt.timedelta, in_hand: Container[int]) -> None: ...
    async def is_due(self, now: dt.datetime) -> bool: ...
    async def exchange(self, ends: Sequence[End], room: int, now: dt.datetime) -> Sequence[Claimed]: ...
    async def look(self, rows: Sequence[Claimed]) -> dict[int, Recipient | str]: ...
    async def follow(self, old: int, new: int, now: dt.datetime) -> None: ...


class Sender:
    def __init__(
        self,
        desk: Source,
        telegram: Telegram,
        clock: Clock,
        in_hand: InHand,
        lost_contact: LostContact,
        arrived: Arrived,
        *,
        rate: float,
        language: str,
    ) -> None:
        self._desk, self._telegram, self._clock, self._in_hand = desk, telegram, clock, in_hand
        self._lost_contact, self._arrived, self._language = lost_contact, arrived, language
        self._most, self._workers = most_in_hand(rate), most_flying(rate)
        self._ahead = min(self._most, max(2, math.ceil(rate * AHEAD)))
        self._claimed: asyncio.Queue[Claimed] = asyncio.Queue()
        self._waiting: dict[int, Claimed] = {}  # claimed, not yet on the wire
        self._flying = 0
        self._ended: list[End] = []  # not yet written down
        self._found: dict[int, Recipient | str] = {}  # where those that wait go, as it was at `_looked`
        self._looked = -1
        self._looking, self._claiming = asyncio.Lock(), asyncio.Lock()
        self._words: dict[tuple[int, str, str], tuple[object, Outgoing]] = {}
        self._wanted = asyncio.Event()
        self._stopping, self._exchanging = False, False
        self._away = Away()
        self._ticked: tuple[float, dt.datetime] | None = None
        self.pause = 1.0  # seconds before the database is asked again

    async def recover(self) -> None:
        """Take over what an earlier process was sending when it died. Only for the one that owns the database."""
        await self._desk.recover(self._clock.now())

    def wake(self) -> None:
        self._wanted.set()

    async def tick(self, now: dt.datetime) -> None:
        """Let go what is too late, take up lapsed leases, look whether something has become due."""
        at, put_back = asyncio.get_running_loop().time(), dt.timedelta()
        if self._ticked is not None:
            behind = dt.timedelta(seconds=at - self._ticked[0]) - (now - self._ticked[1])
            put_back = behind if behind > CLOCK_JUMP else put_back
        self._ticked = at, now
        async with self._claiming:  # what is ours in the database is then in hand, or its commit was not heard of
            await self._desk.tidy(now, put_back, self._in_hand.messages)
        self.wake()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            for _ in range(self._workers):
                tasks.create_task(self._work())
            while True:
                await self._wanted.wait()
                self._wanted.clear()
                while await self._exchange():
                    pass

    async def drain(self, seconds: float) -> None:
        """Claim nothing more; what is in flight ends, what has not left yet waits for the next start."""
        self._stopping = True
        self._telegram.pace.close()
        self.wake()
        deadline = asyncio.get_running_loop().time() + seconds
        while self._busy() and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.02)

    def _busy(self) -> bool:
        return bool(self._waiting or self._flying or self._ended or self._exchanging)

    # claiming and writing down

    async def _exchange(self) -> bool:
        """Write down what has ended, claim what may leave next: one commit. Whether to go on at once."""
        now, room = self._clock.now(), await self._room()
        try:
            if not self._ended and not (room and await self._desk.is_due(now)):
                return False  # most looks find nothing, and a look is cheaper than a commit
            claimed = await self._commit(room, now)
            await self._hand_out(claimed)
        except Unavailable as problem:
            log.error("messages are neither claimed nor settled, the database is not available: %s", problem)
            await asyncio.sleep(self.pause)  # their places stay taken: what cannot be written down is not sent
            self.wake()
            return False
        return bool(claimed) or bool(self._ended)

    async def _room(self) -> int:
        """How many may be claimed: what is about to leave, and never more than may be in flight."""
        if self._stopping or not await self._telegram.welcome():
            return 0
        # Those that have ended are written down by the same commit, and leave their places to the new ones.
        room = min(self._most - len(self._waiting) - self._flying, self._ahead - len(self._waiting))
        return max(0, self._away.limit(room))

    async def _commit(self, room: int, now: dt.datetime) -> Sequence[Claimed]:
        self._exchanging = True
        try:
            async with self._claiming:
                ends = list(self._ended)
                claimed = await self._desk.exchange(ends, room, now)
                del self._ended[: len(ends)]
                for end in ends:
                    self._in_hand.drop(end.id, end.occurrence_id)
                for row in claimed:
                    self._waiting[row.id] = row
                    self._in_hand.take(row.id, row.occurrence_id)
                return claimed
        finally:
            self._exchanging = False

    async def _hand_out(self, claimed: Sequence[Claimed]) -> None:
        for row in claimed:
            self._claimed.put_nowait(row)

    # sending

    async def _work(self) -> None:
        while True:
            row = await self._claimed.get()
            self._ended.append(await self._deliver(row))
            self.wake()

    async def _deliver(self, row: Claimed) -> End:
        """Nothing is awaited between the last look and the request itself: what was stopped by then does not leave."""
        try:
            found = await self._look(row)
            if isinstance(found, str):
                return self._unsent(row, found)
            if self._telegram.pace.rest(found.chat_id) > RESTING:
                return self._rested(row, found.chat_id)
            if not await self._telegram.pace.slot(found.chat_id, Lane.UNASKED if row.urgency else Lane.ANSWER):
                return self._unsent(row, PAUSED)
            found = await self._look(row)
            if isinstance(found, str):
                return self._unsent(row, found)
            if row.late_at is not None and row.late_at <= instant(self._clock.now()):
                return self._unsent(row, "late")
            message = self._in_words(row, found)
            if message is None:
                return self._end(row, "failed", "render")
        finally:
            del self._waiting[row.id]
        self._flying += 1
        self.wake()
        try:
            fate = await self._telegram.send(found.chat_id, message, Lane.GRANTED)
            if isinstance(fate, Sent):
                await self._arrived(found.chat_id, message)
            self._away.judge(fate)
            return await self._ending(row, found.chat_id, fate)
        finally:
            self._flying -= 1

    async def _look(self, row: Claimed) -> Recipient | str:
        """Where it goes, as things are now: one look serves all that wait, as long as nothing was committed since."""
        while self._looked != self._desk.moment or row.id not in self._found:
            async with self._looking:
                if self._looked == self._desk.moment and row.id in self._found:
                    break
                moment = self._desk.moment
                try:
                    self._found = await self._desk.look(list(self._waiting.values()))
                except Unavailable as problem:
                    log.error("nobody knows where messages go, the database is not available: %s", problem)
                    await asyncio.sleep(self.pause)
                    continue
                self._looked = moment
        return self._found[row.id]

    def _in_words(self, row: Claimed, to: Recipient) -> Outgoing | None:
        """The message itself, made once for all who are told the same; None when it cannot be made."""
        key = (id(to.facts), to.kind, to.language or self._language)
        kept = self._words.get(key)
        if kept is not None and kept[0] is to.facts:
            return kept[1]
        try:
            message = pushes.render(to.kind, to.facts, translator(key[2], self._clock.now().year))
        except Exception as error:
            log.error("message %s of kind %s cannot be rendered", row.id, row.kind, exc_info=error)
            return None
        if len(self._words) >= RENDERED:
            self._words.clear()
        self._words[key] = (to.facts, message)
        return message

    # how it ended

    def _end(self, row: Claimed, state: str, reason: str = "", message_id: int | None = None) -> End:
        return End(row.id, state, reason, message_id, occurrence_id=row.occurrence_id)

    def _unsent(self, row: Claimed, reason: str) -> End:
        """It does not leave (now). Whatever an earlier try may have done stays what it is."""
        if reason in (PAUSED, NOT_OURS):
            now = instant(self._clock.now())
            return End(row.id, "pending", row.reason, not_before=now, untried=True, occurrence_id=row.occurrence_id)
        return self._end(row, "unknown", row.reason) if row.reason else self._end(row, "skipped", reason)

    def _rested(self, row: Claimed, chat_id: int) -> End:
        """Its chat has had enough for now: it waits in the queue, where it holds up nobody."""
        return self._again(row, self._telegram.pace.rest(chat_id), untried=True)

    def _again(self, row: Claimed, seconds: float, reason: str = "", *, untried: bool = False) -> End:
        return End(
            row.id,
            "pending",
            reason or row.reason,
            not_before=instant(self._clock.now() + dt.timedelta(seconds=seconds)),
            untried=untried,
            doubtful=bool(reason),
            occurrence_id=row.occurrence_id,
        )

    async def _ending(self, row: Claimed, chat_id: int, fate: Fate) -> End:
        wait = rest_after(row.tries)
        match fate:
            case Sent(message_id):
                return self._end(row, "sent", message_id=message_id)
            case Gone(reason):
                await self._note("a chat is gone", lambda: self._lost_contact(chat_id))
                return self._end(row, "failed", reason)
            case Rejected(description) if "message to edit not found" in description:
                return self._end(row, "failed", "vanished")
            case Rejected(description):
                log.error("message %s of kind %s was rejected: %s", row.id, row.kind, description)
                return self._end(row, "failed", "rejected")
            case Unknown(reason):
                # It may have arrived: not again at all, or not for ever.
                log.warning("message %s of kind %s may have arrived or not: %s", row.id, row.kind, reason)
                if row.once or row.crashes >= CRASHES:
                    return self._end(row, "unknown", LOST if row.once else "tries")
                return self._again(row, 2.0**row.crashes, LOST)
            case Migrated(new_id):
                await self._note("a group has moved", lambda: self._desk.follow(chat_id, new_id, self._clock.now()))
                return self._again(row, 0.0) if row.tries < TRIES else self._end(row, "failed", "migrated")
            case Retry(after):
                return self._again(row, max(after, wait))

    async def _note(self, what: str, write: Callable[[], Awaitable[object]]) -> None:
        """What is known now about a chat has to be written down before the message can end."""
        while True:
            try:
                await write()
                return
            except Unavailable as problem:
                log.error("nobody can write down that %s, the database is not available: %s", what, problem)
                await asyncio.sleep(self.pause)


class Away:
    """A Telegram that fails again and again is asked by one message at a time, ever more seldom, until it is back."""

    def __init__(self) -> None:
        self._failed = 0
        self._wait = 0.5
        self._until = 0.0

    def judge(self, fate: Fate) -> None:
        if not isinstance(fate, Retry | Unknown):
            if self._failed >= FAILING:
                log.info("Telegram is back")
            self._failed, self._wait = 0, 0.5
            return
        self._failed += 1
        if self._failed == FAILING:
            log.warning("Telegram takes nothing: it is asked by one message now and then until it does")
        # Those that fail together are one failure.
        if self._failed >= FAILING and (now := asyncio.get_running_loop().time()) >= self._until:
            self._wait = min(self._wait * 2, LONGEST_WAIT)
            self._until = now + self._wait

    def limit(self, room: int) -> int:
        if self._failed < FAILING:
            return room
        return min(room, 1) if asyncio.get_running_loop().time() >= self._until else 0
