"""The notice that the demo begins with: there is a report to look at in the first minute."""

import pytest

from bot.demo import BLOCKED, answer_notice, seed_notice
from tests.flows.conftest import NOW, Person, Stage, labels, rows
from tests.flows.sending import ended, number, sums


@pytest.fixture
async def office(demo: Stage) -> Person:
    for person in BLOCKED:
        demo.world.users[demo.of(person).id].blocked = True  # as in the demo, the bot has not heard of it
    await seed_notice(demo.app.db, NOW)
    demo.app.sender.wake()
    await ended(demo)
    answer_notice(demo.world)
    await demo.settled()
    for person in BLOCKED:
        await demo.of(person).says("/start")
    return demo.of("BG002")


async def test_the_office_finds_a_finished_notice_with_its_report(demo: Stage, office: Person) -> None:
    listed = await office.says("/notice")
    assert "№1 已发完" in "".join(labels(listed)) + listed.text
    report = await office.presses("№1", listed)
    assert "已发完" in report.text and "文明服务月" in report.text
    (planned,) = sums(report.text)
    assert planned == {"计划": 51, "送达": 49, "失败": 2, "跳过": 0, "不确定": 0}
    assert "已停用机器人 2" in report.text
    assert "对象 57 人" in report.text.replace("<b>", "").replace("</b>", "") and "未绑定" in report.text
    assert 20 <= number(r"收到：(\d+) 人已点", report.text) <= 40
    names = await office.presses("名单", report)
    assert "失败" in "".join(labels(names))
    # nothing of it is still on its way, and nobody is told anything now
    demo.app.sender.wake()
    await demo.app._follow(NOW)
    assert not await rows(demo, "SELECT 1 FROM outbox WHERE state IN ('pending', 'sending')")


async def test_it_stands_in_everybodys_chat_and_can_be_put_right_there(demo: Stage, office: Person) -> None:
    report = await office.presses("№1", await office.says("/notice"))
    await office.presses("更正", report)
    await office.says("文明服务月改到下月开始。")
    await office.presses("确定更正")
    await ended(demo)
    assert "改好 49 条" in "".join(office.heard)
    assert "改到下月" in demo.of("ZF005").last.text


async def test_those_whom_it_did_not_reach_are_to_be_told_in_person_by_department(office: Person) -> None:
    report = await office.presses("№1", await office.says("/notice"))
    assert "线下转达" in report.text
    telling = await office.presses("线下转达", report)
    assert "请当面转告" in telling.text
    assert [label for label in labels(telling) if "处" in label or "厅" in label], "by department"


async def test_it_can_be_sent_once_more_to_whom_it_missed(demo: Stage, office: Person) -> None:
    report = await office.presses("№1", await office.says("/notice"))
    asked = await office.presses("补发", report)
    assert "2 人" in asked.text
    await office.presses("2 人", asked)
    await demo.of("ZF005").says("/me")
    assert await rows(demo, "SELECT COUNT(*) FROM outbox WHERE key LIKE 'notice:1:%:2'") == [(2,)]
