"""codes_instead_of_names on: whatever anybody says or presses, in any role, he sees no name but his own."""

import json
import re

import pytest

from bot.i18n import translator
from bot.services import roster
from bot.services.effects import Cause
from bot.services.outbox import DOORS
from bot.views import pushes
from bot.views import roster as view
from bot.views.parts import Outgoing
from storage import people
from tests.hall import COMMANDS_SAID, NOW, Answers, Hall, bytes_of, crawled, user_of
from tests.scenery import NEWCOMERS_NAME, NOTICES, WAITING, file_of

NAME = re.compile("丁[0-9]+卯")  # everybody's, and nothing else looks so
ROLES = ("stranger", "staff", "leader", "viewer", "office", "owner")
SAID = (
    *COMMANDS_SAID,
    *("/help", "/audit", "/audit ZF005", "/audit 丁5卯", "/members ZF005", "/backup", "/mute", "/phrase", "/cancel"),
)
STEPS = {  # what is typed at a step of a dialogue that shows people
    "people:find": "ZF",
    "people:value": "丁9001卯",
    "people:add": "ZF005 某人 执法处",
    "grants:who": "ZF",
    "audit:find": "ZF005",
    "members:found": "ZF",
}


@pytest.fixture
async def hall(hall: Hall) -> Hall:
    async with hall.db.write() as tx:
        await tx.execute("UPDATE people SET name = '丁' || CAST(id AS TEXT) || '卯'")
        await tx.execute("INSERT INTO settings VALUES ('codes_instead_of_names', 'true', 1)")
    return hall


class Watch:
    """Looks for names in whatever is shown. A person's own words may be repeated to him."""

    def __init__(self, own: dict[str, str], waiting: set[str]) -> None:
        self.own, self.waiting, self.seen = own, waiting, 0
        self.leaks: list[tuple[str, str, str]] = []
        self.numbers: set[str] = set()

    def __call__(self, role: str, what: str, answers: Answers) -> None:
        shown = bytes_of(answers)
        self.seen += 1
        self.numbers |= set(re.findall("[A-Z]{2,3}0*[0-9]+", shown))
        known = {self.own.get(role, ""), *NAME.findall(what)}
        if NEWCOMERS_NAME in shown:  # the card on which somebody vouches that the two are one
            known |= {NEWCOMERS_NAME, *self.waiting}
        if set(NAME.findall(shown)) - known and not what.startswith("roster:export"):  # the unit's own file
            self.leaks.append((role, what, shown[:300]))


async def watching(hall: Hall) -> Watch:
    cast = {role: (await hall.actor(role)).person for role in ROLES}
    async with hall.db.read() as tx:
        waiting = {person.name for person in await people.list_all(tx) if person.staff_number in WAITING.values()}
    return Watch({role: person.name for role, person in cast.items() if person}, waiting)


# Buttons that stand under a notice that was sent, a waiting registration, one person's card, a department's.
FORGED = (
    *(f"dl:{act}:{number}:0" for number in NOTICES
      for act in ("open", "names", "names-answered", "names-unanswered", "names-skipped", "sheet")),
    *(f"tell:{act}:{number}:{of}:0" for number in NOTICES for act, of in (("list", 0), ("list", 1), ("told", 9))),
    *("tell:waiting:0:0:0", "rv:next:0:0", "rv:later:1:0", "reg:1:0", "me:9::0"),
    *(f"ps:{act}:9:" for act in ("card", "name", "title", "department", "role", "status")),
    *("ps:role:9:leader", "ps:status:9:retired", "gr:who:9:::0:0:", "gr:role:9:viewer:0:0:", "gr:list:0:::0:0:"),
    *(f"dp:{act}:{of}:0" for of in (1, 2, 3) for act in ("card", "close")),
)  # fmt: skip


async def test_no_name_of_anybody_else_stands_on_any_page(hall: Hall) -> None:
    watch = await watching(hall)
    for role in ROLES:
        user = user_of(role)
        for state, words in STEPS.items():
            await hall.at(user, state, person=9, field="name", before="x")
            watch(role, f"{state} {words}", await hall.says(user, words))
        await hall.at(user, "departments:words", act="split", department=2)
        watch(role, "departments:words", await hall.says(user, "新设处"))
        await hall.at(user, "")
        await crawled(hall, (role,), SAID, limit=45, look=watch)
        for data in FORGED:
            watch(role, data, await hall.presses(user, data))
    assert watch.leaks == []
    assert watch.seen > 400 and len(watch.numbers) > 20


async def test_the_same_pages_are_full_of_names_where_the_unit_wants_them(hall: Hall) -> None:
    """So the one above looks where names would be."""
    watch = await watching(hall)
    async with hall.db.write() as tx:
        await tx.execute("DELETE FROM settings")
    for data in FORGED:
        watch("office", data, await hall.presses(user_of("office"), data))
    assert len({what.rpartition(":")[0] for _, what, _ in watch.leaks}) >= 20


async def test_no_name_stands_in_what_an_import_would_change(hall: Hall) -> None:
    """The dry run, the table of it, what was applied, why it cannot be undone."""
    office, t = user_of("office"), translator("zh")
    watch = await watching(hall)
    async with hall.db.read() as tx:
        known = list(await people.list_present(tx))
    cause = Cause(hall.db, None, {})
    found = await roster.keep_proposal(cause, await hall.actor("office"), file_of(known), "d", "f.xlsx", NOW)
    assert found.name == "roster-checked"
    shown: tuple[Outgoing, ...] = (view.outcome(found, t),)
    watch("office", "the dry run", shown)
    number = found.facts["import"]
    for act in ("roster:changes", "roster-yes:apply", "roster-yes:leave", "roster:undo"):
        on_show = [one.data for said in shown for row in said.buttons for one in row if one.data.startswith(act)]
        said = await hall.presses(office, on_show[-1] if on_show else f"{act}:{number}")
        watch("office", act, said)
        shown = (*shown, *said)
    assert {"ZF009", "ZF010", "ZF011", "ZF012", "NEU1", "CW003"} <= watch.numbers
    async with hall.db.write() as tx:
        new = await people.find_by_number(tx, "NEU1")
        assert new is not None and new.name == "丁9003卯"  # what is hidden on pages is kept as it is
        await tx.execute("INSERT INTO taps VALUES ('2026-10-14', ?, 'read', 1)", new.id)
    watch("office", "undo", await hall.presses(office, f"roster:undo:{number}"))
    assert watch.leaks == []


async def test_no_name_stands_in_a_message_that_nobody_asked_for(hall: Hall) -> None:
    """Everything that waits to leave, as it is put into words when it does; and nothing of it keeps a name."""
    watch, rendered = await watching(hall), set()
    rows = (await hall.dump("outbox"))["outbox"]
    async with hall.db.read() as tx:
        for row in rows:
            kind, facts, user = row[5], row[6], row[4]
            assert not NAME.search(facts), (kind, facts)
            if user is None or kind not in DOORS:
                continue
            role = next(role for role in ROLES if user_of(role) == user)
            said = await DOORS[kind](tx, await hall.actor(role), json.loads(facts))
            if isinstance(said, dict):
                rendered.add(kind)
                watch(role, kind, (pushes.render(kind, said, translator("zh")),))
    assert watch.leaks == [] and "ZF006" in watch.numbers
    assert rendered == {"remind-contact"}


async def test_the_name_stands_where_somebody_vouches_for_it_and_in_the_units_own_file(hall: Hall) -> None:
    leader, office = user_of("leader"), user_of("office")
    waiting = (await hall.dump("registrations"))["registrations"][0]
    name = await hall.value("SELECT name FROM people WHERE id = ?", waiting[2])
    card = bytes_of(await hall.says(leader, "/pending"))
    assert name in card and NEWCOMERS_NAME in card
    assert name not in bytes_of(await hall.presses(leader, f"reg:{waiting[0]}:0"))
    assert name in bytes_of(await hall.presses(office, "roster:export:0"))
