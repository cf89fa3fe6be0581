"""A notice as it is written, looked at once more, sent and approved."""

import datetime as dt
from collections.abc import Mapping
from html import escape
from typing import Any

from bot.domain.markup import units, visible
from bot.i18n import Html, Translator
from bot.services.effects import Outcome
from bot.views.callbacks import NoticeGot, NoticePress, NoticeTime
from bot.views.parts import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    Button,
    Outgoing,
    Rows,
    button,
    clip,
    column,
    date_text,
    inside,
    moment_text,
)

Facts = Mapping[str, Any]
UNREACHED = ("not_bound", "withdrawn", "on_leave", "unreachable")
FATES = ("not_bound", "withdrawn", "on_leave", "unreachable", "budget")
OPEN = ("draft", "waiting", "scheduled")
TABLES = (".xlsx", ".xls", ".et", ".csv")
UNDER_WAY = ("sending", "paused")


def press(key: str, act: str, facts: Facts, t: Translator, **args: Any) -> Button:
    data = NoticePress(act=act, id=facts["id"], version=facts["version"]).pack()
    return button(t.plain(f"notices-button-{key}", **args), data)


def plain_press(key: str, act: str, notice_id: int, t: Translator) -> Button:
    return button(t.plain(f"notices-button-{key}"), NoticePress(act=act, id=notice_id).pack())


def when(iso: str | None, t: Translator) -> str:
    return moment_text(iso, t) if iso else t.plain("notices-now")


# What is sent


def message(facts: Facts, t: Translator, data: str = "") -> Outgoing:
    """The notice itself. Its head is left out where the text fills the message, except that it was corrected."""
    parts = [facts["text"]] if facts["text"] else []
    if facts["deadline"]:
        parts.append(t("notices-message-deadline", day=date_text(facts["deadline"], t)))
    limit = CAPTION_LIMIT if facts["file_id"] else TEXT_LIMIT
    forms = ("\n\n".join([head, *parts]) for head in _heads(facts, t))
    text = next((form for form in forms if units(visible(form)) <= limit), "\n\n".join(parts))
    got = button(t.plain("notices-button-got"), data or NoticeGot(id=facts["notice"]).pack())
    file = {facts["file_kind"]: facts["file_id"]} if facts["file_id"] else {}
    return Outgoing(text, ((got,),) if facts["answer"] else (), **file)


def _heads(facts: Facts, t: Translator) -> list[str]:
    """What may stand above the text, the longest first."""
    corrected = facts.get("corrected")
    at = moment_text(corrected, t, weekday=False) if corrected else ""
    title = Html(t("notices-message-title", important=facts["important"], corrected=bool(corrected), at=at))
    sender = facts["from"] or t.plain("notices-message-office")
    whole = t("notices-message-head", title=title, **{"from": sender})
    return [whole, title] if corrected else [whole]


# What is written


def prompt(facts: Facts, t: Translator) -> Outgoing:
    """What /notice says by itself: how to write one, and the recent ones."""
    listed = recent(facts, t)
    return Outgoing(t("notices-prompt") + ("\n\n" + listed.text if facts["rows"] else ""), listed.buttons)


def recent(facts: Facts, t: Translator) -> Outgoing:
    lines = [t("notices-recent")]
    lines += [t("notices-line", id=r["id"], title=r["title"], state=state(r["state"], t)) for r in facts["rows"]]
    if facts["pages"] > 1:
        lines.append(t("notices-page", page=facts["page"] + 1, pages=facts["pages"]))
    opened = [
        button(f"№{r['id']} {clip(r['title'], 12)}", NoticePress(act="open", id=r["id"]).pack()) for r in facts["rows"]
    ]
    turn = []
    for key, page in (("newer", facts["page"] - 1), ("older", facts["page"] + 1)):
        if 0 <= page < facts["pages"]:
            turn.append(button(t.plain(f"notices-button-{key}"), NoticePress(act="list", id=0, version=page).pack()))
    stop = button(t.plain("deliveries-button-stop-all", count=facts["going"]), NoticePress(act="stop-all", id=0).pack())
    last = (stop,) if facts["going"] else ()
    return Outgoing("\n".join(lines), tuple(row for row in (*column(opened, 2), tuple(turn), last) if row))


def state(name: str, t: Translator) -> str:
    return t("notices-state", state=name)


def ask_content(notice_id: int, t: Translator) -> Outgoing:
    return Outgoing(t("notices-prompt-edit"), ((plain_press("card", "open", notice_id, t),),))


def card(facts: Facts, t: Translator, head: str = "") -> Outgoing:
    """A notice and what can still be done with it. `head`: what has just happened."""
    lines = [head, ""] if head else []
    if facts["state"] in UNDER_WAY:  # the message about the sending says how it stands
        lines += [t("notices-card-sent", id=facts["id"]), ""]
    else:
        lines += [t("notices-card", id=facts["id"], state=Html(state(facts["state"], t))), ""]
    lines += [*content, ""] if (content := _content(facts)) else []
    lines += _choices(facts, t)
    return Outgoing("\n".join(lines), _acts(facts, t))


def _content(facts: Facts) -> list[str]:
    """The text as it is where that is short, else its beginning without formatting."""
    if units(facts["text"]) <= 700:
        return [facts["text"]] if facts["text"] else []
    return [Html(_beginning(facts["text"]))]


def _beginning(markup: str) -> str:
    return escape(clip(visible(markup), 400), quote=False)


def _choices(facts: Facts, t: Translator) -> list[str]:
    lines = _attached(facts, t)
    lines.append(t("notices-card-audience", who=audience(facts, t)))
    counts = facts["counts"]
    if facts["missing"]:
        lines.append(t("notices-card-missing", kind=facts["missing"]))
    elif "total" in counts:
        lines.append(t("notices-card-count", total=counts["total"], send=counts["send"]))
    if facts["answer"]:
        lines.append(t("notices-card-answer", on=True))
    if facts["deadline"]:
        lines.append(t("notices-card-deadline", day=date_text(facts["deadline"], t)))
    if facts["important"]:
        lines.append(t("notices-card-important"))
    if facts["state"] in OPEN:
        lines.append(t("notices-card-time", when=when(facts["send_at"], t)))
        lines += [t("notices-card-outside")] if facts["outside"] else []
    return lines


def _attached(facts: Facts, t: Translator) -> list[str]:
    """The file, if there is one; a table may be the roster, sent into the wrong conversation."""
    if not facts["file_id"]:
        return []
    lines = [t("notices-card-file", kind=facts["file_kind"], name=facts["file_name"])]
    if facts["state"] in OPEN and (facts["file_name"] or "").lower().endswith(TABLES):
        lines.append(t("notices-card-table"))
    return lines


def audience(facts: Facts, t: Translator) -> str:
    """Who is meant, in words."""
    chosen = facts["audience"]
    places = [_place(place, t) for place in chosen["in_named"]]
    everybody = "notices-who-subtree" if facts["reach"] else "notices-who-everybody"
    parts = [t.plain("list-comma").join(places) if places else t.plain(everybody)]
    if chosen.get("roles"):
        roles = t.plain("list-comma").join(t.plain("notices-role", role=role) for role in chosen["roles"])
        parts.append(t.plain("notices-who-roles", roles=roles))
    if chosen.get("idle"):
        parts.append(t.plain("notices-who-idle"))
    if chosen.get("unanswered"):
        parts.append(t.plain("notices-who-unanswered", id=chosen["unanswered"]))
    if chosen["out_named"]:
        names = t.plain("list-comma").join(_place(place, t) for place in chosen["out_named"])
        parts.append(t.plain("notices-who-without", names=names))
    return clip(t.plain("notices-who-and").join(parts), 600)


def _place(place: Facts, t: Translator) -> str:
    if place["kind"] == "r":
        return t.plain("notices-role", role=place["name"])
    return t.plain("notices-who-place", kind=place["kind"], name=place["name"] or t.plain("notices-who-gone"))


def _acts(facts: Facts, t: Translator) -> Rows:
    listed = button(t.plain("notices-button-list"), NoticePress(act="list", id=0).pack())
    if facts["state"] not in OPEN:
        return ((listed,),)
    if facts["state"] != "draft":
        back = (press("take-back", "back", facts, t),) if facts["own"] else ()
        decide = (press("approve", "yes", facts, t), press("reject", "no", facts, t)) if _waits_for_me(facts) else ()
        return tuple(row for row in (decide, (*back, press("give-up", "drop", facts, t)), (listed,)) if row)
    day = date_text(facts["deadline"], t) if facts["deadline"] else t.plain("notices-none")
    by = t.plain("notices-button-deadline", day=day)
    content = [press("edit", "edit", facts, t)]
    if facts["file_id"] and facts["text"]:
        content.append(press("nofile", "nofile", facts, t))
    return (
        (plain_press("audience", "who", facts["id"], t), plain_press("time", "when", facts["id"], t)),
        (
            press("answer", "answer", facts, t, on=facts["answer"]),
            press("important", "important", facts, t, on=facts["important"]),
        ),
        (button(by, NoticeTime(id=facts["id"], what="by", act="month").pack()), *content),
        (press("preview", "look", facts, t),),
        (press("give-up", "drop", facts, t), listed),
    )


def _waits_for_me(facts: Facts) -> bool:
    return facts["state"] == "waiting" and not facts["own"]


# Looked at once more


def sample(facts: Facts, t: Translator) -> Outgoing:
    """The message as it will look; its button says that it is one."""
    return message(facts, t, NoticePress(act="sample", id=facts["id"]).pack())


def check(facts: Facts, t: Translator, head: str = "") -> Outgoing:
    """The sum before it goes, and the button that sends it."""
    if facts["missing"] or not facts["counts"].get("total"):
        why = t(f"notices-missing-{facts['missing']}") if facts["missing"] else t("notices-nobody")
        return card(facts, t, why)
    counts = facts["counts"]
    lines = [head, ""] if head else []
    lines += [t("notices-sum-head", id=facts["id"]), ""]
    lines += [*_attached(facts, t), t("notices-card-audience", who=audience(facts, t)), sum_line(counts, t)]
    lines.append(t("notices-sum-time", when=when(facts["send_at"], t)))
    if facts["deadline"]:
        lines.append(t("notices-card-deadline", day=date_text(facts["deadline"], t)))
    if unreached := sum(counts[fate] for fate in UNREACHED):
        lines.append(t("notices-sum-in-person", count=unreached))
    if counts["budget"]:
        lines.append(t("notices-sum-budget", count=counts["budget"]))
    if facts["approval"]:
        lines.append(t("notices-sum-approval", over=facts["over"]))
    rest = (press("give-up", "drop", facts, t),)
    return Outgoing("\n".join(lines), ((_send(facts, t),), (plain_press("card", "open", facts["id"], t), *rest)))


def sum_line(counts: Facts, t: Translator) -> str:
    """Roster = to be sent + not bound + ...: it adds up, always."""
    shown = [fate for fate in FATES if counts[fate] or fate != "unreachable"]
    rest = " ".join(t("notices-sum-part", fate=fate, count=counts[fate]) for fate in shown)
    return t("notices-sum", total=counts["total"], send=counts["send"], rest=Html(rest))


def _send(facts: Facts, t: Translator) -> Button:
    """It carries the version and the head count that were shown: neither may have changed when it is pressed."""
    data = NoticePress(act="send", id=facts["id"], version=facts["version"], total=facts["counts"]["total"]).pack()
    if facts["approval"]:
        return button(t.plain("notices-button-submit", total=facts["counts"]["total"]), data)
    if facts["send_at"]:
        return button(t.plain("notices-button-schedule", when=when(facts["send_at"], t)), data)
    return button(t.plain("notices-button-send", send=facts["counts"]["send"]), data)


def outside(outcome: Outcome, t: Translator) -> Outgoing:
    """Not in working hours: the better time, or a second tap."""
    facts = outcome.facts
    better = dt.datetime.fromisoformat(facts["next"])
    later = NoticeTime(id=facts["id"], what="at", digits=f"{better:%Y%m%d%H%M}").pack()
    if "total" in facts:  # asked at the moment of sending
        press = NoticePress(act="anyway", id=facts["id"], version=facts["version"], total=facts["total"])
        anyway = button(t.plain("notices-button-anyway"), press.pack())
    else:
        chosen = dt.datetime.fromisoformat(facts["at"])
        data = NoticeTime(id=facts["id"], what="anyway", digits=f"{chosen:%Y%m%d%H%M}").pack()
        anyway = button(t.plain("notices-button-anyway-time"), data)
    rows = (
        (button(t.plain("notices-button-later", when=when(facts["next"], t)), later),),
        (anyway,),
        (plain_press("card", "open", facts["id"], t),),
    )
    return Outgoing(t("notices-outside", when=when(facts["at"], t), next=when(facts["next"], t)), rows)


def said(outcome: Outcome, t: Translator, send_at: str | None = None) -> str:
    """What came of a press, in one sentence."""
    facts = {name: value for name, value in outcome.facts.items() if name != "version"}
    if outcome.name == "notices-scheduled":
        facts["when"] = when(send_at, t)
    return t(outcome.name, **facts)


# Approved


def approval(facts: Facts, t: Translator, following: Button) -> Outgoing:
    """What it says, the sum, and the decision; the whole message is a tap away."""
    lines = [t("notices-approve-head", id=facts["id"]), ""]
    lines += [*content, ""] if (content := _content(facts)) else []
    lines += _attached(facts, t)
    lines.append(t("notices-card-audience", who=audience(facts, t)))
    if facts["missing"]:
        lines.append(t("notices-card-missing", kind=facts["missing"]))
    else:
        lines.append(sum_line(facts["counts"], t))
    lines.append(t("notices-card-time", when=when(facts["send_at"], t)))
    lines += [t("notices-card-outside")] if facts["outside"] else []
    decide = (press("approve", "yes", facts, t), press("reject", "no", facts, t), press("skip", "skip", facts, t))
    return Outgoing("\n".join(lines), (decide, (press("view", "view", facts, t), following)))


def ask_reason(notice_id: int, version: int, t: Translator) -> Outgoing:
    plain = NoticePress(act="no-plain", id=notice_id, version=version).pack()
    return Outgoing(t("notices-approve-ask"), ((button(t.plain("notices-button-reject-plain"), plain),),))


# What somebody hears later (pushes)


def told(kind: str, facts: Facts, t: Translator) -> Outgoing:
    known = dict(facts) | {"title": inside(facts["title"])}
    if "note" in known:
        known["note"] = known["note"] or "—"
    if "reason" in known:
        known["reason"] = t.plain("notice-reason", reason=known["reason"])
    opened = button(f"№{facts['id']}", NoticePress(act="open", id=facts["id"]).pack())
    return Outgoing(t(kind, **known), ((opened,),))


TOLD = (
    "notice-approved",
    "notice-rejected",
    "notice-cancelled",
    "notice-grown",
    "notice-orphaned",
    "notice-orphaned-office",
    "notice-held",
)
