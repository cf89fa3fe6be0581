"""A role that an import or its undo has changed: the person hears of it, with the menu that is his from now on."""

import datetime as dt
from pathlib import Path

from tests.flows.conftest import NOW, Person, Stage, playing, value
from tests.flows.sending import at_rest
from tests.flows.test_roster import xlsx
from tests.flows.test_roster_stale import changed


async def commands(demo: Stage, person: Person) -> set[str]:
    """His list of commands, when all that is on its way has arrived."""
    await demo.restart_bot()
    return {one["command"] for one in demo.world.commands_for(person.id, person.id)}


async def bring(office: Person, rows: list[tuple[str, ...]]) -> None:
    await office.sends("r.xlsx", xlsx(rows))
    assert "花名册已更新" in (await office.presses("✅ 导入")).text


async def take_back(office: Person) -> None:
    await office.says("/roster")
    await office.presses("撤销上次导入")
    assert "已撤销" in (await office.presses("确认撤销")).text


async def waiting(demo: Stage) -> int:
    return int(await value(demo, "SELECT COUNT(*) FROM outbox WHERE kind = 'grants-changed' AND state = 'pending'"))


async def test_who_is_of_the_office_no_more_by_a_file_loses_its_menu_with_a_word(
    demo: Stage, office: Person, colleague: Person
) -> None:
    await office.says("/help")
    assert "roster" in await commands(demo, office)
    await bring(colleague, changed("BG002", role="职工"))
    told = await office.hears("您现在的角色")
    assert "您现在的角色：职工。" in told.text
    assert "花名册" not in str(told.reply_keyboard) and "打卡" in str(told.reply_keyboard)
    listed = await commands(demo, office)
    assert "roster" not in listed and "checkin" in listed


async def test_who_becomes_a_leader_by_a_file_gets_the_leaders_menu_in_his_language(
    demo: Stage, colleague: Person, person: Person
) -> None:
    await person.says("/language en")
    await bring(colleague, changed("ZF005", role="科室负责人"))
    told = await person.hears("Your role")
    assert "leader" in told.text.lower()
    assert "pending" in await commands(demo, person)


async def test_at_night_the_word_waits_for_working_hours_and_is_said_once_or_not_at_all(
    demo: Stage, colleague: Person, person: Person, leader: Person
) -> None:
    demo.move_to(NOW.replace(hour=22))
    await bring(colleague, changed("ZF005", role="创建办"))
    await take_back(colleague)
    await bring(
        colleague, [(*row[:4], "领导小组", row[5]) if row[0] in ("ZF005", "ZF001") else row for row in changed("ZF006")]
    )
    assert await waiting(demo) == 2
    await demo.app.catch_up()
    await at_rest(demo)
    assert not [text for text in person.heard if "您现在的角色" in text]
    await take_back(colleague)
    await bring(colleague, changed("ZF001", role="领导小组"))
    assert await waiting(demo) == 2
    demo.move_to(NOW + dt.timedelta(days=1))
    assert "领导小组" in (await leader.hears("您现在的角色")).text
    await demo.app.catch_up()
    await at_rest(demo)
    assert sum("您现在的角色" in text for text in leader.heard) == 1
    assert not [text for text in person.heard if "您现在的角色" in text], "he is what he was"
    assert await value(demo, "SELECT reason FROM outbox WHERE kind = 'grants-changed' AND state = 'skipped'") == "done"


async def test_an_undo_tells_as_well_and_who_keeps_his_role_hears_nothing(
    demo: Stage, colleague: Person, person: Person, leader: Person
) -> None:
    await bring(colleague, changed("ZF005", role="领导小组", title="二级主任科员"))
    await person.hears("领导小组")
    await take_back(colleague)
    assert "职工" in (await person.hears("您现在的角色：职工")).text
    assert "report" not in await commands(demo, person)
    await bring(colleague, changed("ZF001", title="调研员"))
    assert await waiting(demo) == 0


async def test_what_was_granted_in_chat_is_no_change_when_the_file_says_it_too(
    demo: Stage, colleague: Person, person: Person
) -> None:
    async with demo.app.db.write() as tx:
        await tx.execute(
            "INSERT INTO grants (person_id, role, granted_by, granted_at)"
            " SELECT id, 'viewer', 900, 1 FROM people WHERE staff_number = 'ZF005'"
        )
    await bring(colleague, changed("ZF005", role="领导小组"))
    await demo.app.catch_up()
    await at_rest(demo)
    assert not [text for text in person.heard if "您现在的角色" in text]


async def test_an_owner_who_is_on_the_roster_hears_that_he_is_that_as_well(tmp_path: Path, seeded: Path) -> None:
    async with playing(tmp_path, seeded, owner_ids="900, 1037") as demo:
        person, colleague = demo.of("ZF005"), demo.of("BG003")
        assert person.id == 1037
        await bring(colleague, changed("ZF005", role="领导小组"))
        told = await person.hears("您现在的角色")
        assert "您现在的角色：系统管理员、领导小组。" in told.text and "设置" in str(told.reply_keyboard)
        await person.says("/language en")
        await bring(colleague, changed("ZF005", role="科室负责人"))
        assert "Your role now: leader, owner." in (await person.hears("Your role now")).text
