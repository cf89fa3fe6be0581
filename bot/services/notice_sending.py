"""Sending a notice: submitted, approved by a second person, planned when its time has come."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace

from bot.clock import instant, time_of
from bot.domain.access import Action, Actor, can, scope
from bot.domain.audience import audience
from bot.services import audiences as people
from bot.services import campaign as campaigns
from bot.services import deliveries, work
from bot.services.accounts import actor_of
from bot.services.effects import Outcome, effect
from bot.services.notices import OPEN, as_sent_by, facts_of, may_see, moment_of, own_draft, title_of
from bot.services.outbox import UNASKED, tell
from bot.services.restraint import over_budget
from storage import accounts, audiences, audit, notices, occurrences
from storage.deliveries import plan_of
from storage.engine import Database, Tx
from storage.notices import Notice
from storage.records import Fate, NoticeState

LATE = dt.timedelta(days=1)  # missed by more than this it does not go by itself any more
OVER = dt.timedelta(days=7)


# By its author


@effect
async def submit(
    tx: Tx,
    actor: Actor,
    notice_id: int,
    version: int,
    total: int,
    now: dt.datetime,
    owners: Collection[int],
    *,
    anyway: bool = False,
) -> Outcome:
    """Send it now, keep it for its time, or ask a second person; as it was shown, to so many people as were shown.
    `anyway`: outside of the working hours too."""
    old = await own_draft(tx, actor, notice_id)
    if isinstance(old, Outcome):
        return old
    if old.version != version:
        return Outcome("notices-changed", {"id": notice_id})
    new = as_sent_by(actor, old)
    new = replace(new, authority=actor.user_id, outside_hours=old.outside_hours or anyway)
    problem, found = await _problem(tx, new, now)
    if problem:
        return Outcome(f"notices-{problem}", {"id": notice_id})
    if found != total:
        return Outcome("notices-changed", {"id": notice_id})
    moment = moment_of(new, now)
    proper = await work.proper_moment(tx, moment)
    if proper != moment and not new.outside_hours:
        facts = {"id": notice_id, "version": version, "at": moment.isoformat(), "next": proper.isoformat()}
        return Outcome("notices-outside", facts | {"total": total, "now": new.send_at is None})
    return await _release(tx, actor, old, new, found, now, owners)


async def _problem(tx: Tx, notice: Notice, now: dt.datetime) -> tuple[str, int]:
    """Why it cannot be sent as it is (empty: it can), and how many people it is for."""
    if notice.send_at is not None and notice.send_at <= instant(now) and notice.state is NoticeState.DRAFT:
        return "past", 0
    if notice.deadline is not None and notice.deadline < moment_of(notice, now).date():
        return "deadline-past", 0
    try:
        found = (await people.count(tx, notice, moment_of(notice, now)))["total"]
    except people.Missing as problem:
        return f"missing-{problem}", 0
    return ("" if found else "nobody"), found


async def _release(
    tx: Tx, actor: Actor, old: Notice, new: Notice, total: int, now: dt.datetime, owners: Collection[int]
) -> Outcome:
    """Everything is in order: whoever must agree is asked, or it takes its way."""
    facts = {"id": old.id, "count": total}
    if total > (await campaigns.load(tx)).approve_notice_over and new.approved_by is None:
        approvers = await _approvers(tx, new, owners, now)
        if not approvers:
            return Outcome("notices-no-approver", {"id": old.id})
        if not await notices.change(tx, old, replace(new, state=NoticeState.WAITING)):
            return Outcome("notices-stale", {"id": old.id})
        await work.call(tx, approvers, now)
        act = "waiting"
    elif new.send_at is not None and new.send_at > instant(now):
        if not await notices.change(tx, old, replace(new, state=NoticeState.SCHEDULED)):
            return Outcome("notices-stale", {"id": old.id})
        act = "scheduled"
    else:
        if not await plan(tx, old, new, now):
            return Outcome("notices-stale", {"id": old.id})
        act, fates = "sending", await notices.list_fates(tx, old.id)
        facts["send"] = fates.get(Fate.SEND, 0)
    await audit.append(tx, instant(now), actor.user_id, f"notice-{act}", f"notice:{old.id}", "", str(total))
    return Outcome(f"notices-{act}", facts)


async def _approvers(tx: Tx, notice: Notice, owners: Collection[int], now: dt.datetime) -> list[int]:
    """Who may agree to it: whoever decides over all whom it may reach. Never its author."""
    author = notice.author_user
    found = await work.deciders(tx, notice.reach, notice.author_person, [o for o in owners if o != author], now.date())
    return [user for user in found if user != author]


async def plan(tx: Tx, old: Notice, new: Notice, now: dt.datetime) -> bool:
    """Its audience at this moment becomes messages, all of them or none. False when somebody was faster."""
    at, round = instant(now), old.round + 1
    planned = replace(new, state=NoticeState.SENDING, round=round, planned_at=at)
    if not await notices.change(tx, old, planned):
        return False
    occurrence = await occurrences.take(
        tx,
        plan_of(old.id, round),
        now.date(),
        at,
        instant(now + OVER),
        canary=occurrences.CANARY,
        author=new.authority,
        facts={"notice": old.id},
    )
    assert occurrence is not None, f"notice {old.id} was planned before, round {round}"
    meant = await people.who(tx, audience(new.audience), now.date())
    await audiences.snapshot(tx, old.id, new.reach, meant)
    if not new.important:
        over = await over_budget(tx, await notices.list_to_send(tx, old.id), now)
        await notices.set_fate(tx, old.id, over, Fate.BUDGET)
    await notices.enqueue(tx, old.id, occurrence, (at, at), UNASKED, round=round, free=new.important)
    return True


@effect
async def give_up(tx: Tx, actor: Actor, notice_id: int, version: int, now: dt.datetime) -> Outcome:
    """It never goes: one's own, or, once it is more than a draft, what lies in one's reach."""
    old = await notices.get(tx, notice_id)
    if old is None or not may_see(actor, old):
        return Outcome("notices-not-yours")
    if old.state not in OPEN or old.version != version:
        return Outcome("notices-stale", {"id": notice_id})
    empty = replace(old, state=NoticeState.CANCELLED, text="", file_kind=None, file_id=None, file_name="")
    await notices.change(tx, old, empty)
    await audit.append(tx, instant(now), actor.user_id, "notice-cancelled", f"notice:{notice_id}", old.state, "")
    if old.author_user != actor.user_id:
        await _tell(tx, old, "notice-cancelled", {})
    return Outcome("notices-given-up", {"id": notice_id, "title": title_of(old)})


# By a second person


def may_approve(actor: Actor, notice: Notice | None) -> bool:
    if notice is None or not people.covers(actor, notice.reach) or notice.author_user == actor.user_id:
        return False
    return actor.person_id is None or actor.person_id != notice.author_person


async def next_waiting(db: Database, actor: Actor, after: int, now: dt.datetime) -> dict[str, object] | None:
    """The next notice that waits for this actor's approval, after this one."""
    reach = scope(actor, Action.NOTIFY)
    if reach is None:
        return None
    async with db.read(long=True) as tx:
        found = await notices.list_waiting(tx, reach, actor.user_id, actor.person_id, after)
        return await facts_of(tx, actor, found[0], now) if found else None


@effect
async def approve(
    tx: Tx, actor: Actor, notice_id: int, version: int, now: dt.datetime, owners: Collection[int]
) -> Outcome:
    """A second person agrees to it as it was shown; it goes, or waits for its time."""
    old = await notices.get(tx, notice_id)
    if old is None or not may_approve(actor, old):
        return Outcome("notices-not-yours")
    if old.state is not NoticeState.WAITING or old.version != version:
        return Outcome("notices-stale", {"id": notice_id})
    new = replace(old, approved_by=actor.user_id, approved_at=instant(now))
    if not people.covers(await _authority(tx, old, owners, now), old.reach):
        new = replace(new, authority=actor.user_id)  # its author may not send it any more: whoever agrees takes it over
    problem, total = await _problem(tx, new, now)
    if problem:
        await hold(tx, old, problem, now)
        return Outcome("notices-held", {"id": notice_id, "reason": problem, "title": title_of(old)})
    proper = await work.proper_moment(tx, moment_of(new, now))
    if not new.outside_hours and proper > now:
        new = replace(new, send_at=max(new.send_at or 0, instant(proper)))
    outcome = await _release(tx, actor, old, new, total, now, owners)
    if outcome.name == "notices-stale":
        return outcome
    await _tell(tx, old, "notice-approved", {"later": outcome.name == "notices-scheduled"})
    return Outcome("notices-approved", {"id": notice_id})


@effect
async def reject(tx: Tx, actor: Actor, notice_id: int, version: int, note: str, now: dt.datetime) -> Outcome:
    """It goes back to its author, with a word why."""
    old = await notices.get(tx, notice_id)
    if old is None or not may_approve(actor, old):
        return Outcome("notices-not-yours")
    if old.state is not NoticeState.WAITING or old.version != version:
        return Outcome("notices-stale", {"id": notice_id})
    note = " ".join(note.split())[:200]
    await notices.change(tx, old, replace(old, state=NoticeState.DRAFT))
    await audit.append(tx, instant(now), actor.user_id, "notice-rejected", f"notice:{notice_id}", "", note)
    await _tell(tx, old, "notice-rejected", {"note": note})
    return Outcome("notices-rejected", {"id": notice_id, "title": title_of(old)})


async def _tell(tx: Tx, notice: Notice, kind: str, facts: dict[str, object]) -> None:
    """Its author hears what has become of it."""
    known = {"id": notice.id, "title": title_of(notice)}
    await tell(tx, f"{kind}:{notice.id}:{notice.version}", kind, notice.author_user, known | facts)


# All at once


@effect
async def stop_all(tx: Tx, actor: Actor, now: dt.datetime) -> Outcome:
    """Whatever he may steer: what is leaving stops, what waits for its hour is a draft again. For the day on which
    somebody's account is in the wrong hands."""
    stopped, taken_back = [], 0
    for notice in await notices.list_going(tx):
        if not people.covers(actor, notice.reach):
            continue
        if notice.state is NoticeState.SCHEDULED:
            await hold(tx, notice, "stopped", now, actor.user_id)
            taken_back += 1
        else:
            outcome = await deliveries.steer(tx, actor, notice.id, "stopped", now)
            stopped += [outcome.facts["occurrence"]] if "occurrence" in outcome.facts else []
    return Outcome("deliveries-all-stopped", {"stopped": stopped, "taken_back": taken_back})


async def count_going(db: Database, actor: Actor) -> int:
    """How many notices `stop_all` would stop."""
    async with db.read() as tx:
        return sum(people.covers(actor, notice.reach) for notice in await notices.list_going(tx))


# By the clock


async def plan_due(db: Database, now: dt.datetime, owners: Collection[int]) -> bool:
    """Whatever time has come; whether there is something new to send."""
    async with db.read() as tx:
        due = await notices.list_due(tx, instant(now))
    for notice in due:
        async with db.write() as tx:
            await _due(tx, notice.id, now, owners)
    return bool(due)


async def next_time(db: Database, now: dt.datetime) -> dt.datetime | None:
    """When the next scheduled notice goes."""
    async with db.read() as tx:
        at = await notices.next_at(tx, instant(now))
    return time_of(at, now.tzinfo) if at is not None else None


async def _due(tx: Tx, notice_id: int, now: dt.datetime, owners: Collection[int]) -> None:
    old = await notices.get(tx, notice_id)
    if old is None or old.state is not NoticeState.SCHEDULED or (old.send_at or 0) > instant(now):
        return
    if instant(now - LATE) >= (old.send_at or 0):
        await hold(tx, old, "missed", now)
        return
    proper = await work.proper_moment(tx, now)
    if proper > now and not old.outside_hours:  # we were away: what was meant for working hours waits for the next ones
        await notices.change(tx, old, replace(old, send_at=instant(proper)))
        return
    actor = await _authority(tx, old, owners, now)
    problem, total = await _problem(tx, old, now)
    needs = total > (await campaigns.load(tx)).approve_notice_over and old.approved_by is None
    if problem and can(actor, Action.NOTIFY):  # also where his department was merged: nobody could send it as it is
        await hold(tx, old, problem, now)
    elif not people.covers(actor, old.reach):
        await _orphan(tx, old, now, owners)
    elif needs:  # the audience has grown since
        await _wait(tx, old, await _approvers(tx, old, owners, now), now)
        await _tell(tx, old, "notice-grown", {"count": total})
    else:
        await plan(tx, old, old, now)


async def _authority(tx: Tx, notice: Notice, owners: Collection[int], now: dt.datetime) -> Actor:
    """Whoever it rests upon, with the rights that are still there."""
    account, person, standing = await accounts.find(tx, notice.authority)
    return actor_of(notice.authority, account, person, standing, frozenset(owners), now.date())


async def _wait(tx: Tx, old: Notice, approvers: Iterable[int], now: dt.datetime) -> None:
    await notices.change(tx, old, replace(old, state=NoticeState.WAITING, approved_by=None, approved_at=None))
    await work.call(tx, approvers, now)


async def _orphan(tx: Tx, old: Notice, now: dt.datetime, owners: Collection[int]) -> None:
    """Whoever it rested upon may not send it any more: it waits for another, and the office hears of it."""
    await _wait(tx, old, await _approvers(tx, old, owners, now), now)
    await _tell(tx, old, "notice-orphaned", {})
    office = {*owners, *await accounts.list_by_role(tx, "office", None, old.author_person)} - {old.author_user}
    await _tell_office(tx, old, "notice-orphaned-office", office, now)


async def hold(tx: Tx, old: Notice, reason: str, now: dt.datetime, by: int | None = None) -> None:
    """It does not go as it is: a draft again, and its author hears why, unless it was he."""
    await notices.change(
        tx, old, replace(old, state=NoticeState.DRAFT, send_at=None, approved_by=None, approved_at=None)
    )
    if old.author_user != by:
        await _tell(tx, old, "notice-held", {"reason": reason})
    await audit.append(tx, instant(now), by, "notice-held", f"notice:{old.id}", "", reason)


async def _tell_office(tx: Tx, old: Notice, kind: str, users: Iterable[int], now: dt.datetime) -> None:
    facts = {"id": old.id, "title": title_of(old)}
    at = instant(await work.proper_moment(tx, now))
    await work.inform(tx, f"{kind}:{old.id}:{old.version}", kind, users, facts, at)
