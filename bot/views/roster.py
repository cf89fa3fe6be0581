"""The roster in words: what a file would change, what is wrong with it."""

import html
from collections.abc import Mapping, Sequence
from typing import Any

from bot.i18n import Translator
from bot.services.effects import Outcome
from bot.views import departments, people, roster_lines, slips
from bot.views.callbacks import RosterPress, RosterYes
from bot.views.parts import Button, File, Outgoing, button, column
from bot.views.sheets import TemplateWords, changes_workbook, roster_template, roster_workbook
from storage.records import Person

SHOWN = ("present", "in_post", "departments", "bound")


def overview(facts: Mapping[str, Any], t: Translator) -> Outgoing:
    acts = ["template", *(["export"] if facts["people"] else [])]
    buttons = [button(t(f"roster-button-{act}"), RosterPress(act=act).pack()) for act in acts]
    buttons += [people.press(t("roster-button-people"), "find")] if facts["people"] else []
    buttons.append(people.press(t("roster-button-add"), "add"))
    if facts["people"]:
        buttons.append(departments.press(t("roster-button-departments"), "list"))
        buttons.append(slips.press(t("roster-button-slips"), "list"))
    undo = [button(t("roster-button-undo"), RosterPress(act="undo", id=facts["undo"]).pack())] if facts["undo"] else []
    text = t("roster-overview" if facts["people"] else "roster-empty", **{n: facts[n] for n in SHOWN})
    return Outgoing(text, column([*buttons, *undo], 2))


async def template(t: Translator) -> Outgoing:
    name = t.plain("roster-template-file")
    data = await roster_template(_words(t))
    return Outgoing(t("roster-template"), document=File(f"{name}.xlsx", data))


async def export(rows: Sequence[tuple[Person, str]], day: str, t: Translator) -> Outgoing:
    name = t.plain("roster-template-name")
    data = await roster_workbook(name, rows)
    return Outgoing(t("roster-exported", people=len(rows)), document=File(f"{name}-{day}.xlsx", data))


async def every_change(rows: Sequence[tuple[str, ...]], t: Translator) -> Outgoing:
    """The whole difference as a table."""
    name, titles = t.plain("roster-changes-name"), t.plain("roster-changes-titles").split("|")
    data = await changes_workbook(name, titles, (_change(row, t) for row in rows))
    return Outgoing(t("roster-changes", count=len(rows)), document=File(f"{name}.xlsx", data))


def _change(row: tuple[str, ...], t: Translator) -> tuple[str, ...]:
    kind, number, who, field, before, after = row
    cells = (roster_lines.value(field, before, t), roster_lines.value(field, after, t))
    return (t.plain(f"roster-kind-{kind}"), number, who, t.plain(f"roster-column-{field}"), *map(html.unescape, cells))


def undo(result: Outcome, t: Translator) -> Outgoing:
    """What taking the last import back would do, was done, or why it cannot be."""
    facts = result.facts
    if not facts:
        return Outgoing(t(result.name))
    if result.name != "roster-undo-ask":
        return Outgoing(roster_lines.undo(result, t))
    yes = button(t("roster-button-undo-yes"), RosterPress(act="undo-yes", id=facts["import"]).pack())
    no = button(t("roster-button-undo-no"), RosterPress(act="look").pack())
    return Outgoing(roster_lines.undo(result, t), ((yes,), (no,)))


def outcome(result: Outcome, t: Translator) -> Outgoing:
    """The answer to a file or to a press."""
    facts = result.facts
    match result.name:
        case "roster-checked" | "roster-checked-again":
            return Outgoing(roster_lines.checked(facts, t, result.name), _decide(facts, t))
        case "roster-applied":
            return Outgoing(roster_lines.applied(facts, t), _missing(facts, t))
        case "roster-missing-again":
            lines = [t(result.name), "", *roster_lines.missing(facts, t)]
            return Outgoing("\n".join(lines), _missing(facts, t))
        case "roster-missing-own":
            return Outgoing(t(result.name), ((_keep(facts, t),),))
        case "roster-errors":
            bad_head = any(kind == "missing_column" for _, kind, *_ in facts["errors"])
            template = button(t("roster-button-template"), RosterPress(act="template").pack())
            return Outgoing(roster_lines.errors(facts, t), ((template,),) if bad_head else ())
        case _:
            return Outgoing(t(result.name, **facts))


def _decide(facts: Mapping[str, Any], t: Translator) -> tuple[tuple[Button, ...], ...]:
    if "import" not in facts:
        return ()
    agreed = RosterYes(act="apply", id=facts["import"], seen=facts["seen"])
    yes = button(t("roster-button-apply"), agreed.pack())
    no = button(t("roster-button-cancel"), RosterPress(act="cancel", id=facts["import"]).pack())
    every = button(t("roster-button-changes"), RosterPress(act="changes", id=facts["import"]).pack())
    return ((yes, no), (every,))


def _missing(facts: Mapping[str, Any], t: Translator) -> tuple[tuple[Button, ...], ...]:
    if not facts["missing"] or "import" not in facts:
        return ()
    agreed = RosterYes(act="leave", id=facts["import"], seen=facts["missing_seen"])
    leave = button(t("roster-button-leave", count=facts["counts"]["missing"]), agreed.pack())
    return ((leave,), (_keep(facts, t),))


def _keep(facts: Mapping[str, Any], t: Translator) -> Button:
    return button(t("roster-button-keep"), RosterPress(act="keep", id=facts["import"]).pack())


def _words(t: Translator) -> TemplateWords:
    example = tuple(t.plain("roster-template-example").split("|"))
    lines = tuple(t.plain("roster-template-help").splitlines())
    return TemplateWords(
        t.plain("roster-template-name"),
        (example[0], example[1], example[2]),
        t.plain("roster-template-help-name"),
        lines,
    )
