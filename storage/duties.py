"""The morning message: which dates are taken, what they say, who pressed what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storage import settings
from storage.engine import Tx

WATCHED = "morning_watched"  # the setting that says up to which date the planner has looked


@dataclass(frozen=True, slots=True)
class DayContent:
    date: date
    phrase_id: str
    duty_id: str
    words: str = ""  # JSON: the unit's own words, as they were when the day was settled


async def count_late(tx: Tx, occurrence_id: int) -> int:
    """How many did not get the message of this occurrence in time."""
    found: int = await tx.value(
        "SELECT COUNT(*) FROM outbox WHERE occurrence_id = ? AND state = 'skipped' AND reason = 'late'", occurrence_id
    )
    return found


AUDIENCE = (
    " FROM people p JOIN accounts a ON a.person_id = p.id"
    " WHERE p.status = 'active' AND a.consent_version IS NOT NULL AND a.reachable = 1 AND a.muted = 0"
)


async def count_audience(tx: Tx) -> int:
    found: int = await tx.value(f"SELECT COUNT(*){AUDIENCE}")
    return found


async def enqueue(tx: Tx, occurrence: int, day: date, facts: str, times: tuple[int, int], urgency: int) -> int:
    """One row for everybody who is bound, has consented, can be reached, is at work and has not muted it."""
    return await tx.execute(
        "INSERT INTO outbox (key, kind, facts, person_id, not_before, late_at, occurrence_id, once, urgency)"
        " SELECT 'morning:' || CAST(? AS TEXT) || ':' || p.id, 'morning', CAST(? AS TEXT), p.id, CAST(? AS BIGINT),"
        f" CAST(? AS BIGINT), CAST(? AS BIGINT), 1, CAST(? AS INTEGER){AUDIENCE} ORDER BY p.id"
        " ON CONFLICT (key) DO NOTHING",
        day.isoformat(),
        facts,
        *times,
        occurrence,
        urgency,
    )


# What a day says


async def get_content(tx: Tx, day: date) -> DayContent | None:
    row = await tx.row("SELECT phrase_id, duty_id, words FROM day_contents WHERE local_date = ?", day.isoformat())
    return DayContent(day, *row) if row else None


async def insert_content(tx: Tx, content: DayContent) -> None:
    """Keep what a day says; what it says already stays."""
    await tx.execute(
        "INSERT INTO day_contents (local_date, phrase_id, duty_id, words) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (local_date) DO NOTHING",
        content.date.isoformat(),
        content.phrase_id,
        content.duty_id,
        content.words,
    )


async def forget_unsent(tx: Tx, item_id: str, today: date) -> None:
    """Unsettle what a day from today on was to say with this phrase or duty, where its message is not planned yet."""
    await tx.execute(
        "DELETE FROM day_contents WHERE local_date >= ? AND (phrase_id = ? OR duty_id = ?) AND NOT EXISTS"
        " (SELECT 1 FROM occurrences o WHERE o.plan = 'morning' AND o.local_date = day_contents.local_date)",
        today.isoformat(),
        item_id,
        item_id,
    )


async def list_last_used(tx: Tx, before: date) -> dict[str, date]:
    """When each phrase was last said before this day."""
    rows = await tx.fetch(
        "SELECT phrase_id, MAX(local_date) FROM day_contents WHERE local_date < ? GROUP BY phrase_id",
        before.isoformat(),
    )
    return {row[0]: date.fromisoformat(row[1]) for row in rows}


async def list_duties_used(tx: Tx, before: date) -> dict[str, date]:
    """When each duty last had its turn before this day."""
    rows = await tx.fetch(
        "SELECT duty_id, MAX(local_date) FROM day_contents WHERE local_date < ? GROUP BY duty_id", before.isoformat()
    )
    return {row[0]: date.fromisoformat(row[1]) for row in rows}


# What people press


async def tap(tx: Tx, day: date, person_id: int, kind: str, at: int) -> bool:
    """Keep that somebody has read it, or has done it; False when it is kept already."""
    return bool(
        await tx.execute(
            "INSERT INTO taps (local_date, person_id, kind, at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (local_date, person_id, kind) DO NOTHING",
            day.isoformat(),
            person_id,
            kind,
            at,
        )
    )


async def list_taps(tx: Tx, day: date, person_id: int) -> Sequence[str]:
    rows = await tx.fetch(
        "SELECT kind FROM taps WHERE local_date = ? AND person_id = ? ORDER BY kind", day.isoformat(), person_id
    )
    return [row[0] for row in rows]


# Up to where the planner has looked


async def get_watched(tx: Tx) -> date | None:
    found: str | None = await tx.value("SELECT value FROM settings WHERE name = ?", WATCHED)
    return date.fromisoformat(found) if found else None


async def set_watched(tx: Tx, day: date, at: int) -> None:
    await settings.put(tx, WATCHED, day.isoformat(), at)
