"""Backups under a key: nobody reads them without it, and nothing of them can be changed or cut off."""

import functools
import random
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from storage import backup as keeper
from storage import sealing
from storage.backup import Damaged
from storage.beside import Journals

KEY, CANARY = "not-a-secret-only-a-test", "金丝雀张三"


def database(folder: Path) -> Path:
    path = folder / "wenming.db"
    db = apsw.Connection(str(path))
    db.execute("PRAGMA journal_mode=WAL").fetchall()
    db.execute("CREATE TABLE schema_version (number INTEGER PRIMARY KEY)")
    db.execute("INSERT INTO schema_version VALUES (1)")
    db.execute("CREATE TABLE people (name TEXT)")
    db.executemany("INSERT INTO people VALUES (?)", [(CANARY + "x" * 300,) for _ in range(5000)])
    db.close()
    return path


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    target = tmp_path / "backup.db"
    keeper.backup(database(tmp_path), target, KEY)
    return target


def opened(path: Path, key: str, tmp_path: Path) -> int:
    with keeper.readable(path, key, tmp_path / "other.db") as plain:
        return keeper.check(plain)


def test_what_was_put_under_a_key_comes_back_with_it_only(saved: Path, tmp_path: Path) -> None:
    assert opened(saved, KEY, tmp_path) == 1
    for key in ("", "another"):
        with pytest.raises(Damaged):
            opened(saved, key, tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir() if "decrypted" in p.name or "backing" in p.name) == []


def test_nobody_reads_a_name_in_it_and_nobody_else_may_open_it(saved: Path) -> None:
    assert CANARY.encode() not in saved.read_bytes()
    assert b"SQLite" not in saved.read_bytes()
    assert saved.stat().st_mode & 0o777 == 0o600
    assert saved.stat().st_size > 1 << 20  # more than one piece


HEAD = len(sealing.MAGIC) + sealing.SALT + sealing.PREFIX
STEP = sealing.PIECE + sealing.TAG


def flipped(whole: bytes, at: int) -> bytes:
    return whole[:at] + bytes([whole[at] ^ (1 << at % 8)]) + whole[at + 1 :]


def without(whole: bytes, at: int, count: int) -> bytes:
    return whole[:at] + whole[at + count :]


# Each does something else to the file, at the place that the dice say.
DAMAGE: list[Callable[[bytes, random.Random], bytes]] = [
    lambda whole, dice: flipped(whole, dice.randrange(len(whole))),
    lambda whole, dice: flipped(whole, dice.randrange(HEAD)),
    lambda whole, dice: flipped(whole, len(whole) - 1 - dice.randrange(sealing.TAG)),
    lambda whole, dice: whole[: dice.randrange(len(whole))],
    lambda whole, dice: whole[: HEAD + STEP - dice.randrange(2) * dice.randrange(STEP)],  # where a piece ends, or in it
    lambda whole, dice: whole[:HEAD] + whole[HEAD + STEP :],  # the first piece is missing
    lambda whole, dice: whole[:HEAD] + whole[HEAD + STEP :] + whole[HEAD : HEAD + STEP],  # the pieces change places
    lambda whole, dice: whole[: HEAD + STEP] + whole[HEAD:],  # the first piece twice
    lambda whole, dice: whole + dice.randbytes(dice.randint(1, 99)),
    lambda whole, dice: without(whole, dice.randrange(len(whole) - 99), dice.randint(1, 99)),
]


def test_ten_kinds_of_damage_in_ten_places_each_are_all_refused(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Slow on purpose, and the same key each time.
    monkeypatch.setattr(sealing, "_cipher", functools.cache(sealing._cipher))
    whole, dice = saved.read_bytes(), random.Random(3)
    assert HEAD + STEP < len(whole) < HEAD + 2 * STEP, "two pieces"
    for number, damage in enumerate(DAMAGE * 10):
        hurt = damage(whole, dice)
        assert hurt != whole
        saved.write_bytes(hurt)
        with pytest.raises(Damaged):
            opened(saved, KEY, tmp_path)
            pytest.fail(f"damage {number} was not seen")
    saved.write_bytes(whole)
    assert opened(saved, KEY, tmp_path) == 1


def test_an_unencrypted_backup_is_still_taken(tmp_path: Path) -> None:
    target = tmp_path / "plain.db"
    keeper.backup(database(tmp_path), target)
    assert opened(target, KEY, tmp_path) == 1


def test_the_journals_beside_the_database_forget_nothing_and_read_only_whole_lines(tmp_path: Path) -> None:
    journals = Journals(tmp_path / "wenming.db")
    assert journals.heads() == {} and journals.restored() == "" and journals.erasures() == []
    assert journals.keep_head(1, 5, "five") and not journals.keep_head(2, 5, "five")
    journals.keep_head(3, 9, "nine")
    journals.keep_restore(6)
    journals.keep_head(4, 7, "seven")
    with journals.heads_path.open("a") as file:
        file.write('{"id": 8, "ha')
    assert Journals(tmp_path / "wenming.db").heads() == {5: "five", 7: "seven"}
    journals.keep_erasure(1, 7, [100])
    assert journals.erasures() == [(1, 7, [100])]
    assert journals.heads_path.stat().st_mode & 0o777 == 0o600
