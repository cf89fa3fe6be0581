"""The departments, for the office: the tree, and one of them renamed, merged, moved, split or closed."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from aiogram import F, Router
from aiogram.types import Message

from bot.domain import sensitive, sentences
from bot.domain.access import Action
from bot.events import Press
from bot.services import departments as service
from bot.services.departments import Asked
from bot.services.effects import Outcome
from bot.views import departments as view
from bot.views import errors, people, privacy
from bot.views.callbacks import DepartmentPress
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import At, Can

router = Router(name="departments")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")
MANAGE = Can(Action.MANAGE_ROSTER)
WORDS, PICK, SURE, DAY = "departments:words", "departments:pick", "departments:sure", "departments:day"


@router.callback_query(DepartmentPress.filter(F.act.in_({"list", "card"})), MANAGE)
async def on_look(query: Press, callback_data: DepartmentPress, desk: Desk) -> Outgoing:
    if (desk.dialog.state or "").startswith("departments:"):
        desk.dialog.end()
    if callback_data.act == "list":
        return view.outcome(await service.tree(desk.db, callback_data.of), desk.t).edited()
    return view.outcome(await service.card(desk.db, desk.actor, callback_data.id), desk.t).edited()


@router.callback_query(DepartmentPress.filter(F.act.in_(service.ACTS)), MANAGE)
async def on_act(query: Press, callback_data: DepartmentPress, desk: Desk) -> Outgoing:
    """Something is to become of it: what exactly is asked for, where that is needed."""
    found = await service.card(desk.db, desk.actor, callback_data.id)
    if found.name != "departments-card":
        return view.outcome(found, desk.t).edited()
    desk.dialog.end()
    if callback_data.act == "close":
        return (await _propose(desk, Asked("close", callback_data.id))).edited()
    desk.dialog.at(WORDS, act=callback_data.act, department=callback_data.id)
    return view.ask(callback_data.act, callback_data.id, found.facts["path"], desk.t).edited()


async def _propose(desk: Desk, asked: Asked) -> Outgoing:
    found = await service.preview(desk.db, desk.actor, asked, desk.now.date())
    if found.name == "departments-sure":
        facts = found.facts
        desk.dialog.at(SURE, shown=[facts["path"], facts["heads"]], **asdict(asked) | {"day": facts["day"]})
    return view.outcome(found, desk.t)


@router.message(At(WORDS), F.text, MANAGE)
async def on_words(message: Message, desk: Desk) -> Outgoing:
    text, data = message.text or "", desk.dialog.data
    if kind := sensitive.find(text):
        return privacy.not_kept(kind, desk.t)
    if data["act"] != "split":
        return await _propose(desk, Asked(data["act"], data["department"], text))
    judged = await service.preview(desk.db, desk.actor, Asked("split", data["department"], text), desk.now.date())
    if judged.name != "departments-nobody":  # the place is wrong; that nobody is chosen yet is no news
        return view.outcome(judged, desk.t)
    desk.dialog.at(PICK, text=text, chosen=[], page=0)
    return await _pick(desk)


@router.callback_query(DepartmentPress.filter(F.act == "top"), MANAGE)
async def on_top(query: Press, callback_data: DepartmentPress, desk: Desk) -> Outgoing:
    data = desk.dialog.data
    if desk.dialog.state != WORDS or (data["act"], data["department"]) != ("move", callback_data.id):
        return errors.stale(desk.t)
    return (await _propose(desk, Asked("move", callback_data.id, service.TOP))).edited()


async def _pick(desk: Desk) -> Outgoing:
    data = desk.dialog.data
    staff, total = await service.staff(desk.db, data["department"], data["page"])
    return view.pick(data["department"], staff, total, data["page"], data["chosen"], desk.t)


@router.callback_query(DepartmentPress.filter(F.act.in_({"pick", "page", "picked"})), MANAGE)
async def on_pick(query: Press, callback_data: DepartmentPress, desk: Desk) -> Outgoing:
    if desk.dialog.state != PICK:
        return errors.stale(desk.t)
    data = desk.dialog.data
    if callback_data.act == "picked":
        return (await _propose(desk, Asked("split", data["department"], data["text"], data["chosen"]))).edited()
    if callback_data.act == "page":
        desk.dialog.at(PICK, page=callback_data.of)
    else:
        chosen = set(data["chosen"]) ^ {callback_data.id}
        desk.dialog.at(PICK, chosen=sorted(chosen), page=callback_data.of)
    return (await _pick(desk)).edited()


@router.callback_query(DepartmentPress.filter(F.act.in_({"yes", "day"})), MANAGE)
async def on_sure(query: Press, callback_data: DepartmentPress, desk: Desk) -> Outgoing:
    data = desk.dialog.data
    if desk.dialog.state not in (SURE, DAY) or data["department"] != callback_data.id:
        return errors.stale(desk.t)
    if callback_data.act == "day":
        desk.dialog.at(DAY)
        return people.ask_day(desk.t)
    found = await service.change(desk.cause, desk.actor, _asked(data), data["shown"], desk.now, desk.owners)
    desk.dialog.end()
    return view.outcome(found, desk.t).edited()


def _asked(data: Mapping[str, Any]) -> Asked:
    return Asked(data["act"], data["department"], data["text"], data["chosen"], data["day"])


@router.message(At(DAY), F.text, MANAGE)
async def on_day(message: Message, desk: Desk) -> Outgoing:
    day = sentences.read_date(message.text or "", desk.now.date())
    if isinstance(day, sentences.Problem):
        return view.outcome(Outcome("people-unread-day"), desk.t)
    return await _propose(desk, replace(_asked(desk.dialog.data), day=day.isoformat()))
