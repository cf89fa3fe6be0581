"""The one seam to a database: open by URL, read snapshots, write one at a time with group commit."""

import asyncio
import contextlib
import functools
import logging
from collections import deque
from collections.abc import Iterable, Sequence
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
    """One use case at the writer: `async with db.write() as tx`."""

    __slots__ = ("_writer",)

    def __init__(self, writer: "Writer") -> None:
        self._writer = writer

    async def __aenter__(self) -> Session:
        session = await self._writer.enter()
        try:
            await session.execute("SAVEPOINT use_case")
        except BaseException as broken:
            self._writer.give_up(broken)
            raise
        return session

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        session = self._writer.session
        try:
            if error is not None:
                await session.execute("ROLLBACK TO SAVEPOINT use_case")
            await session.execute("RELEASE SAVEPOINT use_case")
        except BaseException as broken:
            self._writer.give_up(broken)
            raise
        if error is not None:
            self._writer.pass_on()
        else:
            await self._writer.leave()


class Writer:
    """The only one who writes in this process. Use cases that come together share one transaction; each is a savepoint
    in it and hears of its own success only after the commit."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._queue: deque[asyncio.Future[None]] = deque()  # who waits to come in
        self._group: list[asyncio.Future[None]] = []  # who waits for the commit
        self._taken = False  # somebody is inside, or the transaction is just being ended
        self._begun = False
        self._ending: asyncio.Task[None] | None = None
        self._closed = False
        self.commits = 0

    def write(self) -> _Turn:
        return _Turn(self)

    async def enter(self) -> Session:
        """Wait until nobody else is inside. Raises Unavailable when there can be no transaction."""
        if self._closed:
            raise Unavailable("the database is closed")
        return await self._enter()

    async def _enter(self) -> Session:
        if self._taken:
            place = asyncio.get_running_loop().create_future()
            self._queue.append(place)
            try:
                await place
            except BaseException:
                if place.done() and not place.cancelled() and place.exception() is None:
                    self.pass_on()
                raise
        self._taken = True
        if not self._begun:
            try:
                await self.session.begin()
            except BaseException as error:
                self.give_up(error)
                if isinstance(error, Exception):
                    self._turn_away(str(error))
                    raise Unavailable(str(error)) from error
                raise
            self._begun = True
        return self.session

    def _turn_away(self, problem: str) -> None:
        """There is no transaction to be had: whoever stands in line shall not find that out one after the other."""
        waiting, self._queue = self._queue, deque()
        for place in waiting:
            if not place.done():
                place.set_exception(Unavailable(problem))
                place.exception()  # whoever stood there may have left, and ask no more

    async def leave(self) -> None:
        """Let the next one in and wait for the commit. Raises Unavailable when it failed."""
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._group.append(kept)
        self.pass_on()
        await kept

    def pass_on(self) -> None:
        """The next one may come in (the place is never free in between). With nobody there, or enough of them done, the
        transaction ends."""
        while self._queue and len(self._group) < GROUP_LIMIT:
            place = self._queue.popleft()
            if not place.done():
                place.set_result(None)
                return
        if not self._begun:
            self._taken = False
        elif self._group and not self._queue:
            # Whoever is about to write anyway comes before that, and shares the commit.
            self._taken = False
            asyncio.get_running_loop().call_soon(self._commit_unless_taken)
        else:
            self._end(None)

    def _commit_unless_taken(self) -> None:
        if self._begun and not self._taken:
            self._end(None)

    def give_up(self, broken: BaseException) -> None:
        """The transaction is in an unknown state: nobody in it may believe that anything was kept."""
        # A caller's end must not be taken for the others' own.
        self._end(broken if isinstance(broken, Exception) else Unavailable("a use case was given up half-way"))

    def _end(self, broken: Exception | None) -> None:
        self._taken = True
        self._ending = asyncio.get_running_loop().create_task(self._finish(broken), name="database commit")

    async def _finish(self, broken: Exception | None) -> None:
        group, self._group = self._group, []
        try:
            if broken is not None:
                raise broken
            await self.session.commit()
            self.commits += 1
        except Exception as error:  # noqa: BLE001 - whatever the driver raises: nobody may believe that it was kept
            log.error("a commit failed, %d use cases hear of it: %s", len(group), error)
            with contextlib.suppress(Exception):
                await self.session.rollback()
            for kept in group:
                if not kept.done():
                    kept.set_exception(Unavailable(str(error)))
        else:
            for kept in group:
                if not kept.done():
                    kept.set_result(None)
        self._begun = False
        self.pass_on()

    async def close(self) -> None:
        """Commit what is queued, then take nobody any more."""
        self._closed = True
        with contextlib.suppress(Unavailable):
            await self._enter()
            await self.leave()


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
