"""What is done with a record afterwards: corrected, withdrawn, given photos, looked at by month."""

import re
from collections.abc import Callable, Iterable

import pytest

from tests.flows.conftest import NOW, Person, Stage, data_of, labels, rows
from tests.flows.test_checkins import count, forget


@pytest.fixture
async def person(demo: Stage) -> Person:
    await forget(demo)
    return demo.of("ZF005")


# changed, withdrawn, given photos


async def test_an_edited_message_corrects_the_record_it_made(demo: Stage, person: Person) -> None:
    await person.says("/checkin 2.5 社区清扫")
    said = demo.world.messages(person.id)[-2]
    answer = await person.edits(said, "/checkin 昨天 3 社区清扫")
    assert "已更正" in answer.text
    assert "10月13日" in answer.text
    assert await count(demo, "minutes = 180 AND version = 2") == 1
    assert await count(demo) == 1
    assert "不对" in (await person.edits(said, "/checkin -1 社区清扫")).text
    assert await count(demo, "minutes = 180") == 1


async def test_an_edited_message_mends_what_was_refused(demo: Stage, person: Person) -> None:
    await person.says("/checkin -3 植树")
    said = demo.world.messages(person.id)[-2]
    assert "已记录" in (await person.edits(said, "/checkin 3 植树")).text
    assert await count(demo) == 1


async def test_an_edited_message_cannot_change_what_is_confirmed(demo: Stage, person: Person) -> None:
    await person.says("/checkin 2.5 社区清扫")
    said = demo.world.messages(person.id)[-2]
    leader = demo.of("ZF001")
    await leader.hears("有事项等您处理")
    await leader.says("/pending")
    await leader.presses("确认")
    await person.hears("已确认")
    assert "已确认" in (await person.edits(said, "/checkin 9 社区清扫")).text
    assert await count(demo, "minutes = 150 AND state = 'confirmed'") == 1


async def test_date_hours_and_text_are_changed_with_buttons(demo: Stage, person: Person) -> None:
    await person.says("/checkin 2.5 社区清扫")
    await person.presses("改")
    asked = await person.presses("改时长")
    none = await person.forges(data_of(asked, "2 小时").replace(":120", ":0"), asked)
    assert "时长必须大于 0，没有更正" in none.text and "多长时间" in none.text
    assert "已更正" in (await person.says("90分钟")).text
    await person.presses("改")
    await person.presses("改日期")
    assert "还没有到" in (await person.says("明天")).text
    assert "已更正" in (await person.presses("昨天")).text
    await person.presses("改")
    await person.presses("改内容")
    answer = await person.says("敬老院")
    for piece in ("10月13日", "1.5 小时", "敬老院"):
        assert piece in answer.text
    assert await count(demo) == 1
    leader = demo.of("ZF001")
    await leader.hears("有事项等您处理")
    assert re.search("本人 更正：内容$", (await leader.says("/pending")).text, re.MULTILINE)


async def test_withdrawing_takes_a_second_tap(demo: Stage, person: Person) -> None:
    await person.says("/checkin 2.5 社区清扫")
    asked = await person.presses("撤回")
    assert "确定撤回" in asked.text
    sure = asked.buttons[0][0].data
    await person.presses("保留")
    assert await count(demo, "state = 'submitted'") == 1
    await person.presses("撤回")
    assert "已撤回" in (await person.presses("确定撤回")).text
    assert await count(demo, "state = 'withdrawn'") == 1
    assert "情况已有变化" in (await person.forges(sure)).text


async def test_a_photo_whose_caption_is_a_check_in_makes_one_and_goes_with_it(demo: Stage, person: Person) -> None:
    def sent(caption: str) -> Callable[[], object]:
        return lambda: demo.world.send_photo(person.id, b"\x89PNG-1", caption=caption)

    answer = await person.does(sent("/checkin 昨天 1 社区清扫"))
    assert "已记录" in answer.text and "照片 1 张" in answer.text
    assert "已记录" in (await person.does(sent("打卡 2 植树"))).text
    assert "哪一天" in (await person.does(sent("打卡"))).text
    assert "没有需要图片" in (await person.does(sent("今天天气真好"))).text


async def test_a_caption_that_is_edited_corrects_what_it_made(demo: Stage, person: Person) -> None:
    await person.does(lambda: demo.world.send_photo(person.id, b"\x89PNG-1", caption="打卡 昨天 2 植树"))
    sent = demo.world.messages(person.id)[-2]
    answer = await person.edits(sent, "打卡 昨天 3.5 植树")
    assert "已更正" in answer.text and "3.5 小时" in answer.text
    assert "没有看到服务时长" in (await person.edits(sent, "植树")).text
    await person.does(lambda: demo.world.send_photo(person.id, b"\x89PNG-2", caption="打卡 昨天 两小小时 读书"))
    unread = demo.world.messages(person.id)[-2]
    answer = await person.edits(unread, "打卡 昨天 2小时 读书")
    assert "已记录" in answer.text and "照片 1 张" in answer.text


async def test_a_number_that_a_change_brings_in_is_said_not_to_be_kept_either(demo: Stage, person: Person) -> None:
    await person.says("/checkin 昨天 2 植树")
    sent = demo.world.messages(person.id)[-2]
    answer = await person.edits(sent, "/checkin 昨天 2 植树，联系人 13812345678")
    assert "联系人 ***" in answer.text and "没有保存" in answer.text
    await person.presses("改", answer)
    await person.presses("改内容")
    assert "没有保存" in (await person.says("扫雪 13812345678")).text
    assert "没有保存" not in (await person.edits(sent, "/checkin 昨天 2 植树")).text
    draft = await person.says("昨天植树2小时，联系人13812345678")
    assert "联系人***" in draft.text and "没有保存" in draft.text


async def test_the_other_photos_of_an_album_go_with_its_caption_without_a_word(demo: Stage, person: Person) -> None:
    await person.does(lambda: demo.world.send_photo(person.id, b"\x89PNG-1"))
    shown = demo.world.message_json(demo.world.messages(person.id)[-2])

    def album(caption: str, group: int, numbers: Iterable[int] = range(3)) -> None:
        for number in numbers:
            photo = [{**shown["photo"][-1], "file_unique_id": f"{group}-{number}"}]
            sent = {**shown, "photo": photo, "message_id": group + number, "media_group_id": str(group)}
            demo.world.push_raw({"message": sent if number else {**sent, "caption": caption}})

    answer = await person.does(lambda: album("打卡 昨天 2 植树", 900, [0]))
    assert "已记录" in answer.text and "其他照片也会一并附上" in answer.text
    await demo.restart_bot()
    album("", 900, [1, 2])
    assert "点“确认”后才会记录" in (await person.says("昨天下午社区清扫两个半小时")).text
    assert await rows(demo, "SELECT unique_id FROM checkin_photos") == [("900-0",), ("900-1",), ("900-2",)]
    await person.does(lambda: album("打卡 昨天 1 读书", 930))
    assert "当前没有正在进行的操作" in (await person.says("/cancel")).text
    assert "照片还没有附上" in (await person.does(lambda: album("打卡 昨天", 950))).text
    await person.says("/help")
    assert [text for text in person.heard if "没有需要图片" in text] == person.heard[:1]
    assert await rows(demo, "SELECT COUNT(*) FROM checkin_photos") == [(6,)]


@pytest.mark.parametrize("caption", ["打卡", "打卡 昨天 社区清扫", "打卡 昨天 2,5 社区清扫", "打卡 后天 2 植树"])
async def test_of_a_photo_whose_caption_makes_no_record_yet_it_is_said_that_it_is_not_kept(
    demo: Stage, person: Person, caption: str
) -> None:
    answer = await person.does(lambda: demo.world.send_photo(person.id, b"\x89PNG-1", caption=caption))
    assert "照片还没有附上" in answer.text


async def test_photos_are_added_and_one_used_twice_is_shown_to_the_reviewer(demo: Stage, person: Person) -> None:
    world, picture = demo.world, b"\x89PNG" + bytes(100)
    await person.says("/checkin 2.5 社区清扫")
    assert "不是必需的" in (await person.presses("照片")).text
    assert "共 1 张" in (await person.does(lambda: world.send_photo(person.id, picture))).text
    first = world.messages(person.id)[-2]
    assert "已经在这条记录里" in (await person.does(lambda: world.forward(person.id, first))).text
    assert "共 2 张" in (await person.does(lambda: world.send_photo(person.id, picture))).text
    assert "没有保存" in (await person.sends("a.jpg", picture)).text
    assert "照片 2 张" in (await person.presses("完成")).text
    await person.says("/checkin 昨天 1 植树")
    await person.presses("照片")
    await person.does(lambda: world.forward(person.id, first))
    leader = demo.of("ZF001")
    await leader.hears("有事项等您处理")
    seen = await leader.says("/pending")
    assert "有 1 张照片在别的记录里用过" in seen.text
    await leader.presses("照片（2）")
    assert [m.caption for m in world.messages(leader.id) if m.photo] == ["照片 1/2", "照片 2/2"]


async def test_a_tenth_photo_is_refused_and_the_record_keeps_its_nine(demo: Stage, person: Person) -> None:
    await person.says("/checkin 2.5 社区清扫")
    await person.presses("照片")
    await person.does(lambda: demo.world.send_photo(person.id, b"\x89PNG first"))
    first = demo.world.messages(person.id)[-2]
    async with demo.app.db.write() as tx:
        await tx.executemany(
            "INSERT INTO checkin_photos (checkin_id, unique_id, file_id, at) SELECT MAX(id), ?, 'f', 1 FROM checkins",
            [(f"x{number}",) for number in range(8)],
        )
    answer = await person.does(lambda: demo.world.send_photo(person.id, b"\x89PNG"))
    assert answer.text == "每条记录最多 9 张照片，这张没有保存。"
    again = await person.does(lambda: demo.world.forward(person.id, first))
    assert again.text == "这张照片已经在这条记录里了（共 9 张）。", "it is kept, whatever the limit"
    assert "照片 9 张" in (await person.presses("完成", answer)).text


# /me


async def test_what_of_last_year_still_waits_is_named_in_the_new_one(demo: Stage, person: Person) -> None:
    demo.move_to(NOW.replace(month=12, day=31))
    await person.says("/checkin 2 值守")
    demo.move_to(NOW.replace(year=2027, month=1, day=1))
    shown = (await person.says("/me")).text
    assert "2027年已确认：0 小时" in shown and "待审核 1 条" in shown
    async with demo.app.db.write() as tx:
        await tx.execute("UPDATE checkins SET state = 'returned' WHERE state = 'submitted'")
    shown = (await person.says("/me")).text
    assert "被退回 1 条" in shown and "待审核" not in shown
    await person.says("/language en")
    shown = (await person.says("/me")).text
    assert "Returned: 1" in shown and "Waiting" not in shown


async def test_me_shows_the_year_the_month_and_every_record(demo: Stage, person: Person) -> None:
    empty = await person.says("/me")
    assert "这个月还没有记录" in empty.text and "打卡 2.5 社区清扫" in empty.text
    before = (await person.presses("◀")).text
    assert "这个月没有记录" in before and "打卡 2.5" not in before
    await person.says("/checkin 1小时20分 社区清扫")
    await person.says("/checkin 昨天 25分钟 植树")
    await person.says("/checkin 9月30日 2 敬老院")
    leader = demo.of("ZF001")
    await leader.hears("有事项等您处理")
    await leader.says("/pending")
    for text in ("社区清扫", "植树"):
        await leader.presses("确认")
        await person.hears(f"已确认.*{text}")
    page = await person.says("我的")
    assert "1.5 小时，2 次" in page.text  # 80 + 25 minutes, rounded down once
    assert "待审核 1 条" in page.text
    assert "2026年10月（2 条）" in page.text
    september = await person.presses("◀ 9月")
    assert "敬老院" in september.text
    assert "▶ 10月" in labels(september)
    assert "状态：待审核" in (await person.presses("9月30日")).text


async def test_a_long_month_has_pages(demo: Stage, person: Person) -> None:
    for day in range(1, 12):
        await person.says(f"/checkin 10月{day}日 1 植树")
    assert "11 条" in (await person.says("/me")).text
    second = await person.presses("›")
    assert "10月3日" in second.text
    assert "10月11日" not in second.text
    assert "10月11日" in (await person.presses("‹")).text


async def test_nobody_reaches_the_record_of_another(demo: Stage, person: Person) -> None:
    await person.says("/checkin 2.5 社区清扫")
    card = person.last
    other = demo.of("ZF006")
    await other.says("/help")
    for data in (b.data for row in card.buttons for b in row):
        await other.says("/help")
        answer = await other.forges(data)
        assert "没有找到这条记录" in answer.text
    assert await count(demo, "state = 'submitted'") == 1


async def test_a_month_that_no_button_has_is_this_one(demo: Stage, person: Person) -> None:
    await person.says("/help")
    for month in ("", "x", "0001-01", "9999-12", "2026-13", "2026"):
        await person.says("/help")
        assert "2026年10月" in (await person.forges(f"me:0:{month}:999999")).text


async def test_who_leads_a_person_turns_the_months_of_his_record_and_nobody_else_does(
    demo: Stage, person: Person
) -> None:
    await person.says("/checkin 2.5 社区清扫")
    async with demo.app.db.read() as tx:
        number = await tx.value("SELECT id FROM people WHERE staff_number = 'ZF005'")
    leader, other, colleague = demo.of("ZF001"), demo.of("RS001"), demo.of("ZF006")
    for who in (leader, other, colleague):
        await who.says("/help")
    await leader.hears("有事项等您处理")
    page = await leader.forges(f"me:{number}::0")
    assert "沈志强的志愿服务" in page.text
    assert "社区清扫" in page.text
    assert "沈志强（ZF005）" in (await leader.presses("10月14日")).text
    assert "不在您的权限范围内" in (await other.forges(f"me:{number}::0")).text
    assert "失效" in (await colleague.forges(f"me:{number}::0")).text


async def test_in_english_months_have_names(demo: Stage) -> None:
    person = demo.of("ZF005")
    await person.says("/language en")
    assert "October 2026" in (await person.says("/me")).text
    assert "September 2026" in (await person.presses("◀ September")).text
