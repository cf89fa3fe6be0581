"""How an entry of the audit reads: in words where they are known, as it was written where they are not."""

import html
import json

import pytest

from bot.i18n import translator
from bot.views.audit import ACTIONS
from bot.views.audit_details import READERS, Known, about, change

PLANS = {"plan:9": {"kind": "memo", "template": "month", "text": ""}}
WHO = json.dumps({"department": 3, "role": "staff", "status": "active", "name": "a"})
MOVED = json.dumps({"department": 4, "role": "leader", "status": "active", "name": "b"})
TITLE = json.dumps({"field": "title", "department": 3, "role": "staff", "status": "active", "from": ""})
COUNTS = json.dumps({"added": 2, "moved": 0, "unchanged": 58})
RENAMED = json.dumps({"after": "执法二处", "heads": 12, "day": "2026-11-01"}, ensure_ascii=False)

KNOWN = [
    ("setting", "target", "30", "35", "参与率目标：30% → 35%"),
    ("setting", "work_hours", "[480, 1080]", "[540, 1020]", "工作时间：08:00-18:00 → 09:00-17:00"),
    ("setting", "name", '""', '"档案馆"', "单位名称：示例单位 → 档案馆"),
    ("notice-held", "notice:3", "", "stopped", "通知 №3：有人点了“全部停发”。请先核实情况。"),
    ("notice-sending", "notice:2", "", "13", "通知 №2：对象 13 人"),
    ("notice-recall", "notice:2", "", "13", "通知 №2：13 条"),
    ("notice-cancelled", "notice:2", "scheduled", "", "通知 №2：原为定时"),
    ("remind", "unit", "quarter:2026Q4", "31", "全单位、2026年第四季度：31 人"),
    ("remind", "department:3", "notice:7", "4", "执法处、通知 №7：4 人"),
    ("plan-added", "plan:9", "", "memo month:1 09:30 next paused",
     "月度安排总结：每月 1 日 09:30、遇休息日：顺延到下一个工作日"),
    ("plan-paused", "plan:9", "memo xun 09:30 none active", "memo xun 09:30 none paused", "月度安排总结"),
    ("plan-changed", "plan:9", "memo xun 09:30 none active", "memo xun 10:00 none active",
     "月度安排总结：每旬 1 日、11 日、21 日 09:30 → 每旬 1 日、11 日、21 日 10:00"),
    ("plan-changed", "plan:9", "all", "leaders 执法处", "月度安排总结：全体职工 → 科室负责人、执法处"),
    ("review-confirm", "checkin:5", "submitted", "confirmed", "打卡 №5：待审核 → 已确认"),
    ("roster-changed", "person:7", WHO, MOVED, "person:7：执法处、职工 → 综合处、科室负责人、姓名、工号或职务有变"),
    ("roster-changed", "person:7", TITLE, TITLE, "person:7：职务"),
    ("roster-added", "person:7", "", WHO, "person:7：执法处、职工、在职"),
    ("roster-changed", "person:7", '[3, "staff", "left"]', '[3, "staff", "active"]', "person:7：离职 → 在职"),
    ("roster-imported", "", "", COUNTS, "：新增 2 人、不变 58 人"),
    ("roster-undone", "import:4", "", json.dumps({"file": "r.xlsx", "counts": {"added": 1, "left": 0}}),
     "№4：r.xlsx、新增 1 人"),
    ("department-merge", "department:3", "执法一处", RENAMED, "执法处：执法一处 → 执法二处、12 人、自2026年11月1日起"),
    ("grant", "person:7", "", "leader department:3 until:2026-12-01", "person:7：执法处代理负责人（至 2026年12月1日）"),
    ("grant-taken", "person:7", "viewer department:0 until:", "", "person:7：原为领导小组"),
    ("group-bound", "department:3", "", "chat:-100", "执法处：群 -100"),
    ("export", "unit", "", "roster 58", "全单位：花名册、58 人"),
    ("export", "unit", "", "ledger 2026Q3", "全单位：台账、2026年第三季度"),
    ("export", "import:4", "", "roster changes", "№4：花名册变化"),
    ("invite", "invite:3", "", "department:3", "№3：执法处"),
    ("invite-sheet", "department:3", "", '{"people": 7}', "执法处：7 人"),
    ("invite-sheets-revoked", "", "", '{"codes": 7}', "：7 个"),
    ("registration", "person:7", "pending", "approved", "person:7：等待确认 → 已通过"),
    ("consent", "", "", "withdrawn", "：已撤回同意"),
    ("calendar", "unit:2026", "[]", '[["2026-10-10", true]]', "2026年本单位安排：休　2026年10月10日（周六）"),
    ("retention", "", "", "audit=3 photos=2", "：操作明细 3 条、照片标识 2 个"),
    ("restore", "", "812", "wenming-2026-10-01.db", "：至第 812 条 → wenming-2026-10-01.db"),
    ("resume", "", "heads-to:812", "40", "：至第 812 条 → 40 条"),
    ("erased", "person:7", "", '["x", "y"]', "person:7：2 个账号"),
    ("notice-told", "person:7", "", "notice:3", "person:7：通知 №3"),
    ("backup", "", "", "wenming-2026-10-01.db", "：wenming-2026-10-01.db"),
    ("content-changed", "duty:one-1", "旧", "新", "职责 one-1：旧 → 新"),
]  # fmt: skip
UNKNOWN = [
    ("setting", "work_from", "480", "540", "work_from：480 → 540"),
    ("roster-changed", "person:7", WHO.replace("3", "99"), MOVED, f"person:7：{WHO.replace('3', '99')} → {MOVED}"),
    ("plan-changed", "plan:5", "memo never 09:30 none", "x", "plan:5：memo never 09:30 none → x"),
    ("export", "department:99", "", "something", "department:99：something"),
    ("brand-new", "", "[<1>", "{", "：[<1> → {"),
    ("remind", "unit", "sunshine", "many", "unit：sunshine → many"),
    ("remind", "unit", "sunshine", "31", "unit：sunshine → 31"),
    ("review-confirm", "checkin:5", "lost", "found", "打卡 №5：lost → found"),
    ("grant", "person:7", "", "king", "person:7：king"),
]


def told(action: str, subject: str, before: str, after: str, language: str = "zh") -> str:
    known = Known({"3": "执法处", "4": "综合处"}, PLANS, "示例单位", translator(language))
    row = {"action": action, "subject": subject, "before": before, "after": after}
    return (about(row, known) if subject else "") + html.unescape(change(row, known))


@pytest.mark.parametrize("case", KNOWN, ids=lambda case: f"{case[0]} {case[1]}")
def test_an_entry_reads_in_words(case: tuple[str, str, str, str, str]) -> None:
    *row, words = case
    assert told(*row) == words


@pytest.mark.parametrize("case", UNKNOWN, ids=lambda case: f"{case[0]} {case[1]}")
def test_what_is_not_known_stands_as_it_was_written(case: tuple[str, str, str, str, str]) -> None:
    *row, words = case
    assert told(*row) == words


@pytest.mark.parametrize("case", [case for case in KNOWN if "→" in case[4]], ids=lambda case: f"{case[0]} {case[1]}")
def test_it_reads_in_english_too(case: tuple[str, str, str, str, str]) -> None:
    *row, _words = case
    assert " → " in told(*row, language="en")
    assert told("setting", "target", "30", "35", language="en") == "Target rate: 30% → 35%"


def test_a_long_entry_is_cut() -> None:
    assert len(told("brand-new", "x" * 999, "y" * 999, "z" * 999)) < 400


def test_every_action_whose_details_have_words_has_a_word_itself() -> None:
    assert set(READERS) <= set(ACTIONS)
