"""What is kept and why, leaving, and all of one's data as files."""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.domain.access import Actor
from bot.files import ChildFailed
from bot.i18n import Html, Translator
from bot.services.effects import Outcome
from bot.views import sheets
from bot.views.callbacks import Erase, Leave, Renew
from bot.views.menu import with_menu
from bot.views.parts import File, Outgoing, button, clock, date_text
from bot.views.sheets import Sheet

log = logging.getLogger("privacy")

Export = Mapping[str, Sequence[Mapping[str, Any]]]
# Columns of the program's own words, and whose texts else say what they mean. What stands in any other column was
# written by people, or is of no use to them: it stays as it is.
CODES = dict.fromkeys(
    (
        *("state", "from_state", "to_state", "missing_state", "act", "kind", "fate", "file_kind", "language", "by"),
        *("decided_by", "granted_by", "revoked_by", "ended_by", "told_by", "created_by", "approved_by", "authority"),
        *("for_whom", "about", "reason"),
    ),
    "",
) | {
    "role": "role",
    "status": "status",
    "action": "audit-action",
    "plan": "schedule-kind",
    "messages.kind": "schedule-kind",
    "messages.state": "status-state",
    "import_changes.act": "roster-kind",
    "notice_changes.act": "audit-action-notice",
}
# Of these one text has all the words, and another for what is none of them.
CHOSEN = {
    ("notices", "state"): ("notices-state", "state"),
    ("messages", "reason"): ("deliveries-reason", "reason"),
    ("occurrences", "reason"): ("deliveries-reason", "reason"),
}
YES_OR_NO = {"muted", "reachable", "answer", "important", "outside_hours", "telling"}
MINUTES_OF_A_DAY, MANY_COLUMNS = 24 * 60, 5


def text(org: str, found: Outcome, t: Translator) -> Outgoing:
    notice = Html(t("privacy-notice", org=org, version=found.facts["version"]))
    consent = {name: value for name, value in found.facts.items() if name != "version"}
    if "day" in consent:
        consent["day"] = date_text(consent["day"], t, weekday=False)
    return Outgoing(t("privacy-text", notice=notice, consent=Html(t(found.name, **consent))))


def not_kept(kind: str, t: Translator) -> Outgoing:
    """An ID number or a mobile number was sent."""
    return Outgoing(t("privacy-not-kept", kind=kind))


def ask_again(org: str, version: int, t: Translator) -> Outgoing:
    """The notice has changed since this person agreed."""
    notice = Html(t("privacy-notice", org=org, version=version))
    choices = [(True, "privacy-button-agree"), (False, "privacy-button-decline")]
    buttons = tuple(button(t(key), Renew(yes=yes, version=version).pack()) for yes, key in choices)
    return Outgoing(t("privacy-changed", notice=notice), (buttons,))


def renewed(found: Outcome, t: Translator) -> Outgoing:
    return Outgoing(t(found.name))


def ask_leave(given: int, t: Translator) -> Outgoing:
    choices = [(True, "leave-confirm"), (False, "leave-stay")]
    erase = button(t("leave-button-erase"), Erase(yes=False, given=given).pack())
    return Outgoing(
        t("leave-ask"), (tuple(button(t(key), Leave(yes=yes, given=given).pack()) for yes, key in choices), (erase,))
    )


def ask_erase(given: int, t: Translator) -> Outgoing:
    choices = [
        button(t("leave-button-erase-yes"), Erase(yes=True, given=given).pack()),
        button(t("leave-stay"), Leave(yes=False, given=given).pack()),
    ]
    return Outgoing(t("leave-ask-erase"), tuple((one,) for one in choices)).edited()


def left(found: Outcome, actor: Actor, t: Translator) -> Outgoing:
    """`actor` as he is afterwards: the menu shrinks with the rights."""
    return (
        with_menu(t(found.name), actor, t) if found.name in ("leave-done", "leave-erased") else Outgoing(t(found.name))
    )


def stayed(t: Translator) -> Outgoing:
    return Outgoing(t("leave-stayed")).edited()


async def files(found: Export, stamp: str, t: Translator) -> tuple[Outgoing, Outgoing]:
    """The same twice: for people in words, for programs as it is stored."""
    raw = json.dumps(found, ensure_ascii=False, indent=1).encode()
    name = t.plain("mydata-file", stamp=stamp)
    stored = Outgoing(t("mydata-json"), document=File(f"{name}.json", raw))
    try:
        data = await workbook(found, t)
    except (ChildFailed, TimeoutError) as problem:
        log.error("a table of somebody's own data could not be made: %s", problem)
        return Outgoing(t("mydata-no-table")), stored
    return Outgoing(t("mydata-xlsx"), document=File(f"{name}.xlsx", data)), stored


async def workbook(found: Export, t: Translator) -> bytes:
    """A sheet for each section that has anything; the first one names the others. Everything is text."""
    names = {section: t.plain(f"mydata-section-{section.replace('_', '-')}") for section in found}
    lines = [t.plain("mydata-about")]
    if nothing := [names[section] for section, rows in found.items() if not rows]:
        lines.append(t.plain("mydata-about-nothing", names=t.listed(nothing)))
    about = Sheet(t.plain("mydata-about-sheet"), [], [90], ["wrapped"], [[line] for line in lines])
    return await sheets.workbook([about, *(_sheet(s, names[s], rows, t) for s, rows in found.items() if rows)])


def _sheet(section: str, name: str, rows: Sequence[Mapping[str, Any]], t: Translator) -> Sheet:
    titles = [t.plain(f"mydata-column-{column.replace('_', '-')}") for column in rows[0]]
    cells = [[cell(section, column, value, t) for column, value in row.items()] for row in rows]
    return Sheet(name, titles, [18] * len(titles), ["text"] * len(titles), cells, landscape=len(titles) > MANY_COLUMNS)


def cell(section: str, column: str, value: Any, t: Translator) -> str:
    if column == "at" or column.endswith("_at"):
        return str(value or "").replace("T", " ")[:16]
    if column.endswith("_minute") and value is not None and 0 <= value < MINUTES_OF_A_DAY:
        return clock(value)
    if column in YES_OR_NO and value in (0, 1):
        return t.plain("mydata-yes" if value else "mydata-no")
    if isinstance(value, str):
        return _word(section, column, value, t)
    return "" if value is None else str(value)


def _word(section: str, column: str, value: str, t: Translator) -> str:
    """The first text that knows this word; a word that none knows stays as it stands."""
    if value and (section, column) in CHOSEN:
        text, argument = CHOSEN[section, column]
        said = t.plain(text, **{argument: value})
        return value if said == t.plain(text, **{argument: "?"}) else said
    return next((t.plain(key) for key in _keys(section, column, value) if t.has(key)), value)


def _keys(section: str, column: str, value: str) -> Iterator[str]:
    if column == "note" and value.startswith("#"):
        yield f"review-reason-{value[1:]}"
    theirs = CODES.get(f"{section}.{column}", CODES.get(column))
    if not value or theirs is None:
        return
    section, word = section.replace("_", "-"), value.replace("_", "-").replace(":", "-")
    yield from (f"{theirs}-{value}", f"{theirs}-{word}") if theirs else ()
    yield f"mydata-value-{section}-{word}"
    yield f"mydata-value-{word}"
    yield f"mydata-value-{section}-{word.partition('-')[0]}"  # notice-finished is about a notice, claim:7 a claim
