"""One message to many, a process each: aiogram's own loop, our sender from memory, the same with the outbox."""

import argparse
import asyncio
import contextlib
import datetime as dt
import gc
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any

from benchmarks.far_end import FarEnd, rss_of
from bot.clock import Clock
from bot.services.outbox import Desk, Recipient
from storage import notices, occurrences, people
from storage.connect import opened
from storage.engine import Database
from storage.records import Person, PersonStatus, Role
from storage.sending import Claimed, End

TOKEN = "424242:BENCH-TOKEN-BENCH-TOKEN-BENCH"
IN_FLIGHT = 100
TEXT = "各位同事：本周六上午九点在社区中心开展文明交通志愿服务，请大家准时参加，感谢支持。"
DAY = dt.date(2026, 10, 14)


class Slowly(FarEnd):
    """A far end with a latency."""

    latency = 0.06

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        write, loop = transport.write, asyncio.get_running_loop()

        class Later:
            def write(self, data: bytes) -> None:
                loop.call_later(Slowly.latency, write, data)

        self.transport = Later()


async def far_end(latency: float) -> None:
    """A process of its own: its address on one line, then it answers."""
    Slowly.latency = latency
    server = await asyncio.get_running_loop().create_server(
        lambda: Slowly(lambda method, body: None), "127.0.0.1", 0, backlog=1024
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


# Subjects


async def bare(far: str, count: int, folder: str) -> tuple[float, float]:
    """aiogram as its documentation has it, a hundred at a time; nothing survives."""
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(far)))
    numbers = iter(range(1, count + 1))

    async def worker() -> None:
        for number in numbers:
            await bot.send_message(number, TEXT, parse_mode="HTML")

    await bot.send_message(1, TEXT)
    with measuring() as spent:
        await asyncio.gather(*(worker() for _ in range(IN_FLIGHT)))
    await bot.session.close()
    return spent[0], spent[1]


class Memory:
    """What the outbox does, kept nowhere."""

    moment = 0

    def __init__(self, count: int) -> None:
        self.left, self.count, self.ended = list(range(count, 0, -1)), count, 0
        self.done = asyncio.Event()
        self.facts: dict[str, Any] = {"text": TEXT}

    async def recover(self, now: dt.datetime) -> None: ...

    async def tidy(self, now: dt.datetime, put_back: dt.timedelta, in_hand: object) -> None: ...

    async def is_due(self, now: dt.datetime) -> bool:
        return self.ended < self.count

    async def exchange(self, ends: Sequence[End], room: int, now: dt.datetime) -> Sequence[Claimed]:
        self.left += [end.id for end in ends if end.state != "sent"]
        self.ended += sum(end.state == "sent" for end in ends)
        if self.ended == self.count:
            self.done.set()
        numbers = [self.left.pop() for _ in range(min(room, len(self.left)))]
        return [Claimed(n, None, n, "bench", self.facts, False, 1, None, 2) for n in numbers]

    async def look(self, rows: Sequence[Claimed]) -> dict[int, Recipient | str]:
        return {row.id: Recipient(row.id, None, row.kind, row.facts) for row in rows}


async def memory(far: str, count: int, folder: str) -> tuple[float, float]:
    """Our sender without the disk: the same loop, the same words, nothing survives."""
    source = Memory(count)
    return await send(far, source, source.done)


async def durable(far: str, count: int, folder: str) -> tuple[float, float]:
    """The whole way: SQLite with FULL, every claim and every end is committed."""
    async with opened(f"sqlite:///{folder}/wenming.db") as db:
        await crowd(db, count)
        await notice(db)
        done = asyncio.Event()

        class Counting(Desk):
            left = count

            async def exchange(self, ends: Sequence[End], room: int, now: dt.datetime) -> Sequence[Claimed]:
                claimed = await super().exchange(ends, room, now)
                self.left -= sum(end.state == "sent" for end in ends)
                if not self.left:
                    done.set()
                return claimed

        return await send(far, Counting(db, frozenset()), done)


async def notice(db: Database) -> None:
    """A notice to all of them, planned."""
    async with db.write() as tx:
        written = await tx.value(
            "INSERT INTO notices (author_user, authority, state, text, created_at) VALUES (1, 1, 'sending', ?, 0)"
            " RETURNING id",
            TEXT,
        )
        await tx.execute(
            "INSERT INTO notice_people (notice_id, person_id, department_id, fate)"
            " SELECT ?, id, department_id, 'send' FROM people",
            written,
        )
        number = await occurrences.take(tx, f"notice:{written}", DAY, 0, 10**15, canary=3)
        assert number is not None
        await notices.enqueue(tx, written, number, (0, 0), 2, round=1, free=False)


async def send(far: str, source: Any, done: asyncio.Event) -> tuple[float, float]:
    from zoneinfo import ZoneInfo

    from bot.pace import InHand
    from bot.sender import Sender
    from bot.telegram import Telegram
    from bot.views import pushes
    from bot.views.parts import Outgoing

    async def nothing(*_: object) -> None: ...

    pushes.VIEWS = {**pushes.VIEWS, "bench": lambda facts, t: Outgoing(facts["text"])}
    telegram = Telegram(far, TOKEN, 100_000)
    await telegram.open()
    clock = Clock(ZoneInfo("Asia/Shanghai"))
    sender = Sender(source, telegram, clock, InHand(), nothing, nothing, rate=100_000, language="zh")
    await telegram.call("getMe", {})
    with measuring() as spent:
        async with asyncio.TaskGroup() as tasks:
            run = tasks.create_task(sender.run())
            sender.wake()
            await done.wait()
            run.cancel()
    await telegram.close()
    return spent[0], spent[1]


@contextlib.contextmanager
def measuring() -> Any:
    """Seconds that went by, and CPU seconds of this process."""
    gc.collect()
    gc.freeze()
    spent: list[float] = []
    began, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    yield spent
    now = resource.getrusage(resource.RUSAGE_SELF)
    spent += [time.perf_counter() - began, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime]


async def crowd(db: Database, size: int) -> None:
    """So many bound people."""
    async with db.write() as tx:
        department = await tx.value("INSERT INTO departments (name, path) VALUES (?, ?) RETURNING id", "a", "a")
        new = [Person(0, f"B{n}", f"某{n}", "", department, Role.STAFF, PersonStatus.ACTIVE) for n in range(size)]
        await people.insert_many(tx, new, DAY)
        await tx.execute(
            "INSERT INTO accounts (user_id, chat_id, person_id, consent_version, seen_at) SELECT id, id, id, 1, 0"
            " FROM people"
        )


async def planning(far: str, count: int, folder: str) -> tuple[float, float]:
    """The snapshot of its audience and a message for everybody; what it takes in seconds and in MiB."""
    async with opened(f"sqlite:///{folder}/wenming.db") as db:
        await crowd(db, count)
        gc.collect()
        before, began = rss_of(os.getpid()), time.perf_counter()
        await notice(db)
        return time.perf_counter() - began, rss_of(os.getpid()) - before


SUBJECTS = {"bare": bare, "memory": memory, "durable": durable, "planning": planning}


# All together


@contextlib.asynccontextmanager
async def answering(latency: float) -> AsyncIterator[str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.broadcast", "far-end", str(latency), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(await process.stdout.readline())}"
    finally:
        process.kill()
        await process.wait()


async def one(name: str, far: str, count: int) -> tuple[float, float]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.broadcast", name, far, str(count), stdout=asyncio.subprocess.PIPE
    )
    try:
        out, _ = await asyncio.wait_for(process.communicate(), 600)
    except TimeoutError:
        process.kill()
        raise
    seconds, spent = json.loads(out.splitlines()[-1])
    return seconds, spent


async def broadcast(rounds: int, count: int, latency: float = 0.06) -> None:
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in ("bare", "memory", "durable")}
    async with answering(latency) as far:
        for _ in range(rounds):
            for name in found:
                found[name].append(await one(name, far, count))
    print(f"\n{count} messages, {latency * 1000:.0f} ms latency, pace off; {rounds} rounds, medians")
    print(" " * 14 + "".join(f"{name:>11}" for name in ("msg/s", "cpu us", "x memory", "cpu x bare")))
    for name, results in found.items():
        rates = [count / seconds for seconds, _ in results]
        cpu = [spent / count * 1e6 for _, spent in results]
        beside = [memory[0] / mine[0] for mine, memory in zip(results, found["memory"], strict=True)]
        cost = [mine[1] / bare[1] for mine, bare in zip(results, found["bare"], strict=True)]
        figures = (
            f"{statistics.median(rates):.0f}",
            f"{statistics.median(cpu):.0f}",
            f"{statistics.median(beside):.2f}",
            f"{statistics.median(cost):.2f}",
        )
        print(f"{name:14}" + "".join(f"{figure:>11}" for figure in figures))
    seconds, grown = await one("planning", "-", 100_000)
    print(f"planning for 100,000 people: {seconds:.2f} s, {grown:.0f} MiB more")


def main() -> None:
    """One subject in this process, for the process that measures all of them."""
    parser = argparse.ArgumentParser(prog="benchmarks.broadcast")
    parser.add_argument("subject", choices=[*SUBJECTS, "far-end"])
    parser.add_argument("far")
    parser.add_argument("count", type=int, nargs="?", default=0)
    chosen = parser.parse_args()
    if chosen.subject == "far-end":
        asyncio.run(far_end(float(chosen.far)))
        return
    with tempfile.TemporaryDirectory(prefix="wenming-bench-", dir=os.environ.get("BENCH_DIR")) as folder:
        print(json.dumps(asyncio.run(SUBJECTS[chosen.subject](chosen.far, chosen.count, folder))))


if __name__ == "__main__":
    main()
