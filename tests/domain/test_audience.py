"""An audience as it is chosen, tap by tap."""

from bot.domain.audience import MOST, Audience, audience


def test_a_tap_takes_in_and_out_again() -> None:
    chosen = Audience().toggled("in", "s5").toggled("in", "g3").toggled("out", "rleader")
    assert chosen == Audience(places=("s5", "g3"), without=("rleader",))
    assert chosen.toggled("in", "s5").toggled("in", "g3").toggled("out", "rleader").everybody


def test_a_department_is_chosen_alone_or_with_those_below_it() -> None:
    assert Audience().toggled("in", "s5").toggled("in", "d5").places == ("d5",)
    assert Audience(without=("d5", "s6")).toggled("out", "s5").without == ("s6", "s5")


def test_a_role_narrows_and_is_no_place() -> None:
    assert Audience().with_role("leader").with_role("viewer").with_role("leader").roles == ("viewer",)
    assert Audience().toggled("in", "rleader") == Audience()
    assert Audience().with_role("owner") == Audience()


def test_what_no_button_has_changes_nothing() -> None:
    for token in ("", "x5", "s0", "s-1", "s5x", "sleader", "g" + "9" * 30):
        assert Audience().toggled("in", token) == Audience()


def test_nobody_chooses_without_end() -> None:
    chosen = Audience()
    for number in range(1, 2 * MOST):
        chosen = chosen.toggled("in", f"s{number}")
    assert len(chosen.places) == MOST


def test_it_is_kept_as_json_and_comes_back() -> None:
    chosen = Audience(("s5",), ("leader",), True, 12, ("d7", "rviewer"))
    assert audience(chosen.facts()) == chosen
    assert Audience().facts() == {}
    assert audience({}).everybody
