"""What was set under an older name is not lost."""

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
