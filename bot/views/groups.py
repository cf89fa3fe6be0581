"""The two lines a group ever hears without a report."""

from bot.i18n import Translator
from bot.views.parts import Outgoing


def added(username: str, t: Translator) -> Outgoing:
    return Outgoing(t("groups-added", bot=username))


def elsewhere(t: Translator) -> Outgoing:
    return Outgoing(t("groups-elsewhere"))
