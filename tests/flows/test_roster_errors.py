"""What a roster file is told of each of its mistakes, and of what finds no room in the answer."""

import pytest

from bot.domain.roster import Wrong
from bot.i18n import LANGUAGES
from tests.flows.conftest import Person, Stage
from tests.flows.test_roster import HEADER, demo_rows, xlsx

# Of what a cell may have: the number of the row, the cells, and what is said in each language.
MISTAKES = {
    Wrong.EMPTY: (("A01", "", "办公室"), "“姓名”没有填", "is empty"),
    Wrong.TOO_LONG: (("A02", "长" * 41, "办公室"), "“姓名”太长，请写短些", "shorten it"),
    Wrong.CONTROL_CHARACTER: (("A03", "甲\u202e乙", "办公室"), "不可见的字符，请重新输入", "type it again"),
    Wrong.FORMULA: (("A04", "=1+1", "办公室"), "请改为文字", "make it text"),
    Wrong.BAD_NUMBER: (("A;05", "甲", "办公室"), "工号“A;05”不合格式，只能有字母、数字", "letters and digits"),
    Wrong.PRIVATE_NUMBER: (("13800138000", "甲", "办公室"), "请换成单位内部的工号", "institution's own numbers"),
    Wrong.PRIVATE: (
        ("A07", "甲", "办公室", "处长 13800138000"),
        "“职务”里像是有身份证号或手机号码，请删去",
        "take it out",
    ),
    Wrong.GONE_NUMBER: (("ZF003", "李晓东", "执法处"), "请给另一个工号", "another number"),
    Wrong.DUPLICATE_NUMBER: (("A09", "甲", "办公室"), "与第 2 行重复", "already in row 2"),
    Wrong.BAD_NAME: (("A10", "—", "办公室"), "姓名“—”里没有一个文字", "no letter in it"),
    Wrong.BAD_PATH: (("A11", "甲", "综合处//办公室"), "各级名称之间用一个“/”", "one “/” between the levels"),
    Wrong.TOO_DEEP: (("A12", "甲", "1/2/3/4/5/6/7"), "层级太多，最多六级", "six at the most"),
    Wrong.UNKNOWN_ROLE: (("A13", "甲", "办公室", "", "<皇帝>"), "角色“<皇帝>”不认识，请填", "use 职工"),
    Wrong.UNKNOWN_STATUS: (("A14", "甲", "办公室", "", "", "休假"), "状态“休假”不认识，请填", "use 在职"),
}
OF_THE_SHEET = {Wrong.MISSING_COLUMN, Wrong.DUPLICATE_COLUMN, Wrong.NO_PEOPLE, Wrong.MERGED}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_mistake_that_a_row_may_have_is_said_with_what_to_do(
    demo: Stage, office: Person, language: str
) -> None:
    assert MISTAKES.keys() | OF_THE_SHEET == set(Wrong)
    await office.says(f"/language {language}")
    rows = [("A09", "甲", "办公室"), *(cells for cells, *_ in MISTAKES.values())]
    answer = (await office.sends("r.xlsx", xlsx(rows))).text
    for row, (_, *said) in enumerate(MISTAKES.values(), 3):
        line = next(one for one in answer.split("\n") if one.startswith((f"第 {row} 行：", f"Row {row}: ")))
        assert said[LANGUAGES.index(language)] in line
    assert "13800138000" not in answer and not any(f"“{kind}" in answer for kind in Wrong)


async def test_of_many_mistakes_the_first_are_named_and_the_others_counted(demo: Stage, office: Person) -> None:
    bad = xlsx([(f"A{n:02}", "", "办公室") for n in range(40)])
    answer = (await office.sends("r.xlsx", bad)).text
    assert "有 40 处问题" in answer and "……另有 25 处。" in answer and answer.count("没有填") == 15
    await office.says("/language en")
    assert "… and 25 more." in (await office.sends("r.xlsx", bad)).text


async def test_columns_that_nobody_knows_are_named_before_anything_is_kept(demo: Stage, office: Person) -> None:
    file = xlsx([(*row, "138", "x") for row in demo_rows()[:-1]], (*HEADER, "手机", "<备注>"))
    assert "以下列不认识，不会保存：手机、<备注>" in (await office.sends("r.xlsx", file)).text
    await office.says("/language en")
    assert "not kept: 手机, <备注>" in (await office.sends("r.xlsx", file)).text


@pytest.mark.parametrize(("language", "told"), [("zh", "其余请看“全部变化”表格"), ("en", "in the table “All changes”")])
async def test_what_finds_no_room_in_the_message_is_in_the_table(
    demo: Stage, office: Person, language: str, told: str
) -> None:
    await office.says(f"/language {language}")
    deep, rows = "/".join("很" * 40 for _ in range(6)), [row for row in demo_rows() if row[0] != "ZF003"]
    left = [(n, "长" * 40, deep, "长" * 60, "", "离职") for n, *_ in rows[:20]]
    changed = [(n, name, place, "长" * 60, "领导小组", "请假") for n, name, place, *_ in rows[20:45]]
    moved = [(n, name, deep, *rest) for n, name, _, *rest in rows[45:]]
    added = [(f"N{n}", "名" * 40, deep, "", "", "") for n in range(20)]
    answer = await office.sends("r.xlsx", xlsx([*left, *changed, *moved, *added]))
    assert told in answer.text and len(answer.text) <= 4096
    assert (await office.presses("全部变化" if language == "zh" else "All changes")).document is not None


async def test_the_longest_lines_and_headings_are_cut_to_what_a_message_holds(demo: Stage, office: Person) -> None:
    """All at once: who has gone under another name, each with a long line; columns with whole letters for a heading."""
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET status = 'retired' WHERE staff_number NOT LIKE 'BG%'")
    await office.says("/language en")
    answer = await office.sends("r.xlsx", xlsx([(n, "某人", place) for n, _, place, *_ in demo_rows()]))
    assert "nothing was imported" in answer.text and " more." in answer.text and "send the file again" in answer.text
    await office.says("/language zh")
    long = tuple(f"{number}" + "题" * 3000 for number in range(30))
    answer = await office.sends("r.xlsx", xlsx([("N1", "甲", "办公室")], (*HEADER, *long)))
    assert "不会保存：0题" in answer.text and "19题" in answer.text and "确认导入吗" in answer.text


async def test_an_export_of_a_roster_with_nobody_on_it_is_no_file(demo: Stage) -> None:
    owner = demo.owner()
    page = await owner.says("/roster")
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET status = 'left'")
    for language, said in (("zh", "花名册里现在没有人"), ("en", "nobody on the roster")):
        await owner.says(f"/language {language}")
        answer = await owner.presses("导出花名册", page)
        assert answer.document is None and said in answer.text
