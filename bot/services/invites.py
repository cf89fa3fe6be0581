"""Invite codes: 128 random bits for one department, kept as a hash, with an end, a number of uses and a way back."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence

from bot.clock import instant
from bot.domain.access import Action, Actor, can
from storage import audit, departments, invites
from storage.engine import Tx
from storage.invites import Invite

VALID = dt.timedelta(days=14)
SPARE = 5  # uses beyond one for each person: a new phone, a withdrawn registration


def new() -> str:
    """128 random bits."""
    return secrets.token_urlsafe(16)


def hashed(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()


async def create(
    tx: Tx, actor: Actor, department_id: int, now: dt.datetime, valid: dt.timedelta = VALID, uses: int | None = None
) -> str | None:
    """A new code for people of this department and those below it; nobody can read it again. None: not allowed."""
    department = await departments.get(tx, department_id)
    if department is None or not can(actor, Action.MANAGE_ROSTER, department.trail):
        return None
    code = new()
    uses = uses or await invites.count_people(tx, department.trail) + SPARE
    ends = instant(now + valid)
    number = await invites.insert(tx, hashed(code), department_id, actor.user_id, instant(now), ends, uses)
    await audit.append(
        tx, instant(now), actor.user_id, "invite", f"invite:{number}", after=f"department:{department_id}"
    )
    return code


async def revoke(tx: Tx, actor: Actor, invite_id: int, now: dt.datetime) -> bool:
    """The code is worth nothing from this moment; False when it was so before, or the actor may not."""
    if not can(actor, Action.MANAGE_ROSTER) or not await invites.revoke(tx, invite_id, instant(now)):
        return False
    await audit.append(tx, instant(now), actor.user_id, "invite-revoked", f"invite:{invite_id}")
    return True


async def list_open(tx: Tx, actor: Actor, now: dt.datetime) -> Sequence[Invite]:
    """The codes that can still be used, without the codes."""
    return await invites.list_open(tx, "", instant(now)) if can(actor, Action.MANAGE_ROSTER) else []


async def find(tx: Tx, code: str, now: dt.datetime) -> Invite | None:
    """The invite of a code as somebody typed it; wrong, ended, revoked and used up are all the same nothing."""
    return await invites.find_open(tx, hashed(code.strip()), instant(now))
