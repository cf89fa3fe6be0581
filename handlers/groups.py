"""Groups: a line when the bot is added, totals to whoever may ask for them, silence otherwise; a group that is bound to
a department hears that department's totals, whoever of the roster asks."""

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import ChatMemberUpdated, Message

from bot.domain.access import COMMANDS, Action
from bot.events import Press
from bot.services import groups as service
from bot.services import reports
from bot.services.reports import Asker
from bot.views import callbacks, groups
from bot.views import reports as view
from bot.views.parts import Outgoing
from handlers.context import note_move
from handlers.desk import Desk
from handlers.filters import Can, Word
from storage.records import Binding

GROUPS = {"group", "supergroup"}
OUTSIDE = {"left", "kicked"}

router = Router(name="groups")
router.message.filter(F.chat.type.in_(GROUPS))
router.callback_query.filter(F.message.chat.type.in_(GROUPS))
router.my_chat_member.filter(F.chat.type.in_(GROUPS))


class Bound(Filter):
    """In a group that is bound, from somebody of the roster (or of those who run the bot)."""

    async def __call__(self, event: Message | Press, desk: Desk, word: str | None) -> bool | dict[str, Binding]:
        message = event.message if isinstance(event, Press) else event
        if desk.actor.stranger or message is None or (isinstance(event, Message) and word != "report"):
            return False
        found = await service.bound(desk.db, message.chat.id, desk.owners, desk.now)
        return {"binding": found} if found else False


@router.my_chat_member()
async def on_added(event: ChatMemberUpdated, desk: Desk) -> Outgoing | None:
    was_out, is_out = (member.status in OUTSIDE for member in (event.old_chat_member, event.new_chat_member))
    if is_out:
        await service.put_out(desk.cause, desk.actor, event.chat.id, desk.now)
    return groups.added(desk.house.username, desk.t) if was_out and not is_out else None


@router.message(F.migrate_to_chat_id | F.migrate_from_chat_id)
async def on_moved(message: Message, desk: Desk) -> None:
    await note_move(message, desk.cause, desk.now)


@router.message(Word("bind"))
async def on_bind(message: Message, desk: Desk) -> Outgoing:
    return groups.code(
        await service.ask_code(desk.cause, desk.actor, message.chat.id, message.chat.title or "", desk.now), desk.t
    )


@router.message(Bound())
async def on_bound_report(message: Message, args: str, desk: Desk, binding: Binding) -> Outgoing:
    asker = Asker(service.seen_by(desk.actor, binding), desk.house.settings.org_name, desk.now, group=True)
    return await view.answer(await reports.ask(desk.db, asker, args), desk.t, group=True)


@router.message(Word("report"))
async def on_report(message: Message, args: str, desk: Desk) -> Outgoing:
    asker = Asker(desk.actor, desk.house.settings.org_name, desk.now, group=True)
    return await view.answer(await reports.ask(desk.db, asker, args), desk.t, group=True)


@router.callback_query(callbacks.ReportPress.filter(F.act == "show"), Bound())
async def on_bound_show(
    query: Press, callback_data: callbacks.ReportPress, desk: Desk, binding: Binding
) -> Outgoing | None:
    asker = Asker(service.seen_by(desk.actor, binding), desk.house.settings.org_name, desk.now, group=True)
    found = await reports.show(desk.db, asker, callback_data.period, callback_data.department)
    return (await view.answer(found, desk.t, group=True)).edited() if isinstance(found, reports.Summary) else None


@router.callback_query(callbacks.ReportPress.filter(F.act == "show"), Can(Action.VIEW_REPORT))
async def on_show(query: Press, callback_data: callbacks.ReportPress, desk: Desk) -> Outgoing | None:
    """What stands there is replaced only for somebody who might have asked for it himself."""
    asker = Asker(desk.actor, desk.house.settings.org_name, desk.now, group=True)
    found = await reports.show(desk.db, asker, callback_data.period, callback_data.department)
    return (await view.answer(found, desk.t, group=True)).edited() if isinstance(found, reports.Summary) else None


@router.message()
async def on_anything(message: Message, word: str | None, desk: Desk) -> Outgoing | None:
    """A command that is addressed to us is answered with where to go; nothing else is meant for us."""
    return groups.elsewhere(desk.t) if word in COMMANDS else None


@router.callback_query()
async def on_any_press(query: Press) -> None:
    """A button that is not for whoever pressed it stays as it is."""
