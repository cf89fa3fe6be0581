"""Who is on the roster, a page at a time: each with the way to his record."""

import html
from collections.abc import Sequence

from bot.domain.pages import pages_of
from bot.i18n import Html, Translator
from bot.views.callbacks import MembersPress, Record
from bot.views.parts import Outgoing, Rows, button, column, labelled, turns
from storage.records import Person

KINDS = ("all", "unbound", "unreachable")
Line = tuple[Person, str, bool | None]  # with the department's path, and whether the bot can reach him


def members(rows: Sequence[Line], total: int, kind: str, page: int, search: str, t: Translator) -> Outgoing:
    pages = pages_of(total)
    head = t("members-head", total=total, kind=kind)
    lines = [t("members-head-paged", head=Html(head), page=page + 1, pages=pages) if pages > 1 else head]
    if search:
        lines.append(t("members-search", search=search))
    path = None
    for person, department, reachable in rows:
        if department != path:
            path = department
            lines += ["", f"<b>{html.escape(department, quote=False)}</b>"]
        lines.append(_line(person, reachable, t))
    lines += ["", t("members-legend")] if rows else ["", t("members-none")]
    if search:
        lines.append(t("members-next"))
    people = [
        button(labelled(p.name, p.staff_number), Record(person=p.id, month="", page=0).pack())
        for p, _department, _ in rows
    ]
    return Outgoing("\n".join(lines), (*column(people, 2), *_turns(total, kind, page, bool(search), t)))


def _line(person: Person, reachable: bool | None, t: Translator) -> str:
    mark = {None: "○", True: "●", False: "✕"}[reachable]
    role = t(f"role-{person.role.value}") if person.role.value != "staff" else ""
    status = t(f"status-{person.status.value}") if person.status.value != "active" else ""
    more = t.listed(part for part in (role, status) if part)
    known = {
        "mark": mark,
        "number": person.staff_number,
        "name": "" if person.name == person.staff_number else person.name,
    }
    return t("members-line-more", **known, more=Html(more)) if more else t("members-line", **known)


def _turns(total: int, kind: str, page: int, searched: bool, t: Translator) -> Rows:
    around = turns(page, pages_of(total), lambda to: MembersPress(kind=kind, page=to).pack(), t)
    kinds = [
        button(("✓ " if one == kind else "") + t(f"members-kind-{one}"), MembersPress(kind=one, page=0).pack())
        for one in KINDS
    ]
    find = button(t("members-button-find"), MembersPress(kind="find", page=0).pack())
    everybody = button(t("members-button-everybody"), MembersPress(kind="clear", page=0).pack())
    return (*around, *column([*kinds, find], 2), *(((everybody,),) if searched else ()))


def ask(t: Translator) -> Outgoing:
    return Outgoing(t("members-ask"))
