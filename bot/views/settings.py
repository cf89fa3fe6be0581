"""The campaign settings as a person sees them."""

from dataclasses import fields

from bot.domain.campaign import NOT_BEGUN, Campaign
from bot.domain.hours import Rounding, decimal_hours
from bot.i18n import Translator
from bot.services.effects import Outcome
from bot.views import errors
from bot.views.callbacks import CalendarPress, SettingPress, SetupPress
from bot.views.parts import Outgoing, button, clock, column

CHOICES = {
    "period": ("default",),
    "join": ("approval", "roster"),
    "rounding": tuple(rounding.value for rounding in Rounding),
    "codes_instead_of_names": ("on", "off"),
}
NAMES = tuple(field.name for field in fields(Campaign))


def value(campaign: Campaign, name: str, org: str, t: Translator) -> str:
    found = getattr(campaign, name)
    if name == "name":
        return found or org
    if name == "period":
        return found or t.plain("setting-this-year")
    if name in ("morning_at", "work_hours"):
        times = found if isinstance(found, tuple) else (found,)
        return "-".join(map(clock, times))
    if name in ("cap_day", "max_day"):
        return t.plain("setting-hours", hours=decimal_hours(found, Rounding.EXACT))
    if isinstance(found, bool):
        found = "on" if found else "off"
    if name in CHOICES:
        return t.plain(f"setting-{_key(name)}-{_key(found)}")
    if name == "late_days":
        return t.plain("setting-working-days", days=found)
    if name.endswith("_days"):
        return t.plain("setting-days", days=found)
    if name == "budget":
        return t.plain("setting-messages", count=found)
    if name in ("small_department", "approve_notice_over"):
        return t.plain("setting-people", people=found)
    return f"{found}%" if name == "target" else str(found)


def overview(campaign: Campaign, org: str, t: Translator) -> Outgoing:
    lines = [t("settings-head"), ""]
    lines += [t("settings-line", name=_label(name, t), value=value(campaign, name, org, t)) for name in NAMES]
    buttons = [button(_label(name, t), SettingPress(name=name).pack()) for name in NAMES]
    days = button(t("holidays-button-calendar"), CalendarPress(act="list").pack())
    setup = button(t("setup-button-list"), SetupPress(act="list").pack())
    return Outgoing("\n".join(lines), (*column([*buttons, days, setup], 2),))


def ask(campaign: Campaign, name: str, org: str, t: Translator) -> Outgoing:
    """One setting: what it means, what it is, and how to give another value."""
    text = t(
        "settings-ask",
        name=_label(name, t),
        about=t(f"setting-about-{_key(name)}"),
        value=value(campaign, name, org, t),
    )
    choices = [
        button(t(f"setting-{_key(name)}-{_key(choice)}"), SettingPress(name=name, value=choice).pack())
        for choice in CHOICES.get(name, ())
    ]
    back = button(t("settings-button-list"), SettingPress(name="list").pack())
    hint = t("settings-choose") if choices and name != "period" else t("settings-type")
    return Outgoing(f"{text}\n\n{hint}", (*column(choices), (back,)))


def changed(outcome: Outcome, campaign: Campaign, org: str, t: Translator) -> Outgoing:
    if outcome.name == "error-stale":
        return errors.stale(t)
    name = outcome.facts["name"]
    if outcome.name == "restraint-refused":
        return refused(outcome.facts["what"], t)
    if outcome.name == "settings-unknown":
        return overview(campaign, org, t)
    if outcome.name == "settings-bad":
        expected = t(f"setting-about-{_key(name)}")
        if outcome.facts["expected"] == NOT_BEGUN:
            expected = t("setting-period-not-begun")
        return Outgoing(t("settings-bad", name=_label(name, t), expected=expected))
    back = button(t("settings-button-list"), SettingPress(name="list").pack())
    return Outgoing(t("settings-changed", name=_label(name, t), value=value(campaign, name, org, t)), ((back,),))


def refused(what: str, t: Translator) -> Outgoing:
    """A setting that would force or rank people, and why it is not to be had."""
    return Outgoing(t("restraint-refused", what=t(f"restraint-{what}")))


def _key(name: str) -> str:
    return name.replace("_", "-")


def _label(name: str, t: Translator) -> str:
    return t.plain(f"setting-name-{_key(name)}")
