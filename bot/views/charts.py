"""Charts: a report becomes an SVG drawing here and a PNG in a child process."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from bot import files
from bot.domain.participation import Line, Report

WIDTH = 1000
_EDGE = 36
_MOST_LINES = 30
_ROW, _CLOSE_ROW, _MANY, _THICK = 60, 52, 12, 32
_WIDEST_NAME, _NARROWEST_BAR = 340, 110
_ROOM_FOR_THREE = 220  # percentages below the bars
_BODY, _SMALL = 32, 28  # a phone shows 1000 px on some 340 points: 28 px reads like 9 points
_INK, _GREY, _FAINT, _PAPER = "#1c2430", "#5f6b7a", "#dde3ea", "#f4f6f9"
# Dark blue against hatched ochre: told apart by any eye, and in black and white; red only for the target.
_MET, _NOT_MET, _RED = "#1f4e79", "#b8761a", "#b01e23"
# Widths of Noto Sans SC in ems, rounded up; everything else counts as a full square.
_NARROW = {**dict.fromkeys(" .,:;'|ijl!()[]ftr-/·", 0.4), **dict.fromkeys("mwMWQO@%&", 0.95)}


@dataclass(frozen=True, slots=True)
class ChartWords:
    title: str  # 志愿服务参与情况
    subtitle: str  # scope, period, as of when
    heads: Callable[[int, int], str]  # (n, N): 参与 17 人，在岗 60 人
    target: str  # 目标 30%
    met: str  # 达标
    not_met: str  # 未达标
    missing: Callable[[int], str]  # in a department's row: 差 2 人
    still_missing: Callable[[int], str]  # under the great number: 还差 2 人达到目标
    no_data: str  # 暂无数据
    column_heads: str  # 参与/在岗
    column_rate: str  # 参与率
    own: Callable[[str], str]  # people of the scope itself, in none of its parts: 综合处（本级）
    rest: Callable[[int], str]  # 其余 5 个部门
    hidden_note: str  # “—”：人数较少，不单独显示


async def draw(report: Report, words: ChartWords) -> bytes:
    """PNG; drawn outside of this process, so that nobody waits for it."""
    return await files.in_child("png", report_svg(report, words).encode(), seconds=30, memory_mb=512)


def report_svg(report: Report, words: ChartWords) -> str:
    lines = _folded(report.lines, words)
    top = 462
    parts = [*_head(report, words), *_card(report, words)]
    bottom: float = top - 64
    if lines:
        rows = _Rows(lines, report.target, words)
        bottom = rows.draw(top)
        parts += rows.parts
    height, legend = _legend(bottom + 24, words, (report.total, *lines), report.target)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="Noto Sans SC">'
        f'<defs><pattern id="hatch" width="10" height="10" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="10" height="10" fill="#f3dfc0"/>'
        f'<rect width="4" height="10" fill="{_NOT_MET}"/></pattern></defs>'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>{"".join((*parts, *legend))}</svg>'
    )


def _folded(lines: Sequence[Line], words: ChartWords) -> list[Line]:
    """At most 30 lines; the rest becomes one, which hides its figures as soon as one of its parts does."""
    shown, rest = list(lines[:_MOST_LINES]), lines[_MOST_LINES:]
    if rest:
        shown.append(
            Line(
                None,
                words.rest(len(rest)),
                sum(line.people for line in rest),
                sum(line.participants for line in rest),
                sum(line.minutes for line in rest),
                sum(line.times for line in rest),
                hidden=any(line.hidden for line in rest),
            )
        )
    return shown


def _head(report: Report, words: ChartWords) -> Iterable[str]:
    room = WIDTH - 2 * _EDGE
    yield _box(0, 0, WIDTH, 12, _RED)
    yield _text(_EDGE, 66, _short(report.org, _SMALL, room), _SMALL, _GREY)
    yield _text(_EDGE, 122, _short(words.title, 46, room), 46, _INK, strong=True)
    yield _text(_EDGE, 168, _short(words.subtitle, _SMALL, room), _SMALL, _GREY)


def _card(report: Report, words: ChartWords) -> Iterable[str]:
    """The great number, how many heads that is, and how far from the target."""
    total, target = report.total, report.target
    yield _box(_EDGE, 194, WIDTH - 2 * _EDGE, 204, _PAPER, radius=14)
    if total.hidden or total.people == 0:
        yield _text(WIDTH / 2, 314, "—" if total.hidden else _clean(words.no_data), 52, _GREY, "middle")
        return
    met = bool(total.met(target))
    colour = _MET if met else _NOT_MET
    rate = f"{total.percent}%"
    yield _text(_EDGE + 32, 298, rate, 88, colour, strong=True)
    left = _EDGE + 32 + _width(rate, 88) + 30
    room = WIDTH - _EDGE - 24 - left
    heads = words.heads(total.participants, total.people)
    yield _text(left, 252, _short(heads, _BODY, room), _BODY, _INK)
    verdict = words.met if met else words.still_missing(total.missing(target))
    yield _mark(left, 286, met)
    yield _text(left + 38, 298, _short(verdict, _BODY, room - 38), _BODY, colour, strong=True)
    bar = WIDTH - 2 * (_EDGE + 32)
    at = _EDGE + 32 + bar * min(target, 100) / 100
    yield _box(_EDGE + 32, 326, bar, 16, _FAINT, radius=8)
    yield _bar(_EDGE + 32, 326, bar * total.participants / total.people, 16, met)
    yield _stroke(at, 318, 350, dashed=False)
    anchor = "middle" if 12 <= target <= 88 else ("start" if target < 12 else "end")
    yield _text(at, 382, words.target, _SMALL, _RED, anchor)


class _Rows:
    """One line a department: name, bar, heads, rate, verdict, each in a column of its own.

    The target crosses the bars' column only, and no text stands in it: nothing can collide with it.
    """

    def __init__(self, lines: Sequence[Line], target: int, words: ChartWords) -> None:
        self.lines, self.target, self.words = lines, min(target, 100), words
        self.row = _ROW if len(lines) <= _MANY else _CLOSE_ROW
        self.parts: list[str] = []
        verdicts = [words.met, *(words.missing(line.missing(target)) for line in lines if not line.hidden)]
        self.verdict_left = WIDTH - _EDGE - 34 - max(_width(text, _SMALL) for text in verdicts)
        self.rate_right = self.verdict_left - 14
        rate_width = max(_width(words.column_rate, _SMALL), _width("100.0%", _BODY))
        self.heads_right = self.rate_right - rate_width - 14
        heads = [_width(f"{line.participants}/{line.people}", _BODY) for line in lines]
        bar_right = self.heads_right - max(_width(words.column_heads, _SMALL), *heads) - 24
        names = [words.own(line.name) if line.own else line.name for line in lines]
        widest = max(_width(_clean(name), _BODY) for name in names)
        name_width = min(_WIDEST_NAME, widest, bar_right - _NARROWEST_BAR - 18 - _EDGE)
        self.names = [_short(name, _BODY, name_width) for name in names]
        self.bar_left = _EDGE + max(name_width, 80) + 18
        self.bar_width = bar_right - self.bar_left
        rates = [100 * line.participants / line.people for line in lines if line.people and not line.hidden]
        self.full = 50 if max([self.target, *rates]) <= 45 else 100

    def at(self, percent: float) -> float:
        return self.bar_left + self.bar_width * percent / self.full

    def draw(self, top: float) -> float:
        """Draws from `top` down and says where it ended."""
        bottom = top + self.row * len(self.lines) + 8
        words = self.words
        self.parts += [
            _text(self.heads_right, top - 14, words.column_heads, _SMALL, _GREY, "end"),
            _text(self.rate_right, top - 14, words.column_rate, _SMALL, _GREY, "end"),
        ]
        for percent in (0, self.full // 2, self.full):
            self.parts.append(_box(self.at(percent) - 1, top, 2, bottom - top, _FAINT))
            if self.bar_width < _ROOM_FOR_THREE and 0 < percent < self.full:
                continue
            self.parts.append(_text(self.at(percent), bottom + 32, f"{percent}%", _SMALL, _GREY, "middle"))
        for place, (line, name) in enumerate(zip(self.lines, self.names, strict=True)):
            self._row(top + self.row * place + 8, line, name)
        self.parts.append(_stroke(self.at(self.target), top - 4, bottom, dashed=True))
        label = _width(words.target, _SMALL) / 2
        middle = min(max(self.at(self.target), self.bar_left + label), self.bar_left + self.bar_width - label)
        self.parts.append(_text(middle, top - 14, words.target, _SMALL, _RED, "middle"))
        return bottom + 40

    def _row(self, y: float, line: Line, name: str) -> None:
        base = y + 34
        met = line.met(self.target)
        self.parts.append(_text(_EDGE, base, name, _BODY, _GREY if met is None else _INK))
        if line.hidden:
            self.parts.append(_text(self.heads_right, base, "—", _BODY, _GREY, "end"))
            self.parts.append(_text(self.rate_right, base, "—", _BODY, _GREY, "end"))
            return
        if met is None:
            self.parts.append(_text(self.rate_right, base, self.words.no_data, _SMALL, _GREY, "end"))
            return
        colour = _MET if met else _NOT_MET
        rate = line.participants / line.people
        verdict = self.words.met if met else self.words.missing(line.missing(self.target))
        self.parts += [
            _box(self.bar_left, y + 6, self.bar_width, _THICK, _PAPER),
            _bar(self.bar_left, y + 6, self.bar_width * 100 * rate / self.full, _THICK, met),
            _text(self.heads_right, base, f"{line.participants}/{line.people}", _BODY, _INK, "end"),
            _text(self.rate_right, base, f"{line.percent}%", _BODY, colour, "end", strong=True),
            _mark(self.verdict_left, y + 22, met),
            _text(self.verdict_left + 34, base - 1, verdict, _SMALL, colour),
        ]


def _legend(y: float, words: ChartWords, lines: Sequence[Line], target: int) -> tuple[int, list[str]]:
    """What the two kinds of bars mean, where both are there, and what a stroke means; and where the picture ends."""
    parts, end = [], y - 4
    if {line.met(target) for line in lines if not line.hidden} >= {True, False}:
        x = float(_EDGE)
        for text, met in ((words.met, True), (words.not_met, False)):
            parts += [_bar(x, y, 40, 26, met), _text(x + 52, y + 23, text, _SMALL, _GREY)]
            x += 52 + _width(text, _SMALL) + 40
        end = y + 26
    if any(line.hidden for line in lines):
        note = _short(words.hidden_note, _SMALL, WIDTH - 2 * _EDGE)
        parts.append(_text(_EDGE, end + 42, note, _SMALL, _GREY))
        end += 46
    return round(end + _EDGE), parts


# --- strokes of the pen ----------------------------------------------------------------------------------


def _text(x: float, y: float, text: str, size: int, fill: str, anchor: str = "start", *, strong: bool = False) -> str:
    # The font has one weight: a thin outline of the same colour makes it bold.
    bold = f' stroke="{fill}" stroke-width="{size / 40:.1f}"' if strong else ""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{fill}"{bold}{place}>{escape(_clean(text))}</text>'


def _box(x: float, y: float, width: float, height: float, fill: str, radius: int = 0) -> str:
    round_ = f' rx="{radius}"' if radius else ""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"{round_}/>'


def _bar(x: float, y: float, width: float, height: float, met: bool) -> str:
    """Filled when the target is met, hatched when it is not; nothing at all is still a thin edge."""
    if met:
        return _box(x, y, max(width, 2), height, _MET)
    return (
        f'<rect x="{x + 1:.1f}" y="{y + 1:.1f}" width="{max(width - 2, 1):.1f}" height="{height - 2:.1f}" '
        f'fill="url(#hatch)" stroke="{_NOT_MET}" stroke-width="2"/>'
    )


def _mark(x: float, y: float, met: bool) -> str:
    """A tick, or an empty ring."""
    if met:
        return (
            f'<path d="M{x + 2:.1f} {y:.1f} l7 8 l13 -16" fill="none" stroke="{_MET}" stroke-width="4.5" '
            f'stroke-linecap="round" stroke-linejoin="round"/>'
        )
    return f'<circle cx="{x + 12:.1f}" cy="{y:.1f}" r="8" fill="none" stroke="{_NOT_MET}" stroke-width="3.5"/>'


def _stroke(x: float, top: float, bottom: float, *, dashed: bool) -> str:
    """The target; on a white ground of its own, so that it shows on a dark bar as well."""
    dash = ' stroke-dasharray="9 6"' if dashed else ""
    line = f'<path d="M{x:.1f} {top:.1f} V{bottom:.1f}"'
    return f'{line} stroke="#ffffff" stroke-width="6"/>{line} stroke="{_RED}" stroke-width="3"{dash}/>'


def _clean(text: str) -> str:
    """Only what can be drawn on one line and may stand in XML."""
    signs = (" " if sign.isspace() else sign for sign in unicodedata.normalize("NFC", text))
    return " ".join("".join(sign for sign in signs if _drawable(sign)).split())


def _drawable(sign: str) -> bool:
    """No control characters, no marks piled on others, no emoji: the font has none."""
    category = unicodedata.category(sign)
    return category not in ("Cc", "Cf", "Cs", "Cn", "Mn", "Me") and not (category == "So" and sign > "\uffff")


def _width(text: str, size: int) -> float:
    return sum(map(_em, text)) * size


def _em(sign: str) -> float:
    if sign in _NARROW:
        return _NARROW[sign]
    return (0.7 if sign.isupper() else 0.6) if sign < "\u0250" else 1.0


def _short(text: str, size: int, room: float) -> str:
    text = _clean(text)
    if _width(text, size) <= room:
        return text
    while text and _width(text, size) + size > room:
        text = text[:-1]
    return text.rstrip() + "…"
