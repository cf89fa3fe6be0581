"""The roster in words: what a file would change, what is wrong with it, who is on it."""

import html
from collections.abc import Mapping
from typing import Any

from bot.i18n import Html, Translator
from bot.services.effects import Outcome
from bot.views import roster_lines
from bot.views.callbacks import MembersPress, RosterPress
from bot.views.parts import PAGE, Button, File, Outgoing, button, column
from bot.views.sheets import TemplateWords, roster_template
from storage.records import Person


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


def members(
    rows: list[tuple[Person, str, bool | None]], total: int, kind: str, page: int, search: str, t: Translator
) -> Outgoing:
    """A page of people, each marked with whether the bot can reach him."""
    lines = [t("members-head", total=total, kind=kind)]
    if search:
        lines.append(t("members-search", search=search))
    path = None
    for person, department, reachable in rows:
        if department != path:
            path = department
            lines += ["", f"<b>{html.escape(department, quote=False)}</b>"]
        mark = {None: "○", True: "●", False: "✕"}[reachable]
        role = t(f"role-{person.role.value}") if person.role.value != "staff" else ""
        status = t(f"status-{person.status.value}") if person.status.value != "active" else ""
        more = t.listed(part for part in (role, status) if part)
        known = {"mark": mark, "number": person.staff_number, "name": person.name}
        lines.append(t("members-line-more", **known, more=Html(more)) if more else t("members-line", **known))
    lines += ["", t("members-legend")] if rows else ["", t("members-none")]
    return Outgoing("\n".join(lines), () if search else _member_buttons(total, kind, page, t))


def _member_buttons(total: int, kind: str, page: int, t: Translator) -> tuple[tuple[Button, ...], ...]:
    turns = []
    if page > 0:
        turns.append(button("‹", MembersPress(kind=kind, page=page - 1).pack()))
    if (page + 1) * PAGE < total:
        turns.append(button("›", MembersPress(kind=kind, page=page + 1).pack()))
    kinds = [
        button(("● " if one == kind else "") + t(f"members-kind-{one}"), MembersPress(kind=one, page=0).pack())
        for one in ("all", "unbound", "unreachable")
    ]
    return tuple(row for row in (*column(turns, 2), tuple(kinds)) if row)


def _words(t: Translator) -> TemplateWords:
    example = tuple(t.plain("roster-template-example").split("|"))
    lines = tuple(t.plain("roster-template-help").splitlines())
    return TemplateWords(
        t.plain("roster-template-name"),
        (example[0], example[1], example[2]),
        t.plain("roster-template-help-name"),
        lines,
    )
