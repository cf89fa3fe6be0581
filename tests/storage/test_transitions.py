"""Every state, every act, everybody: through the services, on both databases."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import pytest

from bot.clock import instant
from bot.domain.access import Actor
from bot.domain.hours import Act, Draft
from bot.services import accounts as account_service
from bot.services import checkins as own
from bot.services import review
from bot.services.effects import Cause, Outcome
from storage import accounts, checkins, departments, export, people
from storage.engine import Database
from storage.migrate import said_to, steps
from storage.records import Checkin, CheckinState, Person, PersonStatus, Role

ZONE = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 10, 14, 10, 0, tzinfo=ZONE)
OWNER = 900
OWNERS = frozenset({OWNER})
# Name: department, role. 甲处 is above 甲处/一科; 乙处 is somebody else's.
CAST = {
    "self": ("甲处/一科", Role.STAFF),
    "colleague": ("甲处/一科", Role.STAFF),
    "leader": ("甲处/一科", Role.LEADER),
    "leader above": ("甲处", Role.LEADER),
    "leader elsewhere": ("乙处", Role.LEADER),
    "office": ("乙处", Role.OFFICE),
    "viewer": ("甲处", Role.VIEWER),
}
REVIEWERS = {"leader", "leader above", "office", "owner"}
OFFICE = {"office", "owner"}
S = CheckinState
# Line by line: from, act, who, to.
ALLOWED: dict[tuple[CheckinState, Act], tuple[set[str], CheckinState]] = {
    (S.SUBMITTED, Act.CHANGE): ({"self"}, S.SUBMITTED),
    (S.MORE_INFO, Act.CHANGE): ({"self"}, S.SUBMITTED),
    (S.SUBMITTED, Act.WITHDRAW): ({"self"}, S.WITHDRAWN),
    (S.MORE_INFO, Act.WITHDRAW): ({"self"}, S.WITHDRAWN),
    (S.SUBMITTED, Act.CONFIRM): (REVIEWERS, S.CONFIRMED),
    (S.SUBMITTED, Act.RETURN): (REVIEWERS, S.RETURNED),
    (S.SUBMITTED, Act.ASK): (REVIEWERS, S.MORE_INFO),
    (S.MORE_INFO, Act.RESUBMIT): ({"self"}, S.SUBMITTED),
    (S.RETURNED, Act.RESUBMIT): ({"self"}, S.SUBMITTED),
    (S.RETURNED, Act.CHANGE): ({"self"}, S.SUBMITTED),
    (S.CONFIRMED, Act.UNDO): (REVIEWERS, S.SUBMITTED),
    (S.CONFIRMED, Act.VOID): (OFFICE, S.VOIDED),
}


@dataclass
class Unit:
    """A small unit with its actors; `record` makes a check-in of "self" in any state."""

    db: Database
    actors: dict[str, Actor]
    serial: int = 0

    @property
    def cause(self) -> Cause:
        return Cause(self.db)

    async def record(
        self, state: CheckinState, minutes: int = 120, day: dt.date | None = None, who: str = "self"
    ) -> Checkin:
        """Each on a day of its own, so that no two meet."""
        self.serial += 1
        day = day or NOW.date() - dt.timedelta(days=self.serial % 300)
        person = self.actors[who].person
        assert person is not None
        new = Checkin(
            0,
            person.id,
            person.department_id,
            day,
            minutes,
            None,
            None,
            "植树",
            state,
            "",
            1,
            instant(NOW) - self.serial,
        )
        async with self.db.write() as tx:
            made = await checkins.insert(tx, new)
            assert made is not None
            if state is S.CONFIRMED:
                at = instant(NOW - dt.timedelta(minutes=5))
                await checkins.record_event(tx, made.id, at, OWNER, "confirm", S.SUBMITTED, state, 1)
        return made

    async def get(self, checkin_id: int) -> Checkin:
        async with self.db.read() as tx:
            found = await checkins.get(tx, checkin_id)
        assert found is not None
        return found

    async def count(self, sql: str, *args: object) -> int:
        async with self.db.read() as tx:
            found: int = await tx.value(sql, *args)
        return found


@pytest.fixture
async def unit(db: Database) -> AsyncIterator[Unit]:
    async with db.write() as tx:
        paths = {path: await departments.insert(tx, path) for path, _ in CAST.values()}
        roster = [
            Person(0, name, name, "", paths[path].id, role, PersonStatus.ACTIVE) for name, (path, role) in CAST.items()
        ]
        await people.insert_many(tx, roster, dt.date(2025, 1, 1))
        for user_id, name in enumerate(CAST, 1):
            person = await people.find_by_number(tx, name)
            assert person is not None
            await accounts.see(tx, user_id, user_id, 1)
            await accounts.consent(tx, user_id, 1, 1)
            await accounts.bind(tx, user_id, person.id, 1)
        await accounts.see(tx, OWNER, OWNER, 1)
    users = {name: user_id for user_id, name in enumerate(CAST, 1)} | {"owner": OWNER, "stranger": 777}
    yield Unit(db, {name: await account_service.recognise(db, user, OWNERS, NOW) for name, user in users.items()})


def perform(unit: Unit, act: Act, actor: Actor, record: Checkin, now: dt.datetime = NOW) -> Awaitable[Outcome]:
    acts: dict[Act, Callable[[], Awaitable[Outcome]]] = {
        Act.CHANGE: lambda: own.change(unit.cause, actor, record.id, {"minutes": 90}, now, OWNERS),
        Act.WITHDRAW: lambda: own.withdraw(unit.cause, actor, record.id, now),
        Act.RESUBMIT: lambda: own.resubmit(unit.cause, actor, record.id, "说明", now, OWNERS),
        Act.CONFIRM: lambda: review.confirm(unit.cause, actor, record.id, record.version, now, OWNERS),
    }
    noted = lambda: review.decide(unit.cause, actor, act, record.id, record.version, "原因", now)  # noqa: E731
    return acts.get(act, noted)()


EVENTS = "SELECT COUNT(*) FROM checkin_events WHERE checkin_id = ?"


@pytest.mark.parametrize("state", list(CheckinState))
async def test_only_what_the_table_allows_happens_and_only_by_whom_it_allows(unit: Unit, state: CheckinState) -> None:
    for act in Act:
        who_may, target = ALLOWED.get((state, act), (set(), state))
        for name, actor in unit.actors.items():
            before = await unit.record(state)
            events = await unit.count(EVENTS, before.id)
            outcome = await perform(unit, act, actor, before)
            after = await unit.get(before.id)
            case = f"{state} {act} by {name}: {outcome.name}"
            if name in who_may:
                assert after.state is target, case
                assert after.version == before.version + 1, case
                assert await unit.count(EVENTS, before.id) == events + 1, case
            else:
                assert after == before, case
                assert await unit.count(EVENTS, before.id) == events, case
                assert outcome.name.endswith(("gone", "not-yours", "stale")), case


async def test_nobody_decides_over_his_own_record_whatever_he_is(unit: Unit) -> None:
    for name in ("leader", "leader above", "office"):
        for state, act in (
            (S.SUBMITTED, Act.CONFIRM),
            (S.SUBMITTED, Act.RETURN),
            (S.CONFIRMED, Act.VOID),
            (S.CONFIRMED, Act.UNDO),
        ):
            before = await unit.record(state, who=name)
            outcome = await perform(unit, act, unit.actors[name], before)
            assert outcome.name == "review-not-yours"
            assert await unit.get(before.id) == before


async def test_a_confirmation_can_be_undone_for_ten_minutes_and_not_a_second_longer(unit: Unit) -> None:
    office = unit.actors["office"]
    record = await unit.record(S.SUBMITTED)
    await perform(unit, Act.CONFIRM, office, record)
    confirmed = await unit.get(record.id)
    late = NOW + dt.timedelta(minutes=10, seconds=1)
    assert (await perform(unit, Act.UNDO, office, confirmed, late)).name == "review-undo-over"
    assert (await perform(unit, Act.UNDO, office, confirmed, NOW + dt.timedelta(minutes=10))).name == "review-undone"


async def test_over_the_cap_of_a_day_two_different_reviewers_confirm(unit: Unit) -> None:
    day = NOW.date()
    record = await unit.record(S.SUBMITTED, 300, day)
    await unit.record(S.SUBMITTED, 240, day)
    assert (await perform(unit, Act.CONFIRM, unit.actors["leader"], record)).name == "review-voted"
    assert (await perform(unit, Act.CONFIRM, unit.actors["leader"], record)).name == "review-voted"
    assert (await unit.get(record.id)).state is S.SUBMITTED
    assert await unit.count(EVENTS, record.id) == 1
    assert (await perform(unit, Act.CONFIRM, unit.actors["office"], record)).name == "review-confirmed"
    assert (await unit.get(record.id)).state is S.CONFIRMED


async def test_whoever_votes_again_from_a_new_phone_is_one_reviewer(unit: Unit) -> None:
    record = await unit.record(S.SUBMITTED, 600, NOW.date())
    leader, new = unit.actors["leader"], 55
    assert leader.person is not None
    assert (await perform(unit, Act.CONFIRM, leader, record)).name == "review-voted"
    async with unit.db.write() as tx:
        await accounts.unbind(tx, leader.user_id)
        await accounts.see(tx, new, new, 1)
        await accounts.consent(tx, new, 1, 1)
        await accounts.bind(tx, new, leader.person.id, 1)
    again = await account_service.recognise(unit.db, new, OWNERS, NOW)
    assert (await review.next_waiting(unit.db, again, 0, NOW))["waiting"] == 0
    assert (await perform(unit, Act.CONFIRM, again, record)).name == "review-voted"
    assert (await unit.get(record.id)).state is S.SUBMITTED
    assert await unit.count(EVENTS, record.id) == 1
    # The old phone may still be an owner's: it has voted as well.
    owner = await account_service.recognise(unit.db, leader.user_id, OWNERS | {leader.user_id}, NOW)
    assert (await perform(unit, Act.CONFIRM, owner, record)).name == "review-voted"
    assert (await perform(unit, Act.CONFIRM, unit.actors["office"], record)).name == "review-confirmed"


async def test_who_has_acted_is_named_also_when_his_account_is_his_no_more(unit: Unit) -> None:
    record = await unit.record(S.SUBMITTED)
    leader = unit.actors["leader"]
    await perform(unit, Act.CONFIRM, leader, record)
    async with unit.db.write() as tx:
        await accounts.unbind(tx, leader.user_id)
    async with unit.db.read() as tx:
        assert [event.name for event in await checkins.list_events(tx, record.id, 9)] == ["leader"]
        assert [one.name for one in await export.list_decided(tx, [record.id])] == ["leader"]


async def test_an_upgrade_finds_out_who_has_acted(unit: Unit) -> None:
    record = await unit.record(S.SUBMITTED)
    leader, myself = unit.actors["leader"], unit.actors["self"]
    await perform(unit, Act.WITHDRAW, myself, await unit.record(S.SUBMITTED))
    await perform(unit, Act.CONFIRM, leader, record)
    await perform(unit, Act.CONFIRM, unit.actors["owner"], await unit.record(S.SUBMITTED))
    (statements,) = (statements for number, statements in steps() if number == 13)
    async with unit.db.write() as tx:
        for one in (leader, myself):
            await accounts.unbind(tx, one.user_id)
        before = await tx.fetch("SELECT actor_person FROM checkin_events ORDER BY id")
        await tx.execute("ALTER TABLE checkin_events DROP COLUMN actor_person")
        for statement in statements:
            await tx.execute(said_to(tx.dialect, statement))
        assert await tx.fetch("SELECT actor_person FROM checkin_events ORDER BY id") == before
    assert before == [(myself.person_id,), (leader.person_id,), (None,)]


async def test_a_vote_is_void_once_the_record_is_another(unit: Unit) -> None:
    record = await unit.record(S.SUBMITTED, 600, NOW.date())
    await perform(unit, Act.CONFIRM, unit.actors["leader"], record)
    await own.change(unit.cause, unit.actors["self"], record.id, {"minutes": 720}, NOW, OWNERS)
    changed = await unit.get(record.id)
    assert (await perform(unit, Act.CONFIRM, unit.actors["office"], record)).name == "review-stale"
    assert (await perform(unit, Act.CONFIRM, unit.actors["office"], changed)).name == "review-voted"
    assert (await unit.get(record.id)).state is S.SUBMITTED


async def test_who_has_voted_is_not_asked_again_and_another_is_called(unit: Unit) -> None:
    record = await unit.record(S.SUBMITTED, 600, NOW.date())
    leader, office = unit.actors["leader"], unit.actors["office"]
    assert (await review.next_waiting(unit.db, leader, 0, NOW))["id"] == record.id
    await perform(unit, Act.CONFIRM, leader, record)
    assert (await review.next_waiting(unit.db, leader, 0, NOW))["waiting"] == 0
    assert (await review.next_waiting(unit.db, office, 0, NOW))["votes"] == 1
    called = "SELECT COUNT(*) FROM outbox WHERE kind = 'work' AND user_id = ?"
    assert await unit.count(called, unit.actors["leader above"].user_id) == 1  # the next above him
    assert await unit.count(called, leader.user_id) == 0
    assert await unit.count(called, office.user_id) == 0


async def test_after_the_vote_of_the_only_one_of_the_office_the_owner_is_called(unit: Unit) -> None:
    record = await unit.record(S.SUBMITTED, 600, NOW.date(), who="leader above")
    await perform(unit, Act.CONFIRM, unit.actors["office"], record)
    called = "SELECT COUNT(*) FROM outbox WHERE kind = 'work' AND user_id = ?"
    assert await unit.count(called, unit.actors["owner"].user_id) == 1
    assert await unit.count(called, unit.actors["office"].user_id) == 0


async def test_a_thousand_presses_of_one_draft_make_one_record(unit: Unit) -> None:
    me = unit.actors["self"]
    draft = Draft(NOW.date(), 120, text="植树")
    number = (await own.propose(unit.cause, me, draft, NOW, "1/5", None, "", NOW)).facts["draft_id"]
    outcomes = await asyncio.gather(*(own.accept(unit.cause, me, number, NOW, OWNERS) for _ in range(1000)))
    assert sorted({o.name for o in outcomes}) == ["checkins-already", "checkins-recorded"]
    assert sum(o.name == "checkins-recorded" for o in outcomes) == 1
    assert await unit.count("SELECT COUNT(*) FROM checkins") == 1
    assert await unit.count("SELECT COUNT(*) FROM checkin_events") == 1


async def test_check_ins_at_the_same_moment_never_pass_the_limit_of_a_day(unit: Unit) -> None:
    me = unit.actors["self"]
    draft = Draft(NOW.date(), 300, text="植树")
    outcomes = await asyncio.gather(
        *(own.check_in(unit.cause, me, draft, NOW, f"1/{n}", NOW, OWNERS) for n in range(20))
    )
    assert sum(o.name == "checkins-recorded" for o in outcomes) == 4  # 20 of 24 hours
    assert sum(o.name == "checkins-refused-over-max" for o in outcomes) == 16


async def test_a_hundred_reviewers_at_once_confirm_once_and_the_person_hears_once(unit: Unit) -> None:
    record = await unit.record(S.SUBMITTED)
    office, leader = unit.actors["office"], unit.actors["leader"]
    outcomes = await asyncio.gather(
        *(perform(unit, Act.CONFIRM, office if n % 2 else leader, record) for n in range(100))
    )
    assert sum(o.name == "review-confirmed" for o in outcomes) == 1
    assert sum(o.name == "review-stale" for o in outcomes) == 99
    assert await unit.count("SELECT COUNT(*) FROM outbox WHERE kind = 'checkins-told-confirmed'") == 1


async def test_all_at_once_leaves_the_flagged_ones_and_those_out_of_reach(unit: Unit) -> None:
    plain = [await unit.record(S.SUBMITTED, day=NOW.date() - dt.timedelta(days=n)) for n in range(3)]
    flagged = await unit.record(S.SUBMITTED, 600, NOW.date() - dt.timedelta(days=4))
    elsewhere = await unit.record(S.SUBMITTED, who="office")
    leader = unit.actors["leader"]
    asked = await review.ask_all(unit.db, leader, NOW)
    assert (asked.facts["count"], asked.facts["stay"]) == (3, 1)
    wrong = await review.confirm_all(unit.cause, leader, 4, asked.facts["up_to"], NOW)
    assert wrong.name == "review-all-changed"
    done = await review.confirm_all(unit.cause, leader, 3, asked.facts["up_to"], NOW)
    assert done.name == "review-all-confirmed"
    assert {(await unit.get(r.id)).state for r in plain} == {S.CONFIRMED}
    assert {(await unit.get(r.id)).state for r in (flagged, elsewhere)} == {S.SUBMITTED}
    assert await unit.count("SELECT COUNT(*) FROM outbox WHERE kind LIKE 'checkins-told-%'") == 1
    again = await review.confirm_all(unit.cause, leader, 3, asked.facts["up_to"], NOW)
    assert again.name == "review-all-changed"


async def test_a_correction_supersedes_the_voided_record_once(unit: Unit) -> None:
    me = unit.actors["self"]
    voided = await unit.record(S.VOIDED)

    draft = Draft(NOW.date(), 60, text="植树")
    drafts = [await own.propose(unit.cause, me, draft, NOW, None, voided.id, "", NOW) for _ in range(2)]
    first, second = (found.facts["draft_id"] for found in drafts)
    assert (await own.accept(unit.cause, me, first, NOW, OWNERS)).name == "checkins-recorded"
    assert (await own.accept(unit.cause, me, first, NOW, OWNERS)).name == "checkins-already"
    assert (await own.accept(unit.cause, me, second, NOW, OWNERS)).name == "checkins-already"
    assert await unit.count("SELECT COUNT(*) FROM checkins WHERE supersedes = ?", voided.id) == 1


async def test_a_draft_is_accepted_by_nobody_but_its_person(unit: Unit) -> None:
    draft = Draft(NOW.date(), 120, text="植树")
    mine = await own.propose(unit.cause, unit.actors["self"], draft, NOW, "1/5", None, "", NOW)
    outcome = await own.accept(unit.cause, unit.actors["colleague"], mine.facts["draft_id"], NOW, OWNERS)
    assert outcome.name == "checkins-draft-gone"
    assert await unit.count("SELECT COUNT(*) FROM checkins") == 0


async def test_a_slow_reviewer_makes_nobody_late(unit: Unit) -> None:
    record = await unit.record(S.RETURNED, day=NOW.date())
    later = NOW + dt.timedelta(days=60)
    outcome = await own.resubmit(unit.cause, unit.actors["self"], record.id, "", later, OWNERS)
    assert outcome.name == "checkins-resubmitted"
    assert outcome.facts["flags"] == []


async def test_a_replayed_update_has_one_effect_and_its_first_outcome_again(unit: Unit) -> None:
    me, leader = unit.actors["self"], unit.actors["leader"]
    async with unit.db.write() as tx:
        sql = "INSERT INTO inbox (update_id, chat_id, body, received_at) VALUES (?, 1, '', 1) RETURNING id"
        said, pressed = Cause(unit.db, await tx.value(sql, 1)), Cause(unit.db, await tx.value(sql, 2))
    draft = Draft(NOW.date(), 120, text="植树")
    first, again = [await own.check_in(said, me, draft, NOW, None, NOW, OWNERS) for _ in range(2)]
    assert (first.name, first.facts) == (again.name, again.facts) == ("checkins-recorded", first.facts)
    done = [await review.confirm(pressed, leader, first.facts["id"], 1, NOW, OWNERS) for _ in range(2)]
    assert [outcome.name for outcome in done] == ["review-confirmed"] * 2
    assert await unit.count("SELECT COUNT(*) FROM checkins") == 1
    assert await unit.count(EVENTS, first.facts["id"]) == 2


async def test_the_hours_belong_to_the_department_of_the_service_date_and_are_decided_in_todays(unit: Unit) -> None:
    mover = unit.actors["self"].person
    assert mover is not None
    async with unit.db.write() as tx:
        elsewhere = await departments.find_by_path(tx, "乙处")
        assert elsewhere is not None
        await people.update_many(tx, [replace(mover, department_id=elsewhere.id)], NOW.date())
    me = await account_service.recognise(unit.db, 1, OWNERS, NOW)
    before, today = [
        await own.check_in(unit.cause, me, Draft(day, 60, text="植树"), NOW, None, NOW, OWNERS)
        for day in (NOW.date() - dt.timedelta(days=1), NOW.date())
    ]
    assert (await unit.get(before.facts["id"])).department_id == mover.department_id
    assert (await unit.get(today.facts["id"])).department_id == elsewhere.id
    record = await unit.get(before.facts["id"])
    assert (await perform(unit, Act.CONFIRM, unit.actors["leader"], record)).name == "review-not-yours"
    assert (await perform(unit, Act.CONFIRM, unit.actors["leader elsewhere"], record)).name == "review-confirmed"


async def test_codes_stand_in_place_of_names_where_the_unit_wants_it(unit: Unit) -> None:
    async with unit.db.write() as tx:
        await tx.execute("INSERT INTO settings (name, value, changed_at) VALUES ('codes_instead_of_names', 'true', 1)")
        await tx.execute("UPDATE people SET staff_number = 'N' || id")
    record = await unit.record(S.SUBMITTED)
    facts = await review.next_waiting(unit.db, unit.actors["office"], 0, NOW)
    assert facts["name"] == f"N{record.person_id}"
