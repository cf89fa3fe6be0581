"""The outbox against the built-in server: every message comes to an end, and nobody gets it twice without need."""

import asyncio
import contextlib
import datetime as dt
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.clock import Clock, instant
from bot.pace import InHand, Lane
from bot.sandbox import Fault, Limits, Sandbox
from bot.sandbox.state import Event
from bot.sender import FAILING, IN_FLIGHT, Sender, most_flying
from bot.services.outbox import Desk, Recipient
from bot.telegram import Sent, Telegram
from bot.views import pushes
from bot.views.parts import Button, Outgoing
from storage import outbox
from storage.connect import opened
from storage.engine import Database, Unavailable
from storage.outbox import Intent
from storage.sending import CRASHES, Claimed
from tests.desk import Closed

TOKEN = "424242:TEST"
ZONE = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 10, 14, 10, 0, tzinfo=ZONE)


class Everybody(Desk):
    """A desk that knows everybody's address without looking it up."""

    def __init__(self, post: "Post", db: Any) -> None:
        super().__init__(db, frozenset())
        self._post = post

    async def look(self, rows: Sequence[Claimed]) -> dict[int, Recipient | str]:
        return {row.id: self._post.where(row) for row in rows}


class Post:
    """A sender, the people it writes to, and what became of each message."""

    def __init__(self, db: Database, server: Sandbox, telegram: Telegram) -> None:
        self.db, self.server, self.telegram = db, server, telegram
        self.clock = Clock(ZONE, NOW)
        self.rate = 100_000
        self.outage = 0  # so many transactions fail at first
        self.gone: list[int] = []
        self.skip: dict[int, str] = {}
        self.broken: dict[int, list[Exception]] = {}
        self.sender = self.new_sender()

    def new_sender(self) -> Sender:
        async def arrived(chat_id: int, message: Outgoing) -> None:
            return None

        self.desk = Everybody(self, Closed(self.db, self.outage) if self.outage else self.db)
        sender = Sender(
            self.desk, self.telegram, self.clock, InHand(), self._lost_contact, arrived, rate=self.rate, language="zh"
        )
        sender.pause = 0.001
        return sender

    def where(self, row: Claimed) -> Recipient | str:
        user_id = row.user_id or 0
        if planned := self.broken.get(user_id):
            raise planned.pop(0)
        return self.skip.get(user_id) or Recipient(user_id, None, row.kind, {"row": row.id})

    async def _lost_contact(self, chat_id: int) -> None:
        self.gone.append(chat_id)

    async def write(self, people: range, kind: str = "notice", **given: Any) -> None:
        async with self.db.write() as tx:
            await outbox.insert(tx, [Intent(f"k:{n}", kind, {}, user_id=n, **given) for n in people])

    async def column(self, sql: str) -> list[Any]:
        async with self.db.read() as tx:
            return [row[0] for row in await tx.fetch(sql)]

    async def states(self) -> dict[str, int]:
        return dict(
            Counter(
                await self.column("SELECT state || CASE WHEN reason = '' THEN '' ELSE ' ' || reason END FROM outbox")
            )
        )

    @contextlib.asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as tasks:
            run = tasks.create_task(self.sender.run())
            self.sender.wake()
            yield
            await self.sender.drain(1)
            run.cancel()

    async def until(self, done: Callable[[dict[str, int]], bool], seconds: float = 60) -> dict[str, int]:
        """The clock moves on, so that what is put off comes again."""
        async with asyncio.timeout(seconds):
            while not done(states := await self.states()):
                self.clock.move_to(self.clock.now() + dt.timedelta(seconds=20))
                self.sender.wake()
                await asyncio.sleep(0.01)
        return states

    def copies(self) -> Counter[int]:
        return Counter(
            m.chat_id for chat in self.server.world.chats for m in self.server.world.messages(chat) if m.from_bot
        )


def over(states: dict[str, int]) -> bool:
    return not {state.split()[0] for state in states} & {"pending", "sending"}


@pytest.fixture
async def post(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Post]:
    monkeypatch.setattr("bot.pace.CHAT_BURST", 1_000_000)
    said = {"notice": lambda facts, t: Outgoing(f"notice {facts['row']}", ((Button("ok", "x:1"),),))}
    monkeypatch.setattr(pushes, "VIEWS", said)
    server = Sandbox(TOKEN, limits=Limits.off())
    await server.start()
    for user_id in range(1, 301):
        server.world.add_user(user_id, "张伟", started=True)
    telegram = Telegram(server.url, TOKEN, 100_000)
    await telegram.open()
    async with opened(sqlite_url) as db:
        yield Post(db, server, telegram)
    await telegram.close()
    await server.stop()


async def test_everybody_gets_one(post: Post) -> None:
    await post.write(range(1, 301))
    async with post.at_work():
        assert await post.until(over) == {"sent": 300}
    assert post.copies() == Counter(range(1, 301))


async def test_when_all_answers_come_at_once_the_next_go_at_once(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody but the answers themselves wakes the sender here."""
    most = most_flying(100_000)
    asked, answered = 0, asyncio.Event()

    async def send(chat_id: int, message: Outgoing, lane: Lane) -> Sent:
        nonlocal asked, answered
        asked, mine = asked + 1, answered
        if asked % most == 0:
            asyncio.get_running_loop().call_later(0.05, answered.set)  # when nothing else is going on
            answered = asyncio.Event()
        await mine.wait()
        return Sent(chat_id)

    monkeypatch.setattr(post.telegram, "send", send)
    await post.write(range(1, 1 + 3 * most))
    async with post.at_work(), asyncio.timeout(60):
        while not over(await post.states()):
            await asyncio.sleep(0.01)
    assert await post.states() == {"sent": 3 * most}


async def test_those_who_cannot_be_reached_are_tried_once_and_listed(post: Post) -> None:
    for user_id in range(1, 21):
        post.server.world.block(user_id)
    for user_id in range(21, 41):
        post.server.world.deactivate(user_id)
    for user_id in range(41, 61):
        post.server.world.users[user_id].started = False
    post.skip = dict.fromkeys(range(61, 71), "left")
    await post.write(range(1, 201))
    async with post.at_work():
        states = await post.until(over)
    assert states == {
        "sent": 130, "failed blocked": 20, "failed deactivated": 20, "failed not_found": 20, "skipped left": 10
    }  # fmt: skip
    assert sum(states.values()) == 200, "planned is the sum of all ends"
    assert sorted(post.gone) == list(range(1, 61))
    assert max(Counter(call.chat_id for call in post.server.ledger).values()) == 1


async def test_before_delivery_any_trouble_is_tried_again_and_doubles_nothing(post: Post) -> None:
    for seed, kind in enumerate(("5xx", "502html")):
        post.server.faults.add(Fault(kind, method="sendMessage", times=None, probability=0.2, seed=seed))
    await post.write(range(1, 201))
    async with post.at_work():
        assert await post.until(over) == {"sent": 200}
    assert post.copies() == Counter(range(1, 201))


async def test_a_storm_of_429_ends_with_everybody_served_once(post: Post) -> None:
    post.server.faults.add(Fault("429", method="sendMessage", times=3, retry_after=1))
    await post.write(range(1, 31))
    async with post.at_work():
        assert await post.until(over) == {"sent": 30}
    assert post.copies() == Counter(range(1, 31))


async def test_an_answer_that_is_lost_doubles_a_notice_and_leaves_a_morning_message_unknown(post: Post) -> None:
    faults = [Fault(kind, method="sendMessage", times=None, probability=0.1, seed=5) for kind in ("lost", "cut_json")]
    for fault in faults:
        post.server.faults.add(fault)
    await post.write(range(1, 101))
    await post.write(range(101, 201), once=True)
    async with post.at_work():
        states = await post.until(over)
    lost = sum(count for state, count in states.items() if state.startswith("unknown"))
    assert states["sent"] + lost == 200 and lost > 0
    copies = post.copies()
    assert set(copies) == set(range(1, 201)), "nobody is left out"
    assert {copies[n] for n in range(101, 201)} == {1}, "at most once"
    assert sum(copies.values()) - 200 <= sum(fault.used for fault in faults), "no more than answers were lost"


async def test_a_message_whose_end_nobody_ever_learns_is_unknown_after_its_last_try(post: Post) -> None:
    post.server.faults.add(Fault("drop", method="sendMessage", times=None))
    await post.write(range(1, 3))
    async with post.at_work():
        states = await post.until(over)
    assert {state.split()[0] for state in states} == {"unknown"}
    assert len(post.server.ledger) == 2 * (CRASHES + 1), "whoever has three of them has enough"


@pytest.mark.parametrize(("tries", "shortest", "longest"), [(4, 0.1, 0.6), (8, 2, 30), (5000, 30, 70)])
async def test_whoever_meets_a_server_in_trouble_comes_again_soon_but_not_for_ever(
    post: Post, tries: int, shortest: float, longest: float
) -> None:
    """One call in five fails: nobody waits long for that. A thousand tries later the wait is still a minute."""
    await post.write(range(1, 2))
    async with post.db.write() as tx:
        await tx.execute("UPDATE outbox SET tries = ?", tries)
    post.server.faults.add(Fault("5xx", method="sendMessage"))
    began = instant(post.clock.now())
    async with post.at_work():
        while not post.server.ledger or await post.states() != {"pending": 1}:
            await asyncio.sleep(0.001)
        ended = instant(post.clock.now())
        (again,) = await post.column("SELECT not_before FROM outbox")
        assert shortest * 1000 <= again - began and again - ended <= longest * 1000
        assert await post.until(over) == {"sent": 1}


async def test_a_telegram_that_answers_nobody_does_not_use_up_everybodys_tries(post: Post) -> None:
    """Something in between takes every request and hangs up: for a notice of thousands that must not be its end."""
    silence = post.server.faults.add(Fault("drop", method="sendMessage", times=None))
    await post.write(range(1, 301))
    async with post.at_work():
        while silence.used <= FAILING or post.sender._flying:
            await asyncio.sleep(0.001)
        for _ in range(20):
            post.clock.move_to(post.clock.now() + dt.timedelta(minutes=5))
            post.sender.wake()
            await asyncio.sleep(0.01)
        post.server.faults.clear()
        states = await post.until(over)
    assert silence.used <= 2 * most_flying(100_000)
    assert states == {"sent": 300}


async def test_a_clock_that_runs_ahead_takes_nothing_out_of_the_senders_hand(post: Post) -> None:
    """Every lease has lapsed, time and again, while messages end, are written down and claimed once more."""
    post.server.faults.add(Fault("5xx", method="sendMessage", times=None, probability=0.3, seed=1))
    await post.write(range(1, 121))
    async with post.at_work():
        while not over(await post.states()):
            post.clock.move_to(post.clock.now() + dt.timedelta(minutes=2))
            await post.sender.tick(post.clock.now())
            await asyncio.sleep(0)  # a look at the database takes no turn of the loop
    assert post.copies() == Counter(range(1, 121))


async def test_a_message_of_ours_that_telegram_refuses_fails_and_stops_nobody(post: Post) -> None:
    post.server.faults.add(Fault("400:can't parse entities", method="sendMessage", chat_id=1, times=None))
    await post.write(range(1, 2))
    await post.write(range(2, 3), kind="no such kind")
    await post.write(range(3, 4))
    async with post.at_work():
        assert await post.until(over) == {"failed rejected": 1, "failed render": 1, "sent": 1}


async def test_what_is_too_late_is_skipped(post: Post) -> None:
    await post.write(range(1, 3), late_at=instant(NOW) - 1)
    await post.write(range(3, 5), late_at=instant(NOW) + 86_400_000)
    async with post.at_work():
        assert await post.until(over) == {"skipped late": 2, "sent": 2}


async def test_answers_leave_before_notices(post: Post) -> None:
    post.rate = 400  # the highest at which no more are in hand
    post.sender = post.new_sender()
    await post.write(range(1, 61), urgency=2)
    await post.write(range(61, 66), urgency=0)
    async with post.at_work():
        await post.until(over)
    order = [call.chat_id or 0 for call in post.server.ledger]
    assert max(order.index(n) for n in range(61, 66)) <= IN_FLIGHT


async def test_a_database_that_goes_away_loses_nothing_and_doubles_nothing(post: Post) -> None:
    post.broken = {n: [Unavailable("away")] * 2 for n in range(1, 21)}
    await post.write(range(1, 51))
    post.outage = 15
    post.sender = post.new_sender()
    async with post.at_work():
        assert await post.until(over) == {"sent": 50}
    assert post.copies() == Counter(range(1, 51))


async def test_a_stop_leaves_what_has_not_left_for_the_next_start(post: Post) -> None:
    await post.write(range(1, 201))

    def stop_after_ten(event: Event) -> None:
        post.sender._stopping = len(post.server.ledger) >= 10  # what `drain` says at once, at whatever moment it comes

    forget = post.server.world.subscribe(stop_after_ten)
    async with post.at_work():
        await post.until(lambda states: post.sender._stopping)
    forget()
    states = await post.states()  # what had been claimed has come to its end meanwhile, or waits for the next start
    assert set(states) <= {"sent", "pending", "sending"} and states["sent"] < 200
    post.telegram = again = Telegram(post.server.url, TOKEN, 100_000)
    await again.open()
    post.sender = post.new_sender()
    await post.sender.recover()
    async with post.at_work():
        assert await post.until(over) == {"sent": 200}
    await again.close()
    assert post.copies() == Counter(range(1, 201))
