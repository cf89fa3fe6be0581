"""Where Telegram comes in: the routers in the order in which they are asked."""

import functools

from aiogram import Dispatcher

from handlers import fallback, menu, roster, settings


@functools.cache
def dispatcher() -> Dispatcher:
    """One for the process; whatever belongs to one running bot comes with each update."""
    found = Dispatcher(disable_fsm=True)
    found.include_routers(menu.router, roster.router, settings.router, fallback.router)
    return found
