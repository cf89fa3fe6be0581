"""What was sent is put right or taken back: message by message through the outbox."""

import datetime as dt
from dataclasses import replace
from typing import Literal

from bot.clock import instant
from bot.domain.access import Actor
from bot.services.deliveries import LIVE, Sight, sight
from bot.services.effects import Outcome, effect
from bot.services.notice_text import Content, said, written
from storage import audit, corrections, deliveries, notices, occurrences, tellings
from storage.engine import Database, Tx
from storage.records import NoticeState

OVER_AFTER = dt.timedelta(days=7)
Act = Literal["correct", "recall"]


async def look(db: Database, actor: Actor, notice_id: int, act: Act) -> Outcome:
    """How many messages it would be about."""
    async with db.read(long=True) as tx:
        seen = await _ready(tx, actor, notice_id)
        if isinstance(seen, Outcome):
            return seen
        found = await corrections.count(tx, notice_id)
    return Outcome(f"corrections-ask-{act}", {"notice": notice_id, "text": seen.notice.text} | found)


async def propose(db: Database, actor: Actor, notice_id: int, content: Content, now: dt.datetime) -> Outcome:
    """How the message would look with another text. A file stays what it is."""
    async with db.read(long=True) as tx:
        seen = await _ready(tx, actor, notice_id)
        if isinstance(seen, Outcome):
            return seen
        if content.file_id is not None:
            return Outcome("corrections-no-file", {"notice": notice_id})
        new = written(seen.notice, content, corrected=True)
        if isinstance(new, Outcome):
            return new
        if new.text == seen.notice.text:
            return Outcome("corrections-same", {"notice": notice_id})
        facts = await said(tx, new) | {"corrected": now.isoformat()} | await corrections.count(tx, notice_id)
    return Outcome("corrections-preview", facts)


@effect
async def correct(tx: Tx, actor: Actor, notice_id: int, text: str, now: dt.datetime) -> Outcome:
    """The text that was proposed: what was sent is edited, what has not left yet says it by itself."""
    seen = await _ready(tx, actor, notice_id)
    if isinstance(seen, Outcome):
        return seen
    if seen.notice.text == text or not await notices.change(tx, seen.notice, replace(seen.notice, text=text)):
        return Outcome("deliveries-as-it-is")
    return await _change(tx, actor, seen, "correct", now)


@effect
async def recall(tx: Tx, actor: Actor, notice_id: int, now: dt.datetime) -> Outcome:
    """Nothing more of it leaves; what was sent is deleted, or where it is too old for that, said to be taken back."""
    seen = await _ready(tx, actor, notice_id)
    if isinstance(seen, Outcome):
        return seen
    stopped: dict[str, int] = {}
    if seen.notice.state in LIVE:
        rounds = await deliveries.list_rounds(tx, notice_id, seen.notice.round)
        stopped = {"occurrence": rounds[-1].occurrence_id}
        await occurrences.stop(tx, rounds[-1].occurrence_id, instant(now))
        await notices.change(tx, seen.notice, replace(seen.notice, state=NoticeState.STOPPED))
    await tellings.clear(tx, notice_id)
    outcome = await _change(tx, actor, seen, "recall", now)
    return Outcome(outcome.name, {**outcome.facts, **stopped})


async def _ready(tx: Tx, actor: Actor, notice_id: int) -> Sight | Outcome:
    seen = await sight(tx, actor, notice_id)
    if seen is None or not seen.manages:
        return Outcome("error-stale")
    return Outcome("deliveries-as-it-is") if await corrections.is_recalled(tx, notice_id) else seen


async def _change(tx: Tx, actor: Actor, seen: Sight, act: Act, now: dt.datetime) -> Outcome:
    number, at = seen.notice.id, instant(now)
    change = await corrections.insert(tx, number, act, seen.notice.text, actor.user_id, at)
    for before in await corrections.list_running(tx):  # an older correction must not come after a newer one
        if before.notice_id == number and before.id != change:
            await occurrences.stop(tx, before.occurrence_id, at)
    plan = f"notice-change:{change}"
    until, facts = instant(now + OVER_AFTER), {corrections.CORRECTED: now.isoformat()} if act == "correct" else {}
    occurrence = await occurrences.take(tx, plan, now.date(), at, until, author=actor.user_id, facts=facts)
    assert occurrence is not None, plan
    await corrections.set_occurrence(tx, change, occurrence)
    made = await corrections.get(tx, change)
    assert made is not None
    count = await corrections.enqueue(tx, made, at)
    await audit.append(tx, at, actor.user_id, f"notice-{act}", f"notice:{number}", "", str(count))
    return Outcome(f"corrections-{act}", {"notice": number, "count": count})
