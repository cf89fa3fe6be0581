"""kill -9 while people are being answered: everything they asked for happens once, everybody hears of it."""

import pytest

from bot.demo import OWNER, demo_people
from bot.domain.access import Actor
from bot.services import accounts, invites
from storage import departments
from tests.e2e.conftest import Rig

STAFF = [p.user_id for p in demo_people() if p.bound and p.role == "staff" and p.status == "active"][:24]
POINTS = ("before_store", "after_store", "after_effect_commit", "after_reply_before_done")
NEW = 5001


async def check_ins(rig: Rig) -> dict[int, int]:
    """How many records each of them made of what he said below."""
    rows = await rig.rows(
        "SELECT a.user_id, COUNT(*) FROM checkins c JOIN accounts a ON a.person_id = c.person_id"
        " WHERE c.text = '护河' GROUP BY a.user_id"
    )
    return dict(rows)


async def invite(rig: Rig) -> str:
    """A code for a stranger who works in 服务大厅."""
    rig.world.add_user(NEW, first_name="晓明", last_name="李", language_code="zh-hans")
    async with rig.writing() as tx:
        found = await departments.find_by_path(tx, "服务大厅")
        assert found is not None
        owner = Actor(OWNER, OWNER, roles=frozenset({"owner"}))  # type: ignore[arg-type]
        code = await invites.create(tx, owner, found.id, rig.now)
    assert code is not None
    return code


@pytest.mark.parametrize("point", [*POINTS, "answer_lost"])
async def test_everybody_is_answered_and_everything_is_done_once(night: Rig, point: str) -> None:
    for user in STAFF:
        night.world.say(user, "/checkin 昨天 1.5 护河")
        night.world.say(user, "/mute")
    if point == "answer_lost":
        bot = night.spawn()
        night.kill_when_delivered(bot, 9)
    else:
        bot = night.spawn(point=point, n=1 if point == "before_store" else 9)
    await bot.killed()
    await night.start()
    await night.settled()
    assert await check_ins(night) == dict.fromkeys(STAFF, 1)
    muted = await night.rows("SELECT user_id FROM accounts WHERE muted = 1 ORDER BY user_id")
    assert [row[0] for row in muted] == sorted(STAFF)
    assert await night.counts("SELECT state, COUNT(*) FROM inbox GROUP BY state") == {"done": 2 * len(STAFF)}
    for user in STAFF:
        recorded = [text for text in night.answers(user) if "1.5" in text]
        muting = [text for text in night.answers(user) if "早间消息" in text]
        assert len(set(recorded)) == len(set(muting)) == 1, night.answers(user)
        assert 1 <= len(recorded) <= 2
        assert 1 <= len(muting) <= 2
    night.sound()
