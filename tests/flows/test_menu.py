"""Help, language, cancel and the last word."""

from tests.flows.conftest import Stage


async def test_a_stranger_who_asks_for_help_sees_only_what_is_open_to_strangers(stage: Stage) -> None:
    stranger = stage.person(1)
    answer = await stranger.says("/help")
    assert "/privacy" in answer.text
    assert "/checkin" not in answer.text


async def test_a_member_of_staff_sees_his_own_commands_and_a_leader_more(demo: Stage) -> None:
    staff = await demo.of("ZF005").says("帮助")
    leader = await demo.of("ZF001").says("/help")
    assert "/checkin" in staff.text
    assert "/pending" not in staff.text
    assert "/pending" in leader.text


async def test_a_language_once_chosen_stays(demo: Stage) -> None:
    person = demo.of("ZF005")
    await person.says("/language")
    answer = await person.presses("English")
    assert "English" in answer.text
    await demo.restart_bot()
    assert "what you can do" in (await person.says("/help")).text


async def test_everything_that_cannot_be_handled_is_answered(demo: Stage) -> None:
    person = demo.of("ZF005")
    world = demo.world
    assert "表情" in (await person.does(lambda: world.send_sticker(person.id))).text
    assert "语音" in (await person.does(lambda: world.send_voice(person.id))).text
    assert "没有保存" in (await person.does(lambda: world.send_contact(person.id, "+8613800000000", person.id))).text
    assert "位置" in (await person.does(lambda: world.send_location(person.id, 39.9, 116.4))).text
    assert "没有听懂" in (await person.says("😀" * 3000)).text
    assert "失效" in (await person.forges("nonsense:1")).text


async def test_help_names_whom_in_the_office_to_ask_but_not_to_a_stranger(demo: Stage) -> None:
    assert "请联系创建办：孙玉兰、蒋明哲" in (await demo.of("ZF005").says("/help")).text
    assert "孙玉兰" not in (await demo.person(701).says("/help")).text


async def test_no_line_of_the_help_says_its_word_twice(demo: Stage) -> None:
    lines = (await demo.of("BG002").says("/help")).text.split("\n")
    assert "帮助　/help" in lines and "运行状态　/status" in lines
    assert "花名册　/roster　查看、导入" in lines and "隐私　/privacy　隐私说明" in lines


async def test_help_gives_an_example_of_what_this_person_may_do(demo: Stage) -> None:
    assert "打卡 2.5 社区清扫" in (await demo.of("ZF005").says("/help")).text
    owner = await demo.owner().says("/help")
    assert "报表 上月" in owner.text
    assert "打卡 2.5" not in owner.text
    assert "/start　开通清单" in owner.text
    assert "可以直接发送" not in (await demo.person(701).says("/help")).text


async def test_a_greeting_and_a_thank_you_get_theirs_back(demo: Stage) -> None:
    person = demo.of("ZF005")
    assert (await person.says("你好！")).text.startswith("您好！")
    assert "不客气" in (await person.says("谢谢")).text
    await person.says("/language en")
    assert (await person.says("Hello")).text.startswith("Hello!")
    assert "打卡" not in (await demo.owner().says("您好")).text


async def test_a_long_menu_stays_low(demo: Stage) -> None:
    shown = await demo.of("BG002").says("/help")
    assert shown.reply_keyboard is not None
    assert len(shown.reply_keyboard) <= 3
