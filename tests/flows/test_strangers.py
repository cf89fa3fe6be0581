"""Nothing that a stranger can send tells him whether a person, a code or a department is there."""

from bot.domain.access import COMMANDS
from bot.services import invites
from bot.services.registration import TRIES
from storage import departments
from storage import invites as rows
from tests.flows.test_codes_everywhere import FORGED
from tests.hall import NOW, OWN, STRANGER, Answers, Hall

# What is there, and what looks like it and is not.
PAIRS = (("沈志强", "沈志刚刚"), ("ZF005", "ZF995"), ("执法处", "执罚处"))
NOBODY = 987_654


def seen(answers: Answers, said: str) -> list[tuple[object, ...]]:
    """All of it, but for his own words if they are repeated to him."""
    return [
        (
            one.text.replace(said, "#"),
            [[(b.text.replace(said, "#"), b.data.replace(said, "#")) for b in row] for row in one.buttons],
            one.menu,
            one.commands,
            one.photo,
            one.document,
        )
        for one in answers
    ]


async def test_every_command_and_every_word_is_answered_alike(hall: Hall) -> None:
    compared = 0
    for there, absent in PAIRS:
        for head in ("", "查找 ", "通知 ", *(f"/{command} " for command in COMMANDS if command != "start")):
            one, other = await hall.says(STRANGER, head + there), await hall.says(STRANGER, head + absent)
            assert one and seen(one, there) == seen(other, absent), head + there
            compared += 1
    assert compared > 75


async def test_every_button_is_answered_alike(hall: Hall) -> None:
    for data in FORGED:
        act, _, rest = data.partition(":")
        absent = ":".join(str(NOBODY) if part.isdigit() and part != "0" else part for part in rest.split(":"))
        one, other = await hall.presses(STRANGER, data), await hall.presses(STRANGER, f"{act}:{absent}")
        assert one and seen(one, data) == seen(other, absent), data


async def dead_codes(hall: Hall) -> list[str]:
    """Codes that were good once: revoked, used up, past their end; and the hash of a good one."""
    owner, made = await hall.actor("owner"), []
    async with hall.db.write() as tx:
        place = await departments.find_by_path(tx, OWN)
        assert place is not None
        for column, value in (("revoked_at", 1), ("uses_left", 0), ("expires_at", 1)):
            code = await invites.create(tx, owner, place.id, NOW)
            assert code is not None
            await tx.execute(f"UPDATE invites SET {column} = ? WHERE code_hash = ?", value, invites.hashed(code))
            made.append(code)
        good = await invites.create(tx, owner, place.id, NOW)
        assert good is not None
    return [*made, invites.hashed(good), good[:-1], good.swapcase(), f"{good}a"]


async def test_every_code_that_does_not_open_is_answered_alike_and_guessing_is_locked(hall: Hall) -> None:
    wrong = [*(await dead_codes(hall)), "x" * 22, "1", "执法处", "ZF005", "'; --", "\u202e", "x" * 3000, "a b"]
    answers = []
    for number, code in enumerate(wrong):
        user = 50_000 + number  # each for the first time
        answers.append(seen(await hall.says(user, f"/start {code}"), code))
    assert all(answer == answers[0] for answer in answers)
    for number, code in enumerate([*(await dead_codes(hall)), "x" * 22, "1", "ZF005"]):
        link = f"https://t.me/wenming_bot?start={code}"  # pasted: the same as /start with the code in it
        assert seen(await hall.says(60_000 + number, link), link) == answers[0], link
    async with hall.db.write() as tx:
        place = await departments.find_by_path(tx, OWN)
        assert place is not None
        good = await invites.create(tx, await hall.actor("owner"), place.id, NOW)
    for number in range(TRIES):
        await hall.says(STRANGER, ("/start wrong", "t.me/wenming_bot?start=wrong")[number % 2])
    locked = [seen(await hall.says(STRANGER, f"/start {code}"), str(code)) for code in (good, *wrong[:3], "wrong")]
    locked.append(seen(await hall.says(STRANGER, f"https://t.me/wenming_bot?start={good}"), str(good)))
    assert all(answer == locked[0] for answer in locked) and locked[0] != answers[0]
    assert "尝试次数过多" in str(locked[0])
    async with hall.db.read() as tx:
        assert await rows.find_open(tx, invites.hashed(str(good)), int(NOW.timestamp() * 1000)) is not None
