"""Who decides over a registration, once, and who must not; second accounts, hostile names, groups, replays."""

import asyncio
import datetime as dt
import json

import pytest

from bot.i18n import translator
from bot.services import registration as service
from bot.services.effects import Cause
from storage import registrations, settings
from storage.records import PersonStatus
from tests.flows.conftest import NOW, Stage, value
from tests.flows.registering import (
    NEW,
    NO_MATCH,
    OTHER,
    actor_of,
    code_for,
    consenting,
    killed_after,
    quiet,
    show_card,
    started,
    status,
    waiting,
)


async def test_with_the_setting_roster_a_match_is_enough(demo: Stage) -> None:
    async with demo.app.db.write() as tx:
        await settings.put(tx, "join", json.dumps("roster"), 1)
    new = await consenting(demo)
    answer = await new.says("FW003 李晓明")
    assert "登记成功" in answer.text
    assert answer.reply_keyboard is not None
    assert "/checkin" in (await new.says("/help")).text
    assert await value(demo, "SELECT uses_left FROM invites") == 13 + 5 - 1  # thirteen people, five to spare
    assert not await waiting(demo)


async def test_an_owner_who_is_the_only_one_to_decide_is_bound_by_the_roster(demo: Stage) -> None:
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET role = 'staff'")
    await demo.owner().says(f"/start {await code_for(demo)}")
    await demo.owner().presses("同意")
    assert "登记成功" in (await demo.owner().says("FW003 李晓明")).text
    assert "/settings" in (await demo.owner().says("/help")).text


async def test_an_owner_with_an_office_beside_him_waits_like_everybody(demo: Stage) -> None:
    await demo.owner().says(f"/start {await code_for(demo)}")
    await demo.owner().presses("同意")
    assert "等候" in (await demo.owner().says("FW003 李晓明")).text
    await show_card(demo, demo.owner(), 900)
    assert "失效" in (await demo.owner().presses("通过")).text
    assert await waiting(demo, 900)
    office = demo.of("BG002")
    await show_card(demo, office, 900)
    assert "已通过" in (await office.presses("通过")).text
    menu = (await demo.owner().hears("登记已通过")).reply_keyboard
    assert menu is not None
    assert "设置" in {label for row in menu for label in row}  # his menu still is an owner's


async def test_who_is_refused_is_told_and_may_try_again(demo: Stage) -> None:
    new = await consenting(demo)
    await new.says("FW003 李晓明")
    leader = demo.of("FW001")
    await show_card(demo, leader)
    assert "已拒绝" in (await leader.presses("不通过")).text
    await new.hears("没有通过")
    assert "/checkin" not in (await new.says("/help")).text
    await new.says(f"/start {await code_for(demo)}")
    await new.presses("同意")
    assert "等候" in (await new.says("FW003 李晓明")).text


async def test_the_second_press_says_what_the_first_came_to(demo: Stage) -> None:
    new = await consenting(demo)
    await new.says("FW003 李晓明")
    leader, office = demo.of("FW001"), demo.of("BG002")
    first, second = await show_card(demo, leader), await show_card(demo, office)
    await leader.presses("通过", first)
    assert "此前已经通过" in (await office.presses("不通过", second)).text
    assert "此前已经通过" in (await leader.forges("reg:1:0", first)).text
    assert await value(demo, "SELECT state FROM registrations") == "approved"
    assert await value(demo, "SELECT COUNT(*) FROM outbox WHERE kind LIKE 'registration-%'") == 1


async def test_fifty_presses_at_once_are_one_decision(demo: Stage) -> None:
    new = await consenting(demo)
    await new.says("FW003 李晓明")
    actors = [await actor_of(demo, demo.of(number).id) for number in ("FW001", "BG002", "BG003")] * 17
    cause = Cause(demo.app.db)
    found = await asyncio.gather(*(service.decide(cause, a, 1, n % 2 == 0, NOW) for n, a in enumerate(actors[:50])))
    names = [outcome.name for outcome in found]
    assert names.count("registration-settled") == 49
    assert await value(demo, "SELECT COUNT(*) FROM outbox WHERE kind LIKE 'registration-%'") == 1
    assert await value(demo, "SELECT COUNT(*) FROM audit WHERE action = 'registration'") == 1


@pytest.mark.parametrize("number", ["ZF001", "FW002", "ZH002", "ZH004"])
async def test_whoever_may_not_decide_changes_nothing_and_learns_nothing(demo: Stage, number: str) -> None:
    """A leader of another department, staff, a viewer, somebody unbound: the answer of a registration that is not."""
    new = await consenting(demo)
    await new.says("FW003 李晓明")
    other = demo.of(number)
    shown = await show_card(demo, other)
    real = (await other.presses("通过", shown)).text
    assert real == (await other.forges("reg:99999:1", shown)).text
    assert "失效" in real
    assert await waiting(demo)


async def test_a_leader_who_is_none_any_more_decides_nothing_with_an_old_card(demo: Stage) -> None:
    new = await consenting(demo)
    await new.says("FW003 李晓明")
    leader = demo.of("FW001")
    await show_card(demo, leader)
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET role = 'staff' WHERE staff_number = 'FW001'")
    demo.move_to(NOW + dt.timedelta(days=90))
    assert "失效" in (await leader.presses("通过")).text
    assert await waiting(demo)


async def test_nobody_decides_over_his_own_by_person_or_by_account(demo: Stage) -> None:
    """A leader's own name, claimed from another account, is decided by others."""
    new = await consenting(demo)
    await new.says("FW001 林俊杰")
    leader = demo.of("FW001")
    await show_card(demo, leader)
    assert "失效" in (await leader.presses("通过")).text
    async with demo.app.db.read() as tx:
        found = await registrations.find_waiting(tx, NEW)
        assert found is not None
        assert await registrations.list_waiting(tx, found.trail, found.person.id) == []
    assert await waiting(demo)


async def test_garbage_on_a_decide_button_is_a_stale_button(demo: Stage) -> None:
    leader = demo.of("FW001")
    await leader.says("/help")
    for data in (
        "reg:",
        "reg:1",
        "reg:x:1",
        "reg:1:2",
        "reg:-1:1",
        "reg:99999999999999999999:1",
        "reg:1:1:1",
        "regw:9" + "9" * 40,
    ):
        assert "失效" in (await leader.forges(data)).text, data


async def test_somebody_who_left_meanwhile_is_not_approved(demo: Stage) -> None:
    new = await consenting(demo)
    await new.says("FW003 李晓明")
    leader = demo.of("FW001")
    card = await show_card(demo, leader)
    async with demo.app.db.write() as tx:
        await status(tx, "FW003", PersonStatus.LEFT)
    assert "不能通过" in (await leader.presses("通过", card)).text
    assert await waiting(demo)
    assert "已拒绝" in (await leader.forges("reg:1:0", card)).text


async def test_a_registration_withdrawn_cannot_be_approved(demo: Stage) -> None:
    new = await consenting(demo)
    await new.says("FW003 李晓明")
    leader = demo.of("FW001")
    card = await show_card(demo, leader)
    assert "已撤回" in (await new.presses("撤回登记")).text
    assert "失效" in (await new.presses("撤回登记")).text
    assert await value(demo, "SELECT consent_version FROM accounts WHERE user_id = ?", NEW) is None
    assert "已撤回登记" in (await leader.presses("通过", card)).text
    assert "/checkin" not in (await new.says("/help")).text


async def test_nobody_withdraws_what_another_waits_for(demo: Stage) -> None:
    new = await consenting(demo)
    await new.says("FW003 李晓明")
    other = await started(demo.person(OTHER))
    assert "失效" in (await other.forges("regw:1")).text
    assert await waiting(demo)


# A second account for the same person


async def test_a_new_phone_is_approved_in_place_of_the_old_one(demo: Stage) -> None:
    old, new = demo.of("FW004"), await consenting(demo)
    assert (await new.says("FW004 邓玉兰")).html == NO_MATCH
    leader = demo.of("FW001")
    card = await show_card(demo, leader)
    assert "已绑定另一个账号" in card.text
    assert str(old.id) in card.text
    await leader.presses("通过")
    await old.hears("已转到另一个账号")
    await new.hears("登记已通过")
    assert "/checkin" not in (await old.says("/help")).text
    assert "/checkin" in (await new.says("/help")).text
    assert await value(demo, "SELECT consent_version FROM accounts WHERE user_id = ?", old.id) is None
    # The dialogue in which he was asked for his number is over: what he says now is not taken for one.
    assert "工号" not in (await new.says("你好")).text


async def test_a_claim_of_a_taken_name_shows_its_claimant_no_difference(demo: Stage) -> None:
    """Neither the answer nor /start tells whether somebody has an account."""
    taken, wrong = await consenting(demo, NEW), await consenting(demo, OTHER)
    for said_taken, said_wrong in (("FW004 邓玉兰", "FW004 邓小兰"), ("/start", "/start"), ("/help", "/help")):
        assert (await taken.says(said_taken)).html == (await wrong.says(said_wrong)).html
    assert await waiting(demo, NEW)
    assert not await waiting(demo, OTHER)


async def test_the_right_name_after_a_taken_one_is_what_waits(demo: Stage) -> None:
    new = await consenting(demo)
    await new.says("FW004 邓玉兰")
    assert "等候" in (await new.says("FW003 李晓明")).text
    card = await show_card(demo, demo.of("FW001"))
    assert "FW003" in card.text
    assert "已绑定另一个账号" not in card.text


async def test_of_two_accounts_that_ask_for_one_person_the_second_replaces_the_first_only_after_a_second_look(
    demo: Stage,
) -> None:
    """When its card was shown nobody was bound: pressed later it would take a colleague's place without a word."""
    first, second = await consenting(demo, NEW), await consenting(demo, OTHER)
    await first.says("FW003 李晓明")
    await second.says("FW003 李晓明")
    leader = demo.of("FW001")
    one, two = await show_card(demo, leader, NEW), await show_card(demo, leader, OTHER)
    await leader.presses("通过", one)
    await quiet(demo)
    assert "已绑定另一个账号" not in two.text
    again = await leader.presses("通过", two)
    assert "请再看一遍" in again.text and f"已绑定另一个账号（ID {NEW}）" in again.text
    assert "/checkin" in (await first.says("/help")).text and "/checkin" not in (await second.says("/help")).text
    await leader.presses("通过", again)
    await quiet(demo)
    await first.hears("已转到另一个账号")
    assert await value(demo, "SELECT COUNT(*) FROM accounts a JOIN people p ON p.id = a.person_id"
                             " WHERE p.staff_number = 'FW003'") == 1  # fmt: skip
    assert "/checkin" in (await second.says("/help")).text


async def test_somebody_rehired_under_another_number_registers_with_the_same_account(demo: Stage) -> None:
    person = demo.of("FW004")
    async with demo.app.db.write() as tx:
        await status(tx, "FW004", PersonStatus.LEFT)
    await person.says(f"/start {await code_for(demo)}")
    await person.presses("同意")
    assert "等候" in (await person.says("FW003 李晓明")).text
    leader = demo.of("FW001")
    await leader.presses("通过", await show_card(demo, leader, person.id))
    await quiet(demo)
    await person.hears("登记已通过")
    assert "/checkin" in (await person.says("/help")).text
    assert await value(demo, "SELECT p.staff_number FROM accounts a JOIN people p ON p.id = a.person_id"
                             " WHERE a.user_id = ?", person.id) == "FW003"  # fmt: skip


# Hostile names, groups, replays


@pytest.mark.parametrize(
    ("first", "last", "warning"),
    [
        ("晓明", "李", "与花名册姓名一致"),
        ("李晓明‮", "", "隐藏字符"),
        ("李​晓明", "", "隐藏字符"),
        ("<b>李</b>", "&lt;script&gt;", "不一致"),
        ("[x](tg://user?id=900)", "", "不一致"),
        ("​", "", "隐藏字符"),
        ("王" * 64, "é" * 64, "隐藏字符"),
        ("😀" * 64, "", "不一致"),
    ],
)
async def test_any_account_name_makes_a_card_that_can_be_read(demo: Stage, first: str, last: str, warning: str) -> None:
    demo.world.add_user(NEW, first_name=first, last_name=last, language_code="zh-hans")
    new = await consenting(demo)
    await new.says("FW003 李晓明")
    card = await show_card(demo, demo.of("FW001"))
    assert warning in card.text
    assert "‮" not in card.text
    assert {entity["type"] for entity in card.entities} <= {"bold", "code"}
    await demo.of("FW001").presses("通过", card)
    await quiet(demo)
    assert await value(demo, "SELECT account_name FROM registrations") == ""


async def test_in_a_group_nothing_of_it_happens(demo: Stage) -> None:
    new, leader = demo.person(NEW, "晓明", "李"), demo.of("FW001")
    group = demo.world.add_group(-100200, "群", members=[NEW, leader.id])
    code = await code_for(demo)
    name = demo.app.house.username
    for said in (f"/start {code}", f"/start@{name} {code}", f"/leave@{name}", f"/mydata@{name}", f"/privacy@{name}"):
        for person in (new, leader):
            demo.world.say(person.id, said, chat_id=group.id)
    await demo.settled()
    heard = [m for m in demo.world.messages(group.id) if m.from_bot]
    assert {m.text for m in heard} <= {translator("zh")("groups-elsewhere")}
    assert not any(m.buttons or m.document for m in heard)
    assert "/checkin" in (await leader.says("/help")).text
    assert "工号" not in (await new.says("FW003 李晓明")).text
    assert not await waiting(demo)


async def test_a_match_handled_again_after_a_kill_renders_its_first_outcome(
    demo: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with demo.app.db.write() as tx:
        await settings.put(tx, "join", json.dumps("roster"), 1)
    new = await consenting(demo)
    await killed_after(demo, monkeypatch, new.says("FW003 李晓明"))
    assert [text[:4] for text in new.heard[-2:]] == ["登记成功", "登记成功"]
    assert await value(demo, "SELECT uses_left FROM invites") == 13 + 5 - 1
    assert "没有正在进行" in (await new.says("/cancel")).text


async def test_a_decision_handled_again_after_a_kill_is_one_decision(
    demo: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = await consenting(demo)
    await new.says("FW003 李晓明")
    leader = demo.of("FW001")
    card = await show_card(demo, leader)
    await killed_after(demo, monkeypatch, leader.presses("通过", card))
    assert any("✅ 已通过" in text for text in leader.heard)
    assert not any("此前" in text for text in leader.heard)
    assert await value(demo, "SELECT COUNT(*) FROM outbox WHERE kind = 'registration-approved'") == 1
