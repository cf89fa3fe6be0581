"""An effect happens exactly once for the update that causes it; a replay hears its first outcome again."""

import functools
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec

import orjson

from storage import inbox
from storage.engine import Database, Tx

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a use case came to: `name` is the key of its text (checkins-recorded), `facts` are JSON values."""

    name: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Cause:
    """The stored update that makes a use case run, and the database it runs on."""

    db: Database
    inbox_id: int | None = None  # none: the command line or the program itself
    kept: dict[str, Any] | None = None  # the update's outcomes so far by use case; None: not looked yet


def effect(
    use_case: Callable[Concatenate[Tx, P], Awaitable[Outcome]],
) -> Callable[Concatenate[Cause, P], Awaitable[Outcome]]:
    """Give a use case its transaction, in which its outcome is kept beside its effect."""
    name = use_case.__name__

    @functools.wraps(use_case)
    async def run(cause: Cause, /, *args: P.args, **kwargs: P.kwargs) -> Outcome:
        async with cause.db.write() as tx:
            kept = await _kept(tx, cause)
            if name in kept:
                return Outcome(kept[name][0], kept[name][1])
            outcome = await use_case(tx, *args, **kwargs)
            if cause.inbox_id is not None:
                kept = {**kept, name: [outcome.name, outcome.facts]}
                await inbox.set_outcome(tx, cause.inbox_id, orjson.dumps(kept).decode())
        cause.kept = kept
        return outcome

    return run


async def _kept(tx: Tx, cause: Cause) -> dict[str, Any]:
    if cause.kept is not None or cause.inbox_id is None:
        return cause.kept or {}
    found: dict[str, Any] = orjson.loads(await inbox.get_outcome(tx, cause.inbox_id) or "{}")
    return found
