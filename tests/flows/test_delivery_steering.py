"""A sending under way: the live message, pause, go on, stop, the first few, a death in the middle."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import pytest

from bot.sandbox import Fault
from bot.sandbox.state import SentMessage
from tests.flows import sending
from tests.flows.conftest import NOW, PATIENCE, Person, Stage, labels, playing, rows
from tests.flows.sending import TEXT, at_rest, begun, followed, got, sums, without_mornings


@pytest.fixture
async def slow(tmp_path: Path, seeded: Path) -> AsyncIterator[Stage]:
    """The demo unit with a bot that sends 25 messages a second: there is a middle to do something in."""
    async with playing(tmp_path, seeded, rate_per_second=25) as opened:
        yield opened


@pytest.fixture
async def office(slow: Stage) -> Person:
    await without_mornings(slow)
    return slow.of("BG002")


async def some_sent(stage: Stage, count: int = 5) -> None:
    async with asyncio.timeout(PATIENCE):
        while got(stage).total() < count:
            await asyncio.sleep(0.005)


async def ended(stage: Stage) -> None:
    """To its end, which needs no middle any more."""
    stage.app.telegram.pace._interval = 0.001
    await sending.ended(stage)


async def live(office: Person) -> SentMessage:
    await followed(office.stage)
    return await office.hears("📮 通知 №1")


async def state_of(stage: Stage) -> str:
    ((state,),) = await rows(stage, "SELECT state FROM notices")
    return str(state)


async def test_after_the_answer_to_stop_nothing_leaves(slow: Stage, office: Person) -> None:
    await begun(office)
    await some_sent(slow)
    await office.presses("停止", await live(office))
    answered = len(slow.sandbox.ledger)
    answer = await office.hears("已停止，不再发出")
    (counts,) = sums(answer.text)
    assert counts["计划"] == 51 and counts["跳过"] > 0 and counts["送达"] == got(slow).total()
    await ended(slow)
    await at_rest(slow)
    after = [c for c in slow.sandbox.ledger[answered:] if c.chat_id != office.id]
    assert not [c for c in after if c.method == "sendMessage" and "📢" in str(c.params.get("text"))]
    assert await state_of(slow) == "stopped"
    page = await office.hears("已停止")
    assert sums(page.text) == [counts] and "已停止或暂停" in page.text


async def test_fifty_taps_on_stop_are_one_stop(slow: Stage, office: Person) -> None:
    await begun(office)
    await some_sent(slow)
    message = await live(office)
    data = next(b.data for row in message.buttons for b in row if "停止" in b.text)
    for _ in range(50):
        slow.world.press_raw(office.id, message.id, str(data))
    await slow.settled()
    await ended(slow)
    (counts,) = sums((await office.hears("已停止")).text)
    assert counts["送达"] == got(slow).total() and set(got(slow).values()) == {1}
    assert await rows(slow, "SELECT COUNT(*) FROM audit WHERE action = 'notice-stopped'") == [(1,)]


async def test_what_is_paused_stands_still_and_goes_on_where_it_stood(slow: Stage, office: Person) -> None:
    await begun(office)
    await some_sent(slow)
    await office.presses("暂停", await live(office))
    paused = await office.hears("已暂停")  # he is one of those who get the notice: it may be the last that he sees
    assert {"▶️ 继续", "⏹ 停止"} <= set(labels(paused))
    sent = got(slow).total()
    await slow.restart_bot()
    await at_rest(slow)
    await followed(slow)
    assert got(slow).total() == sent < 51
    assert "继续发送" in (await office.presses("继续", paused)).text
    await ended(slow)
    (counts,) = sums((await office.hears("已发完")).text)
    assert counts["送达"] == 51 == got(slow).total() and set(got(slow).values()) == {1}


async def test_stale_buttons_say_how_it_is(slow: Stage, office: Person) -> None:
    await begun(office)
    await some_sent(slow)
    message = await live(office)
    pause, stop = (next(str(b.data) for r in message.buttons for b in r if w in b.text) for w in ("暂停", "停止"))
    await office.forges(stop, message)
    await ended(slow)
    for data in (pause, stop, "dl:resume:1:0"):
        slow.world.press_raw(office.id, message.id, data)
    shown = await office.hears("情况已有变化")
    assert shown.id == message.id and "已停止" in shown.text
    await office.says("/help")
    assert await state_of(slow) == "stopped"


async def test_a_leader_of_another_department_stops_nothing(slow: Stage, office: Person) -> None:
    await begun(office)
    await some_sent(slow)
    other = slow.of("RS001")
    said = await other.says("/help")
    assert "失效" in (await other.forges("dl:stop:1:0", said)).text
    await ended(slow)
    assert got(slow).total() == 51


async def test_the_live_message_is_edited_at_most_once_in_three_seconds(slow: Stage, office: Person) -> None:
    await begun(office)
    message = await live(office)
    while await state_of(slow) == "sending":
        await followed(slow)
        await asyncio.sleep(0.05)
    await ended(slow)
    edits = [c for c in slow.sandbox.calls("editMessageText", office.id) if c.params["message_id"] == message.id]
    moments = [c.accepted_at for c in edits[:-1]]  # the last one tells the end, whenever that is
    assert all(after - before >= 2.9 for before, after in pairwise(moments))
    assert "已发完" in (await office.hears("已发完")).text and edits


async def test_a_text_that_telegram_refuses_stops_at_the_first_few_and_goes_on_when_mended(
    slow: Stage, office: Person
) -> None:
    await office.says(f"/notice {TEXT}")
    await office.presses("预览并发送")
    for first in range(1001, 1006):
        slow.sandbox.faults.add(Fault("400:can't parse entities: unsupported tag", "sendMessage", first, times=None))
    await office.presses("发送（", office.last)
    told = await office.hears(r"№\d+ 先发的几条没有发成")
    assert "Telegram 不接受这条消息" in told.text
    await at_rest(slow)
    assert got(slow).total() <= 3
    slow.sandbox.faults.clear()
    page = await office.presses("查看通知", told)
    assert "已自动暂停" in page.text and {"✏️ 更正", "▶️ 继续", "⏹ 停止"} <= set(labels(page))
    await office.presses("更正", page)
    preview = await office.says("改好了的通知")
    await office.presses("确定更正", preview)
    await office.presses("继续", office.last)
    await ended(slow)
    page = await office.hears("已发完")
    (counts,) = sums(page.text)
    assert counts["计划"] == 51 == sum(counts.values()) - 51
    assert got(slow, "改好了的通知").total() >= 48 and counts["送达"] == len(got(slow) | got(slow, "改好了的通知"))


async def test_a_restart_in_the_middle_loses_and_repeats_nothing_and_the_live_message_goes_on(
    slow: Stage, office: Person
) -> None:
    await begun(office)
    await some_sent(slow)
    message = await live(office)
    await slow.restart_bot()
    await ended(slow)
    page = await office.hears("已发完")
    assert page.id == message.id
    assert sums(page.text)[0]["送达"] == 51 == got(slow).total() and set(got(slow).values()) == {1}


async def test_a_process_that_dies_repeats_at_most_what_was_in_flight(slow: Stage, office: Person) -> None:
    await begun(office)
    await some_sent(slow)
    await slow.restart_bot()
    async with slow.app.db.write() as tx:  # as if a process had died that had these in hand
        await tx.execute(
            "UPDATE outbox SET state = 'sending', owner = 'the dead one', lease_until = 1 WHERE id IN"
            " (SELECT id FROM outbox WHERE kind = 'notice' AND state = 'sent' ORDER BY id LIMIT 4)"
        )
    await slow.restart_bot()
    await ended(slow)
    (counts,) = sums((await office.hears("已发完")).text)
    assert counts["送达"] == 51 == len(got(slow))
    assert got(slow).total() <= 51 + 4


async def test_the_time_left_is_that_of_the_limit_and_of_a_telegram_that_waits(
    slow: Stage, office: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begun(office)
    message = await live(office)
    assert "预计还要" in message.text and "每秒 25 条" in message.text
    monkeypatch.setattr(slow.app.telegram.pace, "held", lambda: 3000.0)
    page = await office.presses("刷新", message)
    assert "预计还要" in page.text and "分钟" in page.text


async def test_the_sender_who_lost_his_role_steers_nothing_any_more(slow: Stage, office: Person) -> None:
    await begun(office)
    await some_sent(slow)
    message = await live(office)
    async with slow.app.db.write() as tx:
        await tx.execute("UPDATE people SET role = 'staff' WHERE staff_number = 'BG002'")
    assert "失效" in (await office.presses("停止", message)).text
    await ended(slow)
    assert got(slow).total() == 51


async def test_two_notices_share_the_pace_and_both_end(slow: Stage, office: Person) -> None:
    await begun(office, text="第一条通知")
    await begun(slow.of("BG003"), text="第二条通知")
    await ended(slow)
    assert got(slow, "第一条通知").total() == 51 == got(slow, "第二条通知").total()
    for person in (office, slow.of("BG003")):
        assert sums((await person.hears("已发完")).text)[0]["送达"] == 51


async def test_it_goes_on_a_day_later_after_a_long_pause(slow: Stage, office: Person) -> None:
    await begun(office)
    await some_sent(slow)
    await office.presses("暂停", await live(office))
    slow.move_to(NOW + dt.timedelta(days=1))
    await office.presses("继续", await office.hears("已暂停"))
    await ended(slow)
    assert got(slow).total() == 51
