"""Free text from people before it is kept: no control characters, no numbers that nobody should keep."""

import re
import unicodedata

BLANK = "***"
_PRIVATE = re.compile(
    r"(?<![0-9])(?:[1-9][0-9]{16}[0-9Xx]|(?:\+?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4})(?![0-9])"
)


def tidy(text: str) -> str:
    """One line without control, direction and other invisible characters; joiners inside emoji stay."""
    shown = "".join(" " if c.isspace() else c for c in text if c.isspace() or _is_shown(c))
    line = " ".join(shown.split())
    return line if any(unicodedata.category(c)[0] not in "CM" for c in line if c != " ") else ""


def blank_numbers(text: str) -> str:
    """Identity card and mobile phone numbers made unreadable."""
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    for found in reversed(list(_PRIVATE.finditer(digits))):
        text = text[: found.start()] + BLANK + text[found.end() :]
    return text


def _is_shown(char: str) -> bool:
    category = unicodedata.category(char)
    return category not in ("Cc", "Cs", "Co", "Cn") and (category != "Cf" or char == "\u200d")
