"""Leave and erase: not a byte of a person is left, every figure is as before."""

from pathlib import Path
from typing import Any

from bot import commands
from bot.services import audit as audits
from bot.services import keeping
from storage import erasure, outbox
from storage.outbox import Intent
from tests.flows.conftest import Stage, value
from tests.flows.test_backup import night

CANARY, NAME, NUMBER = "金丝雀社区清扫", "沈志强", "ZF005"


async def totals(stage: Stage) -> list[Any]:
    async with stage.app.db.read() as tx:
        return await tx.fetch(
            "SELECT department_id, state, COUNT(*), SUM(minutes), COUNT(DISTINCT person_id) FROM checkins"
            " GROUP BY department_id, state ORDER BY 1, 2"
        ) + await tx.fetch(
            "SELECT department_id, status, COUNT(*) FROM people GROUP BY department_id, status ORDER BY 1, 2"
        )


async def lived(stage: Stage) -> None:
    """A person with something in many tables."""
    person = stage.of(NUMBER)
    await person.says(f"/checkin 2 {CANARY}")
    await stage.of("ZF001").says("/pending")
    await stage.of("ZF001").presses("确认")
    await person.says("昨天下午在社区清扫两个半小时")
    async with stage.app.db.write() as tx:
        await outbox.insert(tx, [Intent("c1", "parked", {"number": CANARY}, user_id=person.id)])
        await outbox.insert(tx, [Intent("c2", "parked", {"number": NAME}, user_id=stage.of("ZF001").id)])
        await tx.execute("UPDATE outbox SET state = 'sent', settled_at = 1 WHERE key IN ('c1', 'c2')")
        await tx.execute(
            "INSERT INTO inbox (update_id, chat_id, body, received_at, state) VALUES (-7, ?, ?, 1, 'parked')",
            person.id,
            CANARY,
        )
        checkin = await tx.value("SELECT MAX(id) FROM checkins WHERE text = ?", CANARY)
        await tx.execute("INSERT INTO checkin_photos VALUES (?, ?, ?, 1)", checkin, f"u{CANARY}", f"f{CANARY}")


async def erase(stage: Stage) -> str:
    person = stage.of(NUMBER)
    await person.says("/leave")
    assert "不能恢复" in (await person.presses("退出并删除")).text
    return (await person.presses("确定删除")).text


def left_in(folder: Path, words: list[str]) -> list[str]:
    """Which file holds which of these, as bytes: free pages, the log and what lies beside included."""
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = path.read_bytes()
        found += [f"{path.name}: {word}" for word in words if word.encode() in data]
    return found


async def test_nothing_of_who_is_erased_is_left_and_the_totals_are_the_same(demo: Stage, tmp_path: Path) -> None:
    await lived(demo)
    await demo.app.keep(demo.clock.now())
    before = await totals(demo)
    assert left_in(tmp_path, [CANARY])
    assert "已经删除" in await erase(demo)
    assert await totals(demo) == before
    await demo.settled()
    await night(demo)
    assert left_in(tmp_path, [CANARY, NAME, NUMBER]) == []
    assert await value(demo, "SELECT COUNT(*) FROM accounts WHERE user_id = ?", demo.of(NUMBER).id) == 0
    assert await value(demo, "SELECT COUNT(*) FROM audit WHERE actor_user = ?", demo.of(NUMBER).id) == 0
    assert (await audits.examine(demo.app.db, demo.app.house.place.journals)).broken == 0


async def test_who_was_erased_is_a_stranger_and_second_thoughts_are_possible(demo: Stage) -> None:
    person = demo.of(NUMBER)
    await person.says("/leave")
    await person.presses("退出并删除")
    assert "没有退出" in (await person.presses("不退出")).text
    given = next(b.data for row in (await person.says("/leave")).buttons for b in row if b.data.startswith("leave:1"))
    await person.presses("退出并删除")
    assert "已经删除" in (await person.presses("确定删除")).text
    assert "失效" in (await person.forges(given)).text
    assert "请先完成登记" in (await person.says("/me")).text


async def test_a_restore_does_not_bring_back_who_was_erased(demo: Stage) -> None:
    """H3: before the first update is handled."""
    await lived(demo)
    await demo.owner().says("/backup")
    ((_, backup),) = keeping.list_backups(demo.app.house.place.folder)
    await erase(demo)
    await demo.stop_bot()
    assert await commands.restore(demo.app.settings, str(backup)) == 0
    await demo.start_bot()
    assert await value(demo, "SELECT COUNT(*) FROM people WHERE name = ?", NAME) == 0
    assert await value(demo, "SELECT COUNT(*) FROM checkins WHERE text = ?", CANARY) == 0
    assert "请先完成登记" in (await demo.of(NUMBER).says("/me")).text
    assert await value(demo, "SELECT value FROM marks WHERE name = ?", erasure.DUE) == "1"


async def test_only_one_s_own_data_can_be_erased(demo: Stage) -> None:
    stranger = demo.person(777)
    await stranger.says("/start")
    for data in ("erase:1:1", "erase:1:0", "erase:0:5", "erase:1"):
        await stranger.forges(data)
    assert await value(demo, "SELECT COUNT(*) FROM people WHERE name = '—'") == 0


async def test_it_speaks_english_too(demo: Stage) -> None:
    person = demo.of(NUMBER)
    await person.says("/language en")
    await person.says("/leave")
    assert "cannot be undone" in (await person.presses("Leave and erase")).text
    assert "erased" in (await person.presses("Erase")).text
