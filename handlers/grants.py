"""/grant: who holds which role; a role is given step by step, taken away by a press that is asked about once."""

from aiogram import F, Router
from aiogram.types import Message

from bot.domain import sensitive
from bot.domain.access import Action
from bot.domain.pages import PAGE
from bot.domain.sentences import Problem, read_date
from bot.events import Press
from bot.services import grants as service
from bot.views import grants as view
from bot.views import privacy
from bot.views.callbacks import GrantPress
from bot.views.parts import Outgoing, clip
from handlers.desk import Desk
from handlers.filters import At, Can, Word

router = Router(name="grants")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private", Can(Action.GRANT))
WHO, UNTIL = "grants:who", "grants:until"
SEARCH_LIMIT = 40


@router.message(Word("grant"))
async def on_grant(message: Message, args: str, desk: Desk) -> Outgoing:
    desk.dialog.end()
    if args:
        return await _search(args, desk)
    return view.overview(await service.overview(desk.db, desk.actor, 0, desk.now.date()), desk.t)


@router.message(At(WHO), F.text, Can(Action.GRANT))
async def on_words(message: Message, desk: Desk) -> Outgoing:
    return await _search(message.text or "", desk)


async def _search(text: str, desk: Desk) -> Outgoing:
    words = clip(" ".join(text.split()), SEARCH_LIMIT)
    if kind := sensitive.find(words):
        return privacy.not_kept(kind, desk.t)
    people = await service.search(desk.db, words)
    if len(people) == 1:
        desk.dialog.end()
        return view.card(await service.card(desk.db, desk.actor, people[0][0], desk.now.date()), desk.t)
    desk.dialog.at(WHO)
    return view.found(people, PAGE, desk.t)


@router.callback_query(GrantPress.filter(F.act == "list"))
async def on_list(query: Press, callback_data: GrantPress, desk: Desk) -> Outgoing:
    _leave(desk)
    return view.overview(
        await service.overview(desk.db, desk.actor, callback_data.page, desk.now.date()), desk.t
    ).edited()


@router.callback_query(GrantPress.filter(F.act == "give"))
async def on_give(query: Press, desk: Desk) -> Outgoing:
    desk.dialog.at(WHO)
    return view.ask_who(desk.t)


@router.callback_query(GrantPress.filter(F.act == "who"))
async def on_who(query: Press, callback_data: GrantPress, desk: Desk) -> Outgoing:
    _leave(desk)
    return view.card(await service.card(desk.db, desk.actor, callback_data.person, desk.now.date()), desk.t).edited()


@router.callback_query(GrantPress.filter(F.act.in_({"role", "where"})))
async def on_role(query: Press, callback_data: GrantPress, desk: Desk) -> Outgoing:
    """A leader's department is asked for; the other roles are of the whole unit."""
    pressed = callback_data
    if pressed.role not in ("leader", "deputy"):
        found = await service.preview(desk.db, desk.actor, pressed.person, pressed.role, 0, "", desk.now.date())
        return view.sure(found, desk.t).edited()
    tree, page, pages = await service.choices(desk.db, pressed.page)
    return view.where(tree, page, pages, pressed.person, pressed.role, desk.t).edited()


@router.callback_query(GrantPress.filter(F.act == "at"))
async def on_department(query: Press, callback_data: GrantPress, desk: Desk) -> Outgoing:
    person, department = callback_data.person, callback_data.department
    if callback_data.role == "deputy":
        desk.dialog.at(UNTIL, person=person, department=department)
        return view.ask_until(desk.t).edited()
    found = await service.preview(desk.db, desk.actor, person, callback_data.role, department, "", desk.now.date())
    return view.sure(found, desk.t).edited()


@router.message(At(UNTIL), F.text, Can(Action.GRANT))
async def on_day(message: Message, desk: Desk) -> Outgoing:
    """A deputy's last day."""
    person, department = desk.dialog.data["person"], desk.dialog.data["department"]
    said = read_date(message.text or "", desk.now.date())
    until = "" if isinstance(said, Problem) else said.isoformat()
    found = await service.preview(desk.db, desk.actor, person, "leader", department, until or "?", desk.now.date())
    if found.name != "grants-bad-day":
        desk.dialog.end()
    return view.sure(found, desk.t)


@router.callback_query(GrantPress.filter(F.act == "yes"))
async def on_given(query: Press, callback_data: GrantPress, desk: Desk) -> Outgoing:
    p, owners = callback_data, desk.owners
    return view.outcome(
        await service.give(desk.cause, desk.actor, p.person, p.role, p.department, p.until, desk.now, owners), desk.t
    ).edited()


@router.callback_query(GrantPress.filter(F.act == "take"))
async def on_take(query: Press, callback_data: GrantPress, desk: Desk) -> Outgoing:
    p = callback_data
    return view.sure(
        await service.look_at(desk.db, desk.actor, p.person, p.role, p.department, desk.now.date()), desk.t
    ).edited()


@router.callback_query(GrantPress.filter(F.act == "off"))
async def on_taken(query: Press, callback_data: GrantPress, desk: Desk) -> Outgoing:
    p, owners = callback_data, desk.owners
    return view.outcome(
        await service.take(desk.cause, desk.actor, p.person, p.role, p.department, desk.now, owners), desk.t
    ).edited()


def _leave(desk: Desk) -> None:
    if desk.dialog.state in (WHO, UNTIL):
        desk.dialog.end()
