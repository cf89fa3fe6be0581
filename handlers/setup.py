"""The first hour of the owner (and later of the office): five steps, in any order, each as often as wanted."""

import datetime as dt

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.domain.access import Action, Actor
from bot.house import House
from bot.i18n import Translator
from bot.services import duties, roster, setup
from bot.services.effects import Cause
from bot.views import duties as duties_view
from bot.views import menu as menu_view
from bot.views import roster as roster_view
from bot.views import setup as view
from bot.views.callbacks import SetupPress
from bot.views.parts import Outgoing
from handlers.filters import Can, Word
from storage.records import Role

router = Router(name="setup")
router.message.filter(F.chat.type == "private")


class FounderArrives(Filter):
    """An owner, or one of the office, who says /start and nothing more."""

    async def __call__(self, message: Message, actor: Actor, args: str) -> bool:
        return bool(actor.roles & {Role.OWNER, Role.OFFICE}) and not args


@router.message(Word("start"), FounderArrives())
async def on_founder(
    message: Message, house: House, actor: Actor, now: dt.datetime, t: Translator
) -> tuple[Outgoing, Outgoing]:
    facts = await setup.overview(house.db, actor, now)
    welcome = t("setup-welcome" if Role.OWNER in actor.roles else "setup-welcome-office")
    return menu_view.with_menu(welcome, actor, t), view.overview(facts, house.settings.org_name, t)


@router.callback_query(SetupPress.filter(), Can(Action.MANAGE_ROSTER))
async def on_press(
    query: CallbackQuery,
    callback_data: SetupPress,
    house: House,
    actor: Actor,
    cause: Cause,
    now: dt.datetime,
    t: Translator,
) -> Outgoing:
    match callback_data.act:
        case "roster":
            return roster_view.overview(await roster.overview(house.db, now), t)
        case "leaders":
            return view.leaders(await setup.leaders(house.db, now.date()), callback_data.id, t).edited()
        case "invites" | "more-invites" as act:
            found = await setup.invitable(house.db, actor, now)
            shown = view.invites(found, callback_data.id, t)
            return shown.edited() if act == "invites" else shown  # below a link, which is shown only once
        case "invite":
            return view.invited(await setup.invite(cause, actor, callback_data.id, now), house.username, t)
        case "revoke":
            return view.ask_revoke(t).edited()
        case "revoke-yes":
            return view.revoked(await setup.revoke_invites(cause, actor, now), t).edited()
        case "morning":
            return duties_view.preview(await duties.preview(cause, now), t)
        case _:
            return view.overview(await setup.overview(house.db, actor, now), house.settings.org_name, t).edited()
