"""One person of the roster, changed and added in chat by the office."""

import datetime as dt
import re

import pytest

from bot.sandbox.state import SentMessage
from storage import departments, grants, reports
from storage.records import Role
from tests.flows.conftest import ZONE, Person, Stage, value
from tests.flows.test_roster import xlsx


async def find(office: Person, text: str, label: str) -> SentMessage:
    await office.says("/roster")
    await office.presses("查找人员")
    await office.says(text)
    return await office.presses(label)


async def test_a_person_is_found_and_every_column_is_changed(demo: Stage) -> None:
    office = demo.of("BG003")
    card = await find(office, "沈志", "ZF005")
    assert "部门：执法处" in card.text
    assert "任职经历" in card.text
    assert "涉密" in (await office.presses("改姓名")).text
    sure = await office.says("沈志刚")
    assert "沈志强 → 沈志刚" in sure.text
    await demo.restart_bot()
    assert "已更新" in (await office.presses("✅ 确认", sure)).text
    await office.presses("查看资料")
    await office.presses("改职务")
    assert "副主任" in (await office.says("副主任")).text
    await office.presses("✅ 确认")
    await office.presses("查看资料")
    await office.presses("改职务")
    assert "副主任 → （空）" in (await office.says("无")).text
    await office.presses("✅ 确认")
    await office.presses("查看资料")
    await office.presses("改角色")
    assert "职工 → 科室负责人" in (await office.presses("科室负责人")).text
    await office.presses("✅ 确认")
    await office.presses("查看资料")
    await office.presses("改部门")
    assert "执法处 → 财务处" in (await office.says("财务处")).text
    await office.presses("✅ 确认")
    card = await office.presses("查看资料")
    assert "沈志刚" in card.text
    assert "10月14日起　财务处" in card.text
    assert await value(demo, "SELECT COUNT(*) FROM audit WHERE action = 'roster-changed'") == 5
    words = await value(demo, "SELECT before || after FROM audit WHERE action = 'roster-changed' ORDER BY id LIMIT 1")
    assert "沈" not in str(words)
    assert "name" in str(words)


async def test_whoever_retires_is_a_stranger_at_that_moment_and_his_hours_stay(demo: Stage) -> None:
    office, person = demo.of("BG003"), demo.of("ZF005")
    await person.says("/checkin")
    await find(office, "ZF005", "ZF005")
    await office.presses("改状态")
    sure = await office.presses("退休")
    assert "从10月14日起" in sure.text
    assert "立即不能再使用" in sure.text
    await office.presses("改起始日期")
    assert "不能晚于今天" in (await office.says("2026-10-20")).text
    assert "没看懂" in (await office.says("不知道")).text
    sure = await office.says("9月30日")
    assert "从9月30日起" in sure.text
    await office.presses("✅ 确认", sure)
    assert "/checkin" not in (await person.says("/help")).text
    assert "2" not in (await person.says("2")).text
    assert await value(demo, "SELECT status FROM people WHERE staff_number = 'ZF005'") == "retired"
    card = await find(office, "ZF005", "ZF005")
    await office.presses("改角色", card)
    assert "先改状态" in (await office.presses("科室负责人")).text
    await find(office, "ZF005", "ZF005")
    await office.presses("改状态")
    await office.presses("在职")
    await office.presses("✅ 确认")
    assert "/checkin" in (await person.says("/help")).text


async def test_the_example_of_the_definitions_counts_the_same_after_edits(stage: Stage) -> None:
    """3/10, the mover's March hours stay with 执法处, those of who retired with 综合处."""
    owner = stage.owner()
    names = "甲乙丙丁戊己庚辛壬癸子丑"
    rows = [(f"A{n:02}", f"某{names[n - 1]}", "执法处" if n in (3, 12) else "综合处", "", "", "") for n in range(1, 13)]
    await owner.sends("r.xlsx", xlsx(rows))
    await owner.presses("✅ 导入")
    async with stage.app.db.write() as tx:
        for number, day in ((1, "2027-02-01"), (2, "2027-04-01"), (3, "2027-03-10"), (4, "2027-03-20")):
            await tx.execute(
                "INSERT INTO checkins (person_id, department_id, service_date, minutes, text, state, created_at)"
                " SELECT id, department_id, ?, 60, 'x', 'confirmed', 1 FROM people WHERE staff_number = ?",
                day,
                f"A{number:02}",
            )
    stage.move_to(dt.datetime(2027, 12, 30, 10, 0, tzinfo=ZONE))
    await find(owner, "A03", "A03")
    await owner.presses("改部门")
    await owner.says("综合处")
    await owner.presses("改起始日期")
    await owner.says("2027-07-01")
    await owner.presses("✅ 确认")
    await find(owner, "A04", "A04")
    await owner.presses("改状态")
    await owner.presses("退休")
    await owner.presses("改起始日期")
    await owner.says("2027-05-10")
    await owner.presses("✅ 确认")
    report = await owner.says("/report 本年 综合处")
    assert re.search(r"3\D+10\D", report.caption or report.text)
    hours = await value(
        stage,
        "SELECT SUM(c.minutes) FROM checkins c JOIN departments d ON d.id = c.department_id WHERE d.path = '综合处'",
    )
    assert hours == 180  # of 1, 2 and the one who retired; the mover's March hours are 执法处's
    async with stage.app.db.read() as tx:
        june = await reports.list_members(tx, "", dt.date(2027, 6, 30), dt.date(2027, 6, 1), dt.date(2027, 6, 30))
    in_post = [place for _, place, status, _ in june if status == "active"]
    assert sorted(in_post.count(place) for place in set(in_post)) == [2, 9]  # before the move, after the retirement


async def test_a_move_that_is_written_late_takes_its_check_ins_along(demo: Stage) -> None:
    office = demo.of("BG003")
    await demo.of("ZF005").says("/checkin 10月12日 2 植树")
    await find(office, "ZF005", "ZF005")
    await office.presses("改部门")
    await office.says("财务处")
    await office.presses("改起始日期")
    await office.says("10月10日")
    await office.presses("✅ 确认")
    path = "SELECT d.path FROM checkins c JOIN departments d ON d.id = c.department_id ORDER BY c.id DESC LIMIT 1"
    assert await value(demo, path) == "财务处"
    await find(office, "ZF005", "ZF005")
    await office.presses("改部门")
    await office.says("执法处")
    await office.presses("改起始日期")
    sure = await office.says("10月9日")
    assert "会取代从10月10日起" in sure.text
    await office.presses("✅ 确认")
    assert await value(demo, path) == "执法处"


async def test_wrong_values_get_one_sentence_each_and_change_nothing(demo: Stage) -> None:
    office = demo.of("BG003")
    await find(office, "ZF005", "ZF005")
    await office.presses("改姓名")
    assert "不能以“=”开头" in (await office.says("=1+1")).text
    assert "太长" in (await office.says("长" * 41)).text
    assert "就是“沈志强”" in (await office.says("沈 志 强")).text
    assert "手机号" in (await office.says("13812345678")).text
    await find(office, "ZF005", "ZF005")
    await office.presses("改部门")
    assert "写法不对" in (await office.says("财务处//科")).text
    assert "会新建" in (await office.says("新处/一科")).text
    assert await value(demo, "SELECT COUNT(*) FROM departments WHERE path = '新处'") == 0
    assert await value(demo, "SELECT COUNT(*) FROM audit") == 0


async def test_what_somebody_else_has_changed_meanwhile_is_not_written_over(demo: Stage) -> None:
    office, other = demo.of("BG003"), demo.of("BG002")
    await find(office, "ZF005", "ZF005")
    await office.presses("改职务")
    sure = await office.says("处长")
    yes = str(sure.buttons[0][0].data)
    await find(other, "ZF005", "ZF005")
    await other.presses("改职务")
    await other.says("科长")
    await other.presses("✅ 确认")
    assert "不是最新" in (await office.presses("✅ 确认", sure)).text
    assert await value(demo, "SELECT title FROM people WHERE staff_number = 'ZF005'") == "科长"
    assert "失效" in (await office.forges(yes)).text


async def test_nobody_changes_his_own_role_and_only_the_owner_makes_the_office(demo: Stage) -> None:
    office, owner = demo.of("BG003"), demo.owner()
    await find(office, "BG003", "BG003")
    await office.presses("改角色")
    assert "自己的角色" in (await office.presses("领导小组")).text
    await find(office, "BG003", "BG003")
    await office.presses("改状态")
    assert "自己的角色和状态" in (await office.presses("请假")).text
    await find(office, "ZF005", "ZF005")
    await office.presses("改角色")
    assert "只能由系统管理员" in (await office.presses("创建办")).text
    await find(owner, "ZF005", "ZF005")
    await owner.presses("改角色")
    await owner.presses("创建办")
    await owner.presses("✅ 确认")
    assert await value(demo, "SELECT role FROM people WHERE staff_number = 'ZF005'") == "office"
    await find(office, "ZF005", "ZF005")
    await office.presses("改状态")
    assert "只能由系统管理员" in (await office.presses("离职")).text


async def test_a_role_changed_on_the_card_is_told_as_one_that_is_granted(demo: Stage) -> None:
    """At once and with the menu as it is from then on; of two roles, what ended and what began."""
    office, person = demo.of("BG003"), demo.of("ZF005")
    await person.says("/help")
    await changed_role(office, "科室负责人")
    told = await person.hears("您现在担任：执法处科室负责人")
    assert any("待审" in label for row in told.reply_keyboard or [] for label in row)
    await changed_role(office, "领导小组")
    await person.hears("您已不再担任：执法处科室负责人")
    await person.hears("您现在担任：领导小组")
    await changed_role(office, "职工")
    told = await person.hears("您已不再担任：领导小组")
    assert not any("报表" in label for row in told.reply_keyboard or [] for label in row)
    kinds = "SELECT COUNT(*) FROM outbox WHERE kind LIKE 'grants-%' AND user_id = ?"
    assert await value(demo, kinds, person.id) == 4
    number = await value(demo, "SELECT id FROM people WHERE staff_number = 'ZF005'")
    assert "失效" in (await office.forges(f"ps:yes:{number}:")).text
    assert await value(demo, kinds, person.id) == 4


async def changed_role(office: Person, role: str) -> None:
    await find(office, "ZF005", "ZF005")
    await office.presses("改角色")
    await office.presses(role)
    await office.presses("✅ 确认")


@pytest.mark.parametrize("number", ["ZF001", "ZF005"])
async def test_whoever_leaves_with_a_role_is_said_to_lose_it_before_anybody_agrees(demo: Stage, number: str) -> None:
    """By the roster's column, or given in chat."""
    async with demo.app.db.write() as tx:
        person = await tx.value("SELECT id FROM people WHERE staff_number = 'ZF005'")
        await grants.insert(tx, person, Role.VIEWER, None, None, 900, 1)
    office = demo.of("BG003")
    for language, status, button, word in (
        ("zh", "改状态", "退休", "现有的角色同时取消"),
        ("en", "Status", "retired", "The role held now ends"),
    ):
        await office.says(f"/language {language}")
        await office.forges(f"ps:card:{await value(demo, 'SELECT id FROM people WHERE staff_number = ?', number)}:")
        await office.presses(status)
        assert word in (await office.presses(button)).text
    await office.presses("✅ Confirm")
    assert "/report" not in (await demo.of(number).says("/help")).text
    await office.says("/language zh")
    await find(office, "ZF008", "ZF008")
    await office.presses("改状态")
    assert "角色" not in (await office.presses("退休")).text


async def test_before_a_leader_is_moved_it_is_said_what_he_leads_then(demo: Stage) -> None:
    who = "SELECT id FROM people WHERE staff_number = ?"
    office = demo.of("BG003")
    for language, words in (("zh", "改后负责 人事处，不再负责 财务处"), ("en", "lead 人事处 and no longer 财务处")):
        await office.says(f"/language {language}")
        await office.forges(f"ps:department:{await value(demo, who, 'CW001')}:")
        assert words in (await office.says("人事处")).text
    await office.forges(f"ps:department:{await value(demo, who, 'ZF005')}:")
    assert "no longer" not in (await office.says("人事处")).text


async def test_a_department_of_several_names_is_asked_for_by_its_whole_path(demo: Stage) -> None:
    async with demo.app.db.write() as tx:
        await departments.insert(tx, "执法处/办公室")
        number = await tx.value("SELECT id FROM people WHERE staff_number = 'ZF005'")
    office = demo.of("BG003")
    for language in ("zh", "en"):
        await office.says(f"/language {language}")
        await office.forges(f"ps:department:{number}:")
        asked = (await office.says("办公室")).text
        assert all(piece in asked for piece in ("综合处/办公室", "执法处/办公室")), asked
    assert "写全" not in asked and "whole path" in asked
    assert "执法处 → 执法处/办公室" in (await office.says("执法处/办公室")).text, "it is simply sent again"
    await office.says("/language zh")
    await office.says("/roster")
    await office.presses("新增一人")
    assert "请写全" in (await office.says("CW108 王小明 办公室")).text
    assert "CW108" in (await office.says("CW108 王小明 综合处/办公室")).text


async def test_who_comes_back_to_a_closed_department_is_given_another_first(demo: Stage) -> None:
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET status = 'retired' WHERE staff_number = 'ZF005'")
        await tx.execute("UPDATE departments SET closed_on = '2026-10-10' WHERE path = '执法处'")
    office = demo.of("BG003")
    await find(office, "ZF005", "ZF005")
    await office.presses("改状态")
    assert "请先改部门，再改状态" in (await office.presses("在职")).text
    await office.presses("查看资料")
    await office.presses("改部门")
    await office.says("财务处")
    await office.presses("✅ 确认")
    await office.presses("查看资料")
    await office.presses("改状态")
    assert "退休 → 在职" in (await office.presses("在职")).text
    assert "已更新" in (await office.presses("✅ 确认")).text


async def test_a_role_changed_on_the_card_of_somebody_who_is_not_bound_tells_nobody(demo: Stage) -> None:
    office = demo.of("BG003")
    await find(office, "FW003", "FW003")
    await office.presses("改角色")
    await office.presses("科室负责人")
    assert "已更新" in (await office.presses("✅ 确认")).text
    assert await value(demo, "SELECT COUNT(*) FROM outbox WHERE kind LIKE 'grants-%'") == 0


async def test_somebody_is_added_by_hand(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/roster")
    assert "涉密" in (await office.presses("新增一人")).text
    assert "没看懂" in (await office.says("王小明")).text
    assert "工号不合格式" in (await office.says("!! 王小明 财务处")).text
    taken = await office.says("ZF005 王小明 财务处")
    assert "已有人使用：沈志强" in taken.text
    sure = await office.says("cw108，欧阳若曦，财务处/审计组，科员")
    assert "会新建" in sure.text
    await office.presses("改起始日期")
    assert "从10月8日起" in (await office.says("10月8日")).text
    assert "已新增" in (await office.presses("✅ 新增")).text
    assert "失效" in (await office.forges("ps:add-yes:0:", sure)).text
    found = await office.says("/members CW108")
    assert "欧阳若曦" in found.text
    assert await value(demo, "SELECT from_date FROM postings ORDER BY person_id DESC LIMIT 1") == "2026-10-08"
    await office.says("/roster")
    await office.presses("新增一人")
    await office.says("CW109 李雷 财务处")
    assert "没有新增" in (await office.presses("取消")).text


async def test_a_record_leads_the_office_to_the_entry_and_nobody_else(demo: Stage) -> None:
    office, leader = demo.of("BG003"), demo.of("ZF001")
    await office.says("/members ZF005")
    await office.presses("ZF005")
    assert "部门：执法处" in (await office.presses("花名册资料")).text
    await leader.says("/members ZF005")
    record = await leader.presses("ZF005")
    assert all("花名册" not in b.text for row in record.buttons for b in row)
    for person in (leader, demo.of("ZF006"), demo.of("ZH002")):
        await person.says("/help")
        for data in ("ps:card:5:", "ps:yes:5:", "ps:role:5:leader", "ps:find:0:", "ps:add-yes:0:"):
            assert "资料" not in (await person.forges(data)).text


async def test_forged_and_stale_presses_change_nothing(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/roster")
    for data in ("ps:yes:5:", "ps:day:5:", "ps:add-yes:0:", "ps:card:99999:", "ps:role:99999:leader", "ps:role:5:king"):
        await office.says("/help")
        assert (await office.forges(data)).text
    await office.says("/help")
    assert await value(demo, "SELECT COUNT(*) FROM audit") == 0
    assert "没有这个人" in (await office.forges("ps:card:99999:")).text


async def test_it_speaks_english(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/language en")
    await office.says("/roster")
    await office.presses("Find a person")
    await office.says("ZF005")
    assert "Postings" in (await office.presses("ZF005")).text
    await office.presses("Status")
    assert "in post → on leave" in (await office.presses("on leave")).text
    assert "is changed" in (await office.presses("✅ Confirm")).text
