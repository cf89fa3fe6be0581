"""What somebody has written for many, as HTML that Telegram takes: from a message's entities, or from typed tags."""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}
TYPED = {
    **{name: name for name in ("b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler", "a")},
    "strong": "b",
    "em": "i",
    "ins": "u",
    "strike": "s",
    "del": "s",
}
TAG = re.compile(rf"<(/?)({'|'.join(TYPED)})(\s[^<>]*)?>", re.IGNORECASE)
HREF = re.compile(r"""\s+href\s*=\s*(?:"([^"]*)"|'([^']*)')\s*""", re.IGNORECASE)
WEB = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entity:
    """A part of a text that looks different; offset and length in UTF-16 units, as Telegram counts."""

    kind: str
    offset: int
    length: int
    url: str = ""


class Unparsable(ValueError):
    """A tag that has no other half, or is none that Telegram knows; its message is the tag."""


def units(text: str) -> int:
    """Length as Telegram counts it, in UTF-16 units."""
    return len(text) + sum(ord(char) > 0xFFFF for char in text)


def visible(markup: str) -> str:
    """What is read of it, without its tags."""
    return html.unescape(re.sub(r"<[^<>]*>", "", markup))


def from_message(text: str, entities: Iterable[Entity], start: int = 0) -> str:
    """The text from its character `start` on. Formatting as it was set in the client counts; where there is none,
    typed tags do."""
    shown = [(entity, tag) for entity in entities if (tag := _tag(entity)) is not None]
    return _shown(_from_entities(text, shown, start) if shown else from_tags(text[start:])).strip()


def _tag(entity: Entity) -> tuple[str, str] | None:
    """How it is written; None for what Telegram finds by itself, and for links that lead to no web page."""
    if entity.kind == "text_link" and WEB.fullmatch(entity.url):
        return f'<a href="{html.escape(entity.url)}">', "</a>"
    return TAGS.get(entity.kind)


def _from_entities(text: str, shown: Sequence[tuple[Entity, tuple[str, str]]], start: int) -> str:
    at = _characters(text)
    spans = [(at(e.offset), at(e.offset + e.length), tag) for e, tag in shown]
    spans = sorted((s for s in spans if s[0] < s[1]), key=lambda s: (s[0], -s[1]))
    edges = sorted({start, len(text), *(edge for s in spans for edge in s[:2] if edge > start)})
    parts: list[str] = []
    open_spans: list[tuple[int, int, tuple[str, str]]] = []
    for left, right in pairwise(edges):
        wanted = [span for span in spans if span[0] <= left and span[1] >= right]
        same = 0
        while same < min(len(wanted), len(open_spans)) and wanted[same] is open_spans[same]:
            same += 1
        parts += [tag[1] for *_, tag in reversed(open_spans[same:])]
        parts += [tag[0] for *_, tag in wanted[same:]]
        parts.append(html.escape(text[left:right], quote=False))
        open_spans = wanted
    return "".join([*parts, *(tag[1] for *_, tag in reversed(open_spans))])


class _characters:
    """UTF-16 offset to the number of characters before it."""

    def __init__(self, text: str) -> None:
        self._count = len(text)
        self._wide = [number for number, char in enumerate(text) if ord(char) > 0xFFFF]

    def __call__(self, offset: int) -> int:
        for before, number in enumerate(self._wide):
            if number + before >= offset:
                return min(max(offset - before, 0), self._count)
        return min(max(offset - len(self._wide), 0), self._count)


def from_tags(text: str) -> str:
    """Tags that somebody has typed; everything else that looks like one stays as it was written."""
    if not TAG.search(text):
        return html.escape(text, quote=False)
    parts, open_tags, at = list[str](), list[str](), 0
    for match in TAG.finditer(text):
        parts.append(html.escape(html.unescape(text[at : match.start()]), quote=False))
        at, name = match.end(), TYPED[match[2].lower()]
        if not match[1]:
            open_tags.append(name)
            parts.append(_opening(match, name))
        elif not open_tags or open_tags.pop() != name or (match[3] or "").strip():
            raise Unparsable(match[0])
        else:
            parts.append(f"</{name}>")
    if open_tags:
        raise Unparsable(f"<{open_tags[-1]}>")
    return "".join([*parts, html.escape(html.unescape(text[at:]), quote=False)])


def _opening(match: re.Match[str], name: str) -> str:
    rest = match[3] or ""
    if name != "a":
        if rest.strip():
            raise Unparsable(match[0])
        return f"<{name}>"
    href = HREF.fullmatch(rest)
    url = html.unescape((href[1] or href[2] or "") if href else "")
    if not WEB.fullmatch(url):
        raise Unparsable(match[0])
    return f'<a href="{html.escape(url)}">'


def _shown(markup: str) -> str:
    """Without control characters and halves of characters, which nobody can see and a database may not take."""
    return "".join(
        c for c in markup if c in "\n\t" or not (ord(c) < 32 or 127 <= ord(c) < 160 or 0xD800 <= ord(c) < 0xE000)
    )
