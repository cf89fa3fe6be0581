"""From when to when, what is still to come, what cannot be: flagged, asked about, refused with the reason."""

import pytest

from tests.flows.conftest import NOW, Person, Stage, labels
from tests.flows.test_checkins import count, forget


@pytest.fixture
async def person(demo: Stage) -> Person:
    await forget(demo)
    return demo.of("ZF005")


async def test_times_that_overlap_across_midnight_are_flagged_wherever_they_are_seen(
    demo: Stage, person: Person
) -> None:
    leader = demo.of("ZF001")
    night = await person.says("/checkin 10月12日 22:00-02:00 夜间巡逻")
    assert "重叠" not in night.text
    morning = await person.says("/checkin 10月13日 01:00-03:00 凌晨巡逻")
    assert "时间重叠" in morning.text
    assert "当日合计：2 小时" in morning.text
    waiting = await leader.says("/pending")
    assert "时间重叠" in waiting.text
    assert not any("一次确认" in label for label in labels(waiting)), "neither of the two is without a flag"
    await person.presses("改", morning)
    await person.presses("改时长")
    assert "重叠" not in (await person.says("02:00-03:00")).text
    waiting = await leader.says("/pending")
    assert "重叠" not in waiting.text
    assert "一次确认 2 条" in labels(waiting)
    await person.presses("改", night)
    await person.presses("改时长")
    assert "时间重叠" in (await person.says("22:00-02:30")).text


async def test_what_begins_later_today_is_refused_and_another_day_is_asked_for(demo: Stage, person: Person) -> None:
    for said, starts in (
        ("23:00-01:00 巡逻", "23:00"),
        ("14:00-16:30 植树", "14:00"),
        ("今天 20:00-22:00 植树", "20:00"),
    ):
        answer = await person.says(f"/checkin {said}")
        assert f"10月14日（周三）{starts} 还没有到" in answer.text
        assert "哪一天" in answer.text
    assert await count(demo) == 0
    assert "10月13日" in (await person.presses("昨天")).text
    assert "还没有到" in (await person.says("今天14:00-16:30在社区植树")).text
    assert "已记录" in (await person.says("/checkin 8:00-12:00 植树")).text, "it has begun"
    await person.presses("改")
    await person.presses("改时长")
    assert "还没有到" in (await person.says("10:30-12:00")).text


async def test_what_had_not_begun_when_it_was_said_has_not_when_it_is_handled_late(demo: Stage, person: Person) -> None:
    await demo.stop_bot()
    demo.world.say(person.id, "/checkin 14:00-16:30 植树")
    demo.move_to(NOW.replace(hour=18))
    await demo.start_bot()
    assert (await person.hears("14:00 还没有到")).text
    assert await count(demo) == 0


async def test_five_o_clock_is_the_morning_where_that_is_sure_and_else_it_is_asked(demo: Stage, person: Person) -> None:
    answer = await person.says("打卡 5:00-7:00 巡逻")
    assert "已记录" in answer.text and "05:00—07:00" in answer.text
    answer = await person.says("打卡 昨天 5:00-8:00 扫雪")
    assert "“5:00-8:00”是指 3 小时（17:00—20:00）吗" in answer.text
    assert await count(demo) == 1
    assert "17:00—20:00" in (await person.presses("是，3 小时（17:00—20:00）")).text


async def test_a_stretch_that_ends_before_it_begins_is_asked_about(demo: Stage, person: Person) -> None:
    assert "“9:00-9:00”不对" in (await person.says("/checkin 昨天 9:00-9:00 植树")).text
    assert "“11:30-10:30”是指 11 小时" in (await person.says("/checkin 昨天 11:30-10:30 植树")).text
    assert await count(demo) == 0
    await person.says("/checkin 昨天 植树")
    await person.says("11:30-10:30")
    answer = await person.presses("是，11 小时")
    assert "已记录" in answer.text
    assert "11:30—22:30" in answer.text


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("明天下午植树两小时", "还没有到"),
        ("昨天植树0小时", "“0小时”不对"),
        ("昨天植树一百个小时", "一天最多 24 小时"),
        ("/checkin 一百小时 植树", "一天最多 24 小时"),
        ("/checkin 2.5.1", "“2.5.1”不对"),
        ("11月10日8点到8点植树", "“8点到8点”不对"),
        ("打卡 10月10日和11日 2小时 植树", "这里有“10月10日”、“11日”，请分开说"),
        ("打卡 国庆节 2小时 值守", "没有看懂“国庆节”是哪一天"),
        ("国庆节在社区值守3小时", "没有看懂“国庆节”是哪一天"),
        ("打卡 周六周日各2小时 植树", "这里有“周六”、“周日”，请分开说"),
    ],
)
async def test_why_nothing_was_recorded_is_told(demo: Stage, person: Person, said: str, heard: str) -> None:
    assert heard in (await person.says(said)).text
    assert await count(demo) == 0


@pytest.mark.parametrize("blank", ["\u200b", "\u3164", "\u2800\uffa0", "\u115f\u1160\u202e"])
async def test_a_content_is_never_emptied(demo: Stage, person: Person, blank: str) -> None:
    await person.says("/checkin 昨天 2 植树")
    await person.presses("改")
    await person.presses("改内容")
    assert "做了什么" in (await person.says(blank)).text
    assert await count(demo, "text = '植树'") == 1
    assert "已更正" in (await person.says("敬老院")).text
    assert await count(demo, "text = '敬老院'") == 1


async def test_a_message_edited_to_nothing_to_be_seen_keeps_its_content(demo: Stage, person: Person) -> None:
    await person.says("/checkin 昨天 2 植树")
    said = next(m for m in reversed(demo.world.messages(person.id)) if not m.from_bot)
    assert "📝 植树" in (await person.edits(said, "/checkin 昨天 3 \u3164")).text
    assert await count(demo, "text = '植树' AND minutes = 180") == 1


@pytest.mark.parametrize(
    ("said", "first", "second"),
    [
        ("打卡 22:00-7:00 防汛值守", "打卡 10月13日 22:00-24:00 防汛值守", "打卡 10月14日 0:00-7:00 防汛值守"),
        ("打卡 10月10日 22:00-7:00 防汛值守", "打卡 10月10日 22:00-24:00 防汛值守", "打卡 10月11日 0:00-7:00 防汛值守"),
        (
            "10月10日晚上10点到早上7点半防汛值守",
            "打卡 10月10日 22:00-24:00 防汛值守",
            "打卡 10月11日 0:00-7:30 防汛值守",
        ),
        (
            "打卡 10月9日 晚上8点到早上8点 防汛值守",
            "打卡 10月9日 20:00-24:00 防汛值守",
            "打卡 10月10日 0:00-8:00 防汛值守",
        ),
        ("打卡 昨天 21点到9点 防汛值守", "打卡 10月13日 21:00-24:00 防汛值守", "打卡 10月14日 0:00-9:00 防汛值守"),
    ],
)
async def test_a_night_that_ends_after_six_is_told_how_to_be_written_day_by_day(
    demo: Stage, person: Person, said: str, first: str, second: str
) -> None:
    answer = await person.says(said)
    assert "过了零点" in answer.text and "分成两条" in answer.text
    assert await count(demo) == 0
    for line in (first, second):
        assert f"<code>{line}</code>" in demo.world.html_of(answer)
        assert "已记录" in (await person.says(line)).text
    assert await count(demo) == 2


async def test_such_a_night_without_a_deed_or_in_an_answer_is_told_too(demo: Stage, person: Person) -> None:
    answer = await person.says("打卡 22:00-7:00")
    assert "<code>打卡 10月13日 22:00-24:00</code>" in demo.world.html_of(answer)
    await person.says("/checkin")
    await person.presses("昨天")
    answer = await person.says("22:00-7:00")
    for piece in ("过了零点", "22:00-24:00", "0:00-7:00", "多长时间"):
        assert piece in answer.text
    assert "做了什么" in (await person.says("22:00-24:00")).text
    assert "已记录" in (await person.says("防汛值守")).text


async def test_a_record_is_not_made_a_night_by_an_edit_and_english_says_it_too(demo: Stage, person: Person) -> None:
    await person.says("/language en")
    await person.says("/checkin yesterday 2 flood watch")
    sent = next(m for m in reversed(demo.world.messages(person.id)) if not m.from_bot)
    answer = await person.edits(sent, "/checkin yesterday 22:00-7:00 flood watch")
    for piece in ("runs past midnight", "nothing was changed", "22:00-24:00 for the day on which it began", "stands"):
        assert piece in answer.text
    line = "<code>/checkin 13 October 22:00-24:00 flood watch</code>"
    assert line in demo.world.html_of(await person.says("/checkin yesterday 10pm-7am flood watch"))
    assert "Recorded" in (await person.says("/checkin 13 October 22:00-24:00 flood watch")).text


async def test_an_evening_that_runs_backwards_is_no_night(person: Person) -> None:
    for said in ("22:00-21:00", "15:00-14:00"):
        answer = await person.says(f"/checkin 昨天 {said} 植树")
        assert f"“{said}”不对" in answer.text and "零点" not in answer.text


async def test_where_a_time_is_not_clear_it_is_said_how_to_tell_the_morning(person: Person) -> None:
    await person.says("打卡 昨天 巡逻")
    asked = await person.says("5:00-7:00")
    assert "请写明上午、下午" in asked.text and "是，2 小时（17:00—19:00）" in labels(asked)
    assert "05:00—07:00" in (await person.says("早上5点到7点")).text
    await person.says("/language en")
    await person.says("/checkin 10-12 cleanup")
    assert "which half of the day" in (await person.says("5:00-7:00")).text
    assert "05:00" in (await person.says("5am-7am")).text
