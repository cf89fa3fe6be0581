"""Who changed what: appended, never altered. Person ids stand here, names never."""

from storage.engine import Tx


async def append(
    tx: Tx, at: int, actor_user: int | None, action: str, subject: str = "", before: str = "", after: str = ""
) -> None:
    await tx.execute(
        "INSERT INTO audit (at, actor_user, action, subject, before, after) VALUES (?, ?, ?, ?, ?, ?)",
        at,
        actor_user,
        action,
        subject,
        before,
        after,
    )
