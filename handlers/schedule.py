"""The plans in chat: a list, one of them, what can be done with it."""

from aiogram import F, Router
from aiogram.types import Message

from bot.domain.access import Action
from bot.events import Press
from bot.services import plan_audience as audience
from bot.services import schedule as service
from bot.services.effects import Outcome
from bot.services.notices import number_of
from bot.views import plan_audience as choices
from bot.views import schedule as view
from bot.views.callbacks import PlanPress
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import At, Can, Word

router = Router(name="schedule")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private", Can(Action.MANAGE_SCHEDULE))

WHEN, TEXT = "schedule:when", "schedule:text"
SHOWS_CARD = tuple(f"schedule-{what}" for what in ("paused", "resumed", "changed", "added", "went-on", "dropped"))


@router.message(Word("schedule"))
async def on_schedule(message: Message, desk: Desk) -> Outgoing:
    _leave(desk)
    return await _list(desk)


@router.callback_query(PlanPress.filter(F.act == "list"))
async def on_list(query: Press, callback_data: PlanPress, desk: Desk) -> Outgoing:
    _leave(desk)
    return (await _list(desk, callback_data.id)).edited()


@router.callback_query(PlanPress.filter(F.act == "card"))
async def on_card(query: Press, callback_data: PlanPress, desk: Desk) -> Outgoing:
    _leave(desk)
    return (await _card(desk, callback_data.id)).edited()


@router.callback_query(PlanPress.filter(F.act == "pause"))
async def on_pause(query: Press, callback_data: PlanPress, desk: Desk) -> Outgoing:
    return await _shown(desk, await service.pause(desk.cause, desk.actor, callback_data.id, desk.now))


@router.callback_query(PlanPress.filter(F.act == "resume"))
async def on_resume(query: Press, callback_data: PlanPress, desk: Desk) -> Outgoing:
    return await _shown(desk, await service.resume(desk.cause, desk.actor, callback_data.id, desk.now))


@router.callback_query(PlanPress.filter(F.act.in_({"go-on", "drop"})))
async def on_halted(query: Press, callback_data: PlanPress, desk: Desk) -> Outgoing:
    """The rest of what stopped at its first few messages."""
    use_case = service.go_on if callback_data.act == "go-on" else service.drop
    number = number_of(callback_data.value)
    outcome = await use_case(desk.cause, desk.actor, callback_data.id, number, desk.now)
    if outcome.name == "schedule-dropped":
        await desk.house.in_hand.over(number)
    return await _shown(desk, outcome)


@router.callback_query(PlanPress.filter(F.act == "when"))
async def on_when(query: Press, callback_data: PlanPress, desk: Desk) -> Outgoing:
    card = await service.card(desk.db, callback_data.id, desk.now)
    if card is None:
        return view.card(None, desk.t)
    desk.dialog.at(WHEN, plan=card.plan.id)
    return view.ask_when(card.plan.id, card.plan.kind, desk.t).edited()


@router.message(At(WHEN), F.text, Can(Action.MANAGE_SCHEDULE))
async def on_new_when(message: Message, desk: Desk) -> Outgoing:
    text, plan = message.text or "", desk.dialog.data["plan"]
    outcome = await service.set_when(desk.cause, desk.actor, plan, text, desk.now)
    if outcome.name in ("schedule-changed", "error-stale"):
        desk.dialog.end()
    return await _shown(desk, outcome, edit=False)


@router.callback_query(PlanPress.filter(F.act == "shift"))
async def on_choose_shift(query: Press, callback_data: PlanPress, desk: Desk) -> Outgoing:
    return view.choose_shift(callback_data.id, desk.t).edited()


@router.callback_query(PlanPress.filter(F.act == "set-shift"))
async def on_shift(query: Press, callback_data: PlanPress, desk: Desk) -> Outgoing:
    pressed = callback_data
    return await _shown(desk, await service.set_shift(desk.cause, desk.actor, pressed.id, pressed.value, desk.now))


@router.callback_query(PlanPress.filter(F.act == "audience"))
async def on_choose_audience(query: Press, callback_data: PlanPress, desk: Desk) -> Outgoing:
    return choices.audience(await _choice(desk, callback_data.id), desk.t).edited()


@router.callback_query(PlanPress.filter(F.act == "set-audience"))
async def on_audience(query: Press, callback_data: PlanPress, desk: Desk) -> Outgoing:
    pressed = callback_data
    return await _shown(desk, await audience.set_role(desk.cause, desk.actor, pressed.id, pressed.value, desk.now))


@router.callback_query(PlanPress.filter(F.act == "places"))
async def on_places(query: Press, callback_data: PlanPress, desk: Desk) -> Outgoing:
    under, _, page = callback_data.value.partition("-")
    return await _places(desk, callback_data.id, number_of(under), number_of(page))


@router.callback_query(PlanPress.filter(F.act == "place"))
async def on_place(query: Press, callback_data: PlanPress, desk: Desk) -> Outgoing:
    """side-department-the one above-page"""
    side, number, under, page = [*callback_data.value.split("-"), "", "", "", ""][:4]
    outcome = await audience.set_place(desk.cause, desk.actor, callback_data.id, side, number_of(number), desk.now)
    if outcome.name != "schedule-changed":
        return await _shown(desk, outcome)
    return await _places(desk, callback_data.id, number_of(under), number_of(page))


@router.callback_query(PlanPress.filter(F.act == "whole"))
async def on_whole(query: Press, callback_data: PlanPress, desk: Desk) -> Outgoing:
    outcome = await audience.set_whole(desk.cause, desk.actor, callback_data.id, desk.now)
    if outcome.name != "schedule-changed":
        return await _shown(desk, outcome)
    return await _places(desk, callback_data.id)


@router.callback_query(PlanPress.filter(F.act == "ask"))
async def on_ask(query: Press, callback_data: PlanPress, desk: Desk) -> Outgoing:
    return await _shown(desk, await service.before_running(desk.db, callback_data.id, desk.now))


@router.callback_query(PlanPress.filter(F.act == "run"))
async def on_run(query: Press, callback_data: PlanPress, desk: Desk) -> Outgoing:
    return await _shown(desk, await service.run(desk.cause, desk.actor, callback_data.id, desk.now, desk.owners))


@router.callback_query(PlanPress.filter(F.act == "remove"))
async def on_remove(query: Press, callback_data: PlanPress, desk: Desk) -> Outgoing:
    return view.sure("end", callback_data.id, desk.t).edited()


@router.callback_query(PlanPress.filter(F.act == "end"))
async def on_end(query: Press, callback_data: PlanPress, desk: Desk) -> Outgoing:
    return await _shown(desk, await service.end(desk.cause, desk.actor, callback_data.id, desk.now))


@router.callback_query(PlanPress.filter(F.act == "new"))
async def on_new(query: Press, callback_data: PlanPress, desk: Desk) -> Outgoing:
    if not callback_data.value:
        return view.templates(desk.t).edited()
    if callback_data.value == "own":
        desk.dialog.at(TEXT)
        return Outgoing(desk.t("schedule-ask-text"), edit=True)
    return await _shown(desk, await service.add(desk.cause, desk.actor, callback_data.value, "", desk.now))


@router.message(At(TEXT), F.text, Can(Action.MANAGE_SCHEDULE))
async def on_text(message: Message, desk: Desk) -> Outgoing:
    outcome = await service.add(desk.cause, desk.actor, "own", message.text or "", desk.now)
    if outcome.name in ("schedule-added", "schedule-too-many"):
        desk.dialog.end()
    return await _shown(desk, outcome, edit=False)


def _leave(desk: Desk) -> None:
    if desk.dialog.state in (WHEN, TEXT):
        desk.dialog.end()


async def _list(desk: Desk, page: int = 0) -> Outgoing:
    return view.overview(await service.overview(desk.db, page, desk.now), desk.t)


async def _choice(desk: Desk, plan_id: int, under: int = 0) -> service.Choice | None:
    return await service.choose(desk.db, desk.actor, plan_id, under, desk.now)


async def _places(desk: Desk, plan_id: int, under: int = 0, page: int = 0) -> Outgoing:
    return choices.places(await _choice(desk, plan_id, under), page, desk.t).edited()


async def _card(desk: Desk, plan_id: int, note: str = "") -> Outgoing:
    return view.card(await service.card(desk.db, plan_id, desk.now), desk.t, note)


async def _shown(desk: Desk, outcome: Outcome, *, edit: bool = True) -> Outgoing:
    """What it came to; where that is another look of the plan, the plan."""
    if outcome.name in SHOWS_CARD:
        count = outcome.facts.get("count", 0)
        note = desk.t(outcome.name, count=count) if outcome.name == "schedule-paused" else desk.t(outcome.name)
        answer = await _card(desk, outcome.facts["plan"], note)
    else:
        answer = view.outcome(outcome, desk.t)
    return answer.edited() if edit else answer
