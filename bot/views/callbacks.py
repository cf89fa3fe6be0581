"""The grammar of buttons: what a press carries. Ids, never rights and never names."""

from aiogram.filters.callback_data import CallbackData


class Language(CallbackData, prefix="lang"):
    code: str


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
