"""Who is on the roster: the list by pages, narrowed by a kind or by a search; a press opens a person's record."""

from aiogram import F, Router
from aiogram.types import Message

from bot.domain import sensitive
from bot.domain.access import Action, scope
from bot.events import Press
from bot.services import roster
from bot.views import errors, privacy
from bot.views import members as view
from bot.views.callbacks import MembersPress
from bot.views.parts import Outgoing, clip
from handlers.desk import Desk
from handlers.filters import At, Can, Word

router = Router(name="members")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")
ASK = "members:ask"
FOUND = "members:found"  # the list on the table was searched for; the next name is looked for as well
SEARCH_LIMIT = 40


@router.message(Word("members"))
async def on_members(message: Message, args: str, desk: Desk) -> Outgoing:
    return await _search(args, desk)


@router.message(At(ASK, FOUND), F.text, Can(Action.VIEW_MEMBERS))
async def on_words(message: Message, desk: Desk) -> Outgoing:
    """One name after the other, until the search is left."""
    text = message.text or ""
    polite = errors.courtesy(text, desk.t, on_roster=desk.actor.person is not None)
    return polite or await _search(text, desk)


@router.callback_query(MembersPress.filter(F.kind == "find"), Can(Action.VIEW_MEMBERS))
async def on_find(query: Press, desk: Desk) -> Outgoing:
    desk.dialog.at(ASK)
    return view.ask(desk.t)


@router.callback_query(MembersPress.filter(), Can(Action.VIEW_MEMBERS))
async def on_turn(query: Press, callback_data: MembersPress, desk: Desk) -> Outgoing:
    kind = callback_data.kind
    if kind not in view.KINDS and desk.dialog.state in (ASK, FOUND):  # the search is over
        desk.dialog.end()
    search = desk.dialog.data["search"] if desk.dialog.state == FOUND else ""
    shown = kind if kind in view.KINDS else "all"
    return (await _list(desk, shown, callback_data.page, search)).edited()


async def _search(text: str, desk: Desk) -> Outgoing:
    search = clip(" ".join(text.split()), SEARCH_LIMIT)
    if kind := sensitive.find(search):
        return privacy.not_kept(kind, desk.t)
    desk.dialog.end()
    if search:
        desk.dialog.at(FOUND, search=search)
    return await _list(desk, "all", 0, search)


async def _list(desk: Desk, kind: str, page: int, search: str) -> Outgoing:
    trail = scope(desk.actor, Action.VIEW_MEMBERS)
    assert trail is not None, "the filter lets nobody in who has no reach"
    found, total = await roster.members(desk.db, trail, search, kind, page)
    if page and not found:  # the list has grown shorter since
        return await _list(desk, kind, 0, search)
    return view.members(found, total, kind, page, search, desk.t)
