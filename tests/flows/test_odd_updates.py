"""Whatever comes in: the bot goes on, good things are handled, bad ones are set aside, nobody gains by them."""

import asyncio
import datetime as dt
import logging
import random
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo import OWNER, demo_people
from bot.sandbox import Fault
from storage import inbox
from tests.flows.conftest import NOW, PATIENCE, TOKEN, Person, Stage, playing

USER = 1005
DICE = random.Random(20_260)


def spread(stage: Stage, content: Any, kind: str = "message") -> dict[str, Any]:
    return stage.world.push_raw({kind: content})


def message(chat: Any = None, sender: Any = None, **more: Any) -> dict[str, Any]:
    chat = {"id": USER, "type": "private"} if chat is None else chat
    sender = {"id": USER, "is_bot": False, "first_name": "张"} if sender is None else sender
    return {"message_id": 1, "date": int(NOW.timestamp()), "chat": chat, "from": sender, "text": "/help"} | more


def nested(depth: int) -> Any:
    value: Any = message()
    for _ in range(depth):
        value = message(reply_to_message=value)
    return value


BAD: list[tuple[str, Any]] = [
    ("message", message(date="yesterday")),
    ("message", message(date=None)),
    ("message", message(date=10**30)),
    ("message", message(date=-(10**30))),
    ("message", message(text=5)),
    ("message", message(text=["a"])),
    ("message", message(chat={"id": "x", "type": "private"})),
    ("message", message(chat={"id": USER})),
    ("message", message(chat={"id": USER, "type": 7})),
    ("message", message(chat=5)),
    ("message", message(sender={"id": USER})),
    ("message", message(sender={"id": None, "is_bot": False, "first_name": "x"})),
    ("message", message(sender=[])),
    ("message", message(entities="bold")),
    ("message", message(entities=[{"type": "bold"}])),
    ("message", message(message_id="one")),
    ("message", None),
    ("message", "text"),
    ("message", []),
    ("message", {}),
    ("edited_message", message(edit_date="now")),
    ("edited_message", 7),
    ("callback_query", {"id": 5, "from": {"id": USER}, "data": "x"}),
    ("callback_query", {"id": "1", "from": None, "chat_instance": "1", "data": "x"}),
    ("callback_query", {"id": "1", "message": "gone", "from": {"id": USER}, "chat_instance": "1"}),
    ("callback_query", []),
    ("my_chat_member", {"chat": {"id": USER, "type": "private"}}),
    ("my_chat_member", {"new_chat_member": {"status": "king"}}),
    ("my_chat_member", True),
]

# The shapes of updates; handled or not, nobody who is not a person gains anything by one.
ODD: list[tuple[str, Any]] = [
    ("message", message(text="\ud800\0 \u202e")),
    ("message", message(text="")),
    ("message", message(text="/" + "a" * 5000)),
    ("message", message(text="好" * 50_000)),
    ("message", message(text="1" * 20_000)),
    ("message", message(text="打卡 " + "9" * 4000 + " x")),
    ("message", message({"id": 2**62, "type": "private"}, {"id": 2**62, "is_bot": False, "first_name": "\ud800"})),
    ("message", message(chat={"id": -(2**62), "type": "private"})),
    ("message", nested(30)),
    ("message", nested(400)),
    ("message", message(unknown_field={"a": [1]})),
    ("channel_post", message({"id": -5, "type": "channel"}, sender_chat={"id": -5, "type": "channel", "title": "x"})),
    ("inline_query", {"id": "1", "from": {"id": USER, "is_bot": False, "first_name": "x"}, "query": "", "offset": ""}),
    ("a_kind_of_tomorrow", {"chat": {"id": USER}}),
    ("callback_query", {"id": "1", "from": {"id": USER, "is_bot": False, "first_name": "x"}}),
    ("poll_answer", {"poll_id": "1", "option_ids": [], "option_persistent_ids": []}),
]


async def states(stage: Stage) -> dict[str, int]:
    async with stage.app.db.read() as tx:
        return await inbox.count_by_state(tx)


async def all_done(stage: Stage, seconds: float = PATIENCE) -> dict[str, int]:
    async with asyncio.timeout(seconds):
        while stage.world.updates.waiting or "pending" in (found := await states(stage)):
            await asyncio.sleep(0.005)
    return found


async def count(stage: Stage, query: str) -> int:
    async with stage.app.db.read() as tx:
        return int(await tx.value(query))


async def test_bad_updates_are_set_aside_and_the_good_ones_among_them_handled(demo: Stage) -> None:
    owner = demo.owner()
    await owner.says("/help")
    people = [demo.of(p.staff_number) for p in demo_people() if p.bound][:20]
    for number, (kind, content) in enumerate(BAD):
        spread(demo, content, kind)
        demo.world.say(people[number % 20].id, "/help")
    found = await all_done(demo)
    assert found["parked"] == len(BAD)
    assert found["done"] == 1 + len(BAD)
    for person in people:
        assert any("文明创建助手" in text for text in person.heard)
    assert "搁置" in (await owner.hears("搁置")).text
    assert sum("搁置" in text for text in owner.heard) == 1, "told once, however many there are"


async def test_odd_updates_stop_nothing(demo: Stage) -> None:
    before = await count(demo, "SELECT COUNT(*) FROM checkins")
    for kind, content in ODD * 2:
        spread(demo, content, kind)
    found = await all_done(demo)
    assert found == {"done": 2 * len(ODD)}
    assert "文明创建助手" in (await demo.of("ZF006").says("/help")).text
    assert await count(demo, "SELECT COUNT(*) FROM checkins") == before


async def test_a_thousand_mutations_of_real_updates_stop_nothing(demo: Stage) -> None:
    """Somewhere in each of them something is of another kind, missing, huge or odd."""
    person = demo.of("ZF005")
    real = [spread(demo, message(text="/me")), spread(demo, message(text="打卡 2 植树"))]
    await all_done(demo)
    shown = await person.says("/language")
    real += [{"callback_query": {
        "id": "77", "from": {"id": USER, "is_bot": False, "first_name": "x"}, "chat_instance": "1", "data": "lang:zh",
        "message": demo.world.message_json(shown),
    }}]  # fmt: skip
    values = [None, True, -1, 0, 2**31, 2**63, 2**70, 1.5, "", "x", "\ud800", "\0", "9" * 400, [], [[]], {}, {"id": 1}]
    logging.getLogger("intake").setLevel(logging.CRITICAL)
    for _ in range(1000):
        body = mutated(DICE.choice(real), values)
        body.pop("update_id", None)
        demo.world.push_raw(body)
    found = await all_done(demo)
    logging.getLogger("intake").setLevel(logging.NOTSET)
    assert found["parked"] >= 200 and found["done"] >= 200
    assert "文明创建助手" in (await demo.of("ZF006").says("/help")).text


def mutated(value: Any, values: list[Any], depth: int = 0) -> Any:
    if isinstance(value, dict) and value and (depth == 0 or DICE.random() < 0.8):
        name = DICE.choice(list(value))
        changed = mutated(value[name], values, depth + 1)
        if depth and DICE.random() < 0.15:
            return {key: inner for key, inner in value.items() if key != name}
        return value | {name: changed}
    return DICE.choice(values)


# What breaks in the middle


async def test_a_failing_handler_tells_the_person_and_the_owner_and_keeps_the_rest(
    demo: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, person = demo.owner(), demo.of("ZF005")
    await owner.says("/help")
    tries = 0

    def broken(*_: Any, **__: Any) -> None:
        nonlocal tries
        tries += 1
        raise RuntimeError("a bug")

    monkeypatch.setattr("bot.views.menu.help", broken)
    assert "处理时出了问题" in (await person.says("/help")).text
    assert tries == 3
    assert "搁置" in (await owner.hears("搁置")).text
    assert "语言" in (await person.says("/language")).text, "what comes behind it is handled"
    assert (await states(demo))["parked"] == 1


async def test_an_answer_that_telegram_refuses_is_a_failing_handler(demo: Stage) -> None:
    person = demo.of("ZF005")
    demo.sandbox.faults.add(Fault("400:can't parse entities: x", method="sendMessage", chat_id=person.id, times=3))
    assert "处理时出了问题" in (await person.says("/help")).text


async def test_an_answer_waits_for_a_telegram_that_is_in_trouble(demo: Stage) -> None:
    person = demo.of("ZF005")
    demo.sandbox.faults.add(Fault("5xx", method="sendMessage", chat_id=person.id))
    await person.says("/help")
    assert len(person.heard) == 1


async def test_late_and_lost_callback_answers_change_nothing(demo: Stage) -> None:
    person = demo.of("ZF005")
    shown = await person.says("/language")
    demo.sandbox.faults.add(Fault("400:query is too old and response timeout expired", method="answerCallbackQuery"))
    assert "English" in (await person.presses("English", shown)).text or person.heard
    assert (await states(demo)).get("parked", 0) == 0


# The same again, and too much


async def test_a_thousand_equal_presses_are_one_effect(demo: Stage) -> None:
    person = demo.of("ZF005")
    before = await count(demo, "SELECT COUNT(*) FROM checkins")
    shown = await person.says("昨天下午在社区清扫两个半小时")
    label = next(b.text for row in shown.buttons for b in row)
    for _ in range(1000):
        demo.world.press(person.id, shown.id, label)
    await all_done(demo)
    assert await count(demo, "SELECT COUNT(*) FROM checkins") == before + 1


async def test_the_same_updates_again_are_one_effect_each(demo: Stage) -> None:
    before = await count(demo, "SELECT COUNT(*) FROM checkins")
    bodies = [
        {"update_id": 70_000 + n, "message": message(text=f"/checkin 昨天 0.5 植树{n}", message_id=900 + n)}
        for n in range(8)
    ]
    coming = [dict(body) for body in bodies for _ in range(5)]
    DICE.shuffle(coming)
    for body in coming:
        demo.world.push_raw(body)
    await all_done(demo)
    assert await count(demo, "SELECT COUNT(*) FROM checkins") == before + 8


async def test_one_who_floods_hears_little_and_the_others_are_answered(demo: Stage) -> None:
    flooder = demo.of("ZF005")
    for number in range(1000):
        demo.world.say(flooder.id, f"spam {number}")
    others = [demo.of(p.staff_number) for p in demo_people() if p.bound and p.user_id != flooder.id][:10]
    for other in others:
        assert "文明创建助手" in (await other.says("/help")).text
    await all_done(demo)
    assert len(flooder.heard) <= 31
    assert sum("太快" in text for text in flooder.heard) == 1
    demo.move_to(demo.clock.now() + dt.timedelta(seconds=30))
    assert "文明创建助手" in (await flooder.says("/help")).text, "and then he is heard again"


async def test_what_a_flood_had_recorded_before_it_was_one_stays(demo: Stage) -> None:
    person = demo.of("ZF005")
    before = await count(demo, "SELECT COUNT(*) FROM checkins")
    await person.says("/checkin 昨天 1.5 护河")
    for number in range(100):
        demo.world.say(person.id, f"spam {number}")
    await all_done(demo)
    assert await count(demo, "SELECT COUNT(*) FROM checkins") == before + 1


# Who is not a person


async def test_channels_anonymous_admins_and_bots_have_no_effect(demo: Stage) -> None:
    before = await count(demo, "SELECT COUNT(*) FROM checkins")
    group = {"id": -100_777, "type": "supergroup", "title": "x"}
    text = "/checkin@wenming_demo_bot 昨天 1 植树"
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    bot = {"id": USER, "is_bot": True, "first_name": "x"}
    for kind in ("message", "edited_message"):
        spread(demo, message(chat=group, sender=anonymous, sender_chat=group, text=text), kind)
        spread(demo, message(chat=group, sender_chat={"id": -9, "type": "channel", "title": "x"}, text=text), kind)
        spread(demo, message(sender=bot, text=text), kind)
        spread(demo, message(chat={"id": -9, "type": "channel", "title": "x"}, text=text) | {"from": None}, kind)
    calls = len(demo.sandbox.calls("sendMessage"))
    await all_done(demo)
    assert await count(demo, "SELECT COUNT(*) FROM checkins") == before
    assert len(demo.sandbox.calls("sendMessage")) == calls, "and no answer"


async def test_what_is_personal_is_not_done_in_a_group(demo: Stage) -> None:
    person = demo.of("ZF005")
    demo.world.add_group(-100_888, "综合处", members=[person.id])
    before = await count(demo, "SELECT COUNT(*) FROM checkins")
    for text in (
        "/checkin@wenming_demo_bot 昨天 1 植树",
        "打卡 昨天 1 植树",
        "/me@wenming_demo_bot",
        "/mydata@wenming_demo_bot",
    ):
        demo.world.say(person.id, text, chat_id=-100_888)
    await all_done(demo)
    assert await count(demo, "SELECT COUNT(*) FROM checkins") == before
    said = [m.text or "" for m in demo.world.messages(-100_888) if m.from_bot]
    assert not any("ZF005" in text or "沈志强" in text for text in said)


# The webhook, with the whole bot behind it


@pytest.fixture
async def hooked(tmp_path: Path, seeded: Path) -> AsyncIterator[Stage]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url, secret = f"http://127.0.0.1:{port}/hook", "a-secret_of-ours"
    async with playing(tmp_path, seeded, listen=f"127.0.0.1:{port}", webhook_url=url, webhook_secret=secret) as stage:
        async with asyncio.timeout(PATIENCE):
            while not stage.world.webhook.url:
                await asyncio.sleep(0.005)
        yield stage


async def test_by_webhook_people_are_answered_and_strangers_to_the_secret_are_not(hooked: Stage) -> None:
    person = hooked.of("ZF005")
    hung = hooked.sandbox.calls("setWebhook")[0].params
    assert "my_chat_member" in hung["allowed_updates"] and hung["secret_token"] == "a-secret_of-ours"
    assert "文明创建助手" in (await person.says("/help")).text
    shown = await person.says("/language")
    await person.presses("English", shown)
    assert hooked.world.callback_answers, "answered in the webhook's reply"
    assert all(call.from_webhook for call in hooked.sandbox.calls("answerCallbackQuery"))
    calls = len(hooked.sandbox.ledger)
    forged = {"update_id": 999_999, "message": message(text="/help")}
    async with aiohttp.ClientSession() as http:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "wrong", "X-Forwarded-For": "149.154.167.220"}):
            async with http.post(hooked.world.webhook.url, json=forged, headers=headers) as answer:
                assert answer.status == 401
        async with http.get(hooked.world.webhook.url) as answer:
            assert answer.status == 405
    assert len(hooked.sandbox.ledger) == calls


# What a log may hold


async def test_no_log_holds_a_token_a_name_or_a_text(
    demo: Stage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    person = demo.person(5005, "金丝雀甲", "罕姓乙")
    for text in (
        "/start CANARYCODE12345678",
        "CANARY-WORDS",
        "/checkin 昨天 1 CANARY-DEED",
        "身份证110101199003070011",
    ):
        await person.says(text)
    staff = demo.of("ZF005")
    await staff.says("/checkin 昨天 1 CANARY-DEED")
    await staff.says("/me")
    await demo.owner().says("/members")
    spread(demo, message(text="CANARY-WORDS", date="CANARY-DATE"))
    demo.sandbox.faults.add(Fault("5xx", method="sendMessage"))
    demo.sandbox.faults.add(Fault("lost", method="getUpdates"))
    demo.sandbox.faults.add(Fault("400:CANNOT", method="setMyCommands"))
    await staff.says("/help CANARY-WORDS")
    await all_done(demo)
    text = "\n".join(logging.Formatter("%(name)s %(message)s").format(record) for record in caplog.records)
    assert "update" in text, "something was logged"
    for canary in ("CANARY", TOKEN.partition(":")[2], "金丝雀", "罕姓", "沈志强", "110101199003070011"):
        assert canary not in text, canary


async def test_an_owner_is_told_of_a_second_poller(demo: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.intake._patience", lambda problem, trouble: 0.001)
    owner: Person = demo.owner()
    await owner.says("/help")
    demo.sandbox.faults.add(Fault("409", method="getUpdates"))
    await demo.of("ZF005").says("/help")
    assert "令牌" in (await owner.hears("令牌")).text
    assert owner.id == OWNER
