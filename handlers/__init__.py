"""Where Telegram comes in: the routers in the order in which they are asked."""

import functools
from typing import Any

from aiogram import Dispatcher
from aiogram.dispatcher.event.handler import CallableObject, HandlerObject

from handlers import (
    audit,
    backup,
    binding,
    checkins,
    consent,
    deliveries,
    departments,
    duties,
    fallback,
    grants,
    groups,
    holidays,
    members,
    menu,
    notice_choices,
    notice_edits,
    notices,
    people,
    privacy,
    records,
    registration,
    remind,
    reports,
    review,
    roster,
    schedule,
    settings,
    setup,
    slips,
    status,
)

# The busiest first, the last word last.
WORDS = (
    consent,
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
    members,
    setup,
    registration,
    privacy,
    roster,
    people,
    departments,
    slips,
    schedule,
    remind,
    settings,
    holidays,
    grants,
    binding,
    status,
    audit,
    backup,
    fallback,
)


@functools.cache
def dispatcher() -> Dispatcher:
    """One for the process; whatever belongs to one running bot comes with each update."""
    found = Dispatcher(disable_fsm=True)
    found.include_routers(*(word.router for word in WORDS))
    for check in _checks(found):
        _keep_on_the_loop(check)
    return found


def _checks(found: Dispatcher) -> list[CallableObject]:
    """Every filter there is."""
    observers = [observer for router in found.chain_tail for observer in router.observers.values()]
    handlers: list[HandlerObject] = [h for observer in observers for h in (observer._handler, *observer.handlers)]
    return [check for handler in handlers for check in handler.filters or ()]


def _keep_on_the_loop(check: CallableObject) -> None:
    """aiogram runs a filter that is no coroutine (F.text, a plain function) in a thread: 0.1 ms for each look."""
    look = check.callback
    if check.awaitable:
        return

    async def awaited(*args: Any, **kwargs: Any) -> Any:
        return look(*args, **kwargs)

    check.callback, check.awaitable = awaited, True
