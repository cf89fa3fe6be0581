"""A roster card that is older than the roster: what it would do now is shown before it is done."""

from tests.flows.conftest import Person, Stage, data_of, labels, value
from tests.flows.test_roster import demo_rows, xlsx

WHO = "ZF008"


def changed(number: str, **cells: str) -> list[tuple[str, ...]]:
    """The demo unit's roster with some cells of one person written anew."""
    at = {"title": 3, "role": 4, "status": 5}
    new = {at[name]: text for name, text in cells.items()}
    return [tuple(new.get(i, cell) for i, cell in enumerate(row)) if row[0] == number else row for row in demo_rows()]


async def status(demo: Stage, number: str = WHO) -> str:
    return str(await value(demo, "SELECT status FROM people WHERE staff_number = ?", number))


async def test_a_dry_run_that_another_import_has_overtaken_is_shown_again_not_applied(
    demo: Stage, office: Person, colleague: Person
) -> None:
    """The outside tester's: hers retires somebody whom his older card still has at work."""
    await office.sends("a.xlsx", xlsx(changed(WHO, status="退休")))
    older = await colleague.sends("b.xlsx", xlsx(changed("ZF006", title="二级主任科员")))
    assert "资料有变 1 人" in older.text and "回到岗位" not in older.text
    old = data_of(older, "✅ 导入")
    await office.presses("✅ 导入")
    again = await colleague.presses("✅ 导入", older)
    assert "没有导入" in again.text and "回到岗位 1 人" in again.text and "退休 → 在职" in again.text
    assert await status(demo) == "retired"
    await demo.restart_bot()
    assert "花名册已更新" in (await colleague.presses("✅ 导入")).text
    assert await status(demo) == "active"
    assert "已经办过" in (await colleague.forges(old, again)).text


async def test_two_taps_on_a_stale_card_apply_nothing(demo: Stage, office: Person, colleague: Person) -> None:
    await office.sends("a.xlsx", xlsx(changed(WHO, status="退休")))
    older = await colleague.sends("b.xlsx", xlsx(changed("ZF006", title="二级主任科员")))
    await office.presses("✅ 导入")
    old = data_of(older, "✅ 导入")
    for _ in range(2):
        demo.world.press_raw(colleague.id, older.id, old)
    await demo.settled()
    assert await status(demo) == "retired"
    assert await value(demo, "SELECT title FROM people WHERE staff_number = 'ZF006'") != "二级主任科员"


async def test_a_file_that_has_nothing_left_to_change_says_so(demo: Stage, office: Person, colleague: Person) -> None:
    rows = xlsx(changed(WHO, status="退休"))
    await office.sends("a.xlsx", rows)
    await colleague.sends("a.xlsx", rows)
    await office.presses("✅ 导入")
    assert "完全一致" in (await colleague.presses("✅ 导入")).text
    async with demo.app.db.read() as tx:
        assert await tx.fetch("SELECT state, entries FROM imports ORDER BY id DESC LIMIT 1") == [("cancelled", "[]")]


async def test_a_change_that_leaves_a_card_true_does_not_outdate_it(
    demo: Stage, office: Person, colleague: Person
) -> None:
    """Both files say the same of the one, so his card is as true as before."""
    rows = changed("ZF006", title="二级主任科员")
    await colleague.sends("b.xlsx", xlsx(rows))
    await office.sends("a.xlsx", xlsx([*demo_rows(), ("N1", "新甲", "财务处", "", "", "")]))
    await office.presses("✅ 导入")
    await office.says("/roster")
    await office.presses("撤销上次导入")
    await office.presses("确认撤销")
    assert "花名册已更新" in (await colleague.presses("✅ 导入")).text


async def test_a_button_of_an_earlier_version_shows_the_dry_run_first(demo: Stage, office: Person) -> None:
    card = await office.sends("a.xlsx", xlsx(changed(WHO, status="退休")))
    number = data_of(card, "✅ 导入").split(":")[2]
    assert "没有导入" in (await office.forges(f"roster:apply:{number}")).text
    assert await status(demo) == "active"
    assert "花名册已更新" in (await office.presses("✅ 导入")).text


async def test_people_who_came_after_the_question_do_not_leave_by_its_answer(
    demo: Stage, office: Person, colleague: Person
) -> None:
    """She is asked about one who is missing; two have been added since."""
    await office.sends("a.xlsx", xlsx([row for row in demo_rows() if row[0] != WHO]))
    asked = await office.presses("✅ 导入")
    assert "有 1 人不在文件里" in asked.text
    fresh = [("N1", "新甲", "财务处", "", "", ""), ("N2", "新乙", "财务处", "", "", "")]
    await colleague.sends("b.xlsx", xlsx([*demo_rows(), *fresh]))
    await colleague.presses("✅ 导入")
    again = await office.presses("办理离职", asked)
    assert "有 3 人不在文件里" in again.text and "新甲" in again.text and "没有办理" in again.text
    assert [await status(demo, number) for number in (WHO, "N1")] == ["active", "active"]
    assert "已为 3 人办理离职" in (await office.presses("这 3 人办理离职")).text
    assert [await status(demo, number) for number in (WHO, "N1")] == ["left", "left"]


async def test_whoever_has_left_meanwhile_is_not_asked_about_any_more(
    demo: Stage, office: Person, colleague: Person
) -> None:
    await office.sends("a.xlsx", xlsx([row for row in demo_rows() if row[0] != WHO]))
    asked = await office.presses("✅ 导入")
    await colleague.sends("b.xlsx", xlsx(changed(WHO, status="退休")))
    await colleague.presses("✅ 导入")
    assert "保持不变" in (await office.presses("办理离职", asked)).text
    assert await status(demo) == "retired"


async def test_nobody_ends_his_own_place_by_a_file_in_which_he_does_not_stand(demo: Stage, office: Person) -> None:
    file = xlsx([row for row in demo_rows() if row[0] not in ("BG002", WHO)])
    await office.sends("a.xlsx", file)
    asked = await office.presses("✅ 导入")
    refused = await office.presses("办理离职", asked)
    assert "您本人也不在文件里" in refused.text and "没有办理" in refused.text
    assert (await status(demo, "BG002"), await status(demo)) == ("active", "active")
    assert labels(refused) == ["保持不变"], "no button that can only be refused again"
    assert "保持不变" in (await office.presses("保持不变", refused)).text
