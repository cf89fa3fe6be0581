"""Registration: the way in, who decides, and everybody who tries it another way."""

import asyncio
import datetime as dt
import json

import pytest

from bot.domain.access import Actor
from bot.i18n import translator
from bot.pace import Lane
from bot.sandbox.state import SentMessage
from bot.services import accounts, invites
from bot.services import registration as service
from bot.services.effects import Cause
from bot.telegram import Sent
from bot.views import registration as view
from storage import accounts as account_rows
from storage import departments, registrations, settings
from storage.engine import Tx
from storage.records import PersonStatus
from tests.flows.conftest import NOW, Person, Stage

NEW, OTHER = 5001, 5002
HOUR = dt.timedelta(hours=1)
NO_MATCH = translator("zh")("registration-no-match")


async def actor_of(stage: Stage, user_id: int) -> Actor:
    return await accounts.recognise(stage.app.db, user_id, None, stage.app.settings.owner_ids, NOW)


async def code_for(stage: Stage, department: str = "服务大厅", uses: int | None = None) -> str:
    owner = await actor_of(stage, 900)
    async with stage.app.db.write() as tx:
        found = await departments.find_by_path(tx, department)
        assert found is not None
        code = await invites.create(tx, owner, found.id, stage.clock.now(), uses=uses)
    assert code is not None
    return code


async def consenting(stage: Stage, user_id: int = NEW, department: str = "服务大厅", uses: int | None = None) -> Person:
    """A stranger who has opened a link and pressed 同意."""
    person = stage.person(user_id, "晓明", "李")
    await person.says(f"/start {await code_for(stage, department, uses)}")
    await person.presses("同意")
    return person


async def show_card(stage: Stage, decider: Person, user_id: int = NEW, language: str = "zh") -> SentMessage:
    """What /pending shows of this account's registration, sent to somebody who decides (or may not)."""
    async with stage.app.db.read() as tx:
        found = await registrations.find_waiting(tx, user_id)
    assert found is not None
    stage.world.users[decider.id].started = True
    sent = await stage.app.telegram.send(decider.id, view.card(found, translator(language)), Lane.ANSWER)
    assert isinstance(sent, Sent)
    return decider.last


async def waiting(stage: Stage, user_id: int = NEW) -> bool:
    async with stage.app.db.read() as tx:
        return await registrations.find_waiting(tx, user_id) is not None


async def value(stage: Stage, sql: str, *args: object) -> object:
    async with stage.app.db.read() as tx:
        return await tx.value(sql, *args)


async def status(tx: Tx, number: str, new: PersonStatus) -> None:
    await tx.execute("UPDATE people SET status = ? WHERE staff_number = ?", new.value, number)


# The way in


async def test_a_stranger_with_a_code_is_registered_once_his_leader_approves(demo: Stage) -> None:
    new = demo.person(NEW, "晓明", "李")
    shown = await new.says(f"/start {await code_for(demo)}")
    assert "境外" in shown.text
    assert "不得发送涉密内容" in shown.text
    assert "工号" in (await new.presses("同意")).text
    assert "姓名" in (await new.says("fw００３")).text
    assert "等候" in (await new.says("李 晓明")).text
    leader = demo.of("FW001")
    card = await show_card(demo, leader)
    assert "李晓明" in card.text
    assert "与花名册姓名一致" in card.text
    assert "已通过" in (await leader.presses("通过")).text
    assert leader.last.buttons == []
    told = await new.hears("登记已通过")
    assert told.reply_keyboard is not None
    assert any("打卡" in label for row in told.reply_keyboard for label in row)
    assert "/checkin" in (await new.says("/help")).text
    assert "欢迎回来" in (await new.says("/start")).text


@pytest.mark.parametrize("said", ["FW003 李晓明", "李晓明 fw003", "工号：ＦＷ００３，姓名：李晓明", "FW 003 李 晓明"])
async def test_number_and_name_may_come_in_one_message(demo: Stage, said: str) -> None:
    new = await consenting(demo)
    assert "等候" in (await new.says(said)).text


async def test_a_number_given_in_place_of_the_name_replaces_the_first(demo: Stage) -> None:
    new = await consenting(demo)
    await new.says("FW009")
    assert "姓名" in (await new.says("FW003")).text
    assert "等候" in (await new.says("李晓明")).text


async def test_a_name_without_a_number_is_asked_for_the_number(demo: Stage) -> None:
    new = await consenting(demo)
    assert "工号" in (await new.says("李晓明")).text
    assert "工号" in (await new.says("😀" * 2000)).text
    assert await value(demo, "SELECT COUNT(*) FROM attempts") == 0


async def test_a_stranger_without_a_code_hears_what_this_is_and_how_to_get_in(demo: Stage) -> None:
    answer = await demo.person(NEW).says("/start")
    assert "邀请链接" in answer.text
    assert "/privacy" in answer.text
    english = await demo.person(OTHER, "Ann", "Lee", "en").says("/start")
    assert "invite link" in english.text


async def test_the_whole_way_in_speaks_english_too(demo: Stage) -> None:
    new = demo.person(NEW, "Xiaoming", "Li", "en")
    assert "abroad" in (await new.says(f"/start {await code_for(demo)}")).text
    assert "staff number" in (await new.presses("I agree")).text
    assert "does not fit" in (await new.says("FW003 Li")).text
    assert "Submitted" in (await new.says("FW003 李晓明")).text
    leader = demo.of("FW001")
    assert "verify in person" in (await show_card(demo, leader, language="en")).text
    assert "已通过" in (await leader.presses("Approve")).text
    await new.hears("is approved")


async def test_before_there_is_a_roster_nobody_gets_in(stage: Stage) -> None:
    assert "暂未开放" in (await stage.person(NEW).says("/start")).text
    assert "暂未开放" in (await stage.person(NEW).says("/start abc")).text


async def test_every_code_that_cannot_be_used_gets_the_same_answer(demo: Stage) -> None:
    expired, revoked, used = await code_for(demo), await code_for(demo), await code_for(demo, uses=1)
    owner = await actor_of(demo, 900)
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE invites SET expires_at = 1 WHERE id = 1")
        assert await invites.revoke(tx, owner, 2, NOW)
        await tx.execute("UPDATE invites SET uses_left = 0 WHERE id = 3")
    answers = set()
    for at, code in enumerate([expired, revoked, used, "x" * 22, "'; DROP TABLE people; --", "王芳", "a" * 3000]):
        answers.add((await demo.person(6000 + at).says(f"/start {code}")).text)
    assert len(answers) == 1
    assert "不能使用" in answers.pop()


async def test_a_code_revoked_while_somebody_registers_lets_nobody_in(demo: Stage) -> None:
    new = await consenting(demo)
    owner = await actor_of(demo, 900)
    async with demo.app.db.write() as tx:
        [invite] = await invites.list_open(tx, owner, NOW)
        assert await invites.revoke(tx, owner, invite.id, NOW)
    assert "不能使用" in (await new.says("FW003 李晓明")).text
    assert not await waiting(demo)


async def test_only_office_and_owner_make_invites(demo: Stage) -> None:
    async with demo.app.db.write() as tx:
        found = await departments.find_by_path(tx, "服务大厅")
        assert found is not None
        for number in ("FW001", "FW004", "ZH002"):
            actor = await actor_of(demo, demo.of(number).id)
            assert await invites.create(tx, actor, found.id, NOW) is None
            assert not await invites.revoke(tx, actor, 1, NOW)
            assert await invites.list_open(tx, actor, NOW) == []
        office = await actor_of(demo, demo.of("BG002").id)
        code = await invites.create(tx, office, found.id, NOW)
        assert code is not None
        assert len(code) == 22
        assert await invites.create(tx, office, 99_999, NOW) is None


async def test_a_code_stands_nowhere_in_the_database(demo: Stage) -> None:
    code = await code_for(demo)
    await demo.person(NEW).says(f"/start {code}")
    await demo.restart_bot()
    async with demo.app.db.read() as tx:
        for (table,) in await tx.fetch("SELECT name FROM sqlite_master WHERE type = 'table'"):
            assert code not in str(await tx.fetch(f"SELECT * FROM {table}")), table


async def test_whoever_declines_is_not_registered_and_his_old_button_does_nothing(demo: Stage) -> None:
    new = demo.person(NEW)
    consent = await new.says(f"/start {await code_for(demo)}")
    assert "没有为您登记" in (await new.presses("不同意")).text
    assert "失效" in (await new.presses("同意", consent)).text
    assert await value(demo, "SELECT consent_version FROM accounts WHERE user_id = ?", NEW) is None


async def test_consent_given_and_then_declined_is_withdrawn(demo: Stage) -> None:
    new = demo.person(NEW)
    consent = await new.says(f"/start {await code_for(demo)}")
    await new.presses("同意", consent)
    assert await value(demo, "SELECT consent_version FROM accounts WHERE user_id = ?", NEW) == 1
    assert "工号" in (await new.presses("同意", consent)).text
    await new.presses("不同意", consent)
    assert await value(demo, "SELECT consent_version FROM accounts WHERE user_id = ?", NEW) is None
    assert "等候" not in (await new.says("FW003 李晓明")).text


async def test_consent_to_an_older_text_shows_the_present_one(demo: Stage) -> None:
    new = demo.person(NEW)
    await new.says(f"/start {await code_for(demo)}")
    assert "第 1 版" in (await new.forges("consent:1:0")).text
    assert await value(demo, "SELECT consent_version FROM accounts WHERE user_id = ?", NEW) is None


async def test_nobody_gets_past_consent_by_typing_or_forging(demo: Stage) -> None:
    new = demo.person(NEW)
    assert "失效" in (await (await started(new)).forges("consent:1:1")).text
    await new.says(f"/start {await code_for(demo)}")
    assert "同意" in (await new.says("FW003 李晓明")).text
    assert not await waiting(demo)


async def started(person: Person) -> Person:
    await person.says("/start")
    return person


async def test_start_without_a_code_takes_up_where_one_was(demo: Stage) -> None:
    new = demo.person(NEW)
    await new.says(f"/start {await code_for(demo)}")
    assert "同意" in (await new.says("/start")).text
    await new.presses("同意")
    assert "工号" in (await new.says("/start")).text
    await new.says("/cancel")
    assert "邀请链接" in (await new.says("/start")).text


async def test_a_restart_in_the_middle_loses_nothing(demo: Stage) -> None:
    new = await consenting(demo)
    await new.says("FW003")
    await demo.restart_bot()
    assert "等候" in (await new.says("李晓明")).text
    await demo.restart_bot()
    assert "等候" in (await new.says("/start")).text


async def test_stickers_and_forbidden_numbers_are_answered_where_a_number_is_awaited(demo: Stage) -> None:
    new = await consenting(demo)
    assert "工号" in (await new.does(lambda: demo.world.send_sticker(NEW))).text
    assert "身份证号" in (await new.says("11010519491231002X")).text
    assert "手机号" in (await new.says("李晓明 138 0013 8000")).text
    assert "没有保存" in (await new.does(lambda: demo.world.send_contact(NEW, "+8613800138000", NEW))).text
    assert "等候" in (await new.says("FW003 李晓明")).text


async def test_forbidden_numbers_in_any_text_are_answered_and_not_kept(demo: Stage) -> None:
    person = demo.of("ZF005")
    assert "手机号" in (await person.says("有事打 13800138000")).text
    assert "ID number" in (await demo.person(NEW, "A", "B", "en").says("11010519491231002X")).text
    await demo.restart_bot()
    async with demo.app.db.read() as tx:
        for (table,) in await tx.fetch("SELECT name FROM sqlite_master WHERE type = 'table'"):
            kept = str(await tx.fetch(f"SELECT * FROM {table}"))
            assert "13800138000" not in kept
            assert "11010519491231002X" not in kept


# What does not fit


@pytest.mark.parametrize(
    "said",
    [
        "FW999 李晓明",  # no such number
        "FW003 王小明",  # not the name
        "FW004 邓玉兰",  # taken
        "FW004 李晓明",  # taken, and not the name
        "BG004 梁淑芬",  # another department than the invite's
        "ZH004 曾国庆",
        "FW003' OR 1=1 -- 李晓明",
    ],
)
async def test_whatever_does_not_fit_gets_one_and_the_same_answer(demo: Stage, said: str) -> None:
    new = await consenting(demo)
    answer = await new.says(said)
    assert answer.html == NO_MATCH
    assert answer.buttons == []
    assert "邀请链接" not in (await new.says("/start")).text  # still asked for his number, as after any wrong one


async def test_who_has_left_or_retired_cannot_register(demo: Stage) -> None:
    new = await consenting(demo, department="执法处")
    assert (await new.says("ZF003 王凤英")).html == NO_MATCH


async def test_an_invite_of_a_department_is_good_for_those_below_it(demo: Stage) -> None:
    async with demo.app.db.write() as tx:
        await account_rows.unbind(tx, demo.of("BG008").id)
    new = await consenting(demo, department="综合处")
    assert "等候" in (await new.says("BG008 彭子涵")).text
    other = await consenting(demo, OTHER, "综合处/办公室")
    assert (await other.says("ZH004 曾国庆")).html == NO_MATCH


async def test_five_wrong_tries_lock_an_account_for_an_hour_even_for_the_right_answer(demo: Stage) -> None:
    new = await consenting(demo)
    for _ in range(4):
        assert (await new.says("FW003 王小明")).html == NO_MATCH
    assert "11:00" in (await new.says("FW003 王小明")).text
    assert "尝试次数过多" in (await new.says("FW003 李晓明")).text
    await demo.restart_bot()
    assert "尝试次数过多" in (await new.says("FW003 李晓明")).text
    assert not await waiting(demo)
    demo.move_to(NOW + HOUR + dt.timedelta(minutes=1))
    assert "等候" in (await new.says("FW003 李晓明")).text


async def test_five_wrong_codes_lock_an_account_too(demo: Stage) -> None:
    code = await code_for(demo)
    new = demo.person(NEW)
    for number in range(5):
        await new.says(f"/start wrong{number}")
    assert "尝试次数过多" in (await new.says(f"/start {code}")).text
    assert "同意" in (await demo.person(OTHER).says(f"/start {code}")).text


async def test_many_wrong_names_by_many_accounts_stop_registration_and_are_reported(demo: Stage) -> None:
    new = await consenting(demo)
    async with demo.app.db.write() as tx:
        for number in range(service.BRAKE - 1):
            await registrations.record_attempt(tx, 7000 + number, "claim", int(NOW.timestamp() * 1000), 0)
    await demo.owner().says("/help")
    await new.says("FW003 王小明")
    await demo.owner().hears("核对失败")
    await demo.of("BG002").hears("核对失败")
    assert "登记暂停" in (await new.says("FW003 李晓明")).text
    assert not await waiting(demo)
    demo.move_to(NOW + HOUR + dt.timedelta(minutes=1))
    assert "等候" in (await new.says("FW003 李晓明")).text


async def test_many_wrong_codes_are_reported_and_shut_nobody_out(demo: Stage) -> None:
    code = await code_for(demo)
    async with demo.app.db.write() as tx:
        for number in range(service.BRAKE - 1):
            await registrations.record_attempt(tx, 7000 + number, "code", int(NOW.timestamp() * 1000), 0)
    await demo.person(OTHER).says("/start wrong")
    await demo.of("BG002").hears("错误邀请码")
    assert "同意" in (await demo.person(NEW).says(f"/start {code}")).text


# Who decides


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


async def test_two_accounts_ask_for_one_person_and_the_second_approval_replaces_the_first(demo: Stage) -> None:
    first, second = await consenting(demo, NEW), await consenting(demo, OTHER)
    await first.says("FW003 李晓明")
    await second.says("FW003 李晓明")
    leader = demo.of("FW001")
    one, two = await show_card(demo, leader, NEW), await show_card(demo, leader, OTHER)
    await leader.presses("通过", one)
    await leader.presses("通过", two)
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
    await show_card(demo, leader, person.id)
    await leader.presses("通过")
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
    await demo.of("FW001").presses("通过")
    assert await value(demo, "SELECT account_name FROM registrations") == ""


async def test_in_a_group_nothing_of_it_happens(demo: Stage) -> None:
    new, leader = demo.person(NEW, "晓明", "李"), demo.of("FW001")
    group = demo.world.add_group(-100200, "群", members=[NEW, leader.id])
    code = await code_for(demo)
    for said in (f"/start {code}", f"/start@{demo.app.house.username} {code}", "/leave", "/mydata", "/privacy"):
        demo.world.say(NEW, said, chat_id=group.id)
    await new.says("/help")
    assert [m for m in demo.world.messages(group.id) if m.from_bot] == []
    assert not await waiting(demo)


async def replay(stage: Stage, user_id: int, body: dict[str, object], state: str | None, data: str) -> None:
    """As if the bot had been killed after the last update's commit and before its reply."""
    await stage.restart_bot()  # what was handled is marked now
    async with stage.app.db.write() as tx:
        last = await tx.value("SELECT MAX(id) FROM inbox WHERE chat_id = ?", user_id)
        await tx.execute("UPDATE inbox SET state = 'pending', body = ? WHERE id = ?", json.dumps(body), last)
        if state is not None:
            await tx.execute("DELETE FROM dialogs WHERE key = ?", f"{user_id}:{user_id}")
            await tx.execute(
                "INSERT INTO dialogs (key, state, data, changed_at) VALUES (?, ?, ?, ?)",
                f"{user_id}:{user_id}", state, data, int(NOW.timestamp() * 1000),
            )  # fmt: skip
    await stage.restart_bot()
    await stage.settled()


async def test_a_replayed_match_renders_its_first_outcome_again(demo: Stage) -> None:
    async with demo.app.db.write() as tx:
        await settings.put(tx, "join", json.dumps("roster"), 1)
    new = await consenting(demo)
    data = await value(demo, "SELECT data FROM dialogs WHERE key = ?", f"{NEW}:{NEW}")
    await new.says("FW003 李晓明")
    said = next(m for m in reversed(demo.world.messages(NEW)) if not m.from_bot)
    body = {"update_id": 1, "message": demo.world.message_json(said)}
    await replay(demo, NEW, body, "registration:number", str(data))
    assert [text[:4] for text in new.heard[-2:]] == ["登记成功", "登记成功"]
    assert await value(demo, "SELECT uses_left FROM invites") == 13 + 5 - 1


async def test_a_replayed_decision_is_one_decision(demo: Stage) -> None:
    new = await consenting(demo)
    await new.says("FW003 李晓明")
    leader = demo.of("FW001")
    card = await show_card(demo, leader)
    pressed: list[dict[str, object]] = []
    await leader.does(lambda: pressed.append(demo.world.press(leader.id, card.id, "通过")))
    assert "已通过" in leader.last.text
    await replay(demo, leader.id, pressed[0], None, "")
    assert "✅ 已通过" in leader.last.text
    assert await value(demo, "SELECT COUNT(*) FROM outbox WHERE kind = 'registration-approved'") == 1
