"""The bot itself: commands, names, presses, chats and members."""

from typing import Any

import pytest

from bot.sandbox import Sandbox

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_the_bot_knows_who_it_is(bot: Any) -> None:
    me = await bot("getMe")
    assert (me["id"], me["is_bot"], me["username"]) == (42, True, "wenming_demo_bot")
    assert me["can_read_all_group_messages"] is False


async def test_a_press_is_answered_once_and_in_time(bot: Any, sandbox: Sandbox, clock: Any) -> None:
    keys = {"inline_keyboard": [[{"text": "已读", "callback_data": "r:1"}, {"text": "看", "url": "https://a.b"}]]}
    number = (await bot("sendMessage", chat_id=1, text="x", reply_markup=keys))["message_id"]
    query = sandbox.world.press(1, number, "已读")["callback_query"]
    assert (query["data"], query["message"]["text"], query["from"]["id"]) == ("r:1", "x", 1)
    assert query["chat_instance"]
    await bot("answerCallbackQuery", callback_query_id=query["id"], text="好", show_alert=True)
    assert sandbox.world.callback_answers == [(query["id"], 1, "好", True)]
    assert await bot.refused("answerCallbackQuery", callback_query_id=query["id"]) == TOO_OLD
    late = sandbox.world.press(1, number, "r:1")["callback_query"]["id"]
    clock.move(16)
    assert await bot.refused("answerCallbackQuery", callback_query_id=late) == TOO_OLD
    with pytest.raises(LookupError, match="only"):
        sandbox.world.press(1, number, "没有")
    with pytest.raises(LookupError, match="opens"):
        sandbox.world.press(1, number, "看")
    forged = sandbox.world.press_raw(1, number, "forged")["callback_query"]
    assert forged["data"] == "forged"
    text = "x" * 201
    refusal = await bot.refused("answerCallbackQuery", callback_query_id=forged["id"], text=text)
    assert refusal == "Bad Request: MESSAGE_TOO_LONG"


async def test_commands_are_kept_per_scope_and_language(bot: Any, sandbox: Sandbox) -> None:
    def commands(name: str) -> list[dict[str, str]]:
        return [{"command": name, "description": name}]

    await bot("setMyCommands", commands=commands("help"))
    await bot("setMyCommands", commands=commands("bangzhu"), language_code="zh")
    await bot("setMyCommands", commands=commands("pending"), scope={"type": "chat", "chat_id": 2})
    assert await bot("getMyCommands") == commands("help")
    assert await bot("getMyCommands", language_code="zh") == commands("bangzhu")
    assert await bot("getMyCommands", scope={"type": "all_group_chats"}) == []
    sandbox.world.users[1].language_code = "zh-hans"
    assert sandbox.world.commands_for(1, 1) == commands("bangzhu")
    assert sandbox.world.commands_for(2, 2) == commands("pending")
    assert sandbox.world.commands_for(3, 3) == commands("help")
    sandbox.world.add_group(-55, "科室", members=[1, 2])
    await bot("setMyCommands", commands=commands("boss"), scope={"type": "all_chat_administrators"})
    assert sandbox.world.commands_for(1, -55) == commands("boss")
    assert sandbox.world.commands_for(2, -55) == commands("help")
    await bot("deleteMyCommands", scope={"type": "chat", "chat_id": 2})
    assert sandbox.world.commands_for(2, 2) == commands("help")


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"commands": [{"command": "Мир", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "x" * 33, "description": "x"}]}, "command length must not exceed 32"),
        ({"commands": [{"command": "x", "description": ""}]}, "command description must be non-empty"),
        ({"commands": [{"command": "x", "description": "早" * 257}]},
         "command description length must not exceed 256"),
        ({"commands": [{"command": "x", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": "nonsense"}, "can't parse commands JSON object"),
        ({}, "expected an Array of BotCommand"),
        ({"commands": [], "scope": {"type": "galaxy"}},
         "can't parse BotCommandScope: unsupported type specified"),
        ({"commands": [], "scope": {"type": "chat"}}, "chat_id is empty"),
        ({"commands": [], "language_code": "chinese"}, "invalid language code specified"),
    ],
)  # fmt: skip
async def test_wrong_commands_are_refused(bot: Any, params: dict[str, Any], description: str) -> None:
    assert await bot.refused("setMyCommands", **params) == f"Bad Request: {description}"


async def test_name_descriptions_and_menu_button_are_kept(bot: Any) -> None:
    await bot("setMyDescription", description="登记志愿服务")
    await bot("setMyDescription", description="records hours", language_code="en")
    assert await bot("getMyDescription", language_code="en") == {"description": "records hours"}
    assert await bot("getMyDescription", language_code="fr") == {"description": "登记志愿服务"}
    await bot("setMyShortDescription", short_description="x")
    assert await bot("getMyShortDescription") == {"short_description": "x"}
    assert await bot("getMyName") == {"name": "文明创建助手"}
    await bot("setMyName", name="助手")
    assert await bot("getMyName") == {"name": "助手"}
    assert "TOO_LONG" in await bot.refused("setMyDescription", description="x" * 513)
    await bot("setChatMenuButton", chat_id=1, menu_button={"type": "commands"})
    assert await bot("getChatMenuButton", chat_id=1) == {"type": "commands"}
    assert await bot("getChatMenuButton") == {"type": "default"}


async def test_members_of_a_group_are_told(bot: Any, sandbox: Sandbox) -> None:
    sandbox.world.add_group(-100123, "科室", members=[1, 2])
    member = await bot("getChatMember", chat_id=-100123, user_id=1)
    assert (member["status"], member["user"]["first_name"]) == ("creator", "张伟")
    assert (await bot("getChatMember", chat_id=-100123, user_id=3))["status"] == "left"
    assert (await bot("getChatMember", chat_id=-100123, user_id=42))["status"] == "member"
    assert await bot("getChatMemberCount", chat_id=-100123) == 3
    assert len(await bot("getChatAdministrators", chat_id=-100123)) == 1
    assert (await bot("getChat", chat_id=-100123))["title"] == "科室"
    refusal = await bot.refused("getChatAdministrators", chat_id=1)
    assert refusal == "Bad Request: there are no administrators in the private chat"
    assert await bot.refused("getChatMember", chat_id=1, user_id=404) == "Bad Request: user not found"


async def test_a_logged_out_bot_is_told_so(bot: Any) -> None:
    assert await bot("close") is True
    assert await bot("logOut") is True
    assert await bot.refused("getMe") == "Logged out"
