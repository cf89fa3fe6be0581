"""What became of a notice in words: its message with 收到, the live message, the page of its sender."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.markup import units
from bot.i18n import Html, Translator
from bot.services.effects import Outcome
from bot.views import notices
from bot.views.callbacks import Delivery, NoticeGot, NoticePress, Tell
from bot.views.parts import CAPTION_LIMIT, TEXT_LIMIT, Button, Outgoing, Rows, button, column, moment_text

Facts = Mapping[str, Any]
CELLS = 10
OUTSIDE = ("not_bound", "withdrawn", "on_leave")  # of the roster, not of what was planned


def press(act: str, notice_id: int, t: Translator, page: int = 0, **args: Any) -> Button:
    return button(t.plain(f"deliveries-button-{act}", **args), Delivery(act=act, id=notice_id, page=page).pack())


# What its people see


def message(facts: Facts, t: Translator) -> Outgoing:
    """The notice with what its reader has done about it; a correction stands in the place of what it corrects."""
    over = facts.get("over", 0)
    if facts.get("recalled"):
        return _recalled(facts, t)
    shown = replace(notices.message(facts, t), over=over)
    if facts.get("reminder"):
        text = f"{t('deliveries-reminder')}\n\n{shown.text}"
        limit = CAPTION_LIMIT if facts["file_id"] else TEXT_LIMIT
        shown = replace(shown, text=text if units(text) <= limit else shown.text)
    if facts.get("answered") and facts["answer"]:
        got = button(t.plain("deliveries-got"), NoticeGot(id=facts["notice"]).pack())
        shown = replace(shown, buttons=((got,),))
    return shown


def _recalled(facts: Facts, t: Translator) -> Outgoing:
    """Taken away, or where it is too old for that, said to be void; a file stays, but its words go."""
    file = {facts["file_kind"]: facts["file_id"]} if facts["file_id"] else {}
    return Outgoing(t("deliveries-recalled"), over=facts["over"], remove=True, **file)


def received(outcome: Outcome, t: Translator) -> Outgoing:
    if outcome.name != "deliveries-received":
        return Outgoing(t(outcome.name))
    return message(outcome.facts, t).edited()


# Everything at once


def ask_stop_all(count: int, t: Translator) -> Outgoing:
    back = button(t.plain("deliveries-button-list"), NoticePress(act="list", id=0).pack())
    if not count:
        return Outgoing(t("deliveries-stop-all-nothing"), ((back,),))
    yes = button(t.plain("deliveries-button-stop-all-yes"), NoticePress(act="stop-all-yes", id=0).pack())
    return Outgoing(t("deliveries-stop-all-ask", count=count), ((yes,), (back,)))


def all_stopped(facts: Facts, t: Translator) -> Outgoing:
    back = button(t.plain("deliveries-button-list"), NoticePress(act="list", id=0).pack())
    text = t("deliveries-all-stopped", stopped=len(facts["stopped"]), back=facts["taken_back"])
    return Outgoing(text, ((back,),))


# What its sender sees


def page(facts: Facts, t: Translator, head: str = "") -> Outgoing:
    """How far it is, what came of it, and what can be done about it. `head`: what has just happened."""
    state = "recalled" if facts["recalled"] else facts["state"]
    lines = [head, ""] if head else []
    lines += [t("deliveries-head", id=facts["notice"], state=t("deliveries-state", state=state))]
    lines += [t("deliveries-title", title=facts["title"]), t("deliveries-when", when=moment_text(facts["at"], t))]
    if facts["corrected"]:
        lines.append(t("deliveries-corrected", count=facts["corrected"]))
    if "rounds" in facts:
        lines += ["", *_moving(facts, t), *_sums(facts, t)]
    if "people" in facts:
        lines += ["", *_people(facts, t)]
    return Outgoing("\n".join(lines), buttons(facts, t), over=facts.get("over", 0))


def _moving(facts: Facts, t: Translator) -> list[str]:
    """Only while something is on the way."""
    state = facts["state"]
    if state not in ("trying", "sending", "paused", "halted"):
        return []
    last = facts["rounds"][-1]
    done = last["planned"] - last["left"]
    share = done / last["planned"] if last["planned"] else 1.0
    bar = "▓" * int(share * CELLS) + "░" * (CELLS - int(share * CELLS))
    lines = [t("deliveries-bar", bar=bar, percent=int(share * 100))]
    if state == "halted":
        return [*lines, t("deliveries-halted", reason=t("deliveries-reason", reason=facts["reason"])), ""]
    if state == "paused":
        return [*lines, ""]
    if facts["later"]:
        return [*lines, t("deliveries-later", when=moment_text(last["at"], t)), ""]
    unit, count = _left(facts["seconds"])
    lines.append(t("deliveries-left", unit=unit, count=count, rate=int(facts["rate"])))
    return [*lines, *([t("deliveries-trying")] if state == "trying" else []), ""]


def _left(seconds: int | None) -> tuple[str, int]:
    """Coarser the longer it takes: nobody knows it to the second."""
    if seconds is None:
        return "unknown", 0
    if seconds < 100:
        return "seconds", seconds
    if seconds < 100 * 60:
        return "minutes", -(-seconds // 60)
    return "hours", -(-seconds // 3600)


def _sums(facts: Facts, t: Translator) -> list[str]:
    """Roster = planned + ..., planned = sent + ...: both add up."""
    lines = []
    if "fates" in facts:
        left_out = {fate: facts["fates"].get(fate, 0) for fate in OUTSIDE}
        planned = sum(facts["fates"].values()) - sum(left_out.values())
        rest = "".join(t("deliveries-roster-part", fate=fate, count=count) for fate, count in left_out.items())
        total = sum(facts["fates"].values())
        lines.append(t("deliveries-roster", total=total, planned=planned, rest=Html(rest)))
    for one in facts["rounds"]:
        if len(facts["rounds"]) > 1:
            lines.append(t("deliveries-round", why=one["why"], when=moment_text(one["at"], t)))
        counts = {name: one[name] for name in ("planned", "sent", "failed", "skipped", "unknown")}
        if one["left"]:
            lines.append(t("deliveries-sum-left", left=one["left"], **counts))
        else:
            lines.append(t("deliveries-sum", **counts))
        lines += [
            t("deliveries-reasons", state=state, reasons=reasons(one["reasons"][state], t))
            for state in ("failed", "skipped")
            if state in one["reasons"]
        ]
    return lines


def reasons(counts: Mapping[str, int], t: Translator) -> str:
    """Why, and how often; what is called the same is counted together."""
    words: dict[str, int] = {}
    for reason, count in counts.items():
        word = t.plain("deliveries-reason", reason=reason)
        words[word] = words.get(word, 0) + count
    return t.plain("list-comma").join(t.plain("deliveries-reason-count", reason=w, count=n) for w, n in words.items())


def _people(facts: Facts, t: Translator) -> list[str]:
    people, lines = facts["people"], []
    if not facts["manages"]:
        lines.append(t("deliveries-own", people=people["people"], **results(people)))
    if facts["answer"]:
        lines.append(t("deliveries-answers", answered=people["answered"], unanswered=people["unanswered"]))
    if people["telling"] and not facts["recalled"] and facts["state"] in ("done", "stopped"):
        lines.append(t("deliveries-telling", count=people["telling"], told=people["told"]))
    return lines


def results(people: Mapping[str, int]) -> dict[str, int]:
    """Sent, not sent, on the way."""
    by_state: dict[str, int] = {}
    for best, count in people.items():
        state, mark, _ = best.partition(":")
        by_state[state] = by_state.get(state, 0) + count if mark else 0
    left = by_state.get("pending", 0) + by_state.get("sending", 0)
    sent = by_state.get("sent", 0)
    return {"sent": sent, "missing": people["people"] - sent - left, "left": left}


def buttons(facts: Facts, t: Translator) -> Rows:
    number, acts = facts["notice"], facts["acts"]
    steer = [press(act, number, t) for act in ("pause", "resume", "stop") if act in acts]
    again = [
        press(act, number, t, count=facts[count])
        for act, count in (("missed", "missed"), ("remind", "to_remind"))
        if act in acts
    ]
    change = [press(act, number, t) for act in ("correct", "recall") if act in acts]
    looks = [press("names", number, t), press("sheet", number, t)] if "people" in facts else []
    if facts["state"] in ("trying", "sending"):
        looks.append(press("refresh", number, t))
    if "people" in facts and facts["people"]["telling"] and facts["state"] in ("done", "stopped"):
        telling = Tell(act="list", id=number).pack()
        looks.append(button(t.plain("deliveries-button-telling"), telling))
    back = button(t.plain("deliveries-button-list"), NoticePress(act="list", id=0).pack())
    rows = [steer, again, change, looks, [back]]
    return tuple(tuple(row) for row in rows if row)


def changed(facts: Facts, t: Translator) -> Outgoing:
    """What came of a correction or a recall (a push)."""
    counts: dict[str, int] = {}
    for by_reason in facts["reasons"].values():
        for reason, count in by_reason.items():
            counts[reason] = counts.get(reason, 0) + count
    said = {"act": facts["act"], "id": facts["notice"], "done": facts["done"], "not": facts["not"]}
    text = t("corrections-done", reasons=reasons(counts, t), **said)
    return Outgoing(text, ((press("open", facts["notice"], t),),))


def halted(facts: Facts, t: Translator) -> Outgoing:
    """A sending that stopped at its first few messages (a push)."""
    number = facts["plan"].removeprefix("notice:").partition("/")[0]
    reason = t("deliveries-reason", reason=facts["reason"])
    return Outgoing(t("deliveries-told-halted", id=number, reason=reason), ((press("open", int(number), t),),))


# Once more


def again(outcome: Outcome, t: Translator, *, sure: bool = False) -> Outgoing:
    """How many it would be, and when; nothing is sent before the next tap. `sure`: asked a second time."""
    facts = outcome.facts
    number, act, count = facts["notice"], facts["act"], facts["count"]
    back = press("back", number, t)
    if outcome.name not in ("deliveries-again", "deliveries-changed"):
        return _refused(outcome, back, t)
    lines = [t("deliveries-changed"), ""] if outcome.name == "deliveries-changed" else []
    lines.append(t("deliveries-again-ask", act=act, count=count))
    if facts["over"]:
        lines.append(t("deliveries-again-over", over=facts["over"]))
    if not facts["outside"]:
        return Outgoing("\n".join(lines), ((_again("again", f"{act}-yes", facts, t, count=count),), (back,)))
    if sure:
        lines.append(t("deliveries-again-sure"))
        return Outgoing("\n".join(lines), ((_again("sure", f"{act}-sure", facts, t),), (back,)))
    better = moment_text(facts["proper"], t)
    lines.append(t("deliveries-again-outside", when=better))
    ways = (_again("later", f"{act}-yes", facts, t, when=better), _again("anyway", f"{act}-now", facts, t))
    return Outgoing("\n".join(lines), (*((way,) for way in ways), (back,)))


def _again(key: str, act: str, facts: Facts, t: Translator, **args: Any) -> Button:
    data = Delivery(act=act, id=facts["notice"], page=facts["count"]).pack()
    return button(t.plain(f"deliveries-button-{key}", **args), data)


def _refused(outcome: Outcome, back: Button, t: Translator) -> Outgoing:
    counts = {name: outcome.facts[name] for name in ("week", "twice", "over")}
    return Outgoing(t(outcome.name, **counts), ((back,),))


def begun(outcome: Outcome, t: Translator) -> str:
    """One sentence about a round that was ordered."""
    later = outcome.facts.get("later")
    return t("deliveries-again-later", when=moment_text(later, t)) if later else t("deliveries-again-sending")


# Put right, taken back


def ask_text(facts: Facts, t: Translator) -> Outgoing:
    lines = [t("corrections-prompt", sent=facts["sent"])]
    if facts["unknown"]:
        lines.append(t("corrections-unknown", act="correct", unknown=facts["unknown"]))
    return Outgoing("\n".join(lines), ((press("back", facts["notice"], t),),))


def preview(facts: Facts, t: Translator) -> tuple[Outgoing, ...]:
    """The message as it will stand there, then the question."""
    number = facts["notice"]
    yes = button(t.plain("corrections-button-yes"), Delivery(act="correct-yes", id=number).pack())
    rewrite = button(t.plain("corrections-button-again"), Delivery(act="correct", id=number).pack())
    shown = replace(notices.message(facts, t), buttons=())
    question = Outgoing(t("corrections-preview", sent=facts["sent"]), ((yes, rewrite), (press("back", number, t),)))
    return shown, question


def ask_recall(facts: Facts, t: Translator) -> Outgoing:
    yes = button(t.plain("corrections-button-recall"), Delivery(act="recall-yes", id=facts["notice"]).pack())
    lines = [t("corrections-ask-recall", sent=facts["sent"])]
    if facts["unknown"]:
        lines.append(t("corrections-unknown", act="recall", unknown=facts["unknown"]))
    return Outgoing("\n".join(lines), ((yes,), (press("back", facts["notice"], t),)))


def names_choice(facts: Facts, t: Translator) -> Outgoing:
    """Which list of names."""
    people, number = facts["people"], facts["notice"]
    counts = {name: people.get(name, 0) for name in ("answered", "unanswered")} if facts["answer"] else {}
    for kind in ("failed", "skipped", "unknown"):
        counts[kind] = sum(count for best, count in people.items() if best.startswith(f"{kind}:"))
    choices = [
        button(
            t.plain("deliveries-names-kind", kind=kind, count=count), Delivery(act=f"names-{kind}", id=number).pack()
        )
        for kind, count in counts.items()
        if count
    ]
    return Outgoing(t("deliveries-names-choose"), (*column(choices, 2), (press("back", number, t),)))
