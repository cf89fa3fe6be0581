"""The dialogue about one check-in: what is asked next, and what is said when it is whole."""

import datetime as dt
from typing import Any

from bot.domain.hours import Draft
from bot.domain.sentences import Problem
from bot.services import checkins as service
from bot.services.cards import first_missing, unpacked
from bot.services.effects import Outcome
from bot.views import checkins as view
from bot.views.parts import Outgoing
from handlers.desk import Desk

STEPS = ("date", "hours", "text")


async def go_on(desk: Desk, said: dict[str, Any], at: dt.datetime) -> Outgoing:
    """With this answer: the next question, or the use case that all of them were for."""
    data, today = desk.dialog.data, at.date()
    known = data["draft"] | said
    keep = {name: data[name] for name in ("source", "supersedes", "record", "card")}
    if data["record"] is not None:
        outcome = await service.change(desk.cause, desk.actor, data["record"], said, desk.now, desk.owners)
        return show(desk, outcome, today, **keep)
    missing = first_missing(known)
    if missing:
        return ask(desk, missing, today, draft=known, **keep)
    draft = unpacked(known)
    if data["card"]:
        return await propose(desk, draft, at, data["source"], data["supersedes"])
    outcome = await service.check_in(desk.cause, desk.actor, draft, at, data["source"], desk.now, desk.owners)
    return show(desk, outcome, today, **keep)


def ask(
    desk: Desk,
    step: str,
    today: dt.date,
    *,
    draft: dict[str, Any] | None = None,
    head: Problem | str = "",
    **keep: Any,
) -> Outgoing:
    _await(desk, step, draft or {}, **keep)
    if isinstance(head, Problem):
        return view.problem(head, step, desk.number, today, desk.t)
    return view.ask(step, desk.number, today, desk.t, head)


def _await(desk: Desk, step: str, draft: dict[str, Any], **keep: Any) -> None:
    """The next text is the answer to this step."""
    nothing = {"source": None, "supersedes": None, "record": None, "card": False}
    desk.dialog.end()
    desk.dialog.at(f"checkins:{step}", of=desk.number, draft=draft, **nothing | keep)


async def propose(
    desk: Desk, draft: Draft, at: dt.datetime, source: str | None, supersedes: int | None = None, question: str = ""
) -> Outgoing:
    outcome = await service.propose(desk.cause, desk.actor, draft, at, source, supersedes, question, desk.now)
    return show(desk, outcome, at.date(), source=source, supersedes=supersedes, card=True)


def show(desk: Desk, outcome: Outcome, today: dt.date, **keep: Any) -> Outgoing:
    """Say what came of it. What was refused is taken up again at the part that was wrong."""
    step = view.STEP_OF.get(outcome.name)
    if step:
        wrong = {"date": ("date",), "hours": ("minutes", "starts", "ends"), "text": ("text",)}[step]
        known = {name: value for name, value in outcome.facts["draft"].items() if name not in wrong}
        _await(desk, step, known, **keep)
    else:
        desk.leave()
    if outcome.name == "checkins-recorded" and "late" in outcome.facts["flags"]:
        desk.dialog.at("checkins:late", id=outcome.facts["id"])
    return view.outcome(outcome, desk.t, desk.number, today, changing=keep.get("record") is not None)
