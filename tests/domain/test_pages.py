"""A long list by pages."""

import pytest

from bot.domain.pages import page_of


@pytest.mark.parametrize(
    ("count", "asked", "shown", "number", "pages"),
    [
        (0, 0, [], 0, 1),
        (8, 0, list(range(8)), 0, 1),
        (9, 1, [8], 1, 2),
        (9, 7, [8], 1, 2),  # the list has grown shorter since the button was shown
        (9, -1, list(range(8)), 0, 2),
        (0, 7, [], 0, 1),
    ],
)
def test_a_page_that_is_no_more_is_the_nearest_one(
    count: int, asked: int, shown: list[int], number: int, pages: int
) -> None:
    assert page_of(list(range(count)), asked) == (shown, number, pages)
