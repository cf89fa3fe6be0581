"""A person's own check-ins: said in one line, asked for step by step, corrected, withdrawn, shown by month."""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.dialogs import Dialog
from bot.domain.access import Action, Actor
from bot.domain.hours import Draft
from bot.domain.sentences import Problem, ProblemKind, looks_like_checkin, parse
from bot.i18n import Translator
from bot.services import checkins as service
from bot.services.cards import first_missing, packed, read_ready, read_step, unpacked
from bot.services.effects import Cause, Outcome
from bot.views import checkins as view
from bot.views.callbacks import CheckinDraft, CheckinStep
from bot.views.parts import Outgoing
from handlers.filters import At, Can, Word
from handlers.middlewares import House, menu_words

router = Router(name="checkins")
router.message.filter(F.chat.type == "private")
router.edited_message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

STEPS = ("date", "hours", "text")
Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


@dataclass(slots=True)
class Desk:
    """Whom a handler of this word serves, and with what."""

    actor: Actor
    dialog: Dialog
    cause: Cause
    now: dt.datetime
    t: Translator
    house: House

    @property
    def owners(self) -> frozenset[int]:
        return self.house.settings.owner_ids

    @property
    def number(self) -> int:
        """The update that is being answered."""
        return self.cause.inbox_id or 0

    def day_of(self, message: Message) -> dt.date:
        """Today as the message means it: the day on which it was sent."""
        return min(message.date.astimezone(self.now.tzinfo), self.now).date()


async def give_desk(handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
    data["desk"] = Desk(*(data[name] for name in ("actor", "dialog", "cause", "now", "t", "house")))
    return await handler(event, data)


for observer in (router.message, router.edited_message, router.callback_query):
    observer.middleware(give_desk)


def off_roster(event: TelegramObject, word: str | None, actor: Actor) -> bool:
    """Somebody of ours who is not on the roster asks for what only the roster gives."""
    return word in ("checkin", "me") and not actor.stranger and actor.person is None


def is_sentence(message: Message, word: str | None, dialog: Dialog) -> bool:
    free = dialog.state in (None, "checkins:late", "checkins:photo")
    return word is None and free and looks_like_checkin(message.text or "")


# one line says it all


@router.message(Word("checkin"))
async def on_checkin(message: Message, args: str, desk: Desk) -> Outgoing:
    today, source = desk.day_of(message), _source(message)
    desk.dialog.end()
    if not args:
        return _ask(desk, "date", today, source=source)
    said = parse(args, today)
    if isinstance(said, Draft):
        outcome = await service.check_in(desk.cause, desk.actor, said, today, source, desk.now, desk.owners)
        return _show(desk, outcome, today, source=source)
    if said.guess:
        return await _propose(desk, said.guess, today, source, question=said.piece)
    if said.kind is ProblemKind.NO_HOURS:
        # With any hours it would be a draft: its date and text are kept while the hours are asked for.
        rest = parse(f"{args} 1h", today)
        known = packed(rest) | {"minutes": None} if isinstance(rest, Draft) else {}
        return _ask(desk, "hours", today, source=source, draft=known, head=said)
    return view.problem(said, None, 0, today, desk.t)


@router.message(off_roster)
async def on_off_roster(message: Message, desk: Desk) -> Outgoing:
    return view.off_roster(desk.t)


@router.message(F.text, Can(Action.TAKE_PART), is_sentence)
async def on_sentence(message: Message, desk: Desk) -> Outgoing:
    today, source = desk.day_of(message), _source(message)
    said = parse(message.text or "", today)
    if isinstance(said, Draft):
        return await _propose(desk, said, today, source)
    if said.guess:
        return await _propose(desk, said.guess, today, source, question=said.piece)
    return view.problem(said, None, 0, today, desk.t)


@router.edited_message(F.text, Can(Action.TAKE_PART))
async def on_edited(message: Message, desk: Desk) -> Outgoing | None:
    """An edited message corrects the record that it made, or makes the one that it failed to make."""
    today, source = desk.day_of(message), _source(message)
    command, text = _without_command(message.text or "")
    known = await service.made_from(desk.cause.db, desk.actor, source)
    if not (command or known or looks_like_checkin(text)):
        return None
    said = parse(text, today)
    if isinstance(said, Problem):
        return view.problem(said, None, 0, today, desk.t)
    if known:
        outcome = await service.correct(desk.cause, desk.actor, source, said, desk.now, desk.owners)
        return view.outcome(outcome, desk.t, 0, today)
    if command:
        outcome = await service.check_in(desk.cause, desk.actor, said, today, source, desk.now, desk.owners)
        return _show(desk, outcome, today, source=source)
    return await _propose(desk, said, today, source)


# step by step


@router.message(At(*(f"checkins:{step}" for step in STEPS)), F.text, Can(Action.TAKE_PART))
async def on_step(message: Message, desk: Desk) -> Outgoing:
    today = desk.day_of(message)
    step = (desk.dialog.state or "").partition(":")[2]
    said = read_step(step, message.text or "", today)
    if isinstance(said, Problem):
        return view.problem(said, step, desk.dialog.data["of"], today, desk.t)
    return await _go_on(desk, said, today)


@router.callback_query(CheckinStep.filter(), At(*(f"checkins:{step}" for step in STEPS)), Can(Action.TAKE_PART))
async def on_ready_answer(query: CallbackQuery, callback_data: CheckinStep, desk: Desk) -> Outgoing:
    step = (desk.dialog.state or "").partition(":")[2]
    said = read_ready(step, callback_data.value)
    if desk.dialog.data["of"] != callback_data.of or said is None:
        return view.stale_step(desk.t)
    return (await _go_on(desk, said, desk.now.date())).edited()


async def _go_on(desk: Desk, said: dict[str, Any], today: dt.date) -> Outgoing:
    """With this answer: the next question, or the use case that all of them were for."""
    data = desk.dialog.data
    known = data["draft"] | said
    keep = {name: data[name] for name in ("source", "supersedes", "record", "card")}
    if data["record"] is not None:
        outcome = await service.change(desk.cause, desk.actor, data["record"], said, desk.now, desk.owners)
        return _show(desk, outcome, today, **keep)
    missing = first_missing(known)
    if missing:
        return _ask(desk, missing, today, draft=known, **keep)
    draft = unpacked(known)
    if data["card"]:
        return await _propose(desk, draft, today, data["source"], data["supersedes"])
    outcome = await service.check_in(desk.cause, desk.actor, draft, today, data["source"], desk.now, desk.owners)
    return _show(desk, outcome, today, **keep)


def _ask(
    desk: Desk,
    step: str,
    today: dt.date,
    *,
    draft: dict[str, Any] | None = None,
    head: Problem | None = None,
    **keep: Any,
) -> Outgoing:
    _await(desk, step, draft or {}, **keep)
    if head is not None:
        return view.problem(head, step, desk.number, today, desk.t)
    return view.ask(step, desk.number, today, desk.t)


def _await(desk: Desk, step: str, draft: dict[str, Any], **keep: Any) -> None:
    """The next text is the answer to this step."""
    nothing = {"source": None, "supersedes": None, "record": None, "card": False}
    desk.dialog.end()
    desk.dialog.at(f"checkins:{step}", of=desk.number, draft=draft, **nothing | keep)


async def _propose(
    desk: Desk, draft: Draft, today: dt.date, source: str | None, supersedes: int | None = None, question: str = ""
) -> Outgoing:
    outcome = await service.propose(desk.cause, desk.actor, draft, today, source, supersedes, question)
    return _show(desk, outcome, today, source=source, supersedes=supersedes, card=True)


def _show(desk: Desk, outcome: Outcome, today: dt.date, **keep: Any) -> Outgoing:
    """Say what came of it. What was refused is taken up again at the part that was wrong."""
    step = view.STEP_OF.get(outcome.name)
    if step:
        wrong = {"date": ("date",), "hours": ("minutes", "starts", "ends"), "text": ("text",)}[step]
        known = {name: value for name, value in outcome.facts["draft"].items() if name not in wrong}
        _await(desk, step, known, **keep)
    else:
        desk.dialog.end()
    if outcome.name == "checkins-recorded" and "late" in outcome.facts["flags"]:
        desk.dialog.at("checkins:late", id=outcome.facts["id"])
    return view.outcome(outcome, desk.t, desk.number, today)


@router.callback_query(CheckinDraft.filter(F.act == "yes"), Can(Action.TAKE_PART))
async def on_agree(query: CallbackQuery, callback_data: CheckinDraft, desk: Desk) -> Outgoing:
    outcome = await service.accept(desk.cause, desk.actor, callback_data.id, desk.now, desk.owners)
    keep: dict[str, Any] = {}
    if outcome.name in view.STEP_OF:
        facts = await service.find_draft(desk.cause.db, desk.actor, callback_data.id)
        keep = {name: facts[name] for name in ("source", "supersedes")} if facts else {}
    return _show(desk, outcome, desk.now.date(), **keep).edited()


@router.callback_query(CheckinDraft.filter(F.act == "no"))
async def on_drop(query: CallbackQuery, desk: Desk) -> Outgoing:
    desk.dialog.end()
    return view.dropped(desk.t).edited()


@router.callback_query(CheckinDraft.filter(F.act.in_(STEPS)), Can(Action.TAKE_PART))
async def on_mend(query: CallbackQuery, callback_data: CheckinDraft, desk: Desk) -> Outgoing:
    """One part of a draft is to be another."""
    facts = await service.find_draft(desk.cause.db, desk.actor, callback_data.id)
    if facts is None:
        return view.outcome(Outcome("checkins-draft-gone"), desk.t).edited()
    known = {name: facts[name] for name in ("date", "minutes", "starts", "ends", "text")}
    keep = {name: facts[name] for name in ("source", "supersedes")}
    return _ask(desk, callback_data.act, desk.now.date(), draft=known, card=True, **keep).edited()


def _source(message: Message) -> str:
    return f"{message.chat.id}/{message.message_id}"


def _without_command(text: str) -> tuple[bool, str]:
    """Whether a message is a check-in command (or the menu's word for it), and what follows."""
    head, _, rest = text.strip().partition(" ")
    command = head.partition("@")[0].lower() == "/checkin" or menu_words().get(head.lower()) == "checkin"
    return command, rest if command else text
