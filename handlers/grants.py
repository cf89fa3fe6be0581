"""/grant: who holds which role; a role is given step by step, taken away by a press that is asked about once."""

import datetime as dt

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.dialogs import Dialog
from bot.domain import sensitive
from bot.domain.access import Action, Actor
from bot.domain.sentences import Problem, read_date
from bot.house import House
from bot.i18n import Translator
from bot.services import grants as service
from bot.services.effects import Cause
from bot.views import grants as view
from bot.views import privacy
from bot.views.callbacks import GrantPress
from bot.views.parts import Outgoing, clip
from handlers.filters import At, Can, Word

router = Router(name="grants")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private", Can(Action.GRANT))
WHO, UNTIL = "grants:who", "grants:until"
SEARCH_LIMIT = 40


@router.message(Word("grant"))
async def on_grant(
    message: Message, args: str, house: House, actor: Actor, dialog: Dialog, now: dt.datetime, t: Translator
) -> Outgoing:
    dialog.end()
    if args:
        return await _search(args, house, actor, dialog, now, t)
    return view.overview(await service.overview(house.db, actor, 0, now.date()), t)


@router.message(At(WHO), F.text, Can(Action.GRANT))
async def on_words(
    message: Message, house: House, actor: Actor, dialog: Dialog, now: dt.datetime, t: Translator
) -> Outgoing:
    return await _search(message.text or "", house, actor, dialog, now, t)


async def _search(text: str, house: House, actor: Actor, dialog: Dialog, now: dt.datetime, t: Translator) -> Outgoing:
    words = clip(" ".join(text.split()), SEARCH_LIMIT)
    if kind := sensitive.find(words):
        return privacy.not_kept(kind, t)
    people = await service.search(house.db, words)
    if len(people) == 1:
        dialog.end()
        return view.card(await service.card(house.db, actor, people[0][0], now.date()), t)
    dialog.at(WHO)
    return view.found(people, service.PAGE, t)


@router.callback_query(GrantPress.filter(F.act == "list"))
async def on_list(
    query: CallbackQuery,
    callback_data: GrantPress,
    house: House,
    actor: Actor,
    dialog: Dialog,
    now: dt.datetime,
    t: Translator,
) -> Outgoing:
    _leave(dialog)
    return view.overview(await service.overview(house.db, actor, callback_data.page, now.date()), t).edited()


@router.callback_query(GrantPress.filter(F.act == "give"))
async def on_give(query: CallbackQuery, dialog: Dialog, t: Translator) -> Outgoing:
    dialog.at(WHO)
    return view.ask_who(t)


@router.callback_query(GrantPress.filter(F.act == "who"))
async def on_who(
    query: CallbackQuery,
    callback_data: GrantPress,
    house: House,
    actor: Actor,
    dialog: Dialog,
    now: dt.datetime,
    t: Translator,
) -> Outgoing:
    _leave(dialog)
    return view.card(await service.card(house.db, actor, callback_data.person, now.date()), t).edited()


@router.callback_query(GrantPress.filter(F.act.in_({"role", "where"})))
async def on_role(
    query: CallbackQuery, callback_data: GrantPress, house: House, actor: Actor, now: dt.datetime, t: Translator
) -> Outgoing:
    """A leader's department is asked for; the other roles are of the whole unit."""
    pressed = callback_data
    if pressed.role not in ("leader", "deputy"):
        found = await service.preview(house.db, actor, pressed.person, pressed.role, 0, "", now.date())
        return view.sure(found, t).edited()
    tree, page, pages = await service.choices(house.db, pressed.page)
    return view.where(tree, page, pages, pressed.person, pressed.role, t).edited()


@router.callback_query(GrantPress.filter(F.act == "at"))
async def on_department(
    query: CallbackQuery,
    callback_data: GrantPress,
    house: House,
    actor: Actor,
    dialog: Dialog,
    now: dt.datetime,
    t: Translator,
) -> Outgoing:
    person, department = callback_data.person, callback_data.department
    if callback_data.role == "deputy":
        dialog.at(UNTIL, person=person, department=department)
        return view.ask_until(t).edited()
    found = await service.preview(house.db, actor, person, callback_data.role, department, "", now.date())
    return view.sure(found, t).edited()


@router.message(At(UNTIL), F.text, Can(Action.GRANT))
async def on_day(
    message: Message, house: House, actor: Actor, dialog: Dialog, now: dt.datetime, t: Translator
) -> Outgoing:
    """A deputy's last day."""
    person, department = dialog.data["person"], dialog.data["department"]
    said = read_date(message.text or "", now.date())
    until = "" if isinstance(said, Problem) else said.isoformat()
    found = await service.preview(house.db, actor, person, "leader", department, until or "?", now.date())
    if found.name != "grants-bad-day":
        dialog.end()
    return view.sure(found, t)


@router.callback_query(GrantPress.filter(F.act == "yes"))
async def on_given(
    query: CallbackQuery,
    callback_data: GrantPress,
    house: House,
    actor: Actor,
    cause: Cause,
    now: dt.datetime,
    t: Translator,
) -> Outgoing:
    p, owners = callback_data, house.settings.owner_ids
    return view.outcome(
        await service.give(cause, actor, p.person, p.role, p.department, p.until, now, owners), t
    ).edited()


@router.callback_query(GrantPress.filter(F.act == "take"))
async def on_take(
    query: CallbackQuery, callback_data: GrantPress, house: House, actor: Actor, now: dt.datetime, t: Translator
) -> Outgoing:
    p = callback_data
    return view.sure(await service.look_at(house.db, actor, p.person, p.role, p.department, now.date()), t).edited()


@router.callback_query(GrantPress.filter(F.act == "off"))
async def on_taken(
    query: CallbackQuery,
    callback_data: GrantPress,
    house: House,
    actor: Actor,
    cause: Cause,
    now: dt.datetime,
    t: Translator,
) -> Outgoing:
    p, owners = callback_data, house.settings.owner_ids
    return view.outcome(await service.take(cause, actor, p.person, p.role, p.department, now, owners), t).edited()


def _leave(dialog: Dialog) -> None:
    if dialog.state in (WHO, UNTIL):
        dialog.end()
