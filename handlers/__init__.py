"""Where Telegram comes in: the routers in the order in which they are asked."""

import functools

from aiogram import Dispatcher

from handlers import checkins, fallback, menu, records, review


@functools.cache
def dispatcher() -> Dispatcher:
    """One for the process; whatever belongs to one running bot comes with each update."""
    found = Dispatcher(disable_fsm=True)
    found.include_routers(checkins.router, review.router, records.router, menu.router, fallback.router)
    return found
