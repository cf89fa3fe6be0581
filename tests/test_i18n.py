"""Words and their limits: what is put into a text stays text, and a message never gets longer than Telegram takes."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.markup import units
from bot.i18n import LANGUAGES, Html, MissingText, negotiate, translator
from bot.sandbox.rules import Args, check_markup
from bot.sandbox.text import parse_html, utf16
from bot.views.parts import CAPTION_LIMIT, LABEL_LIMIT, TEXT_LIMIT, button, clip, column

NAMES = st.one_of(
    st.text(min_size=1, max_size=40),
    st.text(st.sampled_from("<>&\"'/;#b a=张\u200f\u202e\u0301👍🏽\u200d{}$%*_`[]()"), min_size=1, max_size=40),
    st.sampled_from(
        ["<3", "</b>", "<b>", "&lt;", "&amp;lt;", "{ $name }", "<a href='tg://user?id=1'>x</a>", "مريم", "‮gnp"]
    ),
).filter(lambda name: "\0" not in name)


@settings(deadline=None)
@given(NAMES, st.sampled_from(LANGUAGES))
def test_whatever_somebody_is_called_he_is_only_text(name: str, language: str) -> None:
    t = translator(language)
    source = t("members-line", mark="●", number="ZF1", name=name)
    text, entities = parse_html(source)
    assert name in text
    assert entities == parse_html(t("members-line", mark="●", number="ZF1", name="x"))[1] or not entities


@settings(deadline=None)
@given(NAMES)
def test_markup_inside_markup_is_escaped_once(name: str) -> None:
    t = translator("zh")
    inner = Html(t("role-leader"))
    outer = t("members-line-more", mark="●", number="1", name=name, more=inner)
    assert parse_html(outer)[0].count(name) >= 1


@settings(deadline=None)
@given(NAMES)
def test_a_button_shows_the_name_itself(name: str) -> None:
    shown = translator("en").plain("members-line", mark="-", number="1", name=name)
    assert name in shown
    label = button(html.escape(name), "x:1").text
    assert units(label) <= LABEL_LIMIT
    assert label == clip(html.unescape(html.escape(name)), LABEL_LIMIT)


@given(st.text(), st.integers(2, 100))
def test_a_clipped_text_fits_and_is_a_beginning(text: str, limit: int) -> None:
    short = clip(text, limit)
    assert units(short) <= limit
    assert short == text or (text.startswith(short[:-1]) and short.endswith("…"))
    assert (short == text) == (units(text) <= limit)
    if short != text:
        assert units(short) >= limit - 1, "no more is cut than has to be"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_length_is_counted_as_telegram_counts_it(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le")) // 2 == utf16(text)


@pytest.mark.parametrize(
    ("limit", "letter"), [(TEXT_LIMIT, "好"), (TEXT_LIMIT, "😀"), (CAPTION_LIMIT, "🇨🇳"), (5, "👨‍👩‍👧")]
)
def test_a_text_at_its_limit_stays_whole(limit: int, letter: str) -> None:
    whole = letter * (limit // units(letter))
    assert clip(whole, limit) == whole
    assert units(clip(whole + letter, limit)) <= limit


@given(st.lists(st.integers(), max_size=30), st.integers(1, 5))
def test_a_column_keeps_every_button_in_its_place(numbers: list[int], width: int) -> None:
    rows = column([button(str(n), f"x:{place}") for place, n in enumerate(numbers)], width)
    assert [b.data for row in rows for b in row] == [f"x:{place}" for place in range(len(numbers))]
    assert all(1 <= len(row) <= width for row in rows)
    assert all(len(row) == width for row in rows[:-1])


@given(st.text(min_size=1, max_size=60).filter(str.strip))
def test_a_button_of_ours_is_a_button_of_telegrams(text: str) -> None:
    shown = button(text, "x:1")
    if shown.text.strip():
        check_markup({"inline_keyboard": [[{"text": shown.text, "callback_data": shown.data}]]})
    assert Args({}).text("nothing") == ""


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("zh-hans", "zh"), ("zh", "zh"), ("ZH_TW", "zh"), ("en", "en"), ("en-GB", "en"), ("EN-us", "en"),
        ("fr", "zh"), ("", "zh"), (None, "zh"), ("e", "zh"), ("zhx", "zh"), ("-", "zh"),
    ],
)  # fmt: skip
def test_the_language_that_is_spoken(asked: str | None, language: str) -> None:
    assert negotiate(asked, "zh") == language


def test_a_missing_text_or_variable_is_an_error_and_no_hole_in_a_message() -> None:
    t = translator("zh")
    with pytest.raises(MissingText, match="no-such-key"):
        t("no-such-key")
    with pytest.raises(MissingText, match="error-parked"):
        t("error-parked")


def test_numbers_are_shown_as_they_are() -> None:
    for language in LANGUAGES:
        assert "1234567" in translator(language)("error-parked", number=1234567)


def test_names_in_a_row_have_the_comma_of_their_language() -> None:
    assert translator("zh").listed(["甲", "乙"]) == "甲、乙"
    assert translator("en").listed(["a", "b"]) == "a, b"
