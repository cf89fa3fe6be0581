"""What is said when nothing fits or something broke."""

import re

from bot.i18n import Translator
from bot.views.parts import Outgoing


def parked(number: int, t: Translator) -> Outgoing:
    return Outgoing(t("error-parked", number=number))


def too_fast(t: Translator) -> Outgoing:
    return Outgoing(t("error-too-fast"))


def wait(t: Translator) -> Outgoing:
    return Outgoing(t("error-wait"))


def unknown(text: str, t: Translator, *, on_roster: bool) -> Outgoing:
    """A text that nothing awaits: a greeting and a thank-you get theirs back."""
    said = re.sub(r"^\W+|\W+$", "", text).lower()
    where = "" if on_roster else "-off-roster"
    if said in t.plain("talk-greetings").split("|"):
        return Outgoing(t(f"talk-greeting{where}"))
    if said in t.plain("talk-thanks-words").split("|"):
        return Outgoing(t("talk-thanks"))
    return Outgoing(t(f"error-unknown{where}"))


def not_allowed(t: Translator) -> Outgoing:
    return Outgoing(t("error-not-allowed"))


def not_for_strangers(t: Translator) -> Outgoing:
    return Outgoing(t("error-stranger"))


def stale(t: Translator) -> Outgoing:
    return Outgoing(t("error-stale"))


def not_kept(kind: str, t: Translator) -> Outgoing:
    return Outgoing(t("error-not-kept", kind=kind))


def not_understood(kind: str, t: Translator) -> Outgoing:
    return Outgoing(t("error-not-understood", kind=kind))
