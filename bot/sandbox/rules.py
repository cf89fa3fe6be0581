"""What Telegram refuses and how it says so: errors, reading of arguments, markup, and the pace it allows."""

import json
import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
CALLBACK_DATA_LIMIT = 64
BUTTON_LIMIT = 100
UPLOAD_LIMIT = 50 << 20
PHOTO_LIMIT = 10 << 20
DOWNLOAD_LIMIT = 20 << 20
SPACED_UPLOAD = 100_000


# What an inline button may do; the empty string counts for some.
PRESSED = ("web_app", "login_url", "copy_text", "callback_game", "pay")
SWITCHED = ("switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat")


class ApiError(Exception):
    """A refusal, worded as the real server words it."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


def bad(description: str, **parameters: int) -> ApiError:
    return ApiError(400, f"Bad Request: {description}", **parameters)


def forbidden(description: str) -> ApiError:
    return ApiError(403, f"Forbidden: {description}")


def too_many(seconds: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


@dataclass(slots=True)
class Upload:
    """A file that came in the body of a request."""

    name: str
    data: bytes
    mime: str | None = None


@dataclass(slots=True)
class Args:
    """Arguments of one call, from JSON, a form, a multipart body or the query string."""

    raw: dict[str, Any]
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        value = self.raw.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "true" if value else "false"
        return json.dumps(value) if isinstance(value, (dict, list)) else str(value)

    def integer(self, name: str, default: int = 0, low: int = -(1 << 63), high: int = (1 << 63) - 1) -> int:
        """A number as the real server reads it: clamped, and 0 for what is no number."""
        value = self.raw.get(name)
        if value is None or value == "":
            value = default
        try:
            number = int(value)
        except (TypeError, ValueError):
            number = 0
        return max(low, min(high, number))

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def json(self, name: str, what: str) -> Any:
        """A JSON argument, or None where it was not given."""
        value = self.raw.get(name)
        if not isinstance(value, str):
            return value
        if value == "":
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {what} JSON object") from None


def check_markup(markup: Any) -> dict[str, Any] | None:
    """A reply markup as Telegram accepts it, or its refusal."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if isinstance(markup.get("keyboard"), list) and markup["keyboard"]:
        return {**markup, "keyboard": _rows(markup["keyboard"], "keyboard", _key)}
    if isinstance(markup.get("inline_keyboard"), list):
        rows = _rows(markup["inline_keyboard"], "inline_keyboard", _inline_button)
        if sum(map(len, rows)) > BUTTON_LIMIT:
            raise bad("reply markup is too long")
        return {"inline_keyboard": rows} if rows else None
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    return None


def _rows(rows: list[Any], name: str, read: Callable[[Any], dict[str, Any]]) -> list[list[dict[str, Any]]]:
    if not all(isinstance(row, list) for row in rows):
        owner = " of the InlineKeyboardMarkup" if name == "inline_keyboard" else ""
        raise bad(f'field "{name}"{owner} must be an Array of Arrays')
    kept = [[read(button) for button in row] for row in rows]
    return [row for row in kept if row]


def _string(button: dict[str, Any], name: str, what: str) -> str | None:
    """A field that must be a string; numbers pass for one, as with the real server."""
    value = button.get(name)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    raise bad(f'can\'t parse {what}: Field "{name}" must be of type String')


def _key(button: Any) -> dict[str, Any]:
    what = "keyboard button"
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad(f"can't parse {what}: KeyboardButton must be a String or an Object")
    return dict(button, text=_label(button, what))


def _label(button: dict[str, Any], what: str) -> str:
    text = _string(button, "text", what)
    if text is None:
        raise bad(f"can't parse {what}: Can't find field \"text\"")
    if not text.strip():
        raise bad(f"{what} text must be non-empty")
    return text


def _inline_button(button: Any) -> dict[str, Any]:
    what = "inline keyboard button"
    if not isinstance(button, dict):
        raise bad(f"can't parse {what}: InlineKeyboardButton must be an Object")
    shown: dict[str, Any] = {**button, "text": _label(button, what)}
    url, data = _string(button, "url", what), _string(button, "callback_data", what)
    if url:
        if not url.startswith("tg://") and "." not in url:
            raise bad(f"{what} URL '{url}' is invalid: Wrong HTTP URL")
        shown["url"] = url
        shown.pop("callback_data", None)
    elif data:
        if len(data.encode("utf-8", "replace")) > CALLBACK_DATA_LIMIT:
            raise bad("BUTTON_DATA_INVALID")
        shown["callback_data"] = data
    elif not any(button.get(kind) for kind in PRESSED) and not any(kind in button for kind in SWITCHED):
        raise bad(f"can't parse {what}: Text buttons are unallowed in the inline keyboard")
    return shown


@dataclass(slots=True)
class Limits:
    """How fast a bot may send; zero means no such limit."""

    overall: float = 30
    burst: int = 30
    per_chat: float = 1.0
    per_chat_burst: int = 5
    per_group_minute: int = 20
    penalty: int = 0
    polling: bool = True  # hold back a poller that asks the same again at once, as the real one does
    conflict_pause: float = 3.0
    spacing: bool = True  # uploads of equal size above 100 kB follow each other slowly

    @classmethod
    def off(cls) -> "Limits":
        return cls(overall=0, burst=0, per_chat=0, per_chat_burst=0, per_group_minute=0, polling=False,
                   conflict_pause=0, spacing=False)  # fmt: skip


class Pace:
    """Counts what was sent and refuses what comes too fast, each scope on its own."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self.limits, self.monotonic = limits, monotonic
        self._overall = 0.0
        self._chats: dict[int, float] = {}
        self._groups: dict[int, deque[float]] = {}
        self._barred: dict[int, float] = {}
        self._uploads: dict[int, float] = {}

    def take(self, chat_id: int, messages: int = 1) -> None:
        limits = self.limits
        if not (limits.overall or limits.per_chat or limits.per_group_minute):
            return
        now = self.monotonic()
        wait = max(self._barred.get(chat_id, 0.0) - now, 0.0)
        overall = max(self._overall, now)
        if limits.overall:
            wait = max(wait, overall - now - (limits.burst - 1) / limits.overall)
            overall += messages / limits.overall
        chat = max(self._chats.get(chat_id, 0.0), now)
        if limits.per_chat:
            wait = max(wait, chat - now - (limits.per_chat_burst - 1) / limits.per_chat)
            chat += messages / limits.per_chat
        if limits.per_group_minute and chat_id < 0:
            wait = max(wait, self._group_wait(chat_id, now))
        if wait > 1e-9:
            seconds = max(1, math.ceil(wait)) + limits.penalty
            if limits.penalty:
                self._barred[chat_id] = now + seconds
            raise too_many(seconds)
        self._overall, self._chats[chat_id] = overall, chat
        if chat_id < 0 and limits.per_group_minute:
            self._groups[chat_id].extend([now] * messages)

    def upload_wait(self, size: int) -> float:
        """How long an upload of that size is held back because others of exactly that size came before."""
        if not self.limits.spacing or size <= SPACED_UPLOAD:
            return 0.0
        now = self.monotonic()
        before = self._uploads.get(size, 0.0)
        if before > now + 5:
            raise too_many(5)
        gap = min(max(size * 1e-7, 0.2), 0.9)
        turn = self._uploads[size] = max(before + gap, now - 1.0)
        return max(turn - now, 0.0)

    def _group_wait(self, chat_id: int, now: float) -> float:
        sent = self._groups.setdefault(chat_id, deque())
        while sent and sent[0] <= now - 60:
            sent.popleft()
        return sent[0] + 60 - now if len(sent) >= self.limits.per_group_minute else 0.0
