"""What comes in as a file is read in a killable child process with caps; so is everything that takes long."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO, TypeVar
from weakref import WeakKeyDictionary

from bot.domain.roster import Entry, Merge, Roster, RowError, Wrong
from storage.records import PersonStatus, Role

T = TypeVar("T")
MB = 1 << 20
_PIECE = 64 * 1024
_KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP")


class Kind(StrEnum):
    TOO_BIG = "too_big"
    NOT_XLSX = "not_xlsx"
    BOMB = "bomb"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    EMPTY = "empty"
    MACRO = "macro"
    UNREADABLE = "unreadable"


class FileProblem(Exception):
    """The file cannot be taken; `detail` is for the log only, it may quote the file."""

    def __init__(self, kind: Kind, detail: str = "") -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.detail = detail


class ChildFailed(Exception):
    """A child process of our own ended badly; a fault of ours, not of a file."""


@dataclass(frozen=True, slots=True)
class Caps:
    seconds: int = 20
    memory_mb: int = 256
    packed_mb: int = 20  # the most Telegram lets a bot fetch
    unpacked_mb: int = 64
    rows: int = 100_000
    columns: int = 50
    cell_chars: int = 600  # the rest of a longer cell is cut off


CAPS = Caps()


@dataclass(frozen=True, slots=True)
class Table:
    rows: list[list[str]]  # from the sheet's first row on; shorter rows end earlier
    formulas: frozenset[tuple[int, int]]  # (row, column), counted from 1
    merged: tuple[Merge, ...]


async def read_roster(source: Path | bytes, caps: Caps = CAPS) -> Roster:
    """The roster of the first visible sheet, judged in the child as well, or FileProblem."""
    entries: list[Entry] = []
    errors: list[RowError] = []
    seen: set[str] = set()

    def take(rows: list[list[Any]]) -> None:
        for tag, *cells in rows:
            if tag == "error":
                row, kind, value, other = cells
                errors.append(RowError(row, Wrong(kind), value, other))
            elif tag == "entry":
                row, number, name, path, title, role, status = cells
                entries.append(Entry(row, number, name, path, title, Role(role), PersonStatus(status)))
                seen.add(number)
            else:
                seen.add(cells[0])

    head = await _read("roster", source, caps, take)
    return Roster(tuple(entries), tuple(errors), tuple(head["ignored"]), frozenset(seen))


async def read_xlsx(source: Path | bytes, caps: Caps = CAPS) -> Table:
    """The bare rows of the first visible sheet, or FileProblem."""
    rows: list[list[str]] = []
    head = await _read("table", source, caps, rows.extend)
    while rows and not rows[-1]:
        rows.pop()
    formulas = frozenset((row, column) for row, column in head["formulas"])
    return Table(rows, formulas, tuple(Merge(*corners) for corners in head["merged"]))


async def _read(
    job: str, source: Path | bytes, caps: Caps, take: Callable[[list[list[Any]]], object]
) -> dict[str, Any]:
    """The event loop handles small pieces only; answers the head, hands the rows to `take`."""
    size = _size(source)
    if size > caps.packed_mb * MB:
        raise FileProblem(Kind.TOO_BIG)
    if size == 0:
        raise FileProblem(Kind.EMPTY)
    feed = pieces(source) if isinstance(source, bytes) else source
    try:
        head = await in_child(job, feed, asdict(caps), lambda out: _frames(out, caps, take))
    except TimeoutError:
        raise FileProblem(Kind.TIMEOUT) from None
    except ChildFailed as failed:
        raise FileProblem(_blame(str(failed)), str(failed)) from None
    if "refused" in head:
        raise FileProblem(Kind(head["refused"]))
    return head


def _size(source: Path | bytes) -> int:
    return len(source) if isinstance(source, bytes) else source.stat().st_size


def pieces(data: bytes) -> Iterable[bytes]:
    return (data[at : at + _PIECE] for at in range(0, len(data), _PIECE))


def _blame(failure: str) -> Kind:
    """An allocation that fails inside the library ends the child by SIGABRT, too much CPU by SIGXCPU."""
    if "memory allocation" in failure or "MemoryError" in failure or "capacity overflow" in failure:
        return Kind.MEMORY
    return Kind.TIMEOUT if failure.startswith(("-24 ", "-9 ")) else Kind.UNREADABLE


async def _frames(out: asyncio.StreamReader, caps: Caps, take: Callable[[list[list[Any]]], object]) -> dict[str, Any]:
    head: dict[str, Any] | None = None
    left = caps.unpacked_mb * MB
    while size := await out.read(4):
        size += await out.readexactly(4 - len(size))
        length = int.from_bytes(size, "big")
        left -= length
        if left < 0:  # a short string that stands in a million cells
            raise FileProblem(Kind.BOMB)
        frame = json.loads((await out.readexactly(length)).decode("utf-8", "surrogatepass"))
        if isinstance(frame, dict):
            head = frame
        else:
            take(frame)
        await asyncio.sleep(0)
    if head is None:
        raise asyncio.IncompleteReadError(b"", None)
    return head


# --- one child -------------------------------------------------------------------------------------------


async def in_child(
    job: str,
    feed: Path | Iterable[bytes],
    arguments: dict[str, int],
    take: Callable[[asyncio.StreamReader], Awaitable[T]],
) -> T:
    """Run `python -m bot.child job`, feed its input, take its output; killed when it is late or not wanted.

    TimeoutError after arguments["seconds"]; ChildFailed("<exit code> <last words>") when it ended badly.
    """
    async with _turn(), asyncio.timeout(arguments["seconds"]), _child(job, feed, arguments) as child:
        assert child.stdout and child.stderr
        answer, wrote, words = await asyncio.gather(
            _take(child, take(child.stdout)),
            _write(child, feed),
            _last_words(child.stderr),
            return_exceptions=True,
        )
        code = await child.wait()
        if isinstance(answer, FileProblem):
            raise answer
        if code != 0:
            raise ChildFailed(f"{code} {words}")
        for trouble in (wrote, words):
            if isinstance(trouble, BaseException):
                raise trouble
        if isinstance(answer, BaseException):
            raise answer
        return answer


async def _take(child: Process, answer: Awaitable[T]) -> T:
    try:
        return await answer
    except FileProblem:
        _kill(child)  # nobody reads on: it would wait for us for ever
        raise


async def _write(child: Process, feed: Path | Iterable[bytes]) -> None:
    if isinstance(feed, Path):
        return
    assert child.stdin
    # A child that has seen enough closes its end; what it thinks of the input is in its answer.
    with suppress(BrokenPipeError, ConnectionResetError):
        for piece in feed:
            child.stdin.write(piece)
            await child.stdin.drain()
            await asyncio.sleep(0)
    child.stdin.close()


async def _last_words(stderr: asyncio.StreamReader) -> str:
    """The end of what it complained about; read on, lest a talkative child waits for us."""
    tail = b""
    while piece := await stderr.read(_PIECE):
        tail = (tail + piece)[-2000:]
    return tail.decode(errors="replace").strip()


def _kill(child: Process) -> None:
    with suppress(ProcessLookupError):
        child.kill()


@asynccontextmanager
async def _child(job: str, feed: Path | Iterable[bytes], arguments: dict[str, int]) -> AsyncIterator[Process]:
    with _opened(feed) as stdin:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            "-m",
            "bot.child",
            job,
            json.dumps(arguments),
            stdin=stdin,
            stdout=PIPE,
            stderr=PIPE,
            # It is no one's business in there to know our secrets.
            env={name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ},
            start_new_session=True,  # Ctrl-C is for us; we end it
        )
    try:
        yield child
    finally:
        if child.returncode is None:
            _kill(child)
            await child.wait()


def _opened(feed: Path | Iterable[bytes]) -> AbstractContextManager[BinaryIO | int]:
    return feed.open("rb") if isinstance(feed, Path) else nullcontext(PIPE)


_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


def _turn() -> asyncio.Semaphore:
    """As many children at a time as there are processors, and at least two: a long one lets a chart pass."""
    loop = asyncio.get_running_loop()
    return _turns.setdefault(loop, asyncio.Semaphore(max(2, os.cpu_count() or 1)))
