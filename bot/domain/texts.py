"""Free text from people before it is kept: no control characters, no numbers that nobody should keep."""

import re
import unicodedata

from bot.domain.sensitive import ID_NUMBER, MOBILE, find

BLANK = "***"
# Letters and signs that look like nothing: the Hangul fillers, the empty braille pattern.
_EMPTY = str.maketrans(dict.fromkeys("\u115f\u1160\u3164\uffa0\u2800", " "))


def tidy(text: str) -> str:
    """One line without control, direction and other invisible characters; joiners inside emoji stay."""
    text = text.translate(_EMPTY)
    shown = (
        text if text.isprintable() else "".join(" " if c.isspace() else c for c in text if c.isspace() or _is_shown(c))
    )
    line = " ".join(shown.split())
    return line if any(unicodedata.category(c)[0] not in "CM" for c in line if c != " ") else ""


def parts(text: str) -> list[str]:
    """What somebody has parted by bars, of either width, or by lines."""
    return [part.strip() for part in re.split(r"[|｜\n]", text)]


def blank_numbers(text: str) -> str:
    """Identity card and mobile phone numbers made unreadable, however their digits are written."""
    if not any(c.isdigit() for c in text):
        return text
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else "-" if _is_dash(c) else c for c in text)
    found = [match.span() for pattern in (ID_NUMBER, MOBILE) for match in pattern.finditer(plain)]
    for start, end in sorted(found, reverse=True):
        text = text[:start] + BLANK + text[end:]
    if find(text) is None:
        return text
    return "".join("*" if unicodedata.digit(c, None) is not None else c for c in text)


def _is_dash(char: str) -> bool:
    return unicodedata.category(char) == "Pd"


def _is_shown(char: str) -> bool:
    category = unicodedata.category(char)
    return category not in ("Cc", "Cs", "Co", "Cn") and (category != "Cf" or char == "\u200d")
