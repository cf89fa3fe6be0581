"""A plugin of pytest (-p tests.eavesdrop): all that is logged at DEBUG, and all that people are called and have said.

Into files below EAVESDROP, a log and what was said for each process. Used by the soak of the logs, which runs the
suite with it.
"""

import functools
import json
import logging
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import storage.postgres
import storage.sqlite
from bot import logs
from bot.sandbox.world import World

HEARD = ("add_user", "say", "edit", "send_document", "send_photo")
STORED = ("execute", "fetch", "executemany")
CHINESE = re.compile("[\u4e00-\u9fff]{2,}")


class Ear:
    """What this process of the tests has heard."""

    def __init__(self, folder: Path) -> None:
        logs.configure("DEBUG", "console")  # in JSON a Chinese name would not be read as one
        (handler,) = logging.getLogger().handlers
        assert isinstance(handler, logging.StreamHandler)
        self.handler, self.log = handler, self.open(folder / f"log-{os.getpid()}")
        self.said = self.open(folder / f"said-{os.getpid()}")
        handler.setStream(self.log)
        for name in HEARD:
            setattr(World, name, _noted(getattr(World, name), self.note))
        for connection in (storage.sqlite._Connection, storage.postgres._Connection):
            for name in STORED:
                setattr(connection, name, _noted(getattr(connection, name), self.note_chinese))

    @staticmethod
    def open(path: Path) -> Any:
        return path.open("a", buffering=1, encoding="utf-8", errors="backslashreplace")

    def note(self, words: list[str]) -> None:
        self.said.write(json.dumps(words) + "\n")

    def note_chinese(self, words: list[str]) -> None:
        """Of what is written to a database: statements, states and kinds may stand in a log."""
        if found := [run for word in words for run in CHINESE.findall(word)]:
            self.note(found)

    def listen(self) -> None:
        """A test before may have set up a log of its own."""
        logging.getLogger().handlers[:] = [self.handler]
        logging.getLogger().setLevel(logging.DEBUG)


EARS: list[Ear] = []


def pytest_configure(config: pytest.Config) -> None:
    EARS.append(Ear(Path(os.environ["EAVESDROP"])))


def pytest_runtest_setup(item: pytest.Item) -> None:
    EARS[0].listen()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Bots that run as processes of their own say all, too, and their last words are kept with the rest."""
    if "tests.e2e.conftest" not in sys.modules:
        return
    rig: Any = sys.modules["tests.e2e.conftest"].Rig
    spawn, close = rig.spawn, rig.close

    def loudly(self: Any, *arguments: str, **given: Any) -> Any:
        bot = spawn(self, *arguments, **{"LOG_LEVEL": "DEBUG"} | given)
        if arguments in ((), ("run",)):  # what other commands say on the terminal is an answer, no log
            self.__dict__.setdefault("loud", []).append(bot)
        return bot

    async def kept(self: Any) -> None:
        await close(self)
        for bot in self.__dict__.get("loud", ()):
            EARS[0].log.write(bot.log)

    rig.spawn, rig.close = loudly, kept


def _noted(act: Callable[..., Any], note: Callable[[list[str]], object]) -> Callable[..., Any]:
    @functools.wraps(act)
    def noting(*args: Any, **kwargs: Any) -> Any:
        args = tuple(list(one) if isinstance(one, Iterator) else one for one in args)
        note([*_strings((*args, *kwargs.values()))])
        return act(*args, **kwargs)

    return noting


def _strings(values: Any) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | tuple):
            yield from _strings(value)
