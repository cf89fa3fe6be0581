"""An xlsx file taken apart inside the child process; nothing it says about itself is believed."""

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from itertools import chain, islice
from typing import Any, BinaryIO
from xml.etree import ElementTree

from bot import frames
from bot.domain import roster

MB = 1 << 20
_PARTS = 2000  # entries of a package: a workbook of Excel has a dozen
_MERGES = 1000
_FORMULAS = 1000
_RATIO, _RATIO_FROM = 200, MB  # real sheets shrink to a fifth or a thirtieth


def read_table(source: BinaryIO, caps: dict[str, int]) -> Iterator[bytes]:
    """A child's job: frames of the bare rows."""
    try:
        sheet = read(source, caps)
        yield from frames.split({"formulas": sheet.formulas, "merged": sheet.merged}, sheet.rows)
    except Refused as refused:
        yield _refusal(refused)


def read_roster(source: BinaryIO, caps: dict[str, int]) -> Iterator[bytes]:
    """A child's job too: the rules on ten thousand rows take a third of a second, and nobody waits for it."""
    try:
        sheet = read(source, caps)
    except Refused as refused:
        yield _refusal(refused)
        return
    known = roster.read(list(sheet.rows), sheet.formulas, [roster.Merge(*corners) for corners in sheet.merged])
    entered = {entry.staff_number for entry in known.entries}
    errors = (("error", *astuple(error)) for error in known.errors)
    seen = (("seen", number) for number in known.seen - entered)
    entries = (("entry", *astuple(entry)) for entry in known.entries)
    yield from frames.split({"ignored": known.ignored}, chain(errors, seen, entries))


def _refusal(refused: "Refused") -> bytes:
    return frames.frame({"refused": str(refused), "detail": repr(refused.__cause__ or "")})


class Refused(Exception):
    """The file is at fault; the argument is a bot.files.Kind."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first visible sheet; rows and columns are counted from 1."""

    formulas: list[tuple[int, int]]
    merged: list[tuple[int, int, int, int]]
    rows: Iterator[list[str]]


def read(source: BinaryIO, caps: dict[str, int]) -> Sheet:
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
        if part.filename in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels") or "worksheets/" in part.filename:
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
    if sheet.start is None or sheet.end is None:
        raise Refused("empty")
    last_row, last_column = sheet.end
    if last_row >= caps["rows"]:
        raise Refused("too_many_rows")
    if last_column >= caps["columns"]:
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
        one.attrib["Id"]: one.attrib["Target"] for one in ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
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
    """Every row from the sheet's first one on, without the empty cells at its end."""
    _, left = sheet.start  # calamine gives the empty rows above, but not the empty columns beside
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
