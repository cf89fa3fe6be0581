"""The audit in words: who did what, when, before and after."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.pages import pages_of
from bot.i18n import Translator
from bot.services.effects import Outcome
from bot.views import audit_details as details
from bot.views.audit_details import Known
from bot.views.callbacks import AuditPress
from bot.views.parts import Outgoing, Rows, button, clip, labelled, turns

# Every action that is written down, as its word is found in the locales: audit-action-<action>.
ACTIONS = (
    "consent",
    "registration",
    "leave",
    "erased",
    "audit-blanked",
    "roster-added",
    "roster-changed",
    "roster-left",
    "roster-imported",
    "invite",
    "invite-revoked",
    "calendar",
    "setting",
    "review-confirm",
    "review-vote",
    "review-return",
    "review-ask",
    "review-undo",
    "review-void",
    "notice",
    "plan",
    "remind",
    "export",
    "backup",
    "restore",
    "resume",
    "retention",
    "department-rename",
    "department-merge",
    "department-move",
    "department-split",
    "department-close",
    "grant",
    "grant-taken",
    "group-bound",
    "group-unbound",
    "invite-sheet",
    "invite-sheets-revoked",
    "roster-undone",
    "notice-waiting",
    "notice-scheduled",
    "notice-sending",
    "notice-cancelled",
    "notice-rejected",
    "notice-held",
    "notice-taken-back",
    "notice-paused",
    "notice-resumed",
    "notice-stopped",
    "plan-added",
    "plan-paused",
    "plan-resumed",
    "plan-went-on",
    "plan-dropped",
    "plan-run",
    "plan-ended",
    "plan-changed",
    "notice-missed",
    "notice-remind",
    "notice-correct",
    "notice-recall",
    "notice-told",
    "notice-untold",
    "content-added",
    "content-changed",
    "content-restored",
    "content-off",
    "content-on",
)


def action_words(t: Translator) -> dict[str, str]:
    """What may be typed for an action, and the action: its code, its word, or the head of a kind (review)."""
    kinds = {action.partition("-")[0] for action in ACTIONS}
    return {kind: kind for kind in kinds} | {a: a for a in ACTIONS} | {_action(a, t).lower(): a for a in ACTIONS}


def page(outcome: Outcome, org: str, t: Translator) -> Outgoing:
    if outcome.name != "audit-page":
        return Outgoing(t(outcome.name))
    facts = outcome.facts
    lines = [t("audit-head", total=facts["total"]), *_sought(facts, t), ""]
    known = Known(facts["paths"], facts["plans"], org, t)
    lines += [_line(row, known, t) for row in facts["rows"]] or [t("audit-nothing")]
    lines += ["", t("audit-foot", head=facts["head"], seal=facts["seal"])]
    return Outgoing("\n".join(lines), _ways(facts, t))


def _sought(facts: Mapping[str, Any], t: Translator) -> list[str]:
    person, action, day = facts["sought"]
    parts = []
    if person:
        parts.append(_named(facts["named"]) if facts["named"] else f"#{person}")
    if action:
        parts.append(_action(action, t))
    if day:
        parts.append(day)
    return [t("audit-sought", what="　".join(parts))] if parts else []


def _line(row: Mapping[str, Any], known: Known, t: Translator) -> str:
    moment = dt.datetime.fromisoformat(row["at"])
    if row["who"]:
        who = _named(row["who"])
    elif row["user"]:
        who = t.plain("audit-account", user=str(row["user"]))
    else:
        who = t.plain("audit-program")
    what = t("audit-what", action=_action(row["action"], t))
    if row["subject"]:
        subject = _named(row["about"]) if row["about"] else details.about(row, known)
        what = t("audit-about", action=_action(row["action"], t), about=subject)
    head = t("audit-line", id=row["id"], at=f"{moment:%Y-%m-%d %H:%M}", who=who)
    return f"{head}\n{what}{details.change(row, known)}"


def _named(person: Sequence[str]) -> str:
    number, name = person
    return labelled(name, number)


def _ways(facts: Mapping[str, Any], t: Translator) -> Rows:
    person, action, day = facts["sought"]

    def to(number: int) -> str:
        return AuditPress(act="page", person=person, action=action, day=day, page=number).pack()

    last = [button(t("audit-button-find"), AuditPress(act="find").pack())]
    if person or action or day:
        last.append(button(t("audit-button-all"), AuditPress(act="page").pack()))
    return (*turns(facts["page"], pages_of(facts["total"]), to, t), tuple(last))


def ask(t: Translator) -> Outgoing:
    return Outgoing(t("audit-ask"))


def not_understood(outcome: Outcome, t: Translator) -> Outgoing:
    if outcome.name == "audit-several":
        numbers = " / ".join(outcome.facts["numbers"][:10])
        return Outgoing(t("audit-several", word=outcome.facts["word"], numbers=numbers))
    return Outgoing(t("audit-not-understood", word=clip(outcome.facts["word"], 40)))


def _action(action: str, t: Translator) -> str:
    key = f"audit-action-{action}"
    if t.has(key):
        return t.plain(key)
    kind, _, rest = action.partition("-")
    known = f"audit-action-{kind}"
    return f"{t.plain(known)} ({rest})" if t.has(known) else action
