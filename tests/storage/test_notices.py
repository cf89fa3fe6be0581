"""Notices in the database: who is meant, what becomes of each, and that a change is made once."""

import dataclasses
from collections.abc import Sequence
from datetime import date

import pytest

from storage import accounts, audiences, audit, departments, notices, people, privacy, sending
from storage.audiences import Who
from storage.engine import Database, Tx
from storage.notices import Notice
from storage.occurrences import take
from storage.records import NoticeState, Person, PersonStatus, Role

DAY = date(2026, 10, 14)
PLACES = ("综合处/办公室", "综合处", "执法处")


async def fill(tx: Tx) -> None:
    """Persons 1 to 6: two in each department; 6 is away."""
    ids = [(await departments.insert(tx, path)).id for path in PLACES]
    await people.insert_many(
        tx,
        [
            Person(0, f"N{n}", f"人{n}", "", ids[n // 2], role, status)
            for n, (role, status) in enumerate(
                [
                    (Role.STAFF, PersonStatus.ACTIVE),
                    (Role.LEADER, PersonStatus.ACTIVE),
                    (Role.STAFF, PersonStatus.ACTIVE),
                    (Role.LEADER, PersonStatus.ON_LEAVE),
                    (Role.STAFF, PersonStatus.ACTIVE),
                    (Role.STAFF, PersonStatus.AWAY),
                ]
            )
        ],
        DAY,
    )
    for user, person in ((101, 1), (102, 2), (103, 3), (104, 4)):
        await accounts.see(tx, user, user, 1)
        await accounts.consent(tx, user, 1, 1)
        await accounts.bind(tx, user, person, 1)


async def found(db: Database, who: Who, reach: str = "") -> Sequence[tuple[int, str]]:
    async with db.read() as tx:
        return sorted(tuple(row) for row in await audiences.list_fates(tx, reach, who))


async def trails(tx: Tx) -> dict[str, str]:
    return {d.path: d.trail for d in await departments.list_all(tx)}


async def test_everybody_in_post_is_meant_and_each_has_one_fate(db: Database) -> None:
    async with db.write() as tx:
        await fill(tx)
        await accounts.set_reachable(tx, 102, False)
        await accounts.unbind(tx, 103)
        await audit.append(tx, 1, 103, "leave", "person:3")
    fates = [(1, "send"), (2, "unreachable"), (3, "withdrawn"), (4, "on_leave"), (5, "not_bound")]
    assert await found(db, Who()) == fates


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (Who(departments=[]), []),
        (Who(departments=[1]), [3, 4]),
        (Who(departments=[1, 2, 3]), [1, 2, 3, 4, 5]),
        (Who(roles=["leader"]), [2, 4]),
        (Who(roles=["leader"], departments=[1]), [4]),
        (Who(none_of=[Who(roles=["leader"]), Who(departments=[3])]), [1, 3]),
        (Who(any_of=[Who(departments=[3]), Who(roles=["leader"], departments=[1])]), [4, 5]),
        (Who(any_of=[Who(none_of=[Who(departments=[1])])], none_of=[Who(roles=["leader"])]), [1, 5]),
        (Who(unanswered=7), []),
    ],
)
async def test_what_is_combined_and_excluded_is_one_audience(db: Database, who: Who, expected: list[int]) -> None:
    """Departments: 1 综合处, 2 综合处/办公室, 3 执法处."""
    async with db.write() as tx:
        await fill(tx)
    assert [person for person, _ in await found(db, who)] == expected


async def test_nobody_outside_of_the_reach_is_meant(db: Database) -> None:
    async with db.write() as tx:
        await fill(tx)
        reach = (await trails(tx))["综合处"]
    assert [person for person, _ in await found(db, Who(), reach)] == [1, 2, 3, 4]


async def test_those_without_a_check_in_that_counts_are_found(db: Database) -> None:
    async with db.write() as tx:
        await fill(tx)
        for person, state, day in ((1, "confirmed", "2026-10-02"), (2, "withdrawn", "2026-10-02")):
            await tx.execute(
                "INSERT INTO checkins (person_id, department_id, service_date, minutes, text, state, created_at)"
                " VALUES (?, 1, ?, 60, '', ?, 1)",
                person,
                day,
                state,
            )
    idle = await found(db, Who(idle=("2026-10-01", "2026-12-31")))
    assert [person for person, _ in idle] == [2, 3, 4, 5]
    assert len(await found(db, Who(idle=("2026-07-01", "2026-09-30")))) == 5


async def planned(tx: Tx, who: Who = Who()) -> int:  # noqa: B008 - frozen
    number = await notices.insert(tx, Notice(0, 101, 1, 5, 101, text="开会"))
    await audiences.snapshot(tx, number, "", who)
    await notices.set_fate(tx, number, [2], "budget")
    occurrence = await take(tx, f"notice:{number}", DAY, 10, 20)
    assert occurrence is not None
    for _ in range(2):  # twice planned is once sent
        await notices.enqueue(tx, number, occurrence, (10, 9), 2, round=1, free=True)
    return number


async def test_a_snapshot_becomes_one_message_for_each_account(db: Database) -> None:
    async with db.write() as tx:
        await fill(tx)
        number = await planned(tx)
        assert await notices.list_fates(tx, number) == {"send": 2, "on_leave": 1, "budget": 1, "not_bound": 1}
        assert sorted(await notices.list_to_send(tx, number)) == [1, 3]
        rows = await tx.fetch("SELECT person_id, state, reason, free, key FROM outbox ORDER BY person_id")
        claimed = await sending.claim(tx, "me", 10, 99, 10)
    assert [tuple(row) for row in rows] == [
        (1, "pending", "", 1, f"notice:{number}:1:1"),
        (2, "skipped", "budget", 1, f"notice:{number}:2:1"),
        (3, "pending", "", 1, f"notice:{number}:3:1"),
    ]
    assert [(c.kind, c.facts, c.urgency, c.once) for c in claimed] == [("notice", {"notice": number}, 2, False)] * 2


async def test_who_has_not_answered_is_an_audience(db: Database) -> None:
    async with db.write() as tx:
        await fill(tx)
        number = await planned(tx)
        await tx.execute("UPDATE notice_people SET answered_at = 5 WHERE person_id = 1")
    assert [person for person, _ in await found(db, Who(unanswered=number))] == [2, 3, 4, 5]


async def test_a_notice_is_kept_as_it_is_and_changed_once(db: Database) -> None:
    async with db.write() as tx:
        number = await notices.insert(tx, Notice(0, 101, None, 5, 101, text="<b>开会</b>", audience={"in": ["s1"]}))
        old = await notices.get(tx, number)
        assert old is not None
        new = dataclasses.replace(
            old, answer=True, deadline=DAY, important=True, send_at=77, state=NoticeState.SCHEDULED, outside_hours=True
        )
        assert await notices.change(tx, old, new)
        assert not await notices.change(tx, old, new)
        assert await notices.get(tx, number) == dataclasses.replace(new, version=2)
        assert [n.id for n in await notices.list_due(tx, 77)] == [number]
        assert await notices.list_due(tx, 76) == []
        assert await notices.next_at(tx, 76) == 77
        assert await notices.move(tx, number, NoticeState.SCHEDULED, NoticeState.CANCELLED)
        assert not await notices.move(tx, number, NoticeState.SCHEDULED, NoticeState.CANCELLED)


async def test_the_list_shows_ones_own_and_what_lies_in_the_reach_but_nobody_elses_drafts(db: Database) -> None:
    async with db.write() as tx:
        own = await notices.insert(tx, Notice(0, 101, 1, 5, 101, text="a", reach="/1/"))
        theirs = await notices.insert(tx, Notice(0, 102, 2, 5, 102, text="b", reach="/1/2/"))
        await notices.move(tx, theirs, NoticeState.DRAFT, NoticeState.WAITING)
        draft = await notices.insert(tx, Notice(0, 102, 2, 5, 102, text="c", reach="/1/2/"))
        assert [n.id for n in (await notices.list_recent(tx, 101, "/1/", 8, 0))[0]] == [theirs, own]
        assert await notices.list_recent(tx, 101, "/9/", 8, 0) == ([await notices.get(tx, own)], 1)
        assert (await notices.list_recent(tx, 103, None, 8, 0)) == ([], 0)
        assert [n.id for n in (await notices.list_recent(tx, 102, "", 8, 0))[0]] == [draft, theirs]


async def test_whoever_covers_it_may_approve_but_never_its_author(db: Database) -> None:
    async with db.write() as tx:
        number = await notices.insert(tx, Notice(0, 101, 1, 5, 101, text="a", reach="/1/2/"))
        await notices.move(tx, number, NoticeState.DRAFT, NoticeState.WAITING)
        for reach, user, person, count in (
            ("/1/", 102, 2, 1),
            ("", 102, None, 1),
            ("/1/2/3/", 102, 2, 0),
            ("/1/", 101, 9, 0),
            ("/1/", 109, 1, 0),
        ):
            assert await notices.count_waiting(tx, reach, user, person) == count
            assert len(await notices.list_waiting(tx, reach, user, person, 0)) == count


async def test_the_message_that_a_notice_came_in_leads_to_it_and_all_of_it_is_ones_own_data(db: Database) -> None:
    async with db.write() as tx:
        await fill(tx)
        number = await planned(tx)
        await notices.set_source(tx, number, "101/7")
        found = await notices.find_by_source(tx, "101/7")
        assert found is not None and found.id == number
        assert await notices.find_by_source(tx, "101/8") is None
        await audiences.insert_group(tx, "中层", 101, {}, 5)
        data = await privacy.collect(tx, 101, 1)
        assert [len(data[section]) for section in ("notices", "audiences", "notice_people")] == [1, 1, 1]
        other = await notices.insert(tx, Notice(0, 101, 1, 5, 101, text="草稿"))
        await notices.cancel_drafts(tx, 101)
        gone = await notices.get(tx, other)
        assert gone is not None and (gone.state, gone.text) == (NoticeState.CANCELLED, "")


async def test_a_saved_group_has_one_name_for_its_owner(db: Database) -> None:
    async with db.write() as tx:
        number = await audiences.insert_group(tx, "中层", 101, {"roles": ["leader"]}, 5)
        assert number is not None
        assert await audiences.insert_group(tx, "中层", 101, {}, 5) is None
        assert await audiences.insert_group(tx, "中层", 102, {}, 5) is not None
        group = await audiences.get_group(tx, number)
        assert group is not None and (group.name, group.facts) == ("中层", {"roles": ["leader"]})
        assert [g.id for g in await audiences.list_groups(tx, 101)] == [number]
        assert not await audiences.delete_group(tx, number, 102)
        assert await audiences.delete_group(tx, number, 101)
