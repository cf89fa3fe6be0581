"""A long list by pages of eight, as every list in the chat turns them."""

from collections.abc import Sequence
from typing import TypeVar

PAGE = 8

Line = TypeVar("Line")


def pages_of(total: int, size: int = PAGE) -> int:
    """How many pages so many lines fill; nothing at all fills one."""
    return max(1, -(-total // size))


def page_of(lines: Sequence[Line], number: int, size: int = PAGE) -> tuple[Sequence[Line], int, int]:
    """The lines of a page, its number counted from 0, and how many pages there are.

    A button may be older than the list: instead of a page that is no more there is the nearest one.
    """
    pages = pages_of(len(lines), size)
    number = min(max(number, 0), pages - 1)
    return lines[number * size : (number + 1) * size], number, pages
