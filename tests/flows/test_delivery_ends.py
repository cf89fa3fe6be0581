"""Where nobody is left: to send a notice to, to tell in person; and where no table can be made of it."""

import pytest

from bot.files import ChildFailed
from bot.sandbox import Fault
from bot.views import sheets
from tests.flows.conftest import Person, Stage, labels, rows
from tests.flows.sending import begun, done, ended, got, without_mornings


@pytest.fixture
async def office(demo: Stage) -> Person:
    await without_mornings(demo)
    return demo.of("BG002")


async def test_whoever_has_had_enough_this_week_is_left_out_of_another_round(
    demo: Stage, office: Person, person: Person, leader: Person
) -> None:
    other = demo.of("RS003")
    for missed in (person, other):
        demo.sandbox.faults.add(Fault("blocked", "sendMessage", missed.id))
    await done(demo, office)
    for missed in (person, other):
        await missed.says("/start")
    await begun(leader, text="科室例会")
    await ended(demo)
    await office.says("/settings")
    await office.presses("每周主动消息")
    await office.says("1")
    page = await office.presses("№1", await office.says("/notice"))
    asked = await office.presses("补发（2 人）", page)
    assert asked.text == ("补发给还没有送达、现在又能收到的 1 人？\n另有 1 人本周的次数已满，这次不发。")
    await office.presses("确定，发给 1 人", asked)
    await ended(demo)
    assert got(demo)[other.id] == 1 and got(demo)[person.id] == 0
    asked = await office.presses("补发（1 人）", await office.hears("(?s)已发完.*补发"))
    assert asked.text == "现在没有可以发送的人：还没有送达的人中，1 人本周的次数已满，请下周再发。"
    assert labels(asked) == ["‹ 返回"]


async def test_a_round_for_those_who_have_it_all_by_now_reaches_nobody(demo: Stage, office: Person) -> None:
    await done(demo, office)
    answer = await office.forges("dl:missed:1:0", await office.says("/help"))
    assert "没有可以发送的人了：要么已经收到" in answer.text and labels(answer) == ["‹ 返回"]
    await office.says("/language en")
    answer = await office.forges("dl:missed-yes:1:1", await office.says("/help"))
    assert "nobody to send it to: they have it" in answer.text


async def test_where_everybody_has_got_it_nobody_is_to_be_told(demo: Stage) -> None:
    await without_mornings(demo)
    finance = demo.of("CW001")
    await done(demo, finance)
    answer = await finance.forges("tell:list:1:0:0", await finance.says("/help"))
    assert "没有需要线下转达的人" in answer.text and "‹ 返回" in labels(answer)


async def test_an_owner_off_the_roster_ticks_off_without_a_name_and_the_card_leads_to_nothing_then(
    demo: Stage, office: Person, leader: Person
) -> None:
    owner = demo.owner()
    await owner.says("/start")
    await done(demo, office)
    card = await leader.hears("需要线下转达 2 人次")
    await owner.presses("线下转达", await owner.forges("dl:open:1:0"))
    await owner.presses("执法处")
    for _ in range(2):
        shown = await owner.presses("☐ ")
    assert shown.text.count("☑") == 2 and "· 10月14日（周三）10:00 已转达" in shown.text
    assert "None" not in shown.text
    answer = await leader.presses("线下转达", card)
    assert answer.text == "没有需要线下转达的通知。"
    assert await rows(demo, "SELECT COUNT(*) FROM notice_people WHERE told_by = ?", owner.id) == [(2,)]


async def test_where_no_table_can_be_made_it_is_said(
    demo: Stage, office: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*args: object) -> bytes:
        raise ChildFailed(1, "MemoryError")

    page = await done(demo, office)
    monkeypatch.setattr(sheets, "workbook", broken)
    assert (await office.presses("表格", page)).text == "表格没有做成，请稍后再试一次。"
