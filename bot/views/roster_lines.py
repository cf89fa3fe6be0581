"""What a roster file would change, line by line: no buttons here, so the command line speaks without aiogram."""

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.domain.markup import units, visible
from bot.i18n import Html, Translator
from bot.services.effects import Outcome
from bot.views.parts import TEXT_LIMIT, called, clip

COUNTS = ("added", "returned", "left", "moved", "changed", "missing", "unchanged", "new_departments")
VALUE_SHOWN = 40
HEADING_SHOWN = 24
LAST_LINE = 60  # what the line takes that tells of the rest


def checked(facts: Mapping[str, Any], t: Translator, key: str = "roster-checked") -> str:
    head = [t(key, entries=facts["entries"], leaders=facts["leaders"]), "", *_counts(facts, t), *_renamed(facts, t)]
    foot = []
    if facts["ignored"]:
        foot += ["", t("roster-ignored", names=t.listed(clip(name, HEADING_SHOWN) for name in facts["ignored"]))]
    if "import" in facts:
        foot += ["", t("roster-ask")]
    lines = [line for part in _parts(facts, t) for line in part]
    kept = _fitting(lines, head, foot)
    rest = [t("roster-more-in-table")] if len(kept) < len(lines) else []
    return "\n".join([*head, *kept, *rest, *foot])


def _renamed(facts: Mapping[str, Any], t: Translator) -> list[str]:
    """Another name under the same number is taken for the same person: a clerk should know."""
    if not facts["renamed_count"]:
        return []
    told = (
        t("roster-renamed-line", number=n, old=old, new=new, codes=int(old == n)) for n, old, new in facts["renamed"]
    )
    shown = t.listed(Html(line) for line in told)
    return ["", t("roster-renamed", count=facts["renamed_count"], names=Html(shown))]


def _parts(facts: Mapping[str, Any], t: Translator) -> Iterator[list[str]]:
    """Each kind of change with the first of those it is about."""
    counts = facts["counts"]
    if facts["departments"]:
        names = t.listed(clip(path, VALUE_SHOWN) for path in facts["departments"])
        yield ["", t("roster-departments", names=names), *_more(counts["new_departments"], facts["departments"], t)]
    people = {
        "added": [t("roster-added-line", who=called(n, k, t), department=_short(d)) for n, k, d in facts["added"]],
        "moved": [
            t("roster-moved-line", who=called(name, number, t), before=_short(old), after=_short(new))
            for name, number, old, new in facts["moved"]
        ],
        **{kind: [_change(one, t) for one in facts[kind]] for kind in ("returned", "left", "changed")},
        "missing": [t("roster-person-line", who=called(name, number, t)) for name, number in facts["missing"]],
    }
    for kind in ("returned", "left", "moved", "changed", "missing", "added"):
        if people[kind]:
            yield ["", t(f"roster-{kind}-ahead"), *people[kind], *_more(counts[kind], people[kind], t)]


def _more(count: int, shown: Sequence[str], t: Translator) -> list[str]:
    return [t("roster-more", count=count - len(shown))] if count > len(shown) else []


def _fitting(lines: Sequence[str], *around: Sequence[str]) -> Sequence[str]:
    """As many of these as find room in a message between the others."""
    room = TEXT_LIMIT - LAST_LINE - sum(_length(line) for part in around for line in part)
    for shown, line in enumerate(lines):
        room -= _length(line)
        if room < 0:
            return lines[:shown]
    return lines


def _length(line: str) -> int:
    return units(visible(line)) + 1


def _change(one: Sequence[Any], t: Translator) -> str:
    name, number, columns = one
    what = t.listed(
        t(
            "roster-change",
            column=t(f"roster-column-{field}"),
            before=Html(value(field, old, t)),
            after=Html(value(field, new, t)),
        )
        for field, old, new in columns
    )
    return t("roster-changed-line", who=called(name, number, t), what=Html(what))


def value(field: str, kept: str, t: Translator) -> str:
    """A role or a status as a word, anything else as it is, nothing as a dash; markup."""
    if not kept:
        return t("roster-nothing")
    return t(f"{field}-{kept}") if field in ("role", "status") else html.escape(_short(kept), quote=False)


def _short(text: str) -> str:
    """A path keeps its end: that is where departments differ."""
    return text if len(text) <= VALUE_SHOWN else "…" + text[1 - VALUE_SHOWN :]


def undo(result: Outcome, t: Translator) -> str:
    facts = result.facts
    lines = [t(result.name, file=facts["file"])]
    if result.name != "roster-undo-blocked":
        tense, counts = "done" if result.name == "roster-undone" else "ask", facts["counts"].items()
        return "\n".join(
            [*lines, "", *(t(f"roster-undo-{tense}-{act}", count=count) for act, count in counts if count)]
        )
    for kind in ("used", "later"):
        if facts[f"{kind}_count"]:
            lines += ["", t(f"roster-undo-why-{kind}", count=facts[f"{kind}_count"], names=t.listed(facts[kind]))]
    return "\n".join(lines)


def applied(facts: Mapping[str, Any], t: Translator) -> str:
    lines = [t("roster-applied"), "", *_counts(facts, t)]
    if facts["missing"]:
        lines += ["", *missing(facts, t)]
    return "\n".join(lines)


def missing(facts: Mapping[str, Any], t: Translator) -> list[str]:
    people = [t("roster-person-line", who=called(name, number, t)) for name, number in facts["missing"]]
    return [t("roster-missing", count=facts["counts"]["missing"]), *people]


def errors(facts: Mapping[str, Any], t: Translator) -> str:
    if [kind for _, kind, _, _ in facts["errors"]] == ["no_people"]:
        return t("roster-unfilled")
    head, foot = [t("roster-errors", count=facts["error_count"]), ""], ["", t("roster-errors-foot")]
    lines = [
        t(f"roster-error-{kind}", row=row, value=clip(value, VALUE_SHOWN), other=other or 0)
        for row, kind, value, other in facts["errors"]
    ]
    kept = _fitting(lines, head, foot)
    more = facts["error_count"] - len(kept)
    return "\n".join([*head, *kept, *([t("roster-errors-more", count=more)] if more else []), *foot])


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
