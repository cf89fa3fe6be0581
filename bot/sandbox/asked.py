"""What the page's requests ask: only this machine's own, read with care, refused with a code."""

import ipaddress
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.sandbox.objects import Json
from bot.sandbox.text import utf16

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
TEXT_MOST, SAID_MOST = 4096, 65_536  # UTF-16 units of one message; of what is written at one go


class Refusal(Exception):
    """What cannot be done; the code is a key of the page's words (error-<code>)."""

    def __init__(self, code: str, status: int = 400) -> None:
        super().__init__(code)
        self.code, self.status = code, status


def guarded(handler: Handler) -> Handler:
    """Only this machine's own page, and with the headers that keep it alone."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if not _is_local(request):
            return web.Response(status=403, text="loopback only", headers=HEADERS)
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    return answer


def _is_local(request: web.Request) -> bool:
    """The server has looked at the names of host and origin; a page of another site may not even ask."""
    if request.remote and not ipaddress.ip_address(request.remote).is_loopback:
        return False
    return request.path == "/" or request.headers.get("Sec-Fetch-Site") != "cross-site"


def json_answer(handler: Callable[[web.Request], Awaitable[Any]]) -> Handler:
    """Answer with what the handler returns, or with the code of why not."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            body, status = await handler(request), 200
        except Refusal as refusal:
            body, status = {"error": refusal.code}, refusal.status
        except LookupError:
            body, status = {"error": "gone"}, 409
        except web.HTTPRequestEntityTooLarge:
            body, status = {"error": "file-too-big"}, 413
        return web.json_response(body, status=status)

    return answer


async def body_of(request: web.Request) -> Json:
    """A JSON object; any other content type is what another site's form could send."""
    if request.content_type != "application/json":
        raise Refusal("bad-request")
    try:
        body = await request.json()
    except ValueError:
        raise Refusal("bad-request") from None
    if not isinstance(body, dict):
        raise Refusal("bad-request")
    return body


def integer(given: Any, name: str, default: int | None = None) -> int:
    value = given.get(name, default)
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        raise Refusal("bad-request") from None


def text_of(body: Json) -> str:
    """What was written, as a client sends it: without white space around it."""
    text = body.get("text")
    if not isinstance(text, str):
        raise Refusal("bad-request")
    text = text.encode("utf-16", "replace").decode("utf-16").strip()
    if not text:
        raise Refusal("empty")
    if utf16(text) > SAID_MOST:
        raise Refusal("too-long")
    return text


def pieces(text: str) -> list[str]:
    """A long text goes out as several messages, as clients do it; no character is cut in two."""
    parts, start, size = [], 0, 0
    for at, letter in enumerate(text):
        step = 2 if letter > "\uffff" else 1
        if size + step > TEXT_MOST:
            parts.append(text[start:at])
            start, size = at, 0
        size += step
    return [*parts, text[start:]]
