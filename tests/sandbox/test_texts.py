"""Formatted text: what is parsed, what is refused and with which words."""

import pytest

from bot.sandbox.rules import ApiError
from bot.sandbox.text import find_entities, merged, parse_html, to_html, trim, utf16


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("早安", "早安", []),
        ("<b>早</b>安", "早安", [("bold", 0, 1)]),
        ("<strong>a</strong><em>b</em><ins>c</ins><strike>d</strike>", "abcd",
         [("bold", 0, 1), ("italic", 1, 1), ("underline", 2, 1), ("strikethrough", 3, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("😀<b>x</b>", "😀x", [("bold", 2, 1)]),
        ("1 &lt; 2 &amp; &quot;x&quot; &#65;&#x1F600;", '1 < 2 & "x" A😀', []),
        ("&nbsp; &copy;", "&nbsp; &copy;", []),
        ("a & b", "a & b", []),
        ('<span class="tg-spoiler">x</span><tg-spoiler>y</tg-spoiler>', "xy",
         [("spoiler", 0, 1), ("spoiler", 1, 1)]),
        ("<blockquote>q</blockquote>", "q", [("blockquote", 0, 1)]),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
        ("<code>x</code><pre>y</pre>", "xy", [("code", 0, 1), ("pre", 1, 1)]),
        ("<B>x</b>", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("<b>x</>", "x", [("bold", 0, 1)]),
    ],
)  # fmt: skip
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    plain, found = parse_html(source)
    assert plain == text
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


def test_links_keep_their_address_and_mentions_their_person() -> None:
    _, found = parse_html("<a href=\"https://example.org/?a=1&amp;b=2\">x</a><a href='tg://user?id=7'>y</a>")
    assert found[0]["url"] == "https://example.org/?a=1&b=2"
    assert found[1] == {"offset": 1, "length": 1, "type": "text_mention", "user_id": 7}


def test_a_link_without_a_proper_address_is_dropped_silently() -> None:
    assert parse_html('<a href="nowhere">x</a>') == ("x", [])


@pytest.mark.parametrize(
    "source",
    [
        '<pre><code class="language-python">x</code></pre>',
        '<code class="language-python"><pre>x</pre></code>',
    ],
)
def test_a_code_block_has_a_language(source: str) -> None:
    assert parse_html(source)[1] == [{"offset": 0, "length": 1, "type": "pre", "language": "python"}]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("早<b>x</i>", 'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'),
        ("早<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 3'),
        ("a <3 b", 'Unsupported start tag "3" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <", "Unclosed start tag at byte offset 2"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ('<a href', 'Unclosed start tag "a" at byte offset 0'),
        ('<a href=', 'Unclosed start tag "a" at byte offset 0'),
        ('<a "x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji emoji-id='x'>x</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)  # fmt: skip
def test_broken_html_is_refused_with_the_byte_where_it_breaks(source: str, message: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {message}"


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ApiError, match="unmatched surrogate"):
        parse_html("&#xD800;")


def test_length_is_counted_in_utf16_units() -> None:
    assert [utf16(text) for text in ("abc", "早安", "😀", "a😀早")] == [3, 2, 2, 4]


def test_white_space_around_a_text_is_dropped_and_entities_follow() -> None:
    assert trim("  x  ", []) == ("x", [])
    assert trim("\n a b \n", [{"type": "bold", "offset": 4, "length": 3}]) == (
        "a b",
        [{"type": "bold", "offset": 2, "length": 1}],
    )
    assert trim("  x", [{"type": "code", "offset": 0, "length": 3}])[0] == "  x"


def test_commands_links_mentions_and_hashtags_are_found() -> None:
    text = "/start@demo_bot 看 https://t.me/x?start=1 @zhang_wei #志愿 a/b 1/2 me@x.org"
    assert [e["type"] for e in find_entities(text)] == ["bot_command", "url", "mention", "hashtag"]
    assert find_entities("<script>alert(1)</script>") == []


def test_nothing_is_found_inside_code() -> None:
    text, entities = parse_html("<code>/start</code> /help")
    assert [(e["type"], e["offset"]) for e in merged(text, entities)] == [("code", 0), ("bot_command", 7)]


def test_display_html_is_escaped_nested_and_harmless() -> None:
    text, entities = parse_html('<b>a<i>&lt;script&gt;</i></b> <a href="javascript://x.y">z</a>')
    assert to_html(text, entities) == "<b>a<i>&lt;script&gt;</i></b> z"


def test_display_html_survives_overlapping_and_emoji() -> None:
    entities = [{"type": "bold", "offset": 0, "length": 3}, {"type": "italic", "offset": 2, "length": 3}]
    assert to_html("😀ab&c", entities) == "<b>😀<i>a</i></b>b&amp;c"


def test_display_html_shows_links_to_the_web_only() -> None:
    html = to_html("x", [{"type": "text_link", "offset": 0, "length": 1, "url": 'https://a.b/"><script>'}])
    assert html.startswith('<a href="https://a.b/&quot;&gt;&lt;script&gt;"')
