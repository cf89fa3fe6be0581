"""A person's own check-ins: said in one line, asked for step by step, corrected, withdrawn, shown by month."""

from typing import Any

from aiogram import F, Router
from aiogram.types import Message, PhotoSize

from bot.clock import minute_of
from bot.dialogs import Dialog
from bot.domain.access import Action, Actor
from bot.domain.hours import Draft
from bot.domain.sentences import Problem, ProblemKind, looks_like_checkin, parse, without_hours
from bot.events import Press
from bot.services import checkins as service
from bot.services.cards import packed, read_ready, read_step
from bot.services.effects import Outcome
from bot.views import checkins as view
from bot.views import errors
from bot.views.callbacks import CheckinDraft, CheckinStep
from bot.views.menu import cancelled
from bot.views.parts import Outgoing
from handlers.context import menu_words
from handlers.desk import Desk
from handlers.filters import At, Can, Word
from handlers.talk import STEPS, ask, go_on, propose, show

router = Router(name="checkins")
router.message.filter(F.chat.type == "private")
router.edited_message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")


# Nothing is awaited but a name, which is no check-in, or the rest of an album.
UNASKED = (None, "members:found", "people:find", "checkins:album")


def is_sentence(message: Message, word: str | None, dialog: Dialog) -> bool:
    """Somebody tells what he did, and nothing else is awaited from him."""
    free = dialog.state in (*UNASKED, "checkins:late", "checkins:photo", "notices:album")
    return word is None and free and looks_like_checkin(message.text or "")


def half_said(message: Message, word: str | None, desk: Desk) -> dict[str, Draft] | bool:
    """The same without the hours; not where a reason is awaited, which may well name a day and a deed."""
    free = word is None and desk.dialog.state in UNASKED
    said = without_hours(message.text or "", desk.day_of(message)) if free else None
    return {"said": said} if said else False


def off_roster(message: Message, word: str | None, actor: Actor, dialog: Dialog) -> bool:
    """Somebody of ours who is not on the roster asks for what only the roster gives."""
    asked = word in ("checkin", "me") or is_sentence(message, word, dialog)
    return asked and not actor.stranger and actor.person is None


def captioned(message: Message, word: str | None) -> bool | dict[str, Any]:
    """A photo in whose caption a check-in is told by its command or word."""
    command, args = _without_command(message.caption or "")
    return {"args": args.strip()} if command and word is None else False


def of_an_album(message: Message, dialog: Dialog) -> bool:
    """A photo of the same album as the one in whose caption a check-in was told."""
    return message.media_group_id is not None and message.media_group_id == dialog.data.get("caption_album")


# one line says it all


@router.message(F.photo, captioned, Can(Action.TAKE_PART))
async def on_captioned(message: Message, args: str, desk: Desk) -> Outgoing:
    answer = await on_checkin(message, args, desk)
    recorded = await service.made_from(desk.db, desk.actor, _source(message))
    if message.media_group_id:
        desk.dialog.at(
            desk.dialog.state or "checkins:album", caption_album=message.media_group_id, album_record=recorded
        )
        answer = view.with_album(answer, desk.t) if recorded else answer
    return answer if recorded else view.without_photo(answer, desk.t)


@router.message(F.photo, of_an_album, Can(Action.TAKE_PART))
async def on_rest_of_an_album(message: Message, desk: Desk) -> Outgoing | None:
    """They go where the first one went, without a word: that was said when it was answered."""
    assert message.photo is not None
    photo, record = message.photo[-1], desk.dialog.data["album_record"]
    if record is None:
        return None
    kept = await service.add_photo(desk.cause, desk.actor, record, photo.file_unique_id, photo.file_id, desk.now)
    return None if kept.name in ("checkins-photo-kept", "checkins-photo-known") else view.outcome(kept, desk.t)


@router.message(Word("checkin"))
async def on_checkin(message: Message, args: str, desk: Desk) -> Outgoing:
    at, source = desk.moment_of(message), _source(message)
    today = at.date()
    desk.dialog.end()
    if not args:
        return ask(desk, "date", today, source=source)
    said = parse(args, today, minute_of(at))
    if isinstance(said, Draft) and message.forward_origin is not None:
        return await propose(desk, said, at, source)  # written by somebody else, perhaps about himself
    if isinstance(said, Draft):
        return show(desk, await _check_in(message, said, desk), today, source=source)
    if said.guess:
        return await propose(desk, said.guess, at, source, question=said.piece)
    if said.kind is ProblemKind.NO_HOURS:
        # With any hours it would be a draft: its date and text are kept while the hours are asked for.
        rest = parse(f"{args} 1h", today)
        known = packed(rest) | {"minutes": None} if isinstance(rest, Draft) else {}
        return ask(desk, "hours", today, source=source, draft=known, head=said)
    return view.problem(said, None, 0, today, desk.t)


@router.message(off_roster)
async def on_off_roster(message: Message, desk: Desk) -> Outgoing:
    return view.off_roster(desk.t)


@router.message(F.text, Can(Action.TAKE_PART), is_sentence)
async def on_sentence(message: Message, desk: Desk) -> Outgoing:
    at, source = desk.moment_of(message), _source(message)
    today = at.date()
    said = parse(message.text or "", today, minute_of(at))
    if isinstance(said, Draft):
        return await propose(desk, said, at, source)
    if said.guess:
        return await propose(desk, said.guess, at, source, question=said.piece)
    return view.problem(said, None, 0, today, desk.t)


@router.message(F.text, Can(Action.TAKE_PART), half_said)
async def on_half_said(message: Message, said: Draft, desk: Desk) -> Outgoing:
    known = packed(said) | {"minutes": None}
    head = view.hours_missing(said, desk.t)
    return ask(desk, "hours", desk.day_of(message), source=_source(message), draft=known, head=head, card=True)


@router.edited_message(F.text | F.photo, Can(Action.TAKE_PART))
async def on_edited(message: Message, desk: Desk) -> Outgoing | None:
    """An edited message corrects the record that it made, or makes the one that it failed to make."""
    at, source = desk.moment_of(message), _source(message)
    today = at.date()
    command, text = _without_command(message.text or message.caption or "")
    known = await service.made_from(desk.db, desk.actor, source)
    if not (command or known or (message.text and looks_like_checkin(text))):
        return None
    said = parse(text, today, minute_of(at))
    if known:
        return await _corrected(desk, known, source, said)
    if isinstance(said, Problem):
        return view.problem(said, None, 0, today, desk.t)
    if command:
        return show(desk, await _check_in(message, said, desk), today, source=source)
    return await propose(desk, said, at, source)


async def _corrected(desk: Desk, record: int, source: str, said: Draft | Problem) -> Outgoing:
    """The record as it was edited; where that cannot be, as it stands."""
    if isinstance(said, Problem):
        why = view.misread(said, desk.t, changing=True)
    else:
        outcome = await service.correct(desk.cause, desk.actor, source, said, desk.now, desk.owners)
        if outcome.name not in view.STEP_OF:
            return view.outcome(outcome, desk.t)
        why = view.refusal(outcome, desk.t, changing=True)
    present = await service.card(desk.db, desk.actor, record, desk.now)
    return view.stands(why, present.facts, desk.t) if present.facts else view.outcome(present, desk.t)


# step by step


@router.message(At(*(f"checkins:{step}" for step in STEPS)), F.text, Can(Action.TAKE_PART))
async def on_step(message: Message, desk: Desk) -> Outgoing:
    at = desk.moment_of(message)
    today, step = at.date(), (desk.dialog.state or "").partition(":")[2]
    changing = desk.dialog.data["record"] is not None
    if errors.says(message.text or "", "talk-never-mind", desk.t):
        desk.leave()
        return cancelled(True, desk.actor, desk.t)
    said = read_step(step, message.text or "", today)
    if isinstance(said, Problem) and step == "hours" and not changing:
        day = read_step("date", message.text or "", today)  # perhaps it is the day that was wrong
        if not isinstance(day, Problem):
            said, step = day, "date"
            desk.dialog.at("checkins:date")
    if isinstance(said, Problem):
        return view.problem(said, step, desk.dialog.data["of"], today, desk.t, changing)
    if step == "date" and said["date"] > today.isoformat():
        return view.not_yet(said["date"], desk.dialog.data["of"], today, desk.t, changing)
    return await go_on(desk, said, at)


@router.callback_query(CheckinStep.filter(), At(*(f"checkins:{step}" for step in STEPS)), Can(Action.TAKE_PART))
async def on_ready_answer(query: Press, callback_data: CheckinStep, desk: Desk) -> Outgoing:
    step = (desk.dialog.state or "").partition(":")[2]
    said = read_ready(step, callback_data.value)
    if desk.dialog.data["of"] != callback_data.of or said is None:
        return view.stale_step(desk.t)
    return (await go_on(desk, said, desk.now)).edited()


@router.callback_query(CheckinDraft.filter(F.act == "yes"), Can(Action.TAKE_PART))
async def on_agree(query: Press, callback_data: CheckinDraft, desk: Desk) -> Outgoing:
    outcome = await service.accept(desk.cause, desk.actor, callback_data.id, desk.now, desk.owners)
    keep: dict[str, Any] = {}
    if outcome.name in view.STEP_OF:
        facts = await service.find_draft(desk.db, desk.actor, callback_data.id)
        keep = {name: facts[name] for name in ("source", "supersedes")} if facts else {}
    return show(desk, outcome, desk.now.date(), **keep).edited()


@router.callback_query(CheckinDraft.filter(F.act == "no"), Can(Action.TAKE_PART))
async def on_drop(query: Press, desk: Desk) -> Outgoing:
    desk.leave()
    return view.dropped(desk.t).edited()


@router.callback_query(CheckinDraft.filter(F.act.in_(STEPS)), Can(Action.TAKE_PART))
async def on_mend(query: Press, callback_data: CheckinDraft, desk: Desk) -> Outgoing:
    """One part of a draft is to be another."""
    facts = await service.find_draft(desk.db, desk.actor, callback_data.id)
    if facts is None:
        return view.outcome(Outcome("checkins-draft-gone"), desk.t).edited()
    known = {name: facts[name] for name in ("date", "minutes", "starts", "ends", "text")}
    keep = {name: facts[name] for name in ("source", "supersedes")}
    return ask(desk, callback_data.act, desk.now.date(), draft=known, card=True, **keep).edited()


async def _check_in(message: Message, said: Draft, desk: Desk) -> Outcome:
    """Record what a message says, with the picture in whose caption it says it."""
    at, source = desk.moment_of(message), _source(message)
    made = await service.check_in(desk.cause, desk.actor, said, at, source, desk.now, desk.owners)
    return (
        await _with_photo(desk, made, message.photo[-1]) if message.photo and made.name == "checkins-recorded" else made
    )


async def _with_photo(desk: Desk, made: Outcome, photo: PhotoSize) -> Outcome:
    """The record with the picture in whose caption it was told."""
    number, unique = made.facts["id"], photo.file_unique_id
    kept = await service.add_photo(desk.cause, desk.actor, number, unique, photo.file_id, desk.now)
    return Outcome(made.name, {**made.facts, "photos": kept.facts.get("count", 0)})


def _source(message: Message) -> str:
    return f"{message.chat.id}/{message.message_id}"


def _without_command(text: str) -> tuple[bool, str]:
    """Whether a message is a check-in command (or the menu's word for it), and what follows."""
    word, rest = menu_words().heard(text)
    return word == "checkin", rest if word == "checkin" else text
