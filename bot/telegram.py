"""The way out: one message as asked, its fate as a value. The only place that knows Telegram's errors."""

import asyncio
import contextlib
import json
import logging
from dataclasses import dataclass, replace
from typing import Any

import aiohttp
import orjson

from bot.pace import Lane, Pace
from bot.raw import parse
from bot.views.parts import File, Outgoing

log = logging.getLogger("telegram")

LONG_HOLD = 60.0  # a longer retry_after is that chat's own trouble; the whole bot waits this long at the most
LONGEST_RETRY = 7 * 86_400
SHORTLY = 0.5  # where nobody has said how long to wait
TIMEOUT = 70.0
ASK_AGAIN = 30.0


@dataclass(frozen=True, slots=True)
class Sent:
    message_id: int


@dataclass(frozen=True, slots=True)
class Retry:
    """Not delivered; may be tried again after so many seconds."""

    after: float


@dataclass(frozen=True, slots=True)
class Gone:
    """This chat cannot be reached until its person returns: blocked, deactivated, not_found, kicked."""

    reason: str


@dataclass(frozen=True, slots=True)
class Migrated:
    chat_id: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """Telegram does not take this message, whoever gets it."""

    description: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request was written and no answer came: delivered or not, nobody can tell."""

    reason: str


Fate = Sent | Retry | Gone | Migrated | Rejected | Unknown


class ApiError(Exception):
    """Telegram's own refusal."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code, self.description, self.parameters = code, description, parameters or {}

    @property
    def retry_after(self) -> float:
        """For how long Telegram wants to hear nothing; a second where it does not say so in a number."""
        said = self.parameters.get("retry_after")
        return float(min(said, LONGEST_RETRY)) if isinstance(said, int | float) and said > 0 else 1.0


class Unreached(Exception):
    """The request never left: no connection."""


class Lost(Exception):
    """The request left and its answer did not come or cannot be read."""


class Unreadable(Lost):
    """An answer came and is no JSON that anybody could read; `text` is it."""

    def __init__(self, text: str) -> None:
        super().__init__("unreadable answer")
        self.text = text


GONE = {
    "bot was blocked": "blocked",
    "user is deactivated": "deactivated",
    "chat not found": "not_found",
    "can't initiate conversation": "not_found",
    "bot was kicked": "kicked",
    "bot is not a member": "kicked",
    "peer_id_invalid": "not_found",
    "have no rights to send": "kicked",
    "chat_write_forbidden": "kicked",
    "not enough rights to send": "kicked",
}
DONE_ALREADY = ("message is not modified", "message to delete not found")
NOT_EDITABLE = ("message to edit not found", "message can't be edited", "there is no text in the message")


class Telegram:
    """A Bot API server at `url`. `send` never raises for what Telegram or the network does."""

    def __init__(self, url: str, token: str, rate: float) -> None:
        self._methods = f"{url}/bot{token}/"
        self._files = f"{url}/file/bot{token}/"
        self.pace = Pace(rate)
        self._refused_at: float | None = None  # since then the token is worth nothing
        self._http: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        self._http = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=100, keepalive_timeout=30),
            timeout=aiohttp.ClientTimeout(total=TIMEOUT, sock_connect=10),
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    async def close(self) -> None:
        if self._http is not None:
            await self._http.close()

    async def call(self, method: str, params: dict[str, Any], files: dict[str, File] | None = None) -> Any:
        """One method call; its `result`. Raises ApiError, Unreached or Lost; no message of theirs has the token."""
        assert self._http is not None
        try:
            async with self._http.post(self._methods + method, **_body(params, files or {})) as answer:
                status, data = answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as problem:
            raise Unreached(type(problem).__name__) from None
        except (aiohttp.ClientError, TimeoutError) as problem:
            raise Lost(type(problem).__name__) from None
        return self._result(status, data)

    def _result(self, status: int, data: bytes) -> Any:
        try:
            reply = parse(data)
            if reply["ok"]:
                self._refused_at = None
                return reply["result"]
            found = reply.get("parameters")
            parameters = found if isinstance(found, dict) else {}
            error = ApiError(int(reply["error_code"]), str(reply["description"]), parameters)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            if status >= 500:
                raise ApiError(status, "the server is in trouble") from None
            raise Unreadable(data.decode("utf-8", "replace")) from None
        if error.code == 401:
            if self._refused_at is None:
                log.error("Telegram refuses the token: nothing is sent until it is taken again; look at BOT_TOKEN")
            self._refused_at = asyncio.get_running_loop().time()
        raise error

    @property
    def refused(self) -> bool:
        """The last that Telegram said of our token is that it does not know it."""
        return self._refused_at is not None

    async def welcome(self) -> bool:
        """Whether our token is worth anything; while it is not, that is asked again only now and then."""
        now = asyncio.get_running_loop().time()
        if self._refused_at is not None and now >= self._refused_at + ASK_AGAIN:
            self._refused_at = now  # one asks for all
            with contextlib.suppress(ApiError, Unreached, Lost):
                await self.call("getMe", {})
        return self._refused_at is None

    async def download(self, file_id: str, limit: int) -> bytes | None:
        """A file's content, or None when it is larger than `limit` bytes. Raises as `call`."""
        assert self._http is not None
        found = await self.call("getFile", {"file_id": file_id})
        if found.get("file_size", 0) > limit:
            return None
        try:
            async with self._http.get(self._files + found["file_path"]) as answer:
                if answer.status != 200:
                    raise Lost(f"file: status {answer.status}")
                data = await answer.content.read(limit + 1)
                while len(data) <= limit and (more := await answer.content.read(limit + 1 - len(data))):
                    data += more
        except (aiohttp.ClientError, TimeoutError) as problem:
            raise Lost(type(problem).__name__) from None
        return data if len(data) <= limit else None

    async def send(self, chat_id: int, message: Outgoing, lane: Lane, over: int | None = None) -> Fate:
        """Send, or edit message `over` when the message asks for that (a message too old to edit is sent anew)."""
        over = message.over or over
        edit = (message.edit or message.remove or bool(message.over)) and over is not None
        method, params, files = _edit(chat_id, message, over) if edit else _send(chat_id, message)
        if not await self.pace.slot(chat_id, lane):
            return Retry(0.0)
        if not await self.welcome():
            return Retry(ASK_AGAIN)
        try:
            result = await self.call(method, params, files)
            return Sent(_message_id(result) or over or 0)
        except Unreached:
            return Retry(SHORTLY)
        except Lost as problem:
            return Unknown(str(problem))
        except ApiError as error:
            if edit and any(text in error.description for text in DONE_ALREADY):
                return Sent(over or 0)
            if message.remove and "can't be deleted" in error.description:
                return await self.send(chat_id, replace(message, remove=False), lane, over)
            if edit and not message.over and any(text in error.description for text in NOT_EDITABLE):
                return await self.send(chat_id, replace(message, edit=False), lane)
            return self._fate(chat_id, error)

    def _fate(self, chat_id: int, error: ApiError) -> Fate:
        if error.code == 429:
            after = error.retry_after
            self.pace.hold(after, chat_id)
            self.pace.hold(min(after, LONG_HOLD))
            return Retry(after)
        if error.code >= 500:
            return Retry(SHORTLY)
        if error.code == 401:
            # The token is revoked: what waits keeps, one try a minute finds out whether it has come back.
            self.pace.hold(LONG_HOLD)
            return Retry(LONG_HOLD)
        if isinstance(moved := error.parameters.get("migrate_to_chat_id"), int):
            return Migrated(moved)
        lower = error.description.lower()
        for text, reason in GONE.items():
            if text in lower:
                return Gone(reason)
        return Gone("forbidden") if error.code == 403 else Rejected(error.description)

    async def answer_callback(self, query_id: str) -> None:
        """Stop the button's waiting sign. Nothing depends on it, so a late or lost answer is no trouble."""
        try:
            await self.call("answerCallbackQuery", {"callback_query_id": query_id})
        except (ApiError, Unreached, Lost) as problem:
            log.debug("a callback answer was not taken: %s", problem)


def _message_id(result: Any) -> int:
    found = result.get("message_id") if isinstance(result, dict) else None
    return found if isinstance(found, int) else 0


def _body(params: dict[str, Any], files: dict[str, File]) -> dict[str, Any]:
    if not files:
        return {"data": orjson.dumps(params), "headers": {"Content-Type": "application/json"}}
    form = aiohttp.FormData(quote_fields=False)  # a file keeps its Chinese name
    for name, value in params.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    for name, file in files.items():
        form.add_field(name, file.data, filename=file.name)
    return {"data": form}


def _markup(message: Outgoing) -> dict[str, Any]:
    if message.buttons:
        rows = [
            [{"text": b.text, "url": b.url} if b.url else {"text": b.text, "callback_data": b.data} for b in row]
            for row in message.buttons
        ]
        return {"reply_markup": {"inline_keyboard": rows}}
    if message.menu:
        rows = [[{"text": text} for text in row] for row in message.menu]
        return {"reply_markup": {"keyboard": rows, "resize_keyboard": True, "is_persistent": True}}
    return {"reply_markup": {"remove_keyboard": True}} if message.menu is not None else {}


def _send(chat_id: int, message: Outgoing) -> tuple[str, dict[str, Any], dict[str, File]]:
    params: dict[str, Any] = {"chat_id": chat_id, "parse_mode": "HTML", **_markup(message)}
    for kind, value in (("photo", message.photo), ("document", message.document)):
        if value is None:
            continue
        params["caption"] = message.text
        method = f"send{kind.title()}"
        return (method, params | {kind: value}, {}) if isinstance(value, str) else (method, params, {kind: value})
    params["text"] = message.text
    params["link_preview_options"] = {"is_disabled": True}
    return "sendMessage", params, {}


def _edit(chat_id: int, message: Outgoing, over: int | None) -> tuple[str, dict[str, Any], dict[str, File]]:
    if message.remove:
        return "deleteMessage", {"chat_id": chat_id, "message_id": over}, {}
    params: dict[str, Any] = {"chat_id": chat_id, "message_id": over, **_markup(replace(message, menu=None))}
    for kind, value in (("photo", message.photo), ("document", message.document)):
        if value is None:
            continue
        media = {"type": kind, "caption": message.text, "parse_mode": "HTML"}
        if isinstance(value, str):
            return "editMessageMedia", params | {"media": media | {"media": value}}, {}
        return "editMessageMedia", params | {"media": media | {"media": "attach://file"}}, {"file": value}
    params |= {"text": message.text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    return "editMessageText", params, {}
