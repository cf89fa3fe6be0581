"""What a notice says: what came in is checked and made safe, what goes out is as it was written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.domain import sensitive
from bot.domain.markup import Entity, Unparsable, from_message, units, visible
from bot.domain.texts import tidy
from bot.services.effects import Outcome
from storage import corrections, departments
from storage.engine import Tx
from storage.notices import Notice
from storage.records import SEVERAL

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024  # UTF-16 units (Bot API)
DEADLINE_ROOM = 60  # what the line with the deadline takes at the most
CORRECTED_ROOM = 80  # what a head takes that says when it was corrected, without who writes


@dataclass(frozen=True, slots=True)
class Content:
    """What somebody has sent us to be passed on."""

    text: str = ""
    entities: Sequence[Entity] = ()
    start: int = 0  # where the notice begins in the text: after the command
    file_kind: str | None = None  # photo, document, picture: a document that is one
    file_id: str | None = None
    file_name: str = ""
    source: str = ""  # the message it came in, chat/message


def written(old: Notice, content: Content, *, corrected: bool = False) -> Notice | Outcome:
    """The notice with this content: a text replaces the text, a file the file. Or why it cannot be passed on."""
    try:
        text = from_message(content.text, content.entities, content.start)
    except Unparsable as problem:
        return Outcome("notices-markup", {"tag": str(problem)[:60]})
    if kind := sensitive.find(visible(text)):
        return Outcome("privacy-not-kept", {"kind": kind})
    if content.file_kind == "picture":  # as it left the camera, with the place where it was taken
        return Outcome("notices-picture-as-file")
    if not tidy(visible(text)):
        text = ""
    if not text and content.file_id is None:
        return Outcome("notices-empty")
    new = replace(old, text=text or old.text)
    if content.file_id is not None:
        new = replace(new, file_kind=content.file_kind, file_id=content.file_id, file_name=content.file_name)
    return too_long(new, corrected=corrected) or new


def too_long(notice: Notice, *, corrected: bool = False) -> Outcome | None:
    """Whether Telegram would not take it in one piece. A notice may fill it, a correction leaves room to say so."""
    limit = CAPTION_LIMIT if notice.file_id else TEXT_LIMIT
    limit -= (DEADLINE_ROOM if notice.deadline else 0) + (CORRECTED_ROOM if corrected else 0)
    length = units(visible(notice.text))
    if length <= limit:
        return None
    room = "corrected" if corrected else "deadline" if notice.deadline else "none"
    facts = {"length": length, "limit": limit, "file": notice.file_id is not None, "room": room}
    return Outcome("notices-too-long", facts)


async def said(tx: Tx, notice: Notice) -> dict[str, Any]:
    """What the message of a notice is made of (a push, a preview)."""
    tops = [int(trail.rstrip("/").rpartition("/")[2]) for trail in notice.reach.split(SEVERAL) if trail]
    senders = [found.name for top in tops if (found := await departments.get(tx, top))]
    return {
        "notice": notice.id,
        "text": notice.text,
        "file_kind": notice.file_kind,
        "file_id": notice.file_id,
        "answer": notice.answer,
        "deadline": notice.deadline.isoformat() if notice.deadline else None,
        "important": notice.important,
        "from": " / ".join(senders),
        "corrected": await corrections.get_corrected(tx, notice.id),
    }
