"""Who may do what: every handler there is, and every button that is ever shown, for somebody of every role."""

from bot.domain.access import COMMANDS, RULES, Action, can, commands_of
from bot.i18n import translator
from handlers.filters import At, Can, Word
from storage import departments
from tests.hall import COMMANDS_SAID, FOREIGN, OWN, ROLES, Hall, crawled, user_of
from tests.test_architecture import OPEN_TO_ALL, handlers_of_the_bot

# Row by row who is let in. The demo's viewer, like the office, stands on the roster.
ON_THE_ROSTER = {
    *("staff", "leader", "foreign leader", "deputy", "expired deputy", "role taken", "office", "viewer"),
}
LEADERS = {"leader", "foreign leader", "deputy"}
RUN = {"office", "owner"}
ROWS: dict[str, set[str]] = {
    "takes part": ON_THE_ROSTER,
    "/report": LEADERS | RUN | {"viewer"},
    "/pending": LEADERS | RUN,
    "/members": LEADERS | RUN,
    "/remind": LEADERS | RUN,
    "/notice": LEADERS | RUN,
    "/schedule": RUN,
    "/roster": RUN,
    "/content": RUN,
    "/export": RUN,
    "/settings": RUN,
    "/grant": RUN,
    "/bind": LEADERS | RUN,  # a department's group is bound by its leader
    "/status": RUN,
    "/audit": {"owner"},
    "/backup": {"owner"},
}
COMMAND_ROWS = dict.fromkeys(("checkin", "me", "duties", "phrase", "mydata", "leave", "mute"), "takes part") | {
    row.removeprefix("/"): row for row in ROWS if row.startswith("/")
}
OPEN_COMMANDS = {"start", "help", "privacy", "language", "cancel"}
# The row to which the handlers of a module belong, and those that belong to another one.
MODULES = {
    "audit": "/audit",
    "backup": "/backup",
    "binding": "/bind",
    "checkins": "takes part",
    "consent": "takes part",
    "content": "/content",
    "deliveries": "/notice",
    "duties": "takes part",
    "export": "/export",
    "grants": "/grant",
    "groups": "/report",
    "holidays": "/settings",
    "members": "/members",
    "menu": "takes part",
    "notice_choices": "/notice",
    "notice_edits": "/notice",
    "notices": "/notice",
    "privacy": "takes part",
    "records": "takes part",
    "registration": "/pending",
    "remind": "/remind",
    "reports": "/report",
    "review": "/pending",
    "roster": "/roster",
    "people": "/roster",
    "departments": "/roster",
    "slips": "/roster",
    "schedule": "/schedule",
    "settings": "/settings",
    "setup": "/roster",
    "status": "/status",
}
OTHERS = {
    "groups.on_bind": "/bind",
    "deliveries.on_got": "takes part",
    "records.on_turn_of_another": "/members",
    "remind.on_held": "takes part",
}
STALE = translator("zh")("error-stale")
# What nobody's press may change whom it is not about.
KEPT = (
    *("people", "departments", "postings", "settings", "audit", "invites", "registrations", "checkins"),
    *(
        "checkin_events",
        "checkin_photos",
        "grants",
        "notices",
        "plans",
        "calendar_days",
        "imports",
        "audiences",
        "contents",
    ),
)


def rows_of_the_handlers() -> list[tuple[str, str, list[object]]]:
    """Each handler that asks for a right, with the row of the table it must fit."""
    found = []
    for name, _, filters in handlers_of_the_bot():
        short = name.removeprefix("handlers.")
        module = short.partition(".")[0]
        if name in OPEN_TO_ALL or any(isinstance(f, Word) and f._name in OPEN_COMMANDS for f in filters):
            continue
        assert module in MODULES, f"{name} stands in no row of the table"
        found.append((name, OTHERS.get(short, MODULES[module]), filters))
    return found


async def admitted(hall: Hall, role: str, filters: list[object]) -> bool:
    actor = await hall.actor(role)
    checks = [await f(None, f._name, actor) for f in filters if isinstance(f, Word)]
    checks += [await f(None, actor) for f in filters if isinstance(f, Can)]
    return all(checks)


async def test_every_handler_lets_in_whom_the_table_names_and_nobody_else(hall: Hall) -> None:
    wrong = []
    rows = rows_of_the_handlers()
    for name, row, filters in rows:
        if any(isinstance(f, Can) and f._action is Action.VIEW_MEMBERS for f in filters) and row == "/notice":
            row = "/members"  # looks at names of the own people; both rows are of the same roles
        for role in ROLES:
            if await admitted(hall, role, filters) is not (role in ROWS[row]):
                wrong.append((name, row, role))
    assert wrong == []
    assert len(rows) > 100 and len(ROLES) == 12


async def test_every_command_is_in_the_menu_of_whom_the_table_names(hall: Hall) -> None:
    assert set(COMMAND_ROWS) | OPEN_COMMANDS == set(COMMANDS)
    for role in ROLES:
        expected = {word for word, row in COMMAND_ROWS.items() if role in ROWS[row]} | OPEN_COMMANDS
        assert set(commands_of(await hall.actor(role))) == expected, role


async def test_a_right_over_a_department_ends_where_the_table_says(hall: Hall) -> None:
    async with hall.db.read() as tx:
        tree = {d.path: d.trail for d in await departments.list_all(tx)}
    for action in RULES:
        if action is Action.TAKE_PART:
            continue
        for role in ROLES:
            actor = await hall.actor(role)
            everywhere = can(actor, action, "")
            assert everywhere is (can(actor, action) and role in RUN | {"viewer"}), (action, role)
            for path, trail in tree.items():
                own = path == (FOREIGN if role == "foreign leader" else OWN)
                assert can(actor, action, trail) is (everywhere or (can(actor, action) and own)), (action, role, path)


async def test_every_step_of_a_dialogue_is_closed_to_whom_it_is_not_for(hall: Hall) -> None:
    """Whoever stands at a step and has not (or no longer) its right: his words change nothing, the bot goes on."""
    steps = {
        (state, row)
        for _, row, filters in rows_of_the_handlers()
        for at in filters
        if isinstance(at, At)
        for state in at._states
    }
    assert len(steps) > 15
    before = await hall.dump(*KEPT)
    facts = {"id": 1, "version": 1, "notice": 1, "person": 1, "department": 1, "name": "target", "source": "unit"}
    for state, row in sorted(steps):
        for role in ("stranger", "bound without consent", "left", "role taken", "expired deputy", "viewer", "staff"):
            if role in ROWS[row]:
                continue
            user = user_of(role)
            await hall.at(user, state, **facts)
            answers = await hall.says(user, "30%")
            assert answers, (state, role)
            await hall.at(user, "")
    assert await hall.dump(*KEPT) == before


async def test_every_button_is_dead_for_whom_it_is_not_meant(hall: Hall) -> None:
    """Pressed by those without any right to it: one and the same answer, and nothing is written."""
    found = await crawled(hall, ("office", "leader"), COMMANDS_SAID, limit=60)
    of_others = [
        data
        for data in found
        if not data.startswith(("lang", "duty", "phrase", "me:0", "cs", "cd", "co", "leave", "erase"))
    ]
    assert len({data.partition(":")[0] for data in of_others}) >= 12
    before = await hall.dump(*KEPT)
    wrong = []
    for role in ("stranger", "bound without consent", "left", "staff", "role taken", "expired deputy"):
        for data in of_others:
            answers = await hall.presses(user_of(role), data)
            if [one.text for one in answers] != [STALE]:
                wrong.append((role, data, answers[:1]))
    assert wrong == []
    assert await hall.dump(*KEPT) == before
