"""The nouns: frozen records and enums that every room speaks of. Standard library only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SEVERAL = "|"  # between the trails of a scope


class Role(StrEnum):
    """What a person may be; one person may hold several."""

    STAFF = "staff"  # 职工
    LEADER = "leader"  # 科室负责人
    OFFICE = "office"  # 创建办
    VIEWER = "viewer"  # 领导小组
    OWNER = "owner"  # 系统管理员


class PersonStatus(StrEnum):
    """The roster's 状态 column. In post, so counted in N: active and on_leave."""

    ACTIVE = "active"  # 在职
    ON_LEAVE = "on_leave"  # 请假
    AWAY = "away"  # 离岗
    LEFT = "left"  # 离职
    RETIRED = "retired"  # 退休

    @property
    def in_post(self) -> bool:
        return self in (PersonStatus.ACTIVE, PersonStatus.ON_LEAVE)

    @property
    def gone(self) -> bool:
        return self in (PersonStatus.LEFT, PersonStatus.RETIRED)


class CheckinState(StrEnum):
    SUBMITTED = "submitted"
    MORE_INFO = "more_info"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"

    @property
    def counts_towards_day(self) -> bool:
        """Whether the hours count towards the sum that cap_day and max_day look at."""
        return self in (CheckinState.SUBMITTED, CheckinState.MORE_INFO, CheckinState.CONFIRMED)

    @property
    def open(self) -> bool:
        """Whether the person may still change it himself."""
        return self in (CheckinState.SUBMITTED, CheckinState.MORE_INFO, CheckinState.RETURNED)


class DeliveryState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"


class NoticeState(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"  # for a second person's approval
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


class Fate(StrEnum):
    """What becomes of one person of a notice's audience, when it is planned."""

    SEND = "send"
    NOT_BOUND = "not_bound"
    WITHDRAWN = "withdrawn"
    ON_LEAVE = "on_leave"
    UNREACHABLE = "unreachable"  # has blocked the bot, until he returns
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Department:
    id: int
    parent_id: int | None
    name: str
    path: str  # the names from the top, 综合处/办公室
    trail: str  # the ids from the top, /1/5/: a subtree is a prefix
    closed_on: str | None = None  # nobody is put into it any more; its past stays


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    staff_number: str
    name: str
    title: str
    department_id: int
    role: Role
    status: PersonStatus


@dataclass(frozen=True, slots=True)
class Held:
    """A role given in chat: of a leader with the trail of what he leads, of a deputy with his last day."""

    role: Role
    trail: str
    until: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person belongs, and what was given to him beside his roster's role."""

    trail: str = ""  # of his department
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Binding:
    """A group chat and the department whose totals it hears."""

    id: int
    chat_id: int
    department_id: int
    path: str
    trail: str
    title: str
    bound_by: int  # the account on whose right it stands


@dataclass(frozen=True, slots=True)
class Posting:
    """Where a person is from this day on, and in which status."""

    from_date: date
    department_id: int
    department: str  # its path
    status: PersonStatus


@dataclass(frozen=True, slots=True)
class Account:
    """A Telegram account that is bound to a roster entry, or has said something to us."""

    user_id: int
    chat_id: int
    person_id: int | None
    language: str | None
    muted: bool
    reachable: bool
    consent_version: int | None


@dataclass(frozen=True, slots=True)
class Checkin:
    id: int
    person_id: int
    department_id: int  # the person's department on the service date
    service_date: date
    minutes: int
    starts_at: int | None  # minute of the day
    ends_at: int | None
    text: str
    state: CheckinState
    late_reason: str
    version: int  # grows with every change; every transition is a compare-and-set on it
    created_at: int  # UTC, milliseconds


@dataclass(frozen=True, slots=True)
class Duty:
    id: str
    kind: str  # one | dont | own
    text: str
    short: str
    question: str


@dataclass(frozen=True, slots=True)
class Phrase:
    id: str
    scene: str
    text: str
    tip: str
    avoid: str
    festival: str
