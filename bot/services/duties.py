"""The morning message: the phrase and the duty of each working day, planned once per date."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot import content
from bot.clock import instant
from bot.domain.access import Action, Actor, can
from bot.domain.calendar import Calendar, local_instant
from bot.domain.campaign import Campaign
from bot.domain.rotation import duty_of, phrase_of
from bot.services import campaign as campaigns
from bot.services import content as contents
from bot.services.effects import Outcome, effect
from bot.services.outbox import UNASKED, WORK
from bot.services.work import working_moment
from storage import accounts, duties, marks, occurrences, outbox, plans
from storage.duties import DayContent
from storage.engine import Database, Tx
from storage.occurrences import Occurrence
from storage.outbox import Intent

MORNING, CALENDAR, PREVIEWED = "morning", "calendar", "morning-previewed"
ONE_DAY, ONE_WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
TAPS = ("read", "done")


@dataclass(frozen=True, slots=True)
class Timetable:
    """When the message of a date is due, and from when on it is too late."""

    campaign: Campaign
    calendar: Calendar
    zone: str

    def due(self, day: dt.date) -> dt.datetime:
        return self._at(day, self.campaign.morning_at)

    def late(self, day: dt.date) -> dt.datetime:
        return self._at(day, self.campaign.work_until)

    def _at(self, day: dt.date, minute: int) -> dt.datetime:
        return local_instant(day, dt.time(minute // 60, minute % 60), self.zone)


@dataclass(frozen=True, slots=True)
class Due:
    """What the planner has to do at this moment."""

    today: dt.date | None  # its message is to be sent now
    missed: Sequence[dt.date]
    over: Sequence[Occurrence]
    unpublished: tuple[dt.date, int] | None  # the Monday, and the year whose holidays are not known
    watched: dt.date
    moved: bool  # whether `watched` is news

    def __bool__(self) -> bool:
        return bool(self.today or self.missed or self.over or self.unpublished or self.moved)


async def plan_due(db: Database, now: dt.datetime, owners: Iterable[int] = ()) -> bool:
    """Plan what has become due by now, all of it or nothing; whether there is something new to send."""
    async with db.read() as tx:
        if not await _look(tx, await _timetable(tx, now), now):
            return False
    async with db.write() as tx:
        table = await _timetable(tx, now)
        due = await _look(tx, table, now)
        if due.today:
            await _plan(tx, table, due.today)
        if due.missed:
            await _record_missed(tx, table, due.missed, owners, now)
        for occurrence in due.over:
            await _close(tx, table, occurrence, owners, now)
        if due.unpublished:
            await _tell_unpublished(tx, table, *due.unpublished, owners, now)
        await duties.set_watched(tx, due.watched, instant(now))
    return bool(due.today or due.missed or due.over or due.unpublished)


async def next_occurrence(db: Database, now: dt.datetime) -> dt.datetime:
    """The moment of the next morning message that is still to come."""
    async with db.read() as tx:
        table = await _timetable(tx, now)
        return table.due(await _next_day(tx, table, now)).astimezone(now.tzinfo)


async def _next_day(tx: Tx, table: Timetable, now: dt.datetime) -> dt.date:
    day = now.date()
    taken = {o.date for o in await occurrences.list_since(tx, MORNING, day)}
    while not table.calendar.day(day).working or day in taken or table.due(day) <= now:
        day += ONE_DAY
    return day


async def pass_over(tx: Tx, now: dt.datetime) -> None:
    """Whoever lets the message go again means the next one: today's is not made up for, nor missed."""
    table, today = await _timetable(tx, now), now.date()
    if table.calendar.day(today).working and table.due(today) <= now:
        at = instant(table.due(today))
        await occurrences.take(tx, MORNING, today, at, at, "closed")
    await duties.set_watched(tx, today, instant(now))


async def _timetable(tx: Tx, now: dt.datetime) -> Timetable:
    return Timetable(await campaigns.load(tx), await campaigns.load_calendar(tx), str(now.tzinfo))


async def _look(tx: Tx, table: Timetable, now: dt.datetime) -> Due:
    today, watched = now.date(), await duties.get_watched(tx)
    since = watched
    if since is None or since > today + ONE_DAY:
        # The first look of all, or the clock was once far ahead: what went by without us was nobody's miss.
        since = today if now < table.late(today) else today + ONE_DAY
    taken = {o.date for o in await occurrences.list_since(tx, MORNING, since)}
    days = (since + dt.timedelta(days=n) for n in range((today - since).days + 1))
    due = [d for d in days if d not in taken and table.calendar.day(d).working and table.due(d) <= now]
    if not await plans.is_active(tx, MORNING):
        due = []
    return Due(
        today=next((d for d in due if now < table.late(d)), None),
        missed=[d for d in due if now >= table.late(d)],
        over=await occurrences.list_over(tx, MORNING, instant(now)),
        unpublished=await _unpublished(tx, table.calendar, today),
        watched=max(since, today),
        moved=max(since, today) != watched,
    )


async def _plan(tx: Tx, table: Timetable, day: dt.date) -> None:
    times = instant(table.due(day)), instant(table.late(day))
    occurrence = await occurrences.take(tx, MORNING, day, *times, canary=occurrences.CANARY)
    if occurrence is None:
        return
    said = await _content(tx, table, day)
    await duties.enqueue(tx, occurrence, day, json.dumps(_facts(said)), times, UNASKED)


async def _content(tx: Tx, table: Timetable, day: dt.date) -> DayContent:
    """What the day says, chosen the first time somebody asks."""
    kept = await duties.get_content(tx, day)
    if kept is not None:
        return kept
    chosen = await _choose(tx, table, day)
    await duties.insert_content(tx, chosen)
    return chosen


async def _choose(tx: Tx, table: Timetable, day: dt.date) -> DayContent:
    kept = await contents.load(tx)
    phrases, given = content.in_use(kept)
    phrase = phrase_of(day, phrases, await duties.list_last_used(tx, day), table.calendar, table.campaign.name)
    duty = duty_of(day, given, table.calendar, await duties.list_duties_used(tx, day))
    chosen = phrase.id if phrase else "", duty.id if duty else ""
    words = contents.words(kept, *chosen)
    return DayContent(day, *chosen, json.dumps(words, ensure_ascii=False) if words else "")


# Telling those who run it


async def _record_missed(
    tx: Tx, table: Timetable, days: Sequence[dt.date], owners: Iterable[int], now: dt.datetime
) -> None:
    await occurrences.insert_missed(tx, MORNING, [(d, instant(table.due(d)), instant(table.late(d))) for d in days])
    if await duties.count_audience(tx):
        facts = {"count": len(days), "first": days[0].isoformat(), "last": days[-1].isoformat()}
        await _tell(tx, table, f"morning_missed:{days[-1]}", "morning_missed", facts, owners, now)


async def _close(tx: Tx, table: Timetable, occurrence: Occurrence, owners: Iterable[int], now: dt.datetime) -> None:
    """The working hours of the date are over: say so if somebody did not get it in time."""
    late = await duties.count_late(tx, occurrence.id)
    if await occurrences.close(tx, occurrence.id) and late:
        facts = {"count": late, "date": occurrence.date.isoformat()}
        await _tell(tx, table, f"morning_late:{occurrence.date}", "morning_late", facts, owners, now)


async def _unpublished(tx: Tx, calendar: Calendar, today: dt.date) -> tuple[dt.date, int] | None:
    """This week's Monday and the year to tell of: from 1 November on the next one, and this one while it is open."""
    monday = today - dt.timedelta(days=today.weekday())
    year = monday.year + (monday.month >= 11)
    if calendar.year_published(year) or await occurrences.find(tx, CALENDAR, monday):
        return None
    return monday, year


async def _tell_unpublished(
    tx: Tx, table: Timetable, monday: dt.date, year: int, owners: Iterable[int], now: dt.datetime
) -> None:
    week = instant(now), instant(now + ONE_WEEK)
    if await occurrences.take(tx, CALENDAR, monday, *week) is not None:
        await _tell(tx, table, f"calendar:{monday}", "calendar_unpublished", {"year": year}, owners, now)


async def _tell(
    tx: Tx,
    table: Timetable,
    key: str,
    kind: str,
    facts: dict[str, object],
    owners: Iterable[int],
    now: dt.datetime,
) -> None:
    """The office and the owners, in working hours."""
    at = instant(working_moment(now, table.campaign, table.calendar))
    users = sorted({*owners, *await accounts.list_by_role(tx, "office", None, None)})
    await outbox.insert(tx, [Intent(f"{key}:{u}", kind, facts, user_id=u, not_before=at, urgency=WORK) for u in users])


# Asked for in chat


@effect
async def show_day(tx: Tx, now: dt.datetime) -> Outcome:
    """Phrase and duty of today; on a day off those of the last working day. And what else one may look at."""
    table = await _timetable(tx, now)
    today = now.date()
    working = table.calendar.day(today).working
    said = await _content(tx, table, today if working else table.calendar.previous_working(today))
    kept = await contents.load(tx)
    more = {"today": working, "duties": contents.duties_shown(kept), "another": contents.another(kept, said.phrase_id)}
    return Outcome("duties-day", _facts(said) | more)


async def look(db: Database, kind: str, item_id: str) -> Outcome:
    """A phrase to leaf through, or one duty; a phrase that is out of use gives way to another one."""
    async with db.read() as tx:
        kept = await contents.load(tx)
    item = content.items(kept).get(item_id)
    if item is None or item.kept.kind != kind:
        return Outcome("error-stale")
    if not item.kept.active:
        if kind == "duty":
            return Outcome("error-stale")
        item_id = contents.another(kept, item_id)
    chosen = (item_id, "") if kind == "phrase" else ("", item_id)
    facts = {"phrase": chosen[0], "duty": chosen[1], "words": contents.words(kept, *chosen)}
    return Outcome("duties-look", facts | {"another": contents.another(kept, chosen[0])})


@effect
async def preview(tx: Tx, now: dt.datetime) -> Outcome:
    """The next message as it will look as things stand; looking settles nothing, a day before it may still choose.
    That somebody has looked is a step of the set-up list."""
    await marks.put(tx, PREVIEWED, str(instant(now)))
    return await _preview(tx, now)


async def try_out(db: Database, item_id: str, now: dt.datetime) -> Outcome:
    """The same with this phrase or duty in it, whenever its turn may come."""
    async with db.read() as tx:
        kept = await contents.load(tx)
        item = content.items(kept).get(item_id)
        if item is None:
            return Outcome("error-stale")
        shown = await _preview(tx, now)
    kind = item.kept.kind
    own = contents.words(kept, item.id, "") if kind == "phrase" else contents.words(kept, "", item.id)
    words = {part: said for part, said in shown.facts.get("words", {}).items() if part != kind} | own
    return Outcome(shown.name, {**shown.facts, kind: item.id, "words": words})


async def _preview(tx: Tx, now: dt.datetime) -> Outcome:
    table = await _timetable(tx, now)
    day = await _next_day(tx, table, now)
    facts = _facts(await duties.get_content(tx, day) or await _choose(tx, table, day))
    return Outcome("duties-preview", {**facts, "at": table.due(day).astimezone(now.tzinfo).isoformat()})


@effect
async def tap(tx: Tx, actor: Actor, date: str, kind: str, now: dt.datetime) -> Outcome:
    """The person has read it, or did it today: kept once, ranked nowhere."""
    said = await _said(tx, date)
    if said is None or kind not in TAPS or actor.person_id is None or not can(actor, Action.TAKE_PART):
        return Outcome("duties-stale")
    await duties.tap(tx, said.date, actor.person_id, kind, instant(now))
    return Outcome(
        "duties-tapped", _facts(said) | {"taps": list(await duties.list_taps(tx, said.date, actor.person_id))}
    )


async def _said(tx: Tx, date: str) -> DayContent | None:
    try:
        return await duties.get_content(tx, dt.date.fromisoformat(date))
    except ValueError:
        return None


def _facts(said: DayContent) -> dict[str, Any]:
    facts: dict[str, Any] = {"date": said.date.isoformat(), "phrase": said.phrase_id, "duty": said.duty_id}
    return facts | {"words": json.loads(said.words)} if said.words else facts
