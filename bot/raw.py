"""An update as it comes, whatever its shape: what of it can be kept, and whose it is."""

import json
import logging
import re
from typing import Any

import orjson

log = logging.getLogger("intake")

UPDATE_LIMIT = 512 * 1024  # many times what Telegram sends; more is nothing that a person wrote
UNREADABLE = "unreadable"  # stands in place of an update's content that cannot be kept as it came


class Malformed(Exception):
    """An update that does not have the shape of one: it is parked at once, trying again would change nothing."""


def _is_id(value: object) -> bool:
    """A number that a column can hold."""
    return isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63 - 1


def salvage(text: str) -> list[dict[str, Any]]:
    """What can be kept of an update that no parser takes: its number, and a piece of it as evidence."""
    found = re.search(r'"update_id"\s*:\s*(\d{1,18})(?!\d)', text)
    return [{"update_id": int(found[1]), UNREADABLE: text[:1000]}] if found else []


def parse(data: bytes) -> Any:
    """JSON as Telegram sends it, also with what no JSON should have: NaN, half a character. Raises ValueError,
    RecursionError."""
    try:
        return orjson.loads(data)
    except ValueError:
        return json.loads(data.decode("utf-8", "replace"))


def read(data: bytes) -> list[Any]:
    """What was posted to the webhook: one update, or as much of it as can be kept."""
    try:
        return [parse(data)]
    except (ValueError, RecursionError):
        return list(salvage(data.decode("utf-8", "replace")))


def storable(body: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """An update and its text in a form that either database takes; what is beyond all measure is set aside."""
    try:
        text = orjson.dumps(body).decode()
        if "\\u0000" not in text and len(text) <= UPDATE_LIMIT:
            return body, text
    except TypeError:
        pass  # deep, huge or half a character: looked at more closely
    return _odd(body)


def _odd(body: dict[str, Any]) -> tuple[dict[str, Any], str]:
    try:
        text = json.dumps(body)
        if "\\u0000" in text or "\\ud" in text:
            body = clean(body)
            text = json.dumps(body)
    except RecursionError:
        text = ""
    if not text or len(text) > UPDATE_LIMIT:
        body = {"update_id": body["update_id"], UNREADABLE: text[:1000] or "nested too deeply"}
        text = json.dumps(body)
    return body, text


def clean(value: Any) -> Any:
    """Without NUL and lone surrogates, which neither database takes."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): clean(item) for key, item in value.items()}
    return value


def sound_ones(bodies: Any) -> list[dict[str, Any]]:
    """Those that can be stored at all: an object with a number. Anything else is no update and is only logged."""
    sound = []
    for body in bodies if isinstance(bodies, list) else [bodies]:
        if isinstance(body, dict) and _is_id(body.get("update_id")):
            sound.append(body)
        else:
            log.error("an update without a number was dropped: %s", type(body).__name__)
    return sound


def chat_of(body: dict[str, Any]) -> int:
    """The chat whose order an update belongs to; 0 for a shape we do not know."""
    for kind in ("message", "edited_message", "my_chat_member"):
        chat = body.get(kind, {}).get("chat") if isinstance(body.get(kind), dict) else None
        if isinstance(chat, dict) and _is_id(chat.get("id")):
            return int(chat["id"])
    query = body.get("callback_query")
    if isinstance(query, dict):
        message = query.get("message")
        source = message.get("chat") if isinstance(message, dict) else query.get("from")
        if isinstance(source, dict) and _is_id(source.get("id")):
            return int(source["id"])
    return 0


def language_of(body: dict[str, Any]) -> str | None:
    """What Telegram says that the person of a message or a press speaks."""
    event = next((body[kind] for kind in ("message", "edited_message", "callback_query") if kind in body), None)
    person = event.get("from") if isinstance(event, dict) else None
    code = person.get("language_code") if isinstance(person, dict) else None
    return code if isinstance(code, str) else None


def sender(body: dict[str, Any], now: float) -> tuple[int | None, float]:
    """Whose message or press this is, and when it was sent; nobody for anything else."""
    for kind, moment in (("message", "date"), ("edited_message", "edit_date"), ("callback_query", "")):
        event = body.get(kind)
        if isinstance(event, dict):
            person, at = event.get("from"), event.get(moment)
            who = person.get("id") if isinstance(person, dict) else None
            return who if isinstance(who, int) else None, float(at) if isinstance(at, int) and 0 <= at < now else now
    return None, now
