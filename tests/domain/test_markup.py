"""Formatting survives, nothing else becomes markup."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.markup import Entity, Unparsable, from_message, from_tags, units, visible


def test_formatting_of_the_client_becomes_tags() -> None:
    text = "周五 开会 请看 这里"
    entities = [Entity("bold", 0, 2), Entity("italic", 3, 2), Entity("text_link", 9, 2, "https://example.org/?a=1&b=2")]
    expected = '<b>周五</b> <i>开会</i> 请看 <a href="https://example.org/?a=1&amp;b=2">这里</a>'
    assert from_message(text, entities) == expected


def test_offsets_are_counted_as_telegram_counts_them() -> None:
    assert from_message("😀😀粗体", [Entity("bold", 4, 2)]) == "😀😀<b>粗体</b>"
    assert from_message("👨‍👩‍👧 שלום مرحبا", [Entity("underline", 9, 4)]) == "👨‍👩‍👧 <u>שלום</u> مرحبا"


def test_nested_and_overlapping_formatting_closes_in_order() -> None:
    assert from_message("abcd", [Entity("bold", 0, 4), Entity("italic", 1, 2)]) == "<b>a<i>bc</i>d</b>"
    assert from_message("abcd", [Entity("bold", 0, 3), Entity("italic", 2, 2)]) == "<b>ab<i>c</i></b><i>d</i>"


def test_the_command_before_a_text_is_cut_with_its_formatting() -> None:
    text = "/notice  开会 请到场"
    entities = [Entity("bot_command", 0, 7), Entity("bold", 0, 11)]
    assert from_message(text, entities, start=9) == "<b>开会</b> 请到场"


@pytest.mark.parametrize(
    ("kind", "url"),
    [("text_link", "javascript:alert(1)"), ("text_link", "tg://user?id=1"), ("text_mention", ""), ("custom_emoji", "")],
)
def test_what_may_not_go_out_becomes_plain_text(kind: str, url: str) -> None:
    assert from_message("<点>", [Entity(kind, 0, 3, url)]) == "&lt;点&gt;"


def test_typed_tags_are_taken_where_there_is_no_other_formatting() -> None:
    assert from_message("<b>重要</b>：1 < 2 & <3", []) == "<b>重要</b>：1 &lt; 2 &amp; &lt;3"
    assert from_tags("<STRONG>a</strong> <em>b</em>") == "<b>a</b> <i>b</i>"
    assert from_tags("<a href='https://x.org/?a=1&amp;b=2'>x</a>") == '<a href="https://x.org/?a=1&amp;b=2">x</a>'
    assert from_message("<b>粗</b>", [Entity("italic", 0, 1)]) == "<i>&lt;</i>b&gt;粗&lt;/b&gt;"


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("<b>没有结尾", "<b>"),
        ("没有开头</b>", "</b>"),
        ("<b><i>交错</b></i>", "</b>"),
        ('<a href="javascript:x">x</a>', '<a href="javascript:x">'),
        ("<a>x</a>", "<a>"),
        ('<b onclick="x">x</b>', '<b onclick="x">'),
    ],
)
def test_tags_that_do_not_fit_are_named(typed: str, tag: str) -> None:
    with pytest.raises(Unparsable) as found:
        from_tags(typed)
    assert str(found.value) == tag


def test_control_characters_go_and_lines_stay() -> None:
    assert from_message("\n一\x00二\x07\n三\ud800\n", []) == "一二\n三"


def test_length_is_that_of_what_is_read() -> None:
    assert visible("<b>1 &lt; 2</b>") == "1 < 2"
    assert units("😀a") == 3


ENTITIES = st.builds(
    Entity,
    st.sampled_from(["bold", "italic", "spoiler", "pre", "text_link", "url"]),
    st.integers(-3, 30),
    st.integers(0, 30),
    st.just("https://x.org"),
)


@given(st.text(max_size=20), st.lists(ENTITIES, max_size=5))
def test_whatever_comes_its_tags_are_balanced_and_its_text_is_kept(text: str, entities: list[Entity]) -> None:
    try:
        made = from_message(text, entities)
    except Unparsable:
        return
    assert "".join(html.unescape(part) for part in re.split("<[^<>]*>", made)) == visible(made)
    depth = list[str]()
    for slash, name in re.findall(r"<(/?)([a-z-]+)[^<>]*>", made):
        if slash:
            assert depth.pop() == name
        else:
            depth.append(name)
    assert depth == []
