"""The menu, the help and the language: each person sees only what that person may do."""

from bot.domain.access import Actor, commands_of
from bot.i18n import LANGUAGES, Translator, translator
from bot.views.callbacks import Language
from bot.views.parts import Outgoing, button, column

KEYBOARD = (
    *("checkin", "me", "duties", "phrase", "report", "pending", "members", "notice", "remind", "schedule"),
    *("roster", "settings", "help"),
)


def keyboard(actor: Actor, t: Translator) -> tuple[tuple[str, ...], ...]:
    labels = [t.plain(f"menu-{word}") for word in commands_of(actor) if word in KEYBOARD]
    return tuple(tuple(labels[i : i + 3]) for i in range(0, len(labels), 3))


def commands(actor: Actor, t: Translator) -> tuple[tuple[str, str], ...]:
    return tuple((word, t.plain(f"command-{word}")) for word in commands_of(actor) if word != "start")


def with_menu(text: str, actor: Actor, t: Translator) -> Outgoing:
    """A message that brings the person's own menu along."""
    return Outgoing(text, menu=keyboard(actor, t), commands=commands(actor, t))


def help(actor: Actor, t: Translator, *, private: bool) -> Outgoing:
    lines = [t("help-line", command=name, text=text) for name, text in commands(actor, t)]
    head = t("help-stranger") if actor.stranger else t("help-head")
    text = "\n".join([head, "", *lines, "", t("help-foot")])
    return with_menu(text, actor, t) if private else Outgoing(text)


def cancelled(had: bool, actor: Actor, t: Translator) -> Outgoing:
    return with_menu(t("cancel-done" if had else "cancel-nothing"), actor, t)


def languages(t: Translator) -> Outgoing:
    choices = [button(translator(code)("language-own-name"), Language(code=code).pack()) for code in LANGUAGES]
    return Outgoing(t("language-ask"), column(choices, 2))


def language_chosen(actor: Actor, t: Translator) -> Outgoing:
    return with_menu(t("language-chosen"), actor, t)
