"""A plan's rule and time as people write them: 每月最后一个工作日 09:30, every Monday 9:00."""

import re
from collections.abc import Callable

from bot.domain.plans import BadRule, Rule, When, parse_rule
from bot.domain.spoken_dates import NUMERAL, numeral, plain

_N = rf"([{NUMERAL}]{{1,3}}|\d{{1,2}})"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(
    rf"(?:(上午|早上|中午|下午|am|pm) ?)?(?:(\d{{1,2}})[::](\d{{2}})|{_N}点(?:({NUMERAL[0]}?{_N})分?|(半))?(?:整|钟)?)"
    r" ?(am|pm)?"
)
Spoken = tuple[Rule | None, int | None]


def _whole(when: When) -> Callable[..., Rule]:
    return lambda *_: Rule(when)


def _weekday(text: str) -> Rule:
    found = "一二三四五六".find(text) + 1 or 7
    return Rule(When.WEEKLY, (int(text) if text.isdigit() else found,))


def _numbers(when: When) -> Callable[..., Rule]:
    return lambda *found: Rule(when, tuple(map(numeral, found)))


def _english_year(first: str, second: str) -> Rule:
    day, month = (first, second) if first.isdigit() else (second, first)
    return Rule(When.YEAR, (_MONTHS.index(month[:3]) + 1, int(day)))


_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_FORMS: tuple[tuple[str, Callable[..., Rule]], ...] = (
    (r"每?(?:周|星期|礼拜)([一二三四五六日天1-7])", _weekday),
    (r"(?:every |each )?(mon|tue|wed|thu|fri|sat|sun)[a-z]*", lambda d: Rule(When.WEEKLY, (_WEEKDAYS.index(d) + 1,))),
    (r"每个?旬|每旬一次|every (?:xun|ten days)", _whole(When.XUN)),
    (r"每个?月(?:的)?(?:第一|首)个?工作日", _whole(When.MONTH_FIRST)),
    (r"(?:the )?first working day of (?:the|every|each) month", _whole(When.MONTH_FIRST)),
    (r"每个?月(?:的)?最后(?:一)?个?工作日|月末工作日", _whole(When.MONTH_LAST)),
    (r"(?:the )?last working day of (?:the|every|each) month", _whole(When.MONTH_LAST)),
    (r"每个?季度?(?:的)?(?:第一|首)个?工作日", _whole(When.QUARTER_FIRST)),
    (r"(?:the )?first working day of (?:the|every|each) quarter", _whole(When.QUARTER_FIRST)),
    (r"每个?季度?(?:的)?最后(?:一)?个?工作日|季末工作日", _whole(When.QUARTER_LAST)),
    (r"(?:the )?last working day of (?:the|every|each) quarter", _whole(When.QUARTER_LAST)),
    (r"每个?月(?:的)?(?:月底|最后一天|月末)|月底", lambda: Rule(When.MONTH, (31,))),
    (rf"每个?月(?:的)?{_N}[日号]", _numbers(When.MONTH)),
    (rf"(?:every month|each month|monthly) on (?:the )?{_DAY}", _numbers(When.MONTH)),
    (rf"每个?季度?(?:的)?第?{_N}个?月(?:的)?{_N}[日号]", _numbers(When.QUARTER)),
    (rf"(?:every|each) quarter,? month (\d) day {_DAY}", _numbers(When.QUARTER)),
    (rf"每年(?:的)?{_N}月{_N}[日号]", _numbers(When.YEAR)),
    (rf"(?:every|each) year on ({'|'.join(_MONTHS)})[a-z]* {_DAY}", _english_year),
    (rf"(?:every|each) year on {_DAY} ({'|'.join(_MONTHS)})[a-z]*", _english_year),
    (r"(?:法定)?节假?日?(?:放假)?前(?:的)?(?:(?:最后)?一个?工作日|一天)?", _whole(When.BEFORE_HOLIDAY)),
    (r"(?:(?:the )?(?:last )?(?:working )?day )?before (?:a |each |the )?holidays?", _whole(When.BEFORE_HOLIDAY)),
)  # fmt: skip
_COMPILED = tuple((re.compile(form), build) for form, build in _FORMS)


def parse(text: str) -> Spoken | None:
    """The rule, the minute of the day, or both; None when anything is left that is neither."""
    spoken = " ".join(plain(text[:80]).replace(",", " ").split())
    minute, rest = _time(spoken)
    if not rest:
        return None if minute is None else (None, minute)
    for form, build in _COMPILED:
        found = form.fullmatch(rest)
        if found:
            try:
                return parse_rule(str(build(*found.groups()))), minute
            except (BadRule, ValueError):
                return None
    return None


_DAILY = re.compile(r"每(?:一)?[天日]|天天|每个?工作日|\bdaily\b|\bevery ?(?:working )?day\b")


def is_daily(text: str) -> bool:
    """Every day: nothing but the morning message comes so often."""
    return bool(_DAILY.search(plain(text[:80])))


def _time(spoken: str) -> tuple[int | None, str]:
    """The time of day that the text ends or begins with, and what is left without it."""
    for found in reversed(list(_TIME.finditer(spoken))):
        head, tail = spoken[: found.start()].strip(), spoken[found.end() :].strip()
        if head and tail:
            continue
        minute = _minute(found)
        if minute is not None:
            return minute, re.sub(r"^(?:at|的)\b ?|(?: at|的)$", "", head or tail).strip()
    return None, spoken


def _minute(found: re.Match[str]) -> int | None:
    half, hour, past, spoken_hour, spoken_past, _, is_half, after = found.groups()
    hours = int(hour) if hour else numeral(spoken_hour)
    minutes = int(past) if past else 30 if is_half else numeral(spoken_past) if spoken_past else 0
    if (half in ("下午", "pm") or after == "pm") and hours < 12:
        hours += 12
    return hours * 60 + minutes if hours < 24 and minutes < 60 else None
