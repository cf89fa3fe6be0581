"""Check-ins as their reviewer sees them: one by one, all at once, decided."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.hours import Act
from bot.i18n import Html, Translator
from bot.services.effects import Outcome
from bot.views.callbacks import Record, Review, ReviewAll, ReviewReason, ReviewUndo, Tell
from bot.views.checkins import body, flags, history, note_text, short
from bot.views.parts import Button, Outgoing, Rows, button, called, column
from bot.views.registration import card as registration_card
from storage.registrations import Registration

Facts = Mapping[str, Any]

REASONS = {
    "return": ("details", "hours", "date", "duplicate", "not-volunteering"),
    "void": ("duplicate", "wrong", "not-volunteering"),
}
KINDS = ("registrations", "notices", "checkins")  # what is decided; tellings are told
ACTS = ("confirm", "return", "ask", "undo", "void")


def pending(facts: Facts, t: Translator) -> Outgoing:
    """The next record that waits, or that nothing does."""
    if "id" not in facts:
        return _rest(facts["left"], t)
    head = t("review-head", waiting=facts["waiting"])
    more = [_press("skip", facts, t)]
    count = facts["unflagged"]
    if count != 0:
        label = t.plain("review-button-all", count=count) if count else t.plain("review-button-all-unflagged")
        more.append(button(label, ReviewAll(count=0, up_to=0).pack()))
    return Outgoing(_text(head, facts, t), (*_acts(facts, t), tuple(more)))


def card(head: str, facts: Facts, t: Translator) -> Outgoing:
    """One record in its present state, outside of the row."""
    return Outgoing(_text(head, facts, t), (*_acts(facts, t), following(t)))


def _rest(left: Facts, t: Translator) -> Outgoing:
    """No check-in waits any more; something else may."""
    tell = (_tell(t),) if left.get("tellings") else ()
    if any(left.get(kind) for kind in KINDS):
        return Outgoing(t("review-rest", what=_kinds(left, t)), ((*following(t), *tell),))
    return Outgoing(t("review-rest-tellings", count=left["tellings"]), (tell,)) if tell else nothing(t)


def _kinds(left: Facts, t: Translator) -> Html:
    """How much waits of each kind."""
    return Html(t.listed(t(f"review-work-{kind}", count=left[kind]) for kind in (*KINDS, "tellings") if left.get(kind)))


def _tell(t: Translator) -> Button:
    return button(t.plain("deliveries-button-telling"), Tell(act="waiting").pack())


def nothing(t: Translator) -> Outgoing:
    return Outgoing(t("review-nothing"))


def registration(found: Registration, t: Translator) -> Outgoing:
    """Somebody asks to be let in; passing over leads to the next."""
    data = Review(act="later", id=found.id, version=0).pack()
    return registration_card(found, t, ((button(t.plain("review-button-skip"), data),),))


def following(t: Translator) -> tuple[Button, ...]:
    return (button(t.plain("review-button-pending"), Review(act="next", id=0, version=0).pack()),)


def _text(head: str, facts: Facts, t: Translator) -> str:
    lines = [head, "", t("review-who", who=_who(facts, t), path=facts["path"]), *body(facts, t)]
    lines.append(t("review-line-state", state=facts["state"]))
    lines += flags(facts, t)
    if facts["votes"]:
        lines.append(t("review-votes", votes=facts["votes"]))
    if facts["reused"]:
        lines.append(t("review-reused", count=facts["reused"]))
    return "\n".join([*lines, *history(facts, t)])


def _who(facts: Facts, t: Translator) -> Html:
    """With his number: two may be called the same."""
    return called(facts["name"], facts["staff_number"], t)


def _acts(facts: Facts, t: Translator) -> Rows:
    decide = [_press(act, facts, t) for act in ACTS if act in facts["acts"]]
    photos = [_press("photos", facts, t, count=facts["photos"])] if facts["photos"] else []
    return tuple(row for row in (tuple(decide), tuple(photos)) if row)


def _press(act: str, facts: Facts, t: Translator, **args: Any) -> Button:
    data = Review(act=act, id=facts["id"], version=facts["version"]).pack()
    return button(t.plain(f"review-button-{act}", **args), data)


def decided(result: Outcome, next_one: Facts, t: Translator) -> Outgoing:
    """What came of a press, then the next record."""
    if "state" in result.facts:
        return shown(result, t)
    rest = pending(next_one, t)
    if "id" not in result.facts:
        return _several(result, rest, t)
    facts = result.facts
    line = t(result.name, name=_who(facts, t), record=short(facts, t), note=note_text(facts.get("note", ""), t) or "—")
    undo = ((_press("undo", facts, t),),) if result.name == "review-confirmed" else ()
    # The undo comes first: a second tap in haste hits it, and not a record that nobody has read yet.
    return Outgoing(f"{line}\n\n{rest.text}", (*undo, *rest.buttons))


def _several(result: Outcome, rest: Outgoing, t: Translator) -> Outgoing:
    facts = result.facts
    undo: Rows = ()
    if result.name == "review-all-confirmed":
        data = ReviewUndo(first=facts["first"], last=facts["last"], at=facts["at"]).pack()
        undo = ((button(t.plain("review-button-undo-all", count=facts["count"]), data),),)
    return Outgoing(f"{t(result.name, count=facts.get('count', 0))}\n\n{rest.text}", (*undo, *rest.buttons))


def shown(result: Outcome, t: Translator) -> Outgoing:
    """One record outside of the row, or why there is none."""
    if "state" in result.facts:
        void = int(Act.VOID in result.facts["acts"])
        shown = card(t(result.name, void=void), result.facts, t)
        if result.name != "review-card":
            return shown
        month = Record(person=result.facts["person"], month=result.facts["date"][:7], page=0)
        return replace(shown, buttons=(*shown.buttons, (button(t("review-button-record"), month.pack()),)))
    return Outgoing(t(result.name), (following(t),))


def wrapped(facts: Facts, t: Translator) -> Outgoing:
    """The end of the row while some that were passed over still wait."""
    again = button(t.plain("review-button-again"), Review(act="next", id=0, version=0).pack())
    left = {kind: count for kind, count in facts["left"].items() if kind in KINDS}
    return Outgoing(t("review-wrapped", what=_kinds(left, t)), ((again,),))


def ask_note(act: str, facts: Facts, t: Translator) -> Outgoing:
    """The reason or the question that a decision needs."""
    number, version = facts["id"], facts["version"]
    ready = [
        button(
            t.plain(f"review-reason-{reason}"), ReviewReason(act=act, id=number, version=version, reason=reason).pack()
        )
        for reason in REASONS.get(act, ())
    ]
    back = button(t.plain("review-button-back"), Review(act="open", id=number, version=version).pack())
    text = t(f"review-ask-{act}", name=_who(facts, t), record=short(facts, t))
    return Outgoing(text, (*column(ready, 2), (back,)))


def ask_all(result: Outcome, t: Translator) -> Outgoing:
    """Which ones a second tap will confirm."""
    facts = result.facts
    back = button(t.plain("review-button-back"), Review(act="next", id=0, version=0).pack())
    if result.name != "review-all-ask":
        return Outgoing(t(result.name, stay=facts.get("stay", 0)), ((back,),))
    lines = [t(result.name, count=facts["count"], stay=facts["stay"]), ""]
    lines += [t("review-all-line", name=_who(r, t), record=short(r, t)) for r in facts["records"]]
    if facts["count"] > len(facts["records"]):
        lines.append(t("review-all-more", count=facts["count"] - len(facts["records"])))
    data = ReviewAll(count=facts["count"], up_to=facts["up_to"]).pack()
    yes = button(t.plain("review-button-all-yes", count=facts["count"]), data)
    return Outgoing("\n".join(lines), ((yes, back),))


def photos(found: list[str], t: Translator) -> tuple[Outgoing, ...]:
    if not found:
        return (Outgoing(t("review-no-photos")),)
    total = len(found)
    return tuple(
        Outgoing(t("review-photo", number=number, total=total), photo=file_id)
        for number, file_id in enumerate(found, 1)
    )


def work(facts: Facts, t: Translator) -> Outgoing:
    """What waits for somebody, gathered (a push)."""
    decide = button(t.plain("review-button-open"), Review(act="next", id=0, version=0).pack())
    decides = any(facts.get(kind) for kind in KINDS)
    row = (decide,) * decides + (_tell(t),) * bool(facts.get("tellings"))
    return Outgoing(t("review-work", what=_kinds(facts, t)), (row,))
