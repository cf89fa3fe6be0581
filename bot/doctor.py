"""What is wrong with a set-up and how to mend it: one check after another, none of them changes anything."""

import asyncio
import datetime as dt
import errno
import os
import shutil
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from bot.domain.calendar import Calendar
from bot.i18n import translator
from bot.services import audit, campaign
from bot.services.keeping import list_backups
from bot.settings import Settings, WrongSettings, secret_files
from storage import migrate
from storage.audit import Chain
from storage.beside import Journals
from storage.connect import connect
from storage.engine import Database, Unavailable
from storage.sqlite import claim

OLD_BACKUP = dt.timedelta(hours=49)  # one night may have been missed
RECENT = 3600  # seconds within which a webhook's failure still says something
CLOCK_OFF = 60  # seconds by which the clock may differ from Telegram's
ROOM = 500 * 1024 * 1024  # bytes that ought to be free for the database and its backups


@dataclass(frozen=True, slots=True)
class Check:
    """`ok`: True fine, False must be mended, None a warning. Its text is doctor-<name>."""

    name: str
    ok: bool | None
    facts: Mapping[str, Any] = field(default_factory=dict)


async def examine(settings: Settings) -> list[Check]:
    found = [_ready_to_run(settings)]
    if settings.on_sqlite:
        found += _files(settings.beside)
    found += [*_open_to_others(settings), *await _database(settings), *await _listen(settings)]
    if settings.token:
        found += await _telegram(settings)
    return found


def _ready_to_run(settings: Settings) -> Check:
    try:
        settings.check_for_run()
    except WrongSettings as problem:
        return Check("settings-missing", False, {"problem": problem.said(translator(settings.language))})
    return Check("settings-fine", True)


def _files(path: Path) -> list[Check]:
    import apsw

    from storage.sqlite import SAFE_VERSION

    number = apsw.sqlite_lib_version()
    safe = tuple(int(part) for part in number.split(".")[:3]) >= SAFE_VERSION
    found = [Check("sqlite-fine" if safe else "sqlite-old", safe or None, {"version": number})]
    folder = next(folder for folder in path.absolute().parents if folder.exists())  # the first start makes the rest
    if not os.access(folder, os.W_OK):
        found.append(Check("folder-closed", False, {"folder": str(folder)}))
    free = shutil.disk_usage(folder).free
    name = "disk-fine" if free > ROOM else "disk-full"
    found.append(Check(name, True if free > ROOM else None, {"megabytes": free // 1024**2}))
    return [*found, _backups(path)]


def _open_to_others(settings: Settings) -> list[Check]:
    """Files with secrets or with what people have said that somebody else on this machine may read."""
    path = settings.beside
    own = [*path.parent.glob(f"{path.name}*"), *(file for _, file in list_backups(path.parent / "backups"))]
    private = [one for one in (*own, Path(".env"), *secret_files()) if one.is_file()]
    return [
        Check("database-open", None, {"file": str(one)})
        for one in dict.fromkeys(private)
        if stat.S_IMODE(one.stat().st_mode) & 0o077
    ]


def _backups(path: Path) -> Check:
    """A running bot makes one each night: the newest is a day old at the most, unless something is wrong."""
    saved = list_backups(path.parent / "backups")
    if not saved:
        return Check("backup-none", None)
    age = dt.datetime.now(dt.UTC) - dt.datetime.fromtimestamp(saved[-1][1].stat().st_mtime, dt.UTC)
    name = "backup-fine" if age < OLD_BACKUP else "backup-old"
    hours = int(age.total_seconds() // 3600)
    return Check(name, True if age < OLD_BACKUP else None, {"name": saved[-1][1].name, "hours": hours})


async def _database(settings: Settings) -> list[Check]:
    path = settings.database_url.removeprefix("sqlite:///")
    if settings.on_sqlite and not Path(path).exists():
        return [Check("database-new", True), _calendar(Calendar(), settings)]
    known = migrate.steps()[-1][0]
    try:
        db = await connect(settings.database_url).open()
        try:
            async with db.read(long=True) as tx:
                present = await migrate.version(tx)
                torn = await tx.value("PRAGMA quick_check(1)") if db.dialect == "sqlite" else "ok"
            if torn != "ok":
                return [Check("database-broken", False, {"problem": torn.partition("\n")[0]})]
            chain = await audit.examine(db, Journals(settings.beside)) if present == known else None
            calendar = await _known_days(db) if present == known else Calendar()
        finally:
            await db.close()
    except Exception as problem:  # noqa: BLE001 - whatever the driver says is what the operator must know
        name = "database-broken" if settings.on_sqlite else "database-away"
        return [Check(name, False, {"problem": f"{type(problem).__name__}: {problem}"})]
    if not present:
        return [Check("database-new", True), _calendar(calendar, settings)]
    if chain is None:
        name, ok = ("database-newer", False) if present > known else ("database-older", None)
        return [Check(name, ok, {"present": present, "known": known}), _calendar(calendar, settings)]
    return [Check("database-fine", True, {"present": present}), _audit(chain), _calendar(calendar, settings)]


async def _listen(settings: Settings) -> list[Check]:
    """Whether `run` could be heard at LISTEN; where a bot is at work, it is its own."""
    if await _is_running(settings):
        return []
    host, _, port = settings.listen.rpartition(":")
    try:
        server = await asyncio.start_server(lambda _, writer: writer.close(), host, int(port))
    except OSError as problem:
        name = "listen-taken" if problem.errno == errno.EADDRINUSE else "listen-closed"
        return [Check(name, False, {"address": settings.listen})]
    server.close()
    await server.wait_closed()
    return [Check("listen-fine", True, {"address": settings.listen})]


async def _is_running(settings: Settings) -> bool:
    """Whether a bot is at work on this database, as far as we can see."""
    lock = settings.beside.with_name(f"{settings.beside.name}.lock")
    try:
        if settings.on_sqlite:
            if not lock.exists():
                return False
            holder = claim(str(settings.beside))
            if holder is not None:
                holder.unlock()
            return holder is None
        db = await connect(settings.database_url).open()
        try:
            return not await db.claim_ownership()
        finally:
            await db.close()
    except (OSError, Unavailable):  # said by the check of the database
        return False


async def _known_days(db: Database) -> Calendar:
    """With the days that the office has entered."""
    async with db.read() as tx:
        return await campaign.load_calendar(tx)


def _audit(chain: Chain) -> Check:
    if chain.broken:
        return Check("audit-cut" if chain.reason == "cut" else "audit-broken", False, {"row": chain.broken})
    return Check("audit-fine", True, {"rows": chain.rows, "seal": chain.hash[:16]})


def _calendar(calendar: Calendar, settings: Settings) -> Check:
    today = dt.datetime.now(settings.zone).date()
    if not calendar.year_published(today.year):
        return Check("calendar-missing", None, {"year": today.year})
    if today.month >= 11 and not calendar.year_published(today.year + 1):
        return Check("calendar-missing", None, {"year": today.year + 1})
    return Check("calendar-fine", True, {"year": today.year})


async def _telegram(settings: Settings) -> list[Check]:
    import aiohttp

    address = f"{settings.bot_api_url}/bot{settings.token}/"
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=15)) as http:
            async with http.get(address + "getMe") as answer:
                if answer.status in (401, 404):
                    return [Check("token-refused", False)]
                clock = _clock(answer.headers.get("Date", ""))
                me = (await answer.json())["result"]
            async with http.get(address + "getWebhookInfo") as answer:
                hook = (await answer.json())["result"]
                webhook = hook["url"]
    except Exception as problem:  # noqa: BLE001 - its text may hold the token, so only its kind is shown
        return [Check("telegram-away", False, {"problem": type(problem).__name__})]
    if webhook and not settings.webhook_url:
        return [*clock, Check("webhook-elsewhere", None, {"username": me["username"]})]
    if settings.webhook_url and webhook != settings.webhook_url:
        return [*clock, Check("webhook-missing", None, {"username": me["username"]})]
    if hook.get("last_error_date", 0) > dt.datetime.now(dt.UTC).timestamp() - RECENT:
        return [*clock, Check("webhook-failing", None, {"problem": hook.get("last_error_message", "?")})]
    return [*clock, Check("telegram-fine", True, {"username": me["username"]})]


def _clock(date: str) -> list[Check]:
    """Ours beside that of whoever answered; a server that does not say what time it is tells nothing."""
    try:
        theirs = parsedate_to_datetime(date)
    except ValueError:
        return []
    seconds = int(dt.datetime.now(dt.UTC).timestamp() - theirs.replace(tzinfo=theirs.tzinfo or dt.UTC).timestamp())
    fine = abs(seconds) <= CLOCK_OFF
    return [Check("clock-fine" if fine else "clock-off", fine or None, {"seconds": seconds})]
