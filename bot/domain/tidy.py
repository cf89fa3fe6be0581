"""What people type in many ways, in the one way we keep it: staff numbers, names, department paths."""

import re
import unicodedata

_HAN = r"[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_ALIGNING = re.compile(rf"(?<={_HAN}) (?={_HAN})")
_EXCEL_FLOAT = re.compile(r"^([0-9]+)\.0+$")
_DOTS = str.maketrans(dict.fromkeys("•‧・∙⋅", "·"))
_STROKES = str.maketrans("／\\＼", "///")
_TRADITIONAL = str.maketrans("號門職務狀態請離崗負責創建辦領導組", "号门职务状态请离岗负责创建办领导组")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


def half_width(text: str) -> str:
    """One form for each letter and digit; without the invisible marks that come with copied text."""
    if text.isascii():
        return text.strip()
    text = unicodedata.normalize("NFKC", text)
    return text.strip() if text.isprintable() else text.translate(_INVISIBLE).strip()


def simplified(word: str) -> str:
    """A word of ours (a heading, a role, a status) in simplified characters; not for names."""
    return word.translate(_TRADITIONAL)


def unprintable(text: str) -> bool:
    return not text.isprintable() and any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Cn") for sign in text)


def spelled(text: str) -> bool:
    """Whether there is a letter or a character of any script in it; 〇 is one too."""
    return any(sign.isalpha() or unicodedata.category(sign) == "Nl" for sign in text)


def number(text: str) -> str:
    """A staff number as it is kept: half-width, no blanks, capitals, without the .0 that Excel adds."""
    return _EXCEL_FLOAT.sub(r"\1", "".join(half_width(text).split()).upper())


def name(text: str) -> str:
    """A name as it is kept: blanks that only align Chinese characters fall out, one kind of middle dot."""
    words = " ".join(half_width(text).split()).translate(_DOTS)
    return _ALIGNING.sub("", words) if " " in words else words


def path(text: str) -> str:
    """A department's path: names joined by single strokes, none at the ends."""
    return "/".join(name(part) for part in text.translate(_STROKES).strip("/ ").split("/"))


def cells(text: str) -> list[str]:
    """What somebody wrote for several columns: lines, or what commas, tabs or blanks divide, whichever there is."""
    for mark in ("\n", "\t", "，", ",", "、"):
        if mark in text.strip():
            return [part.strip() for part in text.strip().split(mark) if part.strip()]
    return text.split()
