"""Buttons that nobody has made: changed, cut, grown, other people's; pressed by those who may do nothing with them."""

import os
import random
import re

import pytest

from bot.clock import instant
from storage import accounts, departments, people
from storage.records import Person, PersonStatus, Role
from tests.conftest import Say
from tests.flows.test_rights import KEPT
from tests.hall import COMMANDS_SAID, NOW, Answers, Hall, crawled, user_of

LONELY = 7777  # leads a department in which there is nobody but he
PRESSES = 2_000
PARTS = 10
NOBODY = 999_999_999
ODD = ("-1", "0", "00", "9" * 30, "1e3", "١", "", " ", "\u202e", "None", "..", "%", "'", "/1/", "|", "true", "é", "😀")


@pytest.fixture
async def hall(hall: Hall) -> Hall:
    async with hall.db.write() as tx:
        place = await departments.insert(tx, "新设处")
        alone = Person(0, "XS001", "独孤", "", place.id, Role.LEADER, PersonStatus.ACTIVE)
        await people.insert_many(tx, [alone], NOW.date())
        found = await people.find_by_number(tx, "XS001")
        assert found is not None
        await accounts.see(tx, LONELY, LONELY, 1)
        # At an instant that is in nobody else's button: whoever presses his own "erase me" is erased.
        await accounts.consent(tx, LONELY, 1, instant(NOW) + 7919)
        await accounts.bind(tx, LONELY, found.id, 1)
    return hall


def mutated(chance: random.Random, data: str, others: list[str]) -> str:
    """One or two changes to what a button carries."""
    for _ in range(chance.randint(1, 2)):
        parts = data.split(":")
        at = chance.randrange(len(parts))
        match chance.randrange(7):
            case 0:
                parts[at] = str(chance.randint(0, 400))
            case 1:
                parts[at] = chance.choice(ODD)
            case 2:
                parts[at] = chance.choice(chance.choice(others).split(":"))
            case 3:
                parts.pop(at)
            case 4:
                parts.insert(at, chance.choice(ODD))
            case 5:
                parts[at] = parts[at][: chance.randint(0, len(parts[at]))] + chance.choice("0aZ_#\u200b")
            case _:
                parts[0] = chance.choice(others).partition(":")[0]
        data = ":".join(parts)
    return data.encode()[:64].decode("utf-8", "ignore")


async def others_things(hall: Hall) -> dict[str, list[object]]:
    """What is stored, without what the pressing people make of their own: drafts of notices, their leaving."""
    mine = {LONELY, *(user_of(role) for role in ("stranger", "left"))}
    return {
        table: [
            row for row in rows if not (table in ("notices", "audit", "audiences") and mine & set(map(_plain, row)))
        ]
        for table, rows in (await hall.dump(*KEPT)).items()
    }


def _plain(value: object) -> object:
    return value if isinstance(value, int) else None


async def press_at_random(hall: Hall, presses: int, seed: int) -> None:
    seeds = sorted(await crawled(hall, ("office", "leader", "staff"), COMMANDS_SAID, limit=70))
    chance, outsiders = random.Random(seed), (LONELY, user_of("stranger"), user_of("left"))
    before = await others_things(hall)
    for number in range(presses):
        data = chance.choice(seeds)
        if number % 10:
            data = mutated(chance, data, seeds)
        user = chance.choice(outsiders)
        try:
            await hall.presses(user, data, chat=chance.choice((None, None, None, -1001)))
        except Exception as error:
            raise AssertionError(f"seed {seed}: {user} pressed {data!r}") from error
        if number % 500 == 499:
            assert await others_things(hall) == before, f"seed {seed}, within the 500 before press {number}"
    assert await others_things(hall) == before


async def test_presses_that_nobody_could_make_change_nothing_and_break_nothing(hall: Hall) -> None:
    await press_at_random(hall, PRESSES, 20261014)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(1, PARTS + 1))
async def test_a_million_of_them(hall: Hall, part: int, say: Say) -> None:
    """In parts, each in a unit as it was at first (and two at a time: make soak ARGS="-n 2 -k million")."""
    presses, seed = int(os.environ.get("SOAK_PRESSES", "1000000")) // PARTS, random.randrange(2**32)
    await press_at_random(hall, presses, seed)
    say(presses=presses, seed=seed, effects=0, exceptions=0)


def told(answers: Answers, ids: set[str]) -> list[tuple[str, list[str]]]:
    """The answers without the numbers that were pressed."""
    digits = re.compile("|".join(rf"(?<!\d){number}(?!\d)" for number in sorted(ids, key=len, reverse=True)) or "(?!)")
    return [
        (digits.sub("#", one.text), [digits.sub("#", b.text) for row in one.buttons for b in row]) for one in answers
    ]


async def test_the_answer_is_the_same_whether_the_thing_is_there_or_not(hall: Hall) -> None:
    """Every number in every button of others, as it is and as one that nothing has."""
    seeds = await crawled(hall, ("office", "leader", "staff"), COMMANDS_SAID, limit=70)
    compared, wrong = 0, []
    for user in (LONELY, user_of("stranger")):
        for data in sorted(seeds):
            if data.startswith(("cal", "leave", "members", "duty", "phrase", "tap")):
                continue  # its numbers are pages, dates, instants
            parts = data.split(":")
            for at, part in enumerate(parts):
                if not re.fullmatch(r"\d+", part) or int(part) == 0 or (at != 2 and parts[0] not in ("me",)):
                    continue
                absent = ":".join([*parts[:at], str(NOBODY), *parts[at + 1 :]])
                ids = {part, str(NOBODY)}
                there, gone = await hall.presses(user, data), await hall.presses(user, absent)
                compared += 1
                if told(there, ids) != told(gone, ids):
                    wrong.append((user, data, told(there, ids), told(gone, ids)))
    assert wrong == []
    assert compared > 100
