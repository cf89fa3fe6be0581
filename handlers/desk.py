"""What a handler works with, in one piece."""

import datetime as dt
from dataclasses import dataclass

from aiogram.types import Message

from bot.dialogs import Dialog
from bot.domain.access import Actor
from bot.house import House
from bot.i18n import Translator
from bot.services.effects import Cause
from storage.engine import Database


@dataclass(slots=True)
class Desk:
    """Whom a handler of this word serves, and with what."""

    actor: Actor
    dialog: Dialog
    cause: Cause
    now: dt.datetime
    t: Translator
    house: House

    @property
    def db(self) -> Database:
        return self.cause.db

    @property
    def owners(self) -> frozenset[int]:
        return self.house.settings.owner_ids

    @property
    def number(self) -> int:
        """The update that is being answered."""
        return self.cause.inbox_id or 0

    def leave(self) -> None:
        """No answer of ours is awaited any more; another word's dialogue goes on."""
        if (self.dialog.state or "").startswith(("checkins:", "review:", "notices:", "deliveries:")):
            self.dialog.end()

    def day_of(self, message: Message) -> dt.date:
        """Today as the message means it: the day on which it was sent."""
        return self.moment_of(message).date()

    def moment_of(self, message: Message) -> dt.datetime:
        """When it was sent, however late it is handled."""
        return min(message.date.astimezone(self.now.tzinfo), self.now)
