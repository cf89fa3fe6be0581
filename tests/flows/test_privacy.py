"""What is kept and why, leaving, taking one's data along."""

import datetime as dt
import io
import json
import re
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from bot.domain.hours import Act
from bot.files import ChildFailed
from bot.i18n import LANGUAGES, translator
from bot.sandbox.state import SentMessage
from bot.views import privacy as view
from bot.views import pushes
from bot.views import sheets as sheets_view
from storage import accounts, checkins, people
from storage.privacy import SECTIONS
from storage.records import Checkin, CheckinState, DeliveryState, Fate, NoticeState, PersonStatus, Role
from tests.flows.conftest import NOW, Person, Stage, value
from tests.flows.registering import NEW, code_for, killed_after

CANARY = "=cmd|' /C calc'!A0 @SUM(1+1) \u202e😀 <b>"


async def files_of(person: Person) -> tuple[dict[str, Any], dict[str, list[list[str]]]]:
    """The JSON and the sheets that /mydata gives."""
    await person.says("/mydata")
    found = [m.document for m in person.stage.world.messages(person.id) if m.from_bot and m.document][-2:]
    table, raw = (document.data for document in found if document is not None)
    book = CalamineWorkbook.from_filelike(io.BytesIO(table))
    return json.loads(raw), {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


async def check_in(stage: Stage, person: Person, text: str) -> int:
    async with stage.app.db.write() as tx:
        _, bound, _ = await accounts.find(tx, person.id)
        assert bound is not None
        new = Checkin(
            0, bound.id, bound.department_id, NOW.date(), 90, None, None, text, CheckinState.SUBMITTED, "", 1, 1
        )
        kept = await checkins.insert(tx, new)
        assert kept is not None
        await checkins.record_event(tx, kept.id, 5, person.id, "submit", None, CheckinState.SUBMITTED, 1)
        await checkins.record_event(
            tx, kept.id, 6, 900, "return", CheckinState.SUBMITTED, CheckinState.RETURNED, 1, "请补充地点"
        )
        await tx.execute(
            "INSERT INTO checkin_photos (checkin_id, unique_id, file_id, at) VALUES (?, 'U1', 'F1', 7)", kept.id
        )
        return kept.id


# /privacy


async def test_everybody_may_read_what_is_kept_and_a_member_when_he_consented(demo: Stage) -> None:
    stranger = await demo.person(NEW).says("/privacy")
    for word in ("境外", "/mydata", "/leave", "不得发送涉密内容", "10 年", "还没有同意", "示例单位"):
        assert word in stranger.text
    member = await demo.of("ZF005").says("隐私")
    assert "您已于6月16日同意第 1 版" in member.text
    english = await demo.person(NEW + 1, "Ann", "Lee", "en").says("/privacy")
    assert "abroad" in english.text
    assert "not consented" in english.text


# /leave


async def test_who_leaves_is_a_stranger_afterwards_and_his_records_stay(demo: Stage) -> None:
    person = demo.of("ZF005")
    number = await check_in(demo, person, "社区清扫")
    asked = await person.says("/leave")
    assert "10 年" in asked.text
    assert "/mydata" in asked.text
    done = await person.presses("确定退出")
    assert "同意已撤回" in done.text
    assert done.reply_keyboard is not None
    assert not any("打卡" in label for row in done.reply_keyboard for label in row)
    assert "请先完成登记" in (await person.says("/checkin 2 社区清扫")).text
    assert "邀请链接" in (await person.says("/start")).text
    account = await value(demo, "SELECT person_id FROM accounts WHERE user_id = ?", person.id)
    consent = await value(demo, "SELECT consent_version FROM accounts WHERE user_id = ?", person.id)
    assert (account, consent) == (None, None)
    assert await value(demo, "SELECT state FROM checkins WHERE id = ?", number) == "submitted"


async def test_who_has_second_thoughts_stays(demo: Stage) -> None:
    person = demo.of("ZF005")
    await person.says("退出")
    assert "没有退出" in (await person.presses("不退出")).text
    assert "/checkin" in (await person.says("/help")).text


async def test_leaving_twice_says_that_the_button_is_stale(demo: Stage) -> None:
    person = demo.of("ZF005")
    asked = await person.says("/leave")
    await person.presses("确定退出", asked)
    assert "失效" in (await person.presses("确定退出", asked)).text
    assert await value(demo, "SELECT COUNT(*) FROM audit WHERE action = 'leave'") == 1


async def test_an_old_leave_button_does_not_end_a_new_registration(demo: Stage) -> None:
    """He left, came back a year later, and touches the old message."""
    person = demo.of("ZF005")
    asked = await person.says("/leave")
    await person.presses("确定退出", asked)
    demo.move_to(NOW + dt.timedelta(days=1))
    async with demo.app.db.write() as tx:
        found = await people.find_by_number(tx, "ZF005")
        assert found is not None
        await accounts.consent(tx, person.id, 1, 2)
        await accounts.bind(tx, person.id, found.id, int(demo.clock.now().timestamp() * 1000))
    assert "失效" in (await person.presses("确定退出", asked)).text
    assert "/checkin" in (await person.says("/help")).text


async def test_a_stranger_or_a_guesser_leaves_nothing(demo: Stage) -> None:
    stranger = demo.person(NEW)
    assert "请先完成登记" in (await stranger.says("/leave")).text
    for data in ("leave:1:0", "leave:1:1", "leave:", "leave:1", "leave:2:x", "leave:1:" + "9" * 40):
        assert "失效" in (await stranger.forges(data)).text


async def test_leaving_ends_dialogues_and_what_was_still_to_be_said(demo: Stage) -> None:
    person = demo.of("ZF001")  # a leader
    asked = await person.says("/leave")
    async with demo.app.db.write() as tx:
        await tx.execute(
            "INSERT INTO dialogs (key, state, data, changed_at) VALUES (?, 'x', '{}', 1)", f"-5:{person.id}"
        )
        later = int(NOW.timestamp() * 1000) + 3_600_000
        await tx.execute(
            "INSERT INTO outbox (key, user_id, kind, urgency, not_before) VALUES ('w', ?, 'work', 1, ?)",
            person.id,
            later,
        )
    await person.presses("确定退出", asked)
    assert await value(demo, "SELECT COUNT(*) FROM dialogs") == 0
    assert await value(demo, "SELECT state FROM outbox WHERE key = 'w'") == "skipped"


async def test_leaving_handled_again_after_a_kill_says_the_same(demo: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    person = demo.of("ZF005")
    asked = await person.says("/leave")
    await killed_after(demo, monkeypatch, person.presses("确定退出", asked))
    assert "同意已撤回" in person.heard[-1]
    assert await value(demo, "SELECT COUNT(*) FROM audit WHERE action = 'leave'") == 1


async def test_who_left_may_come_back_by_an_invite(demo: Stage) -> None:
    person = demo.of("ZF005")
    await person.says("/leave")
    await person.presses("确定退出")
    await person.says(f"/start {await code_for(demo, '执法处')}")
    await person.presses("同意")
    assert "等候" in (await person.says("ZF005 沈志强")).text


# /mydata


async def test_my_data_holds_all_of_mine_and_nothing_of_anybody_else(demo: Stage) -> None:
    me, other = demo.of("ZF005"), demo.of("ZF006")
    await check_in(demo, me, "我的清扫 CANARY-ME")
    await check_in(demo, other, "别人的清扫 CANARY-OTHER")
    async with demo.app.db.write() as tx:
        _, bound, _ = await accounts.find(tx, me.id)
        assert bound is not None
        await tx.execute(
            "INSERT INTO taps (local_date, person_id, kind, at) VALUES ('2026-10-13', ?, 'read', 5)", bound.id
        )
    raw, sheets = await files_of(me)
    whole = json.dumps(raw, ensure_ascii=False) + str(sheets)
    assert raw["roster"][0]["name"] == "沈志强"
    assert raw["account"][0]["user_id"] == me.id
    mine = next(row for row in raw["checkins"] if "CANARY-ME" in row["text"])
    events = [row for row in raw["checkin_events"] if row["checkin_id"] == mine["id"]]
    assert [(event["by"], event["note"]) for event in events] == [("self", ""), ("other", "请补充地点")]
    assert raw["checkin_photos"][0]["file_id"] == "F1"
    assert raw["taps"][0]["local_date"] == "2026-10-13"
    assert raw["account"][0]["consent_at"].startswith("2026-06-16T10:00")
    assert "CANARY-OTHER" not in whole
    for stranger in ("ZF006", str(other.id), "赵洋", "CANARY-OTHER"):
        assert stranger not in whole


async def test_my_data_has_sheets_with_words_and_no_formulas(demo: Stage) -> None:
    me = demo.of("ZF005")
    await check_in(demo, me, CANARY)
    raw, sheets = await files_of(me)
    assert {"花名册", "账号", "打卡", "打卡经过", "打卡照片"} <= set(sheets)
    head, *rows = sheets["打卡"]
    assert "服务日期" in head
    text = next(row[head.index("内容")] for row in rows if "calc" in str(row))
    assert text == CANARY
    assert {row[head.index("状态")] for row in rows} <= {"待审核", "待补充", "已退回", "已确认", "已撤回", "已作废"}
    assert any(row["text"] == CANARY for row in raw["checkins"])


async def test_the_table_of_my_data_speaks_to_people_and_the_json_to_programs(demo: Stage) -> None:
    me = demo.of("ZF005")
    await check_in(demo, me, "confirmed")  # his own words, whatever the program means by them
    raw, sheets = await files_of(me)

    def column(sheet: str, name: str) -> set[str]:
        head, *rows = sheets[sheet]
        return {str(row[head.index(name)]) for row in rows}

    assert "confirmed" in column("打卡", "内容")
    assert {"提交", "退回"} <= column("打卡经过", "操作") and {"本人", "他人"} == column("打卡经过", "操作人")
    assert column("账号", "免打扰") == {"否"} and column("账号", "语言") <= {"中文", ""}
    assert "导出" in column("操作记录", "操作")
    assert column("账号", "同意时间") == {"2026-06-16 10:00"}
    assert "T" not in "".join(column("打卡经过", "时间"))
    assert raw["account"][0]["muted"] == 0 and {"submit", "return"} <= {row["act"] for row in raw["checkin_events"]}
    assert not {"我的打卡", "未处理的来信", "操作日志"} & set(sheets)


async def test_what_i_have_nothing_of_is_one_line_on_the_first_sheet_and_no_sheet(demo: Stage) -> None:
    raw, sheets = await files_of(demo.of("ZF005"))
    assert next(iter(sheets)) == "说明"
    (line,) = [row[0] for row in sheets["说明"] if row[0].startswith("没有您的数据的类别")]
    t = translator("zh")
    for section, rows in raw.items():
        name = t.plain(f"mydata-section-{section.replace('_', '-')}")
        assert (name in sheets, name in line.partition("：")[2].rstrip("。").split("、")) == (bool(rows), not rows)
    assert not raw["notices"] and all(len(rows) > 1 for name, rows in sheets.items())


@pytest.mark.parametrize(
    ("section", "column", "value", "words"),
    [
        ("roster", "role", "viewer", "领导小组"),
        ("postings", "status", "on_leave", "请假"),
        ("messages", "kind", "morning", "早间消息"),
        ("messages", "kind", "notice-finished", "通知"),
        ("messages", "not_before_at", 0, ""),
        ("notices", "state", "done", "已发完"),
        ("updates", "state", "done", "已处理"),
        ("taps", "kind", "done", "今天做到了"),
        ("notice_people", "fate", "withdrawn", "已退出"),
        ("messages", "reason", "withdrawn", "已退出"),
        ("registrations", "state", "withdrawn", "已撤回"),
        ("notice_changes", "act", "recall", "通知撤回"),
        ("import_changes", "act", "left", "离开单位"),
        ("checkin_events", "note", "#hours", "时长与实际不符"),
        ("checkin_events", "note", "#1", "#1"),
        ("checkins", "starts_at_minute", 545, "09:05"),
        ("checkins", "starts_at_minute", None, ""),
        ("checkins", "minutes", 0, "0"),
        ("checkins", "text", "submit", "submit"),
        ("audit", "action", "of-another-time", "of-another-time"),
        ("messages", "facts", '{"phrase": "P213"}', '{"phrase": "P213"}'),
    ],
)
def test_a_word_of_the_programs_is_said_in_words_and_anything_else_as_it_stands(
    section: str, column: str, value: object, words: str
) -> None:
    assert view.cell(section, column, value, translator("zh")) == words


WORDS = {
    ("roster", "role"): Role,
    ("postings", "status"): PersonStatus,
    ("import_changes", "act"): ("added", "changed", "left"),
    ("imports", "state"): ("proposed", "applied", "cancelled", "undone"),
    ("imports", "missing_state"): ("none", "proposed", "applied", "kept"),
    ("account", "language"): LANGUAGES,
    ("registrations", "state"): ("pending", "approved", "rejected", "withdrawn"),
    ("registrations", "decided_by"): ("self", "other"),
    ("attempts", "kind"): ("code", "claim:7"),
    ("checkins", "state"): CheckinState,
    ("checkin_events", "from_state"): CheckinState,
    ("checkin_events", "act"): ("submit", "photo", "explain", *Act),
    ("checkin_reviews", "act"): Act,
    ("taps", "kind"): ("read", "done"),
    ("notices", "state"): NoticeState,
    ("notices", "file_kind"): ("photo", "document"),
    ("notice_people", "fate"): Fate,
    ("notice_rounds", "reason"): ("missed", "unanswered"),
    ("notice_changes", "act"): ("correct", "recall"),
    ("occurrences", "plan"): ("notice:7", "notice:7/2", "notice-change:3"),
    ("occurrences", "state"): ("planned", "closed", "paused", "stopped", "skipped"),
    ("occurrences", "reason"): ("rejected", "render"),
    ("messages", "kind"): pushes.VIEWS,
    ("messages", "state"): DeliveryState,
    ("messages", "reason"): (
        *("not_bound", "withdrawn", "unreachable", "left", "on_leave", "muted", "budget", "late", "stopped", "done"),
        *("recalled", "answered", "moved", "not_allowed", "vanished", "crash", "tries", "rejected", "render"),
        *("blocked", "deactivated", "not_found", "kicked", "forbidden", "lost"),
    ),
    ("updates", "state"): ("pending", "done", "parked"),
}


@pytest.mark.parametrize("place", WORDS, ids=".".join)
def test_of_what_the_program_writes_in_words_of_its_own_none_stands_raw_in_my_data(place: tuple[str, str]) -> None:
    for word in map(str, WORDS[place]):
        chinese, english = (view.cell(*place, word, translator(language)) for language in ("zh", "en"))
        assert not re.search("[_:]|mydata", chinese + english), (word, chinese, english)
        assert re.search("[\u4e00-\u9fff]", chinese) and not re.search("[\u4e00-\u9fff]", english), (word, chinese)


def test_every_kind_of_message_has_a_name_in_my_data() -> None:
    t = translator("zh")
    assert {kind for kind in pushes.VIEWS if view.cell("messages", "kind", kind, t) == kind} == set()


async def test_where_no_table_can_be_made_the_other_file_is_given(demo: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*args: object) -> bytes:
        raise ChildFailed(1, "MemoryError")

    monkeypatch.setattr(sheets_view, "workbook", broken)
    me = demo.of("ZF005")
    await me.says("/mydata")
    assert "没有生成成功" in me.heard[-2]
    found = [m.document.name for m in demo.world.messages(me.id) if m.from_bot and m.document]
    assert len(found) == 1 and found[0].endswith(".json")


async def test_my_data_speaks_english(demo: Stage) -> None:
    me = demo.of("ZF005")
    await me.says("/language en")
    _, sheets = await files_of(me)
    assert "Roster" in sheets


def test_every_section_and_column_of_my_data_has_a_name_in_each_language() -> None:
    for language in LANGUAGES:
        t = translator(language)
        for section, (columns, _) in SECTIONS.items():
            assert t.has(f"mydata-section-{section.replace('_', '-')}"), section
            for column in columns.split():
                assert t.has(f"mydata-column-{column.replace('_', '-')}"), column


async def test_a_stranger_has_no_data_to_take(demo: Stage) -> None:
    answer: SentMessage = await demo.person(NEW).says("/mydata")
    assert "请先完成登记" in answer.text
    assert answer.document is None
