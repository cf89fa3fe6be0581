"""The grammar of buttons: what a press carries. Ids, never rights and never names."""

from aiogram.filters.callback_data import CallbackData


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
    act: str  # template, apply, cancel, leave, keep
    id: int = 0


class MembersPress(CallbackData, prefix="members"):
    kind: str  # all, unbound, unreachable
    page: int


class SettingPress(CallbackData, prefix="set"):
    name: str  # a setting, or "list"
    value: str = ""  # a choice, where the setting has choices


class SetupPress(CallbackData, prefix="setup"):
    act: str  # list, unit, roster, leaders, invites, morning
    id: int = 0


class Consent(CallbackData, prefix="consent"):
    yes: bool
    version: int


class Withdraw(CallbackData, prefix="regw"):
    id: int


class Decide(CallbackData, prefix="reg"):
    id: int
    yes: bool


class Leave(CallbackData, prefix="leave"):
    yes: bool


class ReportPress(CallbackData, prefix="report"):
    act: str  # show, when, where, table
    period: str  # a period key, or words such as "last month"
    department: int = 0  # 0: the whole unit
    page: int = 0
