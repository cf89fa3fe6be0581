"""A group robot that fails, and everybody who does not notice."""

from pathlib import Path

import pytest

from bot.demo import demo_people
from bot.services import mirrors
from tests.flows.conftest import Stage, rows
from tests.flows.sending import at_rest, done, ended, without_mornings


def robot(monkeypatch: pytest.MonkeyPatch, *, works: bool) -> list[str]:
    """What it was given to post."""
    posted: list[str] = []

    async def post(url: str, title: str, body: str) -> bool:
        posted.append(f"{title} {body}")
        return works

    monkeypatch.setattr(mirrors, "post", post)
    return posted


async def test_a_robot_that_fails_delays_nobody_and_the_owner_hears_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted = robot(monkeypatch, works=False)
    stage = Stage(tmp_path, mirror_urls="wecombot://key")
    await stage.open()
    owner = stage.owner()
    await owner.says("/help")
    now = stage.clock.now()
    async with stage.app.db.write() as tx:
        await tx.execute(
            "INSERT INTO notices (id, author_user, authority, text, state, planned_at, created_at)"
            " VALUES (1, 900, 900, '周五植树', 'done', ?, 0)",
            int(now.timestamp() * 1000),
        )
    for step in range(4):
        await stage.app._mirror(now + step * mirrors.AGAIN)
    await at_rest(stage)
    assert posted == ["【通知】示例单位 周五植树"] * 3
    assert "第 1 个群机器人" in (await owner.hears("MIRROR_URLS")).text
    assert await rows(stage, "SELECT state FROM mirrors") == [("failed",)]
    assert "key" not in owner.last.text
    await stage.close()


async def test_a_correction_and_a_recall_reach_the_group_and_no_name_ever_does(
    demo: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = robot(monkeypatch, works=True)
    monkeypatch.setattr(type(demo.app.settings), "robots", ("wecombot://key",))
    await without_mornings(demo)
    office = demo.of("BG002")
    await done(demo, office)
    await demo.app._mirror(demo.clock.now())
    await office.presses("更正")
    await office.says("周六下午三点开会")
    await office.presses("更正", office.last)
    await ended(demo)
    await demo.app._mirror(demo.clock.now())
    await office.says("/notice")
    await office.presses("№1")
    await office.presses("撤回")
    await office.presses("撤回", office.last)
    await ended(demo)
    for _ in range(2):
        await demo.app._mirror(demo.clock.now())
    assert [text.split()[0] for text in said] == [f"【{what}】示例单位" for what in ("通知", "更正", "撤回")]
    assert "周六下午三点开会" in said[1] and "开会" not in said[2]
    for person in demo_people():
        assert not [text for text in said if person.name in text or person.staff_number in text]
    # what was told privately to some is told to no group when it is put right, either
    await done(demo, demo.of("ZF001"), text="沈志强明天值班")
    await demo.app._mirror(demo.clock.now())
    assert len(said) == 3
