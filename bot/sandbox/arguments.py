"""How Bot API methods are offered, and how they read chats, texts, captions, files and replies."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.objects import Chat, Json, StoredFile
from bot.sandbox.rules import CAPTION_LIMIT, PHOTO_LIMIT, TEXT_LIMIT, Args, bad
from bot.sandbox.state import State
from bot.sandbox.text import Entity, merged, parse_html, trim, utf16

Method = Callable[[State, Args], Any]
Methods = dict[str, tuple[str, frozenset[str], Method]]  # by lower-cased name

# Entities a bot may give, and those Telegram finds by itself and takes from nobody.
GIVEN = frozenset(
    {
        "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "text_link",
        "text_mention", "custom_emoji", "blockquote", "expandable_blockquote", "date_time",
    }
)  # fmt: skip
FOUND = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"})


def offering(table: Methods) -> Callable[..., Callable[[Method], Method]]:
    """The decorator that enters a function in a table as the Bot API method that knows these parameters."""

    def method(name: str, parameters: str = "") -> Callable[[Method], Method]:
        def offer(function: Method) -> Method:
            table[name.lower()] = (name, frozenset(parameters.split()), function)
            return function

        return offer

    return method


def chat_of(state: State, args: Args, name: str = "chat_id") -> Chat:
    given = args.text(name)
    if not given:
        raise bad(f"{name} is empty")
    return state.find_chat(args.integer(name))


def _read_text(state: State, text: str, mode: str, entities: Any) -> tuple[str, list[Entity]]:
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise bad("strings must be encoded in UTF-8") from None
    if size > 1 << 15:
        raise bad("text is too long")
    mode = mode.lower()
    if mode == "html":
        plain, found = parse_html(text)
    elif mode in ("markdown", "markdownv2"):
        state.note(f"parse_mode {mode} is not modelled: the text was taken as plain")
        plain, found = text, []
    elif mode in ("", "none"):
        plain, found = text, _given_entities(entities, text)
    else:
        raise bad("unsupported parse_mode")
    plain, found = trim(plain, found)
    return plain, merged(plain, _resolved(state, found))


def _given_entities(given: Any, text: str) -> list[Entity]:
    """Entities the bot made itself; what Telegram finds by itself is not taken from a bot."""
    if not isinstance(given, list):
        return []
    found, size = [], utf16(text)
    for entity in given:
        kind, offset, length = _entity_fields(entity)
        if kind not in GIVEN and kind not in FOUND:
            raise bad("can't parse MessageEntity: Unsupported type specified")
        if kind in FOUND or length == 0:
            continue
        if offset < 0 or length < 0:
            name, value = ("offset", offset) if offset < 0 else ("length", length)
            raise bad(f"receive an entity with incorrect {name} {value}")
        if offset + length > size:
            end = f"ends after the end of the text at UTF-16 offset {size}"
            raise bad(f"entity beginning at UTF-16 offset {offset} {end}")
        found.append(dict(entity))
    return sorted(found, key=lambda e: (e["offset"], -e["length"]))


def _entity_fields(entity: Any) -> tuple[str, int, int]:
    if not isinstance(entity, dict):
        raise bad("can't parse MessageEntity: expected an Object")
    for name, wanted in (("offset", int), ("length", int), ("type", str)):
        if name not in entity:
            raise bad(f"can't parse MessageEntity: Can't find field \"{name}\"")
        if not isinstance(entity[name], wanted):
            what = "Number" if wanted is int else "String"
            raise bad(f'can\'t parse MessageEntity: Field "{name}" must be of type {what}')
    return entity["type"], entity["offset"], entity["length"]


def _resolved(state: State, entities: list[Entity]) -> list[Entity]:
    """A mention by id shows the person, or nothing where the bot knows nobody of that id."""
    kept = []
    for entity in entities:
        if "user_id" in entity:
            person = state.users.get(entity["user_id"])
            if person is None:
                continue
            shape = {name: value for name, value in entity.items() if name != "user_id"}
            kept.append({**shape, "user": person.json()})
        else:
            kept.append(entity)
    return kept


def text_of(state: State, args: Args) -> Json:
    source = args.text("text")
    if not source:
        raise bad("message text is empty")
    text, entities = _read_text(state, source, args.text("parse_mode"), args.json("entities", "entities"))
    if not text:
        raise bad("text must be non-empty")
    if utf16(text) > TEXT_LIMIT:
        raise bad("message is too long")
    return {"text": text, "entities": entities, "html": source}


def caption_of(state: State, args: Args) -> Json:
    source = args.text("caption")
    text, entities = _read_text(state, source, args.text("parse_mode"), args.json("caption_entities", "entities"))
    if utf16(text) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    return {"caption": text or None, "entities": entities, "html": source}


def file_of(state: State, args: Args, name: str, kind: str) -> StoredFile:
    """A file as it comes: in the body, attached under another name, or by the id of one sent before."""
    given = args.text(name)
    upload = args.files.get(given.removeprefix("attach://") if given.startswith("attach://") else name)
    if upload is None:
        if not given:
            raise bad(f"there is no {kind} in the request")
        if given.startswith(("http://", "https://")):
            state.note(f"{kind} by web address: the sandbox fetches nothing")
            raise bad("failed to get HTTP URL content")
        known = state.files.get(given)
        if known is None:
            raise bad("wrong file identifier/HTTP URL specified")
        if known.kind != kind:
            raise bad(f"can't use file of type {known.kind.title()} as {kind.title()}")
        return known
    if not upload.data:
        raise bad("file must be non-empty")
    if kind == "photo" and len(upload.data) > PHOTO_LIMIT:
        raise bad("file is too big for a photo")
    file = state.store(upload.data, upload.name, upload.mime, kind)
    if kind == "photo":
        width, height = file.size
        if not width or not height:
            raise bad("IMAGE_PROCESS_FAILED")
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise bad("PHOTO_INVALID_DIMENSIONS")
    return file


def reply_to(state: State, args: Args, chat: Chat) -> int | None:
    wanted = args.json("reply_parameters", "reply parameters")
    if wanted is not None and not isinstance(wanted, dict):
        raise bad("object expected as reply parameters")
    given = Args(wanted or {"message_id": args.raw.get("reply_to_message_id")})
    number = given.integer("message_id")
    if not number:
        return None
    original = chat.messages.get(number)
    if original is None or original.deleted:
        if given.flag("allow_sending_without_reply") or args.flag("allow_sending_without_reply"):
            return None
        raise bad("message to be replied not found")
    return original.id
