"""Amounts of time as people write them, found in a line of Chinese or English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from bot.domain.spoken_dates import NUMERAL, numeral

MOST_HOURS = 1000  # beyond it a number is a slip, not an amount of time
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Amount:
    """A piece of the text and the minutes it means; None: no amount of time can be meant."""

    start: int
    end: int
    minutes: int | None
    starts_at: int | None = None  # only a stretch (2点到4点半) has both
    ends_at: int | None = None
    doubtful: bool = False  # 2,5: perhaps 2.5, to be asked
    early: bool = False  # 5:00-7:00, taken for the afternoon: perhaps the morning
    too_late: bool = False  # 22:00-7:00: a night that ends after six, no amount of one day


_CN = f"[{NUMERAL}]"
_DIGITS = r"[0-9]{1,30}(?:[.,][0-9]{1,9})?(?:e[-+]?[0-9]{1,4})?|\.[0-9]{1,9}"
# Not in the middle of a number; after a weekday (周三两小时) a new one begins.
_START = (
    rf"(?:(?<![0-9.{NUMERAL}百千万])|(?<=[周期拜][一二三四五六]))(?<![周期拜])(?<![0-9],)(?<![0-9]e)"
    rf"(?<![0-9]e[-+])(?:(?P<minus>(?<!\S)-|负) ?)?"
)
_OR = rf"(?:(?P<low>[0-9]{{1,2}}(?:\.[0-9])?|{_CN}) ?[-~到至或] ?)?"  # 2到3小时
_H = r"(?:小时|钟头|个钟(?!头)|h(?:rs?|ours?)?(?![a-z]))"
_MIN = r"(?:分钟|min(?:ute)?s?(?![a-z])|m(?![a-z])|分(?!钟))"
# 2小时后, 3小时内 and 小时候 speak of when, not of how long; 2小时后勤 does not.
_NOT_WHEN = r"(?! ?(?:以[上下内前后]|之[内前后]|前(?![台厅往去天日晚])|后(?![勤厨天])|内(?![业务部容])|候|制|ago))"
_AND = r" {0,2}(?:零|又|和|外加|and)? {0,2}"
# 1 hour 30, 1 hour 30 cleanup; but 2 hours 30 trees, 2 hours 15 nov.
_COUNTED = (
    r"(?:[a-z]+s|people|children|men|women|of|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\b"
    "|[个棵株本人次位名件袋桶份张家户只日号月]"
)
_LONE = rf"(?:[1-5][05] ?(?=[,;。、]|$)|(?:15|30|45)(?= {{1,2}}[^\W\d])(?! {{1,2}}(?:{_COUNTED})))"
_TAIL = (
    rf"(?:{_AND}(?:(?P<tail_half>半(?![个小天]))|(?P<quarter>[一三])刻钟?"
    rf"|(?P<m>[0-9]{{1,3}}|{_CN}{{1,4}}) {{0,2}}{_MIN})"
    rf"|(?:(?<=[hrs]) {{1,2}}(?={_LONE}))?(?P<bare>[0-5][0-9])(?=[ ,，。;；、]|$))?"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # 2小时半, 两个半小时, 2.5 h, 1小时30分, 1h30, 一点五小时
        rf"{_START}{_OR}(?P<n>{_DIGITS}|[0-9]{{1,2}}点[0-9]|{_CN}?百{_CN}{{0,4}}|{_CN}{{1,3}}(?:点{_CN})?)"
        rf" {{0,2}}个? {{0,2}}(?P<half>半)?(?P<more>多)? {{0,2}}个? {{0,2}}{_H}{_TAIL}{_NOT_WHEN}",
        rf"(?<![个时一二两三])(?P<n>半) {{0,2}}个? {{0,2}}(?:小时|钟头|钟(?!头)){_NOT_WHEN}",
        r"\b(?P<n>half) (?:an )?hour\b",
        r"\b(?P<n>an?|one) hour (?P<tail_half>and a half)\b",
        rf"\b(?P<n>one|two|three|four|five|six|seven|eight|{_DIGITS}) (?P<half>and a half) hours?\b",
        r"\b(?P<n>an?|one|two|three|four|five|six|seven|eight) hours?(?! and a half)"
        rf"(?: (?:and )?(?P<m>[0-9]{{1,2}}) ?{_MIN}| (?={_LONE})(?P<bare>[0-9]{{2}}))?(?! ago)\b",
        rf"{_START}(?P<only>{_DIGITS}|{_CN}{{1,4}}|{_CN}?百{_CN}{{0,4}}) {{0,2}}"
        rf"(?:分钟|min(?:ute)?s?(?![a-z])|分(?=[ ,，。;；]|$)){_NOT_WHEN}",
        r"(?P<quarters>[一三])刻钟",
    )
)
_EIGHT = ("one", "two", "three", "four", "five", "six", "seven", "eight")
_WORD = {"half": "0.5", "半": "0.5", "a": "1", "an": "1"} | {word: str(at) for at, word in enumerate(_EIGHT, 1)}


_TWO_OR_THREE = re.compile("[一二两三四五六七八九]{2}")


def find_amounts(text: str) -> list[Amount]:
    """Every amount with its unit in the plain text (and every stretch from when to when), in order."""
    found: list[Amount] = []
    for amount in (*_stretches(text), *_measured(text)):
        if all(amount.start >= other.end or other.start >= amount.end for other in found):
            found.append(amount)
    return sorted(found, key=lambda one: one.start)


def bare_amount(token: str, start: int) -> Amount | None:
    """A token that is nothing but a number: 2.5, 三, -3, 1e9, NaN, 2,5."""
    end = start + len(token)
    if re.fullmatch(r"[-+]?(?:nan|inf(?:inity)?|∞)", token) or re.fullmatch(r"负.{1,4}", token):
        return Amount(start, end, None)
    if re.fullmatch(rf"{_CN}{{1,3}}|半", token):
        return Amount(start, end, _minutes(token))
    if clock := re.fullmatch(r"([0-9]{1,2}):([0-5][0-9])", token):
        return Amount(start, end, int(clock[1]) * 60 + int(clock[2]) or None, doubtful=True)
    if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9}){2,9}", token):
        return Amount(start, end, None)
    number = re.fullmatch(r"(?P<sign>[-+]?)(?P<n>[0-9]*(?:[.,][0-9]+)?)(?P<e>e[-+]?[0-9]+)?", token)
    if not number or not number["n"]:
        return None
    if number["sign"] == "-" or number["e"]:
        return Amount(start, end, None)
    return Amount(start, end, _minutes(number["n"]), doubtful="," in number["n"])


def _measured(text: str) -> Iterator[Amount]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            part = {name: value for name, value in match.groupdict().items() if value}
            typed = part.get("n", "") + part.get("only", "")
            whole, several = frozenset(part), _TWO_OR_THREE.match(typed)
            if several:
                part = {"n": typed[0]}
            elif "low" in part:
                part = {"n": part["low"]}
            minutes = None if "minus" in part else _add(part)
            doubtful = "," in typed or bool(several) or bool(whole & {"low", "more"})
            yield Amount(*match.span(), minutes or None, doubtful=doubtful)


def _add(part: dict[str, str]) -> int | None:
    if "quarters" in part:
        return 15 * numeral(part["quarters"])
    if "only" in part:
        hours = _minutes(part["only"])
        return None if hours is None else (hours + 30) // 60
    total = _minutes(part["n"])
    if total is None:
        return None
    total += 30 * (("half" in part) + ("tail_half" in part))
    total += 15 * numeral(part["quarter"]) if "quarter" in part else 0
    return total + numeral(part.get("m", part.get("bare", "0")))


def _minutes(number: str) -> int | None:
    """Hours, written in any way, as minutes; None where that is nothing or too much."""
    number = _WORD.get(number, number)
    if "百" in number:
        hundreds, _, rest = number.partition("百")
        value = Decimal(100 * numeral(hundreds or "一") + (numeral(rest) if rest else 0))
    elif number.isascii() and "点" not in number:
        if len(number) > 16 or "e" in number:
            return None
        value = Decimal(number.replace(",", "."))
    else:
        whole, _, tenth = number.partition("点")
        value = Decimal(numeral(whole)) + Decimal(numeral(tenth) if tenth else 0) / 10
    if not 0 < value <= MOST_HOURS:
        return None
    return int((value * 60).quantize(Decimal(1), ROUND_HALF_UP)) or None


_SHORT_PART = "(?:[早晚]|(?<=[昨今前当日号天])夜)(?= ?[0-9一二两三四五六七八九十])"
PART_OF_DAY = f"凌晨|清晨|清早|早晨|早上|上午|中午|下午|傍晚|晚上|夜里|夜间|深夜|{_SHORT_PART}"
_HOUR = r"[0-9]{1,2}|二十[一二三四]?|十[一二三四五六七八九]?|[零一二两三四五六七八九]"


def _time(name: str, *, marked: bool) -> str:
    minute = f"(?P<minute_{name}>[0-5]?[0-9]|[{NUMERAL}]{{2,3}})分?"
    marks = (
        rf"(?::(?P<colon_{name}>[0-5][0-9])(?![0-9])| ?[点时](?:钟|整)?"
        rf"(?:(?P<half_{name}>半)|(?P<quarter_{name}>[一三])刻|{minute}(?![0-9]))?)"
    )
    letters = rf" ?(?P<ampm_{name}>[ap]\.?m\b\.?)"
    mark = rf"(?:{marks}|(?= ?[ap]\.?m\b))(?:{letters})?" if marked else rf"(?:{marks})?(?:{letters})?"
    return rf"(?:(?P<part_{name}>{PART_OF_DAY}) ?)?(?P<hour_{name}>{_HOUR}){mark}"


_BEGIN = rf"(?:(?<![0-9.:/-])|(?={PART_OF_DAY}))"  # 10.12晚7点: no part of the number before it
_STRETCH = re.compile(
    rf"(?:从|自|from )? ?{_BEGIN}{_time('a', marked=False)} {{0,2}}"
    rf"(?:到|至|-{{1,2}}|~|to|until|till) {{0,2}}(?P<next>(?:次日|翌日|第二天) ?)?{_time('b', marked=True)}(?![个小])"
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A piece of the text and the minute of the day it means; None: there is no such time."""

    start: int
    end: int
    minute: int | None


_CLOCK = re.compile(rf"{_BEGIN}{_time('a', marked=True)}(?![0-9个小])")


def find_clocks(text: str) -> list[Clock]:
    """Every time of day in the plain text: 9:00, 下午两点半, 2:30 pm."""
    found = [(match, _clock(match, "a")) for match in _CLOCK.finditer(text)]
    return [Clock(*match.span(), None if at is None or at >= _DAY else at) for match, at in found]


def _stretches(text: str) -> Iterator[Amount]:
    for match in _STRETCH.finditer(text):
        start, end = _clock(match, "a"), _clock(match, "b")
        if start is None or end is None or (match["next"] and not (start >= 18 * 60 and end <= 12 * 60)):
            yield Amount(*match.span(), None)
            continue
        own_half, typed = match["part_b"] or match["ampm_b"], (start, end)
        dawn, early = bool(match["colon_a"] and match["colon_b"]) and start >= 4 * 60, False
        if match["ampm_b"] and not (match["ampm_a"] or match["part_a"]) and start < 12 * 60:
            start += 12 * 60 if match["ampm_b"][0] == "p" and start + 12 * 60 < end else 0
        elif _meant_for_afternoon(match) and start < 6 * 60 and not (dawn and 12 * 60 < end < start + 12 * 60):
            start += 12 * 60
            early = dawn and not own_half
        if end <= start and end <= 12 * 60 and not own_half:
            end += 12 * 60
        if end <= start and start >= 18 * 60 and end % (12 * 60) <= 6 * 60:
            end = end % (12 * 60) + _DAY  # past midnight
        said = own_half or numeral(match["hour_a"]) > 12
        nowhere = not said and start % (12 * 60) == end % (12 * 60)  # 下午2点到2点
        if end <= start and start >= 12 * 60 and typed[1] <= 12 * 60 and not nowhere:
            yield Amount(*match.span(), None, start, typed[1], too_late=True)
            continue
        minutes = end - start if end > start and typed[0] != typed[1] else None
        doubtful = _only_guessed(match, typed, end) or (early and typed[0] >= 5 * 60)
        yield Amount(*match.span(), minutes, start % _DAY, end % _DAY, doubtful, early)


def of_the_morning(amount: Amount) -> Amount:
    starts, ends = (amount.starts_at or 0) - _DAY // 2, (amount.ends_at or _DAY) - _DAY // 2
    return replace(amount, starts_at=starts, ends_at=ends, doubtful=False, early=False)


def _only_guessed(match: re.Match[str], typed: tuple[int, int], end: int) -> bool:
    """11:30-10:30: to the minute, and yet the end had to be moved from before the start to the evening."""
    exact = any(match[f"{what}_{name}"] for what in ("colon", "minute", "half", "quarter") for name in "ab")
    exact = exact or any(numeral(match[f"hour_{name}"]) > 12 or match[f"hour_{name}"][0] == "0" for name in "ab")
    if not exact or typed[1] > typed[0] or end != typed[1] + 12 * 60:
        return False
    leads_on = match["part_a"] or match["ampm_a"] or typed[0] // 60 == 12
    return not leads_on or typed[1] % (12 * 60) < typed[0] % (12 * 60)


def _meant_for_afternoon(match: re.Match[str]) -> bool:
    """Nobody sweeps streets from 2 to 4 at night without saying so; 02:00 does say so."""
    hour = match["hour_a"]
    return not (match["part_a"] or match["ampm_a"] or hour.startswith("0")) and numeral(hour) > 0


def _clock(match: re.Match[str], name: str) -> int | None:
    part, letters = match[f"part_{name}"] or "", match[f"ampm_{name}"] or ""
    hour = numeral(match[f"hour_{name}"])
    quarter = match[f"quarter_{name}"]
    typed = match[f"minute_{name}"] or match[f"colon_{name}"] or "0"
    minute = 30 if match[f"half_{name}"] else 15 * numeral(quarter) if quarter else numeral(typed)
    if part in ("下午", "傍晚") or letters.startswith("p") or (part == "中午" and hour < 4):
        hour += 12 if hour < 12 else 0
    elif part in ("晚上", "夜里", "夜间", "深夜", "晚", "夜") and 5 <= hour <= 12:
        hour += 12
    elif hour == 12 and (part == "凌晨" or letters.startswith("a")):
        hour = 0
    return hour * 60 + minute if hour * 60 + minute <= _DAY else None
