"""Group chats bound to a department, and the codes by which one is bound."""

from collections.abc import Sequence

from storage.departments import UNDER
from storage.engine import Tx
from storage.records import Binding

COLUMNS = "b.id, b.chat_id, b.department_id, d.path, d.trail, b.title, b.bound_by"
TABLES = " FROM group_bindings b JOIN departments d ON d.id = b.department_id WHERE b.ended_at IS NULL"


async def put_code(tx: Tx, chat_id: int, code_hash: str, title: str, user_id: int, expires_at: int) -> None:
    """The only code of this group; the one before it is worth nothing any more."""
    await tx.execute(
        "INSERT INTO group_codes (chat_id, code_hash, title, asked_by, expires_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (chat_id) DO UPDATE SET code_hash = excluded.code_hash, title = excluded.title,"
        " asked_by = excluded.asked_by, expires_at = excluded.expires_at",
        chat_id,
        code_hash,
        title,
        user_id,
        expires_at,
    )


async def find_code(tx: Tx, code_hash: str, user_id: int, now: int) -> tuple[int, str] | None:
    """(group, title) of a code that this very account asked for and that still holds."""
    row = await tx.row(
        "SELECT chat_id, title FROM group_codes WHERE code_hash = ? AND asked_by = ? AND expires_at > ?",
        code_hash,
        user_id,
        now,
    )
    return (row[0], row[1]) if row else None


async def drop_code(tx: Tx, chat_id: int, before: int = 0) -> None:
    """This group's code is used up; those that are over by then go with it."""
    await tx.execute("DELETE FROM group_codes WHERE chat_id = ? OR expires_at <= ?", chat_id, before)


async def bind(tx: Tx, chat_id: int, department_id: int, title: str, user_id: int, at: int) -> None:
    """Bind a group, in place of whatever it was bound to."""
    await end(tx, chat_id, user_id, at)
    await tx.execute(
        "INSERT INTO group_bindings (chat_id, department_id, title, bound_by, bound_at) VALUES (?, ?, ?, ?, ?)",
        chat_id,
        department_id,
        title,
        user_id,
        at,
    )


async def end(tx: Tx, chat_id: int, user_id: int | None, at: int) -> bool:
    return bool(
        await tx.execute(
            "UPDATE group_bindings SET ended_by = ?, ended_at = ? WHERE chat_id = ? AND ended_at IS NULL",
            user_id,
            at,
            chat_id,
        )
    )


async def find(tx: Tx, chat_id: int) -> Binding | None:
    row = await tx.row(f"SELECT {COLUMNS}{TABLES} AND b.chat_id = ?", chat_id)
    return Binding(*row) if row else None


async def get(tx: Tx, binding_id: int) -> Binding | None:
    row = await tx.row(f"SELECT {COLUMNS}{TABLES} AND b.id = ?", binding_id)
    return Binding(*row) if row else None


async def list_open(tx: Tx, scope: str) -> Sequence[Binding]:
    """The groups bound to departments of this scope."""
    rows = await tx.fetch(f"SELECT {COLUMNS}{TABLES} AND {UNDER} ORDER BY d.trail, b.id", scope)
    return [Binding(*row) for row in rows]


async def current(tx: Tx, chat_id: int) -> int:
    """The number that this group has by now."""
    found: int | None = await tx.value("SELECT new_chat FROM group_moves WHERE old_chat = ?", chat_id)
    return chat_id if found is None else found


async def move(tx: Tx, old: int, new: int, at: int) -> bool:
    """A group has another number: it is changed once in whatever holds it or waits for it. False: that was done."""
    if old == new or not await tx.execute(
        "INSERT INTO group_moves (old_chat, new_chat) VALUES (?, ?) ON CONFLICT (old_chat) DO NOTHING", old, new
    ):
        return False
    await tx.execute("UPDATE group_moves SET new_chat = ? WHERE new_chat = ?", new, old)
    for held in MOVED:
        await tx.execute(held, *(new, old, new)[: held.count("?")])
    await end(tx, old, None, at)  # what was bound anew meanwhile stays
    await tx.execute("DELETE FROM group_codes WHERE chat_id = ?", old)
    return True


# Every place where a chat's number stands; of two bindings or codes the new group's own counts.
MOVED = (
    "UPDATE group_bindings SET chat_id = ? WHERE chat_id = ? AND ended_at IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM group_bindings o WHERE o.chat_id = ? AND o.ended_at IS NULL)",
    "UPDATE group_codes SET chat_id = ? WHERE chat_id = ? AND NOT EXISTS"
    " (SELECT 1 FROM group_codes o WHERE o.chat_id = ?)",
    "UPDATE accounts SET chat_id = ? WHERE chat_id = ?",  # where the outbox's messages go
    "UPDATE inbox SET chat_id = ? WHERE chat_id = ? AND state = 'pending'",  # in whose order they are handled
)
