"""The working days in words: what is known, what was read from a text, what it would change."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.holidays import Stretch, stretches
from bot.i18n import Translator
from bot.services.effects import Outcome
from bot.views.callbacks import CalendarPress, SettingPress
from bot.views.parts import Button, Outgoing, button, clip, column, date_text

PIECE = 60
Facts = Mapping[str, Any]


def overview(facts: Facts, t: Translator) -> Outgoing:
    lines = [t("holidays-head"), ""]
    lines += [t("holidays-year", year=int(year), state=state) for year, state in facts["years"].items()]
    if facts["own"]:
        lines += ["", t("holidays-own"), *day_lines(facts["own"], t)]
    if facts["more"]:
        lines.append(t("holidays-more", count=facts["more"]))
    asks = [button(t(f"holidays-button-{source}"), _press(source)) for source in ("year", "unit")]
    back = button(t("settings-button-list"), SettingPress(name="list").pack())
    return Outgoing("\n".join(lines), (*column(asks), (back,)))


def ask(source: str, t: Translator) -> Outgoing:
    return Outgoing(t(f"holidays-ask-{source}"), ((_back(t),),))


def outcome(result: Outcome, of: int, t: Translator) -> Outgoing:
    """What was read, to be agreed to; or what came of it."""
    facts = result.facts
    if result.name == "holidays-unread":
        piece = clip(facts["piece"], PIECE)
        lines = [t("holidays-unread", fault=facts["fault"], piece=piece), "", t(f"holidays-ask-{facts['source']}")]
        return Outgoing("\n".join(lines), ((_back(t),),))
    if result.name == "holidays-settled":
        return Outgoing(t(f"holidays-settled-{facts['source']}", **facts), ((_back(t),),))
    if result.name != "holidays-read":
        return gone(t)
    lines = [t(f"holidays-read-{facts['source']}", year=facts["year"]), "", *day_lines(facts["days"], t)]
    if facts["missing"]:
        lines += ["", t("holidays-missing", days=t.listed(date_text(iso, t) for iso in facts["missing"]))]
    if facts["replaced"]:
        lines += ["", t("holidays-replaces", year=facts["year"], count=facts["replaced"])]
    lines += ["", t("holidays-sure")]
    yes = button(t("holidays-button-yes"), CalendarPress(act="yes", of=of).pack())
    no = button(t("holidays-button-no"), CalendarPress(act="no", of=of).pack())
    return Outgoing("\n".join(lines), ((yes, no),))


def gone(t: Translator) -> Outgoing:
    return Outgoing(t("holidays-gone"), ((_back(t),),))


def dropped(t: Translator) -> Outgoing:
    return Outgoing(t("holidays-dropped"), ((_back(t),),))


def way_in(t: Translator) -> Button:
    """From a message that says a year is not known yet."""
    return button(t("holidays-button-year"), _press("year"))


def day_lines(days: Sequence[tuple[str, bool]], t: Translator) -> list[str]:
    return [_stretch(found, t) for found in stretches({dt.date.fromisoformat(day): off for day, off in days})]


def _stretch(found: Stretch, t: Translator) -> str:
    kind = "off" if found.off else "on"
    first, last = (date_text(day.isoformat(), t) for day in (found.first, found.last))
    if found.days == 1:
        return t("holidays-line", kind=kind, day=first)
    return t("holidays-line-long", kind=kind, first=first, last=last, days=found.days)


def _press(act: str) -> str:
    return CalendarPress(act=act).pack()


def _back(t: Translator) -> Button:
    return button(t("holidays-button-list"), _press("list"))
