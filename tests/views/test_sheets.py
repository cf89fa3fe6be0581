"""Workbooks, read back from their XML: numbers are numbers, no name becomes a formula, the template imports."""

import html
import io
import re
import zipfile
from datetime import date

import pytest

from bot.domain.hours import Rounding
from bot.domain.participation import Line, Report
from bot.domain.periods import Kind, period_of
from bot.domain.roster import ROLE_WORDS, STATUS_WORDS, Wrong
from bot.files import read_roster, read_xlsx
from bot.views.sheets import (
    ReportWords,
    Sheet,
    TemplateWords,
    report_workbook,
    roster_template,
    workbook,
)

TEMPLATE = TemplateWords(
    "花名册", ("李某某", "综合处/办公室", "科员"), "填写说明", ("第一行是表头。", "示例行不导入。")
)
WORDS = ReportWords(
    overview_sheet="概况",
    departments_sheet="各部门",
    org="单位",
    scope="范围",
    period="时期",
    period_text="2026年",
    as_of="截至",
    target="目标",
    department="部门",
    people="在岗人数",
    participants="参与人数",
    rate="参与率",
    needed="需要人数",
    missing="还差人数",
    verdict="是否达标",
    met="达标",
    not_met="未达标",
    hours="服务时长",
    times="人次",
    no_data="暂无数据",
    total="合计",
    own=lambda name: f"{name}（本级）",
    hidden_note="“—”：人数较少，不单独显示",
)
HOSTILE = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\x00=1", "＝1+1", '=HYPERLINK("http://a","b")', "{=1}"]
REPORT = Report(
    "示例单位",
    "示例单位",
    period_of(Kind.YEAR, date(2026, 1, 1)),
    30,
    Line(None, "示例单位", 22, 5, 950, 7),
    (Line(1, "综合处", 10, 3, 610, 5), Line(2, "执法处", 12, 2, 340, 2), Line(3, "新处", 0, 0, 0, 0)),
    date(2026, 11, 22),
    5,
)


def part(book: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        return package.read(name).decode()


def strings(book: bytes) -> list[str]:
    return re.findall(r"<t[^>]*>(.*?)</t>", part(book, "xl/sharedStrings.xml"), re.S)


def number_format(book: bytes, style: int) -> str:
    styles = part(book, "xl/styles.xml")
    used = re.findall(r'<xf numFmtId="(\d+)"', styles.split("<cellXfs")[1])
    return dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"', styles)).get(used[style], used[style])


def cell(book: bytes, sheet: int, place: str) -> tuple[str, str, str]:
    """Type, number format and raw value of a cell."""
    [(attributes, value)] = re.findall(
        rf'<c r="{place}"([^>]*)><v>([^<]*)</v></c>', part(book, f"xl/worksheets/sheet{sheet}.xml")
    )
    kind = re.search(r't="(\w+)"', attributes)
    [style] = re.findall(r's="(\d+)"', attributes)
    return kind[1] if kind else "n", number_format(book, int(style)), value


async def test_the_template_reads_back_as_a_roster_without_people() -> None:
    roster = await read_roster(await roster_template(TEMPLATE))
    assert roster.entries == ()
    assert [error.kind for error in roster.errors] == [Wrong.NO_PEOPLE]


async def test_the_template_offers_the_words_to_pick_from() -> None:
    sheet = part(await roster_template(TEMPLATE), "xl/worksheets/sheet1.xml")
    lists = re.findall(r'<dataValidation type="list"[^>]*sqref="(\w\d+:\w\d+)"><formula1>(.*?)</formula1>', sheet)
    assert lists == [
        ("E2:E100001", f'"{",".join(ROLE_WORDS)}"'),
        ("F2:F100001", f'"{",".join(STATUS_WORDS)}"'),
    ]


async def test_the_template_keeps_leading_zeros_and_its_header_in_sight() -> None:
    book = await roster_template(TEMPLATE)
    sheet = part(book, "xl/worksheets/sheet1.xml")
    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in sheet
    assert cell(book, 1, "A2")[:2] == ("s", "@")
    [number_column] = re.findall(r'<col min="1" max="1" [^>]*style="(\d+)"', sheet)
    assert number_format(book, int(number_column)) == "@"


async def test_a_filled_in_template_imports() -> None:
    rows = [
        ["工号", "姓名", "部门", "职务", "角色", "状态"],
        ["示例", "李", "处", "", "职工", "在职"],
        ["007", "张三", "综合处", "", "创建办", ""],
    ]
    sheet = Sheet("花名册", rows[0], [10] * 6, ["text"] * 6, rows[1:])
    roster = await read_roster(await workbook([sheet]))
    assert [(entry.staff_number, entry.row) for entry in roster.entries] == [("007", 3)]


async def test_a_report_has_numbers_as_numbers() -> None:
    book = await report_workbook(REPORT, WORDS, Rounding.HALF_HOUR_FLOOR)
    assert cell(book, 2, "B2") == ("n", "#,##0", "10")
    assert cell(book, 2, "C2") == ("n", "#,##0", "3")
    assert cell(book, 2, "D2") == ("n", "0.0%", "0.3")
    assert cell(book, 2, "H2") == ("n", "#,##0.0#", "10")
    assert cell(book, 2, "I2") == ("n", "#,##0", "5")
    assert cell(book, 1, "B5") == ("n", "0.0%", "0.3")


async def test_a_report_shows_every_department_and_the_total() -> None:
    book = await report_workbook(REPORT, WORDS, Rounding.EXACT)
    overview = (await read_xlsx(book)).rows
    assert overview[:4] == [["单位", "示例单位"], ["范围", "示例单位"], ["时期", "2026年"], ["截至", "2026-11-22"]]
    assert ["还差人数", "2"] in overview
    assert {"综合处", "执法处", "新处", "合计", "达标", "未达标", "暂无数据"} <= set(strings(book))
    assert 'state="frozen"' in part(book, "xl/worksheets/sheet2.xml")


async def test_hours_are_rounded_once_the_way_the_unit_has_chosen() -> None:
    floored = await report_workbook(REPORT, WORDS, Rounding.HALF_HOUR_FLOOR)
    exact = await report_workbook(REPORT, WORDS, Rounding.EXACT)
    assert (cell(floored, 2, "H3")[2], cell(exact, 2, "H3")[2]) == ("5.5", "5.67")
    assert cell(floored, 2, "H5")[2] == "15.5"  # 950 minutes, not 10 + 5.5 + 0


async def test_a_hidden_department_has_no_figure_anywhere() -> None:
    hidden = Line(9, "老干部处", 0, 0, 0, 0, hidden=True)
    report = Report("a", "a", REPORT.period, 30, REPORT.total, (REPORT.lines[0], hidden), REPORT.as_of, 5)
    book = await report_workbook(report, WORDS, Rounding.EXACT)
    row = re.findall(r'<row r="3".*?</row>', part(book, "xl/worksheets/sheet2.xml"), re.S)[0]
    assert re.findall(r'<c r="\w+"[^>]*t="(\w+)"', row) == ["s"] * 9
    assert WORDS.hidden_note in strings(book)


async def test_a_scope_without_departments_is_one_sheet() -> None:
    report = Report("a", "a", REPORT.period, 30, REPORT.total, (), REPORT.as_of, 5)
    book = await report_workbook(report, WORDS, Rounding.EXACT)
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        assert "xl/worksheets/sheet2.xml" not in package.namelist()


@pytest.mark.parametrize("text", HOSTILE)
async def test_no_name_becomes_a_formula_or_a_link(text: str) -> None:
    book = await workbook([Sheet("人员", ["工号"] * 4, [9] * 4, ["text"] * 4, [[text] * 4])])
    sheet = part(book, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet
    assert "<f " not in sheet
    assert "hyperlink" not in sheet
    assert [cell(book, 1, f"{column}2")[:2] for column in "ABCD"] == [("s", "@")] * 4  # text, also after F2
    assert (await read_xlsx(book)).formulas == frozenset()


async def test_ten_thousand_rows_are_one_workbook_in_the_order_given() -> None:
    numbers = [str(n) for n in reversed(range(10_000))]
    book = await workbook([Sheet("人员", ["工号"], [9], ["text"], ([number] for number in numbers))])
    assert [row[0] for row in (await read_xlsx(book)).rows] == ["工号", *numbers]


async def test_sheet_names_are_made_fit_and_told_apart() -> None:
    names = ["综合处/办公室[1]:*?", "同名", "同名", "", "名" * 60, "'quoted'"]
    book = await workbook(Sheet(name, [], [10], ["text"], [["a"]]) for name in names)
    written = re.findall(r'<sheet name="([^"]*)"', part(book, "xl/workbook.xml"))
    assert len(set(written)) == len(names)
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in written)


async def test_text_no_file_can_hold_is_made_fit() -> None:
    book = await workbook([Sheet("a", [], [10], ["text"], [["\ud800x"], ["y" * 40_000], ["\ufffe\x01"]])])
    rows = (await read_xlsx(book)).rows
    assert rows[0] == ["?x"]
    assert rows[1][0].startswith("yyy")


@pytest.mark.parametrize("landscape", [True, False])
async def test_on_paper_nothing_is_cut_off_each_page_has_its_heading_and_a_number(landscape: bool) -> None:
    book = await workbook([Sheet("a", ["工号"], [200], ["text"], [["1"]] * 90, landscape=landscape)])
    sheet = part(book, "xl/worksheets/sheet1.xml")
    assert '<pageSetUpPr fitToPage="1"/>' in sheet and 'fitToHeight="0"' in sheet and 'paperSize="9"' in sheet
    assert ('orientation="landscape"' in sheet) is landscape
    assert html.unescape(re.findall("<oddFooter>(.*)</oddFooter>", sheet)[0]) == "&C&P / &N"
    assert 'name="_xlnm.Print_Titles" localSheetId="0">a!$1:$1<' in part(book, "xl/workbook.xml")


async def test_a_sheet_without_a_heading_repeats_nothing() -> None:
    book = await workbook([Sheet("a", [], [9], ["text"], [["1"]])])
    assert "Print_Titles" not in part(book, "xl/workbook.xml")


async def test_days_and_moments_are_dates_and_what_is_none_stays_text() -> None:
    rows = [["2026-10-01", "2026-10-14 09:30"], ["2026-10-01 / 2026-10-02", "20261001"], ["2026-13-01", "1899-12-31"]]
    book = await workbook([Sheet("a", [], [9, 9], ["date", "moment"], rows)])
    assert cell(book, 1, "A1") == ("n", "yyyy-mm-dd", str((date(2026, 10, 1) - date(1899, 12, 30)).days))
    assert cell(book, 1, "B1")[:2] == ("n", "yyyy-mm-dd hh:mm")
    assert (await read_xlsx(book)).rows == [["2026-10-01", "2026-10-14 09:30:00"], *rows[1:]]
    assert [cell(book, 1, place)[0] for place in ("A2", "B2", "A3", "B3")] == ["s"] * 4


async def test_a_row_of_sums_is_bold_all_along() -> None:
    book = await report_workbook(REPORT, WORDS, Rounding.EXACT)
    styles = part(book, "xl/styles.xml")
    fonts = re.findall("<font>.*?</font>", styles.split("<fonts")[1].split("</fonts>")[0], re.S)
    used = re.findall(r'<xf numFmtId="\d+" fontId="(\d+)"', styles.split("<cellXfs")[1])
    for row, bold in ((4, False), (5, True)):
        cells = re.findall(rf'<c r="\w{row}" s="(\d+)"', part(book, "xl/worksheets/sheet2.xml"))
        assert len(cells) == 9 and {"<b/>" in fonts[int(used[int(style)])] for style in cells} == {bold}
    assert cell(book, 2, "D5")[:2] == ("n", "0.0%")


async def test_the_day_of_a_report_is_a_date() -> None:
    assert cell(await report_workbook(REPORT, WORDS, Rounding.EXACT), 1, "B4")[:2] == ("n", "yyyy-mm-dd")
