"""Whoever decides: what waits comes to him, he decides one by one or all at once, the person hears of it."""

import asyncio
import datetime as dt

import pytest

from bot.sandbox.state import SentMessage
from tests.flows.conftest import NOW, Person, Stage, labels
from tests.flows.test_checkins import count, forget


@pytest.fixture
async def person(demo: Stage) -> Person:
    await forget(demo)
    return demo.of("ZF005")


async def submitted(person: Person, *said: str) -> None:
    for one in said or ("2.5 社区清扫",):
        await person.says(f"/checkin {one}")


async def pending(reviewer: Person) -> SentMessage:
    """What /pending answers, after the card that calls for it."""
    await reviewer.hears("有事项等您处理")
    return await reviewer.says("/pending")


async def outbox(stage: Stage, kind: str) -> list[tuple[str, str]]:
    """States and reasons, once nothing is on its way: who has heard a message may be before its end is written."""
    query = "SELECT state, reason FROM outbox WHERE kind = ? ORDER BY id"
    async with asyncio.timeout(60):
        while True:
            async with stage.app.db.read() as tx:
                found = [(row[0], row[1]) for row in await tx.fetch(query, kind)]
            if all(state != "sending" for state, _ in found):
                return found
            await asyncio.sleep(0.005)


# being called


async def test_the_leader_is_called_once_and_comes_to_the_record_with_one_press(person: Person, leader: Person) -> None:
    await submitted(person, "2.5 社区清扫", "昨天 1 植树")
    assert "志愿服务打卡" in (await leader.hears("有事项等您处理")).text
    card = await leader.presses("开始处理")
    for piece in ("共 2 条", "沈志强（ZF005） · 执法处", "社区清扫", "2.5 小时", "本人 提交"):
        assert piece in card.text
    assert labels(card) == ["确认", "退回", "追问", "跳过", "一次确认 2 条"]
    assert (await outbox(person.stage, "work")).count(("sent", "")) == 1


async def test_at_night_the_card_waits_for_working_hours_and_is_not_sent_when_all_is_done(
    demo: Stage, person: Person, leader: Person
) -> None:
    demo.move_to(NOW.replace(hour=20))
    await submitted(person)
    await leader.says("/pending")
    await leader.presses("确认")
    await person.hears("已确认")
    assert await outbox(demo, "work") == [("pending", "")]
    demo.move_to((NOW + dt.timedelta(days=1)).replace(hour=8, minute=1))
    await submitted(demo.of("RS003"))  # anything that makes the sender look
    await demo.of("RS001").hears("有事项等您处理")
    async with asyncio.timeout(60):
        while ("skipped", "done") not in await outbox(demo, "work"):
            await asyncio.sleep(0.005)
    assert not any("有事项" in text for text in leader.heard)


async def test_a_leaders_own_record_goes_to_the_office(demo: Stage, person: Person, leader: Person) -> None:
    await submitted(leader)
    office = demo.of("BG002")
    card = await pending(office)
    assert "冯承志" in card.text
    assert "没有等您处理" in (await leader.says("/pending")).text
    data = card.buttons[0][0].data
    assert "您本人的记录" in (await leader.forges(data)).text
    assert await count(demo, "state = 'submitted'") == 1


# one by one


async def test_a_confirmed_record_counts_and_its_person_hears_at_once(
    demo: Stage, person: Person, leader: Person
) -> None:
    await submitted(person)
    await pending(leader)
    answer = await leader.presses("确认")
    assert "已确认：沈志强" in answer.text
    assert "没有等您处理" in answer.text
    assert "您的志愿服务已确认" in (await person.hears("已确认")).text
    assert await count(demo, "state = 'confirmed'") == 1


async def test_a_slip_is_undone_within_ten_minutes(demo: Stage, person: Person, leader: Person) -> None:
    await submitted(person)
    await pending(leader)
    await leader.presses("确认")
    card = await leader.presses("撤销确认")
    assert "已撤销确认" in card.text
    assert labels(card)[:3] == ["确认", "退回", "追问"]
    assert "重新审核" in (await person.hears("撤销")).text
    await leader.presses("确认")
    demo.move_to(NOW + dt.timedelta(minutes=11))
    assert "已超过十分钟" in (await leader.presses("撤销确认")).text
    assert await count(demo, "state = 'confirmed'") == 1


async def test_a_returned_record_is_changed_and_comes_back(demo: Stage, person: Person, leader: Person) -> None:
    await submitted(person)
    await pending(leader)
    assert "退回原因" in (await leader.presses("退回")).text
    await leader.presses("时长与实际不符")
    told = await person.hears("被退回")
    assert "时长与实际不符" in told.text
    assert labels(told) == ["改", "再次提交", "查看"]
    await person.presses("改", told)
    await person.presses("改时长")
    assert "待审核" in (await person.presses("1.5 小时")).text
    seen = await leader.says("/pending")
    assert "更正：2.5 小时 → 1.5 小时" in seen.text
    assert "退回：时长与实际不符" in seen.text


async def test_a_typed_reason_is_told_and_the_record_may_go_again_with_a_word(
    demo: Stage, person: Person, leader: Person
) -> None:
    await submitted(person)
    await pending(leader)
    await leader.presses("退回")
    assert "请写明原因" in (await leader.says("\u200b")).text
    await leader.says("请写<b>哪个</b>社区")
    told = await person.hears("被退回")
    assert "请写<b>哪个</b>社区" in told.text
    await person.presses("再次提交", told)
    assert "再次提交" in (await person.says("东城社区")).text
    assert "再次提交：东城社区" in (await leader.says("/pending")).text


async def test_a_question_is_answered(demo: Stage, person: Person, leader: Person) -> None:
    await submitted(person)
    await pending(leader)
    await leader.presses("追问")
    assert "已追问" in (await leader.says("和谁一起？")).text
    told = await person.hears("和谁一起")
    await demo.restart_bot()
    assert "审核人问：和谁一起？" in (await person.presses("回答", told)).text
    assert "已回答" in (await person.says("和社区同志")).text
    assert "回答：和社区同志" in (await leader.says("/pending")).text


async def test_whoever_answers_without_the_button_is_led_to_it(demo: Stage, person: Person, leader: Person) -> None:
    await submitted(person)
    await pending(leader)
    await leader.presses("追问")
    await leader.says("和谁一起？")
    await person.hears("和谁一起")
    assert "不客气" in (await person.says("谢谢")).text
    led = await person.says("和社区同志")
    assert "请先点下面的“回答”" in led.text
    assert "审核人问：和谁一起？" in (await person.presses("回答", led)).text
    assert "已回答" in (await person.says("和社区同志")).text
    assert "要打卡，请说" in (await person.says("和社区同志")).text, "nothing is asked any more"
    assert "要打卡，请说" in (await leader.says("和社区同志")).text


async def test_what_is_skipped_comes_again_at_the_end(person: Person, leader: Person) -> None:
    await submitted(person, "1 植树", "昨天 1 扫雪")
    assert "植树" in (await pending(leader)).text
    assert "扫雪" in (await leader.presses("跳过")).text
    assert "跳过的还有：志愿服务打卡 2 条" in (await leader.presses("跳过")).text
    assert "植树" in (await leader.presses("从头看")).text


async def test_over_the_cap_two_different_reviewers_confirm(demo: Stage, person: Person, leader: Person) -> None:
    await submitted(person, "9 大型活动")
    card = await pending(leader)
    assert "需两位审核人确认" in card.text
    assert "还需另一位" in (await leader.presses("确认")).text
    assert await count(demo, "state = 'submitted'") == 1
    office = demo.of("BG002")
    card = await pending(office)
    assert "已有 1 位审核人同意" in card.text
    assert "冯承志 确认" in card.text
    await office.presses("确认")
    assert await count(demo, "state = 'confirmed'") == 1
    await person.hears("已确认")


async def test_after_the_vote_of_the_only_one_of_the_office_the_owner_is_called(demo: Stage, person: Person) -> None:
    demo.world.block(demo.of("BG003").id)
    await demo.settled()
    owner, office = demo.owner(), demo.of("BG002")
    await owner.says("/help")
    leader = demo.of("ZF001")
    await submitted(leader, "9 大型活动")  # nobody above him leads: the office decides
    await pending(office)
    assert "还需另一位" in (await office.presses("确认")).text
    await pending(owner)
    await owner.presses("确认")
    assert await count(demo, "state = 'confirmed'") == 1


async def test_a_card_that_is_out_of_date_decides_nothing_and_shows_the_record_as_it_is(
    demo: Stage, person: Person, leader: Person
) -> None:
    await submitted(person)
    card = await pending(leader)
    old = card.buttons[0][0].data
    await person.presses("改")
    await person.presses("改时长")
    await person.says("8")
    answer = await leader.forges(old)
    assert "情况已有变化" in answer.text
    assert "8 小时" in answer.text
    assert await count(demo, "state = 'submitted'") == 1
    await leader.presses("确认")
    assert "已确认" in (await leader.forges(old)).text
    assert await count(demo, "state = 'confirmed' AND minutes = 480") == 1


async def test_a_hundred_presses_confirm_once_and_are_told_once(demo: Stage, person: Person, leader: Person) -> None:
    await submitted(person)
    card = await pending(leader)
    data = card.buttons[0][0].data
    for _ in range(100):
        demo.world.press_raw(leader.id, card.id, data)
    await person.hears("已确认")
    await leader.says("/help")
    assert await count(demo, "state = 'confirmed' AND version = 2") == 1
    assert len([text for text in person.heard if "已确认" in text]) == 1


# all at once


async def test_all_at_once_takes_a_second_tap_and_leaves_the_flagged(
    demo: Stage, person: Person, leader: Person
) -> None:
    await submitted(person, "1 植树", "昨天 2 扫雪", "前天 9 大型活动")
    await pending(leader)
    asked = await leader.presses("一次确认")
    assert "确认下面 2 条" in asked.text
    assert "其余 1 条会留下来" in asked.text
    assert "大型活动" not in asked.text
    assert await count(demo, "state = 'confirmed'") == 0
    answer = await leader.presses("是，确认 2 条")
    assert "已确认 2 条" in answer.text
    assert "大型活动" in answer.text
    assert "2 条志愿服务已确认" in (await person.hears("志愿服务已确认")).text
    assert await count(demo, "state = 'confirmed'") == 2


async def test_all_at_once_confirms_nothing_when_something_has_changed_meanwhile(
    demo: Stage, person: Person, leader: Person
) -> None:
    await submitted(person, "1 植树", "昨天 2 扫雪")
    await pending(leader)
    await leader.presses("一次确认")
    await person.presses("撤回")
    await person.presses("确定撤回")
    assert "刚才有变化" in (await leader.presses("是，确认 2 条")).text
    assert await count(demo, "state = 'confirmed'") == 0


# voiding and correcting


async def test_the_office_voids_with_a_reason_and_a_correction_supersedes(
    demo: Stage, person: Person, leader: Person
) -> None:
    await submitted(person)
    await pending(leader)
    await leader.presses("确认")
    card = await leader.forges(f"rv:open:{await highest(demo)}:0")
    assert "作废" not in labels(card)
    office = demo.of("BG002")
    await office.says("/help")
    await office.forges(f"rv:open:{await highest(demo)}:0")
    assert "需要原因" in (await office.presses("作废")).text
    await office.says("当天没有这项活动")
    told = await person.hears("作废")
    assert "当天没有这项活动" in told.text
    draft = await person.presses("更正后重报", told)
    assert "点“确认”后才会记录" in draft.text
    await person.presses("改日期")
    await person.says("昨天")
    assert "已记录" in (await person.presses("确认")).text
    assert await count(demo, "state = 'voided'") == 1
    assert await count(demo, "state = 'submitted' AND supersedes IS NOT NULL") == 1


async def highest(stage: Stage) -> int:
    async with stage.app.db.read() as tx:
        found: int = await tx.value("SELECT MAX(id) FROM checkins")
    return found


# who may


@pytest.mark.parametrize("who", ["ZF006", "RS001", "ZH002"])
async def test_nobody_else_decides(demo: Stage, person: Person, leader: Person, who: str) -> None:
    """A colleague, the leader of another department, somebody who only reads."""
    await submitted(person)
    card = await pending(leader)
    other = demo.of(who)
    for data in [b.data for row in card.buttons for b in row]:
        await other.says("/help")
        answer = await other.forges(data)
        assert "社区清扫" not in answer.text
    assert await count(demo, "state = 'submitted' AND version = 1") == 1


async def test_a_leader_sees_the_departments_below_his_own_and_the_office_everything(
    demo: Stage, person: Person
) -> None:
    await submitted(demo.of("BG004"), "1 植树")  # 综合处/办公室, which has its own leader
    await submitted(demo.of("RS003"), "1 扫雪")
    assert "植树" in (await demo.of("ZH001").says("/pending")).text  # 综合处
    assert "共 1 条" in demo.of("ZH001").last.text
    assert "共 2 条" in (await demo.of("BG002").says("/pending")).text
    assert "共 2 条" in (await demo.owner().says("/pending")).text


async def test_registrations_come_first(demo: Stage, person: Person, leader: Person) -> None:
    await submitted(person)
    async with demo.app.db.write() as tx:
        number = await tx.value("SELECT id FROM people WHERE staff_number = 'ZF012'")
        await tx.execute(
            "INSERT INTO registrations (user_id, person_id, account_name, created_at) VALUES (4321, ?, '思远', 1)",
            number,
        )
    card = await pending(leader)
    assert "黄思远" in card.text
    assert labels(card) == ["通过", "不通过", "跳过"]
    assert "社区清扫" in (await leader.presses("跳过")).text
    done = await leader.presses("确认")
    assert "还有登记申请 1 件" in done.text
    assert "黄思远" in (await leader.presses("下一项待办")).text


async def test_the_same_in_english(demo: Stage, person: Person, leader: Person) -> None:
    await leader.says("/language en")
    await person.says("/language en")
    await submitted(person, "1 cleanup", "yesterday 9 big event")
    assert "check-ins: " in (await leader.hears("Waiting for you")).text
    card = await leader.presses("Start")
    assert "To review (2 in all)" in card.text
    await leader.presses("Return")
    await leader.presses("The date is wrong")
    assert "The date is wrong" in (await person.hears("was returned")).text
    assert "another reviewer" in (await leader.presses("Confirm")).text
