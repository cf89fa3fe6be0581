"""A group robot that fails, and everybody who does not notice."""

from pathlib import Path

import pytest

from bot.services import mirrors
from tests.flows.conftest import Stage
from tests.flows.test_schedule import at_rest, rows


async def test_a_robot_that_fails_delays_nobody_and_the_owner_hears_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted: list[str] = []

    async def unreachable(url: str, title: str, body: str) -> bool:
        posted.append(f"{title} {body}")
        return False

    monkeypatch.setattr(mirrors, "post", unreachable)
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
