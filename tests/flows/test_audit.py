"""/audit: the owner looks up who did what; nobody else does."""

import re
from pathlib import Path

import pytest

from bot.services import audit as service
from storage.beside import Journals
from tests.flows.conftest import Stage


async def test_the_owner_sees_what_was_done_last_by_whom(demo: Stage) -> None:
    owner = demo.owner()
    await owner.says("/settings")
    await owner.presses("参与率目标")
    await owner.says("40")
    shown = await owner.says("/audit")
    assert "操作记录" in shown.text and "设置" in shown.text and "（参与率目标）：30% → 40%" in shown.text


async def test_nobody_else_may_look(demo: Stage) -> None:
    for number in ("ZF005", "ZF001"):
        answer = await demo.of(number).says("/audit")
        assert "操作记录</b>" not in answer.text and "末条编号" not in answer.text
    await demo.owner().says("/audit")
    answer = await demo.of("ZF005").forges("audit:page:0:::0")
    assert "末条编号" not in answer.text


async def test_a_person_an_action_and_a_date_can_be_looked_for(demo: Stage) -> None:
    staff, owner = demo.of("ZF005"), demo.owner()
    await staff.says("/mydata")
    found = await owner.says("/audit ZF005")
    assert "导出" in found.text and "ZF005" in found.text
    assert "导出" in (await owner.says("/audit 导出 2026-10-14")).text
    assert "没有符合条件的记录" in (await owner.says("/audit 导出 2026-09")).text
    assert "没有符合条件的记录" in (await owner.says("/audit review")).text
    assert "不是花名册上的" in (await owner.says("/audit 子虚乌有")).text
    for never in ("2026-13", "9999-12", "9999-12-31", "0000-01-01"):
        assert "不是花名册上的" in (await owner.says(f"/audit {never}")).text


async def test_of_two_of_one_name_the_staff_numbers_are_told_and_one_of_them_finds_his_acts(demo: Stage) -> None:
    owner = demo.owner()
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET name = '沈志强' WHERE staff_number = 'ZF006'")
    await demo.of("ZF006").says("/mydata")
    await owner.says("/audit")
    await owner.presses("查找")
    assert (await owner.says("沈志强 2026-10")).text == "有多位“沈志强”，请用工号查找：ZF005 / ZF006。"
    assert "导出" in (await owner.says("/audit ZF006 2026-10")).text
    await owner.says("/language en")
    assert "use the staff number: ZF005 / ZF006" in (await owner.says("/audit 沈志强")).text


async def test_the_search_can_be_asked_for_with_a_button_and_left(demo: Stage) -> None:
    owner = demo.owner()
    await demo.of("ZF005").says("/mydata")
    await owner.says("/audit")
    assert "请发送要查找的内容" in (await owner.presses("查找")).text
    await demo.restart_bot()
    assert "导出" in (await owner.says("ZF005")).text
    assert "操作记录" in (await owner.presses("全部")).text


@pytest.mark.parametrize(
    ("language", "ask", "word", "found"), [("zh", "查找", "导出", "ZF005"), ("en", "Find", "leave", "No entry fits")]
)
async def test_the_prompt_says_how_to_look_for_an_action_that_is_called_like_a_command(
    demo: Stage, language: str, ask: str, word: str, found: str
) -> None:
    """The bare word is a command also here: it may have come from the keyboard."""
    owner = demo.owner()
    await demo.of("ZF005").says("/mydata")
    await owner.says(f"/language {language}")
    await owner.says("/audit")
    assert f"/audit {word}" in (await owner.presses(ask)).text
    assert found not in (await owner.says(word)).text
    assert found in (await owner.says(f"/audit {word}")).text


async def test_long_audits_have_pages(demo: Stage) -> None:
    owner, staff = demo.owner(), demo.of("ZF005")
    for _ in range(10):
        await staff.says("/mydata")
    first = (await owner.says("/audit")).text
    second = (await owner.presses("›")).text
    numbers = [[int(n) for n in re.findall(r"^(\d+)　", page, re.MULTILINE)] for page in (first, second)]
    assert numbers[0] + numbers[1] == list(range(max(numbers[0]), 0, -1)) and f"共 {max(numbers[0])} 条" in first
    assert (await owner.presses("‹")).text == first


async def test_what_was_done_reads_in_words_as_the_pages_call_it(demo: Stage) -> None:
    owner, office = demo.owner(), demo.of("BG002")
    await office.says("/notice 明天检查")
    await office.presses("发送")
    await office.says("/schedule")
    await office.presses("月度安排总结")
    await office.presses("暂停")
    await office.says("/remind")
    await office.presses("提醒")
    shown = (await owner.says("/audit")).text
    assert "暂停计划（月度安排总结）" in shown
    assert re.search(r"提醒（全单位、2026年第四季度）：\d+ 人", shown)
    assert "–" not in shown and "quarter:" not in shown and "plan:" not in shown and "active" not in shown
    await demo.restart_bot()
    await owner.says("/language en")
    assert "plan paused (" in (await owner.says("/audit")).text


async def test_it_speaks_english_too(demo: Stage) -> None:
    owner = demo.owner()
    await owner.says("/language en")
    assert "Last entry" in (await owner.says("/audit")).text


async def test_a_review_is_written_down_and_the_chain_holds(demo: Stage, tmp_path: Path) -> None:
    staff = demo.of("ZF005")
    await staff.says("/checkin 2 社区清扫")
    leader = demo.of("ZF001")
    await leader.says("/pending")
    await leader.presses("确认")
    async with demo.app.db.read() as tx:
        acts = [row[0] for row in await tx.fetch("SELECT action FROM audit ORDER BY id")]
    assert "review-confirm" in acts
    chain = await service.examine(demo.app.db, Journals(tmp_path / "wenming.db"))
    assert chain.broken == 0 and chain.rows == len(acts)
