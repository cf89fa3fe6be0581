"""From which day a move or a new status may hold."""

from datetime import date

import pytest

from bot.domain.postings import Wrong, judge
from storage.records import PersonStatus, Posting

TODAY = date(2026, 10, 14)
ACTIVE, LEFT, LEAVE = PersonStatus.ACTIVE, PersonStatus.LEFT, PersonStatus.ON_LEAVE
FIRST = Posting(date(2025, 1, 1), 1, "甲处", ACTIVE)
MOVED = Posting(date(2026, 7, 1), 2, "乙处", ACTIVE)
AWAY = Posting(date(2026, 7, 1), 1, "甲处", LEAVE)


@pytest.mark.parametrize(
    ("day", "history", "department", "status", "wrong"),
    [
        (TODAY, [FIRST], 2, ACTIVE, None),
        (date(2026, 10, 15), [FIRST], 2, ACTIVE, Wrong.FUTURE),
        (date(2020, 1, 1), [FIRST], 2, ACTIVE, Wrong.TOO_OLD),
        (date(2024, 6, 1), [FIRST], 1, LEFT, None),
        (date(2026, 7, 1), [FIRST, MOVED], 2, LEFT, None),
        (date(2026, 5, 1), [FIRST, MOVED], 3, ACTIVE, None),
        (date(2026, 5, 1), [FIRST, MOVED], 2, LEFT, Wrong.BEFORE_LAST),
        (date(2026, 5, 1), [FIRST, AWAY], 1, ACTIVE, None),
        (date(2026, 5, 1), [FIRST, AWAY], 2, LEAVE, Wrong.BEFORE_LAST),
        (date(2025, 1, 1), [FIRST, MOVED], 3, ACTIVE, Wrong.BEFORE_LAST),
        (date(2024, 6, 1), [FIRST, MOVED], 3, ACTIVE, Wrong.BEFORE_LAST),
        (date(2024, 6, 1), [], 3, ACTIVE, None),
    ],
)
def test_a_day_may_put_the_last_line_of_the_past_right_and_no_other(
    day: date, history: list[Posting], department: int, status: PersonStatus, wrong: Wrong | None
) -> None:
    assert judge(day, TODAY, history, department, status)[0] is wrong


def test_the_posting_that_is_replaced_is_named() -> None:
    assert judge(date(2026, 5, 1), TODAY, [FIRST, MOVED], 3, ACTIVE) == (None, MOVED)
    assert judge(date(2026, 8, 1), TODAY, [FIRST, MOVED], 3, ACTIVE) == (None, None)
