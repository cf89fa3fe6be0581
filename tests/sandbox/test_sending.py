"""Sending: what arrives, what is refused."""

from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox

WIDE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x40\0\0\0\0\x01" + b"\0" * 9  # 16384 x 1


async def test_a_text_arrives_parsed(bot: Any, sandbox: Sandbox) -> None:
    sent = await bot("sendMessage", chat_id=1, text="<b>早</b>安 &lt;3", parse_mode="HTML")
    assert sent["text"] == "早安 <3"
    assert sent["entities"] == [{"offset": 0, "length": 1, "type": "bold"}]
    assert sent["chat"] == {"id": 1, "type": "private", "first_name": "张伟"}
    assert sent["from"]["is_bot"]
    message = sandbox.world.last(1)
    assert message is not None
    assert (message.text, message.html, message.from_bot) == ("早安 <3", "<b>早</b>安 &lt;3", True)


@pytest.mark.parametrize("way", ["json", "form", "query", "multipart"])
async def test_arguments_come_in_four_ways(bot: Any, sandbox: Sandbox, way: str) -> None:
    url = f"{sandbox.url}/bot{sandbox.token}/SENDMESSAGE"
    params = {
        "chat_id": "1",
        "text": "你好",
        "reply_markup": '{"inline_keyboard":[[{"text":"A","callback_data":"a"}]]}',
    }
    multipart = aiohttp.FormData(params, default_to_multipart=True)
    given = {
        "json": {"json": params},
        "form": {"data": params},
        "query": {"params": params},
        "multipart": {"data": multipart},
    }
    async with bot.session.post(url, **given[way]) as response:
        answer = await response.json()
    assert answer["ok"]
    (message,) = sandbox.world.messages(1)
    assert message.text == "你好"
    assert message.buttons[0][0].data == "a"


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({}, "message text is empty"),
        ({"text": "x"}, "chat_id is empty"),
        ({"text": "x", "chat_id": 99}, "chat not found"),
        ({"text": "x", "chat_id": "abc"}, "chat not found"),
        ({"text": "", "chat_id": 1}, "message text is empty"),
        ({"text": " \n ", "chat_id": 1}, "text must be non-empty"),
        ({"text": "<b> </b>", "chat_id": 1, "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097, "chat_id": 1}, "message is too long"),
        ({"text": "😀" * 2049, "chat_id": 1}, "message is too long"),
        ({"text": "早" * 20000, "chat_id": 1}, "text is too long"),
        ({"text": "x", "chat_id": 1, "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"text": "x", "chat_id": 1, "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "chat_id": 1, "reply_markup": [1]}, "object expected as reply markup"),
        ({"text": "x", "chat_id": 1, "entities": [{"type": "bold"}]},
         "can't parse MessageEntity: Can't find field \"offset\""),
        ({"text": "x", "chat_id": 1, "entities": [{"type": "bold", "offset": "0", "length": 1}]},
         "can't parse MessageEntity: Field \"offset\" must be of type Number"),
        ({"text": "x", "chat_id": 1, "entities": [{"type": "bold", "offset": 0, "length": 2}]},
         "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 1"),
        ({"text": "x", "chat_id": 1, "reply_parameters": {"message_id": 77}},
         "message to be replied not found"),
        ({"text": "\ud800", "chat_id": 1}, "strings must be encoded in UTF-8"),
    ],
)  # fmt: skip
async def test_a_wrong_message_is_refused(bot: Any, params: dict[str, Any], description: str) -> None:
    assert await bot.refused("sendMessage", **params) == f"Bad Request: {description}"


async def test_length_is_measured_after_parsing(bot: Any) -> None:
    text = "<b>" + "早" * 4096 + "</b>"
    assert len((await bot("sendMessage", chat_id=1, text=text, parse_mode="HTML"))["text"]) == 4096


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({"text": "x", "callback_data": "早" * 22}, "BUTTON_DATA_INVALID"),
        ({"text": " ", "callback_data": "x"}, "inline keyboard button text must be non-empty"),
        ({"callback_data": "x"}, "can't parse inline keyboard button: Can't find field \"text\""),
        (
            {"text": "x"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"text": "x", "url": "nowhere"}, "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
        (
            {"text": {}, "callback_data": "x"},
            'can\'t parse inline keyboard button: Field "text" must be of type String',
        ),
        ("x", "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
    ],
)
async def test_a_wrong_button_is_refused(bot: Any, button: Any, description: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    refusal = await bot.refused("sendMessage", chat_id=1, text="x", reply_markup=markup)
    assert refusal == f"Bad Request: {description}"


async def test_sixty_four_bytes_of_data_and_a_hundred_buttons_pass(bot: Any) -> None:
    rows = [[{"text": "x", "callback_data": "x" * 64}] * 8] * 12 + [[{"text": "x", "callback_data": "x"}] * 4]
    await bot("sendMessage", chat_id=1, text="x", reply_markup={"inline_keyboard": rows})
    rows.append([{"text": "x", "callback_data": "x"}])
    refusal = await bot.refused("sendMessage", chat_id=1, text="x", reply_markup={"inline_keyboard": rows})
    assert refusal == "Bad Request: reply markup is too long"


async def test_a_reply_keyboard_stays_with_the_chat_until_taken_away(bot: Any, sandbox: Sandbox) -> None:
    keyboard = {"keyboard": [["打卡", {"text": "我的"}]], "input_field_placeholder": "说点什么"}
    await bot("sendMessage", chat_id=1, text="x", reply_markup=keyboard)
    await bot("sendMessage", chat_id=1, text="y")
    chat = sandbox.world.chats[1]
    assert (chat.reply_keyboard, chat.placeholder) == ([["打卡", "我的"]], "说点什么")
    assert [m.reply_keyboard for m in sandbox.world.messages(1)] == [[["打卡", "我的"]], None]
    await bot("sendMessage", chat_id=1, text="z", reply_markup={"remove_keyboard": True})
    assert chat.reply_keyboard is None


async def test_a_person_who_never_wrote_cannot_be_written_to(bot: Any, sandbox: Sandbox) -> None:
    sandbox.world.add_user(5, "新人")
    assert await bot.refused("sendMessage", chat_id=5, text="x") == "Bad Request: chat not found"
    sandbox.world.add_group(-100123, "科室", members=[5])
    refusal = "Forbidden: bot can't initiate conversation with a user"
    assert await bot.refused("sendMessage", chat_id=5, text="x") == refusal
    sandbox.world.say(5, "/start")
    await bot("sendMessage", chat_id=5, text="x")


async def test_a_bot_cannot_write_to_a_bot(bot: Any) -> None:
    refusal = await bot.refused("sendMessage", chat_id=42, text="x")
    assert refusal == "Forbidden: bot can't send messages to bots"


async def test_blocked_and_deactivated_people_are_forbidden(bot: Any, sandbox: Sandbox) -> None:
    sandbox.world.block(1)
    assert await bot.refused("sendMessage", chat_id=1, text="x") == "Forbidden: bot was blocked by the user"
    sandbox.world.unblock(1)
    await bot("sendMessage", chat_id=1, text="x")
    sandbox.world.deactivate(1)
    assert await bot.refused("sendMessage", chat_id=1, text="x") == "Forbidden: user is deactivated"


async def test_a_group_tells_its_new_number_after_migration(bot: Any, sandbox: Sandbox) -> None:
    sandbox.world.add_group(-55, "科室", members=[1])
    new_id = sandbox.world.migrate(-55)
    answer = await bot.answer("sendMessage", chat_id=-55, text="x")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": new_id}
    await bot("sendMessage", chat_id=new_id, text="x")


async def test_a_bot_thrown_out_of_a_group_is_told_so(bot: Any, sandbox: Sandbox) -> None:
    sandbox.world.add_group(-100123, "科室", members=[1])
    sandbox.world.add_group(-55, "小组", members=[1])
    sandbox.world.remove_bot_from_group(-100123, by=1)
    sandbox.world.remove_bot_from_group(-55, by=1)
    text = "Forbidden: bot was kicked from the supergroup chat"
    assert await bot.refused("sendMessage", chat_id=-100123, text="x") == text
    assert await bot.refused("sendMessage", chat_id=-55, text="x") == "Forbidden: bot was kicked from the group chat"
    sandbox.world.add_bot_to_group(-55, by=1)
    await bot("leaveChat", chat_id=-55)
    text = "Forbidden: bot is not a member of the group chat"
    assert await bot.refused("sendMessage", chat_id=-55, text="x") == text


def form(**fields: Any) -> aiohttp.FormData:
    data = aiohttp.FormData(quote_fields=False)
    for name, value in fields.items():
        if isinstance(value, tuple):
            data.add_field(name, value[1], filename=value[0])
        else:
            data.add_field(name, str(value))
    return data


async def upload(bot: Any, method: str, **fields: Any) -> Any:
    url = f"{bot.sandbox.url}/bot{bot.sandbox.token}/{method}"
    async with bot.session.post(url, data=form(**fields)) as response:
        return await response.json()


async def test_a_photo_is_kept_shown_and_sent_again_by_its_id(bot: Any, sandbox: Sandbox, png: bytes) -> None:
    sent = (await upload(bot, "sendPhoto", chat_id=1, photo=("a.png", png), caption="<i>图</i>", parse_mode="HTML"))[
        "result"
    ]
    assert (sent["photo"][-1]["width"], sent["caption"]) == (1, "图")
    again = await bot("sendPhoto", chat_id=2, photo=sent["photo"][-1]["file_id"])
    assert again["photo"][-1]["file_unique_id"] == sent["photo"][-1]["file_unique_id"]
    message = sandbox.world.last(2)
    assert message is not None
    assert (message.photo, message.caption, message.document) == (png, None, None)


async def test_a_document_comes_down_as_it_went_up(bot: Any, sandbox: Sandbox) -> None:
    sent = (await upload(bot, "sendDocument", chat_id=1, document=("名册.xlsx", b"PK")))["result"]["document"]
    assert sent["file_name"] == "名册.xlsx"
    path = (await bot("getFile", file_id=sent["file_id"]))["file_path"]
    async with bot.session.get(f"{sandbox.url}/file/bot{sandbox.token}/{path}") as response:
        assert await response.read() == b"PK"
    message = sandbox.world.last(1)
    assert message is not None
    assert message.document == ("名册.xlsx", b"PK")


@pytest.mark.parametrize(
    ("fields", "description"),
    [
        ({}, "there is no photo in the request"),
        ({"photo": "nothing-known"}, "wrong file identifier/HTTP URL specified"),
        ({"photo": "https://example.org/a.png"}, "failed to get HTTP URL content"),
        ({"photo": ("a.png", b"")}, "file must be non-empty"),
        ({"photo": ("a.png", b"no picture")}, "IMAGE_PROCESS_FAILED"),
        ({"photo": ("a.png", WIDE)}, "PHOTO_INVALID_DIMENSIONS"),
        ({"photo": "nothing-known", "caption": "x" * 1025}, "wrong file identifier/HTTP URL specified"),
    ],
)  # fmt: skip
async def test_a_wrong_photo_is_refused(bot: Any, fields: dict[str, Any], description: str) -> None:
    answer = await upload(bot, "sendPhoto", chat_id=1, **fields)
    assert answer["description"] == f"Bad Request: {description}"


async def test_a_caption_is_shorter_than_a_text(bot: Any, png: bytes) -> None:
    assert (await upload(bot, "sendPhoto", chat_id=1, photo=("a.png", png), caption="早" * 1024))["ok"]
    answer = await upload(bot, "sendPhoto", chat_id=1, photo=("a.png", png), caption="早" * 1025)
    assert answer["description"] == "Bad Request: message caption is too long"


async def test_an_id_of_a_document_is_no_photo(bot: Any) -> None:
    sent = (await upload(bot, "sendDocument", chat_id=1, document=("a.txt", b"x")))["result"]["document"]
    refusal = await bot.refused("sendPhoto", chat_id=1, photo=sent["file_id"])
    assert refusal == "Bad Request: can't use file of type Document as Photo"


async def test_a_file_over_twenty_megabytes_cannot_be_fetched(bot: Any, sandbox: Sandbox) -> None:
    message = sandbox.world.send_document(1, "big.bin", b"x" * ((20 << 20) + 1))
    assert message.file is not None
    assert await bot.refused("getFile", file_id=message.file.id) == "Bad Request: file is too big"


async def test_an_album_is_one_group_of_messages(bot: Any, sandbox: Sandbox, png: bytes) -> None:
    media = '[{"type":"photo","media":"attach://a","caption":"一"},{"type":"photo","media":"attach://b"}]'
    answer = await upload(bot, "sendMediaGroup", chat_id=1, media=media, a=("a.png", png), b=("b.png", png))
    assert len({message["media_group_id"] for message in answer["result"]}) == 1
    assert [m.caption for m in sandbox.world.messages(1)] == ["一", None]
    media = '[{"type":"photo","media":"attach://a"}]'
    answer = await upload(bot, "sendMediaGroup", chat_id=1, media=media, a=("a.png", png))
    assert not answer["ok"]


async def test_a_copy_has_no_origin_and_a_forward_names_it(bot: Any, sandbox: Sandbox) -> None:
    original = sandbox.world.say(1, "原文")
    copied = await bot("copyMessage", chat_id=2, from_chat_id=1, message_id=original.id)
    forwarded = await bot("forwardMessage", chat_id=2, from_chat_id=1, message_id=original.id)
    assert [m.text for m in sandbox.world.messages(2)] == ["原文", "原文"]
    assert set(copied) == {"message_id"}
    assert forwarded["forward_origin"]["sender_user"]["id"] == 1
    refusal = await bot.refused("copyMessage", chat_id=2, from_chat_id=1, message_id=999)
    assert refusal == "Bad Request: message to copy not found"


async def test_chat_actions_are_known_by_name(bot: Any) -> None:
    assert await bot("sendChatAction", chat_id=1, action="typing") is True
    refusal = await bot.refused("sendChatAction", chat_id=1, action="sing")
    assert refusal == "Bad Request: wrong parameter action in request"


async def test_a_mention_by_id_shows_the_person_or_nothing(bot: Any) -> None:
    text = '<a href="tg://user?id=2">李</a><a href="tg://user?id=404">谁</a>'
    sent = await bot("sendMessage", chat_id=1, text=text, parse_mode="HTML")
    assert [e["user"]["first_name"] for e in sent["entities"]] == ["李娜"]


async def test_an_unknown_parameter_is_noted_and_an_unknown_method_refused(bot: Any, sandbox: Sandbox) -> None:
    await bot("sendMessage", chat_id=1, text="x", shiny_new_thing=True)
    assert sandbox.notes == ["sendMessage: unknown parameter shiny_new_thing"]
    assert await bot.refused("sendTelepathy") == "Not Found: method not found"


async def test_a_wrong_token_is_unauthorised_and_a_wrong_path_not_found(bot: Any, sandbox: Sandbox) -> None:
    async with bot.session.get(f"{sandbox.url}/bot42:WRONG/getMe") as response:
        assert (response.status, (await response.json())["description"]) == (401, "Unauthorized")
    async with bot.session.get(f"{sandbox.url}/elsewhere") as response:
        assert response.status == 404
    async with bot.session.get(f"{sandbox.url}/file/bot{sandbox.token}/no/such") as response:
        assert response.status == 404


async def test_foreign_hosts_and_origins_are_turned_away(bot: Any, sandbox: Sandbox) -> None:
    url = f"{sandbox.url}/bot{sandbox.token}/getMe"
    for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
        async with bot.session.post(url, headers=headers) as response:
            assert response.status == 403
    async with bot.session.post(url, headers={"Origin": sandbox.url}) as response:
        assert response.status == 200
