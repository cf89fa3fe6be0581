"""Every dialogue of the suite at DEBUG: no token, no name, nothing that anybody wrote is in the log."""

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
RUN = os.environ.get("SOAK_LOGGED", "tests/flows")
SHORT = 5  # a Latin word of so many letters may stand in a log by chance


def telling(word: str) -> bool:
    """Whether it can be known again: not a command, not a number, not a word as short as any."""
    return not word.startswith("/") and (any("\u4e00" <= char <= "\u9fff" for char in word) or len(word) > SHORT)


def test_the_dialogues_leave_nothing_in_the_log(tmp_path: Path, say: Say) -> None:
    command = [sys.executable, "-m", "pytest", "-p", "tests.eavesdrop", "--timeout", "600"]
    done = subprocess.run(
        [*command, *RUN.split()],
        cwd=ROOT,
        env=os.environ | {"EAVESDROP": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    log = (tmp_path / "log").read_text("utf-8")
    lines = (tmp_path / "said").read_text("utf-8").splitlines()
    said = {part for line in lines for word in json.loads(line) for part in (word, *word.split()) if telling(part)}
    said |= {person.name for person in demo_people()} | {person.staff_number for person in demo_people()}
    assert len(log.splitlines()) > 100 and len(said) > 100
    assert TOKEN not in log
    assert sorted(word for word in said if word in log) == []
    say(run=done.stdout.strip().splitlines()[-1], lines=len(log.splitlines()), words=len(said), leaks=0)
