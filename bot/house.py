"""What lives as long as the process, handed to whoever answers an update."""

import datetime as dt
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.pace import InHand
from bot.services.keeping import Place
from bot.settings import Settings
from bot.telegram import Telegram
from storage.engine import Database


@dataclass(slots=True)
class House:
    """What lives as long as the process."""

    db: Database
    telegram: Telegram
    clock: Clock
    settings: Settings
    username: str = ""  # the bot's own, without @
    ready_since: dt.datetime = field(kw_only=True)  # until it is, since when it is being built
    in_hand: InHand = field(default_factory=InHand)

    @property
    def place(self) -> Place:
        """Where the database and its backups lie."""
        return Place(self.settings.beside, self.settings.backup_key.get_secret_value(), self.settings.owner_ids)
