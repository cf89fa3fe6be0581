"""A command, the menu's word for it in one of its forms, or talk: what is said in a private chat."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from bot.domain import periods
from bot.domain.sentences import Problem, ProblemKind, parse

SLASHES = ("/", "／")
_OPEN, _CLOSE = "「『“\"'【《", "」』”\"'】》"
_ENDS = _OPEN + _CLOSE + " 。.!！?？~～,，;；、…:："
_LONGEST = 40  # a word with its marks
_TALK = re.compile(r"[了没吗呢?？]|怎么|什么")
ANY_DAY = date(2024, 1, 1)  # whether it can be read at all


class Words:
    """The words of the menu, in small letters, and the command each stands for."""

    def __init__(self, forms: Mapping[str, str]) -> None:
        self._forms, self._commands = forms, frozenset(forms.values())
        words = sorted((form for form, word in forms.items() if word in ("checkin", "report")), key=len, reverse=True)
        self._joined = re.compile(
            rf"[{_OPEN}]?(?P<word>{'|'.join(map(re.escape, words))})[{_CLOSE}]?"
            r"\s{0,3}(?P<colon>[:：]?)\s{0,3}(?P<rest>\S.*)",
            re.IGNORECASE | re.DOTALL,
        )

    def heard(self, text: str) -> tuple[str | None, str]:
        """The command, without the bot's name that it may carry, and what follows it; none where it is talk."""
        text = text.strip()
        if not text.startswith(SLASHES):
            return self._named(text)
        head, rest = _parted(text[1:])
        command = _plain(head).partition("@")[0].strip(_ENDS)
        word = command if command in self._commands else self._forms.get(command)
        if word:
            return word, rest
        word, after = self._named(text[1:].strip())
        return (word, after) if word else (command, rest)

    def _named(self, text: str) -> tuple[str | None, str]:
        whole = self._forms.get(_plain(text).strip(_ENDS)) if len(text) <= _LONGEST else None
        if whole:
            return whole, ""
        head, rest = _parted(text)
        word = self._forms.get(_plain(head))
        return (word, rest) if word else self._run_together(text)

    def _run_together(self, text: str) -> tuple[str | None, str]:
        """打卡：1小时, 「打卡」1小时, 打卡2小时, 报表2026Q3: no other word is told from talk by so little."""
        match = self._joined.match(text)
        if match is None:
            return None, ""
        word, rest = self._forms[match["word"].lower()], match["rest"]
        meant = _is_period if word == "report" else _is_checkin
        return (word, rest) if match["colon"] or (rest[0].isdecimal() and meant(rest)) else (None, "")


def _is_period(text: str) -> bool:
    return periods.parse(_parted(text)[0], ANY_DAY) is not None


def _is_checkin(text: str) -> bool:
    found = parse(text, ANY_DAY)
    unread = isinstance(found, Problem) and found.kind is ProblemKind.NO_HOURS
    return not unread and not _TALK.search(text)


def _parted(text: str) -> tuple[str, str]:
    head, *tail = text.split(maxsplit=1) or [""]
    return head, tail[0].strip() if tail else ""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
