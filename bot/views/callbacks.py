"""The grammar of buttons: what a press carries. Ids, never rights and never names."""

from aiogram.filters.callback_data import CallbackData


class Language(CallbackData, prefix="lang"):
    code: str
