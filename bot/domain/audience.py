"""Whom a notice is for, as somebody chose it: places, roles, conditions, exclusions. Looked up when it is sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from storage.records import Role

ROLES = (Role.STAFF, Role.LEADER, Role.OFFICE, Role.VIEWER)
TOKEN = re.compile(rf"[sdg][1-9]\d{{0,17}}|r(?:{'|'.join(ROLES)})")
MOST = 60  # places and exclusions: what a person can still oversee


@dataclass(frozen=True, slots=True)
class Audience:
    """Tokens: s5 department 5 with all below it, d5 department 5 alone, g3 the saved group 3, rleader a role."""

    places: tuple[str, ...] = ()  # in one of these; none: everybody within the sender's reach
    roles: tuple[str, ...] = ()  # and of one of these; none: any
    idle: bool = False  # and has not taken part this quarter
    unanswered: int | None = None  # and has not answered this notice
    without: tuple[str, ...] = ()  # and is in none of these

    @property
    def everybody(self) -> bool:
        return self == Audience()

    def facts(self) -> dict[str, Any]:
        found: dict[str, Any] = {"in": list(self.places), "roles": list(self.roles), "out": list(self.without)}
        found |= {"idle": self.idle, "unanswered": self.unanswered}
        return {name: value for name, value in found.items() if value}

    def toggled(self, side: str, token: str) -> "Audience":
        """In or out of one side. A department is chosen in one way only: with what is below it, or alone."""
        if not TOKEN.fullmatch(token) or (side == "in" and token[0] == "r"):
            return self
        chosen = self.places if side == "in" else self.without
        if token in chosen:
            left = tuple(t for t in chosen if t != token)
        else:
            other = {"s": "d", "d": "s"}.get(token[0], "") + token[1:]
            left = (*(t for t in chosen if t != other), token)[:MOST]
        return replace(self, places=left) if side == "in" else replace(self, without=left)

    def with_role(self, role: str) -> "Audience":
        """One role more or less among those it is limited to."""
        if role not in ROLES:
            return self
        left = tuple(r for r in self.roles if r != role)
        return replace(self, roles=left if role in self.roles else (*left, role))


def audience(facts: Mapping[str, Any]) -> Audience:
    return Audience(
        tuple(facts.get("in", ())),
        tuple(facts.get("roles", ())),
        bool(facts.get("idle", False)),
        facts.get("unanswered"),
        tuple(facts.get("out", ())),
    )
