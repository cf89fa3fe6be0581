"""A fault in our own words that would hit everybody: the morning message and the plans stop at their first few."""

import datetime as dt

import pytest

from bot.demo import OWNER
from bot.i18n import Translator
from bot.sandbox import Fault
from bot.views import pushes
from bot.views.parts import Outgoing
from tests.flows.conftest import NOW, ZONE, Person, Stage, labels, rows
from tests.flows.sending import at_rest

STATES = "SELECT state, COUNT(*) FROM outbox WHERE kind = ? GROUP BY state ORDER BY state"


class Broken:
    """One kind of message that cannot be put into words until it is mended."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
        self.mended, self._view = False, pushes.VIEWS[kind]
        monkeypatch.setattr(pushes, "VIEWS", dict(pushes.VIEWS) | {kind: self.render})

    def render(self, facts: pushes.Facts, t: Translator) -> Outgoing:
        return self._view(facts, t) if self.mended else Outgoing(t("no such text"))


async def morning(stage: Stage, moment: dt.datetime = NOW) -> None:
    stage.move_to(moment)
    await stage.app._plan(moment)
    await at_rest(stage)


async def states(stage: Stage, kind: str) -> dict[str, int]:
    return dict(await rows(stage, STATES, kind))


async def told(stage: Stage, words: str) -> set[int]:
    """The accounts that were told so."""
    await at_rest(stage)
    return {c.chat_id or 0 for c in stage.sandbox.calls("sendMessage") if words in c.params["text"]}


@pytest.fixture
async def broken(demo: Stage, colleague: Person, monkeypatch: pytest.MonkeyPatch) -> Broken:
    """The morning message has stopped at its first few; the office has heard of it."""
    found = Broken(monkeypatch, "morning")
    await morning(demo)
    await colleague.hears("早间消息.*没有发成")
    return found


async def test_a_morning_message_without_words_stops_at_the_first_three_and_the_office_hears_of_it(
    demo: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    Broken(monkeypatch, "morning")
    await demo.owner().says("/help")
    await morning(demo)
    found = await states(demo, "morning")
    assert 1 <= found["failed"] <= 3
    assert set(found) == {"failed", "pending"}
    heard = (await demo.of("BG003").hears("早间消息.*没有发成")).text
    assert "10月14日" in heard
    assert "其余的人都还没有发" in heard
    office = {u for (u,) in await rows(demo, "SELECT user_id FROM accounts a JOIN people p ON p.id = a.person_id"
                                             " WHERE p.role = 'office'")}  # fmt: skip
    assert await told(demo, "没有发成") == {*office, OWNER}


async def test_a_morning_message_that_telegram_refuses_stops_at_the_first_three(demo: Stage) -> None:
    for (user,) in await rows(demo, "SELECT user_id FROM accounts WHERE person_id IN (SELECT id FROM people"
                                    " WHERE role = 'staff')"):  # fmt: skip
        demo.sandbox.faults.add(Fault("400:can't parse entities: unclosed tag", method="sendMessage", chat_id=user))
    await demo.owner().says("/help")
    async with demo.app.db.write() as tx:  # only staff, whose chats refuse it
        await tx.execute(
            "UPDATE accounts SET muted = 1 WHERE person_id IN (SELECT id FROM people WHERE role <> 'staff')"
        )
    await morning(demo)
    await demo.owner().hears("早间消息.*没有发成")
    asked = [c for c in demo.sandbox.calls("sendMessage") if "今日文明用语" in c.params["text"]]
    assert 1 <= len(asked) <= 3


async def test_mended_it_goes_on_and_everybody_gets_it_once_the_first_few_too(
    demo: Stage, broken: Broken, colleague: Person
) -> None:
    office, planned = colleague, sum((await states(demo, "morning")).values())
    card = await office.presses("打开")
    assert "先发的几条没有发成" in card.text
    assert "▶️ 接着发" in labels(card) and "⏹ 这次不发了" in labels(card)
    # what is not mended stops again, and is told again
    demo.move_to(NOW + dt.timedelta(minutes=1))
    await office.presses("接着发")
    await at_rest(demo)
    assert (await states(demo, "morning")).get("sent") is None
    calls = demo.sandbox.calls("sendMessage")
    assert [c.chat_id for c in calls if "没有发成" in c.params["text"]].count(office.id) == 2
    broken.mended = True
    answer = await office.presses("接着发", (await office.presses("打开")))
    assert "已接着发送" in answer.text
    await at_rest(demo)
    assert await states(demo, "morning") == {"sent": planned}
    got = [c.chat_id for c in demo.sandbox.calls("sendMessage") if c.delivered and "今日文明用语" in c.params["text"]]
    assert len(got) == len(set(got)) == planned
    await office.says("/schedule")
    assert "没有发成" not in (await office.presses("早间消息")).text
    assert await rows(demo, "SELECT action FROM audit WHERE action LIKE 'plan-%' ORDER BY id") == [
        ("plan-went-on",),
        ("plan-went-on",),
    ]


async def test_given_up_it_reaches_nobody_and_a_second_press_says_how_it_is(
    demo: Stage, broken: Broken, colleague: Person
) -> None:
    card = await colleague.presses("打开")
    assert "不再发送" in (await colleague.presses("这次不发了", card)).text
    broken.mended = True
    (occurrence,) = (await rows(demo, "SELECT id FROM occurrences WHERE plan = 'morning'"))[0]
    assert "失效" in (await colleague.forges(f"pl:go-on:1:{occurrence}")).text
    await at_rest(demo)
    found = await states(demo, "morning")
    assert set(found) == {"failed", "skipped"}
    assert not [c for c in demo.sandbox.calls("sendMessage") if "今日文明用语" in c.params["text"]]


async def test_left_alone_it_is_too_late_at_the_end_of_the_day_and_the_office_hears_that_too(
    demo: Stage, broken: Broken, colleague: Person
) -> None:
    evening = NOW.replace(hour=18, minute=1)
    demo.move_to(evening)
    await demo.app.sender.tick(evening)
    await morning(demo, evening)
    assert set(await states(demo, "morning")) == {"failed", "skipped"}
    await morning(demo, NOW + dt.timedelta(hours=23))
    await colleague.hears("下班前没有收到")


@pytest.mark.parametrize("by_hand", [False, True])
async def test_a_plan_stops_at_its_first_three_too(demo: Stage, monkeypatch: pytest.MonkeyPatch, by_hand: bool) -> None:
    broken = Broken(monkeypatch, "memo")
    office = demo.of("BG003")
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE plans SET audience = 'all', rule = 'xun' WHERE template = 'month'")
        await tx.execute("UPDATE plans SET since = ? WHERE template = 'month'", int(NOW.timestamp() * 1000))
        await tx.execute("UPDATE accounts SET muted = 1")
    if by_hand:
        await office.says("/schedule")
        await office.presses("月度安排总结")
        await office.presses("现在发一次")
        await office.presses("确认发送")
        await at_rest(demo)
    else:
        await morning(demo, dt.datetime(2026, 10, 21, 9, 30, tzinfo=ZONE))
    found = await states(demo, "memo")
    assert 1 <= found["failed"] <= 3 and set(found) == {"failed", "pending"}
    heard = (await office.hears("月度安排总结.*没有发成")).text
    assert "程序" in heard
    broken.mended = True
    await office.presses("打开")
    await office.presses("接着发")
    await at_rest(demo)
    assert await states(demo, "memo") == {"sent": sum(found.values())}


async def test_others_cannot_let_it_go_on_and_it_survives_a_restart(
    demo: Stage, broken: Broken, leader: Person, colleague: Person
) -> None:
    before = await states(demo, "morning")
    broken.mended = True
    await demo.restart_bot()
    (occurrence,) = (await rows(demo, "SELECT id FROM occurrences WHERE plan = 'morning'"))[0]
    await leader.says("/me")
    for act in ("go-on", "drop"):
        assert "失效" in (await leader.forges(f"pl:{act}:1:{occurrence}")).text
    # nor does a plan's button reach the occurrence of another one
    office = colleague
    await office.says("/schedule")
    for data in (f"pl:go-on:2:{occurrence}", "pl:go-on:1:99", "pl:drop:1:x", "pl:go-on:1:"):
        await office.says("/schedule")
        assert "失效" in (await office.forges(data)).text, data
    assert await states(demo, "morning") == before
    await office.says("/language en")
    await office.says("/schedule")
    card = await office.presses("Morning message")
    assert "could not be sent" in card.text
    await office.presses("Go on", card)
    await at_rest(demo)
    assert await states(demo, "morning") == {"sent": sum(before.values())}
