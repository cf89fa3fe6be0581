"""Whom a plan is for: a role, some departments with what is below them, or both; chosen by the office in /schedule."""

import datetime as dt

import pytest

from bot.clock import instant
from storage import departments
from tests.flows.conftest import NOW, ZONE, Person, Stage, labels, rows
from tests.flows.sending import at_rest, number, without_mornings

DUE = dt.datetime(2026, 10, 21, 9, 30, tzinfo=ZONE)
PEOPLE = (
    "SELECT p.staff_number FROM people p JOIN accounts a ON a.person_id = p.id JOIN departments d"
    " ON d.id = p.department_id WHERE p.status = 'active' AND a.consent_version IS NOT NULL AND d.path LIKE ? {}"
    " ORDER BY p.staff_number"
)


async def opened(stage: Stage) -> Person:
    """The card of a plan each 旬, still paused, in front of the office."""
    await without_mornings(stage)
    async with stage.app.db.write() as tx:
        await tx.execute("UPDATE plans SET state = 'paused'")
    office = stage.of("BG003")
    await office.says("/schedule")
    await one_by_one(office, "新增计划", "每旬督查")
    return office


async def one_by_one(person: Person, *labels: str) -> None:
    for label in labels:
        await person.presses(label)


async def place(stage: Stage, path: str) -> int:
    return int((await rows(stage, "SELECT id FROM departments WHERE path = ?", path))[0][0])


async def meant(stage: Stage, path: str, role: str = "") -> list[str]:
    found = await rows(stage, PEOPLE.format(f"AND p.role = '{role}'" if role else ""), path)
    return [row[0] for row in found]


async def fired(stage: Stage, moment: dt.datetime = DUE) -> list[str]:
    """Whom it was sent to at its time."""
    stage.move_to(moment)
    await stage.app._plan(moment)
    await at_rest(stage)
    found = await rows(stage, "SELECT p.staff_number FROM outbox o JOIN people p ON p.id = o.person_id"
                              " WHERE o.kind = 'memo' AND o.state = 'sent' ORDER BY p.staff_number")  # fmt: skip
    return [row[0] for row in found]


def heads(text: str) -> int:
    return number(r"· 10月21日（周三）09:30　(\d+) 人", text)


async def test_a_department_and_a_role_are_combined_and_the_head_count_follows(demo: Stage) -> None:
    office = await opened(demo)
    everybody, of_place = await meant(demo, "%"), await meant(demo, "执法处%")
    chooser = await office.presses("改对象")
    assert "现在：科室负责人" in chooser.text
    card = await office.presses("全体职工")
    assert "发给：全体职工" in card.text and heads(card.text) == len(everybody)
    await one_by_one(office, "改对象", "选部门")
    shown = await office.presses("☐ 执法处")
    assert "☑ 执法处" in labels(shown)
    assert f"{len(of_place)} 人" in shown.text
    card = await office.presses("选好了")
    assert "发给：执法处（含下级）的全体职工" in card.text and heads(card.text) == len(of_place)
    await office.presses("改对象")
    card = await office.presses("科室负责人")
    leaders = await meant(demo, "执法处%", "leader")
    assert "发给：执法处（含下级）的科室负责人" in card.text and heads(card.text) == len(leaders)
    await office.presses("启用")
    assert await fired(demo) == leaders
    assert await rows(demo, "SELECT audience, places FROM plans WHERE template = 'inspect'") == [
        ("leaders", str(await place(demo, "执法处")))
    ]


async def test_several_departments_are_added_up_and_taken_out_again(demo: Stage) -> None:
    office = await opened(demo)
    await one_by_one(office, "改对象", "全体职工", "改对象", "选部门", "☐ 执法处")
    shown = await office.presses("☐ 财务处")
    both = sorted([*await meant(demo, "执法处%"), *await meant(demo, "财务处%")])
    assert f"{len(both)} 人" in shown.text
    # pressed twice, or an old message: in stays in
    demo.world.press_raw(office.id, shown.id, f"pl:place:{await plan_id(demo)}:in-{await place(demo, '财务处')}-0-0")
    await demo.settled()
    assert "☑ 财务处" in labels(office.last)
    await one_by_one(office, "选好了", "启用")
    assert await fired(demo) == both
    await office.says("/schedule")
    await one_by_one(office, "每旬督查", "改对象", "选部门")
    shown = await office.presses("☑ 财务处")
    assert "☐ 财务处" in labels(shown)
    shown = await office.presses("全单位")
    assert not [label for label in labels(shown) if label.startswith("☑")]
    assert "发给：全体职工" in (await office.presses("选好了")).text


async def plan_id(stage: Stage) -> int:
    return int((await rows(stage, "SELECT id FROM plans WHERE template = 'inspect'"))[0][0])


async def test_below_a_department_one_part_of_it_can_be_chosen_and_the_last_word_counts(demo: Stage) -> None:
    async with demo.app.db.write() as tx:
        part = await departments.insert(tx, "执法处/一科")
        await tx.execute("UPDATE people SET department_id = ? WHERE staff_number IN ('ZF005', 'ZF006')", part.id)
    office = await opened(demo)
    await one_by_one(office, "改对象", "全体职工", "改对象", "选部门", "☐ 执法处")
    top = await place(demo, "执法处")
    below = [b for row in office.last.buttons for b in row if b.text == "› 1"]
    mine = next(b for b in below if str(b.data).endswith(f":{top}-0"))
    shown = await office.forges(str(mine.data))
    shown = await office.presses("☐ 一科", shown)
    part_of_it = await meant(demo, "执法处/一科")
    assert part_of_it and f"{len(part_of_it)} 人" in shown.text
    await office.presses("上一级")
    card = await office.presses("选好了")
    assert "发给：执法处/一科（含下级）的全体职工" in card.text
    await one_by_one(office, "改对象", "选部门", "☐ 执法处")
    assert "发给：执法处（含下级）的全体职工" in (await office.presses("选好了")).text
    await office.presses("启用")
    assert await fired(demo) == await meant(demo, "执法处%")


async def test_a_deputy_is_a_leader_where_he_stands_in_and_nowhere_else(demo: Stage) -> None:
    async with demo.app.db.write() as tx:
        await tx.execute(
            "INSERT INTO grants (person_id, role, department_id, until_date, granted_by, granted_at) VALUES"
            " ((SELECT id FROM people WHERE staff_number = 'CW002'), 'leader',"
            " (SELECT id FROM departments WHERE path = '执法处'), '2026-10-31', 900, 0)"
        )
    office = await opened(demo)
    await one_by_one(office, "改对象", "选部门", "☐ 执法处", "选好了", "启用")
    assert await fired(demo) == sorted([*await meant(demo, "执法处%", "leader"), "CW002"])
    # after his last day not any more
    before = await rows(demo, "SELECT COUNT(*) FROM outbox WHERE kind = 'memo'")
    await fired(demo, dt.datetime(2026, 11, 2, 9, 30, tzinfo=ZONE))
    after = await rows(demo, "SELECT COUNT(*) FROM outbox WHERE kind = 'memo'")
    assert after[0][0] - before[0][0] == len(await meant(demo, "执法处%", "leader"))


async def test_a_closed_department_is_said_to_be_and_nobody_else_gets_its_text(demo: Stage) -> None:
    office = await opened(demo)
    await one_by_one(office, "改对象", "全体职工", "改对象", "选部门", "☐ 执法处", "选好了", "启用")
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET department_id = ? WHERE department_id = ?",
                         await place(demo, "财务处"), await place(demo, "执法处"))  # fmt: skip
        await tx.execute("UPDATE departments SET closed_on = '2026-10-15' WHERE path = '执法处'")
    await office.says("/schedule")
    card = await office.presses("每旬督查")
    assert "执法处（已撤销）" in card.text and heads(card.text) == 0
    assert await fired(demo) == []
    assert "一个人也没有" in (await office.hears("每旬督查.*对象")).text
    # a department that is not there at all is nobody either, never everybody
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE plans SET places = '9999', since = ? WHERE template = 'inspect'", instant(DUE))
    await office.says("/schedule")
    assert "（已不存在）" in (await office.presses("每旬督查")).text
    assert await fired(demo, dt.datetime(2026, 11, 2, 9, 30, tzinfo=ZONE)) == []


async def test_the_quarters_reminder_may_be_for_some_departments_only(demo: Stage) -> None:
    office = demo.of("BG003")
    await without_mornings(demo)
    await office.says("/schedule")
    card = await office.presses("季度提醒")
    whole = number(r"· 12月1日（周二）10:00　(\d+) 人", card.text)
    chooser = await office.presses("改对象")
    assert "全体职工" not in "".join(labels(chooser)), "whom it is for is what it reminds of"
    await one_by_one(office, "选部门", "☐ 执法处")
    card = await office.presses("选好了")
    some = number(r"· 12月1日（周二）10:00　(\d+) 人", card.text)
    assert 0 < some < whole and "只限：执法处（含下级）" in card.text
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE plans SET since = ? WHERE kind = 'nudge'", instant(NOW))
        await tx.execute("UPDATE plans SET state = 'paused' WHERE kind <> 'nudge'")
    moment = dt.datetime(2026, 12, 1, 10, 0, tzinfo=ZONE)
    demo.move_to(moment)
    await demo.app._plan(moment)
    await at_rest(demo)
    paths = await rows(demo, "SELECT DISTINCT d.path FROM outbox o JOIN people p ON p.id = o.person_id JOIN departments"
                             " d ON d.id = p.department_id WHERE o.kind = 'reminder'")  # fmt: skip
    assert paths == [("执法处",)]


@pytest.mark.parametrize("who", ["ZF001", "ZF005", "ZH002"])
async def test_a_leader_a_viewer_and_staff_choose_nothing(demo: Stage, who: str) -> None:
    await opened(demo)
    person, plan, department = demo.of(who), await plan_id(demo), await place(demo, "执法处")
    await person.says("/help")
    for data in (f"pl:place:{plan}:in-{department}-0-0", f"pl:places:{plan}:0-0", f"pl:whole:{plan}:",
                 f"pl:set-audience:{plan}:all", f"pl:audience:{plan}:"):  # fmt: skip
        assert "失效" in (await person.forges(data)).text
    assert await rows(demo, "SELECT audience, places FROM plans WHERE id = ?", plan) == [("leaders", "")]


async def test_stale_and_forged_presses_are_answered_and_change_nothing(demo: Stage) -> None:
    office = await opened(demo)
    plan, department = await plan_id(demo), await place(demo, "执法处")
    for data in (f"pl:place:{plan}:in-9999-0-0", f"pl:place:{plan}:in-x-0-0", f"pl:place:{plan}:up-{department}-0-0",
                 f"pl:place:99:in-{department}-0-0", f"pl:place:2:in-{department}-0-0", "pl:places:99:0-0",
                 f"pl:place:{plan}:", "pl:whole:2:", f"pl:place:1:in-{department}-0-0"):  # fmt: skip
        await office.says("/schedule")
        assert "失效" in (await office.forges(data)).text, data
    assert {row[0] for row in await rows(demo, "SELECT places FROM plans")} == {""}
    # a closed department is no choice any more
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE departments SET closed_on = '2026-10-01' WHERE path = '执法处'")
    await office.says("/schedule")
    assert "失效" in (await office.forges(f"pl:place:{plan}:in-{department}-0-0")).text


async def test_it_survives_a_restart_is_audited_and_speaks_english(demo: Stage) -> None:
    office = await opened(demo)
    await office.says("/language en")
    await office.says("/schedule")
    await one_by_one(office, "Inspection", "For whom", "Departments")
    await demo.restart_bot()
    await office.presses("☐ 执法处")
    assert "For: leaders of 执法处 (with all below)" in (await office.presses("Done")).text
    ((before, after),) = await rows(demo, "SELECT before, after FROM audit WHERE action = 'plan-changed'")
    assert "执法处" not in before and "执法处" in after
