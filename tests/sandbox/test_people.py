"""What people do in the world, what reaches the bot of it, and what they see."""

from typing import Any

import pytest

from bot.sandbox import Event, Sandbox


async def heard(bot: Any) -> list[dict[str, Any]]:
    """What reached the bot since last time."""
    updates = await bot("getUpdates")
    if updates:
        await bot("getUpdates", offset=updates[-1]["update_id"] + 1)
    return list(updates)


async def test_what_a_person_says_carries_its_commands_and_answers(bot: Any, sandbox: Sandbox) -> None:
    first = sandbox.world.say(1, "/checkin 2.5 社区清扫")
    sandbox.world.say(1, "改一下", reply_to=first.id)
    one, two = (update["message"] for update in await heard(bot))
    assert one["entities"] == [{"type": "bot_command", "offset": 0, "length": 8}]
    assert two["reply_to_message"]["text"] == "/checkin 2.5 社区清扫"


async def test_an_edited_message_reaches_the_bot_as_edited(bot: Any, sandbox: Sandbox) -> None:
    said = sandbox.world.say(1, "2小时")
    sandbox.world.edit(1, said.id, "3小时")
    edited = (await heard(bot))[1]["edited_message"]
    assert (edited["text"], edited["message_id"]) == ("3小时", said.id)
    assert "edit_date" in edited
    with pytest.raises(LookupError):
        sandbox.world.edit(2, said.id, "别人的", chat_id=None if said.chat_id == 2 else 2)


async def test_every_kind_of_content_reaches_the_bot(bot: Any, sandbox: Sandbox, png: bytes) -> None:
    world = sandbox.world
    world.send_photo(1, png, caption="图 /x")
    world.send_document(1, "a.xlsx", b"PK", caption="名册")
    world.send_voice(1)
    world.send_sticker(1, "🎉")
    world.send_contact(1, "+86 1", contact_user_id=1)
    world.send_location(1, 39.9, 116.4)
    world.send_poll(1, "去吗", ["去", "不去"])
    photo, document, voice, sticker, contact, location, poll = (u["message"] for u in await heard(bot))
    assert (photo["caption"], photo["caption_entities"][0]["type"]) == ("图 /x", "bot_command")
    assert document["document"]["file_name"] == "a.xlsx"
    assert voice["voice"]["mime_type"] == "audio/ogg"
    assert sticker["sticker"]["emoji"] == "🎉"
    assert contact["contact"]["user_id"] == 1
    assert location["location"]["latitude"] == 39.9
    assert poll["poll"]["options"][1]["text"] == "不去"


async def test_a_forward_keeps_its_origin_and_its_file(bot: Any, sandbox: Sandbox, png: bytes) -> None:
    original = sandbox.world.send_photo(1, png)
    sandbox.world.forward(2, original)
    _, update = await heard(bot)
    assert update["message"]["forward_origin"]["sender_user"]["id"] == 1
    again = sandbox.world.messages(2)[0].file
    assert again is not None
    assert again is original.file


async def test_blocking_and_unblocking_reach_the_bot(bot: Any, sandbox: Sandbox) -> None:
    sandbox.world.block(1)
    sandbox.world.say(1, "/start")
    statuses = [u["my_chat_member"]["new_chat_member"]["status"] for u in await heard(bot) if "my_chat_member" in u]
    assert statuses == ["kicked", "member"]
    assert not sandbox.world.users[1].blocked


async def test_in_a_group_a_bot_hears_only_what_concerns_it(bot: Any, sandbox: Sandbox) -> None:
    world = sandbox.world
    world.add_group(-55, "科室", members=[1, 2])
    answer = (await bot("sendMessage", chat_id=-55, text="x"))["message_id"]
    for text in (
        "早",
        "/report",
        "/report@other_bot",
        "/report@wenming_demo_bot 本月",
        "@wenming_demo_bot 你好",
    ):
        world.say(1, text, chat_id=-55)
    world.say(2, "回答", chat_id=-55, reply_to=answer)
    assert [u["message"]["text"] for u in await heard(bot)] == [
        "/report",
        "/report@wenming_demo_bot 本月",
        "@wenming_demo_bot 你好",
        "回答",
    ]
    world.add_bot_to_group(-55, by=1, status="administrator")
    world.say(1, "早", chat_id=-55)
    assert [list(u)[1] for u in await heard(bot)] == ["my_chat_member", "message"]
    with pytest.raises(LookupError):
        world.say(3, "我不在", chat_id=-55)


async def test_a_bot_added_to_a_group_hears_of_it_twice(bot: Any, sandbox: Sandbox) -> None:
    sandbox.world.add_group(-55, "科室", members=[1], bot_inside=False)
    sandbox.world.add_bot_to_group(-55, by=1)
    member, message = await heard(bot)
    assert member["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert message["message"]["new_chat_members"][0]["id"] == 42


async def test_anybody_in_a_group_may_press(bot: Any, sandbox: Sandbox) -> None:
    sandbox.world.add_group(-55, "科室", members=[1, 2])
    keys = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}
    number = (await bot("sendMessage", chat_id=-55, text="x", reply_markup=keys))["message_id"]
    update = sandbox.world.press(2, number, "好", chat_id=-55)
    assert update["callback_query"]["message"]["chat"]["id"] == -55


async def test_deep_links_of_this_bot_start_it(sandbox: Sandbox) -> None:
    said = sandbox.world.open_link(1, "https://t.me/Wenming_demo_bot?start=abc-1_2")
    assert said is not None
    assert said.text == "/start abc-1_2"
    assert sandbox.world.open_link(1, "https://t.me/other_bot?start=abc") is None


async def test_waiting_finds_new_and_edited_messages(bot: Any, sandbox: Sandbox) -> None:
    world = sandbox.world
    sent = await bot("sendMessage", chat_id=1, text="一")
    assert (await world.wait_for(1, lambda m: m.text == "一")).id == sent["message_id"]
    after = world.sequence
    await bot("editMessageText", chat_id=1, message_id=sent["message_id"], text="二")
    assert (await world.wait_for(1, lambda m: True, after=after)).text == "二"
    with pytest.raises(TimeoutError, match="'二'"):
        await world.wait_for(1, lambda m: True, timeout=0.01, after=world.sequence)


async def test_unread_marks_and_events_follow_what_happens(bot: Any, sandbox: Sandbox) -> None:
    world = sandbox.world
    events: list[Event] = []
    end = world.subscribe(events.append)
    world.say(1, "喂")
    number = (await bot("sendMessage", chat_id=1, text="在", parse_mode="HTML"))["message_id"]
    assert world.unread == {(1, 1): 1}
    await bot("editMessageText", chat_id=1, message_id=number, text="<b>在</b>", parse_mode="HTML")
    world.read(1, 1)
    await bot("deleteMessage", chat_id=1, message_id=number)
    assert world.unread == {}
    assert [event.type for event in events] == ["message", "message", "edit", "read", "delete"]
    assert [event.sequence for event in events] == [1, 2, 3, 4, 5]
    message = events[2].message
    assert message is not None
    assert world.html_of(message) == "<b>在</b>"
    end()
    world.say(1, "再见")
    assert len(events) == 5


async def test_group_members_have_unread_marks_each(bot: Any, sandbox: Sandbox) -> None:
    sandbox.world.add_group(-55, "科室", members=[1, 2])
    await bot("sendMessage", chat_id=-55, text="x")
    sandbox.world.say(1, "y", chat_id=-55)
    assert sandbox.world.unread == {(1, -55): 1, (2, -55): 2}
    assert [chat.id for chat in sandbox.world.chats_of(2)] == [2, -55]
