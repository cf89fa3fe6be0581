"""Whom a stored intent goes to, and what puts one there besides the features themselves."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.access import Action, Actor, scope
from bot.services import notice_door, tellings
from bot.services.accounts import actor_of
from bot.services.deliveries import Limits
from bot.services.effects import Outcome, effect
from storage import accounts, checkins, notices, outbox, registrations
from storage.engine import Database, Tx
from storage.outbox import Claimed, Intent
from storage.records import Person, PersonStatus

ASKED, WORK, UNASKED = outbox.ASKED, outbox.WORK, outbox.UNASKED
UNKNOWN_LIMITS = Limits(rate=28.0)


@dataclass(frozen=True, slots=True)
class Recipient:
    chat_id: int
    language: str | None
    kind: str
    facts: Mapping[str, Any]


async def recipient(
    db: Database,
    row: Claimed,
    now: dt.datetime,
    owners: frozenset[int] = frozenset(),
    limits: Limits = UNKNOWN_LIMITS,
) -> Recipient | str:
    """Where this message goes at this moment, or the reason why it goes nowhere any more."""
    async with db.read() as tx:
        user_id = row.user_id
        if row.person_id is not None:
            bound = await accounts.find_by_person(tx, row.person_id)
            user_id = bound.user_id if bound else None
        account, person, trail = await accounts.find(tx, user_id) if user_id is not None else (None, None, "")
        if account is None or (row.person_id is not None and account.consent_version is None):
            return "not_bound"
        if not account.reachable:
            return "unreachable"
        if person is not None and (reason := _away(person, row)):
            return reason
        if row.kind == "morning" and account.muted:
            return "muted"
        actor = actor_of(account.user_id, account, person, trail, owners)
        if row.kind in notice_door.KINDS:
            found = await notice_door.facts(tx, row, actor, now, limits)
            return found if isinstance(found, str) else Recipient(account.chat_id, account.language, row.kind, found)
        if row.kind != "work":
            return Recipient(account.chat_id, account.language, row.kind, row.facts)
        waiting = await _waiting(tx, actor, now)
    return Recipient(account.chat_id, account.language, row.kind, waiting) if any(waiting.values()) else "done"


async def _waiting(tx: Tx, actor: Actor, now: dt.datetime) -> dict[str, int]:
    """How much waits at this moment for somebody who decides; nothing for somebody who does not (any more)."""
    reach = scope(actor, Action.DECIDE)
    if reach is None:
        return {}
    reviewer = checkins.Reviewer(reach, actor.person_id, actor.user_id)
    return {
        "registrations": await registrations.count_waiting(tx, reach, actor.person_id, actor.user_id),
        "notices": await notices.count_waiting(tx, reach, actor.user_id, actor.person_id),
        "checkins": await checkins.count_waiting(tx, reviewer),
        "tellings": await tellings.count_waiting(tx, actor, now),
    }


def _away(person: Person, row: Claimed) -> str:
    """Why this person gets nothing, or nothing unasked; empty if he does."""
    if person.status in (PersonStatus.LEFT, PersonStatus.RETIRED):
        return "left"
    if row.urgency == UNASKED and person.status is not PersonStatus.ACTIVE:
        return "on_leave" if person.status is PersonStatus.ON_LEAVE else "left"
    return ""


async def tell(tx: Tx, key: str, kind: str, user_id: int, facts: Mapping[str, Any]) -> None:
    """An answer to this account's own act, later than the act: at once, at any hour."""
    await outbox.insert(tx, [Intent(key, kind, facts, user_id=user_id, urgency=ASKED)])


@effect
async def tell_operators(tx: Tx, key: str, kind: str, facts: Mapping[str, Any], owners: Iterable[int]) -> Outcome:
    """Something for those who run the bot; once for each key."""
    await outbox.insert(tx, [Intent(f"{key}:{owner}", kind, facts, user_id=owner, urgency=ASKED) for owner in owners])
    return Outcome("operators-told")
