"""线下转达: of which notices somebody has to be told in person, and who has been."""

from collections.abc import Sequence

from storage.deliveries import BEST, PEOPLE, TELLING, of
from storage.departments import UNDER
from storage.engine import Tx
from storage.notices import Notice, get
from storage.people import SHOWN_NAME


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


# Not where the sender ended it, nor where the week's digest will bring it.
NOT_REACHED = (
    f"n.answered_at IS NULL AND SUBSTR({BEST}, 1, 1) IN ('0', '1', '4') AND {BEST} NOT IN ('0skipped:budget',"
    " '0skipped:stopped', '0skipped:recalled', '0skipped:answered', '0skipped:left', '0skipped:send')"
)


async def mark(tx: Tx, notice_id: int) -> list[int]:
    """Decide who is to be told, now that a round has come to its end; the departments in which somebody is."""
    await tx.execute(
        "UPDATE notice_people SET telling = CASE WHEN person_id IN"
        f" (SELECT n.person_id{PEOPLE} AND {NOT_REACHED}) THEN 1 ELSE 0 END WHERE notice_id = ?",
        *of(notice_id, ""),
        notice_id,
    )
    rows = await tx.fetch(
        "SELECT DISTINCT p.department_id FROM notice_people n JOIN people p ON p.id = n.person_id"
        f" WHERE n.notice_id = ? AND n.told_at IS NULL AND {TELLING}",
        notice_id,
    )
    return [row[0] for row in rows]


async def clear(tx: Tx, notice_id: int) -> None:
    """It was taken back: nobody passes it on."""
    await tx.execute("UPDATE notice_people SET telling = 0 WHERE notice_id = ? AND telling = 1", notice_id)


async def count_waiting(tx: Tx, trail: str) -> int:
    """How often somebody of this subtree has still to be told something."""
    found: int = await tx.value(
        "SELECT COUNT(*) FROM notice_people n JOIN people p ON p.id = n.person_id"
        f" JOIN departments d ON d.id = p.department_id WHERE n.told_at IS NULL AND {TELLING}"
        f" AND {UNDER}",
        trail,
    )
    return found


async def list_waiting(tx: Tx, trail: str) -> Sequence[tuple[Notice, int]]:
    """Notices of which somebody of this subtree has still to be told, and how many, the latest first."""
    rows = await tx.fetch(
        "SELECT n.notice_id, COUNT(*) FROM notice_people n JOIN people p ON p.id = n.person_id"
        f" JOIN departments d ON d.id = p.department_id WHERE n.told_at IS NULL AND {TELLING}"
        f" AND {UNDER} GROUP BY n.notice_id ORDER BY n.notice_id DESC",
        trail,
    )
    found = []
    for number, count in rows:
        notice = await get(tx, number)
        if notice is not None:
            found.append((notice, count))
    return found


async def list_tellers(tx: Tx, notice_id: int) -> dict[int, str]:
    """The names of those accounts that have ticked somebody off; an owner without an entry of the roster has none."""
    rows = await tx.fetch(
        f"SELECT DISTINCT n.told_by, {SHOWN_NAME} FROM notice_people n JOIN accounts a ON a.user_id = n.told_by"
        " JOIN people p ON p.id = a.person_id WHERE n.notice_id = ?",
        notice_id,
    )
    return {row[0]: row[1] for row in rows}
