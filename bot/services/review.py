"""Decisions over check-ins: confirmed, returned, asked about, undone, voided; what still waits for a reviewer."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.clock import instant
from bot.domain.access import Action, Actor, can, scope
from bot.domain.campaign import Campaign
from bot.domain.hours import NEEDS_REASON, UNDO_WITHIN, Act, Flag, around, next_state, votes_needed
from bot.services import campaign as campaigns
from bot.services import outbox, work
from bot.services.cards import day_sum, draft_of, flags_on, made_on, packed, present
from bot.services.checkins import note_of
from bot.services.effects import Outcome, effect
from storage import audit, checkins, registrations
from storage import outbox as intents
from storage.checkins import Reviewer, Seen
from storage.engine import Database, Tx
from storage.outbox import Intent
from storage.records import Checkin, CheckinState
from storage.registrations import Registration

AT_ONCE = 200  # confirmed by one press at the most
LISTED = 20  # of them named in the question, and looked at before it


def reviewer(actor: Actor) -> Reviewer | None:
    """What this actor may decide; none for somebody who decides nothing."""
    reach = scope(actor, Action.DECIDE)
    return None if reach is None else Reviewer(reach, actor.person_id, actor.user_id)


def may_decide(actor: Actor, seen: Seen | None) -> bool:
    """In his reach and not his own."""
    return seen is not None and can(actor, Action.DECIDE, seen.trail) and seen.checkin.person_id != actor.person_id


# deciding


@effect
async def confirm(
    tx: Tx, actor: Actor, checkin_id: int, version: int, now: dt.datetime, owners: Iterable[int]
) -> Outcome:
    """Agree to a record as it was shown. Over the day's cap the first of two votes leaves it where it is."""
    seen = await checkins.get_seen(tx, checkin_id)
    if seen is None or not may_decide(actor, seen):
        return Outcome("review-not-yours")
    old = seen.checkin
    if old.version != version or old.state is not CheckinState.SUBMITTED:
        return await _stale(tx, actor, seen, now)
    campaign = await campaigns.load(tx)
    missing = 0
    if await _over_cap(tx, old, campaign):
        others = [one for one in await checkins.list_voters(tx, old.id, version) if actor.user_id not in one]
        missing = votes_needed([Flag.OVER_CAP]) - 1 - len(others)
    state = next_state(old.state, Act.CONFIRM, votes_missing=missing)
    if state is CheckinState.SUBMITTED:
        return await _vote(tx, actor, seen, campaign, now, owners)
    return await _decide(tx, actor, seen, Act.CONFIRM, "", campaign, now)


async def _vote(
    tx: Tx, actor: Actor, seen: Seen, campaign: Campaign, now: dt.datetime, owners: Iterable[int]
) -> Outcome:
    """One of two agrees; somebody else is called."""
    old = seen.checkin
    voted = {user_id for one in await checkins.list_voters(tx, old.id, old.version) for user_id in one}
    if actor.user_id not in voted:
        await checkins.record_event(
            tx, old.id, instant(now), actor.user_id, Act.CONFIRM, old.state, old.state, old.version
        )
        await audit.append(tx, instant(now), actor.user_id, "review-vote", f"checkin:{old.id}")
        await work.call_for(tx, seen.department_id, old.person_id, owners, now, {actor.user_id, *voted})
    return Outcome("review-voted", _named(seen, campaign))


async def _over_cap(tx: Tx, record: Checkin, campaign: Campaign) -> bool:
    """Beside that day's other records, as they are in this transaction."""
    found = await checkins.list_around(tx, record.person_id, record.service_date)
    return day_sum(found, record.service_date) > campaign.cap_day


@effect
async def decide(tx: Tx, actor: Actor, act: str, checkin_id: int, version: int, note: str, now: dt.datetime) -> Outcome:
    """Return, ask, undo or void: whoever may, as the record was shown, with the reason that it needs."""
    seen = await checkins.get_seen(tx, checkin_id)
    if seen is None or not may_decide(actor, seen):
        return Outcome("review-not-yours")
    chosen = Act(act)
    if chosen is Act.VOID and not can(actor, Action.VOID, seen.trail):
        return Outcome("review-not-yours")
    if seen.checkin.version != version:
        return await _stale(tx, actor, seen, now)
    if chosen in NEEDS_REASON and not note_of(note):
        return Outcome("review-reason-wanted")
    return await _decide(tx, actor, seen, chosen, note_of(note), await campaigns.load(tx), now)


async def _decide(
    tx: Tx, actor: Actor, seen: Seen, act: Act, note: str, campaign: Campaign, now: dt.datetime, *, tell: bool = True
) -> Outcome:
    old = seen.checkin
    since = None
    if act is Act.UNDO:
        at = await checkins.confirmed_at(tx, old.id)
        since = dt.timedelta(milliseconds=instant(now) - at) if at is not None else None
    state = next_state(old.state, act, since_confirmed=since)
    if act is Act.UNDO and state is None and old.state is CheckinState.CONFIRMED:
        return Outcome("review-undo-over", await _facts(tx, actor, seen, now))
    if state is None or not await checkins.change(tx, old, replace(old, state=state)):
        return await _stale(tx, actor, seen, now)
    version = old.version + 1
    await checkins.record_event(tx, old.id, instant(now), actor.user_id, act, old.state, state, version, note)
    await audit.append(tx, instant(now), actor.user_id, f"review-{act}", f"checkin:{old.id}", old.state, state)
    if tell and seen.user_id is not None:
        kind, facts = TOLD[act], packed(draft_of(old)) | {"id": old.id, "note": note}
        await outbox.tell(tx, f"checkin:{old.id}:{version}", kind, seen.user_id, facts)
    return Outcome(f"review-{DONE[act]}", _named(seen, campaign) | {"version": version, "note": note})


DONE = {
    Act.CONFIRM: "confirmed",
    Act.RETURN: "returned",
    Act.ASK: "asked",
    Act.UNDO: "undone",
    Act.VOID: "voided",
}
# What the person hears: the kinds of bot.views.pushes.
TOLD = {
    Act.CONFIRM: "checkins-told-confirmed",
    Act.RETURN: "checkins-told-returned",
    Act.ASK: "checkins-told-question",
    Act.UNDO: "checkins-told-undone",
    Act.VOID: "checkins-told-voided",
}


async def _stale(tx: Tx, actor: Actor, seen: Seen, now: dt.datetime) -> Outcome:
    return Outcome("review-stale", await _facts(tx, actor, seen, now))


def _named(seen: Seen, campaign: Campaign) -> dict[str, Any]:
    """Enough to name a record in one line."""
    name = seen.staff_number if campaign.codes_instead_of_names else seen.name
    record = seen.checkin
    known = {"id": record.id, "version": record.version, "name": name, "staff_number": seen.staff_number}
    return packed(draft_of(record)) | known


async def _facts(tx: Tx, actor: Actor, seen: Seen, now: dt.datetime) -> dict[str, Any]:
    """A record as a reviewer's card shows it, with what this reviewer may do with it now."""
    record, campaign = seen.checkin, await campaigns.load(tx)
    facts = await present(tx, record, now, campaign)
    voters = await checkins.list_voters(tx, record.id, record.version)
    acts: list[str] = []
    if may_decide(actor, seen):
        confirmed = await checkins.confirmed_at(tx, record.id) if record.state is CheckinState.CONFIRMED else None
        since = dt.timedelta(milliseconds=instant(now) - confirmed) if confirmed is not None else None
        for act in (Act.CONFIRM, Act.RETURN, Act.ASK, Act.UNDO, Act.VOID):
            allowed = next_state(record.state, act, since_confirmed=since) is not None
            if allowed and (act is not Act.VOID or can(actor, Action.VOID, seen.trail)):
                acts.append(act.value)
    if record.state is CheckinState.SUBMITTED and any(actor.user_id in one for one in voters):
        acts = [act for act in acts if act != Act.CONFIRM]
    more = {
        "name": seen.staff_number if campaign.codes_instead_of_names else seen.name,
        "staff_number": seen.staff_number,
        "path": seen.path,
        "person": record.person_id,
        "votes": len(voters) if record.state is CheckinState.SUBMITTED else 0,
        "acts": acts,
    }
    return facts | more


# all at once


@effect
async def confirm_all(tx: Tx, actor: Actor, count: int, up_to: int, now: dt.datetime) -> Outcome:
    """Confirm exactly those that were counted, if they are still exactly so many."""
    found = await _unflagged(tx, actor, up_to, now)
    if found is None:
        return Outcome("review-not-yours")
    if len(found) != count or not found:
        return Outcome("review-all-changed")
    await checkins.confirm_many(tx, [seen.checkin for seen in found], actor.user_id, instant(now))
    before, after = CheckinState.SUBMITTED.value, CheckinState.CONFIRMED.value
    done = [audit.Entry("review-confirm", f"checkin:{seen.checkin.id}", before, after) for seen in found]
    await audit.append_many(tx, instant(now), actor.user_id, done)
    await intents.insert(tx, _told_together(found, Act.CONFIRM))
    ids = [seen.checkin.id for seen in found]
    facts = {"count": len(found), "first": min(ids), "last": max(ids), "at": instant(now)}
    return Outcome("review-all-confirmed", facts)


@effect
async def undo_all(tx: Tx, actor: Actor, first: int, last: int, at: int, now: dt.datetime) -> Outcome:
    """Take back what was confirmed at once, each as if by itself: within ten minutes, by whoever did it."""
    campaign, undone = await campaigns.load(tx), []
    for seen in await checkins.list_confirmed_at(tx, first, last, actor.user_id, at):
        if may_decide(actor, seen):
            outcome = await _decide(tx, actor, seen, Act.UNDO, "", campaign, now, tell=False)
            undone += [seen] if outcome.name == "review-undone" else []
    await intents.insert(tx, _told_together(undone, Act.UNDO))
    over = instant(now) - at > UNDO_WITHIN // dt.timedelta(milliseconds=1)
    missed = "review-all-over" if over else "review-all-kept"
    return Outcome("review-all-undone" if undone else missed, {"count": len(undone)})


def _told_together(found: Iterable[Seen], act: Act) -> list[Intent]:
    """One message a person, however many of his records it was."""
    by_user: dict[int, list[Checkin]] = {}
    for seen in found:
        if seen.user_id is not None:
            by_user.setdefault(seen.user_id, []).append(seen.checkin)
    told = []
    for user_id, records in by_user.items():
        first = records[0]
        key = f"checkin:{first.id}:{first.version + 1}"
        if len(records) == 1:
            kind, facts = TOLD[act], packed(draft_of(first)) | {"id": first.id, "note": ""}
        else:
            kind = f"{TOLD[act]}-all"
            facts = {"count": len(records), "records": [packed(draft_of(record)) for record in records[:LISTED]]}
        told.append(Intent(key, kind, facts, user_id=user_id, urgency=outbox.ASKED))
    return told


async def ask_all(db: Database, actor: Actor, now: dt.datetime) -> Outcome:
    """What a press on "all at once" would confirm."""
    async with db.read() as tx:
        found = await _unflagged(tx, actor, 2**62, now)
        who = reviewer(actor)
        if found is None or who is None:
            return Outcome("review-not-yours")
        waiting = await checkins.count_waiting(tx, who)
        campaign = await campaigns.load(tx)
    facts = {
        "count": len(found),
        "stay": waiting - len(found),
        "up_to": max((seen.checkin.id for seen in found), default=0),
        "records": [_named(seen, campaign) for seen in found[:LISTED]],
    }
    return Outcome("review-all-ask" if found else "review-all-none", facts)


async def _unflagged(tx: Tx, actor: Actor, up_to: int, now: dt.datetime) -> list[Seen] | None:
    who = reviewer(actor)
    if who is None:
        return None
    campaign = await campaigns.load(tx)
    waiting = await checkins.list_waiting(tx, who, up_to, AT_ONCE)
    beside: dict[tuple[int, dt.date], list[Checkin]] = {}
    for record in await checkins.list_beside(tx, who, waiting[-1].checkin.id if waiting else 0):
        beside.setdefault((record.person_id, record.service_date), []).append(record)
    found = []
    for seen in waiting:
        record = seen.checkin
        near = [o for day in around(record.service_date) for o in beside.get((record.person_id, day), ())]
        others = [o for o in near if o.id != record.id]
        if not await flags_on(tx, draft_of(record), others, campaign, made_on(record, now)):
            found.append(seen)
    return found


# looking


async def next_registration(db: Database, actor: Actor, after: int) -> Registration | None:
    """The oldest registration with a higher id that waits for this actor; they come before the check-ins."""
    who = reviewer(actor)
    if who is None:
        return None
    async with db.read() as tx:
        waiting = await registrations.list_waiting(tx, who.reach, who.person_id, who.user_id)
    return next((found for found in waiting if found.id > after), None)


async def next_waiting(db: Database, actor: Actor, after: int, now: dt.datetime) -> Mapping[str, Any]:
    """The card of the next record that waits for this actor; at the end of the row also how much is left of all."""
    who = reviewer(actor)
    if who is None:
        return {"waiting": 0, "left": {}}
    async with db.read() as tx:
        seen = await checkins.next_waiting(tx, who, after)
        ends = seen is None or seen.checkin.id <= after
        left = {"left": await outbox.waiting(tx, actor)} if ends else {}
        if seen is None:
            return {"waiting": 0} | left
        counts = {"waiting": seen.among, "unflagged": await _count_unflagged(tx, actor, seen.among, now)}
        return await _facts(tx, actor, seen, now) | counts | left


async def _count_unflagged(tx: Tx, actor: Actor, waiting: int, now: dt.datetime) -> int | None:
    """How many could be confirmed at once. None, unknown: this is asked at every card, and of 200 it takes 11 ms."""
    if waiting > LISTED:
        return None
    return len(await _unflagged(tx, actor, 2**62, now) or ()) if waiting > 1 else 0


async def card(db: Database, actor: Actor, checkin_id: int, now: dt.datetime) -> Outcome:
    """Any record in this actor's reach."""
    async with db.read() as tx:
        seen = await checkins.get_seen(tx, checkin_id)
        if seen is None or not can(actor, Action.DECIDE, seen.trail):
            return Outcome("review-not-yours")
        return Outcome("review-card", await _facts(tx, actor, seen, now))


async def photos(db: Database, actor: Actor, checkin_id: int) -> list[str]:
    async with db.read() as tx:
        seen = await checkins.get_seen(tx, checkin_id)
        if seen is None or not can(actor, Action.DECIDE, seen.trail):
            return []
        return list(await checkins.list_photos(tx, checkin_id))
