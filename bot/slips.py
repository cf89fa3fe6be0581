"""Slips with a QR code, ten on a page of A4, in a workbook: made inside a child process."""

import io
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import segno
import xlsxwriter

from bot import frames

_BESIDE, _DOWN = 2, 5  # slips on a page
_HEIGHT = 132  # points: 176 pixels for a code of some 150
_WIDTHS = (23, 24)  # the code, the words beside it


def qr_png(link: str) -> bytes:
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="png", scale=4, border=3)
    return out.getvalue()


def write_slips(source: BinaryIO) -> bytes:
    """A frame with the sheet's name, then frames of rows [link, line, line ...]."""
    out = io.BytesIO()
    given = frames.read(source)
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(next(given)["sheet"])
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.4)
        sheet.hide_gridlines(2)
        words = book.add_format({"text_wrap": True, "valign": "vcenter", "num_format": "@", "top": 4, "right": 4})
        code = book.add_format({"top": 4, "left": 4})
        for column in range(2 * _BESIDE):
            sheet.set_column(column, column, _WIDTHS[column % 2])
        count = 0
        for count, slip in enumerate(_slips(given), 1):
            row, place = divmod(count - 1, _BESIDE)
            if place == 0:
                sheet.set_row(row, _HEIGHT)
            _write(sheet, row, 2 * place, slip, code, words)
        rows = -(-count // _BESIDE)
        sheet.set_h_pagebreaks(list(range(_DOWN, rows, _DOWN)))
    return out.getvalue()


def _slips(given: Iterator[Any]) -> Iterator[Sequence[str]]:
    for rows in given:
        yield from rows


def _write(sheet: Any, row: int, column: int, slip: Sequence[str], code: Any, words: Any) -> None:
    link, *lines = slip
    sheet.write_blank(row, column, None, code)
    png = io.BytesIO(qr_png(link))
    sheet.insert_image(row, column, "qr.png", {"image_data": png, "x_offset": 6, "y_offset": 8, "description": " "})
    sheet.write_string(row, column + 1, "\n".join(lines), words)
