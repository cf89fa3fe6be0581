"""Where Telegram comes in: the routers in the order in which they are asked."""

import functools

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
from handlers.routing import Routes

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
def routes() -> Routes:
    """One for the process; whatever belongs to one running bot comes with each update."""
    return Routes(word.router for word in WORDS)
