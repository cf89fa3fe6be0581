"""Logs for operators: the cause, never a token, a body or a name."""

import logging
import re
import traceback
from collections.abc import Iterable
from types import TracebackType
from typing import Any
from urllib.parse import quote

import structlog

TOKEN = re.compile(r"\d{5,}(:|%3A)[A-Za-z0-9_-]{20,}", re.IGNORECASE)
# Python puts into the words of these what could not be read, which may be what somebody wrote.
QUOTING = (LookupError, ValueError, AssertionError, StopIteration)
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


SHORTEST = 4  # what is shorter stands in every other word


def redacting(secrets: Iterable[str] = ()) -> Any:
    """Cut bot tokens and these secrets out of everything that is logged, tracebacks included."""
    written = {form for one in secrets if len(one) >= SHORTEST for form in (one, quote(one, safe=""))}
    known = re.compile("|".join(re.escape(one) for one in sorted(written, key=len, reverse=True)) or r"(?!)")

    def without(value: Any) -> Any:
        if value is None or isinstance(value, bool | int | float | logging.LogRecord):
            return value
        return known.sub("<secret>", TOKEN.sub("<token>", value if isinstance(value, str) else str(value)))

    def redact(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
        return {key: without(value) for key, value in event.items()}

    return redact


def traced(exc_info: ExcInfo) -> str:
    return "\n".join(_lines(exc_info[1])).rstrip()


def _lines(error: BaseException) -> list[str]:
    """Where it happened and of what kind it is, those before and within it too; its words unless they may quote."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [*_lines(before), "", "and then:", ""] if before is not None else []
    lines += ["Traceback (most recent call last):"]
    lines += [line.rstrip("\n") for line in traceback.format_tb(error.__traceback__)]
    lines.append(f"{type(error).__module__}.{type(error).__qualname__}{_words(error)}".removeprefix("builtins."))
    for one in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        lines += ["  | " + line for line in _lines(one)]
    return lines


def _words(error: BaseException) -> str:
    """What an error says, unless it may quote what somebody wrote; of PostgreSQL's, which quotes rows, the code."""
    if code := getattr(error, "sqlstate", None):
        return f": {code} {getattr(error, 'constraint_name', None) or ''}".rstrip()
    return "" if isinstance(error, QUOTING) or not str(error) else f": {error}"


def last_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """In place of sys.excepthook: what ends the program is redacted like everything else."""
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("wenming").critical("the program has ended", exc_info=(kind, error, trace))


def configure(level: str, form: str, secrets: Iterable[str] = ()) -> None:
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(traced),
        redacting(secrets),
    ]
    last = structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last]
    )
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # These tell what people sent (aiogram) or every request (aiohttp.access): not for a log.
    for name in ("aiogram", "aiohttp.access"):
        logging.getLogger(name).setLevel(logging.WARNING)
