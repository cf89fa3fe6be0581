"""Whom a notice is for and when it goes: departments, roles and groups to tap, a calendar and a clock."""

import calendar
import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.domain.audience import ROLES
from bot.domain.pages import PAGE, page_of
from bot.i18n import Translator
from bot.views.callbacks import NoticeAim, NoticeTime
from bot.views.notices import audience, plain_press, when
from bot.views.parts import Button, Outgoing, Rows, button, clip, clock, column, date_text, turns

Facts = Mapping[str, Any]


def _aim(facts: Facts, act: str, value: str, page: str, label: str) -> Button:
    return button(label, NoticeAim(id=facts["id"], act=act, value=value, page=page).pack())


def _head(facts: Facts, hint: str, t: Translator) -> str:
    counts = facts["counts"]
    lines = [t("notices-audience-head", id=facts["id"]), "", t("notices-card-audience", who=audience(facts, t))]
    if facts["missing"]:
        lines.append(t("notices-card-missing", kind=facts["missing"]))
    else:
        lines.append(t("notices-card-count", total=counts["total"], send=counts["send"]))
    return "\n".join([*lines, "", t(hint)] if hint else lines)


def chooser(facts: Facts, page: str, t: Translator) -> Outgoing:
    """A page of the choice: the overview (empty), in5 and out5 (below department 5), roles, outroles, groups, asked."""
    if page.startswith(("in", "out")) and page != "outroles":
        return _departments(facts, "in" if page.startswith("in") else "out", t)
    views = {"roles": _roles, "outroles": _roles, "groups": _groups, "asked": _asked}
    return views.get(page, _overview)(facts, page, t)


def _overview(facts: Facts, page: str, t: Translator) -> Outgoing:
    def show(key: str, to: str) -> Button:
        return _aim(facts, "show", "", to, t.plain(f"notices-button-{key}"))

    idle = t.plain("notices-mark", on=bool(facts["chosen"].get("idle")), name=t.plain("notices-button-idle"))
    rows = (
        (_aim(facts, "all", "", "", t.plain("notices-button-all")), show("departments", "in")),
        (show("roles", "roles"), show("groups", "groups")),
        (_aim(facts, "idle", "", "", idle), show("unanswered", "asked")),
        (show("without", "out"), show("without-roles", "outroles")),
        (plain_press("done", "open", facts["id"], t),),
    )
    return Outgoing(_head(facts, "", t), rows)


def _back(facts: Facts, t: Translator) -> tuple[Button, ...]:
    done = plain_press("done", "open", facts["id"], t)
    return _aim(facts, "show", "", "", t.plain("notices-button-back")), done


def _departments(facts: Facts, side: str, t: Translator) -> Outgoing:
    offered, mark = facts["offered"], "notices-mark" if side == "in" else "notices-mark-out"
    chosen = set(facts["chosen"].get(side, ()))
    here = offered["here"]
    page = f"{side}{here['id'] if here else ''}"
    rows: list[tuple[Button, ...]] = []
    if here:
        alone = t.plain("notices-button-alone", name=here["name"])
        alone = t.plain(mark, on=f"d{here['id']}" in chosen, name=alone)
        rows.append((_aim(facts, side, f"d{here['id']}", page, alone),))
    shown, at, pages = page_of(offered["parts"], facts.get("at", 0))
    for part in shown:
        label = t.plain(mark, on=f"s{part['id']}" in chosen or f"d{part['id']}" in chosen, name=clip(part["name"], 24))
        below = t.plain("notices-button-below", below=part["below"])
        deeper = [_aim(facts, "show", "", f"{side}{part['id']}", below)] if part["below"] else []
        rows.append((_aim(facts, side, f"s{part['id']}", page, label), *deeper))

    def show(to: int) -> str:
        return NoticeAim(id=facts["id"], act="show", value=str(to), page=page).pack()

    rows += turns(at, pages, show, t)
    if here:
        up = f"{side}{offered['above'] or ''}"
        rows.append((_aim(facts, "show", "", up, t.plain("notices-button-up")),))
    return Outgoing(_head(facts, f"notices-audience-{side}", t), (*rows, _back(facts, t)))


def _roles(facts: Facts, page: str, t: Translator) -> Outgoing:
    out = page == "outroles"
    chosen = facts["chosen"].get("out" if out else "roles", ())
    mark = "notices-mark-out" if out else "notices-mark"
    choices = [
        _aim(
            facts,
            "out" if out else "role",
            f"r{role}" if out else role,
            page,
            t.plain(mark, on=(f"r{role}" if out else role) in chosen, name=t.plain("notices-role", role=role)),
        )
        for role in ROLES
    ]
    hint = "notices-audience-out-roles" if out else "notices-audience-roles"
    return Outgoing(_head(facts, hint, t), (*column(choices, 2), _back(facts, t)))


def _groups(facts: Facts, page: str, t: Translator) -> Outgoing:
    inside, outside = facts["chosen"].get("in", ()), facts["chosen"].get("out", ())
    rows: list[tuple[Button, ...]] = []
    for group in facts["groups"][: 2 * PAGE]:
        token = f"g{group['id']}"
        chosen = t.plain("notices-mark", on=token in inside, name=group["name"])
        without = t.plain("notices-mark-out", on=token in outside, name="")
        rows.append(
            (
                _aim(facts, "in", token, page, chosen),
                _aim(facts, "out", token, page, without),
                _aim(facts, "drop", str(group["id"]), page, t.plain("notices-button-drop")),
            )
        )
    save = plain_press("save", "save", facts["id"], t)
    return Outgoing(_head(facts, "notices-audience-groups", t), (*rows, (save,), _back(facts, t)))


def _asked(facts: Facts, page: str, t: Translator) -> Outgoing:
    chosen = facts["chosen"].get("unanswered")
    rows = [
        _aim(
            facts,
            "unanswered",
            str(notice["id"]),
            page,
            t.plain("notices-mark", on=notice["id"] == chosen, name=f"№{notice['id']} {clip(notice['title'], 24)}"),
        )
        for notice in facts["asked"]
    ]
    if chosen:
        rows.append(_aim(facts, "unanswered", "0", page, t.plain("notices-button-no-asked")))
    hint = "notices-audience-asked" if facts["asked"] else "notices-audience-no-asked"
    return Outgoing(_head(facts, hint, t), (*column(rows), _back(facts, t)))


# When


def _time(facts: Facts, what: str, digits: str, act: str, label: str) -> Button:
    return button(label, NoticeTime(id=facts["id"], what=what, digits=digits, act=act).pack())


def times(facts: Facts, t: Translator, said: str = "") -> Outgoing:
    """At once, at one of the next good moments, or on a date to choose."""
    head = [said, ""] if said else []
    head += [t("notices-time-head", id=facts["id"]), t("notices-time-now", when=when(facts["send_at"], t))]
    head.append(t("notices-time-hours", **{"from": clock(facts["work_from"]), "until": clock(facts["work_until"])}))
    head.append(t("notices-time-typed"))
    ready = [
        _time(facts, "at", f"{moment:%Y%m%d%H%M}", "set", t.plain("notices-button-at", when=when(iso, t)))
        for iso in facts["suggested"]
        for moment in (dt.datetime.fromisoformat(iso),)
    ]
    rows = (
        (_time(facts, "at", "", "set", t.plain("notices-button-at-once")),),
        *column(ready),
        (_time(facts, "at", "", "month", t.plain("notices-button-calendar")),),
        (plain_press("card", "open", facts["id"], t),),
    )
    return Outgoing("\n".join(head), rows)


def month(facts: Facts, what: str, digits: str, t: Translator, said: str = "") -> Outgoing:
    """A month to tap a day in; days before today are no buttons, days off are marked."""
    today = dt.date.fromisoformat(facts["today"])
    first = dt.date(int(digits[:4]), int(digits[4:6]), 1) if digits else today.replace(day=1)
    head = t("notices-time-deadline" if what == "by" else "notices-time-head", id=facts["id"])
    blank = _time(facts, what, f"{first:%Y%m}", "month", "·")
    act = "set" if what == "by" else "day"
    weeks: list[tuple[Button, ...]] = [
        tuple(
            _time(facts, what, f"{first:%Y%m}", "month", t.plain("notices-weekday", day=number))
            for number in range(1, 8)
        )
    ]
    off = set(facts["off"])

    def tile(date: dt.date) -> Button:
        if date < today or date.month != first.month:
            return blank
        label = f"({date.day})" if date.isoformat() in off else str(date.day)
        return _time(facts, what, f"{date:%Y%m%d}", act, label)

    for week in calendar.Calendar().monthdatescalendar(first.year, first.month):
        if week[-1] >= today:
            weeks.append(tuple(tile(date) for date in week))
    lines = [said, "", head] if said else [head]
    lines += [t("notices-month", year=first.year, month=first.month), t("notices-month-off")]
    lines += [t("notices-day-typed")] if what == "by" else []
    return Outgoing("\n".join(lines), (*weeks, *_below(facts, what, first, t)))


def _below(facts: Facts, what: str, first: dt.date, t: Translator) -> Rows:
    """One month back (never before this one) and on, and out of the calendar."""
    before, after = first - dt.timedelta(days=1), first + dt.timedelta(days=31)
    turns = [_time(facts, what, f"{after:%Y%m}", "month", t.plain("notices-month", year=after.year, month=after.month))]
    if before.isoformat()[:7] >= facts["today"][:7]:
        label = t.plain("notices-month", year=before.year, month=before.month)
        turns.insert(0, _time(facts, what, f"{before:%Y%m}", "month", label))
    none = [_time(facts, "by", "", "set", t.plain("notices-button-no-deadline"))] if what == "by" else []
    return tuple(turns), (*none, plain_press("card", "open", facts["id"], t))


def hours(facts: Facts, date: dt.date, *, every: bool, t: Translator) -> Outgoing:
    """The working hours of a day to tap, or all twenty-four; those that are over are left out."""
    first, last = (0, 24) if every else (facts["work_from"] // 60, -(-facts["work_until"] // 60))
    choices = [
        _time(facts, "at", f"{date:%Y%m%d}{hour:02}", "hour", f"{hour:02}:00")
        for hour in range(first, last)
        if not _over(facts, date, hour * 60 + 55)
    ]
    more = () if every else (_time(facts, "at", f"{date:%Y%m%d}", "night", t.plain("notices-button-all-hours")),)
    back = _time(facts, "at", f"{date:%Y%m}", "month", t.plain("notices-button-back"))
    lines = [t("notices-time-hour", day=date_text(date.isoformat(), t))]
    lines += [t("notices-time-off")] if date.isoformat() in facts["off"] else []
    return Outgoing("\n".join(lines), tuple(row for row in (*column(choices, 4), more, (back,)) if row))


def minutes(facts: Facts, date: dt.date, hour: int, t: Translator) -> Outgoing:
    choices = [
        _time(facts, "at", f"{date:%Y%m%d}{hour:02}{minute:02}", "set", f"{hour:02}:{minute:02}")
        for minute in range(0, 60, 5)
        if not _over(facts, date, hour * 60 + minute)
    ]
    back = _time(facts, "at", f"{date:%Y%m%d}", "day", t.plain("notices-button-back"))
    head = t("notices-time-minute", day=date_text(date.isoformat(), t), hour=hour)
    return Outgoing(head, (*column(choices, 4), (back,)))


def _over(facts: Facts, date: dt.date, minute: int) -> bool:
    return bool(date.isoformat() == facts["today"] and minute <= facts["minute"])
