"""Whoever reads what the program prints may go away before it has ended: wenming doctor | head -1."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

DONE, FAILED = 0, 1
ENOUGH = {"BOT_TOKEN": "4:A", "OWNER_IDS": "9", "BOT_API_URL": "http://127.0.0.1:9"}
WENMING = "import sys; from bot.__main__ import main; sys.exit(main(sys.argv[1:]))"


@pytest.mark.parametrize("at_once", ["", "1"])
@pytest.mark.parametrize("arguments", [["doctor"], ["--help"], ["import-roster", "nothing.xlsx"]])
def test_a_reader_that_has_gone_away_ends_it_quietly(arguments: list[str], at_once: str, tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", WENMING, *arguments],
        stdout=write,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=tmp_path,
        env=ENOUGH | {"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": at_once},
        timeout=60,
    )
    os.close(write)
    assert "Broken" not in done.stderr and "Traceback" not in done.stderr
    assert done.returncode in (DONE, FAILED)  # argparse lets go of a help that nobody reads
