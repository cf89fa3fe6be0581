"""Who holds which role, and the steps by which one is given or taken away."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from bot.i18n import Html, Translator
from bot.services.effects import Outcome
from bot.views.callbacks import GrantPress
from bot.views.menu import menu_of
from bot.views.parts import Button, Outgoing, button, called, column, labelled, turns
from bot.views.reports import long_date
from storage.records import Department, Role

Facts = Mapping[str, Any]


def _press(text: str, act: str, **data: Any) -> Button:
    return button(text, GrantPress(act=act, **data).pack())


def what(facts: Facts, t: Translator) -> Html:
    """The role in words: of a leader with his department, of a deputy with his last day."""
    role = "deputy" if facts["until"] else facts["role"]
    until = long_date(dt.date.fromisoformat(facts["until"]), t) if facts["until"] else ""
    return Html(t("grants-what", role=role, path=facts["path"], until=until))


def overview(found: Outcome, t: Translator) -> Outgoing:
    facts = found.facts
    head = t("grants-head", total=facts["total"], page=facts["page"] + 1, pages=facts["pages"])
    lines = [t("grants-line", what=what(f, t), who=_who(f, t), roster=int(f["roster"])) for f in facts["lines"]]
    taken = [
        _press(t.plain("grants-button-take", name=f["name"], role=_kind(f)), "take", **_ids(f))
        for f in facts["lines"]
        if f["mine"]
    ]
    give = _press(t.plain("grants-button-give"), "give")
    around = turns(facts["page"], facts["pages"], lambda to: GrantPress(act="list", page=to).pack(), t)
    return Outgoing("\n".join([head, "", *lines, "", t("grants-legend")]), (*column(taken, 2), *around, (give,)))


def _who(facts: Facts, t: Translator) -> Html:
    return called(facts["name"], facts["number"], t)


def _kind(facts: Facts) -> str:
    return "deputy" if facts["until"] else str(facts["role"])


def _ids(facts: Facts) -> dict[str, Any]:
    return {"person": facts["person"], "role": facts["role"], "department": facts["department"]}


def ask_who(t: Translator) -> Outgoing:
    return Outgoing(t("grants-ask-who"), ((_back(t),),))


def _back(t: Translator) -> Button:
    return _press(t.plain("grants-button-list"), "list")


def found(people: Sequence[tuple[int, str, str, str]], room: int, t: Translator) -> Outgoing:
    """Whom the words may mean."""
    if not people or len(people) > room:
        return Outgoing(t("grants-many" if people else "grants-nobody"), ((_back(t),),))
    choices = [_press(f"{labelled(name, number)} {path}", "who", person=key) for key, number, name, path in people]
    return Outgoing(t("grants-which"), (*column(choices), (_back(t),)))


def card(found: Outcome, t: Translator) -> Outgoing:
    if found.name != "grants-person":
        return outcome(found, t)
    facts = found.facts
    held = [t("grants-holds", what=what(h, t)) for h in facts["held"]] or [t("grants-holds-nothing")]
    roles = [role for value in facts["roles"] for role in ((value, "deputy") if value == Role.LEADER else (value,))]
    choices = [
        _press(t.plain("grants-button-role", role=role), "role", person=facts["person"], role=role) for role in roles
    ]
    head = t("grants-person", who=_who(facts, t), path=facts["path"])
    return Outgoing("\n".join([head, *held]), (*column(choices), (_back(t),)))


def where(tree: Sequence[Department], page: int, pages: int, person: int, role: str, t: Translator) -> Outgoing:
    choices = [_press(d.path, "at", person=person, role=role, department=d.id) for d in tree]
    around = turns(page, pages, lambda to: GrantPress(act="where", page=to, person=person, role=role).pack(), t)
    return Outgoing(t("grants-ask-where", role=role), (*column(choices, 2), *around, (_back(t),)))


def ask_until(t: Translator) -> Outgoing:
    return Outgoing(t("grants-ask-until"), ((_back(t),),))


def sure(found: Outcome, t: Translator) -> Outgoing:
    """The last question before a role is given or taken away."""
    facts = found.facts
    if found.name not in ("grants-sure", "grants-take-sure"):
        return outcome(found, t)
    giving = found.name == "grants-sure"
    until = {"until": facts["until"]} if giving else {}
    label, act = ("grants-button-yes", "yes") if giving else ("grants-button-off", "off")
    yes = _press(t.plain(label), act, **_ids(facts), **until)
    said = {"what": what(facts, t), "who": _who(facts, t)}
    text = t(found.name, **said) if giving else t(found.name, **said, roster=int(facts["roster"]))
    return Outgoing(text, ((yes,), (_back(t),)))


def outcome(found: Outcome, t: Translator) -> Outgoing:
    facts = found.facts
    if found.name == "grants-bad-day":
        return Outgoing(t(found.name, days=facts["days"]), ((_back(t),),))
    if found.name in ("grants-given", "grants-taken"):
        said = {"what": what(facts, t), "who": _who(facts, t)}
        roster = {"roster": int(facts["roster"])} if found.name == "grants-taken" else {}
        return Outgoing(t(found.name, **said, **roster), ((_back(t),),))
    if found.name == "grants-held":
        text = t(found.name, what=what(facts, t), who=_who(facts, t))
        return Outgoing(text, ((_back(t),),))
    return Outgoing(t(found.name), ((_back(t),),))


# Told to whom it happened


def given(facts: Facts, t: Translator) -> Outgoing:
    return menu_of(facts, t("push-grants-given", what=what(facts, t)), t)


def taken(facts: Facts, t: Translator) -> Outgoing:
    return menu_of(facts, t("push-grants-taken", what=what(facts, t)), t)


def changed(facts: Facts, t: Translator) -> Outgoing:
    """By a roster file. Everybody on it is staff: that is said of those only who are nothing else."""
    roles = [role for role in facts["roles"] if role != Role.STAFF] or [Role.STAFF.value]
    return menu_of(facts, t("push-grants-changed", roles=t.listed(t.plain(f"role-{role}") for role in roles)), t)
