"""Export of one person: what stands in any column of any table about him is in it, nothing of anybody else."""

import json
from typing import Any

from bot.services import privacy as service
from storage import accounts, people
from storage.engine import Tx
from tests.flows.conftest import NOW, Stage


async def plant(tx: Tx, person: int, user: int, mark: str) -> set[str]:
    """A canary in every text column that anybody could write for this person; what was planted."""
    words: set[str] = set()

    def canary(where: str) -> str:
        words.add(f"{mark}-{where}")
        return f"{mark}-{where}"

    await tx.execute("UPDATE people SET name = ?, title = ? WHERE id = ?", canary("name"), canary("title"), person)
    number = await tx.value(
        "INSERT INTO checkins (person_id, department_id, service_date, minutes, text, state, late_reason, created_at,"
        " source) SELECT id, department_id, '2026-10-01', 60, ?, 'submitted', ?, 1, ? FROM people WHERE id = ?"
        " RETURNING id",
        canary("text"),
        canary("late"),
        canary("source"),
        person,
    )
    await tx.execute(
        "INSERT INTO checkin_events (checkin_id, at, actor_user, act, to_state, version, note)"
        " VALUES (?, 1, ?, 'submit', 'submitted', 1, ?)",
        number,
        user,
        canary("note"),
    )
    await tx.execute("INSERT INTO checkin_photos VALUES (?, ?, ?, 1)", number, canary("unique"), canary("file"))
    await tx.execute(
        "INSERT INTO checkin_drafts (user_id, facts, at) VALUES (?, ?, 1)", user, json.dumps([canary("draft")])
    )
    await tx.execute(
        "INSERT INTO dialogs (key, state, data, changed_at) VALUES (?, ?, ?, 1)",
        f"{user}:{user}",
        canary("state"),
        json.dumps([canary("data")]),
    )
    await tx.execute(
        "INSERT INTO outbox (key, user_id, kind, facts, urgency, not_before, state, reason)"
        " VALUES (?, ?, 'parked', ?, 1, 0, 'failed', ?)",
        f"k{user}",
        user,
        json.dumps([canary("facts")]),
        canary("reason"),
    )
    await tx.execute(
        "INSERT INTO inbox (update_id, chat_id, body, received_at, state) VALUES (?, ?, ?, 1, 'parked')",
        -user,
        user,
        canary("body"),
    )
    await tx.execute(
        "INSERT INTO registrations (user_id, person_id, account_name, state, created_at)"
        " VALUES (?, ?, ?, 'approved', 1)",
        user,
        person,
        canary("account"),
    )
    return words


async def test_every_canary_of_mine_is_in_it_and_none_of_anybody_else(demo: Stage) -> None:
    me, other = demo.of("ZF005"), demo.of("ZF006")
    ids: dict[int, Any] = {}
    async with demo.app.db.write() as tx:
        for one in (me, other):
            account, person, _ = await accounts.find(tx, one.id)
            assert account is not None and person is not None
            ids[one.id] = person.id
        mine = await plant(tx, ids[me.id], me.id, "MINE")
        theirs = await plant(tx, ids[other.id], other.id, "THEIRS")
        assert await people.get(tx, ids[me.id]) is not None
    actor = await _actor(demo, me.id)
    whole = json.dumps(dict(await service.export(demo.app.db, actor, NOW)), ensure_ascii=False)
    assert {word for word in mine if word not in whole} == set()
    assert {word for word in theirs if word in whole} == set()
    assert str(other.id) not in whole


async def _actor(stage: Stage, user_id: int) -> Any:
    from bot.services.accounts import recognise

    return await recognise(stage.app.db, user_id, None, frozenset(), NOW)
