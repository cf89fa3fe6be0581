"""Days that the unit or a published year has settled."""

from collections.abc import Iterable
from datetime import date

from storage.engine import Tx


async def list_days(tx: Tx, source: str) -> dict[date, bool]:
    """Date to is_off. `source`: unit (the unit's own word) or year (an imported State Council table)."""
    rows = await tx.fetch("SELECT local_date, is_off FROM calendar_days WHERE source = ?", source)
    return {date.fromisoformat(row[0]): bool(row[1]) for row in rows}


async def put_days(tx: Tx, source: str, days: Iterable[tuple[date, bool, str]]) -> None:
    """A day that the unit has settled itself stays as it is when a year is imported."""
    await tx.executemany(
        "INSERT INTO calendar_days (local_date, is_off, source, reason) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (local_date) DO UPDATE SET is_off = excluded.is_off, source = excluded.source,"
        " reason = excluded.reason WHERE calendar_days.source <> 'unit' OR excluded.source = 'unit'",
        [(day.isoformat(), int(is_off), source, reason) for day, is_off, reason in days],
    )


async def forget_year(tx: Tx, source: str, year: int) -> None:
    """Before the same year is imported anew."""
    first, last = f"{year:04}-01-01", f"{year:04}-12-31"
    await tx.execute("DELETE FROM calendar_days WHERE source = ? AND local_date BETWEEN ? AND ?", source, first, last)
