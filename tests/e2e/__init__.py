"""The program as processes: its command line, its crashes, its end."""

from bot.lazy_aiogram import import_aiogram

import_aiogram()  # for the process from which all bots are forked
