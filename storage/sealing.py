"""Files under a key: AES-256-GCM in pieces, each with its number, the last one marked, so that no end can be cut."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:  # it takes a tenth of a second to import: only where there is a key
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"wenming-encrypted-1\n"
SALT, PREFIX, PIECE, TAG = 16, 7, 1 << 20, 16


class WrongKey(Exception):
    """Not this key, or not the file that was written."""


def is_encrypted(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def encrypt(source: Path, target: Path, key: str) -> None:
    """`target` must exist, readable by its owner only."""
    salt, prefix = os.urandom(SALT), os.urandom(PREFIX)
    head = MAGIC + salt + prefix
    with source.open("rb") as plain, target.open("r+b") as file:
        file.write(head)
        cipher = _cipher(key, salt)
        for number, (piece, last) in enumerate(_pieces(plain, PIECE)):
            file.write(cipher.encrypt(_nonce(prefix, number, last=last), piece, head))
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


def decrypt(source: Path, target: Path | None, key: str) -> None:
    """Into `target`, which must exist; without one it is only looked whether all of it can be read."""
    with source.open("rb") as file:
        head = file.read(len(MAGIC) + SALT + PREFIX)
        if not head.startswith(MAGIC) or len(head) < len(MAGIC) + SALT + PREFIX:
            raise WrongKey
        cipher, prefix = _cipher(key, head[len(MAGIC) : -PREFIX]), head[-PREFIX:]
        with (target or Path(os.devnull)).open("r+b") as plain:
            for number, (piece, last) in enumerate(_pieces(file, PIECE + TAG)):
                plain.write(_opened(cipher, _nonce(prefix, number, last=last), piece, head))
            if target is not None:
                plain.truncate()


def _pieces(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """Pieces of one size, and of each whether it is the last."""
    piece = file.read(size)
    while True:
        following = file.read(size)
        yield piece, not following
        if not following:
            return
        piece = following


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _opened(cipher: "AESGCM", nonce: bytes, piece: bytes, head: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag

    try:
        return cipher.decrypt(nonce, piece, head)
    except (InvalidTag, ValueError):
        raise WrongKey from None


def _cipher(key: str, salt: bytes) -> "AESGCM":
    """A key of 256 bits out of whatever stands in the setting: guessing is made slow."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(hashlib.scrypt(key.encode(), salt=salt, n=1 << 15, r=8, p=1, maxmem=1 << 26, dklen=32))
