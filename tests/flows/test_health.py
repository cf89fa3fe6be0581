"""/healthz and /metrics as whoever watches the process reads them."""

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Fault
from bot.telegram import ApiError
from storage.engine import Unavailable
from tests.conftest import PATIENCE
from tests.desk import Closed
from tests.flows.conftest import Stage


async def health(stage: Stage) -> tuple[int, dict[str, Any]]:
    async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{stage.app.port}/healthz") as answer:
        return answer.status, await answer.json()


async def test_a_bot_at_work_is_healthy(demo: Stage) -> None:
    await demo.of("ZF005").says("/help")
    assert await health(demo) == (200, {"ok": True, "trouble": []})


async def test_as_long_as_the_webhook_is_not_hung_it_is_not_ready_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The outside tester's: Telegram would not have the address, the log said `ready`, /healthz that all was well."""
    monkeypatch.setattr("bot.app.HANG_AGAIN", 0.01)
    stage = Stage(tmp_path, webhook_url="http://127.0.0.1:9/h", webhook_secret="s")
    stage.sandbox.faults.add(Fault("400:Bad Request: bad webhook", method="setWebhook", times=None))
    await stage.open()
    try:
        status, said = await health(stage)
        assert (status, said["ok"]) == (503, False)
        assert said["trouble"][0] == "not ready" and "WEBHOOK_URL" in said["trouble"][1]
        stage.sandbox.faults.clear()
        await asyncio.wait_for(stage.app.ready.wait(), PATIENCE)
        assert await health(stage) == (200, {"ok": True, "trouble": []})
    finally:
        await stage.close()


async def test_a_token_that_is_refused_is_said_until_it_is_taken_again(demo: Stage) -> None:
    demo.sandbox.faults.add(Fault("401", method="getMe"))
    with pytest.raises(ApiError):
        await demo.app.telegram.call("getMe", {})
    status, said = await health(demo)
    assert (status, said["ok"]) == (503, False)
    assert said["trouble"] == ["token: refused by Telegram, look at BOT_TOKEN"]
    await demo.app.telegram.call("getMe", {})
    assert await health(demo) == (200, {"ok": True, "trouble": []})


async def test_a_database_that_is_away_is_said(demo: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> Any:
        raise Unavailable("away")

    monkeypatch.setattr(demo.app.db, "read", away)
    status, said = await health(demo)
    assert status == 503
    assert said["trouble"] == ["database: Unavailable"]
    monkeypatch.undo()
    assert (await health(demo))[0] == 200


async def test_who_waits_long_for_the_database_hears_once_in_his_language_that_nothing_is_lost(
    demo: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.apology.LONG", 0.0)
    monkeypatch.setattr("bot.intake._patience", lambda problem, trouble: 0.001)
    chinese, english = demo.of("ZF005"), demo.person(5005, "Ann", "Lee", "en")
    demo.app.intake._db = Closed(demo.app.db, 3)
    for person in (chinese, english):
        demo.world.say(person.id, "/help")
    await demo.settled()
    assert len(chinese.heard) == len(english.heard) == 2
    assert "不用重发" in chinese.heard[0] and "文明创建助手" in chinese.heard[1]
    assert "no need to send it again" in english.heard[0] and "/privacy" in english.heard[1]


async def test_the_numbers_are_there_to_be_fetched(demo: Stage) -> None:
    await demo.of("ZF005").says("/help")
    async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{demo.app.port}/metrics") as answer:
        text = await answer.text()
    assert answer.status == 200
    assert 'wenming_updates{state="' in text
    assert "wenming_outbox_oldest_seconds" in text
