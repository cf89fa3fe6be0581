"""Group robots: only the public internet is ever connected to, and nothing else waits for them."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from bot import mirror
from bot.files import ChildFailed, in_child
from bot.settings import WrongSettings, load


class Trap:
    """A server on this machine that counts who connects."""

    def __init__(self, family: int, host: str) -> None:
        self.socket = socket.create_server((host, 0), family=family)
        self.port = self.socket.getsockname()[1]
        self.visits = 0
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                visitor, _ = self.socket.accept()
            except OSError:
                return
            self.visits += 1
            visitor.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            visitor.close()

    def close(self) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self._thread.join()


@pytest.fixture
def trap() -> Iterator[Trap]:
    opened = Trap(socket.AF_INET, "127.0.0.1")
    yield opened
    opened.close()


ASKS_FOR_TROUBLE = """
import io, json, sys
from bot import mirror
for host in sys.argv[2:]:
    feed = json.dumps({"url": f"json://{host}:{sys.argv[1]}/", "title": "t", "body": "b"})
    print(host, mirror.post(io.BytesIO(feed.encode()))[0].decode())
"""
SPELLINGS = ["localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::ffff:127.0.0.1]", "0.0.0.0"]


async def test_this_machine_is_never_connected_to(trap: Trap) -> None:
    """Even if an address that only asks for trouble got past the settings."""
    feed = json.dumps({"url": f"json://127.0.0.1:{trap.port}/", "title": "t", "body": "b"}).encode()
    assert json.loads(await in_child("post", feed, 60, 512)) is False
    assert trap.visits == 0


def test_no_spelling_of_this_machine_is_ever_connected_to(trap: Trap) -> None:
    """One process for all of them: it takes a second to load the library."""
    command = [sys.executable, "-c", ASKS_FOR_TROUBLE, str(trap.port), *SPELLINGS]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told == [f"{host} false" for host in SPELLINGS]
    assert trap.visits == 0


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
     "64:ff9b::a00:1", "2002:a00:1::", "ff02::1"],
)  # fmt: skip
def test_an_address_inside_is_refused_however_it_is_wrapped(address: str) -> None:
    with pytest.raises(mirror.Private):
        mirror.check((address, 443))


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_a_public_address_is_let_through_over_https_only(address: str) -> None:
    mirror.check((address, 443))
    with pytest.raises(mirror.Private):
        mirror.check((address, 80))


def test_what_is_no_address_of_the_internet_is_refused() -> None:
    with pytest.raises(mirror.Private):
        mirror.check("/var/run/docker.sock")


PLAYS_THE_INTERNET = """
import io, json, socket, sys
from bot import mirror
allowed, url = int(sys.argv[1]), sys.argv[2]
def check(address):
    if address[1] != allowed:
        raise mirror.Private("elsewhere")
mirror.check = check
print(mirror.post(io.BytesIO(json.dumps({"url": url, "title": "t", "body": "b"}).encode()))[0].decode())
"""


def test_a_robot_that_answers_gets_the_text_and_one_that_sends_us_elsewhere_does_not_succeed(trap: Trap) -> None:
    """In a process of its own, whose internet is this one server."""
    heard: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))
    port = server.getsockname()[1]
    answers = [
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
        f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{trap.port}/\r\nContent-Length: 0\r\n\r\n".encode(),
    ]

    def serve() -> None:
        for answer in answers:
            visitor, _ = server.accept()
            with visitor:
                heard.append(visitor.recv(65536))
                visitor.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    told = [
        subprocess.run(
            [sys.executable, "-c", PLAYS_THE_INTERNET, str(port), f"json://127.0.0.1:{port}/"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for _ in answers
    ]
    thread.join()
    server.close()
    assert told == ["true", "false"]
    assert trap.visits == 0
    assert len(heard) == 2


async def test_what_is_no_request_of_ours_ends_the_child_and_nothing_else() -> None:
    with pytest.raises(ChildFailed):
        await in_child("post", b"nonsense", 60, 512)


def test_only_addresses_of_the_three_robots_are_settings() -> None:
    for wrong in (
        "json://127.0.0.1",
        "https://qyapi.weixin.qq.com/x",
        "wecombot://",
        "file:///etc/passwd",
        "mailto://a:b@c",
    ):
        with pytest.raises(WrongSettings) as problem:
            load(_env_file=None, mirror_urls=wrong)
        assert "MIRROR_URLS" in str(problem.value)
        assert wrong == "wecombot://" or wrong not in str(problem.value)
    given = load(_env_file=None, mirror_urls="wecombot://key, dingtalk://hush\nfeishu://hush")
    assert given.robots == ("wecombot://key", "dingtalk://hush", "feishu://hush")
    assert "hush" not in repr(given)


def test_each_kind_of_robot_is_one_that_the_library_knows() -> None:
    """In a process of its own: loading all that it knows warns of modules that will go."""
    code = (
        "import apprise\nfor url in ('wecombot://0a1b2c3d-key', 'dingtalk://token123', 'feishu://token-123'):\n"
        "    assert apprise.Apprise.instantiate(url).notify_url.startswith('https://'), url"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True)


def test_the_guard_is_what_the_library_connects_with() -> None:
    code = (
        "import io, json, socket\nfrom bot import mirror\n"
        "mirror.post(io.BytesIO(json.dumps({'url': 'json://127.0.0.1:1', 'title': '', 'body': 'b'}).encode()))\n"
        "assert socket.socket is mirror.Guarded"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert socket.socket is not mirror.Guarded
