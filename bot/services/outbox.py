"""Whom a stored intent goes to, and what puts one there besides the features themselves."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.services.effects import Outcome, effect
from storage import accounts, outbox
from storage.engine import Database, Tx
from storage.outbox import Claimed, Intent
from storage.records import PersonStatus

ASKED, WORK, UNASKED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Recipient:
    chat_id: int
    language: str | None
    kind: str
    facts: Mapping[str, Any]


async def recipient(db: Database, row: Claimed, now: dt.datetime) -> Recipient | str:
    """Where this message goes at this moment, or the reason why it goes nowhere any more."""
    async with db.read() as tx:
        account, person = None, None
        if row.person_id is not None:
            account = await accounts.find_by_person(tx, row.person_id)
        elif row.user_id is not None:
            account, person, _ = await accounts.find(tx, row.user_id)
    if account is None:
        return "not_bound"
    if not account.reachable:
        return "unreachable"
    if person is not None and person.status in (PersonStatus.LEFT, PersonStatus.RETIRED):
        return "left"
    return Recipient(account.chat_id, account.language, row.kind, row.facts)


async def tell(tx: Tx, key: str, kind: str, user_id: int, facts: Mapping[str, Any]) -> None:
    """An answer to this account's own act, later than the act: at once, at any hour."""
    await outbox.insert(tx, [Intent(key, kind, facts, user_id=user_id, urgency=ASKED)])


@effect
async def tell_operators(tx: Tx, kind: str, facts: Mapping[str, Any], owners: Iterable[int]) -> Outcome:
    """Something for those who run the bot."""
    key = "-".join(str(value) for value in facts.values())
    await outbox.insert(
        tx, [Intent(f"{kind}:{key}:{owner}", kind, facts, user_id=owner, urgency=ASKED) for owner in owners]
    )
    return Outcome("operators-told")
