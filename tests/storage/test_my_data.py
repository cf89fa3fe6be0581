"""/mydata on both databases: every column of every table that knows of a person is in it, or is not for a reason."""

import json
import re
from collections.abc import Container, Iterator, Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from bot.domain.access import Actor
from bot.i18n import translator
from bot.services import accounts, privacy
from bot.views import privacy as view
from storage.engine import Database, Tx
from tests.hall import readable

NOW = datetime(2026, 10, 14, 10, 0, tzinfo=UTC)
ME, OTHER, THIRD, NEVER = 5550001234, 6660009876, 7770004321, 8880005678  # accounts; the people are 1, 2 and 3
PLACE = 1
# Nothing in them is anybody's.
NOBODYS = {
    *("settings", "departments", "day_contents", "plans", "mirrors", "calendar_days", "marks", "schema_version"),
    *("group_moves", "contents", "former_targets"),
}


class Marks:
    """Words, numbers and instants that stand nowhere else."""

    def __init__(self, name: str, start: int) -> None:
        self.name, self._numbers = name, count(start)
        self.planted: dict[tuple[str, str], str] = {}

    def word(self) -> str:
        return f"{self.name}{next(self._numbers)}"

    def number(self) -> int:
        return next(self._numbers)

    def instant(self) -> int:
        """A minute of its own from 2031 on: the table shows no seconds."""
        return 1_930_000_020_000 + next(self._numbers) % 10_000_000 * 60_000


W, N, T, ROSTER = "word", "number", "instant", '[["<word>"]]'
SELF_PERSON, SELF_USER, OTHER_USER = "<person>", "<user>", "<other user>"
# Every column of every table: what is planted in it. A value of its own (W, N, T) must be in the export.
ROWS: Mapping[str, Mapping[str, Any]] = {
    "people": {"id": SELF_PERSON, "staff_number": W, "name": W, "title": W, "department_id": PLACE, "role": "leader",
               "status": "away"},
    "postings": {"person_id": SELF_PERSON, "from_date": W, "department_id": PLACE, "status": W},
    "accounts": {"user_id": SELF_USER, "chat_id": N, "person_id": SELF_PERSON, "language": W, "muted": 1,
                 "reachable": 1, "consent_version": N, "consent_at": T, "bound_at": T, "seen_at": T},
    "imports": {"id": N, "digest": W, "file_name": W, "entries": ROSTER, "state": W, "missing_state": W,
                "created_by": SELF_USER, "created_at": T, "applied_at": T, "departments": W},
    "import_changes": {"import_id": "imports", "person_id": SELF_PERSON, "act": W, "before": W, "after": W,
                       "from_date": W, "posting": W},
    "invites": {"id": N, "code_hash": W, "department_id": PLACE, "created_by": OTHER_USER, "created_at": T,
                "expires_at": T, "uses_left": N, "revoked_at": T, "person_id": SELF_PERSON},
    "registrations": {"id": N, "user_id": SELF_USER, "person_id": SELF_PERSON, "invite_id": "invites",
                      "account_name": W, "state": "approved", "replaces": N, "created_at": T, "decided_at": T,
                      "decided_by": OTHER_USER},
    "attempts": {"id": N, "user_id": SELF_USER, "kind": W, "at": T},
    "checkins": {"id": N, "person_id": SELF_PERSON, "department_id": PLACE, "service_date": W, "minutes": N,
                 "starts_at": N, "ends_at": N, "text": W, "state": W, "late_reason": W, "version": N, "created_at": T,
                 "supersedes": "checkins", "source": W},
    "checkin_events": {"id": N, "checkin_id": "checkins", "at": T, "actor_user": OTHER_USER, "actor_person": None,
                       "act": W, "from_state": W, "to_state": W, "version": N, "note": W},
    "checkin_drafts": {"id": N, "user_id": SELF_USER, "facts": W, "at": T},
    "checkin_photos": {"checkin_id": "checkins", "unique_id": W, "file_id": W, "at": T},
    "taps": {"local_date": W, "person_id": SELF_PERSON, "kind": W, "at": T},
    "occurrences": {"id": N, "plan": W, "local_date": W, "due_at": T, "late_at": T, "state": W, "canary": N,
                    "reason": W, "author": SELF_USER, "facts": W},
    "outbox": {"id": N, "key": W, "occurrence_id": "occurrences", "person_id": SELF_PERSON, "user_id": SELF_USER,
               "kind": W, "facts": W, "once": 0, "urgency": N, "not_before": T, "late_at": T, "state": W, "reason": W,
               "tries": N, "crashes": N, "owner": W, "lease_until": T, "message_id": N, "settled_at": T, "free": 0,
               "matter": W},
    "inbox": {"id": N, "update_id": N, "chat_id": SELF_USER, "body": W, "received_at": T, "state": W, "tries": N,
              "outcome": W},
    "dialogs": {"key": f"{SELF_USER}:{SELF_USER}", "state": W, "data": W, "changed_at": T},
    "audit": {"id": N, "at": T, "actor_user": OTHER_USER, "actor_person": None, "action": W,
              "subject": f"person:{SELF_PERSON}", "before": W, "after": W, "actor_digest": W, "details_digest": W,
              "hash": W},
    "notices": {"id": N, "author_user": SELF_USER, "author_person": SELF_PERSON, "state": W, "text": W, "file_kind": W,
                "file_id": W, "file_name": W, "answer": N, "deadline": W, "important": N, "audience": W, "reach": W,
                "send_at": T, "outside_hours": N, "authority": OTHER_USER, "approved_by": OTHER_USER, "approved_at": T,
                "round": N, "planned_at": T, "version": N, "created_at": T, "source": W},
    "notice_people": {"notice_id": "notices", "person_id": SELF_PERSON, "department_id": PLACE, "fate": W,
                      "answered_at": T, "told_at": T, "told_by": OTHER_USER, "telling": N},
    "notice_rounds": {"notice_id": "notices", "round": N, "reason": W, "by_user": SELF_USER, "at": T},
    "notice_changes": {"id": N, "notice_id": "notices", "act": W, "before": W, "by_user": SELF_USER, "at": T,
                       "occurrence_id": "occurrences", "flying": W},
    "audiences": {"id": N, "name": W, "owner_user": SELF_USER, "facts": W, "created_at": T},
    "grants": {"id": N, "person_id": SELF_PERSON, "role": W, "department_id": PLACE, "until_date": W,
               "granted_by": OTHER_USER, "granted_at": T, "revoked_by": OTHER_USER, "revoked_at": T},
    "group_codes": {"chat_id": N, "code_hash": W, "title": W, "asked_by": SELF_USER, "expires_at": T},
    "group_bindings": {"id": N, "chat_id": N, "department_id": PLACE, "title": W, "bound_by": SELF_USER, "bound_at": T,
                       "ended_by": OTHER_USER, "ended_at": T},
}  # fmt: skip
# What an export leaves out, and why.
OURS = "how the program numbers and repeats its own work; nothing about anybody"
SECRET = "whoever has it could come in"
WITHHELD: Mapping[tuple[str, str], str] = {
    **{(table, "id"): OURS for table in ("attempts", "grants", "checkin_events", "occurrences", "inbox")},
    ("group_bindings", "id"): OURS,
    ("imports", "digest"): OURS,
    ("imports", "entries"): "the whole roster: other people",
    ("imports", "departments"): OURS,
    ("invites", "code_hash"): SECRET,
    ("group_codes", "code_hash"): SECRET,
    ("occurrences", "canary"): OURS,
    ("occurrences", "facts"): "what all its messages say; to whoever got one it stands in his",
    **{("outbox", column): OURS for column in ("key", "urgency", "crashes", "owner", "lease_until")},
    ("inbox", "outcome"): "kept to say an answer again; it may name others",
    **{("audit", column): OURS for column in ("actor_digest", "details_digest", "hash")},
    ("notice_changes", "flying"): OURS,
}  # fmt: skip


# What of others' rows is about whoever had a hand in them: that he did it, never what stands there.
OWN_ACTS = {
    *(("audit", column) for column in ("id", "at", "action")),
    *(("checkin_events", column) for column in ("at", "act", "from_state", "to_state")),
    ("checkins", "id"),
    *(("invites", column) for column in ("id", "created_at", "expires_at", "uses_left", "revoked_at")),
    *(("notice_people", column) for column in ("told_at",)),
    ("notices", "id"),
}


async def columns_of(tx: Tx) -> dict[str, set[str]]:
    """The schema as the database has it."""
    if tx.dialect == "sqlite":
        rows = await tx.fetch(
            "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
            " AND m.name NOT LIKE 'sqlite_%'"
        )
    else:
        rows = await tx.fetch("SELECT table_name, column_name FROM information_schema.columns"
                              " WHERE table_schema = current_schema()")  # fmt: skip
    found: dict[str, set[str]] = {}
    for table, column in rows:
        found.setdefault(table, set()).add(column)
    return found


async def plant(tx: Tx, marks: Marks, person: int, user: int, other: int, without: Container[str] = ()) -> None:
    """A row in every table about this person, the other one as whoever had a hand in it."""
    at: dict[str, int] = {}
    stands_for = {SELF_PERSON: person, SELF_USER: user, OTHER_USER: other}

    def value(table: str, column: str, kind: Any) -> Any:
        if kind in (W, N, T):
            made = getattr(marks, kind)()
            text = str(made)
            if kind == T:
                text = datetime.fromtimestamp(made / 1000, UTC).strftime("%Y-%m-%d %H:%M")
            marks.planted[table, column] = text
            return made
        if kind == ROSTER:
            marks.planted[table, column] = marks.word()
            return ROSTER.replace("<word>", marks.planted[table, column])
        if kind in ROWS:
            return at.get(kind)
        if kind in stands_for:
            return stands_for[kind]
        if isinstance(kind, str):
            for name, number in stands_for.items():
                kind = kind.replace(name, str(number))
        return kind

    for table, row in ROWS.items():
        if table in without:
            continue
        made = {column: value(table, column, kind) for column, kind in row.items()}
        if isinstance(made.get("id"), int):
            at[table] = made["id"]
        holes = ", ".join("?" for _ in made)
        await tx.execute(f"INSERT INTO {table} ({', '.join(made)}) VALUES ({holes})", *made.values())


async def exported(db: Database, user: int) -> Iterator[str]:
    """Both files, as text; instants in UTC, as the table has them."""
    actor: Actor = await accounts.recognise(db, user, frozenset(), NOW)
    found = await privacy.export(db, actor, NOW)
    as_xlsx, as_json = await view.files(found, "x", translator("zh"))
    texts = []
    for one in (as_json, as_xlsx):
        assert one.document is not None and not isinstance(one.document, str)
        texts.append(readable(one.document.data))
    json.loads(texts[0])
    return iter([re.sub(r"(\d)T(\d\d:\d\d):00\+00:00", r"\1 \2", texts[0]), texts[1]])


async def test_every_column_that_knows_of_a_person_is_in_both_files_and_nobody_elses(db: Database) -> None:
    mine, theirs = Marks("MINE", 711_000_000), Marks("THEIRS", 832_000_000)
    touched = Marks("TOUCHED", 913_000_000)
    async with db.write() as tx:
        schema = await columns_of(tx)
        assert set(schema) == set(ROWS) | NOBODYS, "a new table: does it know of a person?"
        assert {t: set(row) for t, row in ROWS.items()} == {t: schema[t] for t in ROWS}, "a new column"
        await tx.execute("INSERT INTO departments (id, name, path, trail) VALUES (1, '处', '处', '/1/')")
        await plant(tx, mine, 1, ME, OTHER)
        await plant(tx, theirs, 2, OTHER, NEVER)
        await plant(tx, touched, 3, THIRD, ME)
    for text in await exported(db, ME):
        lost = {place for place, mark in mine.planted.items() if mark not in text}
        assert lost == set(WITHHELD), (lost - set(WITHHELD), set(WITHHELD) - lost)
        assert {place for place, mark in theirs.planted.items() if mark in text} == set()
        assert {place for place, mark in touched.planted.items() if mark in text} == OWN_ACTS
        assert not [user for user in (OTHER, THIRD, NEVER) if str(user) in text]
