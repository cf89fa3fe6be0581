"""A group that becomes a supergroup: its number changes once, answers and what waits for it go to the new one."""

import asyncio
import json
from typing import Any

import pytest

from bot.clock import instant
from bot.sandbox import Fault
from storage import accounts, outbox
from storage.outbox import Intent
from tests.flows.conftest import NOW, Stage, labels, rows, value
from tests.flows.sending import at_rest
from tests.flows.test_group_binding import BIND, LEADER, OPEN, bound, code_shown
from tests.flows.test_groups import GROUP, REPORT, STAFF, Group, caption, group, membership

__all__ = ["group"]
NEW = -100777
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


def moves(group: Group) -> None:
    """At Telegram, but the bot has not heard of it."""
    old = group.world.chats[GROUP]
    new = group.world.add_group(NEW, old.title, supergroup=True)
    new.members, new.bot_status, old.migrated_to = dict(old.members), old.bot_status, NEW


async def settled(group: Group, *contents: dict[str, Any]) -> None:
    for content in contents:
        group.world.push_raw({"message": content})
    await group.stage.settled()


def service_message(chat: int, **content: Any) -> dict[str, Any]:
    kind = "group" if chat == GROUP else "supergroup"
    person = {"id": LEADER, "is_bot": False, "first_name": "冯"}
    return {"message_id": 950, "date": 1, "chat": {"id": chat, "type": kind, "title": "群"}, "from": person, **content}


def said_in(group: Group, chat: int) -> list[str]:
    return [caption(m) for m in group.world.messages(chat) if m.from_bot]


async def bindings(group: Group) -> list[tuple[Any, ...]]:
    return await rows(group.stage, "SELECT chat_id FROM group_bindings WHERE ended_at IS NULL")


async def test_both_of_telegrams_messages_about_it_change_the_number_once(group: Group) -> None:
    await bound(group)
    new = group.world.migrate(GROUP)
    await group.stage.settled()
    assert await bindings(group) == [(new,)]
    assert await rows(group.stage, "SELECT old_chat, new_chat FROM group_moves") == [(GROUP, new)]
    group.world.say(STAFF, REPORT, chat_id=new)
    await group.stage.settled()
    assert said_in(group, new)[-1].startswith("执法处")


@pytest.mark.parametrize(
    "content",
    [service_message(GROUP, migrate_to_chat_id=NEW), service_message(NEW, migrate_from_chat_id=GROUP)],
    ids=["to", "from"],
)
@pytest.mark.parametrize("anonymous", [False, True])
async def test_one_of_them_is_enough_also_from_an_anonymous_administrator(
    group: Group, content: dict[str, Any], anonymous: bool
) -> None:
    await bound(group)
    by = {"from": ANONYMOUS, "sender_chat": content["chat"]} if anonymous else {}
    await settled(group, content | by, content | by)
    assert await bindings(group) == [(NEW,)]
    assert await value(group.stage, "SELECT COUNT(*) FROM inbox WHERE state = 'parked'") == 0


async def test_an_answer_follows_the_group_and_tells_everybody_else_where_it_is(group: Group) -> None:
    await bound(group)
    moves(group)
    group.world.say(STAFF, REPORT, chat_id=GROUP)
    await group.stage.settled()
    (answer,) = said_in(group, NEW)
    assert answer.startswith("执法处") and "%" in answer
    assert await bindings(group) == [(NEW,)]
    # the next one in the old group knows it too, its binding with it
    group.world.say(STAFF, REPORT, chat_id=GROUP)
    await group.stage.settled()
    assert [text[:3] for text in said_in(group, NEW)] == ["执法处"] * 2
    # and Telegram's own message changes nothing any more
    await settled(group, service_message(GROUP, migrate_to_chat_id=NEW))
    assert await bindings(group) == [(NEW,)]


async def test_a_replay_after_a_crash_answers_the_same_in_the_new_group(group: Group) -> None:
    await bound(group)
    moves(group)
    group.world.say(STAFF, REPORT, chat_id=GROUP)
    await group.stage.settled()
    while await rows(group.stage, "SELECT 1 FROM inbox WHERE state = 'pending'"):
        await asyncio.sleep(0.002)
    (last,) = (await rows(group.stage, "SELECT MAX(id) FROM inbox"))[0]
    async with group.stage.app.db.write() as tx:
        await tx.execute("UPDATE inbox SET state = 'pending', body = ? WHERE id = ?", _report_body(group), last)
    await group.stage.restart_bot()
    await group.stage.settled()
    assert [text[:3] for text in said_in(group, NEW)] == ["执法处"] * 2, "at least once, and never something else"
    assert await bindings(group) == [(NEW,)]
    assert await value(group.stage, "SELECT COUNT(*) FROM group_bindings") == 1


def _report_body(group: Group) -> str:
    entities = [{"type": "bot_command", "offset": 0, "length": len(REPORT)}]
    person = {"id": STAFF, "is_bot": False, "first_name": "沈"}
    message = service_message(GROUP, text=REPORT, entities=entities) | {"from": person}
    return json.dumps({"update_id": 1, "message": message})


async def test_a_button_pressed_in_the_old_group_is_answered_anew_and_touches_no_other_message(group: Group) -> None:
    await bound(group)
    answer = await group.says(STAFF, REPORT)
    moves(group)
    # the numbers begin anew there: another message of ours has the number of the old one
    group.world.chats[NEW].messages[answer.id] = mine = group.world.place(
        group.world.chats[NEW], group.world.bot, text="something else"
    )
    turn = next(n for n in labels(answer) if "‹" in n)
    group.world.press(STAFF, answer.id, turn, chat_id=GROUP)
    await group.stage.settled()
    assert mine.text == "something else" and not mine.edited
    assert said_in(group, NEW)[-1].startswith("执法处")


async def test_a_code_shown_in_the_old_group_binds_the_new_one(group: Group) -> None:
    code = await code_shown(group)
    await settled(group, service_message(GROUP, migrate_to_chat_id=NEW))
    leader = group.stage.of("ZF001")
    await leader.says(f"/bind {code}")
    assert "已绑定到 执法处" in (await leader.presses("执法处")).text
    assert await bindings(group) == [(NEW,)]


async def test_a_code_asked_for_in_the_old_group_after_it_has_moved_binds_the_new_one(group: Group) -> None:
    moves(group)
    for _ in range(2):
        group.world.say(LEADER, BIND, chat_id=GROUP)
        await group.stage.settled()
    assert await rows(group.stage, "SELECT chat_id FROM group_codes") == [(NEW,)]
    assert all("绑定码" in text for text in said_in(group, NEW))


async def test_what_the_new_group_was_bound_to_meanwhile_stays(group: Group) -> None:
    await bound(group)
    async with group.stage.app.db.write() as tx:
        await tx.execute(
            "INSERT INTO group_bindings (chat_id, department_id, title, bound_by, bound_at) VALUES (?, 1, '群', ?, 0)",
            NEW,
            LEADER,
        )
    await settled(group, service_message(GROUP, migrate_to_chat_id=NEW))
    assert await rows(group.stage, "SELECT chat_id, department_id FROM group_bindings WHERE ended_at IS NULL") == [
        (NEW, 1)
    ]


async def test_being_put_out_of_the_old_group_afterwards_does_not_end_the_binding(group: Group) -> None:
    await bound(group)
    await settled(group, service_message(GROUP, migrate_to_chat_id=NEW))
    group.world.push_raw(membership(group, "member", "left"))
    await group.stage.settled()
    assert await value(group.stage, OPEN) == 1


async def test_a_group_that_says_it_becomes_itself_or_a_person_who_says_so_changes_nothing(group: Group) -> None:
    await bound(group)
    private = service_message(GROUP, migrate_to_chat_id=NEW) | {"chat": {"id": LEADER, "type": "private"}}
    await settled(group, private, service_message(GROUP, migrate_to_chat_id=GROUP))
    assert await bindings(group) == [(GROUP,)]
    assert await value(group.stage, "SELECT COUNT(*) FROM group_moves") == 0


# What waits in the outbox


async def waiting(stage: Stage, *numbers: int) -> None:
    async with stage.app.db.write() as tx:
        await accounts.see(tx, 5_000, GROUP, instant(NOW))
        intents = [Intent(f"moved:{n}", "parked", {"number": n}, user_id=5_000, urgency=0) for n in numbers]
        await outbox.insert(tx, intents)
    stage.app.sender.wake()


async def test_messages_that_wait_for_the_group_go_to_its_new_number_once(group: Group) -> None:
    await bound(group)
    moves(group)
    await waiting(group.stage, 71, 72)
    await at_rest(group.stage)
    assert await rows(group.stage, "SELECT state, COUNT(*) FROM outbox WHERE kind = 'parked' GROUP BY state") == [
        ("sent", 2)
    ]
    said = said_in(group, NEW)
    assert [sum(f"{n}" in text for text in said) for n in (71, 72)] == [1, 1]
    assert await rows(group.stage, "SELECT chat_id FROM accounts WHERE user_id = 5000") == [(NEW,)]
    assert await bindings(group) == [(NEW,)]
    await waiting_again(group.stage, 73)
    refused = [c for c in group.stage.sandbox.calls("sendMessage") if c.status == 400]
    assert 1 <= len(refused) <= 2, "only those that were on their way to the old one"


async def waiting_again(stage: Stage, number: int) -> None:
    async with stage.app.db.write() as tx:
        await outbox.insert(tx, [Intent(f"moved:{number}", "parked", {"number": number}, user_id=5_000, urgency=0)])
    stage.app.sender.wake()
    await at_rest(stage)


async def test_killed_between_the_refusal_and_the_next_try_it_goes_on_with_the_new_number(group: Group) -> None:
    moves(group)
    group.stage.sandbox.faults.add(Fault("5xx", method="sendMessage", chat_id=NEW))
    await waiting(group.stage, 71)
    while not await rows(group.stage, "SELECT 1 FROM group_moves"):
        await asyncio.sleep(0.002)
    await group.stage.restart_bot()
    for hour in (11, 12):  # the first of these may meet the server in trouble
        group.stage.move_to(NOW.replace(hour=hour))
        group.stage.app.sender.wake()
        await at_rest(group.stage)
    assert sum("71" in text for text in said_in(group, NEW)) == 1
