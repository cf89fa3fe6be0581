"""The grammar of buttons: what a press carries. Ids, never rights and never names."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

Id = Annotated[int, Field(gt=0, lt=2**63)]  # what a column can hold; anything else is no button of ours


class Language(CallbackData, prefix="lang"):
    code: str


class Consent(CallbackData, prefix="consent"):
    yes: bool
    version: int


class Withdraw(CallbackData, prefix="regw"):
    id: Id


class Decide(CallbackData, prefix="reg"):
    id: Id
    yes: bool


class Leave(CallbackData, prefix="leave"):
    yes: bool
