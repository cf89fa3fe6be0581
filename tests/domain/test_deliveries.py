"""How long a sending still takes."""

import pytest

from bot.domain.deliveries import Speed, seconds_left


@pytest.mark.parametrize(
    ("ahead", "mine", "observed", "held", "seconds"),
    [
        (280, 280, None, 0.0, 10),  # alone, at the limit
        (560, 280, None, 0.0, 20),  # another one takes every second turn
        (280, 280, 7.0, 0.0, 40),  # a Telegram that answers slowly
        (280, 280, 100.0, 0.0, 10),  # never faster than the limit
        (280, 280, None, 60.0, 70),  # it has asked for a minute's rest
        (280, 280, 0.0, 60.0, 60),
        (280, 280, 0.0, 0.0, None),  # nothing moves and nobody knows why
        (300, 0, 0.0, 0.0, 0),
        (1, 1, None, 0.0, 1),
    ],
)
def test_the_time_left_is_an_honest_one(
    ahead: int, mine: int, observed: float | None, held: float, seconds: int | None
) -> None:
    assert seconds_left(ahead, mine, 28.0, observed, held) == seconds


def test_the_speed_is_that_of_the_last_seconds() -> None:
    speed = Speed()
    for moment in range(4):
        speed.note(float(moment), moment * 10)
    assert speed.rate is None, "too little was seen"
    for moment in range(4, 100):
        speed.note(float(moment), 30 + moment * 2)
    assert speed.rate == 2.0
    speed.pause()
    assert speed.rate is None
    speed.note(100.0, 500)
    speed.note(110.0, 500)
    assert speed.rate == 0.0
