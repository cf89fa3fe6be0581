"""Registration in words: the way in, consent, the answers, the approver's card, what is told later."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.clock import time_of
from bot.domain.access import Actor
from bot.domain.registration import likeness, visible
from bot.i18n import Html, Translator
from bot.services.effects import Outcome
from bot.views import errors
from bot.views.callbacks import Consent, Decide, Review, Withdraw
from bot.views.menu import menu_of, with_menu
from bot.views.parts import Outgoing, Rows, button, called
from storage.registrations import Registration

NAME_SHOWN = 60
WITH_MENU = ("welcome-back", "how", "former", "not-open", "bound", "withdrawn", "declined", "bad-code")


def link(username: str, code: str) -> str:
    """What a person clicks to come in."""
    return f"https://t.me/{username}?start={code}"


def consent(org: str, version: int, t: Translator) -> Outgoing:
    notice = Html(t("privacy-notice", org=org, version=version))
    return Outgoing(t("registration-consent", notice=notice), _choice(version, t))


def choose(version: int, t: Translator) -> Outgoing:
    """Words are no consent: the two buttons once more, without the long notice above them."""
    return Outgoing(t("registration-choose"), _choice(version, t))


def _choice(version: int, t: Translator) -> Rows:
    choices = [(True, "registration-agree"), (False, "registration-decline")]
    buttons = tuple(button(t(key), Consent(yes=yes, version=version).pack()) for yes, key in choices)
    return (buttons,)


def ask(step: str, t: Translator) -> Outgoing:
    """The question of a step: number or name."""
    return Outgoing(t(f"registration-ask-{step}"))


def unread(step: str, t: Translator) -> Outgoing:
    """The same once more, because what came was no answer to it."""
    return Outgoing(f"{t(f'registration-unread-{step}')}\n\n{t(f'registration-ask-{step}')}")


def outcome(found: Outcome, actor: Actor, zone: dt.tzinfo, t: Translator) -> Outgoing:
    """An answer to who wants to come in, or is in."""
    kind = found.name.removeprefix("registration-")
    if kind == "locked":
        until = time_of(found.facts["until"], zone)
        return Outgoing(t(found.name, until=f"{until:%H:%M}"))
    if kind == "waiting":
        back = button(t("registration-withdraw"), Withdraw(id=found.facts["id"]).pack())
        return Outgoing(t(found.name), ((back,),))
    return with_menu(t(found.name), actor, t) if kind in WITH_MENU else Outgoing(t(found.name))


def card(found: Registration, t: Translator, more: Rows = ()) -> Outgoing:
    """Who asks, beside whom the roster has; `more` are rows of buttons below 通过 and 不通过."""
    name = visible(found.account_name, NAME_SHOWN)
    lines = [
        t("registration-card", role=found.person.role, **_entry(found)),
        t("registration-card-account", name=name or "—", user=str(found.user_id)),
        t("registration-card-likeness", kind=likeness(found.account_name, found.person.name)),
    ]
    if found.replaces is not None:
        lines.append(t("registration-card-replaces", user=str(found.replaces)))
    choices = [(True, "registration-approve"), (False, "registration-reject")]
    row = tuple(button(t(key), Decide(id=found.id, yes=yes).pack()) for yes, key in choices)
    return Outgoing("\n\n".join(lines), (row, *more))


def decided(result: Outcome, found: Registration | None, t: Translator) -> Outgoing:
    """What a press on a card came to, in the card's place."""
    if found is None:
        return errors.stale(t)
    if result.name == "registration-look-again":
        again = card(found, t)
        return Outgoing(f"{t(result.name)}\n\n{again.text}", again.buttons).edited()
    following = button(t.plain("review-button-pending"), Review(act="next", id=0, version=0).pack())
    who = called(found.shown, found.person.staff_number, t)
    return Outgoing(t(result.name, state=found.state, who=who, department=found.department), ((following,),)).edited()


def _entry(found: Registration) -> dict[str, str]:
    """By name whatever the unit wants elsewhere: whoever vouches for somebody has to see who that is."""
    person = found.person
    return {"name": person.name, "number": person.staff_number, "department": found.department, "title": person.title}


# Told later, through the outbox


def approved(facts: Mapping[str, Any], t: Translator) -> Outgoing:
    return menu_of(facts, t("push-registration-approved"), t)


def rejected(facts: Mapping[str, Any], t: Translator) -> Outgoing:
    return Outgoing(t("push-registration-rejected"))


def replaced(facts: Mapping[str, Any], t: Translator) -> Outgoing:
    return menu_of(facts, t("push-registration-replaced"), t)


def alarm(facts: Mapping[str, Any], t: Translator) -> Outgoing:
    return Outgoing(t("push-registration-alarm", kind=facts["kind"]))
