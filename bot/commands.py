"""What each command of the command line does; every one gives its exit code."""

import asyncio
import contextlib
import errno
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

from bot.i18n import translator
from bot.settings import Settings, Wrong, WrongSettings
from storage import trouble
from storage.connect import connect
from storage.engine import Database, Unavailable
from storage.migrate import NewerSchema, waiting
from storage.migrate import migrate as bring_up_to_date
from storage.migrate import steps as known_steps

DONE, FAILED = 0, 1
PORTS_TRIED = 20


def say(settings: Settings, key: str, **args: Any) -> None:
    sys.stdout.write(translator(settings.language).plain(key, **args) + "\n")
    sys.stdout.flush()


def complain(settings: Settings, key: str, **args: Any) -> int:
    sys.stderr.write(translator(settings.language).plain(key, **args) + "\n")
    return FAILED


class Taken(Exception):
    """Another process runs the bot on this database."""


def guarded(settings: Settings, work: Coroutine[Any, Any, int]) -> int:
    """Run one command; what keeps it from its files and its database is said in a sentence."""
    try:
        return asyncio.run(work)
    except Taken:
        return complain(settings, "cli-already-running")
    except NewerSchema:
        return complain(settings, "cli-newer-schema")
    except trouble.CAUGHT as problem:
        return hindered(settings, problem)


def hindered(settings: Settings, problem: Exception, file: str = "") -> int:
    """What a file or the database does not let happen: what to do; the system's own words where it was not foreseen."""
    kind = trouble.kind_of(problem)
    if isinstance(problem, OSError):
        words = problem.strerror or type(problem).__name__
        return complain(settings, "cli-os-error", kind=kind, file=file or str(problem.filename or "-"), problem=words)
    where = str(settings.beside) if settings.on_sqlite else "PostgreSQL"
    return complain(settings, "cli-database-away", kind=kind, file=where, problem=str(problem))


def run(settings: Settings) -> int:
    """The bot, until SIGTERM or Ctrl-C."""
    settings.check_for_run()
    from bot import logs  # what it needs takes a third of a second to import: for those who log only

    logs.configure(settings.log_level, settings.log_format, settings.secrets)
    sys.excepthook = logs.last_words
    # What the start would refuse is refused before the seconds that the imports take.
    return guarded(settings, migrated(settings)) or guarded(settings, _running(settings))


async def migrated(settings: Settings) -> int:
    async with _owned(settings) as db:
        await bring_up_to_date(db)
    return DONE


async def _running(settings: Settings) -> int:
    from bot.lazy_aiogram import import_aiogram

    import_aiogram()
    from bot.app import AlreadyRunning, App, Refused
    from bot.health import Unheard

    try:
        await App(settings).run()
    except AlreadyRunning:
        raise Taken from None
    except Unheard as problem:
        taken = isinstance(problem.__cause__, OSError) and problem.__cause__.errno == errno.EADDRINUSE
        return complain(settings, "cli-listen-taken" if taken else "cli-listen-closed", address=settings.listen)
    except Refused:
        raise WrongSettings(Wrong("BOT_TOKEN", "bot-token-refused")) from None
    return DONE


@contextlib.asynccontextmanager
async def _owned(settings: Settings) -> AsyncIterator[Database]:
    """The database, and the right to be the only one who runs on it."""
    db = await connect(settings.database_url).open()
    try:
        if not await db.claim_ownership():
            raise Taken
        yield db
    finally:
        await db.close()


@contextlib.asynccontextmanager
async def _beside(settings: Settings) -> AsyncIterator[Database]:
    """The database beside a bot that may be running on it; a schema behind ours is changed only if none is."""
    db = await connect(settings.database_url).open()
    try:
        if await waiting(db):
            if not await db.claim_ownership():
                raise Taken
            await bring_up_to_date(db)
        yield db
    finally:
        await db.close()


async def demo(port: int, language: str) -> int:
    """The demo unit until Ctrl-C, on `port` or the next free one."""
    from bot import logs

    logs.configure("WARNING", "console")
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    for candidate in range(port, min(port + PORTS_TRIED, 65536)):
        if await _free(candidate):
            async with asyncio.TaskGroup() as tasks:
                show = tasks.create_task(_show(candidate))
                await stop.wait()  # a show that fails ends the wait
                show.cancel()
            return DONE
    sys.stderr.write(translator(language).plain("cli-no-port", first=port, last=port + PORTS_TRIED - 1) + "\n")
    return FAILED


async def _show(port: int) -> None:
    from bot.demo import playing
    from bot.lazy_aiogram import import_aiogram

    import_aiogram()
    async with playing(port) as address:
        sys.stdout.write(f"demo ready: {address}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


async def _free(port: int) -> bool:
    try:
        server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", port)
    except OSError:
        return False
    server.close()
    await server.wait_closed()
    return True


async def migrate(settings: Settings) -> int:
    async with _owned(settings) as db:
        steps = await bring_up_to_date(db)
    say(settings, "cli-migrated", steps=steps)
    return DONE


async def import_roster(settings: Settings, file: str, *, dry_run: bool) -> int:
    """A roster file, beside a running bot; people who are missing from it are left to a tap in chat."""
    from bot.clock import Clock
    from bot.services import roster
    from bot.views import roster_lines

    if not Path(file).is_file():
        return complain(settings, "cli-no-file", file=file)
    async with _beside(settings) as db:
        outcome = await roster.import_file(db, Path(file), Clock(settings.zone).now(), dry_run=dry_run)
    text = roster_lines.for_terminal(outcome, translator(settings.language))
    if outcome.name not in ("roster-applied", "roster-same", "roster-checked"):
        sys.stderr.write(f"{text}\n")
        return FAILED
    sys.stdout.write(f"{text}\n")
    if outcome.facts["missing"]:
        say(settings, "cli-roster-missing")
    if dry_run:
        say(settings, "cli-dry-run")
    return DONE


async def backup(settings: Settings, file: str) -> int:
    """A checked copy of the database, beside a running bot."""
    if not settings.on_sqlite:
        return complain(settings, "cli-backup-postgres")
    from storage import backup as keeper

    if not settings.beside.exists():
        return complain(settings, "cli-no-database", file=str(settings.beside))
    target, key = Path(file), settings.backup_key.get_secret_value()
    try:
        await asyncio.to_thread(keeper.backup, settings.beside, target, key)
    except FileExistsError:
        return complain(settings, "cli-backup-exists", file=file)
    except keeper.Damaged as problem:
        return complain(settings, "cli-backup-damaged", **problem.facts)
    except OSError as problem:
        return hindered(settings, problem, file)
    await _note_backup(settings, target.name)
    say(settings, "cli-backup-done" if key else "cli-backup-open", file=file, size=target.stat().st_size // 1024)
    return DONE


async def _note_backup(settings: Settings, name: str) -> None:
    """In the audit, where this program can write one: another version's database is backed up all the same."""
    from bot.clock import Clock
    from bot.services import keeping

    db = await connect(settings.database_url).open()
    try:
        with contextlib.suppress(NewerSchema):
            if not await waiting(db):
                await keeping.note_backup(db, name, Clock(settings.zone).now())
    finally:
        await db.close()


async def restore(settings: Settings, file: str) -> int:
    """A backup in the place of the database; the present one is kept beside it."""
    if not settings.on_sqlite:
        return complain(settings, "cli-backup-postgres")
    from storage import backup as keeper
    from storage import sqlite

    path = settings.database_url.removeprefix("sqlite:///")
    owner = sqlite.claim(path)
    if owner is None:
        raise Taken
    try:
        kept = await asyncio.to_thread(_put_back, Path(file), settings)
    except keeper.Damaged as problem:
        return complain(settings, "cli-restore-damaged", **problem.facts)
    finally:
        owner.unlock()
    say(settings, "cli-restore-done", kept=str(kept) if kept else "-")
    return DONE


def _put_back(file: Path, settings: Settings) -> Path | None:
    """Check, say beside the database what is coming, replace; where the old one is kept."""
    from storage import backup as keeper
    from storage.beside import Journals

    with keeper.readable(file, settings.backup_key.get_secret_value(), settings.beside) as plain:
        if keeper.check(plain) > known_steps()[-1][0]:
            raise NewerSchema
        journals = Journals(settings.beside)
        before = journals.restored()
        journals.say_restored(file.name)
        try:
            return keeper.restore(plain, settings.beside)
        except (keeper.Damaged, Unavailable):  # nothing has come into place
            journals.restore_seen()
            if before:
                journals.say_restored(before)
            raise


async def doctor(settings: Settings) -> int:
    """Every check with its result; failed when one of them did."""
    from bot import doctor as surgery

    found = await surgery.examine(settings)
    words: Callable[..., str] = translator(settings.language).plain
    for check in found:
        mark = {True: "✓", False: "✗", None: "!"}[check.ok]
        sys.stdout.write(f"{mark} {words(f'doctor-{check.name}', **check.facts)}\n")
    return DONE if all(check.ok is not False for check in found) else FAILED
