"""Notices to everybody and the unit's weekly totals, once more to its own group robots; nothing else waits for it."""

import datetime as dt
import json
import logging
from collections.abc import Sequence

from bot.clock import instant
from bot.files import ChildFailed, in_child
from bot.services import campaign as campaigns
from bot.services.firings import figures
from storage import mirrors
from storage.engine import Database, Tx
from storage.mirrors import Mirror

log = logging.getLogger("mirrors")

LOOK_BACK = dt.timedelta(hours=1)  # what is older is no news for a group
AGAIN = dt.timedelta(minutes=5)
TRIES = 3
SECONDS, MEMORY_MB = 30, 512


async def take(db: Database, robots: int, now: dt.datetime) -> Sequence[Mirror]:
    """What is to be posted now, new or once more."""
    async with db.read() as tx:
        new = await _new(tx, now)
        if not new and not await mirrors.is_due(tx, instant(now)):
            return []
    async with db.write() as tx:
        for key, text in (await _new(tx, now)).items():
            kind, facts = ("notice", {"text": text}) if text else ("weekly", await _totals(tx, now))
            await mirrors.insert(tx, key, robots, kind, facts, instant(now))
        return await mirrors.claim(tx, instant(now), instant(now + AGAIN), robots)


async def _new(tx: Tx, now: dt.datetime) -> dict[str, str]:
    """Key and text (of a notice) of what no robot has been given yet."""
    since = instant(now - LOOK_BACK)
    found = dict(await mirrors.list_notices(tx, since)) | dict.fromkeys(await mirrors.list_weeklies(tx, since), "")
    known = await mirrors.list_known(tx, found)
    return {key: text for key, text in found.items() if key not in known}


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
