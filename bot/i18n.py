"""t("checkins-recorded", ...): words from locales/<language>/*.ftl, every argument escaped for HTML."""

import functools
import html
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import fluent_number

LOCALES = Path(__file__).parent.parent / "locales"
LANGUAGES = ("zh", "en")


class Html(str):
    """Text that is markup already and is not escaped again."""

    __slots__ = ()


class MissingText(Exception):
    """A key that no file has, or an argument that its text asks for and nobody gave."""


class Translator:
    """The words of one language; calling it gives HTML. `year`: in which they are read, a date of it goes without."""

    def __init__(self, language: str, year: int) -> None:
        self.language, self.year = language, year
        self._fixed: dict[str, str] = {}  # texts without arguments, made once
        self._bundle = _bundle(language)

    def has(self, key: str) -> bool:
        return bool(self._bundle.has_message(key))

    def __call__(self, key: str, **args: Any) -> str:
        if not args:
            known = self._fixed.get(key)
            if known is not None:
                return known
        if not self._bundle.has_message(key):
            raise MissingText(f"{self.language}: {key}")
        pattern = self._bundle.get_message(key).value
        assert pattern is not None, key
        text, errors = self._bundle.format_pattern(pattern, {k: _argument(v) for k, v in args.items()})
        if errors:
            raise MissingText(f"{self.language}: {key}: {errors[0]}")
        if not args:
            self._fixed[key] = str(text)
        return str(text)

    def plain(self, key: str, **args: Any) -> str:
        """The same without markup, for buttons, file names and pictures."""
        return html.unescape(self(key, **args))

    def listed(self, parts: Iterable[str]) -> str:
        """Several names in a row, between them the comma of this language."""
        return self("list-comma").join(parts)


@functools.cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([{"zh": "zh-CN", "en": "en-GB"}[language]], use_isolating=False)
    for path in sorted((LOCALES / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text("utf-8")))
    return bundle


def _argument(value: Any) -> Any:
    if isinstance(value, Html):
        return str(value)
    if isinstance(value, bool) or value is None:
        return str(value or "").lower()
    if isinstance(value, int | float):
        return fluent_number(value, useGrouping=False)
    return html.escape(str(value.value if isinstance(value, Enum) else value), quote=False)


@functools.cache
def translator(language: str, year: int = 0) -> Translator:
    return Translator(language, year)


def negotiate(asked: str | None, default: str) -> str:
    """The language to speak: what was chosen, or the part of a Telegram language code that we know."""
    head = (asked or "").replace("_", "-").partition("-")[0].lower()
    return head if head in LANGUAGES else default
