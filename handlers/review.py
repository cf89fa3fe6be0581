"""Whoever decides: what waits, one by one or all at once."""

from aiogram import F, Router
from aiogram.types import Message

from bot.domain.access import Action
from bot.domain.hours import Act
from bot.events import Press
from bot.services import notice_sending
from bot.services import review as service
from bot.services.effects import Outcome
from bot.views import review as view
from bot.views.callbacks import Review, ReviewAll, ReviewReason, ReviewUndo
from bot.views.notices import approval
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import At, Can, Word

router = Router(name="review")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private", Can(Action.DECIDE))

NOTED = ("return", "ask", "void")


@router.message(Word("pending"))
async def on_pending(message: Message, desk: Desk) -> Outgoing:
    desk.leave()
    return await _next(desk)


@router.callback_query(Review.filter(F.act == "next"))
async def on_next(query: Press, desk: Desk) -> Outgoing:
    desk.leave()
    return (await _next(desk)).edited()


@router.callback_query(Review.filter(F.act == "later"))
async def on_later(query: Press, callback_data: Review, desk: Desk) -> Outgoing:
    """A registration is passed over."""
    desk.leave()
    return (await _next(desk, callback_data.id)).edited()


@router.callback_query(Review.filter(F.act == "skip"))
async def on_skip(query: Press, callback_data: Review, desk: Desk) -> Outgoing:
    desk.leave()
    facts = await service.next_waiting(desk.db, desk.actor, callback_data.id, desk.now)
    passed_over = facts.get("id", callback_data.id + 1) <= callback_data.id
    return (view.wrapped if passed_over else view.pending)(facts, desk.t).edited()


@router.callback_query(Review.filter(F.act == "confirm"))
async def on_confirm(query: Press, callback_data: Review, desk: Desk) -> Outgoing:
    pressed = callback_data
    outcome = await service.confirm(desk.cause, desk.actor, pressed.id, pressed.version, desk.now, desk.owners)
    return (await _decided(desk, outcome, pressed.id)).edited()


@router.callback_query(Review.filter(F.act == "undo"))
async def on_undo(query: Press, callback_data: Review, desk: Desk) -> Outgoing:
    pressed = callback_data
    outcome = await service.decide(desk.cause, desk.actor, Act.UNDO, pressed.id, pressed.version, "", desk.now)
    return (await _decided(desk, outcome, pressed.id - 1)).edited()


@router.callback_query(Review.filter(F.act.in_(NOTED)))
async def on_ask_note(query: Press, callback_data: Review, desk: Desk) -> Outgoing:
    """The decision needs words: a ready reason, or the next text."""
    outcome = await service.card(desk.db, desk.actor, callback_data.id, desk.now)
    facts, act = outcome.facts, callback_data.act
    desk.leave()
    if outcome.name != "review-card":
        return view.shown(outcome, desk.t).edited()
    if act not in facts["acts"] or facts["version"] != callback_data.version:
        return view.shown(Outcome("review-stale", facts), desk.t).edited()
    desk.dialog.at(f"review:{act}", id=callback_data.id, version=callback_data.version)
    return view.ask_note(act, facts, desk.t).edited()


@router.callback_query(ReviewReason.filter(F.act.in_(NOTED)))
async def on_reason(query: Press, callback_data: ReviewReason, desk: Desk) -> Outgoing:
    pressed = callback_data
    note = f"#{pressed.reason}" if pressed.reason in view.REASONS.get(pressed.act, ()) else ""
    outcome = await service.decide(desk.cause, desk.actor, pressed.act, pressed.id, pressed.version, note, desk.now)
    return (await _decided(desk, outcome, pressed.id)).edited()


@router.message(At(*(f"review:{act}" for act in NOTED)), F.text, Can(Action.DECIDE))
async def on_note(message: Message, desk: Desk) -> Outgoing:
    act, data = (desk.dialog.state or "").partition(":")[2], desk.dialog.data
    note = message.text or ""
    outcome = await service.decide(desk.cause, desk.actor, act, data["id"], data["version"], note, desk.now)
    if outcome.name == "review-reason-wanted":
        return Outgoing(desk.t(outcome.name))
    return await _decided(desk, outcome, data["id"])


@router.callback_query(Review.filter(F.act == "open"))
async def on_open(query: Press, callback_data: Review, desk: Desk) -> Outgoing:
    desk.leave()
    outcome = await service.card(desk.db, desk.actor, callback_data.id, desk.now)
    return view.shown(outcome, desk.t).edited()


@router.callback_query(Review.filter(F.act == "photos"))
async def on_photos(query: Press, callback_data: Review, desk: Desk) -> tuple[Outgoing, ...]:
    return view.photos(await service.photos(desk.db, desk.actor, callback_data.id), desk.t)


@router.callback_query(ReviewAll.filter(F.count == 0))
async def on_all(query: Press, desk: Desk) -> Outgoing:
    desk.leave()
    return view.ask_all(await service.ask_all(desk.db, desk.actor, desk.now), desk.t).edited()


@router.callback_query(ReviewAll.filter(F.count > 0))
async def on_all_sure(query: Press, callback_data: ReviewAll, desk: Desk) -> Outgoing:
    pressed = callback_data
    outcome = await service.confirm_all(desk.cause, desk.actor, pressed.count, pressed.up_to, desk.now)
    return (await _decided(desk, outcome, 0)).edited()


@router.callback_query(ReviewUndo.filter())
async def on_undo_all(query: Press, callback_data: ReviewUndo, desk: Desk) -> Outgoing:
    pressed = callback_data
    outcome = await service.undo_all(desk.cause, desk.actor, pressed.first, pressed.last, pressed.at, desk.now)
    return (await _decided(desk, outcome, pressed.first - 1)).edited()


async def _next(desk: Desk, after_registration: int = 0) -> Outgoing:
    """Registrations first, then notices, then check-ins."""
    found = await service.next_registration(desk.db, desk.actor, after_registration)
    if found is not None:
        return view.registration(found, desk.t)
    notice = await notice_sending.next_waiting(desk.db, desk.actor, 0, desk.now)
    if notice is not None:
        return approval(notice, desk.t, *view.following(desk.t))
    return view.pending(await service.next_waiting(desk.db, desk.actor, 0, desk.now), desk.t)


async def _decided(desk: Desk, outcome: Outcome, after: int) -> Outgoing:
    desk.leave()
    following = await service.next_waiting(desk.db, desk.actor, after, desk.now)
    return view.decided(outcome, following, desk.t)
