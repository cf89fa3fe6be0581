"""The content files of locales/ as records: duties, phrases, festivals, lunar days."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bot.domain.calendar import Calendar, Festival
from storage.records import Duty, Phrase

LOCALES = Path(__file__).parent.parent / "locales"
CHINESE = "zh"


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


def _duty(row: Mapping[str, str]) -> Duty:
    return Duty(row["id"], row["kind"], row["shown"] or row["text"], row["short"], row["practice_question"])


def _rows(language: str, name: str) -> list[dict[str, str]]:
    path = LOCALES / language / "content" / f"{name}.csv"
    if not path.exists():
        path = LOCALES / CHINESE / "content" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
