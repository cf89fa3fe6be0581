"""What is said when nothing fits or something broke."""

from bot.i18n import Translator
from bot.views.parts import Outgoing


def parked(number: int, t: Translator) -> Outgoing:
    return Outgoing(t("error-parked", number=number))


def too_fast(t: Translator) -> Outgoing:
    return Outgoing(t("error-too-fast"))


def wait(t: Translator) -> Outgoing:
    return Outgoing(t("error-wait"))


def unknown(t: Translator) -> Outgoing:
    return Outgoing(t("error-unknown"))


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
