"""PostgreSQL behind the seam: one writing connection under an advisory lock, a pool for reading."""

import contextlib
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from typing import Any

import asyncpg

from storage.engine import Row, Session, Tx, Unavailable, Writer, _Turn, numbered

WRITE_LOCK = 7_203_001  # one writing transaction at a time, whatever the number of processes
OWNER_LOCK = 7_203_002  # one process runs the bot


# The server went away, goes down or takes nobody: nothing that a use case could have done better.
LOST = (asyncpg.PostgresConnectionError, asyncpg.OperatorInterventionError, asyncpg.TooManyConnectionsError)


@contextlib.contextmanager
def _reaching(connection: Any = None) -> Iterator[None]:
    """What the driver says of a server that is away, as `Unavailable`."""
    try:
        yield
    except (*LOST, OSError) as problem:
        raise Unavailable(type(problem).__name__) from problem
    except asyncpg.InterfaceError as problem:
        if connection is None or not _is_gone(connection):
            raise
        raise Unavailable(type(problem).__name__) from problem


def _is_gone(connection: Any) -> bool:
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:  # the pool has taken a broken one back already
        return True


class _Connection(Tx):
    dialect = "postgres"

    def __init__(self, connection: "asyncpg.Connection[Any] | asyncpg.pool.PoolConnectionProxy[Any]") -> None:
        self.db = connection

    async def fetch(self, sql: str, *args: Any) -> list[Row]:
        with _reaching(self.db):
            return [tuple(row) for row in await self.db.fetch(numbered(sql), *args)]

    async def execute(self, sql: str, *args: Any) -> int:
        with _reaching(self.db):
            status = await self.db.execute(numbered(sql), *args)
        count = status.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0

    async def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        with _reaching(self.db):
            await self.db.executemany(numbered(sql), rows)


class _WritingConnection(_Connection, Session):
    def __init__(self, url: str, connection: "asyncpg.Connection[Any]") -> None:
        super().__init__(connection)
        self._url = url

    async def begin(self) -> None:
        if self.db.is_closed():
            self.db = await asyncpg.connect(self._url)
        await self.db.execute("BEGIN")
        await self.db.execute(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")

    async def commit(self) -> None:
        if await self.db.execute("COMMIT") != "COMMIT":  # a failed transaction says ROLLBACK here, and no error
            raise Unavailable("the transaction had failed")

    async def rollback(self) -> None:
        if not self.db.is_closed():
            await self.db.execute("ROLLBACK")


class PostgresDatabase:
    dialect = "postgres"

    def __init__(self, url: str) -> None:
        self.url = url
        self._owner: asyncpg.Connection[Any] | None = None

    async def open(self) -> "PostgresDatabase":
        try:
            self._writing = _WritingConnection(self.url, await asyncpg.connect(self.url))
        except ValueError:  # it quotes the address, and with it a password
            raise Unavailable("the address of the database cannot be read") from None
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as problem:
            raise Unavailable(f"{type(problem).__name__}: {problem}") from problem
        self._pool = await asyncpg.create_pool(self.url, min_size=1, max_size=8)
        self.writer = Writer(self._writing)
        return self

    async def close(self) -> None:
        await self.writer.close()
        await self._writing.db.close()
        await self._pool.close()
        if self._owner is not None:
            await self._owner.close()

    def write(self) -> _Turn:
        return self.writer.write()

    @contextlib.asynccontextmanager
    async def read(self, *, long: bool = False) -> AsyncIterator[Tx]:
        with _reaching():
            connection = await self._pool.acquire()
        tx = _Connection(connection)
        try:
            await tx.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield tx
        finally:
            with contextlib.suppress(Unavailable):
                await tx.execute("ROLLBACK")
            await self._pool.release(connection)

    async def claim_ownership(self) -> bool:
        with _reaching():
            self._owner = await asyncpg.connect(self.url)
        return bool(await self._owner.fetchval(f"SELECT pg_try_advisory_lock({OWNER_LOCK})"))
