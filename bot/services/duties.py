"""The morning message: the phrase and the duty of each working day."""

import datetime as dt

from storage.engine import Database


async def plan_due(db: Database, now: dt.datetime) -> bool:
    return False
