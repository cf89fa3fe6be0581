"""Personal invites on paper: which department, how many, and the sheet of QR codes to cut up and hand out."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot import files
from bot.frames import frame
from bot.i18n import Translator
from bot.services.effects import Outcome
from bot.services.slips import Slip
from bot.views.callbacks import SlipPress
from bot.views.parts import Button, File, Outgoing, button, column, turns

Facts = Mapping[str, Any]
_SLIPS_A_FRAME = 100


def press(text: str, act: str, department_id: int = 0, page: int = 0) -> Button:
    return button(text, SlipPress(act=act, id=department_id, page=page).pack())


def outcome(result: Outcome, t: Translator) -> Outgoing:
    facts = result.facts
    match result.name:
        case "slips-list":
            return _list(facts, t)
        case "slips-sure":
            yes, no = press(t("slips-button-yes"), "make", facts["id"]), press(t("people-button-no"), "list")
            return Outgoing(t("slips-sure", **facts), ((yes,), (no,)))
        case "slips-revoked":
            return Outgoing(t("slips-revoked", count=facts["count"]))
        case _:
            return Outgoing(t(result.name), ((press(t("slips-button-list"), "list"),),))


def _list(facts: Facts, t: Translator) -> Outgoing:
    page, pages = facts["page"], facts["pages"]
    if not facts["lines"]:
        return Outgoing(t("slips-everybody"))
    names = [
        press(t("slips-line", department=one["path"], count=one["people"]), "sure", one["id"]) for one in facts["lines"]
    ]
    around = turns(page, pages, lambda to: SlipPress(act="list", id=0, page=to).pack(), t)
    end = ((press(t("slips-button-revoke"), "revoke"),),) if facts["open"] else ()
    return Outgoing(t("slips-head", page=page + 1, pages=pages), (*column(names), *around, *end))


async def sheet(slips: Sequence[Slip], org: str, username: str, until: str, left: int, t: Translator) -> Outgoing:
    """One document; a slip has no name on it: whoever finds one cannot use it."""
    name = t.plain("slips-name")
    rows = [
        [
            f"https://t.me/{username}?start={one.code}",
            org,
            t.plain("slips-for", department=one.department, number=one.staff_number),
            *t.plain("slips-how", until=until).splitlines(),
        ]
        for one in slips
    ]
    pieces = [rows[at : at + _SLIPS_A_FRAME] for at in range(0, len(rows), _SLIPS_A_FRAME)]
    data = await files.in_child("slips", [frame({"sheet": name}), *map(frame, pieces)], seconds=120)
    text = t("slips-made", count=len(slips), until=until)
    if left:
        text += "\n" + t("slips-left", count=left)
    return Outgoing(text, document=File(f"{name}.xlsx", data))
