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
