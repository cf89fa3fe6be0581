"""Which duty and which phrase a working day gets: fair, deterministic, nothing twice within a year."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256

from bot.domain.calendar import Calendar
from storage.records import Duty, Phrase

EPOCH = date(2024, 1, 1)
A_YEAR = timedelta(days=365)
SUMMER, WINTER, RAINS = (frozenset({6, 7, 8}), frozenset({12, 1, 2}), frozenset(range(4, 10)))
# Phrases that speak of the weather, by their number in phrases.csv.
ONLY_IN: Mapping[str, frozenset[int]] = {"P221": SUMMER, "P357": SUMMER, "P372": WINTER, "P033": RAINS}


def duty_of(
    day: date, duties: Sequence[Duty], calendar: Calendar, last_used: Mapping[str, date] | None = None
) -> Duty | None:
    """The duties in turn over working days; of those that have waited longest the one whose turn it is.

    So a changed calendar repeats none, and one that is added or left out takes no other's turn. Uses on or after the
    day do not matter.
    """
    if not duties:
        return None
    at = _working_days_since_epoch(day, calendar) % len(duties)
    used = {name: on for name, on in (last_used or {}).items() if on < day}
    return min((*duties[at:], *duties[:at]), key=lambda duty: used.get(duty.id, date.min))


def phrase_of(
    day: date, phrases: Sequence[Phrase], last_used: Mapping[str, date], calendar: Calendar, unit: str = ""
) -> Phrase | None:
    """A festival's greeting on its send day, else the phrase unused for longest.

    Uses on or after the day do not matter.
    """
    greeting = _greeting(day, phrases, calendar)
    if greeting:
        return greeting
    ordinary = [p for p in phrases if not p.festival and day.month in ONLY_IN.get(p.id, (day.month,))]
    used = {name: on for name, on in last_used.items() if on < day}
    fresh = [p for p in ordinary if day - used.get(p.id, date.min) > A_YEAR]
    return _longest_unused(fresh or ordinary, used, f"{unit}/{day.isoformat()}")


def always(phrase: Phrase) -> bool:
    """Whether it may be said on any day: neither a festival's greeting nor one of a season."""
    return not phrase.festival and phrase.id not in ONLY_IN


def _greeting(day: date, phrases: Iterable[Phrase], calendar: Calendar) -> Phrase | None:
    """Of two festivals with one send day one is greeted on it, the other on the working day before."""
    greetings = {phrase.festival: phrase for phrase in phrases if phrase.festival}
    if not greetings or not calendar.day(day).working:
        return None
    tomorrow = calendar.next_working(day)
    due: list[str] = []
    for one in (calendar.next_working(tomorrow), tomorrow, day):
        due = [f.id for f in calendar.festivals_sent_on(one) if f.id in greetings] + due[1:]
    return greetings[due[0]] if due else None


def _longest_unused(phrases: Iterable[Phrase], used: Mapping[str, date], seed: str) -> Phrase | None:
    def key(phrase: Phrase) -> tuple[date, bytes]:
        return used.get(phrase.id, date.min), sha256(f"{seed}/{phrase.id}".encode()).digest()

    return min(phrases, key=key, default=None)


def _working_days_since_epoch(day: date, calendar: Calendar) -> int:
    if day >= EPOCH:
        return calendar.working_days_between(EPOCH, day)
    return -calendar.working_days_between(day, EPOCH)
