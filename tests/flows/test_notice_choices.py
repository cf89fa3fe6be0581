"""Who gets a notice and when: departments, roles, groups, conditions, a calendar and a clock."""

import datetime as dt

from tests.flows.conftest import NOW, Person, Stage, labels, rows
from tests.flows.sending import ended
from tests.flows.test_notices import state


async def aimed(person: Person, *path: str) -> str:
    """Write a notice, then tap through its audience; the text that stands there at last."""
    await person.says("/notice 开会")
    await person.presses("👥 对象")
    for label in path:
        await person.presses(label)
    return person.last.text


# who


async def test_departments_with_and_without_those_below(office: Person) -> None:
    assert "综合处（含下级）" in await aimed(office, "部门", "☐ 综合处")
    assert "对象 17 人" in office.last.text
    below = await office.presses("› 1")
    assert "☐ 仅 综合处 本级" in labels(below) and "☐ 办公室" in labels(below)
    alone = await office.presses("仅 综合处 本级")
    assert "综合处（仅本级）" in alone.text and "对象 9 人" in alone.text
    assert "综合处/办公室（含下级）" in (await office.presses("☐ 办公室")).text
    assert "对象 17 人" in office.last.text
    assert "☑ 综合处" in labels(await office.presses("‹ 上一级"))
    assert "财务处" in (await office.presses("☐ 财务处")).text
    card = await office.presses("选好了")
    assert "对象：综合处（仅本级）、综合处/办公室（含下级）、财务处（含下级）" in card.text
    assert "对象 24 人" in card.text


async def test_what_is_left_out_is_left_out(office: Person) -> None:
    text = await aimed(office, "排除部门", "☐ 执法处")
    assert "全部在岗人员。不含：执法处（含下级）" in text
    assert "对象 44 人" in text
    await office.presses("‹ 返回")
    await office.presses("排除角色")
    assert "不含：执法处（含下级）、领导小组" in (await office.presses("领导小组")).text
    assert "对象 42 人" in office.last.text
    assert "对象 57 人" in (await office.presses("‹ 返回") and await office.presses("全部人员")).text


async def test_roles_narrow(office: Person) -> None:
    assert "只发给：科室负责人" in await aimed(office, "角色", "科室负责人")
    assert "对象 6 人" in office.last.text
    assert "只发给：科室负责人、创建办" in (await office.presses("创建办")).text
    assert "对象 8 人" in office.last.text


async def test_those_who_have_not_taken_part_this_quarter(demo: Stage, office: Person) -> None:
    async with demo.app.db.write() as tx:
        await tx.execute("DELETE FROM checkin_events")
        await tx.execute("DELETE FROM checkins")
    person = demo.of("ZF005")
    await person.says("/checkin 2 社区清扫")
    assert "本季度还没有参加" in await aimed(office, "☐ 本季度未参加")
    assert "对象 56 人" in office.last.text
    assert "对象 57 人" in (await office.presses("☑ 本季度未参加")).text


async def test_those_who_have_not_answered_an_earlier_notice(demo: Stage, office: Person) -> None:
    assert "还没有发过带“收到”按钮的通知" in await aimed(office, "没点“收到”的人")
    await office.presses("选好了")
    await office.presses("收到按钮：无")
    await office.presses("预览并发送")
    await office.presses("发送（")
    await ended(demo)
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE notice_people SET answered_at = 1 WHERE person_id > 10")
    assert "还没有对通知 №1 点“收到”" in await aimed(office, "没点“收到”的人", "№1 开会")
    assert "对象 10 人" in office.last.text
    assert "对象 57 人" in (await office.presses("不限")).text


async def test_a_saved_group_is_used_again_and_deleted(demo: Stage, office: Person) -> None:
    await aimed(office, "角色", "科室负责人", "‹ 返回", "常用对象", "存为常用")
    assert "起个名字" in office.last.text
    await demo.restart_bot()
    assert "20 字以内" in (await office.says("名" * 21)).text
    await office.says("中层干部")
    assert any("已存为常用对象：中层干部" in text for text in office.heard)
    await office.presses("存为常用")
    assert "换一个名字" in (await office.says("中层干部")).text
    await office.says("/cancel")
    assert "常用“中层干部”" in await aimed(office, "常用对象", "☐ 中层干部")
    assert "对象 6 人" in office.last.text
    await office.presses("‹ 返回")
    await office.presses("部门")
    assert "常用“中层干部”、财务处（含下级）" in (await office.presses("☐ 财务处")).text
    assert "对象 12 人" in office.last.text
    await office.presses("‹ 返回")
    await office.presses("常用对象")
    gone = await office.presses("🗑")
    assert "所选常用对象已删除" in gone.text
    card = await office.presses("选好了")
    assert "所选常用对象已删除" in (await office.presses("预览并发送", card)).text


async def test_a_group_may_be_left_out(office: Person) -> None:
    await aimed(office, "角色", "科室负责人", "‹ 返回", "常用对象", "存为常用")
    await office.says("中层")
    await aimed(office, "常用对象")
    press = next(b.data for row in office.last.buttons for b in row if b.text.startswith("☐") and "中层" not in b.text)
    left_out = await office.forges(press)
    assert "不含：常用“中层”" in left_out.text and "对象 51 人" in left_out.text


async def test_a_leader_reaches_only_his_own(demo: Stage, leader: Person) -> None:
    assert "您管理范围内的全部在岗人员" in await aimed(leader, "部门")
    assert "对象 13 人" in leader.last.text
    assert [label for label in labels(leader.last) if "处" in label] == ["☐ 执法处"]
    async with demo.app.db.read() as tx:
        other = await tx.value("SELECT id FROM departments WHERE path = '财务处'")
    forged = await leader.forges(f"na:1:in:s{other}:in")
    assert "对象 0 人" in forged.text
    await leader.presses("选好了")
    assert "一个人也没有" in (await leader.presses("预览并发送")).text
    assert await state(demo) == ["draft"]


async def test_a_leaders_notice_says_where_it_comes_from(demo: Stage, leader: Person) -> None:
    await leader.says("/notice 明天检查")
    await leader.presses("预览并发送")
    await leader.presses("发送（11")
    assert (await demo.of("ZF005").hears("明天检查")).text.startswith("📢 通知　执法处")
    assert not any("明天检查" in text for text in demo.of("RS003").heard)


async def test_an_empty_audience_is_not_sent(demo: Stage, office: Person) -> None:
    await aimed(office, "角色", "领导小组", "‹ 返回", "部门", "☐ 财务处", "选好了")
    assert "一个人也没有" in (await office.presses("预览并发送")).text
    demo.world.press_raw(office.id, office.last.id, "nt:send:1:3:0")
    await office.says("/help")
    assert await state(demo) == ["draft"]


async def test_a_department_that_is_gone_between_look_and_send(demo: Stage, office: Person) -> None:
    async with demo.app.db.write() as tx:
        number = await tx.value("INSERT INTO departments (name, path) VALUES ('临时组', '临时组') RETURNING id")
        await tx.execute("UPDATE departments SET trail = ? WHERE id = ?", f"/{number}/", number)
    await aimed(office, "部门", "☐ 财务处", "☐ 临时组", "选好了", "预览并发送")
    async with demo.app.db.write() as tx:
        await tx.execute("DELETE FROM departments WHERE path = '临时组'")
    answer = await office.presses("发送（")
    assert "所选部门已不存在，通知没有发出" in answer.text
    assert "（已不存在）" in answer.text
    assert await state(demo) == ["draft"]


# when


async def test_a_date_and_a_time_are_tapped(demo: Stage, office: Person) -> None:
    await office.says("/notice 开会")
    times = await office.presses("🕘 时间")
    assert "工作时间 08:00–18:00" in times.text
    month = await office.presses("选日期")
    assert "2026年10月" in month.text
    assert "13" not in labels(month) and "(17)" in labels(month) and "16" in labels(month)
    assert "2026年11月" in (await office.presses("2026年11月")).text
    await office.presses("2026年10月")
    assert "17" not in labels(month) and "9" not in labels(month)
    assert labels(await office.presses("14"))[:2] == ["10:00", "11:00"]
    assert labels(await office.presses("10:00"))[0] == "10:05"
    await office.presses("‹ 返回")
    await office.presses("‹ 返回")
    assert "休息日" in (await office.presses("(17)")).text
    await office.presses("‹ 返回")
    assert labels(await office.presses("16"))[:3] == ["08:00", "09:00", "10:00"]
    assert "09:35" in labels(await office.presses("09:00"))
    card = await office.presses("09:35")
    assert "时间：10月16日" in card.text and "09:35" in card.text
    await office.presses("预览并发送")
    assert "已定时" in (await office.presses("定于")).text
    assert await rows(demo, "SELECT state, outside_hours FROM notices") == [("scheduled", 0)]


async def test_a_suggested_moment_is_one_tap(office: Person) -> None:
    await office.says("/notice 开会")
    await office.presses("🕘 时间")
    assert "11:00" in (await office.presses("11:00")).text
    await office.presses("🕘 时间")
    assert "10月15日" in (await office.presses("10月15日")).text
    await office.presses("🕘 时间")
    assert "时间：立即发送" in (await office.presses("立即发送")).text


async def test_outside_of_working_hours_takes_a_second_tap(demo: Stage, office: Person) -> None:
    await office.says("/notice 开会")
    for label in ("🕘 时间", "选日期", "16", "工作时间以外", "20:00"):
        await office.presses(label)
    asked = await office.presses("20:00")
    assert "不在工作时间" in asked.text and "改到 10月19日" in "".join(labels(asked))
    anyway = next(b.data for row in asked.buttons for b in row if b.text == "仍定在这个时间")
    assert "20:00" not in (await office.presses("‹ 返回草稿")).text
    assert await rows(demo, "SELECT send_at FROM notices") == [(None,)]
    card = await office.forges(anyway)
    assert "20:00" in card.text and "不在工作时间，已确认" in card.text
    await office.presses("预览并发送")
    await office.presses("定于")
    assert await rows(demo, "SELECT state, outside_hours FROM notices") == [("scheduled", 1)]
    await office.presses("撤回修改")
    assert await state(demo) == ["draft"]


async def test_now_is_outside_of_working_hours_too(demo: Stage, office: Person) -> None:
    demo.move_to(NOW.replace(hour=21))
    await office.says("/notice 开会")
    await office.presses("预览并发送")
    asked = await office.presses("发送（")
    assert "不在工作时间" in asked.text
    assert await state(demo) == ["draft"]
    assert "已开始发送" in (await office.presses("仍然发送")).text
    await demo.of("ZF005").hears("开会")


async def test_the_better_time_is_taken_with_one_tap(demo: Stage, office: Person) -> None:
    demo.move_to(NOW.replace(hour=21))
    await office.says("/notice 开会")
    await office.presses("预览并发送")
    await office.presses("发送（")
    assert "10月15日" in (await office.presses("改到 10月15日")).text
    assert "08:00" in office.last.text


async def test_a_time_that_is_past_is_refused(demo: Stage, office: Person) -> None:
    await office.says("/notice 开会")
    assert "这个时间已经过了" in (await office.forges("nw:1:at:202610140930:set")).text
    await office.forges("nw:1:at:202610141100:set")
    check = await office.presses("预览并发送", office.last)
    demo.move_to(NOW + dt.timedelta(hours=2))
    assert "这个时间已经过了" in (await office.presses("定于", check)).text
    assert await state(demo) == ["draft"]


async def test_a_deadline_lies_not_before_the_day_of_sending(demo: Stage, office: Person) -> None:
    await office.says("/notice 开会")
    assert "截止日期早于发送日期" in (await office.forges("nw:1:by:20261013:set")).text
    assert "截止：10月14日" in (await office.forges("nw:1:by:20261014:set")).text
    assert "截止日期早于发送日期" in (await office.forges("nw:1:at:202610151000:set")).text
    await office.presses("截止：10月14日")
    assert "截止：无" in labels(await office.presses("不设截止"))
