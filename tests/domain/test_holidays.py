"""Days off and on as people send them."""

import datetime as dt

import pytest
from chinese_calendar import is_workday

from bot.domain.calendar import Calendar
from bot.domain.holidays import Fault, Unread, check_year, forgotten, read_days, stretches, year_in

# As it was published (国办发明电〔2024〕12号).
NOTICE = """国务院办公厅关于2025年
部分节假日安排的通知
国办发明电〔2024〕12号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2025年元旦、春节、清明节、劳动节、端午节、国庆节和中秋节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作，确保人民群众祥和平安度过节日假期。
国务院办公厅
2024年11月12日"""


def days(text: str, year: int = 2027) -> dict[dt.date, bool]:
    found = read_days(text, year)
    assert not isinstance(found, Unread), found
    return found


def shown(text: str) -> list[str]:
    return [f"{s.first:%m%d}-{s.last:%m%d} {'off' if s.off else 'on'}" for s in stretches(days(text))]


def test_the_notice_as_it_was_published_gives_the_table_as_it_is_known() -> None:
    year = year_in(NOTICE)
    assert year == 2025
    found = days(NOTICE, year)
    for number in range(365):
        day = dt.date(2025, 1, 1) + dt.timedelta(days=number)
        working = not found[day] if day in found else day.weekday() < 5
        assert working == is_workday(day), day
    assert check_year(found, 2025) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("休 1月1日至3日\n班 1月4日、10日", ["0101-0103 off", "0104-0104 on", "0110-0110 on"]),
        ("休：1月1日-3日；班：1月24日、31日", ["0101-0103 off", "0124-0124 on", "0131-0131 on"]),
        ("1月1日至3日放假调休，1月4日上班。", ["0101-0103 off", "0104-0104 on"]),
        ("休 1/1-1/3 班 1/4", ["0101-0103 off", "0104-0104 on"]),
        ("2027-01-01 休", ["0101-0101 off"]),
        ("off 2027-01-01 to 2027-01-03\nwork 2027-01-10", ["0101-0103 off", "0110-0110 on"]),
        ("１月４日（周日）调休上班", ["0104-0104 on"]),
        ("2026年12月31日至2027年1月2日放假", ["1231-0102 off"]),
        ("共3天。3月8日休", ["0308-0308 off"]),
    ],
)
def test_days_are_read_as_people_write_them(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("你好", Fault.EMPTY),
        ("", Fault.EMPTY),
        ("1月1日", Fault.NO_MARK),
        ("2月8日调休", Fault.NO_MARK),
        ("休", Fault.NO_DATE),
        ("2月30日休", Fault.BAD_DATE),
        ("3号休", Fault.BAD_DATE),
        ("13月1日休", Fault.BAD_DATE),
        ("1月3日至1日放假", Fault.BAD_STRETCH),
        ("1月1日至3月1日放假", Fault.BAD_STRETCH),
        ("1月1日休，1月1日班", Fault.BOTH),
        ("休 1月1日至3日\n班 1月2日", Fault.BOTH),
    ],
)
def test_what_cannot_be_meant_is_named(text: str, fault: Fault) -> None:
    found = read_days(text, 2027)
    assert isinstance(found, Unread)
    assert found.fault is fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("休 2月5日至11日", Fault.NO_NEW_YEAR),
        ("休 1月1日至3日\n班 1月5日", Fault.WORK_ON_WEEKDAY),
        ("休 1月1日至3日\n休 2029年5月1日", Fault.OTHER_YEAR),
    ],
)
def test_a_years_table_must_be_one(text: str, fault: Fault) -> None:
    found = check_year(days(text), 2027)
    assert found is not None
    assert found.fault is fault


def test_a_forgotten_holiday_by_law_is_noticed() -> None:
    missing = forgotten(days("休 1月1日至3日\n休 10月1日至2日"), 2027, Calendar())
    assert dt.date(2027, 10, 3) in missing
    assert dt.date(2027, 5, 1) in missing
    assert dt.date(2027, 1, 1) not in missing


def test_an_imported_year_is_published_also_where_the_unit_works_on_new_year() -> None:
    imported = days("休 1月1日至3日\n休 2月5日至11日")
    del imported[dt.date(2027, 1, 1)]  # the unit's own word took its place
    assert Calendar(year_files=imported).year_published(2027)
    assert not Calendar(year_files=imported).year_published(2028)
