"""What is past its term is blanked or forgotten; counts and dates stay, so every figure stays the same."""

from storage.engine import Tx


async def forget(tx: Tx, *, messages: int, photos: int, parked: int, drafts: int) -> dict[str, int]:
    """Each argument is the instant before which it is forgotten; how many rows of what."""
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
    }
