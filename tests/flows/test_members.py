"""The list of members: pages, a search, and the way to a person's record."""

from tests.flows.conftest import Stage, labels


async def test_a_name_in_the_list_opens_that_persons_record_below_it(demo: Stage) -> None:
    leader = demo.of("ZF001")
    listed = await leader.says("/members")
    assert "✓ 全部" in labels(listed)  # ● stands for somebody who is bound
    record = await leader.presses("ZF005 沈志强")
    assert "沈志强的志愿服务" in record.text
    assert record.id != listed.id
    turned = await leader.presses("◀ 9月", record)
    assert turned.id == record.id
    assert "2026年9月" in turned.text


async def test_a_record_in_the_list_is_opened_and_left_again(demo: Stage) -> None:
    person, leader = demo.of("ZF005"), demo.of("ZF001")
    await person.says("/checkin 2 植树")
    await person.says("/me")
    assert "植树" in (await person.presses("10月14日 2 小时")).text
    assert "我的志愿服务" in (await person.presses("‹ 全部记录")).text
    await leader.hears("有事项等您处理")
    await leader.says("/members")
    await leader.presses("ZF005 沈志强")
    assert "植树" in (await leader.presses("10月14日 2 小时")).text
    assert "沈志强的志愿服务" in (await leader.presses("‹ 此人的记录")).text


async def test_a_record_opens_for_nobody_outside_his_reach(demo: Stage) -> None:
    leader, other, staff = demo.of("ZF001"), demo.of("CW001"), demo.of("ZF006")
    button = next(b for row in (await leader.says("/members")).buttons for b in row if "ZF005" in b.text)
    await other.says("/members")
    assert "不在您的权限范围内" in (await other.forges(button.data)).text
    await staff.says("/help")
    assert "失效" in (await staff.forges(button.data)).text


async def test_a_search_is_asked_for_and_has_pages_and_an_end(demo: Stage) -> None:
    office = demo.of("BG002")
    await office.says("/members")
    assert "姓名或工号" in (await office.presses("查找")).text
    found = await office.says("zf0")
    assert "查找：zf0" in found.text
    assert "第 1/2 页" in found.text
    await demo.restart_bot()
    second = await office.presses("›")
    assert "查找：zf0" in second.text
    assert "第 2/2 页" in second.text
    people = [label for label in labels(second) if label[:2].isupper()]
    assert people
    assert all(label.startswith("ZF") for label in people)
    everybody = await office.presses("全部成员")
    assert "查找" not in everybody.text
    assert "共 58 人" in everybody.text


async def test_nobody_found_is_no_dead_end(demo: Stage) -> None:
    office = demo.of("BG002")
    none = await office.says("/members 没有这人")
    assert "没有符合条件的人" in none.text
    assert "查找：" not in (await office.presses("全部成员", none)).text


async def test_while_a_search_stands_a_sentence_is_still_a_check_in(demo: Stage) -> None:
    office = demo.of("BG002")
    await office.says("/members 沈")
    assert "请核对" in (await office.says("昨天下午在社区清扫两个半小时")).text


async def test_a_phone_number_is_not_looked_for(demo: Stage) -> None:
    assert "手机号" in (await demo.of("BG002").says("/members 13812345678")).text


async def test_a_search_is_read_as_the_registration_reads_it(demo: Stage) -> None:
    """The outside tester's: wide letters and digits, blanks that align a name."""
    office = demo.of("BG002")
    for text in ("ＺＦ００５", "zf 005", "沈　志强", "沈 志 强", "ＺＦ００５　"):
        found = await office.says(f"/members {text}")
        assert [label for label in labels(found) if "ZF005" in label], text
    await office.says("/roster")
    await office.presses("查找人员")
    assert "ZF005" in str((await office.says("沈　志强")).buttons)
    await office.says("/grant")
    await office.presses("授予")
    assert "ZF005" in (await office.says("ＺＦ００５")).text
