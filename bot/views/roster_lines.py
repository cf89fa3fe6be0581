"""What a roster file would change, line by line: no buttons here, so the command line speaks without aiogram."""

import html
from collections.abc import Mapping
from typing import Any

from bot.i18n import Translator
from bot.services.effects import Outcome
from bot.views.parts import clip

COUNTS = ("added", "returned", "moved", "changed", "missing", "unchanged", "new_departments")
VALUE_SHOWN = 40


def checked(facts: Mapping[str, Any], t: Translator) -> str:
    lines = [t("roster-checked", entries=facts["entries"], leaders=facts["leaders"]), "", *_counts(facts, t)]
    if facts["departments"]:
        lines += ["", t("roster-departments", names=t.listed(facts["departments"]))]
    if facts["moved"]:
        lines += ["", t("roster-moved")]
        lines += [t("roster-moved-line", name=n, before=old, after=new) for n, old, new in facts["moved"]]
    if facts["missing"]:
        lines += ["", t("roster-missing-ahead")]
        lines += [t("roster-person-line", name=name, number=number) for name, number in facts["missing"]]
    if facts["ignored"]:
        lines += ["", t("roster-ignored", names=t.listed(facts["ignored"]))]
    if "import" in facts:
        lines += ["", t("roster-ask")]
    return "\n".join(lines)


def applied(facts: Mapping[str, Any], t: Translator) -> str:
    lines = [t("roster-applied"), "", *_counts(facts, t)]
    if facts["missing"]:
        lines += ["", t("roster-missing", count=facts["counts"]["missing"])]
        lines += [t("roster-person-line", name=name, number=number) for name, number in facts["missing"]]
    return "\n".join(lines)


def errors(facts: Mapping[str, Any], t: Translator) -> str:
    lines = [t("roster-errors", count=facts["error_count"]), ""]
    for row, kind, value, other in facts["errors"]:
        lines.append(t(f"roster-error-{kind}", row=row, value=clip(value, VALUE_SHOWN), other=other or 0))
    if facts["error_count"] > len(facts["errors"]):
        lines.append(t("roster-errors-more", count=facts["error_count"] - len(facts["errors"])))
    return "\n".join([*lines, "", t("roster-errors-foot")])


def _counts(facts: Mapping[str, Any], t: Translator) -> list[str]:
    counts = facts["counts"]
    return [t(f"roster-count-{name}", count=counts[name]) for name in COUNTS if counts[name]]


def for_terminal(result: Outcome, t: Translator) -> str:
    """The outcome of an import without markup."""
    words = {"roster-checked": checked, "roster-applied": applied, "roster-errors": errors}.get(result.name)
    text = words(result.facts, t) if words else t(result.name, **result.facts)
    for tag in ("<b>", "</b>", "<i>", "</i>", "<code>", "</code>"):
        text = text.replace(tag, "")
    return html.unescape(text)
