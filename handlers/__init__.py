"""Where Telegram comes in: the routers in the order in which they are asked."""

import functools

from aiogram import Dispatcher

from handlers import (
    checkins,
    deliveries,
    duties,
    fallback,
    groups,
    menu,
    notice_choices,
    notice_edits,
    notices,
    privacy,
    records,
    registration,
    reports,
    review,
    roster,
    settings,
    setup,
    status,
)

# The busiest first, the last word last.
WORDS = (
    notice_edits,  # only what was edited, and before anything else that might be read into it
    checkins,
    review,
    records,
    reports,
    groups,
    duties,
    deliveries,  # what was sent is opened by it, drafts by the next
    notices,
    notice_choices,
    menu,
    setup,
    registration,
    privacy,
    roster,
    settings,
    status,
    fallback,
)


@functools.cache
def dispatcher() -> Dispatcher:
    """One for the process; whatever belongs to one running bot comes with each update."""
    found = Dispatcher(disable_fsm=True)
    found.include_routers(*(word.router for word in WORDS))
    return found
