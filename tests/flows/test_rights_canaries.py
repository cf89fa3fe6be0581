"""A leader sees his own departments and nothing else: no byte of another one, whatever he says, presses or forges."""

import pytest

from storage import departments
from storage.records import NoticeState
from tests.hall import COMMANDS_SAID, FOREIGN, OWN, Hall, bytes_of, crawled, user_of
from tests.scenery import NOTICES

CANARY = "金丝雀"
INSIDERS = ("leader", "deputy")
LEAVING = ("leave:1", "erase:1")  # would take his own eyes: all consents of the seed are of the same instant


@pytest.fixture
async def hall(hall: Hall) -> Hall:
    """The unit with a mark on whatever belongs to the other department: names, numbers, texts, the path."""
    async with hall.db.write() as tx:
        place = await departments.find_by_path(tx, FOREIGN)
        assert place is not None
        here = "(SELECT id FROM people WHERE department_id = ?)"
        await tx.execute("UPDATE people SET name = ? || CAST(id AS TEXT), staff_number = ? || staff_number,"
                         " title = ? WHERE department_id = ?", CANARY, CANARY, CANARY, place.id)  # fmt: skip
        await tx.execute(f"UPDATE registrations SET account_name = ? WHERE person_id IN {here}", CANARY, place.id)
        await tx.execute(f"UPDATE checkins SET text = ?, late_reason = ? WHERE person_id IN {here}", CANARY, CANARY,
                         place.id)  # fmt: skip
        await tx.execute("UPDATE checkins SET state = 'submitted' WHERE id IN (SELECT MAX(id) FROM checkins"
                         f" WHERE person_id IN {here} GROUP BY person_id)", place.id)  # fmt: skip
        await tx.execute("UPDATE departments SET name = ?, path = ? WHERE id = ?", CANARY, CANARY, place.id)
    return hall


async def ids_of(hall: Hall, table: str, place: int | None = None) -> list[int]:
    """Of everything in a table, or of what is of this department and of three others."""
    async with hall.db.read() as tx:
        if place is None:
            return [row[0] for row in await tx.fetch(f"SELECT id FROM {table} ORDER BY id")]
        foreign = await tx.fetch(f"SELECT id FROM {table} WHERE department_id = ? ORDER BY id", place)
        others = await tx.fetch(f"SELECT id FROM {table} WHERE department_id <> ? ORDER BY id LIMIT 3", place)
        return [row[0] for row in (*foreign, *others)]


async def test_no_byte_of_another_department_reaches_a_leader_on_any_path(hall: Hall) -> None:
    """All that he finds by himself, then every id there is on every path that reads, then what others' buttons hold."""
    office = await crawled(hall, ("office",), (*COMMANDS_SAID, f"/members {CANARY}", f"/report {CANARY}"), limit=90)
    assert CANARY in bytes_of(await hall.says(user_of("office"), "/members 金丝"))
    assert CANARY in bytes_of(await hall.says(user_of("office"), "/report"))
    place = await hall.value("SELECT id FROM departments WHERE path = ?", CANARY)
    people, records = await ids_of(hall, "people", place), await ids_of(hall, "checkins", place)
    places, asking = await ids_of(hall, "departments"), await ids_of(hall, "registrations")
    assert len(asking) == 2
    forged = {f"me:{n}:2026-10:0" for n in people} | {f"me:{n}::0" for n in people}
    forged |= {f"rv:{act}:{n}:1" for n in records for act in ("open", "photos")}
    forged |= {f"rv:{act}:{n}:1" for n in records[:60] for act in ("confirm", "return", "ask", "void", "undo", "skip")}
    forged |= {f"report:{act}:2026:{n}:0" for n in places for act in ("show", "where", "when", "table")}
    forged |= {f"co:card:{n}" for n in records}
    forged |= {f"reg:{n}:{yes}" for n in asking for yes in (0, 1)} | {f"rv:later:{n}:0" for n in (0, *asking)}
    forged |= {f"rm:{act}:{n}:{about}:0" for act in ("show", "send", "where", "what") for n in (0, *places)
               for about in ("", *NOTICES)}  # fmt: skip
    forged |= {f"dl:{act}:{n}:0" for n in NOTICES for act in ("open", "names", "names-skipped", "sheet")}
    forged |= {f"tell:{act}:{n}:{of}:0" for n in NOTICES for act, of in
               (("list", place), ("list", 0), *(("told", person) for person in people[:3]))}  # fmt: skip
    said = [*COMMANDS_SAID, f"/members {CANARY}", f"/report {CANARY}", f"/remind {CANARY}", f"/grant {CANARY}", CANARY]
    said += [f"/members {n}" for n in ("CW", "CW002", "金")]
    for role in INSIDERS:
        user, before = user_of(role), await eyes(hall, role)
        for text in said:
            shown = bytes_of(await hall.says(user, text)).replace(f"/report {CANARY}", "")
            # His own words may be repeated to him: "nothing is called 金丝雀".
            assert CANARY not in shown or CANARY in text, (role, text, shown)
            assert f"{CANARY}CW" not in shown and f"{CANARY}1" not in shown and f"{CANARY}2" not in shown
        for data in sorted(forged | {data for data in office if not data.startswith(LEAVING)}):
            shown = bytes_of(await hall.presses(user, data, photo=data.startswith("report")))
            assert CANARY not in shown, (role, data, shown)
        assert await eyes(hall, role) == before  # and saw all that is his own until the end


async def eyes(hall: Hall, role: str) -> tuple[object, ...]:
    """What he may do, and that he sees his own people by it."""
    user, actor = user_of(role), await hall.actor(role)
    assert OWN in bytes_of(await hall.says(user, "/report"))
    assert "ZF0" in bytes_of(await hall.says(user, "/members"))
    return actor.roles, actor.led, actor.person_id


@pytest.mark.parametrize("state", list(NoticeState))
async def test_a_notice_of_another_department_is_none_of_a_leaders_business(hall: Hall, state: NoticeState) -> None:
    foreign = user_of("foreign leader")
    assert CANARY in bytes_of(await hall.says(foreign, f"/notice {CANARY} 明天下午开会"))
    buttons = await crawled(hall, ("foreign leader",), ("/notice",), limit=30)
    async with hall.db.write() as tx:
        await tx.execute("UPDATE notices SET state = ?", state.value)
    number = await hall.value("SELECT MAX(id) FROM notices")
    for role in INSIDERS:
        assert CANARY not in bytes_of(await hall.says(user_of(role), "/notice"))
        for data in [*buttons, *(f"{head}:{number}" for head in ("ng", "nt:open", "nl:all"))]:
            assert CANARY not in bytes_of(await hall.presses(user_of(role), data)), (role, data)
