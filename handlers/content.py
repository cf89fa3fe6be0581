"""The unit's own phrases and duties in chat: lists, a search, adding, changing, switching off and on."""

from aiogram import F, Router
from aiogram.types import Message

from bot.domain import sensitive, texts
from bot.domain.access import Action
from bot.events import Press
from bot.services import content as service
from bot.services import duties
from bot.services.effects import Outcome
from bot.views import content as view
from bot.views import duties as duties_view
from bot.views import errors, privacy
from bot.views.callbacks import ContentPress
from bot.views.parts import Outgoing, clip
from handlers.desk import Desk
from handlers.filters import At, Can, Word

router = Router(name="content")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private", Can(Action.MANAGE_CONTENT))

TEXT, TIP, AVOID = "content:text", "content:tip", "content:avoid"  # a new one, step by step
EDIT, ASK = "content:edit", "content:search"
FOUND = "content:found"  # the list on the table was searched for; nothing is awaited
STEPS = {TEXT: "text", TIP: "tip", AVOID: "avoid"}
SEARCH_LIMIT = 40
# The press has done something, or has found that somebody else was there first: the card shows how it stands.
SHOWS_CARD = ("added", "changed", "restored", "off", "on", "same", "conflict", "conflict-words", "last")


@router.message(Word("content"))
async def on_content(message: Message, args: str, desk: Desk) -> Outgoing:
    """Alone the overview; a kind and words add one in a line; other words are looked for."""
    _leave(desk)
    head, _, rest = args.partition(" ")
    kind = next((k for k in service.KINDS if head.lower() in desk.t.plain(f"content-words-{k}").split("|")), None)
    if not args:
        return view.overview(await service.overview(desk.db), desk.t)
    if kind is None:
        return await _search(args, desk)
    if not rest.strip():
        return await _shelf(desk, f"{kind}-own", 0)
    parts = texts.parts(rest)
    return await _add(desk, kind, dict(zip(service.FIELDS[kind], parts, strict=False)), extra=len(parts))


@router.callback_query(ContentPress.filter(F.act == "top"))
async def on_top(query: Press, desk: Desk) -> Outgoing:
    _leave(desk)
    return view.overview(await service.overview(desk.db), desk.t).edited()


@router.callback_query(ContentPress.filter(F.act == "list"))
async def on_list(query: Press, callback_data: ContentPress, desk: Desk) -> Outgoing:
    if desk.dialog.state != FOUND:
        _leave(desk)
    return (await _shelf(desk, callback_data.id, callback_data.page)).edited()


@router.callback_query(ContentPress.filter(F.act == "find"))
async def on_find(query: Press, desk: Desk) -> Outgoing:
    _leave(desk)
    desk.dialog.at(ASK)
    return view.ask_search(desk.t)


@router.message(At(ASK), F.text, Can(Action.MANAGE_CONTENT))
async def on_words(message: Message, desk: Desk) -> Outgoing:
    return await _search(message.text or "", desk)


@router.callback_query(ContentPress.filter(F.act == "card"))
async def on_card(query: Press, callback_data: ContentPress, desk: Desk) -> Outgoing:
    return (await _card(desk, callback_data.id)).edited()


@router.callback_query(ContentPress.filter(F.act == "preview"))
async def on_preview(query: Press, callback_data: ContentPress, desk: Desk) -> Outgoing:
    outcome = await duties.try_out(desk.db, callback_data.id, desk.now)
    return duties_view.preview(outcome, desk.t) if outcome.facts else errors.stale(desk.t)


# Adding, step by step


@router.callback_query(ContentPress.filter(F.act == "add"))
async def on_add(query: Press, callback_data: ContentPress, desk: Desk) -> Outgoing:
    if callback_data.id not in service.KINDS:
        return errors.stale(desk.t)
    _leave(desk)
    desk.dialog.at(TEXT, kind=callback_data.id, of=desk.number)
    return view.ask(callback_data.id, "text", desk.t)


@router.message(At(TEXT, TIP, AVOID), F.text, Can(Action.MANAGE_CONTENT))
async def on_step(message: Message, desk: Desk) -> Outgoing:
    field, text = STEPS[desk.dialog.state or TEXT], message.text or ""
    kind = desk.dialog.data.get("kind", "phrase")
    found = await service.examine(desk.db, kind, field, text)
    return await _next(desk, field, text) if found.name == "content-fine" else view.refusal(found, desk.t)


@router.callback_query(ContentPress.filter(F.act == "skip"))
async def on_skip(query: Press, callback_data: ContentPress, desk: Desk) -> Outgoing:
    state, data = desk.dialog.state, desk.dialog.data
    if state not in (TIP, AVOID) or data.get("of") != callback_data.version:
        return errors.stale(desk.t)
    return await _next(desk, STEPS[state], "")


async def _next(desk: Desk, field: str, text: str) -> Outgoing:
    """The next question, or after the last one what it has come to."""
    data = desk.dialog.data | {field: text}
    kind = data.get("kind", "phrase")
    fields = service.FIELDS[kind]
    at = fields.index(field) + 1
    if at == len(fields):
        return await _add(desk, kind, {name: data.get(name, "") for name in fields})
    # Each step has a number of its own, so that the button of an earlier one passes over nothing.
    desk.dialog.at(f"content:{fields[at]}", of=desk.number, **{field: text})
    return view.ask(kind, fields[at], desk.t, desk.number)


async def _add(desk: Desk, kind: str, given: dict[str, str], extra: int = 0) -> Outgoing:
    if extra > len(service.FIELDS[kind]):
        return Outgoing(desk.t("content-too-many-parts", kind=kind))
    outcome = await service.add(desk.cause, desk.actor, kind, given, desk.now)
    _leave(desk)
    return await _shown(desk, outcome)


# Changing


@router.callback_query(ContentPress.filter(F.act.startswith("edit-")))
async def on_edit(query: Press, callback_data: ContentPress, desk: Desk) -> Outgoing:
    found = await service.card(desk.db, callback_data.id)
    field = callback_data.act.removeprefix("edit-")
    if found is None or field not in service.editable(found.item):
        return errors.stale(desk.t)
    if found.item.kept.version != callback_data.version:
        return (await _shown(desk, Outcome("content-conflict", {"item": callback_data.id}))).edited()
    _leave(desk)
    desk.dialog.at(EDIT, item=callback_data.id, version=callback_data.version, field=field)
    return view.ask_other(found.item, field, desk.t)


@router.message(At(EDIT), F.text, Can(Action.MANAGE_CONTENT))
async def on_other_words(message: Message, desk: Desk) -> Outgoing:
    data = desk.dialog.data
    item, version, field = data.get("item", ""), data.get("version", 0), data.get("field", "")
    outcome = await service.edit(desk.cause, desk.actor, item, version, field, message.text or "", desk.now)
    if _shows_card(outcome):
        desk.dialog.end()
    return await _shown(desk, outcome)


@router.callback_query(ContentPress.filter(F.act.startswith("clear-")))
async def on_clear(query: Press, callback_data: ContentPress, desk: Desk) -> Outgoing:
    pressed, field = callback_data, callback_data.act.removeprefix("clear-")
    if field == "text":
        return errors.stale(desk.t)
    _leave(desk)
    outcome = await service.edit(desk.cause, desk.actor, pressed.id, pressed.version, field, "", desk.now)
    return (await _shown(desk, outcome)).edited()


@router.callback_query(ContentPress.filter(F.act == "restore"))
async def on_restore(query: Press, callback_data: ContentPress, desk: Desk) -> Outgoing:
    outcome = await service.restore(desk.cause, desk.actor, callback_data.id, callback_data.version, desk.now)
    return (await _shown(desk, outcome)).edited()


@router.callback_query(ContentPress.filter(F.act.in_({"off", "on"})))
async def on_switch(query: Press, callback_data: ContentPress, desk: Desk) -> Outgoing:
    pressed, active = callback_data, callback_data.act == "on"
    outcome = await service.switch(desk.cause, desk.actor, pressed.id, pressed.version, active, desk.now)
    return (await _shown(desk, outcome)).edited()


def _leave(desk: Desk) -> None:
    if (desk.dialog.state or "").startswith("content:"):
        desk.dialog.end()


async def _search(text: str, desk: Desk) -> Outgoing:
    sought = clip(" ".join(text.split()), SEARCH_LIMIT)
    if kind := sensitive.find(sought):
        return privacy.not_kept(kind, desk.t)
    _leave(desk)
    desk.dialog.at(FOUND, sought=sought)
    return await _shelf(desk, "all-found", 0)


async def _shelf(desk: Desk, name: str, page: int) -> Outgoing:
    kind, _, show = name.partition("-")
    sought = desk.dialog.data.get("sought", "") if desk.dialog.state == FOUND else ""
    if name not in view.SHELVES and (name != "all-found" or not sought):
        return errors.stale(desk.t)
    return view.shelf(await service.shelf(desk.db, kind, show, sought, page), desk.t)


async def _card(desk: Desk, item_id: str, note: str = "") -> Outgoing:
    return view.card(await service.card(desk.db, item_id), desk.t, note)


def _shows_card(outcome: Outcome) -> bool:
    return outcome.name.removeprefix("content-") in SHOWS_CARD


async def _shown(desk: Desk, outcome: Outcome) -> Outgoing:
    if not _shows_card(outcome):
        return view.refusal(outcome, desk.t)
    facts = {name: fact for name, fact in outcome.facts.items() if name != "item"}
    return await _card(desk, outcome.facts["item"], desk.t(outcome.name, **facts))
