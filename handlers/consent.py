"""The privacy notice has changed: whoever agreed to an older one is asked again before anything else."""

import datetime as dt

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.domain.access import Action, Actor
from bot.house import House
from bot.i18n import Translator
from bot.services import privacy as service
from bot.services.effects import Cause
from bot.views import privacy as view
from bot.views.callbacks import Renew
from bot.views.parts import Outgoing
from handlers.filters import Can

router = Router(name="consent")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")
# What everybody may ask for at any time, whatever he has agreed to.
ALWAYS = {"start", "help", "privacy", "language", "cancel", "leave", "mydata"}
RIGHTS = ("leave:", "erase:", "lang:")


class Outdated(Filter):
    """Somebody of ours who has agreed to an older notice and does more than use his rights."""

    async def __call__(self, event: Message | CallbackQuery, actor: Actor, word: str | None) -> bool:
        if not service.outdated(actor):
            return False
        return not (event.data or "").startswith(RIGHTS) if isinstance(event, CallbackQuery) else word not in ALWAYS


@router.callback_query(Renew.filter(), Can(Action.TAKE_PART))
async def on_renew(
    query: CallbackQuery,
    callback_data: Renew,
    actor: Actor,
    cause: Cause,
    house: House,
    now: dt.datetime,
    t: Translator,
) -> Outgoing:
    if not callback_data.yes:
        return view.ask_leave(await service.consent_given(house.db, actor), t).edited()
    return view.renewed(await service.renew(cause, actor, callback_data.version, now), t).edited()


@router.callback_query(Outdated(), Can(Action.TAKE_PART))
async def on_press_before_consent(query: CallbackQuery, house: House, t: Translator) -> Outgoing:
    return await _ask(house, t)


@router.message(Outdated(), Can(Action.TAKE_PART))
async def on_words_before_consent(message: Message, house: House, t: Translator) -> Outgoing:
    return await _ask(house, t)


async def _ask(house: House, t: Translator) -> Outgoing:
    org = await service.unit_name(house.db, house.settings.org_name)
    return view.ask_again(org, service.version(), t)
