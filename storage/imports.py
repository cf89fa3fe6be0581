"""Roster files that were read and are waiting for a tap, or have had it; and what the last of them changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.accounts import PERSON, person
from storage.engine import Tx
from storage.records import Person

# Where a person may stand besides the roster itself: whoever stands there has begun to use what an import gave him.
USES = ("accounts", "registrations", "checkins", "taps", "outbox", "notice_people", "grants")
# What goes with a person who is taken out again.
BELONGINGS = ("import_changes", "postings", "invites")
USED = " OR ".join(f"EXISTS (SELECT 1 FROM {TABLE} u WHERE u.person_id = c.person_id)" for TABLE in USES)


@dataclass(frozen=True, slots=True)
class Applied:
    """An import whose changes stand in the roster."""

    id: int
    file_name: str
    at: int
    departments: str  # JSON: the ids it made


@dataclass(frozen=True, slots=True)
class Made:
    """What an import did to one person, and how he stands now."""

    person: Person
    act: str  # added, changed, left
    before: str
    after: str
    from_date: str
    posting: str


async def insert(tx: Tx, digest: str, file_name: str, entries: str, created_by: int | None, at: int) -> int:
    found: int = await tx.value(
        "INSERT INTO imports (digest, file_name, entries, created_by, created_at) VALUES (?, ?, ?, ?, ?) RETURNING id",
        digest,
        file_name,
        entries,
        created_by,
        at,
    )
    return found


async def get(tx: Tx, import_id: int) -> tuple[str, str, str] | None:
    """State, state of its missing people, entries."""
    row = await tx.row("SELECT state, missing_state, entries FROM imports WHERE id = ?", import_id)
    return (row[0], row[1], row[2]) if row else None


async def move(tx: Tx, import_id: int, before: str, after: str) -> bool:
    """Change the state; False when somebody was faster."""
    return bool(await tx.execute("UPDATE imports SET state = ? WHERE id = ? AND state = ?", after, import_id, before))


async def move_missing(tx: Tx, import_id: int, before: str, after: str) -> bool:
    return bool(
        await tx.execute(
            "UPDATE imports SET missing_state = ? WHERE id = ? AND missing_state = ?", after, import_id, before
        )
    )


async def forget_entries(tx: Tx, import_id: int) -> None:
    """The names in a file are not needed once it is settled."""
    await tx.execute("UPDATE imports SET entries = '[]' WHERE id = ?", import_id)


# What an import changed


async def begin_changes(tx: Tx, import_id: int, at: int, departments: str) -> None:
    """From now on this is the last import; what the one before it changed is forgotten."""
    await tx.execute("DELETE FROM import_changes WHERE import_id <> ?", import_id)
    await tx.execute("UPDATE imports SET applied_at = ?, departments = ? WHERE id = ?", at, departments, import_id)


async def forget_changes(tx: Tx, before: int) -> None:
    """What was applied so long ago that it cannot be undone any more."""
    await tx.execute(
        "DELETE FROM import_changes WHERE import_id IN (SELECT id FROM imports WHERE applied_at < ?)", before
    )


async def record_added(tx: Tx, import_id: int, from_date: str, rows: Iterable[tuple[str, str]]) -> None:
    """(after, staff number) of people who are on the roster since this moment."""
    await tx.executemany(
        "INSERT INTO import_changes (import_id, person_id, act, before, after, from_date)"
        " SELECT CAST(? AS BIGINT), id, 'added', '', CAST(? AS TEXT), CAST(? AS TEXT) FROM people"
        " WHERE staff_number = ?",
        [(import_id, after, from_date, number) for after, number in rows],
    )


async def record_changed(
    tx: Tx, import_id: int, act: str, from_date: str, rows: Iterable[tuple[int, str, str]]
) -> None:
    """(person, before, after), written before the person is changed: the posting of that day is kept beside it."""
    await tx.executemany(
        "INSERT INTO import_changes (import_id, person_id, act, before, after, from_date, posting)"
        " VALUES (?, ?, ?, ?, ?, ?, COALESCE((SELECT department_id || ' ' || status FROM postings"
        " WHERE person_id = ? AND from_date = ?), ''))",
        [
            (import_id, person_id, act, before, after, from_date, person_id, from_date)
            for person_id, before, after in rows
        ],
    )


async def find_applied(tx: Tx, since: int) -> Applied | None:
    """The last import, while it can be undone: applied since then, and not undone."""
    row = await tx.row(
        "SELECT id, file_name, applied_at, departments, state FROM imports"
        " WHERE applied_at IS NOT NULL ORDER BY applied_at DESC, id DESC LIMIT 1"
    )
    return Applied(*row[:4]) if row and row[4] == "applied" and row[2] >= since else None


async def list_changes(tx: Tx, import_id: int) -> Sequence[Made]:
    rows = await tx.fetch(
        f"SELECT {PERSON}, c.act, c.before, c.after, c.from_date, c.posting FROM import_changes c"
        " JOIN people p ON p.id = c.person_id WHERE c.import_id = ? ORDER BY p.staff_number",
        import_id,
    )
    return [Made(person(row[:7]), *row[7:]) for row in rows]


async def list_used(tx: Tx, import_id: int) -> set[int]:
    """Whoever came with this import and has been spoken to, counted or bound since."""
    rows = await tx.fetch(
        f"SELECT c.person_id FROM import_changes c WHERE c.import_id = ? AND c.act = 'added' AND ({USED})", import_id
    )
    return {row[0] for row in rows}


async def take_out(tx: Tx, people: Sequence[int]) -> None:
    """People who came by an import and have not been used: as if they had never been there."""
    for TABLE in BELONGINGS:
        await tx.executemany(f"DELETE FROM {TABLE} WHERE person_id = ?", [(one,) for one in people])
    await tx.executemany("DELETE FROM people WHERE id = ?", [(one,) for one in people])
