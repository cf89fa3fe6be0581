"""The ledger as a workbook: check-ins, people, departments, and what the figures mean."""

import asyncio
import logging
import re
from collections.abc import Iterable, Iterator, Sequence

from bot.clock import time_of
from bot.domain.hours import Flag, Rounding, decimal_hours
from bot.domain.periods import from_key
from bot.files import ChildFailed
from bot.i18n import Translator
from bot.services.effects import Outcome
from bot.services.export import Entry, Ledger
from bot.views import errors, sheets
from bot.views.callbacks import ExportPress, RosterPress
from bot.views.parts import Button, File, Outgoing, Rows, button, clip, column
from bot.views.reports import CHOICES, long_date, period_name, sheet_words
from bot.views.sheets import Cell, Sheet
from storage.export import Decided, Served
from storage.records import CheckinState

log = logging.getLogger("export")

LARGEST = 50 * 1024 * 1024  # the most a bot may send
SECONDS, MEMORY = 600, 3072  # of the child that makes the largest one
ENTRY_COLUMNS = (
    *("id", "date", "department", "number", "name", "hours", "minutes", "text", "state"),
    *("reviewer", "reviewed", "flags", "late"),
)
ENTRY_WIDTHS = (8, 12, 28, 12, 12, 14, 8, 40, 10, 18, 18, 24, 24)
ENTRY_KINDS = ("number", "date", *["text"] * 3, "hours", "int", *["text"] * 3, "moment", *["text"] * 2)
PERSON_COLUMNS = ("department", "number", "name", "status", "hours", "minutes", "times")


def ask(t: Translator) -> Outgoing:
    """Which period; beside it the roster, so that all there is to take along stands in one place."""
    return Outgoing(t("export-head"), (*_periods(t), (_roster(t),)))


def _periods(t: Translator) -> Rows:
    choices = [button(t(f"reports-{word.replace(' ', '-')}"), ExportPress(period=word).pack()) for word in CHOICES]
    return column(choices, 3)


def _roster(t: Translator) -> Button:
    return button(t("roster-button-export"), RosterPress(act="export").pack())


def nothing(outcome: Outcome, t: Translator) -> Outgoing:
    """No ledger, and what to do instead."""
    facts = outcome.facts
    if outcome.name == "error-stale":
        return errors.stale(t)
    if outcome.name == "export-unclear":
        return Outgoing(t(outcome.name, text=clip(facts["text"], 40)), (*_periods(t), (_roster(t),)))
    period = from_key(facts["period"])
    assert period is not None, facts
    more = {name: fact for name, fact in facts.items() if name != "period"}
    return Outgoing(t(outcome.name, period=period_name(period, t), **more), _periods(t))


# The workbook


async def packed(ledger: Ledger, t: Translator) -> list[bytes]:
    """All of it, as the child takes it; read piece by piece, so that everybody else is served between two of them."""
    first = Sheet(
        t.plain("export-sheet-entries"), _titles(ENTRY_COLUMNS, t), ENTRY_WIDTHS, ENTRY_KINDS, (), landscape=True
    )
    pieces, words = list(sheets.packed(first)), _Words(ledger, t)
    async for entries in ledger.entries():
        await _add(pieces, sheets.packed_rows(map(words.row, entries)))
    for sheet in (_people(ledger, t), _departments(ledger, t), _definitions(ledger, t)):
        await _add(pieces, sheets.packed(sheet))
    return pieces


async def _add(pieces: list[bytes], more: Iterable[bytes]) -> None:
    for piece in more:
        pieces.append(piece)
        await asyncio.sleep(0)


async def document(ledger: Ledger, pieces: list[bytes], t: Translator) -> Outgoing:
    """The file, or where it is too big what to do."""
    period = period_name(ledger.period, t)
    try:
        data = await sheets.bound(pieces, SECONDS, MEMORY)
    except (ChildFailed, TimeoutError) as problem:
        log.error("a ledger could not be made: %s", problem)
        return Outgoing(t("export-failed", period=period), _periods(t))
    if len(data) > LARGEST:
        return Outgoing(t("export-too-big", period=period, size=len(data) >> 20), _periods(t))
    name = re.sub(r'[\\/:*?"<>|\s]+', "-", t.plain("export-file", period=period))
    total = ledger.report.total
    hours = decimal_hours(total.minutes, ledger.rounding)
    text = t("export-done", period=period, people=len(ledger.people), times=total.times, hours=hours)
    return Outgoing(text, document=File(f"{name}.xlsx", data))


def _titles(names: Iterable[str], t: Translator) -> list[str]:
    return [t.plain("export-column", name=name) for name in names]


class _Words:
    """The words of a hundred thousand rows, looked up once."""

    def __init__(self, ledger: Ledger, t: Translator) -> None:
        self._rounding, self._owners, self._zone = ledger.rounding, ledger.owners, ledger.asker.now.tzinfo
        self._states = {state: t.plain("export-state", state=state.value) for state in CheckinState}
        self._flags = {flag.value: t.plain("export-flag", flag=flag.value) for flag in Flag}
        self._comma, self._owner, self._nobody = (t.plain(k) for k in ("list-comma", "export-owner", "export-nobody"))

    def row(self, entry: Entry) -> Sequence[Cell]:
        one, record = entry.recorded, entry.recorded.checkin
        return (
            record.id,
            record.service_date.isoformat(),
            one.path,
            one.staff_number,
            one.name,
            float(decimal_hours(record.minutes, self._rounding)),
            record.minutes,
            record.text,
            self._states[record.state],
            " / ".join(self._who(decided) for decided in entry.decided),
            " / ".join(self._when(decided) for decided in entry.decided) or None,
            self._comma.join(self._flags[flag] for flag in entry.flags),
            record.late_reason,
        )

    def _who(self, decided: Decided) -> str:
        return decided.name or (self._owner if decided.user_id in self._owners else self._nobody)

    def _when(self, decided: Decided) -> str:
        at = time_of(decided.at, self._zone)
        return at.isoformat(" ", "minutes")[:16]


def _people(ledger: Ledger, t: Translator) -> Sheet:
    def row(person: Served) -> Sequence[Cell]:
        return (
            person.path,
            person.staff_number,
            person.name,
            t.plain(f"status-{person.status}" if person.status else "export-nobody"),
            float(decimal_hours(person.minutes, ledger.rounding)),
            person.minutes,
            person.times,
        )

    total = ledger.report.total
    hours = float(decimal_hours(total.minutes, ledger.rounding))
    kinds = (*["text"] * 4, "hours", "int", "int")
    sums = sheets.bold((t.plain("export-total"), None, None, None, hours, total.minutes, total.times), kinds)
    rows = (*(row(person) for person in ledger.people), sums)
    titles, widths = _titles(PERSON_COLUMNS, t), (28, 12, 12, 10, 14, 8, 8)
    return Sheet(t.plain("export-sheet-people"), titles, widths, kinds, rows)


def _departments(ledger: Ledger, t: Translator) -> Sheet:
    report, words = ledger.report, sheet_words(ledger.report, t)

    def rows() -> Iterator[Sequence[Cell]]:
        for department, line in ledger.lines:
            yield department.path, *sheets.figures(line, report, words, ledger.rounding)
        sums = words.total, *sheets.figures(report.total, report, words, ledger.rounding)
        yield sheets.bold(sums, sheets.REPORT_KINDS)

    titles = [words.department, *sheets.headings(words)]
    return Sheet(words.departments_sheet, titles, sheets.REPORT_WIDTHS, sheets.REPORT_KINDS, rows(), landscape=True)


def _definitions(ledger: Ledger, t: Translator) -> Sheet:
    report, campaign = ledger.report, ledger.campaign
    span = {"from": long_date(ledger.period.start, t), "until": long_date(ledger.period.end, t)}
    lines = [
        t.plain(
            "export-about-head",
            org=report.org,
            period=period_name(ledger.period, t),
            day=long_date(report.as_of, t),
            **span,
        ),
        t.plain("export-about-entries"),
        t.plain("export-about-reviewed"),
        t.plain("export-about-flags", cap=decimal_hours(campaign.cap_day, Rounding.EXACT), late=campaign.late_days),
        t.plain("export-about-people"),
        t.plain("export-about-departments"),
        t.plain("export-about-rate", target=report.target),
        t.plain("export-about-hours"),
        t.plain("export-about-rounding", rounding=ledger.rounding.value),
        t.plain("export-about-names", names="codes" if campaign.codes_instead_of_names else "names"),
    ]
    return Sheet(t.plain("export-sheet-definitions"), [], [100], ["wrapped"], [[line] for line in lines])
