"""Who is who in the demo's list of people, after what they have done in it."""

from bot.demo import NEWCOMER, STRANGER, recast
from bot.sandbox import Person as Persona
from tests.flows.conftest import Stage
from tests.flows.registering import code_for, show_card


async def test_who_was_let_in_is_no_stranger_in_the_list_any_more(demo: Stage) -> None:
    new = Persona(STRANGER, "董凤英", "stranger", "人事处，工号 RS008，还没有登记")
    colleague = Persona(demo.of("ZF005").id, "沈志强", "staff", "执法处")
    newcomer = demo.person(STRANGER, new.name, "")
    await newcomer.says(f"/start {await code_for(demo, '人事处')}")
    await newcomer.presses("同意")
    await newcomer.says(f"{NEWCOMER} {new.name}")
    await recast(demo.app.db, [new, colleague], demo.clock.now())
    assert new.role == "stranger" and "还没有登记" in new.note  # as long as nobody has let him in
    card = await show_card(demo, demo.of("RS001"), STRANGER)
    assert "申请账号：董凤英" in card.text
    await demo.of("RS001").presses("通过", card)
    await demo.of("ZF005").says("/leave")
    await demo.of("ZF005").presses("确定退出")
    await recast(demo.app.db, [new, colleague], demo.clock.now())
    assert new.role == "staff" and new.note.startswith("人事处") and "还没有登记" not in new.note
    assert colleague.role == "stranger"
