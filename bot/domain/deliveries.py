"""How long a sending still takes, honestly."""

import math
from collections import deque
from dataclasses import dataclass, field

WINDOW = 20.0  # seconds of the past that say how fast it really goes
ENOUGH = 5.0  # before that the limit is the best guess


@dataclass(slots=True)
class Speed:
    """How fast messages have really left in the last seconds: (moment, how many by then)."""

    seen: deque[tuple[float, int]] = field(default_factory=deque)

    def note(self, moment: float, done: int) -> None:
        self.seen.append((moment, done))
        while len(self.seen) > 2 and self.seen[1][0] <= moment - WINDOW:
            self.seen.popleft()

    def pause(self) -> None:
        """What was standing still on purpose says nothing about the speed."""
        self.seen.clear()

    @property
    def rate(self) -> float | None:
        """A second; None while too little has been seen."""
        if len(self.seen) < 2 or (span := self.seen[-1][0] - self.seen[0][0]) < ENOUGH:
            return None
        return (self.seen[-1][1] - self.seen[0][1]) / span


def seconds_left(ahead: int, mine: int, limit: float, observed: float | None, held: float) -> int | None:
    """Until the last of `mine` has left: `ahead` messages (those of others that take turns included) leave at the limit
    at the best; `observed` is how fast mine have left. None where nothing moves, so that nobody can tell."""
    if mine == 0:
        return 0
    if observed == 0.0:
        return math.ceil(held) if held else None
    slowly = mine / observed if observed else 0.0
    return math.ceil(max(ahead / limit, slowly) + held)
