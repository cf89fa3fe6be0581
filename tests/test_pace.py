"""The pace of sending, in an event loop whose time jumps from one deadline to the next."""

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.pace import BORROWED, CHAT_BURST, GRAIN, GROUP_MINUTE, Lane, Pace
from bot.sandbox import rules

RATE = 28.0
SLACK = 2 * GRAIN
Left = list[tuple[float, int, Lane]]


class Jumping(asyncio.SelectorEventLoop):
    """Nobody waits: when nothing is ready, time is at once that of the next deadline."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 1000.0
        select = self._selector.select

        def jump(timeout: float | None) -> list[Any]:
            ready: list[Any] = select(0)
            if not ready and timeout:
                self.seconds += timeout
            return ready

        self._selector.select = jump

    def time(self) -> float:
        return self.seconds


def played(scene: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    with asyncio.Runner(loop_factory=Jumping) as runner:
        return runner.run(scene())


async def send_all(pace: Pace, calls: list[tuple[float, int, Lane]]) -> Left:
    """Ask for a slot at each moment; what left when."""
    loop = asyncio.get_running_loop()
    start, left = loop.time(), Left()

    async def one(at: float, chat: int, lane: Lane) -> None:
        await asyncio.sleep(start + at - loop.time())
        await pace.slot(chat, lane)
        left.append((loop.time() - start, chat, lane))

    async with asyncio.TaskGroup() as tasks:
        for at, chat, lane in calls:
            tasks.create_task(one(at, chat, lane))
    return left


def most_within(moments: list[float], seconds: float) -> int:
    """The largest number of moments in any stretch of that length."""
    moments, first, most = sorted(moments), 0, 0
    for last, at in enumerate(moments):
        while at - moments[first] >= seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


CALLS = st.lists(
    st.tuples(
        st.floats(0, 20),
        st.one_of(st.integers(1, 3), st.integers(1, 500), st.sampled_from([-100, -200])),
        st.sampled_from([Lane.ANSWER, Lane.UNASKED]),
    ),
    max_size=150,
)


@settings(max_examples=60, deadline=None)
@given(CALLS)
@example([(0.0, -100, Lane.UNASKED)] * 60)
@example([(0.0, 7, Lane.ANSWER)] * 12 + [(0.0, n, Lane.UNASKED) for n in range(100, 200)])
def test_no_limit_is_ever_passed_whatever_is_asked_when(calls: list[tuple[float, int, Lane]]) -> None:
    left = played(lambda: send_all(Pace(RATE), calls))
    assert len(left) == len(calls), "everything leaves in the end"
    assert most_within([at for at, _, _ in left], 1.0) <= RATE + 1 + BORROWED
    chats = defaultdict(list)
    for at, chat, _ in left:
        chats[chat].append(at)
    for chat, moments in chats.items():
        for seconds in (1, 5, 10):
            assert most_within(moments, seconds - SLACK) <= CHAT_BURST + seconds
        if chat < 0:
            assert most_within(moments, 60) <= GROUP_MINUTE
    clock = [0.0]
    server = rules.Pace(rules.Limits(burst=5), lambda: clock[0])
    for at, chat, _ in left:
        clock[0] = at
        server.take(chat)  # raises what Telegram would answer


def test_a_thousand_calls_leave_at_exactly_the_rate() -> None:
    left = played(lambda: send_all(Pace(RATE), [(0.0, chat, Lane.UNASKED) for chat in range(1, 1001)]))
    assert left[-1][0] == pytest.approx(999 / RATE, abs=2 / RATE)
    gaps = [after - before for (before, _, _), (after, _, _) in itertools.pairwise(left)]
    assert min(gaps) >= 1 / RATE - SLACK


def test_answers_go_before_everything_else_and_keep_their_own_order() -> None:
    calls = [(0.0, chat, Lane.UNASKED) for chat in range(1, 101)]
    calls += [(1.0 + chat / 10_000, chat, Lane.ANSWER) for chat in range(201, 221)]
    left = played(lambda: send_all(Pace(RATE), calls))
    answers = [(at, chat) for at, chat, lane in left if lane is Lane.ANSWER]
    assert [chat for _, chat in answers] == list(range(201, 221))
    assert answers[-1][0] <= 1.0 + 21 / RATE + SLACK


def test_an_answer_does_not_wait_behind_a_broadcast_and_the_broadcast_gives_its_turn_back() -> None:
    calls = [(0.0, chat, Lane.UNASKED) for chat in range(1, 281)]
    calls += [(at + 0.001, 1000 + at, Lane.ANSWER) for at in range(1, 9)]
    left = played(lambda: send_all(Pace(RATE), calls))
    for at, chat, lane in left:
        if lane is Lane.ANSWER:
            assert at - (chat - 1000 + 0.001) <= SLACK
    assert left[-1][0] == pytest.approx(287 / RATE, abs=2 / RATE), "all together no faster than the rate"


def test_no_answer_is_ahead_of_what_a_429_asks_for() -> None:
    async def scene() -> Left:
        pace = Pace(RATE)
        for chat in range(1, 4):
            await pace.slot(chat, Lane.UNASKED)
        pace.hold(5.0)
        assert pace.held() == pytest.approx(5.0, abs=SLACK)
        return await send_all(pace, [(0.0, chat, Lane.ANSWER) for chat in range(11, 21)])

    assert min(at for at, _, _ in played(scene)) >= 5.0 - SLACK


def test_a_chat_may_have_three_at_once_and_then_one_a_second() -> None:
    left = played(lambda: send_all(Pace(RATE), [(0.0, 7, Lane.ANSWER)] * 6))
    assert [round(at) for at, _, _ in left] == [0, 0, 0, 1, 2, 3]


def test_a_busy_chat_does_not_hold_up_the_others() -> None:
    calls = [(0.0, 7, Lane.ANSWER)] * 30 + [(0.5, 8, Lane.UNASKED)]
    left = played(lambda: send_all(Pace(RATE), calls))
    assert next(at for at, chat, _ in left if chat == 8) <= 0.5 + 1 / RATE + SLACK


def test_nothing_leaves_before_a_429_allows_it() -> None:
    async def scene() -> Left:
        pace = Pace(RATE)
        asyncio.get_running_loop().call_later(0.1, pace.hold, 5.0)
        return await send_all(pace, [(0.0, chat, Lane.UNASKED) for chat in range(1, 21)])

    late = [at for at, _, _ in played(scene) if at > 0.1]
    assert late and min(late) >= 5.1 - SLACK
    assert min(late) <= 5.1 + SLACK, "and then at once"


@pytest.mark.parametrize("chat", [7, -100])
def test_a_chat_is_held_for_itself_even_when_its_messages_wait_already(chat: int) -> None:
    async def scene() -> Left:
        pace = Pace(RATE)
        asyncio.get_running_loop().call_later(0.1, pace.hold, 300.0, chat)
        others = [(0.0, n, Lane.ANSWER) for n in range(1001, 1021)]
        return await send_all(pace, [*others, *[(0.0, chat, Lane.UNASKED)] * 3, (1.0, 9, Lane.UNASKED)])

    left = played(scene)
    assert min(at for at, to, _ in left if to == chat) >= 300.1 - SLACK
    assert max(at for at, to, _ in left if to != chat) <= 2.0


def test_a_caller_who_gives_up_takes_nobodys_turn() -> None:
    async def scene() -> float:
        pace = Pace(RATE)
        loop = asyncio.get_running_loop()
        start = loop.time()
        async with asyncio.TaskGroup() as tasks:
            waiting = [tasks.create_task(pace.slot(chat, Lane.ANSWER)) for chat in range(1, 101)]
            last = tasks.create_task(pace.slot(500, Lane.UNASKED))
            await asyncio.sleep(0)
            for task in waiting[1:]:
                task.cancel()
            await last
        return loop.time() - start

    assert played(scene) <= (1 + BORROWED) / RATE + SLACK, "those that left before he gave up had their turn"


def test_somebody_who_wakes_earlier_than_the_one_before_is_not_forgotten() -> None:
    async def scene() -> Left:
        pace = Pace(RATE)
        pace.hold(100.0, 7)
        return await send_all(pace, [(0.0, 7, Lane.ANSWER), (1.0, 8, Lane.ANSWER), (1.1, 9, Lane.ANSWER)])

    assert [chat for at, chat, _ in played(scene) if at < 2] == [8, 9]


def test_quiet_chats_are_forgotten() -> None:
    async def scene() -> int:
        pace = Pace(1_000_000)
        for chat in range(1, 20_003):
            await pace.slot(chat, Lane.ANSWER)
            if chat == 20_000:
                await asyncio.sleep(5)
        return len(pace._chats)

    assert played(scene) <= 10
