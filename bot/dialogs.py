"""A person's place in a dialogue: read at each update, written in the transaction that marks the update done."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from bot.clock import instant
from storage import dialogs
from storage.engine import Tx

FORGOTTEN_AFTER = dt.timedelta(days=7)


@dataclass(slots=True)
class Dialog:
    """Handlers set it, the intake stores it: a replayed update finds the place it found the first time."""

    key: str
    state: str | None = None
    data: dict[str, Any] = field(default_factory=dict)
    changed: bool = False

    def at(self, state: str, **data: Any) -> None:
        """Move to a step; what the steps before it have learned stays."""
        self.state, self.data, self.changed = state, self.data | data, True

    def end(self) -> None:
        if self.state is not None:
            self.state, self.data, self.changed = None, {}, True


async def load(tx: Tx, chat_id: int, user_id: int, now: dt.datetime) -> Dialog:
    key = f"{chat_id}:{user_id}"
    state, data = await dialogs.get(tx, key, instant(now - FORGOTTEN_AFTER))
    return Dialog(key, state, data)


async def keep(tx: Tx, dialog: Dialog, now: dt.datetime) -> None:
    await dialogs.put(tx, dialog.key, dialog.state, dialog.data, instant(now))
