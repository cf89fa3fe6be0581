"""The texts: the same in every language, all there, none too many, each renders and is markup Telegram takes."""

import ast
import functools
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import bot
from bot.domain.access import COMMANDS
from bot.i18n import LANGUAGES, LOCALES, Html, translator
from bot.sandbox.text import parse_html

ROOT = Path(bot.__file__).parent.parent
# Outcomes whose name is never a text: nobody waits for them, or a view of their own shows their facts.
WITHOUT_TEXT = {
    "contact-lost",
    "duties-tapped",
    "notices-group-gone",  # the choice without it is the answer
    "export-noted",
}


class Reader(Visitor):
    """What one text needs: its variables, those that are numbers, and the choices of its selectors."""

    def __init__(self, message: ftl.Message) -> None:
        self.variables: set[str] = set()
        self.numbers: set[str] = set()
        self.choices: dict[str, set[str]] = {}
        self.said: list[str] = []
        self.visit(message.value)

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.variables.add(node.id.name)

    def visit_FunctionReference(self, node: ftl.FunctionReference) -> None:
        self.numbers |= {a.id.name for a in node.arguments.positional if isinstance(a, ftl.VariableReference)}
        self.generic_visit(node)

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:
        if isinstance(node.selector, ftl.VariableReference):
            found = self.choices.setdefault(node.selector.id.name, set())
            found |= {getattr(v.key, "name", None) or v.key.value for v in node.variants}
        self.generic_visit(node)

    def visit_TextElement(self, node: ftl.TextElement) -> None:
        self.said.append(node.value)

    def visit_StringLiteral(self, node: ftl.StringLiteral) -> None:
        self.said.append(node.value)


@functools.cache
def code() -> dict[Path, ast.Module]:
    """Whatever may speak to people. Read when it is asked for, as the texts are: most workers never ask."""
    return {
        path: ast.parse(path.read_text("utf-8"))
        for room in ("bot", "handlers")
        for path in sorted((ROOT / room).rglob("*.py"))
        if "sandbox" not in path.parts
    }


@functools.cache
def texts(language: str) -> dict[str, Reader]:
    found: dict[str, Reader] = {}
    for path in sorted((LOCALES / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{path.name}: {entry.content[:80]}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{entry.id.name} stands twice"
                found[entry.id.name] = Reader(entry)
    return found


def is_t(call: ast.Call) -> bool:
    """t("..."), desk.t("..."), t.plain("..."), translator(code)("...")"""
    target = call.func
    if isinstance(target, ast.Attribute) and target.attr == "plain":
        target = target.value
    if isinstance(target, ast.Call):
        return isinstance(target.func, ast.Name) and target.func.id == "translator"
    return (target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")) == "t"


def literals(node: ast.expr) -> Iterator[str]:
    """The keys that stand in an argument: plain, or the two of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def pattern(node: ast.JoinedStr) -> str:
    return "".join(re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in node.values)


def calls(name: str | None = None) -> Iterator[tuple[Path, ast.Call]]:
    for path, tree in code().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            if is_t(node) if name is None else isinstance(node.func, ast.Name) and node.func.id == name:
                yield path, node


def test_both_languages_have_the_same_texts() -> None:
    assert set(texts("zh")) ^ set(texts("en")) == set()


def test_a_text_takes_the_same_variables_in_both_languages() -> None:
    differing = {
        key: (reader.variables, texts("en")[key].variables)
        for key, reader in texts("zh").items()
        if key in texts("en") and reader.variables != texts("en")[key].variables
    }
    assert differing == {}


def test_a_text_has_the_same_choices_in_both_languages() -> None:
    """Except for those of numbers: Chinese knows no plural and counts its months."""
    for key, reader in texts("zh").items():
        for name in reader.choices.keys() | texts("en")[key].choices.keys():
            ours, theirs = reader.choices.get(name, set()), texts("en")[key].choices.get(name, set())
            assert {c for c in ours ^ theirs if not c.isdigit()} <= {"one", "other"}, f"{key}: {name}"


def test_every_key_in_the_code_has_a_text() -> None:
    keys = texts("zh")
    missing = {
        f"{path.name}:{call.lineno} {key}"
        for path, call in calls()
        for key in literals(call.args[0])
        if key not in keys
    }
    assert missing == set()


def test_every_text_is_given_exactly_what_it_asks_for() -> None:
    """Where a call spells its arguments out; what a text lacks is an exception, and seldom on the way that is tried."""
    for path, call in calls():
        given = {word.arg for word in call.keywords}
        if None not in given and (keys := list(literals(call.args[0]))):
            asked = [texts("zh")[key].variables for key in keys]
            place = f"{path.name}:{call.lineno} {keys}"
            assert all(variables <= given for variables in asked) and given == set().union(*asked), place


def test_every_made_up_key_in_the_code_has_a_text() -> None:
    for path, call in itertools.chain(calls(), calls("Outcome")):
        if isinstance(call.args[0], ast.JoinedStr):
            form = re.compile(pattern(call.args[0]))
            assert any(form.fullmatch(key) for key in texts("zh")), f"{path.name}:{call.lineno} {form.pattern}"


def test_every_outcome_has_a_text_or_a_view_of_its_own() -> None:
    rooms = [tree for path, tree in code().items() if "views" in path.parts or "handlers" in path.parts]
    shown = {
        node.value
        for tree in rooms
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    outcomes = {name for _, call in calls("Outcome") for name in literals(call.args[0])}
    outcomes = {name for name in outcomes if name.partition("-")[2] not in shown}
    assert outcomes - set(texts("zh")) - shown == WITHOUT_TEXT


def test_no_text_is_there_that_nobody_says() -> None:
    said, forms = set(), set()
    for tree in code().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said.add(node.value)
            elif isinstance(node, ast.JoinedStr) and "-" in (form := pattern(node)) and form[:2].isalpha():
                forms.add(form)
    whole = re.compile("|".join(forms))
    assert {key for key in texts("zh") if key not in said and not whole.fullmatch(key)} == set()


def test_every_command_has_a_word_for_the_menu_and_a_line_for_the_help() -> None:
    for word in COMMANDS:
        for language in LANGUAGES:
            t = translator(language)
            assert 1 <= len(t.plain(f"menu-{word}")) <= 20, word
            assert word == "start" or 1 <= len(t.plain(f"command-{word}")) <= 256, word


def test_the_words_of_the_menu_are_all_different() -> None:
    words = [translator(language).plain(f"menu-{word}").lower() for language in LANGUAGES for word in COMMANDS]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_renders_and_is_markup_that_telegram_takes(language: str) -> None:
    t = translator(language)
    for key, reader in texts(language).items():
        names = sorted(reader.variables)
        values = [[*sorted(reader.choices.get(name, {"<x>&\"'"})), 1, 2] for name in names]
        for chosen in itertools.product(*values):
            given = dict(zip(names, chosen, strict=True))
            given |= dict.fromkeys(reader.numbers, 3)
            text, _ = parse_html(t(key, **given))
            assert text.strip() or key.startswith("list-"), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_that_is_handed_in_stays_markup(language: str) -> None:
    """The frame of a text never breaks what stands in it: a link, a bold word."""
    t = translator(language)
    for key, reader in texts(language).items():
        if reader.choices or reader.numbers:
            continue
        text, _ = parse_html(t(key, **{name: Html("<b>x</b>") for name in reader.variables}))
        assert "<b>x" not in text, key


def test_chinese_texts_have_chinese_quotation_marks() -> None:
    tags = re.compile(r"<[^>]*>")
    assert {key for key, reader in texts("zh").items() if '"' in tags.sub("", "".join(reader.said))} == set()


def test_english_texts_are_english() -> None:
    """A Chinese word may stand in one where it is what somebody shall type or read in a Chinese file."""
    chinese = re.compile(r"[\u3001\u3002\uff0c\uff1a\uff1b\uff1f\uff01]")
    assert {key for key, reader in texts("en").items() if chinese.search("".join(reader.said))} == set()


def test_no_text_calls_anybody_by_the_familiar_you() -> None:
    assert {key for key, reader in texts("zh").items() if re.search("你(?!好)", "".join(reader.said))} == set()


def test_every_emoji_that_the_bot_says_has_an_icon_where_there_is_no_font_for_it() -> None:
    page = (ROOT / "bot" / "sandbox" / "page" / "emoji.js").read_text(encoding="utf-8")
    said = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "locales").rglob("*.ftl"))
    drawn = set(re.findall("[\u23e0-\u23ff\u2600-\u27bf\U0001f000-\U0010ffff]|.(?=\ufe0f)", said))
    assert drawn - set("☐✓✕") <= set(page), "every text font has a box, a tick and a cross"
