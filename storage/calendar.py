"""Days that the unit or a published year has settled."""

from collections.abc import Iterable
from datetime import date

from storage.engine import Tx


async def list_days(tx: Tx, source: str) -> dict[date, bool]:
    """Date to is_off. `source`: unit (the unit's own word) or year (an imported State Council table)."""
    rows = await tx.fetch("SELECT local_date, is_off FROM calendar_days WHERE source = ?", source)
    return {date.fromisoformat(row[0]): bool(row[1]) for row in rows}


async def put_days(tx: Tx, source: str, days: Iterable[tuple[date, bool, str]]) -> None:
    await tx.executemany(
        "INSERT INTO calendar_days (local_date, is_off, source, reason) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (local_date) DO UPDATE SET is_off = excluded.is_off, source = excluded.source,"
        " reason = excluded.reason",
        [(day.isoformat(), int(is_off), source, reason) for day, is_off, reason in days],
    )
