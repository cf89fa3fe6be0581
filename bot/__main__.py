"""The command line: parses arguments, nothing else. aiogram is imported only by the commands that run a bot."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from importlib.metadata import version

from bot import settings

DONE, FAILED, WRONG_USE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="wenming", description="文明创建助手 · the bot of a 文明单位 campaign")
    parser.add_argument("--version", action="version", version=f"wenming {version('wenming')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="运行机器人 · run the bot against Telegram")
    demo = commands.add_parser("demo", help="演示 · a demo unit with a built-in chat, no token needed")
    demo.add_argument("--port", type=int, default=8088)
    commands.add_parser("doctor", help="体检 · what is wrong with this set-up and how to mend it")
    commands.add_parser("backup", help="备份 · write a checked backup").add_argument("file")
    commands.add_parser("restore", help="恢复 · put a backup in the place of the database").add_argument("file")
    commands.add_parser("migrate", help="升级数据库 · bring the database to this version's schema")
    try:
        chosen = parser.parse_args(arguments)
    except SystemExit as end:  # argparse exits by itself: 0 for --help and --version, 2 for wrong use
        return int(end.code or 0)
    try:
        return _run(chosen)
    except settings.WrongSettings as problem:
        print(f"配置有误 · wrong settings\n{problem}", file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        return DONE


def _run(chosen: argparse.Namespace) -> int:
    from bot import commands

    if chosen.command == "demo":
        return asyncio.run(commands.demo(chosen.port))
    loaded = settings.load()
    match chosen.command:
        case "run":
            return commands.run(loaded)
        case "doctor":
            return asyncio.run(commands.doctor(loaded))
        case "backup":
            return asyncio.run(commands.backup(loaded, chosen.file))
        case "restore":
            return asyncio.run(commands.restore(loaded, chosen.file))
        case _:
            return asyncio.run(commands.migrate(loaded))


if __name__ == "__main__":
    sys.exit(main())
