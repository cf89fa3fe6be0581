"""Files from strangers: bombs, wrong types and broken ones are refused, the child dies in time, the loop runs on."""

import asyncio
import io
import os
import struct
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
import xlsxwriter

from bot import files, frames
from bot.domain.roster import Merge, Wrong
from bot.files import Caps, FileProblem, Kind, read_roster, read_xlsx

HEADER = ["工号", "姓名", "部门", "职务", "角色", "状态"]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
BOOK = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>'
LINKS = (
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="a" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="b" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
ROOT = (
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>工号</t></is></c></row>'


def sheet(rows: str, end: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{end}</worksheet>'


def packed(parts: dict[str, str | bytes] | None = None) -> bytes:
    """A workbook of one cell; `parts` are added or take the place of its own."""
    own: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": LINKS,
        "xl/sharedStrings.xml": strings(),
        "xl/worksheets/sheet1.xml": sheet(CELL),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in (own | (parts or {})).items():
            package.writestr(name, data)
    return out.getvalue()


def one_sheet(rows: str, end: str = "") -> bytes:
    return packed({"xl/worksheets/sheet1.xml": sheet(rows, end)})


def strings(*items: str) -> str:
    return f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{item}</t></si>" for item in items)}</sst>'


def written(*rows: list[object]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return out.getvalue()


def claiming(data: bytes, name: bytes, size: int) -> bytes:
    """The package, its directory lying about the unpacked size of one part."""
    out, at = bytearray(data), -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        (length,) = struct.unpack("<H", data[at + 28 : at + 30])
        if data[at + 46 : at + 46 + length] == name:
            out[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(out)


async def kind_of(data: bytes | Path, caps: Caps = files.CAPS) -> Kind:
    with pytest.raises(FileProblem) as caught:
        await read_xlsx(data, caps)
    return caught.value.kind


async def test_rows_come_as_a_person_sees_them() -> None:
    table = await read_xlsx(written(HEADER, [1001, "张三", "综合处", True, 2.5], [], ["", "", "李四"]))
    assert table.rows == [HEADER, ["1001", "张三", "综合处", "TRUE", "2.5"], [], ["", "", "李四"]]


async def test_a_path_is_read_like_bytes(tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(written(HEADER))
    assert (await read_xlsx(path)).rows == (await read_xlsx(written(HEADER))).rows == [HEADER]


async def test_rows_keep_the_numbers_the_spreadsheet_shows() -> None:
    rows = '<row r="3"><c r="C3"><v>7</v></c></row><row r="5"><c r="B5"><v>8</v></c></row>'
    assert (await read_xlsx(one_sheet(rows))).rows == [[], [], ["", "", "7"], [], ["", "8"]]


async def test_formulas_and_merged_blocks_are_told_by_their_place() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1+1</f><v>2</v></c></row>'
    merged = '<mergeCells count="1"><mergeCell ref="A1:A3"/></mergeCells>'
    table = await read_xlsx(one_sheet(rows, merged))
    assert table.formulas == {(1, 2)}
    assert table.merged == (Merge(1, 1, 3, 1),)


async def test_a_hidden_first_sheet_is_passed_over() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("lists").write_string(0, 0, "hidden")
        shown = book.add_worksheet("shown")
        shown.write_string(0, 0, "seen")
        shown.activate()
        shown.set_first_sheet()
        book.worksheets()[0].very_hidden()
    assert (await read_xlsx(out.getvalue())).rows == [["seen"]]


async def test_a_roster_is_judged_in_the_child() -> None:
    data = written(HEADER, ["1001", "张三", "综合处"], [1001, "李四", "综合处"], ["1002", "王五", "综合处", "", "皇帝"])
    roster = await read_roster(data)
    assert [entry.name for entry in roster.entries] == ["张三"]
    assert [(error.row, error.kind, error.other) for error in roster.errors] == [
        (3, Wrong.DUPLICATE_NUMBER, 2),
        (4, Wrong.UNKNOWN_ROLE, None),
    ]
    assert roster.seen == {"1001", "1002"}


async def test_ten_thousand_rows_are_read_in_one_go_and_others_have_their_turn_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = written(HEADER, *([f"A{number}", "张三", f"处{number % 60}"] for number in range(10_000)))
    turns, before, done = 0, [-1], asyncio.Event()
    read = frames.read

    def watched(source: BinaryIO) -> Iterator[Any]:
        for frame in read(source):
            assert len(frame) <= 500
            assert turns > before[-1], "nobody else had a turn since the last piece"
            before.append(turns)
            yield frame

    async def somebody_else() -> None:
        nonlocal turns
        while not done.is_set():
            turns += 1
            await asyncio.sleep(0)

    monkeypatch.setattr(frames, "read", watched)
    async with asyncio.TaskGroup() as group:
        group.create_task(somebody_else())
        roster = await read_roster(data)
        done.set()
    assert len(before) > 20
    assert len(roster.entries) == 10_000


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", Kind.EMPTY),
        ("工号,姓名\n1001,张三\n".encode(), Kind.NOT_XLSX),
        (b"\xd0\xcf\x11\xe0" + bytes(4096), Kind.NOT_XLSX),  # the old xls, or one with a password
        (b"PK\x05\x06" + bytes(18), Kind.NOT_XLSX),
        (b"PK\x03\x04" + os.urandom(50_000), Kind.UNREADABLE),
        (packed()[:-60], Kind.UNREADABLE),
        (packed()[:300], Kind.UNREADABLE),
        (packed({"xl/workbook.xml": "<a>" * 50_000}), Kind.UNREADABLE),
        (packed({"xl/worksheets/sheet1.xml": "<a"}), Kind.UNREADABLE),
        (packed({"xl/worksheets/sheet1.xml": sheet(CELL).encode("utf-16")}), Kind.UNREADABLE),
        (one_sheet(""), Kind.EMPTY),
        (packed({"xl/vbaProject.bin": b"x"}), Kind.MACRO),
        (packed({"[Content_Types].xml": TYPES + "<!-- sheet.macroEnabled.main+xml -->"}), Kind.MACRO),
        (bytes(50 << 20), Kind.TOO_BIG),
    ],
    ids=lambda value: value.value if isinstance(value, Kind) else f"{len(value)} bytes",
)
async def test_what_is_not_a_sound_workbook_is_refused(data: bytes, kind: Kind) -> None:
    assert await kind_of(data) is kind


async def test_a_document_of_another_program_is_not_a_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    assert await kind_of(out.getvalue()) is Kind.NOT_XLSX


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/media/a.xml": b"0" * (40 << 20)},  # 40 MB out of 40 KB
        {"xl/media/a.bin": bytes(200 << 20)},
        {"xl/media/a.bin": os.urandom(1 << 20), "xl/media/b.bin": bytes(64 << 20)},
        {f"x{number}": b"" for number in range(3000)},
        {"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + BOOK},
        {"xl/worksheets/sheet1.xml": '<!DOCTYPE a [<!ENTITY a "ha">]>' + sheet("&a;")},
    ],
    ids=["zeros", "200 MB", "64 MB", "3000 parts", "billion laughs", "laughs in the sheet"],
)
async def test_bombs_are_seen_before_they_go_off(parts: dict[str, str | bytes]) -> None:
    assert await kind_of(packed(parts)) is Kind.BOMB


async def test_a_directory_that_lies_about_sizes_helps_no_bomb() -> None:
    bomb = claiming(packed({"xl/sharedStrings.xml": b" " * (100 << 20)}), b"xl/sharedStrings.xml", 1000)
    assert await kind_of(bomb) in (Kind.BOMB, Kind.UNREADABLE)


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c><c r="EQXD1"><v>1</v></c></row>', Kind.TOO_MANY_COLUMNS),
        ('<row r="1">' + "<c><v>1</v></c>" * 20_000 + "</row>", Kind.TOO_MANY_COLUMNS),
        (CELL + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>', Kind.TOO_MANY_ROWS),
        (CELL + "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>", Kind.TOO_MANY_ROWS),
        ("<row><c><v>1</v></c></row>" * 100_001, Kind.TOO_MANY_ROWS),
    ],
    ids=["far right", "20,000 columns", "far down", "far corner", "100,001 rows"],
)
async def test_a_sheet_that_reaches_too_far_is_refused_before_it_is_laid_out(rows: str, kind: Kind) -> None:
    data = claimed_small(one_sheet(rows))
    assert await kind_of(data) is kind


def claimed_small(data: bytes) -> bytes:
    """As it is, or stored without packing where it would be taken for a bomb."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as loose:
            for name in package.namelist():
                loose.writestr(name, package.read(name))
    return out.getvalue()


async def test_empty_cells_with_a_format_far_away_do_no_harm() -> None:
    rows = CELL + '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert (await read_xlsx(one_sheet(rows))).rows == [["工号"]]


async def test_a_long_string_in_many_cells_is_stopped_by_the_memory_cap() -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    data = packed({"xl/worksheets/sheet1.xml": sheet(cells), "xl/sharedStrings.xml": strings("字" * 30_000)})
    assert await kind_of(data) is Kind.MEMORY


async def test_more_output_than_the_file_could_hold_is_cut_off() -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 5001))
    data = packed({"xl/worksheets/sheet1.xml": sheet(cells), "xl/sharedStrings.xml": strings("字" * 600)})
    assert await kind_of(data, Caps(unpacked_mb=1)) is Kind.BOMB


@pytest.mark.parametrize("caps", [Caps(seconds=0), Caps(patience=0)], ids=["works", "waits"])
async def test_a_child_that_takes_too_long_is_killed(caps: Caps) -> None:
    data = written(*([f"{number}", "张三", "处"] for number in range(3000)))
    assert await kind_of(data, caps) is Kind.TIMEOUT


@pytest.mark.skipif(sys.platform != "linux", reason="counts processes in /proc")
async def test_nobody_waits_no_child_is_left_behind() -> None:
    before = children()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(read_xlsx(written(*([str(n), "张三", "处"] for n in range(20_000)))))
        while children() == before:
            await asyncio.sleep(0)
        task.cancel()
    async with asyncio.timeout(60):
        while children() != before:
            await asyncio.sleep(0)


def children() -> set[str]:
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


async def test_a_child_knows_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:canary")
    seen: dict[str, str] = {}

    def record(arguments: list[str], **options: object) -> object:
        seen.update(options["env"])
        raise FileNotFoundError

    monkeypatch.setattr(files, "Popen", record)
    with pytest.raises(FileNotFoundError):
        await read_xlsx(packed())
    assert "PATH" in seen
    assert "BOT_TOKEN" not in seen


async def test_the_child_never_loads_the_bot() -> None:
    """Every start pays for what it imports; aiogram alone would be three seconds."""
    code = "import sys, bot.child, bot.xlsx; print(*sys.modules)"
    child = await asyncio.create_subprocess_exec(sys.executable, "-I", "-c", code, stdout=asyncio.subprocess.PIPE)
    out, _ = await child.communicate()
    loaded = out.decode().split()
    assert "bot.xlsx" in loaded
    assert not {"aiogram", "aiohttp", "asyncio", "xlsxwriter", "resvg_py", "apsw"} & set(loaded)
