"""kill -9 while people are being answered: everything they asked for happens once, everybody hears of it."""

import functools
from collections.abc import Callable, Sequence

import pytest

from bot.demo import OWNER, demo_people
from bot.domain.access import Actor
from bot.services import invites
from storage import departments
from storage.records import Role
from tests.e2e.conftest import Rig, roster_file, user_of

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
        owner = Actor(OWNER, OWNER, None, None, "", frozenset({Role.OWNER}))
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


async def test_what_kills_every_process_that_takes_it_up_is_set_aside_and_told(night: Rig) -> None:
    victim, others, office = STAFF[0], STAFF[1:12], user_of("BG003")
    night.world.say(OWNER, "/help")
    bot = await night.start()
    await night.settled()
    await bot.kill()
    for said in ("打卡 昨天 1 致命", "/checkin 昨天 1.5 护河"):
        night.world.say(victim, said)
    for user in others:
        night.world.say(user, "/checkin 昨天 1.5 护河")
    for _ in range(4):
        await night.spawn(point="chokes").killed()
    await night.start(point="chokes")
    await night.settled()
    assert await night.counts("SELECT state, COUNT(*) FROM inbox GROUP BY state") == {"done": 13, "parked": 1}
    assert await check_ins(night) == dict.fromkeys((victim, *others), 1)
    assert ["处理时出了问题" in text for text in night.answers(victim)] == [True, False]
    for told in (OWNER, office):
        await night.world.wait_for(told, lambda m: "搁置" in (m.text or ""))
    night.sound()


async def through_the_fire(rig: Rig, point: str, steps: Sequence[tuple[int, Callable[[], object], str]]) -> None:
    """Every step kills the bot that takes it; the next bot makes up for it before it dies of the next step."""
    for number, (_, act, _) in enumerate(steps):
        bot = await rig.start(point=point, n=min(number + 1, 2))
        await rig.settled()
        act()
        await bot.killed()
    await rig.start()
    await rig.settled()
    for user, _, expected in steps:
        assert any(expected in text for text in rig.answers(user)), rig.answers(user)


@pytest.mark.parametrize("point", POINTS)
async def test_a_registration_goes_on_at_the_right_step_wherever_the_bot_dies(night: Rig, point: str) -> None:
    code = await invite(night)
    steps = [
        (NEW, lambda: night.world.say(NEW, f"/start {code}"), "境外"),
        (NEW, lambda: night.press(NEW, "同意"), "工号"),
        (NEW, lambda: night.world.say(NEW, "FW003"), "姓名"),
        (NEW, lambda: night.world.say(NEW, "李晓明"), "等候"),
    ]
    await through_the_fire(night, point, steps)
    assert await night.rows("SELECT user_id, state FROM registrations") == [(NEW, "pending")]
    assert len(night.answers(NEW)) <= 2 * len(steps)
    night.sound()


@pytest.mark.parametrize("point", POINTS)
async def test_a_check_in_asked_for_step_by_step_goes_on_at_the_right_step(night: Rig, point: str) -> None:
    person = STAFF[0]
    dialogue = (("/checkin", "哪一天"), ("昨天", "多长时间"), ("两个半小时", "做了什么"), ("护河", "已记录"))
    await through_the_fire(
        night, point, [(person, functools.partial(night.world.say, person, said), told) for said, told in dialogue]
    )
    assert await check_ins(night) == {person: 1}
    assert len(night.answers(person)) <= 2 * len(dialogue)
    night.sound()


async def test_what_a_press_did_is_told_again_although_the_rights_and_the_state_have_changed_by_it(night: Rig) -> None:
    leaver, withdrawer, leader, office = STAFF[0], STAFF[1], user_of("ZF001"), user_of("BG003")
    for user, said in ((leaver, "/leave"), (withdrawer, "/checkin 1.5 护河"), (leader, "/pending")):
        night.world.say(user, said)
    night.world.send_document(office, "花名册.xlsx", roster_file([("XX001", "欧阳若曦", "财务处", "", "", "")]))
    bot = await night.start()
    await night.settled()
    night.press(withdrawer, "撤回")
    await night.settled()
    await bot.kill()
    presses = [
        (leaver, "确定退出", "您已退出"),
        (withdrawer, "确定撤回", "已撤回"),
        (leader, "确认", "已确认"),
        (office, "导入", "花名册已更新"),
    ]
    steps = [(user, functools.partial(night.press, user, label), told) for user, label, told in presses]
    await through_the_fire(night, "after_effect_commit", steps)
    acts = await night.counts("SELECT action, COUNT(*) FROM audit GROUP BY action")
    assert (acts["leave"], acts["roster-imported"]) == (1, 1)
    confirmed = "SELECT COUNT(*) FROM checkin_events WHERE act = 'confirm' AND actor_user = ?"
    assert await night.rows(confirmed, leader) == [(1,)]
    night.sound()


@pytest.mark.parametrize("point", ["inside_erasure", "after_effect_commit"])
async def test_an_erasure_is_whole_or_has_not_begun_and_the_next_start_ends_it(night: Rig, point: str) -> None:
    name, user = next((p.name, p.user_id) for p in demo_people() if p.user_id == STAFF[0])
    left = "SELECT COUNT(*) FROM people p JOIN accounts a ON a.person_id = p.id WHERE p.name = ? AND a.user_id = ?"
    bot = await night.start()
    night.world.say(user, "/leave")
    await night.settled()
    night.press(user, "退出并删除")
    await night.settled()
    await bot.kill()
    night.press(user, "确定删除")
    await night.spawn(point=point).killed()
    assert await night.rows(left, name, user) == [(int(point == "inside_erasure"),)]
    assert await night.rows("SELECT COUNT(*) FROM audit WHERE action = 'erased'") == [(int(point != "inside_erasure"),)]
    await night.start()
    await night.settled()
    assert await night.rows(left, name, user) == [(0,)]
    assert sum("已经删除" in text for text in night.answers(user)) == 1
    assert await night.rows("SELECT COUNT(*) FROM audit WHERE action = 'erased'") == [(1,)]
    assert await night.rows("SELECT COUNT(*) FROM audit WHERE actor_user = ?", user) == [(0,)]
