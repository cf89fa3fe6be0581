"""Groups: a line when the bot is added, totals of departments to whoever may ask for them, silence otherwise."""

import datetime as dt

from aiogram import F, Router
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.domain.access import COMMANDS, Action, Actor
from bot.house import House
from bot.i18n import Translator
from bot.services import reports
from bot.services.reports import Asker
from bot.views import callbacks, groups
from bot.views import reports as view
from bot.views.parts import Outgoing
from handlers.filters import Can, Word

GROUPS = {"group", "supergroup"}
OUTSIDE = {"left", "kicked"}

router = Router(name="groups")
router.message.filter(F.chat.type.in_(GROUPS))
router.callback_query.filter(F.message.chat.type.in_(GROUPS))
router.my_chat_member.filter(F.chat.type.in_(GROUPS))


@router.my_chat_member()
async def on_added(event: ChatMemberUpdated, house: House, t: Translator) -> Outgoing | None:
    came = event.old_chat_member.status in OUTSIDE and event.new_chat_member.status not in OUTSIDE
    return groups.added(house.username, t) if came else None


@router.message(Word("report"))
async def on_report(
    message: Message, args: str, actor: Actor, house: House, now: dt.datetime, t: Translator
) -> Outgoing:
    asker = Asker(actor, house.settings.org_name, now, group=True)
    return await view.answer(await reports.ask(house.db, asker, args), t, group=True)


@router.callback_query(callbacks.ReportPress.filter(F.act == "show"), Can(Action.VIEW_REPORT))
async def on_show(
    query: CallbackQuery,
    callback_data: callbacks.ReportPress,
    actor: Actor,
    house: House,
    now: dt.datetime,
    t: Translator,
) -> Outgoing | None:
    """What stands there is replaced only for somebody who might have asked for it himself."""
    asker = Asker(actor, house.settings.org_name, now, group=True)
    found = await reports.show(house.db, asker, callback_data.period, callback_data.department)
    return (await view.answer(found, t, group=True)).edited() if isinstance(found, reports.Summary) else None


@router.message()
async def on_anything(message: Message, word: str | None, t: Translator) -> Outgoing | None:
    """A command that is addressed to us is answered with where to go; nothing else is meant for us."""
    return groups.elsewhere(t) if word in COMMANDS else None


@router.callback_query()
async def on_any_press(query: CallbackQuery) -> None:
    """A button that is not for whoever pressed it stays as it is."""
