"""Reminders: the sum before they are sent, what they say, and the digest of what was kept back."""

import html
import re
from collections.abc import Mapping
from typing import Any

from bot.domain.pages import PAGE, page_of
from bot.domain.periods import from_key
from bot.i18n import Html, Translator
from bot.services.effects import Outcome
from bot.services.remind import Choice
from bot.views import errors
from bot.views.callbacks import HeldPress, RemindPress
from bot.views.parts import Button, Outgoing, Rows, button, clip, column, inside, moment_text, turns
from bot.views.reports import period_name
from bot.views.schedule import title
from storage.records import Department

Facts = Mapping[str, Any]
EXCERPT, LABEL = 160, 30
REASONS = ("on_leave", "not_bound", "unreachable", "week", "twice", "budget")


def plain(markup: str, limit: int) -> str:
    """The beginning of a formatted text, without its markup."""
    return clip(" ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split()), limit)


def _matter(facts: Facts, t: Translator) -> Html:
    """What it is about, in a few words."""
    if "quarter" in facts:
        return Html(t("remind-matter-quarter", quarter=_quarter(facts["quarter"], t)))
    return Html(t("remind-matter-notice", text=inside(plain(facts["text"], LABEL))))


def _quarter(key: str, t: Translator) -> Html:
    period = from_key(key)
    assert period is not None, key
    return Html(period_name(period, t))


def _about(facts: Facts) -> str:
    return str(facts["quarter"] if "quarter" in facts else facts["notice"])


def outcome(found: Outcome, org: str, t: Translator) -> Outgoing:
    facts = found.facts
    if found.name == "error-stale":
        return errors.stale(t)
    if found.name == "remind-over":
        return Outgoing(t("remind-over"))
    lines = [t(f"{found.name}-head", path=facts["path"] or org, matter=_matter(facts, t)), ""]
    lines += [t("remind-open", count=facts["open"])]
    lines += [t("remind-send", count=facts["send"])]
    lines += [t(f"remind-{name.replace('_', '-')}", count=facts[name]) for name in REASONS if facts[name]]
    if facts["send"]:
        lines += ["", t(f"{found.name}-when", at=moment_text(facts["at"], t))]
    elif not facts["budget"]:
        lines += ["", t("remind-nobody")]
    return Outgoing("\n".join(lines), _buttons(found, t))


def _buttons(found: Outcome, t: Translator) -> Rows:
    facts, about = found.facts, _about(found.facts)
    if found.name != "remind-preview":
        return ()
    place = {"department": facts["department"], "about": about}
    count = facts["send"] or facts["budget"]  # those whom it only puts into their digest are worth a press as well
    send = button(t("remind-button-send", count=count), RemindPress(act="send", **place).pack())
    where = button(t("remind-button-where"), RemindPress(act="where", **place).pack())
    what = button(t("remind-button-what"), RemindPress(act="what", **place).pack())
    return (*(((send,),) if count else ()), (where, what))


def departments(choice: Choice, about: str, page: int, org: str, t: Translator) -> Outgoing:
    shown, page, pages = page_of(choice.departments, page)
    buttons = [
        button(_tail(name or org), RemindPress(act="show", department=number, about=about).pack())
        for number, name in shown
    ]

    def where(to: int) -> str:
        return RemindPress(act="where", department=0, about=about, page=to).pack()

    around = turns(page, pages, where, t)
    return Outgoing(t("remind-choose-where"), (*column(buttons, 2), *around))


def _tail(path: str) -> str:
    return path if len(path) <= LABEL else "…" + path[1 - LABEL :]


def matters(choice: Choice, department: int, t: Translator) -> Outgoing:
    """This quarter, or a notice that somebody has not answered."""
    quarter = button(t("remind-button-quarter"), RemindPress(act="show", department=department, about="").pack())
    notices = [
        button(plain(text, LABEL), RemindPress(act="show", department=department, about=str(number)).pack())
        for number, text in choice.notices
    ]
    return Outgoing(t("remind-choose-what"), column([quarter, *notices]))


def ambiguous(text: str, found: list[Department], t: Translator) -> Outgoing:
    buttons = [
        button(_tail(one.path), RemindPress(act="show", department=one.id, about="").pack()) for one in found[:PAGE]
    ]
    more = {"more": len(found) - len(buttons)} if found else {}
    key = "remind-ambiguous" if found else "remind-unclear"
    return Outgoing(t(key, text=clip(text, LABEL), **more), column(buttons, 2))


# What is said to people


def reminder(facts: Facts, t: Translator) -> Outgoing:
    return Outgoing(t("remind-says-quarter", quarter=_quarter(facts["quarter"], t), by=facts["by"]))


def contact(facts: Facts, t: Translator) -> Outgoing:
    """To a department's contact, in private: who was reminded twice; to be spoken to, not to be reported."""
    return Outgoing(
        t(
            "remind-contact",
            path=facts["path"],
            matter=_matter(facts, t),
            count=facts["count"],
            names=t.listed(html.escape(name, quote=False) for name in facts["names"]),
            rest=facts["count"] - len(facts["names"]),
        )
    )


def leader(facts: Facts, t: Translator) -> Outgoing:
    """To the leader above: the number, no names."""
    return Outgoing(t("remind-leader", path=facts["path"], matter=_matter(facts, t), count=facts["count"]))


# The digest


def digest(facts: Facts, t: Translator) -> Outgoing:
    """One message for all that the week's budget has kept back, each to be opened in full."""
    items = facts["items"][:PAGE]
    lines = [t("digest-head", count=len(facts["items"])), ""]
    lines += [t("digest-line", number=number, text=line(item, t)) for number, item in enumerate(items, 1)]
    lines += [t("digest-rest", count=len(facts["items"]) - len(items))] * (len(facts["items"]) > len(items))
    buttons: list[Button] = [
        button(t("digest-button", number=number), HeldPress(id=item["id"]).pack())
        for number, item in enumerate(items, 1)
    ]
    return Outgoing("\n".join([*lines, "", t("digest-foot")]), column(buttons, 4))


def line(item: Facts, t: Translator) -> str | Html:
    kind, facts = item["kind"], item["facts"]
    if kind == "reminder":
        return Html(t("digest-quarter", quarter=_quarter(facts["quarter"], t)))
    if kind == "memo" and facts["text"]:
        return plain(facts["text"], EXCERPT)
    if kind == "notice" and facts.get("text"):
        return plain(facts["text"], EXCERPT)
    return title({"kind": kind, "template": facts.get("template", ""), "text": ""}, t)
