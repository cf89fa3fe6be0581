"""The first hour of an empty unit, from /start to the first person who checks in."""

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
    assert "60 人，6 个部门" in listed.text
    assert "6/6 个部门已有" in listed.text
    assert "蔡浩然" in (await owner.presses("3 科室负责人")).text
    await owner.presses("‹ 开通清单")
    await owner.presses("4 邀请链接")
    link = await owner.presses("执法处")
    found = re.search(r"https://t\.me/\w+\?start=([\w-]+)", link.text)
    assert found

    newcomer = stage.person(5001)
    assert "同意" in str((await newcomer.says(f"/start {found[1]}")).buttons)


async def test_tomorrows_message_can_be_seen_before_it_is_sent(demo: Stage) -> None:
    owner = demo.owner()
    await owner.says("/start")
    preview = await owner.presses("5 看看明天的消息")
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


async def test_the_unit_is_ticked_only_once_somebody_has_set_it(stage: Stage) -> None:
    owner = stage.owner()
    async with stage.app.db.write() as tx:  # the program keeps its own marks beside the settings
        await duties.set_watched(tx, NOW.date(), 0)
    assert "✅ 单位" not in (await owner.says("/start")).text
    await owner.presses("1 单位与目标")
    await owner.presses("参与率目标")
    await owner.says("35")
    await owner.presses("‹ 全部设置")
    assert "✅ 单位" in (await owner.presses("‹ 开通清单")).text


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
