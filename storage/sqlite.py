"""SQLite behind the seam: WAL, FULL, one writing connection, separate reading ones."""

import asyncio
import contextlib
import fcntl
import os
import queue
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import apsw
import apsw.ext

from storage.engine import Row, Session, Tx, Unavailable, Writer, _Turn

LOCK_PATIENCE = 90.0  # seconds another process may hold the file before a write is refused
MANY = 200  # rows from which a batch leaves the event loop
SAFE_VERSION = (3, 51, 3)  # older ones can corrupt the file when a WAL is reset (sqlite.org, March 2026)


class _Connection(Tx):
    """Statements run where they are called: for the few microseconds that a small one takes, a thread costs more than
    it saves (and gives the interpreter lock away at every row)."""

    dialect = "sqlite"

    def __init__(self, path: str, *, query_only: bool) -> None:
        self.db = apsw.Connection(path)
        # Else a new value for a placeholder has the statement parsed and planned afresh, each time.
        self.db.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
        for pragma in (
            "busy_timeout=5000",  # after a crash the first to come repairs the log, whoever comes next waits for that
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",  # blanks most of it at once; what escapes goes with the night's VACUUM
            "journal_size_limit=67108864",
            "cache_size=-65536",
            f"query_only={int(query_only)}",
            "busy_timeout=0",
        ):
            self.db.execute(f"PRAGMA {pragma}").fetchall()

    async def fetch(self, sql: str, *args: Any) -> list[Row]:
        return self.db.execute(sql, args).fetchall()

    async def execute(self, sql: str, *args: Any) -> int:
        self.db.execute(sql, args).fetchall()
        return self.db.changes()

    async def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        rows = list(rows)
        if len(rows) > MANY:
            await asyncio.to_thread(self.db.executemany, sql, rows)
        else:
            self.db.executemany(sql, rows)


class _LongReader(_Connection):
    """The same for queries that take their time: each runs in a thread, the loop goes on."""

    async def fetch(self, sql: str, *args: Any) -> list[Row]:
        return await asyncio.to_thread(lambda: self.db.execute(sql, args).fetchall())


class _WritingConnection(_Connection, Session):
    """Only the commit waits for the disk, so only the commit goes to a thread: one of its own, a pool's hand-over takes
    three times as long."""

    def __init__(self, path: str) -> None:
        super().__init__(path, query_only=False)
        self._commits: queue.SimpleQueue[tuple[asyncio.AbstractEventLoop, asyncio.Future[None]] | None]
        self._commits = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._commit_for_ever, name="commit", daemon=True)
        self._thread.start()

    async def begin(self) -> None:
        """BEGIN IMMEDIATE, waiting for another process without stopping the loop."""
        waited = 0.0
        while True:
            try:
                self.db.execute("BEGIN IMMEDIATE")
                return
            except apsw.BusyError as busy:
                if waited >= LOCK_PATIENCE:
                    raise Unavailable("another process holds the database file") from busy
                await asyncio.sleep(0.05)
                waited += 0.05

    async def commit(self) -> None:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        self._commits.put((loop, done))
        await done

    def _commit_for_ever(self) -> None:
        while (asked := self._commits.get()) is not None:
            loop, done = asked
            try:
                self.db.execute("COMMIT")
            except Exception as error:  # noqa: BLE001 - whoever waits for it hears it
                loop.call_soon_threadsafe(_tell, done, error)
            else:
                loop.call_soon_threadsafe(_tell, done, None)

    async def rollback(self) -> None:
        if self.db.in_transaction:
            self.db.execute("ROLLBACK")

    def close(self) -> None:
        self._commits.put(None)
        self._thread.join()
        self.db.close()


def _tell(done: asyncio.Future[None], error: Exception | None) -> None:
    if done.done():
        return  # whoever waited has gone
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)


class _Snapshot:
    """One moment of the database, on a reading connection that is not in use."""

    __slots__ = ("_connection", "_idle")

    def __init__(self, idle: list[_Connection], kind: type[_Connection], path: str) -> None:
        self._idle = idle
        self._connection = idle.pop() if idle else kind(path, query_only=True)

    async def __aenter__(self) -> Tx:
        self._connection.db.execute("BEGIN")
        return self._connection

    async def __aexit__(self, *_: object) -> None:
        self._connection.db.execute("ROLLBACK")
        self._idle.append(self._connection)


class SqliteDatabase:
    dialect = "sqlite"

    def __init__(self, path: str) -> None:
        self.path = path
        self._readers: list[_Connection] = []
        self._long_readers: list[_Connection] = []
        self._lock_file: int | None = None

    async def open(self) -> "SqliteDatabase":
        Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        _shut(self.path)
        try:
            self._writing = _WritingConnection(self.path)
        except apsw.Error as problem:
            raise Unavailable(f"{self.path}: {problem}") from problem
        self.writer = Writer(self._writing)
        return self

    async def close(self) -> None:
        await self.writer.close()
        for connection in (*self._readers, *self._long_readers):
            connection.db.close()
        self._writing.close()
        self.unlock()

    def write(self) -> _Turn:
        return self.writer.write()

    def read(self, *, long: bool = False) -> "_Snapshot":
        return _Snapshot(self._long_readers if long else self._readers, _LongReader if long else _Connection, self.path)

    async def claim_ownership(self) -> bool:
        return self.lock()

    def lock(self) -> bool:
        """Hold the lock beside the database file until `unlock`."""
        Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(f"{self.path}.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._lock_file = handle
        return True

    def unlock(self) -> None:
        if self._lock_file is not None:
            os.close(self._lock_file)
            self._lock_file = None


def _shut(path: str) -> None:
    """Before SQLite opens it, which gives its log the mode that the file has then."""
    with contextlib.suppress(OSError):  # it is there, or cannot be made: SQLite says why
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
    for one in (path, f"{path}-wal", f"{path}-shm"):
        with contextlib.suppress(PermissionError):  # another user's file that we may write: doctor has an eye on it
            if os.path.isfile(one):
                os.chmod(one, 0o600)


def claim(path: str) -> "SqliteDatabase | None":
    """The right to run the bot on this file, without opening it; None while another has it."""
    holder = SqliteDatabase(path)
    return holder if holder.lock() else None
