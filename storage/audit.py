"""Who changed what: appended, never altered, each row sealed with the one before it. Person ids, never names."""

import asyncio
import hashlib
import hmac
import json
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage import marks
from storage.engine import Row, Tx
from storage.people import LITERAL, SHOWN_NAME

SALT = "audit-salt"
CHUNK = 500
# Their details say what was blanked and why: they are never blanked themselves.
BLANKED, ERASED = "audit-blanked", "erased"
COLUMNS = "id, at, actor_user, actor_person, action, subject, before, after, actor_digest, details_digest, hash"
UNSIGN = "UPDATE audit SET actor_user = NULL WHERE id = ?"
FOUND = (
    " FROM audit WHERE (CAST(? AS BIGINT) = 0 OR actor_person = ? OR subject = ?)"
    " AND (CAST(? AS TEXT) = '' OR action LIKE ? ESCAPE '!') AND at >= ? AND at < ?"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One act as it is to be written down; `subject` is a kind and an id, such as person:7."""

    action: str
    subject: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    id: int
    at: int
    actor_user: int | None
    actor_person: int | None
    action: str
    subject: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Chain:
    """How far the chain holds; `broken` is the first row that does not, `reason` row or cut."""

    rows: int
    head: int
    hash: str
    broken: int = 0
    reason: str = ""


def digest(salt: str, *parts: object) -> str:
    """What stands for something that may have to go: the same for the same thing, of no use without the salt."""
    return hmac.new(salt.encode(), json.dumps(parts).encode(), hashlib.sha256).hexdigest()


def _seal(previous: str, row: Sequence[object]) -> str:
    """Of id, at, actor's digest, actor's person, action, subject, details' digest."""
    return hashlib.sha256((previous + json.dumps(list(row), separators=(",", ":"))).encode()).hexdigest()


async def append(
    tx: Tx, at: int, actor_user: int | None, action: str, subject: str = "", before: str = "", after: str = ""
) -> None:
    """One act. `actor_user` None: the command line or the program itself."""
    await append_many(tx, at, actor_user, [Entry(action, subject, before, after)])


async def append_many(tx: Tx, at: int, actor_user: int | None, entries: Iterable[Entry]) -> None:
    head = await tx.row(
        "SELECT (SELECT hash FROM audit ORDER BY id DESC LIMIT 1), (SELECT MAX(id) FROM audit),"
        f" (SELECT value FROM marks WHERE name = '{SALT}'),"
        " (SELECT person_id FROM accounts WHERE user_id = CAST(? AS BIGINT))",
        actor_user,
    )
    assert head is not None
    seal, last, seasoning, person = head[0] or "", head[1] or 0, head[2] or "", head[3]
    rows = []
    for number, entry in enumerate(entries, last + 1):
        who, what = digest(seasoning, actor_user), digest(seasoning, entry.before, entry.after)
        seal = _seal(seal, (number, at, who, person, entry.action, entry.subject, what))
        words = (entry.action, entry.subject, entry.before, entry.after)
        rows.append((number, at, actor_user, person, *words, who, what, seal))
    await tx.executemany(
        f"INSERT INTO audit ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


async def salt(tx: Tx) -> str:
    """For digests that stand in an entry in place of a name: equal names look equal, none can be read."""
    return await marks.get(tx, SALT)


async def seal_all(tx: Tx) -> None:
    """Make a chain of what was written before there was one; a part of the migration."""
    fresh = secrets.token_hex(32)
    await marks.put(tx, SALT, fresh)
    seal, last = "", 0
    while rows := await _after(tx, last):
        sealed = []
        for number, at, user, person, action, subject, before, after, *_ in rows:
            who, what = digest(fresh, user), digest(fresh, before, after)
            seal = _seal(seal, (number, at, who, person, action, subject, what))
            sealed.append((who, what, seal, number))
        await tx.executemany("UPDATE audit SET actor_digest = ?, details_digest = ?, hash = ? WHERE id = ?", sealed)
        last = rows[-1][0]


async def _after(tx: Tx, last: int) -> Sequence[Row]:
    return await tx.fetch(f"SELECT {COLUMNS} FROM audit WHERE id > ? ORDER BY id LIMIT {CHUNK}", last)


async def verify(tx: Tx, heads: Mapping[int, str]) -> Chain:
    """Walk the whole chain. `heads` (id to hash) were written down elsewhere: a cut tail is found by them only."""
    seasoning, seal, last, rows = await salt(tx), "", 0, 0
    pale: list[tuple[int, str, bool]] = []  # blanked rows: are they accounted for?
    erased: set[str] = set()
    blanked_to = 0
    seen: dict[int, str] = {}
    while chunk := await _after(tx, last):
        for row in chunk:
            number, at, user, person, action, subject, before, after, who, what, kept = row
            seal = _seal(seal, (number, at, who, person, action, subject, what))
            whose = digest(seasoning, user) == who
            whole = digest(seasoning, before, after) == what
            blank = (whole or (before, after) == ("", "")) and (whose or user is None)
            if kept != seal or not blank:
                return Chain(rows, last, "", number, "row")
            if not (whole and whose):
                pale.append((number, "" if whose else who, not whole))
            if action == ERASED and whole:
                erased |= set(json.loads(after))
            if action == BLANKED and whole:
                blanked_to = max(blanked_to, int(after))
            if number in heads:
                seen[number] = seal
            last, rows = number, rows + 1
        await asyncio.sleep(0)  # a long chain does not keep the chats waiting
    for number, whom, gone in pale:
        if (whom and whom not in erased) or (gone and number > blanked_to):
            return Chain(rows, last, seal, number, "row")
    lost = sorted(number for number, known in heads.items() if seen.get(number) != known)
    return Chain(rows, last, seal, lost[0] if lost else 0, "cut" if lost else "")


async def head(tx: Tx) -> tuple[int, str]:
    """The last row and its hash; whoever keeps it elsewhere notices that something was cut off."""
    row = await tx.row("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
    return (row[0], row[1]) if row else (0, "")


async def hashes(tx: Tx, numbers: Iterable[int]) -> Mapping[int, str]:
    """What these rows are sealed with, as far as they are there."""
    found = {number: await tx.value("SELECT hash FROM audit WHERE id = ?", number) for number in numbers}
    return {number: seal for number, seal in found.items() if seal}


async def added_since(tx: Tx, person_id: int, at: int) -> bool:
    """Whether somebody came onto the roster under this id after that instant."""
    found = await tx.value(
        "SELECT COUNT(*) FROM audit WHERE subject = ? AND action = 'roster-added' AND at > ?", f"person:{person_id}", at
    )
    return bool(found)


async def search(
    tx: Tx, person_id: int, action: str, since: int, until: int, limit: int, offset: int
) -> tuple[Sequence[Written], int]:
    """A page of the newest first, and how many there are: by or about a person (0: all), of an action or its kind."""
    subject, pattern = f"person:{person_id}", f"{action.translate(LITERAL)}%"
    args = (person_id, person_id, subject, action, pattern, since, until)
    total: int = await tx.value(f"SELECT COUNT(*){FOUND}", *args)
    rows = await tx.fetch(
        f"SELECT id, at, actor_user, actor_person, action, subject, before, after{FOUND}"
        " ORDER BY id DESC LIMIT ? OFFSET ?",
        *args,
        limit,
        offset,
    )
    return [Written(*row) for row in rows], total


async def names(tx: Tx, person_ids: Iterable[int]) -> Mapping[int, tuple[str, str]]:
    """Staff number and name of these people as others see them now: the audit itself knows none."""
    found: dict[int, tuple[str, str]] = {}
    for person_id in set(person_ids):
        row: Any = await tx.row(f"SELECT p.staff_number, {SHOWN_NAME} FROM people p WHERE p.id = ?", person_id)
        if row is not None:
            found[person_id] = (row[0], row[1])
    return found


async def blank_details(tx: Tx, before: int, at: int) -> int:
    """Forget the details of acts older than `before`, and write down up to where; the chain stays whole."""
    last = await tx.value(
        "SELECT MAX(id) FROM audit WHERE at < ? AND (before <> '' OR after <> '')"
        f" AND action NOT IN ('{BLANKED}', '{ERASED}')",
        before,
    )
    if not last:
        return 0
    changed = await tx.execute(
        "UPDATE audit SET before = '', after = '' WHERE id <= ? AND at < ? AND (before <> '' OR after <> '')"
        f" AND action NOT IN ('{BLANKED}', '{ERASED}')",
        last,
        before,
    )
    await append(tx, at, None, BLANKED, after=str(last))
    return changed


async def note_erasure(tx: Tx, at: int, subject: str, user_ids: Iterable[int]) -> None:
    """These accounts' numbers were taken out of what they did (UNSIGN): their digests say that it was by right."""
    seasoning = await salt(tx)
    gone = [digest(seasoning, user_id) for user_id in user_ids]
    await append(tx, at, None, ERASED, subject, after=json.dumps(gone))


async def unsign_strangers(tx: Tx, at: int, user_ids: Collection[int]) -> None:
    """Take the numbers of these accounts, which were nobody's, out of what they did."""
    rows = await tx.fetch("SELECT id, actor_user FROM audit WHERE actor_person IS NULL AND actor_user IS NOT NULL")
    signed = [(number, user_id) for number, user_id in rows if user_id in user_ids]
    if signed:
        await tx.executemany(UNSIGN, [(number,) for number, _ in signed])
        await note_erasure(tx, at, "", sorted({user_id for _, user_id in signed}))
