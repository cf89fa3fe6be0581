"""A leader sees his own departments and nothing else: no byte of another one, whatever he says, presses or forges."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import departments
from storage.records import NoticeState
from tests.hall import COMMANDS_SAID, FOREIGN, OWN, Hall, bytes_of, crawled, furnished, user_of

CANARY = "金丝雀"
INSIDERS = ("leader", "deputy")


@pytest.fixture
async def hall(tmp_path: Path, seeded: Path) -> AsyncIterator[Hall]:
    """The unit with a mark on whatever belongs to the other department: names, numbers, texts, the path."""
    async with furnished(tmp_path, seeded) as opened:
        async with opened.db.write() as tx:
            place = await departments.find_by_path(tx, FOREIGN)
            assert place is not None
            here = "(SELECT id FROM people WHERE department_id = ?)"
            await tx.execute("UPDATE people SET name = ? || CAST(id AS TEXT), staff_number = ? || staff_number,"
                             " title = ? WHERE department_id = ?", CANARY, CANARY, CANARY, place.id)  # fmt: skip
            await tx.execute(f"UPDATE checkins SET text = ?, late_reason = ? WHERE person_id IN {here}", CANARY, CANARY,
                             place.id)  # fmt: skip
            await tx.execute("UPDATE checkins SET state = 'submitted' WHERE id IN (SELECT MAX(id) FROM checkins"
                             f" WHERE person_id IN {here} GROUP BY person_id)", place.id)  # fmt: skip
            await tx.execute("UPDATE departments SET name = ?, path = ? WHERE id = ?", CANARY, CANARY, place.id)
        yield opened


async def ids_of(hall: Hall, table: str) -> list[int]:
    return [row[0] for row in (await hall.dump(table))[table]]


async def test_no_byte_of_another_department_reaches_a_leader_on_any_path(hall: Hall) -> None:
    """All that he finds by himself, then every id there is on every path that reads, then what others' buttons hold."""
    office = await crawled(hall, ("office",), (*COMMANDS_SAID, f"/members {CANARY}", f"/report {CANARY}"), limit=90)
    assert CANARY in bytes_of(await hall.says(user_of("office"), "/members 金丝"))
    assert CANARY in bytes_of(await hall.says(user_of("office"), "/report"))
    people, records = await ids_of(hall, "people"), await ids_of(hall, "checkins")
    places = await ids_of(hall, "departments")
    forged = {f"me:{n}:2026-10:0" for n in people} | {f"me:{n}::0" for n in people}
    forged |= {f"rv:{act}:{n}:1" for n in records for act in ("open", "photos")}
    forged |= {f"rv:{act}:{n}:1" for n in records[:60] for act in ("confirm", "return", "ask", "void", "undo", "skip")}
    forged |= {f"report:{act}:2026:{n}:0" for n in places for act in ("show", "where", "when", "table")}
    forged |= {f"co:card:{n}" for n in records}
    said = [*COMMANDS_SAID, f"/members {CANARY}", f"/report {CANARY}", f"/remind {CANARY}", f"/grant {CANARY}", CANARY]
    said += [f"/members {n}" for n in ("CW", "CW002", "金")]
    for role in INSIDERS:
        user = user_of(role)
        assert OWN in bytes_of(await hall.says(user, "/report")) or OWN in bytes_of(await hall.says(user, "/members"))
        for text in said:
            shown = bytes_of(await hall.says(user, text)).replace(f"/report {CANARY}", "")
            # His own words may be repeated to him: "nothing is called 金丝雀".
            assert CANARY not in shown or CANARY in text, (role, text, shown)
            assert f"{CANARY}CW" not in shown and f"{CANARY}1" not in shown and f"{CANARY}2" not in shown
        for data in sorted(forged | set(office)):
            shown = bytes_of(await hall.presses(user, data, photo=data.startswith("report")))
            assert CANARY not in shown, (role, data, shown)


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
