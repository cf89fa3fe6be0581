"""Notices that were sent: 收到, the page of their sender, pause and stop, once more, put right, told in person."""

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import Message

from bot.domain.access import Action
from bot.events import Press
from bot.services import audit, corrections, notice_rounds, notice_sending, tellings
from bot.services import deliveries as service
from bot.services.deliveries import Limits
from bot.services.effects import Outcome
from bot.services.notices import title_of
from bot.views import deliveries as view
from bot.views import delivery_lists as lists
from bot.views import errors, privacy
from bot.views.callbacks import Delivery, NoticeGot, NoticePress, Tell
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import At, Can
from handlers.notices import content_of

router = Router(name="deliveries")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

TEXT, CONFIRM = "deliveries:text", "deliveries:confirm"
MAY, MAY_SEE = Can(Action.NOTIFY), Can(Action.VIEW_MEMBERS)
STEERS = {"pause": service.pause, "resume": service.resume, "stop": service.stop}


class Sent(Filter):
    """A notice of which something has left: its page is ours, the card of a draft is not."""

    async def __call__(self, query: Press, callback_data: NoticePress, desk: Desk) -> bool | dict[str, Outcome]:
        found = await service.open_page(desk.db, desk.actor, callback_data.id, desk.now, _limits(desk))
        return {"found": found} if found.name == "deliveries-page" else False


def _limits(desk: Desk) -> Limits:
    return Limits(desk.house.settings.rate_per_second, desk.house.telegram.pace.held())


async def _page(desk: Desk, notice_id: int, outcome: Outcome | None = None) -> Outgoing:
    """The page as it is now; `outcome` is what has just come of a press."""
    if outcome is not None and outcome.name == "error-stale":
        return errors.stale(desk.t)
    found = await service.open_page(desk.db, desk.actor, notice_id, desk.now, _limits(desk))
    if found.name == "error-stale":
        return errors.stale(desk.t)
    return view.page(found.facts, desk.t, desk.t(outcome.name) if outcome else "")


@router.callback_query(NoticeGot.filter(), Can(Action.TAKE_PART))
async def on_got(query: Press, callback_data: NoticeGot, desk: Desk) -> Outgoing:
    return view.received(await service.receive(desk.cause, desk.actor, callback_data.id, desk.now), desk.t)


@router.callback_query(NoticePress.filter(F.act == "open"), MAY, Sent())
async def on_open(query: Press, found: Outcome, desk: Desk) -> Outgoing:
    desk.leave()
    return view.page(found.facts, desk.t).edited()


@router.callback_query(Delivery.filter(F.act.in_({"open", "back", "refresh"})), MAY_SEE)
async def on_page(query: Press, callback_data: Delivery, desk: Desk) -> Outgoing:
    desk.leave()
    shown = await _page(desk, callback_data.id)
    return shown if callback_data.act == "open" else shown.edited()


@router.callback_query(Delivery.filter(F.act.in_(set(STEERS))), MAY)
async def on_steer(query: Press, callback_data: Delivery, desk: Desk) -> Outgoing:
    """What is in hand comes to its end before the answer: after it nothing leaves, and what it counts is final."""
    outcome = await STEERS[callback_data.act](desk.cause, desk.actor, callback_data.id, desk.now)
    if callback_data.act != "resume" and "occurrence" in outcome.facts:
        await desk.house.in_hand.over(outcome.facts["occurrence"])
    return (await _page(desk, callback_data.id, outcome)).edited()


@router.callback_query(NoticePress.filter(F.act.in_({"stop-all", "stop-all-yes"})), MAY)
async def on_stop_all(query: Press, callback_data: NoticePress, desk: Desk) -> Outgoing:
    """Everything at once, asked about once; as with one, after the answer nothing leaves."""
    if callback_data.act == "stop-all":
        return view.ask_stop_all(await notice_sending.count_going(desk.db, desk.actor), desk.t).edited()
    outcome = await notice_sending.stop_all(desk.cause, desk.actor, desk.now)
    for occurrence in outcome.facts["stopped"]:
        await desk.house.in_hand.over(occurrence)
    return view.all_stopped(outcome.facts, desk.t).edited()


# Once more


@router.callback_query(Delivery.filter(F.act.in_({"missed", "remind", "missed-now", "remind-now"})), MAY)
async def on_again(query: Press, callback_data: Delivery, desk: Desk) -> Outgoing:
    act, _, sure = callback_data.act.partition("-")
    outcome = await notice_rounds.ask(desk.db, desk.actor, callback_data.id, act, desk.now)
    if outcome.name in ("error-stale", "deliveries-as-it-is"):
        return (await _page(desk, callback_data.id, outcome)).edited()
    return view.again(outcome, desk.t, sure=bool(sure)).edited()


@router.callback_query(Delivery.filter(F.act.in_({"missed-yes", "remind-yes", "missed-sure", "remind-sure"})), MAY)
async def on_send_again(query: Press, callback_data: Delivery, desk: Desk) -> Outgoing:
    act, _, how = callback_data.act.partition("-")
    number, count = callback_data.id, callback_data.page
    outcome = await notice_rounds.send(desk.cause, desk.actor, number, act, count, desk.now, anyway=how == "sure")
    if outcome.name == "deliveries-again-sending":
        found = await service.open_page(desk.db, desk.actor, number, desk.now, _limits(desk))
        return view.page(found.facts, desk.t, view.begun(outcome, desk.t)).edited()
    if outcome.name in ("error-stale", "deliveries-as-it-is"):
        return (await _page(desk, number, outcome)).edited()
    return view.again(outcome, desk.t).edited()


# Put right, taken back


@router.callback_query(Delivery.filter(F.act == "correct"), MAY)
async def on_correct(query: Press, callback_data: Delivery, desk: Desk) -> Outgoing:
    found = await corrections.look(desk.db, desk.actor, callback_data.id, "correct")
    desk.leave()
    if found.name != "corrections-ask-correct":
        return (await _page(desk, callback_data.id, found)).edited()
    desk.dialog.at(TEXT, notice=callback_data.id)
    return view.ask_text(found.facts, desk.t)


@router.message(At(TEXT, CONFIRM), F.text | F.photo | F.document, MAY)
async def on_text(message: Message, desk: Desk) -> Outgoing | tuple[Outgoing, ...]:
    number = desk.dialog.data["notice"]
    found = await corrections.propose(desk.db, desk.actor, number, content_of(message), desk.now)
    if found.name == "corrections-preview":
        desk.dialog.at(CONFIRM, text=found.facts["text"])
        return view.preview(found.facts, desk.t)
    if found.name in ("error-stale", "deliveries-as-it-is"):
        desk.leave()
        return await _page(desk, number, found)
    if found.name == "privacy-not-kept":
        return privacy.not_kept(found.facts["kind"], desk.t)
    return Outgoing(desk.t(found.name, **found.facts))


@router.callback_query(Delivery.filter(F.act == "correct-yes"), MAY)
async def on_correct_yes(query: Press, callback_data: Delivery, desk: Desk) -> Outgoing:
    number, data = callback_data.id, dict(desk.dialog.data)
    if desk.dialog.state != CONFIRM or data.get("notice") != number:
        return (await _page(desk, number, Outcome("deliveries-as-it-is"))).edited()
    desk.leave()
    return await _changed(
        desk, number, await corrections.correct(desk.cause, desk.actor, number, data["text"], desk.now)
    )


@router.callback_query(Delivery.filter(F.act == "recall"), MAY)
async def on_recall(query: Press, callback_data: Delivery, desk: Desk) -> Outgoing:
    found = await corrections.look(desk.db, desk.actor, callback_data.id, "recall")
    if found.name != "corrections-ask-recall":
        return (await _page(desk, callback_data.id, found)).edited()
    return view.ask_recall(found.facts, desk.t).edited()


@router.callback_query(Delivery.filter(F.act == "recall-yes"), MAY)
async def on_recall_yes(query: Press, callback_data: Delivery, desk: Desk) -> Outgoing:
    number = callback_data.id
    outcome = await corrections.recall(desk.cause, desk.actor, number, desk.now)
    if "occurrence" in outcome.facts:
        await desk.house.in_hand.over(outcome.facts["occurrence"])
    return await _changed(desk, number, outcome)


async def _changed(desk: Desk, number: int, outcome: Outcome) -> Outgoing:
    if "count" not in outcome.facts:
        return (await _page(desk, number, outcome)).edited()
    found = await service.open_page(desk.db, desk.actor, number, desk.now, _limits(desk))
    return view.page(found.facts, desk.t, desk.t(outcome.name, count=outcome.facts["count"])).edited()


# Names


@router.callback_query(Delivery.filter(F.act.startswith("names")), MAY_SEE)
async def on_names(query: Press, callback_data: Delivery, desk: Desk) -> Outgoing:
    number, (_, _, kind) = callback_data.id, callback_data.act.partition("-")
    if not kind:
        found = await service.open_page(desk.db, desk.actor, number, desk.now, _limits(desk))
        return view.names_choice(found.facts, desk.t).edited() if found.facts else errors.stale(desk.t)
    listed = await service.people(desk.db, desk.actor, number, kind, callback_data.page)
    if listed is None:
        return errors.stale(desk.t)
    return lists.names(number, kind, listed.people, listed.number, listed.total, desk.t).edited()


@router.callback_query(Delivery.filter(F.act == "sheet"), MAY_SEE)
async def on_sheet(query: Press, callback_data: Delivery, desk: Desk) -> Outgoing:
    found = await service.everybody(desk.db, desk.actor, callback_data.id, desk.now, _limits(desk))
    if found is None:
        return errors.stale(desk.t)
    number = callback_data.id
    await audit.note_export(desk.cause, desk.actor, f"notice {number}", f"notice:{number}", desk.now)
    return await lists.table(*found, desk.now.tzinfo, desk.t)


@router.callback_query(Tell.filter(F.act == "waiting"), MAY_SEE)
async def on_waiting(query: Press, callback_data: Tell, desk: Desk) -> Outgoing:
    return lists.waiting(await tellings.list_waiting(desk.db, desk.actor), desk.t)


@router.callback_query(Tell.filter(F.act == "list"), MAY_SEE)
async def on_telling(query: Press, callback_data: Tell, desk: Desk) -> Outgoing:
    return await _telling(desk, callback_data.id, callback_data.of, callback_data.page)


@router.callback_query(Tell.filter(F.act.in_({"told", "untold"})), MAY_SEE)
async def on_tick(query: Press, callback_data: Tell, desk: Desk) -> Outgoing:
    told = callback_data.act == "told"
    outcome = await tellings.tick(desk.cause, desk.actor, callback_data.id, callback_data.of, told, desk.now)
    if "department" not in outcome.facts:
        return errors.stale(desk.t)
    head = "" if outcome.name == "tellings-ticked" else desk.t(outcome.name)
    return await _telling(desk, callback_data.id, outcome.facts["department"], callback_data.page, head)


async def _telling(desk: Desk, notice_id: int, department: int, page: int, head: str = "") -> Outgoing:
    found = await tellings.open_list(desk.db, desk.actor, notice_id, department, page)
    if found is None:
        return errors.stale(desk.t)
    return lists.telling(found, desk.t, title_of(found.notice), desk.now.tzinfo, head).edited()
