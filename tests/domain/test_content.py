"""The content files: complete, as the source has them, and the lunar table made by its script."""

import importlib.util
from datetime import date

import pytest

from bot.content import LOCALES, load


def test_the_script_makes_exactly_the_lunar_table_that_is_kept() -> None:
    spec = importlib.util.spec_from_file_location("lunar_table", LOCALES / "lunar_table.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.table() == (LOCALES / "zh" / "content" / "lunar.csv").read_text(encoding="utf-8")


def test_every_moving_festival_has_its_days_to_2050() -> None:
    content = load()
    for festival in content.festivals:
        days = [day for day, name in content.lunar if name == festival.id]
        assert len(days) == (0 if festival.calendar == "solar" else 31)
    assert max(day for day, _ in content.lunar).year == 2050


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2020, 1, 25), "spring_festival"),
        (date(2023, 1, 22), "spring_festival"),
        (date(2024, 2, 9), "chuxi"),  # month 12 has 29 days
        (date(2029, 2, 12), "chuxi"),  # and here 30
        (date(2020, 6, 25), "duanwu"),  # after a leap month 4
        (date(2025, 8, 29), "qixi"),  # after a leap month 6
        (date(2025, 10, 6), "mid_autumn"),
        (date(2033, 9, 8), "mid_autumn"),  # before the leap month 11
        (date(2028, 4, 4), "qingming"),
    ],
)
def test_known_days_stand_in_the_lunar_table(day: date, name: str) -> None:
    assert (day, name) in load().lunar


@pytest.mark.parametrize("language", ["zh", "en"])
def test_eleven_duties_five_to_do_and_six_not_to(language: str) -> None:
    duties = load(language).duties
    assert [duty.id for duty in duties] == [f"ONE-{n}" for n in range(1, 6)] + [f"DONT-{n}" for n in range(1, 7)]
    assert [duty.kind for duty in duties] == ["one"] * 5 + ["dont"] * 6
    assert all(duty.text and duty.short and duty.question for duty in duties)


def test_english_duties_are_english_and_the_phrases_stay_chinese() -> None:
    english = load("en")
    assert all(duty.text.isascii() and duty.short.isascii() and duty.question.isascii() for duty in english.duties)
    assert english.phrases == load().phrases
    assert english.festivals == load().festivals


def test_the_sixth_not_to_is_shown_for_any_office_and_its_source_wording_kept() -> None:
    content = load()
    shown = {duty.id: duty.text for duty in content.duties}
    assert shown["DONT-6"] == "不让本机关的形象在我这里受到影响"
    assert content.source_wording["DONT-6"] == "不让政法委机关的形象在我这里受到影响"
    assert all(shown[name] == text for name, text in content.source_wording.items() if name != "DONT-6")


def test_the_phrases_are_whole() -> None:
    phrases = load().phrases
    assert len(phrases) == len({phrase.id for phrase in phrases}) == 374
    assert sum(bool(phrase.avoid) for phrase in phrases) == 138
    assert all(phrase.text and phrase.tip and phrase.scene for phrase in phrases)
    festivals = {festival.id for festival in load().festivals}
    greetings = {phrase.id: phrase.festival for phrase in phrases if phrase.festival}
    assert list(greetings) == [f"P{n}" for n in range(341, 355)]
    assert set(greetings.values()) <= festivals
    assert len(festivals) == 32


def test_the_content_files_are_plain_utf_8() -> None:
    files = sorted(LOCALES.glob("*/content/*.csv"))
    assert {"duties.csv", "festivals.csv", "lunar.csv", "phrases.csv"} <= {file.name for file in files}
    for file in files:
        raw = file.read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in raw
        raw.decode()
