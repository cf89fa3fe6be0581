"""The papers: the README names all there is, in both languages, and nothing that there is not."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

import bot
from bot.command_line import _parser
from bot.domain.access import COMMANDS
from bot.domain.campaign import Campaign
from bot.i18n import translator
from bot.settings import SECRETS, Settings
from storage import records

ROOT = Path(bot.__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
HALVES = dict(zip(("zh", "en"), README.split("\n# Wenming in English\n"), strict=True))
LATER = {"zh": "## 还没有做的", "en": "## Not built yet"}
LARGEST_PICTURE = 300_000
# Look like a command of ours and are none: pages of the web server, a word to BotFather.
NO_COMMANDS = {"/healthz", "/metrics", "/hook", "/newbot"}


@pytest.fixture(params=HALVES)
def half(request: pytest.FixtureRequest) -> str:
    return HALVES[request.param]


def named(text: str) -> set[str]:
    """The words of all that stands in `code`."""
    return set(re.findall(r"[/\w.-]+", " ".join(re.findall(r"`([^`\n]+)`", text))))


def test_every_setting_is_documented(half: str) -> None:
    assert {name.upper() for name in Settings.model_fields} <= named(half)


def test_every_campaign_setting_is_documented(half: str) -> None:
    assert {field.name for field in fields(Campaign)} <= named(half)


def test_every_secret_is_said_to_be_one(half: str) -> None:
    (line,) = (line for line in half.splitlines() if "BOT_TOKEN_FILE" in line)
    assert set(SECRETS) <= named(line)


def test_every_command_of_the_chat_is_documented(half: str) -> None:
    assert {f"/{word}" for word in COMMANDS} <= named(half)


@pytest.mark.parametrize("language", HALVES)
def test_no_command_is_documented_that_is_not_built(language: str) -> None:
    before, _, later = HALVES[language].partition(LATER[language])
    _, _, after = later.partition("\n## ")
    commands = {word for word in named(before + after) if re.fullmatch(r"/[a-z]+", word)}
    assert commands - NO_COMMANDS == {f"/{word}" for word in COMMANDS}


def test_every_command_of_the_shell_is_documented(half: str) -> None:
    choices = next(action.choices for action in _parser(translator("en"))._actions if isinstance(action.choices, dict))
    assert {f"wenming {name}" for name in choices} <= set(re.findall(r"wenming [a-z-]+", half))


def test_every_target_of_make_is_documented(half: str) -> None:
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert phony is not None
    assert {f"make {name}" for name in phony[1].split() if name != "clean"} <= set(re.findall(r"make [a-z]+", half))


def targets() -> Iterator[tuple[Path, str]]:
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        text = path.read_text("utf-8")
        for target in re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", text):
            yield path, "".join(target)


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_link_of_the_papers_leads_somewhere() -> None:
    for path, target in targets():
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        place = path.parent / file if file else path
        assert place.is_file(), (path.name, target)
        assert not anchor or anchor in anchors(place.read_text("utf-8")), (path.name, target)


def test_the_pictures_are_small_enough_to_be_loaded() -> None:
    for picture in (ROOT / "docs").glob("*.png"):
        assert picture.stat().st_size <= LARGEST_PICTURE, picture.name


def test_the_glossary_knows_every_noun_of_the_records() -> None:
    glossary = named((ROOT / "WORDS.md").read_text("utf-8"))
    nouns = {name for name, value in vars(records).items() if getattr(value, "__module__", "") == records.__name__}
    members = {f"{noun}.{name}" for noun in nouns for name in getattr(getattr(records, noun), "__members__", ())}
    assert nouns | members <= glossary
