"""The roster: a file sent in chat, its dry run, the taps that apply it, and who is on it."""

import asyncio
import csv
import datetime as dt
import io
import resource
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from bot.i18n import LOCALES
from bot.services import accounts, roster, undo
from bot.services.effects import Cause
from storage import grants
from storage.records import Role
from tests.conftest import Say
from tests.flows.conftest import NOW, Stage
from tests.flows.test_slips import codes, unbound

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
    assert "在册 58 人（不含离职、退休），其中在岗 57 人" in (await owner.says("/roster")).text


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


async def test_a_proposal_is_cancelled_by_nobody_who_has_lost_the_right_meanwhile(demo: Stage) -> None:
    card = await demo.of("BG003").sends("r.xlsx", xlsx([*demo_rows(), ("X1", "新人", "财务处", "", "", "")]))
    db, now = demo.app.db, demo.clock.now()
    leader = await accounts.recognise(db, demo.of("ZF001").id, frozenset(), now)
    number = int(str(card.buttons[0][1].data).rpartition(":")[2])
    assert (await roster.cancel(Cause(db), leader, number)).name == "roster-gone"
    assert "新增 1 人" in (await demo.of("BG003").presses("✅ 导入", card)).text


async def test_whoever_leaves_the_roster_is_a_stranger_at_that_moment(demo: Stage) -> None:
    office, person = demo.of("BG003"), demo.of("ZF005")
    assert "/checkin" in (await person.says("/help")).text
    await office.sends("r.xlsx", xlsx([(*row[:5], "离职") if row[0] == "ZF005" else row for row in demo_rows()]))
    await office.presses("✅ 导入")
    assert "/checkin" not in (await person.says("/help")).text


@pytest.mark.parametrize("missing", [False, True])
async def test_whoever_leaves_by_a_file_finds_no_dialogue_and_no_way_in_when_he_is_back(
    demo: Stage, missing: bool
) -> None:
    """As on the card: a code that was printed for him, a notice that he was writing."""
    office, leader = demo.of("BG003"), demo.of("ZF001")
    number, path = await unbound(demo)
    code = (await codes(demo, path))[number]
    await leader.says("/notice")
    gone = {number, "ZF001"}
    rows = demo_rows()
    if missing:
        await office.sends("r.xlsx", xlsx([row for row in rows if row[0] not in gone]))
    else:
        await office.sends("r.xlsx", xlsx([(*row[:5], "离职") if row[0] in gone else row for row in rows]))
    await office.presses("✅ 导入")
    if missing:
        await office.presses("离职")
    assert "登记已停用" in (await leader.says("各位同事：明天植树")).text
    await office.sends("r.xlsx", xlsx(rows))
    await office.presses("✅ 导入")
    assert "草稿" not in (await leader.says("各位同事：明天植树")).text
    assert "不同意" not in str((await demo.person(70_001).says(f"/start {code}")).buttons)


async def test_a_leader_sees_the_members_of_his_own_department_only(demo: Stage) -> None:
    leader = demo.of("ZF001")
    answer = await leader.says("/members")
    assert "执法处" in answer.text
    assert "财务处" not in answer.text
    assert "没有符合条件" in (await leader.says("/members CW001")).text
    parent = await demo.of("ZH001").says("成员")
    assert "综合处/办公室" in (await demo.of("ZH001").presses("›", parent)).text


@pytest.mark.parametrize("size", [10_000, pytest.param(99_999, marks=pytest.mark.soak)])
async def test_a_great_roster_is_imported_while_taps_are_answered_and_undone_again(
    demo: Stage, size: int, monkeypatch: pytest.MonkeyPatch, say: Say
) -> None:
    """Its reader may take 256 MB (bot.files.CAPS) and no more."""
    monkeypatch.setattr("tests.flows.conftest.PATIENCE", 600)
    office, staff = demo.of("BG003"), demo.of("ZF005")
    extra = size - len(demo_rows())
    rows = [*demo_rows(), *((f"N{n:06}", f"某{n}", f"部门{n % 50}", "", "", "") for n in range(extra))]
    loading = asyncio.create_task(office.sends("r.xlsx", xlsx(rows)))
    answered = 0
    while not loading.done() and answered < 20:  # more in ten seconds would be a flood
        await staff.says("/help")
        answered += 1
    assert f"新增 {extra} 人" in (await loading).text
    assert answered >= 1
    assert "花名册已更新" in (await office.presses("✅ 导入")).text
    assert f"在册 {size - 2} 人" in (await office.says("/roster")).text
    await office.presses("撤销上次导入")
    assert "已撤销上次导入" in (await office.presses("确认撤销")).text
    assert "在册 58 人" in (await office.says("/roster")).text
    if size > 10_000:
        largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        assert largest < 512
        say(rows=size, taps_answered_while_it_was_read=answered, largest_child_megabytes=largest)


async def test_the_template_can_be_sent_back_as_it_is(demo: Stage, tmp_path: Path) -> None:
    office = demo.of("BG003")
    await office.says("/roster")
    template = await office.presses("下载模板")
    assert template.document is not None and template.document.name == "花名册模板.xlsx"
    answer = await office.sends("r.xlsx", template.document.data)
    assert "还没有填人员" in answer.text and "每人填一行" in answer.text and "处问题" not in answer.text


async def test_every_kind_of_change_is_named_before_it_is_made(demo: Stage) -> None:
    office = demo.of("BG003")
    changes = {
        "ZF005": lambda r: (*r[:2], "财务处", *r[3:]),
        "ZF006": lambda r: (*r[:5], "退休"),
        "ZF007": lambda r: (*r[:4], "创建办", r[5]),
        "ZF008": lambda r: (*r[:3], "二级主任科员", *r[4:]),
    }
    rows = [changes.get(row[0], lambda r: r)(row) for row in demo_rows()]
    text = (await office.sends("r.xlsx", xlsx([*rows, ("X1", "欧阳若曦", "财务处", "", "", "")]))).text
    for part in ("调整部门：", "执法处 → 财务处", "离开单位", "在职 → 退休", "角色：职工 → 创建办", "二级主任科员"):
        assert part in text
    assert "欧阳若曦（X1） 财务处" in text and "（ZF005）：执法处 → 财务处" in text
    table = await office.presses("全部变化")
    assert table.document is not None
    assert "共 5 行" in (table.caption or "")
    await office.presses("✅ 导入")
    assert "已经办过" in (await office.forges("roster:changes:1")).text
    assert "找不到" in (await office.forges("roster:changes:99")).text


async def test_a_long_difference_stays_one_message_and_stands_whole_in_the_table(demo: Stage) -> None:
    office, deep = demo.of("BG003"), "/".join("很" * 40 for _ in range(6))
    rows = [(n, name, deep, "长" * 60, "创建办", "请假") for n, name, *_ in demo_rows()]
    answer = await office.sends("r.xlsx", xlsx([*rows, *((f"N{n}", "名" * 40, deep, "", "", "") for n in range(40))]))
    assert len(answer.text) <= 4096
    assert "另有" in answer.text
    assert (await office.presses("全部变化")).document is not None


async def everything(stage: Stage) -> list[object]:
    async with stage.app.db.read() as tx:
        return [
            await tx.fetch("SELECT * FROM people ORDER BY id"),
            await tx.fetch("SELECT * FROM postings ORDER BY person_id, from_date"),
            await tx.fetch("SELECT id, department_id FROM checkins ORDER BY id"),
            await tx.fetch("SELECT id FROM departments WHERE closed_on IS NULL ORDER BY id"),
        ]


async def test_an_import_is_undone_with_everything_it_did(demo: Stage) -> None:
    office = demo.of("BG003")
    before = await everything(demo)
    rows = [row for row in demo_rows() if row[0] not in ("CW005", "CW006")]
    rows = [(*row[:2], "新处/一科", *row[3:]) if row[0].startswith("ZF") else row for row in rows]
    await office.sends("秋季.xlsx", xlsx([*rows, ("X1", "新人", "新处/二科", "", "领导小组", "")]))
    await office.presses("✅ 导入")
    await office.presses("办理离职")
    await demo.of("ZF005").says("/checkin 2 植树")
    assert await everything(demo) != before
    await office.says("/roster")
    ask = await office.presses("撤销上次导入")
    assert "秋季.xlsx" in ask.text
    assert "新增的 1 人会移出" in ask.text
    yes = ask.buttons[0][0].data
    assert yes is not None
    await demo.restart_bot()
    done = await office.presses("确认撤销", ask)
    assert "已撤销上次导入" in done.text and "已移出当时新增的 1 人" in done.text and "会" not in done.text
    again = await everything(demo)
    assert again[:2] == before[:2]
    assert again[3] == before[3]
    async with demo.app.db.read() as tx:  # what was recorded meanwhile stands where it was served
        assert (
            await tx.value(
                "SELECT d.path FROM checkins c JOIN departments d ON d.id = c.department_id ORDER BY c.id DESC LIMIT 1"
            )
            == "执法处"
        )
        assert await tx.value("SELECT COUNT(*) FROM audit WHERE action = 'roster-undone'") == 1
        assert await tx.value("SELECT COUNT(*) FROM import_changes") == 0
    assert "没有可以撤销" in (await office.forges(yes)).text
    assert all("撤销" not in b.text for row in (await office.says("/roster")).buttons for b in row)


async def test_an_undone_import_gives_back_what_it_took_and_takes_back_what_it_gave(demo: Stage) -> None:
    """Roles given in chat end when a file makes somebody leave; and when undoing makes him leave again."""
    office, db = demo.of("BG003"), demo.app.db
    left, back = demo.of("ZF004"), demo.of("ZF005")
    retired = [(*row[:5], "退休") if row[0] == "ZF005" else row for row in demo_rows()]
    await office.sends("r.xlsx", xlsx(retired))
    await office.presses("✅ 导入")
    async with db.write() as tx:
        (one,) = await tx.row("SELECT id FROM people WHERE staff_number = 'ZF004'") or ()
        await grants.insert(tx, one, Role.VIEWER, None, None, 900, 1)
    await office.sends("r.xlsx", xlsx([(*row[:5], "离职") if row[0] == "ZF004" else row for row in demo_rows()]))
    await office.presses("✅ 导入")
    async with db.write() as tx:
        (two,) = await tx.row("SELECT id FROM people WHERE staff_number = 'ZF005'") or ()
        await grants.insert(tx, two, Role.VIEWER, None, None, 900, 1)
    assert "/report" not in (await left.says("/help")).text
    assert "/report" in (await back.says("/help")).text
    await office.says("/roster")
    await office.presses("撤销上次导入")
    assert "已撤销" in (await office.presses("确认撤销")).text
    assert "/report" in (await left.says("/help")).text
    async with db.read() as tx:
        assert await tx.value("SELECT COUNT(*) FROM grants WHERE person_id = ? AND revoked_at IS NULL", two) == 0


async def test_what_was_given_over_a_department_that_an_undone_import_had_made_ends_with_it(demo: Stage) -> None:
    office, db = demo.of("BG003"), demo.app.db
    await office.sends("r.xlsx", xlsx([*demo_rows(), ("X1", "新人", "新处", "", "", "")]))
    await office.presses("✅ 导入")
    async with db.write() as tx:
        fresh = await tx.value("SELECT id FROM departments WHERE path = '新处'")
        person = await tx.value("SELECT id FROM people WHERE staff_number = 'ZF005'")
        await grants.insert(tx, person, Role.LEADER, fresh, None, 900, 1)
    await office.says("/roster")
    await office.presses("撤销上次导入")
    assert "已撤销" in (await office.presses("确认撤销")).text
    async with db.read() as tx:
        assert await tx.value("SELECT closed_on FROM departments WHERE id = ?", fresh)
        assert await tx.value("SELECT COUNT(*) FROM grants WHERE department_id = ? AND revoked_at IS NULL", fresh) == 0
        assert await tx.value("SELECT COUNT(*) FROM audit WHERE action = 'grant-taken'") == 1


async def test_an_import_that_was_built_upon_is_not_undone_and_says_why(demo: Stage) -> None:
    office = demo.of("BG003")
    rows = [(*row[:3], "科长", *row[4:]) if row[0] == "ZF005" else row for row in demo_rows()]
    await office.sends("r.xlsx", xlsx([*rows, ("X1", "欧阳若曦", "财务处", "", "", "")]))
    await office.presses("✅ 导入")
    await office.says("/roster")
    ask = await office.presses("撤销上次导入")
    async with demo.app.db.write() as tx:
        number = await tx.value("SELECT id FROM people WHERE staff_number = 'X1'")
        await tx.execute(
            "INSERT INTO taps (local_date, person_id, kind, at) VALUES ('2026-10-14', ?, 'read', 1)", number
        )
        await tx.execute("UPDATE people SET title = '处长' WHERE staff_number = 'ZF005'")
    before = await everything(demo)
    refused = await office.presses("确认撤销", ask)
    assert "不能整体撤销" in refused.text and "改回" not in refused.text
    assert "欧阳若曦" in refused.text
    assert "沈志强" in refused.text
    assert await everything(demo) == before
    await office.says("/roster")
    assert not (await office.presses("撤销上次导入")).buttons


async def test_an_import_of_last_week_is_not_undone_and_its_names_are_forgotten(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.sends("r.xlsx", xlsx([*demo_rows(), ("X1", "新人", "财务处", "", "", "")]))
    await office.presses("✅ 导入")
    await office.says("/roster")
    ask = await office.presses("撤销上次导入")
    demo.move_to(NOW + dt.timedelta(days=8))
    await undo.tidy(demo.app.db, demo.clock.now())
    assert "没有可以撤销" in (await office.presses("确认撤销", ask)).text
    async with demo.app.db.read() as tx:
        assert await tx.value("SELECT COUNT(*) FROM import_changes") == 0


async def test_the_export_can_be_sent_back_and_changes_nothing(demo: Stage) -> None:
    office = demo.of("BG003")
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET title = '+SUM(1)', name = '@甲' WHERE staff_number = 'ZF005'")
        await tx.execute("UPDATE people SET status = 'retired' WHERE staff_number = 'ZF006'")
    await office.says("/roster")
    sent = await office.presses("导出花名册")
    assert sent.document is not None
    with zipfile.ZipFile(io.BytesIO(sent.document.data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert "完全一致" in (await office.sends("r.xlsx", sent.document.data)).text
    async with demo.app.db.read() as tx:
        assert await tx.value("SELECT COUNT(*) FROM audit WHERE action = 'export' AND after LIKE 'roster %'") == 1


async def test_nobody_but_the_office_exports_or_undoes(demo: Stage) -> None:
    leader, viewer = demo.of("ZF001"), demo.of("ZH002")
    for person in (leader, viewer):
        await person.says("/help")
        for data in ("roster:export:0", "roster:undo:1", "roster:undo-yes:1", "roster:changes:1"):
            assert (await person.forges(data)).document is None
    async with demo.app.db.read() as tx:
        assert await tx.value("SELECT COUNT(*) FROM audit WHERE action LIKE 'roster-%'") == 0
