"""Notices to everybody and the unit's weekly totals, once more to its own group robots; nothing else waits for it."""

import datetime as dt
import json
import logging
from collections.abc import Sequence

from bot.clock import instant, time_of
from bot.files import ChildFailed, in_child
from bot.services import campaign as campaigns
from bot.services.firings import figures
from storage import mirrors
from storage.engine import Database, Tx
from storage.mirrors import Change, Mirror, Posted

log = logging.getLogger("mirrors")

LOOK_BACK = dt.timedelta(hours=1)  # what is older is no news for a group
AGAIN = dt.timedelta(minutes=5)
TRIES = 3
SECONDS, MEMORY_MB = 30, 512


async def take(db: Database, robots: int, now: dt.datetime) -> Sequence[Mirror]:
    """What is to be posted now, new or once more."""
    async with db.read() as tx:
        new = await _new(tx, now) or await _changes(tx, now)
        if not new and not await mirrors.is_due(tx, instant(now)):
            return []
    async with db.write() as tx:
        for change, posted in await _changes(tx, now):
            await _put_right(tx, change, posted, now)
        for key, text in (await _new(tx, now)).items():
            kind, facts = ("notice", {"text": text}) if text else ("weekly", await _totals(tx, now))
            await mirrors.insert(tx, key, range(robots), kind, facts, instant(now))
        return await mirrors.claim(tx, instant(now), instant(now + AGAIN), robots)


async def _new(tx: Tx, now: dt.datetime) -> dict[str, str]:
    """Key and text (of a notice) of what no robot has been given yet."""
    since = instant(now - LOOK_BACK)
    found = dict(await mirrors.list_notices(tx, since)) | dict.fromkeys(await mirrors.list_weeklies(tx, since), "")
    known = await mirrors.list_known(tx, found)
    return {key: text for key, text in found.items() if key not in known}


async def _changes(tx: Tx, now: dt.datetime) -> Sequence[tuple[Change, Sequence[Posted]]]:
    """Corrections and recalls of which no robot knows yet, with what each robot that is to be told was given last."""
    found = await mirrors.list_changes(tx, instant(now - LOOK_BACK))
    known = await mirrors.list_known(tx, [change.key for change in found])
    new = [change for change in found if change.key not in known]
    told = [(change, _wrong(change, await mirrors.list_posted(tx, change.notice_id))) for change in new]
    return [(change, posted) for change, posted in told if posted]


def _wrong(change: Change, posted: Sequence[Posted]) -> Sequence[Posted]:
    """Who has said nothing of it yet has nothing to take back, and what was already posted as it is now needs no
    correction."""
    if change.act == "recall":
        return [one for one in posted if one.text is not None]
    return [one for one in posted if one.text != change.text]


async def _put_right(tx: Tx, change: Change, posted: Sequence[Posted], now: dt.datetime) -> None:
    """Posted once more: the new text as a correction, or a word that the notice was taken back; and what has not been
    posted yet is not any more."""
    await mirrors.drop(tx, change.notice_id)
    begun = [one.robot for one in posted if one.begun]
    if change.act == "recall":
        # Not its words once more.
        said = {"notice": change.notice_id, "at": time_of(change.sent_at, now.tzinfo).isoformat()}
        await mirrors.insert(tx, change.key, begun, "recall", said, instant(now))
        return
    facts = {"text": change.text}
    corrected = facts | {"at": time_of(change.at, now.tzinfo).isoformat()}
    await mirrors.insert(tx, change.key, begun, "correction", corrected, instant(now))
    # It never stood in these groups: there the new text is the notice itself.
    fresh = [one.robot for one in posted if not one.begun]
    await mirrors.insert(tx, change.key, fresh, "notice", facts, instant(now))


async def _totals(tx: Tx, now: dt.datetime) -> dict[str, object]:
    campaign = await campaigns.load(tx)
    count = await figures(tx, campaign, now.date())
    return {**count(""), "name": campaign.name}


async def post(url: str, title: str, body: str) -> bool:
    """One text to one robot, in a child of its own that is killed when it takes too long."""
    feed = json.dumps({"url": url, "title": title, "body": body}).encode()
    try:
        return bool(json.loads(await in_child("post", feed, SECONDS, MEMORY_MB)))
    except (ChildFailed, TimeoutError) as problem:
        log.warning("a group robot was not reached: %s", type(problem).__name__)  # its words may hold the address
        return False


async def settle(db: Database, mirror: Mirror, *, sent: bool) -> bool:
    """Write down how it ended; whether it is given up."""
    over = not sent and mirror.tries >= TRIES
    if sent or over:
        async with db.write() as tx:
            await mirrors.end(tx, mirror.id, "sent" if sent else "failed")
    return over
