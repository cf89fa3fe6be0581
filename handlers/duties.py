"""Duties, phrases and the taps under the morning message."""

import datetime as dt

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.domain.access import Action, Actor
from bot.i18n import Translator
from bot.services import duties
from bot.services.effects import Cause
from bot.views import duties as view
from bot.views.callbacks import DutyCard, PhraseCard, Tap
from bot.views.parts import Outgoing
from handlers.filters import Can, Word

router = Router(name="duties")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private", Can(Action.TAKE_PART))


@router.callback_query(Tap.filter())
async def on_tap(
    query: CallbackQuery, callback_data: Tap, actor: Actor, cause: Cause, now: dt.datetime, t: Translator
) -> Outgoing:
    return view.tapped(await duties.tap(cause, actor, callback_data.date, callback_data.kind, now), t)


@router.message(Word("duties"))
async def on_duties(message: Message, cause: Cause, now: dt.datetime, t: Translator) -> Outgoing:
    return view.all_duties(await duties.show_day(cause, now), t)


@router.callback_query(DutyCard.filter())
async def on_duty(
    query: CallbackQuery, callback_data: DutyCard, cause: Cause, now: dt.datetime, t: Translator
) -> Outgoing:
    if callback_data.id:
        return view.one_duty(await duties.look(cause.db, "duty", callback_data.id), t)
    return view.all_duties(await duties.show_day(cause, now), t).edited()


@router.message(Word("phrase"))
async def on_phrase(message: Message, cause: Cause, now: dt.datetime, t: Translator) -> Outgoing:
    return view.phrase_of_day(await duties.show_day(cause, now), t)


@router.callback_query(PhraseCard.filter())
async def on_another_phrase(
    query: CallbackQuery, callback_data: PhraseCard, cause: Cause, now: dt.datetime, t: Translator
) -> Outgoing:
    if callback_data.id:
        return view.one_phrase(await duties.look(cause.db, "phrase", callback_data.id), t)
    return view.phrase_of_day(await duties.show_day(cause, now), t).edited()
