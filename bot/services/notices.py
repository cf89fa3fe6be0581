"""Writing a notice: the draft, its choices, its card and its preview; the list of recent ones."""

import datetime as dt
import re
from dataclasses import replace
from typing import Any

from bot.clock import instant, minute_of, time_of
from bot.domain.access import Action, Actor, scope
from bot.domain.audience import Audience, audience
from bot.domain.calendar import local_instant
from bot.domain.markup import visible
from bot.domain.pages import pages_of
from bot.services import audiences as people
from bot.services import campaign as campaigns
from bot.services.effects import Outcome, effect
from bot.services.notice_text import Content, said, too_long, written
from bot.services.work import proper_moment, working_moment
from storage import audiences, audit, corrections, notices
from storage.engine import Database, Tx
from storage.notices import Notice
from storage.records import NoticeState

PAGE = 6
TITLE = 40
NAME = 20
CHOOSABLE = 8  # notices to choose from, whose unanswered ones are meant
OPEN = (NoticeState.DRAFT, NoticeState.WAITING, NoticeState.SCHEDULED)  # nothing of it has left yet


def title_of(notice: Notice) -> str:
    """Its beginning, to be told from others by."""
    line = " ".join(visible(notice.text).split()) or notice.file_name
    return line if len(line) <= TITLE else f"{line[:TITLE]}…"


def number_of(text: str) -> int:
    """The id in a button's value; 0 for anything else."""
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,17}", text) else 0


def moment_of(notice: Notice, now: dt.datetime) -> dt.datetime:
    """When it goes, as things stand."""
    return max(now, time_of(notice.send_at, now.tzinfo)) if notice.send_at else now


def as_sent_by(actor: Actor, notice: Notice) -> Notice:
    """His own draft goes to those whom he may address now, whatever that was when he began it."""
    reach = scope(actor, Action.NOTIFY)
    own = notice.state is NoticeState.DRAFT and notice.author_user == actor.user_id
    return replace(notice, reach=reach) if own and reach is not None else notice


def may_see(actor: Actor, notice: Notice | None) -> bool:
    if notice is None or scope(actor, Action.NOTIFY) is None:
        return False
    own = notice.author_user == actor.user_id
    return own or (notice.state is not NoticeState.DRAFT and people.covers(actor, notice.reach))


async def own_draft(tx: Tx, actor: Actor, notice_id: int) -> Notice | Outcome:
    """The draft, if it is this actor's and still one."""
    notice = await notices.get(tx, notice_id)
    if notice is None or not may_see(actor, notice) or notice.author_user != actor.user_id:
        return Outcome("notices-not-yours")
    return notice if notice.state is NoticeState.DRAFT else Outcome("notices-stale", {"id": notice_id})


# Writing


@effect
async def draft(tx: Tx, actor: Actor, content: Content, now: dt.datetime) -> Outcome:
    """What somebody wants to tell many, kept until he sends it or gives it up. For everybody he may address."""
    reach = scope(actor, Action.NOTIFY)
    if reach is None:
        return Outcome("notices-not-yours")
    new = written(Notice(0, actor.user_id, actor.person_id, instant(now), actor.user_id, reach=reach), content)
    if isinstance(new, Outcome):
        return new
    number = await notices.insert(tx, new)
    await notices.set_source(tx, number, content.source)
    return Outcome("notices-card", {"id": number})


@effect
async def rewrite(tx: Tx, actor: Actor, notice_id: int, content: Content) -> Outcome:
    """Another text, another file; what was not sent anew stays."""
    old = await own_draft(tx, actor, notice_id)
    if isinstance(old, Outcome):
        return old
    new = written(old, content)
    if isinstance(new, Outcome):
        return new
    await notices.set_source(tx, notice_id, content.source)
    return await _keep(tx, old, new)


async def made_from(db: Database, actor: Actor, source: str) -> int | None:
    """The notice of this actor whose content came in this message."""
    async with db.read() as tx:
        found = await notices.find_by_source(tx, source)
    return found.id if found and found.author_user == actor.user_id else None


@effect
async def adjust(
    tx: Tx, actor: Actor, notice_id: int, version: int | None, name: str, value: str, now: dt.datetime
) -> Outcome:
    """One choice about a draft. `version`: as it was shown, where pressing twice would undo it."""
    old = await own_draft(tx, actor, notice_id)
    if isinstance(old, Outcome):
        return old
    if version is not None and old.version != version:
        return Outcome("notices-stale", {"id": notice_id})
    new = await _adjusted(tx, old, name, value, now)
    if isinstance(new, Outcome):
        return new
    return too_long(new) or await _keep(tx, old, new)


async def _adjusted(tx: Tx, old: Notice, name: str, value: str, now: dt.datetime) -> Notice | Outcome:
    if name == "answer":
        return replace(old, answer=not old.answer)
    if name == "important":
        return replace(old, important=not old.important)
    if name == "nofile":
        bare = replace(old, file_kind=None, file_id=None, file_name="")
        return bare if bare.text else Outcome("notices-empty")
    if name == "by":
        day = dt.date.fromisoformat(value) if value else None
        if day is not None and day < moment_of(old, now).date():
            return Outcome("notices-deadline-past", {"id": old.id})
        return replace(old, deadline=day)
    return await _timed(tx, old, value, anyway=name == "anyway", now=now)


async def _timed(tx: Tx, old: Notice, value: str, *, anyway: bool, now: dt.datetime) -> Notice | Outcome:
    if not value:
        return replace(old, send_at=None, outside_hours=False)
    wall = dt.datetime.fromisoformat(value)
    at = local_instant(wall.date(), wall.time(), str(now.tzinfo)).astimezone(now.tzinfo)
    if at <= now:
        return Outcome("notices-past", {"id": old.id, "at": value})
    if old.deadline is not None and old.deadline < at.date():
        return Outcome("notices-deadline-past", {"id": old.id})
    proper = await proper_moment(tx, at)
    if proper != at and not anyway:
        facts = {"id": old.id, "version": old.version, "at": value, "next": proper.isoformat()}
        return Outcome("notices-outside", facts | {"now": False})
    return replace(old, send_at=instant(at), outside_hours=proper != at)


@effect
async def aim(tx: Tx, actor: Actor, notice_id: int, side: str, value: str) -> Outcome:
    """One tap in the choice of the audience."""
    old = await own_draft(tx, actor, notice_id)
    if isinstance(old, Outcome):
        return old
    chosen = audience(old.audience)
    if side in ("in", "out"):
        chosen = chosen.toggled(side, value)
    elif side == "role":
        chosen = chosen.with_role(value)
    elif side == "idle":
        chosen = replace(chosen, idle=not chosen.idle)
    elif side == "unanswered":
        number = number_of(value)
        if number and not may_see(actor, await notices.get(tx, number)):
            return Outcome("notices-not-yours")
        chosen = replace(chosen, unanswered=number or None)
    elif side == "all":
        chosen = Audience()
    return await _keep(tx, old, replace(old, audience=chosen.facts()))


async def _keep(tx: Tx, old: Notice, new: Notice) -> Outcome:
    changed = old == new or await notices.change(tx, old, new)
    return Outcome("notices-card" if changed else "notices-stale", {"id": old.id})


@effect
async def save_group(tx: Tx, actor: Actor, notice_id: int, name: str, now: dt.datetime) -> Outcome:
    """The audience of a draft, kept under a name."""
    old = await own_draft(tx, actor, notice_id)
    if isinstance(old, Outcome):
        return old
    name = " ".join(name.split())
    if not 1 <= len(name) <= NAME or not name.isprintable():
        return Outcome("notices-group-name", {"id": notice_id, "limit": NAME})
    if await audiences.insert_group(tx, name, actor.user_id, old.audience, instant(now)) is None:
        return Outcome("notices-group-taken", {"id": notice_id, "name": name})
    return Outcome("notices-group-saved", {"id": notice_id, "name": name})


@effect
async def drop_group(tx: Tx, actor: Actor, notice_id: int, group_id: int) -> Outcome:
    """Forget a saved group of one's own."""
    gone = await audiences.delete_group(tx, group_id, actor.user_id)
    return Outcome("notices-group-gone" if gone else "notices-stale", {"id": notice_id})


@effect
async def take_back(tx: Tx, actor: Actor, notice_id: int, version: int, now: dt.datetime) -> Outcome:
    """A draft again, to be changed: what waits for approval or for its time."""
    old = await notices.get(tx, notice_id)
    if old is None or old.author_user != actor.user_id or not may_see(actor, old):
        return Outcome("notices-not-yours")
    if old.state not in (NoticeState.WAITING, NoticeState.SCHEDULED) or old.version != version:
        return Outcome("notices-stale", {"id": notice_id})
    back = replace(old, state=NoticeState.DRAFT, approved_by=None, approved_at=None)
    await notices.change(tx, old, back)
    await audit.append(tx, instant(now), actor.user_id, "notice-taken-back", f"notice:{notice_id}", old.state, "")
    return Outcome("notices-card", {"id": notice_id})


# Looking


async def card(db: Database, actor: Actor, notice_id: int, now: dt.datetime) -> dict[str, Any] | None:
    """A notice as its author, or whoever may see it, works with it; None for everybody else."""
    async with db.read(long=True) as tx:
        notice = await notices.get(tx, notice_id)
        if notice is None or not may_see(actor, notice):
            return None
        return await facts_of(tx, actor, notice, now)


async def facts_of(tx: Tx, actor: Actor, notice: Notice, now: dt.datetime) -> dict[str, Any]:
    campaign, notice = await campaigns.load(tx), as_sent_by(actor, notice)
    try:
        found = await people.count(tx, notice, moment_of(notice, now)) if notice.state in OPEN else None
        missing = ""
    except people.Missing as problem:
        found, missing = None, str(problem)
    return await said(tx, notice) | {
        "id": notice.id,
        "version": notice.version,
        "state": notice.state.value,
        "title": title_of(notice),
        "file_name": notice.file_name,
        "audience": await people.described(tx, audience(notice.audience)),
        "reach": notice.reach,
        "counts": found or await notices.list_fates(tx, notice.id),
        "missing": missing,
        "send_at": time_of(notice.send_at, now.tzinfo).isoformat() if notice.send_at else None,
        "outside": notice.outside_hours,
        "own": notice.author_user == actor.user_id,
        "approval": found is not None and found["total"] > campaign.approve_notice_over,
        "over": campaign.approve_notice_over,
        "today": now.date().isoformat(),
    }


async def recent(db: Database, actor: Actor, page: int, now: dt.datetime) -> dict[str, Any]:
    """The latest notices that this actor may see, a page of them."""
    async with db.read() as tx:
        reach = scope(actor, Action.NOTIFY)
        found, total = await notices.list_recent(tx, actor.user_id, reach, PAGE, page * PAGE)
        going = sum(people.covers(actor, notice.reach) for notice in await notices.list_going(tx))
        recalled = {notice.id for notice in found if await corrections.is_recalled(tx, notice.id)}
    rows = [
        {
            "id": notice.id,
            "title": title_of(notice),
            "state": "recalled" if notice.id in recalled else notice.state.value,
            "send_at": time_of(notice.send_at, now.tzinfo).isoformat() if notice.send_at else None,
            "day": time_of(notice.planned_at or notice.created_at, now.tzinfo).date().isoformat(),
        }
        for notice in found
    ]
    pages = pages_of(total, PAGE)
    return {"rows": rows, "total": total, "page": page, "pages": pages, "year": now.year, "going": going}


async def choices(db: Database, actor: Actor, notice_id: int, under: int, now: dt.datetime) -> dict[str, Any] | None:
    """What the audience of a draft can be made of: departments below one, saved groups, notices with a button."""
    async with db.read(long=True) as tx:
        notice = await notices.get(tx, notice_id)
        if notice is None or notice.author_user != actor.user_id or not may_see(actor, notice):
            return None
        groups = await audiences.list_groups(tx, actor.user_id)
        answered, _ = await notices.list_recent(tx, actor.user_id, scope(actor, Action.NOTIFY), 30, 0)
        asked = [n for n in answered if n.answer and n.round][:CHOOSABLE]
        return await facts_of(tx, actor, notice, now) | {
            "chosen": notice.audience,
            "groups": [{"id": group.id, "name": group.name} for group in groups],
            "asked": [{"id": n.id, "title": title_of(n)} for n in asked],
            "offered": await people.offered(tx, as_sent_by(actor, notice).reach, under),
        }


async def timing(db: Database, actor: Actor, notice_id: int, month: str, now: dt.datetime) -> dict[str, Any] | None:
    """What a calendar of this month (202611; empty: this one) and a clock need to know, and the next good moments."""
    async with db.read() as tx:
        notice = await notices.get(tx, notice_id)
        if notice is None or notice.author_user != actor.user_id or not may_see(actor, notice):
            return None
        campaign, calendar = await campaigns.load(tx), await campaigns.load_calendar(tx)
    first = dt.date(int(month[:4]), int(month[4:6]), 1) if month else now.date().replace(day=1)
    days = (first + dt.timedelta(days=n) for n in range(31))
    tomorrow = calendar.next_working(now.date())
    opening = max(campaign.work_from, min(9 * 60, campaign.work_until - 30))
    morning = (dt.datetime.combine(tomorrow, dt.time(opening // 60, opening % 60), now.tzinfo),)
    in_an_hour = (now + dt.timedelta(minutes=75)).replace(minute=0, second=0, microsecond=0)
    soon = (in_an_hour,) if working_moment(in_an_hour, campaign, calendar) == in_an_hour else ()
    return {
        "id": notice.id,
        "state": notice.state.value,
        "send_at": time_of(notice.send_at, now.tzinfo).isoformat() if notice.send_at else None,
        "today": now.date().isoformat(),
        "minute": minute_of(now),
        "work_from": campaign.work_from,
        "work_until": campaign.work_until,
        "suggested": [moment.isoformat() for moment in (*soon, *morning)],
        "off": [day.isoformat() for day in days if not calendar.day(day).working],
    }
