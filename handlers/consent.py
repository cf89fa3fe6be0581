"""The privacy notice has changed: whoever agreed to an older one is asked again before anything else."""

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import Message

from bot.domain.access import Action, Actor
from bot.events import Press
from bot.services import privacy as service
from bot.views import privacy as view
from bot.views.callbacks import Renew
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import Can

router = Router(name="consent")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")
# What everybody may ask for at any time, whatever he has agreed to.
ALWAYS = {"start", "help", "privacy", "language", "cancel", "leave", "mydata"}
RIGHTS = ("leave:", "erase:", "lang:")


class Outdated(Filter):
    """Somebody of ours who has agreed to an older notice and does more than use his rights."""

    async def __call__(self, event: Message | Press, actor: Actor, word: str | None) -> bool:
        if not service.outdated(actor):
            return False
        return not (event.data or "").startswith(RIGHTS) if isinstance(event, Press) else word not in ALWAYS


@router.callback_query(Renew.filter(), Can(Action.TAKE_PART))
async def on_renew(query: Press, callback_data: Renew, desk: Desk) -> Outgoing:
    if not callback_data.yes:
        return view.ask_leave(await service.consent_given(desk.db, desk.actor), desk.t).edited()
    return view.renewed(await service.renew(desk.cause, desk.actor, callback_data.version, desk.now), desk.t).edited()


@router.callback_query(Outdated(), Can(Action.TAKE_PART))
async def on_press_before_consent(query: Press, desk: Desk) -> Outgoing:
    return await _ask(desk)


@router.message(Outdated(), Can(Action.TAKE_PART))
async def on_words_before_consent(message: Message, desk: Desk) -> Outgoing:
    return await _ask(desk)


async def _ask(desk: Desk) -> Outgoing:
    org = await service.unit_name(desk.db, desk.house.settings.org_name)
    return view.ask_again(org, service.version(), desk.t)
