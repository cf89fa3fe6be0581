"""The laws of the house that import-linter cannot see: time, tasks, SQL, errors, words, rights, sizes."""

import ast
import functools
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiogram.dispatcher.event.handler import HandlerObject

import bot
from bot.domain.access import COMMANDS
from handlers import routes
from handlers.filters import Can, Word

ROOT = Path(bot.__file__).parent.parent
HOUSE = [path for room in ("bot", "handlers", "storage") for path in sorted((ROOT / room).rglob("*.py"))]
ALL = HOUSE + [path for room in ("tests", "benchmarks") for path in sorted((ROOT / room).rglob("*.py"))]

# Real seconds, not the unit's time: what is watched from outside, and where the demo's and the server's clocks begin.
MAY_ASK_THE_TIME = {"bot/clock.py", "bot/demo.py", "bot/doctor.py", "bot/sandbox/server.py"}
# Each keeps its task and waits for it: the database's writer, the deliveries of the built-in server.
MAY_CREATE_TASKS = {"storage/engine.py", "bot/sandbox/webhook.py"}
# The only places that take whatever comes, each with a reason at its line.
ERROR_BOUNDARIES = {
    ("bot/intake.py", "_serve_one"),
    ("bot/intake.py", "_count_failure"),
    ("bot/intake.py", "_flush"),
    ("bot/sender.py", "_in_words"),
    ("bot/clock.py", "_tick"),
    ("bot/health.py", "healthz"),
    ("bot/doctor.py", "_database"),
    ("bot/doctor.py", "_telegram"),
    ("storage/engine.py", "__aenter__"),
    ("storage/engine.py", "__aexit__"),
    ("storage/engine.py", "_enter"),
    ("storage/engine.py", "_finish"),
    ("storage/sqlite.py", "_commit_for_ever"),
}
# An example of what a unit puts there itself, a label of the demo's to be pressed, words to be understood.
MAY_SPEAK_CHINESE = {"bot/settings.py", "bot/demo.py", "bot/services/reports.py"}
# They pass on the text that they are given.
DRIVERS = {"storage/engine.py", "storage/sqlite.py", "storage/postgres.py", "storage/migrate.py"}
SQL_METHODS = {"fetch", "execute", "executemany", "row", "value"}
# Open on purpose: what everybody may ask for, what a stranger must do to become somebody, and the last words.
OPEN_TO_ALL = {
    "handlers.checkins.on_off_roster",  # its own filter: somebody of ours without an entry of the roster is told so
    "handlers.fallback.on_any_press",
    "handlers.fallback.on_anything",
    "handlers.fallback.on_blocked",
    "handlers.groups.on_added",
    "handlers.groups.on_any_press",
    "handlers.groups.on_bound_report",  # its own filter: a bound group, somebody of the roster
    "handlers.groups.on_bound_show",
    "handlers.groups.on_moved",  # the group itself has moved: nobody acts
    "handlers.groups.on_anything",
    "handlers.menu.on_cancel",
    "handlers.menu.on_help",
    "handlers.menu.on_language",
    "handlers.menu.on_language_press",
    "handlers.privacy.on_leave_press",  # acts on nobody but the one who presses; a stranger hears that he is one
    "handlers.privacy.on_erase_press",  # the same
    "handlers.privacy.on_privacy",
    "handlers.registration.on_consent",
    "handlers.registration.on_no_words",
    "handlers.registration.on_number_or_name",
    "handlers.registration.on_start",
    "handlers.registration.on_withdraw",
    "handlers.registration.on_words_instead_of_consent",
    "handlers.setup.on_founder",  # its own filter lets only an owner in
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def dotted(node: ast.AST) -> str:
    """`asyncio.create_task` as it is written; empty for anything else than names and dots."""
    if isinstance(node, ast.Attribute):
        head = dotted(node.value)
        return f"{head}.{node.attr}" if head else ""
    return node.id if isinstance(node, ast.Name) else ""


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, dotted(node.func) or (node.func.attr if isinstance(node.func, ast.Attribute) else "")


def in_functions(tree: ast.AST, name: str = "") -> Iterator[tuple[ast.AST, str]]:
    """Every node with the name of the innermost function around it."""
    for child in ast.iter_child_nodes(tree):
        inner = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else name
        yield child, inner
        yield from in_functions(child, inner)


def test_only_the_clock_asks_what_time_it_is() -> None:
    asked = re.compile(r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.(time|time_ns|localtime|gmtime|ctime))$")
    found = {
        f"{name_of(path)}:{call.lineno} {name}"
        for path in HOUSE
        for call, name in calls(tree_of(path))
        if asked.search(name)
    }
    assert {line for line in found if line.partition(":")[0] not in MAY_ASK_THE_TIME} == set()
    assert {line.partition(":")[0] for line in found} == MAY_ASK_THE_TIME


def test_no_task_is_created_that_nobody_waits_for() -> None:
    bare = re.compile(r"(asyncio|loop|get_running_loop)\.(create_task|ensure_future)$|^ensure_future$|^create_task$")
    found = set()
    for path in HOUSE:
        for call, name in calls(tree_of(path)):
            of_a_loop = isinstance(call.func, ast.Attribute) and dotted(getattr(call.func.value, "func", call)) != ""
            if bare.search(name) and not (name == "create_task" and not of_a_loop):
                found.add(name_of(path))
    assert found == MAY_CREATE_TASKS


OF_THE_DATABASE = re.compile(r"(^|\.)_?(tx|session|db|connection)$")


def sql_fragments(tree: ast.AST) -> Iterator[tuple[int, ast.expr]]:
    """What is put into the text of a query: the values of f-strings, the parts of a sum, the text of a `format`."""
    for call, _ in calls(tree):
        if not (isinstance(call.func, ast.Attribute) and call.func.attr in SQL_METHODS and call.args):
            continue
        if OF_THE_DATABASE.search(dotted(call.func.value)):
            yield from fragments(call.args[0])


def fragments(text: ast.expr) -> Iterator[tuple[int, ast.expr]]:
    if isinstance(text, ast.JoinedStr):
        for part in text.values:
            if isinstance(part, ast.FormattedValue):
                yield part.lineno, part.value
    elif isinstance(text, ast.BinOp):
        yield from fragments(text.left)
        yield from fragments(text.right)
    elif isinstance(text, ast.IfExp):
        yield from fragments(text.body)
        yield from fragments(text.orelse)
    elif not isinstance(text, ast.Constant):
        yield text.lineno, text


def is_constant(value: ast.expr, made: dict[str, list[ast.expr]]) -> bool:
    """An UPPER_CASE name (or something cut out of one), or a local one that is only ever given constant text."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        parts = [*([] if dotted(value.func.value) == "re" else [value.func.value]), *value.args]
        known = value.func.attr in ("replace", "join", "sub", "items", "values")
        return known and all(is_constant(part, made) or is_marks(part) for part in parts)
    if isinstance(value, ast.Subscript):
        return is_constant(value.value, made)
    if isinstance(value, ast.Name) and not value.id.isupper():
        return value.id in made and all(is_constant(given, made) for given in made[value.id])
    if isinstance(value, ast.IfExp):
        return is_constant(value.body, made) and is_constant(value.orelse, made)
    if isinstance(value, ast.JoinedStr | ast.BinOp):
        return all(is_constant(part, made) for _, part in fragments(value))
    return isinstance(value, ast.Constant) or dotted(value).rpartition(".")[2].isupper()


def is_marks(value: ast.expr) -> bool:
    """`"?" for _ in ids`, `["?"] * n`: placeholders, not values."""
    constants = [n.value for n in ast.walk(value) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return bool(constants) and all(set(text) <= set("(?, )CASTBIGNTX") for text in constants)


@pytest.mark.parametrize(
    "query",
    [
        'tx.fetch(f"SELECT * FROM people WHERE name = {name}")',
        'tx.execute("DELETE FROM people WHERE id = " + str(number))',
        'tx.value("SELECT {} FROM people".format(name))',
        'tx.row("SELECT * FROM people WHERE name = %s" % name)',
        "self._session.execute(query)",
    ],
)
def test_the_law_on_queries_sees_a_value_in_a_text(query: str) -> None:
    assert [value for _, value in sql_fragments(ast.parse(query)) if not is_constant(value, {})]


def test_no_value_stands_in_the_text_of_a_query() -> None:
    found = set()
    for path in HOUSE:
        if name_of(path) in DRIVERS or "sandbox" in path.parts:
            continue
        for function in ast.walk(tree_of(path)):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            made: dict[str, list[ast.expr]] = {}
            for node in ast.walk(function):
                if isinstance(node, ast.Assign):
                    for target in node.targets:
                        made.setdefault(dotted(target), []).append(node.value)
                elif isinstance(node, ast.For | ast.AsyncFor):
                    for target in (t for t in ast.walk(node.target) if isinstance(t, ast.Name)):
                        made.setdefault(target.id, []).append(node.iter)
            for line, value in sql_fragments(function):
                if not is_constant(value, made):
                    found.add(f"{name_of(path)}:{line} {ast.unparse(value)}")
    assert found == set()


def test_only_the_error_boundaries_take_whatever_comes() -> None:
    found = set()
    for path in HOUSE:
        for node, function in in_functions(tree_of(path)):
            if not isinstance(node, ast.ExceptHandler):
                continue
            types = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(kind is None or dotted(kind) in ("Exception", "BaseException") for kind in types):
                found.add((name_of(path), function))
    assert found == ERROR_BOUNDARIES


def test_texts_for_people_stand_in_the_locales() -> None:
    cjk = re.compile(r"[\u3400-\u9fff\uff01-\uff5e\u3001-\u303f]")
    rooms = [*(ROOT / "handlers").glob("*.py"), *(ROOT / "bot").glob("*.py")]
    rooms += [*(ROOT / "bot" / "services").glob("*.py"), *(ROOT / "bot" / "views").glob("*.py")]
    found = set()
    for path in rooms:
        tree = tree_of(path)
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            said = node.value if isinstance(node, ast.Constant) and id(node) not in docstrings else None
            if isinstance(said, str) and cjk.search(said):
                found.add(f"{name_of(path)}:{node.lineno} {said}")
    assert {line for line in found if line.partition(":")[0] not in MAY_SPEAK_CHINESE} == set()
    assert {line.partition(":")[0] for line in found} == MAY_SPEAK_CHINESE


def test_every_module_says_in_a_sentence_what_lives_there() -> None:
    for path in ALL:
        text = path.read_text("utf-8")
        if not text.strip():
            continue
        said = ast.get_docstring(ast.parse(text))
        assert said, f"{name_of(path)} says nothing"
        assert len(said.strip().splitlines()) <= 8 and len(said.splitlines()[0]) <= 120, name_of(path)


def test_no_module_is_longer_than_400_lines() -> None:
    assert {name_of(path) for path in ALL if len(path.read_text("utf-8").splitlines()) > 400} == set()


def test_no_place_is_named_after_nothing() -> None:
    nothing = {"utils", "util", "helpers", "helper", "common", "base", "core", "misc", "shared", "lib"}
    assert {name_of(path) for path in ALL if nothing & set(name_of(path).removesuffix(".py").split("/"))} == set()


def handlers_of_the_bot() -> Iterator[tuple[str, HandlerObject, list[object]]]:
    """Each with its name and its filters, those of its whole router included."""
    for route in routes():
        found = [*(route.door.filters or []), *(route.handler.filters or [])]
        name = f"{route.handler.callback.__module__}.{route.handler.callback.__name__}"
        yield name, route.handler, [one.callback for one in found]


def asks_for_a_right(filters: list[object]) -> bool:
    return any(isinstance(f, Can) or (isinstance(f, Word) and COMMANDS[f._name] is not None) for f in filters)


def test_every_handler_asks_for_a_right_or_is_open_on_purpose() -> None:
    unguarded = {name for name, _, filters in handlers_of_the_bot() if not asks_for_a_right(filters)}
    assert unguarded == OPEN_TO_ALL


def test_every_handler_is_called_by_what_it_answers() -> None:
    assert {name for name, _, _ in handlers_of_the_bot() if not name.rpartition(".")[2].startswith("on_")} == set()


@pytest.mark.parametrize("room", ["storage", "bot.domain", "bot.services", "the command line"])
def test_it_starts_without_aiogram(room: str) -> None:
    """aiogram takes a second to import: only what runs a bot pays for it."""
    rooms = {"the command line": ["__main__", "command_line", "commands", "doctor", "settings", "logs"]}
    names = [f"bot.{name}" for name in rooms.get(room, [])]
    for path in HOUSE:
        module = name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        if module == room or module.startswith(room + "."):
            names.append(module)
    code = f"import sys, {', '.join(names)}\nprint(*(n for n in ('aiogram', 'bot.app') if n in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == ""


def test_views_take_only_shapes_from_the_storage() -> None:
    """A view may name the dataclass of a query's rows; it never calls the query."""
    for path in sorted((ROOT / "bot" / "views").glob("*.py")):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "storage":
                assert node.module != "storage", f"{name_of(path)} imports a module of queries"
                assert all(n.name[0].isupper() for n in node.names), f"{name_of(path)} imports a query"
