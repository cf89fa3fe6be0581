"""Whatever people say, send or press: a clear answer that says what to do, and nothing that is stored is harmed."""

import contextlib
import io
import re
import zipfile
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import xlsxwriter

from bot.sandbox.state import SentMessage
from tests.flows.conftest import NOW, Person, Stage, labels
from tests.flows.registering import NEW, code_for, consenting, quiet, show_card
from tests.flows.test_checkins import forget
from tests.flows.test_roster import HEADER, demo_rows, xlsx

LONG = 10_000
RTL = "\u202eفارس مريم\u200f"
EMOJI = "👨‍👩‍👧🏳️‍🌈😀"
KEPT = ["people", "departments", "postings", "settings", "audit", "invites", "registrations",
        "checkins", "checkin_events", "checkin_photos"]  # fmt: skip
BOUND = "SELECT user_id, person_id, language, muted, bound_at FROM accounts WHERE person_id IS NOT NULL ORDER BY 1"


@contextlib.asynccontextmanager
async def unharmed(stage: Stage) -> AsyncIterator[None]:
    """Whatever happens here, what is stored stays, nothing is set aside, and the next one is answered."""
    before = await stored(stage)
    yield
    assert await stored(stage) == before
    async with stage.app.db.read() as tx:
        assert await tx.value("SELECT COUNT(*) FROM inbox WHERE state = 'parked' OR tries > 0") == 0
    assert "文明创建助手" in (await stage.of("ZF006").says("/help")).text


async def stored(stage: Stage) -> dict[str, Any]:
    async with stage.app.db.read() as tx:
        tables = {table: await tx.fetch(f"SELECT * FROM {table} ORDER BY 1") for table in KEPT}
        return tables | {"bound": await tx.fetch(BOUND)}


# What people say

SAID = [
    # said by a member of staff      what was wrong               what to do
    ("/nosuchcommand",               "没有听懂",                   "/help"),
    ("/CHECKIN_ALL now",             "没有听懂",                   "/help"),
    ("/",                            "没有听懂",                   "/help"),
    ("//checkin 2 植树",             "没有听懂",                   "/help"),
    ("/roster",                      "不在您的权限",               "/help"),
    ("好" * LONG,                    "没有听懂",                   "/help"),
    ("😀" * LONG,                    "没有听懂",                   "/help"),
    (RTL,                            "没有听懂",                   "/help"),
    ("\u200b\u2060",                 "没有听懂",                   "/help"),
    ("/checkin -3",                  "“-3”不对",                   "打卡 2.5 社区清扫"),
    ("/checkin 0 植树",              "“0”不对",                    "打卡 2.5 社区清扫"),
    ("/checkin 1e9",                 "“1e9”不对",                  "打卡 2.5 社区清扫"),
    ("/checkin NaN",                 "“NaN”不对",                  "打卡 2.5 社区清扫"),
    ("/checkin inf 植树",            "“inf”不对",                  "打卡 2.5 社区清扫"),
    ("/checkin 99999999999999999999 植树", "一天以内",             "打卡 2.5 社区清扫"),
    ("/checkin 25 植树",             "一天最多 24 小时",           "直接输入"),
    ("/checkin 2,5",                 "“2,5”是指 2.5 小时",         "点下面的按钮"),
    ("/checkin 2,5 社区清扫",        "“2,5”是指 2.5 小时",         "点下面的按钮"),
    ("/checkin 2月30日 2 植树",      "没有“2月30日”这一天",        "打卡 2.5 社区清扫"),
    ("/checkin 2 " + "好" * LONG,    "300 字以内",                 "做了什么"),
    ("/checkin " + "9" * LONG,       "不对",                       "打卡 2.5 社区清扫"),
    ("/report 2026-13",              "不在您的权限",               "/help"),
    ("/start nocode",                "欢迎回来",                   "下面的功能"),
    ("/language fr",                 "请选择语言",                 "choose a language"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "wrong", "to_do"), SAID, ids=lambda text: ascii(text[:24]))
async def test_what_cannot_be_understood_is_answered_with_what_to_say(
    demo: Stage, said: str, wrong: str, to_do: str
) -> None:
    async with unharmed(demo):
        answer = await demo.of("ZF005").says(said)
        assert wrong in answer.text
        assert to_do in answer.text


async def test_strangers_hear_how_to_get_in_and_nothing_else(demo: Stage) -> None:
    stranger = demo.person(NEW, EMOJI, RTL)
    async with unharmed(demo):
        for said in ("/checkin 2.5 植树", "/nosuch", "/roster", "王芳", "好" * LONG, RTL, "/report 执法处"):
            assert "邀请链接" in (await stranger.says(said)).text, said[:20]
        for code in ("x", "好" * 3000, "'; DROP TABLE people; --", "0" * 64, RTL):
            answer = (await stranger.says(f"/start {code}")).text
            assert "索取新的邀请链接" in answer or "尝试次数过多" in answer, code[:20]


async def test_the_same_in_english(demo: Stage) -> None:
    person = demo.of("ZF005")
    await person.says("/language en")
    async with unharmed(demo):
        for said, told in (
            ("/nosuchcommand", "/help"),
            ("/checkin -3", "“-3” cannot be right"),
            ("/checkin 2月30日 2 植树", "no such day"),
            ("/checkin 2,5 park", "press the button"),
        ):
            assert told.lower() in (await person.says(said)).text.lower(), said
        for thing, send in things(person).items():
            assert re.search("[Ss]end|write|press", (await person.does(send)).text), thing


# What people are called

NAMES = [EMOJI, RTL, "<b>x</b>", "&lt;", "٠١٢", "Z̷a̷l̷g̷o̷" * 8, "\u200b", "王" * 64, "{ $name }", "'; --", "=1+1"]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
async def test_whatever_an_account_is_called_its_owner_is_registered_by_the_roster(demo: Stage, name: str) -> None:
    new = demo.person(NEW, name, name)
    await new.says(f"/start {await code_for(demo)}")
    await new.presses("同意")
    assert "等候" in (await new.says("FW003 李晓明")).text
    leader = demo.of("FW001")
    assert "与花名册姓名" in (await show_card(demo, leader)).text
    assert "已通过：李晓明" in (await leader.presses("通过")).text
    await new.hears("登记已通过")


@pytest.mark.parametrize(
    "said", [EMOJI, RTL, f"FW003 {EMOJI}", f"FW003 {RTL}", "FW003 " + "好" * LONG, "٣ مريم"], ids=ascii
)
async def test_a_name_that_nobody_has_is_asked_for_again(demo: Stage, said: str) -> None:
    new = await consenting(demo)
    async with unharmed(demo):
        answer = (await new.says(said)).text
        assert "没有核对上" in answer or "请发送您的" in answer
    assert "等候" in (await new.says("FW003 李晓明")).text


# What is sent where words are awaited


def things(person: Person) -> dict[str, Callable[[], object]]:
    """Everything a person can send that is not words."""
    world, me = person.stage.world, person.id
    return {
        "sticker": lambda: world.send_sticker(me),
        "voice": lambda: world.send_voice(me),
        "contact": lambda: world.send_contact(me, "+8613800138000", me),
        "location": lambda: world.send_location(me, 39.9, 116.4),
        "poll": lambda: world.send_poll(me, "?", ["a", "b"]),
        "file": lambda: world.send_document(me, f"{EMOJI}.pdf", b"%PDF"),
        "photo": lambda: world.send_photo(me, b"\xff\xd8"),
    }


async def number_awaited(demo: Stage) -> Person:
    return await consenting(demo)


async def name_awaited(demo: Stage) -> Person:
    person = await consenting(demo)
    await person.says("FW003")
    return person


async def date_awaited(demo: Stage) -> Person:
    person = demo.of("ZF005")
    await person.says("/checkin")
    return person


async def hours_awaited(demo: Stage) -> Person:
    person = await date_awaited(demo)
    await person.says("昨天")
    return person


async def deed_awaited(demo: Stage) -> Person:
    person = demo.of("ZF005")
    await person.says("/checkin 昨天 2")
    return person


async def value_awaited(demo: Stage) -> Person:
    office = demo.of("BG002")
    await office.says("/settings")
    await office.presses("参与率目标")
    return office


async def reason_awaited(demo: Stage) -> Person:
    leader = demo.of("ZF001")
    await demo.of("ZF005").says("/checkin 2.5 社区清扫")
    await quiet(demo)
    await leader.says("/pending")
    await leader.presses("退回")
    return leader


@pytest.mark.parametrize(
    ("awaited", "then", "understood"),
    [
        (number_awaited, "FW003", "姓名"),
        (name_awaited, "李晓明", "等候"),
        (date_awaited, "昨天", "多长时间"),
        (hours_awaited, "2.5", "做了什么"),
        (deed_awaited, "植树", "已记录"),
        (value_awaited, "40", "40%"),
        (reason_awaited, "请写清楚", "已退回"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
async def test_what_is_no_words_is_answered_and_the_words_are_still_awaited(
    demo: Stage, awaited: Callable[[Stage], Any], then: str, understood: str
) -> None:
    person = await awaited(demo)
    async with unharmed(demo):
        for thing, send in things(person).items():
            answer = (await person.does(send)).text
            assert "请" in answer or "/help" in answer, (thing, answer)
            if thing in ("contact", "location"):
                assert "没有保存" in answer
    await quiet(demo)
    assert understood in (await person.says(then)).text


# What is pressed


async def test_a_stale_button_says_so_and_shows_how_things_are(demo: Stage) -> None:
    await forget(demo)
    person, leader = demo.of("ZF005"), demo.of("ZF001")
    card = await person.says("/checkin 2.5 社区清扫")
    sure = pressed(await person.presses("撤回", card), "确定撤回")
    await quiet(demo)
    waiting = await leader.says("/pending")
    late = pressed(waiting, "退回")
    await leader.presses("确认", waiting)
    await quiet(demo)
    async with unharmed(demo):
        assert "状态：已确认" in (await person.forges(sure)).text
        assert "情况已有变化" in (await leader.forges(late)).text


async def test_the_button_of_another_person_opens_nothing(demo: Stage) -> None:
    await forget(demo)
    person, leader = demo.of("ZF005"), demo.of("ZF001")
    own = await person.says("/checkin 2.5 社区清扫")
    await quiet(demo)
    review = await leader.says("/pending")
    strangers = [demo.of("ZF006"), demo.of("RS001"), demo.of("ZH002"), demo.person(NEW)]
    async with unharmed(demo):
        for one in strangers:
            for data in {b.data for card in (own, review) for row in card.buttons for b in row}:
                await one.says("/help")
                answer = (await one.forges(data or "")).text
                assert "社区清扫" not in answer and "沈志强" not in answer
                assert any(word in answer for word in ("失效", "没有找到", "不在您的", "没有等您")), answer


@pytest.mark.parametrize("data", ["x", "", "rv:", "rv:confirm:1", "rv:confirm:9e9:1", "reg:-1:1", RTL])
async def test_a_button_that_is_none_of_ours_is_answered(demo: Stage, data: str) -> None:
    leader = demo.of("ZF001")
    await leader.says("/help")
    async with unharmed(demo):
        assert "失效" in (await leader.forges(data)).text


def pressed(message: SentMessage, label: str) -> str:
    assert label in labels(message)
    return next(b.data or "" for row in message.buttons for b in row if b.text == label)


# What comes twice, and what comes broken


def update(number: int, user_id: int, text: Any) -> dict[str, Any]:
    who = {"id": user_id, "is_bot": False, "first_name": "x"}
    chat = {"id": user_id, "type": "private", "first_name": "x"}
    at = int(NOW.timestamp())
    return {"update_id": number, "message": {"message_id": number, "date": at, "from": who, "chat": chat, "text": text}}


async def test_the_same_update_twice_is_one_check_in_and_one_answer(demo: Stage) -> None:
    person = demo.of("ZF005")
    once = update(70_001, person.id, "/checkin 2.5 社区清扫")
    for _ in range(2):
        demo.world.push_raw(dict(once))
    await demo.settled()
    assert [text.partition("\n")[0] for text in person.heard] == ["✅ 已记录，等待审核"]


async def test_a_broken_update_in_the_middle_of_a_batch_is_set_aside_and_the_rest_is_handled(demo: Stage) -> None:
    first, last, owner, office = demo.of("ZF005"), demo.of("ZF006"), demo.owner(), demo.of("BG002")
    await owner.says("/help")
    demo.world.push_raw(update(70_001, first.id, "/help"))
    demo.world.push_raw(update(70_002, first.id, {"no": "text"}))
    demo.world.push_raw(update(70_003, last.id, "/help"))
    await demo.settled()
    for person in (first, last):
        assert ["文明创建助手" in text for text in person.heard] == [True]
    for told in (owner, office):
        assert "请系统管理员查看运行日志" in (await told.hears("搁置")).text


# What comes as a roster


def drawn(draw: Callable[[Any, Any], object]) -> bytes:
    """A sheet with the right header, and whatever `draw` puts under it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ("A1", "甲", "办公室"))
        draw(book, sheet)
    return out.getvalue()


def merged() -> bytes:
    return drawn(lambda book, sheet: sheet.merge_range("C2:C5", "办公室"))


def formulas() -> bytes:
    return drawn(lambda book, sheet: sheet.write_formula("B2", '=HYPERLINK("x")'))


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx([]))) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, bytes(200 << 20) if name == "xl/sharedStrings.xml" else source.read(name))
    return out.getvalue()


def one(*row: str) -> Callable[[], bytes]:
    return lambda: xlsx([("A0", "乙", "办公室", "", "", ""), row])


ROSTERS: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("merged cells", merged, "C2:C5 是合并单元格", "请取消合并并逐行填写"),
    ("formulas", formulas, "第 2 行：“姓名”是公式", "请改为文字"),
    ("a wrong header", lambda: xlsx([("A1",)], ("编号",)), "缺少“工号”这一列", "请改好后重新发送文件"),
    ("a column too few", lambda: xlsx([("A1",)], HEADER[:5]), "缺少“状态”这一列", "请改好后重新发送文件"),
    ("a header twice", lambda: xlsx([("A1",)], (*HEADER, "工号")), "“工号”这一列出现了两次", "请改好后重新发送文件"),
    ("duplicate numbers", one("a0", "丙", "办公室", "", "", ""), "工号“A0”与第 2 行重复", "请改好后重新发送文件"),
    ("an unknown role", one("A2", "丙", "办公室", "", "皇帝", ""), "第 3 行：角色“皇帝”不认识", "请填 职工"),
    ("an owner by roster", one("A2", "丙", "办公室", "", "owner", ""), "角色“owner”不认识", "请填 职工"),
    ("an unknown state", one("A2", "丙", "办公室", "", "", "度假"), "第 3 行：状态“度假”不认识", "请填 在职"),
    ("a name with turned text", one("A2", RTL, "办公室", "", "", ""), "“姓名”里有不可见的字符", "请改好后重新发送文件"),
    ("an ID number", one("11010519491231002X", "丙", "办公室", "", "", ""), "像是身份证号", "请换成单位内部的工号"),
    ("an endless cell", one("A2", "好" * 30_000, "办公室", "", "", ""), "“姓名”太长", "请改好后重新发送文件"),
    ("nobody", lambda: xlsx([]), "还没有填人员", "重新发送文件"),
    ("nothing", lambda: b"", "是空的", "/roster 下载模板"),
    ("no workbook", lambda: b"hello", "不是 xlsx", "另存为“Excel 工作簿"),
    ("half a workbook", lambda: xlsx(demo_rows())[:3000], "读不了", "复制到新的模板"),
    ("50 MB", lambda: bytes(50 << 20), "不能超过 20 MB", "只保留花名册这一张表"),
    ("a bomb", bomb, "读不了", "复制到新的模板"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "wrong", "to_do"), [row[1:] for row in ROSTERS], ids=[row[0] for row in ROSTERS])
async def test_a_roster_that_cannot_be_taken_is_answered_with_what_to_mend(
    demo: Stage, file: Callable[[], bytes], wrong: str, to_do: str
) -> None:
    office = demo.of("BG003")
    async with unharmed(demo):
        answer = await office.sends(f"{EMOJI}.xlsx", file())
        assert wrong in answer.text
        assert to_do in answer.text
        assert not answer.buttons
