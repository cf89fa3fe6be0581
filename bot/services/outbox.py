"""Where the sender takes its messages from and writes down how they ended; whom each goes to; what puts one there."""

import datetime as dt
import uuid
from collections.abc import Awaitable, Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.clock import instant
from bot.domain.access import Action, Actor, scope
from bot.services import digest, groups, matters, notice_door
from bot.services.accounts import actor_of
from bot.services.effects import Outcome, effect
from storage import accounts, checkins, notices, occurrences, outbox, plans, registrations, sending, tellings
from storage.engine import Database, Tx
from storage.outbox import Intent
from storage.records import PersonStatus, Role
from storage.sending import Address, Claimed, End

ASKED, WORK, UNASKED = outbox.ASKED, outbox.WORK, outbox.UNASKED
LEASE = dt.timedelta(seconds=60)
OUR_FAULT = ("rejected", "render")  # what would hit everybody
PAUSED, NOT_OURS = "paused", "not_ours"  # reasons why a message does not leave now, that are no end of it

Facts = Mapping[str, Any]
Door = Callable[[Tx, Actor, Facts], Awaitable[Facts | str | None]]


@dataclass(frozen=True, slots=True)
class Recipient:
    chat_id: int
    language: str | None
    kind: str
    facts: Facts


class Desk:
    """One sender's claims. Every method is one transaction or one snapshot."""

    def __init__(self, db: Database, owners: frozenset[int]) -> None:
        self._db, self._owners = db, owners
        self._owner = uuid.uuid4().hex  # fresh at every start: an old name must not make old claims look alive
        self._today = dt.date.max  # of the last claims; before there are any, no deputy is one
        self._after = 0  # the occurrence that had the last turn
        self._said: dict[tuple[int, int], tuple[Facts, Facts, Facts]] = {}

    @property
    def moment(self) -> int:
        """Grows with every commit: as long as it is the same, nothing has changed. One process writes."""
        return self._db.writer.commits

    async def recover(self, now: dt.datetime) -> None:
        """Take over what an earlier process was sending when it died. Only for the one that owns the database."""
        async with self._db.write() as tx:
            await sending.reclaim(tx, instant(now), self._owner, all_others=True)

    async def tidy(self, now: dt.datetime, put_back: dt.timedelta, in_hand: Container[int]) -> None:
        """Let go what is too late, take up lapsed leases; `put_back`: by so much the clock has gone back meanwhile;
        `in_hand`: what we know that we are sending."""
        at = instant(now)
        if put_back:
            async with self._db.write() as tx:
                await sending.move_back(tx, at, int(put_back.total_seconds() * 1000))
        async with self._db.read() as look:
            neglected = await sending.is_neglected(look, at, self._owner)
            lapsed = await sending.list_lapsed(look, self._owner, at)
        # A claim whose commit was not heard of, for example.
        forgotten = [message for message in lapsed if message not in in_hand]
        if neglected or forgotten:
            async with self._db.write() as tx:
                await sending.skip_late(tx, at)
                await sending.reclaim(tx, at, self._owner, all_others=False)
                await sending.let_go(tx, self._owner, forgotten)

    async def is_due(self, now: dt.datetime) -> bool:
        async with self._db.read() as look:
            return await outbox.is_due(look, instant(now))

    async def exchange(self, ends: Sequence[End], room: int, now: dt.datetime) -> Sequence[Claimed]:
        """Write down how messages ended, and claim so many others."""
        self._today = now.date()
        async with self._db.write() as tx:
            if ends:
                await sending.settle(tx, self._owner, ends, instant(now))
                await self._stop_at_canaries(tx, ends, instant(now))
            if not room:
                return []
            lease = instant(now + LEASE)
            claimed = await sending.claim(tx, self._owner, instant(now), lease, room, self._after)
        self._after = next((row.occurrence_id for row in reversed(claimed) if row.occurrence_id), self._after)
        return claimed

    async def _stop_at_canaries(self, tx: Tx, ends: Sequence[End], at: int) -> None:
        """A fault in our own words at one of the first few: nothing else of it goes, the operators hear of it, and
        its author or, of a plan, the office."""
        for end in ends:
            if end.state != "failed" or end.reason not in OUR_FAULT or end.occurrence_id is None:
                continue
            if not await occurrences.pause_canary(tx, end.occurrence_id, end.reason):
                continue
            found = await occurrences.get(tx, end.occurrence_id)
            assert found is not None
            facts = {"occurrence": found.id, "plan": found.plan, "date": found.date.isoformat(), "reason": end.reason}
            users, kind = {*self._owners, *([found.author] if found.author else [])}, "notice_stopped"
            if plan := await plans.find_of_occurrence(tx, found.plan):
                users |= {*await accounts.list_by_role(tx, "office", None, None)}
                kind, facts = "plan_stopped", facts | plan.naming | {"id": plan.id}
            await outbox.insert(
                tx,
                [
                    Intent(f"stopped:{found.id}:{at}:{user}", kind, facts, user_id=user, urgency=ASKED)
                    for user in sorted(users)
                ],
            )

    async def look(self, rows: Sequence[Claimed]) -> dict[int, Recipient | str]:
        """Where each of these goes at this moment, or the reason why it does not; all in one snapshot."""
        async with self._db.read() as tx:
            found = await sending.list_addresses(tx, self._owner, [row.id for row in rows])
            groups = {row.occurrence_id for row in rows if row.occurrence_id is not None}
            said = {group: await occurrences.get_facts(tx, group) for group in groups}
            return {row.id: await self._recipient(tx, row, found.get(row.id), said) for row in rows}

    async def follow(self, old: int, new: int, now: dt.datetime) -> None:
        """A group has moved: what waits for it goes to its new number."""
        await groups.follow(self._db, old, new, now)

    async def _recipient(self, tx: Tx, row: Claimed, to: Address | None, said: Mapping[int, Facts]) -> Recipient | str:
        if to is None or not to.ours:
            return NOT_OURS
        if to.occurrence in ("paused", "stopped"):
            return to.occurrence
        if to.user_id is None or (row.person_id is not None and not to.consented):
            return "not_bound"
        if not to.reachable:
            return "unreachable"
        if reason := _away(to.status, row):
            return reason
        if row.kind == "morning" and to.muted:
            return "muted"
        facts = row.facts
        if row.occurrence_id is not None and (common := said[row.occurrence_id]):
            facts = self._together(common, facts)
        if row.kind in DOORS:
            account, person, standing = await accounts.find(tx, to.user_id)
            actor = actor_of(to.user_id, account, person, standing, self._owners, self._today)
            changed = await DOORS[row.kind](tx, actor, facts)
            if changed is None or isinstance(changed, str):
                return changed or "done"
            facts = changed
        return Recipient(to.chat_id, to.language, row.kind, facts)

    def _together(self, common: Facts, own: Facts) -> Facts:
        """What all messages of an occurrence say and what this one says, the same object for the same two: what is
        the same is put into words only once."""
        if not own:
            return common
        kept = self._said.get((id(common), id(own)))
        if kept is None or kept[0] is not common or kept[1] is not own:
            if len(self._said) >= 256:
                self._said.clear()
            kept = self._said[id(common), id(own)] = (common, own, {**common, **own})
        return kept[2]


def _away(status: str | None, row: Claimed) -> str:
    """Why this person gets nothing, or nothing unasked; empty if he does."""
    if status is None:
        return ""
    if status in (PersonStatus.LEFT, PersonStatus.RETIRED):
        return "left"
    if row.urgency == UNASKED and status != PersonStatus.ACTIVE:
        return "on_leave" if status == PersonStatus.ON_LEAVE else "left"
    return ""


async def _work(tx: Tx, actor: Actor, _: Facts) -> Facts | None:
    found = await waiting(tx, actor)
    return found if any(found.values()) else None


async def waiting(tx: Tx, actor: Actor) -> dict[str, int]:
    """How much waits at this moment for somebody who decides; nothing for somebody who does not (any more)."""
    reach = scope(actor, Action.DECIDE)
    if reach is None:
        return {}
    reviewer = checkins.Reviewer(reach, actor.person_id, actor.user_id)
    return {
        "registrations": await registrations.count_waiting(tx, reach, actor.person_id, actor.user_id),
        "notices": await notices.count_waiting(tx, reach, actor.user_id, actor.person_id),
        "checkins": await checkins.count_waiting(tx, reviewer),
        "tellings": await tellings.count_waiting(tx, reach),
    }


async def _roles(_: Tx, actor: Actor, facts: Facts) -> Facts | None:
    """What somebody is by now, if that is not what he was when a file changed his role."""
    if actor.stranger or sorted(actor.roles - {Role.OWNER}) == facts["before"]:
        return None
    return {"roles": sorted(actor.roles), "user": actor.user_id}


# Kinds whose facts are looked up when they leave; None: there is nothing to be said any more, a text: why not.
DOORS: Mapping[str, Door] = {
    "work": _work,
    "grants-changed": _roles,
    **notice_door.DOORS,
    **matters.DOORS,
    **digest.DOORS,
}


async def tell(tx: Tx, key: str, kind: str, user_id: int, facts: Mapping[str, Any]) -> None:
    """An answer to this account's own act, later than the act: at once, at any hour."""
    await outbox.insert(tx, [Intent(key, kind, facts, user_id=user_id, urgency=ASKED)])


@effect
async def tell_operators(
    tx: Tx, key: str, kind: str, facts: Mapping[str, Any], owners: Iterable[int], office: bool = False
) -> Outcome:
    """Something for those who run the bot, and perhaps for the office too; once for each key."""
    users = {*owners, *(await accounts.list_by_role(tx, "office", None, None) if office else ())}
    await outbox.insert(
        tx, [Intent(f"{key}:{user}", kind, facts, user_id=user, urgency=ASKED) for user in sorted(users)]
    )
    return Outcome("operators-told")
