"""The grammar of buttons: what a press carries. Ids, never rights and never names."""

from aiogram.filters.callback_data import CallbackData


class Language(CallbackData, prefix="lang"):
    code: str


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
