"""The demo unit: an invented office of sixty people with four months behind it. Tests play in it too."""

import asyncio
import contextlib
import csv
import datetime as dt
import functools
import json
import random
import tempfile
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.clock import Clock, instant
from bot.domain.hours import Act
from bot.i18n import LANGUAGES, LOCALES
from bot.services.schedule import TEMPLATES
from bot.settings import Settings
from storage import accounts, audit, checkins, departments, notices, outbox, people, plans
from storage.engine import Database, Tx
from storage.notices import Notice
from storage.records import Checkin, CheckinState, Person, PersonStatus, Role

if TYPE_CHECKING:
    from bot.sandbox import Person as Persona
    from bot.sandbox.world import World

OWNER = 900  # the demo's administrator
FIRST_USER = 1001  # the account of the roster's first person; the others follow in its order
MONTHS = 4
CONSENT = 1


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A line of demo_people.csv with the Telegram account it has in the demo."""

    user_id: int
    staff_number: str
    name: str
    department: str
    title: str
    role: Role
    status: PersonStatus
    bound: bool


@functools.cache
def demo_people() -> tuple[DemoPerson, ...]:
    with (LOCALES / "zh" / "content" / "demo_people.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            DemoPerson(
                FIRST_USER + number,
                row["staff_number"],
                row["name"],
                row["department"],
                row["title"],
                Role(row["role"]),
                PersonStatus(row["status"]),
                row["bound"] == "1",
            )
            for number, row in enumerate(csv.DictReader(file))
        )


def demo_activities() -> list[str]:
    return (LOCALES / "zh" / "content" / "demo_activities.txt").read_text("utf-8").split()


@functools.cache
def demo_notes() -> Mapping[str, str]:
    """What was written beside an act."""
    with (LOCALES / "zh" / "content" / "demo_notes.csv").open(encoding="utf-8", newline="") as file:
        return {row["act"]: row["note"] for row in csv.DictReader(file)}


def _evening(now: dt.datetime, days_ago: int) -> dt.datetime:
    return dt.datetime.combine(now.date() - dt.timedelta(days=days_ago), dt.time(18, 30), now.tzinfo)


async def seed(db: Database, now: dt.datetime) -> None:
    """Fill an empty database with the demo unit as it would be at this moment."""
    async with db.write() as tx:
        await _seed_roster(tx, now)
        await _seed_checkins(tx, now)
        await _seed_plans(tx, now)


async def _seed_roster(tx: Tx, now: dt.datetime) -> None:
    begin = now.date() - dt.timedelta(days=30 * MONTHS + 200)
    cast, came = demo_people(), instant(now - dt.timedelta(days=30 * MONTHS))
    for path in dict.fromkeys(person.department for person in cast):
        await departments.insert(tx, path)
    ids = {department.path: department.id for department in await departments.list_all(tx)}
    roster = [Person(0, p.staff_number, p.name, p.title, ids[p.department], p.role, p.status) for p in cast]
    await people.insert_many(tx, roster, begin)
    numbers = {person.staff_number: person.id for person in await people.list_all(tx)}
    for person in cast:
        if person.bound:
            await accounts.see(tx, person.user_id, person.user_id, came)
            await accounts.consent(tx, person.user_id, CONSENT, came)
            await accounts.bind(tx, person.user_id, numbers[person.staff_number], came)


AUTHOR = "BG002"  # of the office
BLOCKED = ("CW004", "FW006")  # had stopped the bot when the notice came
GOT_IT = 0.7  # the share of those who tap 收到


async def seed_notice(db: Database, now: dt.datetime) -> None:
    """A notice to the whole unit that leaves now, as if its author had just pressed 发送."""
    from bot.services import notice_sending

    text = (LOCALES / "zh" / "content" / "demo_notice.txt").read_text("utf-8").strip()
    async with db.write() as tx:
        author = next(p for p in demo_people() if p.staff_number == AUTHOR)
        account, person, _ = await accounts.find(tx, author.user_id)
        assert account is not None and person is not None
        new = Notice(0, author.user_id, person.id, instant(now), author.user_id, text=text, answer=True)
        draft = replace(new, id=await notices.insert(tx, new))
        assert await notice_sending.plan(tx, draft, draft, now)
        await audit.append(tx, instant(now), author.user_id, "notice-sending", f"notice:{draft.id}")


def answer_notice(world: "World") -> None:
    """Most of those who got it tap 收到."""
    chance = random.Random(20260315)
    for person in demo_people():
        offered = ((m.id, b.text) for m in world.messages(person.user_id) for row in m.buttons for b in row)
        got = next(((number, text) for number, text in offered if text.endswith("收到")), None)
        if got and chance.random() < GOT_IT:
            world.press(person.user_id, *got)


async def _seed_plans(tx: Tx, now: dt.datetime) -> None:
    """Two that the office has added to those of the product."""
    for name in ("month", "holiday"):
        await plans.insert(tx, replace(TEMPLATES[name], template=name, since=instant(now)))


# How eager each department is: some above the target, some below, so that a report has something to say.
EAGERNESS = (0.45, 0.2, 0.35, 0.1, 0.3, 0.25)


async def _seed_checkins(tx: Tx, now: dt.datetime) -> None:
    chance = random.Random(20260314)  # the same unit at every start
    activities = demo_activities()
    roster = [p for p in await people.list_all(tx) if p.status is PersonStatus.ACTIVE and p.role is not Role.VIEWER]
    order = {number: at for at, number in enumerate(dict.fromkeys(p.department_id for p in roster))}
    for person in roster:
        if chance.random() > EAGERNESS[order[person.department_id] % len(EAGERNESS)]:
            continue
        for _ in range(chance.randint(1, 6)):
            evening = _evening(now, chance.randint(8, 30 * MONTHS))
            await _seed_one(tx, person, evening, CheckinState.CONFIRMED, chance, activities)
    recent = [s for s in CheckinState if s is not CheckinState.CONFIRMED] + [CheckinState.SUBMITTED] * 6
    for person, state in zip(chance.sample(roster, len(recent)), recent, strict=True):
        await _seed_one(tx, person, _evening(now, chance.randint(1, 6)), state, chance, activities)


# The acts that brought a record to its state, after it was submitted.
ACTS: Mapping[CheckinState, tuple[tuple[Act, CheckinState], ...]] = {
    CheckinState.SUBMITTED: (),
    CheckinState.MORE_INFO: ((Act.ASK, CheckinState.MORE_INFO),),
    CheckinState.RETURNED: ((Act.RETURN, CheckinState.RETURNED),),
    CheckinState.CONFIRMED: ((Act.CONFIRM, CheckinState.CONFIRMED),),
    CheckinState.WITHDRAWN: ((Act.WITHDRAW, CheckinState.WITHDRAWN),),
    CheckinState.VOIDED: ((Act.CONFIRM, CheckinState.CONFIRMED), (Act.VOID, CheckinState.VOIDED)),
}


async def _seed_one(
    tx: Tx, person: Person, evening: dt.datetime, state: CheckinState, chance: random.Random, activities: list[str]
) -> None:
    """A check-in of that evening and what has happened to it since."""
    acts, notes = ACTS[state], demo_notes()
    at, minutes = instant(evening), chance.choice((60, 90, 120, 120, 150, 180, 240))
    new = Checkin(
        id=0,
        person_id=person.id,
        department_id=person.department_id,
        service_date=evening.date(),
        minutes=minutes,
        starts_at=None,
        ends_at=None,
        text=chance.choice(activities),
        state=state,
        late_reason="",
        version=1 + len(acts),
        created_at=at,
    )
    kept = await checkins.insert(tx, new)
    assert kept is not None
    account = await accounts.find_by_person(tx, person.id)
    self_user, before = account.user_id if account else OWNER, CheckinState.SUBMITTED
    await checkins.record_event(tx, kept.id, at, self_user, "submit", None, before, 1)
    for number, (act, after) in enumerate(acts, 1):
        actor = self_user if act is Act.WITHDRAW else OWNER
        later = at + number * 3_600_000
        await checkins.record_event(tx, kept.id, later, actor, act, before, after, 1 + number, notes.get(act, ""))
        before = after


# The demo: built-in chat and bot on one movable clock

ZONE = ZoneInfo("Asia/Shanghai")
ORG = Settings.model_fields["org_name"].default
ROLES_SHOWN = (Role.LEADER, Role.OFFICE, Role.VIEWER, Role.STAFF)
TOKEN = "424242:DEMO-TOKEN-OF-THE-BUILT-IN-CHAT"
STRANGER, NEWCOMER = 700, "RS008"  # the account without a binding, and who on the roster it belongs to
GROUP, GROUP_STAFF = -1001000000001, 6  # the chat of a working group, and how many of the staff are in it
PATIENCE = 30.0  # seconds
AGAIN = dt.timedelta(seconds=5)  # what was put off for a moment is as good as due
OPENS_AT = dt.time(9, 5)  # on a working day: the morning message has just come


def opening(now: dt.datetime) -> dt.datetime:
    """The last working day's morning, not after now: yesterday's news and today's message are there at once."""
    from bot.domain.calendar import Calendar

    calendar = Calendar()
    day = now.date() if now.time() >= OPENS_AT else now.date() - dt.timedelta(days=1)
    day = day if calendar.day(day).working else calendar.previous_working(day)
    return dt.datetime.combine(day, OPENS_AT, now.tzinfo)


def the_day_before(morning: dt.datetime) -> dt.datetime:
    """When the notice was sent that everybody has in his chat."""
    from bot.domain.calendar import Calendar

    return dt.datetime.combine(Calendar().previous_working(morning.date()), dt.time(10, 0), morning.tzinfo)


async def recast(db: Database, personas: Iterable["Persona"], now: dt.datetime) -> None:
    """Who everybody is by now: somebody may have registered since, got another role, or left."""
    from bot.services import accounts as recogniser

    async with db.read() as tx:
        paths = {department.id: department.path for department in await departments.list_all(tx, closed=True)}
    for persona in personas:
        actor = await recogniser.recognise(db, persona.id, frozenset({OWNER}), now)
        if actor.person is not None:
            persona.role = next(role.value for role in ROLES_SHOWN if role in actor.roles)
            persona.note = f"{paths[actor.person.department_id]} {actor.person.title}"
        elif persona.id != OWNER:
            persona.role = "stranger"


@contextlib.asynccontextmanager
async def playing(port: int, language: str = "zh") -> AsyncIterator[str]:
    """The whole demo for the length of a `with`; its address. OSError when the port is taken."""
    from bot.app import App
    from bot.sandbox import Hooks, Sandbox
    from bot.sandbox import Person as Persona

    with tempfile.TemporaryDirectory(prefix="wenming-demo-") as folder:
        morning = opening(dt.datetime.now(dt.UTC).astimezone(ZONE))
        clock = Clock(ZONE, the_day_before(morning))
        cast = demo_people()
        here = sorted((p for p in cast if p.status.in_post and p.bound), key=lambda p: ROLES_SHOWN.index(p.role))
        personas = [Persona(p.user_id, p.name, p.role.value, f"{p.department} {p.title}") for p in here]
        texts = {code: json.loads((LOCALES / code / "page.json").read_text("utf-8")) for code in LANGUAGES}
        words = texts[language]
        new = next(p for p in cast if p.staff_number == NEWCOMER)
        note = words["role-stranger-note"].format(department=new.department, number=new.staff_number)
        others = [Persona(OWNER, words["role-owner"], "owner"), Persona(STRANGER, new.name, "stranger", note)]
        # The few whom one wants to be first; the many of the staff last.
        few = [persona for persona in personas if persona.role != Role.STAFF]
        many = [persona for persona in personas if persona.role == Role.STAFF]

        async def next_event() -> tuple[dt.datetime, str] | None:
            return await app.next_event(clock.now())

        async def move_to(moment: dt.datetime) -> None:
            await app.catch_up()
            await _left(app.db, clock)
            clock.move_to(moment)
            await app.catch_up()

        everybody = [*few, *others, *many]

        async def up_to_date() -> None:
            await recast(app.db, everybody, clock.now())

        sandbox = Sandbox(
            token=TOKEN,
            clock=clock.now,
            port=port,
            people=everybody,
            org=ORG,
            texts=texts,
            hooks=Hooks(now=clock.now, next_event=next_event, move_to=move_to, recast=up_to_date),
        )
        for persona in sandbox.cast.people:
            sandbox.world.add_user(
                persona.id,
                first_name=persona.name,  # as most people in China write it there: the family name first
                language_code="zh-hans",
                started=persona.id not in (OWNER, STRANGER),
            )
        await sandbox.start()
        try:
            settings = Settings.model_construct(  # nothing that stands in the environment is meant for the demo
                bot_token=SecretStr(TOKEN),
                bot_api_url=sandbox.url,
                database_url=f"sqlite:///{folder}/wenming.db",
                owner_ids=frozenset({OWNER}),
                listen="127.0.0.1:0",
                log_level="WARNING",
            )
            await prepare(settings, clock, morning, sandbox.world)
            async with App(settings, clock).running() as app:
                answer_notice(sandbox.world)
                for persona in personas:
                    sandbox.world.say(persona.id, "/start")
                colleagues = [persona.id for persona in (*few, *many[:GROUP_STAFF])]
                sandbox.world.add_group(GROUP, words["group-title"], colleagues, bot_inside=False)
                sandbox.world.add_bot_to_group(GROUP, next(p.id for p in few if p.role == Role.OFFICE))
                yield f"{sandbox.url}/"
        finally:
            await sandbox.stop()


async def _left(db: Database, clock: Clock) -> None:
    """Until what is due has left: whoever presses on in haste does not jump over it. What cannot leave is not waited
    for longer than a person would."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while True:
                async with db.read() as tx:
                    due = await outbox.is_due(tx, instant(clock.now() + AGAIN))
                    if not due and not await outbox.is_leaving(tx):
                        return
                await asyncio.sleep(0.05)


async def prepare(settings: Settings, clock: Clock, morning: dt.datetime, world: "World") -> None:
    """The demo unit is in the database and the last working day's notice in everybody's chat before the bot starts."""
    from storage.connect import opened

    async with opened(settings.database_url) as db:
        await seed(db, morning)
        await seed_notice(db, clock.now())
        for person in demo_people():
            if person.staff_number in BLOCKED:
                world.block(person.user_id)
        await _send(db, settings, clock)
    clock.move_to(morning)


async def _send(db: Database, settings: Settings, clock: Clock) -> None:
    """The bot's own way out without the rest of it: what waits leaves, and is followed to its end."""
    from bot.pace import InHand
    from bot.sender import Sender
    from bot.services import accounts as recogniser
    from bot.services import progress
    from bot.services.effects import Cause
    from bot.services.outbox import Desk
    from bot.telegram import Telegram

    async def lost(user_id: int) -> None:
        await recogniser.lost_contact(Cause(db), user_id)

    async def arrived(user_id: int, message: object) -> None: ...

    rate, owners = settings.rate_per_second, settings.owner_ids
    telegram, desk = Telegram(settings.bot_api_url, settings.token, rate), Desk(db, owners)
    sender = Sender(desk, telegram, clock, InHand(), lost, arrived, rate=rate, language=settings.language)
    await telegram.open()
    try:
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(sender.run())
            left = True
            while left:
                sender.wake()
                await asyncio.sleep(0.02)
                async with db.read() as tx:
                    states = await outbox.count_by_state(tx)
                left = "pending" in states or "sending" in states or await progress.tend(db, clock.now(), owners, rate)
            running.cancel()
    finally:
        await telegram.close()
