"""The command line as an operator meets it: exit codes, what is refused, what works beside a running bot."""

import errno
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import apsw
import pytest

from bot import commands
from bot.__main__ import main
from bot.settings import Settings, load
from storage.engine import Unavailable
from tests.e2e.conftest import Rig, roster_file

DONE, FAILED, WRONG_USE = 0, 1, 2
COMMANDS = ("run", "demo", "doctor", "import-roster", "backup", "restore", "migrate")
VARIABLES = [name.upper() for name in Settings.model_fields]
GOOD = {"BOT_TOKEN": "424242:A-GOOD-ONE", "OWNER_IDS": "900"}


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder and no settings but those of a test."""
    monkeypatch.chdir(tmp_path)
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
    return tmp_path


def shell(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A real process, from the start of Python on; what it prints ends with whether it imported aiogram."""
    code = (
        "import sys; from bot.__main__ import main; code = main(sys.argv[1:])"
        "; print('aiogram' in sys.modules); sys.exit(code)"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env={"PATH": os.environ["PATH"], **environment},
        timeout=60,
    )


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["doctor"], ["import-roster", "r.xlsx", "--dry-run"]])
def test_what_runs_no_bot_starts_without_aiogram(arguments: list[str], nowhere: Path) -> None:
    (nowhere / "r.xlsx").write_bytes(roster_file())
    done = shell(*arguments, **GOOD, BOT_API_URL="http://127.0.0.1:9")
    assert done.stdout.splitlines()[-1] == "False", done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_the_help_names_every_command_in_the_language_that_is_set(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["--help"]) == DONE
    chinese = capsys.readouterr().out
    assert all(command in chinese for command in COMMANDS)
    assert "备份" in chinese
    for command in COMMANDS:
        assert main([command, "--help"]) == DONE
        chinese += capsys.readouterr().out
    assert not re.search("usage|positional|arguments|options|show", chinese)
    monkeypatch.setenv("LANGUAGE", "en_GB:en")  # as a desktop sets it
    for command in COMMANDS:
        assert main([command, "--help"]) == DONE
    english = capsys.readouterr().out
    assert "show this help" in english
    assert "备份" not in english
    assert main(["--version"]) == DONE
    assert capsys.readouterr().out.startswith("wenming 0.")


@pytest.mark.parametrize(("command", "name"), [("run", "SIGTERM"), ("run", "SIGINT"), ("demo", "SIGINT")])
def test_who_is_stopped_in_the_second_that_the_imports_take_has_ended_well(command: str, name: str) -> None:
    code = (
        "import os, signal, sys\n"
        "class Stop:\n"
        "    def find_spec(self, module, path=None, target=None):\n"
        f"        if module == 'pydantic': os.kill(os.getpid(), signal.{name})\n"
        "sys.meta_path.insert(0, Stop())\n"
        "from bot.__main__ import main\n"
        "sys.exit(main())"
    )
    done = subprocess.run([sys.executable, "-c", code, command], capture_output=True, env=GOOD, timeout=60)
    assert (done.returncode, done.stderr) == (DONE, b"")


@pytest.mark.parametrize(
    ("arguments", "encoding"),
    [(["--help"], "ascii"), (["run", "--help"], "latin-1"), (["doctor"], "gbk"), (["migrate"], "ascii")],
)
def test_a_terminal_that_knows_no_such_letters_gets_others_in_their_place(arguments: list[str], encoding: str) -> None:
    done = shell(*arguments, **GOOD, BOT_API_URL="http://127.0.0.1:9", PYTHONIOENCODING=encoding)
    assert done.stdout
    assert "Traceback" not in done.stderr


WRONG_WORDS: Sequence[tuple[str, str, str]] = [
    ("", "缺少 COMMAND", "COMMAND is missing"),
    ("fly", "COMMAND 不对", "COMMAND is wrong"),
    ("run fast", "不认识 fast", "Unknown: fast"),
    ("run --help=x", "-h/--help 不对", "-h/--help is wrong"),
    ("import-roster", "缺少 FILE", "FILE is missing"),
    ("import-roster a b", "不认识 b", "Unknown: b"),
    ("import-roster a --dry", "不认识 --dry", "Unknown: --dry"),
    ("backup", "缺少 FILE", "FILE is missing"),
    ("restore", "缺少 FILE", "FILE is missing"),
    ("demo --port", "--port 不对", "--port is wrong"),
    ("demo --port x", "--port 不对", "--port is wrong"),
    ("demo --port 70000", "--port 不对", "--port is wrong"),
    ("--nonsense", "缺少 COMMAND", "COMMAND is missing"),
]


@pytest.mark.parametrize(("words", "chinese", "english"), WRONG_WORDS)
def test_wrong_use_is_told_in_ones_language_and_ends_with_2(
    words: str, chinese: str, english: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(words.split()) == WRONG_USE
    told = capsys.readouterr().err
    assert told.startswith("用法：wenming")
    assert chinese in told
    assert "--help" in told.splitlines()[-1]
    assert not re.search("usage|argument|error|invalid|required|expected|choose", told)
    monkeypatch.setenv("LANGUAGE", "en")
    assert main(words.split()) == WRONG_USE
    told = capsys.readouterr().err
    assert told.startswith("usage: wenming")
    assert english in told


# What no text of the Chinese program has: two English words in a row.
ENGLISH = re.compile(r"\b[A-Za-z]?[a-z]+ [a-z]+\b(?<!wenming backup)(?<!wenming doctor)(?<!wenming restore)")


WRONG: Sequence[tuple[str, str]] = [
    ("BOT_TOKEN", ""),
    ("BOT_TOKEN", "s3cret-garbage"),
    ("BOT_TOKEN", "424242:"),
    ("BOT_API_URL", "s3cret.example"),
    ("DATABASE_URL", "mysql://user:s3cret@host/db"),
    ("DATABASE_URL", "sqlite:///"),
    ("DATABASE_URL", "s3cret"),
    ("OWNER_IDS", ""),
    ("OWNER_IDS", "s3cret"),
    ("OWNER_IDS", "12,s3cret"),
    ("OWNER_IDS", "-12"),
    ("ORG_NAME", ""),
    ("ORG_NAME", "s3cret" * 20),
    ("TIMEZONE", "Asia/S3cret"),
    ("LANGUAGE", "s3cret"),
    ("WEBHOOK_URL", "s3cret"),
    ("WEBHOOK_SECRET", "s3cret 秘密"),
    ("WEBHOOK_SECRET", "s3cret" * 50),
    ("LISTEN", "s3cret"),
    ("LISTEN", "127.0.0.1:s3cret"),
    ("LISTEN", "127.0.0.1:99999"),
    ("RATE_PER_SECOND", "s3cret"),
    ("RATE_PER_SECOND", "0"),
    ("RATE_PER_SECOND", "nan"),
    ("RATE_PER_SECOND", "-3"),
    ("LOG_LEVEL", "s3cret"),
    ("LOG_FORMAT", "s3cret"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_setting_is_named_and_its_value_never_printed(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], nowhere: Path
) -> None:
    for variable, good in (GOOD | {name: value}).items():
        monkeypatch.setenv(variable, good)
    assert main(["run"]) == WRONG_USE
    said = capsys.readouterr()
    assert name in said.err
    assert "s3cret" not in (said.err + said.out).lower()
    assert not ENGLISH.search(said.err), said.err
    assert "Traceback" not in said.err
    assert not list(nowhere.iterdir()), "nothing was made"


def test_a_setting_that_is_missing_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["run"]) == WRONG_USE
    assert "BOT_TOKEN" in capsys.readouterr().err
    monkeypatch.setenv("BOT_TOKEN", GOOD["BOT_TOKEN"])
    assert main(["run"]) == WRONG_USE
    assert "OWNER_IDS" in capsys.readouterr().err
    monkeypatch.setenv("OWNER_IDS", "900")
    monkeypatch.setenv("WEBHOOK_URL", "https://example.org/hook")
    assert main(["run"]) == WRONG_USE
    assert "WEBHOOK_SECRET" in capsys.readouterr().err


def test_a_secret_may_stand_in_a_file_and_a_file_that_cannot_be_read_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, nowhere: Path
) -> None:
    (nowhere / "token").write_text("s3cret\n")
    monkeypatch.setenv("BOT_TOKEN_FILE", str(nowhere / "token"))
    assert main(["run"]) == WRONG_USE
    said = capsys.readouterr().err
    assert "123456:ABC" in said
    assert "s3cret" not in said
    monkeypatch.setenv("BOT_TOKEN_FILE", str(nowhere / "nothing"))
    assert main(["run"]) == WRONG_USE
    assert "BOT_TOKEN_FILE" in capsys.readouterr().err


def test_settings_stand_in_a_file_as_well(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, nowhere: Path
) -> None:
    (nowhere / ".env").write_text("LANGUAGE=en\nTIMEZONE=Nowhere\n")
    assert main(["migrate"]) == WRONG_USE
    assert "TIMEZONE" in capsys.readouterr().err
    (nowhere / ".env").write_text("LANGUAGE=en\n")
    assert main(["migrate"]) == DONE
    assert "newest schema" in capsys.readouterr().out
    assert (nowhere / "data" / "wenming.db").stat().st_mode & 0o777 == 0o600


def test_a_roster_is_checked_then_imported_then_the_same(capsys: pytest.CaptureFixture[str], nowhere: Path) -> None:
    (nowhere / "花名册.xlsx").write_bytes(roster_file())
    assert main(["import-roster", "花名册.xlsx", "--dry-run"]) == DONE
    dry = capsys.readouterr().out
    assert "新增 60 人" in dry
    assert "试运行" in dry
    assert people(nowhere) == 0
    assert main(["import-roster", "花名册.xlsx"]) == DONE
    assert "新增 60 人" in capsys.readouterr().out
    assert people(nowhere) == 60
    assert main(["import-roster", "花名册.xlsx"]) == DONE
    assert "完全一致" in capsys.readouterr().out
    (nowhere / "新.xlsx").write_bytes(roster_file(leave_out=2))
    assert main(["import-roster", "新.xlsx"]) == DONE
    assert "没有变动" in capsys.readouterr().out
    assert people(nowhere) == 60


def test_without_a_database_there_is_nothing_to_back_up(capsys: pytest.CaptureFixture[str], nowhere: Path) -> None:
    assert main(["backup", "b.db"]) == FAILED
    assert "还没有数据库" in capsys.readouterr().err
    assert not list(nowhere.iterdir()), "nothing was made"


def people(folder: Path) -> int:
    db = apsw.Connection(str(folder / "data" / "wenming.db"))
    (found,) = db.execute("SELECT COUNT(*) FROM people").fetchall()[0]
    db.close()
    return int(str(found))


def test_a_backup_that_cannot_be_written_or_put_back_says_why_in_ones_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, nowhere: Path
) -> None:
    def said(*words: str) -> str:
        assert main(list(words)) == FAILED
        told = capsys.readouterr().err
        assert not ENGLISH.search(told), told
        return told

    assert main(["migrate"]) == DONE
    assert "/proc/x" in (told := said("backup", "/proc/x")) and "没有这个文件或目录" in told
    assert "没有这个文件" in said("restore", "nothing-there")
    (nowhere / "b.db").write_bytes(b"no backup" * 99)
    assert "wenming backup" in said("restore", "b.db")
    monkeypatch.setenv("BACKUP_KEY", "s3cret")
    assert main(["backup", "sealed"]) == DONE
    capsys.readouterr()
    monkeypatch.setenv("BACKUP_KEY", "s3cret-other")
    assert "BACKUP_KEY 不是这个文件的密钥" in (told := said("restore", "sealed")) and "s3cret" not in told
    monkeypatch.delenv("BACKUP_KEY")
    assert "BACKUP_KEY 没有设置" in said("restore", "sealed")


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
        (OSError(errno.EROFS, "Read-only file system", "/x/y"), "只读"),
        (OSError(errno.EXFULL, "Exchange full"), "系统的原话：Exchange full"),
        (OSError("with no number"), "系统的原话：OSError"),
        (Unavailable("database or disk is full"), "磁盘已满"),
        (Unavailable("/x/w.db: disk I/O error"), "磁盘"),
        (Unavailable("attempt to write a readonly database"), "只读"),
        (apsw.FullError("database or disk is full"), "磁盘已满"),
        (Unavailable("ConnectionRefusedError"), "系统的原话：ConnectionRefusedError"),
    ],
)
def test_a_disk_that_does_not_let_us_is_said_in_a_sentence_with_what_to_do(
    problem: Exception, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async def work() -> int:
        raise problem

    assert commands.guarded(load(), work()) == FAILED
    told = capsys.readouterr().err
    assert words in told and "请" in told and "Errno" not in told
    assert words.startswith("系统") or not ENGLISH.search(told)


def test_a_roster_with_errors_changes_nothing_and_says_where(capsys: pytest.CaptureFixture[str], nowhere: Path) -> None:
    (nowhere / "r.xlsx").write_bytes(roster_file([("ZF001", "重复", "财务处", "", "皇帝", "")]))
    assert main(["import-roster", "r.xlsx"]) == FAILED
    said = capsys.readouterr().err
    assert "第 62 行" in said
    assert people(nowhere) == 0


@pytest.mark.parametrize("what", ["missing", "folder", "empty", "text", "pipe"])
def test_what_is_no_roster_is_refused(what: str, capsys: pytest.CaptureFixture[str], nowhere: Path) -> None:
    path = nowhere / "r.xlsx"
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    elif what != "missing":
        path.write_bytes(b"" if what == "empty" else b"hello")
    assert main(["import-roster", "r.xlsx"]) == FAILED
    said = capsys.readouterr()
    assert said.err.strip()
    assert "Traceback" not in said.err


async def test_a_roster_or_a_database_that_this_user_may_not_read_is_refused(open_rig: Rig) -> None:
    path = open_rig.folder / "r.xlsx"
    path.write_bytes(roster_file())
    path.chmod(0)
    process = open_rig.spawn("import-roster", "r.xlsx", user=NOBODY)
    assert await process.ended() == FAILED
    assert "没有权限" in process.log and not ENGLISH.search(process.log)
    path.chmod(0o644)
    open_rig.database.chmod(0o444)
    open_rig.folder.chmod(0o555)
    for arguments in (("import-roster", "r.xlsx"), ("run",), ("migrate",)):
        process = open_rig.spawn(*arguments, user=NOBODY)
        assert await process.ended() == FAILED
        assert "Traceback" not in process.log
        assert str(open_rig.database) in process.log
        assert "请检查" in process.log and not ENGLISH.search(process.log)


NOBODY = 65534


async def test_beside_a_running_bot_only_one_more_is_refused(night: Rig, nowhere: Path) -> None:
    environment = {"DATABASE_URL": night.url, "BOT_API_URL": night.sandbox.url, **GOOD}
    (nowhere / "r.xlsx").write_bytes(roster_file([("XX001", "欧阳若曦", "财务处", "", "", "")]))
    assert shell("backup", "before", **environment).returncode == DONE
    bot = await night.start()
    second = shell("run", **environment)
    assert second.returncode == FAILED
    assert "另一个" in second.stderr or "已有" in second.stderr
    assert second.stdout.splitlines()[-1] == "False", "aiogram was imported to say no"
    for command in (["migrate"], ["restore", "before"]):
        process = night.spawn(*command)
        assert await process.ended() == FAILED
        assert "已有一个机器人进程" in process.log
    for command in (["import-roster", "r.xlsx"], ["backup", "beside"], ["doctor"]):
        process = night.spawn(*command)
        assert await process.ended() == DONE, process.log
    night.world.say(STAFF, "/checkin 昨天 1.5 护河")
    await night.world.wait_for(STAFF, lambda m: "已记录" in (m.text or ""))
    assert await night.rows("SELECT name FROM people WHERE staff_number = 'XX001'") == [("欧阳若曦",)]
    bot.process.terminate()
    assert await bot.ended() == DONE
    assert await night.spawn("migrate").ended() == DONE
    night.sound()


STAFF = 1001


async def test_a_token_that_telegram_does_not_know_is_wrong_settings(night: Rig) -> None:
    bot = night.spawn(BOT_TOKEN="424242:AN-OLD-TOKEN-AN-OLD-TOKEN-AN-OLD-TOKEN")
    assert await bot.ended() == WRONG_USE
    assert "BOT_TOKEN" in bot.log
    assert "AN-OLD" not in bot.log


async def test_a_port_that_is_taken_is_said_in_a_sentence(night: Rig) -> None:
    bot = night.spawn(LISTEN=f"127.0.0.1:{night.sandbox.port}")
    assert await bot.ended() == FAILED
    assert "Traceback" not in bot.log
    assert str(night.sandbox.port) in bot.log
    assert "LISTEN" in bot.log and "Errno" not in bot.log and "占用" in bot.log
    doctor = night.spawn("doctor", LISTEN=f"127.0.0.1:{night.sandbox.port}")
    assert await doctor.ended() == FAILED
    assert "占用" in doctor.log
    bot = night.spawn(LISTEN="192.0.2.1:8080", LANGUAGE="en")
    assert await bot.ended() == FAILED
    assert "LISTEN" in bot.log and "Errno" not in bot.log
