"""The notice changes: everybody is asked again, once, and may refuse."""

import pytest

from tests.flows.conftest import Stage


@pytest.fixture(autouse=True)
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.registration.CONSENT_VERSION", 2)


async def test_whoever_agreed_to_the_old_notice_is_asked_before_anything_else(demo: Stage) -> None:
    person = demo.of("ZF005")
    asked = await person.says("/checkin 2 社区清扫")
    assert "有更新" in asked.text and "第 2 版" in asked.text
    assert "有更新" in (await person.says("昨天下午在社区清扫两个半小时")).text
    assert "已记下" in (await person.presses("同意新版")).text
    assert "社区清扫" in (await person.says("/checkin 2 社区清扫")).text
    async with demo.app.db.read() as tx:
        assert await tx.value("SELECT consent_version FROM accounts WHERE user_id = ?", person.id) == 2
        assert await tx.value("SELECT COUNT(*) FROM audit WHERE action = 'consent'") == 1


async def test_rights_can_be_used_without_agreeing(demo: Stage) -> None:
    person = demo.of("ZF005")
    assert "第 2 版" in (await person.says("/privacy")).text
    assert (await person.says("/mydata")).document is not None
    await person.says("/leave")
    assert "同意已撤回" in (await person.presses("确定退出")).text


async def test_who_does_not_agree_may_leave_or_look_again(demo: Stage) -> None:
    person = demo.of("ZF005")
    await person.says("/me")
    assert "确定要退出吗" in (await person.presses("不同意")).text
    assert "有更新" in (await person.says("/me")).text


async def test_an_old_button_agrees_to_nothing(demo: Stage) -> None:
    person = demo.of("ZF005")
    for data in ("renew:1:1", "renew:1:3"):
        await person.says("/me")
        await person.forges(data)
    async with demo.app.db.read() as tx:
        assert await tx.value("SELECT consent_version FROM accounts WHERE user_id = ?", person.id) == 1
    stranger = demo.person(777)
    await stranger.says("/start")
    assert "已记下" not in (await stranger.forges("renew:1:2")).text
