"""Webhooks: order, secret, repeats, what a reply may do, and what is lost when."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox import Sandbox

Answer = Callable[[dict[str, Any]], web.Response]


class Hook:
    """A bot behind a webhook; `answer` decides per update what it says."""

    def __init__(self) -> None:
        self.seen: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.answer: Answer = lambda update: web.Response()
        self.gate = asyncio.Event()
        self.gate.set()
        self.under_way = self.most = 0
        self.arrived = asyncio.Condition()
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        async with self.arrived:
            self.seen.append(update)
            self.arrived.notify_all()
        await self.gate.wait()
        self.under_way -= 1
        return self.answer(update)

    async def wait(self, count: int) -> list[Any]:
        async with self.arrived:
            await asyncio.wait_for(self.arrived.wait_for(lambda: len(self.seen) >= count), 60)
        return [update.get("message", {}).get("text") for update in self.seen]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    hook.gate.set()
    await runner.cleanup()


async def drained(bot: Any) -> dict[str, Any]:
    """The webhook's state once nothing waits any more."""
    while (info := await bot("getWebhookInfo"))["pending_update_count"]:
        await asyncio.sleep(0)
    return dict(info)


async def test_updates_come_with_the_secret(bot: Any, sandbox: Sandbox, hook: Hook) -> None:
    sandbox.world.say(1, "before")
    await bot("setWebhook", url=hook.url, secret_token="s3cret_-")
    sandbox.world.say(1, "after")
    assert await hook.wait(2) == ["before", "after"]
    assert set(hook.secrets) == {"s3cret_-"}
    info = await drained(bot)
    assert (info["url"], info["max_connections"]) == (hook.url, 40)


async def test_one_chat_keeps_its_order_while_others_go_ahead(bot: Any, sandbox: Sandbox, hook: Hook) -> None:
    hook.gate.clear()
    await bot("setWebhook", url=hook.url)
    for user_id, text in ((1, "a1"), (1, "a2"), (2, "b1")):
        sandbox.world.say(user_id, text)
    assert sorted(await hook.wait(2)) == ["a1", "b1"]
    hook.gate.set()
    assert (await hook.wait(3))[2] == "a2"


async def test_no_more_connections_than_allowed(bot: Any, sandbox: Sandbox, hook: Hook) -> None:
    hook.gate.clear()
    await bot("setWebhook", url=hook.url, max_connections=2)
    for user_id in (1, 2, 3):
        sandbox.world.say(user_id, "x")
    await hook.wait(2)
    hook.gate.set()
    await hook.wait(3)
    assert hook.most == 2


async def test_a_failing_update_is_repeated_and_holds_up_its_chat_only(bot: Any, sandbox: Sandbox, hook: Hook) -> None:
    failures = [500, 302, 404]

    def answer(update: dict[str, Any]) -> web.Response:
        failing = update["message"]["text"] == "bad" and failures
        return web.Response(status=failures.pop(0) if failing else 200)

    hook.answer = answer
    await bot("setWebhook", url=hook.url)
    for user_id, text in ((1, "bad"), (1, "next"), (2, "other")):
        sandbox.world.say(user_id, text)
    seen = await hook.wait(6)
    assert [text for text in seen if text != "other"] == ["bad"] * 4 + ["next"]
    assert (await drained(bot))["last_error_message"] == "Wrong response from the webhook: 404 Not Found"


async def test_a_dropped_connection_counts_as_failure(bot: Any, sandbox: Sandbox, hook: Hook) -> None:
    await bot("setWebhook", url="http://127.0.0.1:1/hook")
    sandbox.world.say(1, "x")
    while "last_error_message" not in (info := await bot("getWebhookInfo")):
        await asyncio.sleep(0)
    assert (info["last_error_message"], info["pending_update_count"]) == ("Connection refused", 1)
    await bot("deleteWebhook")
    assert len(await bot("getUpdates")) == 1


async def test_an_update_is_dropped_when_the_next_try_would_come_too_late(
    bot: Any, sandbox: Sandbox, hook: Hook
) -> None:
    hook.answer = lambda update: web.Response(status=503, headers={"Retry-After": "3600"})
    number = (await bot("sendMessage", chat_id=1, text="x"))["message_id"]
    await bot("setWebhook", url=hook.url)
    sandbox.world.press_raw(1, number, "x")
    await hook.wait(1)
    await drained(bot)
    assert len(hook.seen) == 1


async def test_a_method_in_the_reply_is_carried_out(bot: Any, sandbox: Sandbox, hook: Hook) -> None:
    hook.answer = lambda update: web.json_response({"method": "sendMessage", "chat_id": 1, "text": "回声"})
    await bot("setWebhook", url=hook.url)
    sandbox.world.say(1, "喂")
    message = await sandbox.world.wait_for(1, lambda m: m.text == "回声")
    (call,) = sandbox.calls("sendMessage")
    assert (call.from_webhook, call.message_id) == (True, message.id)


async def test_some_methods_are_ignored_in_a_reply(bot: Any, sandbox: Sandbox, hook: Hook) -> None:
    hook.answer = lambda update: web.json_response({"method": "deleteWebhook"})
    await bot("setWebhook", url=hook.url)
    sandbox.world.say(1, "x")
    await hook.wait(1)
    assert (await drained(bot))["url"] == hook.url


async def test_a_webhook_long_gone_is_removed(bot: Any, sandbox: Sandbox, hook: Hook, clock: Any) -> None:
    hook.answer = lambda update: web.Response(status=410)
    await bot("setWebhook", url=hook.url)
    sandbox.world.say(1, "x")
    await hook.wait(1)
    clock.move(23 * 3600 + 1)
    while (await bot("getWebhookInfo"))["url"]:
        await asyncio.sleep(0)
    assert len(await bot("getUpdates")) == 1


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"url": "http://example.org/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://"}, "invalid webhook URL specified"),
        ({"url": "https://example.org", "secret_token": "x" * 257}, "secret token is too long"),
        ({"url": "https://example.org", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "https://example.org", "secret_token": "密"}, "secret token contains unallowed characters"),
    ],
)
async def test_a_wrong_webhook_is_refused(bot: Any, params: dict[str, Any], description: str) -> None:
    assert await bot.refused("setWebhook", **params) == f"Bad Request: {description}"


async def test_pending_updates_are_dropped_on_request(bot: Any, sandbox: Sandbox, hook: Hook) -> None:
    sandbox.world.say(1, "old")
    await bot("setWebhook", url=hook.url, drop_pending_updates=True, allowed_updates=["message"])
    sandbox.world.say(1, "new")
    assert await hook.wait(1) == ["new"]
    assert (await drained(bot))["allowed_updates"] == ["message"]
    await bot("setWebhook", url="")
    assert (await bot("getWebhookInfo"))["url"] == ""
