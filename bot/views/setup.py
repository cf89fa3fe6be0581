"""The set-up list of the first hour."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.pages import page_of
from bot.i18n import Html, Translator
from bot.services.effects import Outcome
from bot.views import settings as settings_view
from bot.views.callbacks import SettingPress, SetupPress
from bot.views.parts import Button, Outgoing, button, column, turns
from bot.views.registration import link

LEADERS = 30  # departments a page
STEPS = ("unit", "roster", "leaders", "invites", "morning")


def welcome(facts: Mapping[str, Any], t: Translator) -> str:
    """Whoever is about to open the bot hears how; whoever runs an open one is simply welcome."""
    if all(facts["ticked"].values()):
        return t("setup-welcome-done")
    return t("setup-welcome-back" if facts["people"] else "setup-welcome")


def overview(facts: Mapping[str, Any], org: str, t: Translator) -> Outgoing:
    campaign = facts["campaign"]
    ticked = facts["ticked"]
    shown = {
        "unit": t(
            "setup-unit",
            name=settings_view.value(campaign, "name", org, t),
            period=settings_view.value(campaign, "period", org, t),
            target=campaign.target,
        ),
        "roster": t("setup-roster", people=facts["people"], departments=facts["departments"]),
        "leaders": t("setup-leaders", led=facts["led"], departments=facts["departments"]),
        "invites": t("setup-invites", invites=facts["invites"], bound=facts["bound"]),
        "morning": t("setup-morning", at=settings_view.value(campaign, "morning_at", org, t)),
    }
    lines = [t("setup-head-done" if all(ticked.values()) else "setup-head"), ""]
    for number, step in enumerate(STEPS, 1):
        lines.append(t("setup-line", mark="✅" if ticked[step] else f"{number}.", text=Html(shown[step])))
    buttons = [button(t(f"setup-button-{step}"), _press(step)) for step in STEPS]
    return Outgoing("\n".join(lines), column(buttons, 2))


def _press(step: str) -> str:
    return SettingPress(name="list").pack() if step == "unit" else SetupPress(act=step).pack()


def leaders(rows: Sequence[tuple[str, Sequence[str]]], page: int, t: Translator) -> Outgoing:
    here, page, pages = page_of(rows, page, LEADERS)
    lines = [t("setup-leaders-head" if rows else "setup-no-roster"), ""]
    for path, names in here:
        lines.append(
            t("setup-leader-line", department=path, names=t.listed(names))
            if names
            else t("setup-no-leader", department=path)
        )
    around = turns(page, pages, lambda to: SetupPress(act="leaders", id=to).pack(), t)
    return Outgoing("\n".join(lines), (*around, _back(t)))


def invites(rows: Sequence[tuple[int, str, bool]], page: int, t: Translator) -> Outgoing:
    """Departments to press, a page at a time."""
    if not rows:
        return Outgoing(t("setup-no-roster"), (_back(t),))
    here, page, pages = page_of(rows, page)
    buttons = [
        button(
            t("setup-invite-button", mark="✓ " if has_one else "", department=path),
            SetupPress(act="invite", id=number).pack(),
        )
        for number, path, has_one in here
    ]
    revoke = (button(t("setup-button-revoke"), SetupPress(act="revoke").pack()),)
    last = (revoke, _back(t)) if any(has_one for *_, has_one in rows) else (_back(t),)
    around = turns(page, pages, lambda to: SetupPress(act="invites", id=to).pack(), t)
    return Outgoing(t("setup-invites-head"), (*column(buttons, 2), *around, *last))


def ask_revoke(t: Translator) -> Outgoing:
    yes = (button(t("setup-button-revoke-yes"), SetupPress(act="revoke-yes").pack()),)
    return Outgoing(t("setup-revoke-ask"), (yes, _back(t)))


def revoked(outcome: Outcome, t: Translator) -> Outgoing:
    return Outgoing(t("setup-revoked", count=outcome.facts["count"]), (_back(t),))


def invited(outcome: Outcome, username: str, t: Translator) -> Outgoing:
    if outcome.name != "setup-invited":
        return Outgoing(t("setup-no-department"), (_back(t),))
    facts = outcome.facts
    more = button(t("setup-button-more-invites"), SetupPress(act="more-invites").pack())
    said = {"department": facts["department"], "link": link(username, facts["code"]), "days": facts["days"]}
    return Outgoing(t("setup-invited", **said), ((more,),))


def _back(t: Translator) -> tuple[Button, ...]:
    return (button(t("setup-button-list"), SetupPress(act="list").pack()),)
