"""The same crashes on PostgreSQL: a few of each kind."""

from collections.abc import AsyncIterator, Iterator
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from bot.demo import seed
from tests.conftest import copied, template
from tests.e2e import test_messages, test_stopping, test_updates
from tests.e2e.conftest import AT_NIGHT, NOW, Rig, make_rig

DONE, FAILED = 0, 1


@pytest.fixture
def bare(postgres_url: str) -> Iterator[str]:
    """The address of an empty database."""
    with copied(postgres_url, "template1") as url:
        yield url


@pytest.fixture(scope="session")
def postgres_seeded(postgres_url: str) -> str:
    """The demo unit as it is at this hour; to be copied."""
    return template(postgres_url, "seeded", lambda database: seed(database, NOW))


@pytest.fixture
def unit(postgres_url: str, postgres_seeded: str) -> Iterator[str]:
    """The address of a copy of it."""
    with copied(postgres_url, postgres_seeded) as url:
        yield url


@pytest.fixture
async def rig(cradle: ForkServerContext, tmp_path: Path, unit: str) -> AsyncIterator[Rig]:
    rig = await make_rig(cradle, tmp_path, unit)
    yield rig
    await rig.close()


@pytest.fixture
async def night(rig: Rig) -> Rig:
    rig.now = AT_NIGHT
    return rig


@pytest.mark.parametrize("point", ["after_store", "after_effect_commit", "after_reply_before_done"])
async def test_everybody_is_answered_and_everything_is_done_once(night: Rig, point: str) -> None:
    await test_updates.test_everybody_is_answered_and_everything_is_done_once(night, point)


async def test_a_check_in_asked_for_step_by_step_goes_on_at_the_right_step(night: Rig) -> None:
    await test_updates.test_a_check_in_asked_for_step_by_step_goes_on_at_the_right_step(night, "after_effect_commit")


@pytest.mark.parametrize("point", ["delivered", "inside_result_commit"])
async def test_a_morning_message_never_comes_twice_and_what_is_uncertain_is_shown(rig: Rig, point: str) -> None:
    await test_messages.test_a_morning_message_never_comes_twice_and_what_is_uncertain_is_shown(rig, point)


async def test_a_broadcast_is_planned_whole_or_not_at_all(rig: Rig) -> None:
    await test_messages.test_a_broadcast_is_planned_whole_or_not_at_all(rig)


async def test_other_messages_all_arrive_and_at_most_those_in_flight_twice(night: Rig) -> None:
    await test_messages.test_other_messages_all_arrive_and_at_most_those_in_flight_twice(night, "before_result_commit")


async def test_in_a_rush_nobody_is_forgotten_and_nobody_hears_twice(night: Rig) -> None:
    await test_stopping.test_in_a_rush_nobody_is_forgotten_and_nobody_hears_twice(night, None)


async def test_beside_a_running_bot_only_one_more_is_refused(night: Rig) -> None:
    bot = await night.start()
    for command in ("run", "migrate"):
        process = night.spawn(command)
        assert await process.ended() == FAILED
        assert "已有一个机器人进程" in process.log
    assert await night.spawn("doctor").ended() == DONE
    await bot.kill()
    assert await night.spawn("migrate").ended() == DONE


@pytest.mark.parametrize("n", [4, 25])
async def test_a_killed_migration_has_done_nothing_and_is_done_again(
    cradle: ForkServerContext, tmp_path: Path, bare: str, n: int
) -> None:
    rig = Rig(cradle, tmp_path, bare, NOW)
    await rig.spawn("migrate", point="at_statement_postgres", n=n).killed()
    found = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_version'"
    assert await rig.rows(found) == []
    assert await rig.spawn("migrate").ended() == DONE
    assert len(await rig.rows(found)) > 10
    await rig.close()


@pytest.mark.parametrize("address", ["postgresql://x:s3cret@127.0.0.1:9/none", "postgresql://x:s3/cret@127.0.0.1/none"])
async def test_a_server_that_is_not_there_is_said_in_a_sentence(
    cradle: ForkServerContext, tmp_path: Path, address: str
) -> None:
    rig = Rig(cradle, tmp_path, address, NOW)
    process = rig.spawn()
    assert await process.ended() == FAILED
    assert "Traceback" not in process.log
    assert "s3" not in process.log
    await rig.close()
