"""A person checks in: in one line, step by step, in a plain sentence; corrects it, withdraws it."""

from tests.flows.conftest import Stage


async def test_one_line_is_recorded_at_once_and_answered_with_what_was_recorded(demo: Stage) -> None:
    person = demo.of("ZF005")
    answer = await person.says("/checkin 2.5 社区清扫")
    assert "已记录" in answer.text
    assert "2026年10月14日（周三）" in answer.text
    assert "2.5 小时" in answer.text
    assert "社区清扫" in answer.text
    assert "待审核" in answer.text
    assert [b.text for row in answer.buttons for b in row] == ["改", "照片", "撤回"]
