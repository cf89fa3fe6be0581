"""The menu, the help and the language: each person sees only what that person may do."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.access import Actor, commands_of
from bot.i18n import LANGUAGES, Translator, translator
from bot.views.callbacks import Language, Withdraw
from bot.views.parts import Outgoing, button, column
from storage.records import Role

# What is wanted daily; the rest stands in the list of commands. More than twelve would be a fourth row.
KEYBOARD = (
    *("checkin", "me", "duties", "phrase", "report", "pending"),
    *("members", "notice", "roster", "settings", "help"),
)


def keyboard(actor: Actor, t: Translator) -> tuple[tuple[str, ...], ...]:
    labels = [t.plain(f"menu-{word}") for word in commands_of(actor) if word in KEYBOARD]
    width = 3 if len(labels) <= 6 else 4  # never more than a third of a phone's screen
    return tuple(tuple(labels[i : i + width]) for i in range(0, len(labels), width))


def commands(actor: Actor, t: Translator) -> tuple[tuple[str, str], ...]:
    known = ((word, _command_key(word, actor)) for word in commands_of(actor))
    return tuple((word, t.plain(key)) for word, key in known if key)


def _command_key(word: str, actor: Actor) -> str:
    """/start is of use to who is not in yet, and to who lets others in."""
    if word != "start":
        return f"command-{word}"
    if actor.stranger:
        return "command-start-stranger"
    return "command-start-founder" if actor.roles & {Role.OWNER, Role.OFFICE} else ""


def with_menu(text: str, actor: Actor, t: Translator) -> Outgoing:
    """A message that brings the person's own menu along."""
    return Outgoing(text, menu=keyboard(actor, t), commands=commands(actor, t))


def menu_of(facts: Mapping[str, Any], text: str, t: Translator) -> Outgoing:
    """The same for whoever is told something later: what he may do is asked again at each act."""
    user, roles = facts["user"], frozenset(map(Role, facts.get("roles", ())))
    return with_menu(text, Actor(user, user, None, None, "", roles), t)


def help(actor: Actor, office: Sequence[str], t: Translator, *, waiting: int | None = None) -> Outgoing:
    """What this person may do, and whom in the office to ask; `waiting` is the registration that is still open."""
    lines = [_line(t.plain(f"menu-{name}"), name, text, t) for name, text in commands(actor, t)]
    stranger = t("registration-former") if actor.former else t("help-stranger")
    head = t("help-head") if not actor.stranger else stranger if waiting is None else t("help-waiting")
    ask = [t("help-office", names=t.listed(office))] if office else []
    may = commands_of(actor)
    example = next((word for word in ("checkin", "report") if word in may), "none")
    text = "\n".join([head, "", *lines, "", t("help-foot", example=example), *ask])
    if waiting is not None:
        return Outgoing(text, ((button(t("registration-withdraw"), Withdraw(id=waiting).pack()),),))
    return with_menu(text, actor, t)


def _line(word: str, command: str, text: str, t: Translator) -> str:
    """A description says the word once more where it stands alone, in the list of commands."""
    again = re.match(rf"{re.escape(word)}(?:$|[^\w\s]\s*)", text)
    text = text[again.end() :] if again else text
    return t("help-line", word=word, command=command, text=text).rstrip()


def cancelled(had: bool, actor: Actor, t: Translator) -> Outgoing:
    return with_menu(t("cancel-done" if had else "cancel-nothing"), actor, t)


def languages(t: Translator) -> Outgoing:
    choices = [button(translator(code)("language-own-name"), Language(code=code).pack()) for code in LANGUAGES]
    return Outgoing(t("language-ask"), column(choices, 2))


def language_chosen(actor: Actor, t: Translator) -> Outgoing:
    return with_menu(t("language-chosen"), actor, t)
