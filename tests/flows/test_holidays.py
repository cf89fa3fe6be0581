"""The office settles working days in chat: sends them, looks at them, agrees."""

import datetime as dt

from bot.services import campaign
from tests.flows.conftest import Stage
from tests.flows.test_duties import plan

YEAR = """2027年
休 1月1日至3日
休 2月5日至11日
班 1月30日、2月20日
休 4月3日至5日
休 5月1日至5日
休 6月9日
休 9月15日
休 10月1日至7日
班 10月9日"""


async def working(stage: Stage, *days: str) -> list[bool]:
    async with stage.app.db.read() as tx:
        calendar = await campaign.load_calendar(tx)
    return [calendar.day(dt.date.fromisoformat(day)).working for day in days]


async def audited(stage: Stage) -> list[str]:
    async with stage.app.db.read() as tx:
        return [row[0] for row in await tx.fetch("SELECT subject FROM audit WHERE action = 'calendar' ORDER BY id")]


async def test_a_published_year_is_sent_looked_at_and_entered(demo: Stage) -> None:
    office = demo.of("BG002")
    await office.says("/settings")
    listed = await office.presses("工作日历")
    assert "2026 年：按国务院办公厅公布的安排" in listed.text
    assert "2027 年：⚠️ 放假安排尚未录入" in listed.text
    await office.presses("录入国务院放假安排")
    seen = await office.says(YEAR)
    assert "2027 年放假安排" in seen.text
    assert "休　2027年2月5日（周五）—2027年2月11日（周四），7 天" in seen.text
    assert "班　2027年1月30日（周六）" in seen.text
    assert await working(demo, "2027-01-30") == [False]
    await demo.restart_bot()
    assert "已录入 2027 年" in (await office.presses("✅ 录入")).text
    assert await working(demo, "2027-01-30", "2027-02-08", "2027-02-12") == [True, False, True]
    assert "2027 年：已录入" in (await office.presses("‹ 工作日历")).text
    assert await audited(demo) == ["year:2027"]
    assert "2027 年工作日：按国务院办公厅公布的安排" in (await office.says("/status")).text
    await office.presses("录入国务院放假安排")
    assert "以前录入的 2027 年的 30 天会被替换。" in (await office.says(YEAR)).text


async def test_a_year_that_is_not_whole_or_not_readable_changes_nothing(demo: Stage) -> None:
    office = demo.of("BG002")
    await office.says("/settings")
    await office.presses("工作日历")
    await office.presses("录入国务院放假安排")
    assert "不像是完整的一年" in (await office.says("2027年 休 2月5日至11日")).text
    assert "没有“2月30日”这一天" in (await office.says("2027年 休 2月30日")).text
    assert "只能录入今年和以后两年" in (await office.says("2035年 休 1月1日")).text
    assert "没有看到" in (await office.says("请查收")).text
    seen = await office.says("2027年 休 1月1日至3日")
    assert "这些法定假日不在其中" in seen.text
    assert "2027年10月1日" in seen.text
    data = seen.buttons[0][0].data
    assert "没有录入" in (await office.presses("不录入")).text
    assert "已经结束" in (await office.forges(data, seen)).text
    assert await audited(demo) == []


async def test_a_second_press_and_an_older_card_enter_nothing(demo: Stage) -> None:
    office = demo.of("BG002")
    await office.says("/settings")
    await office.presses("工作日历")
    await office.presses("录入国务院放假安排")
    old = await office.says("2027年 休 1月1日至3日")
    data = old.buttons[0][0].data
    await office.says(YEAR)
    assert "已经结束" in (await office.forges(data, old)).text
    new = await office.presses("✅ 录入")
    assert "已录入 2027 年" in new.text
    assert "已经结束" in (await office.forges(data, old)).text
    assert await audited(demo) == ["year:2027"]


async def test_the_units_own_day_wins_over_the_year_that_is_entered_later(demo: Stage) -> None:
    office = demo.of("BG002")
    await office.says("/settings")
    await office.presses("工作日历")
    await office.presses("录入本单位另行安排")
    assert "班　2027年2月9日" in (await office.says("班 2027年2月9日\n休 2026年11月2日")).text
    await office.presses("✅ 录入")
    assert await working(demo, "2027-02-09", "2026-11-02") == [True, False]
    assert "休　11月2日（周一）" in (await office.presses("‹ 工作日历")).text
    await office.presses("录入国务院放假安排")
    await office.says(YEAR)
    await office.presses("✅ 录入")
    assert await working(demo, "2027-02-09", "2027-02-10") == [True, False]


async def test_of_many_days_of_the_units_own_the_next_ones_are_shown_and_the_rest_is_counted(demo: Stage) -> None:
    office = demo.of("BG002")
    await office.says("/settings")
    await office.presses("工作日历")
    await office.presses("录入本单位另行安排")
    await office.says("休 2027年3月1日至5日、3月8日至12日、3月15日至19日、3月22日至29日")
    await office.presses("✅ 录入")
    listed = (await office.presses("‹ 工作日历")).text
    assert "3月22日（周一）—2027年3月26日（周五），5 天\n……之后还有 3 天" in listed


async def test_working_days_are_for_the_office_and_the_owner_only(demo: Stage) -> None:
    for number in ("ZF005", "ZF001", "ZH002"):
        person = demo.of(number)
        await person.says("/help")
        for data in ("cal:list:0", "cal:year:0", "cal:yes:1"):
            assert "失效" in (await person.forges(data)).text


async def test_the_mondays_notice_leads_to_the_entry(demo: Stage) -> None:
    office = demo.of("BG002")
    await office.says("/help")
    await plan(demo, dt.datetime(2026, 11, 2, 10, 0, tzinfo=demo.clock.now().tzinfo))
    told = await office.hears("2027 年的放假安排还没有录入")
    await office.hears("今天是11月2日")  # the morning message, which may come after it
    assert "通知正文" in (await office.presses("录入国务院放假安排", told)).text


async def test_the_entry_speaks_english(demo: Stage) -> None:
    office = demo.of("BG002")
    await office.says("/language en")
    await office.says("/settings")
    await office.presses("Working days")
    await office.presses("Enter the published holidays")
    seen = await office.says("off 2027-01-01 to 2027-01-03\nwork 2027-01-30")
    assert "Holidays of 2027" in seen.text
    assert "entered" in (await office.presses("✅ Enter")).text
