"""What is kept and for how long: nightly backup, terms, the audit's head; and the quiet after a restore."""

import asyncio
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.clock import instant
from bot.domain.access import Action, Actor, can
from bot.services import campaign as campaigns
from bot.services import work
from bot.services.effects import Outcome, effect
from bot.services.outbox import WORK, tell
from storage import audit, erasure, marks, outbox, retention
from storage import backup as keeper
from storage.beside import Journals
from storage.engine import Database, Tx
from storage.outbox import Intent

NIGHT, HELD, TERMS = "night-kept", "held", "terms-kept"
UNPROVEN = "?"  # in place of a backup's name: nothing says that somebody has put one back
FROM_HOUR = 2
DAILY = 7  # so many days every backup is kept, after that those of Mondays
NAME = re.compile(r"wenming-(\d{4}-\d{2}-\d{2})(-\d{6})?\.db")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the database lies, where its backups go, and under which key."""

    database: Path
    key: str
    owners: frozenset[int]

    @property
    def journals(self) -> Journals:
        return Journals(self.database)

    @property
    def folder(self) -> Path:
        return self.database.parent / "backups"


# backups


async def back_up(db: Database, place: Place, name: str) -> dict[str, Any]:
    """A checked backup on the server; what it is called, how big it is, what is wrong if there is none."""
    if db.dialect != "sqlite":
        return {"state": "postgres"}
    place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = place.folder / name
    try:
        await asyncio.to_thread(keeper.backup, place.database, target, place.key)
    except FileExistsError:
        pass  # this night's was written before the process ended
    except (keeper.Damaged, OSError) as problem:
        return {"state": "failed", "problem": type(problem).__name__, "name": name}
    size = target.stat().st_size // 1024
    return {"state": "done", "name": name, "kilobytes": size, "encrypted": bool(place.key)}


async def back_up_now(db: Database, actor: Actor, place: Place, now: dt.datetime) -> Outcome:
    """/backup: writes on the server; nothing of it goes through the chat."""
    if not can(actor, Action.BACK_UP):
        return Outcome("error-stale")
    facts = await back_up(db, place, f"wenming-{now:%Y-%m-%d-%H%M%S}.db")
    if facts["state"] == "done":
        async with db.write() as tx:
            await audit.append(tx, instant(now), actor.user_id, "backup", after=facts["name"])
    return Outcome(f"backup-{facts['state']}", facts)


async def note_backup(db: Database, name: str, now: dt.datetime) -> None:
    """A backup that the command line has written."""
    async with db.write() as tx:
        await audit.append(tx, instant(now), None, "backup", after=name)


def list_backups(folder: Path) -> list[tuple[dt.date, Path]]:
    """The oldest first; files of other names are none of ours."""
    found = [(NAME.fullmatch(path.name), path) for path in folder.glob("wenming-*.db")] if folder.is_dir() else []
    return sorted((dt.date.fromisoformat(name[1]), path) for name, path in found if name)


def outlived(day: dt.date, today: dt.date, days: int) -> bool:
    """Every day of the last week is kept, after that each Monday, and none longer than so many days."""
    age = (today - day).days
    return age > days or (age > DAILY and day.weekday() != 0)


def _drop_old(place: Place, today: dt.date, days: int, zone: dt.tzinfo | None) -> int:
    """Backups past their term; so are the databases that a restore has set aside, and what a kill has left behind."""
    gone = [path for day, path in list_backups(place.folder) if outlived(day, today, days)]
    for path in keeper.leftovers(place.database, place.folder):
        if (today - dt.datetime.fromtimestamp(path.stat().st_mtime, zone).date()).days > days:
            gone.append(path)
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


# the night


async def keep_night(db: Database, place: Place, now: dt.datetime) -> bool:
    """Once a night: blank what is past its term, back up, walk the audit, tell the owners. Whether it was done. As long
    as all is held nobody is told: they know that they have to look, and the first night after that says how it is."""
    today = now.date().isoformat()
    async with db.read() as tx:
        last = await marks.get(tx, NIGHT)
    if last == today or now.hour < FROM_HOUR:
        return False
    if not last:  # a new installation begins with its first whole night
        async with db.write() as tx:
            await marks.put(tx, NIGHT, today)
        return False
    blanked = await keep_terms(db, place.owners, now)
    await _scrub(db, place)
    async with db.read(long=True) as tx:
        chain = await audit.verify(tx, place.journals.heads())
        days = (await campaigns.load(tx)).backup_days
    saved = await back_up(db, place, f"wenming-{today}.db")
    if saved["state"] == "done":  # never throw away the last good ones for nothing
        await asyncio.to_thread(_drop_old, place, now.date(), days, now.tzinfo)
    if not chain.broken:
        await asyncio.to_thread(place.journals.keep_head, instant(now), chain.head, chain.hash)
    facts = {"day": today, "rows": chain.rows, "seal": chain.hash[:16], "broken": chain.broken, "reason": chain.reason}
    await _end_night(db, place, facts | {"backup": saved, "blanked": sum(blanked.values())}, now)
    return True


async def _scrub(db: Database, place: Place) -> None:
    """After an erasure: nothing of it stays in a corner of the file."""
    async with db.read(long=True) as look:
        due = await marks.get(look, erasure.DUE)
        if not due:
            return
        gone = {user for _, _, users in place.journals.erasures() for user in users}
        handled = await erasure.list_handled(look, gone)
    async with db.write() as tx:
        await erasure.sweep(tx, handled)
    if db.dialect == "sqlite":
        await asyncio.to_thread(keeper.scrub, place.database)
    async with db.write() as tx:
        if not await erasure.is_asking(tx, gone):  # what asked for it is still being handled: once more
            await marks.drop(tx, erasure.DUE, due)


async def _end_night(db: Database, place: Place, facts: dict[str, Any], now: dt.datetime) -> None:
    """Trouble at once, otherwise in working hours; the night is over in the same transaction."""
    trouble = facts["broken"] or facts["backup"]["state"] == "failed"
    async with db.write() as tx:
        quiet = await marks.get(tx, HELD)
        if not quiet:
            await work.call_again(tx, place.owners, now)
        at, urgency = (0, 0) if trouble else (instant(await work.proper_moment(tx, now)), WORK)
        await outbox.insert(
            tx,
            [
                Intent(f"night:{facts['day']}:{user}", "night", facts, user_id=user, not_before=at, urgency=urgency)
                for user in sorted(() if quiet else place.owners)
            ],
        )
        if facts["backup"]["state"] == "done":
            await audit.append(tx, instant(now), None, "backup", after=facts["backup"]["name"])
        await marks.put(tx, NIGHT, facts["day"])


async def keep_terms(db: Database, owners: frozenset[int], now: dt.datetime) -> dict[str, int]:
    """Blank or forget all that is past its term; how many rows of what."""
    async with db.write() as tx:
        campaign = await campaigns.load(tx)

        def before(days: int) -> int:
            return instant(now - dt.timedelta(days=days))

        done = await retention.forget(
            tx,
            instant(now),
            messages=before(campaign.message_days),
            photos=before(campaign.photo_days),
            parked=before(campaign.parked_days),
            drafts=before(campaign.draft_days),
            owners=owners,
        )
        done["audit"] = await audit.blank_details(tx, before(campaign.audit_days), instant(now))
        await marks.put(tx, TERMS, f"{instant(now)}:{sum(done.values())}")
        if sum(done.values()):
            said = " ".join(f"{what}={count}" for what, count in sorted(done.items()) if count)
            await audit.append(tx, instant(now), None, "retention", after=said)
    return done


# after a restore


async def wake_after_restore(db: Database, place: Place, now: dt.datetime) -> bool:
    """Called at each start, before the first update: whether another, older database has come into place. Then the
    erasures made since are made again, what waits to be sent is held, and an owner has to look first."""
    journals = place.journals
    file = journals.restored()
    async with db.write() as tx:
        head, seal = await audit.head(tx)
        heads = journals.heads()
        if not file and max(heads, default=0) <= head and heads.get(head, seal) == seal:
            return False
        known = await _known_up_to(tx, heads, head)
        for at, person_id, users in journals.erasures():
            # A restored database gives ids away again: under this one there may be somebody else by now.
            if await audit.added_since(tx, person_id, at):
                continue
            if await erasure.erase(tx, at, person_id, users):
                await marks.put(tx, erasure.DUE, "1")
        news = await marks.take(tx, HELD, file or UNPROVEN)
        if news:
            await outbox.hold_all(tx)
        if file or news:
            await audit.append(tx, instant(now), None, "restore", before=str(head), after=file or UNPROVEN)
            for user_id in sorted(place.owners):
                await tell(tx, f"restored:{instant(now)}:{user_id}", "restored", user_id, {"file": file, "head": head})
    if file:
        journals.keep_restore(known)
        journals.restore_seen()
    return bool(file or news)


async def _known_up_to(tx: Tx, heads: Mapping[int, str], head: int) -> int:
    """Up to which row the heads that were written down are those of this database: the ones after it are of the one
    that it has replaced."""
    sealed = await audit.hashes(tx, heads)
    return min([head, *(number - 1 for number, seal in heads.items() if number <= head and sealed.get(number) != seal)])


async def held(db: Database) -> bool:
    """Whether nothing goes out by itself, because nobody has looked since a restore."""
    async with db.read() as tx:
        return bool(await marks.get(tx, HELD))


@effect
async def resume(tx: Tx, actor: Actor, journals: Journals, now: dt.datetime) -> Outcome:
    """恢复发送: what was held goes its way, what is too late by now does not. Heads that do not fit and that no restore
    of ours explains are an alarm until this moment: somebody has looked."""
    if not can(actor, Action.BACK_UP):
        return Outcome("error-stale")
    why, looked = await marks.get(tx, HELD), ""
    if not await marks.drop(tx, HELD):
        return Outcome("backup-not-held")
    if why == UNPROVEN:
        known = await _known_up_to(tx, journals.heads(), (await audit.head(tx))[0])
        journals.keep_restore(known)
        looked = f"heads-to:{known}"
    released = await outbox.release_all(tx)
    await audit.append(tx, instant(now), actor.user_id, "resume", looked, after=str(released))
    return Outcome("backup-resumed", {"count": released})
