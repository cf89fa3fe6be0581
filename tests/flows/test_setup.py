"""The first hour of an empty unit, from /start to the first person who checks in."""

import datetime as dt
import re

from storage import duties
from tests.flows.conftest import NOW, Stage
from tests.flows.test_roster import demo_rows, xlsx


async def test_the_first_hour_goes_from_an_empty_database_to_an_invited_department(stage: Stage) -> None:
    owner = stage.owner()
    listed = await owner.says("/start")
    assert "开通清单" in listed.text
    assert "还没有导入" in listed.text
    assert "示例单位" in listed.text

    await owner.presses("1 单位与目标")
    await owner.presses("单位名称")
    await owner.says("青山区档案馆")
    await owner.says("/start")
    await owner.presses("2 花名册")
    await owner.sends("花名册.xlsx", xlsx(demo_rows()))
    await owner.presses("✅ 导入")
    listed = await owner.says("/start")
    assert "青山区档案馆" in listed.text
    assert "58 人，6 个部门" in listed.text  # 60 in the file, of whom one has left and one is retired
    assert "6/6 个部门已有" in listed.text
    assert "蔡浩然" in (await owner.presses("3 科室负责人")).text
    await owner.presses("‹ 开通清单")
    await owner.presses("4 邀请链接")
    link = await owner.presses("执法处")
    found = re.search(r"https://t\.me/\w+\?start=([\w-]+)", link.text)
    assert found

    newcomer = stage.person(5001)
    assert "同意" in str((await newcomer.says(f"/start {found[1]}")).buttons)


async def test_before_the_roster_is_in_every_step_that_needs_it_says_so_and_leads_back(stage: Stage) -> None:
    owner = stage.owner()
    await owner.says("/start")
    for step in ("3 科室负责人", "4 邀请链接"):
        said = await owner.presses(step)
        assert said.text.strip() == "还没有花名册。请点“‹ 开通清单”，再点“2 花名册”导入。"
        await owner.presses("‹ 开通清单")
    await owner.says("/language en")
    await owner.says("/start")
    assert "no roster yet" in (await owner.presses("3 Leaders")).text


async def test_the_next_message_can_be_seen_before_it_is_sent(demo: Stage) -> None:
    owner = demo.owner()
    await owner.says("/start")
    preview = await owner.presses("5 看看下一次早间消息")
    assert "预览" in preview.text
    assert "10月15日" in preview.text
    assert "08:30" in preview.text


async def test_the_set_up_buttons_are_for_the_owner_and_the_office_only(demo: Stage) -> None:
    for number in ("ZF005", "ZF001", "ZH002"):
        person = demo.of(number)
        await person.says("/help")
        for data in ("setup:list:0", "setup:invite:1", "setup:leaders:0"):
            assert "失效" in (await person.forges(data)).text
    office = demo.of("BG003")
    await office.says("/help")
    assert "开通清单" in (await office.forges("setup:list:0")).text
    assert "没有这个部门" in (await office.forges("setup:invite:999")).text


async def test_a_leaked_link_is_worth_nothing_once_all_links_are_revoked(demo: Stage) -> None:
    owner = demo.owner()
    await owner.says("/start")
    await owner.presses("4 邀请链接")
    link = await owner.presses("执法处")
    found = re.search(r"start=([\w-]+)", link.text)
    assert found
    await owner.says("/start")
    await owner.presses("4 邀请链接")
    await owner.presses("作废全部链接")
    assert "已作废 1 个" in (await owner.presses("确定作废")).text
    assert "同意" not in str((await demo.person(5002).says(f"/start {found[1]}")).buttons)


async def test_the_unit_is_ticked_only_once_somebody_has_set_it_or_has_brought_the_roster_in(stage: Stage) -> None:
    owner = stage.owner()
    async with stage.app.db.write() as tx:  # the program keeps its own marks beside the settings
        await duties.set_watched(tx, NOW.date(), 0)
    assert "✅ 单位" not in (await owner.says("/start")).text
    await owner.presses("1 单位与目标")
    await owner.presses("参与率目标")
    await owner.says("35")
    await owner.presses("‹ 全部设置")
    assert "✅ 单位" in (await owner.presses("‹ 开通清单")).text


async def test_the_list_is_ticked_by_what_is_there_and_the_unit_is_open_in_the_end(stage: Stage) -> None:
    owner = stage.owner()
    await owner.says("/start")
    assert "按下面五步就可以开通" in owner.heard[-2]
    await owner.sends("花名册.xlsx", xlsx(demo_rows()))
    await owner.presses("✅ 导入")
    listed = (await owner.says("/start")).text
    assert "✅ 单位" in listed and "✅ 花名册" in listed and "✅ 科室负责人" in listed  # the settings' defaults do
    assert "4. 邀请链接" in listed and "5. 早间消息" in listed
    assert "按下面五步" not in owner.heard[-2] and "已开通" not in owner.heard[-2]
    await owner.presses("4 邀请链接")
    await owner.presses("执法处")
    assert "✅ 邀请链接" in (await owner.says("/start")).text
    await owner.presses("5 看看下一次早间消息")
    await stage.restart_bot()
    assert "五步都已完成" in (await owner.says("/start")).text
    assert owner.heard[-2] == "您好，欢迎回来！本单位已开通。"
    await owner.says("/language en")
    assert "all five steps are done" in (await owner.says("/start")).text


async def test_a_unit_that_has_had_its_first_morning_needs_no_look_at_the_next(demo: Stage) -> None:
    office = demo.of("BG002")
    assert "5. 早间消息" in (await office.says("/start")).text
    demo.move_to(NOW.replace(hour=8, minute=40) + dt.timedelta(days=1))
    await demo.of("ZF005").hears("文明用语")
    assert "五步都已完成" in (await office.says("/start")).text
    assert "您好，欢迎回来！本单位已开通。" in office.heard


async def test_a_department_is_led_by_who_leads_the_one_above_it(stage: Stage) -> None:
    owner = stage.owner()
    rows = [("N1", "甲", "综合处", "", "科室负责人", ""), ("N2", "乙", "综合处/办公室", "", "", "")]
    await owner.says("/start")
    await owner.sends("r.xlsx", xlsx(rows))
    await owner.presses("✅ 导入")
    assert "✅ 科室负责人：1/2" in (await owner.says("/start")).text
    await owner.sends("r.xlsx", xlsx([*rows, ("N3", "丙", "执法处", "", "", "")]))
    await owner.presses("✅ 导入")
    assert "3. 科室负责人：1/3" in (await owner.says("/start")).text


async def test_a_link_that_is_shown_once_is_not_overwritten_by_going_on(demo: Stage) -> None:
    owner = demo.owner()
    await owner.says("/start")
    await owner.presses("4 邀请链接")
    link = await owner.presses("执法处")
    more = await owner.presses("别的部门的链接", link)
    assert more.id != link.id
    assert any(b.text == "✓ 执法处" for row in more.buttons for b in row)
    assert "start=" in next(m.text for m in demo.world.messages(owner.id) if m.id == link.id)


async def test_many_departments_and_their_leaders_come_in_pages(stage: Stage) -> None:
    owner = stage.owner()
    await owner.says("/start")
    await owner.sends("r.xlsx", xlsx([(f"N{n:03}", f"某{n}", f"部门{n:02}", "", "", "") for n in range(40)]))
    await owner.presses("✅ 导入")
    await owner.says("/start")
    first = (await owner.presses("3 科室负责人")).text
    second = await owner.presses("›")
    named = [re.findall(r"部门\d\d", text) for text in (first, second.text)]
    assert [len(names) for names in named] == [30, 10]
    assert len({*named[0], *named[1]}) == 40
