"""A notice from its text to its end, and what the server's own ledger says of it."""

import asyncio
import re
from collections import Counter

from bot.sandbox.state import SentMessage
from tests.flows.conftest import PATIENCE, Person, Stage, rows

TEXT = "周五下午三点开会"
SENDS = ("sendMessage", "sendPhoto", "sendDocument")


async def without_mornings(stage: Stage) -> None:
    """The day's own message stays out of the way."""
    async with stage.app.db.write() as tx:
        await tx.execute("UPDATE accounts SET muted = 1")


async def begun(sender: Person, *options: str, text: str = TEXT) -> None:
    """Write a notice and send it."""
    await sender.says(f"/notice {text}")
    for option in options:
        await sender.presses(option, sender.last)
    await sender.presses("预览并发送")
    await sender.presses("发送（", sender.last)


async def followed(stage: Stage) -> None:
    """What the clock's tick does."""
    await stage.app._follow(stage.clock.now())


async def at_rest(stage: Stage) -> None:
    """Until nothing that may leave now is on the way; a bot that has just started is woken by its clock."""
    async with asyncio.timeout(PATIENCE):
        while await rows(
            stage,
            "SELECT 1 FROM outbox o LEFT JOIN occurrences c ON c.id = o.occurrence_id WHERE o.state = 'sending' OR"
            " (o.state = 'pending' AND o.not_before <= ? AND COALESCE(c.state, 'planned') = 'planned') LIMIT 1",
            int(stage.clock.now().timestamp() * 1000),
        ):
            stage.app.sender.wake()
            await asyncio.sleep(0.005)


async def ended(stage: Stage) -> None:
    """Until a sending has come to its end and its sender has been told."""
    for _ in range(2):  # the live message has to stand before it can end
        await at_rest(stage)
        await followed(stage)
    await at_rest(stage)


async def done(stage: Stage, sender: Person, *options: str, text: str = TEXT) -> SentMessage:
    """A notice that was sent to its end; the page as its sender has it."""
    await begun(sender, *options, text=text)
    await ended(stage)
    return await sender.hears("已发完")


def got(stage: Stage, words: str = TEXT) -> Counter[int]:
    """How often the server has put these words into each chat as a notice; its ledger, never the bot's word."""
    found: Counter[int] = Counter()
    previous: dict[int | None, str] = {}
    for call in stage.sandbox.ledger:
        text = str(call.params.get("text") or call.params.get("caption") or "")
        if call.method in SENDS and call.delivered and call.chat_id is not None:
            found[call.chat_id] += is_notice(text, words)
            found[call.chat_id] -= text.startswith("📋 <b>发送前") and is_notice(previous.get(call.chat_id, ""), words)
            previous[call.chat_id] = text  # a preview is followed by the sum
    return +found


def is_notice(text: str, words: str) -> bool:
    return words in text and bool(re.match(r"(🔔.*\n\n)?📢 <b>(重要)?通知</b>", text))


def number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    assert found, f"{pattern} is not in {text}"
    return int(found[1])


def sums(text: str) -> list[dict[str, int]]:
    """Every 计划 = ... of a page; each has to add up."""
    found = []
    for line in re.findall(r"^计划 .*$", text, re.MULTILINE):
        counts = {name: int(count) for name, count in re.findall(r"(\w+) (\d+)", line)}
        assert counts["计划"] == sum(counts.values()) - counts["计划"], line
        found.append(counts)
    return found
