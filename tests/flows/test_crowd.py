"""A crowd of strangers at the door: those of the roster are heard, and so is whoever has just been let in."""

import pytest

from tests.flows.conftest import Stage

AT_ONCE = 5


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.brake.RUSH", AT_ONCE)
    monkeypatch.setattr("bot.brake.STRANGERS", 0.001)  # a second, so that none is added meanwhile


async def test_a_crowd_is_answered_as_far_as_it_goes_and_keeps_nobody_of_the_roster_waiting(demo: Stage) -> None:
    crowd = [demo.person(50_000 + number) for number in range(AT_ONCE * 3)]
    for stranger in crowd:
        demo.world.say(stranger.id, "有人吗")
    assert "我的志愿服务" in (await demo.of("ZF005").says("/me")).text
    assert "您" in (await demo.owner().says("/help")).text
    await demo.settled()
    assert sum(1 for stranger in crowd if stranger.heard) == AT_ONCE


async def test_who_has_left_the_roster_is_one_of_the_crowd(demo: Stage) -> None:
    left = demo.of("ZF005")
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET status = 'left' WHERE staff_number = 'ZF005'")
    await left.says("/me")
    assert left.id not in demo.app.intake.members
    assert demo.of("ZF006").id in demo.app.intake.members
