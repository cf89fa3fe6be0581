"""Personal invites on paper: which department, how many, and the sheet of QR codes to cut up and hand out."""

from collections.abc import Mapping
from typing import Any

from bot import files
from bot.frames import frame
from bot.i18n import Translator
from bot.services.effects import Outcome
from bot.services.slips import Made
from bot.views.callbacks import SlipPress
from bot.views.parts import Button, File, Outgoing, Rows, button, column, turns
from bot.views.registration import link
from bot.views.reports import long_date

Facts = Mapping[str, Any]
_SLIPS_A_FRAME = 100


def press(text: str, act: str, department_id: int = 0, of: int = 0) -> Button:
    return button(text, SlipPress(act=act, id=department_id, of=of).pack())


def outcome(result: Outcome, t: Translator) -> Outgoing:
    facts = result.facts
    match result.name:
        case "slips-list":
            return _list(facts, t)
        case "slips-sure":
            said = {name: facts[name] for name in ("department", "count", "days")}
            return Outgoing(t("slips-sure", **said), _sure("slips-button-yes", facts, t))
        case "slips-again":
            return Outgoing(t("slips-again", department=facts["department"]), _sure("slips-button-again", facts, t))
        case "slips-revoked":
            return Outgoing(t("slips-revoked", count=facts["count"]))
        case _:
            return Outgoing(t(result.name), ((press(t("slips-button-list"), "list"),),))


def _sure(label: str, facts: Facts, t: Translator) -> Rows:
    yes, no = press(t(label), "make", facts["id"], facts["seen"]), press(t("people-button-no"), "list")
    return ((yes,), (no,))


def done(t: Translator) -> Outgoing:
    """In place of the question: the sheet stands below it."""
    return Outgoing(t("slips-done"), ((press(t("slips-button-list"), "list"),),))


def _list(facts: Facts, t: Translator) -> Outgoing:
    page, pages = facts["page"], facts["pages"]
    if not facts["lines"]:
        return Outgoing(t("slips-everybody"))
    names = [
        press(t("slips-line", department=one["path"], count=one["people"]), "sure", one["id"]) for one in facts["lines"]
    ]
    around = turns(page, pages, lambda to: SlipPress(act="list", of=to).pack(), t)
    end = ((press(t("slips-button-revoke"), "revoke"),),) if facts["open"] else ()
    return Outgoing(t("slips-head", page=page + 1, pages=pages), (*column(names), *around, *end))


async def sheet(made: Made, username: str, t: Translator) -> Outgoing:
    """One document; a slip has no name on it: whoever finds one cannot use it."""
    name, until = t.plain("slips-name"), long_date(made.until, t)
    rows = [
        [
            link(username, one.code),
            made.org,
            t.plain("slips-for", department=one.department, number=one.staff_number),
            *t.plain("slips-how", until=until).splitlines(),
        ]
        for one in made.slips
    ]
    pieces = [rows[at : at + _SLIPS_A_FRAME] for at in range(0, len(rows), _SLIPS_A_FRAME)]
    data = await files.in_child("slips", [frame({"sheet": name}), *map(frame, pieces)], seconds=120)
    text = t("slips-made", count=len(made.slips), until=until)
    if made.left:
        text += "\n" + t("slips-left", count=made.left)
    return Outgoing(text, document=File(f"{name}.xlsx", data))
