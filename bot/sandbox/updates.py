"""The queue of updates: numbering, expiry, wanted kinds, and long polling as the real one does it."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.rules import ApiError, Args, Limits

KINDS = frozenset(
    {
        "message", "edited_message", "channel_post", "edited_channel_post", "business_connection",
        "business_message", "edited_business_message", "deleted_business_messages", "guest_message",
        "message_reaction", "message_reaction_count", "inline_query", "chosen_inline_result",
        "callback_query", "shipping_query", "pre_checkout_query", "purchased_paid_media", "poll",
        "poll_answer", "my_chat_member", "chat_member", "chat_join_request", "chat_boost",
        "removed_chat_boost", "managed_bot",
    }
)  # fmt: skip
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
DEFAULT = KINDS - ON_REQUEST
LIFE = timedelta(hours=24)
SHORT_LIFE = timedelta(seconds=150)
SHORT_LIVED = frozenset({"callback_query", "shipping_query", "pre_checkout_query"})
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
HOOKED = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


@dataclass(slots=True)
class Update:
    id: int
    body: dict[str, Any]
    queue: str  # updates of one queue reach a webhook in order
    expires: datetime
    done: bool = False  # a webhook accepted it


class Updates:
    """What waits for the bot, oldest first."""

    def __init__(self, clock: Callable[[], datetime], limits: Limits, monotonic: Callable[[], float]) -> None:
        self.clock, self.limits, self.monotonic = clock, limits, monotonic
        self.waiting: deque[Update] = deque()
        self.next_id = 1
        self.allowed: frozenset[str] = DEFAULT
        self.hooked = False  # a webhook is set: no polling
        self.on_new: Callable[[Update], None] | None = None  # the webhook's bell
        self._poll: asyncio.Future[None] | None = None
        self._last_offset: int | None = None
        self._last_start = -1e9
        self._conflict_after = -1e9

    def push(self, kind: str, content: Any, queue: str) -> dict[str, Any]:
        """Queue an update unless its kind is unwanted; returns it either way."""
        body = {"update_id": self.next_id, kind: content}
        if kind in self.allowed:
            life = SHORT_LIFE if kind in SHORT_LIVED else LIFE
            self.enqueue(body, queue, life)
        return body

    def enqueue(self, body: dict[str, Any], queue: str, life: timedelta = LIFE) -> None:
        update = Update(body["update_id"], body, queue, self.clock() + life)
        self.waiting.append(update)
        self.next_id = body["update_id"] + 1
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        if self.on_new is not None:
            self.on_new(update)

    @property
    def polled(self) -> bool:
        """Whether somebody waits for updates right now."""
        return self._poll is not None

    def expire(self) -> None:
        now = self.clock()
        if any(update.done or update.expires < now for update in self.waiting):
            self.waiting = deque(u for u in self.waiting if not u.done and u.expires >= now)

    def finish(self, update: Update) -> None:
        """A webhook took it, or it came too late."""
        update.done = True
        while self.waiting and self.waiting[0].done:
            self.waiting.popleft()

    def clear(self, keep: int = 0) -> None:
        while len(self.waiting) > keep:
            self.waiting.popleft()

    def allow(self, wanted: Any) -> None:
        """Set the kinds wanted from now on; nothing given keeps the last setting."""
        if not isinstance(wanted, list) or not all(isinstance(kind, str) for kind in wanted):
            return
        kinds = frozenset(kind.lower() for kind in wanted) & KINDS
        self.allowed = kinds or DEFAULT

    async def get(self, args: Args) -> list[dict[str, Any]]:
        if self.hooked:
            raise await self._conflict(HOOKED)
        offset = args.integer("offset", 0)
        limit = args.integer("limit", 100, 1, 100)
        timeout: float = args.integer("timeout", 0, 0, 50)
        self.allow(args.json("allowed_updates", "allowed updates"))
        limit, timeout = self._hold_back(offset, limit, timeout)
        if offset < 0:
            self.clear(keep=-offset)
        if found := self._take(offset, limit):
            return found
        if timeout == 0:
            return []
        return await self._wait(offset, limit, timeout)

    def _hold_back(self, offset: int, limit: int, timeout: float) -> tuple[int, float]:
        """A poller that repeats its offset at once gets one update at a time and waits at least 3 s."""
        now = self.monotonic()
        if self.limits.polling and offset == self._last_offset:
            if timeout < 3 and now < self._last_start + 3:
                timeout = 3
            if now < self._last_start + 0.5:
                limit = 1
        self._last_offset, self._last_start = offset, now
        return limit, timeout

    def _take(self, offset: int, limit: int) -> list[dict[str, Any]]:
        self.expire()
        # An offset from before the numbers restarted lies in the future: answered from the head.
        if 0 < offset <= self.next_id + 10:
            while self.waiting and self.waiting[0].id < offset:
                self.waiting.popleft()
        return [self.waiting[at].body for at in range(min(limit, len(self.waiting)))]

    async def _wait(self, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:
        self.interrupt(CONFLICT)
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(poll, timeout)
        except TimeoutError:
            return []
        except ApiError as error:
            raise await self._conflict(error.description) from None
        finally:
            if self._poll is poll:
                self._poll = None
        return self._take(offset, limit)

    def interrupt(self, reason: str) -> None:
        """End the poll that waits now, as a second poller or a webhook does."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(ApiError(409, reason))

    def release(self) -> None:
        """Let a waiting poll go with what there is: the server stops."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    async def _conflict(self, reason: str) -> ApiError:
        """Conflicts after the first come slowly, so that two pollers do not spin."""
        now = self.monotonic()
        if now < self._conflict_after:
            await asyncio.sleep(self.limits.conflict_pause)
        else:
            self._conflict_after = now + self.limits.conflict_pause
        return ApiError(409, reason)
