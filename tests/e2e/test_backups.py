"""Backup and restore from the command line: a backup is whole to the last bit, or it is none."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from bot.__main__ import main
from storage.backup import SEALED
from storage.beside import Journals
from storage.migrate import steps
from tests.e2e.conftest import Rig

DONE, FAILED = 0, 1


@pytest.fixture
def box(tmp_path: Path, seeded: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the demo unit in data/wenming.db."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("LANGUAGE", "en")
    (tmp_path / "data").mkdir()
    shutil.copyfile(seeded, tmp_path / "data" / "wenming.db")
    return tmp_path


def live(box: Path) -> Path:
    return box / "data" / "wenming.db"


def names(path: Path) -> list[str]:
    db = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    found = [str(row[0]) for row in db.execute("SELECT name FROM people ORDER BY id").fetchall()]
    db.close()
    return found


def change(path: Path, sql: str) -> None:
    db = apsw.Connection(str(path))
    db.execute(sql).fetchall()
    db.close()


def test_a_backup_comes_back_as_it_was(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = names(live(box))
    assert main(["backup", "first"]) == DONE
    assert (box / "first").stat().st_mode & 0o777 == 0o600
    change(live(box), "UPDATE people SET name = '改名'")
    assert main(["restore", "first"]) == DONE
    assert names(live(box)) == before
    assert live(box).stat().st_mode & 0o777 == 0o600
    assert "before-restore" in capsys.readouterr().out
    assert main(["migrate"]) == DONE


def test_what_a_restore_replaced_is_kept_and_can_come_back_too(box: Path) -> None:
    before = names(live(box))
    assert main(["backup", "first"]) == DONE
    for number in ("", "-2"):
        change(live(box), f"UPDATE people SET name = '改名{number}'")
        assert main(["restore", "first"]) == DONE
        kept = live(box).with_name(f"wenming.db.before-restore{number}")
        assert set(names(kept)) == {f"改名{number}"}
        assert kept.stat().st_mode & 0o777 == 0o600
    assert main(["restore", "data/wenming.db.before-restore"]) == DONE
    assert set(names(live(box))) == {"改名"}
    assert main(["restore", "first"]) == DONE
    assert names(live(box)) == before


def test_a_restore_on_an_empty_machine(box: Path) -> None:
    before = names(live(box))
    assert main(["backup", "first"]) == DONE
    shutil.rmtree(box / "data")
    assert main(["restore", "first"]) == DONE
    assert names(live(box)) == before


@pytest.mark.parametrize("target", ["there", "nowhere/backup", "data", ""])
def test_a_backup_is_written_only_to_a_new_file(box: Path, target: str, capsys: pytest.CaptureFixture[str]) -> None:
    (box / "there").write_text("precious")
    assert main(["backup", target]) == FAILED
    assert "Traceback" not in capsys.readouterr().err
    assert (box / "there").read_text() == "precious"
    assert sorted(path.name for path in box.iterdir()) == ["data", "there"]


def test_without_a_database_there_is_no_backup(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    live(box).unlink()
    assert main(["backup", "first"]) == FAILED
    assert "no database" in capsys.readouterr().err
    assert not (box / "first").exists()
    live(box).write_bytes(b"this is no database" * 500)
    assert main(["backup", "first"]) == FAILED
    assert not (box / "first").exists()


def flip(at: Callable[[int], int]) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[at(len(data))] ^= 1
        path.write_bytes(data)

    return damage


def cut(to: Callable[[int], int]) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(path.read_bytes()[: to(path.stat().st_size)]) and None


def foreign(path: Path) -> None:
    path.unlink()
    db = apsw.Connection(str(path))
    db.execute("CREATE TABLE people (name)")
    db.close()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "empty": cut(lambda size: 0),
    "one byte": cut(lambda size: 1),
    "half": cut(lambda size: size // 2),
    "a page less": cut(lambda size: size - SEALED - 4096),
    "without its seal": cut(lambda size: size - SEALED),
    "its last byte missing": cut(lambda size: size - 1),
    "a bit of the seal": flip(lambda size: size - 3),
    "a bit of the first page": flip(lambda size: 40),
    "more behind": lambda path: path.write_bytes(path.read_bytes() + b"x"),
    "text": lambda path: path.write_text("this is no database\n" * 1000),
    "another program's database": foreign,
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_no_whole_backup_is_refused_and_nothing_is_touched(
    box: Path, damage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "first"]) == DONE
    DAMAGE[damage](box / "first")
    before = live(box).read_bytes()
    assert main(["restore", "first"]) == FAILED
    said = capsys.readouterr().err
    assert "Nothing was restored" in said
    assert "Traceback" not in said
    assert live(box).read_bytes() == before
    assert [path.name for path in (box / "data").iterdir() if "restor" in path.name] == []


def test_one_flipped_bit_anywhere_is_found(box: Path) -> None:
    assert main(["backup", "first"]) == DONE
    whole = (box / "first").read_bytes()
    chance = random.Random(20261014)
    for _ in range(60):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        (box / "first").write_bytes(data)
        assert main(["restore", "first"]) == FAILED
    (box / "first").write_bytes(whole)
    assert main(["restore", "first"]) == DONE


def test_a_backup_of_a_newer_program_is_refused(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = names(live(box))
    change(live(box), f"INSERT INTO schema_version VALUES ({steps()[-1][0] + 1})")
    assert main(["backup", "newer"]) == DONE
    change(live(box), f"DELETE FROM schema_version WHERE number > {steps()[-1][0]}")
    assert main(["restore", "newer"]) == FAILED
    assert "newer version" in capsys.readouterr().err
    assert names(live(box)) == before


def test_a_damaged_database_can_be_replaced(box: Path) -> None:
    before = names(live(box))
    assert main(["backup", "first"]) == DONE
    live(box).write_bytes(b"\0" * 9000)
    assert main(["restore", "first"]) == DONE
    assert names(live(box)) == before
    assert live(box).with_name("wenming.db.before-restore").read_bytes() == b"\0" * 9000


def test_a_database_that_somebody_has_open_is_not_replaced_under_him(
    box: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.backup.PATIENCE_MS", 50)
    assert main(["backup", "first"]) == DONE
    reader = apsw.Connection(str(live(box)))
    reader.execute("PRAGMA journal_mode=WAL").fetchall()
    reader.execute("BEGIN").fetchall()
    reader.execute("SELECT COUNT(*) FROM people").fetchall()
    assert main(["restore", "first"]) == FAILED
    assert "another program is using it" in capsys.readouterr().err
    reader.close()
    journals = Journals(live(box))
    assert journals.restored() == ""  # the next start would hold all messages for a restore that there never was
    assert main(["restore", "first"]) == DONE
    assert journals.restored() == "first"


def test_for_postgresql_its_own_tools_are_named(
    box: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    for command in (["backup", "x"], ["restore", "x"]):
        assert main(command) == FAILED
        assert "pg_dump" in capsys.readouterr().err


async def test_a_restore_that_is_killed_leaves_the_old_or_the_new(night: Rig) -> None:
    assert await night.spawn("backup", "first").ended() == DONE
    old = night.database.read_bytes()
    for n in range(1, 9):
        night.database.write_bytes(old)
        change(night.database, "UPDATE people SET name = '改名' WHERE id > 1")
        process = night.spawn("restore", "first", point="during_restore", n=n)
        code = await process.ended()
        assert len(set(names(night.database))) in (2, 60), "neither the one nor the other"
        night.sound()
        if code == DONE:
            break
    assert code == DONE
    assert n == 4, "killed before the new file was safe, before the old one was kept, and after the change"
