"""Editing, deleting, pinning: what changes and what is refused."""

from typing import Any

import pytest

from bot.sandbox import Sandbox

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
KEYS = {"inline_keyboard": [[{"text": "已读", "callback_data": "read"}]]}


async def send(bot: Any, **more: Any) -> int:
    return int(
        (await bot("sendMessage", **({"chat_id": 1, "text": "早安", "reply_markup": KEYS} | more)))["message_id"]
    )


async def test_an_edit_changes_text_and_takes_away_a_keyboard_not_given_again(bot: Any, sandbox: Sandbox) -> None:
    number = await send(bot)
    edited = await bot("editMessageText", chat_id=1, message_id=number, text="<b>晚</b>安", parse_mode="HTML")
    assert "edit_date" in edited
    assert "reply_markup" not in edited
    (message,) = sandbox.world.messages(1)
    assert (message.text, message.buttons, message.edited) == ("晚安", [], 1)


async def test_an_edit_that_changes_nothing_is_refused(bot: Any) -> None:
    number = await send(bot)
    same = {"chat_id": 1, "message_id": number, "text": " 早安 ", "reply_markup": KEYS}
    assert await bot.refused("editMessageText", **same) == NOT_MODIFIED
    assert await bot.refused("editMessageReplyMarkup", **same) == NOT_MODIFIED
    await bot("editMessageReplyMarkup", chat_id=1, message_id=number)
    assert await bot.refused("editMessageReplyMarkup", chat_id=1, message_id=number) == NOT_MODIFIED


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"chat_id": 1, "message_id": 404}, "message to edit not found"),
        ({"chat_id": 1}, "message to edit not found"),
        ({"chat_id": 99, "message_id": 1}, "chat not found"),
        ({}, "message identifier is not specified"),
    ],
)
async def test_what_cannot_be_found_cannot_be_edited(bot: Any, params: dict[str, Any], description: str) -> None:
    assert await bot.refused("editMessageText", text="x", **params) == f"Bad Request: {description}"


async def test_only_the_bots_own_messages_without_a_reply_keyboard_can_be_edited(bot: Any, sandbox: Sandbox) -> None:
    said = sandbox.world.say(1, "我的话")
    keyboard = await send(bot, reply_markup={"keyboard": [["打卡"]]})
    gone = await send(bot, reply_markup={"remove_keyboard": True})
    for number in (said.id, keyboard, gone):
        refusal = await bot.refused("editMessageText", chat_id=1, message_id=number, text="x")
        assert refusal == "Bad Request: message can't be edited"
    number = await send(bot)
    refusal = await bot.refused(
        "editMessageText", chat_id=1, message_id=number, text="x", reply_markup={"keyboard": [["打卡"]]}
    )
    assert refusal == "Bad Request: inline keyboard expected"


async def test_text_and_caption_are_edited_each_by_its_own_method(bot: Any, sandbox: Sandbox, png: bytes) -> None:
    file = sandbox.world.store(png, "a.png", None, "photo")
    photo = (await bot("sendPhoto", chat_id=1, photo=file.id, caption="旧"))["message_id"]
    text = await send(bot)
    refusal = await bot.refused("editMessageText", chat_id=1, message_id=photo, text="x")
    assert refusal == "Bad Request: there is no text in the message to edit"
    refusal = await bot.refused("editMessageCaption", chat_id=1, message_id=text, caption="x")
    assert refusal == "Bad Request: there is no caption in the message to edit"
    assert (await bot("editMessageCaption", chat_id=1, message_id=photo, caption="新"))["caption"] == "新"
    assert "caption" not in await bot("editMessageCaption", chat_id=1, message_id=photo)


async def test_media_can_be_replaced(bot: Any, sandbox: Sandbox, png: bytes) -> None:
    first, second = (sandbox.world.store(png, name, None, "photo") for name in ("a.png", "b.png"))
    number = (await bot("sendPhoto", chat_id=1, photo=first.id))["message_id"]
    media = {"type": "photo", "media": second.id, "caption": "九月"}
    edited = await bot("editMessageMedia", chat_id=1, message_id=number, media=media)
    assert (edited["photo"][-1]["file_id"], edited["caption"]) == (second.id, "九月")
    assert await bot.refused("editMessageMedia", chat_id=1, message_id=number, media=media) == NOT_MODIFIED


async def test_a_deleted_message_is_gone_for_every_method(bot: Any, sandbox: Sandbox) -> None:
    number = await send(bot)
    assert await bot("deleteMessage", chat_id=1, message_id=number) is True
    (message,) = sandbox.world.messages(1)
    assert message.deleted
    assert sandbox.world.last(1) is None
    same = {"chat_id": 1, "message_id": number}
    assert await bot.refused("deleteMessage", **same) == "Bad Request: message to delete not found"
    assert await bot.refused("editMessageText", text="x", **same) == "Bad Request: message to edit not found"


async def test_messages_older_than_two_days_cannot_be_deleted(bot: Any, clock: Any) -> None:
    number = await send(bot)
    clock.move(48 * 3600 + 1)
    refusal = await bot.refused("deleteMessage", chat_id=1, message_id=number)
    assert refusal == "Bad Request: message can't be deleted for everyone"


async def test_many_are_deleted_at_once_and_unknown_ones_skipped(bot: Any, sandbox: Sandbox) -> None:
    numbers = [await send(bot, text=str(i)) for i in range(3)]
    assert await bot("deleteMessages", chat_id=1, message_ids=[*numbers, 999]) is True
    assert all(message.deleted for message in sandbox.world.messages(1))
    refusal = await bot.refused("deleteMessages", chat_id=1, message_ids=list(range(1, 102)))
    assert refusal == "Bad Request: too many message identifiers specified"
    refusal = await bot.refused("deleteMessages", chat_id=1, message_ids=["x"])
    assert refusal == "Bad Request: message identifier must be a Number"


async def test_pinned_messages_show_in_the_chat(bot: Any, sandbox: Sandbox) -> None:
    number = await send(bot)
    await bot("pinChatMessage", chat_id=1, message_id=number)
    assert (await bot("getChat", chat_id=1))["pinned_message"]["message_id"] == number
    await bot("unpinChatMessage", chat_id=1)
    assert await bot.refused("unpinChatMessage", chat_id=1) == "Bad Request: message to unpin not found"
    sandbox.world.add_group(-55, "科室", members=[1])
    number = await send(bot, chat_id=-55)
    refusal = await bot.refused("pinChatMessage", chat_id=-55, message_id=number)
    assert refusal == "Bad Request: not enough rights to manage pinned messages in the chat"
