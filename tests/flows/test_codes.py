"""codes_instead_of_names: whoever decides over others sees numbers, no names."""

import pytest

from tests.flows.conftest import Stage

NAME, NUMBER = "沈志强", "ZF005"


async def switch(stage: Stage, choice: str) -> None:
    owner = stage.owner()
    await owner.says("/settings")
    await owner.presses("以工号代替姓名")
    assert choice in (await owner.presses(choice)).text


async def seen_by_leader(stage: Stage) -> str:
    """All that the leader sees of the person: members, a search, his record, the card, what was decided."""
    leader = stage.of("ZF001")
    await leader.says(f"/members {NUMBER}")
    await leader.says("/members")
    await stage.of(NUMBER).says("/checkin 2 社区清扫")
    await leader.says("/pending")
    await leader.presses("确认")
    messages = [m for m in stage.world.messages(leader.id) if m.from_bot]
    return "\n".join((m.text or m.caption or "") + str(m.buttons) for m in messages)


async def test_a_name_stands_there_unless_it_is_switched_off(demo: Stage) -> None:
    assert NAME in await seen_by_leader(demo)


async def test_with_codes_a_leader_sees_no_name_anywhere(demo: Stage) -> None:
    await switch(demo, "打开")
    shown = await seen_by_leader(demo)
    assert NUMBER in shown and NAME not in shown


async def test_it_can_be_switched_back(demo: Stage) -> None:
    await switch(demo, "打开")
    await switch(demo, "关闭")
    assert NAME in await seen_by_leader(demo)


@pytest.mark.parametrize("number", ["ZF005", "ZF001"])
async def test_nobody_but_the_office_switches(demo: Stage, number: str) -> None:
    await demo.of(number).says("/help")
    await demo.of(number).forges("set:codes_instead_of_names:on")
    async with demo.app.db.read() as tx:
        assert await tx.value("SELECT COUNT(*) FROM settings WHERE name = 'codes_instead_of_names'") == 0
