"""The ledger of a period, on both databases: its figures are those of /report, its rows are whole and in order."""

import datetime as dt
from collections.abc import Sequence
from datetime import date
from itertools import chain

import pytest

from bot.domain.periods import Period
from bot.services import export
from bot.services.effects import Outcome
from bot.services.export import Entry, Ledger
from bot.services.reports import Asker, Summary, show
from storage import accounts, checkins, departments
from storage import export as store
from storage.engine import Database, Tx
from storage.records import Checkin, CheckinState, Department, Person, PersonStatus
from tests.storage.test_reports import AFTER, OFFICE, become, hire, serve

START = date(2026, 1, 1)
ASKER = Asker(OFFICE, "示例单位", AFTER)
CONFIRMED = CheckinState.CONFIRMED


async def furnish(tx: Tx) -> tuple[Department, Department, list[Person]]:
    """综合处 with 办公室 below it, 执法处; somebody who moved, somebody who left, somebody on leave."""
    general = await departments.insert(tx, "综合处")
    bureau = await departments.insert(tx, "综合处/办公室")
    other = await departments.insert(tx, "执法处")
    staff = [*await hire(tx, general, 3), *await hire(tx, bureau, 4), *await hire(tx, other, 5)]
    await serve(tx, staff[0], date(2026, 3, 7), 95)
    await serve(tx, staff[0], date(2026, 3, 8), 50)
    await serve(tx, staff[3], date(2026, 5, 1), 125)
    await serve(tx, staff[4], date(2026, 5, 2), 44, CheckinState.SUBMITTED)
    await serve(tx, staff[7], date(2026, 2, 1), 180)
    await serve(tx, staff[8], date(2026, 2, 2), 61)
    await serve(tx, staff[9], date(2025, 12, 31), 600)
    await become(tx, staff[7], date(2026, 7, 1), bureau)
    await become(tx, staff[8], date(2026, 7, 1), other, PersonStatus.RETIRED)
    await become(tx, staff[1], date(2026, 7, 1), general, PersonStatus.ON_LEAVE)
    return general, other, staff


async def period_of(db: Database, text: str) -> Period:
    found = await export.choose(db, ASKER, text)
    assert isinstance(found, Period), found
    return found


async def entries(ledger: Ledger) -> list[Entry]:
    return list(chain.from_iterable([list(piece) async for piece in ledger.entries()]))


@pytest.mark.parametrize("text", ["2026", "2026Q1", "2026-05", "2026-03-07", "2025", "2026-W19"])
async def test_every_figure_is_that_of_the_report(db: Database, text: str) -> None:
    async with db.write() as tx:
        await furnish(tx)
    period = await period_of(db, text)
    async with export.opened(db, ASKER, period, frozenset()) as ledger:
        lines, total, served = ledger.lines, ledger.report.total, ledger.people
        written = await entries(ledger)
    whole = await show(db, ASKER, text, 0)
    assert isinstance(whole, Summary)
    assert total == whole.report.total
    assert len(lines) == 3
    for department, line in lines:
        one = await show(db, ASKER, text, department.id)
        assert isinstance(one, Summary)
        asked = one.report.total
        assert (line.people, line.participants, line.minutes, line.times, line.percent) == (
            *(asked.people, asked.participants, asked.minutes, asked.times, asked.percent),
        ), department.path
    counted = [e.recorded.checkin for e in written if e.recorded.checkin.state is CONFIRMED]
    assert (sum(c.minutes for c in counted), len(counted)) == (total.minutes, total.times)
    assert (sum(p.minutes for p in served), sum(p.times for p in served)) == (total.minutes, total.times)
    in_post = [p for p in served if p.status in ("active", "on_leave")]
    assert len(in_post) == total.people
    assert sum(p.times > 0 for p in in_post) == total.participants


async def test_people_are_sorted_by_department_and_number_and_keep_the_hours_of_those_who_left(db: Database) -> None:
    async with db.write() as tx:
        _, _, staff = await furnish(tx)
    async with export.opened(db, ASKER, await period_of(db, "2026"), frozenset()) as ledger:
        found = [(p.path, p.staff_number, p.status, p.minutes) for p in ledger.people]
    assert [one[:2] for one in found] == sorted((one[:2] for one in found), key=lambda o: (TREE.index(o[0]), o[1]))
    assert ("执法处", staff[8].staff_number, "retired", 61) in found
    assert ("综合处/办公室", staff[7].staff_number, "active", 180) in found
    assert len(found) == 12


TREE = ["综合处", "综合处/办公室", "执法处"]


async def test_the_department_of_a_record_is_that_of_its_date(db: Database) -> None:
    async with db.write() as tx:
        _, _, staff = await furnish(tx)
    async with export.opened(db, ASKER, await period_of(db, "2026"), frozenset()) as ledger:
        found = [(e.recorded.path, e.recorded.staff_number) for e in await entries(ledger)]
    assert ("执法处", staff[7].staff_number) in found
    assert len(found) == 6


async def test_flags_are_those_of_the_card_also_where_a_day_is_cut_in_two(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PIECE", 2)
    made = int(dt.datetime(2026, 6, 2, tzinfo=dt.UTC).timestamp() * 1000)
    day = date(2026, 6, 1)
    async with db.write() as tx:
        (one, two) = await hire(tx, await departments.insert(tx, "综合处"), 2)
        await serve(tx, one, day, 60, created_at=made)
        for start in (540, 600, 900):
            await serve(tx, two, day, 200, starts_at=start, ends_at=start + 200, created_at=made)
        await serve(tx, two, date(2026, 3, 2), 60, created_at=made, late_reason="住院")
    async with export.opened(db, ASKER, await period_of(db, "2026"), frozenset()) as ledger:
        found = [(e.recorded.checkin.starts_at, list(e.flags)) for e in await entries(ledger)]
    assert found == [
        (None, ["late"]),
        (None, []),
        (540, ["over_cap", "overlap"]),
        (600, ["over_cap", "overlap"]),
        (900, ["over_cap"]),
    ]


async def test_the_ledger_flags_what_overlaps_across_midnight_and_across_the_periods_end(db: Database) -> None:
    made = int(dt.datetime(2026, 6, 2, tzinfo=dt.UTC).timestamp() * 1000)
    async with db.write() as tx:
        (one, two) = await hire(tx, await departments.insert(tx, "综合处"), 2)
        for person, day, start, end in (
            (one, date(2026, 5, 31), 1320, 120),  # before the period, until two in the morning
            (one, date(2026, 6, 1), 60, 180),
            (one, date(2026, 6, 2), 60, 180),
            (two, date(2026, 6, 1), 60, 180),
        ):
            await serve(tx, person, day, 120, starts_at=start, ends_at=end, created_at=made)
    async with export.opened(db, ASKER, await period_of(db, "2026-06"), frozenset()) as ledger:
        assert [list(e.flags) for e in await entries(ledger)] == [["overlap"], [], []]


async def event(tx: Tx, record: Checkin, user: int, act: str, version: int, after: CheckinState) -> None:
    await checkins.record_event(tx, record.id, 1000 * version, user, act, record.state, after, version)


async def test_reviewed_by_is_who_put_it_into_its_present_state(db: Database) -> None:
    async with db.write() as tx:
        first, second, *staff = await hire(tx, await departments.insert(tx, "综合处"), 8)
        for person, user in ((first, 71), (second, 72)):
            await accounts.see(tx, user, user, 0)
            await accounts.bind(tx, user, person.id, 0)
        of = {
            state: await serve(tx, person, START, 60, state) for state, person in zip(CheckinState, staff, strict=True)
        }
        twice = of[CONFIRMED]
        await event(tx, twice, 71, "confirm", 1, CheckinState.SUBMITTED)
        await event(tx, twice, 5, "change", 2, CheckinState.SUBMITTED)
        await event(tx, twice, 71, "confirm", 2, CheckinState.SUBMITTED)
        await event(tx, twice, 5, "photo", 2, CheckinState.SUBMITTED)
        await event(tx, twice, 72, "confirm", 3, CONFIRMED)
        await event(tx, of[CheckinState.SUBMITTED], 99, "confirm", 1, CheckinState.SUBMITTED)
        await event(tx, of[CheckinState.RETURNED], 71, "return", 2, CheckinState.RETURNED)
        await event(tx, of[CheckinState.VOIDED], 71, "confirm", 2, CONFIRMED)
        await event(tx, of[CheckinState.VOIDED], 72, "void", 3, CheckinState.VOIDED)
        await event(tx, of[CheckinState.WITHDRAWN], 5, "withdraw", 2, CheckinState.WITHDRAWN)
    async with export.opened(db, ASKER, await period_of(db, "2026"), frozenset({99})) as ledger:
        found = {e.recorded.checkin.state: [(d.user_id, d.name) for d in e.decided] for e in await entries(ledger)}
    assert found == {
        CONFIRMED: [(71, first.name), (72, second.name)],
        CheckinState.SUBMITTED: [(99, None)],
        CheckinState.RETURNED: [(71, first.name)],
        CheckinState.VOIDED: [(72, second.name)],
        CheckinState.WITHDRAWN: [],
        CheckinState.MORE_INFO: [],
    }


async def test_codes_stand_in_place_of_names_of_people_and_reviewers(db: Database) -> None:
    async with db.write() as tx:
        first, person = await hire(tx, await departments.insert(tx, "综合处"), 2)
        await accounts.see(tx, 71, 71, 0)
        await accounts.bind(tx, 71, first.id, 0)
        record = await serve(tx, person, START, 60)
        await event(tx, record, 71, "confirm", 2, CONFIRMED)
        await tx.execute("INSERT INTO settings (name, value, changed_at) VALUES ('codes_instead_of_names', 'true', 1)")
    async with export.opened(db, ASKER, await period_of(db, "2026"), frozenset()) as ledger:
        (entry,) = await entries(ledger)
        names = {entry.recorded.name, entry.decided[0].name, *(p.name for p in ledger.people)}
    assert names == {first.staff_number, person.staff_number}


async def test_what_has_not_begun_or_is_too_much_is_said(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async with db.write() as tx:
        await furnish(tx)
    monkeypatch.setattr(export, "MOST", 3)
    answers: Sequence[tuple[str, str]] = (
        ("2029", "export-future"),
        ("2026", "export-too-many"),
        ("何时", "export-unclear"),
    )
    for text, name in answers:
        found = await export.choose(db, ASKER, text)
        assert isinstance(found, Outcome) and found.name == name
    assert isinstance(await export.choose(db, ASKER, "2026-05"), Period)


async def test_an_empty_period_makes_an_empty_ledger(db: Database) -> None:
    async with export.opened(db, ASKER, await period_of(db, "2026"), frozenset()) as ledger:
        assert await entries(ledger) == []
        assert (ledger.people, ledger.lines, ledger.report.total.people) == ([], (), 0)
