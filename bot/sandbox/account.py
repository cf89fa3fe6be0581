"""The other Bot API methods: the bot itself, commands, updates, files, chats, answers to presses."""

import re
from datetime import timedelta
from typing import Any

from bot.sandbox.arguments import Methods, chat_of, offering
from bot.sandbox.objects import Chat, Json, chat_json
from bot.sandbox.rules import DOWNLOAD_LIMIT, Args, bad, forbidden
from bot.sandbox.state import State
from bot.sandbox.text import utf16

OFFERED: Methods = {}
method = offering(OFFERED)

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@method("getMe")
def get_me(state: State, args: Args) -> Json:
    return {
        **state.bot.json(),
        "can_join_groups": True,
        "can_read_all_group_messages": not state.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("logOut")
def log_out(state: State, args: Args) -> bool:
    state.logged_out = True
    state.updates.clear()
    return True


@method("close")
def close(state: State, args: Args) -> bool:
    return True


# Updates


@method("getUpdates", "offset limit timeout allowed_updates")
async def get_updates(state: State, args: Args) -> list[Json]:
    return await state.updates.get(args)


@method(
    "setWebhook",
    "url certificate ip_address max_connections allowed_updates drop_pending_updates secret_token",
)
async def set_webhook(state: State, args: Args) -> bool:
    return await state.webhook.set(args)


@method("deleteWebhook", "drop_pending_updates")
async def delete_webhook(state: State, args: Args) -> bool:
    return await state.webhook.delete(args)


@method("getWebhookInfo")
def get_webhook_info(state: State, args: Args) -> Json:
    return state.webhook.info()


# Answers to presses


@method("answerCallbackQuery", "callback_query_id text show_alert url cache_time")
def answer_callback_query(state: State, args: Args) -> bool:
    number, text = args.text("callback_query_id"), args.text("text")
    query = state.queries.get(number)
    if query is None or state.clock() - query.at > timedelta(seconds=state.answer_seconds):
        raise bad(TOO_OLD)
    if utf16(text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    del state.queries[number]
    alert = args.flag("show_alert")
    state.callback_answers.append((number, query.user_id, text, alert))
    state.happened("answer", query.chat_id, user_id=query.user_id, text=text, alert=alert)
    return True


# Commands, names, menu


def _scope(state: State, args: Args) -> str:
    scope = args.json("scope", "BotCommandScope") or {"type": "default"}
    kind = scope.get("type") if isinstance(scope, dict) else None
    plain = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
    if kind in plain:
        return str(kind)
    if kind in ("chat", "chat_administrators", "chat_member"):
        given = Args(scope)
        chat = chat_of(state, given)
        return f"{kind} {chat.id} {given.integer('user_id')}" if kind == "chat_member" else f"{kind} {chat.id}"
    raise bad("can't parse BotCommandScope: unsupported type specified")


def _language(args: Args) -> str:
    code = args.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad("invalid language code specified")
    return code


@method("setMyCommands", "commands scope language_code")
def set_my_commands(state: State, args: Args) -> bool:
    commands = args.json("commands", "commands")
    if not isinstance(commands, list):
        raise bad("expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    kept = [_command(command) for command in commands]
    state.commands[(_scope(state, args), _language(args))] = kept
    state.happened("commands", 0)
    return True


def _command(command: Any) -> Json:
    if not isinstance(command, dict) or "command" not in command or "description" not in command:
        raise bad("can't parse BotCommand: expected an Object with command and description")
    name, description = str(command["command"]).strip(), str(command["description"]).strip()
    name = name.removeprefix("/")
    if not name:
        raise bad("command must be non-empty")
    if len(name) > 32:
        raise bad("command length must not exceed 32")
    if not description:
        raise bad("command description must be non-empty")
    if len(description) > 256:
        raise bad("command description length must not exceed 256")
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise bad("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}


@method("getMyCommands", "scope language_code")
def get_my_commands(state: State, args: Args) -> list[Json]:
    return state.commands.get((_scope(state, args), _language(args)), [])


@method("deleteMyCommands", "scope language_code")
def delete_my_commands(state: State, args: Args) -> bool:
    state.commands.pop((_scope(state, args), _language(args)), None)
    state.happened("commands", 0)
    return True


def _profile(name: str, limit: int) -> None:
    """setMyX and getMyX of one text of the bot's profile."""
    title = "".join(part.title() for part in name.split("_"))

    @method(f"setMy{title}", f"{name} language_code")
    def set_text(state: State, args: Args) -> bool:
        text = args.text(name)
        if utf16(text) > limit:
            raise bad(f"{title.upper()}_TOO_LONG" if name != "name" else "BOT_TITLE_INVALID")
        state.profile[(name, _language(args))] = text
        return True

    @method(f"getMy{title}", "language_code")
    def get_text(state: State, args: Args) -> Json:
        default = state.bot.first_name if name == "name" else ""
        found = state.profile.get((name, _language(args))) or state.profile.get((name, ""))
        return {name: found or default}


_profile("name", 64)
_profile("description", 512)
_profile("short_description", 120)


@method("setChatMenuButton", "chat_id menu_button")
def set_chat_menu_button(state: State, args: Args) -> bool:
    button = args.json("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
        raise bad("can't parse menu button: MenuButton has unsupported type")
    state.menu_buttons[args.integer("chat_id")] = button
    return True


@method("getChatMenuButton", "chat_id")
def get_chat_menu_button(state: State, args: Args) -> Json:
    buttons = state.menu_buttons
    return buttons.get(args.integer("chat_id")) or buttons.get(0) or {"type": "default"}


# Files


@method("getFile", "file_id")
def get_file(state: State, args: Args) -> Json:
    given = args.text("file_id")
    if not given:
        raise bad("file_id not specified")
    file = state.files.get(given)
    if file is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if len(file.data) > DOWNLOAD_LIMIT:
        raise bad("file is too big")
    return {**file.json(), "file_path": file.path}


# Chats


def _readable(state: State, args: Args) -> Chat:
    chat = chat_of(state, args)
    if chat.kind == "private":
        user = state.users[chat.id]
        if not (user.started or user.met):
            raise bad("chat not found")
    elif chat.kind == "supergroup":
        state.check_write(chat)
    elif chat.bot_status == "kicked":
        raise forbidden("bot was kicked from the group chat")
    return chat


@method("getChat", "chat_id")
def get_chat(state: State, args: Args) -> Json:
    chat = _readable(state, args)
    shape = chat_json(chat, state.users.get(chat.id))
    shape |= {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _no_gifts()}
    pinned = [chat.messages[number] for number in chat.pinned if not chat.messages[number].deleted]
    if pinned:
        shape["pinned_message"] = state.message_json(pinned[-1], nested=True)
    return shape


def _no_gifts() -> Json:
    kinds = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return dict.fromkeys(kinds, False)


def _member(state: State, chat: Chat, user_id: int) -> Json:
    if user_id not in state.users:
        raise bad("invalid user_id specified" if user_id <= 0 else "user not found")
    if chat.kind == "private":
        status = "member"
    elif user_id == state.bot.id:
        status = chat.bot_status
    else:
        status = chat.members.get(user_id, "left")
    shape: Json = {"user": state.users[user_id].json(), "status": status}
    if status == "creator":
        shape["is_anonymous"] = False
    elif status == "kicked":
        shape["until_date"] = 0
    elif status == "administrator":
        rights = ("is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
                  "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users",
                  "can_post_stories", "can_edit_stories", "can_delete_stories")  # fmt: skip
        shape |= {"can_be_edited": False, **dict.fromkeys(rights, False)}
    return shape


@method("getChatMember", "chat_id user_id")
def get_chat_member(state: State, args: Args) -> Json:
    return _member(state, _readable(state, args), args.integer("user_id"))


@method("getChatMemberCount", "chat_id")
def get_chat_member_count(state: State, args: Args) -> int:
    chat = _readable(state, args)
    return 2 if chat.kind == "private" else len(chat.members) + (chat.bot_status not in ("left", "kicked"))


@method("getChatAdministrators", "chat_id return_bots")
def get_chat_administrators(state: State, args: Args) -> list[Json]:
    chat = _readable(state, args)
    if chat.kind == "private":
        raise bad("there are no administrators in the private chat")
    chiefs = [user_id for user_id, status in chat.members.items() if status in ("creator", "administrator")]
    return [_member(state, chat, user_id) for user_id in chiefs]


@method("leaveChat", "chat_id")
def leave_chat(state: State, args: Args) -> bool:
    chat = chat_of(state, args)
    if chat.kind == "private":
        raise bad("chat member status can't be changed in private chats")
    state.check_write(chat)
    chat.bot_status = "left"
    return True


@method("pinChatMessage", "business_connection_id chat_id message_id disable_notification")
def pin_chat_message(state: State, args: Args) -> bool:
    chat = chat_of(state, args)
    state.check_write(chat)
    message = state.find_message(chat, args.integer("message_id"), "message to pin")
    if chat.kind != "private" and chat.bot_status != "administrator":
        raise bad("not enough rights to manage pinned messages in the chat")
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    chat.pinned.append(message.id)
    state.happened("pin", chat.id, message=message)
    return True


@method("unpinChatMessage", "business_connection_id chat_id message_id")
def unpin_chat_message(state: State, args: Args) -> bool:
    chat = chat_of(state, args)
    state.check_write(chat)
    number = args.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise bad("message to unpin not found")
    chat.pinned.remove(number)
    state.happened("pin", chat.id)
    return True


@method("unpinAllChatMessages", "chat_id")
def unpin_all_chat_messages(state: State, args: Args) -> bool:
    chat = chat_of(state, args)
    state.check_write(chat)
    chat.pinned.clear()
    state.happened("pin", chat.id)
    return True
