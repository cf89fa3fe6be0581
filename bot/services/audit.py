"""The audit as its reader sees it: pages, a search, and whether the chain holds."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from bot.clock import instant, time_of
from bot.domain.access import Action, Actor, can
from bot.domain.pages import PAGE
from bot.services.effects import Outcome, effect
from storage import audit, departments, people, plans
from storage.audit import Chain
from storage.beside import Journals
from storage.engine import Database, Tx

EVER = 2**62


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for: a person (0: anybody), an action or the head of one, a day or a month."""

    person: int = 0
    action: str = ""
    day: str = ""


async def understand(db: Database, text: str, actions: dict[str, str]) -> Sought | Outcome:
    """Words as the owner gives them: a staff number or a name, an action, a date, in any order. `actions` are the
    words for actions that he sees."""
    person, action, day = 0, "", ""
    async with db.read() as tx:
        for word in text.split():
            if _span(word, dt.UTC):
                day = word
            elif word.lower() in actions:
                action = actions[word.lower()]
            elif found := [p for p in await people.list_all(tx) if word.upper() == p.staff_number or word == p.name]:
                if len(found) > 1:
                    numbers = [one.staff_number for one in found]
                    return Outcome("audit-several", {"word": word, "numbers": numbers})
                person = found[0].id
            else:
                return Outcome("audit-not-understood", {"word": word})
    return Sought(person, action, day)


def _span(day: str, zone: dt.tzinfo | None) -> tuple[dt.datetime, dt.datetime] | None:
    """The day or the month, from its beginning to its end."""
    if not re.fullmatch(r"\d{4}-\d{1,2}(-\d{1,2})?", day):
        return None
    parts = [int(part) for part in day.split("-")]
    try:
        first = dt.datetime(parts[0], parts[1], parts[2] if len(parts) > 2 else 1, tzinfo=zone)
        after = first + dt.timedelta(days=1 if len(parts) > 2 else 32)
    except (ValueError, OverflowError):  # no such day, or none after it
        return None
    return first, after if len(parts) > 2 else after.replace(day=1)


async def page(db: Database, actor: Actor, sought: Sought, number: int, now: dt.datetime) -> Outcome:
    """Some rows, the newest first, with the names that the roster has for their people now."""
    if not can(actor, Action.VIEW_AUDIT):
        return Outcome("error-stale")
    span = _span(sought.day, now.tzinfo)
    since, until = (instant(span[0]), instant(span[1])) if span else (0, EVER)
    async with db.read(long=True) as tx:
        rows, total = await audit.search(
            tx, sought.person, sought.action, since, until, PAGE, min(number, 10**9) * PAGE
        )
        ids = [row.actor_person for row in rows] + [_person_of(row.subject) for row in rows] + [sought.person]
        names = await audit.names(tx, [one for one in ids if one])
        head, seal = await audit.head(tx)
        paths = {str(found.id): found.path for found in await departments.list_all(tx, closed=True)}
        named = [await plans.find_of_occurrence(tx, row.subject) for row in rows if row.subject.startswith("plan:")]
    facts: dict[str, Any] = {
        "rows": [
            {
                "id": row.id,
                "at": time_of(row.at, now.tzinfo).isoformat(),
                "user": row.actor_user,
                "who": names.get(row.actor_person or 0),
                "action": row.action,
                "subject": row.subject,
                "about": names.get(_person_of(row.subject)),
                "before": row.before,
                "after": row.after,
            }
            for row in rows
        ],
        "paths": paths,
        "plans": {f"plan:{plan.id}": plan.naming for plan in named if plan},
        "total": total,
        "page": number,
        "sought": [sought.person, sought.action, sought.day],
        "named": names.get(sought.person),
        "head": head,
        "seal": seal[:16],
    }
    return Outcome("audit-page", facts)


def _person_of(subject: str) -> int:
    kind, _, number = subject.partition(":")
    return int(number) if kind == "person" and number.isdigit() else 0


@effect
async def note_export(tx: Tx, actor: Actor, what: str, subject: str, now: dt.datetime) -> Outcome:
    """Something left the house as a file."""
    await audit.append(tx, instant(now), actor.user_id, "export", subject, after=what)
    return Outcome("export-noted")


async def examine(db: Database, journals: Journals) -> Chain:
    """Walk the whole chain, up to every head that was written down beside the database."""
    async with db.read(long=True) as tx:
        return await audit.verify(tx, journals.heads())
