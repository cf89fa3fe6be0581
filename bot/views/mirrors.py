"""What a group robot says: plain text, totals and notices, never people."""

import html
import re
from collections.abc import Mapping
from typing import Any

from bot.i18n import Translator
from bot.views.parts import clip, moment_text
from bot.views.schedule import weekly

LIMIT = 1800  # characters; the strictest of the three takes 2,048 bytes of a text less its frame
BYTES = 1800


def render(kind: str, facts: Mapping[str, Any], org: str, t: Translator) -> tuple[str, str]:
    """Title and body."""
    if kind == "weekly":
        name = facts.get("name") or org
        return t.plain("mirror-weekly", org=name), _plain(weekly(facts, t).text)
    if kind == "recall":
        body = t.plain("mirror-recall-body", id=facts["notice"], at=moment_text(facts["at"], t))
        return t.plain("mirror-recall", org=org), body
    text = _plain(facts["text"])
    if kind == "correction" and "at" in facts:
        text = t.plain("mirror-correction-body", at=moment_text(facts["at"], t, weekday=False)) + "\n" + text
    return t.plain(f"mirror-{kind}", org=org), _fitting(text)


def _plain(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def _fitting(text: str) -> str:
    """Cut so that it has room in a message of the robots, which count bytes."""
    limit = LIMIT
    while len(clip(text, limit).encode()) > BYTES:
        limit = limit * 9 // 10
    return clip(text, limit)
