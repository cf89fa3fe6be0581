"""What tests find in the unit beside its seed: somebody who waits, notices that have ended, reminders."""

from dataclasses import replace
from typing import Any

from bot.domain.roster import Entry, Roster
from bot.services import matters
from storage import people
from storage.outbox import Intent, insert
from storage.records import Person, PersonStatus
from tests.hall import NOW, OWN, Hall, user_of

WAITING = {
    7003: "ZF013",
    7004: "CW002",
}  # accounts that wait to be let in, and whom they want to be: ours, another department's
NEWCOMERS_NAME = "丁9000卯"  # what they are called
NOTICES = (71, 72)  # of the office to everybody, of the leader to his own; people are told of both in person


async def lived_in(hall: Hall) -> None:
    """Somebody waits to be let in, a notice has ended and people are told in person, some were reminded twice."""
    async with hall.db.write() as tx:
        place = await tx.value("SELECT id FROM departments WHERE path = ?", OWN)
        for user, number in WAITING.items():
            await tx.execute(
                "INSERT INTO registrations (user_id, person_id, account_name, created_at)"
                " SELECT CAST(? AS BIGINT), id, CAST(? AS TEXT), 1 FROM people WHERE staff_number LIKE ?",
                *(user, NEWCOMERS_NAME, f"%{number}"),
            )
        leader = user_of("leader")
        for reach, number in (("", 71), ((await hall.actor("leader")).led, 72)):
            await tx.execute(
                "INSERT INTO notices (id, author_user, authority, state, text, answer, reach, round, planned_at,"
                " created_at) VALUES (?, ?, ?, 'done', '周五开会', 1, ?, 1, 1, 1)",
                *(number, user_of("office") if reach == "" else leader, leader, reach),
            )
            await tx.execute(
                "INSERT INTO notice_people (notice_id, person_id, department_id, fate, telling, told_at, told_by)"
                " SELECT CAST(? AS BIGINT), id, department_id, 'not_bound', 1, CASE WHEN id % 2 = 0 THEN 1 END,"
                " CASE WHEN id % 2 = 0 THEN CAST(? AS BIGINT) END FROM people WHERE status <> 'left'",
                *(number, leader),
            )
        await _reminded_twice(tx, place)


async def _reminded_twice(tx: Any, place: int) -> None:
    matter = matters.of_quarter(NOW.date())
    await insert(tx, [Intent(f"r{n}:{p.id}", "reminder", {}, person_id=p.id, matter=matter)
                      for n in (1, 2) for p in await people.list_in(tx, [place])])  # fmt: skip
    await tx.execute("UPDATE outbox SET state = 'sent', settled_at = 1 WHERE matter = ?", matter)
    told = {"matter": matter, "department": place, "named": True}
    users = [user_of("leader"), user_of("office"), user_of("owner")]
    await insert(tx, [Intent(f"c{user}", "remind-contact", told, user_id=user, matter=matter) for user in users])


def file_of(known: list[tuple[Person, str]]) -> Roster:
    """Everybody, but for every kind of change: a new name, another department, a retirement, somebody missing."""
    entries = [Entry(n, p.staff_number, p.name, path, p.title, p.role, p.status) for n, (p, path) in enumerate(known)]
    at = {entry.staff_number: index for index, entry in enumerate(entries)}
    entries[at["ZF009"]] = replace(entries[at["ZF009"]], name="丁9002卯")
    entries[at["ZF010"]] = replace(entries[at["ZF010"]], department_path="财务处")
    entries[at["ZF011"]] = replace(entries[at["ZF011"]], status=PersonStatus.RETIRED)
    entries[at["ZF012"]] = replace(entries[at["ZF012"]], title="新职务")
    added = replace(entries[0], staff_number="NEU1", name="丁9003卯")
    kept = [one for one in entries if one.staff_number != "CW003"]
    return Roster((*kept, added), (), seen=frozenset(one.staff_number for one in (*kept, added)))
