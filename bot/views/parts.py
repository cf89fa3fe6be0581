"""What every message is made of: text, buttons, files, pages, limits."""

import datetime as dt
import functools
import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.domain.markup import units
from bot.i18n import Html, Translator

TEXT_LIMIT = 4096  # UTF-16 units after parsing (Bot API)
CAPTION_LIMIT = 1024
LABEL_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Button:
    text: str
    data: str = ""
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class File:
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message as it shall look; `text` is HTML. A str in `photo` or `document` is a Telegram file id."""

    text: str
    buttons: Rows = ()
    photo: File | str | None = None
    document: File | str | None = None
    menu: tuple[tuple[str, ...], ...] | None = None  # the reply keyboard; () takes it away
    commands: tuple[tuple[str, str], ...] | None = None  # this chat's command list: (command, description)
    edit: bool = False  # in place of the message whose button was pressed
    over: int = 0  # in place of this message of ours, whoever pressed what
    remove: bool = False  # take that message away; where Telegram does not (any more), the text takes its place

    def edited(self) -> "Outgoing":
        return replace(self, edit=True)


def clip(text: str, limit: int) -> str:
    """Plain text of at most `limit` UTF-16 units, an ellipsis in place of what was cut."""
    if units(text) <= limit:
        return text
    kept = []
    room = limit - 1
    for char in text:
        room -= 2 if ord(char) > 0xFFFF else 1
        if room < 0:
            break
        kept.append(char)
    return "".join(kept) + "…"


@functools.lru_cache(maxsize=2048)
def date_text(iso: str, t: Translator, *, weekday: bool = True) -> Html:
    """A day as people read it, with the year where it is not this one."""
    day = dt.date.fromisoformat(iso)
    year = 0 if day.year == t.year else day.year
    return Html(t("date-day", year=year, month=day.month, day=day.day, weekday=day.isoweekday() if weekday else 0))


def moment_text(iso: str, t: Translator, *, weekday: bool = True) -> Html:
    """A day and the time of day."""
    moment = dt.datetime.fromisoformat(iso)
    day = date_text(moment.date().isoformat(), t, weekday=weekday)
    return Html(t("date-moment", day=day, time=f"{moment:%H:%M}", weekday=int(weekday)))


def clock(minute: int) -> str:
    """A time of day."""
    return f"{minute // 60:02}:{minute % 60:02}"


def inside(text: str) -> str:
    """What is quoted inside of quotation marks."""
    return text.translate(str.maketrans("“”", "‘’"))


def called(name: str, number: str, t: Translator) -> Html:
    """Somebody in a line: his name and his number, the number alone where the unit wants codes."""
    return Html(html.escape(number, quote=False) if name == number else t("person-called", name=name, number=number))


def labelled(name: str, number: str) -> str:
    """The same on a button, the number first."""
    return number if name == number else f"{number} {name}"


def button(text: str, data: str) -> Button:
    return Button(clip(html.unescape(text), LABEL_LIMIT), data)


def turns(page: int, pages: int, data: Callable[[int], str], t: Translator) -> Rows:
    """A row that leads to the page before and the page after, counted from 0; no row where there is no other page.
    `data` gives the press of a page."""
    around = ((page - 1, "list-previous"), (page + 1, "list-next"))
    row = tuple(button(t.plain(key), data(to)) for to, key in around if 0 <= to < pages)
    return (row,) if row else ()


def column(buttons: Sequence[Button], width: int = 1) -> Rows:
    """Buttons in rows of `width`."""
    return tuple(tuple(buttons[i : i + width]) for i in range(0, len(buttons), width))
