"""What a person typed about volunteering, read into a draft check-in or into what is wrong with it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.hours import Draft
from bot.domain.spoken_dates import NOT_A_PLACE, NUMERAL, Found, find_dates, nearest, numeral, plain
from bot.domain.spoken_hours import PART_OF_DAY, Amount, bare_amount, find_amounts, of_the_morning

SEPARATOR = " / "  # between the words that a problem is about
LONGEST_SENTENCE = 200
LONGEST_READ = 600  # further back nobody puts a date or hours


class ProblemKind(StrEnum):
    NO_HOURS = "no_hours"
    BAD_HOURS = "bad_hours"
    TOO_LATE = "too_late"  # a night that ends after six: two records, one of each day
    BAD_DATE = "bad_date"
    UNREAD_DATE = "unread_date"  # words that name no day at all, or more than one
    AMBIGUOUS_NUMBER = "ambiguous_number"
    SEVERAL = "several"  # two dates or two amounts: one check-in at a time


@dataclass(frozen=True, slots=True)
class Problem:
    kind: ProblemKind
    piece: str = ""  # the words it is about, as they were typed
    guess: Draft | None = None  # ambiguous_number: what is probably meant
    night: Draft | None = None  # too_late: the whole of it, on the day on which it began


def parse(text: str, today: date, now: int | None = None) -> Draft | Problem:
    """The arguments of /checkin, or a plain sentence; without a date it is today's. Now is the minute of the day."""
    text, tail = text[:LONGEST_READ], text[LONGEST_READ:]
    if late := _LATE.match(text):
        text = " " * late.end() + text[late.end() :]
    line = plain(text)
    amounts = find_amounts(line)
    dates = find_dates(line, today, amounts)
    day = _choose_date(text, line, dates)
    if isinstance(day, Problem):
        return day
    if until := _UNTIL.match(line, day.end) if day else _SLASHES.search(line):
        return Problem(ProblemKind.SEVERAL, text[day.start if day else until.start() : until.end()].strip())
    rest = _without(line, [*amounts, *([day] if day else [])])
    if day is None:
        day = _dotted_date(text, rest, today, measured=bool(amounts))
        if isinstance(day, Problem):
            return day
        rest = _without(rest, [day] if day else [])
    amounts += _bare_amounts(rest, before=amounts[0].start if amounts else None)
    amount = _choose_amount(text, amounts)
    about = _tidy(_without(text, [*amounts, *([day] if day else [])]) + tail)
    if isinstance(amount, Problem):
        began = day.day if day and day.day else today - timedelta(days=1)  # no night of today has ended
        return replace(amount, night=amount.night and replace(amount.night, service_date=began, text=about))
    when = day.day if day and day.day else today
    if amount.early and when == today and now is not None and now < (amount.starts_at or 0) <= now + 12 * 60:
        amount = of_the_morning(amount)
    draft = Draft(when, amount.minutes or 0, amount.starts_at, amount.ends_at, about)
    if amount.doubtful:
        return Problem(ProblemKind.AMBIGUOUS_NUMBER, _piece(text, amount), draft)
    return draft


def read_date(text: str, today: date) -> date | Problem:
    """A date asked for by itself: 昨天, 11月3日, 11.3."""
    line = plain(text[:LONGEST_READ])
    found = _choose_date(text, line, find_dates(line, today))
    if found is None:
        found = _dotted_date(text, line, today, measured=True)
    if isinstance(found, Problem):
        return found
    return found.day if found and found.day else Problem(ProblemKind.UNREAD_DATE, text.strip()[:40])


def read_hours(text: str) -> Amount | Problem:
    """Hours asked for by themselves: 2.5, 2小时半, 14:00-16:30."""
    line = plain(text[:LONGEST_READ])
    amounts = find_amounts(line)
    amount = _choose_amount(text, amounts or _bare_amounts(line, before=None))
    if isinstance(amount, Amount) and amount.doubtful:
        guess = Draft(date.min, amount.minutes or 0, amount.starts_at, amount.ends_at)
        return Problem(ProblemKind.AMBIGUOUS_NUMBER, _piece(text, amount), guess)
    return amount


# The bot's own word in front of a day, not in front of what is reported: 补报材料.
_LATE = re.compile(
    r"\s{0,3}补报(?:\s{0,3}[:：]|(?=\s{0,3}(?:[0-9０-９昨]"
    r"|[一二三四五六七八九十]{1,3}月|大?前天|去年|上上?个?[周月星礼]|(?:周|星期|礼拜)[一二三四五六日天])))"
)
_ABOUT_VOLUNTEERING = re.compile(
    "志愿|义务|义诊|公益|献血|服务|清扫|打扫|清洁|保洁|清理|捡|扫雪|铲雪|植树|种树|植绿|护绿|浇水|慰问|走访|探望|敬老"
    "|助老|助残|助学|助考|助农|支教|辅导|陪伴|帮扶|劝导|疏导|护学|垃圾分类|除草|拔草|执勤|值守|巡逻|维持秩序|宣传|宣讲|讲解|引导|导览|捐|搬运|整理|理发|创城"
    r"|volunteer|clean|plant(?:ed|ing) |tree|teach|serv|visit|blood|tidy|sweep"
    r"|litter|donat|tutor|library|charity|community|elderly|escort|patrol|help"
)
_SOMETHING_ELSE = re.compile(
    r"[?？吗呢]\s*$|什么|怎么|怎样|多少|几点|几个|请问|为什么|请假|加班|开会|会议|睡|堵车|迟到|没[有去能]|取消|不能"
    r"|meeting|overtime|^(?:what|when|where|how|why|who|is|are|can|could|do|does)\b"
)
_TO_COME = re.compile(r"明天|后天|下周|tomorrow|next ")


def looks_like_checkin(text: str) -> bool:
    """Whether a plain sentence tells of volunteering; when in doubt it does not.

    What cannot be recorded (hours of 0, a day to come) has to be plainer, to be told why.
    """
    if len(text) > LONGEST_SENTENCE or text.lstrip().startswith(("/", "／")):
        return False
    line = plain(text)
    amounts = find_amounts(line)
    if not amounts or _SOMETHING_ELSE.search(line):
        return False
    dates = bool(find_dates(line, date(2024, 1, 1), amounts))  # any day: whether there is a date at all
    about = bool(_ABOUT_VOLUNTEERING.search(line))
    can_be = any(amount.minutes for amount in amounts) and not _TO_COME.search(line)
    return dates or about if can_be else dates and about


# What is said of volunteering only; and what is said of a deed that is still to come, or of somebody else's.
_DEED = re.compile(
    "(?:志愿服务|志愿活动|义务劳动|义诊|献血|清扫|打扫|捡垃圾|捡拾|扫雪|铲雪|植树|种树|护绿|慰问|敬老|助老|助残|助学|支教|文明劝导"
    "|交通劝导|社区服务|维持秩序)(?![车证信站节点员品队日表金])"
    r"|volunteered|clean-?up|planted |planting |donated blood|litter|charity"
)
_NOT_DONE = re.compile(
    "[谁要将该请吧有让几点没不未别坏停来见]|收到|发了|准备|打算|计划|安排|通知|组织|记得|提醒|集合|报名|改到|推迟|大家|各位|你|您|他|她"
    r"|\b(?:will|shall|going|please|plan|join|let us|let's|you|he|she|they)\b"
)
LONGEST_HALF = 40


def without_hours(text: str, today: date) -> Draft | None:
    """A day that was and a deed, only the hours are missing (they are 0 here); when in doubt it is something else."""
    if len(text) > LONGEST_HALF or text.lstrip().startswith(("/", "／")):
        return None
    line = plain(text)
    if not _DEED.search(line) or any(p.search(line) for p in (_SOMETHING_ELSE, _TO_COME, _NOT_DONE)):
        return None
    said = parse(text, today)
    if not isinstance(said, Problem) or said.kind is not ProblemKind.NO_HOURS:
        return None
    if not any(found.day and not found.weak for found in find_dates(line, today)):
        return None
    whole = parse(f"{text} 1h", today)  # with any hours it is a draft
    told = isinstance(whole, Draft) and whole.text and whole.service_date <= today
    return replace(whole, minutes=0) if isinstance(whole, Draft) and told else None


# 10月10日至12日, 10月10日-10月12日, 10/10-10/12: days on end.
_N = rf"(?:[0-9]{{1,2}}|[{NUMERAL}]{{1,3}})"
_TO = " ?(?:-{1,2}|~|至|到) ?"
_WHOLE = rf"(?:(?:19|20)[0-9]{{2}}[-/.年])?{_N} ?(?:[月/] ?{_N}(?![0-9:点时])|-{_N}(?=[ ,;。；、日号]|$))[日号]?"
_UNTIL = re.compile(rf"{_TO}(?:{_WHOLE}|{_N} ?[日号]{NOT_A_PLACE})")
_SLASHES = re.compile(rf"(?<![0-9/.])1?[0-9]/[1-3]?[0-9]{_TO}1?[0-9]/[1-3]?[0-9](?![0-9/.])")


# A second day straight behind the first: 12日、13日, 10月10日 10月11日 2小时, 10月10日和11日社区清扫. Without a word
# that ties them together it is one only where nothing but hours can follow: 11月10日 5号公园清扫 is one day.
_JOINT = re.compile(r" ?(?:(?P<tied>[、&]|以及|和|及|与|跟|and\b)|[,;])? ?")
_NUMBERED = re.compile(rf"(?P<d>{_N}) ?(?:日(?![游报常志记落本光语内夜])|号{NOT_A_PLACE})")
_LIST_ENDS = re.compile(rf"$|[ ,;。、各每都0-9两]|{PART_OF_DAY}|{_NUMBERED.pattern.replace('?P<d>', '?:')}")
_WEEKDAYS = re.compile(r"(?:[、和及][一二三四五六日天]|[日天])(?=$|[ 、和各每])")


# A row of days off, or a day that moves; but 国庆节文艺汇演, 五一广场, 十一小时 are something else.
_FESTIVAL = re.compile(
    r" {0,3}(?P<name>元旦|跨年夜|除夕|春节|元宵节?|清明节?|五一|劳动节"
    r"|端午节?|中秋节?|国庆节?|重阳节|十一(?! ?[^0-9:小分钟h]*$))"
    rf"(?:$|[,;。、]| (?![个小钟分点时]|h)|(?=在|去|当[天日晚]|那天|期间|假期|{PART_OF_DAY}|[0-9.:]+ ?(?:个|小时|h|-)))"
    r"(?! ?[0-9]+ ?周年)"
)


def _choose_date(text: str, line: str, dates: list[Found]) -> Found | Problem | None:
    chosen = _choose_one(text, line, dates)
    if chosen is None and (festival := _FESTIVAL.match(line)):
        return Problem(ProblemKind.UNREAD_DATE, text[slice(*festival.span("name"))])
    if isinstance(chosen, Found) and (second := _second_day(line, chosen, dates)):
        return Problem(ProblemKind.SEVERAL, f"{_piece(text, chosen)}{SEPARATOR}{text[slice(*second)].strip('、和及')}")
    return chosen


def _second_day(line: str, first: Found, dates: list[Found]) -> tuple[int, int] | None:
    """Where another day of service stands straight behind the first."""
    if first.relative and line[first.end - 1] in NUMERAL and (more := _WEEKDAYS.match(line, first.end)):
        return more.span()
    joint = _JOINT.match(line, first.end)
    if not joint or not first.day:
        return None
    found = next((one for one in dates if one.start == joint.end()), None)
    if found:
        mixed = found.relative != first.relative
        same = found.day == first.day or (mixed and found.day and found.day.weekday() == first.day.weekday())
        end = None if same or (mixed and not joint["tied"]) else found.end
    else:
        numbered = _NUMBERED.match(line, joint.end())
        day = numeral(numbered["d"]) if numbered else 0
        end = numbered.end() if numbered and 1 <= day <= 31 and day != first.day.day else None
    if end is None or not (joint["tied"] or _LIST_ENDS.match(line, end)):
        return None
    return joint.end(), end


def _choose_one(text: str, line: str, dates: list[Found]) -> Found | Problem | None:
    clear = [found for found in dates if not found.weak] or dates[:1]
    if not clear:
        return None
    relative = [found for found in clear if found.relative and found.day]
    if len({found.day for found in relative}) > 1:
        return Problem(ProblemKind.SEVERAL, _pieces(text, relative))
    leads = not line[: clear[0].start].strip()
    if not leads and len({found.day for found in clear}) > 1:
        if not relative:
            return Problem(ProblemKind.SEVERAL, _pieces(text, clear))
        return relative[0]
    if clear[0].day is None:
        kind = ProblemKind.UNREAD_DATE if clear[0].weak else ProblemKind.BAD_DATE
        return Problem(kind, _piece(text, clear[0]))
    return clear[0]


_TOKEN = re.compile(r"(?:[^\s,;；。、]|(?<=[0-9]),(?=[0-9]))+")
_PART = re.compile(rf"{PART_OF_DAY}|[早晚夜]")
# 2.5社区清扫: nobody has two and a half times; 2.5公里 is no time at all.
_JOINED = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}(?=[\u4e00-\u9fff])(?![个小时点分月日号级公千万元米里吨斤克倍亩升折度])")
_DOTTED = re.compile(r"(1[0-2]|0?[1-9])\.([0-9]{1,2})")


def _dotted_date(text: str, line: str, today: date, *, measured: bool) -> Found | Problem | None:
    """11.3 in front is a date where the hours stand elsewhere; alone it is hours, if that can be."""
    first = _TOKEN.search(line)
    dotted = _DOTTED.fullmatch(first[0]) if first else None
    if not first or not dotted or not 1 <= int(dotted[2]) <= 31:
        return None
    second = _TOKEN.match(line, first.end() + 1)
    counted = bool(second and bare_amount(second[0], 0))
    may_be_hours = float(first[0]) <= 8.5 and dotted[2] in ("5", "50", "25", "75")
    piece = first[0]
    if not measured and not counted:
        too_long = float(first[0]) > 9 and dotted[2] != "5"
        return Problem(ProblemKind.AMBIGUOUS_NUMBER, piece) if too_long else None
    if not measured and may_be_hours:
        minutes = int(float(first[0]) * 60)
        guess = Draft(today, minutes, text=_tidy(text[first.end() :]))
        return Problem(ProblemKind.AMBIGUOUS_NUMBER, piece, guess)
    try:
        day = nearest(int(dotted[1]), int(dotted[2]), today)
    except ValueError:
        return Problem(ProblemKind.BAD_DATE, piece)
    return Found(first.start(), first.end(), day)


def _bare_amounts(line: str, *, before: int | None) -> list[Amount]:
    """A number by itself is hours in front (of an amount with its unit, if there is one), else at the end."""
    tokens = [token for token in _TOKEN.finditer(line) if not _PART.fullmatch(token[0])]
    if before is None and tokens and (joined := _JOINED.match(line, tokens[0].start())):
        return [amount] if (amount := bare_amount(joined[0], joined.start())) else []
    for token in [*tokens[:1], *tokens[-1:]] if before is None else tokens[:1]:
        amount = bare_amount(token[0], token.start())
        if amount and (before is None or amount.start < before):
            return [amount]
    return []


def _choose_amount(text: str, amounts: list[Amount]) -> Amount | Problem:
    if not amounts:
        return Problem(ProblemKind.NO_HOURS)
    bad = next((amount for amount in amounts if amount.minutes is None), None)
    if bad and bad.too_late:
        return Problem(ProblemKind.TOO_LATE, _piece(text, bad), night=Draft(date.min, 0, bad.starts_at, bad.ends_at))
    if bad:
        return Problem(ProblemKind.BAD_HOURS, _piece(text, bad))
    stretches = [amount for amount in amounts if amount.starts_at is not None]
    measured = [amount for amount in amounts if amount.starts_at is None]
    if len(stretches) > 1 or len(measured) > 1:
        return Problem(ProblemKind.SEVERAL, _pieces(text, amounts))
    if not stretches or not measured:
        return amounts[0]
    # 14:00-17:00, of it 2小时半: the hours said count, if the stretch can hold them.
    stretch, said = stretches[0], measured[0]
    if (said.minutes or 0) > (stretch.minutes or 0):
        return Problem(ProblemKind.SEVERAL, _pieces(text, amounts))
    doubtful = said.doubtful or stretch.doubtful
    return replace(said, starts_at=stretch.starts_at, ends_at=stretch.ends_at, doubtful=doubtful, early=stretch.early)


def _without(text: str, pieces: Iterable[Found | Amount]) -> str:
    for piece in pieces:
        text = text[: piece.start] + " " * (piece.end - piece.start) + text[piece.end :]
    return text


def _piece(text: str, found: Found | Amount) -> str:
    return text[found.start : found.end].strip()


def _pieces(text: str, found: Iterable[Found | Amount]) -> str:
    return SEPARATOR.join(_piece(text, one) for one in list(found)[:3])


_MARKS = " ,，。;；:：、.!！~-—"
_LEAD = re.compile(
    r"(?:我们?|本人)(?=\s|在|去|到|参|凌|早|上|中|下|傍|晚)"
    r"|(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上)(?![茶餐饭班会市自0-9一二两三四五六七八九十点])"
    r"|[早晚夜](?=\s)|在(?![线职岗编读校野行场建]|此)|的(?!士)|(?:做|干|参加)了?(?=\s)"
    r"|(?:i|we) (?:did|spent|gave|had|have)\b|(?:i|we|did|spent|for|of|on|at|in|with)\b(?= )",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    r"(?:一共|总共|(?<!公)共计?|大约|大概|(?<![预公条契节邀签合违制])约|用时|时长|历时|花了|了"
    rf"| (?:for|on|at|in|of|from|about|{PART_OF_DAY}|[早晚]))$",
    re.IGNORECASE,
)


_NO_CONTENT = re.compile(rf"(?:[的地得了过着在啊呀吧呢嘛哦]|{PART_OF_DAY}|[早晚夜{re.escape(_MARKS)}])+")


def _tidy(text: str) -> str:
    """What is left when date and hours are taken out, without the words that tied them in."""
    text = " ".join(text.split())
    for mark in "，。；、":
        text = text.replace(f" {mark}", mark).replace(f"{mark} ", mark)
    text = text.replace(" ,", ",")
    text = text.strip(_MARKS)
    for _ in range(4):
        lead, trail = _LEAD.match(text), _TRAIL.search(text, max(len(text) - 12, 0))
        shorter = text[lead.end() if lead else 0 : trail.start() if trail else None].strip(_MARKS)
        if shorter == text or not shorter:
            break
        text = shorter
    return "" if _NO_CONTENT.fullmatch(text) else text
