"""All there is to take along as a file: the ledger of a period, and the way to the roster."""

from aiogram import F, Router
from aiogram.types import Message

from bot.domain.access import Action
from bot.events import Press
from bot.services import audit, export
from bot.services.effects import Outcome
from bot.services.reports import Asker
from bot.views import export as view
from bot.views.callbacks import ExportPress
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import Can, Word

router = Router(name="export")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private", Can(Action.EXPORT))


@router.message(Word("export"))
async def on_export(message: Message, args: str, desk: Desk) -> Outgoing:
    return await _ledger(args, desk) if args else view.ask(desk.t)


@router.callback_query(ExportPress.filter())
async def on_period(query: Press, callback_data: ExportPress, desk: Desk) -> Outgoing:
    return await _ledger(callback_data.period, desk)


async def _ledger(text: str, desk: Desk) -> Outgoing:
    asker = Asker(desk.actor, desk.house.settings.org_name, desk.now)
    period = await export.choose(desk.db, asker, text)
    if isinstance(period, Outcome):
        return view.nothing(period, desk.t)
    # Written down before anybody has it.
    await audit.note_export(desk.cause, desk.actor, f"ledger {period.key}", "unit", desk.now)
    async with export.opened(desk.db, asker, period, desk.owners) as ledger:
        pieces = await view.packed(ledger, desk.t)
    return await view.document(ledger, pieces, desk.t)
