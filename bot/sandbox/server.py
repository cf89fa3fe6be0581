"""The built-in Bot API server: HTTP before the world, faults on demand, a ledger of every call."""

import asyncio
import inspect
import json
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from aiohttp import web

from bot.sandbox import account, methods
from bot.sandbox.faults import Call, Fault, Faults
from bot.sandbox.objects import Cast, Hooks, Person, SentMessage, User
from bot.sandbox.page import mount
from bot.sandbox.rules import UPLOAD_LIMIT, ApiError, Args, Limits, Pace, Upload, bad, forbidden, too_many
from bot.sandbox.updates import CONFLICT, Updates
from bot.sandbox.webhook import LOOPBACK, Webhook
from bot.sandbox.world import World

METHODS = {**methods.OFFERED, **account.OFFERED}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
BAD_GATEWAY = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1>\
</center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"


class Dropped(Exception):
    """The connection is to be closed without an answer."""


ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dump(value: Any) -> bytes:
    return ENCODER.encode(value).encode("utf-8", "replace")


class Sandbox:
    """A Bot API server of one bot, its people and chats, on loopback."""

    def __init__(
        self,
        token: str = "42:TEST",
        clock: Callable[[], datetime] | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        limits: Limits | None = None,
        *,
        bot_name: str = "文明创建助手",
        bot_username: str = "wenming_demo_bot",
        privacy: bool = True,
        org: str = "",
        people: Sequence[Person] = (),
        hooks: Hooks | None = None,
        texts: Mapping[str, Mapping[str, str]] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        webhook_second: float = 1.0,
    ) -> None:
        self.token, self.host, self.port, self.monotonic = token, host, port, monotonic
        self.cast = Cast(org, people, texts or {}, hooks)
        self.clock = clock or (lambda: datetime.fromtimestamp(time.time(), UTC))
        limits = limits or Limits()
        bot = User(int(token.partition(":")[0]), bot_name, username=bot_username, is_bot=True)
        updates = Updates(self.clock, limits, monotonic)
        self.world = World(bot, self.clock, updates, Pace(limits, monotonic), privacy)
        self.world.webhook = Webhook(updates, self._from_webhook, webhook_second)
        self.faults = Faults()
        self.ledger: list[Call] = []
        self._runner: web.AppRunner | None = None

    @property
    def notes(self) -> list[str]:
        """What the bot asked that Telegram would let pass but somebody should look at."""
        return self.world.notes

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def calls(self, method: str, chat_id: int | None = None) -> list[Call]:
        """The ledger's calls of one method (to one chat)."""
        return [c for c in self.ledger if c.method == method and (chat_id is None or c.chat_id == chat_id)]

    async def start(self) -> None:
        app = web.Application(client_max_size=UPLOAD_LIMIT + (1 << 20), middlewares=[self._guard])
        app.router.add_route("*", "/bot{token}/{method:[^/]*}", self._api)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        mount(app, self.world, self.cast)
        app.router.add_route("*", "/{rest:.*}", self._nowhere)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        await self.world.webhook.stop()
        self.world.updates.release()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Only this machine's own pages and programs: no foreign host name, no foreign origin."""
        hosts = (*LOOPBACK, self.host)
        origin = request.headers.get("Origin")
        if urlsplit(f"//{request.host}").hostname not in hosts:
            return self._refusal(ApiError(403, "Forbidden: unknown host"))
        if origin is not None and origin != f"http://{request.host}":
            return self._refusal(ApiError(403, "Forbidden: foreign origin"))
        return await handler(request)

    async def _nowhere(self, request: web.Request) -> web.Response:
        return self._refusal(ApiError(404, "Not Found"))

    # One call

    async def _api(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
            args = await read_args(request)
        except ApiError as error:
            return self._refusal(error)
        except web.HTTPRequestEntityTooLarge:
            return self._refusal(ApiError(413, "Request Entity Too Large"))
        name = request.match_info["method"] or args.text("method")
        try:
            return await self._call(name, args)
        except Dropped:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()

    def _check_token(self, token: str) -> None:
        if ":" not in token:
            raise ApiError(401, "Unauthorized: invalid token specified")
        if token != self.token:
            raise ApiError(401, "Unauthorized")

    async def _call(self, name: str, args: Args, from_webhook: bool = False) -> web.Response:
        known = METHODS.get(name.lower())
        call = Call(
            len(self.ledger) + 1,
            known[0] if known else name,
            args.raw,
            args.integer("chat_id") or None,
            self.monotonic(),
            from_webhook=from_webhook,
        )
        self.ledger.append(call)
        fault = self.faults.match(call.method, call.chat_id) if self.faults.waiting else None
        if fault is not None and fault.delay:
            await asyncio.sleep(fault.delay)
        try:
            if fault is not None:
                if fault.kind == "502html":
                    call.status, call.error = 502, "Bad Gateway"
                    return web.Response(status=502, body=BAD_GATEWAY, content_type="text/html")
                self._refuse(fault, call)
            body = await self._perform(call, args)
            if fault is not None and fault.kind == "lost":
                raise Dropped
            call.status = 200
            if fault is not None and fault.kind == "cut_json":
                body = body[: len(body) // 2]
            return web.Response(body=body, content_type="application/json")
        except ApiError as error:
            call.status, call.error = error.status, error.description
            return self._refusal(error)
        finally:
            if call.status is not None:
                call.answered_at = self.monotonic()

    async def _perform(self, call: Call, args: Args) -> bytes:
        """Carry the method out; the answer's body."""
        if self.world.logged_out:
            raise ApiError(400, "Logged out")
        known = METHODS.get(call.method.lower())
        if known is None:
            raise ApiError(404, "Not Found: method not found")
        name, parameters, function = known
        if not parameters.issuperset(args.raw):
            for unknown in args.raw.keys() - parameters - {"method"}:
                self.world.note(f"{name}: unknown parameter {unknown}")
        if args.files:
            await asyncio.sleep(self.world.pace.upload_wait(sum(len(f.data) for f in args.files.values())))
        result = function(self.world, args)
        if inspect.isawaitable(result):
            result = await result
        call.delivered = True
        if isinstance(result, SentMessage):
            call.message_id = result.id
            result = self.world.message_json(result)
        elif isinstance(result, list):
            result = [self.world.message_json(m) if isinstance(m, SentMessage) else m for m in result]
        elif isinstance(result, dict):
            call.message_id = result.get("message_id")
        return dump({"ok": True, "result": result})

    def _refuse(self, fault: Fault, call: Call) -> None:
        """Faults that keep a call from being carried out."""
        kind = fault.kind
        if kind == "drop":
            raise Dropped
        if kind == "429":
            raise too_many(fault.retry_after)
        if kind.startswith("400:"):
            raise bad(kind[4:])
        if kind == "migrate":
            new_id = fault.migrate_to or -1_000_000_000_000 - abs(call.chat_id or 0)
            raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=new_id)
        errors = {
            "5xx": ApiError(500, "Internal Server Error"),
            "blocked": forbidden("bot was blocked by the user"),
            "deactivated": forbidden("user is deactivated"),
            "not_found": bad("chat not found"),
            "401": ApiError(401, "Unauthorized"),
            "409": ApiError(409, CONFLICT),
        }  # fmt: skip
        if kind in errors:
            raise errors[kind]

    def _refusal(self, error: ApiError) -> web.Response:
        shape: dict[str, Any] = {"ok": False, "error_code": error.status, "description": error.description}
        if error.parameters:
            shape["parameters"] = error.parameters
        wait = error.parameters.get("retry_after")
        headers = {"Retry-After": str(wait)} if wait else None
        return web.Response(status=error.status, body=dump(shape), content_type="application/json", headers=headers)

    async def _from_webhook(self, name: str, args: Args) -> None:
        try:
            await self._call(name, args, from_webhook=True)
        except Dropped:
            return  # nobody waits for the answer of a call in a webhook's reply

    # Files

    async def _download(self, request: web.Request) -> web.StreamResponse:
        fault = self.faults.match("download", None)
        if fault is not None and fault.kind in ("drop", "lost") and request.transport is not None:
            request.transport.abort()
            return web.Response()
        file = self.world.paths.get(request.match_info["path"])
        try:
            self._check_token(request.match_info["token"])
            if fault is not None:
                self._refuse(fault, Call(0, "download", {}, None, 0.0))
        except ApiError as error:
            return self._refusal(error)
        if file is None:
            return self._refusal(ApiError(404, "Not Found"))
        return web.Response(body=file.data, content_type="application/octet-stream")


async def read_args(request: web.Request) -> Args:
    """Arguments from the query string and from a JSON, urlencoded or multipart body."""
    raw: dict[str, Any] = dict(request.query) if request.query_string else {}
    if not request.can_read_body:
        return Args(raw)
    kind = request.content_type
    if kind == "multipart/form-data":
        return await _read_multipart(request, raw)
    body = await request.read()
    if kind == "application/json":
        try:
            given = json.loads(body) if body else {}
        except ValueError:
            raise bad("can't parse JSON object") from None
        if not isinstance(given, dict):
            raise bad("object expected as request body")
        raw |= given
    elif kind == "application/x-www-form-urlencoded":
        raw |= parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    return Args(raw)


async def _read_multipart(request: web.Request, raw: dict[str, Any]) -> Args:
    files: dict[str, Upload] = {}
    try:
        form = await request.post()
    except ValueError:
        raise bad("can't parse multipart body") from None
    for name, value in form.items():
        if isinstance(value, web.FileField):
            with value.file as source:
                files[name] = Upload(value.filename, source.read(), value.content_type)
        elif isinstance(value, str):
            raw[name] = value
    return Args(raw, files)
