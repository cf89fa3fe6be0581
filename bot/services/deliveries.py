"""What became of a notice: its page for whoever may see it, the live message, pause and stop, 收到."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.clock import instant, time_of
from bot.domain.access import Action, Actor, can, scope
from bot.domain.deliveries import seconds_left
from bot.domain.pages import PAGE, pages_of
from bot.services.audiences import covers
from bot.services.effects import Outcome, effect
from bot.services.notice_text import said
from bot.services.notices import title_of
from storage import audit, corrections, deliveries, notices, occurrences, tellings
from storage.deliveries import Round, Somebody
from storage.engine import Database, Tx
from storage.notices import Notice
from storage.records import NoticeState

Facts = dict[str, Any]
LIVE = (NoticeState.SENDING, NoticeState.PAUSED)
OVER = (NoticeState.DONE, NoticeState.STOPPED)
MOVING = ("trying", "sending")
STEERING = {
    "trying": ["pause", "stop"],
    "sending": ["pause", "stop"],
    "paused": ["resume", "stop", "correct", "recall"],
    "halted": ["resume", "stop", "correct", "recall"],
}
KINDS = ("answered", "unanswered", "failed", "skipped", "unknown")


@dataclass(frozen=True, slots=True)
class Sight:
    """A notice as somebody may see it: all that its sender sees, or only one's own people."""

    notice: Notice
    trail: str  # names of this subtree may be shown
    manages: bool


async def sight(tx: Tx, actor: Actor, notice_id: int) -> Sight | None:
    """None: there is no such notice, or it is nothing that he may know of; he cannot tell which."""
    notice = await notices.get(tx, notice_id)
    trail = scope(actor, Action.VIEW_MEMBERS)
    if notice is None or trail is None or notice.state not in (*LIVE, *OVER):
        return None
    if covers(actor, notice.reach):
        return Sight(notice, trail, True)
    concerned = await deliveries.has_people(tx, notice_id, trail)
    return Sight(notice, trail, False) if concerned else None


@dataclass(frozen=True, slots=True)
class Limits:
    """What Telegram allows at this moment."""

    rate: float  # messages a second, all together
    held: float = 0.0  # seconds for which nothing leaves, because it has asked for that
    observed: float | None = None  # messages a second as they have really left, where that is known


async def open_page(db: Database, actor: Actor, notice_id: int, now: dt.datetime, limits: Limits) -> Outcome:
    async with db.read(long=True) as tx:
        seen = await sight(tx, actor, notice_id)
        if seen is None:
            return Outcome("error-stale")
        return Outcome("deliveries-page", await page(tx, seen, now, limits))


async def page(tx: Tx, seen: Sight, now: dt.datetime, limits: Limits) -> Facts:
    """All that the page says: to its sender the whole sum, to a leader what concerns his own people."""
    facts = await brief(tx, seen, now, limits)
    facts |= {"people": await deliveries.count_people(tx, seen.notice.id, seen.trail), "manages": seen.manages}
    if not seen.manages:
        return {name: value for name, value in facts.items() if name != "rounds"} | {"acts": []}
    return facts | {"fates": await notices.list_fates(tx, seen.notice.id)} | await _ways(tx, facts)


async def brief(tx: Tx, seen: Sight, now: dt.datetime, limits: Limits) -> Facts:
    """How far it is, without its people: what the live message needs."""
    notice = seen.notice
    rounds = await deliveries.list_rounds(tx, notice.id, notice.round)
    changes = await corrections.list_of(tx, notice.id)
    facts: Facts = {
        "notice": notice.id,
        "title": title_of(notice),
        "answer": notice.answer,
        "at": time_of(notice.planned_at or notice.created_at, now.tzinfo).isoformat(),
        "state": _state(notice, rounds),
        "reason": rounds[-1].paused_by if rounds else "",
        "recalled": any(change.act == "recall" for change in changes),
        "corrected": sum(change.act == "correct" for change in changes),
        "rounds": [await _round(tx, found, now) for found in rounds],
        "seconds": None,
        "rate": limits.rate,
        "later": bool(rounds) and rounds[-1].due_at > instant(now),
    }
    if rounds and facts["state"] in MOVING:
        ahead, left = await occurrences.count_ahead(tx, rounds[-1].occurrence_id), facts["rounds"][-1]["left"]
        waits = max(limits.held, (rounds[-1].due_at - instant(now)) / 1000, 0.0)
        facts["seconds"] = seconds_left(max(ahead, left), left, limits.rate, limits.observed, waits)
    return facts | {"acts": STEERING.get(facts["state"], [])}


def _state(notice: Notice, rounds: Sequence[Round]) -> str:
    """The sending's own state counts: it may pause by itself."""
    last = rounds[-1] if rounds else None
    if notice.state in OVER or last is None:
        return notice.state.value
    if last.state == "paused":
        return "halted" if last.paused_by else "paused"
    return "trying" if last.canary else "sending"


async def _round(tx: Tx, found: Round, now: dt.datetime) -> Facts:
    tally = await occurrences.tally(tx, found.occurrence_id)
    return {
        "round": found.number,
        "why": found.reason,
        "at": time_of(found.due_at, now.tzinfo).isoformat(),
        "planned": tally.planned,
        "sent": tally.sent,
        "failed": tally.failed,
        "skipped": tally.skipped,
        "unknown": tally.unknown,
        "left": tally.on_the_way,
        "reasons": await occurrences.reasons(tx, found.occurrence_id),
    }


async def _ways(tx: Tx, facts: Facts) -> Facts:
    """What its sender may do next, and for how many."""
    number = facts["notice"]
    if facts["state"] in STEERING or facts["recalled"]:
        return {}
    missed = len(await deliveries.list_missed(tx, number))
    unanswered = len(await deliveries.list_unanswered(tx, number)) if facts["answer"] else 0
    again = [*["missed"] * bool(missed), *["remind"] * bool(unanswered)]
    return {"missed": missed, "to_remind": unanswered, "acts": [*again, "correct", "recall"]}


# Names, within what the viewer may see


@dataclass(frozen=True, slots=True)
class Names:
    people: Sequence[Somebody]
    number: int  # of the page
    total: int


async def people(db: Database, actor: Actor, notice_id: int, kind: str, number: int) -> Names | None:
    """A page of one list; the last one where there are not so many (any more)."""
    async with db.read(long=True) as tx:
        seen = await sight(tx, actor, notice_id)
        if seen is None or kind not in KINDS:
            return None
        _, total = await deliveries.list_people(tx, notice_id, seen.trail, kind, 0)
        number = min(number, pages_of(total) - 1)
        found, total = await deliveries.list_people(tx, notice_id, seen.trail, kind, PAGE, number * PAGE)
    return Names(found, number, total)


async def everybody(
    db: Database, actor: Actor, notice_id: int, now: dt.datetime, limits: Limits
) -> tuple[Facts, Sequence[Somebody], Mapping[int, str]] | None:
    """The page's facts, everybody within sight, and who has told whom: for the table."""
    async with db.read(long=True) as tx:
        seen = await sight(tx, actor, notice_id)
        if seen is None:
            return None
        found, _ = await deliveries.list_people(tx, notice_id, seen.trail, "all")
        return await page(tx, seen, now, limits), found, await tellings.list_tellers(tx, notice_id)


# While it is being sent


@effect
async def pause(tx: Tx, actor: Actor, notice_id: int, now: dt.datetime) -> Outcome:
    """After the answer nothing leaves until it is resumed."""
    return await steer(tx, actor, notice_id, "paused", now)


@effect
async def resume(tx: Tx, actor: Actor, notice_id: int, now: dt.datetime) -> Outcome:
    return await steer(tx, actor, notice_id, "resumed", now)


@effect
async def stop(tx: Tx, actor: Actor, notice_id: int, now: dt.datetime) -> Outcome:
    """After the answer nothing leaves, ever."""
    return await steer(tx, actor, notice_id, "stopped", now)


async def steer(tx: Tx, actor: Actor, notice_id: int, what: str, now: dt.datetime) -> Outcome:
    seen = await sight(tx, actor, notice_id)
    if seen is None or not seen.manages:
        return Outcome("error-stale")
    rounds = await deliveries.list_rounds(tx, notice_id, seen.notice.round)
    last = rounds[-1].occurrence_id if rounds else 0
    if seen.notice.state in LIVE and rounds and await _turn(tx, last, what, now):
        after = {"paused": NoticeState.PAUSED, "resumed": NoticeState.SENDING, "stopped": NoticeState.STOPPED}[what]
        await notices.move(tx, notice_id, seen.notice.state, after)
        await audit.append(tx, instant(now), actor.user_id, f"notice-{what}", f"notice:{notice_id}")
        return Outcome(f"deliveries-{what}", {"occurrence": last})
    return Outcome("deliveries-as-it-is")


async def _turn(tx: Tx, occurrence_id: int, what: str, now: dt.datetime) -> bool:
    if what == "paused":
        return await occurrences.pause(tx, occurrence_id)
    if what == "resumed":
        return await occurrences.resume(tx, occurrence_id)
    return await occurrences.stop(tx, occurrence_id, instant(now))


# By whoever got it


@effect
async def receive(tx: Tx, actor: Actor, notice_id: int, now: dt.datetime) -> Outcome:
    """收到: kept once, ranked nowhere, asked of nobody."""
    notice = await notices.get(tx, notice_id)
    if notice is None or actor.person_id is None or not can(actor, Action.TAKE_PART):
        return Outcome("error-stale")
    if await corrections.is_recalled(tx, notice_id):
        return Outcome("deliveries-recalled-answer")
    meant, answered = await deliveries.get_answered(tx, notice_id, actor.person_id)
    if not meant or not notice.answer:
        return Outcome("error-stale")
    if answered is None:
        await deliveries.answer(tx, notice_id, actor.person_id, instant(now))
    return Outcome("deliveries-received", await said(tx, notice) | {"answered": True})
