"""What each command of the command line does; every one gives its exit code."""

import asyncio
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot import logs
from bot.i18n import translator
from bot.settings import Settings, WrongSettings
from storage.engine import connect
from storage.migrate import NewerSchema

DONE, FAILED, WRONG_USE = 0, 1, 2
PORTS_TRIED = 20


def say(settings: Settings, key: str, **args: Any) -> None:
    sys.stdout.write(translator(settings.language).plain(key, **args) + "\n")
    sys.stdout.flush()


def complain(settings: Settings, key: str, **args: Any) -> int:
    sys.stderr.write(translator(settings.language).plain(key, **args) + "\n")
    return FAILED


def run(settings: Settings) -> int:
    """The bot, until SIGTERM or Ctrl-C."""
    settings.check_for_run()
    logs.configure(settings.log_level, settings.log_format)
    from bot.app import AlreadyRunning, App, Refused

    try:
        asyncio.run(App(settings).run())
    except AlreadyRunning:
        return complain(settings, "cli-already-running")
    except NewerSchema:
        return complain(settings, "cli-newer-schema")
    except Refused:
        raise WrongSettings("BOT_TOKEN: Telegram refuses it; get the present one from @BotFather") from None
    except OSError as problem:
        return complain(settings, "cli-os-error", problem=str(problem))
    return DONE


async def demo(port: int) -> int:
    """The demo unit until Ctrl-C, on `port` or the next free one."""
    logs.configure("WARNING", "console")
    from bot.demo import playing

    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    for candidate in range(port, port + PORTS_TRIED):
        if not await _free(candidate):
            continue
        async with playing(candidate) as address:
            sys.stdout.write(f"demo ready: {address}\n")
            sys.stdout.flush()
            await stop.wait()
        return DONE
    sys.stderr.write(f"no free port from {port} to {port + PORTS_TRIED - 1}\n")
    return FAILED


async def _free(port: int) -> bool:
    try:
        server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", port)
    except OSError:
        return False
    server.close()
    await server.wait_closed()
    return True


async def migrate(settings: Settings) -> int:
    from storage.migrate import migrate as bring_up_to_date

    database = await connect(settings.database_url).open()
    try:
        if not await database.claim_ownership():
            return complain(settings, "cli-already-running")
        steps = await bring_up_to_date(database)
    except NewerSchema:
        return complain(settings, "cli-newer-schema")
    finally:
        await database.close()
    say(settings, "cli-migrated", steps=steps)
    return DONE


async def backup(settings: Settings, file: str) -> int:
    """A checked copy of the database, beside a running bot."""
    if not settings.database_url.startswith("sqlite:///"):
        return complain(settings, "cli-backup-postgres")
    from storage import sqlite

    source, target = settings.database_url.removeprefix("sqlite:///"), Path(file)
    if target.exists():
        return complain(settings, "cli-backup-exists", file=file)
    try:
        await asyncio.to_thread(sqlite.backup, source, target)
    except sqlite.Damaged as problem:
        target.unlink(missing_ok=True)
        return complain(settings, "cli-backup-damaged", problem=str(problem))
    say(settings, "cli-backup-done", file=file, size=target.stat().st_size // 1024)
    return DONE


async def restore(settings: Settings, file: str) -> int:
    """A backup in the place of the database; the present one is kept beside it."""
    if not settings.database_url.startswith("sqlite:///"):
        return complain(settings, "cli-backup-postgres")
    from storage import sqlite

    path = settings.database_url.removeprefix("sqlite:///")
    owner = sqlite.claim(path)
    if owner is None:
        return complain(settings, "cli-already-running")
    try:
        kept = await asyncio.to_thread(sqlite.restore, Path(file), Path(path))
    except sqlite.Damaged as problem:
        return complain(settings, "cli-restore-damaged", problem=str(problem))
    finally:
        owner.unlock()
    say(settings, "cli-restore-done", kept=str(kept) if kept else "-")
    return DONE


async def doctor(settings: Settings) -> int:
    """Every check with its result; failed when one of them did."""
    from bot import doctor as surgery

    found = await surgery.examine(settings)
    words: Callable[..., str] = translator(settings.language).plain
    for check in found:
        mark = {True: "✓", False: "✗", None: "!"}[check.ok]
        sys.stdout.write(f"{mark} {words(f'doctor-{check.name}', **check.facts)}\n")
    return DONE if all(check.ok is not False for check in found) else FAILED
