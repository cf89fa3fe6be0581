"""A notice to a crowd, for those that kill the bot in the middle of it, and the oracle that counts it afterwards.

Sizes of the soak: SOAK_PEOPLE (5000), SOAK_KILLS (100).
"""

import asyncio
import datetime as dt
import os
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import replace
from random import Random

from bot.clock import instant
from bot.demo import OWNER
from bot.sandbox.faults import Call
from bot.services import notice_sending
from storage import accounts, departments, notices, occurrences, outbox, people
from storage.deliveries import plan_of
from storage.notices import Notice
from storage.occurrences import Tally
from storage.outbox import Intent
from storage.records import Person, PersonStatus, Role
from tests.e2e.conftest import Bot, Rig

FIRST = 100_000
PEOPLE = int(os.environ.get("SOAK_PEOPLE", "5000"))
KILLS = int(os.environ.get("SOAK_KILLS", "100"))
STUCK = 180.0


async def gather(rig: Rig, size: int) -> Sequence[int]:
    """So many accounts that have spoken to the bot."""
    crowd = range(FIRST, FIRST + size)
    async with rig.writing() as tx:
        for user in crowd:
            await accounts.see(tx, user, user, instant(rig.now))
    greet(rig, crowd)
    return crowd


def greet(rig: Rig, crowd: Iterable[int]) -> None:
    for user in crowd:
        rig.world.add_user(user, first_name="甲", started=True)


async def plan(rig: Rig, name: str, crowd: Sequence[int], *, once: bool = False, canary: int = 3) -> int:
    at = instant(rig.now)
    async with rig.writing() as tx:
        number = await occurrences.take(tx, name, rig.now.date(), at, at + 30 * 86_400_000, canary=canary)
        assert number is not None
        await outbox.insert(
            tx,
            [
                Intent(
                    f"{name}:{u}", "parked", {"number": number}, user_id=u, urgency=2, occurrence_id=number, once=once
                )
                for u in crowd
            ],
        )
    return number


async def tally(rig: Rig, number: int) -> Tally:
    async with rig.reading() as tx:
        return await occurrences.tally(tx, number)


def copies(rig: Rig, number: int) -> Counter[int]:
    """How often the message of this occurrence arrived in each chat: the ledger's word."""
    return arrived(rig, f"编号 {number}）")


def arrived(rig: Rig, mark: str) -> Counter[int]:
    """How often a message with these words (or with a button that carries them) arrived in each chat."""
    return Counter(c.chat_id for c in rig.sandbox.ledger if c.chat_id and c.delivered and bears(c, mark))


def bears(call: Call, mark: str) -> bool:
    said = call.method == "sendMessage" and (call.params["text"], str(call.params.get("reply_markup")))
    return bool(said) and any(mark in each for each in said)


# A whole unit, and a notice as its office sends it


async def employ(rig: Rig, size: int = PEOPLE) -> range:
    """So many people more, in a department of their own, bound and consenting; their accounts."""
    crowd = range(FIRST, FIRST + size)
    async with rig.writing() as tx:
        place = await departments.insert(tx, "群众工作处")
        new = (Person(0, f"Q{u}", f"某{u}", "", place.id, Role.STAFF, PersonStatus.ACTIVE) for u in crowd)
        await people.insert_many(tx, new, rig.now.date())
        await tx.execute(
            "INSERT INTO accounts (user_id, chat_id, person_id, consent_version, seen_at)"
            " SELECT CAST(SUBSTR(staff_number, 2) AS INTEGER), CAST(SUBSTR(staff_number, 2) AS INTEGER), id, 1, 0"
            " FROM people WHERE department_id = ?",
            place.id,
        )
        await accounts.see(tx, OWNER, OWNER, instant(rig.now))  # who sends notices and follows them
    greet(rig, crowd)
    return crowd


async def notify(rig: Rig, mark: str) -> int:
    """The owner's notice with these words to that department, submitted and planned; its occurrence."""
    at = instant(rig.now)
    async with rig.writing() as tx:
        place = await departments.insert(tx, "群众工作处")
        new = Notice(0, OWNER, None, at, OWNER, text=mark, audience={"in": [f"s{place.id}"]})
        draft = await notices.get(tx, await notices.insert(tx, new))
        assert draft is not None
        assert await notice_sending.plan(tx, draft, replace(draft, important=True), rig.now)
        found = await occurrences.find(tx, plan_of(draft.id), rig.now.date())
        assert found is not None
    return found.id


# What the soak tests share


def seconds() -> float:
    return asyncio.get_running_loop().time()


def told(rig: Rig, crowd: Collection[int]) -> list[Call]:
    """What the server was asked to tell the crowd."""
    return [call for call in rig.sandbox.calls("sendMessage") if call.chat_id in crowd]


async def done(rig: Rig, *numbers: int, every: float = 0.2) -> list[Tally]:
    """Until nothing of these is on the way any more; given up when nothing has moved for long."""
    last, moved = list[Tally](), seconds()
    while (found := [await tally(rig, number) for number in numbers]) != last or any(t.on_the_way for t in found):
        if found != last:
            last, moved = found, seconds()
        stuck = seconds() - moved
        assert stuck < STUCK, f"nothing has moved for {stuck:.0f} s: {found}\n{rig.logs}"
        await asyncio.sleep(every)
    return found


async def check(rig: Rig, number: int, mark: str, crowd: Collection[int], doubles: int = 0) -> tuple[Tally, int]:
    """Nobody is left out unseen, and no more came twice than may; the sum and how many did."""
    found, copies = await tally(rig, number), arrived(rig, mark)
    states = dict(
        await rig.rows(
            "SELECT a.user_id, o.state FROM outbox o JOIN accounts a ON a.person_id = o.person_id"
            " WHERE o.occurrence_id = ?",
            number,
        )
    )
    there = {user for user in copies if user in crowd}
    assert {user for user in crowd if states[user] == "sent"} <= there, "what was written down as sent has arrived"
    lost = {user for user in crowd if user not in there and states[user] not in ("failed", "skipped", "unknown")}
    assert not lost, lost
    assert found.planned == found.sent + found.failed + found.skipped + found.unknown == len(states)
    twice = sum(copies.values()) - len(copies)
    assert twice <= doubles
    assert max(copies.values()) <= 3
    rig.sound()
    return found, twice


async def one_life_after_the_other(
    rig: Rig, find: Callable[[], Awaitable[int]], chance: Random, most: int
) -> tuple[int, int, float]:
    """Every bot is taken at any moment, until the message is done: its number, how many were taken, and the longest
    that one of them needed from its start to its first message."""
    start, began, killed, slowest = rig.now, seconds(), 0, 0.0
    while True:
        rig.now = start + dt.timedelta(seconds=seconds() - began)
        bot, born, before = rig.spawn(), seconds(), len(rig.sandbox.ledger)
        try:
            async with asyncio.timeout(chance.uniform(0.5, 4.0) if killed < most else None):
                number = await find()
                await done(rig, number)
                return number, killed, slowest
        except TimeoutError:
            killed += 1
        finally:
            await bot.kill()
            first = (c.accepted_at for c in rig.sandbox.ledger[before:] if c.method == "sendMessage")
            slowest = max(slowest, next(first, born) - born)


def cpu_of(bot: Bot) -> float:
    """CPU seconds of a process so far."""
    with open(f"/proc/{bot.pid}/stat", encoding="ascii") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rss_of(bot: Bot) -> float:
    """Resident MiB of a process."""
    with open(f"/proc/{bot.pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
