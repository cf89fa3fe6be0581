"""The bot without Telegram: what is said or pressed goes to the routers, what they answer is looked at."""

import contextlib
import datetime as dt
import functools
import shutil
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock
from xml.etree import ElementTree

from bot import dialogs, files
from bot.clock import Clock, instant
from bot.demo import OWNER, demo_people
from bot.domain.access import Actor
from bot.events import event_of
from bot.files import in_child
from bot.house import House
from bot.services import accounts as recogniser
from bot.services.effects import Cause
from bot.settings import Settings
from bot.telegram import Telegram
from bot.views.parts import Outgoing
from handlers import routes
from handlers.context import context
from storage import accounts, departments, grants, people
from storage.connect import opened
from storage.engine import Database
from storage.records import PersonStatus, Role
from tests.conftest import NOW, ZONE

OWN, FOREIGN = "执法处", "财务处"
NUMBERS = {
    "staff": "ZF005",
    "leader": "ZF001",
    "foreign leader": "CW001",
    "deputy": "ZF004",
    "expired deputy": "ZF006",
    "role taken": "ZF008",
    "left": "ZF007",
    "office": "BG002",
    "viewer": "ZH002",
}
STRANGER, CONSENTLESS = 7001, 7002
ROLES = ("stranger", "bound without consent", "owner", *NUMBERS)
Answers = tuple[Outgoing, ...]


@functools.cache
def user_of(role: str) -> int:
    if role in NUMBERS:
        return next(p.user_id for p in demo_people() if p.staff_number == NUMBERS[role])
    return {"stranger": STRANGER, "bound without consent": CONSENTLESS, "owner": OWNER}[role]


class Hall:
    """The routers on a database."""

    def __init__(self, db: Database) -> None:
        values: dict[str, Any] = {"bot_token": "424242:TEST", "owner_ids": str(OWNER)}
        settings = Settings(_env_file=None, **values)
        self.db, self.clock = db, Clock(ZONE, NOW)
        telegram = Telegram("http://127.0.0.1:9", settings.token, 1000)
        self.house = House(db, telegram, self.clock, settings, "wenming_demo_bot", ready_since=NOW)
        self._count = 0

    async def actor(self, role: str) -> Actor:
        return await recogniser.recognise(self.db, user_of(role), frozenset({OWNER}), self.clock.now())

    async def says(self, user: int, text: str, chat: int | None = None) -> Answers:
        return await self._give("message", self._message(user, text, chat))

    async def presses(self, user: int, data: str, chat: int | None = None, photo: bool = False) -> Answers:
        message = self._message(424242, "…", chat or user) | {
            "from": {"id": 424242, "is_bot": True, "first_name": "文"}
        }
        if photo:
            del message["text"]
            message["photo"] = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
        press = {"id": "1", "from": self._person(user), "chat_instance": "1", "data": data, "message": message}
        return await self._give("callback_query", press)

    async def at(self, user: int, state: str, **data: Any) -> None:
        """Put this person at a step of a dialogue."""
        async with self.db.write() as tx:
            await dialogs.keep(tx, dialogs.Dialog(f"{user}:{user}", state, data), self.clock.now())

    async def _give(self, kind: str, body: dict[str, Any]) -> Answers:
        found = event_of({kind: body})
        assert found is not None
        event = found[1]
        given = await context(self.house, event, Cause(self.db, self._count, {}))
        assert given is not None
        result = await routes().answer(kind, event, given)
        if given["dialog"].changed:
            async with self.db.write() as tx:
                await dialogs.keep(tx, given["dialog"], self.clock.now())
        found = result if isinstance(result, tuple) else (result,)
        return tuple(one for one in found if isinstance(one, Outgoing))

    def _message(self, user: int, text: str, chat: int | None) -> dict[str, Any]:
        self._count += 1
        where = (
            {"id": chat, "type": "supergroup", "title": "群"}
            if (chat or 0) < 0
            else {"id": chat or user, "type": "private"}
        )
        at = int(self.clock.now().timestamp())
        return {"message_id": self._count, "date": at, "chat": where, "from": self._person(user), "text": text}

    def _person(self, user: int) -> dict[str, Any]:
        return {"id": user, "is_bot": False, "first_name": "某", "language_code": "zh"}

    async def dump(self, *tables: str) -> dict[str, list[Any]]:
        async with self.db.read() as tx:
            return {table: list(await tx.fetch(f"SELECT * FROM {table} ORDER BY 1")) for table in tables}

    async def value(self, sql: str, *args: Any) -> Any:
        async with self.db.read() as tx:
            return await tx.value(sql, *args)


async def _in_clear(job: str, feed: Path | bytes | Iterable[bytes], *args: Any, **more: Any) -> bytes:
    """What a picture or a workbook would be made of: its words can be read, and no child has to be waited for."""
    if job not in ("png", "book", "slips") or isinstance(feed, Path):
        return await in_child(job, feed, *args, **more)
    data = feed if isinstance(feed, bytes) else b"".join(feed)
    if job == "png":
        ElementTree.fromstring(data)  # a drawing, whatever stands in it
    return data


@contextlib.asynccontextmanager
async def furnished(folder: Path, seeded: Path) -> AsyncIterator[Hall]:
    """The demo unit with somebody of every role in it."""
    shutil.copyfile(seeded, folder / "wenming.db")
    with mock.patch.object(files, "in_child", _in_clear):
        async with opened(f"sqlite:///{folder}/wenming.db") as db:
            await _cast(db)
            yield Hall(db)


async def _cast(db: Database) -> None:
    at = instant(NOW)
    async with db.write() as tx:
        await accounts.see(tx, STRANGER, STRANGER, at)
        await accounts.see(tx, OWNER, OWNER, at)
        await accounts.see(tx, CONSENTLESS, CONSENTLESS, at)
        found = {p.staff_number: p for p in await people.list_all(tx)}
        await accounts.bind(tx, CONSENTLESS, found["FW003"].id, at)
        place = await departments.find_by_path(tx, OWN)
        assert place is not None
        for role, until in (
            ("deputy", NOW.date()),
            ("expired deputy", NOW.date() - dt.timedelta(1)),
            ("role taken", None),
        ):
            await grants.insert(tx, found[NUMBERS[role]].id, Role.LEADER, place.id, until, OWNER, at)
        await grants.revoke(tx, found[NUMBERS["role taken"]].id, Role.LEADER, place.id, OWNER, at)
        await people.update_many(tx, [replace(found[NUMBERS["left"]], status=PersonStatus.LEFT)], NOW.date())


def data_of(answers: Answers) -> Iterator[str]:
    """What the buttons of these answers carry."""
    for answer in answers:
        for row in answer.buttons:
            yield from (button.data for button in row if button.data)


def bytes_of(answers: Answers) -> str:
    """All that somebody gets to see: texts, buttons, names and contents of files."""
    parts = []
    for answer in answers:
        parts += [answer.text, *(button.text for row in answer.buttons for button in row)]
        for file in (answer.photo, answer.document):
            if file is not None and not isinstance(file, str):
                parts += [file.name, readable(file.data)]
    return "\n".join(parts)


def readable(data: bytes) -> str:
    """A workbook's cells are in compressed parts."""
    import io
    import zipfile

    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    return data.decode("utf-8", "replace")


Looked = Callable[[str, str, Answers], None]


def _not_looked(role: str, what: str, answers: Answers) -> None:
    """Nobody looks at what was shown on the way."""


async def crawled(
    hall: Hall, roles: tuple[str, ...], commands: tuple[str, ...], limit: int = 400, look: Looked = _not_looked
) -> dict[str, str]:
    """What every button carries that these people find by pressing on and on, and whose it is. Of buttons that differ
    only in their numbers, one is pressed. `look` is given whatever was said or pressed, and the answers."""
    found: dict[str, str] = {}
    for role in roles:
        user = user_of(role)
        waiting = []
        for command in commands:
            answers = await hall.says(user, command)
            look(role, command, answers)
            waiting += data_of(answers)
        pressed: dict[str, int] = {}
        while waiting and len(pressed) < limit:
            data = waiting.pop(0)
            if data in found:
                continue
            found[data] = role
            kind = "".join("#" if char.isdigit() else char for char in data)
            pressed[kind] = pressed.get(kind, 0) + 1
            if pressed[kind] <= 1 and not data.startswith(ENDING):
                answers = await hall.presses(user, data, photo=data.startswith("report"))
                look(role, data, answers)
                waiting += data_of(answers)
    return found


ENDING = (
    "leave:1",
    "erase:1",
    "setup:revoke-yes",
    "lang:",
    "rr:",
    "reg:",
    "gr:off",
    "gr:yes",
)  # what would end what others need
COMMANDS_SAID = (
    *("/me", "/duties", "/phrase", "/report", "/pending", "/members", "/roster", "/settings", "/grant", "/notice"),
    *(
        "/notice 周五下午三点开会，请准时参加",
        "/schedule",
        "/content",
        "/export",
        "/remind",
        "/start",
        "/leave",
        "/language",
        "/status",
    ),
    *("/checkin 昨天 2 社区清扫", "/grant ZF009", "/checkin", "昨天下午在社区清扫两个半小时"),
)
