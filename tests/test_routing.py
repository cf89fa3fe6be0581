"""Which handler is asked, and which is not."""

import threading
from typing import Any

import pytest
from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import Message

from bot.events import Press
from handlers.routing import Routes


class Apple(CallbackData, prefix="apple"):
    act: str


class Pear(CallbackData, prefix="pear"):
    act: str


def press(data: str) -> Press:
    user = {"id": 1, "is_bot": False}
    return Press.model_validate({"id": "1", "from": user, "data": data})


def message(text: str) -> Message:
    return Message.model_validate({"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": text})


def orchard() -> tuple[Routes, list[str]]:
    """Two routers and what is asked of whom: the first takes nothing but from `private` rooms."""
    asked: list[str] = []

    def looks(name: str) -> Any:
        def look(query: Press) -> bool:
            asked.append(name)
            return True

        return look

    first, second = Router(), Router()
    first.callback_query.filter(lambda query, private: private)

    @first.callback_query(Apple.filter(F.act == "eat"), looks("apple"))
    async def on_apple(query: Press, callback_data: Apple) -> str:
        return f"apple {callback_data.act}"

    @second.callback_query(looks("pear"), Pear.filter())
    async def on_pear(query: Press, callback_data: Pear, house: str) -> str:
        return f"pear {callback_data.act} {house}"

    @second.message(F.text == "pear", lambda message: {"found": threading.current_thread().name})
    async def on_word(message: Message, found: str) -> str:
        return found

    @second.callback_query(looks("anything"))
    async def on_anything(query: Press, **given: Any) -> str:
        return f"anything {sorted(given)}"

    return Routes([first, second]), asked


@pytest.mark.parametrize(
    ("data", "private", "answer", "looked"),
    [
        ("apple:eat", True, "apple eat", ["apple"]),
        ("apple:eat", False, "anything ['house', 'private']", ["anything"]),
        ("apple:throw", True, "anything ['house', 'private']", ["anything"]),
        ("pear:eat", True, "pear eat h", ["pear"]),
        ("pear:a:b", True, "anything ['house', 'private']", ["anything"]),
        ("plum", True, "anything ['house', 'private']", ["anything"]),
        ("", True, "anything ['house', 'private']", ["anything"]),
    ],
)
async def test_a_press_is_for_the_first_whose_button_it_is_and_nobody_else_is_asked(
    data: str, private: bool, answer: str, looked: list[str]
) -> None:
    routes, asked = orchard()
    assert await routes.answer("callback_query", press(data), {"private": private, "house": "h"}) == answer
    assert asked == looked


async def test_a_filter_that_is_a_plain_function_is_asked_on_the_loop_and_what_it_finds_is_given_on() -> None:
    routes, _ = orchard()
    assert await routes.answer("message", message("pear"), {}) == threading.current_thread().name


async def test_what_is_for_nobody_has_no_answer() -> None:
    routes, _ = orchard()
    assert await routes.answer("message", message("plum"), {}) is None
    assert await routes.answer("my_chat_member", message("pear"), {}) is None
