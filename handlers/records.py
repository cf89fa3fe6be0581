"""What a person has recorded: /me by month, a record's card, and what its buttons do."""

from aiogram import F, Router
from aiogram.types import Message

from bot.domain.access import Action, can
from bot.events import Press
from bot.services import checkins as service
from bot.services import records
from bot.services.cards import unpacked
from bot.services.effects import Outcome
from bot.views import checkins as view
from bot.views import records as pages
from bot.views.callbacks import CheckinOwn, Record
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import At, Can, Word
from handlers.talk import ask, propose, show

router = Router(name="records")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")
MINE = Can(Action.TAKE_PART)


@router.message(Word("me"))
async def on_me(message: Message, desk: Desk) -> Outgoing:
    return await _month(desk, 0, "", 0)


@router.callback_query(Record.filter(F.person == 0), MINE)
async def on_turn(query: Press, callback_data: Record, desk: Desk) -> Outgoing:
    return (await _month(desk, 0, callback_data.month, callback_data.page)).edited()


@router.callback_query(Record.filter(F.person > 0), Can(Action.VIEW_MEMBERS))
async def on_turn_of_another(query: Press, callback_data: Record, desk: Desk) -> Outgoing:
    """The record of somebody whom the actor leads; opened from a list, which stays where it is."""
    shown = await _month(desk, callback_data.person, callback_data.month, callback_data.page)
    return shown.edited() if callback_data.month else shown


async def _month(desk: Desk, person: int, key: str, page: int) -> Outgoing:
    outcome = await records.month(desk.db, desk.actor, person, key, page, desk.now.date())
    manages = can(desk.actor, Action.MANAGE_ROSTER)
    return pages.record(outcome.facts, desk.t, manages=manages) if outcome.facts else Outgoing(desk.t(outcome.name))


# one record of one's own


@router.callback_query(CheckinOwn.filter(F.act.in_({"card", "done"})), MINE)
async def on_card(query: Press, callback_data: CheckinOwn, desk: Desk) -> Outgoing:
    desk.leave()
    return view.outcome(await _card(desk, callback_data.id), desk.t).edited()


@router.callback_query(CheckinOwn.filter(F.act.in_({"edit", "date", "hours", "text", "photo", "late"})), MINE)
async def on_change(query: Press, callback_data: CheckinOwn, desk: Desk) -> Outgoing:
    """Something about an open record is to be another."""
    act, outcome = callback_data.act, await _card(desk, callback_data.id)
    facts = outcome.facts
    desk.leave()
    if outcome.name != "checkins-card" or not facts["open"]:
        return view.outcome(_stale(outcome), desk.t).edited()
    if act == "edit":
        return view.parts(facts, desk.t).edited()
    if act in ("date", "hours", "text"):
        return ask(desk, act, desk.now.date(), draft=dict(facts), record=callback_data.id).edited()
    desk.dialog.at(f"checkins:{act}", id=callback_data.id)
    return (view.ask_photo(facts, desk.t) if act == "photo" else view.ask_late(desk.t)).edited()


@router.callback_query(CheckinOwn.filter(F.act == "withdraw"), MINE)
async def on_withdraw(query: Press, callback_data: CheckinOwn, desk: Desk) -> Outgoing:
    outcome = await _card(desk, callback_data.id)
    if outcome.facts.get("state") in ("submitted", "more_info"):
        return view.sure(outcome.facts, desk.t).edited()
    return view.outcome(_stale(outcome), desk.t).edited()


@router.callback_query(CheckinOwn.filter(F.act == "withdrawn"), MINE)
async def on_withdraw_sure(query: Press, callback_data: CheckinOwn, desk: Desk) -> Outgoing:
    desk.leave()
    return view.outcome(await service.withdraw(desk.cause, desk.actor, callback_data.id, desk.now), desk.t).edited()


@router.callback_query(CheckinOwn.filter(F.act == "answer"), MINE)
async def on_answer_asked(query: Press, callback_data: CheckinOwn, desk: Desk) -> Outgoing:
    outcome = await _card(desk, callback_data.id)
    if outcome.facts.get("state") not in ("more_info", "returned"):
        return view.outcome(_stale(outcome), desk.t).edited()
    desk.leave()
    desk.dialog.at("checkins:answer", id=callback_data.id)
    return view.ask_answer(outcome.facts, desk.t).edited()


@router.callback_query(CheckinOwn.filter(F.act == "again"), MINE)
async def on_again(query: Press, callback_data: CheckinOwn, desk: Desk) -> Outgoing:
    outcome = await service.resubmit(desk.cause, desk.actor, callback_data.id, "", desk.now, desk.owners)
    return show(desk, outcome, desk.now.date(), record=callback_data.id).edited()


@router.callback_query(CheckinOwn.filter(F.act == "correct"), MINE)
async def on_correct(query: Press, callback_data: CheckinOwn, desk: Desk) -> Outgoing:
    """A voided record is taken up again as a draft of the one that supersedes it."""
    outcome = await _card(desk, callback_data.id)
    if outcome.facts.get("state") != "voided":
        return view.outcome(_stale(outcome), desk.t).edited()
    return (await propose(desk, unpacked(outcome.facts), desk.now, None, callback_data.id)).edited()


@router.message(At("checkins:photo"), F.photo, MINE)
async def on_photo(message: Message, desk: Desk) -> Outgoing:
    assert message.photo is not None
    photo, number = message.photo[-1], desk.dialog.data["id"]
    unique = photo.file_unique_id
    outcome = await service.add_photo(desk.cause, desk.actor, number, unique, photo.file_id, desk.now)
    if not outcome.name.startswith("checkins-photo"):
        desk.leave()
    return view.outcome(outcome, desk.t)


@router.message(At("checkins:photo"), F.document, MINE)
async def on_photo_as_file(message: Message, desk: Desk) -> Outgoing:
    return view.photo_as_file(desk.dialog.data["id"], desk.t)


@router.message(At("checkins:photo"), F.text, MINE)
async def on_words_for_photo(message: Message, desk: Desk) -> Outgoing:
    outcome = await _card(desk, desk.dialog.data["id"])
    return view.ask_photo(outcome.facts, desk.t) if outcome.facts else view.outcome(outcome, desk.t)


@router.message(At("checkins:late", "checkins:answer"), F.text, MINE)
async def on_words(message: Message, desk: Desk) -> Outgoing:
    """Why so late, or the answer to a question."""
    use_case = service.explain if desk.dialog.state == "checkins:late" else service.resubmit
    number, text = desk.dialog.data["id"], message.text or ""
    outcome = await use_case(desk.cause, desk.actor, number, text, desk.now, desk.owners)
    return show(desk, outcome, desk.now.date(), record=number)


async def _card(desk: Desk, checkin_id: int) -> Outcome:
    return await service.card(desk.db, desk.actor, checkin_id, desk.now)


def _stale(outcome: Outcome) -> Outcome:
    """The same record, said to have changed; what was not found stays not found."""
    return Outcome("checkins-stale", outcome.facts) if outcome.facts else outcome
