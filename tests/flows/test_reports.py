"""/report: what a leader of the campaign and a leader of a department see, and what they never do."""

import io

import pytest
from python_calamine import CalamineWorkbook

from bot.domain.markup import units
from bot.files import ChildFailed
from bot.i18n import translator
from bot.sandbox.state import SentMessage
from bot.views import charts, sheets
from bot.views.parts import CAPTION_LIMIT
from storage import departments, people, settings
from storage.records import Person as RosterPerson
from storage.records import PersonStatus, Role
from tests.flows.conftest import NOW, Stage, labels

PNG = b"\x89PNG\r\n\x1a\n"


def said(message: SentMessage) -> str:
    return message.caption or message.text or ""


async def setting(demo: Stage, name: str, value: str) -> None:
    async with demo.app.db.write() as tx:
        await settings.put(tx, name, value, 0)


async def department(demo: Stage, path: str) -> int:
    async with demo.app.db.write() as tx:
        return (await departments.insert(tx, path)).id


async def test_report_alone_is_this_year_of_the_whole_unit_as_a_picture(demo: Stage) -> None:
    answer = await demo.owner().says("/report")
    assert answer.photo is not None and answer.photo.startswith(PNG)
    assert said(answer).startswith("示例单位 · 2026年\n截至 2026年10月14日\n")
    assert "参与 16 人，在岗 57 人" in said(answer)
    assert "目标 30%，需 18 人，还差 2 人" in said(answer)
    assert "综合处　17.6%（3/17）差 3 人" in said(answer)
    assert "志愿服务 107.5 小时，51 人次" in said(answer)
    assert "小时（按在岗人数）" in said(answer)


@pytest.mark.parametrize("staff_number", ["BG002", "ZH002"])
async def test_office_and_viewer_see_the_whole_unit(demo: Stage, staff_number: str) -> None:
    assert "示例单位" in said(await demo.of(staff_number).says("报表"))


async def test_a_leader_sees_his_own_department_with_what_is_below_it(demo: Stage) -> None:
    answer = await demo.of("ZH001").says("/report")
    assert said(answer).startswith("综合处 · 2026年")
    assert "办公室" in said(answer) and "执法处" not in said(answer)
    assert "⬆️ 上一级" not in labels(answer)


async def test_who_may_see_no_report_gets_none(demo: Stage) -> None:
    assert "不在您的权限范围内" in said(await demo.of("ZF005").says("/report"))
    assert "请先完成登记" in said(await demo.person(77).says("/report"))


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("今天", "示例单位 · 2026年10月14日"),
        ("本周", "示例单位 · 2026年第42周\n2026年10月12日 至 2026年10月18日"),
        ("上月", "示例单位 · 2026年9月"),
        ("上季 执法处", "执法处 · 2026年第三季度"),
        ("综合处/办公室 去年", "综合处/办公室 · 2025年"),
        ("2026-10", "示例单位 · 2026年10月"),
        ("２０２６Ｑ３ 服务大厅", "服务大厅 · 2026年第三季度"),
        ("last month 办公室", "综合处/办公室 · 2026年9月"),
        ("人事", "人事处 · 2026年"),
        ("全单位", "示例单位 · 2026年"),
    ],
)
async def test_period_and_department_are_understood_as_people_type_them(demo: Stage, typed: str, title: str) -> None:
    assert said(await demo.owner().says(f"/report {typed}")).startswith(title)


async def test_the_counted_period_target_and_rounding_are_the_campaigns(demo: Stage) -> None:
    await setting(demo, "period", '"2026Q3"')
    await setting(demo, "target", "10")
    await setting(demo, "rounding", '"exact"')
    answer = await demo.owner().says("/report")
    assert said(answer).startswith("示例单位 · 2026年第三季度")
    assert "已达到目标 10%" in said(answer)


async def test_a_department_that_begins_like_a_period_is_still_found(demo: Stage) -> None:
    await department(demo, "2026专班")
    assert said(await demo.owner().says("/report 2026专班")).startswith("2026专班 · 2026年")
    assert said(await demo.owner().says("/report 2026")).startswith("示例单位 · 2026年")


async def test_what_is_not_understood_is_said_with_something_to_press(demo: Stage) -> None:
    owner = demo.owner()
    for typed in ("火星处", "2026-13", "<b>&", "😀" * 500, "综合处 火星"):
        answer = await owner.says(f"/report {typed}")
        assert "没有找到" in said(answer)
    assert said(await owner.presses("财务处")).startswith("财务处 · 2026年")


async def test_an_ambiguous_name_offers_its_candidates(demo: Stage) -> None:
    await department(demo, "执法处/办公室")
    owner = demo.owner()
    answer = await owner.says("/report 上月 办公室")
    assert "有多个部门符合" in said(answer)
    assert labels(answer) == ["综合处/办公室", "执法处/办公室"]
    assert said(await owner.presses("执法处/办公室")).startswith("执法处/办公室 · 2026年9月")


async def test_many_candidates_are_cut_to_a_page_and_the_whole_path_is_asked_for(demo: Stage) -> None:
    for number in range(12):
        await department(demo, f"分局{number}/后勤")
    answer = await demo.owner().says("/report 后勤")
    assert len(labels(answer)) == 8 and "另有 4 个没有列出" in said(answer)


async def test_to_a_leader_another_department_is_one_that_does_not_exist(demo: Stage) -> None:
    leader = demo.of("ZF001")
    foreign, missing = await leader.says("/report 综合处"), await leader.says("/report 火星处")
    assert said(foreign).replace("综合处", "火星处") == said(missing)
    assert foreign.buttons == missing.buttons
    assert labels(foreign) == ["执法处"]
    assert "或者不在您可以查看的范围内" in said(foreign)
    assert "范围" not in said(await demo.owner().says("/report 火星处"))


@pytest.mark.parametrize("typed", ["综合处", "综合", "合处", "上月 综合处"])
async def test_a_department_above_ones_own_is_not_answered_with_ones_own(demo: Stage, typed: str) -> None:
    leader = demo.of("BG001")
    answer = await leader.says(f"/report {typed}")
    assert "不在您可以查看的范围内" in said(answer) and "没有找到" not in said(answer)
    assert labels(answer) == ["综合处/办公室"]
    for own in ("办公室", "综合处/办公室", "公室"):
        assert said(await leader.says(f"/report {own}")).startswith("综合处/办公室 · 2026年")


async def test_a_period_that_has_not_begun_is_said_so(demo: Stage) -> None:
    answer = await demo.owner().says("/report 2027 执法处")
    assert said(answer) == "2027年尚未开始，还没有数据。"
    assert said(await demo.owner().presses("本年")).startswith("执法处 · 2026年")


async def test_where_nobody_was_in_post_there_is_no_data(demo: Stage) -> None:
    answer = await demo.owner().says("/report 2020")
    assert "暂无数据" in said(answer) and "%" not in said(answer)
    assert answer.photo is not None


async def test_presses_step_through_periods_in_the_same_message(demo: Stage) -> None:
    owner = demo.owner()
    first = await owner.says("/report 2026-08")
    before = await owner.presses("‹ 2026年7月")
    assert before.id == first.id and before.edited == 1
    assert said(before).startswith("示例单位 · 2026年7月") and before.photo is not None
    after = await owner.presses("2026年8月 ›")
    assert said(after).startswith("示例单位 · 2026年8月")
    assert not any("›" in label for label in labels(await owner.says("/report 本月")))


async def test_the_choosers_keep_the_picture_and_lead_back(demo: Stage) -> None:
    owner = demo.owner()
    report = await owner.says("/report")
    text, picture = said(report), report.photo
    chooser = await owner.presses("换时期")
    assert chooser.id == report.id and chooser.photo == picture and "上季" in labels(chooser)
    assert said(await owner.presses("返回报表")) == text
    await owner.presses("换时期")
    assert said(await owner.presses("上季")).startswith("示例单位 · 2026年第三季度")


async def test_one_goes_down_into_a_department_and_up_again(demo: Stage) -> None:
    owner = demo.owner()
    await owner.says("/report 上月")
    await owner.presses("看部门")
    assert said(await owner.presses("综合处")).startswith("综合处 · 2026年9月")
    await owner.presses("看部门")
    leaf = await owner.presses("办公室")
    assert said(leaf).startswith("综合处/办公室 · 2026年9月") and "🏢 看部门" not in labels(leaf)
    assert said(await owner.presses("上一级")).startswith("综合处 · 2026年9月")
    assert said(await owner.presses("上一级")).startswith("示例单位 · 2026年9月")


async def test_the_table_comes_as_a_file_with_the_same_figures(demo: Stage) -> None:
    owner = demo.owner()
    await owner.says("/report")
    answer = await owner.presses("下载表格")
    assert answer.document is not None
    assert answer.document.name == "志愿服务参与情况-示例单位-2026年.xlsx"
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.document.data))
    rows = {row[0]: row for row in book.get_sheet_by_name("各部门").to_python()}
    assert rows["综合处"][1:3] == [17.0, 3.0]
    assert rows["合计"][1:3] == [57.0, 16.0]
    assert rows["合计"][7] == 107.5


async def test_forged_and_stale_presses_show_what_there_is(demo: Stage) -> None:
    leader = demo.of("ZF001")
    await leader.says("/report")
    foreign = await department(demo, "综合处")
    for data in (
        f"report:show:2026:{foreign}:0",
        "report:show:2026:0:0",
        f"report:table:2026:{foreign}:0",
        f"report:where:2026:{foreign}:0",
        f"report:when:2026:{foreign}:0",
        "report:show:2026:999999999999999999999:0",
        "report:show:2026:-1:0",
        "report:show:garbage:0:0",
        "report:show:9999-99::",
    ):
        answer = await leader.forges(data)
        assert "失效" in said(answer), data
        assert labels(answer) in (["执法处"], []), data
    for data in ("report:nonsense:2026:0:0", "report:show", "report:show:2026:x:y"):
        assert "失效" in said(await leader.forges(data)), data


async def test_pages_and_odd_periods_of_a_forged_press_are_bounded(demo: Stage) -> None:
    owner = demo.owner()
    await owner.says("/report")
    assert "共 5 个部门" in said(await owner.forges("report:where:2026:0:-5"))
    assert "请选择时期" in said(await owner.forges("report:when:nonsense:0:-5"))
    assert "共 5 个部门" in said(await owner.forges("report:where:2026:0:999999999999"))
    assert "尚未开始" in said(await owner.forges("report:show:2199:0:0"))
    assert "‹ 1899年" not in labels(await owner.forges("report:show:1900:0:0"))


async def test_a_right_taken_away_ends_with_the_next_press(demo: Stage) -> None:
    leader = demo.of("ZF001")
    await leader.says("/report")
    async with demo.app.db.write() as tx:
        person = await people.find_by_number(tx, "ZF001")
        assert person is not None
        plain = RosterPerson(
            person.id, person.staff_number, person.name, "", person.department_id, Role.STAFF, PersonStatus.ACTIVE
        )
        await people.update_many(tx, [plain], NOW.date())
    for label in ("2025年", "换时期", "下载表格"):
        answer = await leader.presses(label)
        assert "失效" in said(answer) and answer.document is None


async def test_buttons_work_after_a_restart_and_pressed_twice(demo: Stage) -> None:
    owner = demo.owner()
    await owner.says("/report")
    await demo.restart_bot()
    once = await owner.presses("‹ 2025年")
    again = await owner.forges("report:show:2025:0:0", once)
    assert said(once) == said(again) and once.id == again.id


async def test_five_hundred_departments_with_awkward_names_fit(demo: Stage) -> None:
    names = ('<b>"A" & B', "服务😀😀😀" * 8, "=1+1", "‮עברית", "很长的名字" * 12)
    async with demo.app.db.write() as tx:
        for number in range(500):
            made = await departments.insert(tx, f"{names[number % len(names)]}{number}")
            person = RosterPerson(0, f"X{number}", "人", "", made.id, Role.STAFF, PersonStatus.ACTIVE)
            await people.insert_many(tx, [person], NOW.date())
    owner = demo.owner()
    answer = await owner.says("/report")
    assert answer.photo is not None and "个部门未在此列出" in said(answer)
    assert CAPTION_LIMIT - 60 < units(said(answer)) <= CAPTION_LIMIT
    await owner.presses("看部门")
    for _ in range(3):
        chooser = await owner.presses("›")
    assert "第 4/64 页" in said(chooser)
    drilled = await owner.presses('<b>"A" & B')
    assert '<b>"A" & B' in said(drilled)
    table = await owner.presses("下载表格")
    assert table.document is not None and not set('<>"/\\:*?|') & set(table.document.name)


async def test_a_name_written_from_the_right_does_not_turn_the_figures(demo: Stage) -> None:
    await department(demo, "\u202eעברית")
    assert "\u2068\u202eעברית\u2069　暂无数据" in said(await demo.owner().says("/report"))


@pytest.mark.parametrize("problem", [TimeoutError(), ChildFailed(-9, "killed")])
async def test_without_its_picture_a_report_is_still_told(
    demo: Stage, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    async def broken(*_: object) -> bytes:
        raise problem

    owner = demo.owner()
    await owner.says("/report")
    with monkeypatch.context() as out_of_order:
        out_of_order.setattr(charts, "draw", broken)
        answer = await owner.presses("‹ 2025年")
        assert answer.photo is None and "示例单位 · 2025年" in said(answer)
        out_of_order.setattr(sheets, "report_workbook", broken)
        for word, sorry in (("zh", "表格没有生成成功"), ("en", "could not be made")):
            await owner.says(f"/language {word}")
            await owner.says("/report")
            refused = await owner.presses("下载表格" if word == "zh" else "Table")
            assert refused.document is None and sorry in said(refused)
        await owner.says("/language zh")
        await owner.says("/report 去年")
    assert (await owner.presses("2026年 ›")).photo is not None


async def test_in_english_all_of_it_is_english(demo: Stage) -> None:
    owner = demo.owner()
    await owner.says("/language en")
    answer = await owner.says("/report last quarter 执法处")
    assert said(answer).startswith("执法处 · Q3 2026\nParticipation 38.5%: 5 of 13 in post\n✅ Target of 30% met")
    assert labels(answer) == ["‹ Q2 2026", "Q4 2026 ›", "📅 Period", "📊 Table", "⬆️ One level up"]
    assert "Today" in labels(await owner.presses("Period"))
    assert "has not begun" in said(await owner.says("/report 2030"))
    assert "There is no department" in said(await owner.says("/report Mars"))
    assert "October 2026" in said(await owner.says("/report this month"))


@pytest.mark.parametrize(("times", "words"), [(1, "1 check-in"), (0, "0 check-ins"), (7, "7 check-ins")])
def test_one_check_in_is_one_in_english(times: int, words: str) -> None:
    assert translator("en").plain("reports-hours", hours="1.5", times=times) == f"Volunteer hours: 1.5 in {words}"
