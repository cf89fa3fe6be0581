"""A plugin of pytest (-p tests.eavesdrop): all that is logged at DEBUG, and all that people are called and have said.

Into two files below EAVESDROP. Used by the soak of the logs, which runs the dialogues with it.
"""

import functools
import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot import logs
from bot.sandbox.world import World

HEARD = ("add_user", "say", "edit", "send_document", "send_photo")


def pytest_configure(config: pytest.Config) -> None:
    folder = Path(os.environ["EAVESDROP"])
    logs.configure("DEBUG", "console")  # in JSON a Chinese name would not be read as one
    (handler,) = logging.getLogger().handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream((folder / "log").open("a", encoding="utf-8", errors="backslashreplace"))
    said = (folder / "said").open("a", encoding="utf-8")
    for name in HEARD:
        setattr(World, name, _noted(getattr(World, name), lambda words: said.write(json.dumps(words) + "\n")))


def _noted(act: Callable[..., Any], note: Callable[[list[str]], object]) -> Callable[..., Any]:
    @functools.wraps(act)
    def noting(*args: Any, **kwargs: Any) -> Any:
        note([word for word in (*args, *kwargs.values()) if isinstance(word, str)])
        return act(*args, **kwargs)

    return noting
