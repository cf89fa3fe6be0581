"""Whatever leaves the house as a file is written down: who, what, when."""

import ast

from bot.services import roster as service
from bot.services.effects import Cause
from bot.views.parts import File
from storage import people
from tests.hall import NOW, Hall, user_of
from tests.scenery import file_of
from tests.test_architecture import ROOT

# Every function that makes a document, and what is said or pressed to get it.
MAKERS = {
    "privacy.files": "/mydata",
    "reports.table": "report:table:2026:0:0",
    "delivery_lists.table": "dl:sheet:71:0",
    "roster.export": "roster:export:0",
    "roster.every_change": "roster:changes:1",
    "slips.sheet": "slip:make:1:0",
    "export.document": "/export 2026-10",
    "roster.template": "roster:template:0",
}
EMPTY_FORMS = {"roster.template"}  # nothing of anybody is in it


def makers() -> set[str]:
    """Where an answer is given a document that was made by us; one that has a file id is a notice's own."""
    found = set()
    for path in [*(ROOT / "bot" / "views").glob("*.py"), *(ROOT / "handlers").glob("*.py")]:
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                given = [k.value for c in ast.walk(function) if isinstance(c, ast.Call) for k in c.keywords
                         if k.arg == "document"]  # fmt: skip
                if any(isinstance(value, ast.Call) and ast.unparse(value.func) == "File" for value in given):
                    found.add(f"{path.stem}.{function.name}")
    return found


async def test_every_file_that_somebody_is_given_is_written_down(hall: Hall) -> None:
    assert makers() == set(MAKERS)
    async with hall.db.read() as tx:
        known = list(await people.list_present(tx))
    cause = Cause(hall.db, None, {})
    await service.keep_proposal(cause, await hall.actor("office"), file_of(known), "d", "f.xlsx", NOW)
    office = user_of("office")
    subjects: dict[str, list[str]] = {}
    for maker, said in MAKERS.items():
        last = await hall.value("SELECT COALESCE(MAX(id), 0) FROM audit")
        answers = await (hall.says(office, said) if said.startswith("/") else hall.presses(office, said))
        assert any(isinstance(answer.document, File) for answer in answers), (maker, answers)
        rows = [row for row in (await hall.dump("audit"))["audit"] if row[0] > last and row[4] == "export"]
        assert len(rows) == (maker not in EMPTY_FORMS), maker
        assert all(row[2] == office and row[7] for row in rows)
        subjects[maker] = [row[5] for row in rows]
    assert subjects == {
        "privacy.files": [f"person:{(await hall.actor('office')).person_id}"],
        "reports.table": ["unit"],
        "delivery_lists.table": ["notice:71"],
        "roster.export": ["unit"],
        "roster.every_change": ["import:1"],
        "slips.sheet": ["department:1"],
        "export.document": ["unit"],
        "roster.template": [],
    }


async def test_who_may_have_no_file_leaves_no_trace_of_one(hall: Hall) -> None:
    before = await hall.value("SELECT COUNT(*) FROM audit WHERE action = 'export'")
    for said in (said for said in MAKERS.values() if not said.startswith("/")):
        assert not any(answer.document for answer in await hall.presses(user_of("staff"), said))
    assert await hall.value("SELECT COUNT(*) FROM audit WHERE action = 'export'") == before
