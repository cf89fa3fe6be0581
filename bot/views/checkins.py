"""A check-in as its person sees it: the card, the draft, each question and each refusal."""

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.hours import Act, Draft, Rounding, Who, acts_of, decimal_hours
from bot.domain.sentences import SEPARATOR, Problem, ProblemKind
from bot.i18n import Html, Translator
from bot.services.cards import ready_hours
from bot.services.effects import Outcome
from bot.views.callbacks import CheckinDraft, CheckinOwn, CheckinStep, Record
from bot.views.parts import Button, Outgoing, Rows, button, clip, clock, column, date_text, moment_text
from storage.records import CheckinState

Facts = Mapping[str, Any]

TEXT_SHOWN = 300
NOTE_SHOWN = 120
QUICK_DAYS = ("today", "yesterday", "before")
QUICK_MINUTES = (30, 60, 90, 120, 150, 180, 240, 480)
# What an answer is about, and where a refused draft is taken up again.
STEP_OF = {
    "checkins-text-wanted": "text",
    "checkins-too-long": "text",
    "checkins-refused-future": "date",
    "checkins-refused-not-begun": "date",
    "checkins-refused-too-early": "date",
    "checkins-refused-over-max": "hours",
    "checkins-refused-not-positive": "hours",
}


# pieces that other views use as well


@functools.lru_cache(maxsize=2048)
def hours_text(minutes: int, t: Translator) -> Html:
    """Exactly what was recorded: 2.5 hours, or 1 hour 20 minutes."""
    if minutes % 30 == 0:
        return Html(t("checkins-hours", hours=decimal_hours(minutes, Rounding.EXACT)))
    hours, rest = divmod(minutes, 60)
    return Html(t("checkins-hours-minutes" if hours else "checkins-minutes", hours=hours, minutes=rest))


def _amount(minutes: int, starts: int | None, ends: int | None, t: Translator) -> Html:
    hours = hours_text(minutes, t)
    if starts is None or ends is None:
        return hours
    return Html(t("checkins-stretch", hours=hours, starts=clock(starts), ends=clock(ends)))


def short(facts: Facts, t: Translator) -> Html:
    """Date, hours and text in one line."""
    text = clip(facts["text"], 60)
    return Html(t("checkins-short", date=date_text(facts["date"], t), hours=hours_text(facts["minutes"], t), text=text))


def body(facts: Facts, t: Translator) -> list[str]:
    """The lines about the service itself and what is worth a look about it."""
    lines = [
        _date_line(facts["date"], t),
        t("checkins-line-hours", hours=_amount(facts["minutes"], facts["starts"], facts["ends"], t)),
        t("checkins-line-text", text=clip(facts["text"], TEXT_SHOWN) or "—"),
    ]
    if facts["sum"] is not None:
        lines.append(_sum_line(facts["sum"], t))
    if facts.get("photos"):
        lines.append(t("checkins-line-photos", count=facts["photos"]))
    return lines


@functools.lru_cache(maxsize=2048)
def _date_line(iso: str, t: Translator) -> str:
    return t("checkins-line-date", date=date_text(iso, t))


@functools.lru_cache(maxsize=2048)
def _sum_line(minutes: int, t: Translator) -> str:
    return t("checkins-line-sum", hours=hours_text(minutes, t))


@functools.cache
def _state_line(state: str, t: Translator) -> str:
    return t("checkins-line-state", state=state)


def flags(facts: Facts, t: Translator) -> list[str]:
    args = {"cap": hours_text(facts["cap"], t), "days": facts["late_days"]}
    lines = [t(f"checkins-flag-{flag.replace('_', '-')}", **args) for flag in facts["flags"]]
    if facts.get("late_reason"):
        lines.append(t("checkins-line-late-reason", reason=clip(facts["late_reason"], NOTE_SHOWN)))
    return lines


def history(facts: Facts, t: Translator) -> list[str]:
    """What has happened to a record, line by line."""
    lines = []
    for event in facts.get("events", ()):
        who = t("checkins-self") if event["self"] else event["who"] or t("checkins-operator")
        note = Html(_changes(event["changes"], t)) if "changes" in event else note_text(event["note"], t)
        at = moment_text(event["at"], t, weekday=False)
        args = {"at": at, "who": Html(who) if event["self"] else who, "act": event["act"], "note": note}
        lines.append(t("checkins-event-noted" if note else "checkins-event", **args))
    return ["", t("checkins-history"), *lines] if lines else []


def note_text(note: str, t: Translator) -> str:
    """A reason as it was typed, or the ready one that was chosen (#hours)."""
    if note.startswith("#") and t.has(f"review-reason-{note[1:]}"):
        return Html(t(f"review-reason-{note[1:]}"))
    return clip(note, NOTE_SHOWN)


def _changes(changes: Facts, t: Translator) -> str:
    told = []
    if "date" in changes:
        old, new = changes["date"]
        told.append(t("checkins-change", old=date_text(old, t), new=date_text(new, t)))
    if "minutes" in changes:
        old, new = changes["minutes"]
        told.append(t("checkins-change", old=hours_text(old, t), new=hours_text(new, t)))
    if "text" in changes:
        told.append(t("checkins-change-text"))
    return t("checkins-comma").join(told)


# the person's own side


def outcome(
    result: Outcome, t: Translator, of: int = 0, today: dt.date | None = None, changing: bool = False
) -> Outgoing:
    """Whatever a use case came to; `of` and `today` where a question follows; changing: of a record that there is."""
    facts = result.facts
    if result.name == "checkins-draft":
        return draft(facts, t)
    if "state" in facts:
        shown = card(t(result.name), facts, t)
        opened = result.name == "checkins-card"  # from a list, to which one goes back
        return replace(shown, buttons=(*shown.buttons, (_list(facts, t),))) if opened else shown
    if result.name.startswith("checkins-photo"):
        buttons = column([_own("photo-done", "done", facts["id"], t)])
        return Outgoing(t(result.name, count=facts.get("count", 0), limit=facts.get("limit", 0)), buttons)
    step = STEP_OF.get(result.name)
    if step is None:
        return Outgoing(t(result.name))
    if result.name == "checkins-text-wanted":
        return ask(step, of, today, t)
    return ask(step, of, today, t, head=refusal(result, t, changing))


def refusal(result: Outcome, t: Translator, changing: bool) -> str:
    """Why a draft is not taken."""
    facts = result.facts
    draft_facts = facts["draft"]
    args: dict[str, Any] = {"limit": facts.get("limit", 0), "date": date_text(draft_facts["date"], t)}
    args["nothing"] = _nothing(t, changing)
    if "max" in facts:
        args |= {"sum": hours_text(facts["sum"], t), "max": hours_text(facts["max"], t)}
        args |= {"earliest": date_text(facts["earliest"], t), "hours": hours_text(draft_facts["minutes"], t)}
    if draft_facts["starts"] is not None:
        args["starts"] = clock(draft_facts["starts"])
    alone = result.name == "checkins-refused-over-max" and not facts["sum"]
    return t("checkins-refused-over-max-alone" if alone else result.name, **args)


def without_photo(answer: Outgoing, t: Translator) -> Outgoing:
    """The line in a picture's caption has made no record: there is nothing yet that the picture could go with."""
    return replace(answer, text=f"{answer.text}\n\n{t('checkins-photo-not-yet')}")


def with_album(answer: Outgoing, t: Translator) -> Outgoing:
    """The other pictures beside the one with the caption follow."""
    return replace(answer, text=f"{answer.text}\n\n{t('checkins-photo-album')}")


def stale_step(t: Translator) -> Outgoing:
    return Outgoing(t("checkins-stale-step"))


def card(head: str, facts: Facts, t: Translator) -> Outgoing:
    """A record with what its person may do with it."""
    lines = [head, "", *body(facts, t), _state_line(facts["state"], t), *flags(facts, t)]
    if facts.get("blanked"):
        lines.append(t("checkins-blanked"))
    if "late" in facts["flags"] and not facts["late_reason"] and CheckinState(facts["state"]).open:
        lines += ["", t("checkins-ask-late")]
    return Outgoing("\n".join([*lines, *history(facts, t)]), _card_buttons(facts, t))


def _card_buttons(facts: Facts, t: Translator) -> Rows:
    state = CheckinState(facts["state"])
    acts = acts_of(state, Who.SELF)
    found = []
    if Act.RESUBMIT in acts:
        found.append(_own("answer" if state is CheckinState.MORE_INFO else "again", "answer", facts["id"], t))
    if Act.CHANGE in acts:
        found.append(_own("edit", "edit", facts["id"], t))
        found.append(_own("photo", "photo", facts["id"], t))
        if "late" in facts["flags"]:
            found.append(_own("late", "late", facts["id"], t))
    if Act.WITHDRAW in acts:
        found.append(_own("withdraw", "withdraw", facts["id"], t))
    if state is CheckinState.VOIDED:
        found.append(_own("correct", "correct", facts["id"], t))
    return column(found, 3)


def _list(facts: Facts, t: Translator) -> Button:
    return button(t.plain("me-button-list"), Record(person=0, month=facts["date"][:7], page=0).pack())


def _own(label: str, act: str, checkin_id: int, t: Translator) -> Button:
    return button(_label(label, t), CheckinOwn(act=act, id=checkin_id).pack())


@functools.cache
def _label(label: str, t: Translator) -> str:
    return t.plain(f"checkins-button-{label}")


def draft(facts: Facts, t: Translator) -> Outgoing:
    """Not recorded yet."""
    guess = _amount(facts["minutes"], facts.get("starts"), facts.get("ends"), t)
    head = (
        t("checkins-draft-question", piece=facts["question"], hours=guess) if facts["question"] else t("checkins-draft")
    )
    lines = [head, "", *body(facts, t), *flags(facts, t), *([t("checkins-blanked")] if facts.get("blanked") else [])]

    def pick(act: str, label: str, **args: Any) -> Button:
        return button(t.plain(f"checkins-button-{label}", **args), CheckinDraft(act=act, id=facts["draft_id"]).pack())

    yes = pick("yes", "guess", hours=guess) if facts["question"] else pick("yes", "confirm")
    parts = tuple(pick(part, part) for part in ("date", "hours", "text"))
    return Outgoing("\n".join(lines), ((yes, pick("no", "drop")), parts))


def dropped(t: Translator) -> Outgoing:
    return Outgoing(t("checkins-dropped"))


def ask(step: str, of: int, today: dt.date | None, t: Translator, head: str = "") -> Outgoing:
    """The question of a step with its ready answers."""

    def ready(text: str, value: object) -> Button:
        return button(text, CheckinStep(of=of, value=str(value)).pack())

    buttons: Rows = ()
    if step == "date" and today is not None:
        days = [(name, today - dt.timedelta(days=back)) for back, name in enumerate(QUICK_DAYS)]
        buttons = column(
            [ready(t.plain(f"checkins-day-{name}", day=day.day), day.isoformat()) for name, day in days], 3
        )
    elif step == "hours":
        buttons = column([ready(hours_text(minutes, t), minutes) for minutes in QUICK_MINUTES], 4)
    question = t(f"checkins-ask-{step}")
    return Outgoing(f"{head}\n\n{question}" if head else question, buttons)


def not_yet(day: str, of: int, today: dt.date, t: Translator, changing: bool) -> Outgoing:
    """The question of the day once more: that one is still to come."""
    head = t("checkins-refused-future", date=date_text(day, t), nothing=_nothing(t, changing))
    return ask("date", of, today, t, head)


def _nothing(t: Translator, changing: bool) -> Html:
    """Nothing was recorded; of a record that there is: nothing was changed."""
    return Html(t("checkins-nothing-changed" if changing else "checkins-nothing-recorded"))


def misread(wrong: Problem, t: Translator, step: str | None = None, changing: bool = False) -> str:
    """What could not be read."""
    args = {"piece": _quoted(wrong, t), "step": step or "none", "nothing": _nothing(t, changing)}
    head = t(f"checkins-problem-{wrong.kind.value.replace('_', '-')}", **args)
    return f"{head}\n{_two_days(wrong.night, t, alone=bool(step) or changing)}" if wrong.night else head


def _two_days(night: Draft, t: Translator, *, alone: bool) -> str:
    """How a night is written as two records; alone: only the hours of the first one are awaited."""
    spans = [(clock(night.starts_at or 0), "24:00"), ("0:00", clock(night.ends_at or 0).removeprefix("0"))]
    if alone:
        return t("checkins-night-parts", first="-".join(spans[0]), second="-".join(spans[1]))
    days = [night.service_date + dt.timedelta(days=later) for later in (0, 1)]
    lines = [
        t(
            "checkins-night-line",
            date=date_text(day.isoformat(), t, weekday=False),
            span="-".join(span),
            text=night.text,
        )
        for day, span in zip(days, spans, strict=True)
    ]
    return "\n".join(f"<code>{line.strip()}</code>" for line in lines)


def stands(why: str, facts: Facts, t: Translator) -> Outgoing:
    """A message was edited into what cannot be taken: the record that it made is as before."""
    hint = t("checkins-stands-open" if facts["open"] else "checkins-stands-closed", state=facts["state"])
    lines = [why, "", t("checkins-stands"), *body(facts, t), _state_line(facts["state"], t), "", hint]
    return Outgoing("\n".join(lines), _card_buttons(facts, t))


def problem(
    wrong: Problem, step: str | None, of: int, today: dt.date, t: Translator, changing: bool = False
) -> Outgoing:
    """What could not be read, and how to say it."""
    head = misread(wrong, t, step, changing)
    if wrong.night and step is None:
        return Outgoing(head)
    if step is None:
        return Outgoing(f"{head}\n\n{t('checkins-how')}")
    asked = ask(step, of, today, t, head)
    if (guess := wrong.guess) is None:
        return asked
    text = t.plain("checkins-button-guess", hours=_amount(guess.minutes, guess.starts_at, guess.ends_at, t))
    yes = button(text, CheckinStep(of=of, value=ready_hours(guess)).pack())
    hint = f"\n\n{t('checkins-which-half')}" if guess.starts_at is not None else ""
    return Outgoing(asked.text + hint, ((yes,), *asked.buttons))


def _quoted(wrong: Problem, t: Translator) -> Html:
    """The words it is about; several are quoted one by one."""
    pieces = wrong.piece.split(SEPARATOR) if wrong.kind is ProblemKind.SEVERAL else [wrong.piece]
    return Html(t.listed(t("checkins-quoted", piece=clip(piece, 40) or "—") for piece in pieces))


def hours_missing(said: Draft, t: Translator) -> str:
    """A day and a deed were understood; the question of the hours follows."""
    day = date_text(said.service_date.isoformat(), t)
    return t("checkins-hours-missing", date=day, text=clip(said.text, 60))


def parts(facts: Facts, t: Translator) -> Outgoing:
    """Which part to change."""
    choices = [_own(part, part, facts["id"], t) for part in ("date", "hours", "text")]
    back = (_own("back", "card", facts["id"], t),)
    return Outgoing("\n".join([t("checkins-choose-part"), "", *body(facts, t)]), (*column(choices, 3), back))


def sure(facts: Facts, t: Translator) -> Outgoing:
    """The second tap before a record is withdrawn."""
    choices = (_own("withdraw-yes", "withdrawn", facts["id"], t), _own("keep", "card", facts["id"], t))
    return Outgoing(t("checkins-withdraw-sure", record=short(facts, t)), (choices,))


def ask_photo(facts: Facts, t: Translator) -> Outgoing:
    return Outgoing(t("checkins-ask-photo", record=short(facts, t)), ((_own("photo-done", "done", facts["id"], t),),))


def photo_as_file(checkin_id: int, t: Translator) -> Outgoing:
    return Outgoing(t("checkins-photo-as-file"), ((_own("photo-done", "done", checkin_id, t),),))


def ask_late(t: Translator) -> Outgoing:
    return Outgoing(t("checkins-ask-late"))


def ask_answer(facts: Facts, t: Translator) -> Outgoing:
    """Answer a question; what was returned may also go again without a word."""
    asked = facts["state"] == CheckinState.MORE_INFO.value
    note = next((e.get("note", "") for e in reversed(facts["events"]) if e["act"] in ("ask", "return")), "")
    text = t("checkins-ask-answer" if asked else "checkins-ask-again", note=note_text(note, t) or "—")
    now = () if asked else (_own("again-now", "again", facts["id"], t),)
    return Outgoing(text, ((*now, _own("back", "card", facts["id"], t)),))


def off_roster(t: Translator) -> Outgoing:
    return Outgoing(t("checkins-off-roster"))


# later answers to one's own act (pushes)


def told(kind: str, facts: Facts, t: Translator) -> Outgoing:
    """A reviewer has decided; the buttons lead to what can be done now."""
    note = note_text(facts.get("note", ""), t) or "—"
    text = t(kind, record=short(facts, t), note=note)
    number = facts["id"]
    buttons: list[Button] = []
    if kind == "checkins-told-question":
        buttons = [
            _own("answer", "answer", number, t),
            _own("edit", "edit", number, t),
            _own("withdraw", "withdraw", number, t),
        ]
    elif kind == "checkins-told-returned":
        buttons = [_own("edit", "edit", number, t), _own("again", "answer", number, t)]
    elif kind == "checkins-told-voided":
        buttons = [_own("correct", "correct", number, t)]
    return Outgoing(text, column([*buttons, _own("show", "card", number, t)], 3))


def told_together(kind: str, facts: Facts, t: Translator) -> Outgoing:
    """Several of one's records were confirmed at once, or that was taken back."""
    lines = [t(kind, count=facts["count"]), ""]
    return Outgoing("\n".join([*lines, *(t("checkins-told-line", record=short(r, t)) for r in facts["records"])]))
