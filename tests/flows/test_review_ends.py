"""Where the row of what waits comes to its end: what is still there, what may be confirmed at once, and taken back."""

import datetime as dt

import pytest

from bot.clock import instant
from tests.flows.conftest import NOW, Person, Stage, data_of, labels, rows, value
from tests.flows.sending import at_rest, done
from tests.flows.test_backup import night
from tests.flows.test_checkins import count, forget
from tests.flows.test_review import outbox, pending, submitted


@pytest.fixture
async def person(demo: Stage) -> Person:
    await forget(demo)
    return demo.of("ZF005")


async def somebody_asks_to_be_let_in(stage: Stage) -> None:
    async with stage.app.db.write() as tx:
        number = await tx.value("SELECT id FROM people WHERE staff_number = 'ZF012'")
        await tx.execute(
            "INSERT INTO registrations (user_id, person_id, account_name, created_at) VALUES (4321, ?, '思远', 1)",
            number,
        )


async def test_who_is_still_to_be_told_in_person_is_named_when_all_is_decided(
    demo: Stage, person: Person, leader: Person
) -> None:
    await done(demo, leader)  # of 执法处 one is not bound, one has left the bot
    await submitted(person)
    await pending(leader)
    end = await leader.presses("确认")
    assert "打卡和登记都处理好了。还有通知需要线下转达（2 人次）" in end.text
    assert "1 条通知需要线下转达" in (await leader.presses("线下转达", end)).text
    await leader.says("/language en")
    assert "to be passed on in person: 2" in (await leader.says("/pending")).text


async def test_at_the_end_of_the_row_what_was_passed_over_is_named_by_its_kind(
    demo: Stage, person: Person, leader: Person
) -> None:
    await somebody_asks_to_be_let_in(demo)
    await submitted(person, "1 植树", "昨天 1 扫雪")
    await pending(leader)
    await leader.presses("跳过")
    await leader.presses("跳过")
    end = await leader.presses("跳过")
    assert "还有：登记申请 1 件、志愿服务打卡 2 条" in end.text
    assert "黄思远" in (await leader.presses("从头看")).text


async def test_all_at_once_is_offered_for_what_has_no_flag_and_says_how_many(
    demo: Stage, person: Person, leader: Person
) -> None:
    assert (await leader.forges("ra:0:0", await leader.says("/help"))).text == "现在没有待审核的打卡。"
    await submitted(person, "9 大型活动", "昨天 9 植树")
    card = await pending(leader)
    assert labels(card) == ["确认", "退回", "追问", "跳过"]
    flagged = await leader.forges("ra:0:0", card)  # from a card of before
    assert "没有可以一次确认的记录：剩下的 2 条都有提示，请逐条审核。" in flagged.text
    await submitted(person, "前天 1 扫雪")
    assert "一次确认 1 条" in labels(await leader.says("/pending"))
    await submitted(person, *(f"前天 0.5 植树{number}" for number in range(13)), *("昨天 0.5 植树",) * 6)
    card = await leader.says("/pending")
    assert "共 22 条" in card.text and "一次确认没有提示的" in labels(card)
    await submitted(person, *("10月10日 0.5 植树",) * 8)
    asked = await leader.presses("一次确认没有提示的", await leader.says("/pending"))
    assert "确认下面 22 条" in asked.text and asked.text.endswith("…… 还有 2 条")
    await leader.presses("是，确认 22 条")
    assert await rows(demo, "SELECT COUNT(*) FROM checkins WHERE state = 'confirmed' AND text LIKE '植树%'") == [(21,)]
    nothing = await leader.forges("ra:0:0", await leader.says("/help"))
    assert nothing.text == "没有可以一次确认的记录：剩下的 8 条都有提示，请逐条审核。"


async def test_what_was_confirmed_at_once_is_taken_back_at_once(demo: Stage, person: Person, leader: Person) -> None:
    await submitted(person, "1 植树", "昨天 2 扫雪")
    await submitted(demo.of("ZF006"), "1 慰问")
    await pending(leader)
    await leader.presses("一次确认 3 条")
    sure = await leader.presses("是，确认 3 条")
    assert "已确认 3 条" in sure.text
    data = data_of(sure, "撤销")
    await demo.restart_bot()
    back = await leader.presses("撤销这 3 条", sure)
    assert "已撤销 3 条的确认" in back.text
    assert "共 3 条" in back.text
    assert "已由审核人撤销" in (await person.hears("撤销")).text
    assert await count(demo, "state = 'confirmed'") == 0
    assert "没有可以撤销的" in (await leader.forges(data)).text


async def test_of_what_is_taken_back_at_once_each_person_hears_once(
    demo: Stage, person: Person, leader: Person
) -> None:
    await submitted(person, "1 植树", "昨天 2 扫雪", "前天 1 慰问")
    other = demo.of("ZF006")
    await submitted(other, "1 捐书")
    await pending(leader)
    await leader.presses("一次确认 4 条")
    await leader.presses("是，确认 4 条")
    await leader.presses("撤销这 4 条")
    told = await person.hears("撤销")
    assert "3 条" in told.text and "10月13日（周二）2 小时 · 扫雪" in told.text
    assert "捐书" in (await other.hears("撤销")).text
    await demo.app.catch_up()
    query = "SELECT kind, COUNT(*) FROM outbox WHERE kind LIKE 'checkins-told-undone%' GROUP BY kind ORDER BY kind"
    assert await rows(demo, query) == [("checkins-told-undone", 1), ("checkins-told-undone-all", 1)]


async def test_only_for_ten_minutes_and_only_what_nothing_has_happened_to_since(
    demo: Stage, person: Person, leader: Person
) -> None:
    await submitted(person, "1 植树", "昨天 2 扫雪")
    await pending(leader)
    await leader.presses("一次确认 2 条")
    sure = await leader.presses("是，确认 2 条")
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE checkins SET state = 'voided', version = version + 1 WHERE text = '植树'")
    demo.move_to(NOW + dt.timedelta(minutes=9))
    assert "已撤销 1 条的确认" in (await leader.presses("撤销这 2 条", sure)).text
    await leader.presses("确认")
    await submitted(person, "1 慰问", "前天 1 捐书")
    await leader.says("/pending")
    await leader.presses("一次确认 2 条")
    late = await leader.presses("是，确认 2 条")
    demo.move_to(NOW + dt.timedelta(minutes=20))
    over = await leader.presses("撤销这 2 条", late)
    for piece in ("已超过十分钟", "没有撤销", "请创建办作废"):
        assert piece in over.text
    assert await count(demo, "state = 'confirmed'") == 3


async def test_after_ten_minutes_it_is_said_that_they_are_over_and_what_can_be_done(
    demo: Stage, person: Person, leader: Person, office: Person
) -> None:
    for decider, hint in ((leader, "请创建办作废"), (office, "可以点“作废”")):
        await submitted(person, "1 植树")
        await decider.says("/pending")
        done = await decider.presses("确认")
        data = data_of(done, "撤销确认")
        demo.move_to(demo.clock.now() + dt.timedelta(minutes=11))
        late = await decider.presses("撤销确认", done)
        for piece in ("已超过十分钟", "不能再撤销", hint, "植树", "状态：已确认"):
            assert piece in late.text
        assert "情况已有变化" not in late.text
        assert ("作废" in labels(late)) is (decider is office)
    await office.presses("作废")
    await office.presses("重复记录")
    assert "情况已有变化" in (await office.forges(data)).text
    await office.says("/language en")
    await submitted(person, "1 扫雪")
    await office.says("/pending")
    done = await office.presses("Confirm")
    demo.move_to(demo.clock.now() + dt.timedelta(minutes=11))
    assert "ten minutes are over" in (await office.presses("Undo", done)).text


async def test_nobody_else_takes_it_back(demo: Stage, person: Person, leader: Person) -> None:
    await submitted(person, "1 植树", "昨天 2 扫雪")
    await pending(leader)
    await leader.presses("一次确认 2 条")
    data = data_of(await leader.presses("是，确认 2 条"), "撤销")
    for number in ("ZF006", "RS001", "BG002"):
        other = demo.of(number)
        await other.says("/help")
        assert "已撤销 2 条" not in (await other.forges(data)).text
    assert await count(demo, "state = 'confirmed'") == 2


async def test_of_two_people_of_one_name_it_is_always_said_who_is_meant(
    demo: Stage, person: Person, leader: Person
) -> None:
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET name = '王芳' WHERE staff_number IN ('ZF005', 'ZF006')")
    for number in ("ZF005", "ZF006"):
        await submitted(demo.of(number), "1 植树")
    await leader.says("/pending")
    asked = await leader.presses("一次确认 2 条")
    for who in ("王芳（ZF005）", "王芳（ZF006）"):
        assert who in asked.text
    await leader.says("/pending")
    assert "王芳（ZF005）" in (await leader.presses("退回")).text
    assert "已退回：王芳（ZF005）" in (await leader.presses("重复记录")).text
    assert "已确认：王芳（ZF006）" in (await leader.presses("确认")).text
    assert "重新待审核：王芳（ZF006）" in (await leader.presses("撤销确认")).text


# What nobody touches


async def cards(stage: Stage, person: Person) -> int:
    """How many calls to work are on their way to this account or have arrived."""
    query = (
        "SELECT COUNT(*) FROM outbox WHERE kind = 'work' AND user_id = ? AND state IN ('pending', 'sending', 'sent')"
    )
    return int(await value(stage, query, person.id))


@pytest.mark.parametrize("waits", ["a record", "a registration"])
async def test_what_nobody_touches_for_a_week_calls_whoever_decides_by_then(
    demo: Stage, person: Person, leader: Person, office: Person, waits: str
) -> None:
    async with demo.app.db.write() as tx:
        await tx.execute("DELETE FROM registrations")
    if waits == "a record":
        await submitted(person)
        await leader.hears("有事项等您处理")
    else:
        await somebody_asks_to_be_let_in(demo)
        async with demo.app.db.write() as tx:
            await tx.execute("UPDATE registrations SET created_at = ?", instant(NOW))
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET status = 'retired' WHERE staff_number = 'ZF001'")
    await night(demo)
    await night(demo, 5)
    assert await cards(demo, office) == 0
    await night(demo, 2)
    demo.move_to(demo.clock.now().replace(hour=9))
    assert "有事项等您处理" in (await office.hears("有事项等您处理")).text
    await night(demo)
    await night(demo)
    assert await cards(demo, office) == 1, "once a week, however many nights there are"


async def test_who_was_called_hears_again_after_a_week_and_nobody_when_it_is_done(
    demo: Stage, person: Person, leader: Person
) -> None:
    async with demo.app.db.write() as tx:
        await tx.execute("DELETE FROM registrations")
    await submitted(person)
    await leader.hears("有事项等您处理")
    await at_rest(demo)
    assert await outbox(demo, "work") == [("sent", "")]
    await night(demo)
    await night(demo, 7)
    assert await cards(demo, leader) == 2
    await leader.says("/pending")
    await leader.presses("确认")
    demo.move_to(demo.clock.now().replace(hour=9))
    await demo.app.catch_up()
    await at_rest(demo)
    assert sum("有事项等您处理" in text for text in leader.heard) == 1
    await night(demo, 7)
    assert await cards(demo, leader) == 1


async def test_of_two_who_must_agree_the_other_one_is_called(
    demo: Stage, person: Person, leader: Person, office: Person
) -> None:
    async with demo.app.db.write() as tx:
        await tx.execute("DELETE FROM registrations")
        await tx.execute("UPDATE people SET status = 'on_leave' WHERE staff_number IN ('BG002', 'BG003')")
    await submitted(person, "10 抗洪")
    await pending(leader)
    assert "还需另一位" in (await leader.presses("确认")).text
    async with demo.app.db.write() as tx:
        await tx.execute("DELETE FROM outbox WHERE kind = 'work'")
        await tx.execute("UPDATE people SET status = 'active' WHERE staff_number IN ('BG002', 'BG003')")
    await night(demo)
    await night(demo, 7)
    assert (await cards(demo, leader), await cards(demo, office)) == (0, 1)
