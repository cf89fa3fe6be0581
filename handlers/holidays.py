"""The working days under the settings: a year's holidays or the unit's own days are sent, looked at and agreed to."""

from aiogram import F, Router
from aiogram.types import Message

from bot.domain.access import Action
from bot.events import Press
from bot.services import holidays as service
from bot.views import holidays as view
from bot.views.callbacks import CalendarPress
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import At, Can

router = Router(name="holidays")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")
ASKED, READ = "holidays:asked", "holidays:read"


@router.callback_query(CalendarPress.filter(F.act.in_({"yes", "no"})), Can(Action.MANAGE_SETTINGS))
async def on_decide(query: Press, callback_data: CalendarPress, desk: Desk) -> Outgoing:
    if desk.dialog.state != READ or desk.dialog.data["of"] != callback_data.of:
        return view.gone(desk.t)
    source, year, days = (desk.dialog.data[name] for name in ("source", "year", "days"))
    desk.dialog.end()
    if callback_data.act == "no":
        return view.dropped(desk.t).edited()
    return view.outcome(await service.settle(desk.cause, desk.actor, source, year, days, desk.now), 0, desk.t).edited()


@router.callback_query(CalendarPress.filter(), Can(Action.MANAGE_SETTINGS))
async def on_press(query: Press, callback_data: CalendarPress, desk: Desk) -> Outgoing:
    desk.dialog.end()
    if callback_data.act in service.SOURCES:
        desk.dialog.at(ASKED, source=callback_data.act)
        return view.ask(callback_data.act, desk.t)
    return view.overview(await service.overview(desk.db, desk.now), desk.t).edited()


@router.message(At(ASKED, READ), F.text, Can(Action.MANAGE_SETTINGS))
async def on_days(message: Message, desk: Desk) -> Outgoing:
    """Also when some were read already: what is sent then takes their place."""
    of, source = desk.number, desk.dialog.data["source"]
    found = await service.propose(desk.db, source, message.text or "", desk.now)
    desk.dialog.end()
    if found.name == "holidays-read":
        desk.dialog.at(READ, of=of, source=source, year=found.facts["year"], days=found.facts["days"])
    else:
        desk.dialog.at(ASKED, source=source)
    return view.outcome(found, of, desk.t)
