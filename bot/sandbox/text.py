"""Formatted text as Telegram reads it: the HTML parse mode, entities, UTF-16 lengths, safe HTML."""

import re
from html import escape
from typing import Any

from bot.sandbox.rules import ApiError

Entity = dict[str, Any]

STYLES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler",
}  # fmt: skip
TAGS = frozenset({*STYLES, "a", "code", "pre", "blockquote", "tg-emoji", "tg-time"})
LITERALS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SHOWN = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code", "pre": "pre",
         "blockquote": "blockquote", "expandable_blockquote": "blockquote"}  # fmt: skip
AUTOMATIC = re.compile(
    r"(?P<url>https?://[^\s<>\"]+|(?<![\w@.])(?:t\.me|telegram\.me)/[^\s<>\"]+)"
    r"|(?P<bot_command>(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/<>]))"
    r"|(?P<mention>(?<![\w@])@[A-Za-z]\w{3,31}\b)"
    r"|(?P<hashtag>(?<![\w#])#\w*[^\W\d]\w*)"
)
NAME_END = re.compile(r"[\s>]")
CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")


def utf16(text: str) -> int:
    """Length as Telegram counts it: a character beyond the basic plane counts twice."""
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for letter in text if letter > "\uffff")


def cut(text: str, offset: int, length: int) -> str:
    """The part of a text that an entity covers."""
    if text.isascii():
        return text[offset : offset + length]
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def _refuse(message: str) -> ApiError:
    return ApiError(400, f"Bad Request: can't parse entities: {message}")


def _character(match: re.Match[str]) -> str:
    """One HTML character reference; what Telegram does not know stays as written."""
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        return LITERALS.get(name, match[0])
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if not 0 < code < 0x10FFFF or len(match[0].rstrip(";")) >= 10:
        return match[0]
    if 0xD800 <= code <= 0xDFFF:
        raise _refuse("Text contains invalid Unicode characters after decoding HTML entities, "
                      "check for unmatched surrogate code units")  # fmt: skip
    return chr(code)


class _Open:
    """A start tag whose end tag has not come yet."""

    __slots__ = ("argument", "offset", "pieces", "tag")

    def __init__(self, tag: str, argument: str, offset: int, pieces: int) -> None:
        self.tag, self.argument, self.offset, self.pieces = tag, argument, offset, pieces


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.pieces: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def run(self) -> tuple[str, list[Entity]]:
        source, at = self.source, 0
        while at < len(source):
            tag = source.find("<", at)
            chunk = source[at:] if tag < 0 else source[at:tag]
            if chunk:
                chunk = CHARACTER.sub(_character, chunk) if "&" in chunk else chunk
                self.pieces.append(chunk)
                self.offset += utf16(chunk)
            if tag < 0:
                break
            at = self._end(tag) if source.startswith("/", tag + 1) else self._start(tag)
        if self.open:
            raise _refuse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.entities.sort(key=lambda e: (e["offset"], -e["length"]))
        return "".join(self.pieces), self.entities

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _start(self, begin: int) -> int:
        source = self.source
        at = self._name_end(begin + 1)
        if at >= len(source):
            raise _refuse(f"Unclosed start tag at byte offset {self._byte(begin)}")
        tag = source[begin + 1 : at].lower()
        if tag not in TAGS:
            raise _refuse(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        argument = ""
        while True:
            at, name, value = self._attribute(at, tag, begin)
            if not name:
                break
            argument = _argument(tag, name, value, argument)
        if tag == "span" and argument != "spoiler":
            raise _refuse(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.open.append(_Open(tag, argument, self.offset, len(self.pieces)))
        return at + 1

    def _attribute(self, at: int, tag: str, begin: int) -> tuple[int, str, str]:
        """The next attribute: where it ends, its name (empty at the tag's end) and its value."""
        source, size = self.source, len(self.source)
        at = self._skip(at)
        if at < size and source[at] == ">":
            return at, "", ""
        first = at
        while at < size and not source[at].isspace() and source[at] not in "=>/\"'":
            at += 1
        name = source[first:at]
        if not name and at < size:
            raise _refuse(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}')
        at = self._skip(at)
        if at < size and source[at] != "=":
            return at, name, ""
        at = self._skip(at + 1)
        if at >= size:
            raise _refuse(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        first = at
        if source[at] in "\"'":
            at = source.find(source[at], first + 1)
            if at < 0 or at + 1 >= size:
                raise _refuse(f"Unclosed start tag at byte offset {self._byte(begin)}")
            return at + 1, name, CHARACTER.sub(_character, source[first + 1 : at])
        while at < size and ((source[at].isascii() and source[at].isalnum()) or source[at] in ".-"):
            at += 1
        if at >= size or (not source[at].isspace() and source[at] != ">"):
            raise _refuse(f"Unexpected end of name token at byte offset {self._byte(first)}")
        return at, name, source[first:at].lower()

    def _name_end(self, at: int) -> int:
        end = NAME_END.search(self.source, at)
        return end.start() if end else len(self.source)

    def _skip(self, at: int) -> int:
        while at < len(self.source) and self.source[at].isspace():
            at += 1
        return at

    def _end(self, begin: int) -> int:
        source = self.source
        if not self.open:
            raise _refuse(f"Unexpected end tag at byte offset {self._byte(begin)}")
        at = self._name_end(begin + 2)
        name = source[begin + 2 : at].lower()
        at = self._skip(at)
        if at >= len(source) or source[at] != ">":
            raise _refuse(f"Unclosed end tag at byte offset {self._byte(begin)}")
        opened = self.open[-1]
        if name and name != opened.tag:
            raise _refuse(f'Unmatched end tag at byte offset {self._byte(begin)}, '
                          f'expected "</{opened.tag}>", found "</{name}>"')  # fmt: skip
        self.open.pop()
        if self.offset > opened.offset:
            self._close(opened)
        return at + 1

    def _close(self, opened: _Open) -> None:
        entity: Entity = {"offset": opened.offset, "length": self.offset - opened.offset}
        tag, argument = opened.tag, opened.argument
        if tag in STYLES:
            entity["type"] = STYLES[tag]
        elif tag == "a":
            url = argument or "".join(self.pieces[opened.pieces :])
            person = re.fullmatch(r"tg://user/?\?id=(\d+)", url)
            if person:
                entity |= {"type": "text_mention", "user_id": int(person[1])}
            elif "." in url or "://" in url:
                entity |= {"type": "text_link", "url": url if "://" in url else f"http://{url}"}
            else:
                return  # Telegram drops a link it cannot make a web address of
        elif tag == "tg-emoji":
            if not argument.isdecimal() or int(argument) == 0:
                raise _refuse("Invalid custom emoji identifier specified")
            entity |= {"type": "custom_emoji", "custom_emoji_id": argument}
        elif tag == "blockquote":
            entity["type"] = "expandable_blockquote" if argument else "blockquote"
        elif tag in ("pre", "code"):
            entity["type"] = tag
            if self._nested_code(entity, tag, argument):
                return
        else:
            return  # tg-time: shown as its plain text
        self.entities.append(entity)

    def _nested_code(self, entity: Entity, tag: str, argument: str) -> bool:
        """<pre><code class=language-x> (either way round) is one block with a language."""
        if tag == "code" and argument:
            entity["_language"] = argument
        last = self.entities[-1] if self.entities else None
        if last is None or (last["offset"], last["length"]) != (entity["offset"], entity["length"]):
            return False
        language = last.get("_language") if tag == "pre" else entity.get("_language")
        if not language or last["type"] not in ("pre", "code") or last["type"] == tag:
            return False
        last["type"], last["language"] = "pre", language
        return True


def _argument(tag: str, name: str, value: str, before: str) -> str:
    """What of an attribute matters for its tag."""
    if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id")):
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value[9:]
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value[3:]
    if (tag, name) == ("blockquote", "expandable"):
        return "1"
    return before


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and entities of a text in Telegram's HTML."""
    if "<" not in source and "&" not in source:
        return source, []
    text, entities = _Parser(source).run()
    for entity in entities:
        entity.pop("_language", None)
    return text, entities


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Telegram drops white space around a text; an entity at the very start protects what it covers."""
    text = text.replace("\r", "")
    shown = text.rstrip()
    front = 0
    limit = entities[0]["offset"] if entities else len(shown)
    while front < min(limit, len(shown)) and shown[front] in " \n":
        front += 1
    if front == 0 and len(shown) == len(text):
        return text, entities
    shown = shown[front:]
    size, kept = utf16(shown), []
    for entity in entities:
        offset = entity["offset"] - front
        length = min(entity["length"], size - offset)
        if length > 0:
            kept.append({**entity, "offset": offset, "length": length})
    return shown, kept


def find_entities(text: str) -> list[Entity]:
    """What Telegram marks by itself: commands, links, mentions, hashtags."""
    if not any(sign in text for sign in "/@#."):
        return []
    found = []
    for match in AUTOMATIC.finditer(text):
        kind = match.lastgroup or ""
        found.append({"type": kind, "offset": utf16(text[: match.start()]), "length": utf16(match[0])})
    return found


def merged(text: str, entities: list[Entity]) -> list[Entity]:
    """Given entities plus the automatic ones that do not touch code, links or each other."""
    automatic = find_entities(text)
    if not automatic:
        return entities
    solid = [e for e in entities if e["type"] in ("code", "pre", "text_link", "text_mention", "url", "bot_command")]
    for new in automatic:
        end = new["offset"] + new["length"]
        if all(end <= e["offset"] or new["offset"] >= e["offset"] + e["length"] for e in solid):
            entities = [*entities, new]
    return sorted(entities, key=lambda e: (e["offset"], -e["length"]))


def to_html(text: str, entities: list[Entity]) -> str:
    """Safe HTML for a web page: everything escaped, only known tags, links http(s), t.me or tg only."""
    units = text.encode("utf-16-le")
    marks: dict[int, list[str]] = {}
    closing: list[tuple[int, str]] = []

    def close_until(position: int) -> None:
        while closing and closing[-1][0] <= position:
            end, tag = closing.pop()
            marks.setdefault(end, []).append(tag)

    for entity in sorted(entities, key=lambda e: (e["offset"], -e["length"])):
        close_until(entity["offset"])
        end = entity["offset"] + entity["length"]
        if closing and end > closing[-1][0]:
            end = closing[-1][0]  # overlapping entities are cut to nest
        start, finish = _shown_tag(entity, cut(text, entity["offset"], entity["length"]))
        if start:
            marks.setdefault(entity["offset"], []).append(start)
            closing.append((end, finish))
    close_until(len(units))
    parts, last = [], 0
    for position in sorted(marks):
        parts.append(escape(units[last * 2 : position * 2].decode("utf-16-le", "replace")))
        parts.extend(marks[position])
        last = position
    parts.append(escape(units[last * 2 :].decode("utf-16-le", "replace")))
    return "".join(parts)


def _shown_tag(entity: Entity, covered: str) -> tuple[str, str]:
    kind = entity["type"]
    if kind in SHOWN:
        extra = ' class="expandable"' if kind.startswith("expandable") else ""
        return f"<{SHOWN[kind]}{extra}>", f"</{SHOWN[kind]}>"
    if kind == "spoiler":
        return '<span class="spoiler">', "</span>"
    if kind in ("text_link", "url"):
        url = entity.get("url", covered)
        url = url if "://" in url else f"https://{url}"
        if url.split("://")[0].lower() in ("http", "https", "tg"):
            return f'<a href="{escape(url)}" rel="noopener noreferrer" target="_blank">', "</a>"
    if kind in ("bot_command", "mention", "hashtag", "text_mention"):
        return f'<span class="{kind}">', "</span>"
    return "", ""
