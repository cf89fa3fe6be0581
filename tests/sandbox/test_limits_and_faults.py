"""The pace Telegram allows, faults on demand, and the ledger."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Fault, Limits, Sandbox


@pytest.mark.parametrize("limits", [Limits(per_chat_burst=2)])
async def test_a_chat_takes_one_message_a_second_after_a_burst(bot: Any, sandbox: Sandbox, clock: Any) -> None:
    for text in "ab":
        await bot("sendMessage", chat_id=1, text=text)
    url = f"{sandbox.url}/bot{sandbox.token}/sendMessage"
    async with bot.session.post(url, json={"chat_id": 1, "text": "c"}) as response:
        answer = await response.json()
        assert response.headers["Retry-After"] == "1"
    assert answer["description"] == "Too Many Requests: retry after 1"
    assert answer["parameters"] == {"retry_after": 1}
    await bot("sendMessage", chat_id=2, text="another chat")
    clock.move(1)
    await bot("sendMessage", chat_id=1, text="c")


@pytest.mark.parametrize("limits", [Limits(overall=10, burst=3, per_chat=0)])
async def test_all_chats_together_have_a_limit(bot: Any, clock: Any) -> None:
    for user_id in (1, 2, 3):
        await bot("sendMessage", chat_id=user_id, text="x")
    assert await bot.refused("sendMessage", chat_id=1, text="x") == "Too Many Requests: retry after 1"
    clock.move(0.1)
    await bot("sendMessage", chat_id=1, text="x")


@pytest.mark.parametrize("limits", [Limits(overall=0, per_chat=0, per_group_minute=3)])
async def test_a_group_has_a_limit_a_minute(bot: Any, sandbox: Sandbox, clock: Any) -> None:
    sandbox.world.add_group(-55, "科室", members=[1])
    for _ in range(3):
        clock.move(1)
        await bot("sendMessage", chat_id=-55, text="x")
    assert await bot.refused("sendMessage", chat_id=-55, text="x") == "Too Many Requests: retry after 58"
    clock.move(58)
    await bot("sendMessage", chat_id=-55, text="x")


@pytest.mark.parametrize("limits", [Limits(per_chat_burst=1, penalty=10)])
async def test_a_penalty_bars_the_chat_for_longer(bot: Any, clock: Any) -> None:
    await bot("sendMessage", chat_id=1, text="x")
    assert await bot.refused("sendMessage", chat_id=1, text="x") == "Too Many Requests: retry after 11"
    clock.move(5)
    assert (await bot.refused("sendMessage", chat_id=1, text="x")).startswith("Too Many Requests")
    clock.move(60)
    await bot("sendMessage", chat_id=1, text="x")


@pytest.mark.parametrize("limits", [Limits(per_chat_burst=1)])
async def test_edits_count_and_answers_to_presses_do_not(bot: Any, sandbox: Sandbox) -> None:
    number = (await bot("sendMessage", chat_id=1, text="x"))["message_id"]
    refusal = await bot.refused("editMessageText", chat_id=1, message_id=number, text="y")
    assert refusal.startswith("Too Many Requests")
    update = sandbox.world.press_raw(1, number, "x")
    await bot("answerCallbackQuery", callback_query_id=update["callback_query"]["id"])
    await bot("sendChatAction", chat_id=1, action="typing")


async def test_equal_big_uploads_are_spaced(sandbox: Sandbox, clock: Any) -> None:
    pace = sandbox.world.pace
    pace.limits = Limits()
    waits = [round(pace.upload_wait(200_000), 1) for _ in range(8)]
    assert waits == [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.2, 0.4]
    assert pace.upload_wait(300_000) == 0
    assert pace.upload_wait(99_999) == 0


@pytest.mark.parametrize(
    ("kind", "status", "description", "parameters"),
    [
        ("429", 429, "Too Many Requests: retry after 3", {"retry_after": 3}),
        ("5xx", 500, "Internal Server Error", None),
        ("blocked", 403, "Forbidden: bot was blocked by the user", None),
        ("deactivated", 403, "Forbidden: user is deactivated", None),
        ("not_found", 400, "Bad Request: chat not found", None),
        ("migrate", 400, "Bad Request: group chat was upgraded to a supergroup chat",
         {"migrate_to_chat_id": -1_000_000_000_001}),
        ("401", 401, "Unauthorized", None),
        ("400:message text is odd", 400, "Bad Request: message text is odd", None),
    ],
)  # fmt: skip
async def test_a_fault_answers_once_as_told(
    bot: Any, sandbox: Sandbox, kind: str, status: int, description: str, parameters: Any
) -> None:
    sandbox.faults.add(Fault(kind, method="sendMessage", chat_id=1))
    await bot("sendMessage", chat_id=2, text="x")
    answer = await bot.answer("sendMessage", chat_id=1, text="x")
    assert (answer["error_code"], answer["description"]) == (status, description)
    assert answer.get("parameters") == parameters
    assert sandbox.ledger[-1].error == description
    assert not sandbox.ledger[-1].delivered
    await bot("sendMessage", chat_id=1, text="x")


async def test_a_call_dropped_before_handling_leaves_nothing(bot: Any, sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("drop"))
    with pytest.raises(aiohttp.ClientError):
        await bot("sendMessage", chat_id=1, text="x")
    assert sandbox.world.messages(1) == []
    (call,) = sandbox.ledger
    assert (call.status, call.answered_at, call.delivered) == (None, None, False)


async def test_a_lost_answer_leaves_the_message_delivered(bot: Any, sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("lost"))
    with pytest.raises(aiohttp.ClientError):
        await bot("sendMessage", chat_id=1, text="x")
    (message,) = sandbox.world.messages(1)
    (call,) = sandbox.ledger
    assert (call.status, call.delivered, call.message_id) == (None, True, message.id)


async def test_a_cut_answer_is_no_json_though_delivered(bot: Any, sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("cut_json"))
    with pytest.raises(json.JSONDecodeError):
        await bot("sendMessage", chat_id=1, text="x")
    assert len(sandbox.world.messages(1)) == 1


async def test_a_bad_gateway_speaks_html(bot: Any, sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("502html"))
    async with bot.session.get(f"{sandbox.url}/bot{sandbox.token}/getMe") as response:
        assert (response.status, response.content_type) == (502, "text/html")


async def test_a_delay_holds_one_call_only(bot: Any, sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("delay", chat_id=1, delay=0.2))
    slow = asyncio.ensure_future(bot("sendMessage", chat_id=1, text="slow"))
    while not sandbox.ledger:
        await asyncio.sleep(0)
    await bot("sendMessage", chat_id=2, text="fast")
    assert not slow.done()
    await slow


async def test_faults_count_down_and_may_be_a_matter_of_chance(bot: Any, sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("5xx", times=2))
    for _ in range(2):
        await bot.refused("getMe")
    await bot("getMe")
    sandbox.faults.add(Fault("5xx", times=None, probability=0.5, seed=7))
    refused = [not (await bot.answer("getMe"))["ok"] for _ in range(40)]
    assert 8 < sum(refused) < 32
    sandbox.faults.clear()
    await bot("getMe")
    with pytest.raises(ValueError, match="no such fault"):
        Fault("earthquake")


async def test_downloads_may_fail_too(bot: Any, sandbox: Sandbox) -> None:
    file = sandbox.world.store(b"x", "a.txt", None, "document")
    url = f"{sandbox.url}/file/bot{sandbox.token}/{file.path}"
    sandbox.faults.add(Fault("5xx", method="download"))
    async with bot.session.get(url) as response:
        assert response.status == 500
    sandbox.faults.add(Fault("drop", method="download", times=2))  # the client repeats a GET once
    with pytest.raises(aiohttp.ClientError):
        await bot.session.get(url)


async def test_the_ledger_knows_every_call(bot: Any, sandbox: Sandbox) -> None:
    await bot("sendMessage", chat_id=1, text="x")
    await bot.refused("sendMessage", chat_id=99, text="x")
    await bot("getMe")
    assert [(c.number, c.method, c.chat_id, c.status) for c in sandbox.ledger] == [
        (1, "sendMessage", 1, 200),
        (2, "sendMessage", 99, 400),
        (3, "getMe", None, 200),
    ]
    assert sandbox.ledger[0].params == {"chat_id": 1, "text": "x"}
    assert len(sandbox.calls("sendMessage", chat_id=1)) == 1
