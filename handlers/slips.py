"""Personal invites as a sheet of QR codes, for the office."""

from aiogram import F, Router

from bot.domain.access import Action
from bot.events import Press
from bot.services import audit
from bot.services import slips as service
from bot.services.effects import Outcome
from bot.views import errors
from bot.views import slips as view
from bot.views.callbacks import SlipPress
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import Can

router = Router(name="slips")
router.callback_query.filter(F.message.chat.type == "private")


@router.callback_query(SlipPress.filter(), Can(Action.MANAGE_ROSTER))
async def on_press(query: Press, callback_data: SlipPress, desk: Desk) -> Outgoing | tuple[Outgoing, Outgoing]:
    db, actor, number = desk.db, desk.actor, callback_data.id
    match callback_data.act:
        case "list":
            return view.outcome(await service.overview(db, actor, callback_data.of, desk.now), desk.t).edited()
        case "sure":
            return view.outcome(await service.preview(db, actor, number, desk.now), desk.t).edited()
        case "make":
            return await _sheet(desk, number, callback_data.of)
        case "revoke":
            return view.outcome(await service.revoke(desk.cause, actor, desk.now), desk.t).edited()
        case _:
            return errors.stale(desk.t)


async def _sheet(desk: Desk, department_id: int, seen: int) -> Outgoing | tuple[Outgoing, Outgoing]:
    org = desk.house.settings.org_name
    made = await service.make(desk.db, desk.actor, department_id, seen, org, desk.now)
    if isinstance(made, Outcome):
        return view.outcome(made, desk.t).edited()
    subject = f"department:{department_id}"
    await audit.note_export(desk.cause, desk.actor, "invite sheet", subject, desk.now)
    return view.done(desk.t).edited(), await view.sheet(made, desk.house.username, desk.t)
