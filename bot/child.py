"""What runs inside a killable child process: python -m bot.child JOB ARGUMENTS, bytes in, bytes out.

Every start pays for what is imported at the top, so each job imports its own.
"""

import contextlib
import datetime as dt
import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

_LONGEST_CELL = 32_000  # Excel's own limit is 32,767
_PAPER_A4 = 9
# A column's format, by what stands in it; of each there is a bold one, for sums.
_KINDS = {
    "text": {"num_format": "@"},
    "int": {"num_format": "#,##0"},
    "number": {"num_format": "0"},  # what something is called by
    "hours": {"num_format": "#,##0.0#"},
    "percent": {"num_format": "0.0%"},
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
}
_MOMENT = re.compile(r"(19|2\d)\d\d-\d\d-\d\d( \d\d:\d\d)?", re.ASCII)


def limit(seconds: int, memory_mb: int) -> None:
    """Set by the child on itself before it reads a byte: no code has to run between fork and exec."""
    with contextlib.suppress(ImportError):  # Windows: the parent's clock is all there is
        import resource

        def bound(which: int, value: int) -> None:
            # macOS refuses some of these: the parent's clock and the size checks still hold.
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(which, (value, value))

        bound(resource.RLIMIT_AS, memory_mb << 20)
        bound(resource.RLIMIT_CPU, seconds)
        bound(resource.RLIMIT_CORE, 0)
        bound(resource.RLIMIT_FSIZE, 1 << 20)  # it writes nothing but compiled modules
        os.nice(5)  # people who wait for an answer go first


def run(job: str, source: BinaryIO, caps: dict[str, int]) -> Iterable[bytes]:
    if job == "png":
        return [svg_png(source.read().decode())]
    if job == "book":
        return [write_book(source)]
    if job == "post":
        from bot import mirror

        return mirror.post(source)
    if job == "slips":
        from bot import slips

        return [slips.write_slips(source)]
    from bot import xlsx

    return {"table": xlsx.read_table, "roster": xlsx.read_roster}[job](source, caps)


def svg_png(svg: str) -> bytes:
    """resvg maps the font file into memory and takes the glyphs it needs: 8 MB of font cost nothing."""
    import resvg_py
    from pylopdf_fonts_zh_cn import sans_path

    png: bytes = resvg_py.svg_to_bytes(
        svg_string=svg, skip_system_fonts=True, font_files=[str(sans_path())], font_family="Noto Sans SC"
    )
    return png


def write_book(source: BinaryIO) -> bytes:
    """Frames ["sheet", {...}] and ["rows", [...]], as bot.views.sheets sends them, become a workbook."""
    import io

    import xlsxwriter

    from bot import frames

    out = io.BytesIO()
    # Text stays text: a name such as =1+1 becomes neither a formula nor, with the format @, one after F2.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        styles = {
            **{kind: book.add_format(look) for kind, look in _KINDS.items()},
            **{f"bold {kind}": book.add_format(look | {"bold": True}) for kind, look in _KINDS.items()},
            "label": book.add_format({"num_format": "@", "bold": True}),
            "wrapped": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
            "sample": book.add_format({"num_format": "@", "italic": True, "font_color": "#8a94a0"}),
            "head": book.add_format(
                {
                    "bold": True,
                    "font_color": "#ffffff",
                    "bg_color": "#1f4e79",
                    "border": 1,
                    "valign": "vcenter",
                }
            ),
        }
        pen: Any = None
        for what, given in frames.read(source):
            if what == "sheet":
                pen = _SheetPen(book, given, styles)
            else:
                for row in given:
                    pen.write(row)
    return out.getvalue()


class _SheetPen:
    """Writes one sheet downwards."""

    def __init__(self, book: Any, given: dict[str, Any], styles: dict[str, Any]) -> None:
        self.styles, self.kinds = styles, given["kinds"]
        name = re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", _legible(given["name"])).strip()[:28] or "Sheet"
        taken = {sheet.get_name().lower() for sheet in book.worksheets()}
        self.sheet = book.add_worksheet(name if name.lower() not in taken else f"{name} {len(taken) + 1}")
        self.row = 0
        for column, (width, kind) in enumerate(zip(given["widths"], self.kinds, strict=True)):
            self.sheet.set_column(column, column, width, styles[kind])
        if given["titles"]:
            for column, title in enumerate(given["titles"]):
                self.sheet.write_string(0, column, _legible(title), styles["head"])
            self.sheet.set_row(0, 24)
            self.sheet.freeze_panes(1, 0)
            self.sheet.repeat_rows(0)
            self.row = 1
        for column, words in given["choices"]:
            self.sheet.data_validation(1, column, 100_000, column, {"validate": "list", "source": words})
        if given["landscape"]:
            self.sheet.set_landscape()
        self.sheet.set_paper(_PAPER_A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&C&P / &N")

    def write(self, row: Sequence[Any]) -> None:
        for column, cell in enumerate(row):
            value, kind = cell if isinstance(cell, list) else (cell, self.kinds[column])
            style = self.styles[kind]
            if kind in ("date", "moment") and (moment := _moment(value)):
                self.sheet.write_datetime(self.row, column, moment, style)
            elif isinstance(value, str):
                self.sheet.write_string(self.row, column, _legible(value), style)
            elif value is not None:
                self.sheet.write_number(self.row, column, value, style)
        self.row += 1


def _moment(value: Any) -> dt.datetime | None:
    """A day, or a day with its time, as Excel knows it; anything else in their column stays what it is."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        with contextlib.suppress(ValueError):
            return dt.datetime.fromisoformat(value)
    return None


def _legible(text: str) -> str:
    """Without halves of characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode()[:_LONGEST_CELL]


def main(job: str, arguments: str) -> int:
    caps = json.loads(arguments)
    limit(caps["seconds"], caps["memory_mb"])
    out = sys.stdout.buffer
    try:
        out.writelines(run(job, sys.stdin.buffer, caps))
    except MemoryError:
        sys.stderr.write("MemoryError")
        return 1
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
