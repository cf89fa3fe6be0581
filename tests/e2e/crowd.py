"""A notice to a crowd, for those that kill the bot in the middle of it, and the oracle that counts it afterwards."""

from collections import Counter
from collections.abc import Sequence

from bot.clock import instant
from storage import accounts, occurrences, outbox
from storage.occurrences import Tally
from storage.outbox import Intent
from tests.e2e.conftest import Rig

FIRST = 100_000


async def gather(rig: Rig, size: int) -> Sequence[int]:
    """So many accounts that have spoken to the bot."""
    crowd = range(FIRST, FIRST + size)
    async with rig.writing() as tx:
        for user in crowd:
            await accounts.see(tx, user, user, instant(rig.now))
    for user in crowd:
        rig.world.add_user(user, first_name="甲", started=True)
    return crowd


async def plan(rig: Rig, name: str, crowd: Sequence[int], *, once: bool = False, canary: int = 3) -> int:
    at = instant(rig.now)
    async with rig.writing() as tx:
        number = await occurrences.take(tx, name, rig.now.date(), at, at + 30 * 86_400_000, canary=canary)
        assert number is not None
        await outbox.insert(
            tx,
            [
                Intent(
                    f"{name}:{u}", "parked", {"number": number}, user_id=u, urgency=2, occurrence_id=number, once=once
                )
                for u in crowd
            ],
        )
    return number


async def tally(rig: Rig, number: int) -> Tally:
    async with rig.reading() as tx:
        return await occurrences.tally(tx, number)


def copies(rig: Rig, number: int) -> Counter[int]:
    """How often the message of this occurrence arrived in each chat: the ledger's word."""
    said = f"编号 {number}）"
    return Counter(
        call.chat_id
        for call in rig.sandbox.ledger
        if call.method == "sendMessage" and call.delivered and call.chat_id and said in call.params["text"]
    )
