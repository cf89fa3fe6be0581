"""What the week's budget has kept back from somebody, listed once a week and opened one by one."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.access import Actor
from bot.services import matters, notice_door
from storage import restraint
from storage.engine import Database, Tx

INSIDE = {**notice_door.DOORS, **matters.DOORS}  # what is looked up when a held message is shown after all


async def _digest(tx: Tx, actor: Actor, facts: Mapping[str, Any]) -> Mapping[str, Any] | None:
    found = await _held_back(tx, actor, facts["items"])
    return {"items": found} if found else None


async def _held_back(tx: Tx, actor: Actor, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Those of these messages that still matter."""
    items = []
    for held in await restraint.list_messages(tx, actor.person_id or 0, ids):
        door = INSIDE.get(held.kind)
        facts = await door(tx, actor, held.facts) if door else held.facts
        if facts is not None and not isinstance(facts, str):
            items.append({"id": held.id, "kind": held.kind, "facts": dict(facts)})
    return items


DOORS = {"digest": _digest}


async def opened(db: Database, actor: Actor, message_id: int) -> dict[str, Any] | None:
    """A message of the actor's own that was kept back; None if it no longer matters."""
    async with db.read() as tx:
        found = await _held_back(tx, actor, [message_id])
    return found[0] if found else None
