"""What runs inside a killable child process: python -m bot.child JOB ARGUMENTS, bytes in, bytes out.

Every start pays for what is imported here, so that is little; and it believes nothing it reads.
"""

import contextlib
import datetime
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from itertools import chain, islice
from typing import Any, BinaryIO
from xml.etree import ElementTree

from bot.domain import roster

MB = 1 << 20
_PARTS = 2000  # entries of a package: a workbook of Excel has a dozen
_MERGES = 1000
_FORMULAS = 1000
_RATIO, _RATIO_FROM = 200, MB  # real sheets shrink to a fifth or a thirtieth
_FRAME = 16_000


class Refused(Exception):
    """The file is at fault; the argument is a bot.files.Kind."""


def limit(seconds: int, memory_mb: int) -> None:
    """Set by the child on itself before it reads a byte: no code has to run between fork and exec."""
    with contextlib.suppress(ImportError):  # Windows: the parent's clock is all there is
        import resource

        def bound(which: int, value: int) -> None:
            # macOS refuses some of these: the parent's clock and the size checks still hold.
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(which, (value, value))

        bound(resource.RLIMIT_AS, memory_mb * MB)
        bound(resource.RLIMIT_CPU, seconds)
        bound(resource.RLIMIT_CORE, 0)
        bound(resource.RLIMIT_FSIZE, 0)
        os.nice(5)  # people who wait for an answer go first


def frames(head: object, rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """A head, then rows in pieces small enough that whoever takes them apart never stops for long."""
    yield _frame(head)
    piece: list[Sequence[object]] = []
    size = 0
    for row in rows:
        piece.append(row)
        size += sum(len(cell) if isinstance(cell, str) else 4 for cell in row) + 4 * len(row) + 4
        if size > _FRAME:
            yield _frame(piece)
            piece, size = [], 0
    if piece:
        yield _frame(piece)


def _frame(value: object) -> bytes:
    data = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return len(data).to_bytes(4, "big") + data


# --- xlsx in, rows or roster out -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first visible sheet; rows and columns are counted from 1."""

    formulas: list[tuple[int, int]]
    merged: list[tuple[int, int, int, int]]
    rows: Iterator[list[str]]


def read_roster(source: BinaryIO, caps: dict[str, int]) -> Iterator[bytes]:
    """The rules are applied in here too: ten thousand rows are a third of a second in which nobody waits."""
    sheet = read_xlsx(source, caps)
    known = roster.read(
        list(sheet.rows), sheet.formulas, [roster.Merge(*corners) for corners in sheet.merged]
    )
    entered = {entry.staff_number for entry in known.entries}
    rows: list[Sequence[object]] = [("error", *astuple(error)) for error in known.errors]
    rows += [("seen", number) for number in known.seen - entered]
    entries = (("entry", *astuple(entry)) for entry in known.entries)
    return frames({"ignored": known.ignored}, chain(rows, entries))


def read_xlsx(source: BinaryIO, caps: dict[str, int]) -> Sheet:
    data = source.read(caps["packed_mb"] * MB + 1)
    if len(data) > caps["packed_mb"] * MB:
        raise Refused("too_big")
    if not data.startswith(b"PK\x03\x04"):
        raise Refused("not_xlsx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_parts(package, caps)
            parts = _unpack(package, caps)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise Refused("unreadable") from error
    except RuntimeError as error:  # a password on the package
        raise Refused("unreadable") from error
    return _sheet(data, parts, caps)


def _check_parts(package: zipfile.ZipFile, caps: dict[str, int]) -> None:
    """What the directory of the package says, before anything is unpacked."""
    parts = package.infolist()
    names = [part.filename for part in parts]
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > caps["unpacked_mb"] * MB:
        raise Refused("bomb")
    if any(p.file_size > _RATIO_FROM and p.file_size > _RATIO * max(p.compress_size, 1) for p in parts):
        raise Refused("bomb")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("macro")
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise Refused("not_xlsx")
    if len(set(names)) < len(names):
        raise Refused("unreadable")


def _unpack(package: zipfile.ZipFile, caps: dict[str, int]) -> dict[str, bytes]:
    """Every XML part, really unpacked and counted: a directory can lie about sizes."""
    parts: dict[str, bytes] = {}
    left = caps["unpacked_mb"] * MB
    for part in package.infolist():
        if not part.filename.endswith((".xml", ".rels")):
            continue
        part.file_size = left + 1  # read to the real end, not to the one the directory claims
        with package.open(part) as stream:
            text = stream.read(left + 1)
        left -= len(text)
        if left < 0 or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise Refused("bomb")
        if b"\0" in text[:200]:  # UTF-16 would hide the above; no spreadsheet program writes it
            raise Refused("unreadable")
        if part.filename == "[Content_Types].xml" and b"macroEnabled" in text:
            raise Refused("macro")
        if (
            part.filename in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
            or "worksheets/" in part.filename
        ):
            parts[part.filename] = text
    return parts


def _sheet(data: bytes, parts: dict[str, bytes], caps: dict[str, int]) -> Sheet:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        name, part = _first_sheet(parts)
        formulas = _scan(parts.pop(part), caps)
        parts.clear()
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            del data
            kinds = {sheet.name: sheet for sheet in book.sheets_metadata}
            if kinds[name].typ != SheetTypeEnum.WorkSheet or kinds[name].visible != SheetVisibleEnum.Visible:
                raise Refused("unreadable")
            sheet = book.get_sheet_by_name(name)
    except (CalamineError, ElementTree.ParseError, KeyError, ValueError, OSError) as error:
        raise Refused("unreadable") from error
    if sheet.start is None:
        raise Refused("empty")
    if sheet.total_height > caps["rows"]:
        raise Refused("too_many_rows")
    if sheet.total_width > caps["columns"]:
        raise Refused("too_many_columns")
    merged = [
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in (sheet.merged_cell_ranges or [])[:_MERGES]
    ]
    return Sheet(formulas, merged, _rows(sheet, caps["cell_chars"]))


def _first_sheet(parts: dict[str, bytes]) -> tuple[str, str]:
    """Name and part of the first sheet that is not hidden."""
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    targets = {
        one.attrib["Id"]: one.attrib["Target"]
        for one in ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    }
    for sheet in ElementTree.fromstring(parts["xl/workbook.xml"]).iterfind(".//{*}sheet"):
        if sheet.get("state", "visible") != "visible":
            continue
        strict = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        target = targets[sheet.get(relation, strict)].lstrip("/")
        return sheet.attrib["name"], target if target.startswith("xl/") else f"xl/{target}"
    raise Refused("empty")


_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_PLACE = re.compile(rb"""r=["']([A-Z]{1,3})([0-9]{1,7})["']""")


def _scan(sheet: bytes, caps: dict[str, int]) -> list[tuple[int, int]]:
    """Formula cells, which calamine does not tell apart; and the extent, before the cells are laid out."""
    # Both patterns find only what may lie outside: a big sheet is looked through in C, not cell by cell.
    far_down = re.compile(rb"""r=["'][A-Z]{1,3}([0-9]{%d,})["'](?:[^>]*[^/>])?>""" % len(str(caps["rows"])))
    if any(int(place[1][:9]) > caps["rows"] for place in far_down.finditer(sheet)):
        raise Refused("too_many_rows")
    letters = 2 if caps["columns"] > 26 else 1
    far_right = re.compile(rb"""r=["']([A-Z]{%d,})[0-9]+["'](?:[^>]*[^/>])?>""" % letters)
    if any(_column(place[1]) > caps["columns"] for place in far_right.finditer(sheet)):
        raise Refused("too_many_columns")
    formulas: list[tuple[int, int]] = []
    for cell in islice(_FORMULA.finditer(sheet), _FORMULAS):
        place = _PLACE.match(sheet, max(sheet.rfind(b"r=", 0, cell.start()), 0))
        if place:
            formulas.append((int(place[2]), _column(place[1])))
    return formulas


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _rows(sheet: Any, longest: int) -> Iterator[list[str]]:
    """Rows from the sheet's first one, each without the empty cells at its end."""
    top, left = sheet.start
    yield from ([] for _ in range(top))
    for cells in sheet.iter_rows():
        row = [""] * left + [_text(cell)[:longest] for cell in cells]
        while row and not row[-1].strip():
            row.pop()
        yield row


def _text(value: object) -> str:
    """What a person sees in the cell, as nearly as can be told without its number format."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)


# --- drawing and writing ---------------------------------------------------------------------------------


def svg_png(svg: str) -> bytes:
    """resvg maps the font file into memory and takes the glyphs it needs: 8 MB of font cost nothing."""
    import resvg_py
    from pylopdf_fonts_zh_cn import sans_path

    png: bytes = resvg_py.svg_to_bytes(
        svg_string=svg, skip_system_fonts=True, font_files=[str(sans_path())], font_family="Noto Sans SC"
    )
    return png


def table(source: BinaryIO, caps: dict[str, int]) -> Iterator[bytes]:
    sheet = read_xlsx(source, caps)
    return frames({"formulas": sheet.formulas, "merged": sheet.merged}, sheet.rows)


JOBS: dict[str, Callable[[BinaryIO, dict[str, int]], Iterable[bytes]]] = {
    "table": table,
    "roster": read_roster,
    "png": lambda source, _: [svg_png(source.read().decode())],
}


def main(job: str, arguments: str) -> int:
    given = json.loads(arguments)
    limit(given["seconds"], given["memory_mb"])
    out = sys.stdout.buffer
    try:
        out.writelines(JOBS[job](sys.stdin.buffer, given))
    except Refused as refused:
        out.write(_frame({"refused": str(refused)}))
    except MemoryError:
        out.write(_frame({"refused": "memory"}))
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
