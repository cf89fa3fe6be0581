"""Roles given and taken in chat: by whom, step by step, and what ends with them at that moment."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.sandbox.state import SentMessage
from storage import people
from storage.records import PersonStatus
from tests.flows.conftest import NOW, Person, Stage, value
from tests.flows.registering import status

OPEN = "SELECT COUNT(*) FROM grants WHERE revoked_at IS NULL"


async def grant(giver: Person, number: str, role: str, department: str = "", until: str = "") -> str:
    """The whole dialogue; the last answer."""
    await giver.says("/grant")
    await giver.presses("授予角色")
    await giver.says(number)
    answer = await giver.presses(role)
    if department:
        answer = await giver.presses(department)
    if until:
        answer = await giver.says(until)
    if any("确认授予" in b.text for row in answer.buttons for b in row):
        answer = await giver.presses("确认授予", answer)
    return answer.text


async def take(giver: Person, label: str) -> str:
    shown = await giver.says("/grant")
    while not any(label in b.text for row in shown.buttons for b in row):
        shown = await giver.presses("›", shown)
    await giver.presses(label, shown)
    return (await giver.presses("确认收回")).text


async def test_the_office_names_a_leader_who_hears_of_it_and_may_act_at_once(demo: Stage) -> None:
    office, person = demo.of("BG002"), demo.of("ZF004")
    assert "不在您的权限范围" in (await person.says("/pending")).text
    said = await grant(office, "ZF004", "科室负责人", "执法处")
    assert "✅ 已授予 苏洋（ZF004）：执法处科室负责人" in said
    told = await person.hears("您现在担任：执法处科室负责人")
    assert any("待审" in label for row in told.reply_keyboard or [] for label in row)
    assert "不在您的权限范围" not in (await person.says("/pending")).text
    assert "执法处" in (await person.says("/members")).text
    trail = "SELECT after FROM audit WHERE action = 'grant'"
    assert str(await value(demo, trail)).startswith("leader department:")


async def test_the_list_says_who_holds_what_and_since_the_roster(demo: Stage) -> None:
    shown = (await demo.of("BG002").says("授权")).text
    assert "· 创建办：孙玉兰（BG002）　花名册" in shown and "系统管理员只在运行设置里指定" in shown
    assert "leader of" in (await _english(demo, "BG003")).text


async def _english(demo: Stage, number: str) -> SentMessage:
    person = demo.of(number)
    await person.says("/language en")
    return await person.says("/grant")


async def test_a_role_taken_away_ends_with_its_dialogue_and_its_buttons(demo: Stage) -> None:
    office, person = demo.of("BG002"), demo.of("ZF004")
    await grant(office, "ZF004", "科室负责人", "执法处")
    members = await person.says("/members")
    await person.presses("查找", members)  # the bot waits for a name
    assert "已收回" in await take(office, "收回 苏洋")
    await person.hears("您已不再担任")
    assert "沈志强" not in (await person.says("沈志强")).text
    assert "失效" in (await person.presses("全部", members)).text
    assert "不在您的权限范围" in (await person.says("/pending")).text
    assert await value(demo, OPEN) == 0


async def test_a_role_of_the_roster_is_taken_away_too_with_a_hint_at_the_file(demo: Stage) -> None:
    office, chief = demo.of("BG002"), demo.of("ZF001")
    assert "请同时更正花名册文件" in await take(office, "收回 冯承志")
    await chief.hears("您已不再担任：执法处科室负责人")
    assert "不在您的权限范围" in (await chief.says("/pending")).text


async def test_a_deputy_acts_until_the_end_of_his_last_day(demo: Stage) -> None:
    office, deputy = demo.of("BG002"), demo.of("CW002")
    said = await grant(office, "CW002", "代理", "执法处", "10月20日")
    assert "执法处代理负责人（至 2026年10月20日）" in said
    await deputy.hears("代理负责人")
    demo.move_to(dt.datetime(2026, 10, 20, 23, 59, tzinfo=NOW.tzinfo))
    members = await deputy.says("/members")
    assert "沈志强" in members.text or "执法处" in members.text
    demo.move_to(dt.datetime(2026, 10, 21, 0, 0, 1, tzinfo=NOW.tzinfo))
    assert "不在您的权限范围" in (await deputy.says("/members")).text
    assert "失效" in (await deputy.presses("全部", members)).text
    # and may be named again
    assert "✅ 已授予" in await grant(office, "CW002", "代理", "执法处", "2026-10-30")


@pytest.mark.parametrize("wrong", ["昨天", "明年年底以后", "2030-01-01", "2月30日", "随便"])
async def test_a_deputys_last_day_must_be_a_day_to_come(demo: Stage, wrong: str) -> None:
    office = demo.of("BG002")
    assert "没有看懂这个日期" in await grant(office, "CW002", "代理", "执法处", wrong)
    again = await office.says("10月30日")  # asked once more, in the same dialogue
    assert "确认授予" in str(again.buttons)
    assert await value(demo, OPEN) == 0


async def test_only_an_owner_names_the_office_and_nobody_an_owner(demo: Stage) -> None:
    office, owner = demo.of("BG002"), demo.owner()
    await office.says("/grant ZF004")
    shown = [b.text for row in office.last.buttons for b in row]
    assert shown == ["科室负责人", "代理负责人（到期自动结束）", "领导小组（查看全部汇总）", "返回列表"]
    number = await value(demo, "SELECT id FROM people WHERE staff_number = 'ZF004'")
    for role in ("office", "owner", "staff", "nonsense"):
        await office.says("/grant")
        forged = await office.forges(f"gr:yes:{number}:{role}:0:0:")
        assert "您不能授予或收回这个角色" in forged.text, role
    assert "✅ 已授予" in await grant(owner, "ZF004", "创建办")
    assert "owner" not in str(await owner.says("/grant ZF004"))
    await office.says("/grant")
    assert "您不能授予" in (await office.forges(f"gr:off:{number}:office:0:0:")).text
    assert "花名册" in (await demo.of("ZF004").says("/roster")).text


async def test_nobody_grants_or_takes_anything_of_his_own(demo: Stage) -> None:
    office = demo.of("BG002")
    number = await value(demo, "SELECT id FROM people WHERE staff_number = 'BG002'")
    assert "不能给自己" in (await office.says("/grant BG002")).text
    await office.says("/grant")
    assert "不能给自己" in (await office.forges(f"gr:yes:{number}:viewer:0:0:")).text
    assert await value(demo, OPEN) == 0


async def test_what_is_held_already_is_not_given_again_and_a_second_press_changes_nothing(demo: Stage) -> None:
    office = demo.of("BG002")
    assert "已经是" in await grant(office, "ZF001", "科室负责人", "执法处")
    assert "✅" in await grant(office, "ZF001", "科室负责人", "财务处")
    number = await value(demo, "SELECT id FROM people WHERE staff_number = 'ZF001'")
    place = await value(demo, "SELECT id FROM departments WHERE path = '财务处'")
    assert "已经是" in (await office.forges(f"gr:yes:{number}:leader:{place}:0:")).text
    assert await value(demo, "SELECT COUNT(*) FROM audit WHERE action = 'grant'") == 1
    leader = demo.of("ZF001")
    members = (await leader.says("/members")).text
    assert "25" in members or "人" in members
    report = await leader.says("/report 财务处")
    assert (report.caption or report.text).startswith("财务处")


@pytest.mark.parametrize("who", ["ZF005", "ZF001", "ZH002"])
async def test_staff_leaders_and_viewers_grant_nothing(demo: Stage, who: str) -> None:
    person = demo.of(who)
    number = await value(demo, "SELECT id FROM people WHERE staff_number = 'ZF004'")
    assert "不在您的权限范围" in (await person.says("/grant ZF004")).text
    for data in ("gr:list:0::0:0:", f"gr:yes:{number}:viewer:0:0:", f"gr:off:{number}:leader:0:0:", "gr:give:0::0:0:"):
        assert "失效" in (await person.forges(data)).text
    assert await value(demo, OPEN) == 0


async def test_who_leaves_the_roster_has_nothing_left_and_gets_nothing_back_by_returning(demo: Stage) -> None:
    office, person = demo.of("BG002"), demo.of("ZF004")
    await grant(office, "ZF004", "科室负责人", "执法处")
    members = await person.says("/members")
    async with demo.app.db.write() as tx:
        found = await people.find_by_number(tx, "ZF004")
        assert found is not None
        await people.update_many(tx, [replace(found, status=PersonStatus.LEFT)], NOW.date())
    assert "失效" in (await person.presses("全部", members)).text
    assert "登记已停用" in (await person.says("/members")).text
    async with demo.app.db.write() as tx:
        await people.update_many(tx, [found], NOW.date())
    assert "不在您的权限范围" in (await person.says("/members")).text
    assert "不在您的权限范围" not in (await person.says("/me")).text


async def test_a_grant_to_somebody_who_has_left_meanwhile_is_refused(demo: Stage) -> None:
    office = demo.of("BG002")
    await office.says("/grant ZF004")
    shown = await office.presses("领导小组")
    async with demo.app.db.write() as tx:
        await status(tx, "ZF004", PersonStatus.LEFT)
    assert "情况已经变化" in (await office.presses("确认授予", shown)).text
    assert "没有找到" in (await office.says("/grant ZF004")).text


async def test_the_dialogue_survives_a_restart_and_a_command_leaves_it(demo: Stage) -> None:
    office = demo.of("BG002")
    await office.says("/grant")
    await office.presses("授予角色")
    await demo.restart_bot()
    assert "苏洋" in (await office.says("苏洋")).text
    await office.says("/grant")
    await office.presses("授予角色")
    assert "已取消" in (await office.says("/cancel")).text
    assert "没有听懂" in (await office.says("苏洋")).text


async def test_a_search_that_finds_many_none_or_something_never_kept_says_so(demo: Stage) -> None:
    office = demo.of("BG002")
    assert "太多" in (await office.says("/grant ZF0")).text
    assert "没有找到" in (await office.says("查无此人")).text
    assert "请选择" in (await office.says("凤英")).text
    assert "110101199003078515" not in (await office.says("110101199003078515")).text
