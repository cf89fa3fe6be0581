"""What became of messages: every reason and every state in words, on the status page and in somebody's own data."""

import pytest

from bot.i18n import LANGUAGES, translator
from bot.services.effects import Outcome
from bot.services.outbox import OUR_FAULT
from bot.telegram import GONE
from bot.views import privacy, status
from storage.records import DeliveryState

# By whom or what it was ended: Telegram, ourselves, the door at which it is looked at once more.
REASONS = {
    *(*GONE.values(), *OUR_FAULT, "forbidden", "vanished", "tries", "crash"),
    *("late", "lost", "stopped", "left", "budget"),
    *("not_bound", "unreachable", "on_leave", "muted", "done", "answered", "recalled", "moved", "not_allowed"),
}
STRANGE = "ServerDisconnectedError: <b>"  # as older databases have it
FACTS = {
    "version": "1.0", "database": "sqlite", "ready_since": "2026-10-14T10:00:00+08:00", "updates": {}, "missed": [],
    "next": "2026-10-15T08:30:00+08:00", "outbox": dict.fromkeys(map(str, DeliveryState), 0), "oldest_minutes": 0,
    "bound": (0, 0), "silent": (0, 0), "years": [], "terms": [], "held": False,
}  # fmt: skip


def page(language: str, state: str, reason: str) -> str:
    counts = dict.fromkeys(map(str, DeliveryState), 0)
    morning = {"state": "planned", "planned": 7, "counts": counts, "reasons": [(state, reason, 7)]}
    return status.shown(Outcome("status-shown", FACTS | {"morning": morning}), translator(language)).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_status_page_says_every_reason_in_words(language: str) -> None:
    t, said = translator(language), set()
    for reason in REASONS:
        (line,) = [one for one in page(language, "failed", reason).split("\n") if "·" in one]
        word = t("deliveries-reason", reason=reason)
        assert line == t("status-reason", state=t("status-state-failed"), reason=word, count=7)
        assert "_" not in line and "status-" not in line and (language == "en" or reason not in line)
        said.add(word)
    assert len(said) == len(REASONS) - 1, "who has blocked the bot and who is not to be reached are the same"
    shown = page(language, "unknown", STRANGE)
    assert t("deliveries-reason", reason="?") in shown and "Server" not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_ones_own_data_say_every_state_and_every_reason_in_words(language: str) -> None:
    t = translator(language)
    states = [privacy.cell("messages", "state", state.value, t) for state in DeliveryState]
    assert states == [t.plain(f"status-state-{state}") for state in DeliveryState]
    assert language == "en" or not {state.value for state in DeliveryState} & set(states)
    for reason in REASONS:
        known = privacy.cell("messages", "reason", reason, t)
        assert known == t.plain("deliveries-reason", reason=reason)
    assert privacy.cell("messages", "reason", "", t) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_has_not_got_a_notice_stands_in_its_lists_with_the_reason(language: str) -> None:
    t = translator(language)
    other = t.plain("deliveries-reason", reason="anything else")
    assert not {reason for reason in REASONS if t.plain("deliveries-reason", reason=reason) == other}
