"""The way in: /start, consent, number and name; and the buttons of who decides."""

import datetime as dt

from aiogram import F, Router
from aiogram.types import Message

from bot.domain import sensitive
from bot.domain.access import Action
from bot.domain.registration import Claim, bare_code_in, code_in, read_claim
from bot.events import Press
from bot.services import accounts
from bot.services import privacy as privacy_service
from bot.services import registration as service
from bot.services.effects import Outcome
from bot.views import errors
from bot.views import privacy as privacy_view
from bot.views import registration as view
from bot.views.callbacks import Consent, Decide, Withdraw
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import At, Can, Word

CONSENT, NUMBER, NAME = "registration:consent", "registration:number", "registration:name"

router = Router(name="registration")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")


def pasted(message: Message, word: str | None, desk: Desk) -> dict[str, str] | bool:
    """Somebody who is not in yet sends the invite link itself, or its code: as if it stood behind /start. Whoever is in
    may write of a link what he likes, and so may somebody who is asked for words of his own."""
    asked = desk.dialog.state not in (None, CONSENT, NUMBER, NAME)
    if word is not None or asked or desk.actor.person is not None:
        return False
    text = message.text or ""
    bare = "" if desk.dialog.state in (NUMBER, NAME) else bare_code_in(text)  # there it may be what was asked for
    code = code_in(text) or bare
    return {"args": code} if code else False


@router.message(F.text, pasted)
@router.message(Word("start"))
async def on_start(message: Message, args: str, desk: Desk) -> Outgoing:
    found = await service.arrive(desk.cause, desk.actor, args, desk.owners, desk.now)
    if found.name == "registration-consent":
        desk.dialog.at(CONSENT, invite=found.facts["invite"])
        return await _consent(desk)
    if found.name == "registration-how" and desk.dialog.state in (CONSENT, NUMBER, NAME):
        return await _ask_again(desk)
    return view.outcome(found, desk.actor, desk.now.tzinfo or dt.UTC, desk.t)


async def _consent(desk: Desk) -> Outgoing:
    org = await privacy_service.unit_name(desk.db, desk.house.settings.org_name)
    return view.consent(org, service.CONSENT_VERSION, desk.t)


async def _ask_again(desk: Desk) -> Outgoing:
    return await _consent(desk) if desk.dialog.state == CONSENT else view.ask(_step(desk), desk.t)


def _step(desk: Desk) -> str:
    return (desk.dialog.state or "").partition(":")[2]


@router.callback_query(Consent.filter())
async def on_consent(query: Press, callback_data: Consent, desk: Desk) -> Outgoing:
    if desk.dialog.state in (NUMBER, NAME) and callback_data.yes:
        return view.ask(_step(desk), desk.t)
    if desk.dialog.state not in (CONSENT, NUMBER, NAME) or desk.actor.person is not None:
        return errors.stale(desk.t)
    if not callback_data.yes:
        desk.dialog.end()
        return view.outcome(
            await service.decline(desk.cause, desk.actor, desk.now), desk.actor, desk.now.tzinfo or dt.UTC, desk.t
        )
    if callback_data.version != service.CONSENT_VERSION:
        return await _consent(desk)
    await service.consent(desk.cause, desk.actor, callback_data.version, desk.t.language, desk.now)
    number = await service.number_of(desk.db, desk.dialog.data["invite"])
    desk.dialog.at(NAME if number else NUMBER, **({"number": number} if number else {}))
    return view.ask(_step(desk), desk.t)


@router.message(At(CONSENT))
async def on_words_instead_of_consent(message: Message, desk: Desk) -> Outgoing:
    return view.choose(service.CONSENT_VERSION, desk.t)


@router.message(At(NUMBER, NAME), F.text)
async def on_number_or_name(message: Message, desk: Desk) -> Outgoing:
    kind = sensitive.find(message.text or "")
    if kind is not None:
        return privacy_view.not_kept(kind, desk.t)
    said = read_claim(message.text or "")
    claimed = _together(desk, said) if said else None
    if desk.actor.person is not None and not (claimed and claimed.name):
        desk.dialog.end()  # approved meanwhile
        return view.outcome(Outcome("registration-welcome-back"), desk.actor, desk.now.tzinfo or dt.UTC, desk.t)
    if claimed is None:
        return view.unread(_step(desk), desk.t)
    if not claimed.name:
        desk.dialog.at(NAME, number=claimed.number)
        return view.ask("name", desk.t)
    return await _claim(message, claimed, desk)


def _together(desk: Desk, said: Claim) -> Claim | None:
    """What was said now with the number said before; None while there is no number."""
    number = said.number or (desk.dialog.data.get("number", "") if desk.dialog.state == NAME else "")
    bare = said.name.isascii() and " " not in said.name and any(char.isalnum() for char in said.name)
    if not number and desk.dialog.state == NUMBER and bare:
        return Claim(said.name.upper())  # a staff number may have no digits
    return Claim(number, said.name) if number else None


async def _claim(message: Message, claimed: Claim, desk: Desk) -> Outgoing:
    name = message.from_user.full_name if message.from_user else ""
    owners = desk.owners
    found = await service.claim(desk.cause, desk.actor, desk.dialog.data["invite"], claimed, name, owners, desk.now)
    if found.name in ("registration-no-match", "registration-locked", "registration-braked"):
        desk.dialog.at(NUMBER)
    else:
        desk.dialog.end()
    if found.name == "registration-bound":
        desk.actor = await accounts.recognise(desk.db, desk.actor.user_id, owners, desk.now)
    return view.outcome(found, desk.actor, desk.now.tzinfo or dt.UTC, desk.t)


@router.message(At(NUMBER, NAME), ~F.contact, ~F.location)
async def on_no_words(message: Message, desk: Desk) -> Outgoing:
    return view.ask(_step(desk), desk.t)


@router.callback_query(Withdraw.filter())
async def on_withdraw(query: Press, callback_data: Withdraw, desk: Desk) -> Outgoing:
    found = await service.withdraw(desk.cause, desk.actor, callback_data.id, desk.now)
    return view.outcome(found, desk.actor, desk.now.tzinfo or dt.UTC, desk.t)


@router.callback_query(Decide.filter(), Can(Action.DECIDE))
async def on_decide(query: Press, callback_data: Decide, desk: Desk) -> Outgoing:
    owners = desk.owners
    result = await service.decide(desk.cause, desk.actor, callback_data.id, callback_data.yes, desk.now, owners)
    return view.decided(result, await service.look(desk.db, desk.actor, callback_data.id), desk.t)
