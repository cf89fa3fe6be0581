"""What no setting and no plan may do: force daily check-ins, rank people, force photos, watch who is online."""

import re
import unicodedata
from enum import StrEnum


class Forbidden(StrEnum):
    DAILY = "daily"  # a check-in that is forced, or asked for each day
    RANKING = "ranking"  # people compared by hours, points or taps
    PHOTO = "photo"  # a photo, a place or a time online as a duty


_EACH_DAY = "(?:每天|每日|天天|日日|每个?工作日|逐日|每晚|每早)"
_FORCED = "(?:强制|必须|一律|硬性|务必|全员)"
_CHECKIN = "(?:打卡|签到|接龙)"
_DAILY_PAPER = "(?:上报|报送|填报|登记|报到)"
_SHOWN = "(?:照片|拍照|截图|定位|轨迹)"
_PATTERNS: tuple[tuple[Forbidden, tuple[str, ...]], ...] = (
    (
        Forbidden.DAILY,
        (
            f"(?:{_EACH_DAY}|{_FORCED}).{{0,8}}{_CHECKIN}",
            f"{_CHECKIN}.{{0,6}}(?:{_EACH_DAY}|{_FORCED})",
            f"{_EACH_DAY}.{{0,6}}{_DAILY_PAPER}",
            "日打卡|打卡率|连续打卡",
            r"\b(?:daily|every ?day)\b.{0,20}\b(?:check[- ]?ins?|punch)",
            r"\b(?:check[- ]?ins?|punch)\b.{0,20}\b(?:daily|every ?day)\b",
            r"\b(?:forced?|mandatory|compulsory|must)\b.{0,20}\bcheck[- ]?ins?\b",
        ),
    ),
    (
        Forbidden.RANKING,
        (
            "排名|排行|排位|名次|榜单|龙虎榜|光荣榜|红黑榜|末位|积分榜|后进名单",
            "通报.{0,6}(?:未打卡|未参加|落后)",
            r"\b(?:rank(?:ing|ings|ed|s)?|leader ?boards?|league tables?|name and shame)\b",
        ),
    ),
    (
        Forbidden.PHOTO,
        (
            f"(?:{_FORCED}|{_EACH_DAY}).{{0,6}}{_SHOWN}",
            "在线时长|点赞[数量]|转发[数量]",
            r"\b(?:forced?|mandatory|compulsory)\b.{0,20}\b(?:photos?|pictures?|locations?)\b|\bonline time\b",
        ),
    ),
)
_NEGATED = re.compile(
    r"(?:不|不得|不要|不再|无需|无须|禁止|严禁|取消|杜绝|防止|避免|反对)(?:搞|进行|设置|要求|使用|公布)?(?:个人)?$"
)
_COMPILED = tuple((what, re.compile("|".join(forms))) for what, forms in _PATTERNS)


def forbidden(text: str) -> Forbidden | None:
    """What a person's text asks for that is not to be had; None if nothing of the kind."""
    plain = " ".join(unicodedata.normalize("NFKC", text[:4096]).casefold().split())
    for what, pattern in _COMPILED:
        for found in pattern.finditer(plain):
            if not _NEGATED.search(plain[: found.start()]):
                return what
    return None
