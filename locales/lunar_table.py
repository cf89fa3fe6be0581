"""Makes zh/content/lunar.csv: the days of the lunar festivals, which no formula in the program computes."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

from lunar_python import Lunar, LunarMonth

FIRST, LAST = 2020, 2050
CONTENT = Path(__file__).parent / "zh" / "content"


def day_in(festival: dict[str, str], year: int) -> date:
    """The festival's day in this lunar year (or, for a solar term, in this solar year)."""
    if festival["calendar"] == "solar_term":
        solar = Lunar.fromYmd(year, 6, 1).getJieQiTable()[festival["name"].removesuffix("节")]
    else:
        month = int(festival["month"])
        # Day 30 means the month's last; a leap month has no festivals.
        day = min(int(festival["day"]), LunarMonth.fromYm(year, month).getDayCount())
        solar = Lunar.fromYmd(year, month, day).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def table() -> str:
    with (CONTENT / "festivals.csv").open(encoding="utf-8", newline="") as file:
        moving = [row for row in csv.DictReader(file) if row["calendar"] != "solar"]
    years = range(FIRST - 1, LAST + 1)  # a lunar year ends in the next solar one
    rows = sorted((day_in(row, year), row["id"]) for year in years for row in moving)
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("date", "id"))
    writer.writerows((day.isoformat(), name) for day, name in rows if FIRST <= day.year <= LAST)
    return out.getvalue()


if __name__ == "__main__":
    (CONTENT / "lunar.csv").write_text(table(), encoding="utf-8")
