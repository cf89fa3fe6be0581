"""The Bot API methods that send, edit and delete messages."""

from datetime import timedelta
from typing import Any

from bot.sandbox.arguments import Methods, caption_of, chat_of, file_of, offering, reply_to, text_of
from bot.sandbox.objects import Chat, Json, SentMessage
from bot.sandbox.rules import (
    Args,
    bad,
    check_markup,
)
from bot.sandbox.state import State

OFFERED: Methods = {}
method = offering(OFFERED)

SEND = (
    "business_connection_id chat_id message_thread_id direct_messages_topic_id disable_notification "
    "protect_content allow_paid_broadcast message_effect_id suggested_post_parameters "
    "reply_parameters reply_markup reply_to_message_id allow_sending_without_reply "
)
CAPTION = "caption parse_mode caption_entities show_caption_above_media "
EDIT = "business_connection_id chat_id message_id inline_message_id reply_markup "
ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
        "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    }
)  # fmt: skip
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


# Sending


def _post(state: State, args: Args, content: Json, chat: Chat | None = None) -> SentMessage:
    """Send one message after every check, the pace last."""
    markup = check_markup(args.json("reply_markup", "reply keyboard markup"))
    chat = chat or chat_of(state, args)
    state.check_write(chat)
    answered = reply_to(state, args, chat)
    state.pace.take(chat.id)
    shown: Json = {}
    if markup is not None:
        if "inline_keyboard" in markup:
            shown["markup"] = markup
        else:
            shown |= _reply_keyboard(chat, markup)
    return state.place(chat, state.bot, reply_to=answered, **content, **shown)


def _reply_keyboard(chat: Chat, markup: Json) -> Json:
    """Show, replace or take away the keyboard below the chat."""
    rows = [[str(key["text"]) for key in row] for row in markup.get("keyboard", [])]
    if rows or markup.get("remove_keyboard"):
        chat.reply_keyboard = rows or None
    chat.placeholder = markup.get("input_field_placeholder")
    return {"had_keyboard": True, "reply_keyboard": rows or None}


@method("sendMessage", SEND + "text parse_mode entities link_preview_options disable_web_page_preview")
def send_message(state: State, args: Args) -> SentMessage:
    return _post(state, args, text_of(state, args))


@method("sendPhoto", SEND + CAPTION + "photo has_spoiler")
def send_photo(state: State, args: Args) -> SentMessage:
    return _post(state, args, {"file": file_of(state, args, "photo", "photo"), **caption_of(state, args)})


@method("sendDocument", SEND + CAPTION + "document thumbnail disable_content_type_detection")
def send_document(state: State, args: Args) -> SentMessage:
    return _post(state, args, {"file": file_of(state, args, "document", "document"), **caption_of(state, args)})


def _media(state: State, args: Args, item: Any) -> Json:
    """One InputMedia: its file and caption."""
    if not isinstance(item, dict):
        raise bad("can't parse InputMedia: expected an Object")
    kind = item.get("type")
    if kind not in ("photo", "document"):
        state.note(f"media of type {kind} is not modelled")
        raise bad("can't parse InputMedia: type must be one of photo, document")
    return {
        "file": file_of(state, Args({kind: item.get("media")}, args.files), str(kind), str(kind)),
        **caption_of(state, Args(item)),
    }


@method("sendMediaGroup", SEND + "media")
def send_media_group(state: State, args: Args) -> list[SentMessage]:
    media = args.json("media", "input media")
    if not isinstance(media, list):
        raise bad("can't parse media: expected an Array of InputMedia")
    if not 2 <= len(media) <= 10:
        raise bad("too few items specified" if len(media) < 2 else "too many items specified")
    chat = chat_of(state, args)
    contents = [_media(state, args, item) for item in media]
    if len({content["file"].kind for content in contents}) > 1:
        raise bad("document can't be mixed with other media types")
    state.check_write(chat)
    answered = reply_to(state, args, chat)
    state.pace.take(chat.id, len(media))
    group = str(next(state.ids))
    return [state.place(chat, state.bot, reply_to=answered, group=group, **content) for content in contents]


@method("sendChatAction", "business_connection_id chat_id message_thread_id action")
def send_chat_action(state: State, args: Args) -> bool:
    chat = chat_of(state, args)
    if args.text("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    state.check_write(chat)
    state.happened("typing", chat.id)
    return True


def _original(state: State, args: Args, what: str) -> SentMessage:
    source = chat_of(state, args, "from_chat_id")
    return state.find_message(source, args.integer("message_id"), what)


@method("copyMessage", SEND + CAPTION + "from_chat_id message_id video_start_timestamp")
def copy_message(state: State, args: Args) -> Json:
    original = _original(state, args, "message to copy")
    content = original.contents()
    if "caption" in args.raw and original.file is not None:
        content |= caption_of(state, args)
    return {"message_id": _post(state, args, content).id}


@method("forwardMessage", SEND + "from_chat_id message_id video_start_timestamp")
def forward_message(state: State, args: Args) -> SentMessage:
    original = _original(state, args, "message to forward")
    return _post(state, args, {**original.contents(), "forward": original.origin()})


# Editing


def _editable(state: State, args: Args) -> SentMessage:
    if not args.text("chat_id") and not args.text("message_id"):
        raise bad("message identifier is not specified")
    chat = chat_of(state, args)
    state.check_write(chat)
    message = state.find_message(chat, args.integer("message_id"), "message to edit")
    if not message.from_bot or message.had_keyboard or message.forward is not None:
        raise bad("message can't be edited")
    return message


def _change(state: State, args: Args, message: SentMessage, content: Json) -> SentMessage:
    """Put new content and keyboard in place; a keyboard not given again is taken away."""
    markup = check_markup(args.json("reply_markup", "reply keyboard markup"))
    if markup is not None and "inline_keyboard" not in markup:
        raise bad("inline keyboard expected")
    new = {**content, "markup": markup}
    compared = ("text", "caption", "entities", "file", "markup")
    if all(new[name] == getattr(message, name) for name in compared if name in new):
        raise bad(NOT_MODIFIED)
    state.pace.take(message.chat_id)
    for name, value in new.items():
        setattr(message, name, value)
    message.edited += 1
    if content:  # Telegram marks a message as edited only when its content changed
        message.edit_date = state.clock()
    state.changed("edit", message)
    return message


@method(
    "editMessageText",
    EDIT + "text parse_mode entities link_preview_options disable_web_page_preview rich_message",
)
def edit_message_text(state: State, args: Args) -> SentMessage:
    content = text_of(state, args)
    message = _editable(state, args)
    if message.text is None:
        raise bad("there is no text in the message to edit")
    return _change(state, args, message, content)


@method("editMessageCaption", EDIT + CAPTION)
def edit_message_caption(state: State, args: Args) -> SentMessage:
    content = caption_of(state, args)
    message = _editable(state, args)
    if message.file is None:
        raise bad("there is no caption in the message to edit")
    return _change(state, args, message, content)


@method("editMessageReplyMarkup", EDIT)
def edit_message_reply_markup(state: State, args: Args) -> SentMessage:
    return _change(state, args, _editable(state, args), {})


@method("editMessageMedia", EDIT + "media")
def edit_message_media(state: State, args: Args) -> SentMessage:
    item = args.json("media", "input media")
    content = _media(state, args, item)
    message = _editable(state, args)
    if message.group is not None and message.file is not None and message.file.kind != content["file"].kind:
        raise bad("can't use the media of the specified type in the album")
    return _change(state, args, message, {**content, "text": None})


# Deleting


def _delete(state: State, message: SentMessage) -> None:
    if state.clock() - message.date > timedelta(hours=48):
        raise bad("message can't be deleted for everyone")
    chat = state.chats[message.chat_id]
    if chat.kind != "private" and not message.from_bot and chat.bot_status != "administrator":
        raise bad("message can't be deleted")
    message.deleted = True
    state.changed("delete", message)


@method("deleteMessage", "chat_id message_id")
def delete_message(state: State, args: Args) -> bool:
    if not args.text("message_id"):
        raise bad("message identifier is not specified")
    chat = chat_of(state, args)
    state.check_write(chat)
    _delete(state, state.find_message(chat, args.integer("message_id"), "message to delete"))
    return True


@method("deleteMessages", "chat_id message_ids")
def delete_messages(state: State, args: Args) -> bool:
    numbers = args.json("message_ids", "message identifiers")
    if not isinstance(numbers, list) or not numbers:
        raise bad("message identifiers are not specified")
    if len(numbers) > 100:
        raise bad("too many message identifiers specified")
    chat = chat_of(state, args)
    state.check_write(chat)
    if not all(isinstance(number, int) for number in numbers):
        raise bad("message identifier must be a Number")
    for number in numbers:
        message = chat.messages.get(number)
        if message is not None and not message.deleted:
            _delete(state, message)
    return True
