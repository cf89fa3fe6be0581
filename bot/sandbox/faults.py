"""Faults on demand, and the ledger of what was asked and answered."""

import random
from dataclasses import dataclass, field
from typing import Any

KINDS = ("429", "5xx", "502html", "blocked", "deactivated", "not_found", "migrate", "drop", "lost", "delay",
         "cut_json", "401", "409")  # fmt: skip


@dataclass(slots=True)
class Fault:
    """One thing to go wrong; the first that fits a call is used and counts down."""

    kind: str
    method: str | None = None
    chat_id: int | None = None
    retry_after: int = 3
    delay: float = 0.0
    times: int | None = 1
    probability: float = 1.0
    seed: int = 0
    migrate_to: int | None = None
    used: int = 0
    _dice: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS and not self.kind.startswith("400:"):
            raise ValueError(f"no such fault: {self.kind}")
        self._dice = random.Random(self.seed)

    def fits(self, method: str, chat_id: int | None) -> bool:
        if self.times is not None and self.used >= self.times:
            return False
        if self.method is not None and self.method.lower() != method.lower():
            return False
        if self.chat_id is not None and self.chat_id != chat_id:
            return False
        return self.probability >= 1 or self._dice.random() < self.probability


class Faults:
    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        self.waiting.append(fault)
        return fault

    def clear(self) -> None:
        self.waiting.clear()

    def match(self, method: str, chat_id: int | None) -> Fault | None:
        for fault in self.waiting:
            if fault.fits(method, chat_id):
                fault.used += 1
                if fault.times is not None and fault.used >= fault.times:
                    self.waiting.remove(fault)
                return fault
        return None


@dataclass(slots=True)
class Call:
    """One request of the bot and what became of it."""

    number: int
    method: str
    params: dict[str, Any]
    chat_id: int | None
    accepted_at: float
    answered_at: float | None = None
    status: int | None = None
    error: str | None = None
    delivered: bool = False  # took effect, whether or not the answer arrived
    message_id: int | None = None
    from_webhook: bool = False
