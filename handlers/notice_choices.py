"""The choices about a notice: who gets it, when it goes, until when."""

import contextlib
import datetime as dt
import re

from aiogram import F, Router
from aiogram.types import Message

from bot.domain import spoken_moments as moments
from bot.domain.access import Action
from bot.events import Press
from bot.services import notices as service
from bot.services.effects import Outcome
from bot.views import errors
from bot.views import notice_choices as view
from bot.views.callbacks import NoticeAim, NoticePress, NoticeTime
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import At, Can
from handlers.notices import show

router = Router(name="notice_choices")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private", Can(Action.NOTIFY))

GROUP, WHEN, BY = "notices:group", "notices:when", "notices:by"


@router.callback_query(NoticePress.filter(F.act == "who"))
async def on_audience(query: Press, callback_data: NoticePress, desk: Desk) -> Outgoing:
    desk.leave()
    return (await _chooser(desk, callback_data.id, "")).edited()


@router.callback_query(NoticeAim.filter(F.act == "show"))
async def on_page(query: Press, callback_data: NoticeAim, desk: Desk) -> Outgoing:
    desk.leave()
    at = service.number_of(callback_data.value)
    return (await _chooser(desk, callback_data.id, callback_data.page, at)).edited()


@router.callback_query(NoticeAim.filter(F.act == "drop"))
async def on_drop_group(query: Press, callback_data: NoticeAim, desk: Desk) -> Outgoing:
    pressed = callback_data
    await service.drop_group(desk.cause, desk.actor, pressed.id, service.number_of(pressed.value))
    return (await _chooser(desk, pressed.id, pressed.page)).edited()


@router.callback_query(NoticeAim.filter())
async def on_aim(query: Press, callback_data: NoticeAim, desk: Desk) -> Outgoing:
    pressed = callback_data
    outcome = await service.aim(desk.cause, desk.actor, pressed.id, pressed.act, pressed.value)
    if outcome.name != "notices-card":
        return (await show(desk, outcome, pressed.id)).edited()
    return (await _chooser(desk, pressed.id, pressed.page)).edited()


async def _chooser(desk: Desk, notice_id: int, page: str, at: int = 0) -> Outgoing:
    under = service.number_of(page.removeprefix("in").removeprefix("out"))
    facts = await service.choices(desk.db, desk.actor, notice_id, under, desk.now)
    if facts is None or facts["state"] != "draft":
        return await show(desk, Outcome("notices-stale"), notice_id)
    return view.chooser(facts | {"at": at}, page, desk.t)


@router.callback_query(NoticePress.filter(F.act == "save"))
async def on_save(query: Press, callback_data: NoticePress, desk: Desk) -> Outgoing:
    desk.leave()
    desk.dialog.at(GROUP, id=callback_data.id)
    return Outgoing(desk.t("notices-group-ask", limit=service.NAME))


@router.message(At(GROUP), F.text, Can(Action.NOTIFY))
async def on_group_name(message: Message, desk: Desk) -> Outgoing | tuple[Outgoing, ...]:
    number = desk.dialog.data["id"]
    outcome = await service.save_group(desk.cause, desk.actor, number, message.text or "", desk.now)
    if outcome.name in ("notices-group-name", "notices-group-taken"):
        return Outgoing(desk.t(outcome.name, **{k: v for k, v in outcome.facts.items() if k != "id"}))
    desk.leave()
    if outcome.name != "notices-group-saved":
        return await show(desk, outcome, number)
    saved = Outgoing(desk.t(outcome.name, name=outcome.facts["name"]))
    return saved, await _chooser(desk, number, "groups")


# When


@router.callback_query(NoticePress.filter(F.act == "when"))
async def on_time(query: Press, callback_data: NoticePress, desk: Desk) -> Outgoing:
    desk.leave()
    facts = await service.timing(desk.db, desk.actor, callback_data.id, "", desk.now)
    if facts is None or facts["state"] != "draft":
        return (await show(desk, Outcome("notices-stale"), callback_data.id)).edited()
    desk.dialog.at(WHEN, id=callback_data.id)
    return view.times(facts, desk.t).edited()


@router.message(At(WHEN), F.text, Can(Action.NOTIFY))
async def on_typed_time(message: Message, desk: Desk) -> Outgoing:
    """The time in words; what is past, at odd hours or not understood may be typed again."""
    number, spoken = desk.dialog.data["id"], moments.parse(message.text or "", desk.day_of(message))
    if spoken is None or (spoken.day is not None and spoken.minute is None):
        return await _half_a_time(desk, number, spoken)
    value = ""
    if spoken.minute is not None:
        day = spoken.day or desk.day_of(message)
        value = dt.datetime.combine(day, dt.time(*divmod(spoken.minute, 60))).isoformat()
    outcome = await service.adjust(desk.cause, desk.actor, number, None, "at", value, desk.now)
    if outcome.name not in ("notices-past", "notices-outside"):
        desk.leave()
    return await show(desk, outcome, number)


async def _half_a_time(desk: Desk, number: int, spoken: moments.Spoken | None) -> Outgoing:
    """Nothing that could be a time, or a day whose hours are still to be chosen."""
    month = f"{spoken.day:%Y%m}" if spoken and spoken.day else ""
    facts = await service.timing(desk.db, desk.actor, number, month, desk.now)
    if facts is None or facts["state"] != "draft":
        desk.leave()
        return await show(desk, Outcome("notices-stale"), number)
    if spoken is None or spoken.day is None:
        return view.times(facts, desk.t, desk.t("notices-bad-time"))
    if spoken.day < desk.now.date():
        return view.times(facts, desk.t, desk.t("notices-past"))
    return view.hours(facts, spoken.day, every=False, t=desk.t)


@router.message(At(BY), F.text, Can(Action.NOTIFY))
async def on_typed_deadline(message: Message, desk: Desk) -> Outgoing:
    """The last day in words; what is before the sending or not understood may be typed again."""
    number, spoken = desk.dialog.data["id"], moments.parse(message.text or "", desk.day_of(message))
    if spoken is None or spoken.day is None:
        facts = await service.timing(desk.db, desk.actor, number, "", desk.now)
        if facts is not None and facts["state"] == "draft":
            return view.month(facts, "by", "", desk.t, desk.t("notices-bad-day"))
        desk.leave()
        return await show(desk, Outcome("notices-stale"), number)
    day = spoken.day.isoformat()
    outcome = await service.adjust(desk.cause, desk.actor, number, None, "by", day, desk.now)
    if outcome.name != "notices-deadline-past":
        desk.leave()
    return await show(desk, outcome, number)


@router.callback_query(NoticeTime.filter(F.act != "set"))
async def on_calendar(query: Press, callback_data: NoticeTime, desk: Desk) -> Outgoing:
    """A month, the hours of a day, the minutes of an hour."""
    pressed = callback_data
    moment = moment_of(pressed.digits)
    if moment is None:
        return errors.stale(desk.t)
    facts = await service.timing(desk.db, desk.actor, pressed.id, pressed.digits[:6], desk.now)
    if facts is None or facts["state"] != "draft":
        return (await show(desk, Outcome("notices-stale"), pressed.id)).edited()
    if pressed.act == "hour":
        return view.minutes(facts, moment.date(), moment.hour, desk.t).edited()
    if pressed.act in ("day", "night"):
        return view.hours(facts, moment.date(), every=pressed.act == "night", t=desk.t).edited()
    if pressed.what == "by":
        desk.leave()
        desk.dialog.at(BY, id=pressed.id)
    return view.month(facts, pressed.what, pressed.digits[:6], desk.t).edited()


@router.callback_query(NoticeTime.filter(F.what.in_({"at", "by", "anyway"})))
async def on_moment(query: Press, callback_data: NoticeTime, desk: Desk) -> Outgoing:
    pressed = callback_data
    moment = moment_of(pressed.digits)
    if moment is None:
        return errors.stale(desk.t)
    wall = moment.date() if pressed.what == "by" else moment.replace(tzinfo=None)
    value = wall.isoformat() if pressed.digits else ""
    desk.leave()
    outcome = await service.adjust(desk.cause, desk.actor, pressed.id, None, pressed.what, value, desk.now)
    return (await show(desk, outcome, pressed.id)).edited()


def moment_of(digits: str) -> dt.datetime | None:
    """The wall time of 202611, 20261124, 2026112409 or 202611240930, or of nothing at all; None for what is none."""
    if not re.fullmatch(r"(?:20[0-9]{4}(?:[0-9]{2}){0,3})?", digits):
        return None
    whole = digits + "200001010000"[len(digits) :]
    with contextlib.suppress(ValueError):
        return dt.datetime.strptime(whole, "%Y%m%d%H%M").replace(tzinfo=dt.UTC)
    return None
