"""Composition root: what the process is made of, in which order it starts and stops."""

import asyncio
import contextlib
import datetime as dt
import gc
import logging
import os
import signal
import threading
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot import health
from bot.clock import Clock, Ticks, instant, time_of
from bot.dialogs import Dialog
from bot.domain.access import Actor
from bot.events import Press, event_of
from bot.house import House
from bot.i18n import Translator, negotiate, translator
from bot.intake import ALLOWED_UPDATES, BODY_LIMIT, Intake
from bot.pace import Lane
from bot.progress import Progress
from bot.raw import Malformed, chat_of, language_of
from bot.sender import Sender
from bot.services import accounts, duties, groups, keeping, mirrors, notice_sending, outbox, plans, progress, undo
from bot.services.effects import Cause
from bot.settings import Settings
from bot.telegram import ApiError, Gone, Lost, Migrated, Rejected, Retry, Sent, Telegram, Unknown, Unreached
from bot.views import errors
from bot.views import mirrors as mirror_view
from bot.views.parts import Outgoing
from handlers import routes
from handlers.context import context
from storage.connect import connect
from storage.engine import Database
from storage.migrate import migrate
from storage.outbox import next_due

log = logging.getLogger("app")

DRAIN_SECONDS = 8.0
EXIT_SECONDS = 9.5
HANG_AGAIN = 5.0
ALARM_EVERY = 600_000  # milliseconds
TIDY_EVERY = dt.timedelta(hours=1)
MOVES = 3  # so often an answer follows a group that has moved
UNCERTAIN_TRIES = 3  # an answer whose fate is unknown is repeated so often: at least once, not for ever


class AlreadyRunning(Exception):
    """Another process runs the bot on this database."""


class Refused(Exception):
    """Telegram does not know this token."""


class Drained(Exception):
    """Ends the tasks that are left over: what still waits for a Telegram that does not answer is stored."""


class Undeliverable(Exception):
    """Telegram refuses the answer itself: a fault in our own words or limits."""


class App:
    """One running bot. `ready` is set when it takes updates; `stop()` drains within ten seconds."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or Clock(settings.zone)
        self.db: Database = connect(settings.database_url)
        self.telegram = Telegram(settings.bot_api_url, settings.token, settings.rate_per_second)
        self.house = House(self.db, self.telegram, self.clock, settings, ready_since=self.clock.now())
        self.intake = Intake(
            self.db, self.telegram, self.clock, self._handle, self._failed, self._too_fast, self._conflict, self._sorry
        )
        self.sender = Sender(
            outbox.Desk(self.db, settings.owner_ids),
            self.telegram,
            self.clock,
            self.house.in_hand,
            self._lost_contact,
            self._arrived,
            rate=settings.rate_per_second,
            language=settings.language,
        )
        self.progress = Progress(self.db, self.telegram, settings)
        self.ticks = Ticks(self.clock)
        self.ready = asyncio.Event()
        self._stop = asyncio.Event()
        self._tidied: dt.datetime | None = None

    # answering

    async def _handle(self, body: dict[str, Any], inbox_id: int, fresh: bool) -> Dialog | None:
        found = event_of(body)
        if found is None:
            return None
        kind, event = found
        given = await context(self.house, event, Cause(self.db, inbox_id, {} if fresh else None))
        if given is None:
            return None
        self._remember(given["actor"])
        result = await routes().answer(kind, event, given)
        over = event.message if isinstance(event, Press) else None
        await self._answer(chat_of(body), result, over.message_id if over else None)
        self.sender.wake()
        dialog: Dialog = given["dialog"]
        return dialog

    def _remember(self, actor: Actor) -> None:
        (self.intake.members.discard if actor.stranger else self.intake.members.add)(actor.user_id)

    async def _answer(self, chat_id: int, result: Any, over: int | None) -> None:
        messages: Iterable[Outgoing] = result if isinstance(result, tuple) else (result,)
        for message in messages:
            if not isinstance(message, Outgoing):
                continue
            chat_id = await self._reply(chat_id, message, over)
            over = None
            await self._arrived(chat_id, message)

    async def _reply(self, chat_id: int, message: Outgoing, over: int | None) -> int:
        """Answer at least once, however long Telegram is away; the chat's next updates wait behind it."""
        uncertain, moved, wait = 0, 0, 1.0
        while True:
            match await self.telegram.send(chat_id, message, Lane.ANSWER, over):
                case Sent():
                    return chat_id
                case Gone(reason):
                    log.info("an answer found its chat gone: %s", reason)
                    await self._lost_contact(chat_id)
                    return chat_id
                case Rejected(description):
                    raise Undeliverable(description)
                case Migrated(new_id) if (moved := moved + 1) <= MOVES:  # what stands there has other numbers
                    chat_id, over = await groups.follow(self.db, chat_id, new_id, self.clock.now()), None
                    continue
                case Migrated():
                    raise Undeliverable("the group moves and moves")
                case Unknown():
                    uncertain += 1
                    if uncertain >= UNCERTAIN_TRIES:
                        return chat_id
                case Retry(after):
                    wait = max(wait, after)
            await asyncio.sleep(wait)
            wait = min(wait * 2, 60.0)

    async def _arrived(self, chat_id: int, message: Outgoing) -> None:
        """Where a message brings a menu along, the chat's command list becomes the same."""
        if message.commands is None:
            return
        listed = [{"command": name, "description": text} for name, text in message.commands]
        with contextlib.suppress(ApiError, Unreached, Lost):  # the menu is a comfort; /help says the same
            await self.telegram.call(
                "setMyCommands", {"commands": listed, "scope": {"type": "chat", "chat_id": chat_id}}
            )

    async def _failed(self, body: dict[str, Any], inbox_id: int, error: Exception) -> None:
        """An update is parked: its person hears that it was not handled, the office hears its number."""
        chat_id = chat_of(body)
        if chat_id > 0 and not isinstance(error, Malformed):
            message = errors.parked(inbox_id, await self._language_of(chat_id))
            await self.telegram.send(chat_id, message, Lane.ANSWER)
        await self._alarm("parked", {"number": inbox_id}, office=True)

    async def _too_fast(self, body: dict[str, Any]) -> None:
        """In a group nothing is said: that would be a flood of our own."""
        chat_id = chat_of(body)
        if chat_id > 0:
            await self._reply(chat_id, errors.too_fast(await self._language_of(chat_id)), None)

    async def _sorry(self, body: dict[str, Any]) -> None:
        """The database is away: his language is what Telegram says, nothing is looked up."""
        chat_id = chat_of(body)
        if chat_id > 0:
            t = translator(negotiate(language_of(body), self.settings.language))
            await self.telegram.send(chat_id, errors.wait(t), Lane.ANSWER)

    async def _conflict(self) -> None:
        await self._alarm("conflict", {})

    async def _alarm(self, kind: str, facts: Mapping[str, Any], office: bool = False) -> None:
        """Those who run the bot hear of each kind of trouble once in ten minutes, however often it happens."""
        key = f"{kind}:{instant(self.clock.now()) // ALARM_EVERY}"
        await outbox.tell_operators(Cause(self.db), key, kind, facts, self.settings.owner_ids, office)
        self.sender.wake()

    async def _language_of(self, user_id: int) -> Translator:
        return translator(await accounts.language_of(self.db, user_id) or self.settings.language)

    async def _lost_contact(self, chat_id: int) -> None:
        await accounts.lost_contact(Cause(self.db), chat_id)

    # starting and stopping

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["App"]:
        """The bot at work for the length of a `with`."""
        await self.db.open()
        try:
            if not await self.db.claim_ownership():
                raise AlreadyRunning
            await migrate(self.db)
            await keeping.wake_after_restore(self.db, self.house.place, self.clock.now())
            await self.telegram.open()
            self.house.username = (await self._introduce())["username"]
            try:
                async with self._listening(), asyncio.TaskGroup() as tasks:
                    long_lived = await self._start(tasks)
                    try:
                        yield self
                    finally:
                        self.ready.clear()
                        long_lived[0].cancel()
                        await asyncio.gather(
                            self.ticks.stop(DRAIN_SECONDS),
                            self.intake.drain(DRAIN_SECONDS),
                            self.sender.drain(DRAIN_SECONDS),
                        )
                    raise Drained
            except* Drained:
                pass
        finally:
            await self.telegram.close()
            await self.db.close()

    async def _start(self, tasks: asyncio.TaskGroup) -> list[asyncio.Task[None]]:
        await self.sender.recover()
        self.intake.members.update(self.settings.owner_ids, await accounts.list_bound(self.db))
        await self.intake.start(tasks)
        out = tasks.create_task(self.sender.run())
        self.ticks.every(1, self.sender.tick, "sender")
        self.ticks.every(5, self._plan, "plans")
        if self.settings.robots:
            self.ticks.every(15, self._mirror, "mirrors")
        self.ticks.every(1, self._follow, "deliveries")
        self.ticks.every(60, self.keep, "nights")
        self.ticks.start(tasks)
        door = tasks.create_task(self._hang_webhook() if self.settings.webhook_url else self._poll())
        self.house.ready_since = self.clock.now()
        if not self.settings.webhook_url:
            self._open_door()
        return [door, out]

    def _open_door(self) -> None:
        self.ready.set()
        log.info("ready")

    async def keep(self, now: Any) -> None:
        """Once a night: terms, backup, audit."""
        if await keeping.keep_night(self.db, self.house.place, now):
            self.sender.wake()

    async def _plan(self, now: Any) -> None:
        planners = (duties, plans, notice_sending) if not await keeping.held(self.db) else ()
        for planner in planners:
            if await planner.plan_due(self.db, now, self.settings.owner_ids):
                self.sender.wake()
        if self._tidied is None or now - self._tidied >= TIDY_EVERY:
            self._tidied = now
            await self.intake.forget(now)
            await undo.tidy(self.db, now)

    async def _follow(self, now: Any) -> None:
        """What was sent is followed: its live message, its end, what comes after it."""
        if await keeping.held(self.db):
            return
        if await progress.tend(self.db, now, self.settings.owner_ids, self.settings.rate_per_second):
            self.sender.wake()
        await self.progress.tick(now)

    async def _mirror(self, now: Any) -> None:
        """Post to the unit's own group robots; a tick of its own, so that nothing waits for them."""
        if await keeping.held(self.db):
            return
        robots, t = self.settings.robots, translator(self.settings.language, now.year)
        for mirror in await mirrors.take(self.db, len(robots), now):
            title, body = mirror_view.render(mirror.kind, mirror.facts, self.settings.org_name, t)
            sent = await mirrors.post(robots[mirror.robot], title, body)
            if await mirrors.settle(self.db, mirror, sent=sent):
                await self._alarm("mirror_failed", {"number": mirror.robot + 1})

    async def _introduce(self) -> Any:
        """getMe, waiting for a Telegram that is away; a refused token ends the start."""
        wait = 1.0
        while True:
            try:
                return await self.telegram.call("getMe", {})
            except (Unreached, Lost) as problem:
                log.warning("Telegram does not answer yet: %s", problem)
            except ApiError as error:
                if error.code in (401, 404):
                    raise Refused from None
                log.warning("Telegram does not let us in yet: %s", error)
            await asyncio.sleep(wait)
            wait = min(wait * 2, 30.0)

    async def _poll(self) -> None:
        with contextlib.suppress(ApiError, Unreached, Lost):
            await self.telegram.call("deleteWebhook", {"drop_pending_updates": False})
        await self.intake.poll()

    async def _hang_webhook(self) -> None:
        secret = self.settings.webhook_secret.get_secret_value()
        params = {
            "url": self.settings.webhook_url,
            "secret_token": secret,
            "allowed_updates": ALLOWED_UPDATES,
            "max_connections": 40,
        }
        while True:
            try:
                await self.telegram.call("setWebhook", params)
                return self._open_door()
            except (ApiError, Unreached, Lost) as problem:
                log.error("the webhook could not be set: %s", problem)
                await asyncio.sleep(HANG_AGAIN)

    @contextlib.asynccontextmanager
    async def _listening(self) -> AsyncIterator[None]:
        """/healthz, /metrics and the webhook, on LISTEN."""
        server = web.Application(client_max_size=BODY_LIMIT)
        health.mount(
            server, self.db, self.telegram, self.clock, self.ticks, self.ready, bool(self.settings.webhook_url)
        )
        if self.settings.webhook_url:
            secret = self.settings.webhook_secret.get_secret_value()
            server.router.add_post(urlsplit(self.settings.webhook_url).path or "/", self.intake.webhook(secret))
        runner = web.AppRunner(server, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            self.port = await health.listen(runner, self.settings.listen)
            yield
        finally:
            await runner.cleanup()

    # the demo's clock

    async def next_event(self, now: dt.datetime) -> tuple[dt.datetime, str] | None:
        """When the next message will leave unasked, and of what kind."""
        async with self.db.read() as tx:
            due = await next_due(tx, instant(now))
        events = [(time_of(due[0], now.tzinfo), due[1])] if due else []
        events += [found] if (found := await plans.next_firing(self.db, now)) else []
        if notice := await notice_sending.next_time(self.db, now):
            events.append((notice, "notice"))
        return min([*events, (await duties.next_occurrence(self.db, now), duties.MORNING)])

    async def catch_up(self) -> None:
        """Do at once what the clock has come to, without waiting for its ticks."""
        await self._plan(self.clock.now())
        await self._follow(self.clock.now())
        await self.sender.tick(self.clock.now())

    async def run(self) -> None:
        """Until SIGTERM or Ctrl-C."""
        loop, this = asyncio.get_running_loop(), asyncio.current_task()
        assert this is not None
        started = False

        def stop() -> None:
            starting = not (started or self._stop.is_set())
            self._stop.set()
            if starting:  # perhaps waiting for a Telegram that is away
                this.cancel()

        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stop)
        try:
            async with self.running():
                started = True
                # What start-up left lives for ever: looking through it again and again sets the slowest answers.
                gc.collect()
                gc.freeze()
                gc.set_threshold(50_000, 20, 100)
                await self._stop.wait()
                log.info("stopping: what is being handled ends, what waits is stored")
                leave_at_last()
        except asyncio.CancelledError:
            if not self._stop.is_set():
                raise


def leave_at_last() -> None:
    """Whatever still hangs when the drain is over (a name lookup, a disk): nothing that counts waits for it."""
    exit = threading.Timer(EXIT_SECONDS, os._exit, (0,))
    exit.daemon = True
    exit.start()
