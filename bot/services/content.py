"""Phrases and duties as the office keeps them: its own added and changed, any of them switched off and on again."""

import datetime as dt
import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot import content
from bot.clock import instant
from bot.content import Item, items
from bot.domain import restraint as limits
from bot.domain import sensitive, texts
from bot.domain.access import Action, Actor, can
from bot.domain.pages import page_of
from bot.domain.rotation import always
from bot.services.effects import Outcome, effect
from storage import audit, duties
from storage import content as store
from storage.content import Kept
from storage.engine import Database, Tx

KINDS = ("phrase", "duty")
FIELDS = {"phrase": ("text", "tip", "avoid"), "duty": ("text", "tip")}
LONGEST = {"phrase": 100, "duty": 60}  # characters of the text; what goes with it may have a hundred
BESIDE = 100
MOST = {"phrase": 2000, "duty": 30}  # of the unit's own; all duties stand in one message
A_YEAR = 250  # working days, roughly: with fewer phrases one comes twice in a year
STRIDE = 137  # prime: leafing from phrase to phrase jumps between the scenes and comes past all of them
_TAG = re.compile(r"<[/!]?[a-zA-Z][^<>]*>")


async def load(tx: Tx) -> tuple[Kept, ...]:
    return tuple(await store.list_all(tx))


# What others show of it


def words(kept: tuple[Kept, ...], phrase_id: str, duty_id: str) -> dict[str, list[str]]:
    """The unit's own words in these two, to be kept with the day; an empty one is the one that ships."""
    known, found = items(kept), dict[str, list[str]]()
    if (phrase := known.get(phrase_id)) and phrase.own:
        found["phrase"] = [phrase.text, phrase.tip, phrase.avoid]
    if (duty := known.get(duty_id)) and (duty.own or duty.reworded):
        found["duty"] = [duty.group, duty.kept.text, duty.kept.tip]
    return found


def duties_shown(kept: tuple[Kept, ...]) -> list[list[str]]:
    """Each duty in use: id, kind, and the unit's own words, where it has any."""
    used = (item for item in items(kept).values() if item.kept.kind == "duty" and item.kept.active)
    return [[item.id, item.group, item.kept.text, item.kept.tip] for item in used]


def another(kept: tuple[Kept, ...], phrase_id: str) -> str:
    """Where one leafs to from this phrase."""
    ordinary = [phrase.id for phrase in content.in_use(kept)[0] if not phrase.festival]
    at = ordinary.index(phrase_id) if phrase_id in ordinary else 0
    step = STRIDE if len(ordinary) % STRIDE else STRIDE + 1
    return ordinary[(at + step) % len(ordinary)]


# Looking


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of the list: which kind (or all), which of them (own, shipped, off, found)."""

    kind: str
    show: str
    sought: str
    items: Sequence[Item]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Card:
    item: Item
    last_used: dt.date | None


async def overview(db: Database) -> dict[str, int]:
    async with db.read() as tx:
        kept = await load(tx)
    counts = {}
    for kind in KINDS:
        here = [item for item in items(kept).values() if item.kept.kind == kind]
        counts[f"{kind}_own"] = sum(item.own for item in here)
        counts[f"{kind}_shipped"] = len(here) - counts[f"{kind}_own"]
        counts[f"{kind}_used"] = sum(item.kept.active for item in here)
    ordinary = sum(not phrase.festival for phrase in content.in_use(kept)[0])
    return counts | {"few": ordinary if ordinary < A_YEAR else 0}


async def shelf(db: Database, kind: str, show: str, sought: str, page: int) -> Shelf:
    async with db.read() as tx:
        kept = await load(tx)
    found = [item for item in items(kept).values() if kind in ("all", item.kept.kind) and _fits(item, show, sought)]
    return Shelf(kind, show, sought, *page_of(found, page), len(found))


def _fits(item: Item, show: str, sought: str) -> bool:
    match show:
        case "own":
            return item.own
        case "off":
            return not item.kept.active
        case "found":
            wanted = _folded(sought)
            return any(wanted in _folded(part) for part in (item.text, item.tip, item.avoid))
    return not item.own


async def card(db: Database, item_id: str) -> Card | None:
    async with db.read() as tx:
        item = items(await load(tx)).get(item_id)
        if item is None:
            return None
        ever = dt.date.max
        list_used = duties.list_last_used if item.kept.kind == "phrase" else duties.list_duties_used
        return Card(item, (await list_used(tx, ever)).get(item_id))


# What somebody wrote


async def examine(db: Database, kind: str, field: str, text: str) -> Outcome:
    """Whether this may stand in this place; nothing is kept of what may not."""
    async with db.read() as tx:
        return _wrong(kind, field, text) or await _double(tx, kind, field, text) or Outcome("content-fine")


def _wrong(kind: str, field: str, text: str) -> Outcome | None:
    limit = LONGEST[kind] if field == "text" else BESIDE
    said = texts.tidy(text)
    if (said or field == "text") and not any(char.isalnum() for char in said):
        return Outcome("content-empty")
    if len(said) > limit:
        return Outcome("content-long", {"limit": limit, "length": len(said)})
    if found := sensitive.find(text) or sensitive.find(said):
        return Outcome("content-sensitive", {"kind": found})
    if _TAG.search(said) or html.unescape(said) != said:
        return Outcome("content-markup")
    if what := limits.forbidden(said):
        return Outcome("restraint-refused", {"what": what})
    return None


async def _double(tx: Tx, kind: str, field: str, text: str, but: str = "") -> Outcome | None:
    """The same words twice would come twice in a year."""
    said = _folded(text)
    known = items(await load(tx)).values() if field == "text" else ()
    same = next((i for i in known if i.kept.kind == kind and i.id != but and _folded(i.text) == said), None)
    return Outcome("content-already", {"item": same.id, "active": same.kept.active}) if same else None


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", texts.tidy(text)).casefold()
    return "".join(char for char in plain if char.isalnum()) or plain


# Changing


@effect
async def add(tx: Tx, actor: Actor, kind: str, given: Mapping[str, str], now: dt.datetime) -> Outcome:
    """A phrase or a duty of the unit's own: text, tip, what to avoid."""
    if not can(actor, Action.MANAGE_CONTENT) or kind not in KINDS:
        return Outcome("error-stale")
    fields = {field: given.get(field, "") for field in FIELDS[kind]}
    wrong = next(filter(None, (_wrong(kind, field, text) for field, text in fields.items())), None)
    if wrong := wrong or await _double(tx, kind, "text", fields["text"]):
        return wrong
    own = sum(row.kind == kind and row.shipped is None for row in await load(tx))
    if own >= MOST[kind]:
        return Outcome("content-too-many", {"most": MOST[kind]})
    text, tip, avoid = (texts.tidy(fields.get(field, "")) for field in FIELDS["phrase"])
    made = await store.insert(tx, Kept(0, kind, None, text, tip, avoid), instant(now))
    assert made is not None  # nothing of the unit's own stands in another's place
    item = items(await load(tx))[f"U{made.id}"]
    await audit.append(tx, instant(now), actor.user_id, "content-added", _subject(item), "", _said(item))
    return Outcome("content-added", {"item": item.id})


@effect
async def edit(tx: Tx, actor: Actor, item_id: str, version: int, field: str, text: str, now: dt.datetime) -> Outcome:
    """Other words in one place of it, as it was when its editor looked; without words of a shipped duty, its own."""
    item = await _mine(tx, actor, item_id)
    if item is None or field not in editable(item):
        return Outcome("error-stale")
    said, kind = texts.tidy(text), item.kept.kind
    words_wanted = bool(said) or item.own
    if words_wanted and (wrong := _wrong(kind, field, text) or await _double(tx, kind, field, text, item.id)):
        return wrong
    if item.kept.version != version:
        return Outcome("content-conflict-words", {"item": item.id, "text": said})
    if getattr(item.kept, field) == said:
        return Outcome("content-same", {"item": item.id})
    return await _put(tx, actor, item, _with(item.kept, field, said), "changed", now)


def _with(kept: Kept, field: str, said: str) -> Kept:
    match field:
        case "text":
            return replace(kept, text=said)
        case "tip":
            return replace(kept, tip=said)
    return replace(kept, avoid=said)


@effect
async def restore(tx: Tx, actor: Actor, item_id: str, version: int, now: dt.datetime) -> Outcome:
    """A shipped duty in its own words again."""
    item = await _mine(tx, actor, item_id)
    if item is None or item.own:
        return Outcome("error-stale")
    if not item.reworded:
        return Outcome("content-same", {"item": item.id})
    if item.kept.version != version:
        return Outcome("content-conflict", {"item": item.id})
    return await _put(tx, actor, item, replace(item.kept, text="", tip=""), "restored", now)


@effect
async def switch(tx: Tx, actor: Actor, item_id: str, version: int, active: bool, now: dt.datetime) -> Outcome:
    """Take it out of the rotation, or in again. One duty, and one phrase for any day, always stay."""
    item = await _mine(tx, actor, item_id)
    if item is None:
        return Outcome("error-stale")
    if item.kept.active is active:
        return Outcome("content-same", {"item": item.id})
    if item.kept.version != version:
        return Outcome("content-conflict", {"item": item.id})
    if not active and not any(other != item.id for other in _staying(await load(tx), item.kept.kind)):
        return Outcome("content-last", {"item": item.id, "kind": item.kept.kind})
    return await _put(tx, actor, item, replace(item.kept, active=active), "on" if active else "off", now)


def _staying(kept: tuple[Kept, ...], kind: str) -> Iterator[str]:
    """What there is for any day."""
    phrases, given = content.in_use(kept)
    return (phrase.id for phrase in phrases if always(phrase)) if kind == "phrase" else (duty.id for duty in given)


def editable(item: Item) -> Sequence[str]:
    """The unit's own in every place; of what ships a duty only, whose wording the unit may replace."""
    return FIELDS[item.kept.kind] if item.own or item.kept.kind == "duty" else ()


async def _mine(tx: Tx, actor: Actor, item_id: str) -> Item | None:
    return items(await load(tx)).get(item_id) if can(actor, Action.MANAGE_CONTENT) else None


async def _put(tx: Tx, actor: Actor, old: Item, new: Kept, what: str, now: dt.datetime) -> Outcome:
    """Write it; a day that is not planned yet is settled anew, one that was sent keeps its words."""
    if not await store.change(tx, old.kept, new, instant(now)):
        return Outcome("content-conflict", {"item": old.id})
    await duties.forget_unsent(tx, old.id, now.date())
    item = items(await load(tx))[old.id]
    before, after = (_said(old), _said(item)) if what in ("changed", "restored") else ("", "")
    await audit.append(tx, instant(now), actor.user_id, f"content-{what}", _subject(old), before, after)
    return Outcome(f"content-{what}", {"item": old.id})


def _subject(item: Item) -> str:
    return f"{item.kept.kind}:{item.id}"


def _said(item: Item) -> str:
    return " | ".join(part for part in (item.text, item.tip, item.avoid) if part)
