"""Who an audience is at this moment, what becomes of each, and what there is to choose from."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from bot.domain.access import Action, Actor, can
from bot.domain.audience import Audience, audience
from bot.domain.periods import Kind, period_of
from bot.services.restraint import over_budget
from storage import audiences, departments
from storage.audiences import Who
from storage.engine import Tx
from storage.notices import Notice
from storage.records import Department, Fate

DEPTH = 4  # a saved group may stand in another one


class Missing(Exception):
    """What an audience is made of is not there any more: a department, a group."""


async def who(tx: Tx, chosen: Audience, today: dt.date, depth: int = DEPTH) -> Who:
    """The query that finds everybody who is meant today."""
    if depth == 0:
        raise Missing("group")
    tree = {d.id: d for d in await departments.list_all(tx)}
    quarter = period_of(Kind.QUARTER, today)
    return Who(
        roles=chosen.roles,
        today=today.isoformat(),
        idle=(quarter.start.isoformat(), quarter.end.isoformat()) if chosen.idle else None,
        unanswered=chosen.unanswered,
        any_of=await _places(tx, tree, chosen.places, today, depth),
        none_of=await _places(tx, tree, chosen.without, today, depth),
    )


async def _places(
    tx: Tx, tree: dict[int, Department], tokens: Iterable[str], today: dt.date, depth: int
) -> Sequence[Who]:
    ids, roles, found = list[int](), list[str](), list[Who]()
    for token in tokens:
        kind, rest = token[0], token[1:]
        if kind == "r":
            roles.append(rest)
        elif kind == "g":
            group = await audiences.get_group(tx, int(rest))
            if group is None:
                raise Missing("group")
            found.append(await who(tx, audience(group.facts), today, depth - 1))
        elif (top := tree.get(int(rest))) is None:
            raise Missing("department")
        else:
            ids += [top.id] if kind == "d" else [d.id for d in tree.values() if d.trail.startswith(top.trail)]
    found += [Who(departments=ids)] if ids else []
    return [*found, Who(roles=roles, today=today.isoformat())] if roles else found


async def count(tx: Tx, notice: Notice, moment: dt.datetime) -> dict[str, int]:
    """How many there are of each fate, if it is sent at this moment; `total` is their sum. Missing: see there."""
    meant = await who(tx, audience(notice.audience), moment.date())
    rows = await audiences.list_fates(tx, notice.reach, meant)
    found = Counter(row[1] for row in rows)
    if not notice.important:
        over = await over_budget(tx, (row[0] for row in rows if row[1] == Fate.SEND), moment)
        found[Fate.BUDGET] += len(over)
        found[Fate.SEND] -= len(over)
    return {fate.value: found[fate] for fate in Fate} | {"total": len(rows)}


# What there is to choose from


def covers(actor: Actor, reach: str) -> bool:
    """Whether this actor may address everybody in this subtree."""
    return can(actor, Action.NOTIFY, reach)


async def offered(tx: Tx, reach: str, under: int) -> dict[str, Any]:
    """The departments directly below one (0: the top of what the sender may address), each with how many lie below."""
    tree = await departments.list_below(tx, reach)
    here = next((d for d in tree if d.id == under), None)
    tops = [d for d in tree if d.parent_id == here.id] if here else _tops(tree)
    above = next((d for d in tree if here and d.id == here.parent_id), None)
    return {
        "here": _item(here, tree) if here else None,
        "above": above.id if above else 0,
        "parts": [_item(d, tree) for d in tops],
    }


def _tops(tree: Sequence[Department]) -> list[Department]:
    present = {d.id for d in tree}
    return [d for d in tree if d.parent_id not in present]


def _item(department: Department, tree: Sequence[Department]) -> dict[str, Any]:
    below = sum(d.parent_id == department.id for d in tree)
    return {"id": department.id, "name": department.name, "below": below}


async def described(tx: Tx, chosen: Audience) -> dict[str, Any]:
    """The same audience with names in place of ids; None where there is nothing any more."""
    tree = {d.id: d.path for d in await departments.list_all(tx)}

    async def named(token: str) -> dict[str, Any]:
        if token[0] == "r":
            return {"kind": "r", "name": token[1:]}
        if token[0] == "g":
            group = await audiences.get_group(tx, int(token[1:]))
            return {"kind": "g", "name": group.name if group else None}
        return {"kind": token[0], "name": tree.get(int(token[1:]))}

    return chosen.facts() | {
        "in_named": [await named(token) for token in chosen.places],
        "out_named": [await named(token) for token in chosen.without],
    }
