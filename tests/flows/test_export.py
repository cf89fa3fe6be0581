"""The ledger as a file in the chat: what is in it, who gets it, what is said where there is none."""

import asyncio
import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from bot.files import ChildFailed
from bot.sandbox.state import SentMessage
from bot.services import export as service
from bot.views import export as view
from bot.views import sheets
from tests.flows.conftest import Stage, labels

OFFICE = "BG002"
Table = list[list[Any]]


def opened(message: SentMessage) -> dict[str, Table]:
    """Every sheet of the file that was sent."""
    assert message.document is not None, message.text
    book = CalamineWorkbook.from_filelike(io.BytesIO(message.document.data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


async def noted(stage: Stage) -> list[Any]:
    async with stage.app.db.read() as tx:
        return [row[0] for row in await tx.fetch("SELECT after FROM audit WHERE action = 'export' ORDER BY id")]


async def check_in(stage: Stage, number: str, text: str) -> None:
    """One more record of this person, written straight into the store."""
    async with stage.app.db.write() as tx:
        await tx.execute(
            "INSERT INTO checkins (person_id, department_id, service_date, minutes, text, state, created_at)"
            " SELECT id, department_id, '2026-10-12', 95, ?, 'confirmed', 0 FROM people WHERE staff_number = ?",
            text,
            number,
        )


async def test_a_period_is_chosen_and_the_file_holds_all_four_sheets(demo: Stage) -> None:
    office = demo.of(OFFICE)
    head = await office.says("导出")
    assert "不要转发" in head.text
    assert labels(head)[-1] == "导出花名册" and "上季" in labels(head)
    sent = await office.presses("本月")
    assert sent.document is not None and sent.document.name == "志愿服务台账-2026年10月.xlsx"
    book = opened(sent)
    assert list(book) == ["打卡明细", "个人合计", "各部门", "指标说明"]
    entries, people, places, about = book.values()
    assert entries[0][:5] == ["编号", "服务日期", "部门", "工号", "姓名"]
    assert all(dt.date(2026, 10, 1) <= row[1] <= dt.date(2026, 10, 31) for row in entries[1:]) and len(entries) > 1
    reviewed = {type(row[10]) for row in entries[1:] if row[8] == "已确认"}
    assert reviewed == {dt.datetime} and all(row[10] == "" for row in entries[1:] if row[8] == "待审核")
    assert people[0] == ["部门", "工号", "姓名", "人员状态", "时长（小时）", "分钟", "人次"]
    confirmed = [row for row in entries[1:] if row[8] == "已确认"]
    assert people[-1][0] == "合计"
    assert people[-1][5:] == [sum(row[6] for row in confirmed), len(confirmed)]
    assert [row[0] for row in places][-1] == "合计"
    assert "不排名次" in "".join(row[0] for row in about) and "与“报表”同一口径" in about[-1][0]
    assert await noted(demo) == ["ledger 2026-10"]


async def test_its_departments_are_the_figures_of_the_reports_own_table(demo: Stage) -> None:
    office = demo.of(OFFICE)
    await office.says("/report 本年")
    report = opened(await office.presses("表格"))["各部门"]
    ledger = opened(await office.says("/export 本年"))["各部门"]
    top = [row for row in ledger if "/" not in row[0]]
    assert top == report
    assert len(ledger) > len(top)


async def test_a_period_may_be_typed_and_one_that_nobody_knows_is_asked_back(demo: Stage) -> None:
    office = demo.of(OFFICE)
    assert "2026年第三季度" in ((await office.says("/export 2026Q3")).document or pytest.fail("no file")).name
    said = await office.says("/export <b>何时</b>")
    assert "没有看懂“<b>何时</b>”" in said.text and "上月" in labels(said)
    assert "还没有开始" in (await office.says("导出 2029")).text
    assert "没有看懂" in (await office.forges("ex:nonsense")).text
    assert await noted(demo) == ["ledger 2026Q3"]


async def test_no_cell_becomes_a_formula(demo: Stage) -> None:
    for text in ("=1+1", '=HYPERLINK("http://a","b")', "@SUM(1)", "+1"):
        await check_in(demo, "ZF005", text)
    sent = await demo.of(OFFICE).says("/export 2026-10")
    assert sent.document is not None
    said = [row[7] for row in opened(sent)["打卡明细"]]
    assert {"=1+1", '=HYPERLINK("http://a","b")', "@SUM(1)", "+1"} <= set(said)
    with zipfile.ZipFile(io.BytesIO(sent.document.data)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if "worksheets" in name)


async def test_numbers_stand_in_place_of_names_where_the_unit_wants_codes(demo: Stage) -> None:
    async with demo.app.db.write() as tx:
        await tx.execute("INSERT INTO settings (name, value, changed_at) VALUES ('codes_instead_of_names', 'true', 1)")
        names = [row[0] for row in await tx.fetch("SELECT name FROM people")]
    book = opened(await demo.of(OFFICE).says("/export 本年"))
    cells = {cell for table in book.values() for row in table for cell in row}
    assert not cells & set(names)
    assert "工号代替" in str(book["指标说明"])


async def test_the_roster_is_a_second_button(demo: Stage) -> None:
    owner = demo.owner()
    await owner.says("/export")
    sent = await owner.presses("导出花名册")
    assert sent.document is not None and sent.document.name == "花名册-20261014.xlsx"


async def test_whoever_has_not_the_right_hears_so_and_gets_nothing(demo: Stage) -> None:
    for person in (demo.of("ZF005"), demo.of("ZF001"), demo.of("ZH002")):
        assert "不在您的权限范围内" in (await person.says("/export 本年")).text
        answer = await person.forges("ex:this year")
        assert "失效" in answer.text and answer.document is None
    assert "登记" in (await demo.person(4711).says("/export")).text
    assert await noted(demo) == []


async def test_pressed_twice_there_are_two_files_and_two_entries(demo: Stage) -> None:
    office = demo.of(OFFICE)
    await office.says("/export")
    await office.presses("本月")
    await demo.restart_bot()
    await office.presses("本月")
    assert await noted(demo) == ["ledger 2026-10", "ledger 2026-10"]


async def test_what_is_too_big_or_cannot_be_made_is_said(demo: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    office = demo.of(OFFICE)
    with monkeypatch.context() as small:
        small.setattr(view, "LARGEST", 1000)
        answer = await office.says("/export 本年")
        assert "50 MB" in answer.text and answer.document is None and "本月" in labels(answer)
    with monkeypatch.context() as few:
        few.setattr(service, "MOST", 3)
        assert "最多放 3 条" in (await office.says("/export 本年")).text
    for problem in (ChildFailed(1, "MemoryError"), TimeoutError()):

        async def broken(*args: object, problem: Exception = problem) -> bytes:
            raise problem

        with monkeypatch.context() as away:
            away.setattr(sheets, "bound", broken)
            assert "没有生成成功" in (await office.says("/export 本年")).text


async def test_while_it_is_made_everybody_else_is_served(demo: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, begun = asyncio.Event(), asyncio.Event()
    real = sheets.bound

    async def held(*args: Any) -> bytes:
        begun.set()
        await gate.wait()
        return await real(*args)

    monkeypatch.setattr(sheets, "bound", held)
    office, person = demo.of(OFFICE), demo.of("ZF005")
    demo.world.say(office.id, "/export 本年")
    await begun.wait()
    demo.world.say(person.id, "/duties")
    await person.hears("五个一、六个不让")
    gate.set()
    await demo.settled()
    assert office.last.document is not None


async def test_it_speaks_english(demo: Stage) -> None:
    office = demo.of(OFFICE)
    await office.says("/language en")
    assert "Export" in (await office.says("/export")).text
    sent = await office.presses("This month")
    assert list(opened(sent)) == ["Check-ins", "People", "Departments", "Definitions"]
    assert "nobody is ranked" in str(opened(sent)["Definitions"])
