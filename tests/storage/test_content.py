"""The unit's own phrases and duties on both databases: who wins, what a day keeps, what it gives up."""

import datetime as dt
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot import content
from bot.domain.access import Actor
from bot.services import content as service
from bot.services import duties as mornings
from bot.services.effects import Cause, Outcome
from storage import content as store
from storage import duties, inbox
from storage.content import Kept
from storage.duties import DayContent
from storage.engine import Database
from storage.records import Role

NOW = dt.datetime(2026, 10, 14, 7, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
OFFICE = Actor(1, 1, None, None, "", frozenset({Role.OFFICE}))
STAFF = Actor(2, 2, None, None, "", frozenset({Role.STAFF}))


async def add(db: Database, text: str = "请坐", kind: str = "phrase", actor: Actor = OFFICE) -> Outcome:
    return await service.add(Cause(db), actor, kind, {"text": text}, NOW)


async def kept(db: Database) -> list[Kept]:
    async with db.read() as tx:
        return list(await store.list_all(tx))


async def test_a_row_about_a_shipped_one_is_written_once(db: Database) -> None:
    async with db.write() as tx:
        first = await store.insert(tx, Kept(0, "duty", "ONE-1", "甲"), 1)
        assert await store.insert(tx, Kept(0, "duty", "ONE-1", "乙"), 2) is None
        assert await store.insert(tx, Kept(0, "phrase", None, "丙"), 3) is not None
        assert await store.insert(tx, Kept(0, "phrase", None, "丙"), 4) is not None
    assert first is not None
    assert [(row.shipped, row.text, row.active, row.version) for row in await kept(db)] == [
        ("ONE-1", "甲", True, 1),
        (None, "丙", True, 1),
        (None, "丙", True, 1),
    ]


async def test_a_change_is_a_compare_and_set(db: Database) -> None:
    await add(db)
    (old,) = await kept(db)
    async with db.write() as tx:
        assert await store.change(tx, old, Kept(old.id, "phrase", None, "一", active=False), 5)
        assert not await store.change(tx, old, Kept(old.id, "phrase", None, "二"), 6)
    (now,) = await kept(db)
    assert (now.text, now.active, now.version) == ("一", False, 2)


async def test_a_replayed_update_adds_nothing_and_says_the_same(db: Database) -> None:
    async with db.write() as tx:
        assert await inbox.insert(tx, 1, 1, "{}", 0) == 1
    said = [await service.add(Cause(db, 1), OFFICE, "phrase", {"text": "请坐"}, NOW) for _ in range(2)]
    assert said == [Outcome("content-added", {"item": "U1"})] * 2
    assert len(await kept(db)) == 1


async def test_nobody_without_the_right_changes_anything(db: Database) -> None:
    await add(db)
    cause = Cause(db)
    answers = [
        await add(db, "别的", actor=STAFF),
        await service.edit(cause, STAFF, "U1", 1, "text", "别的", NOW),
        await service.switch(cause, STAFF, "U1", 1, False, NOW),
        await service.restore(cause, STAFF, "ONE-1", 0, NOW),
    ]
    assert {one.name for one in answers} == {"error-stale"}
    assert [row.text for row in await kept(db)] == ["请坐"]


async def test_there_are_no_more_of_its_own_than_it_may_have(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(service.MOST, "duty", 1)
    assert (await add(db, "一", "duty")).name == "content-added"
    assert (await add(db, "二", "duty")).name == "content-too-many"
    assert (await add(db, "二", "phrase")).name == "content-added"


async def test_only_a_day_that_is_not_planned_is_settled_anew(db: Database) -> None:
    yesterday, tomorrow = TODAY - dt.timedelta(1), TODAY + dt.timedelta(1)
    async with db.write() as tx:
        for day in (yesterday, TODAY, tomorrow):
            await duties.insert_content(tx, DayContent(day, "U1", "ONE-1", '{"phrase": ["a", "", ""]}'))
        await tx.execute(
            "INSERT INTO occurrences (plan, local_date, due_at, late_at) VALUES ('morning', ?, 0, 0)", TODAY.isoformat()
        )
        await duties.forget_unsent(tx, "U2", TODAY)
        assert await duties.get_content(tx, tomorrow) is not None
        await duties.forget_unsent(tx, "U1", TODAY)
        assert [await duties.get_content(tx, d) is not None for d in (yesterday, TODAY, tomorrow)] == [
            True,
            True,
            False,
        ]
        said = await duties.get_content(tx, TODAY)
    assert said is not None and said.words == '{"phrase": ["a", "", ""]}'


async def test_over_months_every_duty_has_its_turn_also_where_some_come_and_go(db: Database) -> None:
    """Thirty working days after one was added each has come as often as any other, or once less."""
    used: list[str] = []
    day = date(2026, 3, 2)
    for number in range(60):
        if number == 7:
            await add(db, "来电必接", "duty")
        if number == 9:
            await service.switch(Cause(db), OFFICE, "ONE-2", 0, False, NOW)
        moment = dt.datetime(day.year, day.month, day.day, 9, tzinfo=NOW.tzinfo)
        shown = await mornings.show_day(Cause(db), moment)
        if shown.facts["today"]:
            used.append(shown.facts["duty"])
        day += dt.timedelta(1)
    later = used[-33:]
    assert "U1" in later and "ONE-2" not in later
    counts = {name: later.count(name) for name in later}
    assert len(counts) == 11 and set(counts.values()) == {3}


async def test_no_phrase_of_the_units_own_comes_twice_in_a_year(db: Database) -> None:
    await add(db)
    async with db.write() as tx:
        await duties.insert_content(tx, DayContent(TODAY - dt.timedelta(300), "U1", ""))
        for phrase in content.load().phrases[:20]:
            await duties.insert_content(tx, DayContent(TODAY - dt.timedelta(int(phrase.id[1:]) + 400), phrase.id, ""))
        for phrase in content.load().phrases[20:]:
            await tx.execute(
                "INSERT INTO contents (kind, shipped, active, changed_at) VALUES ('phrase', ?, 0, 0)", phrase.id
            )
    shown = await mornings.show_day(Cause(db), NOW)
    assert shown.facts["phrase"] == "P020"  # the one that was said longest ago; the own one is not a year old
