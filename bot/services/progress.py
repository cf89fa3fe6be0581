"""The live message about a sending, its end, and what follows it: kept going by the clock's tick."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from bot.clock import instant
from bot.services import tellings
from bot.services.deliveries import LIVE, Facts, Limits, Sight, brief
from storage import accounts, corrections, deliveries, notices, occurrences, outbox
from storage.deliveries import Live
from storage.engine import Database, Tx
from storage.outbox import ASKED, Intent
from storage.records import NoticeState


async def tend(db: Database, now: dt.datetime, owners: Collection[int], rate: float) -> bool:
    """Begin the live messages, end them, let corrections follow; whether there is something new to send."""
    async with db.read() as tx:
        todo = [live for live in await deliveries.list_live(tx) if await _is_news(tx, live)]
        flying = await corrections.list_flying(tx)
        ended = [c for c in await corrections.list_running(tx) if await _is_over(tx, c.occurrence_id)]
    for live in todo:
        async with db.write() as tx:
            await _tend_one(tx, live, now, owners, rate)
    for change in (*flying, *ended):
        async with db.write() as tx:
            await corrections.follow(tx, change, instant(now))
            await _end_change(tx, change)
    return bool(todo or flying or ended)


async def _is_news(tx: Tx, live: Live) -> bool:
    """Its live message is to begin, or to end: not while it is on its way itself, for it is edited at its end."""
    told = await deliveries.get_fate(tx, deliveries.progress_key(live.notice_id, live.round))
    over = await _is_over(tx, live.occurrence_id)
    return told not in ("pending", "sending") if over else told is None


async def _is_over(tx: Tx, occurrence_id: int) -> bool:
    return (await occurrences.tally(tx, occurrence_id)).on_the_way == 0


async def _tend_one(tx: Tx, live: Live, now: dt.datetime, owners: Collection[int], rate: float) -> None:
    told = deliveries.progress_key(live.notice_id, live.round)
    facts = {"notice": live.notice_id, "now": now.isoformat(), "rate": rate}
    if not await _is_over(tx, live.occurrence_id):
        await outbox.insert(tx, [Intent(told, "notice-progress", facts, user_id=live.author, urgency=ASKED)])
        return
    await occurrences.close(tx, live.occurrence_id)
    for state in LIVE:
        await notices.move(tx, live.notice_id, state, NoticeState.DONE)
    if not await corrections.is_recalled(tx, live.notice_id):
        await tellings.call(tx, live.notice_id, owners, now)
    key, facts = f"notice-finished:{live.notice_id}:{live.round}", facts | {"over": told}
    await outbox.insert(tx, [Intent(key, "notice-finished", facts, user_id=live.author, urgency=ASKED)])


async def _end_change(tx: Tx, change: corrections.Change) -> None:
    """Whoever has put it right hears what came of that."""
    if not await _is_over(tx, change.occurrence_id) or not await occurrences.close(tx, change.occurrence_id):
        return
    tally = await occurrences.tally(tx, change.occurrence_id)
    facts = {
        "notice": change.notice_id,
        "act": change.act,
        "done": tally.sent,
        "not": tally.planned - tally.sent,
        "reasons": await occurrences.reasons(tx, change.occurrence_id),
    }
    key = f"notice-changed:{change.id}"
    await outbox.insert(tx, [Intent(key, "notice-changed", facts, user_id=change.by_user, urgency=ASKED)])


# The live message


@dataclass(frozen=True, slots=True)
class Watched:
    """A sending under way and the message that tells of it."""

    live: Live
    chat_id: int
    message_id: int
    language: str | None
    left: int
    done: int


async def watched(db: Database) -> list[Watched]:
    """The sendings of which something is on the way, and whose live message stands."""
    found = []
    async with db.read() as tx:
        for live in await deliveries.list_live(tx):
            message_id = await deliveries.find_message(tx, deliveries.progress_key(live.notice_id, live.round))
            account, _, _ = await accounts.find(tx, live.author)
            if message_id is None or account is None or not account.reachable:
                continue
            tally = await occurrences.tally(tx, live.occurrence_id)
            left = tally.on_the_way
            found.append(Watched(live, account.chat_id, message_id, account.language, left, tally.planned - left))
    return found


async def show(db: Database, notice_id: int, now: dt.datetime, limits: Limits) -> Facts:
    """The live message's facts."""
    async with db.read() as tx:
        notice = await notices.get(tx, notice_id)
        assert notice is not None, notice_id
        return await brief(tx, Sight(notice, notice.reach, True), now, limits)
