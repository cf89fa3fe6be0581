"""What is posted to group robots once, again, or given up; on both databases."""

from typing import Any

import pytest

from bot.clock import instant
from bot.i18n import translator
from bot.services import mirrors
from bot.views.mirrors import render
from storage.engine import Database
from storage.records import Role
from tests.storage.test_plans import DAY, MINUTE, MONDAY, change, look, only, rows, staff


async def notice(db: Database, number: int, **changes: Any) -> None:
    given = {
        "text": "<b>周五</b>植树 &amp; 清扫",
        "audience": "{}",
        "reach": "",
        "state": "done",
        "planned_at": instant(MONDAY),
    }
    given |= changes
    await change(
        db,
        "INSERT INTO notices (id, author_user, authority, text, audience, reach, state, planned_at, created_at)"
        " VALUES (?, 900, 900, ?, ?, ?, ?, ?, 0)",
        number,
        *(given[name] for name in ("text", "audience", "reach", "state", "planned_at")),
    )


async def test_a_notice_to_everybody_is_posted_to_each_robot_once(db: Database) -> None:
    await notice(db, 7)
    taken = await mirrors.take(db, 2, MONDAY + MINUTE)
    assert [(m.robot, m.kind) for m in taken] == [(0, "notice"), (1, "notice")]
    for mirror in taken:
        assert not await mirrors.settle(db, mirror, sent=True)
    assert await mirrors.take(db, 2, MONDAY + 20 * MINUTE) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"audience": '{"roles": ["leader"]}'},
        {"reach": "/1/"},
        {"state": "draft"},
        {"state": "stopped"},
        {"planned_at": 0},
    ],
    ids=str,
)
async def test_what_was_meant_for_some_or_is_old_is_no_business_of_a_group(db: Database, changes: Any) -> None:
    await notice(db, 7, **changes)
    assert await mirrors.take(db, 1, MONDAY + MINUTE) == []
    assert await rows(db, "SELECT 1 FROM mirrors") == []


async def test_a_robot_that_fails_is_tried_three_times_and_holds_up_no_other(db: Database) -> None:
    await notice(db, 7)
    first, second = await mirrors.take(db, 2, MONDAY)
    await mirrors.settle(db, first, sent=True)
    ends = [await mirrors.settle(db, second, sent=False)]
    for step in (1, 2):
        assert await mirrors.take(db, 2, MONDAY + step * mirrors.AGAIN - MINUTE) == []
        (again,) = await mirrors.take(db, 2, MONDAY + step * mirrors.AGAIN)
        ends.append(await mirrors.settle(db, again, sent=False))
    assert ends == [False, False, True]
    assert await mirrors.take(db, 2, MONDAY + 5 * mirrors.AGAIN) == []
    assert await rows(db, "SELECT robot, state FROM mirrors ORDER BY robot") == [(0, "sent"), (1, "failed")]


async def test_whoever_died_in_the_middle_is_followed_by_another_try(db: Database) -> None:
    await notice(db, 7)
    await mirrors.take(db, 1, MONDAY)
    assert len(await mirrors.take(db, 1, MONDAY + mirrors.AGAIN)) == 1


async def test_the_unit_s_weekly_totals_are_posted_without_a_name(db: Database) -> None:
    await staff(db, Role.LEADER, Role.STAFF)
    await only(db, "weekly")
    await look(db, MONDAY - DAY)
    await look(db, MONDAY)
    (mirror,) = await mirrors.take(db, 1, MONDAY + MINUTE)
    title, body = render(mirror.kind, mirror.facts, "某某局", translator("zh"))
    assert "某某局" in title
    assert "在岗 2 人" in body
    assert "某人" not in body
    await mirrors.settle(db, mirror, sent=True)
    assert await mirrors.take(db, 1, MONDAY + 30 * MINUTE) == []


async def changed(db: Database, act: str, text: str = "<b>周六</b>植树", at: Any = MONDAY + 2 * MINUTE) -> None:
    if act == "correct":
        await change(db, "UPDATE notices SET text = ? WHERE id = 7", text)
    await change(
        db,
        "INSERT INTO notice_changes (notice_id, act, before, by_user, at) VALUES (7, ?, '', 900, ?)",
        act,
        instant(at),
    )


async def posted(db: Database, at: Any, robots: int = 2, *, sent: bool = True) -> list[tuple[int, str, str]]:
    """What goes to the robots at this moment."""
    found = []
    for mirror in await mirrors.take(db, robots, at):
        await mirrors.settle(db, mirror, sent=sent)
        found.append((mirror.robot, *render(mirror.kind, mirror.facts, "某某局", translator("zh"))))
    return found


async def test_a_correction_is_posted_once_more_and_a_recall_as_a_word_that_it_was_withdrawn(db: Database) -> None:
    await notice(db, 7)
    assert len(await posted(db, MONDAY + MINUTE)) == 2
    await changed(db, "correct")
    right = "（已更正，2026年10月19日 09:02）\n周六植树"
    assert await posted(db, MONDAY + 3 * MINUTE) == [(n, "【更正】某某局", right) for n in (0, 1)]
    assert await posted(db, MONDAY + 4 * MINUTE) == []
    await changed(db, "recall")
    withdrawn = await posted(db, MONDAY + 5 * MINUTE)
    assert [(robot, title) for robot, title, _ in withdrawn] == [(0, "【撤回】某某局"), (1, "【撤回】某某局")]
    assert "2026年10月19日（周一）09:00" in withdrawn[0][2] and "已撤回" in withdrawn[0][2]
    assert "植树" not in withdrawn[0][2], "what was taken back is not said once more"
    assert await posted(db, MONDAY + 6 * MINUTE) == []


async def test_a_notice_of_days_ago_is_put_right_too(db: Database) -> None:
    await notice(db, 7)
    await posted(db, MONDAY + MINUTE)
    await changed(db, "correct", at=MONDAY + 3 * DAY)
    assert [title for _, title, _ in await posted(db, MONDAY + 3 * DAY + MINUTE)] == ["【更正】某某局"] * 2


async def test_of_several_corrections_the_last_one_is_posted(db: Database) -> None:
    await notice(db, 7)
    await posted(db, MONDAY + MINUTE)
    await changed(db, "correct", "一")
    await changed(db, "correct", "二")
    bodies = [body for _, _, body in await posted(db, MONDAY + 3 * MINUTE)]
    assert bodies == ["（已更正，2026年10月19日 09:02）\n二"] * 2
    assert await posted(db, MONDAY + 4 * MINUTE) == []


async def test_what_was_corrected_before_it_was_posted_is_posted_once_as_it_is(db: Database) -> None:
    await notice(db, 7)
    await changed(db, "correct", at=MONDAY)
    assert await posted(db, MONDAY + MINUTE) == [(n, "【通知】某某局", "周六植树") for n in (0, 1)]
    assert await posted(db, MONDAY + 2 * MINUTE) == []


async def test_what_was_recalled_before_it_was_posted_is_never_posted(db: Database) -> None:
    await notice(db, 7)
    await changed(db, "recall", at=MONDAY)
    assert await posted(db, MONDAY + MINUTE) == []
    assert await rows(db, "SELECT 1 FROM mirrors") == []


async def test_a_robot_that_had_not_got_it_yet_never_gets_the_old_text(db: Database) -> None:
    await notice(db, 7)
    first, second = await mirrors.take(db, 2, MONDAY + MINUTE)
    await mirrors.settle(db, first, sent=True)
    await mirrors.settle(db, second, sent=False)  # it may have arrived all the same
    await changed(db, "correct")
    right = "（已更正，2026年10月19日 09:02）\n周六植树"
    assert await posted(db, MONDAY + 3 * MINUTE) == [(n, "【更正】某某局", right) for n in (0, 1)]
    assert await posted(db, MONDAY + mirrors.AGAIN + 2 * MINUTE) == [], "the first text is not tried again"


async def test_what_no_robot_was_given_is_withdrawn_without_a_word(db: Database) -> None:
    await notice(db, 7)
    await change(
        db, "INSERT INTO mirrors (key, robot, kind, facts, not_before) VALUES ('notice:7', 0, 'notice', ?, ?)",
        '{"text": "<b>周五</b>植树"}', instant(MONDAY + 60 * MINUTE),
    )  # fmt: skip
    await changed(db, "recall")
    assert await posted(db, MONDAY + 3 * MINUTE, 1) == []
    assert await rows(db, "SELECT state FROM mirrors") == [("dropped",)]
    assert await posted(db, MONDAY + 61 * MINUTE, 1) == []


@pytest.mark.parametrize("act", ["correct", "recall"])
async def test_what_was_meant_for_some_is_put_right_in_no_group(db: Database, act: str) -> None:
    await notice(db, 7, audience='{"roles": ["leader"]}')
    await posted(db, MONDAY + MINUTE)
    await changed(db, act)
    assert await posted(db, MONDAY + 3 * MINUTE) == []


def test_a_notice_becomes_plain_text_that_has_room() -> None:
    title, body = render("notice", {"text": "<b>周五</b>植树 &amp; 清扫"}, "某某局", translator("zh"))
    assert title == "【通知】某某局"
    assert body == "周五植树 & 清扫"
    _, long = render("notice", {"text": "长" * 4000}, "某某局", translator("zh"))
    assert long.endswith("…")
    assert len(long.encode()) <= 1800
