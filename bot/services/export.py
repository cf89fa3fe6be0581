"""The ledger of a period, for the office to hand in: every check-in, every person, every department."""

import asyncio
import contextlib
import datetime as dt
import unicodedata
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.domain import periods
from bot.domain.access import Action, can
from bot.domain.campaign import Campaign
from bot.domain.hours import Act, Rounding, WorkingDays
from bot.domain.participation import Line, Member, Report, every_line, summarise
from bot.domain.periods import Period
from bot.services import campaign as campaigns
from bot.services.cards import draft_of, flags_by, made_on
from bot.services.effects import Outcome
from bot.services.reports import Asker
from storage import departments, export, reports
from storage.engine import Database, Tx
from storage.export import Decided, Recorded, Served
from storage.records import Checkin, CheckinState, Department, PersonStatus

MOST = 300_000  # check-ins in one workbook: what its maker has memory for, and about what Telegram takes
DECISIONS = frozenset({Act.CONFIRM, Act.RETURN, Act.ASK, Act.VOID})


@dataclass(frozen=True, slots=True)
class Entry:
    """A check-in with its flags and who decided over it as it stands."""

    recorded: Recorded
    flags: Sequence[str]
    decided: Sequence[Decided]


@dataclass(frozen=True, slots=True)
class Ledger:
    """One period, in one moment of the database."""

    period: Period
    campaign: Campaign
    calendar: WorkingDays
    asker: Asker
    report: Report  # the unit's total
    lines: Sequence[tuple[Department, Line]]
    people: Sequence[Served]
    owners: frozenset[int]  # accounts that may have decided without being on the roster
    tx: Tx

    @property
    def rounding(self) -> Rounding:
        return Rounding(self.campaign.rounding)

    async def entries(self) -> AsyncIterator[Sequence[Entry]]:
        """By date and staff number, a piece at a time; those of one person on one date are never parted."""
        ids = await export.list_ids(self.tx, self.period.start, self.period.end)
        held: list[Recorded] = []
        for at in range(0, len(ids), export.PIECE):
            held += await export.list_recorded(self.tx, ids[at : at + export.PIECE])
            last = _whose(held[-1])
            whole = [one for one in held if _whose(one) != last]
            held = held[len(whole) :]
            yield await self._looked_at(whole)
        yield await self._looked_at(held)

    async def _looked_at(self, found: Sequence[Recorded]) -> Sequence[Entry]:
        decided: dict[int, list[Decided]] = {}
        for one in await export.list_decided(self.tx, [r.checkin.id for r in found]) if found else ():
            decided.setdefault(one.checkin_id, []).append(one)
        stretches = [one.checkin for one in found if one.checkin.starts_at is not None]
        near: dict[int, list[Checkin]] = {}
        for other in await export.list_across_midnight(self.tx, stretches) if stretches else ():
            near.setdefault(other.person_id, []).append(other)
        return [
            Entry(
                one,
                self._flags(one, list(day), near.get(one.checkin.person_id, [])),
                _reviewed(one, decided.get(one.checkin.id, ())),
            )
            for _, group in groupby(found, _whose)
            for day in [tuple(group)]
            for one in day
        ]

    def _flags(self, one: Recorded, day: Iterable[Recorded], near: Iterable[Checkin]) -> Sequence[str]:
        record = one.checkin
        others = [other.checkin for other in day if other is not one]
        others += [other for other in near if other.service_date != record.service_date]
        since = max(made_on(record, self.asker.now), record.service_date)
        return sorted(flags_by(self.calendar, draft_of(record), others, self.campaign, since))


def _whose(one: Recorded) -> tuple[int, dt.date]:
    return one.checkin.person_id, one.checkin.service_date


def _reviewed(one: Recorded, changes: Sequence[Decided]) -> Sequence[Decided]:
    """What its present state rests on, the earliest first: two votes, or the one decision; changes: latest first."""
    record = one.checkin
    if record.state is CheckinState.SUBMITTED:
        return [c for c in reversed(changes) if c.act == Act.CONFIRM and c.version == record.version]
    found: list[Decided] = []
    for change in changes:
        if change.act == "photo":
            continue
        if change.act not in DECISIONS or (found and change.act != Act.CONFIRM):
            break
        found.append(change)
        if change.act != Act.CONFIRM:
            break
    return found[::-1]


async def choose(db: Database, asker: Asker, text: str) -> Period | Outcome:
    """The period that was asked for, or why there is no ledger of it."""
    if not can(asker.actor, Action.EXPORT):
        return Outcome("error-stale")
    period = periods.parse(" ".join(unicodedata.normalize("NFKC", text).split()), asker.today)
    if period is None:
        return Outcome("export-unclear", {"text": text})
    if period.start > asker.today:
        return Outcome("export-future", {"period": period.key})
    async with db.read(long=True) as tx:
        count = await export.count_checkins(tx, period.start, period.end)
    if count > MOST:
        return Outcome("export-too-many", {"period": period.key, "count": count, "most": MOST})
    return period


@contextlib.asynccontextmanager
async def opened(db: Database, asker: Asker, period: Period, owners: frozenset[int]) -> AsyncIterator[Ledger]:
    """The ledger as long as it is being read."""
    async with db.read(long=True) as tx:
        day = period.as_of(asker.today)
        campaign = await campaigns.as_of(tx, await campaigns.load(tx), day)
        tree = list(await departments.list_all(tx, closed=True))
        rows = await reports.list_members(tx, "", day, period.start, period.end)
        hours = await reports.list_hours(tx, "", period.start, period.end)

        def counted() -> tuple[Report, Sequence[tuple[Department, Line]]]:
            members = [Member(person, place, PersonStatus(status)) for person, place, status, _ in rows]
            came = {person for person, _, _, took_part in rows if took_part}
            org = campaign.name or asker.org
            small = campaign.small_department
            report = summarise(
                tree, members, came, hours, org=org, period=period, target=campaign.target, as_of=day, small=small
            )
            return report, every_line(tree, members, came, hours)

        report, lines = await asyncio.to_thread(counted)
        people = await export.list_served(tx, day, period.start, period.end)
        calendar = await campaigns.load_calendar(tx)
        yield Ledger(period, campaign, calendar, asker, report, lines, people, owners, tx)
