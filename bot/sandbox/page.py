"""The web chat (placeholder until the page is merged)."""

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox


def mount(app: web.Application, sandbox: "Sandbox") -> None:
    """Add the page's routes."""
