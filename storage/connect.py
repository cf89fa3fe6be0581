"""Which database a URL means, and how it is opened."""

import contextlib
from collections.abc import AsyncIterator

from storage.engine import Database
from storage.migrate import migrate
from storage.sqlite import SqliteDatabase


def connect(url: str) -> Database:
    """The database behind `DATABASE_URL`; ValueError for a scheme that is neither sqlite nor postgresql."""
    if url.startswith("sqlite:///"):
        return SqliteDatabase(url.removeprefix("sqlite:///"))
    if url.startswith(("postgresql://", "postgres://")):
        from storage.postgres import PostgresDatabase  # who has SQLite does not load its driver

        return PostgresDatabase(url)
    raise ValueError("DATABASE_URL must begin with sqlite:/// or postgresql://")


@contextlib.asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """The database for the length of a `with`, brought to the newest schema."""
    database = await connect(url).open()
    try:
        await migrate(database)
        yield database
    finally:
        await database.close()
