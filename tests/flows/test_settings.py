"""The campaign settings in chat."""

import datetime as dt

import pytest

from bot.domain.access import Actor
from bot.domain.campaign import Campaign, changed
from bot.i18n import translator
from bot.services import accounts
from bot.services import campaign as service
from bot.services.effects import Cause
from bot.views import errors
from bot.views import settings as view
from tests.conftest import NOW
from tests.flows.conftest import Person, Stage, value


async def test_the_office_changes_the_target_and_the_change_is_audited(demo: Stage) -> None:
    office = demo.of("BG003")
    shown = (await office.says("/settings")).text
    assert "参与率目标：30%" in shown and "每周主动消息上限：5 条" in shown and "通知批准人数：200 人" in shown
    await office.presses("参与率目标")
    assert "40%" in (await office.says("40")).text
    await demo.restart_bot()
    assert "参与率目标：40%" in (await office.says("设置")).text
    async with demo.app.db.read() as tx:
        assert await tx.fetch("SELECT action, subject, before, after FROM audit") == [("setting", "target", "30", "40")]


async def test_what_is_over_is_judged_by_the_target_that_it_had(demo: Stage) -> None:
    office = demo.of("BG003")
    for target in ("50", "40"):
        await office.says("/settings")
        await office.presses("参与率目标")
        await office.says(target)
    assert "目标 30%" in (await office.says("/report 上月")).caption
    assert "目标 40%" in (await office.says("/report 本月")).caption
    demo.move_to(NOW + dt.timedelta(days=40))
    assert "目标 40%" in (await office.says("/report 上月")).caption
    assert "目标 30%" in (await office.says("/report 2026-09")).caption


async def test_a_value_that_makes_no_sense_is_refused_with_what_is_expected(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/settings")
    await office.presses("早间消息时间")
    for text in ("25:00", "abc", "07:00", "😀", "8" * 5000):
        assert "不能这样设置" in (await office.says(text)).text
    assert "已保存" in (await office.says("９：15".replace("９", "9"))).text
    assert "早间消息时间：09:15" in (await office.says("/settings")).text


async def test_the_working_hours_are_one_setting_with_both_their_ends(demo: Stage) -> None:
    office = demo.of("BG003")
    assert "工作时间：08:00-18:00" in (await office.says("/settings")).text
    await office.presses("工作时间")
    for text in ("09:00", "18:00-08:00", "09:00-09:00", "09:00-25:00", "-", "08:31-18:00", "abc"):
        assert "不能这样设置" in (await office.says(text)).text
    assert "08:00-17:30" in (await office.says("8:00－17:30")).text
    await office.says("/settings")
    await office.presses("工作时间")
    assert "07:30-12:00" in (await office.says("7:30至12:00")).text
    async with demo.app.db.read() as tx:
        assert await tx.fetch("SELECT subject, before, after FROM audit ORDER BY id") == [
            ("work_hours", "[480, 1080]", "[480, 1050]"),
            ("work_hours", "[480, 1050]", "[450, 720]"),
        ]


async def test_a_setting_with_choices_is_pressed(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/settings")
    await office.presses("登记方式")
    assert "与花名册相符即可" in (await office.presses("与花名册相符即可")).text


async def test_cancel_keeps_the_value_and_a_command_in_between_is_a_command(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/settings")
    await office.presses("参与率目标")
    assert "已取消" in (await office.says("/cancel")).text
    assert "没有听懂" in (await office.says("40")).text


async def test_others_can_neither_see_nor_press_the_settings(demo: Stage) -> None:
    for number in ("ZF005", "ZF001", "ZH002"):
        person = demo.of(number)
        assert "不在您的权限" in (await person.says("/settings")).text
        assert "失效" in (await person.forges("set:join:roster")).text


async def test_a_person_who_lost_the_right_during_the_dialogue_changes_nothing(demo: Stage) -> None:
    office = demo.of("BG003")
    await office.says("/settings")
    await office.presses("参与率目标")
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET role = 'staff' WHERE staff_number = 'BG003'")
    await office.says("50")
    assert "参与率目标：30%" in (await demo.of("BG002").says("/settings")).text


async def test_a_right_that_ends_while_the_press_is_under_way_ends_it_in_the_transaction_too(demo: Stage) -> None:
    """The handler has let him in by then; both languages have a word for it."""
    db, leader = demo.app.db, await recognised(demo, "ZF001")
    outcome = await service.change(Cause(db), leader, "target", "50", demo.clock.now())
    assert outcome.name == "error-stale"
    campaign = await service.current(db)
    assert campaign.target == 30
    for language in ("zh", "en"):
        t = translator(language)
        assert view.changed(outcome, campaign, "", t) == errors.stale(t)


async def recognised(demo: Stage, number: str) -> Actor:
    return await accounts.recognise(demo.app.db, demo.of(number).id, frozenset(), demo.clock.now())


async def test_the_period_goes_back_to_each_calendar_year_by_word_or_button(demo: Stage, colleague: Person) -> None:
    """The outside tester's: once it was 2026, it was 2026 for good."""
    await colleague.says("/settings")
    await colleague.presses("统计时期")
    assert "2026Q3" in (await colleague.says("２０２６q3")).text
    await colleague.says("/settings")
    asked = await colleague.presses("统计时期")
    assert "请发送新的值" in asked.text
    assert "本自然年" in (await colleague.says("本年")).text
    assert await value(demo, "SELECT value FROM settings WHERE name = 'period'") == '""'
    await colleague.says("/settings")
    asked = await colleague.presses("统计时期")
    assert "2026" in (await colleague.says("2026")).text
    assert "本自然年" in (await colleague.presses("本自然年", asked)).text
    assert await value(demo, "SELECT value FROM settings WHERE name = 'period'") == '""'


@pytest.mark.parametrize("word", ["本年", "本自然年", "今年", "默认", "自动", "This  year", " default "])
def test_each_word_for_the_default_is_understood(word: str) -> None:
    assert changed(Campaign(period="2025"), "period", word, NOW.date()).period == ""


async def test_a_period_that_has_not_begun_is_refused_with_the_reason(demo: Stage, colleague: Person) -> None:
    """It would leave every report empty and refuse every date."""
    await colleague.says("/settings")
    await colleague.presses("统计时期")
    for text in ("2027", "2027Q1", "2026-11"):
        assert "还没有开始" in (await colleague.says(text)).text
    assert await value(demo, "SELECT COUNT(*) FROM settings WHERE name = 'period'") == 0
    assert "2026-10" in (await colleague.says("2026-10")).text
    await colleague.says("/settings")
    await colleague.presses("统计时期")
    assert "例如 2026" in (await colleague.says("第几季")).text
