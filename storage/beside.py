"""The journals beside the database and outside of every backup: heads of the audit's chain, erasures, a restore."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def _append(path: Path, entry: Mapping[str, Any]) -> None:
    """One line, on the disk before this returns; only its owner may read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    try:
        os.write(handle, (json.dumps(entry) + "\n").encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def _lines(path: Path) -> Sequence[Mapping[str, Any]]:
    """Every whole line; one that a crash has cut short was never true."""
    if not path.exists():
        return []
    found = []
    for line in path.read_text("utf-8", "replace").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict):
            found.append(entry)
    return found


class Journals:
    """The files next to `database`, named after it."""

    def __init__(self, database: Path) -> None:
        self.heads_path = database.with_name(database.name + ".heads")
        self.erasures_path = database.with_name(database.name + ".erasures")
        self.restored_path = database.with_name(database.name + ".restored")

    def keep_head(self, at: int, number: int, seal: str) -> bool:
        """Write a head down, unless it stands there already."""
        if not number or self.heads().get(number) == seal:
            return False
        _append(self.heads_path, {"at": at, "id": number, "hash": seal})
        return True

    def heads(self) -> dict[int, str]:
        """Row to hash of all that were kept since the last restore."""
        found: dict[int, str] = {}
        for line in _lines(self.heads_path):
            if "restored" in line:
                found = {number: seal for number, seal in found.items() if number <= line["restored"]}
            else:
                found[line["id"]] = line["hash"]
        return found

    def keep_restore(self, head: int) -> None:
        """What was written after this row went with the database that was replaced."""
        _append(self.heads_path, {"restored": head})

    def say_restored(self, file: str) -> None:
        """Written before a backup takes the place of the database: whoever starts next sends nothing by himself."""
        _append(self.restored_path, {"file": file})

    def restored(self) -> str:
        """The name of the backup that has come into place since; empty when there was none."""
        lines = _lines(self.restored_path)
        return str(lines[-1]["file"]) if lines else ""

    def restore_seen(self) -> None:
        self.restored_path.unlink(missing_ok=True)

    def keep_erasure(self, at: int, person_id: int, user_ids: Sequence[int]) -> None:
        _append(self.erasures_path, {"at": at, "person": person_id, "users": list(user_ids)})

    def erasures(self) -> Sequence[tuple[int, int, Sequence[int]]]:
        """(at, person, accounts) of everybody who was erased."""
        return [(line["at"], line["person"], line["users"]) for line in _lines(self.erasures_path)]
