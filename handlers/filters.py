"""When a handler is meant: a command or its Chinese word, a right, a step of a dialogue."""

from typing import Any

from aiogram.filters import Filter

from bot.dialogs import Dialog
from bot.domain.access import COMMANDS, Action, Actor, can
from bot.events import Event


class Word(Filter):
    """The command (or the word of the menu) of this name, from somebody who may use it."""

    def __init__(self, name: str) -> None:
        self._name, self._action = name, COMMANDS[name]

    async def __call__(self, event: Event, word: str | None, actor: Actor) -> bool:
        return word == self._name and (self._action is None or can(actor, self._action))


class Can(Filter):
    """The actor's right, read afresh at every press and every step."""

    def __init__(self, action: Action) -> None:
        self._action = action

    async def __call__(self, event: Event, actor: Actor) -> bool:
        return can(actor, self._action)


class At(Filter):
    """A step of a dialogue, unless a command was given instead of an answer."""

    def __init__(self, *states: str) -> None:
        self._states = states

    async def __call__(self, event: Event, dialog: Dialog, word: str | None) -> bool | dict[str, Any]:
        return word is None and dialog.state in self._states
