"""wenming doctor: each check finds what it is there for, and names it."""

import datetime as dt
import os
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import apsw
import pytest

from bot import commands, doctor
from bot.doctor import Check
from bot.i18n import translator
from bot.services import keeping
from storage.beside import Journals
from tests.conftest import copied
from tests.flows.conftest import TOKEN, Stage


async def checks(stage: Stage, **other: Any) -> Mapping[str, Check]:
    """What it says, each in words that are there in both languages."""
    found = await doctor.examine(stage.app.settings.model_copy(update=other))
    for one in found:
        for language in ("zh", "en"):
            assert translator(language).plain(f"doctor-{one.name}", **one.facts)
    assert TOKEN not in str(found)
    return {one.name: one for one in found}


async def test_a_sound_set_up_has_nothing_to_be_mended(demo: Stage) -> None:
    await demo.owner().says("/backup")
    found = await checks(demo)
    assert [name for name, one in found.items() if one.ok is False] == []
    for name in ("settings-fine", "sqlite-fine", "database-fine", "audit-fine", "backup-fine", "telegram-fine"):
        assert found[name].ok, name
    assert found["clock-fine"].ok


async def test_what_run_would_refuse_is_named(demo: Stage) -> None:
    found = await checks(demo, owner_ids=frozenset())
    assert found["settings-missing"].ok is False and "OWNER_IDS" in found["settings-missing"].facts["problem"]


@pytest.mark.parametrize(
    "name", ["wenming.db", "wenming.db-wal", "wenming.db.erasures", "wenming.db.before-restore", "backups/B"]
)
async def test_a_file_that_others_may_read_is_named(demo: Stage, name: str) -> None:
    await demo.owner().says("/backup")
    backup = keeping.list_backups(demo.app.house.place.folder)[0][1]
    path = backup if name == "backups/B" else demo.folder / name
    path.touch()
    path.chmod(0o640)
    assert (await checks(demo))["database-open"].facts["file"] == str(path)


async def test_a_secret_that_others_may_read_is_named_whatever_the_database(
    demo: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "token"
    secret.write_text(TOKEN)
    secret.chmod(0o644)
    monkeypatch.setenv("BOT_TOKEN_FILE", str(secret))
    monkeypatch.chdir(tmp_path)
    url = "postgresql://nobody@127.0.0.1:9/none"
    assert (await checks(demo, database_url=url))["database-open"].facts["file"] == str(secret)
    secret.chmod(0o600)
    (tmp_path / ".env").write_text("LANGUAGE=zh")
    (tmp_path / ".env").chmod(0o644)
    found = await checks(demo, database_url=url)
    assert found["database-open"].facts["file"] == ".env"
    assert found["database-away"].ok is False


async def test_a_folder_that_is_closed_is_named_also_where_one_below_it_is_still_to_be_made(
    demo: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, access = tmp_path / "closed", os.access
    closed.mkdir()
    monkeypatch.setattr(os, "access", lambda path, mode, **more: path != closed and access(path, mode, **more))
    for place in (closed, closed / "data" / "below"):
        found = await checks(demo, database_url=f"sqlite:///{place}/wenming.db")
        assert found["folder-closed"].ok is False and found["folder-closed"].facts == {"folder": str(closed)}
        said = translator("zh").plain("doctor-folder-closed", **found["folder-closed"].facts)
        assert said == f"目录 {closed} 不可写，请修改权限。"


async def test_an_old_sqlite_and_a_full_disk_are_warned_of(demo: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apsw, "sqlite_lib_version", lambda: "3.51.2")
    monkeypatch.setattr(doctor, "ROOM", 1 << 60)
    found = await checks(demo)
    assert (found["sqlite-old"].ok, found["disk-full"].ok) == (None, None)


async def test_a_database_that_is_not_there_is_no_fault(demo: Stage, tmp_path: Path) -> None:
    found = await checks(demo, database_url=f"sqlite:///{tmp_path}/other/none.db")
    assert found["database-new"].ok
    assert not (tmp_path / "other").exists()


async def test_a_database_that_is_empty_is_no_fault_either(demo: Stage, tmp_path: Path) -> None:
    """The outside tester's: a PostgreSQL that was just created, and a file with nothing in it."""
    (tmp_path / "empty.db").touch(0o600)
    assert (await checks(demo, database_url=f"sqlite:///{tmp_path}/empty.db"))["database-new"].ok


async def test_an_audit_without_entries_has_no_check_value_to_be_compared(demo: Stage, tmp_path: Path) -> None:
    new = {"database_url": f"sqlite:///{tmp_path}/new.db"}
    assert await commands.migrate(demo.app.settings.model_copy(update=new)) == 0
    facts = (await checks(demo, **new))["audit-fine"].facts
    assert translator("zh").plain("doctor-audit-fine", **facts) == "操作记录：还没有。"
    assert translator("en").plain("doctor-audit-fine", **facts) == "Audit: no entries yet."


@pytest.fixture
def bare(postgres_url: str) -> Iterator[str]:
    with copied(postgres_url, "template1") as url:
        yield url


async def test_a_postgresql_that_was_just_created_is_no_fault(demo: Stage, bare: str) -> None:
    found = await checks(demo, database_url=bare)
    assert found["database-new"].ok and not {"database-broken", "database-away"} & set(found)


def test_a_postgresql_is_never_brought_back_by_restore() -> None:
    for language in ("zh", "en"):
        assert "restore" not in translator(language).plain("doctor-database-away", problem="x")


async def test_a_listen_that_cannot_be_had_is_named_while_no_bot_runs(demo: Stage) -> None:
    taken = f"127.0.0.1:{demo.app.port}"
    assert not {name for name in await checks(demo, listen=taken) if name.startswith("listen")}, "the bot's own"
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        await demo.stop_bot()
        address = f"127.0.0.1:{other.getsockname()[1]}"
        assert (await checks(demo, listen=address))["listen-taken"].ok is False
    assert (await checks(demo, listen=address))["listen-fine"].ok
    assert (await checks(demo, listen="192.0.2.1:8080"))["listen-closed"].ok is False
    await demo.start_bot()


async def test_a_torn_database_is_found_before_it_is_used(demo: Stage, tmp_path: Path) -> None:
    await demo.stop_bot()
    path = tmp_path / "wenming.db"
    size = path.stat().st_size
    for page in (3, 5, 9):
        with path.open("r+b") as file:
            file.seek(min(page * 4096, size - 4096))
            file.write(os.urandom(4096))
    assert (await checks(demo))["database-broken"].ok is False
    path.write_bytes(b"this is no database" * 500)
    assert (await checks(demo))["database-broken"].ok is False


@pytest.mark.parametrize(("change", "name", "ok"), [("+ 1", "database-newer", False), ("- 1", "database-older", None)])
async def test_a_schema_of_another_version_is_named(demo: Stage, change: str, name: str, ok: bool | None) -> None:
    last = "number = (SELECT MAX(number) FROM schema_version)"
    async with demo.app.db.write() as tx:
        if change == "+ 1":
            await tx.execute("INSERT INTO schema_version SELECT MAX(number) + 1 FROM schema_version")
        else:
            await tx.execute(f"DELETE FROM schema_version WHERE {last}")
    assert (await checks(demo))[name].ok is ok


async def test_an_audit_that_was_changed_or_cut_is_named_with_its_row(demo: Stage) -> None:
    await demo.owner().says("/backup")
    await demo.of("ZF001").says("/members")
    journals = Journals(demo.app.settings.beside)
    journals.keep_head(1, 7, "f" * 64)
    assert (await checks(demo))["audit-cut"].facts == {"row": 7}
    async with demo.app.db.write() as tx:
        await tx.execute("DROP TRIGGER audit_kept")
        await tx.execute("UPDATE audit SET action = 'x' WHERE id = 1")
    assert (await checks(demo))["audit-broken"].facts == {"row": 1}


async def test_no_backup_or_an_old_one_is_warned_of(demo: Stage) -> None:
    assert (await checks(demo))["backup-none"].ok is None
    await demo.owner().says("/backup")
    os.utime(keeping.list_backups(demo.app.house.place.folder)[0][1], (0, 0))
    assert (await checks(demo))["backup-old"].ok is None


async def test_a_year_without_holidays_is_warned_of_until_the_office_has_entered_it(
    demo: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Late(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> "Late":
            return cls(2035, 6, 1, 9, tzinfo=tz or dt.UTC)

    monkeypatch.setattr("bot.doctor.dt.datetime", Late)
    assert (await checks(demo))["calendar-missing"].facts == {"year": 2035}
    async with demo.app.db.write() as tx:
        await tx.execute("INSERT INTO calendar_days (local_date, is_off, source) VALUES ('2035-01-01', 1, 'year')")
    assert (await checks(demo))["calendar-fine"].facts == {"year": 2035}


async def test_a_token_that_is_refused_and_a_telegram_that_is_away(demo: Stage) -> None:
    secret = type(demo.app.settings.bot_token)
    found = await checks(demo, bot_token=secret("424242:AnotherTokenThatNobodyKnowsAtAll"))
    assert found["token-refused"].ok is False
    assert (await checks(demo, bot_api_url="http://127.0.0.1:9"))["telegram-away"].ok is False


def test_a_clock_that_is_off_is_warned_of() -> None:
    assert doctor._clock("") == [] and doctor._clock("nonsense") == []
    for date in ("Wed, 14 Oct 2020 08:00:00 GMT", "Wed, 14 Oct 2020 08:00:00 -0000"):
        (said,) = doctor._clock(date)
        assert said.name == "clock-off" and said.ok is None


async def test_a_webhook_that_is_elsewhere_missing_or_failing_is_warned_of(demo: Stage) -> None:
    own = {"webhook_url": "http://127.0.0.1:9/hook", "webhook_secret": type(demo.app.settings.bot_token)("s")}
    assert (await checks(demo, **own))["webhook-missing"].ok is None
    await demo.app.telegram.call("setWebhook", {"url": own["webhook_url"], "secret_token": "s"})
    assert (await checks(demo))["webhook-elsewhere"].ok is None
    assert (await checks(demo, **own))["telegram-fine"].ok
    demo.world.webhook.last_error = (dt.datetime.now(dt.UTC), "Wrong response from the webhook: 401 Unauthorized")
    assert "401" in (await checks(demo, **own))["webhook-failing"].facts["problem"]
    demo.world.webhook.last_error = (dt.datetime.now(dt.UTC) - dt.timedelta(days=2), "long ago")
    assert (await checks(demo, **own))["telegram-fine"].ok
