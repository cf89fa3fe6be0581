"""Steps of a registration that several dialogues share."""

import asyncio
import datetime as dt
from collections.abc import Awaitable

import pytest

from bot.clock import instant
from bot.dialogs import Dialog
from bot.domain.access import Actor
from bot.i18n import translator
from bot.intake import Intake, Update
from bot.pace import Lane
from bot.sandbox.state import SentMessage
from bot.services import accounts, invites
from bot.telegram import Sent
from bot.views import registration as view
from storage import departments, registrations
from storage.engine import Tx
from storage.records import PersonStatus
from tests.flows.conftest import NOW, PATIENCE, Person, Stage, value

NEW, OTHER = 5001, 5002
HOUR = dt.timedelta(hours=1)
NO_MATCH = translator("zh")("registration-no-match")


async def actor_of(stage: Stage, user_id: int) -> Actor:
    return await accounts.recognise(stage.app.db, user_id, stage.app.settings.owner_ids, NOW)


async def code_for(stage: Stage, department: str = "服务大厅", uses: int | None = None) -> str:
    owner = await actor_of(stage, 900)
    async with stage.app.db.write() as tx:
        found = await departments.find_by_path(tx, department)
        assert found is not None
        code = await invites.create(tx, owner, found.id, stage.clock.now(), uses=uses)
    assert code is not None
    return code


async def consenting(stage: Stage, user_id: int = NEW, department: str = "服务大厅", uses: int | None = None) -> Person:
    """A stranger who has opened a link and pressed 同意."""
    person = stage.person(user_id, "晓明", "李")
    await person.says(f"/start {await code_for(stage, department, uses)}")
    await person.presses("同意")
    return person


async def show_card(stage: Stage, decider: Person, user_id: int = NEW, language: str = "zh") -> SentMessage:
    """What /pending shows of this account's registration, sent to somebody who decides (or may not)."""
    async with stage.app.db.read() as tx:
        found = await registrations.find_waiting(tx, user_id)
    assert found is not None
    await quiet(stage)  # the work card that the registration called for comes first, else it would be the last one seen
    stage.world.users[decider.id].started = True
    sent = await stage.app.telegram.send(decider.id, view.card(found, translator(language)), Lane.ANSWER)
    assert isinstance(sent, Sent)
    return next(m for m in stage.world.messages(decider.id) if m.id == sent.message_id)


DUE = "SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'sending') AND not_before <= ?"


async def quiet(stage: Stage) -> None:
    """Until nothing is on its way to anybody: a work card must not be taken for an answer."""
    async with asyncio.timeout(PATIENCE):
        while await value(stage, DUE, instant(stage.clock.now())):
            await asyncio.sleep(0.002)


async def waiting(stage: Stage, user_id: int = NEW) -> bool:
    async with stage.app.db.read() as tx:
        return await registrations.find_waiting(tx, user_id) is not None


async def status(tx: Tx, number: str, new: PersonStatus) -> None:
    await tx.execute("UPDATE people SET status = ? WHERE staff_number = ?", new.value, number)


async def started(person: Person) -> Person:
    await person.says("/start")
    return person


async def killed_after(stage: Stage, monkeypatch: pytest.MonkeyPatch, act: Awaitable[object]) -> None:
    """An act whose effect is committed and answered, when the bot dies before it can mark the update; then a start."""

    async def nothing(intake: Intake, update: Update, dialog: Dialog | None) -> None:
        return None

    await stage.restart_bot()  # what was handled before is marked
    with monkeypatch.context() as killed:
        killed.setattr(Intake, "_finish", nothing)
        await act
        await stage.stop_bot()
    await stage.start_bot()
    await stage.settled()
