"""The webhook: who is heard, what is kept, what the reply says; and shapes that no update has."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, web
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import intake as module
from bot.raw import UNREADABLE, chat_of, clean, salvage, sender, sound_ones, storable
from storage.connect import opened
from tests.desk import Closed, Desk, message, press

SECRET = "the-secret_of-the-webhook"


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with opened(sqlite_url) as db:
        yield Desk(db)


class Hook:
    def __init__(self, desk: Desk, url: str, http: ClientSession) -> None:
        self.desk, self.url, self.http = desk, url, http

    async def post(self, data: bytes | dict[str, Any], secret: str | bytes | None = SECRET, **headers: str) -> Any:
        body = json.dumps(data).encode() if isinstance(data, dict) else data
        if isinstance(secret, str):
            headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        async with self.http.post(self.url, data=body, headers=headers) as answer:
            text = await answer.text()
        return answer.status, json.loads(text) if text.startswith("{") else None


@pytest.fixture
async def hook(desk: Desk) -> AsyncIterator[Hook]:
    server = web.Application(client_max_size=module.BODY_LIMIT)
    server.router.add_post("/hook", desk.intake.webhook(SECRET))
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with desk.at_work(), ClientSession() as http:
        yield Hook(desk, f"http://127.0.0.1:{runner.addresses[0][1]}/hook", http)
    await runner.cleanup()


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], SECRET.upper(), "密钥", "\u00e9"])
async def test_without_the_secret_nobody_is_heard(hook: Hook, secret: str | None) -> None:
    forged = {"X-Forwarded-For": "149.154.167.220", "X-Real-IP": "91.108.4.1", "Forwarded": "for=149.154.167.220"}
    assert await hook.post(message(1), secret, **forged) == (401, None)
    assert await hook.desk.states() == {}


async def test_a_secret_in_raw_bytes_is_a_wrong_one(hook: Hook) -> None:
    host, port = hook.url.split("/")[2].split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n"
        b"X-Telegram-Bot-Api-Secret-Token: \xff\xfe\x80\r\n\r\n{}"
    )
    status = await reader.readline()
    writer.close()
    await writer.wait_closed()
    assert b" 401 " in status


async def test_an_update_is_stored_before_it_is_acknowledged(hook: Hook) -> None:
    hook.desk.gate.clear()
    assert await hook.post(message(1)) == (200, None)
    assert await hook.desk.states() == {"pending": 1}
    hook.desk.gate.set()
    await hook.desk.until(1)


async def test_a_press_is_answered_in_the_reply(hook: Hook) -> None:
    answer = {"method": "answerCallbackQuery", "callback_query_id": "7"}
    assert await hook.post(press(7)) == (200, answer)
    assert await hook.post(press(7)) == (200, answer), "again when the first reply was lost"
    await hook.desk.until(1)
    assert hook.desk.numbers == [7] and hook.desk.door.answered == []


async def test_a_database_that_is_away_makes_telegram_send_again(hook: Hook) -> None:
    hook.desk.intake._db = Closed(hook.desk.db, 2)
    assert [(await hook.post(message(1)))[0] for _ in range(3)] == [503, 503, 200]
    await hook.desk.until(1)
    assert hook.desk.numbers == [1]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no json",
        b"{",
        b"[]",
        b"[1]",
        b"null",
        b"5",
        b'"x"',
        b"\xff\xfe",
        b"{}",
        b'{"update_id": "x"}',
        b"[" * 99_999,
    ],
)
async def test_what_is_no_update_is_taken_and_forgotten(hook: Hook, data: bytes) -> None:
    """Refused it would come again and again, and hold up its chat."""
    assert await hook.post(data) == (200, None)
    assert await hook.desk.states() == {}


async def test_an_update_that_cannot_be_read_is_parked_by_its_number(hook: Hook) -> None:
    deep = b'{"update_id": 7, "message": ' + b'{"a":' * 3000 + b"1" + b"}" * 3001
    long_number = b'{"update_id": 8, "message": {"date": ' + b"9" * 5000 + b"}}"
    cut = b'{"update_id": 9, "message": {"text": "'
    for data in (deep, long_number, cut):
        assert await hook.post(data) == (200, None)
    await hook.desk.until(3)
    assert sorted(number for number, _ in hook.desk.failures) == [7, 8, 9]
    assert await hook.desk.states() == {"parked": 3}


# Shapes


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = {"reply_to_message": value}
    return value


@pytest.mark.parametrize("depth", [10, 300, 900, 990, 1000, 5000])
async def test_any_depth_is_stored_or_set_aside(desk: Desk, depth: int) -> None:
    async with desk.at_work():
        await desk.intake.store([{"update_id": 1, "message": nested(depth)}, message(2, text="\ud800\0")])
        await desk.until(2)
    assert 2 in desk.numbers


async def test_strings_that_no_database_takes_are_cleaned(desk: Desk) -> None:
    async with desk.at_work():
        await desk.intake.store([message(1, text="a\0b\ud800c😀\udfff\ud83d\ude00")])
        await desk.until(1)
    assert desk.handled[0]["message"]["text"] == "ab\ufffdc😀\ufffd😀"


async def test_a_megabyte_is_set_aside(desk: Desk) -> None:
    async with desk.at_work():
        await desk.intake.store([message(1, text="好" * 1_000_000), message(2)])
        await desk.until(2)
    assert desk.numbers == [2] and desk.failures[0][0] == 1


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
NUMBER = st.integers() | ANYTHING
PERSON = st.fixed_dictionaries({}, optional={"id": NUMBER, "is_bot": NUMBER, "first_name": ANYTHING}) | ANYTHING
EVENT = st.fixed_dictionaries(
    {},
    optional={"chat": PERSON, "from": PERSON, "date": NUMBER, "id": ANYTHING, "message": PERSON, "edit_date": NUMBER},
)
UPDATE = st.fixed_dictionaries(
    {},
    optional={
        "update_id": NUMBER,
        "message": EVENT | ANYTHING,
        "edited_message": EVENT | ANYTHING,
        "callback_query": EVENT | ANYTHING,
        "my_chat_member": EVENT | ANYTHING,
    },
)


@settings(max_examples=300, deadline=None)
@given(st.lists(UPDATE | ANYTHING, max_size=4) | ANYTHING)
def test_no_shape_at_all_is_too_much_for_the_door(bodies: Any) -> None:
    for body in sound_ones(bodies):
        kept, text = storable(body)
        assert kept["update_id"] == body["update_id"] and json.loads(text)["update_id"] == body["update_id"]
        text.encode("utf-8")
        assert json.dumps(clean(json.loads(text))) == json.dumps(json.loads(text)), (
            "neither NUL nor half a character is left"
        )
        assert -(2**63) <= chat_of(kept) < 2**63
        who, at = sender(kept, 1e9)
        assert 0 <= at <= 1e9 and (who is None or isinstance(who, int))


@settings(deadline=None)
@given(st.text(max_size=200), st.integers(0, 10**17))
def test_a_number_is_found_in_anything_that_has_one(rubbish: str, number: int) -> None:
    found = salvage('{"update_id": ' + str(number) + ', "message": ' + rubbish)
    assert found[0]["update_id"] == number and UNREADABLE in found[0]
