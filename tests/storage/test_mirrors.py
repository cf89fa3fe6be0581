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


def test_a_notice_becomes_plain_text_that_has_room() -> None:
    title, body = render("notice", {"text": "<b>周五</b>植树 &amp; 清扫"}, "某某局", translator("zh"))
    assert title == "【通知】某某局"
    assert body == "周五植树 & 清扫"
    _, long = render("notice", {"text": "长" * 4000}, "某某局", translator("zh"))
    assert long.endswith("…")
    assert len(long.encode()) <= 1800
