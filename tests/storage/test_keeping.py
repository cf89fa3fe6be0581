"""What happens at night, after a restore and at an erasure, on both databases."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.clock import instant
from bot.domain.access import Actor
from bot.i18n import LANGUAGES, translator
from bot.services import accounts, keeping, privacy
from bot.services.effects import Cause
from bot.services.keeping import Place
from bot.views import backup as view
from bot.views import pushes
from storage import accounts as account_rows
from storage import audit, erasure, marks, outbox, people
from storage.engine import Database, Row, Tx
from storage.outbox import Intent
from tests.storage.test_my_data import ME, NOW, OTHER, THIRD, Marks, columns_of, plant

OWNER = 9
NOBODYS: frozenset[int] = frozenset()
DAY = dt.timedelta(days=1)
BOTH = [translator(language) for language in LANGUAGES]
OLD, FRESH = instant(NOW - 4000 * DAY), instant(NOW)


async def opened_place(db: Database, folder: Path) -> Place:
    async with db.write() as tx:
        await tx.execute("INSERT INTO departments (id, name, path, trail) VALUES (1, '处', '处', '/1/')")
        await account_rows.see(tx, OWNER, OWNER, FRESH)
        await audit.append(tx, FRESH, OWNER, "setting", "target", "30", "40")
    return Place(folder / "wenming.db", "", frozenset({OWNER}))


async def owner(db: Database) -> Actor:
    return await accounts.recognise(db, OWNER, frozenset({OWNER}), NOW)


# Terms


async def test_what_is_past_its_term_is_blanked_and_nothing_else(db: Database, tmp_path: Path) -> None:
    await opened_place(db, tmp_path)
    async with db.write() as tx:
        for mark, at in (("OLD", OLD), ("FRESH", FRESH)):
            number = 1 if mark == "OLD" else 2
            await audit.append(tx, at, OWNER, "setting", "target", mark, mark)
            await tx.execute("INSERT INTO people (id, staff_number, name, department_id) VALUES (?, ?, ?, 1)",
                             number, mark, mark)  # fmt: skip
            await tx.execute("INSERT INTO outbox (key, kind, facts, urgency, not_before, state, settled_at)"
                             " VALUES (?, 'x', ?, 1, 0, 'sent', ?)", mark, json.dumps([mark]), at)  # fmt: skip
            await tx.execute("INSERT INTO outbox (key, kind, facts, urgency, not_before, state) VALUES"
                             " (?, 'x', ?, 1, ?, 'pending')", f"w{mark}", json.dumps([f"W{mark}"]), at)  # fmt: skip
            await tx.execute("INSERT INTO checkins (id, person_id, department_id, service_date, minutes, text, state,"
                             " created_at) VALUES (?, ?, 1, '2026-10-01', 60, ?, 'confirmed', ?)",
                             number, number, mark, at)  # fmt: skip
            await tx.execute("INSERT INTO checkin_photos VALUES (?, ?, ?, ?)", number, mark, mark, at)
            await tx.execute("INSERT INTO checkin_drafts (user_id, facts, at) VALUES (1, ?, ?)", mark, at)
            await tx.execute("INSERT INTO dialogs VALUES (?, 's', ?, ?)", mark, mark, at)
            await tx.execute("INSERT INTO attempts (user_id, kind, at) VALUES (1, ?, ?)", mark, at)
            await tx.execute("INSERT INTO inbox (update_id, chat_id, body, received_at, state, outcome)"
                             " VALUES (?, 1, ?, ?, 'parked', ?)", number, mark, at, mark)  # fmt: skip
            await tx.execute("INSERT INTO imports (digest, file_name, entries, created_at) VALUES ('', '', ?, ?)",
                             json.dumps([mark]), at)  # fmt: skip
    done = await keeping.keep_terms(db, NOBODYS, NOW)
    assert done == {"messages": 1, "photos": 1, "parked": 1, "drafts": 3, "imports": 1, "strangers": 0, "audit": 1}
    async with db.read() as tx:
        assert await tx.fetch("SELECT key, facts FROM outbox ORDER BY key") == [
            ("FRESH", '["FRESH"]'), ("OLD", "{}"), ("wFRESH", '["WFRESH"]'), ("wOLD", '["WOLD"]')]  # fmt: skip
        assert await tx.fetch("SELECT file_id FROM checkin_photos") == [("FRESH",)]
        assert await tx.fetch("SELECT body, outcome FROM inbox ORDER BY id") == [("", None), ("FRESH", "FRESH")]
        for table, column in (("checkin_drafts", "facts"), ("dialogs", "data"), ("attempts", "kind")):
            assert await tx.fetch(f"SELECT {column} FROM {table}") == [("FRESH",)]
        assert await tx.fetch("SELECT state, entries FROM imports ORDER BY id") == [
            ("cancelled", "[]"), ("proposed", '["FRESH"]')]  # fmt: skip
        assert await tx.fetch("SELECT text FROM checkins ORDER BY id") == [
            ("OLD",),
            ("FRESH",),
        ]  # the record itself stays
        assert await tx.value("SELECT COUNT(*) FROM audit WHERE before = 'OLD'") == 0
        assert await tx.value("SELECT COUNT(*) FROM audit WHERE before = 'FRESH'") == 1
        assert (await audit.verify(tx, {})).broken == 0
    assert sum((await keeping.keep_terms(db, NOBODYS, NOW)).values()) == 0  # a second night finds nothing more


async def test_whoever_was_never_let_in_is_forgotten_and_nobody_else_is(db: Database, tmp_path: Path) -> None:
    """Accounts: 1 wrote once, 2 writes now, 3 is bound, 4 waits, 5 is to hear something yet, 6 was rejected, 7 took it
    back, 8 was rejected and is bound by now; the owner is on no roster."""
    await opened_place(db, tmp_path)
    async with db.write() as tx:
        await tx.execute("UPDATE accounts SET seen_at = ?", OLD)
        for number in (3, 4, 6, 8):
            await tx.execute("INSERT INTO people (id, staff_number, name, department_id) VALUES (?, ?, '王', 1)",
                             number, f"N{number}")  # fmt: skip
        for user in range(1, 9):
            await account_rows.see(tx, user, user, FRESH if user == 2 else OLD)
        for user in (3, 8):
            await account_rows.bind(tx, user, user, OLD)
        for user, person, state, by, at in (
            (4, 4, "pending", None, None),
            (6, 6, "rejected", OWNER, OLD),
            (7, 6, "withdrawn", 7, OLD),
            (8, 8, "rejected", OWNER, OLD),
            (2, 6, "rejected", OWNER, FRESH),
            (3, 3, "approved", OWNER, OLD),
        ):
            await tx.execute("INSERT INTO registrations (user_id, person_id, account_name, state, replaces, created_at,"
                             " decided_by, decided_at) VALUES (?, ?, '', ?, 3, ?, ?, ?)",
                             user, person, state, OLD, by, at)  # fmt: skip
        await outbox.insert(tx, [Intent("w", "parked", {"number": 7}, user_id=5, not_before=FRESH)])
    assert (await keeping.keep_terms(db, frozenset({OWNER}), NOW))["strangers"] == 5
    async with db.read() as tx:
        accounts_left = [row[0] for row in await tx.fetch("SELECT user_id FROM accounts ORDER BY user_id")]
        asked = await tx.fetch("SELECT user_id, replaces, decided_by FROM registrations ORDER BY id")
        said = await tx.value("SELECT after FROM audit WHERE action = 'retention'")
    assert accounts_left == [2, 3, 4, 5, 8, OWNER]
    assert asked == [(4, 3, None), (-2, None, OWNER), (-3, None, None), (8, 3, OWNER), (2, 3, OWNER), (3, 3, OWNER)]
    assert said == "strangers=5"
    assert sum((await keeping.keep_terms(db, frozenset({OWNER}), NOW)).values()) == 0


async def test_the_audit_forgets_the_number_of_a_stranger_who_is_forgotten_and_stays_whole(
    db: Database, tmp_path: Path
) -> None:
    await opened_place(db, tmp_path)
    async with db.write() as tx:
        for user, seen in ((77, OLD), (78, FRESH)):
            await account_rows.see(tx, user, user, seen)
            await audit.append(tx, OLD, user, "consent", after="1")
    await keeping.keep_terms(db, frozenset({OWNER}), NOW)
    async with db.read() as tx:
        signed = await tx.fetch("SELECT actor_user FROM audit WHERE action = 'consent' ORDER BY id")
        assert (await audit.verify(tx, {})).broken == 0
        written = await tx.value("SELECT COUNT(*) FROM audit")
    assert signed == [(None,), (78,)]
    await keeping.keep_terms(db, frozenset({OWNER}), NOW)
    async with db.read() as tx:
        assert await tx.value("SELECT COUNT(*) FROM audit") == written, "a second night has nothing to write down"


async def test_a_stranger_who_writes_again_is_not_forgotten_in_the_middle_of_it(db: Database, tmp_path: Path) -> None:
    await opened_place(db, tmp_path)
    async with db.write() as tx:
        await account_rows.see(tx, 77, 77, OLD)
        await account_rows.consent(tx, 77, 1, OLD)
    await accounts.meet(db, 77, 77, NOBODYS, NOW, private=True)
    await keeping.keep_terms(db, frozenset({OWNER}), NOW)
    async with db.read() as tx:
        assert await tx.value("SELECT consent_version FROM accounts WHERE user_id = 77") == 1


# The night


async def test_an_erasure_that_comes_while_the_night_cleans_up_is_not_forgotten(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = await opened_place(db, tmp_path)
    async with db.write() as tx:
        await marks.put(tx, erasure.DUE, "person:1")
    sweep = erasure.sweep

    async def meanwhile(tx: Tx, handled: Iterable[Row]) -> None:
        await sweep(tx, handled)
        await marks.put(tx, erasure.DUE, "person:2")

    with monkeypatch.context() as patch:
        patch.setattr(erasure, "sweep", meanwhile)
        await keeping._scrub(db, place)
    async with db.read() as tx:
        assert await marks.get(tx, erasure.DUE) == "person:2"
    await keeping._scrub(db, place)
    async with db.read() as tx:
        assert await marks.get(tx, erasure.DUE) == ""


async def test_the_night_cleans_up_once_more_after_an_erasure_that_is_still_being_answered(
    db: Database, tmp_path: Path
) -> None:
    place = await opened_place(db, tmp_path)
    place.journals.keep_erasure(FRESH, 1, [ME])
    async with db.write() as tx:
        await marks.put(tx, erasure.DUE, "person:1")
        await tx.execute("INSERT INTO inbox (update_id, chat_id, body, received_at) VALUES (1, ?, 'CANARY', 1)", ME)
    await keeping._scrub(db, place)
    async with db.write() as tx:
        assert await marks.get(tx, erasure.DUE) == "person:1"
        await tx.execute("UPDATE inbox SET state = 'done'")
    await keeping._scrub(db, place)
    async with db.read() as tx:
        assert await marks.get(tx, erasure.DUE) == ""
        assert await tx.row("SELECT chat_id, body FROM inbox") == (0, "")


async def test_a_night_is_kept_once_and_told_to_the_owner(db: Database, tmp_path: Path) -> None:
    place = await opened_place(db, tmp_path)
    night = NOW.replace(hour=3)
    if db.dialect == "sqlite":
        place = Place(Path(db.path), "", place.owners)
    assert not await keeping.keep_night(db, place, night)  # a new installation begins with its first whole night
    assert not await keeping.keep_night(db, place, (night + DAY).replace(hour=1))
    assert await keeping.keep_night(db, place, night + DAY)
    assert not await keeping.keep_night(db, place, night + DAY)
    async with db.read() as tx:
        ((facts, user),) = await tx.fetch("SELECT facts, user_id FROM outbox WHERE kind = 'night'")
        head, seal = await audit.head(tx)
    said = json.loads(facts)
    assert user == OWNER and said["broken"] == 0 and said["rows"] >= 1
    assert said["backup"]["state"] == ("done" if db.dialect == "sqlite" else "postgres")
    by_hand = await keeping.back_up_now(db, await owner(db), place, night + DAY)
    told = [pushes.render("night", said, t).text for t in BOTH] + [view.outcome(by_hand, t).text for t in BOTH]
    ways = ("检查完整", "written and checked") if db.dialect == "sqlite" else ("pg_dump", "pg_dump")
    assert all(way in text for way, text in zip(ways * 2, told, strict=True)), told
    assert place.journals.heads()[said["rows"]][:16] == said["seal"]
    assert (head, seal) != (0, "")


async def test_a_night_tells_of_an_audit_that_was_cut(db: Database, tmp_path: Path) -> None:
    place = await opened_place(db, tmp_path)
    if db.dialect == "sqlite":
        place = Place(Path(db.path), "", place.owners)
    await keeping.keep_night(db, place, NOW.replace(hour=3))
    place.journals.keep_head(1, 99, "f" * 64)  # was written down, and is not there
    assert await keeping.keep_night(db, place, NOW.replace(hour=3) + DAY)
    async with db.read() as tx:
        ((facts, at, urgency),) = await tx.fetch("SELECT facts, not_before, urgency FROM outbox WHERE kind = 'night'")
    assert (json.loads(facts)["broken"], json.loads(facts)["reason"]) == (99, "cut")
    assert (at, urgency) == (0, 0)  # at once


# After a restore


async def test_after_an_older_database_came_into_place_all_is_held_until_an_owner_looks(
    db: Database, tmp_path: Path
) -> None:
    place = await opened_place(db, tmp_path)
    if db.dialect == "sqlite":
        place = Place(Path(db.path), "", place.owners)
    marks_of_me = Marks("MINE", 711_000_000)
    async with db.write() as tx:
        await plant(tx, marks_of_me, 1, ME, OTHER, without={"audit", "outbox", "dialogs"})
        await outbox.insert(tx, [Intent("w", "parked", {"number": 7}, user_id=OWNER, not_before=5)])
    assert not await keeping.wake_after_restore(db, place, NOW)
    place.journals.keep_erasure(FRESH, 1, [ME])  # erased after the backup that now comes back
    place.journals.keep_head(FRESH, 500, "f" * 64)
    assert await keeping.wake_after_restore(db, place, NOW)
    assert await keeping.held(db)
    async with db.read() as tx:
        assert await tx.value("SELECT name FROM people WHERE id = 1") == erasure.NOBODY
        assert await marks.get(tx, erasure.DUE) == "1"
        assert await tx.value("SELECT not_before FROM outbox WHERE key = 'w'") > instant(NOW + 36500 * DAY)
        assert await tx.value("SELECT user_id FROM outbox WHERE kind = 'restored'") == OWNER
        assert await tx.value("SELECT COUNT(*) FROM audit WHERE action = 'restore'") == 1
    assert not await keeping.keep_night(db, place, NOW.replace(hour=3))
    assert await keeping.keep_night(db, place, NOW.replace(hour=3) + DAY)  # backup and terms wait for nobody ...
    async with db.read() as tx:
        assert await tx.value("SELECT COUNT(*) FROM outbox WHERE kind = 'night'") == 0  # ... but nothing is said
        assert await marks.get(tx, keeping.TERMS)
    assert 500 in place.journals.heads()
    assert not await keeping.wake_after_restore(db, place, NOW)  # the next start finds nothing new, and it stays held
    assert await keeping.held(db)
    cause, beside = Cause(db, None, {}), place.journals
    stranger = await accounts.recognise(db, OTHER, frozenset(), NOW)
    assert (await keeping.resume(cause, stranger, beside, NOW)).name == "error-stale"
    assert 500 in beside.heads()  # what may as well be a cut is seen until somebody has looked
    assert (await keeping.resume(cause, await owner(db), beside, NOW)).facts["count"] == 1
    assert beside.heads() == {}
    assert (await keeping.resume(Cause(db, None, {}), await owner(db), beside, NOW)).name == "backup-not-held"
    async with db.read() as tx:
        assert await tx.value("SELECT not_before FROM outbox WHERE key = 'w'") == 5


# Erasure

# The unit's own papers, which whoever wrote them only signed; words of the program, ids and days, nobody's words.
STAYS: Mapping[str, str] = {
    "notices": "state text file_kind file_id file_name deadline audience reach source",
    "notice_changes": "act before flying",
    "notice_rounds": "reason",
    "notice_people": "fate",
    "occurrences": "plan local_date state reason facts",
    "imports": "digest file_name entries state missing_state departments",
    "invites": "code_hash",
    "group_bindings": "title",
    "postings": "from_date status",
    "checkins": "service_date state",
    "checkin_events": "act from_state to_state",
    "taps": "local_date kind",
    "outbox": "kind state reason owner matter",
    "inbox": "state",
}


async def cells(db: Database) -> dict[tuple[str, str], list[Any]]:
    """Everything in the database, by table and column."""
    found: dict[tuple[str, str], list[Any]] = {}
    async with db.read() as tx:
        for table, columns in (await columns_of(tx)).items():
            for column in columns:
                found[table, column] = [row[0] for row in await tx.fetch(f"SELECT {column} FROM {table}")]
    return found


async def counts(db: Database) -> Counter[str]:
    """What every figure is made of."""
    async with db.read() as tx:
        rows = await tx.fetch("SELECT COUNT(*), COALESCE(SUM(minutes), 0), COUNT(DISTINCT person_id) FROM checkins")
        return Counter(
            {"heads": await people.count(tx), "checkins": rows[0][0], "minutes": rows[0][1], "n": rows[0][2]}
        )


async def test_whoever_erases_himself_is_in_no_column_of_any_table_any_more(db: Database, tmp_path: Path) -> None:
    place = await opened_place(db, tmp_path)
    mine, theirs = Marks("MINE", 711_000_000), Marks("THEIRS", 832_000_000)
    async with db.write() as tx:
        await plant(tx, mine, 1, ME, OTHER, without={"audit"})
        await plant(tx, theirs, 2, OTHER, ME, without={"audit"})
        await tx.execute("UPDATE people SET status = 'active'")
        await audit.append(tx, FRESH, ME, "setting", "target", "1", "2")
        await audit.append(tx, FRESH, THIRD, "roster-changed", "person:1", "", "")
        given = await tx.value("SELECT consent_at FROM accounts WHERE user_id = ?", ME)
    before = await counts(db)
    me = await accounts.recognise(db, ME, frozenset(), NOW)
    assert (await privacy.erase(Cause(db, None, {}), me, given, place.journals, NOW)).name == "leave-erased"
    assert await counts(db) == before
    after = await cells(db)
    left = {where for where, values in after.items() if any("MINE" in str(value) for value in values)}
    assert left - {(table, column) for table in STAYS for column in STAYS[table].split()} == set()
    assert [where for where, values in after.items() if str(ME) in map(str, values)] == []
    kept = {(table, column) for (table, column), mark in theirs.planted.items()
            if any(mark in str(value) for value in after[table, column])}  # fmt: skip
    assert {place for place, mark in theirs.planted.items() if mark.startswith("THEIRS")} <= kept
    async with db.read() as tx:
        assert (await audit.verify(tx, {})).broken == 0
