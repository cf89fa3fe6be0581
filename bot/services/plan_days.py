"""On which days, at which moments a plan fires in this unit."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.domain import plans as rules
from bot.domain.calendar import Calendar
from bot.domain.campaign import Campaign
from bot.domain.plans import Kind, Shift, parse_rule
from bot.services import campaign as campaigns
from bot.services.work import working_moment
from storage import restraint
from storage.engine import Tx
from storage.plans import Plan
from storage.restraint import Deadline


@dataclass(frozen=True, slots=True)
class Unit:
    """All that says when a plan fires."""

    campaign: Campaign
    calendar: Calendar
    now: dt.datetime
    deadlines: Sequence[Deadline]

    @property
    def dates(self) -> Collection[dt.date]:
        return {deadline.date for deadline in self.deadlines if deadline.date}

    def days(self, plan: Plan, start: dt.date, end: dt.date) -> Iterable[dt.date]:
        return rules.firing_days(parse_rule(plan.rule), Shift(plan.shift), self.calendar, start, end, self.dates)

    def upcoming(self, plan: Plan, count: int) -> list[dt.datetime]:
        """The next moments at which it fires."""
        rule = parse_rule(plan.rule)
        days = rules.upcoming(rule, Shift(plan.shift), self.calendar, self.now.date(), count + 1, self.dates)
        return [at for at in (self.due(plan, day) for day in days) if at > self.now][:count]

    def sources(self, plan: Plan, day: dt.date) -> list[dt.date]:
        """The dates of the rule itself that are kept on this day."""
        return list(rules.sources(parse_rule(plan.rule), Shift(plan.shift), self.calendar, day, self.dates))

    def minute(self, plan: Plan) -> int:
        """The time of day; of the morning message it is a campaign setting."""
        return self.campaign.morning_at if plan.kind == Kind.MORNING else plan.minute

    def due(self, plan: Plan, day: dt.date) -> dt.datetime:
        return rules.due(day, self.minute(plan), str(self.now.tzinfo)).astimezone(self.now.tzinfo)

    def late(self, plan: Plan, day: dt.date) -> dt.datetime:
        last = rules.last_day(Kind(plan.kind), day, self.calendar)
        return rules.due(last, self.campaign.work_until, str(self.now.tzinfo))

    def leaves(self) -> dt.datetime:
        """When something that is sent now leaves: in working hours."""
        return working_moment(self.now, self.campaign, self.calendar)


async def open_unit(tx: Tx, now: dt.datetime) -> Unit:
    deadlines = await restraint.list_deadlines(tx, now.date())
    return Unit(await campaigns.load(tx), await campaigns.load_calendar(tx), now, deadlines)
