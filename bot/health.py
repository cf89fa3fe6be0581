"""Liveness and numbers: /healthz says whether it works and why not, /metrics counts."""

import asyncio

from aiohttp import web
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from bot.clock import Clock, Ticks, instant
from bot.telegram import Telegram
from storage import inbox, outbox
from storage.engine import Database


class Unheard(Exception):
    """Nothing can be heard at LISTEN; its cause says why."""


async def listen(runner: web.AppRunner, address: str) -> int:
    """Be heard at host:port; the port that it has become."""
    host, _, port = address.rpartition(":")
    try:
        await web.TCPSite(runner, host, int(port)).start()
    except OSError as problem:
        raise Unheard from problem
    found: int = runner.addresses[0][1]
    return found


def mount(
    server: web.Application,
    db: Database,
    telegram: Telegram,
    clock: Clock,
    ticks: Ticks,
    ready: asyncio.Event,
    webhook: bool,
) -> None:
    """Add the two pages to a web server."""

    async def healthz(_: web.Request) -> web.Response:
        trouble = []
        if not ready.is_set():
            trouble.append("not ready")
        if webhook and not ready.is_set():
            trouble.append("webhook: Telegram has not taken it yet, look at WEBHOOK_URL and the log")
        if telegram.refused:
            trouble.append("token: refused by Telegram, look at BOT_TOKEN")
        trouble += [f"no tick of {name}" for name in ticks.late()]
        try:
            async with db.read() as tx:
                await tx.value("SELECT 1")
        except Exception as problem:  # noqa: BLE001 - whatever it is, it is the answer
            trouble.append(f"database: {type(problem).__name__}")
        return web.json_response({"ok": not trouble, "trouble": trouble}, status=503 if trouble else 200)

    async def metrics(_: web.Request) -> web.Response:
        registry = CollectorRegistry()
        updates = Gauge("wenming_updates", "Stored updates by state", ["state"], registry=registry)
        messages = Gauge("wenming_outbox", "Outbox messages by state", ["state"], registry=registry)
        oldest = Gauge("wenming_outbox_oldest_seconds", "Age of the oldest message that is due", registry=registry)
        async with db.read() as tx:
            for state, count in (await inbox.count_by_state(tx)).items():
                updates.labels(state).set(count)
            for state, count in (await outbox.count_by_state(tx)).items():
                messages.labels(state).set(count)
            oldest.set(await outbox.oldest_due(tx, instant(clock.now())) / 1000)
        return web.Response(body=generate_latest(registry), content_type="text/plain")

    server.router.add_get("/healthz", healthz)
    server.router.add_get("/metrics", metrics)
