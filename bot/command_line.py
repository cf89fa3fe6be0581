"""The command line: parses arguments, nothing else. aiogram is imported only by the commands that run a bot."""

import argparse
import asyncio
import functools
import io
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, NoReturn

from bot import settings
from bot.i18n import Translator, translator

WRONG_USE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal without these letters shows others, as stderr does
        sys.stdout.reconfigure(errors="backslashreplace")
    t = translator(settings.language())
    try:
        parser = _parser(t)
        chosen, unknown = parser.parse_known_args(arguments)
        if unknown:
            parser.refuse("cli-unknown-argument", " ".join(unknown))
    except SystemExit as end:  # argparse exits by itself: 0 for --help and --version, 2 for wrong use
        return int(end.code or 0)
    try:
        return _run(chosen, t.language)
    except settings.WrongSettings as problem:
        print(t.plain("cli-wrong-settings", problem=problem.said(t)), file=sys.stderr)
        return WRONG_USE


class _Parser(argparse.ArgumentParser):
    """argparse, whose own words are English only, with ours in their place."""

    def __init__(self, *, t: Translator, **options: Any) -> None:
        looks = functools.partial(_Looks, usage=t.plain("cli-usage"))
        super().__init__(**options, add_help=False, allow_abbrev=False, formatter_class=looks)
        self._t = t

    def error(self, message: str) -> NoReturn:
        wrong = sys.exc_info()[1]
        if isinstance(wrong, argparse.ArgumentError):
            self.refuse("cli-wrong-argument", wrong.argument_name or "")
        self.refuse("cli-missing-argument", message.rpartition(": ")[2])

    def refuse(self, key: str, name: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(WRONG_USE, f"{self._t.plain(key, name=name, command=self.prog)}\n")


class _Looks(argparse.HelpFormatter):
    def __init__(self, prog: str, usage: str) -> None:
        super().__init__(prog)
        self._usage = usage

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, self._usage if prefix is None else prefix)


def _parser(t: Translator) -> _Parser:
    parser = _Parser(prog="wenming", description=t.plain("cli-help"), t=t)
    options = parser.add_argument_group(t.plain("cli-help-options"))
    _add_help(options, t)
    options.add_argument(
        "--version", action="version", version=f"wenming {version('wenming')}", help=t.plain("cli-help-version")
    )
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="COMMAND", title=t.plain("cli-help-commands")
    )

    def add(name: str, *arguments: str) -> argparse._ArgumentGroup:
        text = t.plain(f"cli-help-{name}")
        command = commands.add_parser(name, help=text, description=text, t=t)
        needed = command.add_argument_group(t.plain("cli-help-arguments"))
        for argument in arguments:
            needed.add_argument(argument, metavar=argument.upper(), help=t.plain(f"cli-help-{name}-{argument}"))
        options = command.add_argument_group(t.plain("cli-help-options"))
        _add_help(options, t)
        return options

    add("run")
    add("demo").add_argument("--port", type=port, default=8088, help=t.plain("cli-help-demo-port"))
    add("doctor")
    add("import-roster", "file").add_argument("--dry-run", action="store_true", help=t.plain("cli-help-dry-run"))
    add("backup", "file")
    add("restore", "file")
    add("migrate")
    return parser


def _add_help(group: argparse._ArgumentGroup, t: Translator) -> None:
    group.add_argument("-h", "--help", action="help", help=t.plain("cli-help-help"))


def port(text: str) -> int:
    number = int(text)
    if not 0 <= number < 65536:
        raise ValueError
    return number


def _run(chosen: argparse.Namespace, language: str) -> int:
    from bot import commands

    if chosen.command == "demo":
        return asyncio.run(commands.demo(chosen.port, language))
    loaded = settings.load()
    match chosen.command:
        case "run":
            return commands.run(loaded)
        case "doctor":
            return asyncio.run(commands.doctor(loaded))
        case "import-roster":
            return commands.guarded(loaded, commands.import_roster(loaded, chosen.file, dry_run=chosen.dry_run))
        case "backup":
            return commands.guarded(loaded, commands.backup(loaded, chosen.file))
        case "restore":
            return commands.guarded(loaded, commands.restore(loaded, chosen.file))
        case _:
            return commands.guarded(loaded, commands.migrate(loaded))
