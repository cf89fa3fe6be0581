"""Wherever the bot waits for somebody's own words, what it has just said asks for nothing classified."""

import re
from collections.abc import Mapping

import pytest

from bot.services import invites
from handlers.filters import At
from storage import departments
from tests.hall import NOW, OWN, Answers, Hall, bytes_of, data_of, user_of
from tests.test_architecture import handlers_of_the_bot

# How each step that takes words is reached: who, and what he says (or presses: a pattern of what a button carries).
WAYS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "registration:consent": ("stranger", ("/start CODE",)),
    "registration:number": ("stranger", ("/start CODE", "press consent:1")),
    "registration:name": ("stranger", ("/start CODE", "press consent:1", "ZF003")),
    "checkins:date": ("staff", ("/checkin",)),
    "checkins:hours": ("staff", ("/checkin", "昨天")),
    "checkins:text": ("staff", ("/checkin", "昨天", "2")),
    "checkins:late": ("staff", ("/checkin 2026-09-01 2 植树",)),
    "checkins:photo": ("staff", ("/checkin 2 植树", "press co:photo:")),
    "checkins:answer": ("staff", ("/checkin 2 植树", "asked", "press co:answer:")),
    "review:return": ("leader", ("/pending", "press rv:later:", "press rv:return:")),
    "review:ask": ("leader", ("/pending", "press rv:later:", "press rv:ask:")),
    "review:void": ("office", ("voidable", "press rv:void:")),
    "members:ask": ("leader", ("/members", "press members:find:")),
    "members:found": ("leader", ("/members 沈",)),
    "notices:text": ("leader", ("/notice",)),
    "notices:edit": ("leader", ("/notice 周五开会", "press nt:edit:")),
    "notices:group": ("leader", ("/notice 周五开会", "press nt:who:", "press na:.*:show::groups", "press nt:save:")),
    "notices:reason": ("office", ("waiting notice", "press nt:no:")),
    "holidays:asked": ("office", ("press cal:year:0",)),
    "holidays:read": ("office", ("press cal:unit:0", "10月31日放假")),
    "schedule:when": ("office", ("press pl:when:2:",)),
    "schedule:text": ("office", ("press pl:new:0:own",)),
    "content:text": ("office", ("/content", "press ct:add:phrase")),
    "content:tip": ("office", ("/content", "press ct:add:phrase", "请坐，我马上为您查")),
    "content:avoid": ("office", ("/content", "press ct:add:phrase", "请坐，我马上为您查", "起身让座")),
    "content:edit": ("office", ("press ct:edit-text:DONT-6:0:0",)),
    "content:search": ("office", ("/content", "press ct:find")),
    "settings:value": ("office", ("press set:target:",)),
    "grants:who": ("office", ("/grant", "press gr:give")),
    "grants:until": ("office", ("press gr:at:9:deputy:1:0:",)),
    "deliveries:text": ("office", ("press dl:correct:71:0",)),
    "deliveries:confirm": ("office", ("press dl:correct:71:0", "周五四点开会")),
    "people:find": ("office", ("press ps:find:0:",)),
    "people:value": ("office", ("press ps:name:9:",)),
    "people:day": ("office", ("press ps:status:9:on_leave", "press ps:day:9:")),
    "people:add": ("office", ("press ps:add:0:",)),
    "people:add-day": ("office", ("press ps:add:0:", "NEU1 某人 执法处", "press ps:add-day:0:")),
    "audit:find": ("owner", ("/audit", "press audit:find:")),
    "notices:when": ("leader", ("/notice 周五开会", "press nt:when:")),
    "notices:by": ("leader", ("/notice 周五开会", "press nw:")),
    "departments:words": ("office", ("press dp:rename:1:0",)),
    "departments:day": ("office", ("press dp:merge:1:0", OWN, "press dp:day:1:0")),
}
# Waits for the rest of an album, no words.
WORDLESS = {"notices:album"}


def steps() -> set[str]:
    """Every step of a dialogue at which a message is awaited, as the handlers themselves say."""
    at = [f for _, handler, filters in handlers_of_the_bot() for f in filters if isinstance(f, At)
          and "message" in handler.callback.__annotations__]  # fmt: skip
    return {state for one in at for state in one._states}


async def walked(hall: Hall, role: str, ways: tuple[str, ...], code: str) -> Answers:
    user, answers = user_of(role), ()
    for way in ways:
        if way == "asked":
            async with hall.db.write() as tx:
                await tx.execute("UPDATE checkins SET state = 'more_info' WHERE id = (SELECT MAX(id) FROM checkins)")
            number = await hall.value("SELECT MAX(id) FROM checkins")
            answers = await hall.presses(user, f"co:card:{number}")
        elif way == "voidable":
            number = await hall.value("SELECT MIN(id) FROM checkins WHERE state = 'confirmed'")
            answers = await hall.presses(user, f"rv:open:{number}:0")
        elif way == "waiting notice":
            async with hall.db.write() as tx:
                await tx.execute("UPDATE notices SET state = 'waiting' WHERE id = 72")
            answers = await hall.presses(user, "nt:open:72:1:0")
        elif way.startswith("press "):
            wanted = way.removeprefix("press ")
            found = [data for data in data_of(answers) if re.match(wanted, data)] or [wanted]
            answers = await hall.presses(user, found[0])
        else:
            answers = await hall.says(user, way.replace("CODE", code))
    return answers


async def state_of(hall: Hall, role: str) -> str | None:
    user = user_of(role)
    found: str | None = await hall.value("SELECT state FROM dialogs WHERE key = ?", f"{user}:{user}")
    return found


@pytest.mark.parametrize(("language", "word"), [("zh", "涉密"), ("en", "lassified")])
async def test_at_every_step_that_takes_words_stands_that_nothing_classified_may_be_sent(
    hall: Hall, language: str, word: str
) -> None:
    assert steps() - WORDLESS == set(WAYS), "a new step: how is it reached?"
    async with hall.db.write() as tx:
        await tx.execute("UPDATE accounts SET language = ?", language)
        place = await departments.find_by_path(tx, OWN)
        assert place is not None
        code = await invites.create(tx, await hall.actor("owner"), place.id, NOW)
    silent, missed = [], []
    for state, (role, ways) in WAYS.items():
        answers = await walked(hall, role, ways, code or "")
        if await state_of(hall, role) != state:
            missed.append((state, await state_of(hall, role), bytes_of(answers)[:200], list(data_of(answers))))
        elif word not in bytes_of(answers):
            silent.append((state, bytes_of(answers)[:200]))
        again = await hall.says(user_of(role), "？？？")
        if await state_of(hall, role) == state and word not in bytes_of(again):
            silent.append((f"{state} again", bytes_of(again)[:200]))
        await hall.says(user_of(role), "/cancel")
    assert missed == []
    assert not silent, "\n".join(map(str, silent))
