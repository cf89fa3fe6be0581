"""A sent message that is edited: into what cannot be read, into what is refused, and what then holds."""

import pytest

from bot.sandbox.state import SentMessage
from tests.flows.conftest import Person, Stage, labels
from tests.flows.test_checkins import count, forget


@pytest.fixture
async def person(demo: Stage) -> Person:
    await forget(demo)
    return demo.of("ZF005")


def own(person: Person) -> SentMessage:
    """The message that this person has sent last."""
    return next(m for m in reversed(person.stage.world.messages(person.id)) if not m.from_bot)


@pytest.mark.parametrize(
    ("edited", "why"),
    [
        ("/checkin 昨天 社区清扫", "没有看到服务时长"),
        ("/checkin 昨天 -3 社区清扫", "“-3”不对"),
        ("/checkin 2月30日 2 社区清扫", "没有“2月30日”这一天"),
        ("/checkin 昨天 前天 2 社区清扫", "一次只能记一条"),
        ("/checkin 明天 2 社区清扫", "还没有到"),
        ("/checkin 昨天 25 社区清扫", "一天最多 24 小时"),
        ("/checkin 2020-01-01 2 社区清扫", "最早可以补报到"),
        ("/checkin 昨天 2 " + "好" * 400, "300 字以内"),
        ("/checkin", "没有看到服务时长"),
    ],
)
async def test_an_edit_that_cannot_hold_says_that_the_old_record_stands(
    demo: Stage, person: Person, edited: str, why: str
) -> None:
    await person.says("/checkin 昨天 2.5 社区清扫")
    answer = await person.edits(own(person), edited)
    assert why in answer.text
    for piece in ("原来的记录没有变", "10月13日（周二）", "2.5 小时", "社区清扫", "再编辑", "撤回"):
        assert piece in answer.text
    assert "没有记录" not in answer.text, "there is a record"
    assert labels(answer) == ["改", "照片", "撤回"]
    assert await count(demo, "minutes = 150 AND text = '社区清扫' AND state = 'submitted'") == 1
    assert "已更正" in (await person.edits(own(person), "/checkin 昨天 3 社区清扫")).text
    assert await count(demo, "minutes = 180") == 1


async def test_an_edit_of_what_is_confirmed_shows_it_and_whom_to_ask(demo: Stage, person: Person) -> None:
    await person.says("/checkin 昨天 2.5 社区清扫")
    said = own(person)
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE checkins SET state = 'confirmed'")
    answer = await person.edits(said, "/checkin 昨天 abc")
    for piece in ("原来的记录没有变", "10月13日（周二）", "2.5 小时", "已确认", "创建办"):
        assert piece in answer.text
    assert labels(answer) == []


async def test_the_same_in_english(person: Person) -> None:
    await person.says("/language en")
    await person.says("/checkin yesterday 2.5 park cleanup")
    answer = await person.edits(own(person), "/checkin yesterday park cleanup")
    for piece in ("I did not find the hours", "stands as it was", "Tue 13 October", "2.5 h", "Withdraw"):
        assert piece in answer.text
    assert "othing was recorded" not in (await person.edits(own(person), "/checkin tomorrow 2 park cleanup")).text


async def test_a_change_that_is_refused_speaks_of_a_change(person: Person) -> None:
    await person.says("/checkin 昨天 2 植树")
    await person.presses("改")
    await person.presses("改日期")
    assert "不能提前打卡，没有更正" in (await person.says("明天")).text
    assert "还没有更正" in (await person.says("昨夜星辰")).text
    await person.presses("昨天")
    await person.presses("改")
    await person.presses("改时长")
    assert "一天以内的时长，没有更正" in (await person.says("25")).text
