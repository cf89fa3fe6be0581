"""Reminding a department, and what the week's budget has kept back."""

from aiogram import F, Router
from aiogram.types import Message

from bot.domain.access import Action
from bot.events import Press
from bot.services import digest
from bot.services import remind as service
from bot.views import errors, pushes
from bot.views import remind as view
from bot.views.callbacks import HeldPress, RemindPress
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import Can, Word

router = Router(name="remind")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")


@router.message(Word("remind"))
async def on_remind(message: Message, args: str, desk: Desk) -> Outgoing:
    if not args.strip():
        return await _preview(desk, await service.home(desk.db, desk.actor), "")
    found = list(await service.find(desk.db, desk.actor, args))
    return await _preview(desk, found[0].id, "") if len(found) == 1 else view.ambiguous(args, found, desk.t)


@router.callback_query(RemindPress.filter(F.act == "show"), Can(Action.REMIND))
async def on_show(query: Press, callback_data: RemindPress, desk: Desk) -> Outgoing:
    return (await _preview(desk, callback_data.department, callback_data.about)).edited()


@router.callback_query(RemindPress.filter(F.act == "where"), Can(Action.REMIND))
async def on_where(query: Press, callback_data: RemindPress, desk: Desk) -> Outgoing:
    choice = await service.choose(desk.db, desk.actor)
    return view.departments(choice, callback_data.about, callback_data.page, _org(desk), desk.t).edited()


@router.callback_query(RemindPress.filter(F.act == "what"), Can(Action.REMIND))
async def on_what(query: Press, callback_data: RemindPress, desk: Desk) -> Outgoing:
    return view.matters(await service.choose(desk.db, desk.actor), callback_data.department, desk.t).edited()


@router.callback_query(RemindPress.filter(F.act == "send"), Can(Action.REMIND))
async def on_send(query: Press, callback_data: RemindPress, desk: Desk) -> Outgoing:
    outcome = await service.remind(
        desk.cause,
        desk.actor,
        callback_data.department,
        _matter(callback_data.about),
        desk.now,
        run=desk.number,
        owners=desk.owners,
    )
    return view.outcome(outcome, _org(desk), desk.t).edited()


@router.callback_query(HeldPress.filter(), Can(Action.TAKE_PART))
async def on_held(query: Press, callback_data: HeldPress, desk: Desk) -> Outgoing:
    item = await digest.opened(desk.db, desk.actor, callback_data.id)
    return pushes.render(item["kind"], item["facts"], desk.t) if item else errors.stale(desk.t)


async def _preview(desk: Desk, department: int, about: str) -> Outgoing:
    outcome = await service.preview(desk.db, desk.actor, department, _matter(about), desk.now)
    return view.outcome(outcome, _org(desk), desk.t)


def _matter(about: str) -> str:
    if not about:
        return ""
    return f"notice:{about}" if about.isdigit() else f"quarter:{about}"


def _org(desk: Desk) -> str:
    return desk.house.settings.org_name
