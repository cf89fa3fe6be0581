"""The status page in words."""

from collections.abc import Mapping
from typing import Any

from bot.i18n import Translator
from bot.services.effects import Outcome
from bot.views.parts import Outgoing, date_text, moment_text

Facts = Mapping[str, Any]
MISSED_SHOWN = 5


def shown(outcome: Outcome, t: Translator) -> Outgoing:
    facts = outcome.facts
    lines = [
        t("status-head", version=facts["version"], database=facts["database"]),
        t("status-ready", at=moment_text(facts["ready_since"], t)),
        *_updates(facts["updates"], t),
        "",
        *_morning(facts["morning"], t),
        *_missed(facts["missed"], t),
        t("status-next", at=moment_text(facts["next"], t)),
        "",
        t("status-outbox", **facts["outbox"]),
        *[t("status-waiting", minutes=facts["oldest_minutes"])] * (facts["oldest_minutes"] > 0),
        t("status-bound", bound=facts["bound"][0], unbound=facts["bound"][1]),
        t("status-silent", muted=facts["silent"][0], unreachable=facts["silent"][1]),
        "",
        *_years(facts["years"], t),
        *[t("status-terms", at=moment_text(facts["terms"][0], t), count=facts["terms"][1]) for _ in facts["terms"][:1]],
        *[t("status-held")] * facts["held"],
    ]
    return Outgoing("\n".join(lines))


def _updates(counts: Mapping[str, int], t: Translator) -> list[str]:
    parked = counts.get("parked", 0)
    line = t("status-updates", done=counts.get("done", 0), pending=counts.get("pending", 0))
    return [line, *[t("status-parked", count=parked)] * (parked > 0)]


def _morning(facts: Facts, t: Translator) -> list[str]:
    if facts["state"] != "planned":
        return [t(f"status-morning-{facts['state']}")]
    reasons = [
        t("status-reason", state=t(f"status-state-{state}"), reason=t("deliveries-reason", reason=reason), count=count)
        for state, reason, count in facts["reasons"]
    ]
    return [t("status-morning", planned=facts["planned"], **facts["counts"]), *reasons]


def _missed(days: list[str], t: Translator) -> list[str]:
    if not days:
        return []
    shown = [t("status-missed-day", day=date_text(day, t)) for day in days[-MISSED_SHOWN:]]
    return [t("status-missed", count=len(days)), *shown]


def _years(years: list[tuple[int, bool]], t: Translator) -> list[str]:
    return [t("status-year-published" if known else "status-year-provisional", year=year) for year, known in years]
