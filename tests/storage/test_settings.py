"""What was set under an older name is not lost."""

from datetime import date

import pytest

from bot.services import campaign
from storage import settings
from storage.engine import Database
from storage.migrate import said_to, steps


@pytest.mark.parametrize(
    ("stored", "expected"),
    [({}, (480, 1080)), ({"work_from": "540"}, (540, 1080)), ({"work_from": "540", "work_until": "1020"}, (540, 1020))],
)
async def test_working_hours_of_two_settings_become_one(
    db: Database, stored: dict[str, str], expected: tuple[int, int]
) -> None:
    (statements,) = (statements for number, statements in steps() if number == 12)
    async with db.write() as tx:
        for name, value in stored.items():
            await settings.put(tx, name, value, 7)
        await settings.put(tx, "target", "40", 7)
        for statement in statements:
            await tx.execute(said_to(tx.dialect, statement))
    async with db.read() as tx:
        assert set(await settings.list_all(tx)) == {"target", *(["work_hours"] if stored else [])}
    assert (await campaign.current(db)).work_hours == expected


async def test_each_day_has_the_target_that_stood_at_its_end(db: Database) -> None:
    async with db.write() as tx:
        await settings.keep_target(tx, date(2025, 12, 31), 25)
        await settings.keep_target(tx, date(2026, 6, 30), 30)
        await settings.keep_target(tx, date(2026, 6, 30), 99)  # changed twice on the first of July
    days = [date(2024, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
    async with db.read() as tx:
        assert [await settings.find_target(tx, day) for day in days] == [25, 25, 30, 30, None]
