"""Delivery of updates to a webhook: in order within a queue, queues side by side, again until accepted."""

import asyncio
import json
import random
import re
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import aiohttp

from bot.sandbox.objects import Json
from bot.sandbox.rules import Args, bad
from bot.sandbox.updates import DEFAULT, Update, Updates

FIRST_DELAY, LONGEST_DELAY, RETRY_AFTER_MOST = 1, 60, 3600
GIVE_UP_ON_410 = timedelta(hours=23)
LOOPBACK = ("127.0.0.1", "localhost", "::1")
NEVER_IN_REPLY = ("deletewebhook", "setwebhook", "close", "logout")
Execute = Callable[[str, Args], Awaitable[None]]


class Webhook:
    """`second` is the length of a second of waiting, so that tests need not wait."""

    def __init__(self, updates: Updates, execute: Execute, second: float = 1.0, timeout: float = 60.0) -> None:
        self.updates, self.execute, self.second, self.timeout = updates, execute, second, timeout
        self.url = ""
        self.secret = ""
        self.connections = 40
        self.last_error: tuple[datetime, str] | None = None
        self._gone_since: datetime | None = None
        self._lines: dict[str, deque[Update]] = {}
        self._runners: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(40)
        self._session: aiohttp.ClientSession | None = None

    async def set(self, args: Args) -> bool:
        url, secret = args.text("url"), args.text("secret_token")
        if not url:
            return await self.delete(args)
        try:
            parts = urlsplit(url if "://" in url else f"https://{url}")
        except ValueError:
            raise bad("invalid webhook URL specified") from None
        if not parts.hostname:
            raise bad("invalid webhook URL specified")
        if parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if len(secret) > 256:
            raise bad("secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
            raise bad("secret token contains unallowed characters")
        await self.stop()
        self.updates.allow(args.json("allowed_updates", "allowed updates"))
        if args.flag("drop_pending_updates"):
            self.updates.clear()
        self.url, self.secret = parts.geturl(), secret
        self.connections = args.integer("max_connections", 40, 1, 100)
        self.last_error = self._gone_since = None
        self._slots = asyncio.Semaphore(self.connections)
        self.updates.interrupt("Conflict: terminated by setWebhook request")
        self.updates.hooked, self.updates.on_new = True, self._line_up
        self.updates.expire()
        for update in list(self.updates.waiting):
            self._line_up(update)
        return True

    async def delete(self, args: Args) -> bool:
        await self.stop()
        self.url = self.secret = ""
        if args.flag("drop_pending_updates"):
            self.updates.clear()
        self.updates.allow(args.json("allowed_updates", "allowed updates"))
        return True

    def info(self) -> Json:
        self.updates.expire()
        shape: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.waiting),
        }
        if self.url:
            shape |= {"max_connections": self.connections, "ip_address": "127.0.0.1"}
        if self.last_error is not None:
            shape["last_error_date"] = int(self.last_error[0].timestamp())
            shape["last_error_message"] = self.last_error[1]
        if self.updates.allowed != DEFAULT:
            shape["allowed_updates"] = sorted(self.updates.allowed)
        return shape

    async def stop(self) -> None:
        """End all deliveries; what was not accepted stays queued."""
        self.updates.hooked, self.updates.on_new = False, None
        runners, self._runners, self._lines = self._runners, set(), {}
        current = asyncio.current_task()
        for runner in runners:
            if runner is not current:
                runner.cancel()
        await asyncio.gather(*(runner for runner in runners if runner is not current), return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _line_up(self, update: Update) -> None:
        line = self._lines.get(update.queue)
        if line is not None:
            line.append(update)
            return
        line = self._lines[update.queue] = deque([update])
        runner = asyncio.get_running_loop().create_task(self._run(update.queue, line))
        self._runners.add(runner)
        runner.add_done_callback(self._runners.discard)

    async def _run(self, name: str, line: deque[Update]) -> None:
        while line:
            await self._deliver(line[0])
            line.popleft()
        if self._lines.get(name) is line:
            del self._lines[name]

    async def _deliver(self, update: Update) -> None:
        """Try until accepted or too late: at once, again at once, then after 2, 4, 8 ... seconds."""
        delay, failures = FIRST_DELAY, 0
        while True:
            async with self._slots:
                accepted, retry_after = await self._post(update)
            if accepted:
                break
            wait = min(retry_after, RETRY_AFTER_MOST)
            if not wait and failures:
                delay = min(random.randint(LONGEST_DELAY, 2 * LONGEST_DELAY), delay * 2)
                wait = delay
            if self.updates.clock() + timedelta(seconds=wait) > update.expires:
                break
            failures += 1
            await asyncio.sleep(wait * self.second)
        self.updates.finish(update)

    async def _post(self, update: Update) -> tuple[bool, int]:
        """One attempt: whether it was accepted, and the wait the webhook asked for."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=self.timeout)
            )
        try:
            async with self._session.post(
                self.url, json=update.body, headers=headers, allow_redirects=False
            ) as response:
                body = await response.read()
        except TimeoutError:
            return self._failed("Read timeout expired")
        except aiohttp.ClientError as error:
            refused = isinstance(error, aiohttp.ClientConnectorError)
            return self._failed("Connection refused" if refused else "Connection closed")
        if 200 <= response.status <= 299:
            self._gone_since = None
            await self._reply(response.content_type, body)
            return True, 0
        await self._gone(response.status)
        waiting = response.headers.get("Retry-After", "")
        failed = self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
        return (False, int(waiting)) if waiting.isdecimal() else failed

    def _failed(self, text: str) -> tuple[bool, int]:
        self.last_error = (self.updates.clock(), text)
        return False, 0

    async def _gone(self, status: int) -> None:
        """A webhook that says 410 for 23 hours is removed."""
        if status != 410:
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = self.updates.clock()
        elif self.updates.clock() - self._gone_since > GIVE_UP_ON_410:
            await self.delete(Args({}))
            raise asyncio.CancelledError

    async def _reply(self, content_type: str, body: bytes) -> None:
        """A method call in the answer is carried out; its result goes nowhere."""
        call: Any = None
        if content_type == "application/json":
            try:
                call = json.loads(body)
            except ValueError:
                return
        elif content_type == "application/x-www-form-urlencoded":
            call = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        if not isinstance(call, dict):
            return
        name = str(call.pop("method", ""))
        lowered = name.lower()
        if name and lowered not in NEVER_IN_REPLY and not lowered.startswith("get"):
            await self.execute(name, Args(call))
