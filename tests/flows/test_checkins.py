"""A person checks in: in one line, in a plain sentence, step by step."""

import datetime as dt
import re

import pytest

from tests.flows.conftest import NOW, Person, Stage, data_of, labels, rows


async def count(stage: Stage, where: str = "1 = 1") -> int:
    async with stage.app.db.read() as tx:
        found: int = await tx.value(f"SELECT COUNT(*) FROM checkins WHERE {where}")
    return found


async def forget(stage: Stage) -> None:
    """An unit in which nobody has done anything yet."""
    async with stage.app.db.write() as tx:
        await tx.execute("DELETE FROM checkin_events")
        await tx.execute("DELETE FROM checkins")


@pytest.fixture
async def person(demo: Stage) -> Person:
    await forget(demo)
    return demo.of("ZF005")


# one line


async def test_one_line_is_recorded_at_once_and_answered_with_what_was_recorded(person: Person) -> None:
    answer = await person.says("/checkin 2.5 社区清扫")
    for piece in ("已记录", "10月14日（周三）", "2.5 小时", "社区清扫", "待审核", "当日合计：2.5 小时"):
        assert piece in answer.text
    assert labels(answer) == ["改", "照片", "撤回"]


@pytest.mark.parametrize(
    ("said", "date", "hours"),
    [
        ("/checkin 昨天 3 植树", "10月13日", "3 小时"),
        ("/checkin 上周六 1小时30分 敬老院", "10月10日", "1.5 小时"),
        ("打卡 １.５ 读书", "10月14日", "1.5 小时"),
        ("/checkin 昨天 14:00-16:20 社区清扫", "10月13日", "2 小时 20 分钟（14:00—16:20）"),
        ("/checkin yesterday 90 minutes park cleanup", "10月13日", "1.5 小时"),
    ],
)
async def test_dates_and_hours_are_understood_as_people_write_them(
    person: Person, said: str, date: str, hours: str
) -> None:
    answer = await person.says(said)
    assert date in answer.text
    assert hours in answer.text


async def test_a_line_that_somebody_else_has_written_is_asked_about_before_it_counts(person: Person) -> None:
    writer = {"id": 1, "is_bot": False, "first_name": "李"}
    at = int(NOW.timestamp())
    person.stage.world.push_raw({"message": {
        "message_id": 901, "date": at, "chat": {"id": person.id, "type": "private"},
        "from": {"id": person.id, "is_bot": False, "first_name": "张"}, "text": "/checkin 昨天 2 社区清扫",
        "forward_origin": {"type": "user", "sender_user": writer, "date": at},
    }})  # fmt: skip
    asked = await person.hears("社区清扫")
    assert "确认" in labels(asked) and await count(person.stage) == 0
    assert "已记录" in (await person.presses("确认", asked)).text


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/checkin -3 植树", "“-3”不对"),
        ("/checkin 0 植树", "“0”不对"),
        ("/checkin NaN 植树", "“NaN”不对"),
        ("/checkin 1e9 植树", "“1e9”不对"),
        ("/checkin 2月30日 2 植树", "没有“2月30日”这一天"),
        ("/checkin 明天 2 植树", "还没有到"),
        ("/checkin 2020-01-01 2 植树", "最早可以补报到 2025年1月1日"),
        ("/checkin 25 植树", "一天最多 24 小时"),
        ("/checkin 植树", "没有看到服务时长"),
        ("/checkin 昨天 前天 2 植树", "一次只能记一条"),
        ("/checkin 2 " + "好" * 4000, "300 字以内"),
    ],
)
async def test_what_cannot_be_recorded_is_refused_and_told_how_to_say_it(
    demo: Stage, person: Person, said: str, heard: str
) -> None:
    answer = await person.says(said)
    assert heard in answer.text
    assert re.search("打卡 2.5|直接输入|请用一句话", answer.text)
    assert await count(demo) == 0


async def test_a_refused_date_is_asked_for_again_and_the_rest_is_kept(person: Person) -> None:
    await person.says("/checkin 明天 2 植树")
    answer = await person.says("昨天")
    assert "已记录" in answer.text
    assert "10月13日" in answer.text
    assert "植树" in answer.text


async def test_a_day_over_the_limit_asks_for_other_hours(person: Person) -> None:
    await person.says("/checkin 20 植树")
    assert "已有 20 小时" in (await person.says("/checkin 5 敬老院")).text
    answer = await person.presses("4 小时")
    assert "当日合计：24 小时" in answer.text
    assert "需两位审核人" in answer.text


async def test_a_doubtful_number_is_recorded_only_when_its_meaning_is_confirmed(demo: Stage, person: Person) -> None:
    asked = await person.says("/checkin 2,5 社区清扫")
    assert "“2,5”是指 2.5 小时" in asked.text
    assert await count(demo) == 0
    assert "已记录" in (await person.presses("是，2.5 小时")).text
    assert await count(demo, "minutes = 150") == 1


async def test_what_was_done_is_asked_for_when_it_is_missing(person: Person) -> None:
    assert "做了什么" in (await person.says("/checkin 昨天 2")).text
    assert "做了什么" in (await person.says("\u200b\u202e")).text
    answer = await person.says("\u202e社区  清扫\u200f😀\n")
    assert "📝 社区 清扫😀\n" in answer.text
    assert "10月13日" in answer.text


async def test_numbers_that_nobody_should_keep_are_not_kept(demo: Stage, person: Person) -> None:
    answer = await person.says("/checkin 2 联系人 138 1234 5678 身份证１１０１０５１９４９１２３１００２X")
    assert "没有保存" in answer.text
    assert await count(demo, "text = '联系人 *** 身份证***'") == 1


async def test_a_late_one_asks_for_a_reason_that_the_reviewer_sees(person: Person) -> None:
    answer = await person.says("/checkin 9月1日 3 植树")
    assert "已超过 10 个工作日" in answer.text
    assert "为什么" in answer.text
    assert "补报说明：出差" in (await person.says("出差")).text
    leader = person.stage.of("ZF001")
    await leader.hears("有事项等您处理")
    seen = await leader.says("/pending")
    assert "已超过 10 个工作日" in seen.text
    assert "补报说明：出差" in seen.text


async def test_overlapping_times_are_flagged(person: Person) -> None:
    await person.says("/checkin 昨天 14:00-16:00 植树")
    assert "时间重叠" in (await person.says("/checkin 昨天 15:30-17:00 清扫")).text


# plain sentences


async def test_a_plain_sentence_counts_only_when_it_is_confirmed(demo: Stage, person: Person) -> None:
    card = await person.says("昨天下午在社区清扫两个半小时")
    assert "点“确认”后才会记录" in card.text
    assert "2.5 小时" in card.text
    assert await count(demo) == 0
    yes = card.buttons[0][0].data
    assert "已记录" in (await person.presses("确认")).text
    assert await count(demo) == 1
    assert "已经记录过了" in (await person.forges(yes)).text
    assert await count(demo) == 1


async def test_a_drafts_parts_are_changed_before_it_counts(demo: Stage, person: Person) -> None:
    await person.says("昨天社区清扫两小时")
    await person.presses("改时长")
    assert "3 小时" in (await person.presses("3 小时")).text
    await person.presses("改日期")
    await person.says("前天")
    await person.presses("改内容")
    card = await person.says("敬老院")
    assert await count(demo) == 0
    for piece in ("10月12日", "3 小时", "敬老院"):
        assert piece in card.text
    await person.presses("确认")
    assert await count(demo, "minutes = 180 AND text = '敬老院' AND service_date = '2026-10-12'") == 1


async def test_several_sentences_each_have_their_card(demo: Stage, person: Person) -> None:
    first = await person.says("昨天社区清扫两小时")
    second = await person.says("前天敬老院三小时")
    await demo.restart_bot()
    await person.presses("确认", second)
    await person.presses("确认", first)
    assert await count(demo) == 2


async def test_a_dropped_draft_is_not_recorded(demo: Stage, person: Person) -> None:
    await person.says("昨天社区清扫两小时")
    assert "没有记录" in (await person.presses("不记录")).text
    assert await count(demo) == 0


async def test_a_card_of_more_than_a_week_ago_says_that_nothing_was_recorded(demo: Stage, person: Person) -> None:
    old = await person.says("昨天社区清扫两小时")
    demo.move_to(NOW + dt.timedelta(days=8))
    await person.says("昨天敬老院两小时")
    for label in ("确认", "改时长"):
        gone = await person.forges(data_of(old, label), person.last)
        assert "已经失效，没有记录" in gone.text and "再说一次" in gone.text
        await person.says("昨天敬老院两小时")
    assert await count(demo) == 0


async def test_small_talk_opens_no_card(person: Person) -> None:
    assert "没有听懂" in (await person.says("今天开会两小时，真累")).text


# step by step


async def test_step_by_step_with_buttons_and_with_words(person: Person) -> None:
    assert labels(await person.says("/checkin")) == ["今天（14日）", "昨天（13日）", "前天（12日）"]
    assert "没有看懂“昨夜星辰”是哪一天" in (await person.says("昨夜星辰")).text
    await person.says("上周六")
    assert "“abc”不对" in (await person.says("abc")).text or "没有看到" in person.last.text
    await person.says("两小时半")
    answer = await person.says("社区清扫")
    for piece in ("已记录", "10月10日（周六）", "2.5 小时", "社区清扫"):
        assert piece in answer.text


async def test_a_restart_in_the_middle_loses_nothing(demo: Stage, person: Person) -> None:
    await person.says("/checkin")
    await person.presses("昨天")
    await demo.restart_bot()
    await person.presses("2 小时")
    assert "已记录" in (await person.says("植树")).text


async def test_a_button_of_a_step_that_is_over_changes_nothing(demo: Stage, person: Person) -> None:
    first = await person.says("/checkin")
    old = first.buttons[0][1].data
    await person.says("/checkin 3 植树")
    assert "失效" in (await person.forges(old, first)).text
    await person.says("/checkin")
    assert "已经结束" in (await person.forges(old, first)).text
    assert await count(demo) == 1


async def test_cancel_ends_the_steps(demo: Stage, person: Person) -> None:
    await person.says("/checkin")
    await person.says("/cancel")
    assert "没有听懂" in (await person.says("昨天")).text
    assert await count(demo) == 0


async def test_stickers_and_files_in_the_middle_of_the_steps_are_answered_and_harm_nothing(person: Person) -> None:
    world = person.stage.world
    await person.says("/checkin")
    assert "只能处理文字" in (await person.does(lambda: world.send_sticker(person.id))).text
    assert "没有保存" in (await person.does(lambda: world.send_location(person.id, 39.9, 116.4))).text
    assert "多长时间" in (await person.says("昨天")).text


async def test_the_date_is_that_of_the_message_even_when_midnight_passes_before_it_is_handled(
    demo: Stage, person: Person
) -> None:
    demo.move_to(NOW.replace(hour=23, minute=59, second=58))
    await demo.stop_bot()
    demo.world.say(person.id, "/checkin 2.5 社区清扫")
    demo.move_to(NOW.replace(hour=0, minute=0) + dt.timedelta(days=1, minutes=5))
    await demo.start_bot()
    assert "10月14日（周三）" in (await person.hears("已记录")).text


# who may


async def test_who_is_not_on_the_roster_is_told_so(demo: Stage, person: Person) -> None:
    owner = demo.owner()
    for said in ("/checkin 2 植树", "/me", "昨天植树两小时"):
        assert "没有绑定花名册" in (await owner.says(said)).text
    assert (await owner.says("随便说说")).text == "没有听懂这句话。发送 /help 查看可用的功能。"
    stranger = demo.person(5555)
    assert "请先完成登记" in (await stranger.says("/checkin 2 植树")).text
    assert await count(demo) == 0


async def test_the_same_in_english(demo: Stage, person: Person) -> None:
    await person.says("/language en")
    answer = await person.says("/checkin yesterday 2.5 park cleanup")
    assert "Recorded" in answer.text
    assert "Tue 13 October" in answer.text
    assert labels(answer) == ["Change", "Photo", "Withdraw"]
    assert "Confirmed in 2026: 0 h" in (await person.says("/me")).text
    assert "cannot be right" in (await person.says("/checkin -3 x")).text
    await person.says("yesterday 3 hours library volunteering")
    assert "Recorded" in (await person.presses("Confirm")).text


@pytest.mark.parametrize(
    "data",
    [
        "co:card:99999999999999999999",
        "co:card:-1",
        "co:nothing:1",
        "cd:yes:99999999999999999999",
        "cs:1:2026-02-30",
        "cs:99999999999999999999:60",
        "me:99999999999999999999:2026-10:0",
        "rv:confirm:99999999999999999999:1",
        "rr:return:1:1:nonsense",
        "ra:99999999999999999999:1",
    ],
)
async def test_a_forged_button_does_nothing_and_is_answered(demo: Stage, data: str) -> None:
    office = demo.of("BG002")
    await office.says("/checkin")
    assert (await office.forges(data)).text
    async with demo.app.db.read() as tx:
        assert await tx.value("SELECT COUNT(*) FROM inbox WHERE state = 'parked' OR tries > 0") == 0


async def test_more_hours_than_a_day_has_are_refused_where_they_are_said(demo: Stage) -> None:
    person = demo.of("ZF005")
    await person.says("/checkin")
    await person.presses("昨天")
    assert "时长“25”不对" in (await person.says("25")).text
    assert "做了什么" in (await person.says("2")).text


async def test_a_day_that_is_too_long_by_itself_is_not_added_to_nothing(demo: Stage) -> None:
    answer = await demo.of("ZF005").says("/checkin 25 植树")
    assert "一天最多 24 小时，25 小时超过了" in answer.text


async def test_a_day_said_where_the_hours_are_asked_is_the_day(demo: Stage, person: Person) -> None:
    """Also where the day is what was wrong: it had no room for another hour."""
    assert "服务了多长时间" in (await person.says("打卡 植树")).text
    assert "服务了多长时间" in (await person.says("昨天")).text
    assert "10月13日" in (await person.says("24")).text
    assert "一天最多" in (await person.says("打卡 昨天 1 值守")).text
    asked = await person.says("明天")
    assert "还没有到" in asked.text
    assert "服务了多长时间" in (await person.presses("前天", asked)).text, "the day's buttons answer for the day"
    assert "10月12日" in (await person.says("一个半小时")).text
    assert await rows(
        demo,
        "SELECT service_date, minutes FROM checkins WHERE person_id IN (SELECT id FROM people WHERE"
        " staff_number = 'ZF005') AND state = 'submitted' ORDER BY id",
    ) == [("2026-10-13", 1440), ("2026-10-12", 90)]
    await person.presses("改")
    await person.presses("时长")
    assert "没有看到服务时长" in (await person.says("昨天")).text, "of a record that stands nothing else is changed"


async def test_a_day_that_is_still_to_come_is_refused_where_it_is_said(demo: Stage) -> None:
    person = demo.of("ZF005")
    await person.says("/checkin")
    answer = await person.says("明天")
    assert "还没有到" in answer.text
    assert "哪一天" in answer.text
    assert "多长时间" in (await person.says("昨天")).text
