"""The morning message, the eleven duties and the phrases in words."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from bot import content
from bot.i18n import Translator
from bot.services.effects import Outcome
from bot.views import errors
from bot.views.callbacks import DutyCard, PhraseCard, Tap
from bot.views.holidays import way_in
from bot.views.parts import Button, Outgoing, Rows, button, column
from storage.records import Duty, Phrase

Facts = Mapping[str, Any]
STRIDE = 137  # prime: leafing from phrase to phrase jumps between the scenes and comes past all of them


def morning(facts: Facts, t: Translator, taps: Collection[str] = ()) -> Outgoing:
    """The message of a working day; what the person has pressed is ticked off."""
    parts = [t("duties-greeting", day=date(facts["date"], t)), phrase_text(facts["phrase"], t, "duties-phrase-head")]
    duty = _duty(facts["duty"], t)
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


def date(iso: str, t: Translator) -> str:
    day = dt.date.fromisoformat(iso)
    return t("duties-date", month=day.month, day=day.day, weekday=day.isoweekday())


def phrase_text(phrase_id: str, t: Translator, head: str) -> str:
    """Phrase, tip, and what to avoid; what to avoid never stands alone."""
    phrase = _phrase(phrase_id)
    if phrase is None:
        return ""
    lines = [t(head), t("duties-phrase", text=phrase.text)]
    lines += [t("duties-tip", text=phrase.tip)] * bool(phrase.tip)
    lines += [t("duties-avoid", text=phrase.avoid)] * bool(phrase.avoid)
    return "\n".join(lines)


def duty_text(duty: Duty, t: Translator) -> str:
    return t("duties-duty", kind=duty.kind, text=duty.text) + "\n" + t("duties-question", text=duty.question)


def all_duties(outcome: Outcome, t: Translator) -> Outgoing:
    """All eleven, today's marked, each with a button to look into."""
    today = outcome.facts["duty"] if outcome.facts["today"] else ""
    duties = content.load(t.language).duties
    lines = []
    for kind in ("one", "dont"):
        lines += ["", t("duties-kind", kind=kind)]
        lines += [
            t("duties-line-today" if duty.id == today else "duties-line", number=number, text=duty.text)
            for number, duty in enumerate((d for d in duties if d.kind == kind), 1)
        ]
    buttons = [button(duty.short, DutyCard(id=duty.id).pack()) for duty in duties]
    return Outgoing("\n".join([t("duties-head"), *lines, "", t("duties-foot")]), column(buttons, 2))


def one_duty(duty_id: str, t: Translator) -> Outgoing:
    duty = _duty(duty_id, t)
    if duty is None:
        return errors.stale(t)
    return Outgoing(duty_text(duty, t), ((button(t("duties-all"), DutyCard(id="").pack()),),), edit=True)


def phrase_of_day(outcome: Outcome, t: Translator) -> Outgoing:
    facts = outcome.facts
    head = t("duties-phrase-today" if facts["today"] else "duties-phrase-last", day=date(facts["date"], t))
    text = phrase_text(facts["phrase"], t, "duties-phrase-head" if facts["today"] else "duties-phrase-other")
    return Outgoing(f"{head}\n\n{text}", ((_another(facts["phrase"], t),),))


def one_phrase(phrase_id: str, t: Translator) -> Outgoing:
    """A phrase somebody leafs to; it is nobody's phrase of the day."""
    phrase = _phrase(phrase_id)
    if phrase is None:
        return errors.stale(t)
    text = phrase_text(phrase_id, t, "duties-phrase-other")
    today = button(t("duties-phrase-back"), PhraseCard(id="").pack())
    return Outgoing(text, ((_another(phrase_id, t), today),), edit=True)


def _another(phrase_id: str, t: Translator) -> Button:
    ordinary = [p.id for p in content.load().phrases if not p.festival]
    at = ordinary.index(phrase_id) if phrase_id in ordinary else 0
    return button(t("duties-phrase-another"), PhraseCard(id=ordinary[(at + STRIDE) % len(ordinary)]).pack())


def _phrase(phrase_id: str) -> Phrase | None:
    return next((p for p in content.load().phrases if p.id == phrase_id), None)


def _duty(duty_id: str, t: Translator) -> Duty | None:
    return next((d for d in content.load(t.language).duties if d.id == duty_id), None)


# What the office and the owners are told


def missed(facts: Facts, t: Translator) -> Outgoing:
    first, last = date(facts["first"], t), date(facts["last"], t)
    return Outgoing(t("duties-missed", count=facts["count"], first=first, last=last))


def late(facts: Facts, t: Translator) -> Outgoing:
    return Outgoing(t("duties-late", count=facts["count"], day=date(facts["date"], t)))


def unpublished(facts: Facts, t: Translator) -> Outgoing:
    return Outgoing(t("duties-unpublished", year=facts["year"]), ((way_in(t),),))


def preview(outcome: Outcome, t: Translator) -> Outgoing:
    """The next message as it will look, without its buttons."""
    at = dt.datetime.fromisoformat(outcome.facts["at"])
    head = t("duties-preview", day=date(outcome.facts["date"], t), at=f"{at:%H:%M}")
    return Outgoing(f"{head}\n\n{morning(outcome.facts, t).text}")
