"""Dates as people write them, found in a line of Chinese or English."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

# One character for one character, so that a place in the plain text is the same place in what was typed.
_SAME = str.maketrans("兩俩〇點時鐘鍾週禮號個後從間", "两两零点时钟钟周礼号个后从间") | str.maketrans(
    "\u2212\u2013\u2014\u301c\uff5e", "-----"
)
NUMERAL = "零一二两三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of the text and the day it means; None: there is no such day."""

    start: int
    end: int
    day: date | None
    weak: bool = False  # only a date where no clearer one stands: 3号
    relative: bool = False  # 昨天, 周三: two of them in one line are two check-ins


def plain(text: str) -> str:
    """The text with full-width and other forms made plain and letters small; of the same length."""
    return "".join(map(_plain_char, text.translate(_SAME)))


def _plain_char(char: str) -> str:
    if char.isascii():
        return " " if char.isspace() else char.lower()
    if (digit := unicodedata.decimal(char, None)) is not None:
        return str(digit)
    if char.isspace() or unicodedata.category(char) in ("Cf", "Cc", "Zs"):
        return " "
    folded = unicodedata.normalize("NFKC", char).lower()
    return folded if len(folded) == 1 else char


def numeral(text: str) -> int:
    """三 -> 3, 十二 -> 12, 三十 -> 30, 45 -> 45."""
    if text.isascii():
        return int(text)
    text = text.lstrip("零") or "零"  # only characters of NUMERAL
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(_DIGIT[char]) for char in text))
    return 10 * (numeral(tens) if tens else 1) + (numeral(ones) if ones else 0)


_DIGIT = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


class Piece(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def find_dates(text: str, today: date, taken: Sequence[Piece] = ()) -> list[Found]:
    """Every date in the plain text outside of what is taken, in the order of the text, none twice."""
    found: list[Found] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if all(end <= other.start or other.end <= start for other in (*taken, *found)):
                found.extend(_read(match, read, today))
    return sorted(found, key=lambda one: one.start)


def _read(match: re.Match[str], read: "_Reader", today: date) -> Iterator[Found]:
    weak = read in (_day_of_month, _vague) or match[0].endswith("末")
    relative = read in (_word, _weekday, _english_weekday, _ago)
    try:
        day = read(match, today)
    except (ValueError, OverflowError):
        yield Found(*match.span(), None, weak, relative)
        return
    if day is not None:
        yield Found(*match.span(), day, weak, relative)


_Reader = Callable[[re.Match[str], date], date | None]


def _full(match: re.Match[str], today: date) -> date:
    return date(int(match["y"]), int(match["m"]), int(match["d"]))


def _month_day(match: re.Match[str], today: date) -> date:
    """Without a year: the nearest such day, so that 12月30日 said in January is the last one."""
    month, day = numeral(match["m"]), numeral(match["d"])
    year = match.groupdict().get("y")
    if year:
        return date({"今年": today.year, "去年": today.year - 1, "前年": today.year - 2}[year], month, day)
    return nearest(month, day, today)


def nearest(month: int, day: int, today: date) -> date:
    """That day of this year or of the last one, whichever is nearer."""
    this = date(today.year, month, day)
    if this <= today:
        return this
    try:
        last = date(today.year - 1, month, day)
    except ValueError:  # 29 February
        return this
    return last if today - last < this - today else this


def _slash(match: re.Match[str], today: date) -> date | None:
    month = int(match["m"])
    return nearest(month, int(match["d"]), today) if 1 <= month <= 12 else None


def _month_relative(match: re.Match[str], today: date) -> date:
    first = today.replace(day=1)
    if match["w"].startswith("上"):
        first = (first - timedelta(days=1)).replace(day=1)
    return first.replace(day=numeral(match["d"]))


def _day_of_month(match: re.Match[str], today: date) -> date | None:
    """3号: the last third that was; 32号 is no date at all."""
    wanted = numeral(match["d"])
    first = today.replace(day=1)
    for _ in range(3):
        try:
            day = first.replace(day=wanted)
        except ValueError:
            day = date.max
        if day <= today:
            return day
        first = (first - timedelta(days=1)).replace(day=1)
    return None


_WORDS = {
    word: days
    for days, words in {
        -3: ("大前天",),
        -2: ("前天", "前日", "前", "the day before yesterday", "day before yesterday"),
        -1: ("昨天", "昨日", "昨儿", "昨", "yesterday", "last night"),
        0: (
            "今天",
            "今日",
            "今儿",
            "今",
            "today",
            "tonight",
            "this morning",
            "this afternoon",
            "this evening",
        ),
        1: ("明天", "明日", "明", "tomorrow"),
        2: ("后天", "the day after tomorrow", "day after tomorrow"),
        3: ("大后天",),
    }.items()
    for word in words
}


def _word(match: re.Match[str], today: date) -> date:
    return today + timedelta(days=_WORDS[match[0].rstrip("晚夜")])


def _ago(match: re.Match[str], today: date) -> date:
    count = {"a": 1, "one": 1, "two": 2, "three": 3}.get(match["n"]) or numeral(match["n"])
    week = match["unit"].startswith(("周", "星", "礼", "个", "w"))
    return today - timedelta(days=count * (7 if week else 1))


def _weekday(match: re.Match[str], today: date) -> date:
    """上周六 is the Saturday of last week, 周三 the last Wednesday that was."""
    name = match["d"]
    if name == "末":
        raise ValueError("a week end is two days")
    number = "一二三四五六日".find("日" if name in "天7" else name)
    number = number if number >= 0 else int(name) - 1
    monday = today - timedelta(days=today.weekday())
    weeks = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}.get(match["w"] or "")
    if weeks is None:
        return today - timedelta(days=(today.weekday() - number) % 7)
    return monday + timedelta(days=7 * weeks + number)


_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _english_weekday(match: re.Match[str], today: date) -> date:
    number = _ENGLISH_DAYS.index(match["d"][:3])
    if match["w"] == "this":
        return today + timedelta(days=number - today.weekday())
    if match["w"] == "next":
        return today + timedelta(days=7 - today.weekday() + number)
    back = (today.weekday() - number) % 7
    return today - timedelta(days=back or (7 if match["w"] == "last" else 0))


def _vague(match: re.Match[str], today: date) -> date:
    raise ValueError("more than one day")


_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _english(match: re.Match[str], today: date) -> date:
    month, day = _ENGLISH_MONTHS.index(match["m"][:3]) + 1, int(match["d"])
    return date(int(match["y"]), month, day) if match["y"] else nearest(month, day, today)


# Before a time of day (昨晚 7点) or with an ending of its own (昨晚上) it is not the date's: it tells which seven.
_NIGHT = rf"(?:[晚夜](?![上里间会宴餐饭班校市星]| ?[0-9{NUMERAL}])|(?=[晚夜](?:[上里间]| ?[0-9{NUMERAL}])))"
# No quantifier below may run over an unbounded stretch twice: 10,000 characters of anything are read at once.
_N = rf"[0-9]{{1,2}}|[{NUMERAL}]{{1,3}}"
_Y = r"(?P<y>(?:19|20)[0-9]{2})"
_MONTH_NAME = (
    r"(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY_NAME = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DAY_SHORT = "mon|tue|tues|wed|thu|thurs|fri|sat|sun"
_NO_UNIT = r"(?![0-9.:])(?! ?(?:[个小时钟次人天半点分%]|h(?:rs?|ours?)?\b|min))"
_ALONE = r"(?<![^ ,;。、我们])"  # 在3号 is a place
NOT_A_PLACE = "(?![楼院线门路库桌口房厅店弄馆车机站井舱岗馆桥坑井站])"
_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (
            rf"(?<![0-9]){_Y} ?[-/.年] ?(?P<m>[0-9]{{1,2}}) ?[-/.月] ?(?P<d>[0-9]{{1,2}})(?![0-9])[日号]?",
            _full,
        ),
        (rf"(?<![0-9.]){_Y}(?P<m>[01][0-9])(?P<d>[0-3][0-9])(?![0-9.])", _full),
        (
            rf"(?:(?P<y>今年|去年|前年) ?)?(?<![0-9])(?P<m>{_N}) ?月 ?(?P<d>{_N})(?: ?[日号]|{_NO_UNIT})",
            _month_day,
        ),
        (rf"(?P<w>上个?月|本月|这个月) ?(?P<d>{_N}) ?[日号]{NOT_A_PLACE}", _month_relative),
        (rf"{_ALONE}(?P<d>{_N}) ?号{NOT_A_PLACE}", _day_of_month),
        (rf"{_ALONE}(?P<d>{_N}) ?日(?![游报常志记落本光语内夜])", _day_of_month),
        (
            rf"(?<![0-9.{NUMERAL}])(?P<n>[0-9]{{1,3}}|[{NUMERAL}]{{1,3}})"
            r" ?(?P<unit>天|周|个?星期|个?礼拜)[以之]?前",
            _ago,
        ),
        (r"\b(?P<n>[0-9]{1,3}|a|one|two|three) (?P<unit>days?|weeks?) ago\b", _ago),
        (
            rf"大前天|前天|前日|(?<![以之天周期月年节饭会])前{_NIGHT}|昨天|昨日|昨儿|昨{_NIGHT}|昨(?=[早晚上下中])"
            rf"|今天|今日|今儿|今{_NIGHT}|今(?=[早晚])",
            _word,
        ),
        (r"大后天|后天|明天|明日|明(?=[早晚])", _word),
        (r"\b(?:(?:the )?day (?:before yesterday|after tomorrow)|yesterday|today|tomorrow)\b", _word),
        (r"\b(?:last night|tonight|this (?:morning|afternoon|evening))\b", _word),
        (
            rf"(?:(?P<w>上上|上|这|本|下下|下)(?:个|一)?)?(?:(?<![0-9{NUMERAL}每])|(?<=[周期拜][{NUMERAL}]))(?:周|星期|礼拜)"
            r"(?P<d>[一二三四五六日天末]|[1-7](?![0-9.]))(?![次趟遍回期年])",
            _weekday,
        ),
        (rf"\b(?:(?P<w>last|this|next) |on )?(?P<d>{_DAY_NAME})\b", _english_weekday),
        (rf"\b(?:(?P<w>last|this|next)|on) (?P<d>{_DAY_SHORT})\b", _english_weekday),
        (rf"\b(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH_NAME}\b(?:,? {_Y}\b)?", _english),
        (rf"\b{_MONTH_NAME}\.? (?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?\b(?:,? {_Y}\b)?{_NO_UNIT}", _english),
        (rf"{_ALONE}(?:上周|上个?星期|上个?月|前几天|前些天|前阵子|最近)(?!末)", _vague),
        (rf"^ {{0,3}}(?:{_N})月份?(?= )", _vague),
        (r"\blast (?:week|month)\b", _vague),
        (r"(?<![0-9./:-])(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})(?![0-9./:%-])", _slash),
        (r"(?<!\S)(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})(?!\S)", _slash),
    )
)
