"""Notices: one row each from draft to done, and the snapshot of whom it was for."""

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from storage.departments import COVERED
from storage.engine import Row, Tx
from storage.records import NoticeState

COLUMNS = (
    "id, author_user, author_person, state, text, file_kind, file_id, file_name, answer, deadline, important, audience,"
    " reach, send_at, outside_hours, authority, approved_by, approved_at, round, planned_at, version, created_at"
)


@dataclass(frozen=True, slots=True)
class Notice:
    id: int
    author_user: int
    author_person: int | None
    created_at: int
    authority: int  # the account whose right to send it rests upon
    state: NoticeState = NoticeState.DRAFT
    text: str = ""  # HTML, safe
    file_kind: str | None = None  # photo, document
    file_id: str | None = None
    file_name: str = ""
    answer: bool = False  # with a button 收到
    deadline: date | None = None
    important: bool = False
    audience: Mapping[str, Any] = field(default_factory=dict)
    reach: str = ""  # the subtree it may go to at most
    send_at: int | None = None  # none: at once
    outside_hours: bool = False
    approved_by: int | None = None
    approved_at: int | None = None
    round: int = 0
    planned_at: int | None = None
    version: int = 1


def notice(row: Row) -> Notice:
    (number, author_user, author_person, state, text, file_kind, file_id, file_name, answer, deadline, *rest) = row
    important, audience, reach, send_at, outside, authority, by, at, planned, planned_at, version, created_at = rest
    return Notice(
        id=number,
        author_user=author_user,
        author_person=author_person,
        created_at=created_at,
        authority=authority,
        state=NoticeState(state),
        text=text,
        file_kind=file_kind,
        file_id=file_id,
        file_name=file_name,
        answer=bool(answer),
        deadline=date.fromisoformat(deadline) if deadline else None,
        important=bool(important),
        audience=json.loads(audience),
        reach=reach,
        send_at=send_at,
        outside_hours=bool(outside),
        approved_by=by,
        approved_at=at,
        round=planned,
        planned_at=planned_at,
        version=version,
    )


async def get(tx: Tx, notice_id: int) -> Notice | None:
    row = await tx.row(f"SELECT {COLUMNS} FROM notices WHERE id = ?", notice_id)
    return notice(row) if row else None


async def find_by_source(tx: Tx, source: str) -> Notice | None:
    row = await tx.row(f"SELECT {COLUMNS} FROM notices WHERE source = ? ORDER BY id DESC LIMIT 1", source)
    return notice(row) if row else None


async def set_source(tx: Tx, notice_id: int, source: str) -> None:
    """The message in which its content came in."""
    await tx.execute("UPDATE notices SET source = ? WHERE id = ?", source, notice_id)


async def insert(tx: Tx, new: Notice) -> int:
    """A draft; its id (the one in `new` is not looked at)."""
    found: int = await tx.value(
        "INSERT INTO notices (author_user, author_person, text, file_kind, file_id, file_name, audience, reach,"
        " authority, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        new.author_user,
        new.author_person,
        new.text,
        new.file_kind,
        new.file_id,
        new.file_name,
        json.dumps(new.audience, ensure_ascii=False),
        new.reach,
        new.authority,
        new.created_at,
    )
    return found


async def change(tx: Tx, old: Notice, new: Notice) -> bool:
    """Write what is different about a notice, its state included; False when it is not as `old` any more."""
    return bool(
        await tx.execute(
            "UPDATE notices SET state = ?, text = ?, file_kind = ?, file_id = ?, file_name = ?, answer = ?,"
            " deadline = ?, important = ?, audience = ?, reach = ?, send_at = ?, outside_hours = ?, authority = ?,"
            " approved_by = ?, approved_at = ?, round = ?, planned_at = ?, version = version + 1"
            " WHERE id = ? AND version = ? AND state = ?",
            new.state.value,
            new.text,
            new.file_kind,
            new.file_id,
            new.file_name,
            int(new.answer),
            new.deadline.isoformat() if new.deadline else None,
            int(new.important),
            json.dumps(new.audience, ensure_ascii=False),
            new.reach,
            new.send_at,
            int(new.outside_hours),
            new.authority,
            new.approved_by,
            new.approved_at,
            new.round,
            new.planned_at,
            old.id,
            old.version,
            old.state.value,
        )
    )


async def move(tx: Tx, notice_id: int, before: NoticeState, after: NoticeState) -> bool:
    """From one state to the next, once; False when somebody was faster."""
    return bool(
        await tx.execute(
            "UPDATE notices SET state = ?, version = version + 1 WHERE id = ? AND state = ?",
            after.value,
            notice_id,
            before.value,
        )
    )


# Lists. `reach` is what the asker may see of others' ("" everything, None nothing); his own he always sees.

VISIBLE = f"(author_user = ? OR {COVERED})"


async def list_recent(tx: Tx, user_id: int, reach: str | None, limit: int, offset: int) -> tuple[Sequence[Notice], int]:
    """The latest first, drafts of others and what was given up left out; and how many there are."""
    args = (user_id, reach, user_id)
    total: int = await tx.value(
        f"SELECT COUNT(*) FROM notices WHERE {VISIBLE} AND state <> 'cancelled'"
        " AND (state <> 'draft' OR author_user = ?)",
        *args,
    )
    rows = await tx.fetch(
        f"SELECT {COLUMNS} FROM notices WHERE {VISIBLE} AND state <> 'cancelled'"
        " AND (state <> 'draft' OR author_user = ?) ORDER BY id DESC LIMIT ? OFFSET ?",
        *args,
        limit,
        offset,
    )
    return [notice(row) for row in rows], total


async def list_going(tx: Tx) -> Sequence[Notice]:
    """Those that leave now or will of themselves."""
    rows = await tx.fetch(
        f"SELECT {COLUMNS} FROM notices WHERE state IN ('scheduled', 'sending', 'paused') ORDER BY id"
    )
    return [notice(row) for row in rows]


async def list_due(tx: Tx, now: int) -> Sequence[Notice]:
    """Scheduled ones whose time has come."""
    rows = await tx.fetch(
        f"SELECT {COLUMNS} FROM notices WHERE state = 'scheduled' AND send_at <= ? ORDER BY send_at, id", now
    )
    return [notice(row) for row in rows]


async def next_at(tx: Tx, after: int) -> int | None:
    """When the next scheduled one goes."""
    found: int | None = await tx.value(
        "SELECT MIN(send_at) FROM notices WHERE state = 'scheduled' AND send_at > ?", after
    )
    return found


APPROVABLE = (
    f" FROM notices WHERE state = 'waiting' AND {COVERED} AND author_user <> ?"
    " AND COALESCE(author_person, -1) <> COALESCE(CAST(? AS BIGINT), -2)"
)


async def list_waiting(tx: Tx, reach: str, user_id: int, person_id: int | None, after: int) -> Sequence[Notice]:
    """What waits for the approval of somebody with this reach, the oldest first; never his own."""
    rows = await tx.fetch(
        f"SELECT {COLUMNS}{APPROVABLE} AND id > ? ORDER BY id LIMIT 20", reach, user_id, person_id, after
    )
    return [notice(row) for row in rows]


async def count_waiting(tx: Tx, reach: str, user_id: int, person_id: int | None) -> int:
    found: int = await tx.value(f"SELECT COUNT(*){APPROVABLE}", reach, user_id, person_id)
    return found


async def cancel_drafts(tx: Tx, user_id: int) -> None:
    """What this account has begun and nobody has seen."""
    await tx.execute(
        "UPDATE notices SET state = 'cancelled', text = '', file_id = NULL, file_name = '', version = version + 1"
        " WHERE author_user = ? AND state = 'draft'",
        user_id,
    )


# Planning: the snapshot of the audience becomes messages

# People planned in one statement: SQLite works on the loop, which answers others in between; PostgreSQL is quickest in
# one go.
AT_ONCE = {"sqlite": 2_000, "postgres": 2**40}


async def list_fates(tx: Tx, notice_id: int) -> dict[str, int]:
    rows = await tx.fetch("SELECT fate, COUNT(*) FROM notice_people WHERE notice_id = ? GROUP BY fate", notice_id)
    return {row[0]: row[1] for row in rows}


async def list_to_send(tx: Tx, notice_id: int) -> list[int]:
    rows = await tx.fetch("SELECT person_id FROM notice_people WHERE notice_id = ? AND fate = 'send'", notice_id)
    return [row[0] for row in rows]


async def set_fate(tx: Tx, notice_id: int, people: Iterable[int], fate: str) -> None:
    await tx.executemany(
        "UPDATE notice_people SET fate = ? WHERE notice_id = ? AND person_id = ?",
        [(fate, notice_id, person) for person in people],
    )


async def enqueue(
    tx: Tx, notice_id: int, occurrence: int, times: tuple[int, int], urgency: int, *, round: int, free: bool
) -> None:
    """One outbox row for everybody who has an account: to be sent, or skipped with the reason from the beginning.
    `times`: not before, and now."""
    not_before, now = times
    first: int | None = await tx.value("SELECT MIN(person_id) FROM notice_people WHERE notice_id = ?", notice_id)
    last: int | None = await tx.value("SELECT MAX(person_id) FROM notice_people WHERE notice_id = ?", notice_id)
    step = AT_ONCE[tx.dialect]
    for start in range(first or 0, (last or -1) + 1, step):
        await tx.execute(
            "INSERT INTO outbox (key, kind, facts, person_id, not_before, occurrence_id, once, urgency, free, state,"
            " reason, settled_at) SELECT 'notice:' || n.notice_id || ':' || n.person_id || ':' || CAST(? AS TEXT),"
            " 'notice', CAST(? AS TEXT), n.person_id, CAST(? AS BIGINT), CAST(? AS BIGINT), 0, CAST(? AS INTEGER),"
            " CAST(? AS INTEGER), CASE WHEN n.fate = 'send' THEN 'pending' ELSE 'skipped' END,"
            " CASE WHEN n.fate = 'send' THEN '' ELSE n.fate END,"
            " CASE WHEN n.fate = 'send' THEN NULL ELSE CAST(? AS BIGINT) END"
            " FROM notice_people n WHERE n.notice_id = ? AND n.fate IN ('send', 'budget', 'unreachable')"
            " AND n.person_id BETWEEN ? AND ? ORDER BY n.person_id ON CONFLICT (key) DO NOTHING",
            str(round),
            json.dumps({"notice": notice_id}),
            not_before,
            occurrence,
            urgency,
            int(free),
            now,
            notice_id,
            start,
            start + step - 1,
        )
        await asyncio.sleep(0)
