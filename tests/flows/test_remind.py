"""Reminding people: the sum first, never by name in a group, never more than is good."""

import datetime as dt

import pytest

from storage import departments, settings
from tests.flows.conftest import NOW, ZONE, Stage, labels, rows
from tests.flows.sending import at_rest, without_mornings
from tests.flows.test_schedule import change

DAY = dt.timedelta(days=1)


def figures(text: str) -> dict[str, int]:
    """The numbers of the preview by the beginning of their line."""
    found = {}
    for line in text.split("\n"):
        digits = "".join(char if char.isdigit() else " " for char in line).split()
        for name in (
            "共",
            "将收到提醒",
            "请假",
            "未绑定或已退出",
            "已停用机器人",
            "本周已提醒过",
            "已提醒过两次",
            "本周消息已满",
        ):
            if line.lstrip("· ").startswith(name):
                found[name] = int(digits[-1])
    return found


async def test_a_leader_sees_the_sum_and_reminds_his_own_department(demo: Stage) -> None:
    leader = demo.of("ZF001")
    preview = await leader.says("/remind")
    assert "执法处" in preview.text
    counted = figures(preview.text)
    assert counted.pop("共") == sum(counted.values())
    sent = counted["将收到提醒"]
    assert sent
    done = await leader.presses("发送提醒")
    assert "已安排" in done.text
    await at_rest(demo)
    assert (await rows(demo, "SELECT COUNT(*) FROM outbox WHERE kind = 'reminder' AND state = 'sent'")) == [(sent,)]
    assert await rows(
        demo,
        "SELECT COUNT(*) FROM outbox o JOIN people p ON p.id = o.person_id JOIN departments d"
        " ON d.id = p.department_id WHERE o.kind = 'reminder' AND d.path NOT LIKE '执法处%'",
    ) == [(0,)]
    assert [row[0] for row in await rows(demo, "SELECT action FROM audit")] == ["remind"]
    again = figures((await leader.says("提醒")).text)
    assert again["本周已提醒过"] == sent
    assert "将收到提醒" not in again or again["将收到提醒"] == 0


async def test_the_reminder_asks_kindly_and_says_that_it_is_voluntary(demo: Stage) -> None:
    await demo.of("ZF001").says("/remind")
    await demo.of("ZF001").presses("发送提醒")
    await at_rest(demo)
    who = (
        "SELECT a.user_id FROM outbox o JOIN accounts a ON a.person_id = o.person_id WHERE o.kind = 'reminder' LIMIT 1"
    )
    ((user,),) = await rows(demo, who)
    message = await demo.person(user).hears("请我提醒您")
    assert "自愿" in message.text
    assert "2026年第四季度" in message.text


async def test_a_double_press_reminds_nobody_twice(demo: Stage) -> None:
    leader = demo.of("ZF001")
    preview = await leader.says("/remind")
    await leader.presses("发送提醒", preview)
    await leader.forges("rm:send:0:2026Q4:0")
    await leader.says("/remind")
    assert await rows(
        demo, "SELECT COUNT(*) - COUNT(DISTINCT person_id) FROM outbox WHERE kind = 'reminder' AND state <> 'skipped'"
    ) == [(0,)]


async def test_after_the_second_reminder_the_contact_is_told_the_names_in_private(demo: Stage) -> None:
    leader = demo.of("ZF001")
    for week in range(3):
        demo.move_to(NOW + 7 * week * DAY)
        await leader.says("/remind")
        if week < 2:
            await leader.presses("发送提醒")
        await at_rest(demo)
    assert figures(leader.last.text)["已提醒过两次"]
    office = demo.of("BG003")
    await office.says("/remind 执法处")
    assert "没有可以提醒的人" in office.last.text
    await office.says("/remind")
    await office.presses("发送提醒")
    await at_rest(demo)
    told = await leader.hears("以下")
    assert "不要在群里点名" in told.text


async def test_the_office_chooses_a_department_by_name_or_from_the_list(demo: Stage) -> None:
    office = demo.of("BG003")
    assert "示例单位" in (await office.says("/remind")).text
    assert "执法处" in (await office.says("/remind 执法处")).text
    assert "没有找到" in (await office.says("/remind 火星处")).text
    await office.says("/remind")
    await office.presses("选部门")
    assert "综合处" in (await office.presses("综合处")).text


async def test_of_several_departments_that_fit_one_is_pressed_and_of_many_the_first_are_offered(demo: Stage) -> None:
    office = demo.of("BG003")
    async with demo.app.db.write() as tx:
        await departments.insert(tx, "执法处/办公室")
    asked = await office.says("/remind 办公室")
    assert "有多个部门符合，请选择：" in asked.text and labels(asked) == ["综合处/办公室", "执法处/办公室"]
    assert "执法处/办公室" in (await office.presses("执法处/办公室")).text
    async with demo.app.db.write() as tx:
        for number in range(12):
            await departments.insert(tx, f"分局{number}/后勤")
    asked = await office.says("/remind 后勤")
    assert len(labels(asked)) == 8 and "另有 4 个没有列出，请把部门名称写完整些再发" in asked.text
    await office.says("/language en")
    asked = await office.says("/remind 后勤")
    assert "4 more are not listed" in asked.text


async def test_who_has_left_the_bot_and_who_has_had_enough_this_week_stand_in_the_sum(demo: Stage) -> None:
    """Nobody's own message: one press puts it into the digest."""
    leader = demo.of("ZF001")
    await without_mornings(demo)
    await change(
        demo,
        "UPDATE accounts SET reachable = 0 WHERE person_id = (SELECT MAX(p.id) FROM people p WHERE p.status = 'active'"
        " AND p.staff_number LIKE 'ZF%' AND NOT EXISTS (SELECT 1 FROM checkins c WHERE c.person_id = p.id))",
    )
    async with demo.app.db.write() as tx:
        await settings.put(tx, "budget", "0", 0)
    preview = await leader.says("/remind")
    counted = figures(preview.text)
    assert counted.pop("共") == sum(counted.values())
    assert counted["将收到提醒"] == 0 and counted["已停用机器人"] == 1
    held = counted["本周消息已满"]
    assert held and "没有可以提醒的人" not in preview.text and f"发送提醒（{held} 人）" in str(labels(preview))
    done = await leader.presses("发送提醒")
    assert f"本周消息已满 {held} 人，并入每周补阅" in done.text and "没有可以提醒的人" not in done.text
    assert await rows(demo, "SELECT COUNT(*) FROM outbox WHERE kind = 'reminder' AND reason = 'budget'") == [(held,)]
    await leader.says("/language en")
    again = (await leader.says("/remind")).text
    assert "have left the bot: 1" in again and "enough messages this week" in again


async def test_what_the_contact_has_not_mended_the_leader_above_hears_as_a_number(demo: Stage) -> None:
    leader, office, english = demo.of("ZF001"), demo.of("BG003"), demo.of("BG002")
    await without_mornings(demo)
    await english.says("/language en")
    for week in range(4):
        demo.move_to(NOW + 7 * week * DAY)
        who = leader if week < 2 else office
        await who.says("/remind")
        await who.presses("发送提醒")
        await at_rest(demo)
        assert any("仍有" in text for text in office.heard) == (week == 3)
    told = await office.hears("执法处：2026年第四季度.*已提醒过两次.*仍有 8 人")
    assert "只有人数" in told.text and "Numbers only" in (await english.hears("执法处.*still 8")).text
    names = {row[0] for row in await rows(demo, "SELECT name FROM people")}
    assert not [name for name in names if name in told.text]


async def test_a_notice_without_answers_can_be_reminded_of(demo: Stage) -> None:
    office = demo.of("BG003")
    await change(
        demo,
        "INSERT INTO notices (id, author_user, authority, state, text, answer, deadline, created_at)"
        " VALUES (7, 900, 900, 'done', '请<b>报名</b>植树', 1, '2026-10-30', 0)",
    )
    await change(
        demo,
        "INSERT INTO notice_people (notice_id, person_id, department_id, fate)"
        " SELECT 7, id, department_id, 'send' FROM people WHERE staff_number IN ('ZF005', 'ZF001')",
    )
    await office.says("/remind")
    await office.presses("换一件事")
    preview = await office.presses("请报名植树")
    assert figures(preview.text)["将收到提醒"] == 2
    await office.presses("发送提醒")
    message = await demo.of("ZF005").hears("请报名植树")
    assert "请报名植树" in message.text
    assert "提醒" in message.text
    await change(demo, "UPDATE notices SET state = 'cancelled'")
    assert "已经结束" in (await office.forges("rm:show:0:7:0")).text


async def test_outside_working_hours_it_waits_and_says_so(demo: Stage) -> None:
    demo.move_to(dt.datetime(2026, 10, 17, 20, 0, tzinfo=ZONE))  # a Saturday evening
    leader = demo.of("ZF001")
    preview = await leader.says("/remind")
    assert "10月19日（周一）08:00" in preview.text
    await leader.presses("发送提醒")
    assert not await rows(demo, "SELECT 1 FROM outbox WHERE kind = 'reminder' AND state <> 'pending'")


@pytest.mark.parametrize("number", ["ZF005", "ZH002"])
async def test_whoever_may_not_remind_hears_so(demo: Stage, number: str) -> None:
    person = demo.of(number)
    assert "不在您的权限" in (await person.says("/remind")).text
    assert "失效" in (await person.forges("rm:send:0::0")).text
    assert not await rows(demo, "SELECT 1 FROM outbox WHERE kind = 'reminder'")


async def test_a_leader_cannot_reach_beyond_his_own_subtree(demo: Stage) -> None:
    leader = demo.of("ZF001")
    await leader.says("/remind")
    for data in ("rm:show:0:2026Q4:0", "rm:send:0:2026Q4:0", "rm:send:1::0", "rm:show:99::0", "rm:show:1:2020Q1:0"):
        await leader.says("/remind")
        answer = (await leader.forges(data)).text
        assert "失效" in answer or "已经结束" in answer, data
    assert not await rows(demo, "SELECT 1 FROM outbox WHERE kind = 'reminder'")


async def test_a_setting_that_would_force_or_rank_people_is_refused_with_its_source(demo: Stage) -> None:
    office = demo.of("BG003")
    for text in ("/settings 每日打卡", "/settings 排名", "设置 强制拍照", "/settings daily check-in"):
        answer = (await office.says(text)).text
        assert "不能提供" in answer, text
        assert "规范化管理办法" in answer
        assert "志愿服务条例" in answer
    await office.says("/settings")
    await office.presses("单位名称")
    assert "不能提供" in (await office.says("每日打卡先进单位")).text
    assert "已保存" in (await office.says("某某局")).text
    assert await rows(demo, "SELECT subject FROM audit") == [("name",)]


async def test_it_speaks_english(demo: Stage) -> None:
    leader = demo.of("ZF001")
    await leader.says("/language en")
    assert "will be reminded" in (await leader.says("/remind")).text
    assert "on their way" in (await leader.presses("Remind ")).text
