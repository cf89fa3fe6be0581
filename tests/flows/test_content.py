"""The unit's own phrases and duties: added, changed, switched off and on, and what the days make of them."""

import asyncio
import datetime as dt
import json
from typing import Any

import pytest

from bot.content import load
from bot.sandbox.state import SentMessage
from bot.services import content as service
from tests.flows.conftest import NOW, Person, Stage, data_of, labels, rows

DAY = dt.timedelta(days=1)
OFFICE = "BG002"
FIRST_WORDS = "请到这边坐，我马上为您查"


async def own(stage: Stage) -> list[tuple[Any, ...]]:
    return await rows(stage, "SELECT kind, shipped, text, tip, avoid, active, version FROM contents ORDER BY id")


async def acts(stage: Stage) -> list[tuple[Any, ...]]:
    return await rows(stage, "SELECT action, subject FROM audit WHERE action LIKE 'content-%' ORDER BY id")


async def plan(stage: Stage, moment: dt.datetime) -> None:
    stage.move_to(moment)
    await stage.app._plan(moment)


async def only(stage: Stage, *phrases: str) -> None:
    """Switch off all phrases but these."""
    async with stage.app.db.write() as tx:
        for phrase in load().phrases:
            if phrase.id not in phrases:
                await tx.execute(
                    "INSERT INTO contents (kind, shipped, active, changed_at) VALUES ('phrase', ?, 0, 0)", phrase.id
                )


async def added(demo: Stage, words: str = FIRST_WORDS) -> tuple[Person, SentMessage]:
    office = demo.of(OFFICE)
    return office, await office.says(f"/content 用语 {words} | 起身让座 | 等着")


# Adding


async def test_a_phrase_is_added_step_by_step(demo: Stage) -> None:
    office = demo.of(OFFICE)
    head = await office.says("自编内容")
    assert "自带 374 条，本单位 0 条" in head.text
    assert "涉密" in (await office.presses("添加用语")).text
    assert "怎样做到" in (await office.says(FIRST_WORDS)).text
    assert "避免" in (await office.says("起身让座")).text
    card = await office.says("等着")
    assert "已添加" in card.text and f"“{FIRST_WORDS}”" in card.text and "还没有发送过" in card.text
    assert await own(demo) == [("phrase", None, FIRST_WORDS, "起身让座", "等着", 1, 1)]
    assert await acts(demo) == [("content-added", "phrase:U1")]


async def test_what_may_be_empty_can_be_passed_over_after_a_restart(demo: Stage) -> None:
    office = demo.of(OFFICE)
    await office.says("/content")
    await office.presses("添加用语")
    tip = await office.says(FIRST_WORDS)
    await demo.restart_bot()
    avoid = await office.presses("跳过", tip)
    assert "失效" in (await office.presses("跳过", tip)).text
    await office.presses("跳过", avoid)
    assert await own(demo) == [("phrase", None, FIRST_WORDS, "", "", 1, 1)]
    assert "失效" in (await office.presses("跳过", avoid)).text


async def test_in_one_line_and_a_second_time_it_is_there_already(demo: Stage) -> None:
    office, card = await added(demo)
    assert "已添加" in card.text
    again = await office.says(f"/content 用语 {FIRST_WORDS}！")
    assert "已经有这一条" in again.text
    assert FIRST_WORDS in (await office.presses("看这一条", again)).text
    assert "已经有这一条" in (await office.says("/content 用语 您 好 ！")).text
    assert len(await own(demo)) == 1


async def test_a_duty_is_added_by_the_owner_and_stands_among_the_duties(demo: Stage) -> None:
    owner, person = demo.owner(), demo.of("ZF005")
    assert "已添加" in (await owner.says("/content 职责 来电必接，接必有答 | 今天有没有让人白等？")).text
    said = await person.says("/duties")
    assert "本单位职责" in said.text and "1. 来电必接，接必有答" in said.text
    card = await person.presses("来电必接")
    assert "本单位职责 · 来电必接" in card.text and "白等" in card.text
    await person.says("/language en")
    assert "Our own duties" in (await person.says("/duties")).text


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("好" * 101, "写了 101 字，最多 100 字"),
        ("请拨 13812345678 找小王", "电话号码，没有保存"),
        ("<b>您好</b>，请坐", "请用纯文字"),
        ("您好&nbsp;请坐", "请用纯文字"),
        ("每天必须打卡", "这样的设置不能提供"),
        ("| 提示", "没有看到文字"),
        ("一句 | 二 | 三 | 四", "最多分成三段"),
        ("您好 | 身份证 11010519491231002X", "身份证号，没有保存"),
    ],
)
async def test_what_cannot_be_taken_is_answered_and_not_kept(demo: Stage, words: str, answer: str) -> None:
    office = demo.of(OFFICE)
    said = (await office.says(f"/content 用语 {words}")).text
    assert answer in said
    assert await own(demo) == []
    assert await acts(demo) == []


async def test_a_wrong_step_is_asked_again_and_the_number_is_nowhere_in_the_store(demo: Stage) -> None:
    office = demo.of(OFFICE)
    await office.says("/content")
    await office.presses("添加职责")
    assert "电话号码" in (await office.says("有事打 13812345678")).text
    assert "最多 60 字" in (await office.says("一" * 61)).text
    assert "自问自查" in (await office.says("首问负责")).text
    await office.says("今天有没有推诿？")
    assert [(row[0], row[2], row[3]) for row in await own(demo)] == [("duty", "首问负责", "今天有没有推诿？")]
    for table, column in (("inbox", "body"), ("dialogs", "data"), ("contents", "text"), ("audit", "after")):
        assert await rows(demo, f"SELECT 1 FROM {table} WHERE {column} LIKE '%13812345678%'") == [], table


async def test_cancelled_in_the_middle_nothing_is_added(demo: Stage) -> None:
    office = demo.of(OFFICE)
    await office.says("/content")
    await office.presses("添加用语")
    await office.says(FIRST_WORDS)
    assert "已取消" in (await office.says("/cancel")).text
    assert await own(demo) == []


# Lists


async def test_one_more_than_the_unit_may_have_is_refused_and_the_way_out_is_told(
    demo: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(service.MOST, "phrase", 1)
    office, _ = await added(demo)
    refused = await office.says("/content 用语 请坐，我给您倒水 | 起身 | 坐着")
    assert refused.text == "本单位自编的已有 1 条。停用的也计入，请把不用的一条改写成新的。"
    assert len(await own(demo)) == 1


async def test_the_lists_have_pages_and_a_search(demo: Stage) -> None:
    office = demo.of(OFFICE)
    await added(demo)
    await office.says("/content")
    first = await office.presses("自带用语")
    assert "共 374 条，第 1/47 页" in first.text
    assert len([label for label in labels(first) if label.startswith("●")]) == 8
    second = await office.presses("下一页")
    assert second.id == first.id and "第 2/47 页" in second.text
    await office.presses("« 自编内容")
    assert FIRST_WORDS in labels(await office.presses("本单位用语"))[0]
    found = await office.says("/content 影响")
    assert "查找“影响”" in found.text
    assert any("形象" in label for label in labels(found))
    await office.says("/content")
    await office.presses("查找")
    assert "这里还没有内容" in (await office.says("没有这样的话")).text
    assert "没有保存" in (await office.says("/content 13812345678")).text


async def test_a_long_search_keeps_its_words_from_page_to_page_and_after_a_restart(demo: Stage) -> None:
    office = demo.of(OFFICE)
    first = await office.says("/content 您")
    assert "第 1/" in first.text
    await demo.restart_bot()
    assert "查找“您”" in (await office.presses("下一页", first)).text


# Changing


async def test_words_are_changed_and_the_audit_has_before_and_after(demo: Stage) -> None:
    office, _ = await added(demo)
    asked = await office.presses("改内容")
    assert FIRST_WORDS in asked.text and "涉密" in asked.text
    assert "已修改" in (await office.says("请坐，我来为您查")).text
    await office.presses("改“避免这样说”")
    assert "“请坐，我来为您查”" in (await office.presses("不要这一项")).text
    assert await own(demo) == [("phrase", None, "请坐，我来为您查", "起身让座", "", 1, 3)]
    changes = await rows(demo, "SELECT before, after FROM audit WHERE action = 'content-changed' ORDER BY id")
    assert changes[0] == (f"{FIRST_WORDS} | 起身让座 | 等着", "请坐，我来为您查 | 起身让座 | 等着")
    assert len(changes) == 2


async def test_of_two_editors_the_second_is_told_and_sees_what_stands(demo: Stage) -> None:
    one, card = await added(demo)
    two = demo.owner()
    theirs = await two.says(f"/content {FIRST_WORDS}")
    theirs = await two.presses(FIRST_WORDS, theirs)
    await one.presses("改内容", card)
    await two.presses("改内容", theirs)
    await two.says("第二位写的")
    lost = await one.says("第一位写的")
    assert "您写的没有保存：第一位写的" in lost.text and "“第二位写的”" in lost.text
    assert "没有生效" in (await one.presses("停用", card)).text
    assert [(row[2], row[5], row[6]) for row in await own(demo)] == [("第二位写的", 1, 2)]


async def test_two_editors_at_the_very_same_time_leave_one_winner(demo: Stage) -> None:
    office, card = await added(demo)
    second = demo.owner()
    other = await second.presses(FIRST_WORDS, await second.says(f"/content {FIRST_WORDS}"))
    await asyncio.gather(office.presses("停用", card), second.presses("停用", other))
    assert [(row[5], row[6]) for row in await own(demo)] == [(0, 2)]
    assert [act for act, _ in await acts(demo)].count("content-off") == 1


async def test_pressed_twice_it_is_switched_off_once(demo: Stage) -> None:
    office, card = await added(demo)
    off = data_of(card, "停用")
    await office.presses("停用", card)
    assert "已经是这样" in (await office.forges(off, card)).text
    assert await acts(demo) == [("content-added", "phrase:U1"), ("content-off", "phrase:U1")]
    assert "已恢复使用" in (await office.presses("恢复使用")).text
    # The old button once more: it knows an older version than the one that stands.
    assert "没有生效" in (await office.forges(off, card)).text
    assert [(row[5], row[6]) for row in await own(demo)] == [(1, 3)]


async def test_a_shipped_phrase_is_switched_off_never_changed_and_comes_back(demo: Stage) -> None:
    office = demo.of(OFFICE)
    await office.says("/content")
    festive = next(phrase for phrase in load().phrases if phrase.festival)
    await office.says(f"/content {festive.text}")
    assert "节日用语，只在这个节日发送。" in (await office.presses("● ")).text
    await office.says("/content")
    await office.presses("自带用语")
    card = await office.presses("● 您好！")
    assert "改内容" not in labels(card) and "自带" in card.text
    assert "已停用" in (await office.presses("停用")).text
    await office.says("/content")
    assert labels(await office.presses("已停用的"))[0] == "○ 您好！"
    assert "失效" in (await office.forges("ct:edit-text:P001:1:0")).text
    assert "已经是这样" in (await office.forges("ct:restore:P001:1:0")).text
    assert "失效" in (await office.forges("ct:off:P999:0:0")).text
    assert "失效" in (await office.forges("ct:list:phrase-none:0:0", await office.says("/content"))).text
    assert await own(demo) == [("phrase", "P001", "", "", "", 0, 1)]


async def test_a_shipped_duty_may_have_the_units_own_words_and_its_own_again(demo: Stage) -> None:
    office, person = demo.of(OFFICE), demo.of("ZF005")
    await office.says("/content 形象")
    card = await office.presses("不让本机关的形象")
    assert "改“想一想”" in labels(card)
    await office.presses("改内容")
    card = await office.says("不让市局的形象在我这里受到影响")
    assert "原文：" in card.text
    assert "不让市局的形象" in (await person.says("/duties")).text
    assert "已恢复原文" in (await office.presses("恢复原文")).text
    assert "不让本机关的形象" in (await person.says("/duties")).text
    assert [act for act, _ in await acts(demo)] == ["content-changed", "content-restored"]


async def test_one_phrase_for_any_day_and_one_duty_always_stay(demo: Stage) -> None:
    await only(demo, "P001", "P002", "P221")
    office = demo.of(OFFICE)
    await office.says("/content")
    few = await office.says("/content")
    assert "只有 3 条" in few.text
    await office.forges("ct:off:P002:0:0")
    assert "至少要留一条" in (await office.forges("ct:off:P001:0:0")).text
    for duty in load().duties[1:]:
        await office.forges(f"ct:off:{duty.id}:0:0")
    assert "至少要留一条职责" in (await office.forges(f"ct:off:{load().duties[0].id}:0:0")).text
    assert "今日文明用语" in (await demo.of("ZF005").says("/phrase")).text


# What the days make of it


async def test_what_is_added_comes_in_its_turn_and_what_was_sent_keeps_its_words(demo: Stage) -> None:
    office, card = await added(demo)
    await only(demo)
    async with demo.app.db.write() as tx:
        for days, duty in enumerate(load().duties, 1):
            day = (NOW - days * DAY).date().isoformat()
            await tx.execute(
                "INSERT INTO day_contents (local_date, phrase_id, duty_id) VALUES (?, '', ?)", day, duty.id
            )
    await office.says("/content 职责 来电必接 | 今天有没有让人白等？")
    person = demo.of("ZF005")
    await plan(demo, NOW)
    morning = await person.hears("今日文明用语")
    assert FIRST_WORDS in morning.text and "避免这样说：等着" in morning.text
    assert "本单位职责 · 来电必接" in morning.text  # it has waited longest
    await office.presses("改内容", card)
    await office.says("请稍坐，我马上办")
    pressed = await person.presses("已读", morning)
    assert pressed.id == morning.id and FIRST_WORDS in pressed.text
    assert FIRST_WORDS in (await person.says("/phrase")).text
    await plan(demo, NOW + DAY)
    assert "请稍坐，我马上办" in (await person.hears("10月15日")).text


async def test_a_day_that_is_not_sent_yet_takes_the_change(demo: Stage) -> None:
    office, card = await added(demo)
    person = demo.of("ZF005")
    demo.move_to(NOW.replace(hour=7))
    await only(demo, "P002")
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE contents SET active = 1 WHERE shipped = 'P001'")
        await tx.execute("INSERT INTO day_contents (local_date, phrase_id, duty_id) VALUES ('2026-10-13', 'P001', 'X')")
        await tx.execute("INSERT INTO day_contents (local_date, phrase_id, duty_id) VALUES ('2026-10-12', 'P002', 'X')")
    assert FIRST_WORDS in (await person.says("/phrase")).text
    await office.presses("停用", card)
    assert FIRST_WORDS not in (await person.says("/phrase")).text
    await plan(demo, NOW)
    assert FIRST_WORDS not in (await person.hears("今日职责")).text


async def test_the_preview_is_a_morning_message_and_settles_nothing(demo: Stage) -> None:
    office, _ = await added(demo)
    shown = await office.presses("预览")
    assert "10月15日（周四）08:30" in shown.text
    assert FIRST_WORDS in shown.text and "今日职责" in shown.text
    assert await rows(demo, "SELECT 1 FROM day_contents") == []


async def test_the_preview_of_a_shipped_phrase_shows_its_own_words_while_one_of_the_units_is_due(demo: Stage) -> None:
    office, _ = await added(demo)
    async with demo.app.db.write() as tx:
        await tx.execute("INSERT INTO day_contents (local_date, phrase_id, duty_id, words) VALUES ('2026-10-15', 'U1',"
                         " 'ONE-1', ?)", json.dumps({"phrase": [FIRST_WORDS, "", ""]}))  # fmt: skip
    words = next(phrase.text for phrase in load().phrases if phrase.id == "P001")
    shown = await office.forges("ct:preview:P001:0:0")
    assert words in shown.text and FIRST_WORDS not in shown.text


async def test_a_phrase_out_of_use_gives_way_to_another_one_where_people_leaf(demo: Stage) -> None:
    person = demo.of("ZF005")
    said = await person.says("/phrase")
    after = data_of(said, "换一条").partition(":")[2]
    await demo.of(OFFICE).forges(f"ct:off:{after}:0:0", await demo.of(OFFICE).says("/content"))
    leafed = await person.presses("换一条", said)
    words = next(phrase.text for phrase in load().phrases if phrase.id == after)
    assert f"“{words}”" not in leafed.text and "文明用语" in leafed.text


# Rights, languages


async def test_whoever_has_not_the_right_hears_so_and_changes_nothing(demo: Stage) -> None:
    _, card = await added(demo)
    before = await own(demo)
    for person in (demo.of("ZF005"), demo.of("ZF001"), demo.of("ZH002")):
        assert "不在您的权限范围内" in (await person.says("/content 用语 我也来一条")).text
        for act in ("off:U1:1:0", "edit-text:U1:1:0", "add:phrase:0:0", "list:phrase-own:0:0", "preview:U1:1:0"):
            assert "失效" in (await person.forges(f"ct:{act}")).text
    assert "登记" in (await demo.person(4711).says("/content")).text
    assert card.text
    assert await own(demo) == before


async def test_a_right_taken_away_in_the_middle_ends_the_dialogue(demo: Stage) -> None:
    office = demo.of(OFFICE)
    await office.says("/content")
    await office.presses("添加用语")
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE people SET role = 'staff' WHERE staff_number = ?", OFFICE)
    await office.says(FIRST_WORDS)
    assert await own(demo) == []


async def test_all_of_it_speaks_english(demo: Stage) -> None:
    office = demo.of(OFFICE)
    await office.says("/language en")
    assert "Own content" in (await office.says("/content")).text
    assert "Nothing classified" in (await office.presses("Add a duty")).text
    assert "Send a question" in (await office.says("Answer every call")).text
    card = await office.presses("Skip")
    assert "Added" in card.text and "of the unit" in card.text
    assert "Switched off" in (await office.presses("Switch off")).text
    assert "11 in all, page 1 of 2" in (await office.presses("Shipped duties", await office.says("/content"))).text
    assert "○ Answer every call" in labels(await office.says("/content answer EVERY"))


async def test_the_audit_names_the_acts(demo: Stage) -> None:
    await added(demo)
    owner = demo.owner()
    said = await owner.says("/audit 新增自编内容")
    assert "新增自编内容" in said.text and FIRST_WORDS in said.text


def test_the_own_ones_are_limited_so_that_all_duties_fit_one_message() -> None:
    longest = (len(load().duties) + service.MOST["duty"]) * (service.LONGEST["duty"] + 10)
    assert longest < 4000
