"""Backup and restore of a SQLite file: never by copying it, a copy of a live database is a broken one."""

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import apsw

from storage import sealing
from storage.engine import Unavailable
from storage.sqlite import LOCK_PATIENCE

# A backup ends with this and the digest of all before it. SQLite takes no notice: it knows its own length.
SEAL = b"\nwenming-backup sha256 "
SEALED = len(SEAL) + hashlib.sha256().digest_size * 2
PATIENCE_MS = 5_000
TURN_MS = 100
UNFINISHED = ".part"


class Damaged(Exception):
    """A file that is no whole backup of ours: no_database, no_file, no_key, wrong_key, no_backup or broken, which
    says in SQLite's words how."""

    def __init__(self, kind: str, problem: str = "") -> None:
        super().__init__(f"{kind} {problem}".strip())
        self.facts = {"kind": kind, "problem": problem}


def backup(source: Path, target: Path, key: str = "") -> None:
    """A consistent copy beside a running bot, checked before it counts; only its owner may ever read it, and with a
    key nobody without that key."""
    if not source.exists():
        raise Damaged("no_database")
    if target.exists():
        raise FileExistsError(target)
    handle, name = tempfile.mkstemp(UNFINISHED, f"{target.name}.", target.parent)  # readable by nobody else
    os.close(handle)
    part = Path(name)
    try:
        if key:
            _encrypted(source, part, key)
        else:
            _plain(source, part)
        part.replace(target)  # killed before, it has left nothing that could be taken for a backup
        _sync(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _encrypted(source: Path, target: Path, key: str) -> None:
    """By way of a copy beside the database, where the same data lies unencrypted anyway."""
    copy = source.with_name(source.name + ".backing-up")
    copy.unlink(missing_ok=True)
    try:
        _make(copy)
        _plain(source, copy)
        sealing.encrypt(copy, target, key)
        sealing.decrypt(target, None, key)
    finally:
        copy.unlink(missing_ok=True)


def _plain(source: Path, target: Path) -> None:
    """`target` must exist and be empty."""
    try:
        db = apsw.Connection(str(source))
        try:
            db.set_busy_timeout(int(LOCK_PATIENCE * 1000))
            db.execute("VACUUM INTO ?", (str(target),))
        finally:
            db.close()
    except apsw.Error as problem:
        raise Damaged("broken", str(problem)) from None
    _seal(target)
    check(target)


def leftovers(database: Path, backups: Path) -> Sequence[Path]:
    """Copies that a backup or a restore has left because it was killed, and databases that a restore has replaced."""
    beside = [f"{database.name}.{ending}" for ending in ("before-restore*", "restoring", "decrypted", "backing-up")]
    found = [path for pattern in beside for path in database.parent.glob(pattern)]
    return [*found, *backups.glob(f"wenming-*{UNFINISHED}")]


def scrub(path: Path) -> None:
    """Write the file anew beside a running bot: what was deleted is in no free page and in no log afterwards."""
    db = apsw.Connection(str(path))
    try:
        db.set_busy_timeout(int(LOCK_PATIENCE * 1000))
        db.execute("VACUUM").fetchall()
        db.set_busy_timeout(TURN_MS)
        give_up = time.monotonic() + LOCK_PATIENCE
        # Whoever reads still needs the log. Waiting for that keeps the writers out, so it is done a little at a time.
        while db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0][0]:
            if time.monotonic() > give_up:
                raise Unavailable(f"{path}: the log is being read")
            time.sleep(TURN_MS / 1000)
    except apsw.BusyError:
        raise Unavailable(f"{path} is in use") from None
    finally:
        db.close()


@contextlib.contextmanager
def readable(path: Path, key: str, beside: Path) -> Iterator[Path]:
    """The backup itself, or what is under its key, for as long as it is looked at."""
    if not path.is_file() or not sealing.is_encrypted(path):
        yield path
        return
    if not key:
        raise Damaged("no_key")
    beside.parent.mkdir(parents=True, exist_ok=True)
    plain = beside.with_name(beside.name + ".decrypted")
    plain.unlink(missing_ok=True)
    _make(plain)
    try:
        try:
            sealing.decrypt(path, plain, key)
        except sealing.WrongKey:
            raise Damaged("wrong_key") from None
        yield plain
    finally:
        plain.unlink(missing_ok=True)


def check(path: Path) -> int:
    """The schema of a backup that is whole to the last bit, or Damaged."""
    if not path.is_file():
        raise Damaged("no_file")
    with path.open("rb") as file:
        if not _sound(file):
            raise Damaged("no_backup")
    try:
        db = apsw.Connection(
            f"file:{_quoted(path)}?immutable=1", flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        )
    except apsw.Error as problem:
        raise Damaged("broken", str(problem)) from None
    try:
        found = db.execute("PRAGMA integrity_check").fetchall()
        if found != [("ok",)]:
            raise Damaged("broken", str(found[0][0]))
        if broken := db.execute("PRAGMA foreign_key_check").fetchall():
            raise Damaged("broken", f"{len(broken)} {broken[0][0]}")
        return int(str(db.execute("SELECT COALESCE(MAX(number), 0) FROM schema_version").fetchall()[0][0]))
    except apsw.Error as problem:
        raise Damaged("broken", str(problem)) from None
    finally:
        db.close()


def restore(source: Path, target: Path) -> Path | None:
    """Put a checked backup in the place of the database; where the replaced one is kept, if there was one.

    Only for who holds the right to run the bot on `target`. Killed at any moment it leaves the old or the new one.
    """
    check(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(target.name + ".restoring")
    fresh.unlink(missing_ok=True)
    _copy(source, fresh)
    check(fresh)
    os.truncate(fresh, fresh.stat().st_size - SEALED)
    _sync(fresh)
    kept = _set_aside(target) if target.exists() else None
    fresh.replace(target)
    _sync(target.parent)
    return kept


def _set_aside(target: Path) -> Path:
    """A second name for the present database, sealed so that it can be restored as well."""
    kept = _free_name(target)
    try:
        old = apsw.Connection(str(target))
        try:
            old.set_busy_timeout(PATIENCE_MS)
            old.execute("PRAGMA journal_mode=DELETE").fetchall()  # everything of it in one file
        finally:
            old.close()
    except apsw.BusyError:
        raise Unavailable(f"{target} is in use by another program") from None
    except apsw.Error:  # damaged beyond reading: perhaps the reason for the restore; it is kept as it is
        for ending in ("-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                target.with_name(target.name + ending).replace(kept.with_name(kept.name + ending))
        _copy(target, kept)
        return kept
    _copy(target, kept)
    _seal(kept)
    return kept


def _make(path: Path) -> None:
    """A new file that only its owner may ever read."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _copy(source: Path, target: Path) -> None:
    _make(target)
    shutil.copyfile(source, target)


def _free_name(target: Path) -> Path:
    number, kept = 1, target.with_name(f"{target.name}.before-restore")
    while kept.exists():
        number += 1
        kept = target.with_name(f"{target.name}.before-restore-{number}")
    return kept


def _seal(path: Path) -> None:
    with path.open("r+b") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0, os.SEEK_END)
        file.write(SEAL + digest.encode())
    _sync(path)


def _sound(file: BinaryIO) -> bool:
    """Whether the file ends with the seal of what stands before it."""
    left = os.fstat(file.fileno()).st_size - SEALED
    if left <= 0:
        return False
    digest = hashlib.sha256()
    while left and (piece := file.read(min(left, 1 << 20))):
        digest.update(piece)
        left -= len(piece)
    return file.read() == SEAL + digest.hexdigest().encode()


def _quoted(path: Path) -> str:
    """A path inside SQLite's file: address."""
    return str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
