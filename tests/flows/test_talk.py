"""What people really say to a bot: half a check-in, never mind, a link pasted as it came, help while they wait."""

import re

import pytest

from tests.flows.conftest import Person, Stage, data_of, labels
from tests.flows.registering import NEW, code_for, consenting
from tests.flows.test_checkins import count, forget
from tests.flows.test_review import pending, submitted


@pytest.fixture
async def person(demo: Stage) -> Person:
    await forget(demo)
    return demo.of("ZF005")


# a check-in


async def test_a_day_and_a_deed_are_asked_for_their_hours_and_opened_as_a_card(demo: Stage, person: Person) -> None:
    asked = await person.says("周六社区清扫")
    assert "没有看到服务时长" in asked.text
    assert "2026年10月10日（周六）" in asked.text and "社区清扫" in asked.text
    assert "2 小时" in labels(asked)
    await demo.restart_bot()
    card = await person.says("两小时")
    assert "点“确认”后才会记录" in card.text and "2 小时" in card.text
    assert await count(demo) == 0
    assert "已记录" in (await person.presses("确认")).text
    await person.says("/language en")
    assert "how long" in (await person.says("yesterday park cleanup")).text.lower()


@pytest.mark.parametrize(
    "text",
    ["周六见", "今天下雨了", "两小时", "今天服务器坏了", "明天植树", "今天植树节", "周六植树几点集合", "昨天谁打扫的"],
)
async def test_ordinary_talk_is_no_check_in(demo: Stage, person: Person, text: str) -> None:
    assert "没有听懂" in (await person.says(text)).text
    assert "没有听懂" in (await person.says("就这样")).text


async def test_why_it_is_late_is_not_another_check_in(person: Person) -> None:
    await person.says("/checkin 2026-09-01 2 植树")
    assert "已记下您的说明" in (await person.says("上周六植树时才想起来")).text


async def test_words_that_are_no_day_are_said_to_be_none(person: Person) -> None:
    await person.says("/checkin")
    for words in ("去年", "昨夜星辰", "上周"):
        answer = await person.says(words)
        assert f"没有看懂“{words}”是哪一天，还没有记录" in answer.text and "取消" in answer.text
    assert "没有“2月30日”这一天" in (await person.says("2月30日")).text


@pytest.mark.parametrize("word", ["算了", "不记了。"])
async def test_never_mind_is_a_way_out_of_every_step(demo: Stage, person: Person, word: str) -> None:
    for said in (["/checkin"], ["/checkin", "昨天"], ["/checkin", "昨天", "2"]):
        for one in said:
            await person.says(one)
        assert (await person.says(word)).text == "已取消。"
    assert await count(demo) == 0
    assert "没有听懂" in (await person.says(word)).text


async def test_a_withdrawn_record_has_neither_flags_nor_the_sum_of_its_day(demo: Stage, person: Person) -> None:
    assert "需两位审核人确认" in (await person.says("/checkin 9 大型活动")).text
    await person.presses("撤回")
    card = await person.presses("确定撤回")
    assert "状态：已撤回" in card.text
    for piece in ("⚠️", "当日合计"):
        assert piece not in card.text


async def test_a_question_can_be_left_and_its_answer_is_called_one(demo: Stage, person: Person) -> None:
    leader = demo.of("ZF001")
    await submitted(person)
    await pending(leader)
    await leader.presses("追问")
    await leader.says("和谁一起？")
    asked = await person.presses("回答", await person.hears("和谁一起"))
    assert "发送“取消”" in asked.text and labels(asked) == ["返回"]
    assert {"回答", "改", "撤回"} <= set(labels(await person.presses("返回", asked)))
    assert "没有听懂" in (await person.says("随便说说")).text
    await person.presses("回答")
    answered = await person.says("和社区同志")
    assert "已回答" in answered.text and "再次提交" not in answered.text
    assert "本人 回答：和社区同志" in (await leader.says("/pending")).text


async def test_what_was_returned_can_be_left_as_it_is_for_now(demo: Stage, person: Person) -> None:
    leader = demo.of("ZF001")
    await submitted(person)
    await pending(leader)
    await leader.presses("退回")
    await leader.presses("日期有误")
    asked = await person.presses("再次提交", await person.hears("被退回"))
    assert labels(asked) == ["直接提交", "返回"]
    assert "状态：已退回" in (await person.presses("返回")).text


# the way in


async def test_a_pasted_link_is_as_good_as_a_press_on_it(demo: Stage) -> None:
    stranger = demo.person(NEW, "晓明", "李")
    link = f"https://t.me/wenming_bot?start={await code_for(demo)}"
    assert "您是否同意" in (await stranger.says(f"这是科室发给我的链接：{link}，请帮我登记")).text
    await stranger.presses("同意")
    assert "您是否同意" in (await stranger.says(link)).text  # as /start with the code would
    assert "不能使用" in (await stranger.says("t.me/wenming_bot?start=wrong")).text


async def test_a_link_in_the_words_of_somebody_who_is_in_is_nothing_but_words(demo: Stage) -> None:
    link = f"https://t.me/wenming_bot?start={await code_for(demo)}"
    office = demo.of("BG002")
    await office.says("/notice")
    assert "您是否同意" not in (await office.says(f"还没有登记的同志请点：{link}")).text
    assert "没有听懂" in (await demo.of("ZF005").says(link)).text


async def test_a_stranger_who_says_hello_is_greeted(demo: Stage) -> None:
    stranger = demo.person(NEW)
    answer = await stranger.says("你好")
    assert answer.text.startswith("您好！") and "邀请链接" in answer.text
    assert (await stranger.says("请问怎么用")).text.startswith("请先完成登记")


async def test_who_waits_to_be_let_in_is_told_so_by_help(demo: Stage) -> None:
    stranger = await consenting(demo)
    assert "职工编号" in stranger.last.text and "取消" in stranger.last.text
    unread = await stranger.says("王芳")
    assert "还需要您的工号" in unread.text and "取消" in unread.text
    async with demo.app.db.read() as tx:
        number, name = (
            await tx.fetch(
                "SELECT p.staff_number, p.name FROM people p JOIN departments d ON d.id = p.department_id"
                " WHERE d.path = '服务大厅' AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = p.id)"
            )
        )[0]
    await stranger.says(f"{number} {name}")
    shown = await stranger.says("/help")
    assert "您的登记已提交，正在等候" in shown.text and "邀请链接" not in shown.text
    assert "已撤回登记" in (await stranger.presses("撤回登记", shown)).text
    assert "邀请链接" in (await stranger.says("/help")).text


# help


async def test_help_lists_the_words_that_can_be_said_instead_of_commands(demo: Stage) -> None:
    shown = await demo.of("ZF005").says("/help")
    assert re.search("^打卡　/checkin　", shown.text, re.MULTILINE)
    assert re.search("^我的　/me　", shown.text, re.MULTILINE)
    assert "打卡 2.5 社区清扫" in (await demo.of("ZF005").says("打卡 前天 昨天 2 植树")).text


# looking for people


async def test_one_name_after_the_other_is_looked_for(demo: Stage) -> None:
    office = demo.of("BG002")
    await office.says("/roster")
    await office.presses("查找人员")
    for name in ("沈志强", "没有这人", "冯承志"):
        found = await office.says(name)
        assert (name in str(labels(found))) is (name != "没有这人"), found.text
        assert "取消" in found.text
    await office.presses("冯承志")
    assert "沈志强" in str(labels(await office.says("沈志强")))
    assert "不客气" in (await office.says("谢谢")).text
    assert "点“确认”后才会记录" in (await office.says("昨天下午在社区清扫两个半小时")).text
    assert "已取消" in (await office.says("取消")).text
    assert "没有听懂" in (await office.says("沈志强")).text


async def test_the_list_of_members_is_searched_on_until_the_search_is_left(demo: Stage) -> None:
    leader = demo.of("ZF001")
    await leader.says("/members")
    await leader.presses("查找")
    assert "沈志强" in str(labels(await leader.says("沈")))
    again = await leader.says("冯承志")
    assert "查找：冯承志" in again.text and "冯承志" in str(labels(again)) and "取消" in again.text
    assert "不客气" in (await leader.says("谢谢")).text
    assert "1/2" in (await leader.presses("全部成员")).text
    assert "没有听懂" in (await leader.says("沈志强")).text


async def test_a_record_is_opened_and_the_search_goes_on(demo: Stage) -> None:
    leader = demo.of("ZF001")
    found = await leader.says("/members 沈")
    await leader.forges(data_of(found, "沈志强"))
    assert "查找：冯" in (await leader.says("冯")).text
