"""Personal invites: a sheet of QR codes for those who are not bound, each good for one person and one use."""

import datetime as dt
import io
import zipfile

import pytest

from bot.frames import frame
from bot.services import slips
from bot.services.slips import Made
from bot.slips import qr_png, write_slips
from storage import departments, invites
from tests.flows.conftest import NOW, Stage, data_of, labels, rows, value
from tests.flows.registering import NEW, NO_MATCH, actor_of


async def codes(demo: Stage, department: str = "服务大厅") -> dict[str, str]:
    """Staff number to code, as they stand on a sheet that the owner has made."""
    async with demo.app.db.read() as tx:
        found = await departments.find_by_path(tx, department)
        assert found is not None
        seen = await invites.last_personal(tx, found.trail)
    made = await slips.make(demo.app.db, await actor_of(demo, 900), found.id, seen, "", demo.clock.now())
    assert isinstance(made, Made)
    return {one.staff_number: one.code for one in made.slips}


async def test_the_office_gets_a_sheet_with_a_code_for_everybody_who_is_not_bound(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/roster")
    listed = await office.presses("邀请二维码")
    assert "服务大厅" in str(listed.buttons)
    sure = await office.presses("服务大厅")
    assert "只有工号，没有姓名" in sure.text
    sent = await office.presses("✅ 生成")
    assert sent.document is not None
    waiting = await value(
        demo,
        "SELECT COUNT(*) FROM people p JOIN departments d ON d.id = p.department_id WHERE d.path LIKE '服务大厅%'"
        " AND p.status NOT IN ('left', 'retired') AND p.id NOT IN (SELECT person_id FROM accounts"
        " WHERE person_id IS NOT NULL)",
    )
    assert f"{waiting} 个二维码" in (sent.caption or "")
    with zipfile.ZipFile(io.BytesIO(sent.document.data)) as book:
        words = book.read("xl/sharedStrings.xml").decode()
        assert len([name for name in book.namelist() if name.startswith("xl/media/")]) == waiting
    names = await names_of(demo)
    assert not any(name in words for name in names)
    assert await value(demo, "SELECT COUNT(*) FROM invites WHERE person_id IS NOT NULL AND uses_left = 1") == waiting
    assert await value(demo, "SELECT COUNT(*) FROM audit WHERE action = 'invite-sheet'") == 1


async def test_a_second_press_asks_before_it_ends_the_codes_that_were_just_printed(demo: Stage) -> None:
    office, made = demo.of("BG003"), "SELECT COUNT(*) FROM invites WHERE person_id IS NOT NULL"
    await office.says("/roster")
    await office.presses("邀请二维码")
    sure = await office.presses("服务大厅")
    make = data_of(sure, "✅ 生成")
    sheet = await office.presses("✅ 生成")
    card = demo.world.chats[office.id].messages[sure.id]
    assert card.text == "已生成，见下方文件。" and labels(card) == ["选择部门"]
    assert "有效期至2026年10月28日" in (sheet.caption or "")
    codes_made = await value(demo, made)
    asked = await office.forges(make, card)  # the same press again: a double tap, or a button of an old screen
    assert asked.id == card.id and "刚才的二维码会作废" in asked.text
    assert await value(demo, made) == codes_made
    await demo.restart_bot()
    assert (await office.presses("确定重新生成")).document is not None
    assert await value(demo, made) == 2 * codes_made
    assert await value(demo, f"{made} AND revoked_at IS NULL") == codes_made
    await office.says("/language en")
    assert "ends those" in (await office.forges(make, card)).text


async def names_of(demo: Stage) -> list[str]:
    async with demo.app.db.read() as tx:
        return [row[0] for row in await tx.fetch("SELECT name FROM people")]


def test_a_slip_holds_the_very_link() -> None:
    links = [f"https://t.me/wenming_bot?start=code{n}" for n in range(21)]
    feed = frame({"sheet": "s"}) + frame([[link, "=1+1", "工号 7"] for link in links])
    with zipfile.ZipFile(io.BytesIO(write_slips(io.BytesIO(feed)))) as book:
        pictures = {book.read(name) for name in book.namelist() if name.startswith("xl/media/")}
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert pictures == {qr_png(link) for link in links}
    assert "<f>" not in sheet
    assert sheet.count("<brk ") == 2


async def test_whoever_scans_his_code_gives_his_name_only_and_waits_for_his_leader(demo: Stage) -> None:
    number, path = await unbound(demo)
    code = (await codes(demo, path))[number]
    person = demo.person(NEW, "晓明", "李")
    assert "个人信息处理告知" in (await person.says(f"/start {code}")).text
    asked = await person.presses("同意")
    assert "姓名" in asked.text
    assert number not in asked.text
    assert (await person.says("别人")).text == NO_MATCH
    name = await value(demo, "SELECT name FROM people WHERE staff_number = ?", number)
    await demo.restart_bot()
    other = demo.person(NEW + 1, "某", "人")
    await other.says(f"/start {code}")
    await other.presses("同意")
    waiting = await other.says(str(name))
    assert "等待" in waiting.text or "审核" in waiting.text or "确认" in waiting.text
    third = demo.person(NEW + 2, "某", "三")
    assert "个人信息处理告知" not in (await third.says(f"/start {code}")).text


async def unbound(demo: Stage) -> tuple[str, str]:
    async with demo.app.db.read() as tx:
        row = await tx.row(
            "SELECT p.staff_number, d.path FROM people p JOIN departments d ON d.id = p.department_id WHERE"
            " p.status = 'active' AND p.id NOT IN (SELECT person_id FROM accounts WHERE person_id IS NOT NULL)"
            " AND p.role = 'staff' ORDER BY p.id LIMIT 1"
        )
    assert row is not None
    return row[0], row[1]


async def test_a_personal_code_lets_nobody_else_in(demo: Stage) -> None:
    number, path = await unbound(demo)
    found = await codes(demo, path)
    person = demo.person(NEW, "晓明", "李")
    await person.says(f"/start {found[number]}")
    await person.presses("同意")
    assert (await person.says("ZF005 沈志强")).text == NO_MATCH


async def test_a_new_sheet_ends_the_codes_of_the_one_before_and_all_end_at_once(demo: Stage) -> None:
    number, path = await unbound(demo)
    old, new = (await codes(demo, path))[number], (await codes(demo, path))[number]
    person = demo.person(NEW, "晓明", "李")
    assert "个人信息处理告知" not in (await person.says(f"/start {old}")).text
    assert "个人信息处理告知" in (await person.says(f"/start {new}")).text
    office = demo.of("BG003")
    await office.says("/roster")
    await office.presses("邀请二维码")
    assert "已作废" in (await office.presses("全部个人二维码作废")).text
    await person.presses("同意")
    name = await value(demo, "SELECT name FROM people WHERE staff_number = ?", number)
    await person.says(str(name))
    assert await value(demo, "SELECT COUNT(*) FROM registrations") == 0


async def test_who_leaves_the_roster_loses_his_code_and_who_is_bound_needs_none(demo: Stage) -> None:
    number, path = await unbound(demo)
    await codes(demo, path)
    office = demo.of("BG003")
    await office.says("/roster")
    await office.presses("查找人员")
    await office.says(number)
    await office.presses(number)
    await office.presses("改状态")
    await office.presses("离职")
    await office.presses("✅ 确认")
    still = "SELECT COUNT(*) FROM invites i JOIN people p ON p.id = i.person_id WHERE p.staff_number = ?"
    assert await value(demo, f"{still} AND i.revoked_at IS NULL", number) == 0
    async with demo.app.db.read() as tx:
        assert number not in [one.staff_number for one in await invites.list_unbound(tx, "", 0)]


async def test_no_code_stands_in_the_database_in_clear(demo: Stage) -> None:
    number, path = await unbound(demo)
    code = (await codes(demo, path))[number]
    async with demo.app.db.read() as tx:
        tables = await tx.fetch("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables:
            assert code not in str(await tx.fetch(f'SELECT * FROM "{table}"'))


async def test_a_hundred_phones_with_one_slip_come_to_one_registration(demo: Stage) -> None:
    number, path = await unbound(demo)
    code = (await codes(demo, path))[number]
    name = str(await value(demo, "SELECT name FROM people WHERE staff_number = ?", number))
    crowd = [demo.person(6000 + n, "某", "人") for n in range(100)]
    for person in crowd:
        await person.says(f"/start {code}")
        await person.presses("同意")
    for person in crowd:
        demo.world.say(person.id, name)
    await demo.settled()
    assert await value(demo, "SELECT COUNT(*) FROM registrations") == 1
    assert await value(demo, "SELECT uses_left FROM invites WHERE person_id IS NOT NULL AND uses_left <> 1") == 0


async def test_nobody_but_the_office_makes_codes(demo: Stage) -> None:
    for number in ("ZF001", "ZF005", "ZH002"):
        person = demo.of(number)
        await person.says("/help")
        for data in ("slip:list:0:0", "slip:make:1:0", "slip:revoke:0:0"):
            assert (await person.forges(data)).document is None
    office = demo.of("BG003")
    await office.says("/help")
    assert "没有这个部门" in (await office.forges("slip:make:9999:0")).text
    assert await value(demo, "SELECT COUNT(*) FROM invites") == 0


async def test_a_department_where_everybody_is_in_gets_no_sheet(demo: Stage) -> None:
    office = demo.of("BG003")
    async with demo.app.db.write() as tx:
        place = await departments.insert(tx, "空处")
    await office.says("/roster")
    await office.presses("邀请二维码")
    assert "都已绑定" in (await office.forges(f"slip:sure:{place.id}:0")).text


async def test_what_finds_no_room_on_a_sheet_stands_on_the_next_and_no_printed_code_ends(
    demo: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A great department takes several sheets; made anew, the oldest of them comes first."""
    monkeypatch.setattr("bot.services.slips.MOST", 3)
    office, alive = demo.of("BG003"), "SELECT id FROM invites WHERE person_id IS NOT NULL AND revoked_at IS NULL"
    async with demo.app.db.write() as tx:
        assert len(await invites.list_unbound(tx, "", 0)) == 5
        (top,) = await tx.row("SELECT id FROM departments WHERE path = '服务大厅'") or ()
        await tx.execute(
            "UPDATE people SET department_id = ? WHERE status NOT IN ('left', 'retired') AND NOT EXISTS"
            " (SELECT 1 FROM accounts a WHERE a.person_id = people.id)",
            top,
        )
    await office.says("/roster")
    await office.presses("邀请二维码")
    sheets, codes_alive = [], []
    for sheet, people in enumerate((3, 2, 3)):
        demo.move_to(NOW + dt.timedelta(minutes=sheet))
        assert f"{people} 人各生成" in (await office.presses("服务大厅")).text
        sheets.append((await office.presses("✅ 生成")).caption or "")
        codes_alive.append([row[0] for row in await rows(demo, f"{alive} ORDER BY id")])
        await office.presses("选择部门")
    assert codes_alive == [[1, 2, 3], [1, 2, 3, 4, 5], [4, 5, 6, 7, 8]], "no sheet ends another; anew, the oldest"
    assert "另有 2 人还没有二维码" in sheets[0] and "不会作废" in sheets[0]
    assert "另有" not in sheets[1] + sheets[2], "everybody has one"
    await office.says("/language en")
    async with demo.app.db.write() as tx:
        await invites.revoke_all_personal(tx, 0)
    await office.says("/roster")
    await office.presses("Invite")
    await office.presses("服务大厅")
    assert "2 more people have no code yet" in ((await office.presses("✅")).caption or "")


async def test_where_everybody_is_in_there_is_nothing_to_choose(demo: Stage) -> None:
    async with demo.app.db.write() as tx:
        await tx.execute(
            "UPDATE people SET status = 'left' WHERE NOT EXISTS"
            " (SELECT 1 FROM accounts a WHERE a.person_id = people.id)"
        )
    office = demo.of("BG003")
    await office.says("/roster")
    said = await office.presses("邀请二维码")
    assert said.text == "花名册上的人都已绑定，不需要二维码。" and not said.buttons
