"""No cell of any workbook that we make is a formula or a link, whatever stands in it."""

import ast
import datetime as dt
import html
import io
import re
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import cast

import pytest

from bot import files
from bot.content import load
from bot.domain.access import Actor
from bot.domain.campaign import Campaign
from bot.domain.hours import Rounding
from bot.frames import frame
from bot.i18n import translator
from bot.services.export import Entry, Ledger
from bot.services.reports import Asker
from bot.services.slips import Made, Slip
from bot.views import delivery_lists, export, privacy, sheets, slips
from bot.views.parts import File
from storage.deliveries import Somebody
from storage.engine import Tx
from storage.export import Decided, Recorded, Served
from storage.records import Checkin, CheckinState, Department, Person, PersonStatus, Role
from tests.test_architecture import ROOT
from tests.views.test_sheets import REPORT, TEMPLATE, WORDS, strings

HOSTILE = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("http://a")',
    "http://a.example/",
    "12345",
    "1E9",
)
T = translator("zh")


def people() -> list[tuple[Person, str]]:
    return [(Person(1, text, text, text, 1, Role.STAFF, PersonStatus.ACTIVE), text) for text in HOSTILE]


def told() -> list[Somebody]:
    return [Somebody(n, text, text, text, 1, "/1/", "sent", text, 1, 1, 1, n) for n, text in enumerate(HOSTILE)]


DELIVERY = {"title": HOSTILE[0], "at": "2026-10-14T10:00:00+08:00", "state": "done", "recalled": False, "notice": 1,
            "rounds": [], "people": {"answered": 0, "telling": 0, "told": 0}}  # fmt: skip


async def delivery_table() -> bytes:
    tellers = dict(enumerate(HOSTILE))
    (document,) = [(await delivery_lists.table(DELIVERY, told(), tellers, None, T)).document]
    assert isinstance(document, File)
    return document.data


async def slip_sheet() -> bytes:
    made = [Slip(f"code{n}", text, text) for n, text in enumerate(HOSTILE)]
    found = await slips.sheet(Made(made, HOSTILE[0], dt.date(2026, 10, 28), 0), "bot", T)
    assert isinstance(found.document, File)
    return found.document.data


async def report() -> bytes:
    lines = tuple(replace(REPORT.lines[0], name=text) for text in HOSTILE)
    return await sheets.report_workbook(
        replace(REPORT, org=HOSTILE[0], scope=HOSTILE[1], lines=lines), WORDS, Rounding.EXACT
    )


async def my_data() -> bytes:
    return await privacy.workbook({"checkins": [{"id": n, "text": text} for n, text in enumerate(HOSTILE)]}, T)


class Written(Ledger):
    """A ledger whose check-ins are at hand."""

    async def entries(self) -> AsyncIterator[Sequence[Entry]]:
        for n, text in enumerate(HOSTILE):
            day = date(2026, 10, 1)
            record = Checkin(n, n, 1, day, 60, None, None, text, CheckinState.CONFIRMED, text, 1, 0)
            decided = [Decided(n, 0, "confirm", 1, 1, text)]
            yield [Entry(Recorded(record, text, text, text), [], decided)]


async def ledger() -> bytes:
    asker = Asker(Actor(1, 1, None, None, "", frozenset()), HOSTILE[0], datetime(2026, 10, 14, tzinfo=UTC))
    places = [(Department(n, None, text, text, f"/{n}/"), REPORT.lines[0]) for n, text in enumerate(HOSTILE)]
    people = [Served(text, text, text, "active", 60, 1) for text in HOSTILE]
    parts = REPORT.period, Campaign(), load().calendar(), asker, replace(REPORT, org=HOSTILE[0]), places, people
    found = Written(*parts, frozenset(), cast(Tx, None))
    made = await export.document(found, await export.packed(found, T), T)
    assert isinstance(made.document, File)
    return made.document.data


# Whatever calls the maker of workbooks, and that maker itself.
MAKERS: Mapping[str, Callable[[], Awaitable[bytes]]] = {
    "sheets.roster_template": lambda: sheets.roster_template(
        replace(TEMPLATE, example=HOSTILE[:3], help_lines=HOSTILE)
    ),
    "sheets.roster_workbook": lambda: sheets.roster_workbook("花名册", people()),
    "sheets.changes_workbook": lambda: sheets.changes_workbook("变化", ["a"] * 6, [[text] * 6 for text in HOSTILE]),
    "sheets.report_workbook": report,
    "delivery_lists.table": delivery_table,
    "privacy.workbook": my_data,
    "slips.sheet": slip_sheet,
    "export.document": ledger,
}
WRITERS = {"workbook", "sheets.workbook", "sheets.bound", "xlsxwriter.Workbook", "files.in_child"}
NO_BOOKS = {"charts.draw", "sheets.workbook", "sheets.bound"}  # pictures; what the makers of books call


def makers() -> set[str]:
    found = set()
    for path in (ROOT / "bot" / "views").glob("*.py"):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                called = {ast.unparse(c.func) for c in ast.walk(function) if isinstance(c, ast.Call)}
                if called & WRITERS and f"{path.stem}.{function.name}" != "privacy.files":
                    found.add(f"{path.stem}.{function.name}")
    return found - NO_BOOKS


def test_no_maker_of_workbooks_is_forgotten() -> None:
    assert makers() == set(MAKERS)


@pytest.mark.parametrize("maker", MAKERS)
async def test_what_begins_like_a_formula_stays_text(maker: str) -> None:
    book = await MAKERS[maker]()
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        inside = {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}
    written = [text for name, text in inside.items() if "worksheets/sheet" in name]
    assert written
    for sheet in written:
        assert "<f>" not in sheet and "<f " not in sheet and "<hyperlink" not in sheet
        assert "12345</v>" not in sheet and "1000000000" not in sheet  # no number out of text
    kept = "\n".join(html.unescape(text) for text in strings(book))
    assert all(text in kept for text in HOSTILE[:3])


@pytest.mark.parametrize("kind", ["int", "number", "hours", "percent", "date", "moment", "bold text", "bold int"])
async def test_a_cell_is_text_even_where_the_maker_gave_it_another_kind(kind: str) -> None:
    """The child itself: a string is never looked at for what it might mean, but a day where days stand."""
    head = {"name": "a", "titles": HOSTILE, "widths": [10], "kinds": [kind], "choices": [], "landscape": False}
    book = await files.in_child("book", [frame(("sheet", head)), frame(("rows", [[text] for text in HOSTILE]))])
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and len(re.findall('t="s"', sheet)) == 2 * len(HOSTILE)
