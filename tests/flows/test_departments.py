"""Departments renamed, merged, moved, split and closed in chat, without losing their past."""

import datetime as dt

import pytest

from bot.domain.access import Actor
from bot.sandbox.state import SentMessage
from bot.services import accounts, setup
from bot.services.effects import Cause
from storage import departments, grants, groups, invites, reports
from storage.records import Role
from tests.flows.conftest import NOW, Person, Stage, value


async def opened(office: Person, name: str) -> SentMessage:
    await office.says("/roster")
    listed = await office.presses("部门")
    for _ in range(5):
        if any(b.text == name for row in listed.buttons for b in row):
            break
        listed = await office.presses("›", listed)
    return await office.presses(name, listed)


async def figures(stage: Stage, day: dt.date) -> dict[str, tuple[int, int]]:
    """Heads on that day and minutes of the month before it, by the id of the department."""
    async with stage.app.db.read() as tx:
        start = day - dt.timedelta(days=300)
        members = await reports.list_members(tx, "", day, start, day)
        hours = await reports.list_hours(tx, "", start, day)
        places = [one.id for one in await departments.list_all(tx, closed=True)]
    return {
        str(p): (sum(m[1] == p and m[2] in ("active", "on_leave") for m in members), hours.get(p, (0, 0))[0])
        for p in places
    }


async def test_the_tree_is_shown_and_a_department_is_renamed_with_all_below_it(demo: Stage) -> None:
    office = demo.of("BG003")
    card = await opened(office, "综合处")
    assert "下级：办公室" in card.text
    assert "涉密" in (await office.presses("改名")).text
    assert "写法不对" in (await office.says("综合/一处")).text
    assert "已经有" in (await office.says("执法处")).text
    sure = await office.says("综合管理处")
    await demo.restart_bot()
    assert "已改名" in (await office.presses("✅ 确认", sure)).text
    assert await value(demo, "SELECT COUNT(*) FROM departments WHERE path = '综合管理处/办公室'") == 1
    report = await office.says("/report 综合管理处")
    assert "综合管理处" in (report.caption or report.text)
    assert await value(demo, "SELECT COUNT(*) FROM audit WHERE action = 'department-rename'") == 1


async def test_a_merged_department_keeps_its_past_and_its_people_go_on(demo: Stage) -> None:
    office, day = demo.of("BG003"), NOW.date()
    yesterday = day - dt.timedelta(days=1)
    before = await figures(demo, yesterday)
    async with demo.app.db.read() as tx:
        enforcement = await departments.find_by_path(tx, "执法处")
        finance = await departments.find_by_path(tx, "财务处")
    assert enforcement is not None and finance is not None
    actor_heads = await value(
        demo,
        "SELECT COUNT(*) FROM people WHERE department_id = ? AND status <> 'left' AND status <> 'retired'",
        enforcement.id,
    )
    await opened(office, "执法处")
    await office.presses("并入别的部门")
    assert "没有“没有的处”" in (await office.says("没有的处")).text
    assert "现在就是这样" in (await office.says("执法处")).text
    sure = await office.says("财务处")
    assert f"共 {actor_heads} 人转入" in sure.text
    assert "仍记在原部门" in sure.text
    assert "1 人的角色是科室负责人" in sure.text
    assert "已并入" in (await office.presses("✅ 确认")).text
    assert await figures(demo, yesterday) == before
    after = await figures(demo, day)
    assert after[str(enforcement.id)][0] == 0
    assert after[str(enforcement.id)][1] == before[str(enforcement.id)][1]
    assert after[str(finance.id)][0] == before[str(finance.id)][0] + before[str(enforcement.id)][0]
    listed = await office.says("/report 去年 执法处")
    assert "执法处" in (listed.caption or listed.text)
    assert "执法处" not in (await opened(office, "财务处")).text
    assert await value(demo, "SELECT merged_into FROM departments WHERE id = ?", enforcement.id) == finance.id
    await demo.of("ZF005").says("/checkin 2 植树")
    path = "SELECT d.path FROM checkins c JOIN departments d ON d.id = c.department_id ORDER BY c.id DESC LIMIT 1"
    assert await value(demo, path) == "财务处"


async def test_an_invite_of_a_merged_department_is_worth_nothing(demo: Stage) -> None:
    office = demo.of("BG003")
    async with demo.app.db.read() as tx:
        found = await departments.find_by_path(tx, "执法处")
    assert found is not None
    actor = await office_actor(demo)
    await setup.invite(Cause(demo.app.db), actor, found.id, NOW)
    await opened(office, "执法处")
    await office.presses("并入别的部门")
    await office.says("财务处")
    await office.presses("✅ 确认")
    assert await value(demo, "SELECT COUNT(*) FROM invites WHERE revoked_at IS NULL") == 0


async def office_actor(demo: Stage) -> Actor:
    return await accounts.recognise(demo.app.db, demo.of("BG003").id, frozenset(), NOW)


async def test_a_department_moves_with_all_below_it_and_back(demo: Stage) -> None:
    office = demo.of("BG003")
    before = await figures(demo, NOW.date() - dt.timedelta(days=1))
    await opened(office, "综合处")
    await office.presses("调整上级")
    assert "自己的下级" in (await office.says("综合处/办公室")).text
    sure = await office.says("财务处")
    assert "调整为“财务处/综合处”" in sure.text
    assert "连同 1 个下级" in sure.text
    await office.presses("✅ 确认")
    assert (
        await value(
            demo,
            "SELECT path FROM departments d JOIN people p ON p.department_id = d.id WHERE p.staff_number = 'BG003'",
        )
        == "财务处/综合处/办公室"
    )
    now = await figures(demo, NOW.date() - dt.timedelta(days=1))
    assert {place: now[place] for place in before} == before
    demo.move_to(NOW + dt.timedelta(days=1))
    await opened(office, "综合处")
    await office.presses("调整上级")
    assert "调整为“综合处”" in (await office.presses("作为一级部门")).text
    await office.presses("✅ 确认")
    assert await value(demo, "SELECT closed_on FROM departments WHERE path = '综合处'") is None


RIGHT = (
    "SELECT COUNT(*) FROM grants g JOIN departments d ON d.id = g.department_id"
    " WHERE d.path = ? AND g.revoked_at IS NULL"
)


@pytest.mark.parametrize(("button", "target", "kept"), [("调整上级", "财务处", 1), ("并入别的部门", "财务处", 0)])
async def test_what_was_given_over_a_department_goes_along_with_it_and_never_to_another(
    demo: Stage, button: str, target: str, kept: int
) -> None:
    office = demo.of("BG003")
    async with demo.app.db.write() as tx:
        place = await tx.value(OF, "执法处")
        person = await tx.value("SELECT id FROM people WHERE staff_number = 'CW005'")
        await grants.insert(tx, person, Role.LEADER, place, None, 900, 1)
    await opened(office, "执法处")
    await office.presses(button)
    await office.says(target)
    await office.presses("✅ 确认")
    assert await value(demo, RIGHT, "财务处/执法处") == kept
    assert await value(demo, RIGHT, "执法处") == 0
    assert await value(demo, RIGHT, "财务处") == 0


@pytest.mark.parametrize(("button", "said"), [("撤销部门", ""), ("并入别的部门", "财务处")])
async def test_rights_over_a_department_that_is_no_more_end_are_written_down_and_do_not_come_back(
    demo: Stage, button: str, said: str
) -> None:
    """Closed or merged, a file may open one of its name again years later."""
    office = demo.of("BG003")
    async with demo.app.db.write() as tx:
        place = (await departments.insert(tx, "临时组")).id
        person = await tx.value("SELECT id FROM people WHERE staff_number = 'CW005'")
        await grants.insert(tx, person, Role.LEADER, place, None, 900, 1)
        await groups.bind(tx, -100, place, "群", 900, 1)
        await invites.insert(tx, "hash", place, 900, 1, 2**60, 5)
    await opened(office, "临时组")
    await office.presses(button)
    if said:
        await office.says(said)
    await office.presses("✅ 确认")
    async with demo.app.db.write() as tx:
        assert (await departments.insert(tx, "临时组")).id == place
    assert await value(demo, RIGHT, "临时组") == 0
    assert await value(demo, "SELECT COUNT(*) FROM group_bindings WHERE ended_at IS NULL") == 0
    assert await value(demo, "SELECT COUNT(*) FROM invites WHERE revoked_at IS NULL") == 0
    taken = "SELECT before FROM audit WHERE action = 'grant-taken' AND subject = ?"
    assert await value(demo, taken, f"person:{person}") == f"leader department:{place} until:"
    assert await value(demo, "SELECT before FROM audit WHERE action = 'group-unbound'") == "chat:-100"


@pytest.mark.parametrize(("button", "said"), [("撤销部门", ""), ("并入别的部门", "财务处"), ("调整上级", "财务处")])
@pytest.mark.parametrize(("language", "heard"), [("zh", "不再担任"), ("en", "no longer")])
async def test_whoever_loses_a_right_with_its_department_hears_so_and_nobody_else(
    demo: Stage, button: str, said: str, language: str, heard: str
) -> None:
    """A move keeps the right; a deputy whose last day was yesterday has none to lose."""
    office, holder, past = demo.of("BG003"), demo.of("CW005"), demo.of("CW004")
    await holder.says(f"/language {language}")
    async with demo.app.db.write() as tx:
        place = (await departments.insert(tx, "临时组")).id
        for number, until in (("CW005", None), ("CW004", NOW.date() - dt.timedelta(days=1))):
            person = await tx.value("SELECT id FROM people WHERE staff_number = ?", number)
            await grants.insert(tx, person, Role.LEADER, place, until, 900, 1)
    await opened(office, "临时组")
    await office.presses(button)
    if said:
        await office.says(said)
    await office.presses("✅ 确认")
    told = "SELECT COUNT(*) FROM outbox WHERE kind = 'grants-taken' AND user_id = ?"
    assert await value(demo, told, past.id) == 0
    if button == "调整上级":
        assert await value(demo, told, holder.id) == 0
    else:
        assert "临时组" in (await holder.hears(heard)).text


async def test_a_part_of_a_department_is_taken_out_from_a_day_on(demo: Stage) -> None:
    office = demo.of("BG003")
    await demo.of("ZF005").says("/checkin 10月12日 2 植树")
    await opened(office, "执法处")
    await office.presses("分出一部分人")
    assert "写法不对" in (await office.says("执法处//二科")).text
    picking = await office.says("执法处/二科")
    assert "已选 0 人" in picking.text
    assert "还没有选人" in (await office.presses("选好了")).text
    await opened(office, "执法处")
    await office.presses("分出一部分人")
    await office.says("执法处/二科")
    await office.presses("ZF005")
    assert "已选 2 人" in (await office.presses("ZF006")).text
    await office.presses("☑ ZF006")
    sure = await office.presses("选好了")
    assert "1 人转到“执法处/二科”" in sure.text
    assert "会新建" in sure.text
    await office.presses("改起始日期")
    assert "不能晚于今天" in (await office.says("2027-01-01")).text
    await office.says("10月10日")
    assert "已从“执法处”转到" in (await office.presses("✅ 确认")).text
    path = "SELECT d.path FROM checkins c JOIN departments d ON d.id = c.department_id ORDER BY c.id DESC LIMIT 1"
    assert await value(demo, path) == "执法处/二科"


async def test_only_an_empty_department_is_closed_and_its_name_may_be_used_again(demo: Stage) -> None:
    office = demo.of("BG003")
    async with demo.app.db.write() as tx:
        await departments.insert(tx, "临时组")
    await opened(office, "执法处")
    assert "还有人" in (await office.forges(f"dp:close:{await value(demo, OF, '执法处')}:0")).text
    number = await value(demo, OF, "临时组")
    await opened(office, "临时组")
    await office.presses("撤销部门")
    assert "已撤销" in (await office.presses("✅ 确认")).text
    assert "没有这个部门" in (await office.forges(f"dp:card:{number}:0")).text
    await opened(office, "财务处")
    await office.presses("改名")
    await office.says("临时组")
    await office.presses("✅ 确认")
    assert await value(demo, "SELECT path FROM departments WHERE id = ?", number) == f"临时组 (2026-10-14 {number})"


OF = "SELECT id FROM departments WHERE path = ?"


async def test_what_changed_meanwhile_is_not_done(demo: Stage) -> None:
    office = demo.of("BG003")
    await opened(office, "执法处")
    await office.presses("并入别的部门")
    sure = await office.says("财务处")
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET status = 'left' WHERE staff_number = 'ZF005'")
    yes = str(sure.buttons[0][0].data)
    assert "不是最新" in (await office.presses("✅ 确认", sure)).text
    assert "失效" in (await office.forges(yes)).text
    assert await value(demo, "SELECT COUNT(*) FROM audit") == 0


async def test_nobody_but_the_office_touches_a_department(demo: Stage) -> None:
    for number in ("ZF001", "ZF005", "ZH002"):
        person = demo.of(number)
        await person.says("/help")
        for data in ("dp:list:0:0", "dp:card:1:0", "dp:merge:1:0", "dp:yes:1:0", "dp:pick:1:0"):
            assert "执法处" not in (await person.forges(data)).text
    assert await value(demo, "SELECT COUNT(*) FROM audit") == 0


async def test_it_speaks_english(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/language en")
    await office.says("/roster")
    await office.presses("Departments")
    await office.presses("执法处")
    await office.presses("Merge into another")
    assert "merges into" in (await office.says("财务处")).text
    assert "is merged into" in (await office.presses("✅ Confirm")).text
