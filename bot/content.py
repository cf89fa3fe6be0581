"""The content files of locales/ as records: duties, phrases, festivals, lunar days; with what the unit made of them."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from bot.domain.calendar import Calendar, Festival
from storage.content import Kept
from storage.records import Duty, Phrase

LOCALES = Path(__file__).parent.parent / "locales"
CHINESE = "zh"
OWN = "own"  # the kind of a duty that the unit has added


@dataclass(frozen=True, slots=True)
class Content:
    duties: tuple[Duty, ...]  # as shown
    source_wording: Mapping[str, str]  # duty id -> the text of the source, also where another one is shown
    phrases: tuple[Phrase, ...]  # Chinese in every language
    festivals: tuple[Festival, ...]
    lunar: tuple[tuple[date, str], ...]  # (date, festival id)

    def calendar(
        self, overrides: Mapping[date, bool] | None = None, year_files: Mapping[date, bool] | None = None
    ) -> Calendar:
        return Calendar(overrides, year_files, self.festivals, self.lunar)


@cache
def load(language: str = CHINESE) -> Content:
    """The content in this language; what a language has not got is Chinese."""
    duties = sorted(_rows(language, "duties"), key=lambda row: (row["kind"] != "one", int(row["order"])))
    return Content(
        duties=tuple(_duty(row) for row in duties),
        source_wording={row["id"]: row["text"] for row in duties},
        phrases=tuple(
            Phrase(row["id"], row["scene"], row["phrase"], row["tip"], row["avoid"], row["festival"])
            for row in _rows(language, "phrases")
        ),
        festivals=tuple(
            Festival(
                row["id"],
                row["name"],
                row["calendar"],
                int(row["month"]),
                int(row["day"]),
                row["activity_idea"],
            )
            for row in _rows(language, "festivals")
        ),
        lunar=tuple((date.fromisoformat(row["date"]), row["id"]) for row in _rows(CHINESE, "lunar")),
    )


@dataclass(frozen=True, slots=True)
class Item:
    """A phrase or a duty as the office sees it, in use or not."""

    id: str  # P001, ONE-1; U7 for the unit's own
    kept: Kept  # what the unit has made of it
    text: str
    tip: str
    avoid: str = ""
    group: str = ""  # of a duty its kind (one, dont, own), of a phrase its festival

    @property
    def own(self) -> bool:
        return self.kept.shipped is None

    @property
    def reworded(self) -> bool:
        return not self.own and bool(self.kept.text or self.kept.tip)


@lru_cache(maxsize=4)
def items(kept: tuple[Kept, ...]) -> Mapping[str, Item]:
    """All there is, in Chinese: what ships, then the unit's own."""
    about = {row.shipped: row for row in kept if row.shipped}
    given = load()
    found = [
        Item(p.id, about.get(p.id) or Kept(0, "phrase", p.id), p.text, p.tip, p.avoid, p.festival)
        for p in given.phrases
    ]
    for duty in given.duties:
        row = about.get(duty.id) or Kept(0, "duty", duty.id)
        found.append(Item(duty.id, row, row.text or duty.text, row.tip or duty.question, group=duty.kind))
    for row in kept:
        if row.shipped is None:
            found.append(Item(f"U{row.id}", row, row.text, row.tip, row.avoid, OWN if row.kind == "duty" else ""))
    return {item.id: item for item in found}


@lru_cache(maxsize=4)
def in_use(kept: tuple[Kept, ...]) -> tuple[tuple[Phrase, ...], tuple[Duty, ...]]:
    """What the days are chosen from."""
    scenes = {phrase.id: phrase.scene for phrase in load().phrases}
    shorts = {duty.id: duty.short for duty in load().duties}
    active = [item for item in items(kept).values() if item.kept.active]
    phrases = (
        Phrase(i.id, scenes.get(i.id, ""), i.text, i.tip, i.avoid, i.group) for i in active if i.kept.kind == "phrase"
    )
    duties = (Duty(i.id, i.group, i.text, shorts.get(i.id, i.text), i.tip) for i in active if i.kept.kind == "duty")
    return tuple(phrases), tuple(duties)


def _duty(row: Mapping[str, str]) -> Duty:
    return Duty(row["id"], row["kind"], row["shown"] or row["text"], row["short"], row["practice_question"])


def _rows(language: str, name: str) -> list[dict[str, str]]:
    path = LOCALES / language / "content" / f"{name}.csv"
    if not path.exists():
        path = LOCALES / CHINESE / "content" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
