"""The grammar of buttons: what a press carries. Ids, never rights and never names."""

from aiogram.filters.callback_data import CallbackData


class Language(CallbackData, prefix="lang"):
    code: str


class Report(CallbackData, prefix="report"):
    do: str  # show, when, where, table
    period: str  # a period key, or words such as "last month"
    department: int = 0  # 0: the whole unit
    page: int = 0
