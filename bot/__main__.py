"""The command line: parses arguments, nothing else. aiogram is imported only by the commands that run a bot."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from importlib.metadata import version

from bot import settings
from bot.i18n import Translator, translator

DONE, FAILED, WRONG_USE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    t = translator(_language())
    try:
        chosen = _parser(t).parse_args(arguments)
    except SystemExit as end:  # argparse exits by itself: 0 for --help and --version, 2 for wrong use
        return int(end.code or 0)
    try:
        return _run(chosen, t.language)
    except settings.WrongSettings as problem:
        print(t.plain("cli-wrong-settings", problem=str(problem)), file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        return DONE


def _language() -> str:
    """Wrong settings must not keep anybody from the help."""
    try:
        return settings.load().language
    except settings.WrongSettings:
        return "zh"


def _parser(t: Translator) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wenming", description=t.plain("cli-help"), add_help=False)
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
        command = commands.add_parser(name, help=text, description=text, add_help=False)
        for argument in arguments:
            command.add_argument(argument, metavar=argument.upper(), help=t.plain(f"cli-help-{name}-{argument}"))
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
    if not 0 < number < 65536:
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


if __name__ == "__main__":
    sys.exit(main())
