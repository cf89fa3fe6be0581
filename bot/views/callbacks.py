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
