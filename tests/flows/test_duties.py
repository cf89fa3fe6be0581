"""The morning message, the duties, the phrases."""

import datetime as dt

from tests.flows.conftest import NOW, Stage


async def plan(stage: Stage, moment: dt.datetime) -> None:
    """What the clock's tick does, at a moment of our choosing."""
    stage.move_to(moment)
    await stage.app._plan(moment)


async def test_the_morning_message_says_phrase_and_duty_of_the_day(demo: Stage) -> None:
    await plan(demo, NOW)
    person = demo.of("ZF005")
    message = await person.hears("今日文明用语")
    assert "10月14日　星期三" in message.text
    assert "今日职责" in message.text
    assert "想一想" in message.text
    assert [b.text for row in message.buttons for b in row] == ["已读", "今天做到了"]
    await person.presses("已读")
    assert [b.text for row in person.last.buttons for b in row] == ["✓ 已读", "今天做到了"]
