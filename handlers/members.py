"""Who is on the roster: the list by pages, narrowed by a kind or by a search; a press opens a person's record."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.dialogs import Dialog
from bot.domain import sensitive
from bot.domain.access import Action, Actor, scope
from bot.house import House
from bot.i18n import Translator
from bot.services import roster
from bot.views import members as view
from bot.views import privacy
from bot.views.callbacks import MembersPress
from bot.views.parts import PAGE, Outgoing, clip
from handlers.filters import At, Can, Word

router = Router(name="members")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")
ASK = "members:ask"
FOUND = "members:found"  # the list on the table was searched for; nothing is awaited
SEARCH_LIMIT = 40


@router.message(Word("members"))
async def on_members(
    message: Message, args: str, house: House, actor: Actor, dialog: Dialog, t: Translator
) -> Outgoing:
    return await _search(args, house, actor, dialog, t)


@router.message(At(ASK), F.text, Can(Action.VIEW_MEMBERS))
async def on_words(message: Message, house: House, actor: Actor, dialog: Dialog, t: Translator) -> Outgoing:
    return await _search(message.text or "", house, actor, dialog, t)


@router.callback_query(MembersPress.filter(F.kind == "find"), Can(Action.VIEW_MEMBERS))
async def on_find(query: CallbackQuery, dialog: Dialog, t: Translator) -> Outgoing:
    dialog.at(ASK)
    return view.ask(t)


@router.callback_query(MembersPress.filter(), Can(Action.VIEW_MEMBERS))
async def on_turn(
    query: CallbackQuery, callback_data: MembersPress, house: House, actor: Actor, dialog: Dialog, t: Translator
) -> Outgoing:
    kind = callback_data.kind
    if kind not in view.KINDS and dialog.state in (ASK, FOUND):  # the search is over
        dialog.end()
    search = dialog.data["search"] if dialog.state == FOUND else ""
    shown = kind if kind in view.KINDS else "all"
    return (await _list(house, actor, shown, callback_data.page, search, t)).edited()


async def _search(text: str, house: House, actor: Actor, dialog: Dialog, t: Translator) -> Outgoing:
    search = clip(" ".join(text.split()), SEARCH_LIMIT)
    if kind := sensitive.find(search):
        return privacy.not_kept(kind, t)
    dialog.end()
    if search:
        dialog.at(FOUND, search=search)
    return await _list(house, actor, "all", 0, search, t)


async def _list(house: House, actor: Actor, kind: str, page: int, search: str, t: Translator) -> Outgoing:
    trail = scope(actor, Action.VIEW_MEMBERS)
    assert trail is not None, "the filter lets nobody in who has no reach"
    found, total = await roster.members(house.db, trail, search, kind, page, PAGE)
    if page and not found:  # the list has grown shorter since
        return await _list(house, actor, kind, 0, search, t)
    return view.members(found, total, kind, page, search, t)
