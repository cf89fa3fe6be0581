"""What is past its term is blanked or forgotten; counts and dates stay, so every figure stays the same."""

from collections.abc import Collection

from storage import audit
from storage.engine import Tx


async def forget(
    tx: Tx, at: int, *, messages: int, photos: int, parked: int, drafts: int, owners: Collection[int]
) -> dict[str, int]:
    """Each term is the instant before which it is forgotten; how many rows of what."""
    return {
        "messages": await tx.execute(
            "UPDATE outbox SET facts = '{}' WHERE state NOT IN ('pending', 'sending') AND settled_at < ?"
            " AND facts <> '{}'",
            messages,
        ),
        "photos": await tx.execute("DELETE FROM checkin_photos WHERE at < ?", photos),
        "parked": await tx.execute(
            "UPDATE inbox SET body = '', outcome = NULL WHERE state = 'parked' AND received_at < ? AND body <> ''",
            parked,
        ),
        "drafts": await tx.execute("DELETE FROM checkin_drafts WHERE at < ?", drafts)
        + await tx.execute("DELETE FROM dialogs WHERE changed_at < ?", drafts)
        + await tx.execute("DELETE FROM attempts WHERE at < ?", drafts),
        "imports": await tx.execute(
            "UPDATE imports SET entries = '[]', state = CASE state WHEN 'proposed' THEN 'cancelled' ELSE state END,"
            " missing_state = CASE missing_state WHEN 'proposed' THEN 'kept' ELSE missing_state END"
            " WHERE created_at < ? AND entries <> '[]' AND entries <> ''",
            drafts,
        ),
        "strangers": await _forget_strangers(tx, at, drafts, owners),
    }


async def _forget_strangers(tx: Tx, at: int, before: int, owners: Collection[int]) -> int:
    """Accounts of nobody on the roster who neither write, wait nor are to hear anything; and whose registration it
    was that came to nothing. Owners need not be on the roster."""
    unsigned = await tx.execute(
        "UPDATE registrations SET user_id = -id, account_name = '', replaces = NULL,"
        " decided_by = CASE WHEN decided_by = user_id THEN NULL ELSE decided_by END"
        " WHERE state IN ('rejected', 'withdrawn') AND user_id > 0 AND COALESCE(decided_at, created_at) < ?"
        " AND user_id NOT IN (SELECT user_id FROM accounts WHERE person_id IS NOT NULL)",
        before,
    )
    rows = await tx.fetch(
        "SELECT user_id FROM accounts a WHERE person_id IS NULL AND seen_at < ?"
        " AND user_id NOT IN (SELECT user_id FROM registrations WHERE state = 'pending')"
        " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.user_id = a.user_id AND o.state IN ('pending', 'sending'))",
        before,
    )
    gone = {user_id for (user_id,) in rows if user_id not in owners}
    await tx.executemany("DELETE FROM accounts WHERE user_id = ?", [(user_id,) for user_id in gone])
    await audit.unsign_strangers(tx, at, gone)
    return unsigned + len(gone)
