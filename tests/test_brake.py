"""The brake on strangers: however many write at once, those of the roster are heard."""

from collections import Counter
from typing import Any

from bot.brake import RUSH, STRANGERS, Brake, Verdict

NOW = 1_790_000_000.0
MEMBER = 5


def said(user: int, at: float = NOW, chat: int | None = None) -> dict[str, Any]:
    place = {"id": chat or user, "type": "private" if chat is None else "supergroup"}
    return {"update_id": 1, "message": {"from": {"id": user}, "chat": place, "date": int(at), "text": "…"}}


def crowd(brake: Brake, count: int, at: float = NOW) -> list[Verdict]:
    return [brake.judge(said(10_000 + number, at), at) for number in range(count)]


def test_a_hall_full_of_strangers_is_heard_and_more_than_that_is_not() -> None:
    brake = Brake()
    assert Counter(crowd(brake, RUSH * 2)) == {Verdict.PASS: RUSH, Verdict.DROP: RUSH}


def test_afterwards_as_many_are_heard_as_can_be_answered() -> None:
    brake = Brake()
    crowd(brake, RUSH * 2)
    assert Counter(crowd(brake, RUSH, NOW + 10))[Verdict.PASS] == 10 * STRANGERS
    assert Counter(crowd(brake, RUSH, NOW + 10 + RUSH / STRANGERS))[Verdict.PASS] == RUSH, (
        "nobody pays for those let go"
    )


def test_what_comes_after_an_outage_or_by_a_clock_put_back_is_judged_by_when_it_was_sent() -> None:
    brake = Brake()
    crowd(brake, RUSH)
    assert set(crowd(brake, RUSH, NOW - 3600)) == {Verdict.PASS}
    assert set(crowd(brake, 100, NOW - 1)) == {Verdict.DROP}, "a second is no outage"


def test_somebody_of_the_roster_is_heard_however_many_strangers_write() -> None:
    brake = Brake()
    brake.members.add(MEMBER)
    crowd(brake, RUSH * 2)
    assert brake.judge(said(MEMBER), NOW) is Verdict.PASS
    brake.members.discard(MEMBER)
    assert brake.judge(said(MEMBER), NOW) is Verdict.DROP, "who has left is a stranger"


def test_what_is_said_in_groups_takes_nobodys_turn() -> None:
    brake = Brake()
    for number in range(RUSH * 2):
        assert brake.judge(said(10_000 + number, chat=-100), NOW) is Verdict.PASS
    assert brake.judge(said(1), NOW) is Verdict.PASS
