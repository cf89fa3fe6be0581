"""Messages that nobody asked for, one row each, from pending to their end."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage import occurrences
from storage.engine import Tx

CRASHES = 2  # so often a message is sent again after a crash in the middle of it: three copies at the most


@dataclass(frozen=True, slots=True)
class Intent:
    """One message to one recipient: a kind and its facts, never words. `key` makes it one: written twice, sent once."""

    key: str
    kind: str
    facts: Mapping[str, Any]
    person_id: int | None = None
    user_id: int | None = None
    not_before: int = 0
    late_at: int | None = None
    occurrence_id: int | None = None
    once: bool = False  # at most once: an uncertain sending becomes unknown
    urgency: int = 1  # 0 asked, 1 work, 2 unasked
    free: bool = False  # unasked, yet not counted in the week's budget: marked important
    matter: str = ""  # what a reminder is about: it is counted by it


@dataclass(frozen=True, slots=True)
class Claimed:
    id: int
    person_id: int | None
    user_id: int | None
    kind: str
    facts: Mapping[str, Any]
    once: bool
    tries: int
    late_at: int | None
    urgency: int
    occurrence_id: int | None = None
    reason: str = ""  # of its last try: not empty if that may have arrived


async def insert(tx: Tx, intents: Iterable[Intent]) -> None:
    await tx.executemany(
        "INSERT INTO outbox (key, kind, facts, person_id, user_id, not_before, late_at, occurrence_id, once, urgency,"
        " free, matter) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
        [
            (
                i.key,
                i.kind,
                json.dumps(i.facts, ensure_ascii=False),
                i.person_id,
                i.user_id,
                i.not_before,
                i.late_at,
                i.occurrence_id,
                int(i.once),
                i.urgency,
                int(i.free),
                i.matter,
            )
            for i in intents
        ],
    )


# Whose turn it is. Each arm walks one index from its start and stops at the limit, whatever the length of the queue.
ARM = (
    "SELECT * FROM (SELECT id, urgency, ROW_NUMBER() OVER (ORDER BY not_before, id) AS turn, {} AS arm FROM"
    " (SELECT id, urgency, not_before FROM outbox WHERE {} AND state = 'pending' AND not_before <= ?"
    " ORDER BY not_before, id LIMIT ?) AS a) AS b"
)
SINGLE = [ARM.format(0, f"occurrence_id IS NULL AND urgency = {urgency}") for urgency in (0, 1, 2)]
TOGETHER = 8  # occurrences that take turns in one claim; of more than that the next ones come next time
CLAIMS = [
    "UPDATE outbox SET state = 'sending', owner = ?, lease_until = ?, tries = tries + 1 WHERE id IN (SELECT id FROM ("
    + " UNION ALL ".join([*SINGLE, *(ARM.format(arm, "occurrence_id = ?") for arm in range(1, arms + 1))])
    + ") AS due ORDER BY urgency, turn, arm LIMIT ?) RETURNING id, person_id, user_id, kind, facts, once, tries,"
    " late_at, urgency, occurrence_id, reason"
    for arms in range(TOGETHER + 1)
]


async def claim(tx: Tx, owner: str, now: int, lease_until: int, limit: int, after: int = 0) -> Sequence[Claimed]:
    """Take the most urgent that are due; whoever changed the row has it. Equally urgent ones of several occurrences
    take turns, beginning behind `after`; of one that is tried on a few first only those few are taken."""
    arms = await _arms(tx, now, limit, after)
    values = [value for occurrence, room in arms for value in (occurrence, now, room)]
    rows = await tx.fetch(CLAIMS[len(arms)], owner, lease_until, *[now, limit] * 3, *values, limit)
    texts: dict[str, Mapping[str, Any]] = {}
    claimed = []
    for row in rows:
        facts = texts.get(row[4]) or texts.setdefault(row[4], json.loads(row[4]))
        claimed.append(Claimed(row[0], row[1], row[2], row[3], facts, bool(row[5]), *row[6:]))
    return _in_turn(claimed, [occurrence for occurrence, _ in arms])


def _in_turn(claimed: Sequence[Claimed], order: Sequence[int]) -> list[Claimed]:
    """One of each, then the second of each: the order in which they leave."""
    place = {occurrence: n for n, occurrence in enumerate(order, 1)}
    turns: dict[int | None, int] = {}
    keyed = []
    for row in sorted(claimed, key=lambda row: row.id):
        turn = turns[row.occurrence_id] = turns.get(row.occurrence_id, 0) + 1
        keyed.append(((row.urgency, turn, place.get(row.occurrence_id or 0, 0)), row))
    return [row for _, row in sorted(keyed, key=lambda pair: pair[0])]


async def _arms(tx: Tx, now: int, limit: int, after: int) -> list[tuple[int, int]]:
    """The occurrences that have something to send, in turn, and how many each may send now."""
    rows = await tx.fetch(
        "SELECT c.id, c.canary FROM occurrences c WHERE c.state = 'planned' AND c.due_at <= ? AND EXISTS (SELECT 1 FROM"
        " outbox WHERE occurrence_id = c.id AND state = 'pending' AND not_before <= ?)"
        f" ORDER BY CASE WHEN c.id > ? THEN 0 ELSE 1 END, c.id LIMIT {TOGETHER}",
        now,
        now,
        after,
    )
    arms = [(row[0], min(limit, await _canaries(tx, *row)) if row[1] else limit) for row in rows]
    return [(occurrence, room) for occurrence, room in arms if room > 0]


async def _canaries(tx: Tx, occurrence: int, canary: int) -> int:
    """How many more may be tried. Once so many have been sent there is no limit any more."""
    rows = await tx.fetch(
        "SELECT state, COUNT(*) FROM outbox WHERE occurrence_id = ? AND state IN ('sent', 'sending') GROUP BY state",
        occurrence,
    )
    counts: dict[str, int] = {row[0]: row[1] for row in rows}
    if counts.get("sent", 0) < canary:
        return canary - counts.get("sent", 0) - counts.get("sending", 0)
    await tx.execute("UPDATE occurrences SET canary = 0 WHERE id = ?", occurrence)
    return 1_000_000


@dataclass(frozen=True, slots=True)
class End:
    """How one sending ended. `state` pending with a later `not_before` is another try; its `reason` says whether the
    last one may have arrived. `untried`: it has never left, so that was no try."""

    id: int
    state: str
    reason: str = ""
    message_id: int | None = None
    not_before: int = 0
    untried: bool = False


async def settle(tx: Tx, owner: str, ends: Iterable[End], now: int) -> None:
    """Write the ends of sendings whose lease is still ours; another's rows are left alone."""
    ends = list(ends)
    await tx.executemany(
        "UPDATE outbox SET state = ?, reason = ?, message_id = ?, not_before = ?, settled_at = ?, lease_until = NULL,"
        " tries = tries - ? WHERE id = ? AND state = 'sending' AND owner = ?",
        [(e.state, e.reason, e.message_id, e.not_before, now, int(e.untried), e.id, owner) for e in ends],
    )
    if again := [e.id for e in ends if e.state == "pending"]:
        # Nobody comes back for what belongs to a stopped occurrence.
        await tx.executemany(
            f"UPDATE outbox SET {STOPPED}, settled_at = ? WHERE id = ? AND state = 'pending' AND {OF_A_STOPPED_ONE}",
            [(now, number) for number in again],
        )


STOPPED = (
    "state = CASE WHEN reason = '' THEN 'skipped' ELSE 'unknown' END,"
    " reason = CASE WHEN reason = '' THEN 'stopped' ELSE reason END"
)
OF_A_STOPPED_ONE = "occurrence_id IN (SELECT id FROM occurrences WHERE state = 'stopped')"


async def reclaim(tx: Tx, now: int, owner: str, *, all_others: bool) -> int:
    """Rows whose sender has gone: at-most-once ones are unknown, the others are sent again (not for ever, and not of
    an occurrence that was stopped). Whether they have arrived nobody can tell."""
    gone = "state = 'sending' AND owner <> ?" if all_others else "state = 'sending' AND owner <> ? AND lease_until < ?"
    args = (owner,) if all_others else (owner, now)
    await tx.execute(
        f"UPDATE outbox SET state = 'unknown', reason = 'crash', settled_at = ?"
        f" WHERE (once = 1 OR crashes >= {CRASHES} OR {OF_A_STOPPED_ONE}) AND {gone}",
        now,
        *args,
    )
    return await tx.execute(
        f"UPDATE outbox SET state = 'pending', reason = 'crash', crashes = crashes + 1 WHERE {gone}", *args
    )


async def skip_late(tx: Tx, now: int) -> int:
    """Let go what is too late; what was tried and may have arrived is unknown."""
    late = await tx.fetch(f"SELECT c.id FROM occurrences c WHERE {LATE_OCCURRENCE}", now)
    skipped = [await occurrences.end_pending(tx, row[0], "late", now) for row in late]
    return sum(skipped) + await tx.execute(
        "UPDATE outbox SET state = CASE WHEN reason = '' THEN 'skipped' ELSE 'unknown' END,"
        " reason = CASE WHEN reason = '' THEN 'late' ELSE reason END, settled_at = ?"
        " WHERE occurrence_id IS NULL AND state = 'pending' AND late_at IS NOT NULL AND late_at <= ?",
        now,
        now,
    )


LATE_OCCURRENCE = (
    "c.state IN ('planned', 'paused') AND c.late_at <= ?"
    " AND EXISTS (SELECT 1 FROM outbox WHERE occurrence_id = c.id AND state = 'pending')"
)


async def is_due(tx: Tx, now: int) -> bool:
    """Whether a claim would find something (or something that is tried on a few first, and waits for them)."""
    return bool(
        await tx.fetch(
            "SELECT 1 FROM outbox WHERE occurrence_id IS NULL AND state = 'pending' AND urgency IN (0, 1, 2)"
            " AND not_before <= ? UNION ALL SELECT 1 FROM occurrences c WHERE c.state = 'planned' AND c.due_at <= ? AND"
            " EXISTS (SELECT 1 FROM outbox WHERE occurrence_id = c.id AND state = 'pending' AND not_before <= ?)"
            " LIMIT 1",
            now,
            now,
            now,
        )
    )


async def is_neglected(tx: Tx, now: int, owner: str) -> bool:
    """Whether something is too late by now, or its sender has gone."""
    return bool(
        await tx.fetch(
            "SELECT 1 FROM outbox WHERE occurrence_id IS NULL AND state = 'pending' AND late_at <= ?"
            " UNION ALL SELECT 1 FROM outbox WHERE state = 'sending' AND owner <> ? AND lease_until < ?"
            f" UNION ALL SELECT 1 FROM occurrences c WHERE {LATE_OCCURRENCE} LIMIT 1",
            now,
            owner,
            now,
            now,
        )
    )


async def next_due(tx: Tx, after: int) -> tuple[int, str] | None:
    """The moment and the kind of the next message that waits for its time."""
    row = await tx.row(
        "SELECT not_before, kind FROM outbox WHERE occurrence_id IS NULL AND state = 'pending' AND not_before > ?"
        " UNION ALL SELECT o.not_before, o.kind FROM occurrences c JOIN outbox o ON o.occurrence_id = c.id"
        " AND o.state = 'pending' AND o.not_before > ? WHERE c.state = 'planned' ORDER BY 1 LIMIT 1",
        after,
        after,
    )
    return (row[0], row[1]) if row else None


async def last_work(tx: Tx, user_id: int) -> tuple[bool, int]:
    """Whether a work card for this account is waiting already, and when the last one went (0: never)."""
    row = await tx.row(
        "SELECT COALESCE(SUM(CASE WHEN state = 'pending' THEN 1 ELSE 0 END), 0),"
        " COALESCE(MAX(CASE WHEN state = 'sent' THEN settled_at END), 0)"
        " FROM outbox WHERE user_id = ? AND kind = 'work'",
        user_id,
    )
    return (bool(row[0]), int(row[1])) if row else (False, 0)


async def count_by_state(tx: Tx, occurrence_id: int | None = None) -> dict[str, int]:
    """Of all there is, or of one occurrence (`occurrences.tally` says the same)."""
    if occurrence_id is None:
        rows = await tx.fetch("SELECT state, COUNT(*) FROM outbox GROUP BY state")
    else:
        rows = await tx.fetch(
            "SELECT state, COUNT(*) FROM outbox WHERE occurrence_id = ? GROUP BY state", occurrence_id
        )
    return {row[0]: row[1] for row in rows}


async def oldest_due(tx: Tx, now: int) -> int:
    """For how many milliseconds the oldest message that may leave has been waiting."""
    first: int | None = await tx.value(
        "SELECT MIN(at) FROM (SELECT MIN(not_before) AS at FROM outbox WHERE occurrence_id IS NULL"
        " AND state = 'pending' AND not_before <= ? UNION ALL SELECT (SELECT MIN(not_before) FROM outbox"
        " WHERE occurrence_id = c.id AND state = 'pending' AND not_before <= ?) FROM occurrences c"
        " WHERE c.state = 'planned' AND c.due_at <= ?) AS firsts",
        now,
        now,
        now,
    )
    return now - first if first is not None else 0
