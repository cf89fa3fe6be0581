"""Which handler an event is for: the filters of the routers, asked in their order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.handler import FilterObject, HandlerObject
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.types import CallbackQuery, TelegramObject


@dataclass(frozen=True, slots=True)
class Route:
    """One handler: what its whole router asks, what it asks itself."""

    door: HandlerObject
    handler: HandlerObject

    @property
    def prefix(self) -> str | None:
        """What the data of a press begins with for this handler; none where it does not look at it."""
        asked = (check.callback for check in self.handler.filters or ())
        return next((one.callback_data.__prefix__ for one in asked if isinstance(one, CallbackQueryFilter)), None)


class Routes:
    """Every handler of every router. Of a press only those are asked whose button it may be: aiogram asks one router
    after the other, which takes a tenth of what an answer costs."""

    def __init__(self, routers: Iterable[Router]) -> None:
        self._of: dict[str, list[Route]] = {}
        for router in routers:
            for kind, observer in router.observers.items():
                self._of.setdefault(kind, []).extend(Route(observer._handler, one) for one in observer.handlers)
        presses = [(route.prefix, route) for route in self._of["callback_query"]]
        named = {prefix for prefix, _ in presses}
        self._presses: Mapping[str | None, Sequence[Route]] = {
            name: [route for prefix, route in presses if prefix in (None, name)] for name in named | {None}
        }

    def __iter__(self) -> Iterator[Route]:
        return (route for routes in self._of.values() for route in routes)

    def of(self, kind: str, event: TelegramObject) -> Sequence[Route]:
        if isinstance(event, CallbackQuery):
            return self._presses.get((event.data or "").partition(":")[0], self._presses[None])
        return self._of.get(kind, ())

    async def answer(self, kind: str, event: TelegramObject, given: dict[str, Any]) -> Any:
        """What the first handler says whose filters let the event through; None where there is none."""
        door, open_to = None, None
        for route in self.of(kind, event):
            if route.door is not door:
                door, open_to = route.door, await _passed(route.door, event, given)
            if open_to is not None and (found := await _passed(route.handler, event, open_to)) is not None:
                return await route.handler.callback(event, **_wanted(route.handler, found))
        return None


async def _passed(asked: HandlerObject, event: TelegramObject, given: dict[str, Any]) -> dict[str, Any] | None:
    """What a handler is given, with what its filters have found out; None where one of them says no."""
    for check in asked.filters or ():
        # Called here and not by aiogram, which runs a filter that is no coroutine (F.text) in a thread.
        found = check.callback(event, **_wanted(check, given))
        if check.awaitable:
            found = await found
        if not found:
            return None
        if isinstance(found, dict):
            given = given | found
    return given


def _wanted(asked: FilterObject | HandlerObject, given: dict[str, Any]) -> dict[str, Any]:
    return given if asked.varkw else {name: given[name] for name in asked.params if name in given}
