"""The way out, against the built-in server: what is sent, and what becomes of it when something goes wrong."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pace import Lane
from bot.sandbox import Fault, Limits, Sandbox
from bot.telegram import (
    ApiError,
    Fate,
    Gone,
    Lost,
    Migrated,
    Rejected,
    Retry,
    Sent,
    Telegram,
    Unknown,
    Unreached,
    Unreadable,
)
from bot.views.parts import Button, File, Outgoing

TOKEN = "424242:CANARY-OF-A-TOKEN-THAT-NOBODY-MAY-SEE"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f0001050101"
    "27181a1a0000000049454e44ae426082"
)


@pytest.fixture
async def server() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(TOKEN, limits=Limits.off())
    await sandbox.start()
    for user_id in range(1, 200):
        sandbox.world.add_user(user_id, "张伟", started=True)
    sandbox.world.add_group(-100, "综合处", members=[1, 2])
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def telegram(server: Sandbox) -> AsyncIterator[Telegram]:
    opened = Telegram(server.url, TOKEN, 100_000)
    await opened.open()
    yield opened
    await opened.close()


def send(telegram: Telegram, message: Outgoing | str, chat: int = 1, over: int | None = None) -> Any:
    message = Outgoing(message) if isinstance(message, str) else message
    return telegram.send(chat, message, Lane.ANSWER, over)


# What is sent


async def test_a_message_arrives_with_its_markup_and_its_buttons(telegram: Telegram, server: Sandbox) -> None:
    message = Outgoing("<b>&lt;张&amp;伟&gt;</b>", ((Button("是", "yes:1"), Button("页", url="https://example.org")),))
    fate = await send(telegram, message)
    shown = server.world.last(1)
    assert shown is not None and fate == Sent(shown.id)
    assert shown.text == "<张&伟>" and shown.entities[0]["type"] == "bold"
    assert [(b.text, b.data, b.url) for row in shown.buttons for b in row] == [
        ("是", "yes:1", None),
        ("页", None, "https://example.org"),
    ]


async def test_a_picture_and_a_file_carry_their_caption_and_a_chinese_name(telegram: Telegram, server: Sandbox) -> None:
    await send(telegram, Outgoing("<b>图</b>", photo=File("图.png", PNG)))
    picture = server.world.last(1)
    assert picture is not None and picture.caption == "图" and picture.photo == PNG
    await send(telegram, Outgoing("名单", document=File('花名册 (1)；2026年"x".xlsx', b"data")))
    file = server.world.last(1)
    assert file is not None and file.caption == "名单" and file.document is not None
    assert file.document[0].startswith("花名册 (1)；2026年")
    assert file.document[1] == b"data"


async def test_a_file_is_sent_again_by_its_id(telegram: Telegram, server: Sandbox) -> None:
    await send(telegram, Outgoing("图", photo=File("图.png", PNG)))
    photo = server.ledger[-1]
    result = await telegram.call("sendPhoto", {"chat_id": 1, "photo": _file_id(server, photo.message_id)})
    assert result["photo"]
    await send(telegram, Outgoing("again", photo=_file_id(server, photo.message_id)), chat=2)
    shown = server.world.last(2)
    assert shown is not None and shown.photo == PNG


def _file_id(server: Sandbox, message_id: int | None) -> str:
    shown = server.world.message_json(server.world.chats[1].messages[message_id or 0])
    return str(shown["photo"][-1]["file_id"])


async def test_an_edit_replaces_text_buttons_and_picture(telegram: Telegram, server: Sandbox) -> None:
    fate = await send(telegram, Outgoing("one", ((Button("a", "a"),),)))
    assert await send(telegram, Outgoing("two", edit=True), over=fate.message_id) == fate
    shown = server.world.last(1)
    assert shown is not None and (shown.text, shown.buttons) == ("two", [])
    picture = await send(telegram, Outgoing("图", photo=File("a.png", PNG)), 2)
    again = await send(telegram, Outgoing("新图", photo=File("b.png", PNG + b"x"), edit=True), 2, picture.message_id)
    shown = server.world.last(2)
    assert again == picture and shown is not None and (shown.caption, shown.photo) == ("新图", PNG + b"x")


async def test_the_same_text_again_is_no_error(telegram: Telegram) -> None:
    fate = await send(telegram, "one")
    assert await send(telegram, Outgoing("one", edit=True), over=fate.message_id) == fate


@pytest.mark.parametrize("why", ["message can't be edited", "message to edit not found"])
async def test_a_message_that_cannot_be_edited_is_sent_anew(telegram: Telegram, server: Sandbox, why: str) -> None:
    first = await send(telegram, "one")
    server.faults.add(Fault(f"400:{why}", method="editMessageText"))
    fate = await send(telegram, Outgoing("two", edit=True), over=first.message_id)
    shown = server.world.last(1)
    assert shown is not None and shown.text == "two" and fate == Sent(shown.id) != first


async def test_words_in_place_of_a_picture_are_sent_anew(telegram: Telegram, server: Sandbox) -> None:
    first = await send(telegram, Outgoing("图", photo=File("a.png", PNG)))
    fate = await send(telegram, Outgoing("words", edit=True), over=first.message_id)
    shown = server.world.last(1)
    assert shown is not None and shown.text == "words" and fate == Sent(shown.id) != first


async def test_the_caption_of_a_file_is_edited_with_the_file_kept(telegram: Telegram, server: Sandbox) -> None:
    first = await send(telegram, Outgoing("名单", document=File("a.xlsx", b"data")))
    file_id = server.world.message_json(server.world.chats[1].messages[first.message_id])["document"]["file_id"]
    assert await send(telegram, Outgoing("新名单", document=file_id, edit=True), over=first.message_id) == first
    shown = server.world.last(1)
    assert shown is not None and shown.document is not None
    assert (shown.id, shown.caption, shown.document[1]) == (first.message_id, "新名单", b"data")


async def test_a_message_of_ours_is_corrected_or_taken_away_later(
    telegram: Telegram, server: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.pace.CHAT_BURST", 10)
    first, second = await send(telegram, "one"), await send(telegram, "two")
    assert await send(telegram, Outgoing("corrected", over=first.message_id)) == first
    assert await send(telegram, Outgoing("gone", over=second.message_id, remove=True)) == second
    assert [m.text for m in server.world.messages(1) if not m.deleted] == ["corrected"]
    assert await send(telegram, Outgoing("gone", over=second.message_id, remove=True)) == second, "it is away already"
    assert [c.method for c in server.ledger].count("sendMessage") == 2


async def test_what_is_too_old_to_be_taken_away_gets_another_text(telegram: Telegram, server: Sandbox) -> None:
    first = await send(telegram, "one")
    server.faults.add(Fault("400:message can't be deleted for everyone", method="deleteMessage"))
    assert await send(telegram, Outgoing("recalled", over=first.message_id, remove=True)) == first
    assert [m.text for m in server.world.messages(1) if not m.deleted] == ["recalled"]


async def test_a_correction_of_what_is_not_there_any_more_is_not_sent_anew(telegram: Telegram, server: Sandbox) -> None:
    first = await send(telegram, "one")
    await telegram.call("deleteMessage", {"chat_id": 1, "message_id": first.message_id})
    fate = await send(telegram, Outgoing("corrected", over=first.message_id))
    assert fate == Rejected("Bad Request: message to edit not found")
    assert server.world.last(1) is None


# What becomes of it


@pytest.mark.parametrize(
    ("kind", "fate", "delivered"),
    [
        ("5xx", Retry(0.5), 0),
        ("502html", Retry(0.5), 0),
        ("drop", Unknown("ServerDisconnectedError"), 0),
        ("lost", Unknown("ServerDisconnectedError"), 1),
        ("cut_json", Unknown("unreadable answer"), 1),
        ("blocked", Gone("blocked"), 0),
        ("deactivated", Gone("deactivated"), 0),
        ("not_found", Gone("not_found"), 0),
        ("400:have no rights to send a message", Gone("kicked"), 0),
        ("400:message is too long", Rejected("Bad Request: message is too long"), 0),
    ],
)
async def test_each_fault_has_its_fate(
    telegram: Telegram, server: Sandbox, kind: str, fate: Fate, delivered: int
) -> None:
    server.faults.add(Fault(kind, method="sendMessage"))
    assert await send(telegram, "hello") == fate
    assert len([m for m in server.world.messages(1) if m.from_bot]) == delivered
    assert len(server.calls("sendMessage")) == 1, "nothing is repeated behind the caller's back"
    assert await send(telegram, "again") == Sent(server.ledger[-1].message_id or 0)


async def test_a_group_that_moved_or_threw_the_bot_out(telegram: Telegram, server: Sandbox) -> None:
    new_id = server.world.migrate(-100)
    assert await send(telegram, "hello", chat=-100) == Migrated(new_id)
    server.world.remove_bot_from_group(new_id, by=1)
    assert await send(telegram, "hello", chat=new_id) == Gone("kicked")


async def test_somebody_who_has_blocked_the_bot_is_gone(telegram: Telegram, server: Sandbox) -> None:
    server.world.block(1)
    assert await send(telegram, "hello") == Gone("blocked")
    server.world.deactivate(2)
    assert await send(telegram, "hello", chat=2) == Gone("deactivated")
    assert await send(telegram, "hello", chat=987_654) == Gone("not_found")


async def test_a_refused_connection_means_that_nothing_left() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        telegram = Telegram(f"http://127.0.0.1:{taken.getsockname()[1]}", TOKEN, 100_000)
        await telegram.open()
        assert await send(telegram, "hello") == Retry(0.5)
        with pytest.raises(Unreached) as raised:
            await telegram.call("getMe", {})
        await telegram.close()
    assert TOKEN not in str(raised.value) and raised.value.__cause__ is None


async def test_a_429_holds_the_chat_and_everybody_else_for_as_long_as_it_says(
    telegram: Telegram, server: Sandbox
) -> None:
    server.faults.add(Fault("429", method="sendMessage", chat_id=1, retry_after=1))
    assert await send(telegram, "hello") == Retry(1.0)
    refused = server.ledger[-1]
    fates = await asyncio.gather(*(send(telegram, "hello", chat) for chat in range(1, 11)))
    assert all(isinstance(fate, Sent) for fate in fates)
    assert refused.answered_at is not None
    waits = [call.accepted_at - refused.answered_at for call in server.ledger[1:]]
    assert min(waits) >= 1.0 - 0.01, "nothing before"


async def test_a_very_long_429_is_the_trouble_of_its_chat(telegram: Telegram, server: Sandbox) -> None:
    server.faults.add(Fault("429", method="sendMessage", retry_after=18_053))
    assert await send(telegram, "hello") == Retry(18_053.0)
    assert telegram.pace._held[1] - telegram.pace._next > 17_900, "everybody else waits a minute at the most"


async def test_a_revoked_token_lets_one_call_a_minute_through(telegram: Telegram, server: Sandbox) -> None:
    server.faults.add(Fault("401", times=None))
    assert await send(telegram, "hello") == Retry(60.0)
    async with asyncio.TaskGroup() as tasks:
        waiting = [tasks.create_task(send(telegram, "hello", chat)) for chat in range(1, 30)]
        await asyncio.wait(waiting, timeout=0.05)
        for task in waiting:
            task.cancel()
    assert len(server.ledger) == 1


async def test_a_late_answer_to_a_press_is_no_trouble(telegram: Telegram, server: Sandbox) -> None:
    await telegram.answer_callback("no such query")
    server.faults.add(Fault("drop", method="answerCallbackQuery"))
    await telegram.answer_callback("x")
    server.faults.add(Fault("429", method="answerCallbackQuery"))
    await telegram.answer_callback("x")
    assert [call.status for call in server.calls("answerCallbackQuery")] == [400, None, 429]


async def test_the_pace_is_kept_and_not_discovered() -> None:
    """A server with Telegram's limits refuses nothing of 78 at once; answers go before the rest."""
    server = Sandbox(TOKEN, limits=Limits())
    await server.start()
    for user_id in range(1, 200):
        server.world.add_user(user_id, "张伟", started=True)
    telegram = Telegram(server.url, TOKEN, 28)
    await telegram.open()
    async with asyncio.TaskGroup() as tasks:
        rest = [tasks.create_task(telegram.send(n, Outgoing("notice"), Lane.UNASKED)) for n in range(1, 71)]
        await rest[9]
        answers = [tasks.create_task(telegram.send(n, Outgoing("answer"), Lane.ANSWER)) for n in range(101, 109)]
    await telegram.close()
    await server.stop()
    assert all(isinstance(task.result(), Sent) for task in [*rest, *answers])
    assert {call.status for call in server.ledger} == {200}
    order = [call.chat_id or 0 for call in server.ledger]
    assert max(order.index(n) for n in range(101, 109)) <= 30, "the answers passed what was waiting"


# Files


async def test_a_file_is_fetched_whole_or_not_at_all(telegram: Telegram, server: Sandbox) -> None:
    sent = server.world.send_document(1, "花名册.xlsx", b"x" * 5000)
    file_id = server.world.message_json(sent)["document"]["file_id"]
    assert await telegram.download(file_id, 5000) == b"x" * 5000
    assert await telegram.download(file_id, 4999) is None
    server.faults.add(Fault("not_found", method="getFile"))
    with pytest.raises(ApiError):
        await telegram.download(file_id, 5000)
    for kind in ("lost", "5xx"):
        server.faults.add(Fault(kind, method="download", times=2))  # aiohttp itself repeats a GET once
        with pytest.raises(Lost) as raised:
            await telegram.download(file_id, 5000)
        server.faults.clear()
        assert TOKEN not in repr(raised.value)


# Answers that no server should give

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
ANSWER = st.fixed_dictionaries(
    {},
    optional={
        "ok": st.booleans() | JSON,
        "result": JSON | st.fixed_dictionaries({"message_id": JSON}),
        "error_code": st.sampled_from([400, 401, 403, 409, 429, 500]) | JSON,
        "description": st.sampled_from(["Forbidden: bot was blocked by the user", "message is not modified"]) | JSON,
        "parameters": JSON | st.fixed_dictionaries({}, optional={"retry_after": JSON, "migrate_to_chat_id": JSON}),
    },
)
TEXT = st.one_of(ANSWER.map(json.dumps), JSON.map(json.dumps), st.text(max_size=30), st.just("[" * 100_000))


class Scripted(Telegram):
    """Whatever is asked, this is the answer."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__("http://127.0.0.1:1", TOKEN, 1_000_000)
        self.answer = (status, text.encode("utf-8", "surrogatepass"))

    async def call(self, method: str, params: dict[str, Any], files: dict[str, File] | None = None) -> Any:
        return self._result(*self.answer)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from([200, 400, 401, 403, 404, 409, 413, 429, 500, 502, 504]), TEXT, st.booleans())
def test_any_answer_at_all_is_a_fate(status: int, text: str, edit: bool) -> None:
    async def scene() -> Fate:
        telegram = Scripted(status, text)
        return await telegram.send(1, Outgoing("hello", edit=edit), Lane.ANSWER, over=5 if edit else None)

    fate = asyncio.run(scene())
    assert isinstance(fate, Sent | Retry | Gone | Migrated | Rejected | Unknown)
    if isinstance(fate, Retry):
        assert 0 < fate.after <= 7 * 86_400
    if isinstance(fate, Sent):
        assert isinstance(fate.message_id, int)


def test_an_unreadable_answer_shows_itself_to_who_can_use_it_and_not_in_its_words() -> None:
    with pytest.raises(Unreadable) as raised:
        Telegram("http://127.0.0.1:1", TOKEN, 1)._result(200, '{"ok": true, "result": 张伟'.encode())
    assert "张伟" in raised.value.text and "张伟" not in str(raised.value)
