"""A department's group chat: bound by a code that is shown there and confirmed in private by who asked for it."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection
from dataclasses import replace

from bot.clock import instant
from bot.domain.access import Action, Actor, can, scope
from bot.services.accounts import actor_of
from bot.services.effects import Outcome, effect
from storage import accounts, audit, departments, groups
from storage.engine import Database, Tx
from storage.records import Binding, Role

VALID = dt.timedelta(minutes=30)
TITLE_LIMIT = 60
CHOICES = 60  # departments offered by buttons


def _hash(code: str) -> str:
    return hashlib.sha256(code.strip().casefold().encode("utf-8", "surrogatepass")).hexdigest()


@effect
async def ask_code(tx: Tx, actor: Actor, chat_id: int, title: str, now: dt.datetime) -> Outcome:
    """Said in the group by somebody who leads one. The code is worth nothing to anybody but him."""
    if not can(actor, Action.BIND_GROUP):
        return Outcome("groups-elsewhere")
    code = secrets.token_hex(4)
    chat_id = await groups.current(tx, chat_id)
    await groups.put_code(tx, chat_id, _hash(code), title[:TITLE_LIMIT], actor.user_id, instant(now + VALID))
    return Outcome("groups-code", {"code": code, "minutes": int(VALID.total_seconds()) // 60})


async def look(db: Database, actor: Actor, code: str, now: dt.datetime) -> Outcome:
    """A code said in private: which group it is, and the departments it may be bound to."""
    reach = scope(actor, Action.BIND_GROUP)
    async with db.read() as tx:
        found = await groups.find_code(tx, _hash(code), actor.user_id, instant(now))
        tree = await departments.list_below(tx, reach) if found and reach is not None else []
        bound = await groups.find(tx, found[0]) if found else None
    if found is None:
        return Outcome("groups-bad-code")
    choices = [[d.id, d.path] for d in tree[:CHOICES]]
    facts = {"title": found[1], "instead": bound.path if bound else ""}
    return Outcome("groups-choose", facts | {"code": code.strip(), "choices": choices})


@effect
async def bind(tx: Tx, actor: Actor, code: str, department_id: int, now: dt.datetime) -> Outcome:
    department = await departments.get(tx, department_id)
    found = await groups.find_code(tx, _hash(code), actor.user_id, instant(now))
    if found is None or department is None or not can(actor, Action.BIND_GROUP, department.trail):
        return Outcome("groups-bad-code")
    chat_id, title = found
    bound = await groups.find(tx, chat_id)
    if bound:
        await _end(tx, bound, actor.user_id, now)
    await groups.bind(tx, chat_id, department.id, title, actor.user_id, instant(now))
    await groups.drop_code(tx, chat_id, instant(now))
    subject = f"department:{department.id}"
    await audit.append(tx, instant(now), actor.user_id, "group-bound", subject, after=f"chat:{chat_id}")
    instead = bound.path if bound and bound.department_id != department.id else ""
    return Outcome("groups-bound", {"title": title, "path": department.path, "instead": instead})


async def overview(db: Database, actor: Actor) -> Outcome:
    """The groups that are bound to departments of this actor's."""
    reach = scope(actor, Action.BIND_GROUP)
    async with db.read() as tx:
        found = await groups.list_open(tx, reach) if reach is not None else []
    return Outcome("groups-list", {"groups": [[b.id, b.title, b.path] for b in found]})


@effect
async def unbind(tx: Tx, actor: Actor, binding_id: int, now: dt.datetime) -> Outcome:
    """By anybody who might have bound it."""
    found = await groups.get(tx, binding_id)
    if found is None or not can(actor, Action.BIND_GROUP, found.trail):
        return Outcome("error-stale")
    await _end(tx, found, actor.user_id, now)
    return Outcome("groups-unbound", {"title": found.title, "path": found.path})


@effect
async def put_out(tx: Tx, actor: Actor, chat_id: int, now: dt.datetime) -> Outcome:
    """The bot was taken out of a group."""
    if found := await groups.find(tx, chat_id):
        await _end(tx, found, actor.user_id, now)
    return Outcome("groups-left")


@effect
async def moved(tx: Tx, old: int, new: int, now: dt.datetime) -> Outcome:
    """A group has become a supergroup, as it says itself: from now on it has another number."""
    await groups.move(tx, old, new, instant(now))
    return Outcome("groups-moved")


async def follow(db: Database, old: int, new: int, now: dt.datetime) -> int:
    """The same, as Telegram says when a message goes to the old number; the new one."""
    async with db.write() as tx:
        await groups.move(tx, old, new, instant(now))
    return new


async def _end(tx: Tx, found: Binding, user_id: int | None, now: dt.datetime) -> None:
    await groups.end(tx, found.chat_id, user_id, instant(now))
    subject = f"department:{found.department_id}"
    await audit.append(tx, instant(now), user_id, "group-unbound", subject, before=f"chat:{found.chat_id}")


async def bound(db: Database, chat_id: int, owners: Collection[int], now: dt.datetime) -> Binding | None:
    """What this group is bound to. It stands on the right of whoever bound it, looked at each time: when he has lost
    it, the binding is over for good."""
    async with db.read() as tx:
        found = await groups.find(tx, await groups.current(tx, chat_id))
        if found is None:
            return None
        account, person, standing = await accounts.find(tx, found.bound_by)
    by = actor_of(found.bound_by, account, person, standing, frozenset(owners), now.date())
    if can(by, Action.BIND_GROUP, found.trail):
        return found
    async with db.write() as tx:
        await _end(tx, found, None, now)
    return None


def seen_by(actor: Actor, binding: Binding) -> Actor:
    """Whoever asks in a bound group sees what its department's leader might show there, and no more."""
    return replace(actor, led=binding.trail, roles=frozenset({Role.LEADER}))
