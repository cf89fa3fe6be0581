"""What people are reminded of (a matter), who has not done it yet, and what is said of it when a message leaves."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from bot.domain.access import Action, Actor, scope, within
from bot.domain.periods import Kind, from_key, period_of
from storage import audiences, departments, restraint
from storage.audiences import Who
from storage.engine import Tx

FORM = re.compile(r"(quarter):(\d{4}Q[1-4])|(notice):([1-9]\d{0,17})")
TWICE = 2  # so often somebody is reminded of a matter; then his contact is asked, then the leader above
NAMED = 30  # so many names stand in one message


def of_quarter(day: dt.date) -> str:
    """The matter of those without a check-in in the quarter of this day."""
    return f"quarter:{period_of(Kind.QUARTER, day).key}"


def who(matter: str) -> Who:
    """Those who have not done it."""
    kind, _, about = matter.partition(":")
    if kind == "notice":
        return Who(unanswered=int(about))
    first, last = _days(about)
    return Who(idle=(first.isoformat(), last.isoformat()))


def _days(quarter: str) -> tuple[dt.date, dt.date]:
    period = from_key(quarter)
    assert period is not None, quarter
    return period.start, period.end


async def exists(tx: Tx, matter: str, today: dt.date) -> bool:
    """Whether anybody can be reminded of it at this time."""
    if not FORM.fullmatch(matter):
        return False
    kind, _, about = matter.partition(":")
    if kind == "quarter":
        return matter == of_quarter(today)
    return await restraint.get_awaited(tx, int(about)) is not None


async def is_done(tx: Tx, matter: str, person_id: int) -> bool:
    kind, _, about = matter.partition(":")
    if kind == "notice":
        return await restraint.has_answered(tx, person_id, int(about))
    return await restraint.has_taken_part(tx, person_id, *_days(about))


async def words(tx: Tx, matter: str) -> dict[str, Any]:
    """What a view needs to name it: the quarter's key, or the notice's text and day."""
    kind, _, about = matter.partition(":")
    if kind == "quarter":
        return {"matter": matter, "quarter": about}
    found = await restraint.get_awaited(tx, int(about))
    day = found.date.isoformat() if found and found.date else ""
    return {"matter": matter, "notice": int(about), "text": found.text if found else "", "deadline": day}


def message(matter: str, by: str) -> tuple[str, dict[str, Any]]:
    """The kind and the facts of a reminder; of a notice it is the notice itself once more."""
    kind, _, about = matter.partition(":")
    if kind == "notice":
        return "notice", {"notice": int(about), "reminder": True}
    return "reminder", {"matter": matter, "by": by}


async def overdue(tx: Tx, matter: str, reach: str) -> list[restraint.Home]:
    """Those in this subtree who were reminded twice and have still not done it."""
    reminded = await restraint.list_reminded(tx, matter)
    fates = await audiences.list_fates(tx, reach, who(matter))
    ids = {person for person, fate in fates if fate == "send" and reminded.get(person, 0) >= TWICE}
    return [home for home in await restraint.list_homes(tx, reach) if home.person_id in ids]


# At the door: what is said depends on how things are when the message leaves. None: nothing is to be said any more.

Facts = Mapping[str, Any]


async def _reminder(tx: Tx, actor: Actor, facts: Facts) -> Facts | None:
    if actor.person_id is None or await is_done(tx, facts["matter"], actor.person_id):
        return None
    return {**facts, **await words(tx, facts["matter"])}


async def _told(tx: Tx, actor: Actor, facts: Facts) -> Facts | None:
    """What a department's contact (with names) or the leader above (counts only) is told of a matter."""
    department = await departments.get(tx, facts["department"])
    reach = scope(actor, Action.REMIND)
    if department is None or reach is None or not within(department.trail, reach):
        return None
    people = [
        home for home in await overdue(tx, facts["matter"], department.trail) if home.person_id != actor.person_id
    ]
    if not people:
        return None
    said = {**facts, **await words(tx, facts["matter"]), "path": department.path, "count": len(people)}
    return said | {"names": [home.name for home in people[:NAMED]]} if facts["named"] else said


DOORS = {"reminder": _reminder, "remind-contact": _told, "remind-leader": _told}
