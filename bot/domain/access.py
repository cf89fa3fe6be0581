"""Who may do what: one table. Deny by default; nobody decides over anything of his own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from storage.records import SEVERAL, Account, Held, Person, Role, Standing


class Action(StrEnum):
    TAKE_PART = "take_part"  # check in, own record, duties, phrase, own data, mute, leave
    DECIDE = "decide"  # approve registrations, review check-ins
    VIEW_REPORT = "view_report"
    VIEW_MEMBERS = "view_members"
    MANAGE_ROSTER = "manage_roster"
    MANAGE_SETTINGS = "manage_settings"
    VOID = "void"  # void a confirmed check-in, with a reason
    VIEW_STATUS = "view_status"
    VIEW_AUDIT = "view_audit"
    BACK_UP = "back_up"
    REMIND = "remind"
    MANAGE_SCHEDULE = "manage_schedule"
    MANAGE_CONTENT = "manage_content"  # the unit's own phrases and duties
    EXPORT = "export"  # the ledger of everybody's check-ins
    NOTIFY = "notify"  # write to many, approve what another has written
    BIND_GROUP = "bind_group"  # a department's group chat
    GRANT = "grant"  # give and take roles: which, see GRANTS


class Reach(StrEnum):
    """How far a right goes."""

    SELF = "self"
    SUBTREE = "subtree"  # the own department and all below it
    ALL = "all"


RULES: Mapping[Action, Mapping[Role, Reach]] = {
    Action.TAKE_PART: {Role.STAFF: Reach.SELF},
    Action.DECIDE: {Role.LEADER: Reach.SUBTREE, Role.OFFICE: Reach.ALL, Role.OWNER: Reach.ALL},
    Action.VIEW_REPORT: {
        Role.LEADER: Reach.SUBTREE,
        Role.OFFICE: Reach.ALL,
        Role.VIEWER: Reach.ALL,
        Role.OWNER: Reach.ALL,
    },
    Action.VIEW_MEMBERS: {Role.LEADER: Reach.SUBTREE, Role.OFFICE: Reach.ALL, Role.OWNER: Reach.ALL},
    Action.MANAGE_ROSTER: {Role.OFFICE: Reach.ALL, Role.OWNER: Reach.ALL},
    Action.MANAGE_SETTINGS: {Role.OFFICE: Reach.ALL, Role.OWNER: Reach.ALL},
    Action.VOID: {Role.OFFICE: Reach.ALL, Role.OWNER: Reach.ALL},
    Action.VIEW_STATUS: {Role.OFFICE: Reach.ALL, Role.OWNER: Reach.ALL},
    Action.VIEW_AUDIT: {Role.OWNER: Reach.ALL},
    Action.BACK_UP: {Role.OWNER: Reach.ALL},
    Action.REMIND: {Role.LEADER: Reach.SUBTREE, Role.OFFICE: Reach.ALL, Role.OWNER: Reach.ALL},
    Action.MANAGE_SCHEDULE: {Role.OFFICE: Reach.ALL, Role.OWNER: Reach.ALL},
    Action.MANAGE_CONTENT: {Role.OFFICE: Reach.ALL, Role.OWNER: Reach.ALL},
    Action.EXPORT: {Role.OFFICE: Reach.ALL, Role.OWNER: Reach.ALL},
    Action.NOTIFY: {Role.LEADER: Reach.SUBTREE, Role.OFFICE: Reach.ALL, Role.OWNER: Reach.ALL},
    Action.BIND_GROUP: {Role.LEADER: Reach.SUBTREE, Role.OFFICE: Reach.ALL, Role.OWNER: Reach.ALL},
    Action.GRANT: {Role.OFFICE: Reach.ALL, Role.OWNER: Reach.ALL},
}

# Who gives and takes which role. Owners are named in OWNER_IDS and nowhere else.
GRANTS: Mapping[Role, frozenset[Role]] = {
    Role.OFFICE: frozenset({Role.LEADER, Role.VIEWER}),
    Role.OWNER: frozenset({Role.LEADER, Role.VIEWER, Role.OFFICE}),
}

# What each command needs; None: open to everybody. Only these are built, so only these are in a menu or a help.
COMMANDS: Mapping[str, Action | None] = {
    "checkin": Action.TAKE_PART,
    "me": Action.TAKE_PART,
    "duties": Action.TAKE_PART,
    "phrase": Action.TAKE_PART,
    "report": Action.VIEW_REPORT,
    "pending": Action.DECIDE,
    "members": Action.VIEW_MEMBERS,
    "remind": Action.REMIND,
    "schedule": Action.MANAGE_SCHEDULE,
    "notice": Action.NOTIFY,
    "roster": Action.MANAGE_ROSTER,
    "content": Action.MANAGE_CONTENT,
    "export": Action.EXPORT,
    "grant": Action.GRANT,
    "bind": Action.BIND_GROUP,
    "settings": Action.MANAGE_SETTINGS,
    "status": Action.VIEW_STATUS,
    "audit": Action.VIEW_AUDIT,
    "backup": Action.BACK_UP,
    "mute": Action.TAKE_PART,
    "mydata": Action.TAKE_PART,
    "leave": Action.TAKE_PART,
    "language": None,
    "privacy": None,
    "help": None,
    "cancel": None,
    "start": None,
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is acting, read afresh at every update. `person` is set only while he is bound, has consented and has not
    left; a leader's reach is `led`, a scope."""

    user_id: int
    chat_id: int
    account: Account | None
    person: Person | None
    led: str  # the departments he leads, their own trails only: a scope; empty: none
    roles: frozenset[Role]

    @property
    def person_id(self) -> int | None:
        return self.person.id if self.person else None

    @property
    def stranger(self) -> bool:
        return not self.roles

    @property
    def former(self) -> bool:
        """Still bound to somebody who has left or retired."""
        return self.stranger and self.account is not None and self.account.person_id is not None


def roles_of(person: Person | None, standing: Standing, today: date, *, owner: bool) -> frozenset[Role]:
    """The roles of a bound person (or none) on the account of an owner (or not)."""
    held = {Role.OWNER} if owner else set()
    if person is not None:
        given = (one for one in standing.held if holds(one, today))
        held |= {Role.STAFF, person.role, *(one.role for one in given if one.trail or one.role is not Role.LEADER)}
    return frozenset(held)


def holds(held: Held, today: date) -> bool:
    """Whether a role given in chat holds today: that of a deputy up to and with his last day."""
    return held.until is None or today.isoformat() <= held.until


def led_by(person: Person | None, standing: Standing, today: date) -> str:
    """What this person leads, as a scope: his own department by the roster, others by grants; widest ones only."""
    if person is None:
        return ""
    own = [standing.trail] if person.role is Role.LEADER else []
    given = [one.trail for one in standing.held if one.role is Role.LEADER and holds(one, today)]
    tops = dict.fromkeys(trail for trail in [*own, *sorted(given)] if trail)
    return SEVERAL.join(t for t in tops if not any(t != other and t.startswith(other) for other in tops))


def within(inner: str, outer: str | None) -> bool:
    """Whether everything of one scope (or one department's trail) lies in the other."""
    return outer is not None and all(one.startswith(tuple(outer.split(SEVERAL))) for one in inner.split(SEVERAL))


def can(actor: Actor, action: Action, trail: str | None = None) -> bool:
    """Whether the actor may do this; with `trail`, to somebody or something of that department (or of that scope)."""
    for role, reach in RULES[action].items():
        if role in actor.roles and (trail is None or reach is not Reach.SUBTREE or within(trail, actor.led or None)):
            return True
    return False


def scope(actor: Actor, action: Action) -> str | None:
    """How far the actor may do this: "" for everything, None for nothing; else the trail of the department he leads,
    or several of them joined by SEVERAL. To be compared by `within`, and in SQL by storage.departments.UNDER."""
    reaches = {reach for role, reach in RULES[action].items() if role in actor.roles}
    if Reach.ALL in reaches:
        return ""
    return (actor.led or None) if Reach.SUBTREE in reaches else None


def grantable(actor: Actor) -> frozenset[Role]:
    """The roles this actor may give and take."""
    return frozenset[Role]().union(*(GRANTS.get(role, ()) for role in actor.roles))


def commands_of(actor: Actor) -> tuple[str, ...]:
    """The commands this actor may use, in the order of the menu."""
    return tuple(word for word, action in COMMANDS.items() if action is None or can(actor, action))
