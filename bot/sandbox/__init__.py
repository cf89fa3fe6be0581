"""The built-in Bot API server: people, chats and limits as Telegram's, for the demo and the tests."""

from bot.sandbox.faults import Call, Fault
from bot.sandbox.objects import Button, Hooks, Person, SentMessage, User
from bot.sandbox.rules import Limits
from bot.sandbox.server import Sandbox
from bot.sandbox.state import Event
from bot.sandbox.world import World

__all__ = [
    "Button",
    "Call",
    "Event",
    "Fault",
    "Hooks",
    "Limits",
    "Person",
    "Sandbox",
    "SentMessage",
    "User",
    "World",
]
