"""The morning message, the eleven duties and the phrases in words."""

import html
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from bot import content
from bot.i18n import Translator
from bot.services.effects import Outcome
from bot.views import errors
from bot.views.callbacks import DutyCard, PhraseCard, Tap
from bot.views.holidays import way_in
from bot.views.parts import Button, Outgoing, Rows, button, column, date_text, moment_text
from storage.records import Duty

Facts = Mapping[str, Any]
BUTTONS = 40  # of duties; a message takes a hundred


def morning(facts: Facts, t: Translator, taps: Collection[str] = ()) -> Outgoing:
    """The message of a working day; what the person has pressed is ticked off."""
    parts = [t("duties-greeting", day=date_text(facts["date"], t)), phrase_text(facts, t, "duties-phrase-head")]
    duty = _duty(facts, t)
    if duty:
        parts.append(t("duties-duty-head") + "\n" + duty_text(duty, t))
    return Outgoing("\n\n".join(part for part in parts if part), _tap_buttons(facts["date"], taps, t))


def _tap_buttons(day: str, taps: Collection[str], t: Translator) -> Rows:
    return (
        tuple(
            button(t(f"duties-{kind}-done" if kind in taps else f"duties-{kind}"), Tap(date=day, kind=kind).pack())
            for kind in ("read", "done")
        ),
    )


def tapped(outcome: Outcome, t: Translator) -> Outgoing:
    if outcome.name == "duties-stale":
        return errors.stale(t)
    return morning(outcome.facts, t, outcome.facts["taps"]).edited()


def phrase_text(facts: Facts, t: Translator, head: str) -> str:
    """Phrase, tip, and what to avoid; what to avoid never stands alone."""
    said = _phrase(facts)
    if said is None:
        return ""
    text, tip, avoid = said
    lines = [t(head), t("duties-phrase", text=text)]
    lines += [t("duties-tip", text=tip)] * bool(tip)
    lines += [t("duties-avoid", text=avoid)] * bool(avoid)
    return "\n".join(lines)


def _phrase(facts: Facts) -> tuple[str, str, str] | None:
    """The unit's own words as they were, or those that ship."""
    if own := facts.get("words", {}).get("phrase"):
        return own[0], own[1], own[2]
    found = next((p for p in content.load().phrases if p.id == facts["phrase"]), None)
    return (found.text, found.tip, found.avoid) if found else None


def _duty(facts: Facts, t: Translator) -> Duty | None:
    own = facts.get("words", {}).get("duty")
    return duty_as(t, facts["duty"], *(own or ("", "", "")))


def duty_as(t: Translator, duty_id: str, kind: str, text: str, question: str) -> Duty | None:
    """A duty in this language, with the unit's own words where it has any."""
    found = next((d for d in content.load(t.language).duties if d.id == duty_id), None)
    if found:
        return replace(found, text=text or found.text, question=question or found.question)
    return Duty(duty_id, kind, text, text, question) if text else None


def duty_text(duty: Duty, t: Translator) -> str:
    asked = "\n" + t("duties-question", text=duty.question) if duty.question else ""
    return t("duties-duty", kind=duty.kind, text=duty.text) + asked


def all_duties(outcome: Outcome, t: Translator) -> Outgoing:
    """All that are in use, today's marked, each with a button to look into."""
    today = outcome.facts["duty"] if outcome.facts["today"] else ""
    duties = [duty for row in outcome.facts["duties"] if (duty := duty_as(t, *row))]
    lines = []
    for kind in ("one", "dont", content.OWN):
        here = [duty for duty in duties if duty.kind == kind]
        lines += ["", t("duties-kind", kind=kind)] * bool(here)
        lines += [
            t("duties-line-today" if duty.id == today else "duties-line", number=number, text=duty.text)
            for number, duty in enumerate(here, 1)
        ]
    shown = duties[:BUTTONS]
    buttons = [button(html.escape(duty.short), DutyCard(id=duty.id).pack()) for duty in shown]
    return Outgoing("\n".join([t("duties-head"), *lines, "", t("duties-foot")]), column(buttons, 2))


def one_duty(outcome: Outcome, t: Translator) -> Outgoing:
    duty = _duty(outcome.facts, t) if outcome.facts else None
    if duty is None:
        return errors.stale(t)
    return Outgoing(duty_text(duty, t), ((button(t("duties-all"), DutyCard(id="").pack()),),), edit=True)


def phrase_of_day(outcome: Outcome, t: Translator) -> Outgoing:
    facts = outcome.facts
    head = t("duties-phrase-today" if facts["today"] else "duties-phrase-last", day=date_text(facts["date"], t))
    text = phrase_text(facts, t, "duties-phrase-head" if facts["today"] else "duties-phrase-other")
    return Outgoing(f"{head}\n\n{text}", ((_another(facts, t),),))


def one_phrase(outcome: Outcome, t: Translator) -> Outgoing:
    """A phrase somebody leafs to; it is nobody's phrase of the day."""
    if not outcome.facts:
        return errors.stale(t)
    text = phrase_text(outcome.facts, t, "duties-phrase-other")
    today = button(t("duties-phrase-back"), PhraseCard(id="").pack())
    return Outgoing(text, ((_another(outcome.facts, t), today),), edit=True)


def _another(facts: Facts, t: Translator) -> Button:
    return button(t("duties-phrase-another"), PhraseCard(id=facts["another"]).pack())


# What the office and the owners are told


def missed(facts: Facts, t: Translator) -> Outgoing:
    first, last = date_text(facts["first"], t), date_text(facts["last"], t)
    return Outgoing(t("duties-missed", count=facts["count"], first=first, last=last))


def late(facts: Facts, t: Translator) -> Outgoing:
    return Outgoing(t("duties-late", count=facts["count"], day=date_text(facts["date"], t)))


def unpublished(facts: Facts, t: Translator) -> Outgoing:
    return Outgoing(t("duties-unpublished", year=facts["year"]), ((way_in(t),),))


def preview(outcome: Outcome, t: Translator) -> Outgoing:
    """The next message as it will look, without its buttons."""
    head = t("duties-preview", at=moment_text(outcome.facts["at"], t))
    return Outgoing(f"{head}\n\n{morning(outcome.facts, t).text}")
