"""From the queue to the wire: whose turn it is, where a message goes at that moment, how it ended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage import occurrences
from storage.engine import Tx

CRASHES = 2  # so often a message is sent again when it may have arrived: three copies at the most


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
    crashes: int = 0  # how many of its tries may have arrived


# A number that SQLite does not plan by: at a plain ? beside ORDER BY or LIMIT it prepares the statement anew each time.
NUMBER = "(CAST(? AS BIGINT) + 0)"

# Whose turn it is. Each arm walks one index from its start and stops at the limit, whatever the length of the queue.
ARM = (
    "SELECT * FROM (SELECT id, urgency, {} AS arm FROM outbox WHERE {} AND state = 'pending' AND not_before <= ?"
    f" ORDER BY not_before, id LIMIT {NUMBER}) AS a{{}}"
)
SINGLE = [ARM.format(0, f"occurrence_id IS NULL AND urgency = {urgency}", urgency) for urgency in (0, 1, 2)]
TOGETHER = 8  # occurrences that take turns in one claim; of more than that the next ones come next time
DUE = [
    " UNION ALL ".join(
        [*SINGLE, *(ARM.format(arm, f"occurrence_id = {NUMBER}", arm + 2) for arm in range(1, arms + 1))]
    )
    for arms in range(TOGETHER + 1)
]
SIZES = (1, 4, 16, 64, 256)  # of a list of ids: few different statements, kept prepared
CLAIM = {
    size: "UPDATE outbox SET state = 'sending', owner = ?, lease_until = ?, tries = tries + 1 WHERE id IN"
    f" ({', '.join('?' * size)}) RETURNING id, person_id, user_id, kind, facts, once, tries, late_at, urgency,"
    " occurrence_id, reason, crashes"
    for size in SIZES
}


async def claim(tx: Tx, owner: str, now: int, lease_until: int, limit: int, after: int = 0) -> Sequence[Claimed]:
    """Take the most urgent that are due. Equally urgent ones of several occurrences take turns, beginning behind
    `after`; of one that is tried on a few first only those few are taken."""
    arms = await _arms(tx, now, limit, after)
    values = [value for occurrence, room in arms for value in (occurrence, now, room)]
    chosen = _in_turn(await tx.fetch(DUE[len(arms)], *[now, limit] * 3, *values))[:limit]
    claimed: dict[int, Claimed] = {}
    for some, size in _sized(chosen):
        for r in await tx.fetch(CLAIM[size], owner, lease_until, *some):
            facts = occurrences.read(r[4])
            claimed[r[0]] = Claimed(r[0], r[1], r[2], r[3], facts, bool(r[5]), r[6], r[7], r[8], r[9], r[10], r[11])
    return [claimed[number] for number in chosen]


def _in_turn(rows: Sequence[tuple[int, int, int]]) -> list[int]:
    """The most urgent first; of those one of each arm, then the second of each."""
    turns: dict[tuple[int, int], int] = {}
    keyed = []
    for number, urgency, arm in rows:
        turn = turns[urgency, arm] = turns.get((urgency, arm), 0) + 1
        keyed.append((urgency, turn, arm, number))
    return [key[3] for key in sorted(keyed)]


def _sized(ids: Sequence[int]) -> Iterable[tuple[list[int], int]]:
    """The ids in lists of the known sizes, filled up with one that nobody has."""
    for start in range(0, len(ids), SIZES[-1]):
        some = list(ids[start : start + SIZES[-1]])
        size = next(size for size in SIZES if size >= len(some))
        yield some + [0] * (size - len(some)), size


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
    """How one sending ended. `state` pending with a later `not_before` is another try; its `reason` says that an
    earlier one may have arrived."""

    id: int
    state: str
    reason: str = ""
    message_id: int | None = None
    not_before: int = 0
    untried: bool = False  # it has never left, so that was no try
    doubtful: bool = False  # this try may have arrived
    occurrence_id: int | None = None


async def settle(tx: Tx, owner: str, ends: Iterable[End], now: int) -> None:
    """Write the ends of sendings whose lease is still ours; another's rows are left alone."""
    ends = list(ends)
    await tx.executemany(
        "UPDATE outbox SET state = ?, reason = ?, message_id = ?, not_before = ?, settled_at = ?, lease_until = NULL,"
        " tries = tries - ?, crashes = crashes + ? WHERE id = ? AND state = 'sending' AND owner = ?",
        [
            (e.state, e.reason, e.message_id, e.not_before, now, int(e.untried), int(e.doubtful), e.id, owner)
            for e in ends
        ],
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


async def list_lapsed(tx: Tx, owner: str, now: int) -> list[int]:
    """Our own whose lease has lapsed."""
    rows = await tx.fetch("SELECT id FROM outbox WHERE state = 'sending' AND owner = ? AND lease_until < ?", owner, now)
    return [row[0] for row in rows]


async def let_go(tx: Tx, owner: str, ids: Iterable[int]) -> None:
    """They are ours and we never began with them."""
    await tx.executemany(
        "UPDATE outbox SET state = 'pending', tries = tries - 1 WHERE id = ? AND state = 'sending' AND owner = ?",
        [(number, owner) for number in ids],
    )


BEGUN = "(author IS NOT NULL OR plan LIKE '%:hand') AND state IN ('planned', 'paused') AND due_at > ? AND due_at <= ?"


async def move_back(tx: Tx, now: int, by: int) -> None:
    """The clock was put back: what waits for another try waits no longer than it should, and what somebody had sent
    already goes on. What has its own hour (the morning, a plan) waits for that."""
    await tx.execute(
        "UPDATE outbox SET not_before = not_before - ? WHERE state = 'pending' AND tries > 0 AND not_before > ?",
        by,
        now,
    )
    for (number,) in await tx.fetch(f"SELECT id FROM occurrences WHERE {BEGUN}", now, now + by):
        await tx.execute("UPDATE occurrences SET due_at = due_at - ? WHERE id = ?", by, number)
        await tx.execute(
            "UPDATE outbox SET not_before = not_before - ? WHERE occurrence_id = ? AND state = 'pending' AND tries = 0"
            " AND not_before > ?",
            by,
            number,
            now,
        )


# Where a message goes at this moment.


@dataclass(frozen=True, slots=True)
class Address:
    """Of a claimed message: what its occurrence is up to, and the account of whoever it is for."""

    id: int
    ours: bool  # it is still ours to send
    occurrence: str | None  # its state
    user_id: int | None
    chat_id: int
    language: str | None
    muted: bool
    reachable: bool
    consented: bool
    status: str | None  # of the person


ADDRESSES = {
    size: "SELECT o.id, o.state, o.owner, c.state, a.user_id, a.chat_id, a.language, a.muted, a.reachable,"
    " a.consent_version, p.status FROM outbox o LEFT JOIN occurrences c ON c.id = o.occurrence_id"
    " LEFT JOIN accounts b ON b.person_id = o.person_id LEFT JOIN accounts a ON a.user_id ="
    " CASE WHEN o.person_id IS NULL THEN o.user_id ELSE b.user_id END LEFT JOIN people p ON p.id = a.person_id"
    f" WHERE o.id IN ({', '.join('?' * size)})"
    for size in SIZES
}


async def list_addresses(tx: Tx, owner: str, ids: Sequence[int]) -> dict[int, Address]:
    """Message to address, all of one moment."""
    found = {}
    for some, size in _sized(ids):
        for r in await tx.fetch(ADDRESSES[size], *some):
            ours = r[1] == "sending" and r[2] == owner
            found[r[0]] = Address(
                r[0], ours, r[3], r[4], r[5] or 0, r[6], bool(r[7]), bool(r[8]), r[9] is not None, r[10]
            )
    return found
