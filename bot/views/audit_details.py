"""What an entry of the audit is about, and what was before and after, in words; what is not known stands as it is."""

import datetime as dt
import html
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.campaign import Campaign
from bot.domain.periods import from_key
from bot.i18n import MissingText, Translator
from bot.services.plan_audience import AUDIENCES
from bot.views import grants, holidays, schedule, settings
from bot.views.parts import clip
from bot.views.reports import long_date, period_name
from storage.records import CheckinState

Row = Mapping[str, Any]
Pair = tuple[str, str]
Reader = Callable[[Row, "Known"], Pair]
SIDE, SUBJECT = 120, 60  # so much is shown of what was before or after, and of what it is about
# A row of another version of the program, a department or a plan that is no more: shown as it was written.
UNREAD = (ValueError, KeyError, TypeError, AttributeError, MissingText)


@dataclass(frozen=True, slots=True)
class Known:
    """What the words are found with: how departments and plans are called by now, the unit's own name, a language."""

    paths: Mapping[str, str]
    plans: Mapping[str, Mapping[str, str]]
    org: str
    t: Translator

    def place(self, subject: str) -> str:
        return self.paths[subject.removeprefix("department:")]

    def say(self, key: str, **args: Any) -> str:
        return self.t.plain(key, **args)

    def day(self, iso: str) -> str:
        return long_date(dt.date.fromisoformat(iso), self.t)


def about(row: Row, known: Known) -> str:
    """Whom or what it is about; empty where there is nothing to say."""
    try:
        return clip(_about(row, known), SUBJECT)
    except UNREAD:
        return clip(row["subject"], SUBJECT)


def change(row: Row, known: Known) -> str:
    """What was before and what is after it, as markup; empty where the action says it all."""
    try:
        before, after = READERS.get(row["action"], _as_it_stands)(row, known)
    except UNREAD:
        before, after = _as_it_stands(row, known)
    before, after = clip(before, SIDE), clip(after, SIDE)
    if before and after:
        return known.t("audit-change", before=before, after=after)
    return known.t("audit-was", before=before) if before else known.t("audit-now", after=after) if after else ""


def _as_it_stands(row: Row, known: Known) -> Pair:
    return row["before"], row["after"]


# What it is about


def _about(row: Row, known: Known) -> str:
    subject, action = row["subject"], row["action"]
    kind, _, number = subject.partition(":")
    if action == "setting":
        return known.say(f"setting-name-{subject.replace('_', '-')}")
    if action == "calendar":
        return known.say("audit-calendar", source=kind, year=int(number))
    if action == "remind":
        return known.t.listed((_place(subject, known), _matter(row["before"], known)))
    if kind == "plan":
        return schedule.title(known.plans[subject], known.t)
    if kind in ("notice", "checkin", "invite", "import", "phrase", "duty"):
        return known.say("audit-numbered", kind=kind, number=number)
    return _place(subject, known)


def _place(subject: str, known: Known) -> str:
    if subject == "unit":
        return known.say("audit-whole-unit")
    return known.place(subject) if subject.startswith("department:") else subject


def _matter(matter: str, known: Known) -> str:
    kind, _, what = matter.partition(":")
    if kind == "notice":
        return known.say("audit-numbered", kind=kind, number=what)
    return _period(what, known)


def _period(key: str, known: Known) -> str:
    period = from_key(key)
    if period is None:
        raise ValueError(key)
    return html.unescape(period_name(period, known.t))


# What was before and after: each side for itself


def _each(read: Callable[[str, Row, Known], str]) -> Reader:
    def both(row: Row, known: Known) -> Pair:
        before, after = (read(row[side], row, known) if row[side] else "" for side in ("before", "after"))
        return before, after

    return both


def _count(what: str) -> Reader:
    return _each(lambda text, row, known: known.say("audit-count", what=what, count=int(text)))


def _setting(text: str, row: Row, known: Known) -> str:
    found, name = json.loads(text), row["subject"]
    kept: dict[str, Any] = {name: tuple(found) if isinstance(found, list) else found}
    return settings.value(Campaign(**kept), name, known.org, known.t)


def _checkin(text: str, row: Row, known: Known) -> str:
    return known.say("export-state", state=CheckinState(text))


def _registration(text: str, row: Row, known: Known) -> str:
    return known.say("audit-registration", state=text)


def _consent(text: str, row: Row, known: Known) -> str:
    return known.say("audit-consent", version=0 if text == "withdrawn" else int(text))


def _role(text: str, row: Row, known: Known) -> str:
    role, department, until = text.split(" ")
    number = department.removeprefix("department:")
    path = known.place(department) if number not in ("0", "None") else ""
    facts = {"role": role, "path": path, "until": until.removeprefix("until:").removeprefix("None")}
    return html.unescape(grants.what(facts, known.t))


def _notice_state(text: str, row: Row, known: Known) -> str:
    return known.say("notices-state", state=text)


def _reason(text: str, row: Row, known: Known) -> str:
    return known.say("notice-reason", reason=text)


def _told(text: str, row: Row, known: Known) -> str:
    return known.say("audit-numbered", kind="notice", number=text.removeprefix("notice:"))


EXPORTS = ("mydata", "roster changes", "roster", "ledger", "notice", "invite sheet", "report")


def _export(text: str, row: Row, known: Known) -> str:
    what = next((head for head in EXPORTS if text == head or text.startswith(head + " ")), "")
    if not what:
        return text
    word, more = known.say("audit-export", what=what.replace(" ", "-")), text.removeprefix(what).strip()
    if what in ("ledger", "report"):
        return known.t.listed((word, _period(more, known)))
    return (
        known.t.listed((word, known.say("audit-count", what="people", count=int(more)))) if what == "roster" else word
    )


def _row(text: str, row: Row, known: Known) -> str:
    """Up to which entry; or the file that a database was restored from."""
    if text == "?":
        return known.say("audit-unproven")
    number = text.removeprefix("heads-to:")
    return known.say("audit-up-to", number=number) if number.isdigit() else text


def _resumed(row: Row, known: Known) -> Pair:
    """Up to which entry somebody has looked, and how many messages that has let go."""
    return _each(_row)({**row, "after": ""}, known)[0], _count("messages")({**row, "before": ""}, known)[1]


def _retention(text: str, row: Row, known: Known) -> str:
    counts = (one.split("=") for one in text.split(" "))
    return known.t.listed(known.say("audit-term", what=what, count=int(count)) for what, count in counts)


def _chat(text: str, row: Row, known: Known) -> str:
    return known.say("audit-chat", number=text.removeprefix("chat:"))


def _days(text: str, row: Row, known: Known) -> str:
    return html.unescape(known.t.listed(holidays.day_lines(json.loads(text), known.t)))


def _invited(text: str, row: Row, known: Known) -> str:
    return known.place(text)


def _slips(text: str, row: Row, known: Known) -> str:
    ((what, count),) = json.loads(text).items()
    return known.say("audit-count", what=what, count=count)


def _accounts(text: str, row: Row, known: Known) -> str:
    return known.say("audit-count", what="accounts", count=len(json.loads(text)))


def _import(text: str, row: Row, known: Known) -> str:
    """How many of what; of one that was taken back the file too."""
    found = json.loads(text)
    counts = found.get("counts", found)
    said = [known.say("audit-imported", what=what, count=count) for what, count in counts.items() if count]
    return known.t.listed([found["file"], *said] if "file" in found else said)


# What was before and after: one beside the other


def _plan(row: Row, known: Known) -> Pair:
    """When it fires, or whom it is for; that it was paused or ended the action says."""
    before, after = _each(_plan_side)(row, known)
    return ("", "") if before == after else (before, after)


def _plan_side(text: str, row: Row, known: Known) -> str:
    head, *rest = text.split(" ")
    if head in AUDIENCES:
        return known.t.listed((known.say(f"schedule-audience-{head}"), *rest))
    _, rule, at, shift, _ = text.split(" ")
    times = html.unescape(f"{schedule.rule_text(rule, known.t)} {at}")
    return times if shift == "none" else known.t.listed((times, known.say(f"schedule-shift-{shift}")))


def _person(row: Row, known: Known) -> Pair:
    """What differs; of a name, a number or a title only that it does."""
    old, new = (_state(row[side]) for side in ("before", "after"))
    differ = [name for name in ("department", "role", "status") if name in new and old.get(name) != new[name]]
    before, after = ([_column(name, side[name], known) for name in differ if name in side] for side in (old, new))
    if "name" in old and old["name"] != new.get("name"):
        after.append(known.say("audit-naming"))
    if not after and "field" in new:
        after.append(known.say(f"roster-column-{new['field']}"))
    if new.get("from"):
        after.append(known.say("audit-from", day=known.day(new["from"])))
    return known.t.listed(before), known.t.listed(after)


def _state(text: str) -> dict[str, Any]:
    found = json.loads(text) if text else {}
    return dict(zip(("department", "role", "status"), found, strict=True)) if isinstance(found, list) else found


def _column(name: str, kept: Any, known: Known) -> str:
    return known.paths[str(kept)] if name == "department" else known.say(f"{name}-{kept}")


def _department(row: Row, known: Known) -> Pair:
    found = json.loads(row["after"])
    parts = [found["after"]] * bool(found["after"])
    parts += [known.say("audit-count", what="people", count=found["heads"])] * bool(found["heads"])
    parts += [known.say("audit-from", day=known.day(found["day"]))] if found["day"] else []
    return row["before"], known.t.listed(parts)


def _reminded(row: Row, known: Known) -> Pair:
    """Of what it was is said before it, with whom."""
    _matter(row["before"], known)
    return "", _count("people")({**row, "before": ""}, known)[1]


READERS: Mapping[str, Reader] = {
    "setting": _each(_setting),
    "consent": _each(_consent),
    "registration": _each(_registration),
    "erased": _each(_accounts),
    "audit-blanked": _each(_row),
    **dict.fromkeys(("roster-added", "roster-changed", "roster-left"), _person),
    **dict.fromkeys(("roster-imported", "roster-undone"), _each(_import)),
    "invite": _each(_invited),
    **dict.fromkeys(("invite-sheet", "invite-sheets-revoked"), _each(_slips)),
    "calendar": _each(_days),
    **dict.fromkeys(("review-confirm", "review-return", "review-ask", "review-undo", "review-void"), _each(_checkin)),
    "remind": _reminded,
    "export": _each(_export),
    "restore": _each(_row),
    "resume": _resumed,
    "retention": _each(_retention),
    **{f"department-{act}": _department for act in ("rename", "merge", "move", "split", "close")},
    **dict.fromkeys(("grant", "grant-taken"), _each(_role)),
    **dict.fromkeys(("group-bound", "group-unbound"), _each(_chat)),
    **{f"notice-{act}": _count("audience") for act in ("waiting", "scheduled", "sending")},
    **{f"notice-{act}": _count("people") for act in ("missed", "remind")},
    **{f"notice-{act}": _count("messages") for act in ("correct", "recall")},
    **{f"notice-{act}": _each(_notice_state) for act in ("cancelled", "taken-back")},
    **{f"notice-{act}": _each(_told) for act in ("told", "untold")},
    "notice-held": _each(_reason),
    **{f"plan-{act}": _plan for act in ("added", "paused", "resumed", "ended", "changed")},
    "plan-run": _count("people"),
}
