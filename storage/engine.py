"""The one seam to a database: open by URL, read snapshots, write one at a time with group commit."""

import asyncio
import contextlib
import functools
import logging
from collections import deque
from collections.abc import AsyncIterator, Iterable, Sequence
from types import TracebackType
from typing import Any, Protocol, Self

log = logging.getLogger("storage")

Row = tuple[Any, ...]
GROUP_LIMIT = 256  # use cases in one commit at the most


class Unavailable(Exception):
    """The database could not keep what was written (disk full, locked, connection gone); nothing of it is stored."""


class Tx(Protocol):
    """One open transaction. Placeholders are `?` on both databases; integers, text and None are the only types."""

    dialect: str

    async def fetch(self, sql: str, *args: Any) -> list[Row]: ...
    async def execute(self, sql: str, *args: Any) -> int:
        """Run one statement and say how many rows it changed."""
        ...

    async def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None: ...

    async def row(self, sql: str, *args: Any) -> Row | None:
        rows = await self.fetch(sql, *args)
        return rows[0] if rows else None

    async def value(self, sql: str, *args: Any) -> Any:
        rows = await self.fetch(sql, *args)
        return rows[0][0] if rows else None


class Session(Tx, Protocol):
    """What the writer drives: a transaction with its own beginning and end."""

    async def begin(self) -> None: ...
    async def commit(self) -> None: ...
    async def rollback(self) -> None: ...


class _Turn:
    """One use case in the writer's queue: `async with db.write() as tx`."""

    __slots__ = ("committed", "finished", "granted", "writer")

    def __init__(self, writer: "Writer") -> None:
        loop = asyncio.get_running_loop()
        self.writer = writer
        self.granted: asyncio.Future[Session] = loop.create_future()
        self.finished: asyncio.Future[bool] = loop.create_future()
        self.committed: asyncio.Future[None] = loop.create_future()

    async def __aenter__(self) -> Session:
        self.writer.enqueue(self)
        try:
            session = await self.granted
        except BaseException:
            self.finished.set_result(False)
            raise
        try:
            await session.execute("SAVEPOINT use_case")
        except BaseException as broken:
            self.finished.set_exception(_spoilt(broken))
            raise
        return session

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        session = self.granted.result()
        try:
            if error is not None:
                await session.execute("ROLLBACK TO SAVEPOINT use_case")
            await session.execute("RELEASE SAVEPOINT use_case")
        except BaseException as broken:
            self.finished.set_exception(_spoilt(broken))
            raise
        self.finished.set_result(error is None)
        if error is None:
            # Shielded: a cancelled caller must not take its neighbours' commit with it.
            await asyncio.shield(self.committed)


def _spoilt(broken: BaseException) -> Exception:
    """What the writer hears of a transaction in an unknown state. It must not take a caller's end for its own."""
    return broken if isinstance(broken, Exception) else Unavailable("a use case was given up half-way")


class Writer:
    """The only one who writes in this process. Use cases that wait together share one transaction; each is a savepoint
    in it and hears of its own success only after the commit."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._queue: deque[_Turn] = deque()
        self._wanted = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._closing = False
        self.commits = 0

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run(), name="database writer")

    def write(self) -> _Turn:
        return _Turn(self)

    def enqueue(self, turn: _Turn) -> None:
        if self._closing:
            raise Unavailable("the database is closed")
        self._queue.append(turn)
        self._wanted.set()

    async def close(self) -> None:
        """Commit what is queued, then end."""
        self._closing = True
        self._wanted.set()
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            while self._queue:
                await self._commit_a_group()
            if self._closing:
                return

    async def _commit_a_group(self) -> None:
        group: list[_Turn] = []
        try:
            await self._session.begin()
            while self._queue and len(group) < GROUP_LIMIT:
                turn = self._queue.popleft()
                if turn.granted.cancelled():
                    continue
                turn.granted.set_result(self._session)
                # A turn that fails to leave its savepoint poisons the transaction: the whole group is told.
                group.append(turn)
                if not await turn.finished:
                    group.pop()
            await self._session.commit()
            self.commits += 1
        except Exception as error:  # noqa: BLE001 - whatever the driver raises: nobody may believe that it was kept
            await self._give_up(group, error)
            return
        for turn in group:
            if not turn.committed.done():
                turn.committed.set_result(None)

    async def _give_up(self, group: list[_Turn], error: Exception) -> None:
        log.error("a commit failed, %d use cases hear of it: %s", len(group), error)
        with contextlib.suppress(Exception):
            await self._session.rollback()
        for turn in group:
            if not turn.committed.done():
                turn.committed.set_exception(Unavailable(str(error)))
                turn.committed.exception()  # it may have left with an error of its own and ask no more
        if not group and self._queue:
            # BEGIN itself failed: the first in line is told, so that the queue moves and nobody waits for ever.
            turn = self._queue.popleft()
            if not turn.granted.done():
                turn.granted.set_exception(Unavailable(str(error)))


class Database(Protocol):
    """`write()` is a turn at the one writer; `read()` a snapshot. `long=True` keeps a big query off the event loop."""

    dialect: str
    writer: Writer

    async def open(self) -> Self: ...
    async def close(self) -> None: ...
    def write(self) -> _Turn: ...
    def read(self, *, long: bool = False) -> contextlib.AbstractAsyncContextManager[Tx]: ...
    async def claim_ownership(self) -> bool:
        """Become the one process that runs the bot on this database; False while another is."""
        ...


@functools.cache
def numbered(sql: str) -> str:
    """`?` placeholders as PostgreSQL's `$1, $2, ...`."""
    head, *rest = sql.split("?")
    return head + "".join(f"${n}{part}" for n, part in enumerate(rest, 1))


def connect(url: str) -> Database:
    """The database behind `DATABASE_URL`; ValueError for a scheme that is neither sqlite nor postgresql."""
    if url.startswith("sqlite:///"):
        from storage.sqlite import SqliteDatabase

        return SqliteDatabase(url.removeprefix("sqlite:///"))
    if url.startswith(("postgresql://", "postgres://")):
        from storage.postgres import PostgresDatabase

        return PostgresDatabase(url)
    raise ValueError("DATABASE_URL must begin with sqlite:/// or postgresql://")


@contextlib.asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """The database for the length of a `with`, brought to the newest schema."""
    from storage.migrate import migrate

    database = await connect(url).open()
    try:
        await migrate(database)
        yield database
    finally:
        await database.close()
