"""The grammar of buttons: what a press carries. Ids, never rights and never names."""

from aiogram.filters.callback_data import CallbackData


class Language(CallbackData, prefix="lang"):
    code: str


class CheckinDraft(CallbackData, prefix="cd"):
    """A draft that counts only when it is agreed to; `id` is the update that proposed it."""

    act: str  # yes, date, hours, text, no
    id: int


class CheckinStep(CallbackData, prefix="cs"):
    """A ready answer in a dialogue; `of` is the update that began it."""

    of: int
    value: str


class CheckinOwn(CallbackData, prefix="co"):
    """What a person does with a record of his own."""

    act: str
    id: int


class Review(CallbackData, prefix="rv"):
    """What a reviewer does with a record as he saw it, in this version."""

    act: str
    id: int
    version: int


class ReviewReason(CallbackData, prefix="rr"):
    """A ready reason for returning or voiding."""

    act: str
    id: int
    version: int
    reason: str


class ReviewAll(CallbackData, prefix="ra"):
    """Confirm at once: nothing yet (count 0), or exactly so many up to this record."""

    count: int
    up_to: int


class Record(CallbackData, prefix="me"):
    """A month of a person's record; person 0 is oneself."""

    person: int
    month: str
    page: int
