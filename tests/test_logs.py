"""What stands in a log: the cause, and neither the token nor what people are called or have written."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.logs import configure, traced
from bot.settings import Settings

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


def test_every_secret_of_the_settings_is_cut_out_whatever_it_looks_like(capsys: pytest.CaptureFixture[str]) -> None:
    """A token of another server, a key, a password, a robot's address: none of them has a form to be known by."""
    canaries = {
        "bot_token": "42:canary1",
        "webhook_secret": "canary2",
        "backup_key": "canary3 +/",
        "mirror_urls": "feishu://canary4",
        "database_url": "postgresql://bot:canary5%40x@host/db",
    }
    found = Settings(_env_file=None, **canaries)
    configure("DEBUG", "console", found.secrets)
    for words in (*canaries.values(), "canary3%20%2B%2F", "canary4", "canary5@x"):
        logging.getLogger("leak").error("it was %s", words, exc_info=(OSError, OSError(words), None))
    text = capsys.readouterr().err
    assert "canary" not in text and text.count("<secret>") >= 16


def test_what_postgresql_quotes_of_a_row_is_not_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    error = asyncpg.UniqueViolationError(f'invalid input "{WRITTEN}"')
    error.detail, error.constraint_name = f"Key (name)=({WRITTEN}) already exists.", "people_staff_number_key"
    configure("DEBUG", "console")
    logging.getLogger("leak").error("update 5 failed", exc_info=(type(error), error, None))
    text = capsys.readouterr().err
    assert "张伟" not in text and "UniqueViolationError: 23505 people_staff_number_key" in text


def test_what_ends_the_program_is_redacted_as_well(tmp_path: Path) -> None:
    fail = "async def fail(self): raise RuntimeError(self.settings.token)"
    begin = "import sys\nfrom bot.lazy_aiogram import import_aiogram\nimport_aiogram()"
    run = f"{fail}\n{begin}\nfrom bot import app, __main__\napp.App.run = fail\nsys.exit(__main__.main(['run']))"
    env = {**os.environ, "BOT_TOKEN": TOKEN, "OWNER_IDS": "1", "DATABASE_URL": f"sqlite:///{tmp_path}/x.db"}
    done = subprocess.run([sys.executable, "-c", run], env=env, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1 and "RuntimeError: <token>" in done.stderr
    assert "canary" not in done.stderr


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
