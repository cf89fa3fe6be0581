"""线下转达: of which notices somebody has to be told in person, and who has been."""

from collections.abc import Sequence

from storage.engine import Tx
from storage.notices import COLUMNS, Notice, notice


async def tell(tx: Tx, notice_id: int, person_id: int, by_user: int, at: int) -> bool:
    return bool(
        await tx.execute(
            "UPDATE notice_people SET told_at = ?, told_by = ? WHERE notice_id = ? AND person_id = ?"
            " AND told_at IS NULL",
            at,
            by_user,
            notice_id,
            person_id,
        )
    )


async def untell(tx: Tx, notice_id: int, person_id: int) -> bool:
    return bool(
        await tx.execute(
            "UPDATE notice_people SET told_at = NULL, told_by = NULL WHERE notice_id = ? AND person_id = ?"
            " AND told_at IS NOT NULL",
            notice_id,
            person_id,
        )
    )


async def list_notices(tx: Tx, since: int) -> Sequence[Notice]:
    """What was sent to its end since then and was not taken back, the latest first."""
    rows = await tx.fetch(
        f"SELECT {COLUMNS} FROM notices WHERE state IN ('done', 'stopped') AND planned_at >= ?"
        " AND NOT EXISTS (SELECT 1 FROM notice_changes c WHERE c.notice_id = notices.id AND c.act = 'recall')"
        " ORDER BY id DESC",
        since,
    )
    return [notice(row) for row in rows]


async def list_tellers(tx: Tx, notice_id: int) -> dict[int, str]:
    """The names of those accounts that have ticked somebody off; an owner without an entry of the roster has none."""
    rows = await tx.fetch(
        "SELECT DISTINCT n.told_by, p.name FROM notice_people n JOIN accounts a ON a.user_id = n.told_by"
        " JOIN people p ON p.id = a.person_id WHERE n.notice_id = ?",
        notice_id,
    )
    return {row[0]: row[1] for row in rows}
