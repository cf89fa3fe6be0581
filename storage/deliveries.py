"""What became of a notice: its rounds, who got it, who has answered, what it says by now."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.corrections import LAST, corrected_at
from storage.departments import UNDER
from storage.engine import Tx
from storage.people import SHOWN_NAME


def plan_of(notice_id: int, round: int = 1) -> str:
    """The plan under whose name the messages of a round are an occurrence."""
    return f"notice:{notice_id}" if round == 1 else f"notice:{notice_id}/{round}"


def progress_key(notice_id: int, round: int) -> str:
    """The key of the live message about a round."""
    return f"notice-progress:{notice_id}:{round}"


@dataclass(frozen=True, slots=True)
class Round:
    number: int
    occurrence_id: int
    state: str  # that of the occurrence
    due_at: int
    reason: str  # first, missed, unanswered
    paused_by: str  # why it paused by itself; empty: somebody did it
    canary: int


async def list_rounds(tx: Tx, notice_id: int, rounds: int) -> Sequence[Round]:
    found = []
    for number in range(1, rounds + 1):
        row = await tx.row(
            "SELECT o.id, o.state, o.due_at, COALESCE(r.reason, 'first'), o.reason, o.canary FROM occurrences o"
            " LEFT JOIN notice_rounds r ON r.notice_id = ? AND r.round = ? WHERE o.plan = ?",
            notice_id,
            number,
            plan_of(notice_id, number),
        )
        if row:
            found.append(Round(number, *row))
    return found


async def insert_round(tx: Tx, notice_id: int, round: int, reason: str, by_user: int, at: int) -> None:
    await tx.execute(
        "INSERT INTO notice_rounds (notice_id, round, reason, by_user, at) VALUES (?, ?, ?, ?, ?)",
        notice_id,
        round,
        reason,
        by_user,
        at,
    )


@dataclass(frozen=True, slots=True)
class Live:
    """The last round of a notice whose end has not been told yet."""

    notice_id: int
    round: int
    author: int  # who asked for this round
    occurrence_id: int
    state: str  # that of the occurrence


async def list_live(tx: Tx) -> Sequence[Live]:
    rows = await tx.fetch(
        "SELECT n.id, n.round, COALESCE(r.by_user, n.author_user), o.id, o.state FROM notices n"
        " LEFT JOIN notice_rounds r ON r.notice_id = n.id AND r.round = n.round JOIN occurrences o ON o.plan ="
        " 'notice:' || CAST(n.id AS TEXT) || CASE WHEN n.round > 1 THEN '/' || CAST(n.round AS TEXT) ELSE '' END"
        " WHERE n.state IN ('sending', 'paused', 'stopped') AND NOT EXISTS (SELECT 1 FROM outbox"
        " WHERE key = 'notice-finished:' || CAST(n.id AS TEXT) || ':' || CAST(n.round AS TEXT)) ORDER BY n.id"
    )
    return [Live(*row) for row in rows]


async def get_fate(tx: Tx, key: str) -> str | None:
    """What became of the message with this key; None where there is none."""
    found: str | None = await tx.value("SELECT state FROM outbox WHERE key = ?", key)
    return found


async def find_message(tx: Tx, key: str) -> int | None:
    """The number of a message that has arrived, in its chat."""
    found: int | None = await tx.value("SELECT message_id FROM outbox WHERE key = ? AND state = 'sent'", key)
    return found or None


async def enqueue(
    tx: Tx, notice_id: int, round: int, occurrence: int, people: Sequence[int], not_before: int, *, reminder: bool
) -> None:
    """One message a person of a later round; an important notice stays free of the week's budget."""
    facts = json.dumps({"notice": notice_id, "reminder": True} if reminder else {"notice": notice_id})
    matter = f"notice:{notice_id}" if reminder else ""  # reminders are counted by it
    await tx.executemany(
        "INSERT INTO outbox (key, kind, facts, person_id, not_before, occurrence_id, once, urgency, free,"
        " matter)"
        " SELECT 'notice:' || n.id || ':' || CAST(? AS TEXT) || ':' || CAST(? AS TEXT), 'notice', CAST(? AS TEXT),"
        " CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT), 0, 2, n.important, CAST(? AS TEXT) FROM notices n"
        " WHERE n.id = ? ON CONFLICT (key) DO NOTHING",
        [(str(person), str(round), facts, person, not_before, occurrence, matter, notice_id) for person in people],
    )


# Its people. `best` is what came of the best of all rounds: a rank, the state, the reason (5sent:, 1failed:blocked).

PEOPLE = (
    " FROM notice_people n JOIN people p ON p.id = n.person_id JOIN departments d ON d.id = p.department_id"
    " LEFT JOIN (SELECT person_id, MAX(CASE state WHEN 'sent' THEN '5' WHEN 'unknown' THEN '4' WHEN 'sending' THEN '3'"
    " WHEN 'pending' THEN '2' WHEN 'failed' THEN '1' ELSE '0' END || state || ':' || reason) AS best,"
    " MAX(CASE WHEN state = 'sent' THEN settled_at END) AS sent_at FROM outbox WHERE occurrence_id IN"
    " (SELECT id FROM occurrences WHERE plan = ? OR plan LIKE ?) GROUP BY person_id) b ON b.person_id = n.person_id"
    f" WHERE n.notice_id = ? AND {UNDER}"
)
BEST = "COALESCE(b.best, '0skipped:' || n.fate)"
# Who was not reached and is to be told in person: decided when a round ends (storage.tellings).
TELLING = "(n.telling = 1 AND n.answered_at IS NULL AND p.status NOT IN ('left', 'retired'))"
GOT_IT = f"SUBSTR({BEST}, 1, 1) IN ('4', '5')"
KINDS = (
    " AND ((? = 'all') OR (? = 'answered' AND n.answered_at IS NOT NULL)"
    f" OR (? = 'unanswered' AND n.answered_at IS NULL AND {GOT_IT})"
    f" OR (? = 'failed' AND {BEST} LIKE '1%') OR (? = 'skipped' AND {BEST} LIKE '0%')"
    f" OR (? = 'unknown' AND {BEST} LIKE '4%') OR (? = 'telling' AND {TELLING}))"
)
KIND_MARKS = 7


@dataclass(frozen=True, slots=True)
class Somebody:
    """One of a notice's people."""

    person_id: int
    staff_number: str
    name: str
    department: str
    department_id: int
    trail: str
    state: str
    reason: str
    sent_at: int | None
    answered_at: int | None
    told_at: int | None
    told_by: int | None


def of(notice_id: int, trail: str) -> tuple[Any, ...]:
    return f"notice:{notice_id}", f"notice:{notice_id}/%", notice_id, trail


async def has_people(tx: Tx, notice_id: int, trail: str) -> bool:
    """Whether it was for somebody of this subtree."""
    return bool(
        await tx.fetch(
            "SELECT 1 FROM notice_people n JOIN people p ON p.id = n.person_id JOIN departments d"
            f" ON d.id = p.department_id WHERE n.notice_id = ? AND {UNDER} LIMIT 1",
            notice_id,
            trail,
        )
    )


async def list_people(
    tx: Tx, notice_id: int, trail: str, kind: str, limit: int = -1, offset: int = 0
) -> tuple[Sequence[Somebody], int]:
    """A page of those in this subtree, by department; and how many there are in all. Kinds are those of KINDS."""
    args = (*of(notice_id, trail), *(kind,) * KIND_MARKS)
    total: int = await tx.value(f"SELECT COUNT(*){PEOPLE}{KINDS}", *args)
    rows = await tx.fetch(
        f"SELECT p.id, p.staff_number, {SHOWN_NAME}, d.path, d.id, d.trail,"
        f" {BEST}, b.sent_at, n.answered_at, n.told_at, n.told_by{PEOPLE}{KINDS}"
        " ORDER BY d.trail, p.staff_number LIMIT ? OFFSET ?",
        *args,
        limit if limit >= 0 else 2**31,
        offset,
    )
    return [_somebody(row) for row in rows], total


def _somebody(row: tuple[Any, ...]) -> Somebody:
    *who, best, sent_at, answered_at, told_at, told_by = row
    number, staff_number, name, department, department_id, trail = who
    state, _, reason = str(best)[1:].partition(":")
    return Somebody(
        number,
        staff_number,
        name,
        department,
        department_id,
        trail,
        state=state,
        reason=reason,
        sent_at=sent_at,
        answered_at=answered_at,
        told_at=told_at,
        told_by=told_by,
    )


async def get_person(tx: Tx, notice_id: int, person_id: int) -> Somebody | None:
    rows = await tx.fetch(
        f"SELECT p.id, p.staff_number, {SHOWN_NAME}, d.path, d.id, d.trail,"
        f" {BEST}, b.sent_at, n.answered_at, n.told_at, n.told_by{PEOPLE} AND n.person_id = ?",
        *of(notice_id, ""),
        person_id,
    )
    return _somebody(rows[0]) if rows else None


async def count_people(tx: Tx, notice_id: int, trail: str) -> Mapping[str, int]:
    """Of those in this subtree: how many there are, by what came of it, and how many have answered or been told."""
    rows = await tx.fetch(
        f"SELECT SUBSTR({BEST}, 2), COUNT(*), COALESCE(SUM(CASE WHEN n.answered_at IS NULL THEN 0 ELSE 1 END), 0),"
        f" COALESCE(SUM(CASE WHEN n.answered_at IS NULL AND {GOT_IT} THEN 1 ELSE 0 END), 0),"
        f" COALESCE(SUM(CASE WHEN {TELLING} THEN 1 ELSE 0 END), 0),"
        f" COALESCE(SUM(CASE WHEN {TELLING} AND n.told_at IS NOT NULL THEN 1 ELSE 0 END), 0)"
        f"{PEOPLE} GROUP BY SUBSTR({BEST}, 2)",
        *of(notice_id, trail),
    )
    names = ("people", "answered", "unanswered", "telling", "told")
    found = dict.fromkeys(names, 0)
    for best, *counts in rows:
        found[str(best)] = int(counts[0])
        for name, count in zip(names, counts, strict=True):
            found[name] += int(count)
    return found


# Whom a message reaches today: at work, with an account that has consented and answers, nobody has told him, nor has he
# answered.
TARGETS = (
    " AND p.status = 'active' AND n.answered_at IS NULL AND n.told_at IS NULL AND EXISTS (SELECT 1 FROM accounts a"
    " WHERE a.person_id = p.id AND a.consent_version IS NOT NULL AND a.reachable = 1)"
)
ENDED = "('0skipped:budget', '0skipped:recalled', '0skipped:answered')"  # on purpose: no second try


async def list_missed(tx: Tx, notice_id: int) -> list[int]:
    """Who has not got it and whom another try may reach."""
    rows = await tx.fetch(
        f"SELECT p.id{PEOPLE}{TARGETS} AND SUBSTR({BEST}, 1, 1) IN ('0', '1') AND {BEST} NOT IN {ENDED} ORDER BY p.id",
        *of(notice_id, ""),
    )
    return [row[0] for row in rows]


async def list_unanswered(tx: Tx, notice_id: int) -> list[int]:
    """Who has got it and has not answered."""
    rows = await tx.fetch(f"SELECT p.id{PEOPLE}{TARGETS} AND {GOT_IT} ORDER BY p.id", *of(notice_id, ""))
    return [row[0] for row in rows]


async def answer(tx: Tx, notice_id: int, person_id: int, at: int) -> bool:
    """收到, once; False when it stands there already or the notice was not for this person."""
    return bool(
        await tx.execute(
            "UPDATE notice_people SET answered_at = ? WHERE notice_id = ? AND person_id = ? AND answered_at IS NULL",
            at,
            notice_id,
            person_id,
        )
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What the message of a notice says to one reader, as things are; equal for all who are told the same."""

    notice_id: int
    text: str
    file_kind: str | None
    file_id: str | None
    answer: int
    deadline: str | None
    important: int
    sender: str  # the department it comes from; empty: the office
    recalled: int
    answered: int
    corrected: str | None  # when the text was, in ISO


async def get_said(tx: Tx, notice_id: int, person_id: int) -> Said | None:
    row = await tx.row(
        "SELECT n.id, n.text, n.file_kind, n.file_id, n.answer, n.deadline, n.important, COALESCE(d.name, ''),"
        " CASE WHEN EXISTS (SELECT 1 FROM notice_changes c WHERE c.notice_id = n.id AND c.act = 'recall')"
        f" THEN 1 ELSE 0 END, CASE WHEN p.answered_at IS NULL THEN 0 ELSE 1 END, {LAST} FROM notices n"
        " LEFT JOIN departments d ON d.trail = n.reach"
        " LEFT JOIN notice_people p ON p.notice_id = n.id AND p.person_id = ? WHERE n.id = ?",
        person_id,
        notice_id,
    )
    return Said(*(*row[:-1], corrected_at(row[-1]))) if row else None


async def get_answered(tx: Tx, notice_id: int, person_id: int) -> tuple[bool, int | None]:
    """Whether the notice was for this person, and when he answered."""
    row = await tx.row(
        "SELECT answered_at FROM notice_people WHERE notice_id = ? AND person_id = ?", notice_id, person_id
    )
    return row is not None, row[0] if row else None
