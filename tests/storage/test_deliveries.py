"""What became of a notice, on both databases."""

import datetime as dt
from collections.abc import Mapping

import pytest

from storage import accounts, corrections, deliveries, departments, notices, occurrences, outbox, people, tellings
from storage.engine import Database, Tx
from storage.notices import Notice
from storage.outbox import Intent
from storage.records import NoticeState, Person, PersonStatus, Role

TODAY = dt.date(2026, 10, 14)
NOBODY = {"people": 0, "answered": 0, "unanswered": 0, "telling": 0, "told": 0}


@pytest.fixture
async def notice(db: Database) -> int:
    """A notice for ten people of two departments: 1 to 5 in 甲, 6 to 10 in 乙; it has reached all but two."""
    async with db.write() as tx:
        one, two = await departments.insert(tx, "甲"), await departments.insert(tx, "乙")
        cast = [
            Person(0, f"N{n:02}", f"人{n}", "", (one if n <= 5 else two).id, Role.STAFF, PersonStatus.ACTIVE)
            for n in range(1, 11)
        ]
        await people.insert_many(tx, cast, TODAY)
        for person in range(1, 9):  # nine and ten are not bound
            await accounts.see(tx, 100 + person, 100 + person, 1)
            await accounts.consent(tx, 100 + person, 1, 1)
            await accounts.bind(tx, 100 + person, person, 1)
        number = await notices.insert(tx, Notice(0, 101, 1, 1, authority=101, text="开会"))
        old = await notices.get(tx, number)
        assert old is not None
        await tx.execute("UPDATE notices SET state = 'sending', round = 1, answer = 1, planned_at = 1")
        await tx.executemany(
            "INSERT INTO notice_people (notice_id, person_id, department_id, fate) VALUES (?, ?, ?, ?)",
            [(number, n, one.id if n <= 5 else two.id, "send" if n <= 8 else "not_bound") for n in range(1, 11)],
        )
        await a_round(tx, number, 1, dict.fromkeys(range(1, 9), ("sent", "")))
    return number


async def a_round(tx: Tx, notice_id: int, number: int, ends: Mapping[int, tuple[str, str]]) -> int:
    """One occurrence with these ends."""
    occurrence = await occurrences.take(tx, deliveries.plan_of(notice_id, number), TODAY, 1, 10**15)
    assert occurrence is not None
    keys = {person: f"notice:{notice_id}:{person}:{number}" for person in ends}
    facts = {"notice": notice_id}
    await outbox.insert(
        tx,
        [Intent(keys[p], "notice", facts, person_id=p, occurrence_id=occurrence, urgency=2) for p in ends],
    )
    for person, (state, reason) in ends.items():
        await tx.execute(
            "UPDATE outbox SET state = ?, reason = ?, message_id = ?, settled_at = ? WHERE key = ?",
            state,
            reason,
            1000 + person if state == "sent" else None,
            5,
            keys[person],
        )
    return occurrence


async def end(db: Database, person: int, state: str, reason: str = "") -> None:
    async with db.write() as tx:
        await tx.execute("UPDATE outbox SET state = ?, reason = ? WHERE person_id = ?", state, reason, person)


async def counted(db: Database, notice_id: int, trail: str = "") -> dict[str, int]:
    async with db.read() as tx:
        return dict(await deliveries.count_people(tx, notice_id, trail))


async def test_everybody_is_counted_once_by_the_best_that_came_of_it(db: Database, notice: int) -> None:
    await end(db, 1, "failed", "blocked")
    await end(db, 2, "unknown", "crash")
    await end(db, 3, "skipped", "budget")
    found = await counted(db, notice)
    assert found["people"] == 10
    assert {k: v for k, v in found.items() if ":" in k} == {
        "sent:": 5,
        "failed:blocked": 1,
        "unknown:crash": 1,
        "skipped:budget": 1,
        "skipped:not_bound": 2,
    }
    async with db.write() as tx:
        await a_round(tx, notice, 2, {1: ("sent", "")})
        await tx.execute("UPDATE notices SET round = 2")
    assert (await counted(db, notice))["sent:"] == 6


async def test_a_worse_second_round_does_not_undo_the_first(db: Database, notice: int) -> None:
    async with db.write() as tx:
        await a_round(tx, notice, 2, {1: ("failed", "blocked"), 2: ("skipped", "answered")})
    assert (await counted(db, notice))["sent:"] == 8


async def test_a_scope_sees_its_own_people_only(db: Database, notice: int) -> None:
    async with db.read() as tx:
        tree = {d.path: d.trail for d in await departments.list_all(tx)}
        found, total = await deliveries.list_people(tx, notice, tree["乙"], "all")
        assert [p.person_id for p in found] == [6, 7, 8, 9, 10] and total == 5
        assert not await deliveries.has_people(tx, notice, "/999/")
    assert (await counted(db, notice, tree["甲"]))["people"] == 5


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("all", list(range(1, 11))),
        ("answered", [4]),
        ("unanswered", [2, 5, 6, 7, 8]),
        ("failed", [1]),
        ("unknown", [2]),
        ("skipped", [3, 9, 10]),
        ("nonsense", []),
    ],
)
async def test_each_list_has_whom_it_should(db: Database, notice: int, kind: str, expected: list[int]) -> None:
    await end(db, 1, "failed", "blocked")
    await end(db, 2, "unknown", "crash")
    await end(db, 3, "skipped", "late")
    async with db.write() as tx:
        assert await deliveries.answer(tx, notice, 4, 7)
        assert not await deliveries.answer(tx, notice, 4, 8), "once"
        assert not await deliveries.answer(tx, notice, 99, 8), "it was not for him"
    async with db.read() as tx:
        found, total = await deliveries.list_people(tx, notice, "", kind)
        assert [p.person_id for p in found] == expected and total == len(expected)
        page, total = await deliveries.list_people(tx, notice, "", kind, 2, 1)
        assert [p.person_id for p in page] == expected[1:3] and total == len(expected)


async def test_another_try_is_for_those_whom_it_may_reach_now(db: Database, notice: int) -> None:
    for person, reason in ((1, "blocked"), (2, "blocked"), (5, "rejected")):
        await end(db, person, "failed", reason)
    await end(db, 3, "skipped", "budget")
    await end(db, 4, "skipped", "stopped")
    async with db.write() as tx:
        await accounts.set_reachable(tx, 102, False)
        await tx.execute("UPDATE people SET status = 'on_leave' WHERE id = 5")
        await accounts.see(tx, 109, 109, 1)
        await accounts.consent(tx, 109, 1, 1)
        await accounts.bind(tx, 109, 9, 1)  # has registered since
    async with db.read() as tx:
        assert await deliveries.list_missed(tx, notice) == [1, 4, 9]


async def test_a_reminder_is_for_those_who_have_it_and_have_not_answered(db: Database, notice: int) -> None:
    await end(db, 1, "failed", "blocked")
    async with db.write() as tx:
        await deliveries.answer(tx, notice, 2, 7)
        await tellings.tell(tx, notice, 3, 101, 7)
        await tx.execute("UPDATE people SET status = 'on_leave' WHERE id = 4")
        await accounts.set_reachable(tx, 105, False)
    async with db.read() as tx:
        assert await deliveries.list_unanswered(tx, notice) == [6, 7, 8]


async def test_whom_it_did_not_reach_is_to_be_told_until_somebody_has(db: Database, notice: int) -> None:
    await end(db, 1, "failed", "blocked")
    await end(db, 2, "skipped", "budget")
    await end(db, 3, "unknown", "crash")
    async with db.write() as tx:
        await tx.execute("UPDATE notices SET state = 'done'")
        places = await tellings.mark(tx, notice)
        assert len(places) == 2
        assert await tellings.tell(tx, notice, 1, 101, 7)
        assert not await tellings.tell(tx, notice, 1, 102, 8), "the first one is kept"
    async with db.read() as tx:
        found, _ = await deliveries.list_people(tx, notice, "", "telling")
        assert [(p.person_id, p.told_at, p.told_by) for p in found] == [
            (1, 7, 101),
            (3, None, None),
            (9, None, None),
            (10, None, None),
        ]
        assert await tellings.count_waiting(tx, "") == 3
        assert [(n.id, count) for n, count in await tellings.list_waiting(tx, "")] == [(notice, 3)]
        assert await tellings.list_tellers(tx, notice) == {101: "人1"}
    async with db.write() as tx:
        assert await tellings.untell(tx, notice, 1) and not await tellings.untell(tx, notice, 1)
        await tellings.clear(tx, notice)
    async with db.read() as tx:
        assert await tellings.count_waiting(tx, "") == 0 and await tellings.list_waiting(tx, "") == []


async def test_a_change_follows_what_was_in_flight_and_touches_nothing_twice(db: Database, notice: int) -> None:
    await end(db, 1, "sending")
    await end(db, 2, "sending")
    await end(db, 3, "failed", "blocked")
    async with db.write() as tx:
        change = await a_change(tx, notice, "recall")
        assert await corrections.enqueue(tx, change, 9) == 5
        assert await corrections.list_flying(tx) == [], "they are still on their way"
        assert await corrections.count(tx, notice) == {"sent": 5, "unknown": 0}
    await end(db, 2, "failed", "blocked")
    async with db.write() as tx:
        assert await corrections.list_flying(tx) == []
        await tx.execute("UPDATE outbox SET state = 'sent', message_id = 1001, settled_at = 12 WHERE person_id = 1")
        assert [c.id for c in await corrections.list_flying(tx)] == [change.id]
        assert await corrections.follow(tx, change, 13) == 1
        assert await corrections.list_flying(tx) == []
        assert await corrections.follow(tx, change, 14) == 0
        edits = await tx.fetch("SELECT person_id FROM outbox WHERE kind = 'notice-change' ORDER BY person_id")
    assert [row[0] for row in edits] == [1, 4, 5, 6, 7, 8]


async def a_change(tx: Tx, notice_id: int, act: str) -> corrections.Change:
    number = await corrections.insert(tx, notice_id, act, "开会", 101, 9)
    occurrence = await occurrences.take(tx, f"notice-change:{number}", TODAY, 9, 10**15)
    assert occurrence is not None
    await corrections.set_occurrence(tx, number, occurrence)
    found = await corrections.get(tx, number)
    assert found is not None and found.occurrence_id == occurrence
    assert [c.id for c in await corrections.list_running(tx)] == [number]
    assert await corrections.is_recalled(tx, notice_id) is (act == "recall")
    return found


async def test_an_edit_knows_its_message_unless_the_account_is_a_newer_one(db: Database, notice: int) -> None:
    async with db.write() as tx:
        ((original,),) = await tx.fetch("SELECT id FROM outbox WHERE person_id = 4")
        assert await corrections.get_original(tx, original) == 1004
        await tx.execute("UPDATE accounts SET bound_at = 6 WHERE user_id = 104")
        assert await corrections.get_original(tx, original) is None
        assert await corrections.get_original(tx, 999) is None


async def test_what_is_said_is_looked_up_as_one_row(db: Database, notice: int) -> None:
    async with db.write() as tx:
        mine, theirs = await deliveries.get_said(tx, notice, 1), await deliveries.get_said(tx, notice, 2)
        assert mine == theirs and mine is not None and (mine.text, mine.recalled, mine.answered) == ("开会", 0, 0)
        await deliveries.answer(tx, notice, 2, 7)
        found = await deliveries.get_said(tx, notice, 2)
        assert found is not None and found.answered
        await a_change(tx, notice, "recall")
        found = await deliveries.get_said(tx, notice, 1)
        assert found is not None and found.recalled
        assert await deliveries.get_said(tx, 99, 1) is None


async def test_a_round_is_live_until_its_end_was_told(db: Database, notice: int) -> None:
    async with db.write() as tx:
        (live,) = await deliveries.list_live(tx)
        assert (live.notice_id, live.round, live.author, live.state) == (notice, 1, 101, "planned")
        await tx.execute("UPDATE notices SET round = 2")
        await a_round(tx, notice, 2, {1: ("pending", "")})
        await deliveries.insert_round(tx, notice, 2, "unanswered", 102, 7)
        (live,) = await deliveries.list_live(tx)
        assert (live.round, live.author) == (2, 102)
        assert [(r.number, r.reason) for r in await deliveries.list_rounds(tx, notice, 2)] == [
            (1, "first"),
            (2, "unanswered"),
        ]
        await outbox.insert(tx, [Intent(f"notice-finished:{notice}:2", "notice-finished", {}, user_id=101)])
        assert await deliveries.list_live(tx) == []
        await notices.move(tx, notice, NoticeState.SENDING, NoticeState.DONE)


async def test_a_later_round_is_planned_once_a_person(db: Database, notice: int) -> None:
    async with db.write() as tx:
        occurrence = await occurrences.take(tx, deliveries.plan_of(notice, 2), TODAY, 1, 10**15)
        assert occurrence is not None
        for _ in range(2):
            await deliveries.enqueue(tx, notice, 2, occurrence, [1, 2, 2], 9, reminder=True)
        rows = await tx.fetch("SELECT key, facts, urgency FROM outbox WHERE occurrence_id = ? ORDER BY id", occurrence)
    assert [row[0] for row in rows] == [f"notice:{notice}:1:2", f"notice:{notice}:2:2"]
    assert '"reminder": true' in rows[0][1] and rows[0][2] == 2


async def test_of_a_notice_that_is_not_there_there_is_nothing(db: Database) -> None:
    assert await counted(db, 7) == NOBODY
    async with db.read() as tx:
        assert await deliveries.list_people(tx, 7, "", "all") == ([], 0)
        assert await deliveries.get_person(tx, 7, 1) is None
        assert await deliveries.get_answered(tx, 7, 1) == (False, None)
        assert await deliveries.find_message(tx, "x") is None and await deliveries.get_fate(tx, "x") is None
