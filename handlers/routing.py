"""Which handler an event is for: the filters of the routers, asked in their order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.handler import FilterObject, HandlerObject
from aiogram.filters.callback_data import CallbackQueryFilter

from bot.events import Event, Press


class Route:
    """One handler: what its whole router asks, whose button it answers, what else it asks itself."""

    __slots__ = ("button", "checks", "door", "handler")

    def __init__(self, door: HandlerObject, handler: HandlerObject) -> None:
        self.door, self.handler = door, handler
        self.button: CallbackQueryFilter | None = None
        self.checks: list[FilterObject] = []
        for check in handler.filters or ():
            if isinstance(check.callback, CallbackQueryFilter):
                self.button = check.callback
            else:
                self.checks.append(check)

    @property
    def prefix(self) -> str | None:
        """What the data of a press begins with for this handler; none where it does not look at it."""
        return self.button.callback_data.__prefix__ if self.button else None

    def read(self, event: Event, given: dict[str, Any]) -> dict[str, Any] | None:
        """What is given, with the button that was pressed; None where it is none of this handler's."""
        if self.button is None:
            return given
        try:
            pressed = self.button.callback_data.unpack(event.data or "") if isinstance(event, Press) else None
        except (TypeError, ValueError):
            return None
        ours = pressed is not None and (self.button.rule is None or self.button.rule.resolve(pressed))
        return given | {"callback_data": pressed} if ours else None


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

    def of(self, kind: str, event: Event) -> Sequence[Route]:
        if isinstance(event, Press):
            return self._presses.get((event.data or "").partition(":")[0], self._presses[None])
        return self._of.get(kind, ())

    async def answer(self, kind: str, event: Event, given: dict[str, Any]) -> Any:
        """What the first handler says whose filters let the event through; None where there is none."""
        door, open_to = None, None
        for route in self.of(kind, event):
            if route.door is not door:
                door, open_to = route.door, await _passed(route.door.filters or (), event, given)
            found = route.read(event, open_to) if open_to is not None else None
            if found is not None and (found := await _passed(route.checks, event, found)) is not None:
                return await route.handler.callback(event, **_wanted(route.handler, found))
        return None


async def _passed(checks: Iterable[FilterObject], event: Event, given: dict[str, Any]) -> dict[str, Any] | None:
    """What a handler is given, with what its filters have found out; None where one of them says no."""
    for check in checks:
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
