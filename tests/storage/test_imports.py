"""What an import changed is kept and taken back, on both databases."""

import datetime as dt

from bot.domain.access import Actor
from bot.domain.roster import Entry, Roster
from bot.services import roster, undo
from bot.services.effects import Cause
from storage import departments, imports, people, postings
from storage.engine import Database
from storage.records import PersonStatus, Role

NOW = dt.datetime(2026, 10, 14, 10, 0, tzinfo=dt.UTC)
OFFICE = Actor(7, 7, None, None, "", frozenset({Role.OFFICE}))


def entries(*rows: tuple[str, str, PersonStatus]) -> Roster:
    found = tuple(
        Entry(at, number, f"某{number}", path, "", Role.STAFF, status)
        for at, (number, path, status) in enumerate(rows, 2)
    )
    return Roster(found, (), seen=frozenset(one.staff_number for one in found))


async def apply(db: Database, found: Roster, now: dt.datetime) -> int:
    card = await roster.keep_proposal(Cause(db), OFFICE, found, "", "r.xlsx", now)
    number: int = card.facts["import"]
    assert (await roster.apply(Cause(db), OFFICE, number, card.facts["seen"], now)).name == "roster-applied"
    return number


async def test_an_import_is_undone_on_either_database(db: Database) -> None:
    active = PersonStatus.ACTIVE
    await apply(db, entries(("1", "甲处", active), ("2", "乙处", active)), NOW)
    later = NOW + dt.timedelta(days=1)
    async with db.read() as tx:
        before = await tx.fetch("SELECT * FROM people ORDER BY id")
        history = await tx.fetch("SELECT * FROM postings ORDER BY person_id, from_date")
    number = await apply(db, entries(("1", "丙处/一科", PersonStatus.RETIRED), ("3", "乙处", active)), later)
    asked = await roster.end_missing(Cause(db), OFFICE, number, "", later)
    assert asked.name == "roster-missing-again"
    seen = asked.facts["missing_seen"]
    assert (await roster.end_missing(Cause(db), OFFICE, number, seen, later)).name == "roster-left"
    assert (await undo.undo(Cause(db), OFFICE, number, later, frozenset())).name == "roster-undone"
    async with db.read() as tx:
        assert await tx.fetch("SELECT * FROM people ORDER BY id") == before
        assert await tx.fetch("SELECT * FROM postings ORDER BY person_id, from_date") == history
        assert [one.path for one in await departments.list_all(tx)] == ["甲处", "乙处"]
        assert len(await departments.list_all(tx, closed=True)) == 4
    assert (await undo.undo(Cause(db), OFFICE, number, later, frozenset())).name == "roster-undo-none"


async def test_the_same_day_written_over_comes_back(db: Database) -> None:
    """Two imports of one day share one posting."""
    await apply(db, entries(("1", "甲处", PersonStatus.ACTIVE)), NOW)
    number = await apply(db, entries(("1", "乙处", PersonStatus.ACTIVE)), NOW)
    assert (await undo.undo(Cause(db), OFFICE, number, NOW, frozenset())).name == "roster-undone"
    async with db.read() as tx:
        person = (await people.list_all(tx))[0]
        assert [one.department for one in await postings.list_of(tx, person.id)] == ["甲处"]


async def test_every_table_that_names_a_person_is_looked_at_before_somebody_is_taken_out(db: Database) -> None:
    known = {*imports.USES, *imports.BELONGINGS}
    async with db.read() as tx:
        if tx.dialect == "sqlite":
            rows = await tx.fetch(
                "SELECT m.name FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"
                " AND f.\"table\" = 'people'"
            )
        else:
            rows = await tx.fetch(
                "SELECT conrelid::regclass::text FROM pg_constraint WHERE confrelid = 'people'::regclass"
            )
    assert {row[0] for row in rows} == known
