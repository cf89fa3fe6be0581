"""What passes between us and a child process: JSON in pieces, each after its length."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

_FRAME = 16_000


def split(head: object, rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """A head, then rows in pieces small enough that whoever takes them apart never stops for long."""
    yield frame(head)
    piece: list[Sequence[object]] = []
    size = 0
    for row in rows:
        piece.append(row)
        size += sum(len(cell) if isinstance(cell, str) else 4 for cell in row) + 4 * len(row) + 4
        if size > _FRAME:
            yield frame(piece)
            piece, size = [], 0
    if piece:
        yield frame(piece)


def frame(value: object) -> bytes:
    data = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return len(data).to_bytes(4, "big") + data


def read(source: BinaryIO) -> Iterator[Any]:
    while size := source.read(4):
        yield json.loads(source.read(int.from_bytes(size, "big")).decode("utf-8", "surrogatepass"))
