"""Duties, phrases and the taps under the morning message."""

from aiogram import F, Router
from aiogram.types import Message

from bot.domain.access import Action
from bot.events import Press
from bot.services import duties
from bot.views import duties as view
from bot.views.callbacks import DutyCard, PhraseCard, Tap
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import Can, Word

router = Router(name="duties")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private", Can(Action.TAKE_PART))


@router.callback_query(Tap.filter())
async def on_tap(query: Press, callback_data: Tap, desk: Desk) -> Outgoing:
    return view.tapped(
        await duties.tap(desk.cause, desk.actor, callback_data.date, callback_data.kind, desk.now), desk.t
    )


@router.message(Word("duties"))
async def on_duties(message: Message, desk: Desk) -> Outgoing:
    return view.all_duties(await duties.show_day(desk.cause, desk.now), desk.t)


@router.callback_query(DutyCard.filter())
async def on_duty(query: Press, callback_data: DutyCard, desk: Desk) -> Outgoing:
    if callback_data.id:
        return view.one_duty(await duties.look(desk.db, "duty", callback_data.id), desk.t)
    return view.all_duties(await duties.show_day(desk.cause, desk.now), desk.t).edited()


@router.message(Word("phrase"))
async def on_phrase(message: Message, desk: Desk) -> Outgoing:
    return view.phrase_of_day(await duties.show_day(desk.cause, desk.now), desk.t)


@router.callback_query(PhraseCard.filter())
async def on_another_phrase(query: Press, callback_data: PhraseCard, desk: Desk) -> Outgoing:
    if callback_data.id:
        return view.one_phrase(await duties.look(desk.db, "phrase", callback_data.id), desk.t)
    return view.phrase_of_day(await duties.show_day(desk.cause, desk.now), desk.t).edited()
