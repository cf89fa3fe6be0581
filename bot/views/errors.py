"""What is said when nothing fits or something broke."""

import re

from bot.i18n import Translator
from bot.views.callbacks import CheckinOwn
from bot.views.parts import Outgoing, button


def parked(number: int, t: Translator) -> Outgoing:
    return Outgoing(t("error-parked", number=number))


def too_fast(t: Translator) -> Outgoing:
    return Outgoing(t("error-too-fast"))


def wait(t: Translator) -> Outgoing:
    return Outgoing(t("error-wait"))


def unknown(text: str, t: Translator, *, on_roster: bool, asked: int | None = None) -> Outgoing:
    """A text that nothing awaits: a greeting and a thank-you get theirs back. `asked`: a record of which a reviewer
    has asked something; perhaps it is the answer."""
    if said := courtesy(text, t, on_roster=on_roster):
        return said
    if asked is not None:
        answer = button(t.plain("checkins-button-answer"), CheckinOwn(act="answer", id=asked).pack())
        return Outgoing(t("error-asked"), ((answer,),))
    return Outgoing(t("error-unknown" if on_roster else "error-unknown-off-roster"))


def courtesy(text: str, t: Translator, *, on_roster: bool) -> Outgoing | None:
    """A greeting, a thank-you; none where it is neither."""
    if says(text, "talk-greetings", t):
        return Outgoing(t("talk-greeting" if on_roster else "talk-greeting-off-roster"))
    return Outgoing(t("talk-thanks")) if says(text, "talk-thanks-words", t) else None


def says(text: str, words: str, t: Translator) -> bool:
    """Whether nothing else is said than one of these words of the language."""
    return re.sub(r"^\W+|\W+$", "", text).lower() in t.plain(words).split("|")


def not_allowed(t: Translator) -> Outgoing:
    return Outgoing(t("error-not-allowed"))


def not_for_strangers(text: str, t: Translator) -> Outgoing:
    return Outgoing(t("talk-greeting-stranger" if says(text, "talk-greetings", t) else "error-stranger"))


def stale(t: Translator) -> Outgoing:
    return Outgoing(t("error-stale"))


def not_kept(kind: str, t: Translator) -> Outgoing:
    return Outgoing(t("error-not-kept", kind=kind))


def not_understood(kind: str, t: Translator) -> Outgoing:
    return Outgoing(t("error-not-understood", kind=kind))
