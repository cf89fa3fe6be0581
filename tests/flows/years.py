"""A large unit after years: everybody's check-ins with their reviews, every morning message, the audit of it all."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import apsw

from bot.clock import instant
from bot.demo import OWNER, demo_people, seed
from storage import audit
from storage.audit import Entry
from storage.connect import opened
from storage.engine import Database
from tests.flows.conftest import NOW

FIRST_ACCOUNT = 1_000_000
DEPARTMENTS = 50
DAY_MS = 86_400_000
AT_A_TIME = 50_000  # entries of the audit


@dataclass(frozen=True, slots=True)
class Size:
    people: int = 5_000
    years: int = 3
    mornings: bool = True  # two thirds of the file are what was sent every morning

    @property
    def weeks(self) -> int:
        return self.years * 52


# One statement a table: millions of rows are made by the database itself, in seconds.
NUMBERS = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :{}) "
BOUND = " people p JOIN accounts a ON a.person_id = p.id WHERE p.status = 'active' "
PEOPLE = (
    NUMBERS.format("departments") + "INSERT INTO departments (name, path) SELECT '部门' || i, '部门' || i FROM n",
    "UPDATE departments SET trail = '/' || id || '/' WHERE trail = ''",
    NUMBERS.format("more") + "INSERT INTO people (staff_number, name, department_id) SELECT 'N' || printf('%06d', i),"
    " '某' || i, (SELECT MAX(id) FROM departments) - i % :departments FROM n",
    "INSERT INTO postings SELECT id, :since, department_id, status FROM people WHERE staff_number LIKE 'N%'",
    "INSERT INTO accounts (user_id, chat_id, person_id, consent_version, consent_at, bound_at, seen_at) SELECT"
    " :account + id, :account + id, id, :consent, :begin, :begin, :now FROM people WHERE staff_number LIKE 'N%'",
)
CHECKINS = (
    NUMBERS.format("weeks") + "INSERT INTO checkins (person_id, department_id, service_date, minutes, text, state,"
    " version, created_at, source) SELECT p.id, p.department_id, date(:today, (-7 * i - p.id % 7 - 1) || ' days'),"
    " 60 + (p.id * 31 + i * 17) % 8 * 15, '社区志愿服务第' || i || '次', 'confirmed', 2,"
    f" :now - (7 * i + p.id % 7 + 1) * :day, 'w' || p.id || '/' || i FROM n, {BOUND}",
    "INSERT INTO checkin_events (checkin_id, at, actor_user, act, from_state, to_state, version) SELECT c.id,"
    " c.created_at, a.user_id, 'submit', NULL, 'submitted', 1 FROM checkins c JOIN accounts a"
    " ON a.person_id = c.person_id WHERE c.source IS NOT NULL",
    "INSERT INTO checkin_events (checkin_id, at, actor_user, act, from_state, to_state, version) SELECT id,"
    " created_at + 3600000, :owner, 'confirm', 'submitted', 'confirmed', 2 FROM checkins WHERE source IS NOT NULL",
)
MORNINGS = (
    NUMBERS.format("days") + "INSERT INTO occurrences (plan, local_date, due_at, late_at, state) SELECT 'morning',"
    " date(:today, (-i - 1) || ' days'), :now - (i + 1) * :day, :now - i * :day, 'closed' FROM n WHERE i % 7 < 5",
    "INSERT INTO outbox (key, occurrence_id, person_id, kind, facts, once, urgency, not_before, state, message_id,"
    " settled_at) SELECT 'morning:' || o.local_date || ':' || p.id, o.id, p.id, 'morning',"
    " CASE WHEN o.due_at > :now - 180 * :day THEN json_object('date', o.local_date) ELSE '{}' END, 1, 2, o.due_at,"
    f" 'sent', o.id * 10000 + p.id, o.due_at + 60000 FROM occurrences o, {BOUND} AND o.state = 'closed'",
    f"INSERT INTO taps SELECT o.local_date, p.id, 'read', o.due_at + 120000 FROM occurrences o, {BOUND}"
    " AND o.state = 'closed' AND (o.id + p.id) % 5 = 0",
)


async def grow(folder: Path, size: Size) -> Path:
    """The demo unit and thousands more, in wenming.db of this folder."""
    path = folder / "wenming.db"
    async with opened(f"sqlite:///{path}") as db:
        await seed(db, NOW)
    _grow(path, size)
    async with opened(f"sqlite:///{path}") as db:
        await _audited(db)
    return path


def _grow(path: Path, size: Size) -> None:
    begin = NOW - dt.timedelta(weeks=size.weeks)
    given = {
        "departments": DEPARTMENTS,
        "more": size.people - len(demo_people()),
        "weeks": size.weeks,
        "days": size.years * 365,
        "today": NOW.date().isoformat(),
        "since": begin.date().isoformat(),
        "begin": instant(begin),
        "now": instant(NOW),
        "day": DAY_MS,
        "account": FIRST_ACCOUNT,
        "consent": 1,
        "owner": OWNER,
    }
    db = apsw.Connection(str(path))
    db.execute("PRAGMA synchronous=OFF; PRAGMA cache_size=-200000; BEGIN")
    for statement in (*PEOPLE, *CHECKINS, *(MORNINGS if size.mornings else ())):
        db.execute(statement, given).fetchall()
    db.execute("COMMIT")
    db.close()


async def _audited(db: Database) -> None:
    """Every review stands in the audit, as the program would have written it."""
    last = 0
    while True:
        async with db.write() as tx:
            rows = await tx.fetch(
                "SELECT id FROM checkins WHERE id > ? AND state = 'confirmed' ORDER BY id LIMIT ?", last, AT_A_TIME
            )
            if not rows:
                return
            last = rows[-1][0]
            found = [Entry("review-confirm", f"checkin:{row[0]}", "submitted", "confirmed") for row in rows]
            await audit.append_many(tx, instant(NOW), OWNER, found)
