"""A person's record, month by month."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.i18n import Translator
from bot.views import people
from bot.views.callbacks import CheckinOwn, Record, Review
from bot.views.checkins import hours_text, short
from bot.views.parts import Button, Outgoing, button, column, turns

Facts = Mapping[str, Any]


def record(facts: Facts, t: Translator, *, manages: bool = False) -> Outgoing:
    """A month of a person's record, with the year's sums; whoever manages the roster goes on to the person's card."""
    person, key, page = facts["person"], facts["month"], facts["page"]
    year = int(key[:4])
    who = t("me-of", name=facts["name"]) if person else t("me-head")
    lines = [who, "", t("me-year", year=year, hours=facts["hours"], times=facts["times"])]
    if facts["waiting"] or facts["returned"]:
        lines.append(t("me-open", waiting=facts["waiting"], returned=facts["returned"]))
    lines += ["", t("me-month", year=year, month=_month(key, t), count=facts["count"])]
    if not facts["records"]:
        lines.append(t("me-month-empty" if person or facts["after"] else "me-month-begin"))
    lines += [t("me-line", record=short(r, t), state=r["state"]) for r in facts["records"]]
    opens = [_open(r, person, t) for r in facts["records"]]

    def to(month: str, number: int) -> str:
        return Record(person=person, month=month, page=number).pack()

    around = (("◀", facts["before"]), ("▶", facts["after"]))
    months = [
        button(t.plain("me-button-month", mark=mark, month=_month(month, t)), to(month, 0))
        for mark, month in around
        if month
    ]
    pages = turns(page, facts["pages"], lambda number: to(key, number), t)
    entry = ((people.press(t("people-button-entry"), "card", person),),) if person and manages else ()
    rows = (*column(opens, 2), *pages, tuple(months), *entry)
    return Outgoing("\n".join(lines), rows)


def _month(key: str, t: Translator) -> str:
    return t("reports-month-name", month=int(key[5:]))


def _open(facts: Facts, person: int, t: Translator) -> Button:
    day = dt.date.fromisoformat(facts["date"])
    text = t.plain("me-button-record", month=day.month, day=day.day, hours=hours_text(facts["minutes"], t))
    data = Review(act="open", id=facts["id"], version=0) if person else CheckinOwn(act="card", id=facts["id"])
    return button(text, data.pack())
