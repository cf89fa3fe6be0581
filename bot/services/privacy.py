"""The rights of who takes part: to read what is kept and why, to take it home, to leave."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from bot.clock import instant, time_of
from bot.domain.access import Actor
from bot.services import campaign as campaigns
from bot.services import registration
from bot.services.effects import Cause, Outcome, effect
from storage import accounts, audit, erasure, marks, notices, privacy, registrations
from storage.beside import Journals
from storage.engine import Database, Tx
from storage.erasure import Traces

Export = Mapping[str, Sequence[Mapping[str, Any]]]


async def unit_name(db: Database, default: str) -> str:
    """The unit as people call it."""
    async with db.read() as tx:
        return (await campaigns.load(tx)).name or default


async def notice(db: Database, actor: Actor, now: dt.datetime) -> Outcome:
    """What /privacy says besides its text: the version, and what this account consented to when."""
    async with db.read() as tx:
        found = await privacy.find_consent(tx, actor.user_id)
    if found is None:
        return Outcome("privacy-no-consent", {"version": version()})
    day = time_of(found[1], now.tzinfo).date()
    return Outcome("privacy-consented", {"version": version(), "given": found[0], "day": day.isoformat()})


async def consent_given(db: Database, actor: Actor) -> int:
    """The instant of the consent that holds."""
    async with db.read() as tx:
        found = await privacy.find_consent(tx, actor.user_id)
    return found[1] if found else 0


def version() -> int:
    """Of the notice that people are asked to agree to."""
    return registration.CONSENT_VERSION


def outdated(actor: Actor) -> bool:
    """Whether this person has agreed to an older notice only."""
    return actor.person is not None and actor.account is not None and (actor.account.consent_version or 0) < version()


@effect
async def renew(tx: Tx, actor: Actor, agreed: int, now: dt.datetime) -> Outcome:
    """同意 to the notice as it is now; a button under an older one is stale."""
    if agreed != version() or not outdated(actor):
        return Outcome("error-stale")
    await accounts.consent(tx, actor.user_id, agreed, instant(now))
    await audit.append(tx, instant(now), actor.user_id, "consent", after=str(agreed))
    return Outcome("privacy-renewed")


@effect
async def leave(tx: Tx, actor: Actor, given: int, now: dt.datetime) -> Outcome:
    """Withdraw the consent of that instant and unbind: a stranger again. Records stay as long as the rules say, open
    ones stay open."""
    found = await privacy.find_consent(tx, actor.user_id)
    if actor.person is None or found is None or found[1] != given:
        return Outcome("error-stale")
    await accounts.unbind(tx, actor.user_id)
    await registrations.end_dialogs(tx, actor.user_id)
    await registrations.drop_messages(tx, actor.user_id, instant(now))
    await notices.cancel_drafts(tx, actor.user_id)
    await audit.append(tx, instant(now), actor.user_id, "leave", f"person:{actor.person.id}")
    return Outcome("leave-done")


async def stands(db: Database, actor: Actor, given: int) -> bool:
    """Whether this is the actor's own consent, and the one he has given last."""
    async with db.read() as tx:
        found = await privacy.find_consent(tx, actor.user_id)
    return actor.person is not None and found is not None and found[1] == given


async def erase(cause: Cause, actor: Actor, given: int, journals: Journals, now: dt.datetime) -> Outcome:
    """Leave, and be nobody: the figures stay, name, words, pictures and account go. What is left over in free pages
    of the file goes at night, what is in backups with their term; a restore erases again."""
    found = None
    if actor.person is not None and await stands(cause.db, actor, given):
        async with cause.db.read(long=True) as look:
            users = await _accounts(look, actor.user_id, actor.person.id)
            found = await erasure.trace(look, actor.person.id, users)
    return await _erase(cause, actor, given, journals, found, now)


@effect
async def _erase(
    tx: Tx, actor: Actor, given: int, journals: Journals, found: Traces | None, now: dt.datetime
) -> Outcome:
    consent = await privacy.find_consent(tx, actor.user_id)
    if actor.person is None or consent is None or consent[1] != given:
        return Outcome("error-stale")
    person, users = actor.person.id, await _accounts(tx, actor.user_id, actor.person.id)
    journals.keep_erasure(instant(now), person, users)  # first: a restore must never bring back who asked for it
    await audit.append(tx, instant(now), actor.user_id, "leave", f"person:{person}")
    await erasure.erase(tx, instant(now), person, users, found)
    await marks.put(tx, erasure.DUE, f"person:{person}")
    return Outcome("leave-erased")


async def _accounts(tx: Tx, user_id: int, person_id: int) -> list[int]:
    """This one and every other of the same person's."""
    return sorted({user_id, *await erasure.accounts_of(tx, person_id)})


async def export(db: Database, actor: Actor, now: dt.datetime) -> Export:
    """All that is kept about this person; instants as local time."""
    assert actor.person is not None
    async with db.read(long=True) as tx:
        found = await privacy.collect(tx, actor.user_id, actor.person.id)
    return {section: [_readable(row, now.tzinfo) for row in rows] for section, rows in found.items()}


def _readable(row: Mapping[str, Any], zone: dt.tzinfo | None) -> dict[str, Any]:
    def value(name: str, kept: Any) -> Any:
        if not (name == "at" or name.endswith("_at")) or not kept:
            return kept
        return time_of(kept, zone).isoformat(timespec="seconds")

    return {name: value(name, kept) for name, kept in row.items()}
