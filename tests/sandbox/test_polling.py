"""getUpdates: confirming, expiring, choosing, and two pollers at once."""

import asyncio
from typing import Any

import pytest

from bot.sandbox import Limits, Sandbox


def ids(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


async def test_an_offset_confirms_everything_below_it(bot: Any, sandbox: Sandbox) -> None:
    for text in "abcd":
        sandbox.world.say(1, text)
    assert ids(await bot("getUpdates")) == [1, 2, 3, 4]
    assert ids(await bot("getUpdates", limit=2)) == [1, 2]
    assert ids(await bot("getUpdates", offset=3)) == [3, 4]
    assert ids(await bot("getUpdates")) == [3, 4]


async def test_a_negative_offset_forgets_all_but_the_last(bot: Any, sandbox: Sandbox) -> None:
    for text in "abcd":
        sandbox.world.say(1, text)
    assert ids(await bot("getUpdates", offset=-1)) == [4]
    assert ids(await bot("getUpdates")) == [4]


async def test_numbers_may_start_again_lower_and_nothing_is_lost(bot: Any, sandbox: Sandbox) -> None:
    sandbox.world.set_next_update_id(900_000)
    sandbox.world.say(1, "a")
    assert ids(await bot("getUpdates", offset=900_001)) == []
    sandbox.world.set_next_update_id(500)
    sandbox.world.say(1, "b")
    assert ids(await bot("getUpdates", offset=900_001)) == [500]
    assert ids(await bot("getUpdates", offset=501)) == []


async def test_a_long_poll_ends_with_the_first_update(bot: Any, sandbox: Sandbox) -> None:
    poll = asyncio.ensure_future(bot("getUpdates", timeout=50))
    while not sandbox.world.updates.polled:
        await asyncio.sleep(0)
    sandbox.world.say(1, "a")
    assert ids(await poll) == [1]


async def test_a_second_poller_ends_the_first(bot: Any, sandbox: Sandbox) -> None:
    first = asyncio.ensure_future(bot.refused("getUpdates", timeout=50))
    while not sandbox.world.updates.polled:
        await asyncio.sleep(0)
    second = asyncio.ensure_future(bot("getUpdates", timeout=50))
    assert await first == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    sandbox.world.say(1, "a")
    assert ids(await second) == [1]


async def test_stopping_ends_a_waiting_poll(sandbox: Sandbox, bot: Any) -> None:
    poll = asyncio.ensure_future(bot("getUpdates", timeout=50))
    while not sandbox.world.updates.polled:
        await asyncio.sleep(0)
    await sandbox.stop()
    assert await poll == []


async def test_updates_expire_and_presses_sooner(bot: Any, sandbox: Sandbox, clock: Any) -> None:
    sandbox.world.say(1, "a")
    number = (await bot("sendMessage", chat_id=1, text="x"))["message_id"]
    sandbox.world.press_raw(1, number, "x")
    clock.move(151)
    assert [list(update)[1] for update in await bot("getUpdates")] == ["message"]
    clock.move(24 * 3600)
    assert await bot("getUpdates") == []


async def test_kinds_not_wanted_are_not_queued(bot: Any, sandbox: Sandbox) -> None:
    await bot("getUpdates", allowed_updates=["callback_query"])
    sandbox.world.say(1, "a")
    assert await bot("getUpdates") == []
    await bot("getUpdates", allowed_updates=[])
    sandbox.world.say(1, "b")
    assert [update["message"]["text"] for update in await bot("getUpdates")] == ["b"]


async def test_membership_of_others_comes_only_on_request(sandbox: Sandbox) -> None:
    assert "my_chat_member" in sandbox.world.updates.allowed
    assert "chat_member" not in sandbox.world.updates.allowed


async def test_malformed_and_repeated_updates_pass_as_they_are(bot: Any, sandbox: Sandbox) -> None:
    sandbox.world.say(1, "a")
    sandbox.world.push_raw({"message": "no object"})
    sandbox.world.push_raw({"update_id": 2, "message": "again"})
    sandbox.world.say(1, "b")
    assert ids(await bot("getUpdates")) == [1, 2, 2, 3]


@pytest.mark.parametrize("limits", [Limits(conflict_pause=0)])
async def test_asking_the_same_again_at_once_yields_one_update(bot: Any, sandbox: Sandbox, clock: Any) -> None:
    for text in "abc":
        sandbox.world.say(1, text)
    assert ids(await bot("getUpdates", offset=1)) == [1, 2, 3]
    assert ids(await bot("getUpdates", offset=1)) == [1]
    clock.move(0.6)
    assert ids(await bot("getUpdates", offset=1)) == [1, 2, 3]


async def test_polling_is_refused_while_a_webhook_is_set(bot: Any) -> None:
    await bot("setWebhook", url="http://127.0.0.1:1/hook")
    assert await bot.refused("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    await bot("deleteWebhook")
    assert await bot("getUpdates") == []


async def test_setting_a_webhook_ends_a_waiting_poll(bot: Any, sandbox: Sandbox) -> None:
    poll = asyncio.ensure_future(bot.refused("getUpdates", timeout=50))
    while not sandbox.world.updates.polled:
        await asyncio.sleep(0)
    await bot("setWebhook", url="http://127.0.0.1:1/hook")
    assert await poll == "Conflict: terminated by setWebhook request"
