"""The way in: /start, consent, number and name; and the buttons of who decides."""

import datetime as dt

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.dialogs import Dialog
from bot.domain import sensitive
from bot.domain.access import Action, Actor
from bot.domain.registration import Claim, read_claim
from bot.house import House
from bot.i18n import Translator
from bot.services import accounts
from bot.services import privacy as privacy_service
from bot.services import registration as service
from bot.services.effects import Cause, Outcome
from bot.views import errors
from bot.views import privacy as privacy_view
from bot.views import registration as view
from bot.views.callbacks import Consent, Decide, Withdraw
from bot.views.parts import Outgoing
from handlers.filters import At, Can, Word

CONSENT, NUMBER, NAME = "registration:consent", "registration:number", "registration:name"

router = Router(name="registration")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")


@router.message(Word("start"))
async def on_start(
    message: Message,
    args: str,
    actor: Actor,
    dialog: Dialog,
    cause: Cause,
    house: House,
    now: dt.datetime,
    t: Translator,
) -> Outgoing:
    found = await service.arrive(cause, actor, args, house.settings.owner_ids, now)
    if found.name == "registration-consent":
        dialog.at(CONSENT, invite=found.facts["invite"])
        return await _consent(house, t)
    if found.name == "registration-how" and dialog.state in (CONSENT, NUMBER, NAME):
        return await _ask_again(dialog, house, t)
    return view.outcome(found, actor, now.tzinfo or dt.UTC, t)


async def _consent(house: House, t: Translator) -> Outgoing:
    org = await privacy_service.unit_name(house.db, house.settings.org_name)
    return view.consent(org, service.CONSENT_VERSION, t)


async def _ask_again(dialog: Dialog, house: House, t: Translator) -> Outgoing:
    return await _consent(house, t) if dialog.state == CONSENT else view.ask(_step(dialog), t)


def _step(dialog: Dialog) -> str:
    return (dialog.state or "").partition(":")[2]


@router.callback_query(Consent.filter())
async def on_consent(
    query: CallbackQuery,
    callback_data: Consent,
    actor: Actor,
    dialog: Dialog,
    cause: Cause,
    house: House,
    now: dt.datetime,
    t: Translator,
) -> Outgoing:
    if dialog.state in (NUMBER, NAME) and callback_data.yes:
        return view.ask(_step(dialog), t)
    if dialog.state not in (CONSENT, NUMBER, NAME) or actor.person is not None:
        return errors.stale(t)
    if not callback_data.yes:
        dialog.end()
        return view.outcome(await service.decline(cause, actor, now), actor, now.tzinfo or dt.UTC, t)
    if callback_data.version != service.CONSENT_VERSION:
        return await _consent(house, t)
    await service.consent(cause, actor, callback_data.version, t.language, now)
    number = await service.number_of(house.db, dialog.data["invite"])
    dialog.at(NAME if number else NUMBER, **({"number": number} if number else {}))
    return view.ask(_step(dialog), t)


@router.message(At(CONSENT))
async def on_words_instead_of_consent(message: Message, house: House, t: Translator) -> Outgoing:
    return await _consent(house, t)


@router.message(At(NUMBER, NAME), F.text)
async def on_number_or_name(
    message: Message,
    actor: Actor,
    dialog: Dialog,
    cause: Cause,
    house: House,
    now: dt.datetime,
    t: Translator,
) -> Outgoing:
    kind = sensitive.find(message.text or "")
    if kind is not None:
        return privacy_view.not_kept(kind, t)
    said = read_claim(message.text or "")
    claimed = _together(dialog, said) if said else None
    if actor.person is not None and not (claimed and claimed.name):
        dialog.end()  # approved meanwhile
        return view.outcome(Outcome("registration-welcome-back"), actor, now.tzinfo or dt.UTC, t)
    if claimed is None:
        return view.unread(_step(dialog), t)
    if not claimed.name:
        dialog.at(NAME, number=claimed.number)
        return view.ask("name", t)
    return await _claim(message, claimed, actor, dialog, cause, house, now, t)


def _together(dialog: Dialog, said: Claim) -> Claim | None:
    """What was said now with the number said before; None while there is no number."""
    number = said.number or (dialog.data.get("number", "") if dialog.state == NAME else "")
    bare = said.name.isascii() and " " not in said.name and any(char.isalnum() for char in said.name)
    if not number and dialog.state == NUMBER and bare:
        return Claim(said.name.upper())  # a staff number may have no digits
    return Claim(number, said.name) if number else None


async def _claim(
    message: Message,
    claimed: Claim,
    actor: Actor,
    dialog: Dialog,
    cause: Cause,
    house: House,
    now: dt.datetime,
    t: Translator,
) -> Outgoing:
    name = message.from_user.full_name if message.from_user else ""
    owners = house.settings.owner_ids
    found = await service.claim(cause, actor, dialog.data["invite"], claimed, name, owners, now)
    if found.name in ("registration-no-match", "registration-locked", "registration-braked"):
        dialog.at(NUMBER)
    else:
        dialog.end()
    if found.name == "registration-bound":
        actor = await accounts.recognise(house.db, actor.user_id, None, owners, now)
    return view.outcome(found, actor, now.tzinfo or dt.UTC, t)


@router.message(At(NUMBER, NAME), ~F.contact, ~F.location)
async def on_no_words(message: Message, dialog: Dialog, t: Translator) -> Outgoing:
    return view.ask(_step(dialog), t)


@router.callback_query(Withdraw.filter())
async def on_withdraw(
    query: CallbackQuery, callback_data: Withdraw, actor: Actor, cause: Cause, now: dt.datetime, t: Translator
) -> Outgoing:
    found = await service.withdraw(cause, actor, callback_data.id, now)
    return view.outcome(found, actor, now.tzinfo or dt.UTC, t)


@router.callback_query(Decide.filter(), Can(Action.DECIDE))
async def on_decide(
    query: CallbackQuery,
    callback_data: Decide,
    actor: Actor,
    cause: Cause,
    house: House,
    now: dt.datetime,
    t: Translator,
) -> Outgoing:
    owners = house.settings.owner_ids
    result = await service.decide(cause, actor, callback_data.id, callback_data.yes, now, owners)
    return view.decided(result, await service.look(house.db, actor, callback_data.id), t)
