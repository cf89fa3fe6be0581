"""The roster in words: what a file would change, what is wrong with it."""

from collections.abc import Mapping
from typing import Any

from bot.i18n import Translator
from bot.services.effects import Outcome
from bot.views import roster_lines
from bot.views.callbacks import RosterPress
from bot.views.parts import Button, File, Outgoing, button
from bot.views.sheets import TemplateWords, roster_template


def overview(facts: Mapping[str, Any], t: Translator) -> Outgoing:
    buttons = (button(t("roster-button-template"), RosterPress(act="template").pack()),)
    return Outgoing(t("roster-overview" if facts["people"] else "roster-empty", **facts), (buttons,))


async def template(t: Translator) -> Outgoing:
    name = t.plain("roster-template-name")
    data = await roster_template(_words(t))
    return Outgoing(t("roster-template"), document=File(f"{name}.xlsx", data))


def outcome(result: Outcome, t: Translator) -> Outgoing:
    """The answer to a file or to a press."""
    facts = result.facts
    match result.name:
        case "roster-checked":
            return Outgoing(roster_lines.checked(facts, t), _decide(facts, t))
        case "roster-applied":
            return Outgoing(roster_lines.applied(facts, t), _missing(facts, t))
        case "roster-errors":
            return Outgoing(roster_lines.errors(facts, t))
        case _:
            return Outgoing(t(result.name, **facts))


def _decide(facts: Mapping[str, Any], t: Translator) -> tuple[tuple[Button, ...], ...]:
    if "import" not in facts:
        return ()
    yes = button(t("roster-button-apply"), RosterPress(act="apply", id=facts["import"]).pack())
    no = button(t("roster-button-cancel"), RosterPress(act="cancel", id=facts["import"]).pack())
    return ((yes, no),)


def _missing(facts: Mapping[str, Any], t: Translator) -> tuple[tuple[Button, ...], ...]:
    if not facts["missing"] or "import" not in facts:
        return ()
    count = facts["counts"]["missing"]
    leave = button(t("roster-button-leave", count=count), RosterPress(act="leave", id=facts["import"]).pack())
    keep = button(t("roster-button-keep"), RosterPress(act="keep", id=facts["import"]).pack())
    return ((leave,), (keep,))


def _words(t: Translator) -> TemplateWords:
    example = tuple(t.plain("roster-template-example").split("|"))
    lines = tuple(t.plain("roster-template-help").splitlines())
    return TemplateWords(
        t.plain("roster-template-name"),
        (example[0], example[1], example[2]),
        t.plain("roster-template-help-name"),
        lines,
    )
