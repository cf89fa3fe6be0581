"""A staff number is one person: another name under it is pointed out, and whoever has gone keeps his."""

from pathlib import Path

import pytest

from bot.i18n import translator
from bot.services import roster
from bot.views import roster_lines
from tests.flows.conftest import NOW, Person, Stage, value
from tests.flows.test_codes import switch
from tests.flows.test_roster import demo_rows, xlsx

GONE = "ZF003"  # 王凤英, retired


def rows(number: str, **cells: str) -> list[tuple[str, ...]]:
    at = {"name": 1, "department": 2, "status": 5}
    new = {at[name]: text for name, text in cells.items()}
    return [tuple(new.get(i, cell) for i, cell in enumerate(row)) if row[0] == number else row for row in demo_rows()]


async def name_of(stage: Stage, number: str) -> str:
    return str(await value(stage, "SELECT name FROM people WHERE staff_number = ?", number))


@pytest.mark.parametrize("status", ["", "请假", "离岗"])
async def test_a_newcomer_never_gets_the_number_and_with_it_the_account_and_hours_of_somebody_who_has_gone(
    demo: Stage, office: Person, tmp_path: Path, status: str
) -> None:
    file = xlsx(rows(GONE, name="李晓东", status=status))
    answer = await office.sends("r.xlsx", file)
    for piece in ("没有导入", f"工号“{GONE}”", "已离职或退休", "另一个工号", "里改姓名"):
        assert piece in answer.text
    assert "王凤英" not in answer.text, "an error repeats no name"
    (tmp_path / "r.xlsx").write_bytes(file)
    said = await roster.import_file(demo.app.db, tmp_path / "r.xlsx", NOW, dry_run=False)
    assert "另一个工号" in roster_lines.for_terminal(said, translator("zh"))
    assert await name_of(demo, GONE) == "王凤英"


async def test_who_comes_back_under_his_own_name_or_stays_away_under_a_mended_one_is_let_in(
    demo: Stage, office: Person
) -> None:
    assert "回到岗位 1 人" in (await office.sends("r.xlsx", xlsx(rows(GONE, status="")))).text
    assert "王凤瑛" in (await office.sends("r.xlsx", xlsx(rows(GONE, name="王凤瑛")))).text


async def test_somebody_who_goes_while_the_card_waits_keeps_his_number(
    demo: Stage, office: Person, colleague: Person
) -> None:
    card = await office.sends("r.xlsx", xlsx(rows("ZF008", name="李晓东")))
    await colleague.sends("s.xlsx", xlsx(rows("ZF008", status="退休")))
    await colleague.presses("✅ 导入")
    assert "另一个工号" in (await office.presses("✅ 导入", card)).text
    assert await name_of(demo, "ZF008") == "韩凤英"


async def test_another_name_under_a_number_is_pointed_out_also_of_somebody_who_moves(
    demo: Stage, office: Person
) -> None:
    answer = await office.sends("r.xlsx", xlsx(rows("ZF008", name="李晓东", department="财务处")))
    for piece in ("同一工号换了姓名", "韩凤英 → 李晓东", "另一个工号"):
        assert piece in answer.text
    assert "换了姓名" not in (await office.sends("r.xlsx", xlsx(rows("ZF008", department="财务处")))).text
    await office.says("/language en")
    answer = await office.sends("r.xlsx", xlsx(rows("ZF008", name="李晓东")))
    assert "another name" in answer.text and "韩凤英 → 李晓东" in answer.text


async def test_where_codes_stand_for_names_only_the_number_is_pointed_out(demo: Stage, office: Person) -> None:
    await switch(demo, "打开")
    answer = await office.sends("r.xlsx", xlsx(rows("ZF008", name="李晓东")))
    assert "同一工号换了姓名" in answer.text and "ZF008" in answer.text
    assert "李晓东" not in answer.text and "韩凤英" not in answer.text


async def test_in_chat_the_number_of_somebody_who_has_gone_is_said_to_be_so(demo: Stage, office: Person) -> None:
    await office.says("/roster")
    await office.presses("新增一人")
    answer = await office.says(f"{GONE} 李晓东 执法处 科员")
    for piece in ("王凤英", "已离职或退休", "另一个工号"):
        assert piece in answer.text
    assert "ZF103" in (await office.says("ZF103 李晓东 执法处 科员")).text, "it is simply sent again"
    assert "已新增" in (await office.presses("新增")).text
    await office.says("/roster")
    await office.presses("新增一人")
    assert "离职或退休" not in (await office.says("ZF008 李晓东 执法处 科员")).text
