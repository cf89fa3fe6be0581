"""The whole suite at DEBUG, and its bots' processes: no token, no name, nothing that anybody wrote is in the log."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.demo import demo_people
from tests.conftest import Say
from tests.flows.conftest import TOKEN

pytestmark = pytest.mark.soak
ROOT = Path(__file__).parent.parent
RUN = os.environ.get("SOAK_LOGGED", "tests/flows tests/e2e tests/storage")
SHORT = 6  # a Latin word of so many letters may stand in a log by chance


def telling(word: str) -> bool:
    """Whether it can be known again: not a command, not a number, not a word as short as any."""
    return not word.startswith("/") and (any("\u4e00" <= char <= "\u9fff" for char in word) or len(word) > SHORT)


def test_the_suite_leaves_nothing_in_the_log(tmp_path: Path, say: Say) -> None:
    command = [sys.executable, "-m", "pytest", "-n", "2", "-p", "tests.eavesdrop", "--timeout", "600"]
    done = subprocess.run(
        [*command, *RUN.split()],
        cwd=ROOT,
        env=os.environ | {"EAVESDROP": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    # Without its moment a line is the same as thousands of others.
    lines = lines_of(tmp_path, "log")
    log = "\n".join({line.partition(" ")[2] for line in lines})
    heard = {word for line in lines_of(tmp_path, "said") for word in json.loads(line)}
    said = {part for word in heard for part in (word, *word.split()) if telling(part)}
    said |= {person.name for person in demo_people()} | {person.staff_number for person in demo_people()}
    assert len(lines) > 100 and len(said) > 100
    assert TOKEN not in log
    assert sorted(word for word in said if word in log) == []
    say(run=done.stdout.strip().splitlines()[-1], lines=len(lines), words=len(said), leaks=0)


def lines_of(folder: Path, kind: str) -> list[str]:
    """Of all processes; JSON has no line of its own for U+2028, so only line feeds part lines."""
    return [line for path in folder.glob(f"{kind}-*") for line in path.read_text("utf-8").split("\n") if line]
