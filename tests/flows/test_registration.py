"""Registration: the way in, who decides, and everybody who tries it another way."""

from bot.domain.access import Actor
from bot.i18n import translator
from bot.pace import Lane
from bot.sandbox.state import SentMessage
from bot.services import accounts, invites
from bot.telegram import Sent
from bot.views import registration as view
from storage import departments, registrations
from tests.flows.conftest import NOW, Person, Stage

NEW = 5001


async def code_for(stage: Stage, department: str = "服务大厅", uses: int | None = None) -> str:
    owner: Actor = await accounts.recognise(stage.app.db, 900, None, stage.app.settings.owner_ids, NOW)
    async with stage.app.db.write() as tx:
        found = await departments.find_by_path(tx, department)
        assert found is not None
        code = await invites.create(tx, owner, found.id, stage.clock.now(), uses=uses)
    assert code is not None
    return code


async def consenting(stage: Stage, user_id: int = NEW, department: str = "服务大厅") -> Person:
    """A stranger who has opened a link and pressed 同意."""
    person = stage.person(user_id, "晓明", "李")
    await person.says(f"/start {await code_for(stage, department)}")
    await person.presses("同意")
    return person


async def show_card(stage: Stage, decider: Person, user_id: int) -> SentMessage:
    """What /pending shows of this account's registration, sent to somebody who decides (or may not)."""
    async with stage.app.db.read() as tx:
        found = await registrations.find_waiting(tx, user_id)
    assert found is not None
    stage.world.users[decider.id].started = True
    sent = await stage.app.telegram.send(decider.id, view.card(found, translator("zh")), Lane.ANSWER)
    assert isinstance(sent, Sent)
    return decider.last


async def test_a_stranger_with_a_code_is_registered_once_his_leader_approves(demo: Stage) -> None:
    new = demo.person(NEW, "晓明", "李")
    shown = await new.says(f"/start {await code_for(demo)}")
    assert "境外" in shown.text
    assert "不得发送涉密内容" in shown.text
    assert "工号" in (await new.presses("同意")).text
    assert "姓名" in (await new.says("fw００３")).text
    assert "等候" in (await new.says("李 晓明")).text
    leader = demo.of("FW001")
    card = await show_card(demo, leader, NEW)
    assert "李晓明" in card.text
    assert "一致" in card.text
    assert "已通过" in (await leader.presses("通过")).text
    told = await new.hears("登记已通过")
    assert any("打卡" in label for row in told.reply_keyboard for label in row)
    assert "/checkin" in (await new.says("/help")).text
