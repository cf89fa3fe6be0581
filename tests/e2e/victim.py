"""A bot process that kills itself at a named point: python -m tests.e2e.victim POINT [N].

The points are put into the running program from here; the product knows nothing of them.
"""

import asyncio
import concurrent.futures.thread  # noqa: F401 - a process that gave up root may not be able to read it later
import functools
import gc
import itertools
import os
import signal
import sys
import time
import types
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import bot.apology
import bot.app
import bot.clock
import bot.commands
import bot.doctor
import bot.logs
import bot.services.roster
import bot.views.roster_lines
import storage.audit
import storage.backup
import storage.duties
import storage.inbox
import storage.postgres
import storage.sending
import storage.sqlite
from bot.__main__ import main
from bot.clock import Clock
from bot.i18n import LANGUAGES, translator
from bot.intake import Intake
from bot.sender import Sender
from handlers import routes
from storage.engine import Unavailable

# Point -> the function at whose nth call the process dies, and whether that call is let through first.
POINTS: dict[str, tuple[Any, str, bool]] = {
    "before_store": (Intake, "store", False),
    "after_store": (Intake, "_take", False),
    "after_effect_commit": (bot.app.App, "_reply", False),
    "after_reply_before_done": (Intake, "_finish", False),
    "after_claim_commit": (Sender, "_deliver", False),
    "after_reply": (Sender, "_ending", False),
    "before_result_commit": (storage.sending, "settle", False),
    "inside_result_commit": (storage.sending, "settle", True),
    "during_planning": (storage.duties, "enqueue", True),
    "inside_erasure": (storage.audit, "note_erasure", True),
    "during_restore": (storage.backup, "_sync", False),
    "at_statement_sqlite": (storage.sqlite._Connection, "execute", True),
    "at_statement_postgres": (storage.postgres._Connection, "execute", True),
}


DEADLY = "致命"


def arm(point: str, n: int) -> None:
    if point in PLIGHTS:
        PLIGHTS[point]()
        return
    owner, name, let_through = POINTS[point]
    original: Callable[..., Any] = getattr(owner, name)
    calls = itertools.count(1)

    @functools.wraps(original)
    def dying(*args: Any, **kwargs: Any) -> Any:
        if next(calls) != n:
            return original(*args, **kwargs)
        return afterwards(original(*args, **kwargs)) if let_through else die()

    async def afterwards(work: Any) -> Any:
        await work
        die()

    setattr(owner, name, dying)


def hang() -> None:
    """The first update leaves a thread behind that never ends, as a name lookup without a network nearly does."""
    handle = bot.app.App._handle

    def hanging(*args: Any) -> Any:
        asyncio.get_running_loop().run_in_executor(None, time.sleep, 600)
        return handle(*args)

    bot.app.App._handle = hanging
    bot.app.EXIT_SECONDS = 2.0


def wait_for_ever() -> None:
    """A stop is not broken off: what would hold it up is seen."""
    bot.app.DRAIN_SECONDS = bot.app.EXIT_SECONDS = 3600.0


def hurry_away() -> None:
    """The seconds that what is being done has to end when the bot stops are over soon."""
    bot.app.DRAIN_SECONDS = 1.0


def choke() -> None:
    """Somebody says what no process survives: the memory runs out, or a library crashes."""
    handle = bot.app.App._handle

    def choking(app: Any, body: dict[str, Any], *rest: Any) -> Any:
        if DEADLY in str(body):
            die()
        return handle(app, body, *rest)

    bot.app.App._handle = choking


def lose_patience() -> None:
    """A minute and a half have passed at once."""
    storage.sqlite.LOCK_PATIENCE = 0.5
    bot.apology.LONG = 0.4


def mark_slowly() -> None:
    """A busy disk: marking what is done takes its time."""
    finish = storage.inbox.finish

    async def slowly(*args: Any) -> None:
        await asyncio.sleep(0.3)
        await finish(*args)

    storage.inbox.finish = slowly


def claim_slowly() -> None:
    """What is committed has not yet been heard of by who claimed it."""
    commit = Sender._hand_out

    async def slowly(sender: Sender, claimed: Any) -> None:
        await asyncio.sleep(0.3)
        await commit(sender, claimed)

    Sender._hand_out = slowly


def settle_late() -> None:
    """The database is away at first, when the ends of messages are to be written."""
    settle, run, calls = storage.sending.settle, Sender.run, itertools.count(1)

    async def soon_again(sender: Sender) -> None:
        sender.pause = 0.1
        await run(sender)

    async def late(*args: Any) -> None:
        if next(calls) <= 5:
            raise Unavailable("the disk is full")
        await settle(*args)

    storage.sending.settle, Sender.run = late, soon_again


def jump() -> None:
    """At each SIGUSR1 the machine's clock shows as many hours more (or less) than it should as stand in `clock`."""

    class Jumping(datetime):
        hours = 0.0

        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + timedelta(hours=cls.hours)

    def set_clock(*_: object) -> None:
        with open("clock", encoding="ascii") as file:
            Jumping.hours = float(file.read())

    signal.signal(signal.SIGUSR1, set_clock)
    bot.clock.dt = types.SimpleNamespace(**(vars(bot.clock.dt) | {"datetime": Jumping}))


# What a process may suffer from without dying of it.
PLIGHTS = {
    "jumps": jump,
    "hangs": hang,
    "chokes": choke,
    "patient": wait_for_ever,
    "hurried": hurry_away,
    "impatient": lose_patience,
    "marks_slowly": mark_slowly,
    "claims_slowly": claim_slowly,
    "settles_late": settle_late,
}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def play(
    arguments: Sequence[str],
    environment: dict[str, str],
    folder: str,
    log: str,
    point: str | None,
    n: int,
    now: datetime | None,
    user: int | None,
) -> None:
    """One command of the program in this process, which was made for it."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    handle = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(handle, stream)
    if point is not None:
        arm(point, n)
    if now is not None:
        bot.app.Clock = lambda zone: Clock(zone, now)
        bot.app.Ticks.every = functools.partialmethod(hasty, bot.app.Ticks.every)
    if user is not None:
        os.setgid(user)
        os.setuid(user)
    sys.exit(main(arguments))


def hasty(ticks: Any, every: Callable[..., None], seconds: float, *rest: Any) -> None:
    """Nobody waits five seconds for the planner here."""
    every(ticks, seconds / 8, *rest)


# What every process would do once more for itself.
for language in LANGUAGES:
    translator(language)
routes()
gc.collect()
gc.freeze()

if __name__ == "__main__":
    arm(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    sys.exit(main(["run"]))
