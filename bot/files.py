"""What comes in as a file is read in a killable child process with caps; so is everything that takes long."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import nullcontext, suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from io import BufferedReader, BytesIO
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryFile
from typing import IO, Any
from weakref import WeakKeyDictionary

from bot import frames
from bot.domain.roster import Entry, Merge, Roster, RowError, Wrong
from storage.records import PersonStatus, Role

MB = 1 << 20
_PIECE = 64 * 1024
_TOLD_TOO_MUCH = 1000  # stands where an exit code does; one long string in a million cells makes so much
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


@dataclass(frozen=True, slots=True)
class Caps:
    seconds: int = 20  # of work
    patience: int = 120  # until it is given up: on a busy machine its work waits for its turn
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
    try:
        data = await in_child(job, source, caps.seconds, caps.memory_mb, most=caps.unpacked_mb * MB, caps=caps)
        return await _unpack(data, take)
    except TimeoutError:
        raise FileProblem(Kind.TIMEOUT) from None
    except ChildFailed as failed:
        raise FileProblem(failed.blame(), str(failed)) from None


def _size(source: Path | bytes) -> int:
    return len(source) if isinstance(source, bytes) else source.stat().st_size


async def _unpack(data: bytes, take: Callable[[list[list[Any]]], object]) -> dict[str, Any]:
    """Frame after frame, with a breath for everybody else between them."""
    head: dict[str, Any] = {}
    for frame in frames.read(BytesIO(data)):
        if isinstance(frame, dict):
            head = frame
        else:
            take(frame)
        await asyncio.sleep(0)
    if "refused" in head:
        raise FileProblem(Kind(head["refused"]), head["detail"])
    return head


# --- one child -------------------------------------------------------------------------------------------


class ChildFailed(Exception):
    """A child process ended badly."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(f"{code} {words}")
        self.code = code
        self.words = words

    def blame(self) -> Kind:
        """What a file must have been like that did this to its reader."""
        if self.code == _TOLD_TOO_MUCH:
            return Kind.BOMB
        # An allocation that fails inside the library ends the child by SIGABRT, too much CPU by SIGXCPU.
        if any(sign in self.words for sign in ("memory allocation", "MemoryError", "capacity overflow")):
            return Kind.MEMORY
        return Kind.TIMEOUT if self.code in (-24, -9) else Kind.UNREADABLE


async def in_child(
    job: str,
    feed: Path | bytes | Iterable[bytes],
    seconds: int = 60,
    memory_mb: int = 1024,
    *,
    most: int = 256 * MB,
    caps: Caps | None = None,
) -> bytes:
    """Run `python -m bot.child job`: feed its input, answer its output (no more than `most` bytes).

    TimeoutError when it is late (by `caps.patience` where there are any), ChildFailed when it ends badly; killed when
    nobody waits for it any more.
    """
    arguments = json.dumps({**(asdict(caps) if caps else {}), "seconds": seconds, "memory_mb": memory_mb})
    async with _turn(), asyncio.timeout(caps.patience if caps else seconds):
        if not isinstance(feed, Path | bytes):
            feed = await _joined(feed)
        with TemporaryFile() as words:
            child = _start(job, arguments, feed, words)
            try:
                return await asyncio.to_thread(_talk, child, feed, most, words)
            finally:
                child.kill()  # which ends the thread as well


async def _joined(feed: Iterable[bytes]) -> bytes:
    pieces = []
    for piece in feed:
        pieces.append(piece)
        await asyncio.sleep(0)
    return b"".join(pieces)


def _start(job: str, arguments: str, feed: Path | bytes, words: IO[bytes]) -> Popen[bytes]:
    """Half a millisecond, whatever our size: Popen uses vfork, where uvloop's own fork copies our pages."""
    with feed.open("rb") if isinstance(feed, Path) else nullcontext(PIPE) as stdin:
        return Popen(
            [sys.executable, "-I", "-m", "bot.child", job, arguments],
            stdin=stdin,
            stdout=PIPE,
            stderr=words,
            # Our secrets are none of its business.
            env={name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ},
            start_new_session=True,  # Ctrl-C is for us; we end it
        )


def _talk(child: Popen[bytes], feed: Path | bytes, most: int, words: IO[bytes]) -> bytes:
    """In a thread. A child reads all of its input, or closes it, before it says anything."""
    with child:
        assert isinstance(child.stdout, BufferedReader)
        if child.stdin and isinstance(feed, bytes):
            # What it thinks of the input is in its answer, also when it has seen enough of it.
            with suppress(BrokenPipeError), child.stdin as stdin:
                stdin.write(feed)
        told = []
        while most >= 0 and (piece := child.stdout.read1(_PIECE)):
            told.append(piece)
            most -= len(piece)
        if most < 0:
            child.kill()
            raise ChildFailed(_TOLD_TOO_MUCH, "")
        if child.wait() != 0:
            words.seek(0)
            raise ChildFailed(child.returncode, words.read()[-_PIECE:].decode(errors="replace").strip())
        return b"".join(told)


_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


def _turn() -> asyncio.Semaphore:
    """As many children at a time as there are processors, and at least two: a long one lets a chart pass."""
    loop = asyncio.get_running_loop()
    return _turns.setdefault(loop, asyncio.Semaphore(max(2, os.cpu_count() or 1)))
