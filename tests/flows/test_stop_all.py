"""全部停发: the day on which somebody's account is in the wrong hands."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.pace import Lane, Pace
from tests.flows.conftest import Stage, labels, playing, rows
from tests.flows.sending import begun, without_mornings


class Unhurried(Pace):
    """Answers leave at once, everything else at its rate."""

    async def slot(self, chat_id: int, lane: Lane) -> bool:
        return lane is Lane.ANSWER or await super().slot(chat_id, lane)


@pytest.fixture
async def busy(tmp_path: Path, seeded: Path) -> AsyncIterator[Stage]:
    """Two notices of a leader are leaving, slowly, and one of the office waits for its hour."""
    async with playing(tmp_path, seeded) as stage:
        await without_mornings(stage)
        stage.app.telegram.pace = Unhurried(2)
        office = stage.of("BG002")
        await office.says("/notice 明天开会")
        await office.presses("时间")
        await office.says("明天9点")
        await office.presses("预览并发送")
        await office.presses("定于")
        for text in ("请大家转发", "请马上付款"):
            await begun(stage.of("ZF001"), text=text)
        yield stage


async def states(stage: Stage) -> list[str]:
    return [row[0] for row in await rows(stage, "SELECT state FROM notices ORDER BY id")]


async def test_the_office_stops_everything_with_two_taps_and_nothing_leaves_afterwards(busy: Stage) -> None:
    office = busy.of("BG003")
    listed = await office.says("/notice")
    assert "⏹ 全部停发（3 条）" in labels(listed)
    asked = await office.presses("全部停发", listed)
    assert "共 3 条" in asked.text
    done = await office.presses("确定全部停发", asked)
    assert "停止 2 条" in done.text and "1 条定时通知退回草稿" in done.text
    assert await states(busy) == ["draft", "stopped", "stopped"]
    assert not await rows(busy, "SELECT 1 FROM outbox WHERE kind = 'notice' AND state IN ('pending', 'sending')")
    assert len(await rows(busy, "SELECT 1 FROM audit WHERE action = 'notice-stopped'")) == 2
    assert await rows(busy, "SELECT after FROM audit WHERE action = 'notice-held'") == [("stopped",)]
    assert "有人点了“全部停发”" in (await busy.of("BG002").hears("没有发出")).text
    again = await office.forges("nt:stop-all-yes:0:0:0")
    assert "没有正在发送的" in again.text
    assert not [label for label in labels(await office.says("/notice")) if "全部停发" in label]


async def test_a_leader_stops_what_is_his_and_nobody_elses(busy: Stage) -> None:
    leader = busy.of("ZF001")
    assert "⏹ 全部停发（2 条）" in labels(await leader.says("/notice"))
    await leader.presses("全部停发")
    await leader.presses("确定全部停发")
    assert await states(busy) == ["scheduled", "stopped", "stopped"]


async def test_in_english_too(busy: Stage) -> None:
    owner = busy.owner()
    await owner.says("/language")
    await owner.presses("English")
    await owner.says("/notice")
    assert "3 in all" in (await owner.presses("Stop all")).text
    assert "2 stopped, 1 scheduled one is a draft again" in (await owner.presses("Yes, stop all")).text
