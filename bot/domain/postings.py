"""From which day on a move or a new status may hold: the past stays as it was written, but for its last line."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from storage.records import PersonStatus, Posting

LONGEST_BACK = timedelta(days=3 * 366)


class Wrong(StrEnum):
    FUTURE = "future"
    TOO_OLD = "too_old"
    BEFORE_LAST = "before_last"  # something else has changed later than this day


def judge(
    day: date, today: date, postings: Sequence[Posting], department_id: int, status: PersonStatus
) -> tuple[Wrong | None, Posting | None]:
    """What is wrong with this day for being there in this status; and the last posting, where it would be replaced.

    An earlier day than that of the last posting puts that posting right: only where nothing but the same column
    differed in it, or where it is the only one.
    """
    if day > today:
        return Wrong.FUTURE, None
    if day < today - LONGEST_BACK:
        return Wrong.TOO_OLD, None
    if not postings or day > postings[-1].from_date:
        return None, None
    last = postings[-1]
    if len(postings) > 1:
        before = postings[-2]
        moved = (before.department_id, last.department_id, department_id)
        changed = (before.status, last.status, status)
        other_stays = len(set(moved)) == 1 or len(set(changed)) == 1
        if day <= before.from_date or (day < last.from_date and not other_stays):
            return Wrong.BEFORE_LAST, last
    return None, last
