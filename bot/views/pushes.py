"""A stored intent becomes words at the door, in the language of whoever gets it."""

import functools
from collections.abc import Callable, Mapping
from typing import Any

from bot.i18n import Translator
from bot.views import backup, checkins, deliveries, duties, grants, notices, registration, remind, review, schedule
from bot.views.parts import Outgoing

Facts = Mapping[str, Any]

VIEWS: Mapping[str, Callable[[Facts, Translator], Outgoing]] = {
    "parked": lambda facts, t: Outgoing(t("push-parked", number=facts["number"])),
    "conflict": lambda facts, t: Outgoing(t("push-conflict")),
    "mirror_failed": lambda facts, t: Outgoing(t("push-mirror-failed", number=facts["number"])),
    "registration-approved": registration.approved,
    "registration-rejected": registration.rejected,
    "registration-replaced": registration.replaced,
    "registration-alarm": registration.alarm,
    "grants-given": grants.given,
    "grants-taken": grants.taken,
    "grants-changed": grants.changed,
    "morning": duties.morning,
    "morning_missed": duties.missed,
    "morning_late": duties.late,
    "calendar_unpublished": duties.unpublished,
    "work": review.work,
    "night": backup.night,
    "restored": backup.restored,
    "memo": schedule.memo,
    "festival": schedule.festival,
    "weekly": schedule.weekly,
    "plan_missed": schedule.missed,
    "plan_late": schedule.late,
    "plan_nobody": schedule.nobody,
    "reminder": remind.reminder,
    "remind-contact": remind.contact,
    "remind-leader": remind.leader,
    "digest": remind.digest,
    "notice": deliveries.message,
    "notice-change": deliveries.message,
    "notice-progress": deliveries.page,
    "notice-finished": deliveries.page,
    "notice-changed": deliveries.changed,
    "notice_stopped": deliveries.halted,
    "plan_stopped": schedule.halted,
    **{kind: functools.partial(notices.told, kind) for kind in notices.TOLD},
    **{
        f"checkins-told-{what}-all": functools.partial(checkins.told_together, f"checkins-told-{what}-all")
        for what in ("confirmed", "undone")
    },
    **{
        f"checkins-told-{what}": functools.partial(checkins.told, f"checkins-told-{what}")
        for what in ("confirmed", "returned", "question", "undone", "voided")
    },
}


def render(kind: str, facts: Facts, t: Translator) -> Outgoing:
    """KeyError for a kind nobody knows: the row fails, visibly."""
    return VIEWS[kind](facts, t)
