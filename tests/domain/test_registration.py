"""Staff number and name as people write them; how alike an account's name is to the roster's."""

from collections.abc import Iterator

import pytest

from bot.demo import demo_people
from bot.domain.registration import (
    GROUPS,
    Claim,
    Likeness,
    bare_code_in,
    likeness,
    read_claim,
    same_name,
    visible,
)

CODE = "gvg-wgE9zHYnGJ6frLAXQQ"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CODE, CODE),
        (f" 邀请码：{CODE}\n", CODE),
        (f"我的邀请码是 {CODE}。", CODE),
        (f"start {CODE}", CODE),
        (f"Code: {CODE}", CODE),
        (CODE[:-1], ""),
        (f"{CODE}x", ""),
        (f"请问 {CODE} 怎么用", ""),
        ("ZF004 王芳", ""),
        ("邀请码", ""),
    ],
)
def test_a_code_may_come_without_its_link(text: str, code: str) -> None:
    assert bare_code_in(text) == code


@pytest.mark.parametrize(
    ("text", "number", "name"),
    [
        ("ZF004 王芳", "ZF004", "王芳"),
        ("zf004王芳", "ZF004", "王芳"),
        ("王芳 ZF004", "ZF004", "王芳"),
        ("ｚｆ００４　王芳", "ZF004", "王芳"),
        ("ZF 004 王 芳", "ZF004", "王芳"),
        ("工号：ZF004，姓名：王芳", "ZF004", "王芳"),
        ("我的工号是ZF004", "ZF004", ""),
        ("我是王芳，工号 1001", "1001", "王芳"),
        ("姓名是王芳", "", "王芳"),
        ("1001", "1001", ""),
        ("ZF-004", "ZF-004", ""),
        ("A001阿卜杜拉·买买提", "A001", "阿卜杜拉·买买提"),
        ("A001 阿卜杜拉.买买提", "A001", "阿卜杜拉·买买提"),
        ("A001 阿卜杜拉・买买提", "A001", "阿卜杜拉·买买提"),
        ("ZF004\n王芳", "ZF004", "王芳"),
        ("1001 John Smith", "1001", "John Smith"),
        ("John Smith 1001", "1001", "John Smith"),
        ("ZF 004", "ZF004", ""),
        ("John Smith", "", "John Smith"),
        ("staff number: 1001, name: John", "1001", "John"),
        ("\u202eZF004\u200b 王\u200d芳", "ZF004", "王芳"),
    ],
)
def test_number_and_name_are_read_in_any_order_and_width(text: str, number: str, name: str) -> None:
    assert read_claim(text) == Claim(number, name)


@pytest.mark.parametrize(
    "text", ["", "  ", "😀" * 3, "王" * 61, "1" * 41, "x" * 201, "。。。", "\u202e\u200b", "<" * 10]
)
def test_what_can_be_neither_is_not_read(text: str) -> None:
    assert read_claim(text) is None


@pytest.mark.parametrize(
    ("given", "roster", "same"),
    [
        ("王芳", "王芳", True),
        ("王 芳", "王芳", True),
        ("王芳", "王 芳", True),
        ("阿卜杜拉·买买提", "阿卜杜拉•买买提", True),
        ("john smith", "John Smith", True),
        ("王方", "王芳", False),
        ("王", "王芳", False),
        ("", "", False),
    ],
)
def test_names_are_compared_without_spaces_width_and_case(given: str, roster: str, same: bool) -> None:
    assert same_name(given, roster) is same


@pytest.mark.parametrize("text", ["G11 管理员本人", "G11管理员", "工号G11 姓名管理员本人", "本人管理员本人 G11"])
def test_a_name_with_what_one_says_of_oneself_in_it_can_be_claimed(text: str) -> None:
    """The outside tester's: 管理员本人 stood on the roster and fitted nothing that could be written."""
    claim = read_claim(text)
    assert claim is not None and claim.number == "G11"
    assert same_name(claim.name, "管理员本人")
    assert not same_name(claim.name, "本人") and not same_name(claim.name, "管理")


HIDDEN = ("\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202e", "\u2060", "\u2066", "\ufeff", "\u00ad",
          "\u034f", "\u115f", "\u3164", "\u2800", "\u0301", "\ufe0f", "\U000e0041", "\u180e", "\u2069")  # fmt: skip
CONFUSABLE = ("Wаng Fang", "Wang Fаng", "Wαng Fang", "Ꮃang Fang", "Wang Fang1", "玉芳", "⺩芳", "⽟芳", "王艻", "王 苏")


def lookalikes() -> list[str]:
    made = [left + char + right for char in HIDDEN for left, right in (("", "王芳"), ("王", "芳"), ("王芳", ""))]
    made += [f"{name}{char}" for name in CONFUSABLE for char in ("", *HIDDEN)]
    made += [f"{a}王{b}芳" for a in HIDDEN for b in HIDDEN]
    return made


def test_every_lookalike_of_five_hundred_is_flagged() -> None:
    names = lookalikes()
    assert len(names) >= 500
    assert [n for n in names if likeness(n, "王芳") is Likeness.SAME or likeness(n, "Wang Fang") is Likeness.SAME] == []


def swapped(name: str) -> Iterator[str]:
    """The name with one character given as another one of its group, or as a form of itself that only looks so."""
    for at, char in enumerate(name):
        for group in GROUPS:
            if char.casefold() in group:
                for other in group:
                    if other != char.casefold():
                        yield name[:at] + other + name[at + 1 :]
        if char.isascii() and char.isalpha():
            yield name[:at] + chr(ord(char) + 0xFEE0) + name[at + 1 :]  # full width


def test_no_sign_stands_in_two_groups() -> None:
    """It would read as the one of them only."""
    signs = [sign for group in GROUPS for sign in group]
    assert len(signs) == len(set(signs))


def test_every_swapped_letter_and_every_hidden_one_is_called_a_lookalike() -> None:
    """The whole table, in Chinese names and in Latin ones: what the approver's card warns of."""
    roster = [person.name for person in demo_people()] + [
        "Wang Fang",
        "Li Xiaoming",
        "Zhao Qian",
        "己土未千",
        "John Smith",
    ]
    made = [(other, name) for name in roster for other in swapped(name)]
    made += [(name[:1] + char + name[1:], name) for name in roster for char in HIDDEN]
    assert len(made) >= 500
    assert [pair for pair in made if likeness(*pair) is not Likeness.LOOKALIKE] == []


@pytest.mark.parametrize(
    ("account", "roster", "expected"),
    [
        ("王芳", "王芳", Likeness.SAME),
        ("芳 王", "王芳", Likeness.SAME),  # given name first, as Telegram asks for it
        ("fang wang", "Wang Fang", Likeness.SAME),
        ("王\u200b芳", "王芳", Likeness.LOOKALIKE),
        ("\u202e芳王", "王芳", Likeness.LOOKALIKE),
        ("玉芳", "王芳", Likeness.LOOKALIKE),
        ("Wаng Fang", "Wang Fang", Likeness.LOOKALIKE),
        ("张カ", "张力", Likeness.LOOKALIKE),  # of another script
        ("张ｶ", "张力", Likeness.LOOKALIKE),
        ("ㄚ丫", "丫丫", Likeness.LOOKALIKE),
        ("扬凤", "杨凤", Likeness.LOOKALIKE),
        ("小芳🌸", "王芳", Likeness.DIFFERENT),
        ("", "王芳", Likeness.DIFFERENT),
    ],
)
def test_likeness_tells_the_same_from_what_only_looks_so(account: str, roster: str, expected: Likeness) -> None:
    assert likeness(account, roster) is expected


def test_a_hostile_name_is_shown_without_what_disturbs_its_card() -> None:
    shown = visible("\u202eEvil\n\n<b>" + "e\u0301\u0302" * 50 + "\u200b", 60)
    assert shown == "Evil  <b>" + "e" * 50
    assert len(visible("王" * 500, 60)) == 60
