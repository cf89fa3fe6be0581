"""Messages with parts of a shape that we do not know: from a newer Telegram, from an older server of one's own."""

from typing import Any

import pytest

from tests.flows.conftest import Stage
from tests.flows.test_odd_updates import all_done, message, spread

NEWER: list[dict[str, Any]] = [
    {"photo": [{"file_id": 1}]},
    {"document": {"file_id": None}},
    {"contact": {"phone_number": 1}},
    {"location": {"latitude": "north"}},
    {"sticker": {"file_id": "s"}},
    {"voice": {"file_id": "s"}},
    {"poll": {"id": "1", "question": "?", "options": []}},
    {"gift": 5},
]


@pytest.mark.parametrize("part", NEWER, ids=lambda part: next(iter(part)))
async def test_a_message_of_a_shape_we_do_not_know_is_answered(demo: Stage, part: dict[str, Any]) -> None:
    person = demo.of("ZF005")
    here = {"id": person.id, "type": "private"}
    body = message(here, {"id": person.id, "is_bot": False, "first_name": "张"}, **part)
    del body["text"]
    spread(demo, body)
    assert "/help" in (await person.hears("/help")).text
    assert await all_done(demo) == {"done": 1}


async def test_a_command_is_one_whatever_it_answers(demo: Stage) -> None:
    person = demo.of("ZF005")
    here = {"id": person.id, "type": "private"}
    spread(demo, message(here, {"id": person.id, "is_bot": False, "first_name": "张"}, reply_to_message={"poll": 5}))
    assert "/checkin" in (await person.hears("/checkin")).text
