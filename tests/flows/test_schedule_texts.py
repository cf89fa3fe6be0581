"""What each kind of plan, each rule and each template says of itself and to those whom it is sent to."""

import datetime as dt

import pytest

from bot.domain.plans import Kind, When
from bot.i18n import LANGUAGES, translator
from bot.services.schedule import MOST, TEMPLATES
from bot.views.schedule import rule_text
from tests.flows.conftest import NOW, ZONE, Person, Stage, labels, rows
from tests.flows.sending import without_mornings
from tests.flows.test_plan_audience import one_by_one, opened
from tests.flows.test_plan_canary import Broken
from tests.flows.test_schedule import MINUTE, change, tick

SATURDAY = dt.datetime(2026, 10, 17, 20, 0, tzinfo=ZONE)
RULES = {
    "working": ("每个工作日", "every working day"),
    "weekly:5": ("每周五", "every Fri"),
    "xun": ("每旬 1 日、11 日、21 日", "on the 1st, 11th and 21st"),
    "month:15": ("每月 15 日", "monthly on day 15"),
    "month_first": ("每月第一个工作日", "first working day of the month"),
    "month_last": ("每月最后一个工作日", "last working day of the month"),
    "quarter:3:1": ("每季度第 3 个月 1 日", "every quarter, month 3 day 1"),
    "quarter_first": ("每季度第一个工作日", "first working day of the quarter"),
    "quarter_last": ("每季度最后一个工作日", "last working day of the quarter"),
    "year:3:5": ("每年 3 月 5 日", "every year on 5 March"),
    "before_holiday": ("节假日前最后一个工作日", "last working day before a holiday"),
    "festival:7": ("节日前 7 天", "7 days before a festival"),
    "deadline:3:1": ("截止前 3、1 天", "3, 1 days before a deadline"),
}
FOR_WHOM = {
    Kind.MORNING: ("未设免打扰的职工", "have not muted it"),
    Kind.NUDGE: ("本季度还没有打卡的职工", "without a check-in this quarter"),
    Kind.WEEKLY: ("各看各的范围", "each his own part"),
    Kind.FESTIVAL: ("发给：创建办", "For: the office"),
    Kind.DEADLINE: ("还没有点“收到”的人", "have not answered a notice"),
    Kind.DIGEST: ("超出上限未单独发送的人", "was kept back this week"),
}
# A template's rule, whom it is for at first, and the beginning of what it says.
SAYS = {
    "inspect": ("每旬", "科室负责人", "本旬督查的时间到了", "It is time for the inspection"),
    "month": ("每月最后一个工作日", "科室负责人", "月底了", "The month ends"),
    "quarter": ("每季度最后一个工作日", "科室负责人", "不用再填", "nothing to fill in again"),
    "meeting": ("每月第一个工作日", "创建办", "本月的创建办例会", "this month's meeting"),
    "holiday": ("节假日前最后一个工作日", "全体职工", "节日将至", "A holiday is coming"),
}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_said_in_words(rule: str) -> None:
    assert {known.partition(":")[0] for known in RULES} == set(When)
    assert [rule_text(rule, translator(language)) for language in LANGUAGES] == list(RULES[rule])


@pytest.mark.parametrize("month", range(1, 13))
def test_a_yearly_rule_names_its_month_in_english(month: int) -> None:
    name = dt.date(2026, month, 1).strftime("%B")
    assert rule_text(f"year:{month}:9", translator("en")) == f"every year on 9 {name}"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_plan_that_is_there_says_whom_it_is_for(demo: Stage, office: Person, language: str) -> None:
    assert FOR_WHOM.keys() | {Kind.MEMO} == set(Kind)
    await office.says(f"/language {language}")
    t = translator(language)
    for kind, said in FOR_WHOM.items():
        await office.says("/schedule")
        card = (await office.presses(t(f"schedule-kind-{kind}"))).text
        assert said[LANGUAGES.index(language)] in card
        assert not any(word in card for word in ("festival:", "deadline:", "schedule-"))


async def test_the_card_of_every_template_shows_what_it_will_say(demo: Stage, office: Person) -> None:
    assert SAYS.keys() | {"nudge", "own"} == TEMPLATES.keys()
    t, english = translator("zh"), translator("en")
    for at, (name, (rule, who, said, in_english)) in enumerate(SAYS.items()):
        demo.move_to(NOW + at * MINUTE)  # else it is a flood
        await office.says("/language zh")
        await office.says("/schedule")
        await office.presses("新增计划")
        card = (await office.presses(t(f"schedule-template-{name}"))).text
        assert rule in card and f"发给：{who}" in card and said in card and "已新增，现为暂停状态" in card
        await office.says("/language en")
        await office.says("/schedule")
        assert in_english in (await office.presses(english.plain(f"schedule-template-{name}"))).text
        await one_by_one(office, "Delete", "Yes, delete")


async def test_a_plan_for_once_a_year_is_understood_and_said_back(demo: Stage) -> None:
    office = await opened(demo)
    await office.presses("改时间")
    card = await office.says("每年3月5日 10:00")
    assert "时间：每年 3 月 5 日 10:00" in card.text and "2027年3月5日（周五）10:00" in card.text
    await office.says("/language en")
    await office.says("/schedule")
    assert "every year on 5 March" in (await office.presses("Inspection")).text


async def test_festivals_are_named_on_the_card_and_sent_to_the_office_with_an_idea(
    demo: Stage, office: Person, colleague: Person
) -> None:
    await without_mornings(demo)
    await colleague.says("/language en")
    await office.says("/schedule")
    card = (await office.presses("节日准备")).text
    day = next(line for line in card.split("\n") if line.startswith("· 11月"))
    assert "全国消防日" in day
    await change(demo, "UPDATE plans SET state = 'paused' WHERE kind <> 'festival'")
    await office.presses("现在发一次")
    await office.presses("确认发送")
    told = (await office.hears("节日准备")).text
    assert "世界粮食日　10月16日（周五）" in told and "可以这样做：" in told and "自愿参加，不必每个都办" in told
    english = (await colleague.hears("Festivals to prepare")).text
    assert "An idea: " in english and "voluntary" in english
    assert not any("节日准备" in text for text in demo.of("ZF001").heard), "the office's own matter"


async def test_outside_working_hours_a_plan_that_is_run_says_when_it_leaves(demo: Stage, office: Person) -> None:
    demo.move_to(SATURDAY)
    await office.says("/schedule")
    await office.presses("负责人周报")
    asked = (await office.presses("现在发一次")).text
    assert "现在不是工作时间，将于 10月19日（周一）08:00 发送" in asked
    assert "将于 10月19日（周一）08:00 发送" in (await office.presses("确认发送")).text
    assert await rows(demo, "SELECT DISTINCT state FROM outbox WHERE kind = 'weekly'") == [("pending",)]
    await office.says("/language en")
    await office.says("/schedule")
    await office.presses("Festival preparation")
    assert "outside working hours, so on Mon 19 October 08:00" in (await office.presses("Send one now")).text


async def test_who_did_not_get_a_plan_in_time_is_told_to_the_office_as_a_number(
    demo: Stage, office: Person, colleague: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(demo)  # by the colleague
    await colleague.presses("启用")
    await colleague.says("/language en")
    Broken(monkeypatch, "memo")
    await tick(demo, dt.datetime(2026, 10, 21, 9, 30, tzinfo=ZONE))
    ((late,),) = await rows(demo, "SELECT COUNT(*) FROM outbox WHERE kind = 'memo' AND state = 'pending'")
    await tick(demo, dt.datetime(2026, 10, 22, 8, 30, tzinfo=ZONE))
    await tick(demo, dt.datetime(2026, 10, 26, 8, 30, tzinfo=ZONE))
    told = (await office.hears("没有在期限内收到")).text
    assert late and f"计划“每旬督查”10月21日（周三）有 {late} 人没有在期限内收到" in told
    assert f"{late} people did not get theirs in time" in (await colleague.hears("in time")).text


async def test_more_departments_than_a_line_holds_are_counted_and_too_many_refused(demo: Stage) -> None:
    async with demo.app.db.write() as tx:
        for number in range(30):
            await tx.execute(
                "INSERT INTO departments (id, name, path, trail) VALUES (?, ?, ?, ?)",
                900 + number, f"分局{number}", f"分局{number}", f"/{900 + number}/",
            )  # fmt: skip
        await tx.execute("UPDATE plans SET state = 'paused'")
    office = await opened(demo)
    ((plan,),) = await rows(demo, "SELECT id FROM plans WHERE template = 'inspect'")
    await change(demo, "UPDATE plans SET places = ? WHERE id = ?", ",".join(map(str, range(900, 920))), plan)
    await office.says("/schedule")
    card = (await office.presses("每旬督查")).text
    assert "分局4（含下级）等共 20 个部门的科室负责人" in card and "分局5" not in card
    refused = await office.forges(f"pl:place:{plan}:in-925-0-0")
    assert "最多选 20 个部门" in refused.text and "上级部门" in refused.text
    assert "每旬督查" in (await office.presses("返回")).text
    await office.says("/language en")
    await office.says("/schedule")
    assert "and others, 20 departments in all" in (await office.presses("Inspection")).text
    assert "At most 20 departments" in (await office.forges(f"pl:place:{plan}:in-925-0-0")).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_as_many_plans_as_there_may_be_are_listed_in_pages(demo: Stage, office: Person, language: str) -> None:
    await office.says(f"/language {language}")
    async with demo.app.db.write() as tx:
        there = await tx.value("SELECT COUNT(*) FROM plans")
        for number in range(MOST - there):
            await tx.execute(
                "INSERT INTO plans (kind, rule, minute, shift, audience, template, text, state, since)"
                " VALUES ('memo', 'quarter:3:31', 570, 'next', 'all', '', ?, 'active', 0)",
                f"第{number}号：" + "请检查消防器材和安全通道" * 3,
            )
    listed, seen = await office.says("/schedule"), set[str]()
    for turn in ("›", "›", "‹"):
        seen |= {label for label in labels(listed) if label.startswith("第")}
        assert len(listed.text) <= 3000
        before = listed.text
        listed = await office.presses(turn, listed)
        assert listed.text != before
    assert len(seen) == MOST - there
    new, template, said, known = {
        "zh": ("新增计划", "每旬督查", f"计划已有 {MOST} 个，不能再增加", "负责人周报"),
        "en": ("New plan", "Inspection", f"There are {MOST} plans already", "Leaders' weekly report"),
    }[language]
    await office.presses(new, listed)
    assert said in (await office.presses(template)).text
    assert known in (await office.presses("‹")).text
