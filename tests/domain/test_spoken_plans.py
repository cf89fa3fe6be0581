"""Rules and times of plans as people write them."""

import pytest

from bot.domain.spoken_plans import parse


@pytest.mark.parametrize(
    ("text", "rule", "minute"),
    [
        ("09:30", None, 570),
        ("９：３０", None, 570),
        ("上午九点半", None, 570),
        ("下午2点", None, 840),
        ("十点二十分", None, 620),
        ("2:05 pm", None, 845),
        ("每周一 09:00", "weekly:1", 540),
        ("每星期天", "weekly:7", None),
        ("every Friday 16:00", "weekly:5", 960),
        ("每旬", "xun", None),
        ("every ten days 9:00", "xun", 540),
        ("每月15日 下午3点", "month:15", 900),
        ("每月三十一号", "month:31", None),
        ("每月月底", "month:31", None),
        ("每月第一个工作日", "month_first", None),
        ("每月最后一个工作日 10:00", "month_last", 600),
        ("last working day of the month at 10:00", "month_last", 600),
        ("monthly on the 3rd", "month:3", None),
        ("每季度第一个工作日", "quarter_first", None),
        ("每季度最后一个工作日", "quarter_last", None),
        ("每季度第3个月1日", "quarter:3:1", None),
        ("every quarter, month 2 day 15", "quarter:2:15", None),
        ("每年3月5日 09:00", "year:3:5", 540),
        ("every year on 5 March", "year:3:5", None),
        ("every year on Feb 29", "year:2:29", None),
        ("节前最后一个工作日", "before_holiday", None),
        ("节假日前一个工作日 16:30", "before_holiday", 990),
        ("before holidays", "before_holiday", None),
    ],
)
def test_a_rule_a_time_or_both_are_understood(text: str, rule: str | None, minute: int | None) -> None:
    found = parse(text)
    assert found is not None
    assert (str(found[0]) if found[0] else None, found[1]) == (rule, minute)


@pytest.mark.parametrize(
    "text",
    ["", "随便", "25:00", "每月32日", "每年2月30日", "每季度第4个月1日", "每周八", "每周一 每周二", "09:60",
     "every year on 31 June", "每天 09:00", "明天", "😀", "每周一 09:00 10:00", "9" * 500],
)  # fmt: skip
def test_what_is_neither_is_not_guessed_at(text: str) -> None:
    assert parse(text) is None
