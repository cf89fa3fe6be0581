"""Logs at DEBUG over a whole run: no token, no name, no word that anybody wrote."""

import json
import logging

import pytest

from bot import logs
from tests.flows.conftest import TOKEN, Stage

CANARY = "金丝雀社区清扫"


async def test_a_run_at_debug_leaks_nothing(
    demo: Stage, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    logs.configure("DEBUG", "json")
    try:
        person, leader, owner = demo.of("ZF005"), demo.of("ZF001"), demo.owner()
        await person.says(f"/checkin 2 {CANARY}")
        await person.says("昨天下午在社区清扫两个半小时")
        await leader.says("/pending")
        await leader.presses("确认")
        await owner.says("/audit ZF005")
        await owner.says("/backup")
        await person.says("/mydata")
        stranger = demo.person(777, "金丝雀", "陌生人")
        await stranger.says("/start wrong-code-canary")

        async def broken(*_: object, **__: object) -> None:
            raise RuntimeError("on purpose") from KeyError(CANARY)

        monkeypatch.setattr("bot.services.records.month", broken)
        assert "处理时出了问题" in (await person.says("/me")).text
        logging.getLogger("bot").error("the address was /bot%s/getMe", TOKEN)
    finally:
        root.handlers[:] = kept
        root.setLevel(level)
    # JSON spells Chinese in numbers: in the lines as they stand no name would ever be found.
    said = "\n".join(str(json.loads(line)) for line in capsys.readouterr().err.splitlines())
    for heard in ("the address was", "on purpose", "KeyError"):
        assert heard in said, heard
    for word in (TOKEN, CANARY, "沈志强", "金丝雀", "陌生人", "wrong-code-canary", "社区清扫"):
        assert word not in said, word
