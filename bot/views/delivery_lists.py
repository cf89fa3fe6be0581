"""Names about a notice: who answered, who was not reached, whom to tell in person, all of it as a table."""

import datetime as dt
import html
import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.clock import time_of
from bot.domain.pages import PAGE, page_of, pages_of
from bot.files import ChildFailed
from bot.i18n import Html, Translator
from bot.services.tellings import Telling
from bot.views import sheets
from bot.views.callbacks import Delivery, Tell
from bot.views.deliveries import OUTSIDE, press
from bot.views.parts import Button, File, Outgoing, button, called, clip, moment_text, turns
from bot.views.sheets import Cell, Sheet
from storage.deliveries import Somebody

log = logging.getLogger("deliveries")

THEN = (*OUTSIDE, "unreachable", "blocked")  # what may be different by now
NAME, PATH = 24, 60  # UTF-16 units that a name may take in a line, a path
PERSON_COLUMNS = (
    *("number", "name", "department", "result", "reason"),
    *("sent_at", "answered_at", "told_at", "told_by"),
)


def names(notice_id: int, kind: str, found: Sequence[Somebody], number: int, total: int, t: Translator) -> Outgoing:
    """A page of one list."""
    pages = pages_of(total)
    lines = [f"<b>{t('deliveries-names-title', kind=kind, count=total)}</b>", ""]
    lines += [_line(person, kind, t) for person in found]
    if pages > 1:
        lines += ["", t("deliveries-names-page", page=number + 1, pages=pages)]

    around = turns(number, pages, lambda to: Delivery(act=f"names-{kind}", id=notice_id, page=to).pack(), t)
    back = press("names", notice_id, t)
    return Outgoing("\n".join(lines), (*around, (back, press("back", notice_id, t))))


def _line(person: Somebody, kind: str, t: Translator) -> str:
    who = {"who": _called(person, t), "department": clip(person.department, PATH)}
    if kind in ("failed", "skipped"):
        return t("deliveries-names-line-reason", reason=t.plain("deliveries-reason", reason=person.reason), **who)
    return t("deliveries-names-line", **who)


def _called(person: Somebody, t: Translator) -> Html:
    return called(clip(person.name, NAME), clip(person.staff_number, NAME), t)


# In person


def telling(found: Telling, t: Translator, notice_title: str, zone: dt.tzinfo | None, head: str = "") -> Outgoing:
    number = found.notice.id

    def list_at(department_id: int, page: int = 0) -> str:
        return Tell(act="list", id=number, of=department_id, page=page).pack()

    lines = [head, ""] if head else []
    lines += [t("tellings-head", id=number), t("tellings-title", title=notice_title)]
    if found.corrected:
        lines.append(t("tellings-corrected", at=moment_text(found.corrected, t, weekday=False)))
    lines.append("")
    if not found.places:
        return Outgoing("\n".join([*lines, t("tellings-nobody")]), ((press("back", number, t),),))
    rows: list[tuple[Button, ...]]
    if found.department_id:
        lines += [t("tellings-department", department=clip(found.department, PATH)), t("tellings-how"), ""]
        lines += [_person(person, found, zone, t) for person in found.people]
        rows = [(_tick(person, found, t),) for person in found.people]
    else:
        here, _, _ = page_of(found.places, found.number)
        lines.append(t("tellings-how"))
        rows = [(_place(number, place, t),) for place in here]
    if found.pages > 1:
        lines += ["", t("deliveries-names-page", page=found.number + 1, pages=found.pages)]
        rows += turns(found.number, found.pages, lambda to: list_at(found.department_id, to), t)
    up = list_at(0)
    several = found.department_id and len(found.places) > 1
    back = button(t.plain("deliveries-button-back"), up) if several else press("back", number, t)
    return Outgoing("\n".join(lines), (*rows, (back,)))


def _person(person: Somebody, found: Telling, zone: dt.tzinfo | None, t: Translator) -> str:
    who = _called(person, t)
    if person.told_at is None:
        return t("tellings-person", reason=why(person, t), who=who)
    told = moment_text(time_of(person.told_at, zone).isoformat(), t)
    by = found.tellers.get(person.told_by or 0)
    return (
        t("tellings-person-told", by=by, when=told, who=who)
        if by
        else t("tellings-person-told-office", when=told, who=who)
    )


def why(person: Somebody, t: Translator) -> str:
    """Why somebody was not reached. He may be bound by now, which does not bring him the notice."""
    if person.state == "unknown":
        return t.plain("tellings-reason-unknown")
    reason = t.plain("deliveries-reason", reason=person.reason)
    return t.plain("tellings-reason-then", reason=reason) if person.reason in THEN else reason


def _tick(person: Somebody, found: Telling, t: Translator) -> Button:
    key = "tick" if person.told_at is None else "untick"
    data = Tell(act="told" if key == "tick" else "untold", id=found.notice.id, of=person.person_id, page=found.number)
    return button(t.plain(f"tellings-button-{key}", name=person.name), data.pack())


def _place(notice_id: int, place: tuple[int, str, int, int], t: Translator) -> Button:
    department_id, path, count, told = place
    label = t.plain("tellings-place", department=path[-24:], count=count, told=told)
    return button(html.escape(label), Tell(act="list", id=notice_id, of=department_id).pack())


def waiting(found: Sequence[tuple[int, str, int]], t: Translator) -> Outgoing:
    """Of which notices somebody has still to be told."""
    if not found:
        return Outgoing(t("tellings-waiting-none"))
    lines = [t("tellings-waiting", count=len(found))]
    lines += [t("tellings-waiting-line", id=number, title=title, count=left) for number, title, left in found[:PAGE]]
    rows = [
        (button(t.plain("tellings-button-open", id=number, count=left), Tell(act="list", id=number).pack()),)
        for number, _, left in found[:PAGE]
    ]
    return Outgoing("\n".join(lines), tuple(rows))


# As a table


async def table(
    facts: Mapping[str, Any],
    found: Sequence[Somebody],
    tellers: Mapping[int, str],
    zone: dt.tzinfo | None,
    t: Translator,
) -> Outgoing:
    """The sums and everybody within sight, in the order of the departments."""
    overview = Sheet(
        t.plain("deliveries-sheet-overview"), [], [24, 40], ["label", "text"], list(_overview(facts, found, t))
    )
    people = Sheet(
        t.plain("deliveries-sheet-people"),
        [_label(name, t) for name in PERSON_COLUMNS],
        widths=[14, 12, 30, 10, 20, 18, 18, 18, 12],
        kinds=["text"] * len(PERSON_COLUMNS),
        rows=(_row(person, tellers, zone, t) for person in found),
        landscape=True,
    )
    try:
        data = await sheets.workbook([overview, people])
    except (ChildFailed, TimeoutError) as problem:
        log.error("a table could not be made: %s", problem)
        return Outgoing(t("deliveries-sheet-failed"))
    title = t.plain("deliveries-sheet-name", id=facts["notice"])
    return Outgoing(html.escape(title), document=File(f"{title}.xlsx", data))


def _label(what: str, t: Translator) -> str:
    return t.plain("deliveries-sheet-label", what=what)


def _moment(iso: str) -> str:
    """A table is kept, so it has the whole date."""
    return f"{dt.datetime.fromisoformat(iso):%Y-%m-%d %H:%M}"


def _overview(facts: Mapping[str, Any], found: Sequence[Somebody], t: Translator) -> Iterator[Sequence[Cell]]:
    state = "recalled" if facts["recalled"] else facts["state"]
    yield _label("title", t), facts["title"]
    yield _label("at", t), _moment(facts["at"])
    yield _label("state", t), t.plain("deliveries-state", state=state)
    yield _label("total", t), (len(found), "int")
    for fate in OUTSIDE:
        if "fates" in facts:
            yield _label(fate, t), (facts["fates"].get(fate, 0), "int")
    for one in facts.get("rounds", ()):
        yield t.plain("deliveries-sheet-sum", why=one["why"], when=_moment(one["at"])), ""
        for name in ("planned", "sent", "failed", "skipped", "unknown", "left"):
            yield _label(name, t), (one[name], "int")
    for name in ("answered", "telling", "told"):
        yield _label(name, t), (facts["people"][name], "int")


def _row(person: Somebody, tellers: Mapping[int, str], zone: dt.tzinfo | None, t: Translator) -> Sequence[Cell]:
    def moment(at: int | None) -> str:
        return _moment(time_of(at, zone).isoformat()) if at else ""

    reasoned = person.state in ("failed", "skipped") and person.reason
    return (
        person.staff_number,
        person.name,
        person.department,
        t.plain("deliveries-sheet-result", state=person.state),
        t.plain("deliveries-reason", reason=person.reason) if reasoned else "",
        moment(person.sent_at),
        moment(person.answered_at),
        moment(person.told_at),
        tellers.get(person.told_by or 0, ""),
    )
