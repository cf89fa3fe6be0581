"""The roster: a file sent in chat, its dry run, the taps that apply it, and who is on it."""

import asyncio
import csv
import io
import zipfile
from pathlib import Path

import xlsxwriter

from bot.i18n import LOCALES
from tests.flows.conftest import Stage

HEADER = ("工号", "姓名", "部门", "职务", "角色", "状态")
ROLES = {"staff": "", "leader": "科室负责人", "office": "创建办", "viewer": "领导小组"}
STATUSES = {"active": "", "on_leave": "请假", "away": "离岗", "left": "离职", "retired": "退休"}


def xlsx(rows: list[tuple[str, ...]], header: tuple[str, ...] = HEADER) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([header, *rows]):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def demo_rows() -> list[tuple[str, ...]]:
    """The demo unit's own roster as a file."""
    with (LOCALES / "zh" / "content" / "demo_people.csv").open(encoding="utf-8", newline="") as file:
        return [
            (p["staff_number"], p["name"], p["department"], p["title"], ROLES[p["role"]], STATUSES[p["status"]])
            for p in csv.DictReader(file)
        ]


async def test_the_office_sends_a_file_sees_what_changes_and_applies_it(demo: Stage) -> None:
    office = demo.of("BG003")
    rows = [row for row in demo_rows() if row[0] != "CW006"]
    rows.append(("CW100", "欧阳若曦", "财务处/审计组", "科员", "", ""))
    answer = await office.sends("花名册.xlsx", xlsx(rows))
    assert "新增 1 人" in answer.text
    assert "新建部门：财务处/审计组" in answer.text
    assert "CW006" in answer.text
    applied = await office.presses("✅ 导入")
    assert "花名册已更新" in applied.text
    assert "不在文件里" in applied.text
    assert "离职" in (await office.presses("办理离职")).text
    members = await office.says("/members CW")
    assert "欧阳若曦" in members.text
    assert "CW006" not in members.text


async def test_the_same_file_twice_changes_nothing(demo: Stage) -> None:
    office = demo.of("BG003")
    assert "完全一致" in (await office.sends("r.xlsx", xlsx(demo_rows()))).text
    rows = [*demo_rows(), ("CW100", "欧阳若曦", "财务处", "科员", "", "")]
    await office.sends("r.xlsx", xlsx(rows))
    await office.presses("✅ 导入")
    assert "完全一致" in (await office.sends("r.xlsx", xlsx(rows))).text


async def test_an_empty_unit_gets_its_roster_from_the_owner(stage: Stage) -> None:
    owner = stage.owner()
    assert "现在还没有花名册" in (await owner.says("/roster")).text
    await owner.sends("r.xlsx", xlsx(demo_rows()))
    await owner.presses("✅ 导入")
    assert "在册 60 人" in (await owner.says("/roster")).text


async def test_every_mistake_in_a_file_is_named_with_its_row_and_nothing_is_written(demo: Stage) -> None:
    office = demo.of("BG003")
    answer = await office.sends(
        "r.xlsx",
        xlsx(
            [
                ("A1", "甲", "办公室", "", "", ""),
                ("A1", "乙", "办公室", "", "", ""),
                ("A2", "", "办公室", "", "", ""),
                ("A3", "丙", "办公室", "", "皇帝", ""),
            ]
        ),
    )
    assert "没有导入" in answer.text
    for line in ("第 3 行：工号“A1”与第 2 行重复", "第 4 行：“姓名”没有填", "第 5 行：角色“皇帝”不认识"):
        assert line in answer.text
    assert not answer.buttons
    assert "缺少“工号”" in (await office.sends("r.xlsx", xlsx([("甲",)], ("名字",)))).text


async def test_a_file_that_is_no_roster_gets_a_clear_answer(demo: Stage) -> None:
    office = demo.of("BG003")
    assert "不是 xlsx" in (await office.sends("r.xlsx", b"hello")).text
    assert "是空的" in (await office.sends("r.xlsx", b"")).text
    assert "不能超过 20 MB" in (await office.sends("r.xlsx", bytes(21 * 1024 * 1024))).text
    bomb = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx([]))) as source, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as target:
        for name in set(source.namelist()) - {"xl/sharedStrings.xml"}:
            target.writestr(name, source.read(name))
        target.writestr("xl/sharedStrings.xml", b"<a>" + b"x" * 200_000_000)
    assert "读不了" in (await office.sends("r.xlsx", bomb.getvalue())).text


async def test_a_second_press_and_a_press_after_cancelling_change_nothing(demo: Stage) -> None:
    office = demo.of("BG003")
    card = await office.sends("r.xlsx", xlsx([*demo_rows(), ("X1", "新人", "财务处", "", "", "")]))
    data = card.buttons[0][0].data
    assert data is not None
    await office.presses("不导入")
    assert "已经取消" in (await office.forges(data)).text
    card = await office.sends("r.xlsx", xlsx([*demo_rows(), ("X1", "新人", "财务处", "", "", "")]))
    again = card.buttons[0][0].data
    assert again is not None
    await office.presses("✅ 导入")
    assert "已经办过" in (await office.forges(again)).text
    assert "找不到" in (await office.forges("roster:apply:999")).text


async def test_only_the_office_and_the_owner_may_touch_the_roster(demo: Stage) -> None:
    for number in ("ZF005", "ZF001", "ZH002"):
        person = demo.of(number)
        assert "不在您的权限" in (await person.says("/roster")).text
        assert "没有需要文件的操作" in (await person.sends("r.xlsx", xlsx(demo_rows()))).text
        assert "失效" in (await person.forges("roster:apply:1")).text


async def test_whoever_leaves_the_roster_is_a_stranger_at_that_moment(demo: Stage) -> None:
    office, person = demo.of("BG003"), demo.of("ZF005")
    assert "/checkin" in (await person.says("/help")).text
    await office.sends("r.xlsx", xlsx([(*row[:5], "离职") if row[0] == "ZF005" else row for row in demo_rows()]))
    await office.presses("✅ 导入")
    assert "/checkin" not in (await person.says("/help")).text


async def test_a_leader_sees_the_members_of_his_own_department_only(demo: Stage) -> None:
    leader = demo.of("ZF001")
    answer = await leader.says("/members")
    assert "执法处" in answer.text
    assert "财务处" not in answer.text
    assert "没有符合条件" in (await leader.says("/members CW001")).text
    parent = await demo.of("ZH001").says("成员")
    assert "综合处/办公室" in (await demo.of("ZH001").presses("›", parent)).text


async def test_ten_thousand_rows_are_imported_while_taps_are_answered(demo: Stage) -> None:
    office, staff = demo.of("BG003"), demo.of("ZF005")
    rows = [*demo_rows(), *((f"N{n:05}", f"某{n}", f"部门{n % 50}", "", "", "") for n in range(9940))]
    loading = asyncio.create_task(office.sends("r.xlsx", xlsx(rows)))
    answered = 0
    while not loading.done() and answered < 20:  # more in ten seconds would be a flood
        await staff.says("/help")
        answered += 1
    assert "新增 9940 人" in (await loading).text
    assert answered >= 1
    assert "花名册已更新" in (await office.presses("✅ 导入")).text
    assert "在册 10000 人" in (await office.says("/roster")).text


async def test_the_template_can_be_sent_back_as_it_is(demo: Stage, tmp_path: Path) -> None:
    office = demo.of("BG003")
    await office.says("/roster")
    template = await office.presses("下载模板")
    assert template.document is not None
    assert template.document.name == "花名册.xlsx"
    assert "没有人员" in (await office.sends("r.xlsx", template.document.data)).text
