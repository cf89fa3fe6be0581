"""What was sent and is edited or taken away afterwards, message by message."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from storage.engine import Tx

# The facts of a correction's occurrence: when it was made, as the unit's clocks showed it.
CORRECTED = "corrected"
# The facts of the last correction of a notice `n`.
LAST = (
    "(SELECT o.facts FROM notice_changes c JOIN occurrences o ON o.id = c.occurrence_id"
    " WHERE c.notice_id = n.id AND c.act = 'correct' ORDER BY c.id DESC LIMIT 1)"
)
CHANGE = "id, notice_id, act, before, by_user, at, occurrence_id"


@dataclass(frozen=True, slots=True)
class Change:
    id: int
    notice_id: int
    act: str  # correct, recall
    before: str  # the text that it replaced
    by_user: int
    at: int
    occurrence_id: int


async def insert(tx: Tx, notice_id: int, act: str, before: str, by_user: int, at: int) -> int:
    found: int = await tx.value(
        "INSERT INTO notice_changes (notice_id, act, before, by_user, at) VALUES (?, ?, ?, ?, ?) RETURNING id",
        notice_id,
        act,
        before,
        by_user,
        at,
    )
    return found


async def set_occurrence(tx: Tx, change_id: int, occurrence_id: int) -> None:
    await tx.execute("UPDATE notice_changes SET occurrence_id = ? WHERE id = ?", occurrence_id, change_id)


async def list_of(tx: Tx, notice_id: int) -> Sequence[Change]:
    rows = await tx.fetch(f"SELECT {CHANGE} FROM notice_changes WHERE notice_id = ? ORDER BY id", notice_id)
    return [Change(*row) for row in rows]


async def list_running(tx: Tx) -> Sequence[Change]:
    """Those of which an edit may still be on its way."""
    rows = await tx.fetch(
        f"SELECT {CHANGE} FROM notice_changes WHERE occurrence_id IN (SELECT id FROM occurrences"
        " WHERE state IN ('planned', 'paused')) ORDER BY id"
    )
    return [Change(*row) for row in rows]


async def get(tx: Tx, change_id: int) -> Change | None:
    row = await tx.row(f"SELECT {CHANGE} FROM notice_changes WHERE id = ?", change_id)
    return Change(*row) if row else None


def corrected_at(facts: str | None) -> str | None:
    """None where it was not corrected, or by a version that did not keep the time."""
    found: str | None = json.loads(facts).get(CORRECTED) if facts else None
    return found


async def get_corrected(tx: Tx, notice_id: int) -> str | None:
    """When a notice was corrected last, in ISO."""
    return corrected_at(await tx.value(f"SELECT {LAST} FROM notices n WHERE n.id = ?", notice_id))


async def is_recalled(tx: Tx, notice_id: int) -> bool:
    return bool(
        await tx.fetch("SELECT 1 FROM notice_changes WHERE notice_id = ? AND act = 'recall' LIMIT 1", notice_id)
    )


OF_NOTICE = "occurrence_id IN (SELECT id FROM occurrences WHERE plan = ? OR plan LIKE ?)"
EDIT = (
    "INSERT INTO outbox (key, kind, facts, person_id, not_before, occurrence_id, once, urgency)"
    " SELECT 'notice-change:' || CAST(? AS TEXT) || ':' || CAST(r.id AS TEXT), 'notice-change',"
    " CAST(? AS TEXT) || CAST(r.id AS TEXT) || '}', r.person_id, CAST(? AS BIGINT), CAST(? AS BIGINT), 0, 1"
    f" FROM outbox r WHERE r.state = 'sent' AND r.message_id > 0 AND {OF_NOTICE}"
)


async def count(tx: Tx, notice_id: int) -> dict[str, int]:
    """How many messages of it stand in chats, and of how many nobody can tell."""
    rows = await tx.fetch(
        f"SELECT state, COUNT(*) FROM outbox WHERE {OF_NOTICE} AND kind = 'notice' GROUP BY state",
        f"notice:{notice_id}",
        f"notice:{notice_id}/%",
    )
    found: dict[str, int] = dict(rows)
    return {"sent": found.get("sent", 0), "unknown": found.get("unknown", 0)}


def _edit_args(change: Change, not_before: int) -> tuple[object, ...]:
    facts = json.dumps({"notice": change.notice_id, "change": change.id})[:-1] + ', "of": '
    notice = f"notice:{change.notice_id}"
    return str(change.id), facts, not_before, change.occurrence_id, notice, f"{notice}/%"


async def enqueue(tx: Tx, change: Change, now: int) -> int:
    """One edit for each message that was sent; what is on its way just now is remembered, it has the old text."""
    flying = await tx.fetch(
        f"SELECT id FROM outbox WHERE state = 'sending' AND kind = 'notice' AND {OF_NOTICE} ORDER BY id",
        f"notice:{change.notice_id}",
        f"notice:{change.notice_id}/%",
    )
    if flying:
        listed = f",{','.join(str(row[0]) for row in flying)},"
        await tx.execute("UPDATE notice_changes SET flying = ? WHERE id = ?", listed, change.id)
    return await tx.execute(f"{EDIT} ORDER BY r.id ON CONFLICT (key) DO NOTHING", *_edit_args(change, now))


async def list_flying(tx: Tx) -> Sequence[Change]:
    """Those that have to follow a message which was on its way, now that none of these is any more."""
    rows = await tx.fetch(
        f"SELECT {CHANGE} FROM notice_changes WHERE flying <> '' AND NOT EXISTS (SELECT 1 FROM outbox r"
        " WHERE r.state = 'sending' AND notice_changes.flying LIKE '%,' || CAST(r.id AS TEXT) || ',%') ORDER BY id"
    )
    return [Change(*row) for row in rows]


async def follow(tx: Tx, change: Change, now: int) -> int:
    """Edit what was on its way when the change was made and has arrived since."""
    flying = await tx.value("SELECT flying FROM notice_changes WHERE id = ?", change.id)
    followed = await tx.execute(
        f"{EDIT} AND CAST(? AS TEXT) LIKE '%,' || CAST(r.id AS TEXT) || ',%' ON CONFLICT (key) DO NOTHING",
        *_edit_args(change, now),
        flying,
    )
    await tx.execute("UPDATE notice_changes SET flying = '' WHERE id = ?", change.id)
    return followed


async def get_original(tx: Tx, outbox_id: int) -> int | None:
    """The number of the message that an edit is about; None where its person has come to another account since: there
    it would be that of another message."""
    found: int | None = await tx.value(
        "SELECT r.message_id FROM outbox r JOIN accounts a ON a.person_id = r.person_id"
        " WHERE r.id = ? AND r.state = 'sent' AND COALESCE(a.bound_at, 0) <= r.settled_at",
        outbox_id,
    )
    return found
