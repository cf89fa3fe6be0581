"""What people do in the sandbox, and what they see there."""

import itertools
import re
from datetime import timedelta
from typing import Any

from bot.sandbox.objects import Chat, Json, SentMessage, User, chat_json
from bot.sandbox.state import Query, State
from bot.sandbox.text import find_entities

CHAT_INSTANCE = "-8314159265358979"


class World(State):
    # Who is there

    def add_user(
        self,
        user_id: int,
        first_name: str,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
        started: bool = False,
    ) -> User:
        """A person; `started` means he wrote to the bot once, so that the bot may write to him."""
        user = User(user_id, first_name, last_name, username, language_code, started=started)
        self.users[user_id] = user
        return user

    def add_group(
        self,
        chat_id: int,
        title: str,
        members: list[int] | None = None,
        supergroup: bool | None = None,
        bot_inside: bool = True,
    ) -> Chat:
        """A group, the bot not yet in it unless `bot_inside`; ids that start with -100 are supergroups."""
        if supergroup is None:
            supergroup = str(chat_id).startswith("-100")
        chat = self.chats[chat_id] = Chat(chat_id, "supergroup" if supergroup else "group", title)
        if supergroup:
            chat.numbers = itertools.count(1)
        if not bot_inside:
            chat.bot_status = "left"
        for place, user_id in enumerate(members or []):
            self.join(chat_id, user_id, "creator" if place == 0 else "member")
        return chat

    def join(self, chat_id: int, user_id: int, status: str = "member") -> None:
        self.chats[chat_id].members[user_id] = status
        self.users[user_id].met = True

    def add_bot_to_group(self, chat_id: int, by: int, status: str = "member") -> Json:
        return self._bot_member(self.chats[chat_id], by, status)

    def remove_bot_from_group(self, chat_id: int, by: int) -> Json:
        return self._bot_member(self.chats[chat_id], by, "kicked")

    def _bot_member(self, chat: Chat, by: int, status: str) -> Json:
        before, chat.bot_status = chat.bot_status, status
        update = self._my_chat_member(chat, by, before, status)
        if before in ("left", "kicked") and status not in ("left", "kicked"):
            self._hear(self.place(chat, self.users[by], other={"new_chat_members": [self.bot.json()]}))
        return update

    def _my_chat_member(self, chat: Chat, by: int, before: str, after: str) -> Json:
        def member(status: str) -> Json:
            return {"user": self.bot.json(), "status": status} | ({"until_date": 0} if status == "kicked" else {})

        content = {
            "chat": chat_json(chat, self.users.get(chat.id)),
            "from": self.users[by].json(),
            "date": int(self.clock().timestamp()),
            "old_chat_member": member(before),
            "new_chat_member": member(after),
        }
        return self.updates.push("my_chat_member", content, f"member {chat.id}")

    def block(self, user_id: int) -> Json:
        """The person stops the bot: from now on the bot hears 403."""
        self.users[user_id].blocked = True
        return self._my_chat_member(self._private(user_id), user_id, "member", "kicked")

    def unblock(self, user_id: int) -> Json:
        self.users[user_id].blocked = False
        return self._my_chat_member(self._private(user_id), user_id, "kicked", "member")

    def deactivate(self, user_id: int) -> None:
        """The account is gone."""
        self.users[user_id].deactivated = True

    def migrate(self, group_id: int) -> int:
        """A group becomes a supergroup under a new id."""
        old = self.chats[group_id]
        new_id = -1_000_000_000_000 - abs(group_id)
        new = self.add_group(new_id, old.title, supergroup=True)
        new.members = dict(old.members)
        new.bot_status = old.bot_status
        old.migrated_to = new_id
        by = next(iter(old.members), self.bot.id)
        self._hear(self.place(old, self.users[by], other={"migrate_to_chat_id": new_id}))
        self._hear(self.place(new, self.users[by], other={"migrate_from_chat_id": group_id}))
        return new_id

    # What a person does

    def say(
        self,
        user_id: int,
        text: str,
        chat_id: int | None = None,
        entities: list[Json] | None = None,
        reply_to: int | None = None,
    ) -> SentMessage:
        found = find_entities(text) if entities is None else entities
        return self._send(user_id, chat_id, text=text, entities=found, reply_to=reply_to)

    def edit(self, user_id: int, message_id: int, new_text: str, chat_id: int | None = None) -> SentMessage:
        """A person corrects his own message."""
        message = self._chat(user_id, chat_id).messages[message_id]
        if message.sender.id != user_id:
            raise LookupError(f"message {message_id} is not by {user_id}")
        if message.text is None:
            message.caption = new_text
        else:
            message.text = new_text
        message.entities = find_entities(new_text)
        message.edited += 1
        message.edit_date = self.clock()
        self.changed("edit", message)
        self._hear(message, "edited_message")
        return message

    def press(self, user_id: int, message_id: int, label_or_data: str, chat_id: int | None = None) -> Json:
        """Press the inline button with that label or data."""
        message = self._shown(user_id, message_id, chat_id)
        buttons = [button for row in message.buttons for button in row]
        for button in buttons:
            if label_or_data in (button.text, button.data):
                if button.data is None:
                    raise LookupError(f"the button {button.text!r} opens {button.url}")
                return self._pressed(user_id, message, button.data)
        raise LookupError(f"no button {label_or_data!r} in message {message_id}, only {[b.text for b in buttons]}")

    def press_raw(self, user_id: int, message_id: int, data: str, chat_id: int | None = None) -> Json:
        """A press with data no button need have: a stale or forged one."""
        return self._pressed(user_id, self._chat(user_id, chat_id).messages[message_id], data)

    def _shown(self, user_id: int, message_id: int, chat_id: int | None) -> SentMessage:
        message = self._chat(user_id, chat_id).messages.get(message_id)
        if message is None or message.deleted:
            raise LookupError(f"no message {message_id} to press in")
        return message

    def _pressed(self, user_id: int, message: SentMessage, data: str) -> Json:
        self._unblocked(user_id)
        query_id = str(4_000_000_000_000_000_000 + next(self.ids))
        now = self.clock()
        while self.queries and now - next(iter(self.queries.values())).at > timedelta(minutes=5):
            del self.queries[next(iter(self.queries))]
        self.queries[query_id] = Query(user_id, message.chat_id, message.id, now)
        content = {
            "id": query_id,
            "from": self.users[user_id].json(),
            "message": self.message_json(message),
            "chat_instance": CHAT_INSTANCE,
            "data": data,
        }
        return self.updates.push("callback_query", content, f"press {user_id}")

    def open_link(self, user_id: int, url: str) -> SentMessage | None:
        """Follow a deep link to the bot: the person says /start with its code."""
        match = re.fullmatch(r"https://t\.me/(\w+)\?start=([A-Za-z0-9_-]{1,64})", url)
        if match is None or match[1].lower() != (self.bot.username or "").lower():
            return None
        return self.say(user_id, f"/start {match[2]}")

    def send_document(
        self,
        user_id: int,
        name: str,
        data: bytes,
        mime: str | None = None,
        caption: str | None = None,
        chat_id: int | None = None,
    ) -> SentMessage:
        file = self.store(data, name, mime, "document")
        return self._send(user_id, chat_id, file=file, caption=caption, entities=find_entities(caption or ""))

    def send_photo(
        self, user_id: int, data: bytes, caption: str | None = None, chat_id: int | None = None
    ) -> SentMessage:
        file = self.store(data, "photo.jpg", "image/jpeg", "photo")
        return self._send(user_id, chat_id, file=file, caption=caption, entities=find_entities(caption or ""))

    def send_voice(self, user_id: int, data: bytes = b"OggS", chat_id: int | None = None) -> SentMessage:
        return self._send(user_id, chat_id, file=self.store(data, "voice.ogg", "audio/ogg", "voice"))

    def send_sticker(self, user_id: int, emoji: str = "👍", chat_id: int | None = None) -> SentMessage:
        return self._send(user_id, chat_id, file=self.store(b"RIFF....WEBP", emoji, "image/webp", "sticker"))

    def send_contact(
        self, user_id: int, phone: str, contact_user_id: int | None = None, chat_id: int | None = None
    ) -> SentMessage:
        contact: Json = {"phone_number": phone, "first_name": self.users[user_id].first_name}
        if contact_user_id is not None:
            contact["user_id"] = contact_user_id
        return self._send(user_id, chat_id, other={"contact": contact})

    def send_location(self, user_id: int, latitude: float, longitude: float, chat_id: int | None = None) -> SentMessage:
        place = {"latitude": latitude, "longitude": longitude}
        return self._send(user_id, chat_id, other={"location": place})

    def send_poll(self, user_id: int, question: str, options: list[str], chat_id: int | None = None) -> SentMessage:
        poll = {
            "id": str(next(self.ids)),
            "question": question,
            "options": [
                {"persistent_id": str(place), "text": option, "voter_count": 0} for place, option in enumerate(options)
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
        return self._send(user_id, chat_id, other={"poll": poll})

    def forward(self, user_id: int, message: SentMessage, chat_id: int | None = None) -> SentMessage:
        """Pass on a message as it stands; whoever wrote it first is named."""
        return self._send(user_id, chat_id, **message.contents(), forward=message.origin())

    def push_raw(self, update: Json) -> Json:
        """Any update at all, malformed ones too."""
        update.setdefault("update_id", self.updates.next_id)
        self.updates.enqueue(update, "raw")
        return update

    def set_next_update_id(self, number: int) -> None:
        self.updates.next_id = number

    # How it reaches the bot

    def _private(self, user_id: int) -> Chat:
        return self.chats.setdefault(user_id, Chat(user_id, "private"))

    def _chat(self, user_id: int, chat_id: int | None) -> Chat:
        if chat_id is None or chat_id == user_id:
            return self._private(user_id)
        chat = self.chats[chat_id]
        if user_id not in chat.members:
            raise LookupError(f"{user_id} is not in chat {chat_id}")
        return chat

    def _unblocked(self, user_id: int) -> None:
        """Whoever writes has started the bot (again)."""
        user = self.users[user_id]
        if user.blocked:
            self.unblock(user_id)
        user.started = True

    def _send(self, user_id: int, chat_id: int | None, **content: Any) -> SentMessage:
        chat = self._chat(user_id, chat_id)
        if chat.kind == "private":
            self._unblocked(user_id)
            self.read(user_id, chat.id)
        message = self.place(chat, self.users[user_id], **content)
        self._hear(message)
        return message

    def _hear(self, message: SentMessage, kind: str = "message") -> None:
        chat = self.chats[message.chat_id]
        if chat.kind != "private" and not self._audible(chat, message):
            return
        self.updates.push(kind, self.message_json(message), f"chat {chat.id}")

    def _audible(self, chat: Chat, message: SentMessage) -> bool:
        """In a group with privacy mode a bot hears commands, replies, mentions and service messages."""
        if chat.bot_status in ("kicked", "left"):
            return False
        if not self.privacy or chat.bot_status == "administrator" or message.other:
            return True
        original = chat.messages.get(message.reply_to or 0)
        if original is not None and original.sender is self.bot:
            return True
        name, said = f"@{self.bot.username}".lower(), message.said.lower()
        if said.startswith("/"):
            command = said.split()[0]
            return "@" not in command or command.endswith(name)
        return name in said

    # What a person sees

    def messages(self, chat_id: int) -> list[SentMessage]:
        """Everything in a chat, in order."""
        chat = self.chats.get(chat_id)
        return list(chat.messages.values()) if chat else []

    def last(self, chat_id: int) -> SentMessage | None:
        """The bot's last message that is still there."""
        return next((m for m in reversed(self._of_bot(chat_id)) if not m.deleted), None)

    def read(self, user_id: int, chat_id: int) -> None:
        """The person has seen the chat to its end."""
        if self.unread.pop((user_id, chat_id), 0):
            self.happened("read", chat_id, user_id=user_id)

    def commands_for(self, user_id: int, chat_id: int) -> list[Json]:
        """The command menu this person sees in that chat: the narrowest scope, his language first."""
        chat = self.chats.get(chat_id)
        if chat is None or chat.kind == "private":
            scopes = [f"chat {chat_id}", "all_private_chats", "default"]
        else:
            chief = chat.members.get(user_id) in ("creator", "administrator")
            scopes = [f"chat_member {chat_id} {user_id}"]
            scopes += [f"chat_administrators {chat_id}"] if chief else []
            scopes += [f"chat {chat_id}"]
            scopes += ["all_chat_administrators"] if chief else []
            scopes += ["all_group_chats", "default"]
        language = (self.users[user_id].language_code or "")[:2]
        for scope in scopes:
            for code in (language, "") if language else ("",):
                if commands := self.commands.get((scope, code)):
                    return commands
        return []

    def chats_of(self, user_id: int) -> list[Chat]:
        """The person's chats: his own with the bot, and his groups."""
        groups = [chat for chat in self.chats.values() if user_id in chat.members and chat.migrated_to is None]
        return [self._private(user_id), *groups]
