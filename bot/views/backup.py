"""Backups, the nightly word to the owners, and what is asked after a restore."""

from collections.abc import Mapping
from typing import Any

from bot.i18n import Translator
from bot.services.effects import Outcome
from bot.views.callbacks import Resume
from bot.views.parts import Outgoing, button, column

Facts = Mapping[str, Any]


def outcome(found: Outcome, t: Translator) -> Outgoing:
    facts = found.facts
    if found.name == "backup-done":
        return Outgoing(_saved(facts, t))
    if found.name == "backup-failed":
        return Outgoing(t("backup-failed", problem=facts["problem"]))
    if found.name == "backup-resumed":
        return Outgoing(t("backup-resumed", count=facts["count"]))
    return Outgoing(t(found.name))


def _saved(facts: Facts, t: Translator) -> str:
    key = "backup-done" if facts["encrypted"] else "backup-done-open"
    return t(key, name=facts["name"], size=facts["kilobytes"])


def night(facts: Facts, t: Translator) -> Outgoing:
    """The audit's head, which is worth something only where nobody at the database can reach it; and the backup."""
    if facts["broken"]:
        first = t("backup-night-cut" if facts["reason"] == "cut" else "backup-night-broken", row=facts["broken"])
    else:
        first = t("backup-night-audit", day=facts["day"], rows=facts["rows"], seal=facts["seal"])
    saved = facts["backup"]
    match saved["state"]:
        case "done":
            second = _saved(saved, t)
        case "failed":
            second = t("backup-failed", problem=saved["problem"])
        case _:
            second = t("backup-postgres")
    lines = [first, second]
    if facts["blanked"]:
        lines.append(t("backup-night-terms", count=facts["blanked"]))
    return Outgoing("\n".join(lines))


def restored(facts: Facts, t: Translator) -> Outgoing:
    text = t("backup-restored", file=facts["file"]) if facts["file"] else t("backup-older")
    resume = button(t("backup-button-resume"), Resume(yes=False).pack())
    return Outgoing(f"{text}\n\n{t('backup-held')}", ((resume,),))


def ask_resume(t: Translator) -> Outgoing:
    yes = button(t("backup-button-resume-yes"), Resume(yes=True).pack())
    return Outgoing(t("backup-ask-resume"), column([yes]))
