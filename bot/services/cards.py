"""What is known about one check-in, as facts: for its person and for whoever decides."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.clock import minute_of, time_of
from bot.domain.campaign import Campaign
from bot.domain.hours import DAY, Draft, Flag, HourRules, Verdict, WorkingDays, judge
from bot.domain.sentences import Problem, ProblemKind, read_date, read_hours
from bot.services import campaign as campaigns
from storage import checkins
from storage.checkins import Event
from storage.engine import Tx
from storage.records import Checkin, CheckinState

HISTORY = 6
NO_LIMIT = 10**9


class _NoDays:
    """The calendar where it cannot matter: fewer days have passed than would have to be working days."""

    def working_days_between(self, after: dt.date, until: dt.date) -> int:
        return 0


def packed(draft: Draft) -> dict[str, Any]:
    return {
        "date": draft.service_date.isoformat(),
        "minutes": draft.minutes,
        "starts": draft.starts_at,
        "ends": draft.ends_at,
        "text": draft.text,
    }


def unpacked(facts: Mapping[str, Any]) -> Draft:
    day = dt.date.fromisoformat(facts["date"])
    return Draft(day, facts["minutes"], facts.get("starts"), facts.get("ends"), facts.get("text") or "")


def first_missing(known: Mapping[str, Any]) -> str | None:
    """The step that asks for what a draft lacks."""
    for step, name in (("date", "date"), ("hours", "minutes"), ("text", "text")):
        if not known.get(name):
            return step
    return None


def read_step(step: str, text: str, today: dt.date) -> dict[str, Any] | Problem:
    """What was typed in answer to a step, as parts of a packed draft."""
    if step == "text":
        return {"text": text}
    if step == "date":
        day = read_date(text, today)
        return day if isinstance(day, Problem) else {"date": day.isoformat()}
    amount = read_hours(text)
    if isinstance(amount, Problem):
        return amount
    if (amount.minutes or 0) > DAY:
        return Problem(ProblemKind.BAD_HOURS, text)
    return {"minutes": amount.minutes, "starts": amount.starts_at, "ends": amount.ends_at}


def read_ready(step: str, value: str) -> dict[str, Any] | None:
    """The same from a ready answer; none where the button belongs to another step."""
    if step == "date":
        try:
            return {"date": dt.date.fromisoformat(value).isoformat()}
        except ValueError:
            return None
    if step == "hours" and (said := re.fullmatch(r"([0-9]{1,5})(?:-([0-9]{1,4})-([0-9]{1,4}))?", value)):
        minutes, starts, ends = (int(part) if part else None for part in said.groups())
        if max(starts or 0, ends or 0) < DAY:
            return {"minutes": minutes, "starts": starts, "ends": ends}
    return None


def ready_hours(draft: Draft) -> str:
    """What such an answer carries."""
    stretch = "" if draft.starts_at is None else f"-{draft.starts_at}-{draft.ends_at}"
    return f"{draft.minutes}{stretch}"


def draft_of(record: Checkin) -> Draft:
    return Draft(record.service_date, record.minutes, record.starts_at, record.ends_at, record.text)


def day_sum(records: Iterable[Checkin], day: dt.date) -> int:
    return sum(r.minutes for r in records if r.service_date == day and r.state.counts_towards_day)


def made_on(record: Checkin, now: dt.datetime) -> dt.date:
    return time_of(record.created_at, now.tzinfo).date()


async def verdict_on(
    tx: Tx, draft: Draft, others: Iterable[Checkin], campaign: Campaign, at: dt.datetime, made: dt.date | None = None
) -> Verdict:
    """Whether a new or changed record is taken. It is late by the day on which it was made, not by its last change."""
    others, today = list(others), at.date()
    calendar = await _calendar(tx, draft, campaign, today)
    verdict = judge(draft, others, campaign.hour_rules(today), today, calendar, minute_of(at))
    if verdict.refusal or made is None or made == today:
        return verdict
    return Verdict(flags=await flags_on(tx, draft, others, campaign, made))


async def flags_on(
    tx: Tx, draft: Draft, others: Iterable[Checkin], campaign: Campaign, made: dt.date
) -> frozenset[Flag]:
    """What is worth a look about a record that was taken, whatever the limits are by now."""
    since = max(made, draft.service_date)
    return flags_by(await _calendar(tx, draft, campaign, since), draft, others, campaign, since)


def flags_by(
    calendar: WorkingDays, draft: Draft, others: Iterable[Checkin], campaign: Campaign, since: dt.date
) -> frozenset[Flag]:
    """The same with a calendar at hand."""
    rules = HourRules(campaign.cap_day, NO_LIMIT, campaign.late_days, dt.date.min)
    return judge(draft, others, rules, since, calendar).flags


async def _calendar(tx: Tx, draft: Draft, campaign: Campaign, until: dt.date) -> WorkingDays:
    """Only loaded where enough days have passed for a record to be late."""
    may_be_late = (until - draft.service_date).days > campaign.late_days
    return await campaigns.load_calendar(tx) if may_be_late else _NoDays()


def facts_of(record: Checkin, others: Iterable[Checkin], flags: Iterable[Flag], campaign: Campaign) -> dict[str, Any]:
    """What every card shows; `others` is what else its person has on the days around."""
    own = record.minutes if record.state.counts_towards_day else 0
    over = record.state in (CheckinState.WITHDRAWN, CheckinState.VOIDED)  # neither flags nor a sum are of use
    return packed(draft_of(record)) | {
        "id": record.id,
        "version": record.version,
        "state": record.state.value,
        "open": record.state.open,
        "flags": [] if over else sorted(flag.value for flag in flags),
        "sum": None if over else own + day_sum(others, record.service_date),
        "cap": campaign.cap_day,
        "late_days": campaign.late_days,
        "late_reason": record.late_reason,
    }


async def present(tx: Tx, record: Checkin, now: dt.datetime, campaign: Campaign | None = None) -> dict[str, Any]:
    """A record as it stands, with its photos and what has happened to it."""
    campaign = campaign or await campaigns.load(tx)
    others = [r for r in await checkins.list_around(tx, record.person_id, record.service_date) if r.id != record.id]
    flags = await flags_on(tx, draft_of(record), others, campaign, made_on(record, now))
    photos, reused = await checkins.count_photos(tx, record.id)
    events = await checkins.list_events(tx, record.id, HISTORY)
    return facts_of(record, others, flags, campaign) | {
        "photos": photos,
        "reused": reused,
        "events": [_event(event, record, campaign, now) for event in events],
    }


def _event(event: Event, record: Checkin, campaign: Campaign, now: dt.datetime) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "at": time_of(event.at, now.tzinfo).isoformat(),
        "act": event.act,
        "self": event.person_id == record.person_id,
        "who": (event.staff_number if campaign.codes_instead_of_names else event.name) or "",
    }
    if event.act == "change" and event.note.startswith("{"):
        return facts | {"changes": json.loads(event.note)}
    return facts | {"note": event.note}
