"""One person of the roster, for the office: found, looked at, changed column by column, added by hand."""

from aiogram import F, Router
from aiogram.types import Message

from bot.domain import sensitive, sentences
from bot.domain.access import Action
from bot.events import Press
from bot.services import people as service
from bot.services.effects import Outcome
from bot.views import errors, privacy
from bot.views import people as view
from bot.views.callbacks import PersonPress
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import At, Can

router = Router(name="people")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")
MANAGE = Can(Action.MANAGE_ROSTER)
FIND, VALUE, SURE, DAY = "people:find", "people:value", "people:sure", "people:day"
ADD, ADD_SURE, ADD_DAY = "people:add", "people:add-sure", "people:add-day"


@router.callback_query(PersonPress.filter(F.act == "find"), MANAGE)
async def on_find(query: Press, desk: Desk) -> Outgoing:
    return _begin(desk, FIND, view.ask_search(desk.t))


@router.callback_query(PersonPress.filter(F.act == "add"), MANAGE)
async def on_add(query: Press, desk: Desk) -> Outgoing:
    return _begin(desk, ADD, view.ask_new(desk.t))


def _begin(desk: Desk, state: str, shown: Outgoing) -> Outgoing:
    desk.dialog.end()
    desk.dialog.at(state)
    return shown


@router.callback_query(PersonPress.filter(F.act == "card"), MANAGE)
async def on_card(query: Press, callback_data: PersonPress, desk: Desk) -> Outgoing:
    if (desk.dialog.state or "").startswith("people:") and desk.dialog.state != FIND:
        desk.dialog.end()
    return view.outcome(await service.card(desk.db, desk.actor, callback_data.id), desk.t).edited()


@router.callback_query(PersonPress.filter(F.act.in_(service.FIELDS)), MANAGE)
async def on_field(query: Press, callback_data: PersonPress, desk: Desk) -> Outgoing:
    """A column is to be another: which, or, with a choice, what."""
    person, field, value = callback_data.id, callback_data.act, callback_data.value
    desk.dialog.end()
    if value:
        return (await _propose(desk, person, field, value, "")).edited()
    found = await service.card(desk.db, desk.actor, person)
    if found.name != "people-card":
        return view.outcome(found, desk.t).edited()
    if field not in ("role", "status"):
        desk.dialog.at(VALUE, person=person, field=field)
    return view.ask(field, found.facts, desk.t).edited()


async def _propose(desk: Desk, person: int, field: str, value: str, day: str) -> Outgoing:
    found = await service.preview(desk.db, desk.actor, person, field, value, day, desk.now.date())
    if found.name == "people-sure":
        facts = found.facts
        kept = {name: facts[name] for name in ("field", "seen", "day")}
        desk.dialog.at(SURE, person=person, value=facts["after"], **kept)
    return view.outcome(found, desk.t)


@router.callback_query(PersonPress.filter(F.act == "day"), MANAGE)
async def on_day(query: Press, callback_data: PersonPress, desk: Desk) -> Outgoing:
    if desk.dialog.state not in (SURE, DAY) or desk.dialog.data["person"] != callback_data.id:
        return errors.stale(desk.t)
    desk.dialog.at(DAY)
    return view.ask_day(desk.t)


@router.callback_query(PersonPress.filter(F.act == "yes"), MANAGE)
async def on_yes(query: Press, callback_data: PersonPress, desk: Desk) -> Outgoing:
    data = desk.dialog.data
    if desk.dialog.state not in (SURE, DAY) or data["person"] != callback_data.id:
        return errors.stale(desk.t)
    said = (data["field"], data["value"], data["seen"], data["day"])
    found = await service.change(desk.cause, desk.actor, callback_data.id, *said, desk.now, desk.owners)
    desk.dialog.end()
    return view.outcome(found, desk.t).edited()


@router.callback_query(PersonPress.filter(F.act.in_({"add-yes", "add-no", "add-day"})), MANAGE)
async def on_add_press(query: Press, callback_data: PersonPress, desk: Desk) -> Outgoing:
    if desk.dialog.state not in (ADD_SURE, ADD_DAY):
        return errors.stale(desk.t)
    match callback_data.act:
        case "add-day":
            desk.dialog.at(ADD_DAY)
            return view.ask_day(desk.t)
        case "add-yes":
            data = desk.dialog.data
            found = await service.add(desk.cause, desk.actor, data["text"], data["day"], desk.now)
            desk.dialog.end()
            return view.outcome(found, desk.t).edited()
        case _:
            desk.dialog.end()
            return view.outcome(Outcome("people-not-added"), desk.t).edited()


@router.message(At(FIND, VALUE, ADD), F.text, MANAGE)
async def on_words(message: Message, desk: Desk) -> Outgoing:
    text, data = message.text or "", desk.dialog.data
    if kind := sensitive.find(text):
        return privacy.not_kept(kind, desk.t)
    if desk.dialog.state == FIND:
        polite = errors.courtesy(text, desk.t, on_roster=desk.actor.person is not None)
        return polite or view.found(await service.find(desk.db, " ".join(text.split())[:40]), desk.t)
    if desk.dialog.state == ADD:
        return await _propose_new(desk, text, "")
    return await _propose(desk, data["person"], data["field"], text, "")


async def _propose_new(desk: Desk, text: str, day: str) -> Outgoing:
    found = await service.preview_new(desk.db, desk.actor, text, day, desk.now.date())
    if found.name == "people-add-sure":
        desk.dialog.at(ADD_SURE, text=text, day=found.facts["day"])
    return view.outcome(found, desk.t)


@router.message(At(DAY, ADD_DAY), F.text, MANAGE)
async def on_day_said(message: Message, desk: Desk) -> Outgoing:
    day, data = sentences.read_date(message.text or "", desk.now.date()), desk.dialog.data
    if isinstance(day, sentences.Problem):
        return view.outcome(Outcome("people-unread-day"), desk.t)
    if desk.dialog.state == ADD_DAY:
        return await _propose_new(desk, data["text"], day.isoformat())
    return await _propose(desk, data["person"], data["field"], data["value"], day.isoformat())
