"""Names that are markup, links, the wrong way round or not to be seen: shown as they are, and as nothing else."""

import os
import random

import pytest

from bot.sandbox.text import parse_html
from tests.conftest import Say
from tests.hall import COMMANDS_SAID, Answers, Hall, crawled, user_of

PIECES = (
    *("<3", "</a>", "</b>", "<b>", "<i", "&", "&lt;", "&#0;", "&amp;lt;", "<a href='tg://user?id=900'>点我</a>"),
    *('<a href="https://evil.example">', "<tg-emoji emoji-id='1'>x</tg-emoji>", "<pre>", "<code>", "<!--", "]]>", "\\"),
    *(
        "\u202e",
        "\u200b",
        "\u2066",
        "\u200f",
        "{ $name }",
        "{",
        "%s",
        "*_`[x](tg://user?id=1)",
        "مريم",
        "😀",
        "'\"",
        "|",
    ),
    *("=1+1", "@here", "#标签", "/start", "\ufe0f", "e\u0301\u0301\u0301", "\ud7ff", "𠮷", "王"),
)
NAMES = 500
AT_A_TIME = 125  # names in the unit at once: two people of each department's page of eight, and all the pages
ROUNDS = 4  # for so many of them the buttons are the same: what they carry is no name
PLACES = (
    ("people", "name"),
    ("people", "title"),
    ("checkins", "text"),
    ("checkins", "late_reason"),
    ("registrations", "account_name"),
)


def names(chance: random.Random, count: int) -> list[str]:
    """Two or three pieces each, of which the first goes through the list."""
    return [
        "".join((PIECES[n % len(PIECES)], *chance.choices(PIECES, k=chance.randint(1, 2))))[:60] for n in range(count)
    ]


async def give_names(hall: Hall, made: list[str]) -> None:
    """Everybody and everything that people have written is called so."""
    async with hall.db.write() as tx:
        for table, column in PLACES:
            ids = [row[0] for row in await tx.fetch(f"SELECT id FROM {table} ORDER BY id")]
            for number, key in enumerate(ids):
                value = made[(number + len(column)) % len(made)]
                await tx.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", value, key)
        for number, key in enumerate([row[0] for row in await tx.fetch("SELECT id FROM departments ORDER BY id")]):
            value = made[number % len(made)].replace("/", "／")
            await tx.execute("UPDATE departments SET name = ?, path = ? WHERE id = ?", value, f"{value}{key}", key)


def checked(answers: Answers) -> int:
    """Each text is markup that Telegram takes, and links to nobody."""
    for answer in answers:
        text, entities = parse_html(answer.text)
        kinds = {str(entity["type"]) for entity in entities}
        assert kinds <= {"bold", "italic", "code", "blockquote", "expandable_blockquote", "underline"}, answer.text
        for entity in entities:
            assert "url" not in entity and "user" not in entity, answer.text
        assert text
    return len(answers)


async def through_every_view(hall: Hall, made: list[str]) -> int:
    """What the office, a leader, a person himself and a viewer get to see."""
    shown, found = 0, dict[str, str]()
    for start in range(0, len(made), AT_A_TIME):
        await give_names(hall, made[start : start + AT_A_TIME])
        if start // AT_A_TIME % ROUNDS == 0:
            found = await crawled(hall, ("office", "leader", "staff"), COMMANDS_SAID, limit=25)
        for role in ("office", "leader", "viewer", "staff"):
            for text in (*COMMANDS_SAID, "/mydata", "/help", *(f"/members {n}" for n in made[start : start + 5])):
                shown += checked(await hall.says(user_of(role), text))
        pages = [f"members:all:{page}" for page in range(8)] + [f"gr:list:0::0:{page}:" for page in range(4)]
        pages += [f"nw:{page}" for page in range(2)]
        for data in [*found, *pages]:
            if not data.startswith("report"):  # drawn; its caption came with the command
                shown += checked(await hall.presses(user_of("office"), data))
    return shown


async def test_hostile_names_are_shown_as_they_are_in_every_view(hall: Hall) -> None:
    assert await through_every_view(hall, names(random.Random(7), NAMES)) > 500


@pytest.mark.soak
async def test_ten_thousand_of_them(hall: Hall, say: Say) -> None:
    count = int(os.environ.get("SOAK_NAMES", "10000"))
    shown = await through_every_view(hall, names(random.Random(), count))
    assert shown > count
    say(names=count, views=shown, parse_errors=0, foreign_entities=0)
