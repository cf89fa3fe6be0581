"""Notices: written in one message, looked at once more, sent, approved by a second person."""

from typing import Any

from aiogram import F, Router
from aiogram.types import Message

from bot.domain.access import Action
from bot.domain.markup import Entity
from bot.events import Press
from bot.pace import Lane
from bot.services import notice_sending as sending
from bot.services import notices as service
from bot.services import review as reviews
from bot.services.effects import Outcome
from bot.services.notice_text import Content
from bot.telegram import Rejected, Retry
from bot.views import errors, privacy
from bot.views import notice_choices as choices
from bot.views import notices as view
from bot.views import review as review_view
from bot.views.callbacks import NoticePress
from bot.views.parts import Outgoing
from handlers.desk import Desk
from handlers.filters import At, Can, Word

router = Router(name="notices")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private", Can(Action.NOTIFY))

TEXT, EDIT, REASON, ALBUM = "notices:text", "notices:edit", "notices:reason", "notices:album"
CONTENT = (F.text | F.photo | F.document) & ~F.animation
PICTURES = (".jpg", ".jpeg", ".jpe", ".heic", ".heif", ".png", ".tif", ".tiff", ".webp", ".dng", ".avif")
MAY = Can(Action.NOTIFY)


@router.message(Word("notice"))
async def on_notice(message: Message, args: str, desk: Desk) -> Outgoing:
    """With a text it is a draft at once; without one the bot asks for it and shows the recent ones."""
    desk.leave()
    if args:
        return await drafted(message, desk, after_word=True)
    desk.dialog.at(TEXT)
    return view.prompt(await service.recent(desk.db, desk.actor, 0, desk.now), desk.t)


@router.message(F.caption.regexp(r"^\s*/notice(@\w+)?(\s|$)"), F.photo | F.document, MAY)
async def on_notice_with_file(message: Message, desk: Desk) -> Outgoing:
    desk.leave()
    return await drafted(message, desk, after_word=True)


@router.message(At(TEXT), CONTENT, MAY)
async def on_content(message: Message, desk: Desk) -> Outgoing:
    return await drafted(message, desk)


async def drafted(message: Message, desk: Desk, *, after_word: bool = False) -> Outgoing:
    outcome = await service.draft(desk.cause, desk.actor, content_of(message, after_word=after_word), desk.now)
    if outcome.name != "notices-card":
        desk.dialog.at(TEXT)
        return refused(outcome, desk)
    return await _accepted(message, desk, outcome.facts["id"])


async def _accepted(message: Message, desk: Desk, notice_id: int) -> Outgoing:
    desk.leave()
    if message.media_group_id:
        desk.dialog.at(ALBUM, album=message.media_group_id, told=False)
    return await show(desk, Outcome("notices-card", {"id": notice_id}))


def refused(outcome: Outcome, desk: Desk) -> Outgoing:
    """Why this content cannot be passed on; the next message is tried again."""
    if outcome.name == "privacy-not-kept":
        return privacy.not_kept(outcome.facts["kind"], desk.t)
    return Outgoing(view.said(outcome, desk.t))


def content_of(message: Message, *, after_word: bool = False) -> Content:
    text = message.text or message.caption or ""
    found = message.entities or message.caption_entities or ()
    entities = [Entity(e.type, e.offset, e.length, e.url or "") for e in found]
    start = len(text) - len(text.lstrip()) + len(text.split(maxsplit=1)[0]) if after_word and text.strip() else 0
    file: tuple[str | None, str | None, str] = (None, None, "")
    if message.photo:
        file = ("photo", message.photo[-1].file_id, "")
    elif message.document:
        name = " ".join((message.document.file_name or "").split())
        picture = (message.document.mime_type or "").startswith("image/") or name.lower().endswith(PICTURES)
        file = ("picture" if picture else "document", message.document.file_id, name[:60])
    return Content(text, entities, start, *file, source_of(message))


def source_of(message: Message) -> str:
    return f"{message.chat.id}/{message.message_id}"


@router.message(At(EDIT), CONTENT, MAY)
async def on_new_content(message: Message, desk: Desk) -> Outgoing:
    number = desk.dialog.data["id"]
    outcome = await service.rewrite(desk.cause, desk.actor, number, content_of(message))
    if outcome.name in ("notices-card", "notices-stale", "notices-not-yours"):
        return await _accepted(message, desk, number)
    return refused(outcome, desk)


@router.message(At(TEXT, EDIT), ~F.contact & ~F.location, MAY)
async def on_other_content(message: Message, desk: Desk) -> Outgoing:
    return Outgoing(desk.t("notices-bad-kind"))


@router.message(At(ALBUM), F.media_group_id, MAY)
async def on_rest_of_an_album(message: Message, desk: Desk) -> Outgoing | None:
    """Said once, however many pictures follow the first."""
    told = desk.dialog.data["told"] or desk.dialog.data["album"] != message.media_group_id
    desk.dialog.at(ALBUM, told=True)
    return None if told else Outgoing(desk.t("notices-album"))


# Buttons


@router.callback_query(NoticePress.filter(F.act == "list"))
async def on_list(query: Press, callback_data: NoticePress, desk: Desk) -> Outgoing:
    desk.leave()
    return view.recent(await service.recent(desk.db, desk.actor, callback_data.version, desk.now), desk.t).edited()


@router.callback_query(NoticePress.filter(F.act == "open"))
async def on_open(query: Press, callback_data: NoticePress, desk: Desk) -> Outgoing:
    desk.leave()
    return (await show(desk, Outcome("notices-card", {"id": callback_data.id}))).edited()


@router.callback_query(NoticePress.filter(F.act.in_({"answer", "important", "nofile"})))
async def on_choice(query: Press, callback_data: NoticePress, desk: Desk) -> Outgoing:
    pressed = callback_data
    outcome = await service.adjust(desk.cause, desk.actor, pressed.id, pressed.version, pressed.act, "", desk.now)
    return (await show(desk, outcome, pressed.id)).edited()


@router.callback_query(NoticePress.filter(F.act == "edit"))
async def on_edit(query: Press, callback_data: NoticePress, desk: Desk) -> Outgoing:
    facts = await _card(desk, callback_data.id)
    desk.leave()
    if facts is None or facts["state"] != "draft" or not facts["own"]:
        return (await show(desk, Outcome("notices-stale", {"id": callback_data.id}))).edited()
    desk.dialog.at(EDIT, id=callback_data.id)
    return view.ask_content(callback_data.id, desk.t)


@router.callback_query(NoticePress.filter(F.act == "look"))
async def on_look(query: Press, callback_data: NoticePress, desk: Desk) -> Outgoing | tuple[Outgoing, ...]:
    """The message as it will look, then the sum. A file is tried here: if Telegram refuses it, nobody else gets it."""
    facts = await _card(desk, callback_data.id)
    desk.leave()
    if facts is None or facts["state"] != "draft" or not facts["own"]:
        return await show(desk, Outcome("notices-stale", {"id": callback_data.id}))
    sample, check = view.sample(facts, desk.t), view.check(facts, desk.t)
    if not facts["file_id"]:
        return sample, check
    fate = await desk.house.telegram.send(desk.actor.chat_id, sample, Lane.ANSWER)
    if isinstance(fate, Rejected):
        return view.card(facts, desk.t, desk.t("notices-file-refused"))
    return (sample, check) if isinstance(fate, Retry) else check


@router.callback_query(NoticePress.filter(F.act.in_({"view", "sample"})))
async def on_view(query: Press, callback_data: NoticePress, desk: Desk) -> Outgoing:
    facts = await _card(desk, callback_data.id)
    if facts is None:
        return Outgoing(desk.t("notices-not-yours"))
    return Outgoing(desk.t("notices-sample")) if callback_data.act == "sample" else view.sample(facts, desk.t)


@router.callback_query(NoticePress.filter(F.act.in_({"send", "anyway"})))
async def on_send(query: Press, callback_data: NoticePress, desk: Desk) -> Outgoing:
    desk.leave()
    pressed, anyway = callback_data, callback_data.act == "anyway"
    outcome = await sending.submit(
        desk.cause, desk.actor, pressed.id, pressed.version, pressed.total, desk.now, desk.owners, anyway=anyway
    )
    return (await show(desk, outcome, pressed.id)).edited()


@router.callback_query(NoticePress.filter(F.act.in_({"drop", "back"})))
async def on_take_away(query: Press, callback_data: NoticePress, desk: Desk) -> Outgoing:
    desk.leave()
    use_case = sending.give_up if callback_data.act == "drop" else service.take_back
    outcome = await use_case(desk.cause, desk.actor, callback_data.id, callback_data.version, desk.now)
    return (await show(desk, outcome, callback_data.id)).edited()


# Approving


@router.callback_query(NoticePress.filter(F.act == "yes"))
async def on_approve(query: Press, callback_data: NoticePress, desk: Desk) -> Outgoing:
    pressed = callback_data
    outcome = await sending.approve(desk.cause, desk.actor, pressed.id, pressed.version, desk.now, desk.owners)
    return _decided(outcome, desk).edited()


@router.callback_query(NoticePress.filter(F.act == "no"))
async def on_reject(query: Press, callback_data: NoticePress, desk: Desk) -> Outgoing:
    facts = await _card(desk, callback_data.id)
    desk.leave()
    if facts is None or facts["state"] != "waiting" or facts["version"] != callback_data.version:
        return _decided(Outcome("notices-stale" if facts else "notices-not-yours"), desk).edited()
    desk.dialog.at(REASON, id=callback_data.id, version=callback_data.version)
    return view.ask_reason(callback_data.id, callback_data.version, desk.t).edited()


@router.callback_query(NoticePress.filter(F.act == "no-plain"))
async def on_reject_plain(query: Press, callback_data: NoticePress, desk: Desk) -> Outgoing:
    desk.leave()
    pressed = callback_data
    outcome = await sending.reject(desk.cause, desk.actor, pressed.id, pressed.version, "", desk.now)
    return _decided(outcome, desk).edited()


@router.message(At(REASON), F.text, MAY)
async def on_reason(message: Message, desk: Desk) -> Outgoing:
    data = desk.dialog.data
    desk.leave()
    note = message.text or ""
    outcome = await sending.reject(desk.cause, desk.actor, data["id"], data["version"], note, desk.now)
    return _decided(outcome, desk)


@router.callback_query(NoticePress.filter(F.act == "skip"))
async def on_skip(query: Press, callback_data: NoticePress, desk: Desk) -> Outgoing:
    desk.leave()
    found = await sending.next_waiting(desk.db, desk.actor, callback_data.id, desk.now)
    if found is not None:
        return view.approval(found, desk.t, *review_view.following(desk.t)).edited()
    waiting = await reviews.next_waiting(desk.db, desk.actor, 0, desk.now)
    return review_view.pending(waiting, desk.t).edited()


def _decided(outcome: Outcome, desk: Desk) -> Outgoing:
    facts: dict[str, Any] = dict(outcome.facts)
    if "reason" in facts:
        facts["reason"] = desk.t.plain("notice-reason", reason=facts["reason"])
    return Outgoing(desk.t(outcome.name, **facts), (review_view.following(desk.t),))


# What is shown afterwards


async def _card(desk: Desk, notice_id: int) -> dict[str, Any] | None:
    return await service.card(desk.db, desk.actor, notice_id, desk.now)


async def show(desk: Desk, outcome: Outcome, notice_id: int = 0) -> Outgoing:
    """What came of it, over the notice as it is now; where something is to be chosen anew, that choice."""
    number = outcome.facts.get("id", notice_id)
    facts = await _card(desk, number)
    if facts is None or outcome.name == "notices-not-yours":
        return Outgoing(desk.t("notices-not-yours"))
    if outcome.name == "notices-card":
        return view.card(facts, desk.t)
    if outcome.name == "notices-outside":
        return view.outside(outcome, desk.t)
    if outcome.name == "notices-changed" and facts["state"] == "draft":
        return view.check(facts, desk.t, desk.t(outcome.name))
    if outcome.name == "notices-changed":
        outcome = Outcome("notices-stale")
    if outcome.name == "notices-no-approver":
        return view.card(facts, desk.t, desk.t(outcome.name, over=facts["over"]))
    if outcome.name == "notices-past":
        timing = await service.timing(desk.db, desk.actor, number, "", desk.now)
        return choices.times(timing, desk.t, desk.t(outcome.name)) if timing else errors.stale(desk.t)
    return view.card(facts, desk.t, view.said(outcome, desk.t, facts["send_at"]))
