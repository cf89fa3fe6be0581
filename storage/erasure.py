"""One person is taken out of everything: figures stay, nothing that could be read as somebody does."""

import asyncio
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from storage import audit
from storage.engine import Row, Tx
from storage.people import LITERAL

NOBODY = "—"
DUE = "scrub-due"  # the mark: free pages still hold what was erased
LATIN = "0-9A-Za-z\u00c0-\u024f"  # what a word goes on with
TELLING = 5  # digits that make a number one that cannot be anything else
MESSAGE = (
    "UPDATE outbox SET key = 'erased:' || CAST(id AS TEXT), facts = '{}', user_id = NULL, message_id = NULL,"
    " reason = CASE WHEN state IN ('pending', 'sending') THEN 'left' ELSE reason END,"
    " state = CASE WHEN state IN ('pending', 'sending') THEN 'skipped' ELSE state END WHERE id = ?"
)
SAID = "UPDATE outbox SET facts = '{}' WHERE id = ? AND state NOT IN ('pending', 'sending')"
PIECE = 500  # messages
WAITING = f"SELECT id, facts FROM outbox WHERE id IN ({', '.join('?' * PIECE)}) AND state IN ('pending', 'sending')"
# Of an account: rows that go altogether.
GO = (
    "DELETE FROM checkin_drafts WHERE user_id = ?",
    "DELETE FROM attempts WHERE user_id = ?",
    "DELETE FROM audiences WHERE owner_user = ?",
    "DELETE FROM dialogs WHERE key LIKE '%:' || CAST(CAST(? AS BIGINT) AS TEXT)",
    "DELETE FROM accounts WHERE user_id = ?",
)
# Of an account: the number goes, what was done stays.
UNSIGN = (
    "UPDATE registrations SET user_id = -id, account_name = '', replaces = NULL,"
    " state = CASE state WHEN 'pending' THEN 'withdrawn' ELSE state END WHERE user_id = ?",
    "UPDATE registrations SET replaces = NULL WHERE replaces = ?",
    "UPDATE registrations SET decided_by = NULL WHERE decided_by = ?",
    "UPDATE invites SET created_by = NULL WHERE created_by = ?",
    "UPDATE imports SET created_by = NULL WHERE created_by = ?",
    "UPDATE notices SET author_user = 0 WHERE author_user = ?",
    "UPDATE notices SET authority = 0 WHERE authority = ?",
    "UPDATE notices SET approved_by = NULL WHERE approved_by = ?",
    "UPDATE notice_people SET told_by = NULL WHERE told_by = ?",
    "UPDATE notice_rounds SET by_user = 0 WHERE by_user = ?",
    "UPDATE notice_changes SET by_user = 0 WHERE by_user = ?",
    "UPDATE grants SET granted_by = NULL WHERE granted_by = ?",
    "UPDATE grants SET revoked_by = NULL WHERE revoked_by = ?",
    "DELETE FROM group_codes WHERE asked_by = ?",
    "UPDATE group_bindings SET bound_by = 0 WHERE bound_by = ?",
    "UPDATE group_bindings SET ended_by = 0 WHERE ended_by = ?",
    "UPDATE occurrences SET author = NULL WHERE author = ?",
)
ACCOUNT = (*UNSIGN, *GO)
# Of a person: what he has said.
SILENCE = (
    "DELETE FROM checkin_photos WHERE checkin_id IN (SELECT id FROM checkins WHERE person_id = ?)",
    "UPDATE notices SET author_person = NULL WHERE author_person = ?",
    "DELETE FROM import_changes WHERE person_id = ?",
    "DELETE FROM grants WHERE person_id = ?",
    "UPDATE invites SET person_id = NULL, revoked_at = COALESCE(revoked_at, 0) WHERE person_id = ?",
)
# In tables that grow for ever, with whom it goes by: whose rows after an id, and what becomes of each.
OF_PERSON = (
    ("outbox", "SELECT id FROM outbox WHERE person_id = ? AND id > ?", MESSAGE),
    (
        "checkins",
        "SELECT id FROM checkins WHERE person_id = ? AND id > ?",
        "UPDATE checkins SET text = '', late_reason = '', source = NULL WHERE id = ?",
    ),
    (
        "checkin_events",
        "SELECT e.id FROM checkins c JOIN checkin_events e ON e.checkin_id = c.id WHERE c.person_id = ? AND e.id > ?",
        "UPDATE checkin_events SET note = '' WHERE id = ?",
    ),
)
OF_ACCOUNT = (
    ("outbox", "SELECT id FROM outbox WHERE user_id = ? AND id > ?", MESSAGE),
    (
        "checkin_events",
        "SELECT id FROM checkin_events WHERE actor_user = ? AND id > ?",
        "UPDATE checkin_events SET actor_user = 0 WHERE id = ?",
    ),
    (
        "inbox",
        "SELECT id FROM inbox WHERE chat_id = ? AND id > ? AND state <> 'pending'",
        "UPDATE inbox SET body = '', outcome = NULL, chat_id = 0 WHERE id = ?",
    ),
    ("audit", "SELECT id FROM audit WHERE actor_user = ? AND id > ?", audit.UNSIGN),
)
CHANGES = (*dict.fromkeys(change for *_, change in (*OF_PERSON, *OF_ACCOUNT)), SAID)
NAMED = (
    "SELECT id, facts FROM outbox WHERE id > ? AND facts <> '{}'"
    " AND (facts LIKE ? ESCAPE '!' OR facts LIKE ? ESCAPE '!')"
)
DIALOGS = "SELECT key, data FROM dialogs WHERE data LIKE ? ESCAPE '!' OR data LIKE ? ESCAPE '!'"
ENDS = (
    "SELECT 'outbox', MAX(id) FROM outbox UNION ALL SELECT 'checkins', MAX(id) FROM checkins UNION ALL"
    " SELECT 'checkin_events', MAX(id) FROM checkin_events UNION ALL SELECT 'inbox', MAX(id) FROM inbox UNION ALL"
    " SELECT 'audit', MAX(id) FROM audit"
)
Rows = dict[str, list[Row]]  # ids, by the statement that they are for


def _written(word: str) -> str:
    """As it stands in JSON."""
    return json.dumps(word, ensure_ascii=False)[1:-1]


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody is called by."""

    name: str
    number: str
    longer: Sequence[str]  # names of others in which his stands

    def _short(self) -> bool:
        """A short one would be found in every date: it is his where it stands alone."""
        return self.number.isdigit() and len(self.number) < TELLING

    def patterns(self) -> list[str]:
        """Whatever names him is like one of these; what is like them need not name him."""
        number = f'"{self.number}"' if self._short() else _written(self.number)
        return [f"%{word.translate(LITERAL)}%" for word in (_written(self.name), number)]

    def finder(self) -> re.Pattern[str]:
        """Finds him in a string; what is a part of another's longer name is left alone."""
        others = "".join(
            f"(?!(?<={re.escape(other[:end])}){re.escape(other[end:])})"
            for other in self.longer
            for end in range(len(self.name), len(other) + 1)
            if other.endswith(self.name, 0, end)
        )
        number = rf"\A{self.number}\Z" if self._short() else _alone(self.number)
        return re.compile(f"{_alone(self.name)}{others}|{number}")

    def in_any(self, texts: Iterable[Row]) -> list[Row]:
        """Of (key, JSON) the keys of those in which he stands."""
        finder = self.finder()
        return [(key,) for key, text in texts if any(map(finder.search, _strings(orjson.loads(text))))]

    def taken_out(self, text: str) -> str:
        """JSON without him: in its strings, for a number in it is one of the program's own."""
        return orjson.dumps(_changed(orjson.loads(text), self.finder())).decode()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _changed(value: Any, finder: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return finder.sub(NOBODY, value)
    if isinstance(value, list):
        return [_changed(part, finder) for part in value]
    return {name: _changed(part, finder) for name, part in value.items()} if isinstance(value, dict) else value


def _alone(word: str) -> str:
    """Chinese words have no end that could be seen, Latin ones do."""
    before = f"(?<![{LATIN}])" if re.match(f"[{LATIN}]", word) else ""
    after = f"(?![{LATIN}])" if re.search(f"[{LATIN}]$", word) else ""
    return f"{before}{re.escape(word)}{after}"


@dataclass(frozen=True, slots=True)
class Traces:
    """Where this person stands in the tables that grow, up to their last rows of that moment."""

    words: Words
    users: Collection[int]
    rows: Rows
    ends: Mapping[str, int]


async def accounts_of(tx: Tx, person_id: int) -> Sequence[int]:
    """Every account that this person has, had or asked for."""
    rows = await tx.fetch(
        "SELECT user_id FROM accounts WHERE person_id = ? UNION"
        " SELECT user_id FROM registrations WHERE person_id = ? AND state = 'approved' AND user_id > 0",
        person_id,
        person_id,
    )
    return [row[0] for row in rows]


async def _words(tx: Tx, person_id: int) -> Words | None:
    """None when he is nobody already."""
    row = await tx.row("SELECT name, staff_number FROM people WHERE id = ?", person_id)
    if row is None or row[0] == NOBODY:
        return None
    longer = await tx.fetch(
        "SELECT DISTINCT name FROM people WHERE name LIKE ? ESCAPE '!' AND name <> ? ORDER BY name",
        f"%{row[0].translate(LITERAL)}%",
        row[0],
    )
    return Words(row[0], row[1], [other for (other,) in longer])


async def trace(tx: Tx, person_id: int, user_ids: Collection[int]) -> Traces | None:
    """Millions of rows are gone through: for a snapshot beside the event loop, before the transaction that erases."""
    words = await _words(tx, person_id)
    if words is None:
        return None
    ends = {table: last or 0 for table, last in await tx.fetch(ENDS)}
    return Traces(words, user_ids, await _rows(tx, person_id, user_ids, words, dict.fromkeys(ends, 0)), ends)


async def _rows(tx: Tx, person_id: int, user_ids: Collection[int], words: Words, after: Mapping[str, int]) -> Rows:
    """What came after these rows."""
    found: Rows = {change: [] for change in CHANGES}
    for table, query, change in OF_PERSON:
        found[change] += await tx.fetch(query, person_id, after[table])
    for user_id in user_ids:
        for table, query, change in OF_ACCOUNT:
            found[change] += await tx.fetch(query, user_id, after[table])
    named = await tx.fetch(NAMED, after["outbox"], *words.patterns())  # others' messages
    found[SAID] = await asyncio.to_thread(words.in_any, named)
    return found


async def erase(tx: Tx, at: int, person_id: int, user_ids: Collection[int], found: Traces | None = None) -> bool:
    """All of it in one transaction; `found` are traces looked for beforehand. False when it has been done: after a
    restore all erasures are gone through once more."""
    words = await _words(tx, person_id)
    if words is None:
        return False
    if found is None or (found.words, found.users) != (words, user_ids):
        found = await trace(tx, person_id, user_ids)
        assert found is not None
    late = await _rows(tx, person_id, user_ids, words, found.ends)
    rows = {change: [*ids, *late[change]] for change, ids in found.rows.items()}
    for change in CHANGES:
        await tx.executemany(change, rows[change])
    await _forget_words(tx, words, rows[SAID])
    await tx.execute(
        "UPDATE people SET name = ?, staff_number = '#' || CAST(id AS TEXT), title = '', role = 'staff' WHERE id = ?",
        NOBODY,
        person_id,
    )
    for statement in SILENCE:
        await tx.execute(statement, person_id)
    for user_id in user_ids:
        for statement in ACCOUNT:
            await tx.execute(statement, user_id)
    await audit.note_erasure(tx, at, f"person:{person_id}", user_ids)
    return True


async def _forget_words(tx: Tx, words: Words, messages: Sequence[Row]) -> None:
    """Where others' things name this person: what waits to be sent or to be imported, open dialogues."""
    dialogs = await tx.fetch(DIALOGS, *words.patterns())
    for start in range(0, len(messages), PIECE):
        some = [number for (number,) in messages[start : start + PIECE]]
        waiting = await tx.fetch(WAITING, *some, *[0] * (PIECE - len(some)))
        texts = [(words.taken_out(facts), number) for number, facts in waiting]
        await tx.executemany("UPDATE outbox SET facts = ? WHERE id = ?", texts)
    await tx.executemany("DELETE FROM dialogs WHERE key = ?", words.in_any(dialogs))
    for proposal, entries in await tx.fetch("SELECT id, entries FROM imports WHERE entries <> '' AND entries <> '[]'"):
        kept = [entry for entry in json.loads(entries) if words.number not in entry]
        await tx.execute("UPDATE imports SET entries = ? WHERE id = ?", json.dumps(kept, ensure_ascii=False), proposal)


async def list_handled(tx: Tx, user_ids: Collection[int]) -> Sequence[Row]:
    """The updates that asked for an erasure were still being handled then; for a snapshot beside the event loop."""
    rows = await tx.fetch("SELECT id, chat_id FROM inbox WHERE state = 'done' AND chat_id <> 0")
    return [(row[0],) for row in rows if row[1] in user_ids]


async def is_asking(tx: Tx, user_ids: Collection[int]) -> bool:
    """Whether one of these accounts has an update that is not done with."""
    rows = await tx.fetch("SELECT chat_id FROM inbox WHERE state = 'pending'")
    return any(row[0] in user_ids for row in rows)


async def sweep(tx: Tx, handled: Iterable[Row]) -> None:
    await tx.executemany("UPDATE inbox SET body = '', outcome = NULL, chat_id = 0 WHERE id = ?", handled)
