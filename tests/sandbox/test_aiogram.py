"""aiogram's own client finds nothing strange in the sandbox."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
)

from bot.sandbox import Fault, Sandbox

KEYS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="已读", callback_data="read")]])


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[Bot]:
    bot = Bot(sandbox.token, AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url)))
    yield bot
    await bot.session.close()


async def test_a_conversation_goes_through(client: Bot, sandbox: Sandbox) -> None:
    world = sandbox.world
    assert (await client.get_me()).id == 42
    world.say(1, "/start")
    (update,) = await client.get_updates(timeout=1)
    assert update.message is not None
    sent = await client.send_message(1, "<b>早</b>安", parse_mode="HTML", reply_markup=KEYS)
    world.press(1, sent.message_id, "已读")
    (update,) = await client.get_updates(offset=update.update_id + 1, timeout=1)
    assert update.callback_query is not None
    await client.answer_callback_query(update.callback_query.id, "好")
    await client.edit_message_text("晚安", chat_id=1, message_id=sent.message_id)
    last = world.last(1)
    assert last is not None
    assert (last.text, world.callback_answers[0][2]) == ("晚安", "好")


async def test_files_go_up_and_come_down(client: Bot, sandbox: Sandbox, png: bytes) -> None:
    photo = await client.send_photo(1, BufferedInputFile(png, "图.png"), caption="九月")
    assert photo.photo is not None
    document = await client.send_document(1, BufferedInputFile(b"PK", "名册.xlsx"))
    assert document.document is not None
    assert document.document.file_name == "名册.xlsx"
    data = await client.download(document.document.file_id)
    assert data is not None
    assert data.read() == b"PK"
    media = InputMediaPhoto(media=BufferedInputFile(png, "新.png"), caption="十月")
    edited = await client.edit_message_media(media, chat_id=1, message_id=photo.message_id)
    assert not isinstance(edited, bool)
    assert edited.caption == "十月"
    group = await client.send_media_group(1, [media, InputMediaPhoto(media=photo.photo[-1].file_id)])
    assert len(group) == 2


async def test_refusals_become_the_right_exceptions(client: Bot, sandbox: Sandbox) -> None:
    sandbox.world.add_group(-55, "科室", members=[1])
    new_id = sandbox.world.migrate(-55)
    with pytest.raises(TelegramMigrateToChat) as migrated:
        await client.send_message(-55, "x")
    assert migrated.value.migrate_to_chat_id == new_id
    sandbox.world.block(2)
    with pytest.raises(TelegramForbiddenError):
        await client.send_message(2, "x")
    with pytest.raises(TelegramBadRequest, match="can't parse entities"):
        await client.send_message(1, "<3", parse_mode="HTML")
    sandbox.faults.add(Fault("429", retry_after=7))
    with pytest.raises(TelegramRetryAfter) as later:
        await client.send_message(1, "x")
    assert later.value.retry_after == 7


async def test_settings_are_readable_by_the_client(client: Bot, sandbox: Sandbox) -> None:
    scope = BotCommandScopeAllPrivateChats()
    await client.set_my_commands([BotCommand(command="help", description="帮助")], scope, "zh")
    assert (await client.get_my_commands(scope, "zh"))[0].description == "帮助"
    assert (await client.get_chat(1)).first_name == "张伟"
    assert (await client.get_chat_member(1, 1)).status == "member"
    await client.set_webhook("http://127.0.0.1:1/", secret_token="x")
    assert (await client.get_webhook_info()).max_connections == 40
    await client.delete_webhook()
    sandbox.world.block(1)
    sandbox.world.send_sticker(2)
    sandbox.world.send_poll(2, "去吗", ["去", "不去"])
    sandbox.world.send_voice(2)
    assert len(await client.get_updates()) == 4
