"""One person of the roster in words: the card, what is asked for, what would change."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.roster import HIDDEN
from bot.i18n import Html, Translator
from bot.services.effects import Outcome
from bot.views import roster_lines
from bot.views.callbacks import PersonPress, Record
from bot.views.parts import Button, Outgoing, button, called, column, date_text, labelled
from storage.records import Person, PersonStatus, Role

Facts = Mapping[str, Any]
SHOWN = 10
FIELDS = ("name", "department", "title", "role", "status")
ROLES = (Role.STAFF, Role.LEADER, Role.VIEWER, Role.OFFICE)


def press(text: str, act: str, person_id: int = 0, value: str = "") -> Button:
    return button(text, PersonPress(act=act, id=person_id, value=value).pack())


def day_text(iso: str, t: Translator) -> Html:
    """A day from which something holds."""
    return date_text(iso, t, weekday=False)


def ask_search(t: Translator) -> Outgoing:
    return Outgoing(t("people-ask-search"))


def found(rows: Sequence[tuple[Person, str]], t: Translator) -> Outgoing:
    if not rows:
        return Outgoing(f"{t('people-none')}\n\n{t('members-next')}")
    text = t("people-too-many", count=SHOWN) if len(rows) > SHOWN else t("people-found", count=len(rows))
    text = f"{text}\n\n{t('members-next')}"
    lines = [press(f"{labelled(p.name, p.staff_number)} {path}", "card", p.id) for p, path in rows[:SHOWN]]
    return Outgoing(text, column(lines))


def card(facts: Facts, t: Translator) -> Outgoing:
    lines = [t("people-head", who=called(facts["name"], facts["number"], t)), ""]
    for field in ("department", "title", "role", "status"):
        known = Html(roster_lines.value(field, facts[field], t))
        lines.append(t("people-line", column=t(f"roster-column-{field}"), value=known))
    bound = "none" if not facts["bound"] else "bound" if facts["reachable"] else "left"
    lines += [t("people-account", state=bound), "", t("people-history")]
    lines += [
        t("people-posting", day=day_text(day, t), department=path, status=status)
        for day, path, status in facts["history"]
    ]
    edits = [press(t(f"people-edit-{field}"), field, facts["id"]) for field in FIELDS]
    record = button(t("people-button-record"), Record(person=facts["id"], month="", page=0).pack())
    return Outgoing("\n".join(lines), (*column(edits, 3), (record,)))


def ask(field: str, facts: Facts, t: Translator) -> Outgoing:
    """What the column is to be: words, or one of a few."""
    number, hidden = facts["id"], field == "name" and facts["name"] == facts["number"]
    now = HIDDEN if hidden else Html(roster_lines.value(field, facts[field], t))
    text = t(f"people-ask-{field}", name=facts["name"], now=now)
    values = {"role": ROLES, "status": tuple(PersonStatus)}.get(field, ())
    choices = [press(t(f"{field}-{one.value}"), field, number, one.value) for one in values if one != facts[field]]
    return Outgoing(text, (*column(choices, 2), (press(t("people-button-back"), "card", number),)))


def ask_day(t: Translator) -> Outgoing:
    return Outgoing(t("people-ask-day"))


def ask_new(t: Translator) -> Outgoing:
    return Outgoing(t("people-ask-new"))


def sure(facts: Facts, t: Translator) -> Outgoing:
    field = facts["field"]
    old = HIDDEN if facts["hidden"] else facts["before"]
    before, after = (Html(roster_lines.value(field, value, t)) for value in (old, facts["after"]))
    what = t("roster-change", column=t(f"roster-column-{field}"), before=before, after=after)
    lines = [t("people-head", who=called(facts["name"], facts["number"], t)), "", what]
    if facts["day"]:
        lines.append(t("people-from", day=day_text(facts["day"], t)))
    if facts["replaces"]:
        lines.append(t("people-replaces", day=day_text(facts["replaces"], t)))
    if facts["new_department"]:
        lines.append(t("people-new-department"))
    if field == "status":
        lines.append(t("people-means", status=facts["after"]))
    if facts["leads"]:
        lines.append(t("people-leads", before=facts["before"], after=facts["after"]))
    if facts["loses_role"]:
        lines.append(t("people-loses-role"))
    yes = press(t("people-button-yes"), "yes", facts["id"])
    no = press(t("people-button-no"), "card", facts["id"])
    day = ((press(t("people-button-day"), "day", facts["id"]),),) if facts["day"] else ()
    return Outgoing("\n".join(lines), ((yes, no), *day))


def sure_new(facts: Facts, t: Translator) -> Outgoing:
    lines = [t("people-add-sure"), "", t("people-head", who=called(facts["name"], facts["number"], t))]
    for field in ("department", "title"):
        known = Html(roster_lines.value(field, facts[field], t))
        lines.append(t("people-line", column=t(f"roster-column-{field}"), value=known))
    lines.append(t("people-from", day=day_text(facts["day"], t)))
    if facts["new_department"]:
        lines.append(t("people-new-department"))
    yes, no = press(t("people-button-add"), "add-yes"), press(t("people-button-no"), "add-no")
    return Outgoing("\n".join(lines), ((yes, no), (press(t("people-button-day"), "add-day"),)))


def outcome(result: Outcome, t: Translator) -> Outgoing:
    facts = result.facts
    match result.name:
        case "people-card":
            return card(facts, t)
        case "people-sure":
            return sure(facts, t)
        case "people-add-sure":
            return sure_new(facts, t)
        case "people-ambiguous":
            return Outgoing(t("people-ambiguous", paths=t.listed(facts["paths"])))
        case "people-same":
            known = Html(roster_lines.value(facts["field"], facts["value"], t))
            return Outgoing(t("people-same", value=known), _back(facts, t))
        case "people-changed":
            field = facts["field"]
            after = Html(roster_lines.value(field, facts["after"], t))
            text = t("people-changed", name=facts["name"], column=t(f"roster-column-{field}"), after=after)
            return Outgoing(text, _back(facts, t))
        case "people-added":
            who = called(facts["name"], facts["number"], t)
            return Outgoing(t("people-added", who=who, department=facts["department"]), _back(facts, t))
        case "people-bad-day":
            since = day_text(facts["since"], t) if facts["since"] else ""
            return Outgoing(t("people-bad-day", kind=facts["kind"], since=since), _back(facts, t))
        case "people-wrong":
            return Outgoing(t("people-wrong", kind=facts["kind"], column=t(f"roster-column-{facts['field']}")))
        case _:
            return Outgoing(t(result.name, **facts), _back(facts, t))


def _back(facts: Facts, t: Translator) -> tuple[tuple[Button, ...], ...]:
    return ((press(t("people-button-card"), "card", facts["id"]),),) if "id" in facts else ()
