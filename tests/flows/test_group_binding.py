"""A department's group: bound by its leader with a code, in both places by the same person; totals only, and an end."""

import datetime as dt

from storage.records import PersonStatus
from tests.flows.conftest import NOW, labels, value
from tests.flows.registering import status
from tests.flows.test_grants import take
from tests.flows.test_groups import GROUP, REPORT, STAFF, Group, caption, group, membership

__all__ = ["group"]
LEADER_NUMBER, LEADER = "ZF001", 1033
BIND = "/bind@wenming_demo_bot"
OPEN = "SELECT COUNT(*) FROM group_bindings WHERE ended_at IS NULL"


async def code_shown(group: Group, user: int = LEADER) -> str:
    answer = caption(await group.says(user, BIND))
    assert "绑定码" in answer
    return answer.partition("绑定码：")[2].partition("（")[0].strip()


async def bound(group: Group) -> None:
    """To 执法处, by its leader."""
    code = await code_shown(group)
    leader = group.stage.of(LEADER_NUMBER)
    await leader.says(f"/bind {code}")
    assert "已绑定到 执法处" in (await leader.presses("执法处")).text


async def test_a_bound_group_hears_the_totals_of_its_department_whoever_of_the_roster_asks(group: Group) -> None:
    assert "私聊" in caption(await group.says(STAFF, REPORT))
    await bound(group)
    answer = await group.says(STAFF, REPORT)
    assert caption(answer).startswith("执法处") and "%" in caption(answer)
    assert "沈志强" not in caption(answer)
    turned = await group.answer(
        lambda: group.world.press(STAFF, answer.id, next(n for n in labels(answer) if "‹" in n), chat_id=GROUP)
    )
    assert caption(turned).startswith("执法处")
    assert "没有找到" in caption(await group.says(STAFF, f"{REPORT} 财务处"))
    # also to the office this group shows its own department only
    assert caption(await group.says(1011, REPORT)).startswith("执法处")


async def test_strangers_hear_nothing_of_a_bound_group_either(group: Group) -> None:
    await bound(group)
    answer = await group.says(77, REPORT)
    assert "私聊" in caption(answer) and "%" not in caption(answer)


async def test_it_stays_silent_unless_it_is_addressed(group: Group) -> None:
    await bound(group)
    world = group.world
    world.chats[GROUP].bot_status = "administrator"
    await group.silence(
        lambda: world.say(STAFF, "/report", chat_id=GROUP),
        lambda: world.say(STAFF, "昨天社区清扫两小时", chat_id=GROUP),
        lambda: world.say(STAFF, "/bind", chat_id=GROUP),
    )


async def test_an_anonymous_administrator_or_a_channel_asks_for_nothing(group: Group) -> None:
    await bound(group)
    chat = {"id": GROUP, "type": "group", "title": "群"}
    bot = {"id": 1087968824, "is_bot": True, "first_name": "Group"}

    def said(text: str, sender: dict[str, object], sender_chat: dict[str, object]) -> dict[str, object]:
        entities = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        return {"message": {"message_id": 900, "from": sender, "sender_chat": sender_chat, "chat": chat, "date": 1,
                            "text": text, "entities": entities}}  # fmt: skip

    person = {"id": LEADER, "is_bot": False, "first_name": "冯"}
    await group.silence(
        *(
            lambda text=text, sender=sender, where=where: group.world.push_raw(said(text, sender, where))
            for text in (REPORT, BIND)
            for sender, where in ((bot, chat), (person, {**chat, "id": -1009}))
        )
    )
    assert await value(group.stage, "SELECT COUNT(*) FROM group_codes") == 0


async def test_the_code_serves_nobody_but_who_asked_and_not_for_long(group: Group) -> None:
    code = await code_shown(group)
    for number in ("CW001", "BG002"):
        assert "不能使用" in (await group.stage.of(number).says(f"/bind {code}")).text
    leader = group.stage.of(LEADER_NUMBER)
    assert "不能使用" in (await leader.says("/bind 00000000")).text
    newer = await code_shown(group)
    assert "不能使用" in (await leader.says(f"/bind {code}")).text
    group.stage.move_to(NOW + dt.timedelta(minutes=31))
    assert "不能使用" in (await leader.says(f"/bind {newer}")).text
    assert await value(group.stage, OPEN) == 0


async def test_a_leader_binds_a_group_to_nothing_but_his_own(group: Group) -> None:
    code = await code_shown(group)
    leader = group.stage.of(LEADER_NUMBER)
    shown = await leader.says(f"/bind {code}")
    assert [b.text for row in shown.buttons for b in row] == ["执法处"]
    foreign = await value(group.stage, "SELECT id FROM departments WHERE path = '财务处'")
    assert "不能使用" in (await leader.forges(f"gb:bind:{foreign}:{code}")).text
    assert await value(group.stage, OPEN) == 0
    # and staff do not get as far as a code
    assert "私聊" in caption(await group.says(STAFF, BIND))
    assert "不在您的权限" in (await group.stage.of("ZF005").says(f"/bind {code}")).text


async def test_a_code_is_used_once(group: Group) -> None:
    code = await code_shown(group)
    leader = group.stage.of(LEADER_NUMBER)
    shown = await leader.says(f"/bind {code}")
    place = await value(group.stage, "SELECT id FROM departments WHERE path = '执法处'")
    await leader.presses("执法处", shown)
    assert "不能使用" in (await leader.forges(f"gb:bind:{place}:{code}")).text
    assert "不能使用" in (await leader.says(f"/bind {code}")).text
    assert await value(group.stage, OPEN) == 1


async def test_whoever_might_have_bound_it_unbinds_it_and_nobody_else(group: Group) -> None:
    await bound(group)
    number = await value(group.stage, "SELECT id FROM group_bindings")
    assert "还没有绑定群" in (await group.stage.of("CW001").says("/bind")).text
    assert "失效" in (await group.stage.of("CW001").forges(f"gb:unbind:{number}:")).text
    staff = group.stage.of("ZF005")
    await staff.says("/me")
    assert "失效" in (await staff.forges(f"gb:unbind:{number}:")).text
    office = group.stage.of("BG002")
    assert "文明创建工作群 → 执法处" in (await office.says("/bind")).text
    await office.presses("解除")
    assert "已解除" in (await office.presses("确认解除")).text
    assert "私聊" in caption(await group.says(STAFF, REPORT))
    assert await value(group.stage, "SELECT COUNT(*) FROM audit WHERE action IN ('group-bound', 'group-unbound')") == 2


async def test_the_binding_ends_with_the_role_of_who_bound_it_and_does_not_come_back(group: Group) -> None:
    await bound(group)
    assert "已收回" in await take(group.stage.of("BG002"), "收回 冯承志")
    assert "私聊" in caption(await group.says(STAFF, REPORT))
    async with group.stage.app.db.write() as tx:
        await tx.execute("UPDATE people SET role = 'leader' WHERE staff_number = ?", LEADER_NUMBER)
    assert "私聊" in caption(await group.says(STAFF, REPORT))


async def test_the_binding_ends_when_who_bound_it_leaves_the_roster(group: Group) -> None:
    await bound(group)
    async with group.stage.app.db.write() as tx:
        await status(tx, LEADER_NUMBER, PersonStatus.LEFT)
    assert "私聊" in caption(await group.says(STAFF, REPORT))
    assert await value(group.stage, OPEN) == 0


async def test_the_binding_ends_when_the_bot_is_put_out(group: Group) -> None:
    await bound(group)
    group.world.push_raw(membership(group, "member", "kicked"))
    await group.stage.settled()
    assert await value(group.stage, OPEN) == 0


async def test_a_group_that_becomes_another_one_takes_its_binding_along_once(group: Group) -> None:
    await bound(group)
    chat = {"id": GROUP, "type": "group", "title": "群"}
    person = {"id": LEADER, "is_bot": False, "first_name": "冯"}
    note = {"message_id": 950, "date": 1, "chat": chat, "from": person, "migrate_to_chat_id": -100777}
    for _ in range(2):
        group.world.push_raw({"message": note})
        await group.stage.settled()
    assert await value(group.stage, "SELECT chat_id FROM group_bindings WHERE ended_at IS NULL") == -100777
    assert await value(group.stage, OPEN) == 1


async def test_it_survives_a_restart_and_is_told_in_english(group: Group) -> None:
    await bound(group)
    await group.stage.restart_bot()
    assert caption(await group.says(STAFF, REPORT)).startswith("执法处")
    leader = group.stage.of(LEADER_NUMBER)
    await leader.says("/language en")
    assert "Bound groups" in (await leader.says("/bind")).text


async def test_who_binds_a_group_that_is_bound_hears_whose_it_was(group: Group) -> None:
    await bound(group)
    office = group.stage.of("BG002")
    asked = await office.says(f"/bind {await code_shown(group, office.id)}")
    assert "现在绑定的是 执法处" in asked.text
    answer = await office.presses("综合处", asked)
    assert "已绑定到 综合处" in answer.text and "原来绑定的 执法处 已解除" in answer.text
    assert await value(group.stage, OPEN) == 1
    assert await value(group.stage, "SELECT COUNT(*) FROM audit WHERE action = 'group-unbound'") == 1
    asked = await office.says(f"/bind {await code_shown(group, office.id)}")
    assert "已解除" not in (await office.presses("综合处", asked)).text
