"""Whom a stored intent goes to, and what puts one there besides the features themselves."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.access import Action, Actor, scope
from bot.services.accounts import actor_of
from bot.services.effects import Outcome, effect
from bot.services.matters import at_the_door
from storage import accounts, checkins, outbox, registrations
from storage.engine import Database, Tx
from storage.outbox import Claimed, Intent
from storage.records import Person, PersonStatus

ASKED, WORK, UNASKED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Recipient:
    chat_id: int
    language: str | None
    kind: str
    facts: Mapping[str, Any]


async def recipient(
    db: Database, row: Claimed, now: dt.datetime, owners: frozenset[int] = frozenset()
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
        if row.kind != "work":
            facts = await at_the_door(tx, actor, row.kind, row.facts)
            return "done" if facts is None else Recipient(account.chat_id, account.language, row.kind, facts)
        waiting = await _waiting(tx, actor)
    return Recipient(account.chat_id, account.language, row.kind, waiting) if any(waiting.values()) else "done"


async def _waiting(tx: Tx, actor: Actor) -> dict[str, int]:
    """How much waits at this moment for somebody who decides; nothing for somebody who does not (any more)."""
    reach = scope(actor, Action.DECIDE)
    if reach is None:
        return {}
    reviewer = checkins.Reviewer(reach, actor.person_id, actor.user_id)
    return {
        "registrations": await registrations.count_waiting(tx, reach, actor.person_id, actor.user_id),
        "checkins": await checkins.count_waiting(tx, reviewer),
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
