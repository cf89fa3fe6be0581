"""A person's own check-ins: recorded, changed, withdrawn, answered for; what is flagged and what is refused."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.clock import instant
from bot.domain.access import Action, Actor, can
from bot.domain.campaign import Campaign
from bot.domain.hours import Act, Draft, Verdict, earliest, next_state
from bot.domain.texts import blank_numbers, tidy
from bot.services import campaign as campaigns
from bot.services import work
from bot.services.cards import day_sum, draft_of, facts_of, made_on, packed, present, unpacked, verdict_on
from bot.services.effects import Outcome, effect
from storage import checkins, people
from storage.engine import Database, Tx
from storage.records import Checkin, CheckinState

TEXT_LIMIT = 300
PHOTOS = 9
FORGOTTEN_AFTER = dt.timedelta(days=7)  # a draft that nobody agreed to


# recording


@effect
async def propose(
    tx: Tx,
    actor: Actor,
    draft: Draft,
    said: dt.datetime,
    source: str | None,
    supersedes: int | None,
    question: str,
    now: dt.datetime,
) -> Outcome:
    """A draft to be agreed to: kept, so that a card may wait for its press through anything else that is said.

    It is judged by the moment at which it was said.
    """
    cleaned = _cleaned(draft)
    if isinstance(cleaned, Outcome):
        return cleaned
    if actor.person is None:
        return Outcome("checkins-gone")
    campaign = await campaigns.load(tx)
    others = await checkins.list_around(tx, actor.person.id, cleaned.service_date)
    verdict = await verdict_on(tx, cleaned, others, campaign, said)
    if verdict.refusal:
        return _refused(verdict, cleaned, others, campaign, said.date())
    facts = packed(cleaned) | {"source": source, "supersedes": supersedes}
    draft_id = await checkins.insert_draft(tx, actor.user_id, facts, instant(now), instant(now - FORGOTTEN_AFTER))
    shown = {
        "flags": sorted(flag.value for flag in verdict.flags),
        "sum": day_sum(others, cleaned.service_date) + cleaned.minutes,
        "cap": campaign.cap_day,
        "late_days": campaign.late_days,
        "question": question,
        "draft_id": draft_id,
        "blanked": cleaned.text != tidy(draft.text),
    }
    return Outcome("checkins-draft", facts | shown)


@effect
async def accept(tx: Tx, actor: Actor, draft_id: int, now: dt.datetime, owners: Iterable[int]) -> Outcome:
    """Record a draft."""
    facts = await checkins.find_draft(tx, draft_id, actor.user_id)
    if facts is None:
        return Outcome("checkins-draft-gone")
    return await _record(tx, actor, unpacked(facts), now, facts["source"], facts["supersedes"], now, owners)


@effect
async def check_in(
    tx: Tx, actor: Actor, draft: Draft, said: dt.datetime, source: str | None, now: dt.datetime, owners: Iterable[int]
) -> Outcome:
    """Record a check-in; one message makes one record, however often it comes."""
    return await _record(tx, actor, draft, said, source, None, now, owners)


async def _record(
    tx: Tx,
    actor: Actor,
    draft: Draft,
    said: dt.datetime,
    source: str | None,
    supersedes: int | None,
    now: dt.datetime,
    owners: Iterable[int],
) -> Outcome:
    person, cleaned = actor.person, _cleaned(draft)
    if isinstance(cleaned, Outcome):
        return cleaned
    if person is None or not can(actor, Action.TAKE_PART):
        return Outcome("checkins-gone")
    if not cleaned.text:
        return Outcome("checkins-text-wanted", {"draft": packed(cleaned)})
    if supersedes is not None and (problem := await _not_correctable(tx, actor, supersedes, now)):
        return problem
    campaign = await campaigns.load(tx)
    others = await checkins.list_around(tx, person.id, cleaned.service_date)
    verdict = await verdict_on(tx, cleaned, others, campaign, said)
    if verdict.refusal:
        # The same message again would be over the day's limit only because of itself.
        again = await checkins.find_by_source(tx, source) if source else None
        return await _already(tx, again, now) if again else _refused(verdict, cleaned, others, campaign, said.date())
    department = person.department_id
    if cleaned.service_date != now.date():
        department = await people.department_on(tx, person.id, cleaned.service_date) or department
    new = Checkin(
        id=0,
        person_id=person.id,
        department_id=department,
        service_date=cleaned.service_date,
        minutes=cleaned.minutes,
        starts_at=cleaned.starts_at,
        ends_at=cleaned.ends_at,
        text=cleaned.text,
        state=CheckinState.SUBMITTED,
        late_reason="",
        version=1,
        created_at=instant(now),
    )
    made = await checkins.insert(tx, new, source, supersedes)
    if made is None:
        assert source is not None
        again = await checkins.find_by_source(tx, source)
        assert again is not None
        return await _already(tx, again, now)
    await checkins.record_event(tx, made.id, instant(now), actor.user_id, "submit", None, made.state, made.version)
    await work.call_for(tx, person.department_id, person.id, owners, now)
    blanked = {"blanked": cleaned.text != tidy(draft.text)}
    return Outcome("checkins-recorded", facts_of(made, others, verdict.flags, campaign) | blanked)


def _cleaned(draft: Draft) -> Draft | Outcome:
    text = blank_numbers(tidy(draft.text))
    if len(text) > TEXT_LIMIT:
        return Outcome("checkins-too-long", {"limit": TEXT_LIMIT, "draft": packed(replace(draft, text=""))})
    return replace(draft, text=text)


def _refused(verdict: Verdict, draft: Draft, others: Iterable[Checkin], campaign: Campaign, today: dt.date) -> Outcome:
    assert verdict.refusal is not None
    first = earliest(campaign.counted_period(today).start)
    facts = {
        "sum": day_sum(others, draft.service_date),
        "max": campaign.max_day,
        "earliest": first.isoformat(),
        "draft": packed(draft),
    }
    return Outcome(f"checkins-refused-{verdict.refusal.value.replace('_', '-')}", facts)


async def _already(tx: Tx, record: Checkin, now: dt.datetime) -> Outcome:
    return Outcome("checkins-already", await present(tx, record, now))


async def _not_correctable(tx: Tx, actor: Actor, checkin_id: int, now: dt.datetime) -> Outcome | None:
    """Only a voided record of one's own is corrected, and only once."""
    old = await checkins.get(tx, checkin_id)
    if old is None or old.person_id != actor.person_id or old.state is not CheckinState.VOIDED:
        return Outcome("checkins-gone")
    present_one = await checkins.find_successor(tx, checkin_id)
    return await _already(tx, present_one, now) if present_one else None


# what its person does with a record


@effect
async def change(
    tx: Tx, actor: Actor, checkin_id: int, parts: Mapping[str, Any], now: dt.datetime, owners: Iterable[int]
) -> Outcome:
    """Another date, other hours, another text: parts of a packed draft."""
    old = await _own(tx, actor, checkin_id)
    if old is None:
        return Outcome("checkins-gone")
    if "text" in parts and not tidy(parts["text"]):
        return Outcome("checkins-text-wanted", {"draft": packed(draft_of(old))})
    return await _change(tx, actor, old, parts, now, owners)


@effect
async def correct(tx: Tx, actor: Actor, source: str, draft: Draft, now: dt.datetime, owners: Iterable[int]) -> Outcome:
    """The message that made a record was edited."""
    old = await checkins.find_by_source(tx, source)
    if old is None or old.person_id != actor.person_id:
        return Outcome("checkins-gone")
    return await _change(tx, actor, old, packed(draft), now, owners)


async def _change(
    tx: Tx, actor: Actor, old: Checkin, parts: Mapping[str, Any], now: dt.datetime, owners: Iterable[int]
) -> Outcome:
    state = next_state(old.state, Act.CHANGE)
    cleaned = _cleaned(unpacked(packed(draft_of(old)) | {k: v for k, v in parts.items() if k != "text" or tidy(v)}))
    if isinstance(cleaned, Outcome):
        return cleaned
    if state is None:
        return Outcome("checkins-stale", await present(tx, old, now))
    if cleaned == draft_of(old):
        return Outcome("checkins-unchanged", await present(tx, old, now))
    department = old.department_id
    if cleaned.service_date != old.service_date:
        department = await people.department_on(tx, old.person_id, cleaned.service_date) or department
    new = replace(
        old,
        service_date=cleaned.service_date,
        department_id=department,
        minutes=cleaned.minutes,
        starts_at=cleaned.starts_at,
        ends_at=cleaned.ends_at,
        text=cleaned.text,
        state=state,
    )
    was, now_is = packed(draft_of(old)), packed(cleaned)
    note = {name: [was[name], now_is[name]] for name in ("date", "minutes") if was[name] != now_is[name]}
    if was["text"] != now_is["text"]:
        note["text"] = []
    made = await _replace(tx, actor, "checkins-changed", Act.CHANGE, old, new, json.dumps(note), now, owners)
    blanked = tidy(parts.get("text") or "") not in ("", cleaned.text)
    return Outcome(made.name, {**made.facts, "blanked": blanked}) if made.name == "checkins-changed" else made


@effect
async def explain(
    tx: Tx, actor: Actor, checkin_id: int, reason: str, now: dt.datetime, owners: Iterable[int]
) -> Outcome:
    """Why it comes so late."""
    old = await _own(tx, actor, checkin_id)
    if old is None:
        return Outcome("checkins-gone")
    state = next_state(old.state, Act.CHANGE)
    if state is None:
        return Outcome("checkins-stale", await present(tx, old, now))
    new = replace(old, late_reason=note_of(reason), state=state)
    return await _replace(tx, actor, "checkins-explained", "explain", old, new, note_of(reason), now, owners)


@effect
async def resubmit(
    tx: Tx, actor: Actor, checkin_id: int, answer: str, now: dt.datetime, owners: Iterable[int]
) -> Outcome:
    """Answer a question, or hand in again what was returned: told apart in what is said and in the record's history."""
    old = await _own(tx, actor, checkin_id)
    if old is None:
        return Outcome("checkins-gone")
    state = next_state(old.state, Act.RESUBMIT)
    if state is None or (old.state is CheckinState.MORE_INFO and not note_of(answer)):
        return Outcome("checkins-stale", await present(tx, old, now))
    new = replace(old, state=state)
    asked = old.state is CheckinState.MORE_INFO
    name, act = ("checkins-answered", "answer") if asked else ("checkins-resubmitted", str(Act.RESUBMIT))
    return await _replace(tx, actor, name, act, old, new, note_of(answer), now, owners)


async def _replace(
    tx: Tx,
    actor: Actor,
    name: str,
    act: str,
    old: Checkin,
    new: Checkin,
    note: str,
    now: dt.datetime,
    owners: Iterable[int],
) -> Outcome:
    """Judge the new form of a record with the others around it, keep it, and call a reviewer if it came back to him."""
    campaign = await campaigns.load(tx)
    others = [r for r in await checkins.list_around(tx, old.person_id, new.service_date) if r.id != old.id]
    verdict = await verdict_on(tx, draft_of(new), others, campaign, now, made_on(old, now))
    if verdict.refusal:
        return _refused(verdict, draft_of(new), others, campaign, now.date())
    if not await checkins.change(tx, old, new):
        return Outcome("checkins-stale", await present(tx, old, now))
    version = old.version + 1
    await checkins.record_event(tx, old.id, instant(now), actor.user_id, act, old.state, new.state, version, note)
    if old.state is not new.state and actor.person is not None:
        await work.call_for(tx, actor.person.department_id, old.person_id, owners, now)
    return Outcome(name, facts_of(replace(new, version=version), others, verdict.flags, campaign))


@effect
async def withdraw(tx: Tx, actor: Actor, checkin_id: int, now: dt.datetime) -> Outcome:
    old = await _own(tx, actor, checkin_id)
    if old is None:
        return Outcome("checkins-gone")
    state = next_state(old.state, Act.WITHDRAW)
    if state is None or not await checkins.change(tx, old, replace(old, state=state)):
        return Outcome("checkins-stale", await present(tx, old, now))
    version = old.version + 1
    await checkins.record_event(tx, old.id, instant(now), actor.user_id, Act.WITHDRAW, old.state, state, version)
    return Outcome("checkins-withdrawn", await present(tx, replace(old, state=state, version=version), now))


@effect
async def add_photo(tx: Tx, actor: Actor, checkin_id: int, unique_id: str, file_id: str, now: dt.datetime) -> Outcome:
    """Keep Telegram's name of a photo; the picture itself stays with Telegram."""
    old = await _own(tx, actor, checkin_id)
    if old is None:
        return Outcome("checkins-gone")
    if not old.state.open:
        return Outcome("checkins-stale", await present(tx, old, now))
    count, _ = await checkins.count_photos(tx, old.id)
    if count >= PHOTOS and not await checkins.has_photo(tx, old.id, unique_id):
        return Outcome("checkins-photos-full", {"limit": PHOTOS, "id": old.id})
    if not await checkins.add_photo(tx, old.id, unique_id, file_id, instant(now)):
        return Outcome("checkins-photo-known", {"count": count, "id": old.id})
    await checkins.record_event(tx, old.id, instant(now), actor.user_id, "photo", old.state, old.state, old.version)
    return Outcome("checkins-photo-kept", {"count": count + 1, "id": old.id})


# reading


async def find_draft(db: Database, actor: Actor, draft_id: int) -> Mapping[str, Any] | None:
    """A draft of one's own."""
    async with db.read() as tx:
        return await checkins.find_draft(tx, draft_id, actor.user_id)


async def made_from(db: Database, actor: Actor, source: str) -> int | None:
    """The record that this message of the actor's has made."""
    async with db.read() as tx:
        record = await checkins.find_by_source(tx, source)
    return record.id if record is not None and record.person_id == actor.person_id else None


async def find_asked(db: Database, actor: Actor) -> int | None:
    """One's own record of which a reviewer waits for an answer."""
    if actor.person_id is None or not can(actor, Action.TAKE_PART):
        return None
    async with db.read() as tx:
        return await checkins.find_asked(tx, actor.person_id)


async def card(db: Database, actor: Actor, checkin_id: int, now: dt.datetime) -> Outcome:
    async with db.read() as tx:
        record = await _own(tx, actor, checkin_id)
        return Outcome("checkins-card", await present(tx, record, now)) if record else Outcome("checkins-gone")


async def _own(tx: Tx, actor: Actor, checkin_id: int) -> Checkin | None:
    """One's own record; of another's nobody learns even that it exists."""
    record = await checkins.get(tx, checkin_id)
    mine = record is not None and record.person_id == actor.person_id and can(actor, Action.TAKE_PART)
    return record if mine else None


def note_of(text: str) -> str:
    """A reason, question or answer as it is kept."""
    return blank_numbers(tidy(text))[:TEXT_LIMIT]
