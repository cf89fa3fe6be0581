"""The way in: code, consent, number and name, and whatever does not fit."""

import asyncio
import datetime as dt

import pytest

from bot.services import invites
from bot.services import registration as service
from storage import accounts as account_rows
from storage import departments, registrations
from tests.flows.conftest import NOW, Stage, labels, value
from tests.flows.registering import (
    HOUR,
    NEW,
    NO_MATCH,
    OTHER,
    actor_of,
    code_for,
    consenting,
    show_card,
    started,
    waiting,
)


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
    assert [b.text for row in leader.last.buttons for b in row] == ["下一项待办"]
    told = await new.hears("登记已通过")
    assert told.reply_keyboard is not None
    assert any("打卡" in label for row in told.reply_keyboard for label in row)
    async with asyncio.timeout(60):
        while "checkin" not in str(demo.world.commands_for(new.id, new.id)):
            await asyncio.sleep(0.005)
    assert "/checkin" in (await new.says("/help")).text
    assert "欢迎回来" in (await new.says("/start")).text


@pytest.mark.parametrize("form", ["{}", "邀请码：{}", "start {}"])
async def test_a_code_typed_without_its_link_opens_the_way_in(demo: Stage, form: str) -> None:
    person = demo.person(NEW, "晓明", "李")
    shown = await person.says(form.format(await code_for(demo)))
    assert "您是否同意" in shown.text
    assert "工号" in (await person.presses("同意")).text


async def test_consent_in_words_is_asked_for_a_button_without_the_whole_notice_again(demo: Stage) -> None:
    person = demo.person(NEW, "晓明", "李")
    await person.says(f"/start {await code_for(demo)}")
    for word in ("同意", "好的", "FW003 李晓明"):
        again = await person.says(word)
        assert "同意" in again.text and "境外" not in again.text
        assert labels(again) == ["同意", "不同意"]
    assert "工号" in (await person.presses("同意")).text


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


@pytest.mark.parametrize("said", ["😀", "……", "李" * 61, "李晓明 " * 60])
async def test_what_is_no_name_is_said_to_be_none_and_the_number_is_kept(demo: Stage, said: str) -> None:
    new = await consenting(demo)
    await new.says("FW003")
    again = (await new.says(said)).text
    assert again.startswith("这不像是姓名。") and "<b>" not in again and "不得发送涉密内容" in again and "取消" in again
    await new.says("/language en")
    assert "does not look like a name" in (await new.says(said)).text
    assert "Submitted" in (await new.says("李晓明")).text
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


async def test_many_wrong_names_through_one_link_stop_that_link_and_are_reported(demo: Stage) -> None:
    new = await consenting(demo)
    other = await consenting(demo, OTHER, "财务处")
    async with demo.app.db.write() as tx:
        link = await tx.value("SELECT MIN(id) FROM invites WHERE revoked_at IS NULL")
        for number in range(service.BRAKE - 1):
            await registrations.record_attempt(tx, 7000 + number, f"claim:{link}", int(NOW.timestamp() * 1000), 0)
    await demo.owner().says("/help")
    await new.says("FW003 王小明")
    await demo.owner().hears("核对失败")
    await demo.of("BG002").hears("核对失败")
    assert "登记暂停" in (await new.says("FW003 李晓明")).text
    assert not await waiting(demo)
    assert "没有核对上" in (await other.says("FW003 李晓明")).text, "through another link everything goes on"
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


async def test_words_without_a_number_are_told_so(demo: Stage) -> None:
    new = demo.person(NEW, "晓明", "李")
    await new.says(f"/start {await code_for(demo)}")
    await new.presses("同意")
    for said in ("？？", "不知道"):
        assert "还需要您的工号" in (await new.says(said)).text


async def test_who_waits_for_an_approval_is_told_so_whatever_he_says(demo: Stage) -> None:
    new = demo.person(NEW, "晓明", "李")
    await new.says(f"/start {await code_for(demo)}")
    await new.presses("同意")
    await new.says("FW003 李晓明")
    assert "请等候" in (await new.says("好了吗")).text
    assert "请等候" in (await new.says("/checkin 2 植树")).text


async def test_before_there_is_a_roster_everybody_hears_that_it_is_not_open(stage: Stage) -> None:
    assert "暂未开放" in (await stage.person(NEW).says("有人吗")).text
