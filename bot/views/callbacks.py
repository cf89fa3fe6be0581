"""The grammar of buttons: what a press carries. Ids, never rights and never names."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

Id = Annotated[int, Field(gt=0, lt=2**63)]  # what a column can hold; anything else is no button of ours
Count = Annotated[int, Field(ge=0, lt=2**63)]


class Language(CallbackData, prefix="lang"):
    code: str


class Tap(CallbackData, prefix="tap"):
    """已读, 今天做到了 under the morning message of a date."""

    date: str
    kind: str


class DutyCard(CallbackData, prefix="duty"):
    """One duty in full; without an id the list of all."""

    id: str


class PhraseCard(CallbackData, prefix="phrase"):
    """One phrase to leaf through; without an id today's."""

    id: str


class RosterPress(CallbackData, prefix="roster"):
    act: str  # look, template, export, cancel, changes, keep, undo, undo-yes
    id: Count = 0


class RosterYes(CallbackData, prefix="roster-yes"):
    """Agreed to what was shown; `seen` says what that was."""

    act: str  # apply, leave
    id: Count
    seen: str


class PersonPress(CallbackData, prefix="ps"):
    """One person of the roster."""

    act: str  # find, card, a column, day, yes; add, add-day, add-yes, add-no
    id: Count = 0
    value: str = ""  # a role or a status


class DepartmentPress(CallbackData, prefix="dp"):
    """A department of the tree."""

    act: str  # list, card, rename, merge, move, split, close; top; pick, page, picked; day, yes
    id: Count = 0
    of: Count = 0  # a page, or a person


class SlipPress(CallbackData, prefix="slip"):
    """Personal invites on paper."""

    act: str  # list, sure, make, revoke
    id: Count = 0
    of: Count = 0  # a page; of a make the last code that was seen


class MembersPress(CallbackData, prefix="members"):
    kind: str  # a filter: all, unbound, ...; find, clear
    page: Count


class SettingPress(CallbackData, prefix="set"):
    name: str  # a setting, or "list"
    value: str = ""  # a choice, where the setting has choices


class CalendarPress(CallbackData, prefix="cal"):
    """The working days; `of` is the update whose text was read."""

    act: str  # list, year, unit, yes, no
    of: Count = 0


class SetupPress(CallbackData, prefix="setup"):
    act: str  # list, roster, leaders, invite, invites, more-invites, revoke, revoke-yes, morning
    id: Count = 0


class Consent(CallbackData, prefix="consent"):
    yes: bool
    version: int


class Withdraw(CallbackData, prefix="regw"):
    id: Id


class Decide(CallbackData, prefix="reg"):
    id: Id
    yes: bool


class Leave(CallbackData, prefix="leave"):
    """To withdraw the consent given at that instant, and no later one."""

    yes: bool
    given: Id


class ReportPress(CallbackData, prefix="report"):
    act: str  # show, when, where, table
    period: str  # a period key, or words such as "last month"
    department: int = 0  # 0: the whole unit
    page: int = 0


class CheckinDraft(CallbackData, prefix="cd"):
    """A draft that counts only when it is agreed to."""

    act: str  # yes, date, hours, text, no
    id: Id


class CheckinStep(CallbackData, prefix="cs"):
    """A ready answer in a dialogue; `of` is the update that began it."""

    of: Id
    value: str


class CheckinOwn(CallbackData, prefix="co"):
    """What a person does with a record of his own."""

    act: str
    id: Id


class GrantPress(CallbackData, prefix="gr"):
    """A step of giving or taking a role; a deputy's last day as an ISO date."""

    act: str  # list, give, who, role, where, at, yes, take, off
    person: Count = 0
    role: str = ""
    department: Count = 0
    page: Count = 0
    until: str = ""


class GroupPress(CallbackData, prefix="gb"):
    """A group of a department: `id` is the department to bind it to, or the binding."""

    act: str  # bind, ask, unbind, list
    id: Count = 0
    code: str = ""


class Review(CallbackData, prefix="rv"):
    """What a reviewer does with a record as he saw it, in this version."""

    act: str
    id: Count  # 0: no record in particular
    version: Count


class ReviewReason(CallbackData, prefix="rr"):
    """A ready reason for returning or voiding."""

    act: str
    id: Id
    version: Count
    reason: str


class ReviewAll(CallbackData, prefix="ra"):
    """Confirm at once: nothing yet (count 0), or exactly so many up to this record."""

    count: Count
    up_to: Count


class ReviewUndo(CallbackData, prefix="ru"):
    """Take back what one press has confirmed: between these records, at this moment."""

    first: Id
    last: Id
    at: Count


class Record(CallbackData, prefix="me"):
    """A month of a person's record; person 0 is oneself."""

    person: Count
    month: str
    page: Count


class AuditPress(CallbackData, prefix="audit"):
    """A page of the audit, or (act find) the question what to look for."""

    act: str  # page, find
    person: Count = 0
    action: str = ""
    day: str = ""  # 2026-10-14 or 2026-10
    page: Count = 0


class NoticeGot(CallbackData, prefix="got"):
    """收到 under a notice."""

    id: Id


class Delivery(CallbackData, prefix="dl"):
    """What somebody does with a notice that was sent."""

    act: str
    id: Id
    page: Count = 0  # of a list; or how many people were shown


class Tell(CallbackData, prefix="tell"):
    """线下转达: the list, its departments, a tick."""

    act: str  # waiting, list, told, untold
    id: Count = 0
    of: Count = 0  # the department, or the person
    page: Count = 0


class NoticePress(CallbackData, prefix="nt"):
    """What somebody does with a notice, as it was shown to him in this version."""

    act: str
    id: Count  # 0: no notice in particular
    version: Count = 0
    total: Count = 0  # for how many people, where that was shown


class PlanPress(CallbackData, prefix="pl"):
    """What the office does with a plan."""

    act: str
    id: Count = 0
    value: str = ""  # a shift, an audience, a template


class RemindPress(CallbackData, prefix="rm"):
    """Whom to remind of what."""

    act: str  # show, send, where, what
    department: Count  # 0: the whole unit
    about: str  # a quarter's key, or the number of a notice; empty: this quarter
    page: Count = 0


class HeldPress(CallbackData, prefix="held"):
    """One message that the week's budget has kept back, in full."""

    id: Id


class NoticeAim(CallbackData, prefix="na"):
    """One tap in the choice of a notice's audience; `page` is where the choice stands."""

    id: Id
    act: str  # in, out, role, idle, unanswered, all: a choice; show: another page of it; drop: a saved group
    value: str = ""
    page: str = ""


class NoticeTime(CallbackData, prefix="nw"):
    """One tap in a calendar or on a clock, digits only: 202611, 20261124, 2026112409, 202611240930."""

    id: Id
    what: str  # at, by (its deadline), anyway (outside of working hours)
    digits: str = ""  # none: no time at all
    act: str = "set"  # month, day, night, hour: what is shown next; set: chosen


class Renew(CallbackData, prefix="renew"):
    """To agree to this newer version of the privacy notice, or not."""

    yes: bool
    version: Count


class Erase(CallbackData, prefix="erase"):
    """Leave and have one's data erased; yes is the second press."""

    yes: bool
    given: Id


class Resume(CallbackData, prefix="resume"):
    """恢复发送 after a restore; yes is the second press."""

    yes: bool


class ContentPress(CallbackData, prefix="ct"):
    """A phrase or duty as the office saw it; of a list its kind and which of them."""

    # top, list, find, add, skip, card, preview, edit-text (-tip, -avoid), clear-tip (-avoid), off, on, restore
    act: str
    id: str = ""
    version: Count = 0  # of a step the update that began it
    page: Count = 0


class ExportPress(CallbackData, prefix="ex"):
    """The ledger of a period as a workbook."""

    period: str  # a period key, or words such as "last month"
