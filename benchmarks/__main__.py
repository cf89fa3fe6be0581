"""`make bench`: prints what it measured, ratios within this run."""

import argparse
import asyncio
import socket
import statistics
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from benchmarks.broadcast import broadcast
from benchmarks.far_end import FarEnd, Load, Measured, rss_of
from benchmarks.subjects import SECRET


def press(number: int, user: int) -> dict[str, Any]:
    """A press of a button, as Telegram sends it."""
    who = {"id": user, "is_bot": False, "first_name": "张", "last_name": "伟", "language_code": "zh-hans"}
    chat = {"id": user, "first_name": "张", "last_name": "伟", "type": "private"}
    bot = {"id": 424242, "is_bot": True, "first_name": "b", "username": "bench_bot"}
    message = {"message_id": 5, "from": bot, "chat": chat, "date": 1_790_000_000, "text": "…"}
    query = {"id": str(number), "from": who, "message": message, "chat_instance": "1", "data": f"cd:yes:{user}"}
    return {"update_id": number, "callback_query": query}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def subject(name: str, load_holder: list[Load]) -> AsyncIterator[tuple[Load, int]]:
    port = free_port()
    load = Load(port, "/hook", SECRET, press)
    load_holder[:] = [load]
    server = await asyncio.get_running_loop().create_server(lambda: FarEnd(load.heard), "127.0.0.1", 0)
    far = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "benchmarks.subjects", name, far, str(port))
    try:
        for _ in range(400):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                break
            except OSError:
                await asyncio.sleep(0.1)
        await asyncio.sleep(0.5)
        yield load, process.pid
    finally:
        process.kill()
        await process.wait()
        server.close()


async def once(name: str, seconds: float) -> dict[str, Any]:
    async with subject(name, []) as (load, pid):
        memory = rss_of(pid)
        await load.closed(pid, 64, 1.0)
        closed: Measured = await load.closed(pid, 64, seconds)
        calm: Measured = await load.open_loop(pid, 200, seconds)
        return {
            "rate": closed.rate,
            "p50": closed.quantile(0.5),
            "p99": closed.quantile(0.99),
            "cpu": closed.cpu_us,
            "calm50": calm.quantile(0.5),
            "calm99": calm.quantile(0.99),
            "rss": memory,
            "lost": closed.lost + calm.lost,
        }


async def webhook(rounds: int, seconds: float, names: list[str]) -> None:
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            found[name].append(await once(name, seconds))
    print(f"press by webhook, 64 users closed loop, then 200/s; {rounds} rounds of {seconds:.0f} s, medians")
    head = ("upd/s", "x floor", "cpu us", "floor/cpu", "p50", "p99", "200/s p50", "p99", "MiB", "lost")
    print(" " * 14 + "".join(f"{name:>11}" for name in head))
    for name, results in found.items():
        middle = {key: statistics.median(r[key] for r in results) for key in results[0]}
        against = [(r["rate"] / f["rate"], f["cpu"] / r["cpu"]) for r, f in zip(results, found["floor"], strict=True)]
        figures = (
            f"{middle['rate']:.0f}",
            f"{statistics.median(a for a, _ in against):.2f}",
            f"{middle['cpu']:.0f}",
            f"{statistics.median(b for _, b in against):.2f}",
            *(f"{middle[key]:.1f}" for key in ("p50", "p99", "calm50", "calm99")),
            f"{middle['rss']:.0f}",
            f"{middle['lost']:.0f}",
        )
        print(f"{name:14}" + "".join(f"{figure:>11}" for figure in figures))
    if "ours" in found and "ours-slow-disk" in found:
        pairs = zip(found["ours-slow-disk"], found["ours"], strict=True)
        print(f"rate with 4 ms more a commit: x {statistics.median(s['rate'] / f['rate'] for s, f in pairs):.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--subjects", default="floor,stock,stock-frozen,ours,ours-slow-disk")
    parser.add_argument("--parts", default="webhook,broadcast")
    parser.add_argument("--messages", type=int, default=10_000)
    chosen = parser.parse_args()
    if "webhook" in chosen.parts:
        asyncio.run(webhook(chosen.rounds, chosen.seconds, chosen.subjects.split(",")))
    if "broadcast" in chosen.parts:
        asyncio.run(broadcast(chosen.rounds, chosen.messages))


if __name__ == "__main__":
    main()
