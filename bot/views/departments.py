"""The departments in words: the tree, one of them, what would become of it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bot.domain.pages import pages_of
from bot.i18n import Translator
from bot.services.effects import Outcome
from bot.views import people
from bot.views.callbacks import DepartmentPress
from bot.views.parts import Button, Outgoing, button, column, labelled, turns
from storage.records import Person

Facts = Mapping[str, Any]
ACTS = ("rename", "merge", "move", "split", "close")


def press(text: str, act: str, department_id: int = 0, of: int = 0) -> Button:
    return button(text, DepartmentPress(act=act, id=department_id, of=of).pack())


def tree(facts: Facts, t: Translator) -> Outgoing:
    page, pages = facts["page"], facts["pages"]
    lines = [t("departments-head", total=facts["total"], page=page + 1, pages=pages), ""]
    for one in facts["lines"]:
        lines.append(t("departments-line", indent="　" * one["depth"], name=one["name"], count=one["people"]))
    around = turns(page, pages, lambda to: DepartmentPress(act="list", id=0, of=to).pack(), t)
    names = [press(one["name"], "card", one["id"]) for one in facts["lines"]]
    return Outgoing("\n".join(lines), (*column(names, 2), *around))


def card(facts: Facts, t: Translator) -> Outgoing:
    lines = [t("departments-card", path=facts["path"], people=facts["people"], all=facts["all"])]
    lines.append(t("departments-leaders", names=t.listed(facts["leaders"]) or t("roster-nothing")))
    if facts["below"]:
        lines.append(t("departments-below", names=t.listed(facts["below"])))
    acts = [act for act in ACTS if not (act == "split" and not facts["people"])]
    acts = [act for act in acts if not (act == "close" and (facts["all"] or facts["below"]))]
    buttons = [press(t(f"departments-button-{act}"), act, facts["id"]) for act in acts]
    return Outgoing("\n".join(lines), (*column(buttons, 2), (press(t("departments-button-list"), "list"),)))


def ask(act: str, department_id: int, path: str, t: Translator) -> Outgoing:
    top = [press(t("departments-button-top"), "top", department_id)] if act == "move" and "/" in path else []
    back = press(t("people-button-back"), "card", department_id)
    return Outgoing(t(f"departments-ask-{act}", path=path), column([*top, back]))


def pick(
    department_id: int, staff: Sequence[Person], total: int, page: int, chosen: Collection[int], t: Translator
) -> Outgoing:
    """Who goes along: a tick for each that is pressed."""
    people = [
        press(("☑ " if p.id in chosen else "☐ ") + labelled(p.name, p.staff_number), "pick", p.id, page) for p in staff
    ]
    around = turns(page, pages_of(total), lambda to: DepartmentPress(act="page", id=department_id, of=to).pack(), t)
    done = press(t("departments-button-picked", count=len(chosen)), "picked", department_id)
    rows = (*column(people, 2), *around, (done,), (press(t("people-button-no"), "card", department_id),))
    return Outgoing(t("departments-pick", total=total, count=len(chosen)), rows)


def sure(facts: Facts, t: Translator) -> Outgoing:
    act = facts["act"]
    lines = [t(f"departments-sure-{act}", path=facts["path"], after=facts["after"], heads=facts["heads"])]
    if facts["below"] and act in ("merge", "move"):
        lines.append(t("departments-takes-along", below=facts["below"]))
    if facts["leaders"]:
        lines.append(t("departments-still-lead", count=facts["leaders"]))
    if facts["new_department"]:
        lines.append(t("people-new-department"))
    if facts["day"]:
        lines += [t("people-from", day=people.day_text(facts["day"], t)), t("departments-past")]
    day = ((press(t("people-button-day"), "day", facts["id"]),),) if facts["day"] else ()
    yes, no = press(t("people-button-yes"), "yes", facts["id"]), press(t("people-button-no"), "card", facts["id"])
    return Outgoing("\n".join(lines), ((yes, no), *day))


def outcome(result: Outcome, t: Translator) -> Outgoing:
    facts = result.facts
    match result.name:
        case "departments-list":
            return tree(facts, t)
        case "departments-card":
            return card(facts, t)
        case "departments-sure":
            return sure(facts, t)
        case "departments-done":
            act = facts["act"]
            text = t(f"departments-done-{act}", path=facts["path"], after=facts["after"], heads=facts["heads"])
            return Outgoing(text, ((press(t("departments-button-list"), "list"),),))
        case name if name.startswith("people-"):
            return people.outcome(result, t)
        case _:
            return Outgoing(t(result.name, **facts), ((press(t("departments-button-list"), "list"),),))
