"""/report: what a leader of the campaign and a leader of a department see, and what they do not."""

from tests.flows.conftest import Stage


async def test_report_alone_is_this_year_of_the_whole_unit(demo: Stage) -> None:
    answer = await demo.owner().says("/report")
    assert "示例单位 · 2026年" in (answer.caption or answer.text)
