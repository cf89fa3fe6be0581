"""What stands in a log: the cause, and neither the token nor what people are called or have written."""

import json
import logging
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.logs import configure, traced

TOKEN = "7654321:AAF-canary_of_a_token_that_nobody_may_see"
WRITTEN = "13800138000 张伟的身份证"


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """The root logger as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def fail(kind: type[Exception], words: str) -> None:
    raise kind(words)


def leak() -> None:
    """Every way in which something gets into a log."""
    log = logging.getLogger("leak")
    log.info("called https://api.telegram.org/bot%s/getMe", TOKEN)
    log.info("escaped %s", TOKEN.replace(":", "%3A"))
    log.warning(f"message {TOKEN}")
    log.error("an object %s", {"url": TOKEN})
    try:
        try:
            fail(OSError, f"cannot connect to /bot{TOKEN}/sendMessage")
        except OSError as error:
            raise ExceptionGroup("two", [error, RuntimeError(TOKEN)]) from KeyError(TOKEN)
    except ExceptionGroup as group:
        log.exception("it failed: %s", group.exceptions[0])
    try:
        raise RuntimeError("outer")
    except RuntimeError:
        log.error("with a stack", exc_info=True, stack_info=True)
    for kind in (ValueError, KeyError, UnicodeError, AssertionError):
        try:
            fail(kind, WRITTEN) if kind is not UnicodeError else WRITTEN.encode("ascii")
        except Exception as error:
            log.error("update %s failed", 5, exc_info=error)
    logging.getLogger("aiogram.event").info("Update from %s", WRITTEN)


@pytest.mark.parametrize("form", ["console", "json"])
def test_the_token_is_cut_out_of_everything(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure("DEBUG", form)
    leak()
    text = capsys.readouterr().err
    assert "canary" not in text and text.count("<token>") >= 7
    assert "it failed" in text and "OSError" in text and "RuntimeError" in text, "the cause is still there"


@pytest.mark.parametrize("form", ["console", "json"])
def test_what_somebody_wrote_is_not_quoted_by_an_error(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure("DEBUG", form)
    leak()
    text = capsys.readouterr().err
    for piece in ("13800138000", "张伟", "身份证", "\\u5f20"):
        assert piece not in text
    assert "ValueError" in text and "update 5 failed" in text and "test_logs.py" in text, "where it was is still there"


def test_each_line_of_a_json_log_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO", "json")
    leak()
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert {"event", "level", "logger", "timestamp"} <= set(lines[0])
    assert lines[0]["event"] == "called https://api.telegram.org/bot<token>/getMe"
    assert any("Traceback" in line.get("exception", "") for line in lines)


def test_the_level_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    configure("ERROR", "json")
    leak()
    assert {json.loads(line)["level"] for line in capsys.readouterr().err.splitlines()} == {"error"}


@settings(deadline=None)
@given(st.text(max_size=50))
def test_no_error_is_too_odd_to_be_traced(words: str) -> None:
    for kind in (RuntimeError, ValueError, KeyError):
        try:
            fail(kind, words)
        except (RuntimeError, LookupError, ValueError) as error:
            text = traced((kind, error, error.__traceback__))
            assert "in fail" in text and text.splitlines()[0] == "Traceback (most recent call last):"
