"""The demo as somebody starts it who has never seen it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.demo import BLOCKED

# What may stand in the environment of a machine that has a bot already, or was set up for another language.
SURROUNDINGS = {
    "LANGUAGE": "fr_FR:fr",
    "DATABASE_URL": "nonsense",
    "WEBHOOK_URL": "https://example.org/hook",
    "TIMEZONE": "Nowhere",
    "LISTEN": "everywhere",
    "BOT_TOKEN_FILE": "/nowhere",
}


@contextmanager
def demo(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    (folder / "tmp").mkdir()
    (folder / ".env").write_text("OWNER_IDS=nobody\n")
    environment = {"PATH": os.environ["PATH"], "TMPDIR": str(folder / "tmp"), **SURROUNDINGS}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def get(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=10) as answer:
        body = answer.read().decode()
        return json.loads(body) if "json" in answer.headers["Content-Type"] else body


def test_it_takes_the_next_free_port_shows_its_page_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with demo(tmp_path, "--port", str(port)) as process:
            assert process.stdout and process.stderr
            line = process.stdout.readline()
            ready = re.fullmatch(r"demo ready: (http://127\.0\.0\.1:(\d+)/)\n", line)
            assert ready, line + process.stderr.read()
            assert port < int(ready[2]) < port + 20
            assert "<title>" in get(ready[1])
            people = get(f"{ready[1]}page/people")["people"]
            assert len(people) > 40
            leader, stranger = (next(p for p in people if p["role"] == role) for role in ("leader", "stranger"))
            assert [c["kind"] for c in get(f"{ready[1]}page/chats?as={leader['id']}")] == ["private", "group"]
            assert re.search(r"[A-Z]{2}\d{3}", stranger["note"])  # with this number one can try to register
            assert list((tmp_path / "tmp").iterdir())
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == 0
            assert process.stdout.read() == ""
            assert process.stderr.read() == ""
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.soak
def test_ctrl_c_while_it_starts_leaves_nothing_behind(tmp_path: Path) -> None:
    with demo(tmp_path, "--port", "20088") as process:
        while not list((tmp_path / "tmp").iterdir()):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert process.stderr and process.stderr.read() == ""
    assert list((tmp_path / "tmp").iterdir()) == []


def test_without_a_free_port_it_says_so(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 65535))
        taken.listen()
        with demo(tmp_path, "--port", "65535") as process:
            assert process.wait(20) == 1
            assert process.stderr and "65535" in process.stderr.read()


def test_on_any_free_port_whoever_presses_on_in_haste_jumps_over_no_message(tmp_path: Path) -> None:
    with demo(tmp_path, "--port", "0") as process:
        assert process.stdout
        ready = re.fullmatch(r"demo ready: (http://127\.0\.0\.1:(\d+)/)\n", process.stdout.readline())
        assert ready and int(ready[2]) > 1024
        page = f"{ready[1]}page/"
        staff = [one["id"] for one in get(f"{page}people")["people"] if one["role"] == "staff"]
        mornings = 0
        while not mornings:
            mornings += get(f"{page}clock")["next"]["title"] == "morning"
            press = urllib.request.Request(f"{page}clock", b'{"to": "next"}', {"Content-Type": "application/json"})
            urllib.request.urlopen(press, timeout=60).close()
        urllib.request.urlopen(press, timeout=60).close()  # and once more, so that the last has left
        got = []
        for person in staff:
            said = get(f"{page}chat?as={person}&chat={person}")["messages"]
            got.append(sum("今天做到了" in json.dumps(one, ensure_ascii=False) for one in said))
        assert got.count(0) == 2, "who is away and who has blocked the bot"
        assert got.count(1) <= len(BLOCKED), "who comes back to the bot just then may be too late for this morning"
        assert got.count(2) == len(got) - got.count(0) - got.count(1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
