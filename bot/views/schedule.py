"""The plans as the office sees them, and what they send."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from bot import content
from bot.domain.hours import Rounding, decimal_hours
from bot.domain.periods import from_key
from bot.domain.plans import Kind, When, parse_rule
from bot.i18n import Html, Translator
from bot.services.effects import Outcome
from bot.services.plan_audience import PLACED
from bot.services.schedule import FIXED_DATES, TEMPLATES, Card, Overview, removable
from bot.views import errors
from bot.views.callbacks import PlanPress, ReportPress
from bot.views.parts import Button, Outgoing, Rows, button, clip, clock, column, date_text, inside, moment_text, turns
from bot.views.plan_audience import for_whom
from bot.views.reports import period_name
from bot.views.settings import refused

Facts = Mapping[str, Any]
TITLE, FESTIVAL_NAMES = 24, 4
SHIFTS = ("none", "next", "previous")


def title(facts: Facts, t: Translator) -> str:
    """What a plan is called: its kind, its template, or the beginning of its own text."""
    if facts["kind"] != Kind.MEMO:
        return t.plain(f"schedule-kind-{facts['kind']}")
    if facts["template"]:
        return t.plain(f"schedule-template-{facts['template']}")
    return inside(clip(" ".join(facts["text"].split()), TITLE))


def rule_text(text: str, t: Translator) -> str:
    rule = parse_rule(text)
    key = f"schedule-rule-{rule.when.value.replace('_', '-')}"
    match rule.when:
        case When.WEEKLY:
            return t(key, weekday=rule.args[0])
        case When.MONTH | When.FESTIVAL:
            return t(key, day=rule.args[0])
        case When.QUARTER | When.YEAR:
            return t(key, month=rule.args[0], day=rule.args[1])
        case When.DEADLINE:
            return t(key, days=t.listed(str(step) for step in rule.args))
    return t(key)


def overview(found: Overview, t: Translator) -> Outgoing:
    lines = [t("schedule-head"), ""]
    for one in found.shown:
        rule, at = Html(rule_text(one.plan.rule, t)), clock(one.minute)
        lines.append(t("schedule-line", name=title(one.plan.naming, t), rule=rule, at=at, state=one.plan.state))
        if one.following:
            lines.append(t("schedule-next", at=moment_text(one.following.isoformat(), t), heads=one.heads))
        elif one.plan.state == "active":
            lines.append(t("schedule-no-next"))
    buttons = [button(title(one.plan.naming, t), PlanPress(act="card", id=one.plan.id).pack()) for one in found.shown]
    around = turns(found.page, found.pages, lambda to: PlanPress(act="list", id=to).pack(), t)
    new = button(t("schedule-button-new"), PlanPress(act="new").pack())
    return Outgoing("\n".join([*lines, "", t("schedule-foot")]), (*column(buttons, 2), *around, (new,)))


def card(found: Card | None, t: Translator, note: str = "") -> Outgoing:
    if found is None:
        return errors.stale(t)
    plan = found.plan
    rule, at = Html(rule_text(plan.rule, t)), clock(found.minute)
    lines = [*([note, ""] if note else []), t("schedule-card", name=title(plan.naming, t), state=plan.state)]
    if found.halted:
        lines += [t("schedule-halted", reason=_reason(found.halted.reason, t), left=found.tally.on_the_way), ""]
    lines.append(t("schedule-when", rule=rule, at=at))
    if plan.kind != Kind.MORNING:
        lines.append(t(f"schedule-shift-{plan.shift}"))
    lines += for_whom(plan, found.places, t)
    if plan.kind == Kind.MEMO:
        lines += [t("schedule-says"), f"<blockquote>{_memo_text(plan.template, plan.text, t)}</blockquote>"]
    lines += ["", t("schedule-firings" if found.firings else "schedule-no-next")]
    lines += [_firing(*firing, t) for firing in found.firings]
    if found.last:
        lines += ["", _last(found, t)]
    return Outgoing("\n".join(lines), _card_buttons(found, t))


def _firing(at: dt.datetime, heads: int, festivals: Sequence[str], t: Translator) -> str:
    line = t("schedule-firing", at=moment_text(at.isoformat(), t), heads=heads)
    names = [name for name in (_festival_name(one, t) for one in festivals[:FESTIVAL_NAMES]) if name]
    return line + t("schedule-festivals", names=t.listed(names)) if names else line


def _reason(reason: str, t: Translator) -> str:
    return t.plain("deliveries-reason", reason=reason)


def _last(found: Card, t: Translator) -> str:
    assert found.last is not None
    day = found.last.date
    if found.last.state == "skipped":
        return t("schedule-last-missed", day=date_text(day.isoformat(), t))
    tally = found.tally
    counts = {name: getattr(tally, name) for name in ("planned", "sent", "failed", "skipped", "unknown")}
    return t("schedule-last", day=date_text(day.isoformat(), t), waiting=tally.on_the_way, **counts)


def _card_buttons(found: Card, t: Translator) -> Rows:
    plan = found.plan

    def press(act: str, value: str = "") -> Button:
        return button(t(f"schedule-button-{act}"), PlanPress(act=act, id=plan.id, value=value).pack())

    acts = ["pause" if plan.state == "active" else "resume", "when"]
    acts += ["shift"] if plan.kind not in (Kind.MORNING, *FIXED_DATES) else []
    acts += ["audience"] if plan.kind in PLACED else []
    acts += ["ask"] if plan.kind != Kind.MORNING else []
    acts += ["remove"] if removable(plan) else []
    back = button(t("schedule-button-list"), PlanPress(act="list").pack())
    halted = (tuple(press(act, str(found.halted.id)) for act in ("go-on", "drop")),) if found.halted else ()
    return (*halted, *column([press(act) for act in acts], 2), (back,))


def _back(plan_id: int, t: Translator) -> tuple[Button, ...]:
    return (button(t("schedule-button-back"), PlanPress(act="card", id=plan_id).pack()),)


def ask_when(plan_id: int, kind: str, t: Translator) -> Outgoing:
    return Outgoing(t("schedule-ask-time" if kind in FIXED_DATES else "schedule-ask-when"), (_back(plan_id, t),))


def choose_shift(plan_id: int, t: Translator) -> Outgoing:
    """Where to go from a day off."""
    buttons = [
        button(t.plain(f"schedule-shift-{value}"), PlanPress(act="set-shift", id=plan_id, value=value).pack())
        for value in SHIFTS
    ]
    return Outgoing(t("schedule-choose-shift"), (*column(buttons), _back(plan_id, t)))


def templates(t: Translator) -> Outgoing:
    buttons = [
        button(t.plain(f"schedule-template-{name}"), PlanPress(act="new", value=name).pack()) for name in TEMPLATES
    ]
    back = button(t("schedule-button-list"), PlanPress(act="list").pack())
    return Outgoing(t("schedule-choose-template"), (*column(buttons), (back,)))


def sure(act: str, plan_id: int, t: Translator) -> Outgoing:
    yes = button(t(f"schedule-button-{act}"), PlanPress(act=act, id=plan_id).pack())
    return Outgoing(t(f"schedule-sure-{act}"), ((yes,), _back(plan_id, t)))


def outcome(found: Outcome, t: Translator) -> Outgoing:
    """What a press or a text came to, where the card itself is not the answer."""
    facts = found.facts
    match found.name:
        case "error-stale":
            return errors.stale(t)
        case "restraint-refused":
            return refused(facts["what"], t)
        case "schedule-run-ask":
            return _run_ask(facts, t)
        case "schedule-running":
            text = t(found.name, sent=facts["sent"], budget=facts["budget"], when=_leaves(facts, t))
            return Outgoing(text, (_back(facts["plan"], t),))
        case "schedule-ended":
            return Outgoing(t(found.name, name=title(facts, t)), _list_button(t))
        case "schedule-sensitive":
            return Outgoing(t(found.name, kind=facts["kind"]))
        case "schedule-outside-hours":
            return Outgoing(t(found.name, from_=clock(facts["from"]), until=clock(facts["until"])))
        case "schedule-too-many-places":
            return Outgoing(t(found.name, most=facts["most"]), (_back(facts["plan"], t),))
        case "schedule-too-many":
            return Outgoing(t(found.name, most=facts["most"]), _list_button(t))
        case "schedule-bad-text":
            return Outgoing(t(found.name, limit=facts["limit"]))
    return Outgoing(t(found.name), (_back(facts["plan"], t),))


def _run_ask(facts: Facts, t: Translator) -> Outgoing:
    text = t("schedule-run-ask", name=title(facts, t), count=facts["count"], when=_leaves(facts, t))
    yes = button(t("schedule-button-run"), PlanPress(act="run", id=facts["plan"]).pack())
    return Outgoing(text, ((yes,), _back(facts["plan"], t)))


def _leaves(facts: Facts, t: Translator) -> Html:
    if facts["now"]:
        return Html(t("schedule-leaves-now"))
    return Html(t("schedule-leaves-later", at=moment_text(facts["at"], t)))


def _list_button(t: Translator) -> Rows:
    return ((button(t("schedule-button-list"), PlanPress(act="list").pack()),),)


# What the plans send


def memo(facts: Facts, t: Translator) -> Outgoing:
    name = title({"kind": Kind.MEMO, "template": facts["template"], "text": ""}, t) if facts["template"] else ""
    head = t("schedule-memo-head", name=name) if name else t("schedule-memo-head-own")
    return Outgoing(f"{head}\n\n{_memo_text(facts['template'], facts['text'], t)}")


def _memo_text(template: str, text: str, t: Translator) -> str:
    return t(f"schedule-memo-{template}") if template else t("schedule-memo-own", text=text)


def festival(facts: Facts, t: Translator) -> Outgoing:
    """What to prepare, and what a unit can do."""
    lines = [t("schedule-festival-head")]
    for name, day in facts["festivals"]:
        found = _festival(name, t)
        if found:
            lines += ["", t("schedule-festival", name=found.name, day=date_text(day, t))]
            lines += [t("schedule-festival-idea", idea=found.idea)] * bool(found.idea)
    return Outgoing("\n".join([*lines, "", t("schedule-festival-foot")]))


def _festival(name: str, t: Translator) -> Any:
    return next((one for one in content.load(t.language).festivals if one.id == name), None)


def _festival_name(name: str, t: Translator) -> str:
    found = _festival(name, t)
    return found.name if found else ""


def weekly(facts: Facts, t: Translator) -> Outgoing:
    """The leaders' figures; names of people are in none of them."""
    period = from_key(facts["period"])
    assert period is not None, facts
    hours = decimal_hours(facts["minutes"], Rounding(facts["rounding"]))
    scope = {"path": facts["path"], "whole": "no" if facts["path"] else "yes", "period": period_name(period, t)}
    lines = [t("schedule-weekly-head", **scope)]
    if facts["percent"] is None:
        lines.append(t("reports-no-data"))
    else:
        lines.append(t("reports-rate", percent=facts["percent"], n=facts["came"], people=facts["people"]))
        lines.append(t("schedule-weekly-target", target=facts["target"], missing=facts["missing"]))
    lines.append(t("reports-hours", hours=hours, times=facts["times"]))
    look = ReportPress(act="show", period=facts["period"], department=facts["department"]).pack()
    return Outgoing("\n".join(lines), ((button(t("schedule-button-report"), look),),))


def missed(facts: Facts, t: Translator) -> Outgoing:
    days = {"first": date_text(facts["first"], t), "last": date_text(facts["last"], t)}
    return Outgoing(t("schedule-missed", name=title(facts, t), count=facts["count"], **days))


def halted(facts: Facts, t: Translator) -> Outgoing:
    """An occasion that stopped at its first few messages."""
    look = button(t("schedule-button-open"), PlanPress(act="card", id=facts["id"]).pack())
    said = {"name": title(facts, t), "day": date_text(facts["date"], t), "reason": _reason(facts["reason"], t)}
    return Outgoing(t("schedule-told-halted", **said), ((look,),))


def nobody(facts: Facts, t: Translator) -> Outgoing:
    """Its departments have gone, or nobody there has registered: it was sent to nobody."""
    return Outgoing(t("schedule-nobody", name=title(facts, t)))


def late(facts: Facts, t: Translator) -> Outgoing:
    return Outgoing(t("schedule-late", name=title(facts, t), count=facts["count"], day=date_text(facts["date"], t)))
