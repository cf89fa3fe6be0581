"""Workbooks: the roster and its template, a report. Described here, written in a child process."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot import files
from bot.domain.hours import Rounding, decimal_hours
from bot.domain.participation import Line, Report
from bot.domain.roster import EXAMPLE_NUMBER, ROLE_WORDS, STATUS_WORDS, Column
from bot.frames import frame
from storage.records import Person

# A cell is a value in its column's format, or a value and a format of its own; None stays empty, days and moments
# are ISO text.
Value = str | int | float | None
Cell = Value | tuple[Value, str]
_ROWS_A_FRAME = 100


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; kinds are the formats of the columns: text, int, number, hours, percent, date, moment, label,
    wrapped, sample; before the first seven also "bold "."""

    name: str
    titles: Sequence[str]  # none: no header row
    widths: Sequence[int]
    kinds: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    choices: Sequence[tuple[int, Sequence[str]]] = ()  # columns (from 0) whose cells are picked from a list
    landscape: bool = False


async def workbook(sheets: Iterable[Sheet]) -> bytes:
    """Made outside of this process, and handed over in pieces, so that nobody waits for it."""
    return await bound(piece for sheet in sheets for piece in packed(sheet))


async def bound(pieces: Iterable[bytes], seconds: int = 120, memory_mb: int = 1024) -> bytes:
    """A workbook of what was packed."""
    return await files.in_child("book", pieces, seconds, memory_mb)


def packed(sheet: Sheet) -> Iterator[bytes]:
    """A sheet as the child takes it, in small pieces."""
    yield frame(
        (
            "sheet",
            {
                "name": sheet.name,
                "titles": sheet.titles,
                "widths": sheet.widths,
                "kinds": sheet.kinds,
                "choices": sheet.choices,
                "landscape": sheet.landscape,
            },
        )
    )
    yield from packed_rows(sheet.rows)


def packed_rows(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """More rows of the sheet that was packed last."""
    left = iter(rows)
    while piece := list(islice(left, _ROWS_A_FRAME)):
        yield frame(("rows", piece))


@dataclass(frozen=True, slots=True)
class TemplateWords:
    sheet: str  # 花名册
    example: tuple[str, str, str]  # name, department, title of the example row
    help_sheet: str  # 填写说明
    help_lines: tuple[str, ...]


async def roster_template(words: TemplateWords) -> bytes:
    """Headings, lists to pick from, and one grey example row, which the import reads over by its number."""
    name, department, title = words.example
    role, status = next(iter(ROLE_WORDS)), next(iter(STATUS_WORDS))
    example = (EXAMPLE_NUMBER, name, department, title, role, status)
    roster = Sheet(
        words.sheet,
        [column.value for column in Column],
        widths=[14, 12, 30, 16, 14, 10],
        kinds=["text"] * len(Column),
        rows=[[(cell, "sample") for cell in example]],
        choices=[(4, list(ROLE_WORDS)), (5, list(STATUS_WORDS))],
    )
    explained = Sheet(words.help_sheet, [], [90], ["wrapped"], [[line] for line in words.help_lines])
    return await workbook([roster, explained])


_ROLE_CELLS = {role: word for word, role in ROLE_WORDS.items()}
_STATUS_CELLS = {status: word for word, status in STATUS_WORDS.items()}


async def roster_workbook(sheet: str, people: Iterable[tuple[Person, str]]) -> bytes:
    """The roster in the template's own columns and words: what is sent back unchanged changes nothing."""
    rows = ((p.staff_number, p.name, path, p.title, _ROLE_CELLS[p.role], _STATUS_CELLS[p.status]) for p, path in people)
    titles, widths = [column.value for column in Column], [14, 12, 30, 16, 14, 10]
    choices = [(4, list(ROLE_WORDS)), (5, list(STATUS_WORDS))]
    return await workbook([Sheet(sheet, titles, widths, ["text"] * len(Column), rows, choices)])


async def changes_workbook(sheet: str, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Every single change of a file; all cells are words already."""
    return await workbook([Sheet(sheet, titles, [12, 14, 12, 10, 30, 30], ["text"] * len(titles), rows)])


@dataclass(frozen=True, slots=True)
class ReportWords:
    overview_sheet: str  # 概况
    departments_sheet: str  # 各部门
    org: str  # 单位
    scope: str  # 范围
    period: str  # 时期
    period_text: str  # 2026年
    as_of: str  # 截至
    target: str  # 目标
    department: str  # 部门
    people: str  # 在岗人数
    participants: str  # 参与人数
    rate: str  # 参与率
    needed: str  # 达标需要人数
    missing: str  # 还差人数
    verdict: str  # 是否达标
    met: str  # 达标
    not_met: str  # 未达标
    hours: str  # 服务时长（小时）
    times: str  # 人次
    no_data: str  # 暂无数据
    total: str  # 合计
    own: Callable[[str], str]  # people of the scope itself, in none of its parts: 综合处（本级）
    hidden_note: str  # “—”：人数较少，不单独显示


# A department in a row.
REPORT_WIDTHS = (34, 12, 12, 12, 16, 12, 12, 18, 12)
REPORT_KINDS = ("text", "int", "int", "percent", "int", "int", "text", "hours", "int")


async def report_workbook(report: Report, words: ReportWords, rounding: Rounding) -> bytes:
    shown = figures(report.total, report, words, rounding)
    facts: list[Sequence[Cell]] = [
        (words.org, report.org),
        (words.scope, report.scope),
        (words.period, words.period_text),
        (words.as_of, (report.as_of.isoformat(), "date")),
        (words.target, (report.target / 100, "percent")),
        *zip(headings(words), shown, strict=True),
    ]
    if any(line.hidden for line in (report.total, *report.lines)):
        facts += [("", ""), ("", words.hidden_note)]
    overview = Sheet(words.overview_sheet, [], [24, 40], ["label", "text"], facts)
    if not report.lines:
        return await workbook([overview])
    rows: list[Sequence[Cell]] = [
        (words.own(line.name) if line.own else line.name, *figures(line, report, words, rounding))
        for line in report.lines
    ]
    departments = Sheet(
        words.departments_sheet,
        [words.department, *headings(words)],
        widths=REPORT_WIDTHS,
        kinds=REPORT_KINDS,
        rows=[*rows, bold((words.total, *shown), REPORT_KINDS)],
        landscape=True,
    )
    return await workbook([overview, departments])


def bold(row: Iterable[Cell], kinds: Sequence[str]) -> tuple[Cell, ...]:
    """The row of sums."""
    cells = (cell if isinstance(cell, tuple) else (cell, kind) for cell, kind in zip(row, kinds, strict=True))
    return tuple((value, f"bold {kind}") for value, kind in cells)


def headings(words: ReportWords) -> tuple[str, ...]:
    return (
        words.people,
        words.participants,
        words.rate,
        words.needed,
        words.missing,
        words.verdict,
        words.hours,
        words.times,
    )


def figures(line: Line, report: Report, words: ReportWords, rounding: Rounding) -> tuple[Cell, ...]:
    """Numbers as numbers, each with its own format: here they stand in a row, there in a column."""
    if line.hidden:
        return (("—", "text"),) * 8
    met = line.met(report.target)
    return (
        (line.people, "int"),
        (line.participants, "int"),
        (words.no_data, "text") if line.people == 0 else (line.participants / line.people, "percent"),
        (line.needed(report.target), "int"),
        (line.missing(report.target), "int"),
        ("" if met is None else words.met if met else words.not_met, "text"),
        (float(decimal_hours(line.minutes, rounding)), "hours"),
        (line.times, "int"),
    )
