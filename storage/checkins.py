"""Check-ins and every change of them. Nothing is deleted."""

from collections.abc import Sequence
from datetime import date

from storage.engine import Row, Tx
from storage.records import Checkin, CheckinState

COLUMNS = (
    "c.id, c.person_id, c.department_id, c.service_date, c.minutes, c.starts_at, c.ends_at, c.text, c.state,"
    " c.late_reason, c.version, c.created_at"
)


def checkin(row: Row) -> Checkin:
    values = list(row)
    values[3], values[8] = date.fromisoformat(row[3]), CheckinState(row[8])
    return Checkin(*values)


async def insert(tx: Tx, new: Checkin, source: str | None = None, supersedes: int | None = None) -> Checkin | None:
    """Keep a new record (its `id` is not looked at); None when this source message has one already."""
    row = await tx.row(
        "INSERT INTO checkins AS c (person_id, department_id, service_date, minutes, starts_at, ends_at, text, state,"
        " late_reason, version, created_at, source, supersedes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        f" ON CONFLICT (source) DO NOTHING RETURNING {COLUMNS.replace('c.', '')}",
        new.person_id,
        new.department_id,
        new.service_date.isoformat(),
        new.minutes,
        new.starts_at,
        new.ends_at,
        new.text,
        new.state.value,
        new.late_reason,
        new.version,
        new.created_at,
        source,
        supersedes,
    )
    return checkin(row) if row else None


async def get(tx: Tx, checkin_id: int) -> Checkin | None:
    row = await tx.row(f"SELECT {COLUMNS} FROM checkins c WHERE c.id = ?", checkin_id)
    return checkin(row) if row else None


async def find_by_source(tx: Tx, source: str) -> Checkin | None:
    row = await tx.row(f"SELECT {COLUMNS} FROM checkins c WHERE c.source = ?", source)
    return checkin(row) if row else None


async def list_of_day(tx: Tx, person_id: int, day: date) -> Sequence[Checkin]:
    rows = await tx.fetch(
        f"SELECT {COLUMNS} FROM checkins c WHERE c.person_id = ? AND c.service_date = ? ORDER BY c.id",
        person_id,
        day.isoformat(),
    )
    return [checkin(row) for row in rows]


async def change(tx: Tx, old: Checkin, new: Checkin) -> bool:
    """Replace a record if nobody has changed it since `old` was read; its version grows by one."""
    return bool(
        await tx.execute(
            "UPDATE checkins SET department_id = ?, service_date = ?, minutes = ?, starts_at = ?, ends_at = ?,"
            " text = ?, state = ?, late_reason = ?, version = version + 1 WHERE id = ? AND version = ? AND state = ?",
            new.department_id,
            new.service_date.isoformat(),
            new.minutes,
            new.starts_at,
            new.ends_at,
            new.text,
            new.state.value,
            new.late_reason,
            old.id,
            old.version,
            old.state.value,
        )
    )


async def record_event(
    tx: Tx,
    checkin_id: int,
    at: int,
    actor_user: int,
    act: str,
    from_state: CheckinState | None,
    to_state: CheckinState,
    version: int,
    note: str = "",
) -> None:
    await tx.execute(
        "INSERT INTO checkin_events (checkin_id, at, actor_user, act, from_state, to_state, version, note)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        checkin_id,
        at,
        actor_user,
        act,
        from_state.value if from_state else None,
        to_state.value,
        version,
        note,
    )
