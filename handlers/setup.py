"""The first hour of the owner (and later of the office): five steps, in any order, each as often as wanted."""

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import Message

from bot.domain.access import Action, Actor
from bot.events import Press
from bot.services import duties, roster, setup
from bot.views import duties as duties_view
from bot.views import menu as menu_view
from bot.views import roster as roster_view
from bot.views import setup as view
from bot.views.callbacks import SetupPress
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import Can, Word
from storage.records import Role

router = Router(name="setup")
router.message.filter(F.chat.type == "private")


class FounderArrives(Filter):
    """An owner, or one of the office, who says /start and nothing more."""

    async def __call__(self, message: Message, actor: Actor, args: str) -> bool:
        return bool(actor.roles & {Role.OWNER, Role.OFFICE}) and not args


@router.message(Word("start"), FounderArrives())
async def on_founder(message: Message, desk: Desk) -> tuple[Outgoing, Outgoing]:
    facts = await setup.overview(desk.db, desk.actor, desk.now)
    welcome = view.welcome(facts, desk.t)
    return menu_view.with_menu(welcome, desk.actor, desk.t), view.overview(facts, desk.house.settings.org_name, desk.t)


@router.callback_query(SetupPress.filter(), Can(Action.MANAGE_ROSTER))
async def on_press(query: Press, callback_data: SetupPress, desk: Desk) -> Outgoing:
    match callback_data.act:
        case "roster":
            return roster_view.overview(await roster.overview(desk.db, desk.now), desk.t)
        case "leaders":
            return view.leaders(await setup.leaders(desk.db, desk.now.date()), callback_data.id, desk.t).edited()
        case "invites" | "more-invites" as act:
            found = await setup.invitable(desk.db, desk.actor, desk.now)
            shown = view.invites(found, callback_data.id, desk.t)
            return shown.edited() if act == "invites" else shown  # below a link, which is shown only once
        case "invite":
            return view.invited(
                await setup.invite(desk.cause, desk.actor, callback_data.id, desk.now), desk.house.username, desk.t
            )
        case "revoke":
            return view.ask_revoke(desk.t).edited()
        case "revoke-yes":
            return view.revoked(await setup.revoke_invites(desk.cause, desk.actor, desk.now), desk.t).edited()
        case "morning":
            return duties_view.preview(await duties.preview(desk.cause, desk.now), desk.t)
        case _:
            return view.overview(
                await setup.overview(desk.db, desk.actor, desk.now), desk.house.settings.org_name, desk.t
            ).edited()
