"""Groups: one line, then silence; totals of departments to whoever may ask for them."""

from collections.abc import Callable

import pytest

from bot.sandbox.state import SentMessage
from storage import departments, settings
from tests.flows.conftest import Stage, labels

GROUP = -1001
OFFICE, STAFF, CHIEF, LEADER = 1011, 1037, 1001, 1033  # 孙玉兰, 沈志强, 蔡浩然 (综合处), 冯承志 (执法处)
ADMINISTRATOR = (
    *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
    *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories"),
    *("can_edit_stories", "can_delete_stories", "can_send_welcome_messages"),
)
REPORT = "/report@wenming_demo_bot"


class Group:
    """A group with the bot in it, and what the bot has said there."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.world = stage, stage.world

    @property
    def heard(self) -> list[SentMessage]:
        return [message for message in self.world.messages(GROUP) if message.from_bot]

    async def answer(self, act: Callable[[], object]) -> SentMessage:
        after = self.world.sequence
        act()
        found = await self.world.wait_for(GROUP, lambda m: m.from_bot, after=after)
        await self.stage.settled()
        return found

    async def says(self, user: int, text: str) -> SentMessage:
        return await self.answer(lambda: self.world.say(user, text, chat_id=GROUP))

    async def silence(self, *acts: Callable[[], object]) -> None:
        """Nothing the bot has said changes: an answered message of somebody else's marks that it was all handled."""
        before = [(message.id, message.edited) for message in self.heard]
        for act in acts:
            act()
        marker = self.stage.owner()
        await marker.says("/help")
        await self.stage.settled()
        assert [(message.id, message.edited) for message in self.heard] == before
        async with self.stage.app.db.read() as tx:
            assert await tx.value("SELECT COUNT(*) FROM inbox WHERE state = 'parked'") == 0


@pytest.fixture
async def group(demo: Stage) -> Group:
    demo.owner()
    demo.world.add_user(77, first_name="路人")
    demo.world.add_group(GROUP, "文明创建工作群", members=[OFFICE, STAFF, CHIEF, LEADER, 77], bot_inside=False)
    opened = Group(demo)
    await opened.answer(lambda: demo.world.add_bot_to_group(GROUP, by=OFFICE))
    return opened


async def set_small(stage: Stage, small: int) -> None:
    async with stage.app.db.write() as tx:
        await settings.put(tx, "small_department", str(small), 0)


async def number_of(stage: Stage, path: str) -> int:
    async with stage.app.db.read() as tx:
        found = await departments.find_by_path(tx, path)
    assert found is not None
    return found.id


def caption(message: SentMessage) -> str:
    return message.caption or message.text or ""


async def test_when_added_the_bot_says_one_line_and_names_its_command(group: Group) -> None:
    (only,) = group.heard
    assert "\n" not in caption(only) and REPORT in caption(only)


async def test_then_it_is_silent_whatever_is_said_or_sent(group: Group) -> None:
    world = group.world
    world.chats[GROUP].bot_status = "administrator"  # hears everything
    await group.silence(
        lambda: world.say(OFFICE, "昨天下午在社区清扫两个半小时", chat_id=GROUP),
        lambda: world.say(OFFICE, "/report", chat_id=GROUP),
        lambda: world.say(OFFICE, "报表", chat_id=GROUP),
        lambda: world.say(OFFICE, "/report@another_bot", chat_id=GROUP),
        lambda: world.say(OFFICE, "/nonsense@wenming_demo_bot", chat_id=GROUP),
        lambda: world.say(STAFF, "@wenming_demo_bot 你好", chat_id=GROUP),
        lambda: world.send_sticker(STAFF, chat_id=GROUP),
        lambda: world.send_voice(STAFF, chat_id=GROUP),
        lambda: world.send_location(STAFF, 39.9, 116.4, chat_id=GROUP),
        lambda: world.send_photo(STAFF, b"\x89PNG", chat_id=GROUP),
    )


def membership(group: Group, before: str, after: str) -> dict[str, object]:
    """What Telegram says when the bot's own standing in the group changes."""

    def member(status: str) -> dict[str, object]:
        rights = dict.fromkeys(ADMINISTRATOR, False) if status == "administrator" else {}
        return {
            "user": group.world.bot.json(),
            "status": status,
            **({"until_date": 0} if status == "kicked" else rights),
        }

    chat = {"id": GROUP, "type": "group", "title": "文明创建工作群"}
    person = {"id": OFFICE, "is_bot": False, "first_name": "孙"}
    change = {
        "chat": chat,
        "from": person,
        "date": 1,
        "old_chat_member": member(before),
        "new_chat_member": member(after),
    }
    return {"my_chat_member": change}


async def test_a_promotion_is_no_new_arrival_and_a_return_is(group: Group) -> None:
    world = group.world
    await group.silence(
        lambda: world.push_raw(membership(group, "member", "administrator")),
        lambda: world.push_raw(membership(group, "administrator", "kicked")),
    )
    await group.answer(lambda: world.push_raw(membership(group, "kicked", "administrator")))
    assert len(group.heard) == 2


async def test_whoever_may_view_reports_gets_totals_per_department(group: Group) -> None:
    answer = await group.says(OFFICE, f"{REPORT} 上月")
    assert answer.photo is not None
    assert caption(answer).startswith("示例单位 · 2026年9月") and "执法处" in caption(answer)
    assert labels(answer) == ["‹ 2026年8月", "2026年10月 ›"]


async def test_nobody_else_gets_a_figure(group: Group) -> None:
    for user in (STAFF, 77):
        answer = await group.says(user, REPORT)
        assert "私聊" in caption(answer) and not any(sign.isdigit() for sign in caption(answer))


async def test_other_commands_are_sent_to_the_private_chat(group: Group) -> None:
    for command in ("/checkin@wenming_demo_bot 2 清扫", *(f"/{w}@wenming_demo_bot" for w in ("me", "help", "cancel"))):
        answer = await group.says(STAFF, command)
        assert "私聊" in caption(answer) and answer.reply_keyboard is None


async def test_small_departments_are_hidden_from_a_group_whoever_asks(group: Group) -> None:
    await set_small(group.stage, 8)
    answer = await group.says(OFFICE, REPORT)
    assert "人事处　—" in caption(answer) and "财务处　—" in caption(answer)
    assert "综合处　17.6%" in caption(answer) and "不足 8 人" in caption(answer)


async def test_one_small_department_takes_a_neighbour_along_and_neither_is_told_by_name(group: Group) -> None:
    async with group.stage.app.db.write() as tx:
        await tx.execute(
            "UPDATE postings SET department_id = (SELECT id FROM departments WHERE path = '服务大厅')"
            " WHERE person_id IN (SELECT id FROM people WHERE staff_number IN ('CW005', 'CW006', 'CW007'))"
        )
    answer = await group.says(OFFICE, REPORT)
    assert "财务处　—" in caption(answer) and "人事处　—" in caption(answer)
    for name in ("财务处", "人事处"):
        refused = await group.says(OFFICE, f"{REPORT} {name}")
        assert "不单独显示" in caption(refused) and "%" not in caption(refused) and refused.photo is None


async def test_of_a_unit_that_is_small_itself_a_group_hears_no_figure(group: Group) -> None:
    small = await number_of(group.stage, "人事处")
    async with group.stage.app.db.write() as tx:
        await tx.execute("UPDATE postings SET status = 'left' WHERE department_id <> ?", small)
        await tx.execute("UPDATE checkins SET department_id = ?", small)
    await set_small(group.stage, 8)
    answer = caption(await group.says(OFFICE, REPORT))
    assert "人数较少，合计不单独显示（—）" in answer and "人事处　—" in answer and "%" not in answer
    assert "小时" not in answer and "还差" not in answer
    await group.stage.of("BG002").says("/language en")
    assert "the total is not shown" in caption(await group.says(OFFICE, REPORT))


async def test_a_group_hears_how_to_ask_for_a_department_that_found_no_room(group: Group) -> None:
    async with group.stage.app.db.write() as tx:
        for number in range(60):
            await departments.insert(tx, f"驻外办事机构第{number}工作站")
    answer = caption(await group.says(OFFICE, REPORT))
    assert "个部门未在此列出，可以在命令后面写上部门名称再问" in answer and "下载" not in answer
    assert "第50工作站" in caption(await group.says(OFFICE, f"{REPORT} 驻外办事机构第50工作站"))
    await group.stage.of("BG002").says("/language en")
    assert "more departments are not listed; ask again with a name behind the command" in caption(
        await group.says(OFFICE, REPORT)
    )


async def test_a_leader_shows_a_group_no_more_than_the_office_could(group: Group) -> None:
    await set_small(group.stage, 9)
    own = await group.says(CHIEF, REPORT)
    assert caption(own).startswith("综合处") and "办公室　—" in caption(own) and "本级）　—" in caption(own)
    refused = await group.says(CHIEF, f"{REPORT} 办公室")
    assert "不单独显示" in caption(refused) and "%" not in caption(refused)
    foreign = await group.says(CHIEF, f"{REPORT} 执法处")
    assert "没有找到" in caption(foreign) and foreign.buttons == []


async def test_a_press_is_weighed_by_who_presses(group: Group) -> None:
    world = group.world
    answer = await group.says(OFFICE, f"{REPORT} 上月")
    await group.silence(
        *(lambda user=user: world.press(user, answer.id, "‹ 2026年8月", chat_id=GROUP) for user in (STAFF, 77, LEADER))
    )
    turned = await group.answer(lambda: world.press(OFFICE, answer.id, "‹ 2026年8月", chat_id=GROUP))
    assert turned.id == answer.id and caption(turned).startswith("示例单位 · 2026年8月")


async def test_forged_presses_open_nothing_in_a_group(group: Group) -> None:
    world, stage = group.world, group.stage
    await set_small(stage, 8)
    answer = await group.says(OFFICE, REPORT)
    hidden = await number_of(stage, "人事处")
    forged = (
        "report:table:2026:0:0",
        "report:where:2026:0:0",
        "report:when:2026:0:0",
        f"report:show:2026:{hidden}:0",
        "report:show:garbage:0:0",
        "report:show:2030:0:0",
        "lang:en",
        "nonsense",
    )
    await group.silence(*(lambda data=data: world.press_raw(OFFICE, answer.id, data, chat_id=GROUP) for data in forged))


async def test_anonymous_admins_and_channels_get_no_answer(group: Group) -> None:
    chat = {"id": GROUP, "type": "group", "title": "群"}
    bot = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    text = {"date": 1, "text": REPORT, "entities": [{"type": "bot_command", "offset": 0, "length": len(REPORT)}]}
    anonymous = {"message_id": 900, "from": bot, "sender_chat": chat, "chat": chat, **text}
    person = {"id": OFFICE, "is_bot": False, "first_name": "孙"}
    channel = {"message_id": 901, "from": person, "sender_chat": {**chat, "id": -1009}, "chat": chat, **text}
    await group.silence(
        lambda: group.world.push_raw({"message": anonymous}), lambda: group.world.push_raw({"message": channel})
    )


async def test_the_bot_says_nothing_when_it_is_put_into_a_channel(group: Group) -> None:
    channel = {"id": -100500, "type": "channel", "title": "频道"}
    bot = group.world.bot.json()
    event = {
        "chat": channel,
        "from": {"id": OFFICE, "is_bot": False, "first_name": "孙"},
        "date": 1,
        "old_chat_member": {"user": bot, "status": "left"},
        "new_chat_member": {"user": bot, "status": "member"},
    }
    await group.silence(lambda: group.world.push_raw({"my_chat_member": event}))
    assert not [call for call in group.stage.sandbox.ledger if call.chat_id == -100500]
