"""Whoever was one of ours and has left or retired: told so on his own account, and nothing else is open to him."""

import pytest

from storage.records import PersonStatus
from tests.flows.conftest import Person, Stage
from tests.flows.registering import consenting, status


@pytest.mark.parametrize("gone", [PersonStatus.RETIRED, PersonStatus.LEFT])
async def test_whoever_has_left_is_not_asked_to_register_but_told_why_it_has_ended(
    demo: Stage, person: Person, gone: PersonStatus
) -> None:
    await person.says("/checkin 2 社区清扫")
    async with demo.app.db.write() as tx:
        await status(tx, "ZF005", gone)
    for said in ("/checkin 2 社区清扫", "/me", "你好", "/start", "/help", "昨天社区清扫两小时"):
        answer = await person.says(said)
        for piece in ("已离职或退休", "服务记录仍然保留", "联系创建办"):
            assert piece in answer.text, said
        assert "完成登记" not in answer.text and "孙玉兰" not in answer.text
    await person.says("/language en")
    assert "left or retired" in (await person.says("/me")).text
    async with demo.app.db.write() as tx:
        await status(tx, "ZF005", PersonStatus.ACTIVE)
    await person.says("/language zh")
    assert "我的志愿服务" in (await person.says("/me")).text


async def test_who_was_never_one_of_ours_or_has_gone_of_his_own_will_hears_nothing_of_it(
    demo: Stage, person: Person
) -> None:
    stranger = await consenting(demo)
    assert "离职" not in (await stranger.says("/me")).text
    await person.says("/leave")
    await person.presses("退出")
    await person.presses("确")
    assert "离职" not in (await person.says("/me")).text
