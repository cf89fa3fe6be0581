"""What we never keep: an ID number or a mobile number in what somebody writes."""

import re
import unicodedata

ID_NUMBER = re.compile(r"(?<!\d)(\d(?:[ -]?\d){16}[ -]?[\dXx])(?![\dA-Za-z])")
MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)?86[ -]?)?1[3-9]\d(?:[ -]?\d){8}(?!\d)")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"  # GB 11643: the check character for each remainder


def find(text: str) -> str | None:
    """`id_number` or `phone` when the text holds one, however its digits are spaced or wide."""
    plain = "".join("-" if unicodedata.category(c) == "Pd" else c for c in unicodedata.normalize("NFKC", text))
    plain = re.sub(r"\s", " ", "".join(c for c in plain if unicodedata.category(c) != "Cf"))
    if any(_is_id_number(match[1]) for match in ID_NUMBER.finditer(plain)):
        return "id_number"
    return "phone" if MOBILE.search(plain) else None


def _is_id_number(text: str) -> bool:
    digits = re.sub("[ -]", "", text).upper()
    if not digits.isascii():  # other scripts have digits too
        return False
    born = digits[6:14]
    plausible = "1850" < born[:4] < "2100" and "01" <= born[4:6] <= "12" and "01" <= born[6:] <= "31"
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=False))
    return plausible and CHECK[total % 11] == digits[17]
