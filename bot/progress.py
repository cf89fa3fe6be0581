"""The live message about each sending: edited at most once in three seconds, from what stands in the database."""

import asyncio
import datetime as dt
from dataclasses import dataclass, field

from bot.domain.deliveries import Speed
from bot.i18n import translator
from bot.pace import Lane
from bot.services import progress
from bot.services.deliveries import Limits
from bot.services.progress import Watched
from bot.settings import Settings
from bot.telegram import Telegram
from bot.views import deliveries as view
from bot.views.parts import Outgoing
from storage.engine import Database

EVERY = 3.0


@dataclass(slots=True)
class _Shown:
    """What this process has shown of one sending; a new process shows it afresh."""

    at: float = 0.0
    message: Outgoing | None = None
    speed: Speed = field(default_factory=Speed)


class Progress:
    """It sends nothing new and decides nothing: a message that cannot be edited now is edited the next time."""

    def __init__(self, db: Database, telegram: Telegram, settings: Settings) -> None:
        self._db, self._telegram, self._settings = db, telegram, settings
        self._shown: dict[tuple[int, int], _Shown] = {}

    def limits(self, observed: float | None = None) -> Limits:
        return Limits(self._settings.rate_per_second, self._telegram.pace.held(), observed)

    async def tick(self, now: dt.datetime) -> None:
        found = {(one.live.notice_id, one.live.round): one for one in await progress.watched(self._db)}
        begin = asyncio.get_running_loop().time()  # a message that was just sent, perhaps by the last process, stands
        self._shown = {key: self._shown.get(key) or _Shown(begin) for key in found}
        for key, one in found.items():
            await self._show(one, self._shown[key], now)

    async def _show(self, one: Watched, shown: _Shown, now: dt.datetime) -> None:
        moment = asyncio.get_running_loop().time()
        if one.live.state == "planned":
            shown.speed.note(moment, one.done)
        else:
            shown.speed.pause()
        if moment - shown.at < EVERY or not one.left:
            return
        facts = await progress.show(self._db, one.live.notice_id, now, self.limits(shown.speed.rate))
        t = translator(one.language or self._settings.language, now.year)
        message = view.page(facts | {"over": one.message_id}, t)
        if message == shown.message:
            return
        shown.at, shown.message = moment, message
        await self._telegram.send(one.chat_id, message, Lane.ANSWER)
