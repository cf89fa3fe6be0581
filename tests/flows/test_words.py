"""The words of the menu as people write them, and what is ordinary talk all the same."""

import pytest

from bot.domain.access import COMMANDS
from bot.i18n import LANGUAGES, translator
from handlers.context import menu_words
from tests.flows.conftest import Stage


@pytest.mark.parametrize(
    ("said", "word", "rest"),
    [
        ("/me", "me", ""),
        ("／me", "me", ""),
        ("／ｍｅ", "me", ""),
        ("/ME@wenming_bot", "me", ""),
        ("/打卡 2 社区", "checkin", "2 社区"),
        ("／打卡　２小时 社区清扫", "checkin", "２小时 社区清扫"),
        ("/打卡2小时社区清扫", "checkin", "2小时社区清扫"),
        ("/checkin：2 社区", "checkin", "2 社区"),
        ("/nothing 2", "nothing", "2"),
        ("打卡", "checkin", ""),
        ("打卡 2 社区", "checkin", "2 社区"),
        ("打卡　2 社区", "checkin", "2 社区"),
        ("打卡2小时社区清扫", "checkin", "2小时社区清扫"),
        ("打卡２小时社区清扫", "checkin", "２小时社区清扫"),
        ("打卡2.5社区清扫", "checkin", "2.5社区清扫"),
        ("打卡14:00-16:30植树", "checkin", "14:00-16:30植树"),
        ("打卡：1小时 敬老院", "checkin", "1小时 敬老院"),
        ("打卡: 1小时 敬老院", "checkin", "1小时 敬老院"),
        ("「打卡」1小时 敬老院", "checkin", "1小时 敬老院"),
        ("“打卡” 1小时 敬老院", "checkin", "1小时 敬老院"),
        ("我的。", "me", ""),
        ("帮助！", "help", ""),
        ("「帮助」", "help", ""),
        ("幫助", "help", ""),
        ("職責", "duties", ""),
        ("報表", "report", ""),
        ("報表 上個月", "report", "上個月"),
        ("报表2026Q3", "report", "2026Q3"),
        ("报表2026-10 办公室", "report", "2026-10 办公室"),
        ("报表：上月", "report", "上月"),
        ("Report 2026Q3", "report", "2026Q3"),
        ("check-in 2 park", "checkin", "2 park"),
        ("My record.", "me", ""),
        ("/幫助", "help", ""),
    ],
)
def test_a_word_of_the_menu_is_heard_however_it_is_written(said: str, word: str, rest: str) -> None:
    assert menu_words().heard(said) == (word, rest)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "。",
        "「」",
        "打卡机坏了",
        "打卡3次了还没有通过",
        "打卡2小时了还没审核",
        "打卡一次多久",
        "打卡2026年的怎么查？",
        "「打卡」按钮在哪里",
        "我的记录不见了",
        "我的2小时呢",
        "报表3份已提交",
        "报表2026年工作总结",
        "帮助老人2小时",
        "通知：明天停水",
        "取消：明天的会",
        "Leave: I am ill",
        "Check in with me later",
        "職責不清",
        "昨天打卡2小时",
    ],
)
def test_ordinary_talk_is_no_command(said: str) -> None:
    assert menu_words().heard(said)[0] is None


def test_every_other_form_stands_for_a_command() -> None:
    for language in LANGUAGES:
        for pair in translator(language).plain("menu-also").split():
            form, _, word = pair.partition("=")
            assert menu_words().heard(form) == (word, ""), pair
            assert word in COMMANDS, pair


async def test_other_forms_are_answered_like_the_words_themselves(demo: Stage) -> None:
    person = demo.of("ZF005")
    for said in (
        "打卡2.5社区清扫",
        "打卡：1小时 敬老院",
        "「打卡」1小时 读书",
        "／打卡　２小时 社区清扫",
        "/打卡 1 社区",
    ):
        assert "已记录" in (await person.says(said)).text, said
    assert "我的志愿服务" in (await person.says("／me")).text
    assert "我的志愿服务" in (await person.says("我的。")).text
    assert "/checkin" in (await person.says("幫助")).text
    leader = demo.of("ZF001")
    for one, other in (("报表2026Q3", "/report 2026Q3"), ("/report 上個月", "/report 上月"), ("報表", "/report")):
        asked, meant = await leader.says(one), await leader.says(other)
        assert asked.caption, one
        assert asked.caption == meant.caption, one


async def test_an_edited_message_is_read_with_the_same_words(demo: Stage) -> None:
    person = demo.of("ZF005")
    await person.says("打卡2小时社区清扫")
    said = next(m for m in reversed(demo.world.messages(person.id)) if not m.from_bot)
    answer = await person.edits(said, "打卡：3小时 社区清扫")
    assert "已更正" in answer.text
    assert "📝 社区清扫" in answer.text


async def test_an_answer_in_ones_own_words_may_begin_with_a_word_of_the_menu(demo: Stage) -> None:
    person, office = demo.of("ZF005"), demo.of("BG002")
    for language, words in (("zh", "帮助 老人过马路"), ("en", "Notice board cleaning")):
        await person.says(f"/language {language}")
        for said in ("/checkin", "10月13日", "2"):
            await person.says(said)
        assert f"📝 {words}" in (await person.says(words)).text
    await office.says("/notice")
    card = await office.says("提醒 各位同事\n明天停水")
    assert "提醒 各位同事" in card.text
    await office.presses("改内容", card)
    edited = await office.says("通知\n明天不停水")
    assert "№1" in edited.text and "通知\n明天不停水" in edited.text


async def test_a_command_or_a_whole_check_in_is_no_answer(demo: Stage) -> None:
    person = demo.of("ZF005")
    for said, expected in (
        ("/help me", "/checkin"),
        ("帮助", "/checkin"),
        ("取消 打卡", "已取消"),
        ("打卡 昨天 1.5 读书", "1.5 小时"),
    ):
        for step in ("/checkin", "10月13日", "2"):
            await person.says(step)
        assert expected in (await person.says(said)).text
