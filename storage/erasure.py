"""One person is taken out of everything: figures stay, nothing that could be read as somebody does."""

import json
from collections.abc import Iterable, Sequence

from storage import audit
from storage.engine import Tx

NOBODY = "—"
DUE = "scrub-due"  # the mark: free pages still hold what was erased
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
    "UPDATE checkin_events SET actor_user = 0 WHERE actor_user = ?",
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
    "UPDATE inbox SET body = '', outcome = NULL, chat_id = 0 WHERE chat_id = ? AND state <> 'pending'",
)
ACCOUNT = (*UNSIGN, *GO)
# Of a person: what he has said.
SILENCE = (
    "UPDATE checkins SET text = '', late_reason = '', source = NULL WHERE person_id = ?",
    "UPDATE checkin_events SET note = '' WHERE checkin_id IN (SELECT id FROM checkins WHERE person_id = ?)",
    "DELETE FROM checkin_photos WHERE checkin_id IN (SELECT id FROM checkins WHERE person_id = ?)",
    "UPDATE notices SET author_person = NULL WHERE author_person = ?",
    "DELETE FROM import_changes WHERE person_id = ?",
    "DELETE FROM grants WHERE person_id = ?",
    "UPDATE invites SET person_id = NULL, revoked_at = COALESCE(revoked_at, 0) WHERE person_id = ?",
)
MESSAGE = (
    "UPDATE outbox SET key = 'erased:' || CAST(id AS TEXT), facts = '{}', user_id = NULL, message_id = NULL,"
    " reason = CASE WHEN state IN ('pending', 'sending') THEN 'left' ELSE reason END,"
    " state = CASE WHEN state IN ('pending', 'sending') THEN 'skipped' ELSE state END"
)


async def accounts_of(tx: Tx, person_id: int) -> Sequence[int]:
    """Every account that this person has, had or asked for."""
    rows = await tx.fetch(
        "SELECT user_id FROM accounts WHERE person_id = ? UNION"
        " SELECT user_id FROM registrations WHERE person_id = ? AND state = 'approved' AND user_id > 0",
        person_id,
        person_id,
    )
    return [row[0] for row in rows]


async def erase(tx: Tx, at: int, person_id: int, user_ids: Iterable[int]) -> bool:
    """False when it has been done: after a restore all erasures are gone through once more."""
    users = list(user_ids)
    row = await tx.row("SELECT name, staff_number FROM people WHERE id = ?", person_id)
    if row is None or row[0] == NOBODY:
        return False
    await _forget_words(tx, (row[0], row[1]))
    await tx.execute(
        "UPDATE people SET name = ?, staff_number = '#' || CAST(id AS TEXT), title = '', role = 'staff' WHERE id = ?",
        NOBODY,
        person_id,
    )
    for statement in SILENCE:
        await tx.execute(statement, person_id)
    await tx.execute(f"{MESSAGE} WHERE person_id = ?", person_id)
    for user_id in users:
        await tx.execute(f"{MESSAGE} WHERE user_id = ?", user_id)
        for statement in ACCOUNT:
            await tx.execute(statement, user_id)
    await audit.erase_account(tx, at, None, person_id, users)
    return True


async def _forget_words(tx: Tx, words: tuple[str, str]) -> None:
    """Where others' things name this person: what has been sent, what waits to be imported, open dialogues."""
    patterns = ["%" + w.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%" for w in words]
    # One pass for all the words: everything that was ever sent is gone through.
    await tx.execute(
        "UPDATE outbox SET facts = '{}' WHERE facts <> '{}' AND state NOT IN ('pending', 'sending')"
        " AND (facts LIKE ? ESCAPE '!' OR facts LIKE ? ESCAPE '!')",
        *patterns,
    )
    await tx.execute("DELETE FROM dialogs WHERE data LIKE ? ESCAPE '!' OR data LIKE ? ESCAPE '!'", *patterns)
    for number, entries in await tx.fetch("SELECT id, entries FROM imports WHERE entries <> '' AND entries <> '[]'"):
        kept = [entry for entry in json.loads(entries) if words[1] not in entry]
        await tx.execute("UPDATE imports SET entries = ? WHERE id = ?", json.dumps(kept, ensure_ascii=False), number)


async def sweep(tx: Tx, user_ids: Iterable[int]) -> None:
    """The update that asked for the erasure was still being handled then."""
    for user_id in user_ids:
        await tx.execute(
            "UPDATE inbox SET body = '', outcome = NULL, chat_id = 0 WHERE chat_id = ? AND state = 'done'", user_id
        )
