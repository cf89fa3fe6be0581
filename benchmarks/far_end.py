"""The load and the far end in one process: updates in by webhook, method calls out, both seen by the same clock."""

import asyncio
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

OK = json.dumps({"ok": True, "result": {"message_id": 7, "date": 1, "chat": {"id": 1, "type": "private"}}}).encode()
ME = json.dumps({"ok": True, "result": {"id": 42, "is_bot": True, "first_name": "b", "username": "bench_bot"}}).encode()
CHAT = re.compile(rb"chat_id\W+?(?:\r\n\r\n)?(\d+)")
FIRST_USER = 10_000
USERS = 20_000
DONE = b'{"ok":true,"result":true}'


class FarEnd(asyncio.Protocol):
    """As little of HTTP as a Bot API client needs: read a request, note its chat, answer at once."""

    heard: Callable[[str, bytes], None]

    def __init__(self, heard: Callable[[str, bytes], None]) -> None:
        self.heard = heard
        self.buffer = b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end]
            lower = head.lower()
            at = lower.find(b"content-length:")
            length = int(lower[at + 15 : lower.find(b"\r", at) if lower.find(b"\r", at) > 0 else None]) if at > 0 else 0
            if b"transfer-encoding: chunked" in lower:
                stop = self.buffer.find(b"0\r\n\r\n", end)
                if stop < 0:
                    return
                body, self.buffer = self.buffer[end + 4 : stop], self.buffer[stop + 5 :]
            else:
                if len(self.buffer) < end + 4 + length:
                    return
                body, self.buffer = self.buffer[end + 4 : end + 4 + length], self.buffer[end + 4 + length :]
            method = head.split(b" ", 2)[1].rsplit(b"/", 1)[1].decode()
            answer = ME if method == "getMe" else OK if method.startswith(("send", "edit")) else DONE
            self.transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                % (len(answer), answer)
            )
            self.heard(method, body)


@dataclass
class Measured:
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    lost: int = 0

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    @property
    def cpu_us(self) -> float:
        return self.cpu_seconds / max(1, len(self.latencies)) * 1e6

    def quantile(self, q: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(q * len(ordered)))] * 1000 if ordered else float("nan")


def cpu_of(pid: int) -> float:
    """CPU seconds of a process so far, all its threads, user and system."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def rss_of(pid: int) -> float:
    """Resident MiB."""
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024


class Load:
    """Users who press and wait for the answer, over keep-alive connections to the webhook."""

    def __init__(self, port: int, path: str, secret: str, make_update: Callable[[int, int], dict[str, Any]]) -> None:
        self.port, self.path, self.secret, self.make_update = port, path, secret, make_update
        self.waiting: dict[int, asyncio.Future[None]] = {}
        self.number = 0

    def heard(self, method: str, body: bytes) -> None:
        """A reply has arrived: its chat is the user who waits."""
        if not method.startswith(("send", "edit")):
            return
        found = CHAT.search(body)
        future = self.waiting.get(int(found[1])) if found else None
        if future is not None and not future.done():
            future.set_result(None)

    async def _post(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, update: dict[str, Any]) -> None:
        body = json.dumps(update).encode()
        writer.write(
            (
                f"POST {self.path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                f"X-Telegram-Bot-Api-Secret-Token: {self.secret}\r\nContent-Length: {len(body)}\r\n\r\n"
            ).encode()
            + body
        )
        head = await reader.readuntil(b"\r\n\r\n")
        lower = head.lower()
        if b"chunked" in lower:
            await reader.readuntil(b"0\r\n\r\n")
        elif (at := lower.find(b"content-length:")) >= 0:
            await reader.readexactly(int(lower[at + 15 :].split(b"\r", 1)[0]))

    async def _one(self, reader: Any, writer: Any, into: Measured) -> None:
        self.number += 1
        user = FIRST_USER + self.number % USERS  # each chat may have one message a second, so the presses go round
        self.waiting[user] = asyncio.get_running_loop().create_future()
        begun = time.perf_counter()
        await self._post(reader, writer, self.make_update(self.number, user))
        try:
            await asyncio.wait_for(self.waiting[user], 10)
            into.latencies.append(time.perf_counter() - begun)
        except TimeoutError:
            into.lost += 1

    async def closed(self, pid: int, users: int, seconds: float) -> Measured:
        """So many users, each pressing again as soon as he has his answer."""
        measured = Measured()
        end = time.perf_counter() + seconds

        async def user() -> None:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            while time.perf_counter() < end:
                await self._one(reader, writer, measured)
            writer.close()

        cpu, begun = cpu_of(pid), time.perf_counter()
        await asyncio.gather(*(user() for _ in range(users)))
        measured.seconds, measured.cpu_seconds = time.perf_counter() - begun, cpu_of(pid) - cpu
        return measured

    async def open_loop(self, pid: int, rate: float, seconds: float) -> Measured:
        """So many presses a second whatever the answers do."""
        measured = Measured()
        links = [await asyncio.open_connection("127.0.0.1", self.port) for _ in range(64)]
        free: asyncio.Queue[tuple[Any, Any]] = asyncio.Queue()
        for link in links:
            free.put_nowait(link)
        tasks = []
        cpu, begun = cpu_of(pid), time.perf_counter()

        async def press() -> None:
            reader, writer = await free.get()
            await self._one(reader, writer, measured)
            free.put_nowait((reader, writer))

        for number in range(int(rate * seconds)):
            wait = begun + number / rate - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            tasks.append(asyncio.create_task(press()))
        await asyncio.gather(*tasks)
        measured.seconds, measured.cpu_seconds = time.perf_counter() - begun, cpu_of(pid) - cpu
        for _, writer in links:
            writer.close()
        return measured
