"""/report and its buttons, for whoever may see one, as far as he may see."""

from aiogram import F, Router
from aiogram.types import Message

from bot.domain.access import Action
from bot.events import Press
from bot.services import audit, reports
from bot.services.effects import Outcome
from bot.services.reports import Asker
from bot.views import callbacks
from bot.views import reports as view
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import Can, Word

router = Router(name="reports")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private", Can(Action.VIEW_REPORT))


@router.message(Word("report"))
async def on_report(message: Message, args: str, desk: Desk) -> Outgoing:
    found = await reports.ask(desk.db, Asker(desk.actor, desk.house.settings.org_name, desk.now), args)
    return await view.answer(found, desk.t)


@router.callback_query(callbacks.ReportPress.filter(F.act == "show"))
async def on_show(query: Press, callback_data: callbacks.ReportPress, desk: Desk) -> Outgoing:
    asker = Asker(desk.actor, desk.house.settings.org_name, desk.now)
    found = await reports.show(desk.db, asker, callback_data.period, callback_data.department)
    shown = await view.answer(found, desk.t)
    return shown.edited() if isinstance(found, reports.Summary) else shown


@router.callback_query(callbacks.ReportPress.filter(F.act == "table"))
async def on_table(query: Press, callback_data: callbacks.ReportPress, desk: Desk) -> Outgoing:
    asker = Asker(desk.actor, desk.house.settings.org_name, desk.now)
    found = await reports.show(desk.db, asker, callback_data.period, callback_data.department)
    if not isinstance(found, Outcome):
        subject = f"department:{found.department_id}" if found.department_id else "unit"
        await audit.note_export(desk.cause, desk.actor, f"report {found.report.period.key}", subject, desk.now)
    return await view.table(found, desk.t)


@router.callback_query(callbacks.ReportPress.filter(F.act.in_({"when", "where"})))
async def on_choose(query: Press, callback_data: callbacks.ReportPress, desk: Desk) -> Outgoing:
    asker = Asker(desk.actor, desk.house.settings.org_name, desk.now)
    found = await reports.choose(desk.db, asker, callback_data.period, callback_data.department)
    if isinstance(found, Outcome):
        return view.nothing(found, desk.t)
    picture = _picture(query)
    if callback_data.act == "when":
        return view.when(found, desk.t, picture).edited()
    return view.where(found, callback_data.page, desk.t, picture).edited()


def _picture(query: Press) -> str | None:
    """The chart in the pressed message: it stays while its reader chooses."""
    photo = getattr(query.message, "photo", None)
    return photo[-1].file_id if photo else None
