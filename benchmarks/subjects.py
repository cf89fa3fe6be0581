"""What is measured: a process each, the floor, stock aiogram, and ours."""

import asyncio
import datetime as dt
import gc
import json
import os
import sys
import tempfile
from typing import Any

from benchmarks.far_end import FIRST_USER, USERS
from storage import departments, people
from storage.engine import Database
from storage.records import Person, PersonStatus, Role

SECRET = "bench-secret"
TOKEN = "424242:BENCH-TOKEN-BENCH-TOKEN-BENCH"


async def floor(far: str, port: int) -> None:
    """A bare aiohttp handler that answers with one call."""
    import aiohttp
    from aiohttp import web

    session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=100))

    async def answer(chat_id: int) -> None:
        body = json.dumps({"chat_id": chat_id, "text": "ok"}).encode()
        async with session.post(
            f"{far}/bot{TOKEN}/sendMessage", data=body, headers={"Content-Type": "application/json"}
        ) as reply:
            await reply.read()

    async def hook(request: web.Request) -> web.Response:
        update = json.loads(await request.read())
        await answer(update["callback_query"]["message"]["chat"]["id"])
        return web.Response()

    server = web.Application()
    server.router.add_post("/hook", hook)
    await _serve(server, port)


async def stock(far: str, port: int, *, freeze: bool) -> None:
    """aiogram as its documentation sets it up: an echo, nothing stored."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import CallbackQuery
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler
    from aiohttp import web

    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(far)))
    dispatcher = Dispatcher()

    @dispatcher.callback_query()
    async def echo(query: CallbackQuery) -> None:
        await bot.send_message(query.from_user.id, "ok")

    server = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(server, "/hook")
    if freeze:
        gc.collect()
        gc.freeze()
    await _serve(server, port)


async def ours(far: str, port: int) -> None:
    """The whole bot by webhook: the press is stored, its effect committed with FULL, then answered."""
    from bot.lazy_aiogram import import_aiogram

    import_aiogram()  # as `wenming run` begins
    from bot import logs
    from bot.app import App
    from bot.settings import load

    logs.configure("WARNING", "console")
    with tempfile.TemporaryDirectory(prefix="wenming-bench-", dir=os.environ.get("BENCH_DIR")) as folder:
        settings = load(
            _env_file=None,
            bot_token=TOKEN,
            bot_api_url=far,
            database_url=f"sqlite:///{folder}/wenming.db",
            owner_ids="1",
            listen=f"127.0.0.1:{port}",
            webhook_url=f"http://127.0.0.1:{port}/hook",
            webhook_secret=SECRET,
            rate_per_second="100000",
        )
        # In a process of its own: what making the data takes is no memory of the bot's.
        maker = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.subjects", "seed", settings.database_url, "0"
        )
        assert await maker.wait() == 0
        await App(settings).run()


async def seed(url: str) -> None:
    """The demo unit and USERS people beside it."""
    from bot import demo
    from bot.settings import load
    from storage.connect import opened

    now = dt.datetime.now(load(_env_file=None, bot_token=TOKEN, owner_ids="1").zone)
    async with opened(url) as db:
        await demo.seed(db, now)
        await _crowd(db, now)


async def ours_on_a_slow_disk(far: str, port: int) -> None:
    """The same with 4 ms more for every commit, which has one fsync: an ordinary cloud disk."""
    import time

    import apsw

    class Slow(apsw.Connection):
        def execute(self, statements: str, *args: Any, **more: Any) -> apsw.Cursor:
            if statements == "COMMIT":
                time.sleep(0.004)
            return super().execute(statements, *args, **more)

    apsw.Connection = Slow
    await ours(far, port)


async def _crowd(db: Database, now: dt.datetime) -> None:
    """USERS bound people beside the demo unit, each with a draft that waits for its press: draft n is user n's."""
    async with db.write() as tx:
        department = (await departments.list_all(tx))[0].id
        new = [Person(0, f"B{n}", f"某{n}", "", department, Role.STAFF, PersonStatus.ACTIVE) for n in range(USERS)]
        await people.insert_many(tx, new, now.date())
        ids = {p.staff_number: p.id for p in await people.list_all(tx)}
        await tx.executemany(
            "INSERT INTO accounts (user_id, chat_id, person_id, consent_version, seen_at) VALUES (?, ?, ?, 1, 0)",
            [(FIRST_USER + n, FIRST_USER + n, ids[f"B{n}"]) for n in range(USERS)],
        )
        draft = {"date": now.date().isoformat(), "minutes": 120, "starts": None, "ends": None, "text": "社区清扫"}
        await tx.executemany(
            "INSERT INTO checkin_drafts (id, user_id, facts, at) VALUES (?, ?, ?, 0)",
            [
                (n, n, json.dumps({**draft, "supersedes": None, "source": f"{n}/1"}))
                for n in range(FIRST_USER, FIRST_USER + USERS)
            ],
        )


async def _serve(server: object, port: int) -> None:
    from aiohttp import web

    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


SUBJECTS = {
    "seed": lambda url, _: seed(url),
    "floor": floor,
    "stock": lambda far, port: stock(far, port, freeze=False),
    "stock-frozen": lambda far, port: stock(far, port, freeze=True),
    "ours": lambda far, port: ours(far, port),
    "ours-slow-disk": lambda far, port: ours_on_a_slow_disk(far, port),
}

if __name__ == "__main__":
    run = SUBJECTS[sys.argv[1]](sys.argv[2], int(sys.argv[3]))
    asyncio.run(run)
